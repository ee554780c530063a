//! The board on how it learns: the five steps from ratings to a verdict, a page each behind tabs.

mod collect;
mod curves;
mod evaluate;
mod facts;
mod films;
mod judged;
mod matrix;
mod paper;
mod people;
mod person;
mod rule;
mod tail;
#[cfg(test)]
mod tests;
mod train;

use std::sync::Arc;

use bevy::{prelude::*, ui::Checked};

use self::facts::Facts;
use super::{
    ON_STAGE,
    places::{LEARNING, READ_FROM_M},
};
use crate::{
    exhibits::recommender::{EXHIBIT_ID, payload::Ratings},
    history::Run,
    stream::Stage,
    world::{
        WorldSystems,
        link::ShownRun,
        stage::PlinthPlaced,
        ui::{
            controls::{Activate, ButtonKind, button},
            palette,
            panel::Hanger,
            sheet::{BEFORE_M, Sheet, from_left},
            type_size,
        },
    },
};

/// Between the edge of the board and what stands on it, in dmm.
const MARGIN_DMM: f32 = 14.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<OpenPage>()
        .init_resource::<Study>()
        .add_observer(hang_board)
        .add_systems(
            Update,
            (study, follow_stage, show_page).chain().in_set(WorldSystems::Show).in_set(ON_STAGE),
        )
        .add_plugins((
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
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Collect,
    People,
    Films,
    Train,
    Evaluate,
}

impl Page {
    const ALL: [Self; 5] = [Self::Collect, Self::People, Self::Films, Self::Train, Self::Evaluate];

    /// The stable name of its tab, and what stands on it.
    const fn tab(self) -> (&'static str, &'static str) {
        match self {
            Self::Collect => ("learning-tab-collect", "Collect"),
            Self::People => ("learning-tab-people", "People"),
            Self::Films => ("learning-tab-films", "Films"),
            Self::Train => ("learning-tab-train", "Train"),
            Self::Evaluate => ("learning-tab-evaluate", "Evaluate"),
        }
    }

    /// The page that tells what goes on.
    fn of(run: &Run) -> Self {
        match run.stages().last().map(|stage| stage.stage) {
            None | Some(Stage::Preprocess) => Self::Collect,
            Some(Stage::Build | Stage::Initialise | Stage::Train) => Self::Train,
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

/// What was counted of the data set, once it is there.
#[derive(Resource, Default)]
struct Study(Option<Arc<Facts>>);

/// The tab that opens a page.
#[derive(Component)]
struct Tab(Page);

/// What holds the displays of a page.
#[derive(Component)]
struct Displays(Page);

/// An empty page and where it lies, for those who furnish it.
#[derive(Clone, Copy, Debug)]
struct Leaf {
    /// The node that holds its words.
    node: Entity,
    /// What its displays are children of.
    displays: Entity,
    sheet: Sheet,
}

impl Leaf {
    /// Where a display belongs that covers this part of the page.
    fn place(&self, rect: Rect) -> Transform {
        let corner = page_rect().min;
        let rect = Rect { min: rect.min + corner, max: rect.max + corner };
        self.sheet.place(rect, BEFORE_M)
    }

    /// A length in metres.
    fn metres(&self, dmm: Vec2) -> Vec2 {
        Vec2::new(self.sheet.metres(dmm.x), self.sheet.metres(dmm.y))
    }
}

/// The part of the board that its pages have, in dmm.
fn page_rect() -> Rect {
    let board = LEARNING.size_m * 1000.0 / READ_FROM_M;
    let top = MARGIN_DMM + type_size::ROW + type_size::GAP;
    Rect::from_corners(vec2(MARGIN_DMM, top), board - MARGIN_DMM)
}

/// A node over a whole page.
fn whole_page() -> Node {
    Node { width: percent(100), height: percent(100), ..from_left(0.0, 0.0) }
}

fn hang_board(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let (size, place) = (LEARNING.size_m, LEARNING.transform());
    let sheet = Sheet::hang(&mut hanger, placed.entity, "Learning board", size, READ_FROM_M, place);
    hanger.commands.entity(sheet.root).with_children(|root| {
        root.spawn(plate()).with_children(spawn_tabs);
    });
    for page in Page::ALL {
        let leaf = hang_page(&mut hanger, sheet, page);
        match page {
            Page::Collect => collect::hang(&mut hanger, leaf),
            Page::People => people::hang(&mut hanger, leaf),
            Page::Films => films::hang(&mut hanger, leaf),
            Page::Train => {
                train::hang(&mut hanger, leaf);
                rule::hang(&mut hanger, leaf);
            }
            Page::Evaluate => {
                evaluate::hang(&mut hanger, leaf);
                matrix::hang(&mut hanger, leaf);
            }
        }
    }
}

/// Words must be read whatever films lie behind them.
fn plate() -> impl Bundle {
    (
        Node {
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(18)),
            ..whole_page()
        },
        BackgroundColor(palette::PLATE),
        BorderColor::all(palette::RULE),
    )
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
                node.flex_grow = 1.0;
            });
            tab.observe(open_tab);
        }
    });
}

fn hang_page(hanger: &mut Hanger, sheet: Sheet, page: Page) -> Leaf {
    let (rect, name) = (page_rect(), page.tab().1);
    let node = Node {
        width: px(rect.width()),
        height: px(rect.height()),
        display: Display::None,
        ..from_left(rect.min.x, rect.min.y)
    };
    let node = hanger.commands.spawn((Name::new(name), page, node, ChildOf(sheet.root))).id();
    let displays = hanger
        .commands
        .spawn((
            Name::new(format!("{name} displays")),
            Displays(page),
            Transform::default(),
            Visibility::Hidden,
            ChildOf(sheet.panel),
        ))
        .id();
    Leaf { node, displays, sheet }
}

fn open_tab(press: On<Activate>, tabs: Query<&Tab>, mut open: ResMut<OpenPage>) {
    if let Ok(tab) = tabs.get(press.entity) {
        open.set_if_neq(OpenPage { page: tab.0, chosen: true });
    }
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
fn follow_stage(run: Res<ShownRun>, mut open: ResMut<OpenPage>) {
    if !open.chosen {
        open.set_if_neq(OpenPage { page: Page::of(&run.0), chosen: false });
    }
}

fn show_page(
    open: Res<OpenPage>,
    mut pages: Query<(&Page, &mut Node)>,
    mut displays: Query<(&Displays, &mut Visibility)>,
    tabs: Query<(Entity, &Tab, Has<Checked>)>,
    new: Query<(), Added<Tab>>,
    mut commands: Commands,
) {
    if !open.is_changed() && new.is_empty() {
        return;
    }
    for (page, mut node) in &mut pages {
        node.display = if *page == open.page { Display::Flex } else { Display::None };
    }
    for (of, mut seen) in &mut displays {
        let wanted = if of.0 == open.page { Visibility::Inherited } else { Visibility::Hidden };
        seen.set_if_neq(wanted);
    }
    for (tab, of, checked) in &tabs {
        if (of.0 == open.page) != checked {
            if checked {
                commands.entity(tab).remove::<Checked>();
            } else {
                commands.entity(tab).insert(Checked);
            }
        }
    }
}
