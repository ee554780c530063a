//! Furnishes the page: two rows of training images, bars of credit by step, and the switch that trains again.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
};

use super::{STRONGEST, Told, bars};
use crate::{
    stream::Step,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                leaf::Leaf,
                quarter,
                seen::{Seen, What},
                state::Inside,
            },
        },
        interaction::aim::{AimPressed, Surface},
        timeline::Timeline,
        ui::{
            controls::{Activate, ButtonKind, button, mark},
            palette,
            panel::Hanger,
            sheet::from_left,
            words,
        },
    },
};

/// The top of the first row, and from one to the other, in dmm.
const ROW_DMM: f32 = 136.0;
const ROWS_DMM: f32 = 156.0;
/// From an image to the next, and its side.
const PITCH_DMM: f32 = 106.0;
const SIDE_DMM: f32 = 88.0;
/// The top of the lower half, where its right part begins, and a line of it.
const LOW_DMM: f32 = 452.0;
const RIGHT_DMM: f32 = 444.0;
const LINE_DMM: f32 = 33.0;
/// Lines at the right.
pub(super) const LINES: usize = 3;
/// Width and height of the bars.
const BARS_DMM: Vec2 = vec2(420.0, 96.0);

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum TaughtText {
    /// What stands over a row.
    Row(usize),
    /// Credit and step of an image.
    Credit(usize),
    /// A line at the right.
    Line(usize),
    /// What the bars are, and where they begin and end.
    Bars,
}

/// The switch that trains again.
#[derive(Component)]
pub(super) struct TrainAgain;

/// What is pressed where the bars are.
const BARS: &str = "Credit by step";
/// The names of the tiles.
const NAMES: [&str; 2 * STRONGEST] = [
    "Taught 1",
    "Taught 2",
    "Taught 3",
    "Taught 4",
    "Taught 5",
    "Taught 6",
    "Taught 7",
    "Taught 8",
    "Hindered 1",
    "Hindered 2",
    "Hindered 3",
    "Hindered 4",
    "Hindered 5",
    "Hindered 6",
    "Hindered 7",
    "Hindered 8",
];

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf) {
    let corner = |place: usize| {
        let (row, at) = (place / STRONGEST, place % STRONGEST);
        vec2(at as f32 * PITCH_DMM, ROW_DMM + row as f32 * ROWS_DMM + 32.0)
    };
    for (place, name) in NAMES.into_iter().enumerate() {
        let (commands, what) = (&mut hanger.commands, What::Image(place));
        let field = quarter::hang_field::<C>(commands, leaf, name, what, corner(place), SIDE_DMM);
        commands.entity(field).observe(press::<C>);
    }
    let bars = vec2(0.0, LOW_DMM + LINE_DMM + 2.0);
    let surface = Surface { size: BARS_DMM.map(|side| leaf.sheet.metres(side)) };
    let place = leaf.place(Rect::from_corners(bars, bars + BARS_DMM));
    hanger
        .commands
        .spawn((Name::new(BARS), surface, Of::<C>::MARK, place, ChildOf(leaf.displays)))
        .observe(go::<C>);
    hanger.commands.entity(leaf.node).with_children(|page| {
        let line = |text: TaughtText, place: Node| {
            (words::caption(""), TextLayout::no_wrap(), place, text, Of::<C>::MARK)
        };
        for row in 0..2 {
            let top = ROW_DMM + row as f32 * ROWS_DMM;
            page.spawn(line(TaughtText::Row(row), from_left(0.0, top)));
        }
        for place in 0..NAMES.len() {
            let below = corner(place) + vec2(0.0, SIDE_DMM);
            page.spawn(line(TaughtText::Credit(place), from_left(below.x, below.y)));
        }
        page.spawn(line(TaughtText::Bars, from_left(0.0, LOW_DMM)));
        bars::hang::<C>(page, bars, BARS_DMM);
        for at in 0..LINES {
            let place = from_left(RIGHT_DMM, LOW_DMM + at as f32 * LINE_DMM);
            let ink = TextColor(palette::INK);
            let line = page.spawn(line(TaughtText::Line(at), place)).id();
            page.commands().entity(line).insert(ink);
        }
        let top = LOW_DMM + LINES as f32 * LINE_DMM + 8.0;
        page.spawn(from_left(RIGHT_DMM, top)).with_children(|foot| {
            let again = button(
                C::NAMES.inside.without,
                say!("boards-train-again-without-these"),
                ButtonKind::Small,
            );
            let mut again = foot.spawn((again, TrainAgain, Of::<C>::MARK));
            again.entry::<Node>().and_modify(quarter::as_target).and_modify(|mut node| {
                node.padding = UiRect::axes(px(16), px(0));
            });
            again.observe(|_: On<Activate>, mut inside: ResMut<Inside<C>>, told: Res<Told<C>>| {
                inside.wanted.without = match inside.wanted.without {
                    Some(_) => None,
                    None => told.without(),
                };
            });
        });
    });
}

/// A press on an image goes back to the step that taught most with it.
fn press<C: Classifier>(
    pressed: On<AimPressed>,
    fields: Query<&Seen>,
    told: Res<Told<C>>,
    mut timeline: ResMut<Timeline>,
) {
    let Ok(What::Image(place)) = fields.get(pressed.entity).map(|seen| seen.what) else {
        return;
    };
    if let Some(credited) = told.credited(place) {
        timeline.scrub(Step(credited.step));
    }
}

/// A press on a bar goes back to the first step of its stretch.
fn go<C: Classifier>(pressed: On<AimPressed>, told: Res<Told<C>>, mut timeline: ResMut<Timeline>) {
    let stretches = told.taught().map(|taught| &*taught.stretches).unwrap_or_default();
    let at = (pressed.uv.x.clamp(0.0, 1.0) * stretches.len() as f32) as usize;
    if let Some(stretch) = stretches.get(at).or(stretches.last()) {
        timeline.scrub(Step(stretch.first));
    }
}

/// Shows whether it has trained again, and puts the switch out where there is nothing to leave out.
pub(super) fn light<C: Classifier>(
    inside: Res<Inside<C>>,
    told: Res<Told<C>>,
    switches: Query<
        (Entity, Has<Checked>, Has<InteractionDisabled>),
        (With<TrainAgain>, With<Of<C>>),
    >,
    mut commands: Commands,
) {
    if !inside.is_changed() && !told.is_changed() {
        return;
    }
    for (entity, checked, disabled) in &switches {
        mark::<Checked>(&mut commands, entity, checked, inside.wanted.without.is_some());
        let idle = told.without().is_none();
        mark::<InteractionDisabled>(&mut commands, entity, disabled, idle);
    }
}
