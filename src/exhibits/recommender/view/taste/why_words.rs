//! What is told of a prediction beyond its sum, in lines.

use indicatif::HumanCount;

use super::words as say;
use crate::{
    exhibits::recommender::payload::{Ratings, Why},
    world::ui::controls::Entry,
};

/// A film, and what it has to do with another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RelatedFilm {
    pub(super) item: u32,
    figure: String,
}

impl RelatedFilm {
    pub(super) fn entry(&self, ratings: &Ratings) -> Entry {
        let words = say::title_of(ratings, self.item);
        Entry { words, figure: self.figure.clone(), ..Entry::default() }
    }
}

/// The films that are told of a topic, the most telling first.
pub(super) fn lines(why: &Why, topic: Topic) -> Vec<RelatedFilm> {
    match topic {
        Topic::Ratings(person) => why
            .people
            .get(person)
            .into_iter()
            .flat_map(|reasons| &reasons.moved_by)
            .map(|moved| RelatedFilm {
                item: moved.rated.item,
                figure: say!(
                    "recommender-gave",
                    stars = say::given(moved.rated.stars),
                    stars2 = signed(moved.stars)
                ),
            })
            .collect(),
        Topic::Near => why
            .neighbours
            .iter()
            .map(|near| RelatedFilm { item: near.item, figure: format!("{:.2}", near.distance) })
            .collect(),
        Topic::Liked => why
            .also_liked
            .iter()
            .map(|liked| RelatedFilm {
                item: liked.item,
                figure: say!(
                    "recommender-of-3",
                    people = liked.people,
                    of = liked.of,
                    lift = format_args!("{:.1}", liked.lift)
                ),
            })
            .collect(),
    }
}

/// A change in stars with its sign: `+0.08`, `−0.03`.
fn signed(stars: f64) -> String {
    let sign = if stars < 0.0 { "−" } else { "+" };
    format!("{sign}{:.2}", stars.abs())
}

/// What can be told of a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// The ratings of the first or the second person that moved theirs.
    Ratings(usize),
    /// Films that lie near in taste.
    Near,
    /// What else was liked by those who liked it.
    Liked,
}

impl Default for Topic {
    fn default() -> Self {
        Self::Ratings(0)
    }
}

/// What the figures of a topic are.
pub(super) fn note(why: &Why, topic: Topic) -> String {
    match topic {
        Topic::Ratings(person) => match why.people.get(person) {
            Some(reasons) if reasons.tried.1 > 0 => {
                let (tried, of) = reasons.tried;
                let tried = if tried == of {
                    say!("recommender-each-of-ratings", of = HumanCount(of as u64))
                } else {
                    say!(
                        "recommender-of-ratings",
                        tried = HumanCount(tried as u64),
                        of = HumanCount(of as u64)
                    )
                };
                say!(
                    "recommender-left-out-in-turn-from",
                    tried,
                    fitted = format_args!("{:.2}", reasons.fitted)
                )
            }
            _ => say!("recommender-there-is-no-rating-yet").to_owned(),
        },
        Topic::Near => say!("recommender-distance-0-is-the-same").to_owned(),
        Topic::Liked => say!("recommender-of-those-who-liked-it").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::recommender::payload::{
        AlsoLiked, Item, MovedBy, Neighbour, Rated, Reasons, Terms,
    };

    fn why() -> Why {
        Why {
            item: 0,
            people: vec![Reasons {
                terms: Terms { mean: 3.5, person: 0.0, item: 0.0, taste: 0.0 },
                predicted: 3.5,
                fitted: 3.52,
                moved_by: vec![
                    MovedBy { rated: Rated { item: 1, stars: 4.5 }, stars: 0.081 },
                    MovedBy { rated: Rated { item: 0, stars: 2.0 }, stars: -0.031 },
                ],
                tried: (40, 232),
            }],
            neighbours: vec![Neighbour { item: 1, distance: 0.123 }],
            also_liked: vec![AlsoLiked { item: 1, people: 41, of: 118, lift: 2.13 }],
        }
    }

    #[test]
    fn each_topic_says_what_its_figures_are() {
        let item = |title: &str| Item { title: title.to_owned(), ..Item::default() };
        let ratings =
            Ratings { items: vec![item("Aliens"), item("Alien")].into(), ..Ratings::default() };
        let said = |topic| {
            let lines = lines(&why(), topic).into_iter().map(|line| line.entry(&ratings));
            lines.map(|entry| format!("{} {}", entry.words, entry.figure)).collect::<Vec<_>>()
        };
        assert_eq!(said(Topic::Ratings(0)), ["Alien gave 4.5: +0.08", "Aliens gave 2: −0.03"]);
        assert_eq!(said(Topic::Near), ["Alien 0.12"]);
        assert_eq!(said(Topic::Liked), ["Alien 41 of 118, ×2.1"]);
        let note = note(&why(), Topic::Ratings(0));
        assert_eq!(note, "Person fitted anew: 3.52; 40 of 232 ratings left out:");
    }
}
