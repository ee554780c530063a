//! What the model says of the rows that are drawn, and how a row comes to its probability.

use std::ops::Range;

use crate::exhibits::logistic::{
    model::{design::Design, kernels::dot, prepare::Prepared},
    payload::{RowSum, TableAnswer},
};

/// What the model at this point, as it is calculated with, says; `row` is one of those that are drawn.
pub(super) fn answer(prepared: &Prepared, point: &[f64], row: Option<usize>) -> TableAnswer {
    let value = prepared.objective().at(point);
    let outer = prepared.outer(point.to_vec());
    let slope = prepared.least_subgradient(&outer, value.gradient);
    let (coefficients, intercepts) = prepared.shape.apart(&outer);
    let drawn = &prepared.drawn;
    let told = told(&AskedRows { prepared, point, design: drawn }, 0..drawn.rows());
    TableAnswer {
        probabilities: told.into_iter().map(|probability| probability as f32).collect(),
        gradient_norm: slope.iter().map(|slope| slope * slope).sum::<f64>().sqrt(),
        train_log_loss: value.loss,
        sum: row.filter(|row| *row < drawn.rows()).map(|row| sum(prepared, &outer, row)),
        coefficients: coefficients.into(),
        intercepts: intercepts.into(),
    }
}

/// A model and rows that it is asked about.
pub(super) struct AskedRows<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) point: &'a [f64],
    pub(super) design: &'a Design,
}

/// The probability of each class for each of these rows: rows × classes.
pub(super) fn told(asked: &AskedRows<'_>, rows: Range<usize>) -> Vec<f64> {
    let (shape, design) = (asked.prepared.shape, asked.design);
    let weights = shape.weights(asked.point, design.stride());
    let mut scratch = design.scratch();
    let mut probabilities = Vec::with_capacity(rows.len() * shape.classes);
    for at in rows {
        let row = design.row(at, &mut scratch);
        let parts = weights.coefficients.chunks_exact(row.len()).zip(&weights.intercepts);
        let scores: Vec<f64> = parts.map(|(part, intercept)| intercept + dot(row, part)).collect();
        probabilities.extend(shape.probabilities(&scores));
    }
    probabilities
}

/// The parts of a row's scores, with coefficients per unit of the terms.
fn sum(prepared: &Prepared, outer: &[f64], row: usize) -> RowSum {
    let (shape, design) = (prepared.shape, &prepared.drawn);
    let mut scratch = design.scratch();
    let standard = design.row(row, &mut scratch).iter().map(|value| f64::from(*value));
    let values: Vec<f64> = match &prepared.units {
        Some(units) => {
            let of = units.means.iter().zip(&units.deviations).zip(standard);
            of.map(|((mean, deviation), value)| mean + deviation * value).collect()
        }
        None => standard.collect(),
    };
    let (mut parts, mut scores) = (Vec::with_capacity(outer.len()), Vec::new());
    for list in outer.chunks_exact(shape.terms + 1) {
        let products = list[..shape.terms].iter().zip(&values);
        parts.extend(products.map(|(coefficient, value)| coefficient * value));
        let of_score: f64 = parts[parts.len() - shape.terms..].iter().sum();
        scores.push(list[shape.terms] + of_score);
    }
    let probabilities = shape.probabilities(&scores).into();
    RowSum { row, parts: parts.into(), scores: scores.into(), probabilities }
}
