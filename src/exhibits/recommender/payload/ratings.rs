//! Ratings that people gave to items: what a recommender learns from, as plain data that the room can show.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::stream::Content;
use crate::words::Phrase;

impl Content for Ratings {
    const KIND: &'static str = "recommender.ratings";
}

/// Everything that is known before learning: items, people, and who gave how many stars to what.
///
/// Items and people are counted from 0 in the order in which they first appear. The ratings of a person lie
/// together, in the order of the file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ratings {
    /// What the data set is called.
    pub name: String,
    /// The stars that can be given.
    pub scale: StarScale,
    /// What is rated.
    pub items: Arc<[Item]>,
    /// What each genre is called; an item's [`Item::genres`] has a bit for each.
    pub genres: Arc<[String]>,
    /// What each person is called in the file.
    pub people: Arc<[String]>,
    /// Where the ratings of each person begin in the lists below, with the end of the last: people + 1 numbers.
    #[serde(with = "crate::stream::array")]
    pub starts: Arc<[usize]>,
    /// The item of each rating.
    #[serde(with = "crate::stream::array")]
    pub rated: Arc<[u32]>,
    /// The stars of each rating.
    #[serde(with = "crate::stream::array")]
    pub stars: Arc<[f32]>,
    /// When each rating was given, in seconds since 1970; empty where the file does not say.
    #[serde(with = "crate::stream::array")]
    pub times: Arc<[i64]>,
    /// What a visitor should know of how the file was read, such as ratings that came twice; a sentence each.
    pub remarks: Arc<[Phrase]>,
}

/// The stars that can be given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StarScale {
    /// The fewest stars.
    pub low: f32,
    /// The most stars.
    pub high: f32,
    /// From one rating to the next better one, in stars.
    pub step: f32,
}

impl Default for StarScale {
    /// That of MovieLens since 2003.
    fn default() -> Self {
        Self { low: 0.5, high: 5.0, step: 0.5 }
    }
}

impl StarScale {
    /// How many different ratings there are.
    pub fn count(&self) -> usize {
        if self.step > 0.0 { ((self.high - self.low) / self.step).round() as usize + 1 } else { 1 }
    }

    /// The place of the nearest possible rating, from 0.
    pub fn nearest(&self, stars: f32) -> usize {
        let place = if self.step > 0.0 { ((stars - self.low) / self.step).round() } else { 0.0 };
        (place.max(0.0) as usize).min(self.count() - 1)
    }

    /// The stars at a place of the scale, from 0.
    pub fn stars(&self, place: usize) -> f32 {
        self.low + self.step * place as f32
    }
}

/// Something that people rate, such as a film.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its name in the file.
    pub id: String,
    /// Its title, or its name in the file where there is none.
    pub title: String,
    /// When it appeared, if known.
    pub year: Option<u16>,
    /// A bit for each of [`Ratings::genres`].
    pub genres: u64,
    /// How many ratings it has.
    pub count: u32,
    /// The mean of its ratings, in stars; 0 without any.
    pub mean: f32,
}

impl Item {
    /// Its title, and when it appeared, as one says it.
    pub fn called(&self) -> String {
        match self.year {
            Some(year) => say!("list-within", whole = self.title, of = year),
            None => self.title.clone(),
        }
    }
}

impl Item {
    /// The places of its genres in [`Ratings::genres`], in that order.
    pub fn genre_places(&self) -> impl Iterator<Item = usize> + use<> {
        let genres = self.genres;
        (0..64).filter(move |place| genres >> place & 1 == 1)
    }
}

impl Ratings {
    /// How many ratings there are.
    pub fn len(&self) -> usize {
        self.stars.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.stars.is_empty()
    }

    /// The share of all pairs of person and item that has no rating, 0..=1.
    pub fn sparsity(&self) -> f64 {
        let pairs = self.people.len() as f64 * self.items.len() as f64;
        if pairs > 0.0 { 1.0 - self.len() as f64 / pairs } else { 0.0 }
    }

    /// What a person rated: items and stars, in the order of the file; nothing past the last person.
    pub fn of(&self, person: usize) -> impl ExactSizeIterator<Item = Rated> + '_ {
        let start = self.starts.get(person).copied().unwrap_or(0);
        let end = self.starts.get(person + 1).copied().unwrap_or(start);
        let (items, stars) = (&self.rated[start..end], &self.stars[start..end]);
        items.iter().zip(stars).map(|(&item, &stars)| Rated { item, stars })
    }

    /// The person that the file calls so.
    pub fn person_called(&self, name: &str) -> Option<usize> {
        self.people.iter().position(|person| person == name)
    }
}

/// One rating.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rated {
    /// The item's place in [`Ratings::items`].
    pub item: u32,
    /// The stars it was given.
    pub stars: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_finds_the_nearest_rating() {
        let scale = StarScale::default();
        assert_eq!(scale.count(), 10);
        for (stars, place) in [(0.5, 0), (0.74, 0), (0.76, 1), (5.0, 9), (9.0, 9), (-3.0, 0)] {
            assert_eq!(scale.nearest(stars), place, "{stars}");
        }
        assert_eq!(scale.stars(9), 5.0);
    }

    #[test]
    fn the_ratings_of_a_person_lie_together() {
        let ratings = Ratings {
            people: ["a".to_owned(), "b".to_owned()].into(),
            items: vec![Item::default(); 4].into(),
            starts: [0, 1, 3].into(),
            rated: [2, 0, 1].into(),
            stars: [4.0, 3.5, 1.0].into(),
            ..Ratings::default()
        };
        let of = |person| ratings.of(person).map(|rated| (rated.item, rated.stars));
        assert_eq!(of(1).collect::<Vec<_>>(), [(0, 3.5), (1, 1.0)]);
        assert_eq!(of(2).len(), 0);
        assert_eq!(ratings.sparsity(), 0.625);
        assert_eq!(ratings.person_called("b"), Some(1));
    }
}
