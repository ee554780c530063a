//! The map: item factors seen along their three principal components, turned so that they lie as they did before.
//!
//! The components are those of the most rated items, each weighted by the number of its ratings: the factors of an item
//! that was rated once are still the noise that they began as, and would drown what was learned. All items are
//! shown along them. A person is shown where the direction of their factors lies, from the middle of the items: the
//! further an item lies in that direction, the better it fits.
//!
//! Components are followed by subspace iteration with guard vectors and Rayleigh-Ritz (Golub and Van Loan, Matrix
//! Computations, section 8.2), a few rounds for each picture from where the picture before ended; the turn is the
//! orthogonal Procrustes solution (Schönemann 1966, <https://doi.org/10.1007/BF02289451>).

use pulp::{Arch, Simd, WithSimd};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::{
    exhibits::recommender::model::{
        kernels::{add, add_four, dot_two_by_four, product},
        svd::{FactorTable, normal},
    },
    learning::eigen::{Three, eigen, nearest_turn},
};

/// Dimensions of the map.
const AXES: usize = 3;
/// Directions that are followed: the more guards, the faster the axes settle.
const FOLLOWED: usize = 8;
/// Items that the components are found from, at most.
const MOST_ITEMS: usize = 1500;
/// Rounds for the first picture, from nowhere, and for each after it.
const ROUNDS: (usize, usize) = (40, 3);

/// The axes of the map, and the directions that they are found with.
#[derive(Clone, Debug)]
pub(super) struct Map {
    /// The most rated items and their weights, which add up to 1.
    items: Vec<(u32, f64)>,
    /// Weighted mean of their factors.
    centre: Vec<f64>,
    /// Followed directions, orthonormal, those along which items differ most first.
    directions: Vec<Vec<f64>>,
    /// What is shown: the first three of them, turned.
    axes: Option<[Vec<f64>; AXES]>,
}

impl Map {
    /// A map of items with these numbers of ratings, before anything is known of their factors.
    pub(super) fn new(counts: &[u32], factors: usize, width: usize) -> Self {
        let mut items: Vec<u32> = (0..counts.len() as u32).collect();
        items.sort_by_key(|&item| std::cmp::Reverse(counts[item as usize]));
        items.truncate(MOST_ITEMS);
        let sum: f64 = items.iter().map(|&item| f64::from(counts[item as usize])).sum();
        let weight = |item: u32| f64::from(counts[item as usize]) / sum.max(1.0);
        // Any start will do; the same one for all runs keeps them comparable.
        let start = normal(&mut ChaCha8Rng::seed_from_u64(0), FOLLOWED, factors, 1.0);
        Self {
            items: items.into_iter().map(|item| (item, weight(item))).collect(),
            centre: vec![0.0; width],
            directions: start.chunks_exact(width.max(1)).map(<[f64]>::to_vec).collect(),
            axes: None,
        }
    }

    /// Follows the components to where they are now.
    pub(super) fn follow(&mut self, items: &FactorTable) {
        let rounds = if self.axes.is_some() { ROUNDS.1 } else { ROUNDS.0 };
        self.centre = Arch::new().dispatch(Centre { map: self, items });
        for _ in 0..rounds {
            let spread = Arch::new().dispatch(Spread { map: self, items });
            self.directions = refined(&self.directions, &spread);
        }
        let found: [&Vec<f64>; AXES] = std::array::from_fn(|at| &self.directions[at]);
        self.axes = Some(match &self.axes {
            Some(before) => turned(found, before),
            None => found.map(Clone::clone),
        });
    }

    /// Where all items lie, three numbers each.
    pub(super) fn item_places(&self, items: &FactorTable) -> Vec<f32> {
        self.places(items, &self.centre)
    }

    /// Where all people lie, three numbers each.
    pub(super) fn people_places(&self, people: &FactorTable) -> Vec<f32> {
        self.places(people, &vec![0.0; self.centre.len()])
    }

    /// Where a person with these factors lies.
    pub(super) fn place(&self, factors: &[f64]) -> [f32; AXES] {
        match &self.axes {
            Some(axes) => axes.each_ref().map(|axis| product(axis, factors) as f32),
            None => [0.0; AXES],
        }
    }

    fn places(&self, side: &FactorTable, centre: &[f64]) -> Vec<f32> {
        match &self.axes {
            Some(axes) => Arch::new().dispatch(Places { axes, side, centre }),
            None => vec![0.0; side.len() * AXES],
        }
    }
}

/// Better directions from what became of them when the covariance was applied.
fn refined(directions: &[Vec<f64>], spread: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let between = |a: &Vec<f64>, b: &Vec<f64>| product(a, b);
    let matrix = directions
        .iter()
        .map(|direction| spread.iter().map(|spread| between(direction, spread)).collect())
        .collect();
    let mut refined: Vec<Vec<f64>> = Vec::with_capacity(directions.len());
    for (_, mix) in eigen(matrix) {
        let mut direction = vec![0.0; spread[0].len()];
        for (spread, share) in spread.iter().zip(mix) {
            direction.iter_mut().zip(spread).for_each(|(sum, value)| *sum += share * value);
        }
        refined.push(apart_from(&refined, direction));
    }
    refined
}

/// What a direction has that others have not, with a length of 1; zeros if that is nothing.
fn apart_from(others: &[Vec<f64>], mut direction: Vec<f64>) -> Vec<f64> {
    let before = product(&direction, &direction).sqrt();
    // Twice is enough, as Kahan and Parlett say.
    for _ in 0..2 {
        for other in others {
            let share = product(other, &direction);
            direction.iter_mut().zip(other).for_each(|(own, other)| *own -= share * other);
        }
    }
    let length = product(&direction, &direction).sqrt();
    let scale = if length > 1e-12 * before && length > 0.0 { 1.0 / length } else { 0.0 };
    direction.iter_mut().for_each(|value| *value *= scale);
    direction
}

/// The same three-dimensional view, turned as near to another as it can be.
fn turned(found: [&Vec<f64>; AXES], before: &[Vec<f64>; AXES]) -> [Vec<f64>; AXES] {
    let between: Three = before.each_ref().map(|before| found.map(|found| product(before, found)));
    // Where no turn is nearest, each axis at least keeps its sense.
    let turn = nearest_turn(between).unwrap_or_else(|| {
        let sense = |at: usize| if between[at][at] < 0.0 { -1.0 } else { 1.0 };
        std::array::from_fn(|row| {
            std::array::from_fn(|column| if row == column { sense(row) } else { 0.0 })
        })
    });
    turn.map(|turn| {
        (0..found[0].len())
            .map(|at| found.iter().zip(turn).map(|(axis, share)| share * axis[at]).sum())
            .collect()
    })
}

/// The weighted mean of the items that the map is found from.
struct Centre<'a> {
    map: &'a Map,
    items: &'a FactorTable,
}

impl WithSimd for Centre<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
        let mut centre = vec![0.0; self.items.width];
        for &(item, weight) in &self.map.items {
            add(simd, &mut centre, weight, self.items.row(item as usize));
        }
        centre
    }
}

/// The followed directions after the covariance of the items has been applied to them.
struct Spread<'a> {
    map: &'a Map,
    items: &'a FactorTable,
}

impl WithSimd for Spread<'_> {
    type Output = Vec<Vec<f64>>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<Vec<f64>> {
        let Self { map: Map { items, centre, directions, .. }, items: side } = self;
        let mut spread = vec![vec![0.0; side.width]; directions.len()];
        let (fours, _) = directions.as_chunks::<4>();
        for (four, spread) in fours.iter().zip(spread.chunks_exact_mut(4)) {
            let four = four.each_ref().map(Vec::as_slice);
            let [middle, _] = dot_two_by_four(simd, [centre, centre], four);
            for at in (0..items.len()).step_by(4) {
                // The last of them stands in, without weight, for those that are missing to four.
                let item = |more: usize| match items.get(at + more) {
                    Some(&(item, weight)) => (side.row(item as usize), weight),
                    None => (side.row(items[at].0 as usize), 0.0),
                };
                let items = [item(0), item(1), item(2), item(3)];
                let rows = [items[0].0, items[1].0, items[2].0, items[3].0];
                let [a, b] = dot_two_by_four(simd, [rows[0], rows[1]], four);
                let [c, d] = dot_two_by_four(simd, [rows[2], rows[3]], four);
                let along = [a, b, c, d];
                // The weighted distances from the middle add up to nothing, so that rows need not be centred.
                for (direction, spread) in spread.iter_mut().enumerate() {
                    let share =
                        |at: usize| items[at].1 * (along[at][direction] - middle[direction]);
                    add_four(simd, spread, [share(0), share(1), share(2), share(3)], rows);
                }
            }
        }
        spread
    }
}

/// Rows seen along the axes.
struct Places<'a> {
    axes: &'a [Vec<f64>; AXES],
    side: &'a FactorTable,
    centre: &'a [f64],
}

impl WithSimd for Places<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f32> {
        let [x, y, z] = self.axes.each_ref().map(Vec::as_slice);
        let [middle, _] = dot_two_by_four(simd, [self.centre; 2], [x, y, z, z]);
        let mut places = Vec::with_capacity(self.side.len() * AXES);
        for at in (0..self.side.len()).step_by(2) {
            let next = (at + 1).min(self.side.len() - 1);
            let rows = [self.side.row(at), self.side.row(next)];
            let along = dot_two_by_four(simd, rows, [x, y, z, z]);
            for along in along.iter().take(next - at + 1) {
                places.extend((0..AXES).map(|axis| (along[axis] - middle[axis]) as f32));
            }
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            order::Order,
            samples,
            svd::{Rates, Svd},
        },
        *,
    };
    use crate::exhibits::recommender::payload::{Ratings, StarScale};

    const RATES: Rates = Rates { learning: 0.02, regularisation: 0.02 };

    fn first(ratings: &Ratings, factors: usize) -> (Svd, Map) {
        let order = Order::of(ratings);
        let mut generator = ChaCha8Rng::seed_from_u64(1);
        let svd = Svd::init(order, ratings.items.len(), factors, 0.1, &mut generator);
        let counts: Vec<u32> = ratings.items.iter().map(|item| item.count).collect();
        let map = Map::new(&counts, factors, svd.items.width);
        (svd, map)
    }

    fn learn(svd: &mut Svd, ratings: &Ratings, epochs: usize) {
        for _ in 0..epochs {
            svd.learn(Order::of(ratings), 0..ratings.len(), RATES, StarScale::default());
        }
    }

    fn furthest(a: &[f32], b: &[f32]) -> f32 {
        a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn the_axes_are_those_of_a_full_decomposition() {
        let ratings = samples::planted(200, 100, 60, 3);
        let (mut svd, mut map) = first(&ratings, 12);
        learn(&mut svd, &ratings, 60);
        map.follow(&svd.items);
        let total: f64 = ratings.items.iter().map(|item| f64::from(item.count)).sum();
        let rows = || {
            let weights = ratings.items.iter().map(|item| f64::from(item.count) / total);
            svd.items.rows.chunks_exact(svd.items.width).zip(weights)
        };
        let mean: Vec<f64> =
            (0..12).map(|at| rows().map(|(row, weight)| weight * row[at]).sum()).collect();
        let covariance = |a: usize, b: usize| -> f64 {
            rows().map(|(row, weight)| weight * (row[a] - mean[a]) * (row[b] - mean[b])).sum()
        };
        let full = eigen((0..12).map(|a| (0..12).map(|b| covariance(a, b)).collect()).collect());
        for (axis, (_, truth)) in map.axes.unwrap().iter().zip(full) {
            let along = product(&axis[..12], &truth).abs();
            assert!(along > 1.0 - 1e-6, "{along}");
        }
    }

    #[test]
    fn a_map_of_what_rests_stays_still() {
        let ratings = samples::planted(200, 100, 60, 3);
        let (mut svd, mut map) = first(&ratings, 12);
        learn(&mut svd, &ratings, 60);
        map.follow(&svd.items);
        let before = map.item_places(&svd.items);
        for _ in 0..5 {
            map.follow(&svd.items);
        }
        let moved = furthest(&before, &map.item_places(&svd.items));
        assert!(moved < 1e-4, "{moved}");
    }

    #[test]
    fn a_map_forms_without_spinning() {
        let ratings = samples::planted(200, 100, 60, 3);
        let (mut svd, mut map) = first(&ratings, 12);
        learn(&mut svd, &ratings, 40);
        map.follow(&svd.items);
        for _ in 0..20 {
            let before = map.item_places(&svd.items);
            learn(&mut svd, &ratings, 1);
            map.follow(&svd.items);
            let after = map.item_places(&svd.items);
            let size = before.iter().fold(0.0_f32, |size, place| size.max(place.abs()));
            assert!(furthest(&before, &after) < 0.1 * size);
        }
    }

    #[test]
    fn the_map_keeps_its_sides_when_the_factors_are_turned() {
        let ratings = samples::planted(100, 60, 30, 3);
        let (mut svd, mut map) = first(&ratings, 8);
        learn(&mut svd, &ratings, 40);
        map.follow(&svd.items);
        let before = map.item_places(&svd.items);
        // The other sense of two directions is as good a solution; aligned, nobody sees it.
        map.directions[0].iter_mut().for_each(|value| *value = -*value);
        map.directions.swap(1, 2);
        map.follow(&svd.items);
        assert!(furthest(&before, &map.item_places(&svd.items)) < 1e-4);
    }

    #[test]
    fn fewer_factors_than_axes_lie_flat() {
        let ratings = samples::planted(20, 10, 5, 3);
        let (svd, mut map) = first(&ratings, 2);
        for _ in 0..3 {
            map.follow(&svd.items);
        }
        let places = map.item_places(&svd.items);
        assert!(places.iter().all(|place| place.is_finite()));
        assert!(places.chunks_exact(3).all(|place| place[2] == 0.0), "{places:?}");
    }
}
