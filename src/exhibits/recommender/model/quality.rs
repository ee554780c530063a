//! How good lists of ten are, by the ratings that were held out: precision, recall and NDCG.
//!
//! A list holds the items with the best predictions of all that the person has not rated in training, before they are
//! clipped to the scale, since many would be equal afterwards; among equals the first in the data comes first. NDCG
//! is that of Järvelin and Kekäläinen 2002 (<https://doi.org/10.1145/582415.582418>) with a gain of 1 for each liked
//! item. People without a liked item among those held out are left out, since no list could please them; of very many
//! people, so many are judged as are enough to be sure of the second decimal.

use pulp::{Arch, Simd, WithSimd};

use crate::exhibits::recommender::{
    model::{
        kernels::dot_two_by_four,
        order::Order,
        svd::{FactorTable, Svd},
    },
    payload::{ListQuality, StarScale},
};

/// Items on a list.
const LENGTH: usize = 10;
/// The share of the best rating from which on a rating says that the item was liked.
const LIKED: f32 = 0.8;
/// The most people who are judged, evenly spread, so that the time stays linear in the ratings.
const MOST_PEOPLE: usize = 2000;
/// People whose lists are made together while some items are at hand.
const PEOPLE_AT_ONCE: usize = 32;
/// Items that are at hand: their factors fit the nearest memory beside those of the people.
const ITEMS_AT_ONCE: usize = 24;

/// Whether a rating says that the item was liked.
pub(super) fn liked(stars: f32, scale: StarScale) -> bool {
    stars >= LIKED * scale.high - 1e-4
}

/// The lists of a fold: those of the model, of the biases alone, and of what has most ratings.
#[derive(Debug)]
pub(super) struct Lists {
    /// Who is judged.
    people: Vec<usize>,
    /// How many of them are.
    judged: usize,
    scale: StarScale,
    /// All items by their bias, best first; a person's mean and bias change nothing about it.
    by_bias: Vec<u32>,
    /// All items by the number of their ratings, most first.
    by_count: Vec<u32>,
    sums: [ListQuality; 3],
}

impl Lists {
    /// Prepares what all lists share.
    pub(super) fn new(
        train: Order<'_>,
        held_out: Order<'_>,
        biases: &FactorTable,
        scale: StarScale,
    ) -> Self {
        let mut counts = vec![0.0; biases.len()];
        for &item in train.rated {
            counts[item as usize] += 1.0;
        }
        let likes =
            |person: &usize| held_out.of_person(*person).1.iter().any(|&stars| liked(stars, scale));
        let mut people: Vec<usize> = (0..held_out.people()).filter(likes).collect();
        let count = people.len();
        if count > MOST_PEOPLE {
            people = (0..MOST_PEOPLE).map(|at| people[at * count / MOST_PEOPLE]).collect();
        }
        Self {
            people,
            judged: 0,
            scale,
            by_bias: ranked(&biases.biases),
            by_count: ranked(&counts),
            sums: Default::default(),
        }
    }

    /// How many people are judged.
    pub(super) fn progress(&self) -> usize {
        self.judged
    }

    /// Whether all are.
    pub(super) fn is_done(&self) -> bool {
        self.judged >= self.people.len()
    }

    /// Judges the lists of some more people.
    pub(super) fn judge_some(&mut self, svd: &Svd, train: Order<'_>, held_out: Order<'_>) {
        let end = (self.judged + PEOPLE_AT_ONCE).min(self.people.len());
        let people = &self.people[self.judged..end];
        let rated: Vec<Vec<u32>> = people
            .iter()
            .map(|&person| {
                let mut rated = train.of_person(person).0.to_vec();
                rated.sort_unstable();
                rated
            })
            .collect();
        let learned = Arch::new().dispatch(Ranking { svd, people, rated: &rated });
        for ((&person, rated), learned) in people.iter().zip(&rated).zip(learned) {
            let (items, stars) = held_out.of_person(person);
            let pairs = items.iter().zip(stars);
            let liked: Vec<u32> = pairs
                .filter(|(_, stars)| liked(**stars, self.scale))
                .map(|(item, _)| *item)
                .collect();
            let first = |ranked: &[u32]| -> Vec<u32> {
                let new = |item: &&u32| rated.binary_search(item).is_err();
                ranked.iter().filter(new).take(LENGTH).copied().collect()
            };
            let learned: Vec<u32> = learned.items().collect();
            let lists = [learned, first(&self.by_bias), first(&self.by_count)];
            for (sum, list) in self.sums.iter_mut().zip(lists) {
                let quality = quality(&list, &liked);
                sum.precision += quality.precision;
                sum.recall += quality.recall;
                sum.ndcg += quality.ndcg;
            }
        }
        self.judged = end;
    }

    /// Means over the people so far: of the model, of the biases alone, of what has most ratings.
    pub(super) fn quality(&self) -> [ListQuality; 3] {
        let count = self.judged.max(1) as f64;
        self.sums.map(|sum| ListQuality {
            precision: sum.precision / count,
            recall: sum.recall / count,
            ndcg: sum.ndcg / count,
        })
    }
}

/// All places by their value, largest first, the first among equals first.
pub(super) fn ranked(values: &[f64]) -> Vec<u32> {
    let mut places: Vec<u32> = (0..values.len() as u32).collect();
    places.sort_by(|&a, &b| values[b as usize].total_cmp(&values[a as usize]));
    places
}

/// How good one list is for one person.
fn quality(list: &[u32], liked: &[u32]) -> ListQuality {
    let gain = |at: usize| 1.0 / (at as f64 + 2.0).log2();
    let hits = list.iter().enumerate().filter(|(_, item)| liked.contains(item));
    let (count, gained) =
        hits.fold((0.0, 0.0), |(count, sum), (at, _)| (count + 1.0, sum + gain(at)));
    let best: f64 = (0..liked.len().min(LENGTH)).map(gain).sum();
    ListQuality {
        precision: count / list.len().max(1) as f64,
        recall: count / liked.len().max(1) as f64,
        ndcg: if best > 0.0 { gained / best } else { 0.0 },
    }
}

/// The best items so far, best first.
#[derive(Clone, Debug, Default)]
struct Best(Vec<(f64, u32)>);

impl Best {
    #[inline(always)]
    fn offer(&mut self, value: f64, item: u32) {
        if self.0.get(LENGTH - 1).is_none_or(|worst| value > worst.0) {
            self.insert(value, item);
        }
    }

    #[cold]
    fn insert(&mut self, value: f64, item: u32) {
        self.0.truncate(LENGTH - 1);
        let place = self.0.partition_point(|better| better.0 >= value);
        self.0.insert(place, (value, item));
    }

    fn items(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().map(|(_, item)| *item)
    }
}

/// The lists of some people, items by items.
struct Ranking<'a> {
    svd: &'a Svd,
    people: &'a [usize],
    /// What each has rated already, in rising order.
    rated: &'a [Vec<u32>],
}

impl WithSimd for Ranking<'_> {
    type Output = Vec<Best>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<Best> {
        let Self { svd, people, rated } = self;
        let items = &svd.items;
        let mut best = vec![Best::default(); people.len()];
        let mut left: Vec<_> = rated.iter().map(|rated| rated.iter().copied().peekable()).collect();
        for start in (0..items.len()).step_by(ITEMS_AT_ONCE) {
            let end = (start + ITEMS_AT_ONCE).min(items.len());
            for first in (0..people.len()).step_by(4) {
                // The last of them stands in for those that are missing to four.
                let person = |at: usize| people[(first + at).min(people.len() - 1)];
                let row = |at: usize| svd.people.row(person(at));
                let rows = [row(0), row(1), row(2), row(3)];
                let four = first..(first + 4).min(people.len());
                for item in (start..end).step_by(2) {
                    let pair = [items.row(item), items.row((item + 1).min(end - 1))];
                    let fits = dot_two_by_four(simd, pair, rows);
                    for (item, fits) in (item..end).zip(fits) {
                        for (at, fit) in four.clone().zip(fits) {
                            if left[at].next_if_eq(&(item as u32)).is_none() {
                                best[at].offer(items.biases[item] + fit, item as u32);
                            }
                        }
                    }
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_judged_as_worked_by_hand() {
        let found = quality(&[9, 4, 7, 1], &[4, 1, 8]);
        assert_eq!((found.precision, found.recall), (0.5, 2.0 / 3.0));
        let gained = 1.0 / 3.0_f64.log2() + 1.0 / 5.0_f64.log2();
        let best = 1.0 + 1.0 / 3.0_f64.log2() + 0.5;
        assert!((found.ndcg - gained / best).abs() < 1e-15, "{}", found.ndcg);
        assert_eq!(quality(&[1, 2], &[2, 1]).ndcg, 1.0);
        assert_eq!(quality(&[], &[]), ListQuality::default());
    }

    #[test]
    fn the_best_ten_are_kept_the_first_among_equals_first() {
        let mut best = Best::default();
        for item in 0..40_u32 {
            best.offer(f64::from(item * 7 % 20), item);
        }
        let values: Vec<f64> = best.0.iter().map(|(value, _)| *value).collect();
        assert_eq!(values, [19.0, 19.0, 18.0, 18.0, 17.0, 17.0, 16.0, 16.0, 15.0, 15.0]);
        assert!(best.0.chunks(2).all(|pair| pair[0].1 < pair[1].1), "{best:?}");
    }

    #[test]
    fn four_of_five_stars_are_liked() {
        let scale = StarScale::default();
        assert!(liked(4.0, scale) && !liked(3.5, scale));
        assert!(liked(8.0, StarScale { low: 1.0, high: 10.0, step: 1.0 }));
    }
}
