//! A plane of two random directions, each filter's as long as the filter (Li and others 2018,
//! <https://arxiv.org/abs/1712.09913>, section 4): scaling a filter, which behind ReLU changes nothing, does not change the
//! picture either.
//!
//! There the two directions are drawn apart from each other and stand only about perpendicular. Here the second is made
//! perpendicular to the first within each filter before it gets the filter's length: the plane is square, and norms are kept
//! exactly. Biases and the like have the direction 0, as there (`biasbn`), and so have filters of a single number, in which
//! nothing is perpendicular.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{
    super::Parameters,
    even,
    plane::{Directions, product},
};
use crate::{
    inside::PlaneAxis,
    learning::{TrainError, normal_pair},
};

/// The stream that directions are drawn from.
const DIRECTIONS_STREAM: u64 = 1 << 51;

/// The plane, which reaches from −1 to 1 in units of the filters.
///
/// # Errors
/// One sentence if there is no filter, or all are zero.
pub(super) fn plane(
    own: &Parameters,
    seed: u64,
) -> Result<(Directions, [PlaneAxis; 2]), TrainError> {
    let (directions, length) = drawn(own, seed);
    if length == 0.0 {
        return Err(TrainError::calculation(phrase!("studies-the-network-has-no-filters")));
    }
    Ok((Directions::of(own, directions)?, [even(length, None); 2]))
}

/// Two directions in units of the weights, and how long each of them is: as all filters together.
pub(super) fn drawn(own: &Parameters, seed: u64) -> ([Vec<f64>; 2], f64) {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(DIRECTIONS_STREAM);
    let mut directions = [(); 2].map(|()| vec![0.0; own.learned]);
    let mut squares = 0.0;
    for array in &own.filters {
        for filter in 0..array.count() {
            // One of each pair for each direction.
            let (first, mut second): (Vec<f64>, Vec<f64>) =
                (0..array.len()).map(|_| normal_pair(&mut generator)).unzip();
            let along = product(&first, &second) / product(&first, &first);
            second.iter_mut().zip(&first).for_each(|(one, other)| *one -= along * other);
            let numbers = array.places(filter).filter_map(|at| own.numbers.get(at));
            let square: f64 = numbers.map(|number| f64::from(*number).powi(2)).sum();
            squares += square;
            for (direction, drawn) in directions.iter_mut().zip([first, second]) {
                let by = (square / product(&drawn, &drawn)).sqrt();
                for (at, number) in array.places(filter).zip(drawn) {
                    if let Some(place) = direction.get_mut(at) {
                        *place = by * number;
                    }
                }
            }
        }
    }
    (directions, squares.sqrt())
}
