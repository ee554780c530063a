//! Every exhibit: a model and the way it is shown, in the order a visitor meets them.

use bevy::{app::App, prelude::Resource};

use crate::stream::ExhibitId;

/// A small convolutional network reads handwritten digits.
pub mod digits;
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
pub const ALL: &[Exhibit] = &[digits::EXHIBIT, recommender::EXHIBIT];
