//! What pointing and pressing do at each exhibit, in words, for those who have never been there.

use bevy::prelude::*;

use crate::{stream::ExhibitId, words::Word};

/// What one learns by pointing at an exhibit's numbers, and what a press on one of them does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    /// A sentence that asks to point: "Point at any cell: it tells its number".
    pub point: Word,
    /// What a press does, as it stands behind a colon: "see where the number comes from".
    pub press: Word,
    /// Whether a press brings something near, which [`Intent::Back`](crate::world::interaction::intent::Intent) puts back.
    pub comes_near: bool,
}

impl Telling {
    /// That of an exhibit that says nothing else: cells, which a press brings near.
    const USUAL: Self = Self {
        point: key!("guide-point-at-any-cell"),
        press: key!("guide-see-where-it-comes-from"),
        comes_near: true,
    };
}

/// The words of those exhibits that are no fields of cells; each adds its own when its view is put into the hall.
#[derive(Resource, Clone, Debug, Default)]
pub struct Tellings(Vec<(ExhibitId, Telling)>);

impl Tellings {
    /// What this exhibit has to say.
    pub fn add(&mut self, exhibit: ExhibitId, telling: Telling) {
        self.0.push((exhibit, telling));
    }

    /// What is said of an exhibit.
    pub fn of(&self, exhibit: Option<ExhibitId>) -> Telling {
        let own = self.0.iter().find(|(of, _)| Some(*of) == exhibit);
        own.map_or(Telling::USUAL, |(_, telling)| *telling)
    }
}
