//! Boards of pages behind tabs: which page is open, what is written on each, and the displays before it.

mod board;

use crate::words::Word;
use std::{fmt::Debug, hash::Hash, marker::PhantomData};

use bevy::{
    ecs::{
        schedule::ScheduleConfigs,
        system::{ScheduleSystem, SystemParam},
    },
    prelude::*,
    ui::Checked,
};

use super::{
    canvas::{self, Canvas},
    controls::{Activate, ButtonKind, IsTab, button, mark, show},
    type_size,
};

pub use board::{BoardPlan, Leaf, MARGIN_DMM, hang, line_at, whole_page};

/// The pages of a board; on an entity, the node that holds a page's words and controls.
pub trait Pages: Component + Copy + Debug + Default + Eq + Hash {
    /// The tabs from left to right: a stable name, what stands on it, and the page that it opens.
    const TABS: &'static [(&'static str, Word, Self)];

    /// The page whose tab is lit while this one is open.
    fn under(self) -> Self {
        self
    }
}

/// The page that is open.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open<P: Pages> {
    pub page: P,
    /// Whether the visitor opened it.
    pub chosen: bool,
    /// Whether a plate lies over the pages; displays hang before it, and so must go.
    pub covered: bool,
}

impl<P: Pages> Open<P> {
    /// With another page open, as the visitor wants.
    pub fn at(self, page: P) -> Self {
        Self { page, chosen: true, ..self }
    }

    /// With the page open that tells what goes on, until the visitor has opened one.
    pub fn following(self, page: P) -> Self {
        if self.chosen { self } else { Self { page, ..self } }
    }
}

/// What writes a board; its exhibit says when that is.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct BoardSystems<P: Pages>(PhantomData<P>);

impl<P: Pages> BoardSystems<P> {
    pub fn set() -> Self {
        Self(PhantomData)
    }
}

/// The pages of one board.
pub fn plugin<P: Pages>(app: &mut App) {
    app.init_resource::<Open<P>>()
        .add_systems(Update, show_page::<P>.in_set(BoardSystems::<P>::set()));
}

/// Systems that open pages.
pub fn opening<P: Pages, M>(
    systems: impl IntoScheduleConfigs<ScheduleSystem, M>,
) -> ScheduleConfigs<ScheduleSystem> {
    systems.before(show_page::<P>).in_set(BoardSystems::<P>::set())
}

/// Systems that write on the board once the page is open that is wanted.
pub fn writing<P: Pages, M>(
    systems: impl IntoScheduleConfigs<ScheduleSystem, M>,
) -> ScheduleConfigs<ScheduleSystem> {
    systems.after(show_page::<P>).in_set(BoardSystems::<P>::set())
}

/// Systems that write a page while it is open: what is hidden costs nothing.
pub fn on_page<P: Pages, M>(
    page: P,
    systems: impl IntoScheduleConfigs<ScheduleSystem, M>,
) -> ScheduleConfigs<ScheduleSystem> {
    writing::<P, M>(systems).run_if(move |open: Res<Open<P>>| open.page == page)
}

/// The tab that opens a page.
#[derive(Component)]
struct Tab<P: Pages>(P);

/// What holds the displays of a page.
#[derive(Component)]
struct Displays<P: Pages>(P);

/// The part of a page that is written anew as a whole.
#[derive(Component)]
struct PageContent<P: Pages>(P);

/// Writes pages anew.
#[derive(SystemParam)]
pub struct Writer<'w, 's, P: Pages> {
    pages: Query<'w, 's, (Entity, &'static PageContent<P>)>,
    commands: Commands<'w, 's>,
}

impl<P: Pages> Writer<'_, '_, P> {
    /// Writes this page anew, but for its controls.
    pub fn rewrite(&mut self, page: P, write: impl FnOnce(&mut Canvas)) {
        if let Some((page, _)) = self.pages.iter().find(|(_, written)| written.0 == page) {
            canvas::rewrite(&mut self.commands, page, write);
        }
    }
}

/// Writes the tabs of a board side by side, as wide as the line.
pub fn write_tabs<P: Pages>(parent: &mut ChildSpawnerCommands, line: Node, tab_dmm: f32) {
    parent.spawn(Node { column_gap: px(type_size::GAP), ..line }).with_children(|line| {
        for (name, words, page) in P::TABS {
            let mut tab = line.spawn((button(name, *words, ButtonKind::Small), IsTab, Tab(*page)));
            tab.entry::<Node>().and_modify(move |mut node| {
                // Five words side by side have little room around them.
                node.padding = UiRect::ZERO;
                node.min_height = px(tab_dmm);
                node.flex_grow = 1.0;
            });
            tab.observe(open_tab::<P>);
        }
    });
}

fn open_tab<P: Pages>(press: On<Activate>, tabs: Query<&Tab<P>>, mut open: ResMut<Open<P>>) {
    if let Ok(tab) = tabs.get(press.entity) {
        let wanted = open.at(tab.0);
        open.set_if_neq(wanted);
    }
}

/// Shows the page that is open, its displays, and which tab that is.
fn show_page<P: Pages>(
    open: Res<Open<P>>,
    mut pages: Query<(&P, &mut Node)>,
    mut displays: Query<(&Displays<P>, &mut Visibility)>,
    tabs: Query<(Entity, &Tab<P>, Has<Checked>)>,
    new: Query<(), Added<Tab<P>>>,
    mut commands: Commands,
) {
    if !open.is_changed() && new.is_empty() {
        return;
    }
    for (page, mut node) in &mut pages {
        show(&mut node, *page == open.page);
    }
    for (of, mut seen) in &mut displays {
        let shown = of.0 == open.page && !open.covered;
        seen.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
    }
    for (tab, of, checked) in &tabs {
        mark::<Checked>(&mut commands, tab, checked, of.0 == open.page.under());
    }
}
