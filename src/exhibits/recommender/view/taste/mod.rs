//! The taste board: on the right of the desk, what a visitor reads and presses about a person's taste.

mod filters_page;
mod find_page;
mod keeping;
mod list_page;
mod news;
mod pager;
mod people_page;
mod rated_lines;
mod rated_page;
mod rating;
mod search;
mod slide;
mod sums;
mod tabs;
mod telling;
#[cfg(test)]
mod tests;
mod why_page;
mod why_words;
mod words;

use bevy::prelude::*;

use super::{
    ON_STAGE,
    places::{BOARD_M, READ_FROM_M, board},
};
use crate::{
    exhibits::recommender::EXHIBIT_ID,
    world::{
        WorldSystems,
        stage::{PlinthPlaced, fold::fold},
        ui::{
            panel::{Hanger, PanelPlan},
            tabs::write_tabs,
            type_size,
        },
    },
};

/// Room around everything on the board, in dmm.
const MARGIN_DMM: f32 = 12.0;

/// The pages of the board, within [`WorldSystems::Show`].
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct BoardSystems;

pub(super) fn plugin(app: &mut App) {
    app.configure_sets(Update, BoardSystems.in_set(WorldSystems::Show).in_set(ON_STAGE));
    app.add_observer(hang_board).add_plugins((
        news::plugin,
        tabs::plugin,
        pager::plugin,
        slide::plugin,
        rating::plugin,
        list_page::plugin,
        why_page::plugin,
        find_page::plugin,
        rated_page::plugin,
        people_page::plugin,
        filters_page::plugin,
        telling::plugin,
    ));
}

/// The board itself.
#[derive(Component)]
struct TasteBoard;

fn hang_board(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let hung = hanger.hang(PanelPlan::plate("Taste board", BOARD_M, READ_FROM_M));
    hanger.commands.entity(hung.panel).insert((board(1.0), ChildOf(placed.entity)));
    hanger.commands.entity(hung.root).entry::<Node>().and_modify(|mut page| {
        page.padding = UiRect::all(px(MARGIN_DMM));
        page.row_gap = px(8);
    });
    hanger.commands.entity(hung.root).with_children(|board| {
        let line = Node { flex_shrink: 0.0, ..default() };
        write_tabs::<tabs::TastePage>(board, line, type_size::ROW);
        for (page, write) in PAGES {
            board.spawn((page, page_node())).with_children(write);
        }
    });
    hanger.commands.entity(hung.panel).insert(TasteBoard);
    fold(
        &mut hanger,
        placed.entity,
        hung.panel,
        1.0,
        "unfold-taste",
        say!("recommender-films-for-whom"),
    );
}

/// What stands on each page.
const PAGES: [(tabs::TastePage, fn(&mut ChildSpawnerCommands)); 6] = [
    (tabs::TastePage::List, list_page::write),
    (tabs::TastePage::Why, why_page::write),
    (tabs::TastePage::Find, find_page::write),
    (tabs::TastePage::Rated, rated_page::write),
    (tabs::TastePage::People, people_page::write),
    (tabs::TastePage::Filters, filters_page::write),
];

fn page_node() -> Node {
    Node {
        display: Display::None,
        flex_direction: FlexDirection::Column,
        row_gap: px(8),
        flex_grow: 1.0,
        min_height: px(0),
        ..default()
    }
}

/// A name or a button at the left, and something at the right.
fn between() -> Node {
    Node {
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Center,
        column_gap: px(type_size::GAP),
        flex_shrink: 0.0,
        ..default()
    }
}

/// Things one below the other.
fn column(gap_dmm: f32) -> Node {
    Node {
        flex_direction: FlexDirection::Column,
        row_gap: px(gap_dmm),
        flex_shrink: 0.0,
        ..default()
    }
}
