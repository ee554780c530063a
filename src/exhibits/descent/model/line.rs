//! A straight line through points: the mean of its squared errors is a bowl whose lowest point solves the normal
//! equations.

use std::sync::Arc;

use crate::{
    exhibits::descent::{
        data::{
            pairs::Pairs,
            prepared::{Prepared, mean, said},
        },
        model::landscape::{Bowl, Landscape, TOLERANCE, Terms},
        payload::{Loss, Minimum, PointsOfData},
    },
    words::in_table,
};

/// Half the width of the drawn bowl; x and y are prepared so that all that matters lies within.
const HALF: f64 = 8.0;
/// Where the runners start, from the middle: on the steep side, and off the bottom of the valley.
const START: [f64; 2] = [-6.0, -5.0];
/// A share of the largest stable learning rate at which descent is quick and does not yet swing.
const GOOD_SHARE: f64 = 0.7;
/// With numbers that lie far from zero a mean is not sharper than this share of them.
const SHARPEST: f64 = 1e-12;

/// The mean squared error of a line through these pairs.
pub(super) fn line(pairs: &Pairs) -> Landscape {
    let prepared = Prepared::for_line(pairs);
    let points: Arc<[[f64; 2]]> = prepared.points.into();
    let bowl = bowl(&points);
    let [aa, ab, bb] = bowl.half_hessian;
    let steepest = 2.0 * largest_eigenvalue([aa, ab, bb]);
    let largest_stable_rate = 2.0 / steepest;
    let farthest = points.iter().map(|[_, y]| y.abs()).fold(0.0, f64::max);
    let middle = bowl.middle.map(f64::round);
    let y_unit = scaled(prepared.y_scale, unit(&pairs.y_name));
    let x_unit = scaled(prepared.x_scale, unit(&pairs.x_name));
    let slope_unit = match (y_unit.as_str(), x_unit.as_str()) {
        ("", _) | (_, "") => String::new(),
        (y, x) if y == x => String::new(),
        (y, x) => format!("{y} / {x}"),
    };
    Landscape {
        title: phrase!(
            "descent-model-a-line-from",
            y_name = in_table(&pairs.y_name),
            x_name = in_table(&pairs.x_name)
        ),
        source: pairs.source.as_str().into(),
        loss: Loss::MeanSquaredError,
        terms: Terms::Line { points: points.clone(), bowl },
        formula: phrase!("descent-model-j-1-n-x-y"),
        unit: squared(&y_unit).into(),
        names: [
            (key!("descent-model-intercept"), y_unit.into()),
            (key!("descent-model-slope"), slope_unit.into()),
        ],
        middle,
        half: HALF,
        start: [middle[0] + START[0], middle[1] + START[1]],
        usual_rate: one_digit(GOOD_SHARE * largest_stable_rate),
        largest_stable_rate: Some(largest_stable_rate),
        tolerance: TOLERANCE.max(SHARPEST * farthest),
        most_steps: 20_000,
        minimum: Minimum {
            theta: bowl.middle,
            loss: bowl.lowest,
            how: phrase!("descent-model-normal-equations"),
        },
        data: Some(PointsOfData {
            x_name: pairs.x_name.clone(),
            y_name: pairs.y_name.clone(),
            points,
            prepared: prepared.words,
            remarks: pairs.remarks.as_slice().into(),
        }),
    }
}

/// The loss as a parabola: the normal equations `XᵀXθ = Xᵀy`, solved about the means.
fn bowl(points: &[[f64; 2]]) -> Bowl {
    let axis = |axis: usize| -> Vec<f64> {
        points.iter().map(|point| point.get(axis).copied().unwrap_or_default()).collect()
    };
    let (mean_x, mean_y) = (mean(&axis(0)), mean(&axis(1)));
    let count = points.len().max(1) as f64;
    let over = |term: &dyn Fn(f64, f64) -> f64| -> f64 {
        points.iter().map(|[x, y]| term(x - mean_x, y - mean_y)).sum::<f64>() / count
    };
    let (xx, xy) = (over(&|x, _| x * x), over(&|x, y| x * y));
    let slope = xy / xx;
    Bowl {
        middle: [mean_y - slope * mean_x, slope],
        lowest: over(&|x, y| (y - slope * x).powi(2)),
        half_hessian: [1.0, mean_x, xx + mean_x * mean_x],
    }
}

/// The larger eigenvalue of a symmetric matrix: the root of its characteristic polynomial.
pub(super) fn largest_eigenvalue([aa, ab, bb]: [f64; 3]) -> f64 {
    (aa + bb) / 2.0 + (((aa - bb) / 2.0).powi(2) + ab * ab).sqrt()
}

/// The number with its first digit alone, rounded down.
fn one_digit(number: f64) -> f64 {
    let unit = number.log10().floor();
    // A quotient that misses a whole number by its last digit is meant to be it.
    let digit = (number / 10_f64.powf(unit) + 1e-9).floor().clamp(1.0, 9.0);
    // Read from its digits, so that 0.05 is 0.05.
    format!("{digit}e{unit}").parse().unwrap_or(number)
}

/// The unit that stands behind a name, as in "height (cm)" or `height [cm]`.
fn unit(name: &str) -> &str {
    let inner = |open, close| name.strip_suffix(close)?.rsplit_once(open).map(|(_, unit)| unit);
    inner('(', ')').or_else(|| inner('[', ']')).unwrap_or_default().trim()
}

fn scaled(scale: f64, unit: &str) -> String {
    if unit.is_empty() || scale == 1.0 {
        unit.to_owned()
    } else {
        format!("{} {unit}", said(scale))
    }
}

fn squared(unit: &str) -> String {
    match unit {
        "" => String::new(),
        word if word.chars().all(char::is_alphabetic) => format!("{word}²"),
        other => format!("({other})²"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_behind_a_name() {
        let rows = [("height (cm)", "cm"), ("speed [km/h]", "km/h"), ("radius", ""), ("()", "")];
        for (name, found) in rows {
            assert_eq!(unit(name), found, "{name}");
        }
        assert_eq!(scaled(100.0, "cm"), "100 cm");
        assert_eq!((squared("cm"), squared("km/h")), ("cm²".to_owned(), "(km/h)²".to_owned()));
    }

    #[test]
    fn rates_have_one_digit() {
        for (number, digit) in [(0.0565, 0.05), (0.7, 0.7), (123.0, 100.0), (0.000_99, 0.0009)] {
            assert_eq!(one_digit(number).to_bits(), f64::to_bits(digit), "{number}");
        }
    }
}
