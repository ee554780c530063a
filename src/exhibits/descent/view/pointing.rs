//! Pointing at the ground tells θ and the loss there; pressing it lets all runners start from there.

use bevy::prelude::*;

use super::{
    ON_STAGE,
    attention::DescentAttention,
    ground::{GroundHung, GroundSystems, IsGround, Terrain},
    numbers::{number, pair},
    places::{GROUND_READ_FROM_M, GROUND_TILT},
};
use crate::{
    exhibits::descent::payload::{DescentSettings, Surface},
    stream::{Command, Payload},
    world::{
        WorldSystems,
        hall_events::{HallEvent, HallListener},
        interaction::aim::{AimLeft, AimMoved, AimPressed, Untouchable},
        link::{Ask, ShownRun},
        pointed_at::PointedAt,
        ui::{
            controls,
            panel::{Foremost, Hanger, PanelPlan},
            words,
        },
    },
};

/// Width and height of the card, and how far its middle is above the ground, in metres.
const CARD_M: Vec2 = vec2(1.75, 0.42);
const UP_M: f32 = 0.26;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang)
        .add_systems(Update, tell.after(GroundSystems).in_set(WorldSystems::Show).in_set(ON_STAGE));
}

#[derive(Component)]
struct Card;

/// A line of the card.
#[derive(Component, Clone, Copy)]
struct PlaceCardText(usize);

fn hang(hung: On<GroundHung>, mut hanger: Hanger) {
    hanger.commands.entity(hung.entity).observe(point).observe(leave).observe(press);
    let card = hanger.hang(PanelPlan::clear("Place on the surface", CARD_M, GROUND_READ_FROM_M));
    hanger.commands.entity(card.panel).insert((
        Card,
        Foremost,
        Untouchable,
        Transform::from_rotation(Quat::from_rotation_x(-GROUND_TILT.to_radians())),
        Visibility::Hidden,
        ChildOf(hung.entity),
    ));
    hanger.commands.entity(card.root).entry::<Node>().and_modify(|mut page| {
        page.align_items = AlignItems::Center;
        page.justify_content = JustifyContent::End;
    });
    hanger.commands.entity(card.root).with_children(|root| {
        root.spawn(controls::card()).with_children(|page| {
            page.spawn((words::figure(""), TextLayout::no_wrap(), PlaceCardText(0)));
            page.spawn((words::caption(""), TextLayout::no_wrap(), PlaceCardText(1)));
        });
    });
}

fn point(moved: On<AimMoved>, terrain: Res<Terrain>, mut attention: ResMut<DescentAttention>) {
    let theta = terrain.0.as_ref().map(|shown| shown.theta(moved.uv));
    if attention.pointed != theta {
        attention.pointed = theta;
    }
}

fn leave(_: On<AimLeft>, mut attention: ResMut<DescentAttention>) {
    attention.pointed = None;
}

/// All runners start anew from here.
fn press(
    pressed: On<AimPressed>,
    terrain: Res<Terrain>,
    run: Res<ShownRun>,
    mut asks: MessageWriter<Ask>,
) {
    if let (Some(shown), Some(surface)) = (&terrain.0, run.0.material::<Surface>()) {
        let start = Some(shown.theta(pressed.uv));
        let settings = DescentSettings { start, ..surface.settings.clone() };
        asks.write(Ask(Command::Change(Payload::new(settings))));
    }
}

fn tell(
    attention: Res<DescentAttention>,
    terrain: Res<Terrain>,
    run: Res<ShownRun>,
    grounds: Query<(), With<IsGround>>,
    card: Option<Single<(&mut Transform, &mut Visibility), With<Card>>>,
    mut lines: Query<(&PlaceCardText, &mut Text)>,
    mut pointed_at: ResMut<PointedAt>,
    mut told: Option<ResMut<HallListener>>,
    mut last: Local<Option<[f64; 2]>>,
) {
    let (Some(shown), Some(card)) = (&terrain.0, card) else {
        return;
    };
    if *last == attention.pointed || grounds.is_empty() {
        return;
    }
    *last = attention.pointed;
    let (mut place, mut seen) = card.into_inner();
    let ground = attention.pointed.and_then(|theta| Some((theta, shown.at(theta)?.0)));
    seen.set_if_neq(if ground.is_some() { Visibility::Inherited } else { Visibility::Hidden });
    let Some((theta, on_ground)) = ground else {
        pointed_at.0 = None;
        return;
    };
    place.translation = on_ground + vec3(0.0, UP_M, 0.02);
    let loss = shown.loss(theta);
    let unit = &shown.surface.unit;
    let words = [
        say!("descent-j-at", loss = number(loss), unit, theta = pair(theta)),
        say!("descent-press-to-start-from-here").to_owned(),
    ];
    for (line, mut text) in &mut lines {
        if let Some(wanted) = words.get(line.0) {
            text.set_if_neq(Text(wanted.trim().to_owned()));
        }
    }
    pointed_at.0 = Some(words[0].clone());
    if let Some(told) = &mut told {
        let uv = shown.relief.uv(on_ground);
        let grid = |share: f32, count: usize| (share * (count.max(1) - 1) as f32).round() as usize;
        let (column, row) =
            (grid(uv.x, shown.surface.columns), grid(1.0 - uv.y, shown.surface.rows));
        told.tell(HallEvent::Pointed {
            layer: say!("descent-loss"),
            unit: [0, row, column].into(),
            value: loss as f32,
            step: run.0.step(),
        });
    }
}
