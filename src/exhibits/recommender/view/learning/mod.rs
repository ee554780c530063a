//! The board on how it learns: the five steps from ratings to a verdict, a page each behind tabs.

mod collect;
mod curves;
mod evaluate;
mod facts;
mod films;
mod judged;
mod matrix;
mod people;
mod person;
mod rule;
mod tail;
#[cfg(test)]
mod tests;
mod train;

use std::sync::Arc;

use bevy::prelude::*;

use self::facts::Facts;
use super::{
    ON_STAGE,
    places::{BOARD_M, READ_FROM_M, board},
};
use crate::{
    exhibits::recommender::{EXHIBIT_ID, payload::Ratings},
    history::Run,
    stream::Stage,
    words::Word,
    world::{
        WorldSystems,
        link::ShownRun,
        stage::{PlinthPlaced, fold::fold},
        ui::{
            panel::Hanger,
            tabs::{self, BoardPlan, BoardSystems, Open, Pages},
            type_size,
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    let board = BoardSystems::<LearningPage>::set();
    app.init_resource::<Study>()
        .add_observer(hang_board)
        .configure_sets(Update, board.in_set(WorldSystems::Show).in_set(ON_STAGE))
        .add_systems(Update, tabs::opening::<LearningPage, _>((study, follow_stage).chain()))
        .add_plugins((
            tabs::plugin::<LearningPage>,
            collect::plugin,
            tail::plugin,
            people::plugin,
            films::plugin,
            train::plugin,
            rule::plugin,
            evaluate::plugin,
            matrix::plugin,
        ));
}

/// A page of the board; on an entity, the node that holds its words.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum LearningPage {
    #[default]
    Collect,
    People,
    Films,
    Train,
    Evaluate,
}

impl Pages for LearningPage {
    const TABS: &'static [(&'static str, Word, Self)] = &[
        ("learning-tab-collect", key!("recommender-collect"), Self::Collect),
        ("learning-tab-people", key!("recommender-people"), Self::People),
        ("learning-tab-films", key!("recommender-films-2"), Self::Films),
        ("learning-tab-train", key!("recommender-train"), Self::Train),
        ("learning-tab-evaluate", key!("recommender-evaluate"), Self::Evaluate),
    ];
}

impl LearningPage {
    /// The page that tells what goes on.
    fn of(run: &Run) -> Self {
        match run.stages().last().map(|stage| stage.stage) {
            None | Some(Stage::Preprocess) => Self::Collect,
            Some(Stage::Build | Stage::Initialise | Stage::Train) => Self::Train,
            Some(Stage::Evaluate) => Self::Evaluate,
        }
    }
}

/// What was counted of the data set, once it is there.
#[derive(Resource, Default)]
struct Study(Option<Arc<Facts>>);

fn hang_board(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let plan = BoardPlan {
        name: say!("recommender-learning-board"),
        size_m: BOARD_M,
        read_from_m: READ_FROM_M,
        place: board(-1.0),
        tab_dmm: type_size::ROW,
    };
    let board = tabs::hang(&mut hanger, placed.entity, plan, |hanger, page, leaf| match page {
        LearningPage::Collect => tail::hang(hanger, leaf),
        LearningPage::People => {}
        LearningPage::Films => films::hang(hanger, leaf),
        LearningPage::Train => {
            train::hang(hanger, leaf);
            rule::hang(hanger, leaf);
        }
        LearningPage::Evaluate => matrix::hang(hanger, leaf),
    });
    fold(
        &mut hanger,
        placed.entity,
        board.panel,
        -1.0,
        "unfold-learning",
        say!("recommender-how-it-learns"),
    );
}

/// Counts the data set once it is there.
fn study(run: Res<ShownRun>, mut study: ResMut<Study>) {
    let Some(ratings) = run.0.material::<Ratings>() else {
        return;
    };
    if study.0.as_ref().is_none_or(|facts| !Arc::ptr_eq(&facts.ratings, ratings)) {
        study.0 = Some(Arc::new(Facts::of(ratings)));
    }
}

/// Until the visitor opens a page, it is the one that tells what goes on.
fn follow_stage(run: Res<ShownRun>, mut open: ResMut<Open<LearningPage>>) {
    let wanted = open.following(LearningPage::of(&run.0));
    open.set_if_neq(wanted);
}
