//! The board of the verdict: the coefficients with their names, and how one row comes to its probability.

mod coefficients;
mod sums;
mod waterfall;

use bevy::{prelude::*, ui::Checked};

use super::{
    attention::Attention,
    leaf::{Leaf, MARGIN_DMM, page_rect, plate, whole_page},
    places::{BOARD_M, READ_FROM_M, VERDICT},
};
use crate::{
    exhibits::logistic::EXHIBIT_ID,
    world::{
        WorldSystems,
        stage::{OnStage, PlinthPlaced},
        ui::{
            controls::{Activate, ButtonKind, button},
            panel::Hanger,
            sheet::{Sheet, from_left},
            type_size,
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<OpenPage>()
        .add_observer(hang_board)
        .configure_sets(Update, PageSystems.in_set(WorldSystems::Show))
        .add_systems(
            Update,
            (explain_what_is_chosen, show_page)
                .chain()
                .in_set(PageSystems)
                .in_set(OnStage(EXHIBIT_ID)),
        )
        .add_plugins((coefficients::plugin, waterfall::plugin));
}

/// What opens pages; pages are written after it.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct PageSystems;

/// A page of the board; on an entity, the node that holds its words.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Coefficients,
    Row,
}

impl Page {
    const ALL: [Self; 2] = [Self::Coefficients, Self::Row];

    /// The stable name of its tab, and what stands on it.
    const fn tab(self) -> (&'static str, &'static str) {
        match self {
            Self::Coefficients => ("verdict-coefficients", "All coefficients"),
            Self::Row => ("verdict-row", "One row"),
        }
    }
}

/// The page that is open.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
struct OpenPage(Page);

/// A condition: what is hidden costs nothing.
fn open(page: Page) -> impl Fn(Res<OpenPage>) -> bool + Clone {
    move |open| open.0 == page
}

/// The tab that opens a page.
#[derive(Component)]
struct Tab(Page);

/// The part of a page that is written anew as a whole.
#[derive(Component)]
struct Written(Page);

/// Pages have no displays yet, but a leaf has a place for them.
#[derive(Component)]
struct NoDisplays;

fn hang_board(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let place = VERDICT.transform();
    let name = "Board of the verdict";
    let sheet = Sheet::hang(&mut hanger, placed.entity, name, BOARD_M, READ_FROM_M, place);
    hanger.commands.entity(sheet.root).with_children(|root| {
        root.spawn(plate()).with_children(spawn_tabs);
    });
    for page in Page::ALL {
        let leaf = Leaf::hang(&mut hanger, sheet, page.tab().1, page, NoDisplays);
        hanger.commands.entity(leaf.node).with_child((whole_page(), Written(page)));
        if page == Page::Coefficients {
            coefficients::hang(&mut hanger, leaf);
        }
    }
}

fn spawn_tabs(plate: &mut ChildSpawnerCommands) {
    let line = Node {
        width: px(page_rect().width()),
        column_gap: px(type_size::GAP),
        ..from_left(MARGIN_DMM - 2.0, MARGIN_DMM - 2.0)
    };
    plate.spawn(line).with_children(|line| {
        for page in Page::ALL {
            let (name, words) = page.tab();
            let mut tab = line.spawn((button(name, words, ButtonKind::Small), Tab(page)));
            tab.entry::<Node>().and_modify(|mut node| {
                node.flex_grow = 1.0;
                // At the far edge they are seen at a slant.
                node.min_height = px(type_size::ROW + 2.0);
            });
            tab.observe(open_tab);
        }
    });
}

fn open_tab(press: On<Activate>, tabs: Query<&Tab>, mut open: ResMut<OpenPage>) {
    if let Ok(tab) = tabs.get(press.entity) {
        open.set_if_neq(OpenPage(tab.0));
    }
}

/// Whoever chooses a row wants to see its sum; the row that is chosen from the start says nothing of that.
fn explain_what_is_chosen(
    attention: Res<Attention>,
    mut open: ResMut<OpenPage>,
    mut last: Local<Option<u32>>,
) {
    let before = std::mem::replace(&mut *last, attention.chosen);
    if before.is_some() && attention.chosen.is_some() && attention.chosen != before {
        open.set_if_neq(OpenPage(Page::Row));
    }
}

fn show_page(
    open: Res<OpenPage>,
    mut pages: Query<(&Page, &mut Node)>,
    tabs: Query<(Entity, &Tab, Has<Checked>)>,
    new: Query<(), Added<Tab>>,
    mut commands: Commands,
) {
    if !open.is_changed() && new.is_empty() {
        return;
    }
    for (page, mut node) in &mut pages {
        node.display = if *page == open.0 { Display::Flex } else { Display::None };
    }
    for (tab, of, checked) in &tabs {
        match (of.0 == open.0, checked) {
            (true, false) => {
                commands.entity(tab).insert(Checked);
            }
            (false, true) => {
                commands.entity(tab).remove::<Checked>();
            }
            _ => {}
        }
    }
}
