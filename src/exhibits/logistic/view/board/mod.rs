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

use bevy::{prelude::*, ui::Checked};

use super::{
    leaf::{Leaf, MARGIN_DMM, page_rect, plate},
    places::{BOARD_M, READ_FROM_M, STEPS},
};
use crate::{
    exhibits::logistic::{EXHIBIT_ID, payload::TableTest},
    history::Run,
    stream::Stage,
    world::{
        WorldSystems,
        link::ShownRun,
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
            (follow_run, show_page).chain().in_set(PageSystems).in_set(OnStage(EXHIBIT_ID)),
        )
        .add_plugins((
            chips::plugin,
            footer::plugin,
            prepare::plugin,
            features::plugin,
            model::plugin,
            tune::plugin,
            evaluate::plugin,
        ));
}

/// What opens pages; pages are written after it.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct PageSystems;

/// A page of the board; on an entity, the node that holds its words.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Prepare,
    Features,
    Model,
    Tune,
    Evaluate,
}

impl Page {
    const ALL: [Self; 5] = [Self::Prepare, Self::Features, Self::Model, Self::Tune, Self::Evaluate];

    /// The stable name of its tab, and what stands on it.
    const fn tab(self) -> (&'static str, &'static str) {
        match self {
            Self::Prepare => ("step-prepare", "Preprocess"),
            Self::Features => ("step-features", "Features"),
            Self::Model => ("step-model", "Model"),
            Self::Tune => ("step-tune", "Tune"),
            Self::Evaluate => ("step-evaluate", "Evaluate"),
        }
    }

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

/// The page that is open, and whether the visitor opened it.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
struct OpenPage {
    page: Page,
    chosen: bool,
}

/// A condition: what is hidden costs nothing.
fn open(page: Page) -> impl Fn(Res<OpenPage>) -> bool + Clone {
    move |open| open.page == page
}

/// The tab that opens a page.
#[derive(Component)]
struct Tab(Page);

/// What holds the displays of a page.
#[derive(Component)]
struct Displays(Page);

/// A part of a page that is written anew as a whole.
#[derive(Component)]
struct Written(Page);

fn hang_board(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let place = STEPS.transform();
    let sheet =
        Sheet::hang(&mut hanger, placed.entity, "Board of the steps", BOARD_M, READ_FROM_M, place);
    hanger.commands.entity(sheet.root).with_children(|root| {
        root.spawn(plate()).with_children(spawn_tabs);
    });
    for page in Page::ALL {
        let leaf = Leaf::hang(&mut hanger, sheet, page.tab().1, page, Displays(page));
        let whole = super::leaf::whole_page();
        hanger.commands.entity(leaf.node).with_child((whole, Written(page)));
        match page {
            Page::Prepare => prepare::hang(&mut hanger, leaf),
            Page::Features => features::hang(&mut hanger, leaf),
            Page::Model => model::hang(&mut hanger, leaf),
            Page::Tune => tune::hang(&mut hanger, leaf),
            Page::Evaluate => evaluate::hang(&mut hanger, leaf),
        }
    }
    // Last, so that it stands before the pages.
    footer::hang(&mut hanger, sheet.root);
}

fn spawn_tabs(plate: &mut ChildSpawnerCommands) {
    let line = Node {
        width: px(page_rect().width()),
        justify_content: JustifyContent::SpaceBetween,
        column_gap: px(type_size::GAP),
        ..from_left(MARGIN_DMM - 2.0, MARGIN_DMM - 2.0)
    };
    plate.spawn(line).with_children(|line| {
        for page in Page::ALL {
            let (name, words) = page.tab();
            let mut tab = line.spawn((button(name, words, ButtonKind::Small), Tab(page)));
            // Five words side by side have little room around them.
            tab.entry::<Node>().and_modify(|mut node| {
                node.padding = UiRect::ZERO;
                // At the far edge they are seen at a slant.
                node.min_height = px(type_size::ROW + 2.0);
                node.flex_grow = 1.0;
            });
            tab.observe(open_tab);
        }
    });
}

fn open_tab(press: On<Activate>, tabs: Query<&Tab>, mut open: ResMut<OpenPage>) {
    if let Ok(tab) = tabs.get(press.entity) {
        open.set_if_neq(OpenPage { page: tab.0, chosen: true });
    }
}

/// Until the visitor opens a page, it is the one that tells what goes on.
fn follow_run(run: Res<ShownRun>, mut open: ResMut<OpenPage>) {
    if !open.chosen {
        open.set_if_neq(OpenPage { page: Page::of(&run.0), chosen: false });
    }
}

fn show_page(
    open: Res<OpenPage>,
    run: Res<ShownRun>,
    mut in_trouble: Local<bool>,
    mut pages: Query<(&Page, &mut Node)>,
    mut displays: Query<(&Displays, &mut Visibility)>,
    tabs: Query<(Entity, &Tab, Has<Checked>)>,
    new: Query<(), Added<Tab>>,
    mut commands: Commands,
) {
    // Displays hang before the board, and so before the plate on which trouble is told.
    let trouble = footer::trouble(&run.0).is_some();
    let same = std::mem::replace(&mut *in_trouble, trouble) == trouble;
    if !open.is_changed() && new.is_empty() && same {
        return;
    }
    for (page, mut node) in &mut pages {
        node.display = if *page == open.page { Display::Flex } else { Display::None };
    }
    for (of, mut seen) in &mut displays {
        let shown = of.0 == open.page && !trouble;
        let wanted = if shown { Visibility::Inherited } else { Visibility::Hidden };
        seen.set_if_neq(wanted);
    }
    for (tab, of, checked) in &tabs {
        chips::check(&mut commands, tab, checked, of.0 == open.page);
    }
}
