//! Every exhibit: a model and the way it is shown, in the order a visitor meets them.

use bevy::{app::App, prelude::Resource};

use crate::stream::ExhibitId;

/// Five optimisers walk down losses of two parameters.
pub mod descent;
/// A small convolutional network reads handwritten digits.
pub mod digits;
/// A logistic regression tells what a row of a table is.
pub mod logistic;
/// A factorisation of ratings recommends films.
pub mod recommender;

/// Whose taste the films are seen with when the hall opens, by their place among the people of the ratings.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeenBy(pub Option<u32>);

/// What the hall needs to know of an exhibit.
pub struct Exhibit {
    /// Its name on the command line and in reports.
    pub id: ExhibitId,
    /// Its title in the hall.
    pub title: &'static str,
    /// Whether the marquee above it tells what each stage of a run did.
    pub tells_stages: bool,
    /// Adds its view to the hall.
    pub plugin: fn(&mut App),
}

/// All exhibits.
pub const ALL: &[Exhibit] =
    &[digits::EXHIBIT, recommender::EXHIBIT, descent::EXHIBIT, logistic::EXHIBIT];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::stage::plan::FREE_PLACES;

    #[test]
    fn every_exhibit_has_a_plinth_to_wait_on() {
        for exhibit in ALL {
            let name = Some(exhibit.id.name());
            assert_eq!(FREE_PLACES.iter().filter(|place| place.exhibit == name).count(), 1);
        }
    }
}
