//! The tabs of the board, and the page that is open.

use bevy::prelude::*;

use crate::{
    exhibits::recommender::view::attention::TasteAttention,
    words::Word,
    world::{
        WorldSystems,
        stage::fold::Unfold,
        ui::{
            controls::Activate,
            tabs::{self, BoardSystems, Pages},
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    let board = BoardSystems::<TastePage>::set();
    app.add_plugins(tabs::plugin::<TastePage>)
        .configure_sets(Update, board.in_set(WorldSystems::Show).in_set(super::ON_STAGE))
        .add_systems(
            Update,
            explain_what_is_chosen
                .run_if(resource_changed::<TasteAttention>)
                .in_set(WorldSystems::Arrange)
                .in_set(super::ON_STAGE),
        );
}

/// The page that is open.
pub(super) type Open = tabs::Open<TastePage>;

/// A page; marks the node that holds it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum TastePage {
    #[default]
    List,
    Why,
    Find,
    Rated,
    People,
    Filters,
}

impl Pages for TastePage {
    const TABS: &'static [(&'static str, Word, Self)] = &[
        ("taste-tab-list", key!("recommender-list"), Self::List),
        ("taste-tab-why", key!("recommender-why"), Self::Why),
        ("taste-tab-you", key!("recommender-you"), Self::Find),
        ("taste-tab-people", key!("recommender-people"), Self::People),
        ("taste-tab-filters", key!("recommender-filters"), Self::Filters),
    ];

    fn under(self) -> Self {
        if self == Self::Rated { Self::Find } else { self }
    }
}

/// Opens a page.
pub(super) fn open(page: TastePage) -> impl Fn(On<Activate>, ResMut<Open>) + Send + Sync + 'static {
    move |_, mut open| {
        let wanted = open.at(page);
        open.set_if_neq(wanted);
    }
}

/// Whoever chooses a film, on the map or on a list, wants to know why; on one's own page it is to be rated.
fn explain_what_is_chosen(
    attention: Res<TasteAttention>,
    mut open: ResMut<Open>,
    boards: Query<Entity, With<super::TasteBoard>>,
    mut last: Local<Option<u32>>,
    mut commands: Commands,
) {
    let before = std::mem::replace(&mut *last, attention.chosen);
    let is_news = attention.chosen.is_some() && attention.chosen != before;
    if is_news {
        boards.iter().for_each(|entity| commands.trigger(Unfold { entity }));
    }
    if is_news && !matches!(open.page, TastePage::Find | TastePage::Rated) {
        let wanted = open.at(TastePage::Why);
        open.set_if_neq(wanted);
    }
}
