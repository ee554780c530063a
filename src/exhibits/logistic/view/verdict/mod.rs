//! The board of the verdict: the coefficients with their names, and how one row comes to its probability.

mod coefficients;
mod waterfall;

use bevy::prelude::*;

use super::{
    attention::TableAttention,
    places::{BOARD_M, READ_FROM_M, TAB_DMM, board},
};
use crate::{
    exhibits::logistic::EXHIBIT_ID,
    words::Word,
    world::{
        WorldSystems,
        stage::{
            OnStage, PlinthPlaced,
            fold::{Unfold, fold},
        },
        ui::{
            panel::Hanger,
            tabs::{self, BoardPlan, BoardSystems, Open, Pages},
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    let board = BoardSystems::<VerdictPage>::set();
    app.add_observer(hang_board)
        .configure_sets(Update, board.in_set(WorldSystems::Show).in_set(OnStage(EXHIBIT_ID)))
        .add_systems(Update, tabs::opening::<VerdictPage, _>(explain_what_is_chosen))
        .add_plugins((tabs::plugin::<VerdictPage>, coefficients::plugin, waterfall::plugin));
}

/// A page of the board; on an entity, the node that holds its words.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum VerdictPage {
    #[default]
    Coefficients,
    Row,
}

impl Pages for VerdictPage {
    const TABS: &'static [(&'static str, Word, Self)] = &[
        ("verdict-coefficients", key!("logistic-all-coefficients"), Self::Coefficients),
        ("verdict-row", key!("logistic-one-row"), Self::Row),
    ];
}

/// The board itself.
#[derive(Component)]
struct VerdictBoard;

fn hang_board(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let plan = BoardPlan {
        name: say!("logistic-board-of-the-verdict"),
        size_m: BOARD_M,
        read_from_m: READ_FROM_M,
        place: board(1.0),
        tab_dmm: TAB_DMM,
    };
    let sheet = tabs::hang(&mut hanger, placed.entity, plan, |hanger, page: VerdictPage, leaf| {
        if page == VerdictPage::Coefficients {
            coefficients::hang(hanger, leaf);
        }
    });
    hanger.commands.entity(sheet.panel).insert(VerdictBoard);
    fold(
        &mut hanger,
        placed.entity,
        sheet.panel,
        1.0,
        "unfold-verdict",
        say!("logistic-coefficients"),
    );
}

/// Whoever chooses a row wants to see its sum; the row that is chosen from the start says nothing of that.
fn explain_what_is_chosen(
    attention: Res<TableAttention>,
    mut open: ResMut<Open<VerdictPage>>,
    boards: Query<Entity, With<VerdictBoard>>,
    mut last: Local<Option<u32>>,
    mut commands: Commands,
) {
    let before = std::mem::replace(&mut *last, attention.chosen);
    if before.is_some() && attention.chosen.is_some() && attention.chosen != before {
        let wanted = open.at(VerdictPage::Row);
        open.set_if_neq(wanted);
        boards.iter().for_each(|entity| commands.trigger(Unfold { entity }));
    }
}
