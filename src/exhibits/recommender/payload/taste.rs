//! What is asked of a recommender, and what it answers: whose taste, which list, and why.

use std::{ops::RangeInclusive, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Item, Rated};
use crate::stream::Content;
use crate::words::Phrase;

impl Content for TasteAsk {
    const KIND: &'static str = "recommender.ask";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Content for TasteAnswer {
    const KIND: &'static str = "recommender.taste";

    fn bytes(&self) -> usize {
        self.people.iter().map(|person| size_of_val(&*person.predicted)).sum()
    }
}

/// Whose taste is looked at, how their list is made, and which item is explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TasteAsk {
    /// One person, or two who choose together.
    pub people: Vec<Person>,
    /// How two become one list.
    pub together: Together,
    /// What may be on the list, and how.
    pub list: ListAsk,
    /// The item that is explained.
    pub item: Option<u32>,
    /// Whether all that was learned is wanted too.
    pub with_factors: bool,
    /// How the items are laid out on the map.
    pub layout: Layout,
}

impl Default for TasteAsk {
    fn default() -> Self {
        Self {
            people: vec![Person::Known(0)],
            together: Together::default(),
            list: ListAsk::default(),
            item: None,
            with_factors: false,
            layout: Layout::default(),
        }
    }
}

/// How the items are laid out on the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Layout {
    /// Along the axes in which their factors differ most, the principal components; it follows the training.
    #[default]
    Components,
    /// By t-SNE: what is near in taste comes together. Another number than the last begins anew, from the factors as
    /// they are then; people have no place on it.
    Neighbours(u32),
}

/// How far a layout by neighbours has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Laid {
    /// Optimiser steps of the run when its factors were taken.
    pub step: u64,
    /// Items that take part, those of which enough is known; the others are not drawn.
    pub items: usize,
    /// What it is about.
    pub progress: LayoutProgress,
    /// How long it has worked so far, in seconds.
    pub seconds: f64,
}

/// What a layout by neighbours is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LayoutProgress {
    /// Nearest neighbours in taste are looked for.
    Searching {
        /// Items that have theirs.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// Items move.
    Moving {
        /// Epochs gone.
        epoch: u32,
        /// Of how many.
        epochs: u32,
    },
    /// Items have arrived.
    Done {
        /// Share of the ten nearest neighbours in taste of an item that are among its ten nearest on the map, 0..=1.
        kept: f64,
        /// The same of the map of the principal components that it began with.
        kept_before: f64,
    },
    /// It cannot be made, and why, in a sentence.
    Refused(Phrase),
}

/// Whoever has a taste.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Person {
    /// One whose ratings were learned, by their place in [`Ratings::people`](super::Ratings::people).
    Known(u32),
    /// A visitor, whose taste is fitted to these ratings while what was learned of the items stays as it is.
    Visitor(Arc<[Rated]>),
}

/// How the predictions for two people become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Together {
    /// The lower of both: nobody is to be miserable.
    #[default]
    LeastMisery,
    /// The mean of both.
    Mean,
}

/// What may be on a list, and how it is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListAsk {
    /// How many items it should have.
    pub length: usize,
    /// Only items with one of these genres, a bit each; 0 is all.
    pub genres: u64,
    /// Only items of these years; items without a year are left out when this is given.
    pub years: Option<RangeInclusive<u16>>,
    /// Only items with at least so many ratings.
    pub least_ratings: u32,
    /// From 0, the best predictions, to 1, items as unlike each other as can be.
    pub diversity: f32,
}

impl ListAsk {
    /// Whether an item with so many ratings may be on the list.
    pub fn admits(&self, item: &Item, ratings: u32) -> bool {
        let in_years =
            |years: &RangeInclusive<u16>| item.year.is_some_and(|year| years.contains(&year));
        (self.genres == 0 || item.genres & self.genres != 0)
            && self.years.as_ref().is_none_or(in_years)
            && ratings >= self.least_ratings
    }
}

impl Default for ListAsk {
    fn default() -> Self {
        Self { length: 20, genres: 0, years: None, least_ratings: 0, diversity: 0.0 }
    }
}

/// What a recommender says to a [`TasteAsk`], with what it has learned at the snapshot's step.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct TasteAnswer {
    /// What was asked.
    pub asked: Arc<TasteAsk>,
    /// Each person's taste, in the order asked.
    pub people: Vec<Taste>,
    /// The list, best first.
    pub list: Vec<Listed>,
    /// How many items the list was chosen from, after filters and without what is rated already.
    pub eligible: usize,
    /// How many items there are.
    pub items: usize,
    /// The item that is explained.
    pub why: Option<Why>,
    /// What a visitor who has rated little should rate next, the most telling first.
    pub suggestions: Vec<Suggested>,
    /// All that was learned, if it was asked for.
    pub factors: Option<Arc<Factors>>,
    /// How far the layout by neighbours has come, if it was asked for and begun in this run.
    pub laid: Option<Laid>,
    /// How long it took to answer, in seconds.
    pub seconds: f64,
}

/// All that a recommender has learned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Factors {
    /// The mean of all ratings μ, in stars.
    pub mean: f64,
    /// Factors of each person and each item.
    pub count: usize,
    /// The bias bᵤ of each person, in stars.
    #[serde(with = "crate::stream::array")]
    pub person_biases: Vec<f64>,
    /// The bias bᵢ of each item, in stars.
    #[serde(with = "crate::stream::array")]
    pub item_biases: Vec<f64>,
    /// People × factors.
    #[serde(with = "crate::stream::array")]
    pub people: Vec<f64>,
    /// Items × factors.
    #[serde(with = "crate::stream::array")]
    pub items: Vec<f64>,
}

/// What is known of a person's taste.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Taste {
    /// Prediction for each item in stars, clipped to the scale.
    #[serde(with = "crate::stream::array")]
    pub predicted: Arc<[f32]>,
    /// The person's bias bᵤ, in stars.
    pub bias: f64,
    /// Where the person's factors lie on the map, as the items' in the snapshot; not finite on a map of neighbours.
    #[serde(with = "crate::stream::number")]
    pub place: [f32; 3],
    /// How many ratings it rests on.
    pub ratings: usize,
}

/// An item on a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The item's place in [`Ratings::items`](super::Ratings::items).
    pub item: u32,
    /// What the list is ordered by, in stars: the prediction, or what two people's became together.
    pub stars: f64,
    /// The sum behind each person's prediction.
    pub terms: Vec<Terms>,
}

/// The sum behind a prediction: r̂ = μ + bᵤ + bᵢ + qᵢ·pᵤ (Koren, Bell, Volinsky 2009), in stars.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// The mean of all ratings, μ.
    pub mean: f64,
    /// How much more than others this person gives, bᵤ.
    pub person: f64,
    /// How much more than others this item gets, bᵢ.
    pub item: f64,
    /// How well item and person fit, qᵢ·pᵤ.
    pub taste: f64,
}

impl Terms {
    /// The prediction before it is clipped to the scale, in stars.
    pub fn sum(&self) -> f64 {
        self.mean + self.person + self.item + self.taste
    }
}

/// Why an item is predicted as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// The item's place in [`Ratings::items`](super::Ratings::items).
    pub item: u32,
    /// The reasons for each person, in the order asked.
    pub people: Vec<Reasons>,
    /// Items nearest in taste, nearest first.
    pub neighbours: Vec<Neighbour>,
    /// What people who liked it liked, the most telling first.
    pub also_liked: Vec<AlsoLiked>,
}

/// What made one person's prediction for an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reasons {
    /// The sum.
    pub terms: Terms,
    /// The prediction in stars, clipped to the scale.
    pub predicted: f64,
    /// What the taste would predict if it were fitted anew to all ratings with the items as they are, in stars;
    /// what single ratings moved is measured from here.
    pub fitted: f64,
    /// The ratings that moved it most, by how much, either way.
    pub moved_by: Vec<MovedBy>,
    /// How many ratings were left out in turn to find them, of how many.
    pub tried: (usize, usize),
}

/// One rating of a person, and how much it moved a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovedBy {
    /// The rating.
    pub rated: Rated,
    /// Prediction with it less prediction without it, both fitted with the items as they are, in stars.
    pub stars: f64,
}

/// An item near another in taste.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neighbour {
    /// The item's place in [`Ratings::items`](super::Ratings::items).
    pub item: u32,
    /// 1 − cos of the angle between their factors, 0..=2.
    pub distance: f64,
}

/// An item that those who liked another liked too.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlsoLiked {
    /// The item's place in [`Ratings::items`](super::Ratings::items).
    pub item: u32,
    /// How many of them liked it.
    pub people: u32,
    /// Of how many.
    pub of: u32,
    /// How much more often than by all people who rated it, as a factor.
    pub lift: f64,
}

/// An item that a visitor could rate, and why this one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggested {
    /// The item's place in [`Ratings::items`](super::Ratings::items).
    pub item: u32,
    /// How many people know it.
    pub ratings: u32,
    /// How much people disagree about it: the standard deviation of its ratings, in stars.
    pub spread: f32,
    /// How far in taste the nearest is that is suggested before it or rated already, 0..=2.
    pub apart: f32,
}
