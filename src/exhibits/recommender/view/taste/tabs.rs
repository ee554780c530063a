//! The tabs of the board, and the page that is open.

use bevy::{prelude::*, ui::Checked};

use crate::{
    exhibits::recommender::view::attention::Attention,
    world::{
        WorldSystems,
        ui::{
            controls::{Activate, ButtonKind, button},
            type_size,
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Open>().add_systems(
        Update,
        (
            explain_what_is_chosen
                .run_if(resource_changed::<Attention>)
                .in_set(WorldSystems::Arrange)
                .in_set(super::ON_STAGE),
            turn.run_if(
                resource_changed::<Open>.or_eager(|hung: Query<(), Added<Page>>| !hung.is_empty()),
            )
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE),
        ),
    );
}

/// The page that is open.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Open(pub(super) Page);

/// A page; marks the node that holds it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Page {
    #[default]
    List,
    Why,
    Find,
    Rated,
    People,
    Filters,
}

/// A tab, by the page it opens.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
struct Tab(Page);

const TABS: [(&str, &str, Page); 5] = [
    ("taste-tab-list", "List", Page::List),
    ("taste-tab-why", "Why", Page::Why),
    ("taste-tab-you", "You", Page::Find),
    ("taste-tab-people", "People", Page::People),
    ("taste-tab-filters", "Filters", Page::Filters),
];

pub(super) fn write(board: &mut ChildSpawnerCommands) {
    board
        .spawn(Node { column_gap: px(type_size::GAP), flex_shrink: 0.0, ..default() })
        .with_children(|line| {
            for (name, label, page) in TABS {
                let mut tab = line.spawn((button(name, label, ButtonKind::Small), Tab(page)));
                tab.entry::<Node>().and_modify(|mut node| node.flex_grow = 1.0);
                tab.observe(open(page));
            }
        });
}

/// Opens a page.
pub(super) fn open(page: Page) -> impl Fn(On<Activate>, ResMut<Open>) + Send + Sync + 'static {
    move |_, mut open| {
        open.set_if_neq(Open(page));
    }
}

/// Whoever chooses a film, on the map or on a list, wants to know why; on one's own page it is to be rated.
fn explain_what_is_chosen(
    attention: Res<Attention>,
    mut open: ResMut<Open>,
    mut last: Local<Option<u32>>,
) {
    let before = std::mem::replace(&mut *last, attention.chosen);
    let is_news = attention.chosen.is_some() && attention.chosen != before;
    if is_news && !matches!(open.0, Page::Find | Page::Rated) {
        open.set_if_neq(Open(Page::Why));
    }
}

fn turn(
    open: Res<Open>,
    mut pages: Query<(&Page, &mut Node)>,
    tabs: Query<(Entity, &Tab, Has<Checked>)>,
    mut commands: Commands,
) {
    for (page, mut node) in &mut pages {
        let display = if *page == open.0 { Display::Flex } else { Display::None };
        if node.display != display {
            node.display = display;
        }
    }
    let of = if open.0 == Page::Rated { Page::Find } else { open.0 };
    for (tab, leads_to, checked) in &tabs {
        check(&mut commands, tab, checked, leads_to.0 == of);
    }
}

/// Marks a control as chosen, or not.
pub(in super::super) fn check(commands: &mut Commands, control: Entity, is: bool, shall_be: bool) {
    if shall_be && !is {
        commands.entity(control).insert(Checked);
    } else if !shall_be && is {
        commands.entity(control).remove::<Checked>();
    }
}
