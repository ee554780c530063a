//! The view: a board with the chance that was learned, and what ten more heads would make of it.

use bevy::prelude::*;
use perceptarium::{
    stream::{Command, InputChoice},
    world::{
        WorldSystems,
        link::{Ask, ShownRun, ShownSnapshot},
        stage::{OnStage, PlinthPlaced},
        ui::{
            panel::{Ground, Hanger, PanelPlan},
            words,
        },
    },
};

use super::{After, COIN_ID, Chance, Flips, trainable::CHANCE};

/// Heads that are asked about.
const MORE: u32 = 10;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang)
        .add_systems(Update, ask.in_set(WorldSystems::Steer).in_set(OnStage(COIN_ID)))
        .add_systems(Update, write.in_set(WorldSystems::Show).in_set(OnStage(COIN_ID)));
}

/// A line of the board, from the top.
#[derive(Component)]
struct CoinText(usize);

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != COIN_ID {
        return;
    }
    let board = hanger.hang(PanelPlan {
        name: "Coin",
        size_m: vec2(1.6, 0.9),
        read_from_m: 2.5,
        ground: Ground::Plate,
    });
    let place = Transform::from_xyz(0.0, 1.6, -2.5);
    hanger.commands.entity(board.panel).insert((place, ChildOf(placed.entity)));
    hanger.commands.entity(board.root).with_children(|page| {
        page.spawn(words::title("A coin is found out"));
        for line in 0..3 {
            page.spawn((words::body(""), CoinText(line)));
        }
    });
}

fn ask(run: Res<ShownRun>, mut asked: Local<bool>, mut asks: MessageWriter<Ask>) {
    if !*asked && run.0.started().is_some() {
        *asked = true;
        asks.write(Ask(Command::Watch(InputChoice::of(After(MORE)))));
    }
}

fn write(run: Res<ShownRun>, shown: Res<ShownSnapshot>, mut lines: Query<(&CoinText, &mut Text)>) {
    let flips = run.0.material::<Flips>().map_or(0, |flips| flips.0.len());
    let chance = shown.layer(CHANCE).and_then(|layer| layer.values.first());
    let words = [
        format!("{} of {flips} flips seen", run.0.step()),
        chance.map_or_else(String::new, |chance| format!("heads {chance:.3}")),
        shown
            .answer::<Chance>()
            .map_or_else(String::new, |after| format!("{:.3} after {MORE} more heads", after.0)),
    ];
    for (line, mut text) in &mut lines {
        if let Some(words) = words.get(line.0) {
            text.set_if_neq(Text(words.clone()));
        }
    }
}
