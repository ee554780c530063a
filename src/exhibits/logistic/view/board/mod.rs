//! The board of the five steps from a table to a verdict: a page each behind tabs, and what begins a new run.

mod baselines;
mod chips;
mod evaluate;
mod features;
mod footer;
mod judging;
mod model;
mod prepare;
#[cfg(test)]
pub(super) mod tests;
mod tune;

use bevy::prelude::*;

use super::places::{BOARD_M, READ_FROM_M, TAB_DMM, board};
use crate::{
    exhibits::logistic::{EXHIBIT_ID, payload::TableTest},
    history::Run,
    stream::Stage,
    words::Word,
    world::{
        WorldSystems,
        link::ShownRun,
        stage::{OnStage, PlinthPlaced, fold::fold},
        ui::{
            panel::Hanger,
            tabs::{self, BoardPlan, BoardSystems, Open, Pages},
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    let board = BoardSystems::<StepPage>::set();
    app.add_observer(hang_board)
        .configure_sets(Update, board.in_set(WorldSystems::Show).in_set(OnStage(EXHIBIT_ID)))
        .add_systems(Update, tabs::opening::<StepPage, _>(follow_run))
        .add_plugins((
            tabs::plugin::<StepPage>,
            chips::plugin,
            footer::plugin,
            prepare::plugin,
            features::plugin,
            model::plugin,
            tune::plugin,
            evaluate::plugin,
        ));
}

/// A page of the board; on an entity, the node that holds its words.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum StepPage {
    #[default]
    Prepare,
    Features,
    Model,
    Tune,
    Evaluate,
}

impl Pages for StepPage {
    const TABS: &'static [(&'static str, Word, Self)] = &[
        ("step-prepare", key!("logistic-preprocess"), Self::Prepare),
        ("step-features", key!("logistic-features"), Self::Features),
        ("step-model", key!("logistic-model"), Self::Model),
        ("step-tune", key!("logistic-tune"), Self::Tune),
        ("step-evaluate", key!("logistic-evaluate"), Self::Evaluate),
    ];
}

impl StepPage {
    /// The page that tells what goes on.
    fn of(run: &Run) -> Self {
        match run.stages().last().map(|stage| stage.stage) {
            None | Some(Stage::Preprocess) => Self::Prepare,
            Some(Stage::Build) => Self::Features,
            Some(Stage::Initialise | Stage::Train) => Self::Model,
            Some(Stage::Evaluate) if run.found::<TableTest>().last().is_none() => Self::Tune,
            Some(Stage::Evaluate) => Self::Evaluate,
        }
    }
}

fn hang_board(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let plan = BoardPlan {
        name: say!("logistic-board-of-the-steps"),
        size_m: BOARD_M,
        read_from_m: READ_FROM_M,
        place: board(-1.0),
        tab_dmm: TAB_DMM,
    };
    let sheet = tabs::hang(&mut hanger, placed.entity, plan, |hanger, page, leaf| match page {
        StepPage::Prepare => prepare::hang(hanger, leaf),
        StepPage::Features => features::hang(hanger, leaf),
        StepPage::Model => model::hang(hanger, leaf),
        StepPage::Tune => tune::hang(hanger, leaf),
        StepPage::Evaluate => evaluate::hang(hanger, leaf),
    });
    // Last, so that it stands before the pages.
    footer::hang(&mut hanger, sheet.root);
    fold(
        &mut hanger,
        placed.entity,
        sheet.panel,
        -1.0,
        "unfold-steps",
        say!("logistic-the-five-steps"),
    );
}

/// Until the visitor opens a page, it is the one that tells what goes on; trouble is told on a plate over it.
fn follow_run(run: Res<ShownRun>, mut open: ResMut<Open<StepPage>>) {
    let covered = footer::trouble(&run.0).is_some();
    let wanted = Open { covered, ..open.following(StepPage::of(&run.0)) };
    open.set_if_neq(wanted);
}
