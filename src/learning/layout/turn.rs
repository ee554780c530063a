//! How one layout is turned so that it lies on another as near as can be: the orthogonal Procrustes problem (Schönemann
//! 1966, <https://doi.org/10.1007/BF02289451>).

use super::tsne::Point;
use crate::learning::eigen::{Three, nearest_turn};

/// The rotation or reflection about the origin that brings places nearest to where the same points lie in another layout;
/// none is made where the two have no common space, as when all points lie in a plane.
pub fn turn_onto(onto: &[Point], places: &[Point]) -> Three {
    let mut between: Three = [[0.0; 3]; 3];
    for (onto, place) in onto.iter().zip(places) {
        for (row, onto) in between.iter_mut().zip(onto) {
            for (sum, place) in row.iter_mut().zip(place) {
                *sum += f64::from(*onto) * f64::from(*place);
            }
        }
    }
    let largest = between.as_flattened().iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let scaled = between.map(|row| row.map(|value| value / largest.max(f64::MIN_POSITIVE)));
    let straight = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    nearest_turn(scaled).unwrap_or(straight)
}

/// Places after a turn.
pub fn turned(turn: Three, places: &[Point]) -> Vec<Point> {
    let one = |place: &Point| {
        turn.map(|row| {
            row.iter().zip(place).map(|(share, value)| share * f64::from(*value)).sum::<f64>()
                as f32
        })
    };
    places.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cloud(count: usize) -> Vec<Point> {
        let place = |at: usize| [0.7, 1.9, 2.3].map(|speed| (at as f32 * speed + speed).sin());
        (0..count).map(place).collect()
    }

    #[test]
    fn a_turned_copy_comes_back_and_the_turn_is_one() {
        let places = cloud(200);
        let ((sine, cosine), (other_sine, other_cosine)) = (0.8_f64.sin_cos(), 2.1_f64.sin_cos());
        for mirror in [1.0, -1.0] {
            let one = [[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, mirror]];
            let two = [
                [1.0, 0.0, 0.0],
                [0.0, other_cosine, -other_sine],
                [0.0, other_sine, other_cosine],
            ];
            let copy = turned(two, &turned(one, &places));
            let turn = turn_onto(&places, &copy);
            for (a, row) in turn.iter().enumerate() {
                for (b, other) in turn.iter().enumerate() {
                    let product: f64 = row.iter().zip(other).map(|(a, b)| a * b).sum();
                    assert!((product - f64::from(u8::from(a == b))).abs() < 1e-9, "{turn:?}");
                }
            }
            let back = turned(turn, &copy);
            for (back, place) in back.as_flattened().iter().zip(places.as_flattened()) {
                assert!((back - place).abs() < 1e-5, "{back} {place}");
            }
        }
    }

    #[test]
    fn what_lies_in_a_plane_is_left_as_it_is() {
        let flat: Vec<Point> = cloud(20).into_iter().map(|[x, y, _]| [x, y, 0.0]).collect();
        assert_eq!(turned(turn_onto(&flat, &flat), &flat), flat);
    }
}
