//! What the visitor attends to in this exhibit, and what they said of their own taste; every part of the view follows.

use bevy::prelude::*;

use crate::exhibits::recommender::payload::{Layout, ListAsk, Rated, Together};

/// Whatever writes [`TasteAttention`]: each a part of its own, so that their order among themselves does not matter.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct AttentionSystems;

/// What the visitor attends to.
#[derive(Resource, Clone, Debug, PartialEq)]
pub(super) struct TasteAttention {
    /// The item under an aim.
    pub pointed: Option<u32>,
    /// The item that was chosen and is explained.
    pub chosen: Option<u32>,
    /// Whose taste colours the map and makes the list.
    pub who: Who,
    /// Who chooses together with them.
    pub with: Option<Who>,
    /// How two become one list.
    pub together: Together,
    /// What may be on the list, and how it is made.
    pub list: ListAsk,
    /// How films are laid out on the map.
    pub layout: Layout,
}

impl Default for TasteAttention {
    fn default() -> Self {
        Self {
            pointed: None,
            chosen: None,
            who: Who::Known(0),
            with: None,
            together: Together::default(),
            list: ListAsk::default(),
            layout: Layout::default(),
        }
    }
}

/// Whose taste the films are seen with when the hall opens, by their place among the people of the ratings.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exhibits::recommender) struct SeenBy(pub(in crate::exhibits::recommender) u32);

/// Looks with the taste that was asked for on the command line.
pub(super) fn look_as_asked(seen_by: Option<Res<SeenBy>>, mut attention: ResMut<TasteAttention>) {
    if let Some(seen_by) = seen_by {
        attention.who = Who::Known(seen_by.0);
    }
}

/// Someone with a taste.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// The visitor.
    You,
    /// Someone whose ratings were learned, counted from 0.
    Known(u32),
}

/// What a stroke over the map does to the visitor's taste there.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sculpting {
    /// Nothing: pressing a film chooses it.
    #[default]
    Off,
    /// Raises it.
    Raise,
    /// Lowers it.
    Lower,
}

/// What the visitor said of their own taste.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub(super) struct Profile {
    /// Each rated item once, in the order rated.
    pub entries: Vec<Entry>,
}

/// One rating of the visitor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    /// The item and its stars.
    pub rated: Rated,
    /// Whether it stands for taste that was raised or lowered over a region of the map, and not for a rating.
    pub sculpted: bool,
}

impl Profile {
    /// The stars that an item was given.
    pub(super) fn stars_of(&self, item: u32) -> Option<f32> {
        self.entries.iter().find(|entry| entry.rated.item == item).map(|entry| entry.rated.stars)
    }

    /// Rates an item, in place of what was said of it before.
    pub(super) fn rate(&mut self, item: u32, stars: f32, sculpted: bool) {
        let entry = Entry { rated: Rated { item, stars }, sculpted };
        match self.entries.iter_mut().find(|entry| entry.rated.item == item) {
            Some(known) => *known = entry,
            None => self.entries.push(entry),
        }
    }

    /// Takes back what was said of an item.
    pub(super) fn forget(&mut self, item: u32) {
        self.entries.retain(|entry| entry.rated.item != item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hall_opens_with_the_person_that_was_named() {
        let mut app = App::new();
        app.init_resource::<TasteAttention>().add_systems(Startup, look_as_asked);
        app.insert_resource(SeenBy(14));
        app.update();
        assert_eq!(app.world().resource::<TasteAttention>().who, Who::Known(14));
    }

    #[test]
    fn an_item_is_rated_once_and_keeps_its_place() {
        let mut profile = Profile::default();
        profile.rate(7, 4.0, false);
        profile.rate(3, 2.0, true);
        profile.rate(7, 1.5, false);
        assert_eq!(profile.entries.len(), 2);
        assert_eq!(profile.stars_of(7), Some(1.5));
        assert!(profile.entries[1].sculpted);
        profile.forget(7);
        assert_eq!(profile.stars_of(7), None);
    }
}
