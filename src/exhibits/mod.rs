//! Every exhibit: a model and the way it is shown, in the order a visitor meets them.

use bevy::app::App;

use crate::stream::ExhibitId;

/// A small convolutional network reads handwritten digits.
pub mod digits;
/// A logistic regression tells what a row of a table is.
pub mod logistic;
/// A factorisation of ratings recommends films.
pub mod recommender;

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
pub const ALL: &[Exhibit] = &[digits::EXHIBIT, recommender::EXHIBIT, logistic::EXHIBIT];
