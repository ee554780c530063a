//! What an item is near to: neighbours in taste, what those who liked it liked, and what a visitor should rate next.

use crate::exhibits::recommender::{
    model::{
        kernels::{product, products},
        order::Order,
        quality::liked,
        svd::{FactorTable, Svd},
    },
    payload::{AlsoLiked, Neighbour, Rated, Ratings, Suggested},
};

/// Neighbours that are named.
const NEIGHBOURS: usize = 10;
/// A neighbour has at least so many ratings: with fewer, factors are still mostly the noise that they began as.
pub(super) const KNOWN: u32 = 10;
/// Items that are named because the same people liked them.
const ALSO_LIKED: usize = 10;
/// At least so many of those who liked the one must like the other,
const SUPPORT: u32 = 5;
/// and at least this share of them, so that chance has no say.
const SUPPORT_SHARE: f64 = 0.1;
/// People that a share is smoothed with: as if so many more had liked the item as often as everybody does.
const SMOOTHING: f64 = 10.0;
/// Of more people who liked an item, so many are asked, evenly spread.
const MOST_ASKED: usize = 1000;
/// Items that are suggested.
const SUGGESTIONS: usize = 10;
/// They are chosen from so many, the best known ones.
const CANDIDATES: usize = 300;
/// Who has rated so many items needs no suggestions.
const RATED_ENOUGH: usize = 100;

/// Who rated what, seen from the items; it never changes in a run.
#[derive(Debug)]
pub(super) struct Raters {
    /// Where the raters of each item begin, with the end of the last.
    starts: Vec<usize>,
    people: Vec<u32>,
    stars: Vec<f32>,
    /// How many liked each item.
    liked: Vec<u32>,
    /// Standard deviation of each item's ratings, in stars.
    spread: Vec<f32>,
    /// The best known items, best known first.
    best_known: Vec<u32>,
}

impl Raters {
    /// Turns the ratings around.
    pub(super) fn new(ratings: &Ratings) -> Self {
        let order = Order::of(ratings);
        let count = ratings.items.len();
        let mut starts = vec![0; count + 1];
        for &item in order.rated {
            starts[item as usize + 1] += 1;
        }
        for item in 1..starts.len() {
            starts[item] += starts[item - 1];
        }
        let (mut people, mut stars) = (vec![0; order.len()], vec![0.0; order.len()]);
        let mut next = starts.clone();
        for person in 0..order.people() {
            let (items, given) = order.of_person(person);
            for (&item, &given) in items.iter().zip(given) {
                let next = &mut next[item as usize];
                (people[*next], stars[*next]) = (person as u32, given);
                *next += 1;
            }
        }
        let of = |item: usize| &stars[starts[item]..starts[item + 1]];
        let likes = |item: usize| of(item).iter().filter(|stars| liked(**stars, ratings.scale));
        let liked = (0..count).map(|item| likes(item).count() as u32).collect();
        let spread = (0..count).map(|item| deviation(of(item))).collect();
        let mut best_known: Vec<u32> = (0..count as u32).collect();
        best_known.sort_by_key(|&item| {
            std::cmp::Reverse(starts[item as usize + 1] - starts[item as usize])
        });
        best_known.truncate(CANDIDATES + RATED_ENOUGH);
        Self { starts, people, stars, liked, spread, best_known }
    }

    /// How many people rated an item.
    pub(super) fn count(&self, item: usize) -> u32 {
        (self.starts[item + 1] - self.starts[item]) as u32
    }

    /// How many people rated each item.
    pub(super) fn counts(&self) -> Vec<u32> {
        (0..self.liked.len()).map(|item| self.count(item)).collect()
    }

    /// What people who liked an item liked more often than everybody who rated it, by the smoothed factor of how much
    /// more often.
    pub(super) fn also_liked(&self, ratings: &Ratings, item: u32) -> Vec<AlsoLiked> {
        let range = self.starts[item as usize]..self.starts[item as usize + 1];
        let pairs = self.people[range.clone()].iter().zip(&self.stars[range]);
        let fans: Vec<u32> = pairs
            .filter(|(_, stars)| liked(**stars, ratings.scale))
            .map(|(person, _)| *person)
            .collect();
        let mut met = vec![(0_u32, 0_u32); ratings.items.len()];
        let asked = fans.iter().step_by(fans.len().div_ceil(MOST_ASKED).max(1));
        let support = SUPPORT.max((SUPPORT_SHARE * asked.len() as f64) as u32);
        for fan in asked {
            for rated in ratings.of(*fan as usize) {
                let met = &mut met[rated.item as usize];
                met.0 += u32::from(liked(rated.stars, ratings.scale));
                met.1 += 1;
            }
        }
        let telling = |(other, &(people, of)): (usize, &(u32, u32))| {
            let usual = f64::from(self.liked[other]) / f64::from(self.count(other).max(1));
            let share = (f64::from(people) + SMOOTHING * usual) / (f64::from(of) + SMOOTHING);
            let known = other != item as usize && people >= support;
            known.then(|| AlsoLiked { item: other as u32, people, of, lift: share / usual })
        };
        let mut telling: Vec<_> = met.iter().enumerate().filter_map(telling).collect();
        telling.sort_by(|a, b| b.lift.total_cmp(&a.lift));
        telling.truncate(ALSO_LIKED);
        telling
    }

    /// What a visitor should rate next, the most telling first: items that many know (the logarithm of how many),
    /// about which people disagree, and which lie far in taste from all that is rated or suggested already; the
    /// product of the three decides.
    pub(super) fn suggestions(&self, svd: &Svd, rated: &[Rated]) -> Vec<Suggested> {
        if rated.len() >= RATED_ENOUGH {
            return Vec::new();
        }
        let is_rated = |item: &u32| rated.iter().any(|rated| rated.item == *item);
        let new = self.best_known.iter().filter(|item| !is_rated(item)).take(CANDIDATES);
        let mut candidates: Vec<Suggested> = new
            .map(|&item| Suggested {
                item,
                ratings: self.count(item as usize),
                spread: self.spread[item as usize],
                apart: 2.0,
            })
            .collect();
        for rated in rated {
            draw_near(&mut candidates, &svd.items, rated.item);
        }
        let mut chosen = Vec::new();
        while chosen.len() < SUGGESTIONS && !candidates.is_empty() {
            let worth = |one: &Suggested| (1.0 + one.ratings as f32).ln() * one.spread * one.apart;
            let best = (0..candidates.len())
                .reduce(|a, b| if worth(&candidates[b]) > worth(&candidates[a]) { b } else { a });
            let best = candidates.remove(best.unwrap_or(0));
            draw_near(&mut candidates, &svd.items, best.item);
            chosen.push(best);
        }
        chosen
    }
}

/// Notes how far each candidate is from one more item.
fn draw_near(candidates: &mut [Suggested], items: &FactorTable, item: u32) {
    for one in candidates {
        let distance = 1.0 - cosine(items.row(one.item as usize), items.row(item as usize));
        one.apart = one.apart.min(distance as f32);
    }
}

/// The cosine of the angle between two rows; 0 where one has no direction.
pub(super) fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let lengths = (product(a, a) * product(b, b)).sqrt();
    if lengths > 0.0 { (product(a, b) / lengths).clamp(-1.0, 1.0) } else { 0.0 }
}

/// The known items nearest in taste, nearest first.
pub(super) fn neighbours(svd: &Svd, raters: &Raters, item: u32) -> Vec<Neighbour> {
    let own = svd.items.row(item as usize);
    let fits = products(&svd.items.rows, own);
    let length = product(own, own).sqrt();
    let near = |(other, fit): (usize, f64)| {
        let known = other != item as usize && raters.count(other) >= KNOWN;
        known.then(|| {
            let row = svd.items.row(other);
            let lengths = length * product(row, row).sqrt();
            let cosine = if lengths > 0.0 { (fit / lengths).clamp(-1.0, 1.0) } else { 0.0 };
            Neighbour { item: other as u32, distance: 1.0 - cosine }
        })
    };
    let mut near: Vec<_> = fits.into_iter().enumerate().filter_map(near).collect();
    near.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    near.truncate(NEIGHBOURS);
    near
}

/// Standard deviation; 0 of fewer than two.
fn deviation(values: &[f32]) -> f32 {
    let count = values.len().max(1) as f64;
    let mean = values.iter().map(|&value| f64::from(value)).sum::<f64>() / count;
    let squares = values.iter().map(|&value| (f64::from(value) - mean).powi(2)).sum::<f64>();
    (squares / count).sqrt() as f32
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand_chacha::ChaCha8Rng;

    use super::{
        super::{samples, svd::Rates},
        *,
    };

    fn learned(ratings: &Ratings) -> Svd {
        let order = Order::of(ratings);
        let mut generator = ChaCha8Rng::seed_from_u64(1);
        let mut svd = Svd::init(order, ratings.items.len(), 4, 0.1, &mut generator);
        let rates = Rates { learning: 0.02, regularisation: 0.02 };
        for _ in 0..60 {
            svd.learn(order, 0..order.len(), rates, ratings.scale);
        }
        svd
    }

    #[test]
    fn ratings_turned_around_are_the_same_ratings() {
        let ratings = samples::planted(40, 30, 12, 2);
        let raters = Raters::new(&ratings);
        for (item, known) in ratings.items.iter().enumerate() {
            assert_eq!(raters.count(item), known.count);
            for at in raters.starts[item]..raters.starts[item + 1] {
                let rated = Rated { item: item as u32, stars: raters.stars[at] };
                assert!(ratings.of(raters.people[at] as usize).any(|other| other == rated));
            }
        }
    }

    #[test]
    fn neighbours_come_nearest_first_and_are_others() {
        let ratings = samples::planted(200, 60, 40, 2);
        let svd = learned(&ratings);
        let near = neighbours(&svd, &Raters::new(&ratings), 7);
        assert_eq!(near.len(), NEIGHBOURS);
        assert!(near.windows(2).all(|two| two[0].distance <= two[1].distance));
        for one in &near {
            assert_ne!(one.item, 7);
            let distance = 1.0 - cosine(svd.items.row(7), svd.items.row(one.item as usize));
            assert!((one.distance - distance).abs() < 1e-12);
        }
        // Taste was planted: who is near in it is liked by the same people.
        let also = Raters::new(&ratings).also_liked(&ratings, 7);
        assert!(near.iter().any(|near| also.iter().any(|also| also.item == near.item)), "{also:?}");
    }

    #[test]
    fn what_fans_liked_is_counted() {
        let ratings = samples::planted(200, 60, 40, 2);
        let raters = Raters::new(&ratings);
        let likes = |person: usize, item: u32| {
            ratings.of(person).any(|rated| rated.item == item && rated.stars >= 4.0)
        };
        let found = raters.also_liked(&ratings, 7);
        assert!(!found.is_empty());
        for one in found {
            let fans = (0..200).filter(|&person| likes(person, 7));
            let rated = |person: &usize| ratings.of(*person).any(|rated| rated.item == one.item);
            let fans: Vec<_> = fans.filter(rated).collect();
            assert_eq!(fans.len() as u32, one.of);
            let people = fans.iter().filter(|&&fan| likes(fan, one.item)).count();
            assert_eq!(people as u32, one.people);
        }
    }

    #[test]
    fn suggestions_are_new_and_apart() {
        let ratings = samples::planted(200, 60, 40, 2);
        let (svd, raters) = (learned(&ratings), Raters::new(&ratings));
        let rated = [Rated { item: 3, stars: 5.0 }, Rated { item: 9, stars: 1.0 }];
        let suggested = raters.suggestions(&svd, &rated);
        assert_eq!(suggested.len(), SUGGESTIONS);
        let mut before: Vec<u32> = vec![3, 9];
        for one in suggested {
            assert!(!before.contains(&one.item));
            let row = |item: u32| svd.items.row(item as usize);
            let apart = |other: &u32| (1.0 - cosine(row(one.item), row(*other))) as f32;
            let nearest = before.iter().map(apart).fold(2.0, f32::min);
            assert!((one.apart - nearest).abs() < 1e-6);
            before.push(one.item);
        }
        let many = vec![rated[0]; RATED_ENOUGH];
        assert!(raters.suggestions(&svd, &many).is_empty());
    }
}
