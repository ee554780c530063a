//! What the plates show: units, weights or gradients; and how a block is opened and closed.

use bevy::{prelude::*, ui::Checked};

use super::{
    AttentionSystems, NetworkAttention, ON_STAGE, Quantity, places,
    plates::{Hung, Plate},
    saving,
};
use crate::{
    exhibits::network::{EXHIBIT_ID, payload::LearnedImage},
    stream::{Command, InputChoice},
    words::Word,
    world::{
        WorldSystems,
        classifier::MakesWay,
        desk::remarks,
        interaction::{
            aim::AimPressed,
            back::{BackSystems, GoesBack},
        },
        link::{Ask, ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{
            controls::{Activate, ButtonKind, Offers, button, grow, mark, offer},
            panel::{Ground, Hanger, PanelPlan},
            words,
        },
    },
};

/// The names of the buttons, what stands on them, and what they show.
const QUANTITIES: [(&str, Word, Quantity); 3] = [
    ("network-units", key!("network-units"), Quantity::Units),
    ("network-weights", key!("network-weights"), Quantity::Weights),
    ("network-gradients", key!("network-gradients"), Quantity::Gradients),
];
/// Room for the buttons, in dmm.
const BUTTONS_DMM: f32 = 440.0;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_observer(open_block).add_systems(
        Update,
        (
            close_block.in_set(AttentionSystems).in_set(BackSystems::Choice),
            (light, light_what_is_learned, tell)
                .chain()
                .in_set(WorldSystems::Show)
                .in_set(ON_STAGE),
        ),
    );
}

/// The button that shows what is learned from now.
#[derive(Component)]
struct AsItLearns;

/// How many layers hang, and what can be done.
#[derive(Component)]
struct HowMany;

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let sign = hanger.hang(PanelPlan {
        name: "What the layers show",
        size_m: places::SWITCH.size_m,
        read_from_m: places::READ_FROM_M,
        ground: Ground::Clear,
    });
    let place = (places::SWITCH.transform(), MakesWay(EXHIBIT_ID), ChildOf(placed.entity));
    hanger.commands.entity(sign.panel).insert(place);
    hanger.commands.entity(sign.root).with_children(|sign| {
        sign.spawn(Node { align_items: AlignItems::Center, column_gap: px(12), ..default() })
            .with_children(|line| {
                line.spawn(Node { width: px(BUTTONS_DMM), column_gap: px(12), ..default() })
                    .with_children(|line| {
                        offer(line, &QUANTITIES, grow, |quantity| {
                            move |_: On<Activate>, mut attention: ResMut<NetworkAttention>| {
                                attention.quantity = quantity;
                            }
                        });
                    });
                line.spawn((
                    button(
                        "network-learned-image",
                        say!("network-as-it-learns"),
                        ButtonKind::Small,
                    ),
                    AsItLearns,
                ))
                .observe(|_: On<Activate>, mut asks: MessageWriter<Ask>| {
                    let learned = InputChoice::of(LearnedImage);
                    asks.write(Ask(Command::Watch(learned)));
                });
                remarks::opener(line);
                line.spawn((words::caption(""), TextLayout::no_wrap(), HowMany));
                saving::spawn(line);
            });
    });
}

fn light(attention: Res<NetworkAttention>, mut offers: Offers<Quantity>) {
    if attention.is_changed() || offers.are_new() {
        offers.light(|quantity| *quantity == attention.quantity);
    }
}

/// What is learned from now is shown, or not: a pause has no such input.
fn light_what_is_learned(
    shown: Res<ShownSnapshot>,
    buttons: Query<(Entity, Has<Checked>), With<AsItLearns>>,
    mut commands: Commands,
) {
    if !shown.is_changed() {
        return;
    }
    let learned = InputChoice::of(LearnedImage);
    let is_shown = shown.get().is_some_and(|snapshot| snapshot.input == learned);
    for (button, lit) in &buttons {
        mark::<Checked>(&mut commands, button, lit, is_shown);
    }
}

fn tell(hung: Res<Hung>, run: Res<ShownRun>, mut words: Query<&mut Text, With<HowMany>>) {
    if !hung.is_changed() && !run.is_changed() {
        return;
    }
    // What is to be known takes its place, or what can be done.
    let gives_way = !run.0.remarks().is_empty() || saving::is_kept(&run.0);
    let blocks = hung.plates.iter().filter(|plate| plate.block.is_some()).count();
    let layers: usize = hung.plates.iter().map(|plate| plate.layers).sum();
    for mut text in &mut words {
        let wanted = match blocks {
            _ if gives_way || layers == 0 => String::new(),
            0 => say!("network-layers-2", layers),
            _ => say!("network-layers-in-blocks", layers),
        };
        text.set_if_neq(Text(wanted));
    }
}

/// A press on a closed block opens it.
fn open_block(
    press: On<AimPressed>,
    plates: Query<&Plate>,
    hung: Res<Hung>,
    mut attention: ResMut<NetworkAttention>,
) {
    let plate = plates.get(press.entity).ok().and_then(|plate| hung.plates.get(plate.0));
    if let Some(block) = plate.and_then(|plate| plate.block.clone()) {
        attention.opened = Some(block);
    }
}

/// Back closes the innermost block that is open.
fn close_block(mut back: GoesBack, mut attention: ResMut<NetworkAttention>) {
    if back.take(attention.opened.is_some())
        && let Some(opened) = attention.opened.clone()
    {
        attention.opened = opened.rsplit_once('.').map(|(outer, _)| outer.to_owned());
    }
}
