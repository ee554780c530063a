//! Lists: what may be on one, in which order, for one person or for two together.

use std::cmp::Ordering;

use crate::exhibits::recommender::{
    model::{
        kin::{Raters, cosine},
        svd::Svd,
    },
    payload::{Item, ListAsk, Ratings, StarScale, Together},
};

/// A diverse list is chosen from so many best items.
const CANDIDATES: usize = 200;

/// What everybody is predicted to give each item, and what it becomes together.
pub(super) struct Choice<'a> {
    /// For each person a prediction for each item, in stars, before they are clipped.
    pub(super) predicted: &'a [&'a [f64]],
    /// How they become one.
    pub(super) together: Together,
    /// The stars that can be given.
    pub(super) scale: StarScale,
}

/// An item that may be on the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    /// The item's place.
    pub(super) item: u32,
    /// What it is ordered by, in stars.
    pub(super) stars: f64,
    /// The same before predictions are clipped to the scale, which decides between equals.
    unclipped: f64,
}

impl Candidate {
    /// Better ones first, then earlier ones.
    fn order(&self, other: &Self) -> Ordering {
        let stars = other.stars.total_cmp(&self.stars);
        stars.then(other.unclipped.total_cmp(&self.unclipped)).then(self.item.cmp(&other.item))
    }
}

impl Choice<'_> {
    fn candidate(&self, item: u32) -> Candidate {
        let (low, high) = (f64::from(self.scale.low), f64::from(self.scale.high));
        let predicted = || self.predicted.iter().map(|predicted| predicted[item as usize]);
        Candidate {
            item,
            stars: together(self.together, predicted().map(|stars| stars.clamp(low, high))),
            unclipped: together(self.together, predicted()),
        }
    }
}

fn together(how: Together, stars: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = stars.len().max(1) as f64;
    match how {
        Together::LeastMisery => stars.fold(f64::INFINITY, f64::min),
        Together::Mean => stars.sum::<f64>() / count,
    }
}

/// The best items that may be on the list, best first, and from how many they were chosen; `rated` says what is not
/// new to somebody.
pub(super) fn listed(
    ratings: &Ratings,
    raters: &Raters,
    svd: &Svd,
    choice: &Choice<'_>,
    ask: &ListAsk,
    rated: impl Fn(u32) -> bool,
) -> (Vec<Candidate>, usize) {
    let may = |(at, item): (usize, &Item)| {
        let fits = ask.admits(item, raters.count(at)) && !rated(at as u32);
        fits.then(|| choice.candidate(at as u32))
    };
    let mut candidates: Vec<_> = ratings.items.iter().enumerate().filter_map(may).collect();
    let eligible = candidates.len();
    let kept = CANDIDATES.max(ask.length);
    if kept < eligible {
        candidates.select_nth_unstable_by(kept, Candidate::order);
        candidates.truncate(kept);
    }
    candidates.sort_by(Candidate::order);
    // What is no number asks for nothing.
    let diversity = if ask.diversity > 0.0 { f64::from(ask.diversity.min(1.0)) } else { 0.0 };
    let list = if diversity > 0.0 {
        diverse(candidates, svd, ask.length, diversity)
    } else {
        candidates.truncate(ask.length);
        candidates
    };
    (list, eligible)
}

/// Maximal marginal relevance (Carbonell and Goldstein 1998, <https://doi.org/10.1145/290941.291025>): each next item
/// is the one with the best mixture of its stars, from 0 for the least of the candidates to 1 for the most, and its
/// difference in taste to the nearest item on the list.
fn diverse(candidates: Vec<Candidate>, svd: &Svd, length: usize, diversity: f64) -> Vec<Candidate> {
    let (Some(best), Some(worst)) = (candidates.first(), candidates.last()) else {
        return candidates;
    };
    let (worst, span) = (worst.stars, (best.stars - worst.stars).max(f64::MIN_POSITIVE));
    let row = |one: &Candidate| svd.items.row(one.item as usize);
    // To the nearest on the list, −1 while there is none.
    let mut left: Vec<_> = candidates.into_iter().map(|one| (one, -1.0_f64)).collect();
    let mut list: Vec<Candidate> = Vec::with_capacity(length.min(left.len()));
    while list.len() < length && !left.is_empty() {
        let worth = |(one, nearest): &(Candidate, f64)| {
            (1.0 - diversity) * (one.stars - worst) / span - diversity * nearest
        };
        let best = (0..left.len())
            .reduce(|a, b| if worth(&left[b]) > worth(&left[a]) { b } else { a })
            .unwrap_or(0);
        let (chosen, _) = left.remove(best);
        for (one, nearest) in &mut left {
            *nearest = nearest.max(cosine(row(one), row(&chosen)));
        }
        list.push(chosen);
    }
    list
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand_chacha::ChaCha8Rng;

    use super::{
        super::{order::Order, samples},
        *,
    };

    struct Setting {
        ratings: Ratings,
        raters: Raters,
        svd: Svd,
        one: Vec<f64>,
        other: Vec<f64>,
    }

    fn setting() -> Setting {
        let mut ratings = (*samples::planted(60, 40, 12, 2)).clone();
        let mut items = ratings.items.to_vec();
        for (at, item) in items.iter_mut().enumerate() {
            item.genres = 1 << (at % 3);
            item.year = (at % 4 != 0).then_some(1980 + at as u16);
        }
        ratings.items = items.into();
        let mut generator = ChaCha8Rng::seed_from_u64(1);
        let svd = Svd::init(Order::of(&ratings), 40, 4, 0.1, &mut generator);
        let one = (0..40).map(|at| 2.0 + f64::from(at * 7 % 40) / 10.0).collect();
        let other = (0..40).map(|at| 2.0 + f64::from(at * 11 % 40) / 10.0).collect();
        Setting { raters: Raters::new(&ratings), ratings, svd, one, other }
    }

    impl Setting {
        fn list(
            &self,
            predicted: &[&[f64]],
            together: Together,
            ask: &ListAsk,
        ) -> (Vec<Candidate>, usize) {
            let choice = Choice { predicted, together, scale: StarScale::default() };
            listed(&self.ratings, &self.raters, &self.svd, &choice, ask, |item| item < 5)
        }
    }

    fn ask(length: usize) -> ListAsk {
        ListAsk { length, ..ListAsk::default() }
    }

    #[test]
    fn the_best_new_items_come_first() {
        let setting = setting();
        let (list, eligible) = setting.list(&[&setting.one], Together::Mean, &ask(6));
        assert_eq!((list.len(), eligible), (6, 35));
        assert!(list.iter().all(|one| one.item >= 5 && one.stars <= 5.0));
        // Above the scale all are clipped to 5 stars; what they were before decides.
        assert!(list.windows(2).all(|two| two[0].unclipped > two[1].unclipped));
        let best = (5..40).map(|item| setting.one[item]).fold(0.0, f64::max);
        assert_eq!(list[0].unclipped, best);
    }

    #[test]
    fn filters_leave_out_and_are_counted() {
        let setting = setting();
        let only = |ask: ListAsk| setting.list(&[&setting.one], Together::Mean, &ask);
        let (list, eligible) = only(ListAsk { genres: 0b100, ..ask(40) });
        assert_eq!((list.len(), eligible), (12, 12));
        assert!(list.iter().all(|one| one.item % 3 == 2));
        let (list, _) = only(ListAsk { years: Some(1990..=1999), ..ask(40) });
        assert_eq!(list.len(), 8);
        assert!(list.iter().all(|one| (10..20).contains(&one.item) && one.item % 4 != 0));
        let least = setting.raters.counts().into_iter().max().unwrap();
        let (list, _) = only(ListAsk { least_ratings: least, ..ask(40) });
        assert!(!list.is_empty() && list.len() < 35);
        assert_eq!(only(ListAsk { least_ratings: least + 1, ..ask(40) }), (Vec::new(), 0));
    }

    #[test]
    fn two_people_become_one() {
        let setting = setting();
        let both: [&[f64]; 2] = [&setting.one, &setting.other];
        for (how, of) in [
            (Together::LeastMisery, f64::min as fn(f64, f64) -> f64),
            (Together::Mean, |a, b| (a + b) / 2.0),
        ] {
            let (list, _) = setting.list(&both, how, &ask(40));
            for one in &list {
                let item = one.item as usize;
                let stars = of(setting.one[item].min(5.0), setting.other[item].min(5.0));
                assert_eq!(one.stars, stars);
            }
            assert!(list.windows(2).all(|two| two[0].stars >= two[1].stars));
        }
    }

    #[test]
    fn diversity_draws_items_apart() {
        let setting = setting();
        let alike = |diversity: f32| {
            let ask = ListAsk { diversity, ..ask(8) };
            let (list, _) = setting.list(&[&setting.one], Together::Mean, &ask);
            let row = |at: usize| setting.svd.items.row(list[at].item as usize);
            let pairs = (0..8).flat_map(|a| (a + 1..8).map(move |b| (a, b)));
            let sum: f64 = pairs.map(|(a, b)| cosine(row(a), row(b))).sum();
            (list, sum)
        };
        let (plain, together) = alike(0.0);
        assert_eq!(plain, alike(f32::NAN).0);
        let (mixed, apart) = alike(1.0);
        assert_eq!(mixed[0], plain[0]);
        assert!(apart < together - 1.0, "{apart} {together}");
    }
}
