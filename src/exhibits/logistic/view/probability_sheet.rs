//! The sheet over two features: as high as the probability where all other features stay at their means.

use bevy::prelude::*;

use super::{
    places::HALF_M,
    samples_fit::{height, value_along},
    scorer::{Scorer, sigmoid},
};
use crate::exhibits::logistic::payload::{Table, TableAnswer};

/// Cells of the sheet along each side.
const CELLS: usize = 32;
/// Every so many of them a line is drawn.
const LINES_EVERY: usize = 4;

/// The sheet, with lines on it.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetOfP {
    /// Corners of triangles, three to each, with the probability there.
    pub(super) triangles: Vec<(Vec3, f32)>,
    /// Lines of equal feature.
    pub(super) lines: Vec<[Vec3; 2]>,
    /// The line at the threshold.
    pub(super) contour: Vec<[Vec3; 2]>,
}

/// The most lines that a sheet has.
pub(super) const MOST_LINES: usize = 2 * (CELLS / LINES_EVERY + 1) * CELLS + 2 * CELLS * CELLS / 8;

/// The features that span the floor, the class whose probability is the height, and the threshold.
#[derive(Clone, Copy, Debug)]
pub(super) struct SheetAsk {
    pub(super) across: [usize; 2],
    pub(super) class: usize,
    pub(super) threshold: f32,
}

/// Computes the sheet.
pub(super) fn sheet(
    table: &Table,
    scorer: &Scorer,
    answer: &TableAnswer,
    ask: SheetAsk,
) -> SheetOfP {
    let side = CELLS + 1;
    let odds = scorer.odds_along(answer, ask.class, |along: [f64; 2]| {
        let mut features = vec![0.0; scorer.features()];
        for (feature, along) in ask.across.into_iter().zip(along) {
            let value = value_along(table, feature, along as f32);
            if let Some(place) = features.get_mut(feature) {
                *place = scorer.standardised(feature, value);
            }
        }
        features
    });
    let places = (0..side).flat_map(|row| (0..side).map(move |column| [column, row]));
    let told: Vec<f32> =
        places.map(|place| sigmoid(odds(place.map(|at| f64::from(side_of(at))))) as f32).collect();
    let corner = |column: usize, row: usize| {
        let probability = told.get(row * side + column).copied().unwrap_or(0.5);
        (place(column, row, probability), probability)
    };
    let mut sheet = SheetOfP::default();
    for row in 0..CELLS {
        for column in 0..CELLS {
            let [a, b, c, d] = [
                corner(column, row),
                corner(column + 1, row),
                corner(column + 1, row + 1),
                corner(column, row + 1),
            ];
            for triangle in [[a, b, c], [a, c, d]] {
                sheet.triangles.extend(triangle);
                sheet.contour.extend(cut(triangle, ask.threshold));
            }
        }
    }
    for line in (0..side).step_by(LINES_EVERY) {
        for at in 0..CELLS {
            sheet.lines.push([corner(at, line).0, corner(at + 1, line).0]);
            sheet.lines.push([corner(line, at).0, corner(line, at + 1).0]);
        }
    }
    sheet
}

/// From −1 at the first corner to 1 at the last.
fn side_of(at: usize) -> f32 {
    at as f32 / CELLS as f32 * 2.0 - 1.0
}

fn place(column: usize, row: usize, probability: f32) -> Vec3 {
    vec3(HALF_M.x * side_of(column), height(probability), -HALF_M.z * side_of(row))
}

/// The line in which a triangle has the value.
fn cut(triangle: [(Vec3, f32); 3], value: f32) -> Option<[Vec3; 2]> {
    let [a, b, c] = triangle;
    let mut ends = [[a, b], [b, c], [c, a]].into_iter().filter_map(|[one, other]| {
        let crosses = (one.1 >= value) != (other.1 >= value);
        crosses.then(|| one.0.lerp(other.0, (value - one.1) / (other.1 - one.1)))
    });
    Some([ends.next()?, ends.next()?])
}

#[cfg(test)]
mod tests {
    use super::{
        super::board::tests::{answer, table},
        *,
    };

    #[test]
    fn the_sheet_is_as_high_as_the_probability_and_its_contour_is_at_the_threshold() {
        let table = table();
        let scorer = Scorer::of(&table);
        let answer = answer(&[2.0, -1.0], 0.5);
        let ask = SheetAsk { across: [0, 1], class: 1, threshold: 0.5 };
        let sheet = sheet(&table, &scorer, &answer, ask);
        assert_eq!(sheet.triangles.len(), CELLS * CELLS * 6);
        for (place, probability) in &sheet.triangles {
            assert!((place.y - height(*probability)).abs() < 1e-6);
        }
        assert!(!sheet.contour.is_empty());
        for end in sheet.contour.iter().flatten() {
            assert!((end.y - height(0.5)).abs() < 1e-4, "{end}");
            // Where the sheet is cut, the model itself gives ½; a triangle is flat, the sheet is not quite.
            let value =
                |feature, along| scorer.standardised(feature, value_along(&table, feature, along));
            let there = [value(0, end.x / HALF_M.x), value(1, -end.z / HALF_M.z), 0.0];
            let told = sigmoid(scorer.log_odds(&answer, 1, &there));
            assert!((told - 0.5).abs() < 5e-3, "{told}");
        }
        assert!(sheet.lines.len() + sheet.contour.len() <= MOST_LINES);
    }
}
