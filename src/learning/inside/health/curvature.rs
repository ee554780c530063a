//! The sharpness: the largest eigenvalue of the Hessian by power iteration on its products with a direction (Pearlmutter 1994,
//! <https://doi.org/10.1162/neco.1994.6.1.147>), beside the largest with which whole-batch descent is stable.
//!
//! A rule that divides gradients by P is stable as long as the largest eigenvalue of P⁻¹H is (Cohen and others 2022,
//! <https://arxiv.org/abs/2207.14484>, section 3). P^-½ H P^-½ has the same, and is symmetric.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::layers::{ByLayer, add, norm_of_all, product, scaled};
use crate::learning::{TrainError, normal_pair};

/// Products of the Hessian at most; the digits settle in five.
pub(super) const ROUNDS: usize = 10;
/// Two rounds agree when they differ by less than this part.
const SETTLED: f64 = 0.01;

/// How long it is looked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::learning::inside) struct Patience {
    pub(in crate::learning::inside) rounds: usize,
    pub(in crate::learning::inside) settled: f64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { rounds: ROUNDS, settled: SETTLED }
    }
}
/// The stream that the first direction is drawn from.
const DIRECTION_STREAM: u64 = 1 << 49;

/// An eigenvalue as far as it was found, and its direction, of length 1.
#[derive(Clone, Debug)]
pub(in crate::learning::inside) struct Found {
    pub(in crate::learning::inside) value: f64,
    pub(in crate::learning::inside) direction: ByLayer,
    pub(in crate::learning::inside) rounds: usize,
    pub(in crate::learning::inside) settled: bool,
}

/// A product of the Hessian with a direction.
type Product<'a> = dyn Fn(&[Vec<f32>]) -> Result<ByLayer, TrainError> + 'a;

/// The largest eigenvalue of a symmetric matrix of these lengths, of those whose direction is perpendicular to these of length
/// 1: the second largest, once the first is taken off; `None` where `go_on` broke it off.
///
/// Power iteration finds the one that is farthest from zero. Where that is negative, all are moved up by it, and the
/// farthest from zero is the largest.
pub(in crate::learning::inside) fn largest(
    lengths: &[usize],
    times: &Product<'_>,
    (seed, patience): (u64, Patience),
    taken_off: &[ByLayer],
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Found>, TrainError> {
    let how = (seed, patience, taken_off);
    let Some(farthest) = iterated(lengths, times, 0.0, how, go_on)? else {
        return Ok(None);
    };
    if farthest.value >= 0.0 || farthest.value.is_nan() {
        return Ok(Some(farthest));
    }
    let moved = iterated(lengths, times, farthest.value, how, go_on)?;
    Ok(moved.map(|moved| Found {
        value: moved.value + farthest.value,
        direction: moved.direction,
        rounds: moved.rounds + farthest.rounds,
        settled: moved.settled,
    }))
}

/// The eigenvalue farthest from zero of the matrix less `less` on its diagonal.
fn iterated(
    lengths: &[usize],
    times: &Product<'_>,
    less: f64,
    (seed, patience, taken_off): (u64, Patience, &[ByLayer]),
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Found>, TrainError> {
    let mut direction = drawn(lengths, seed);
    if !taken_off.is_empty() {
        take_off(&mut direction, taken_off);
        direction = scaled(&direction, unit(norm_of_all(&direction)));
    }
    let mut found = Found { value: 0.0, direction: Vec::new(), rounds: 0, settled: false };
    while found.rounds < patience.rounds {
        if !go_on() {
            return Ok(None);
        }
        let mut product_of = times(&direction)?;
        add(&mut product_of, &direction, -less as f32);
        take_off(&mut product_of, taken_off);
        let value = product(&direction, &product_of);
        let length = norm_of_all(&product_of);
        found.rounds += 1;
        // What is moved up is measured where it was.
        found.settled = found.rounds > 1
            && (value - found.value).abs() <= patience.settled * (value + less).abs();
        found.value = value;
        if found.settled || !length.is_finite() || length == 0.0 {
            found.settled |= length == 0.0;
            break;
        }
        direction = scaled(&product_of, (1.0 / length) as f32);
    }
    found.direction = direction;
    Ok(Some(found))
}

/// Leaves nothing along these directions of length 1.
fn take_off(from: &mut [Vec<f32>], directions: &[ByLayer]) {
    for direction in directions {
        let along = product(from, direction);
        add(from, direction, -along as f32);
    }
}

/// By what a vector of this length is multiplied to have length 1.
fn unit(length: f64) -> f32 {
    (1.0 / length.max(f64::MIN_POSITIVE)) as f32
}

/// A direction of length 1 that prefers none.
fn drawn(lengths: &[usize], seed: u64) -> ByLayer {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(DIRECTION_STREAM);
    let layer = |length: &usize| -> Vec<f32> {
        let pairs = (0..length.div_ceil(2)).map(|_| normal_pair(&mut generator));
        pairs.flat_map(|(one, other)| [one as f32, other as f32]).take(*length).collect()
    };
    let direction: ByLayer = lengths.iter().map(layer).collect();
    let length = norm_of_all(&direction);
    scaled(&direction, unit(length))
}
