//! Where the rows of a table lie in the space ahead, and which place of the features a point of it is.

use bevy::prelude::*;

use super::{
    attention::{Space, TableAttention},
    places::HALF_M,
    scorer::Scorer,
};
use crate::exhibits::logistic::payload::{Table, TableAnswer};

/// This share of the rows on either side may lie outside of the space: a few far out would press all others together.
const OUTSIDE: f32 = 0.008;
/// Air between the rows and the sides, as a share.
const AIR: f32 = 0.04;

/// How components lie in the space: the middle of each, and metres per unit, the same for all three.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ComponentFit {
    middle: Vec3,
    metres: f32,
}

impl ComponentFit {
    /// For the drawn rows of a table.
    pub(super) fn of(table: &Table) -> Self {
        let (components, _) = table.drawn.components.as_chunks::<3>();
        let mut middle = Vec3::ZERO;
        let mut metres = f32::INFINITY;
        for axis in 0..3 {
            let (low, high) = span(components.iter().map(|row| row[axis]));
            middle[axis] = f32::midpoint(low, high);
            let half = (high - low) / 2.0 * (1.0 + AIR);
            if half > 0.0 {
                metres = metres.min(HALF_M[axis] / half);
            }
        }
        Self { middle, metres: if metres.is_finite() { metres } else { 1.0 } }
    }

    /// The place of a row; the third component leads away from the visitor.
    fn place(self, components: [f32; 3]) -> Vec3 {
        (Vec3::from_array(components) - self.middle) * self.metres * vec3(1.0, 1.0, -1.0)
    }

    /// The components of a place.
    pub(super) fn components(self, place: Vec3) -> Vec3 {
        place * vec3(1.0, 1.0, -1.0) / self.metres + self.middle
    }
}

/// The least and greatest of most finite values.
fn span(values: impl Iterator<Item = f32>) -> (f32, f32) {
    let mut sorted: Vec<f32> = values.filter(|value| value.is_finite()).collect();
    sorted.sort_by(f32::total_cmp);
    let left_out = (sorted.len() as f32 * OUTSIDE) as usize;
    let low = sorted.get(left_out).copied().unwrap_or(0.0);
    let high = sorted.iter().rev().nth(left_out).copied().unwrap_or(0.0);
    (low, high)
}

/// The place of the standardised features that three components stand for; what they do not hold is at its mean.
pub(super) fn features_of(table: &Table, components: Vec3, place: &mut [f64]) {
    let width = table.features.len();
    for (feature, value) in place.iter_mut().enumerate() {
        *value = (0..3)
            .map(|axis| {
                let along = table.drawn.directions.get(axis * width + feature).copied();
                f64::from(along.unwrap_or(0.0) * components[axis])
            })
            .sum();
    }
}

/// Where a value of a feature lies from one side, −1, to the other, 1.
pub(super) fn along(table: &Table, feature: usize, value: f32) -> f32 {
    let Some(known) = table.features.get(feature) else {
        return 0.0;
    };
    let (low, high) = (known.low as f32, known.high as f32);
    if high > low { (value - low) / (high - low) * 2.0 - 1.0 } else { 0.0 }
}

/// The value of a feature at a place from −1 to 1.
pub(super) fn value_along(table: &Table, feature: usize, along: f32) -> f64 {
    table
        .features
        .get(feature)
        .map_or(0.0, |known| known.low + (known.high - known.low) * f64::from((along + 1.0) / 2.0))
}

/// The height of a probability.
pub(super) fn height(probability: f32) -> f32 {
    HALF_M.y * (2.0 * probability - 1.0)
}

/// Where all drawn rows lie, x, y and z of each.
pub(super) fn places(
    table: &Table,
    fit: ComponentFit,
    attention: &TableAttention,
    answer: Option<&TableAnswer>,
) -> Vec<f32> {
    let rows = table.drawn.rows.len();
    let mut places = Vec::with_capacity(3 * rows);
    match attention.space {
        Space::Components => {
            let (components, _) = table.drawn.components.as_chunks::<3>();
            for row in components {
                places.extend(fit.place(*row).to_array());
            }
        }
        Space::Features => {
            let (width, classes) = (table.features.len(), table.classes.len());
            let [x, z] = attention.across;
            for row in 0..rows {
                let value = |feature: usize| {
                    table.drawn.values.get(row * width + feature).copied().unwrap_or(f32::NAN)
                };
                let told = answer
                    .and_then(|answer| answer.probabilities.get(row * classes + attention.class));
                places.extend([
                    HALF_M.x * along(table, x, value(x)),
                    height(told.copied().unwrap_or(0.5)),
                    -HALF_M.z * along(table, z, value(z)),
                ]);
            }
        }
    }
    places
}

/// The odds of a class at places of the space that components span.
pub(super) fn odds_among_components<'a>(
    table: &'a Table,
    fit: ComponentFit,
    scorer: &'a Scorer,
    answer: &'a TableAnswer,
    class: usize,
) -> impl Fn(Vec3) -> f64 + 'a {
    let odds = scorer.odds_along(answer, class, move |components: [f64; 3]| {
        let mut features = vec![0.0; scorer.features()];
        let components = Vec3::from_array(components.map(|component| component as f32));
        features_of(table, components, &mut features);
        features
    });
    move |place| odds(fit.components(place).to_array().map(f64::from))
}

#[cfg(test)]
mod tests {
    use super::{super::board::tests::table, *};

    #[test]
    fn places_and_components_are_inverse() {
        let fit = ComponentFit::of(&table());
        let components = [0.3, -0.8, 1.1];
        let back = fit.components(fit.place(components));
        assert!(back.distance(Vec3::from_array(components)) < 1e-5);
        assert!(fit.components(fit.place([0.0; 3])).length() < 1e-5);
    }

    #[test]
    fn rows_lie_within_the_space_and_a_probability_is_a_height() {
        let table = table();
        let answer = super::super::board::tests::answer(&[2.0, -1.0], 0.5);
        let attention = TableAttention { space: Space::Features, across: [0, 1], ..default() };
        let fit = ComponentFit::of(&table);
        let places = places(&table, fit, &attention, Some(&answer));
        let (places, _) = places.as_chunks::<3>();
        assert_eq!(places.len(), 4);
        for (row, place) in places.iter().enumerate() {
            let told = answer.probabilities[row * 2 + 1];
            assert!((place[1] - HALF_M.y * (2.0 * told - 1.0)).abs() < 1e-6);
            assert!(place[0].abs() <= HALF_M.x + 1e-5 && place[2].abs() <= HALF_M.z + 1e-5);
        }
        assert!((value_along(&table, 0, along(&table, 0, 2.5)) - 2.5).abs() < 1e-6);
    }
}
