//! The images of each unit: the strongest, those in the middle, and those near zero, by sorting all of them.

use rayon::prelude::*;

use super::{Field, sweep::Largest, tried::Tried};
use crate::{
    inside::{LesionBy, PixelField, Unit, UnitImage},
    learning::TrainError,
};

/// What the answers lose without each unit.
pub(super) struct Lost {
    pub(super) accuracy: f32,
    by_zero: Vec<f32>,
    by_mean: Vec<f32>,
}

impl Lost {
    pub(super) fn of(tried: &Tried<'_>) -> Result<Self, TrainError> {
        if tried.images() == 0 {
            return Ok(Self { accuracy: f32::NAN, by_zero: Vec::new(), by_mean: Vec::new() });
        }
        let all = tried.right(tried.images(), LesionBy::Zero, &|_| true)?.share();
        let without = |by| -> Result<Vec<f32>, TrainError> {
            let without = tried.without_each(by)?;
            Ok(without.iter().map(|right| all - right.share()).collect())
        };
        let (by_zero, by_mean) = (without(LesionBy::Zero)?, without(LesionBy::Mean)?);
        Ok(Self { accuracy: all, by_zero, by_mean })
    }
}

/// Where the numbers of maps look.
#[derive(Clone, Copy)]
pub(super) struct Pixels {
    /// Units, rows and columns.
    pub(super) maps: [usize; 3],
    pub(super) field: Option<Field>,
    /// Channels, rows and columns.
    pub(super) input: [usize; 3],
}

impl Pixels {
    fn image(self, (index, value, place): &(usize, f32, usize)) -> UnitImage {
        let ([_, _, wide], [_, rows, columns]) = (self.maps, self.input);
        let place = [place / wide.max(1), place % wide.max(1)];
        let whole = PixelField { first: [0; 2], size: [rows, columns] };
        let field = self.field.map_or(whole, |field| field.at(place, [rows, columns]));
        UnitImage { index: *index, value: *value, place, field }
    }
}

/// Each unit with its images.
pub(super) fn named(
    largest: &Largest,
    means: &[f32],
    lost: &Lost,
    pixels: Pixels,
    top: usize,
) -> Vec<Unit> {
    let [units, rows, columns] = pixels.maps;
    let places = rows * columns;
    let image = |one: &(usize, f32, usize)| pixels.image(one);
    let unit = |unit: usize| {
        let mut seen: Vec<_> = largest.of_unit(unit).collect();
        let count = seen.len() as f64;
        seen.sort_by(|a, b| falling(a.1, b.1).then(a.0.cmp(&b.0)));
        let first = seen.iter().take(top).map(image).collect();
        let active = seen.iter().filter(|(_, value, _)| *value > 0.0);
        let active: Vec<_> = active.collect();
        let named = top.min(active.len());
        let median =
            active.iter().skip((active.len() - named) / 2).take(named).map(|one| image(one));
        let (median, active) = (median.collect(), active.len() as f64 / count);
        let is_number = seen.iter().all(|(_, value, _)| !value.is_nan());
        seen.sort_by(|a, b| falling(-a.1.abs(), -b.1.abs()).then(a.0.cmp(&b.0)));
        let of_unit = means.get(unit * places..(unit + 1) * places).unwrap_or_default();
        let sum = of_unit.iter().map(|mean| f64::from(*mean)).sum::<f64>();
        let drop = |lost: &[f32]| lost.get(unit).copied().unwrap_or(f32::NAN);
        Unit {
            top: first,
            median,
            near_zero: seen.iter().take(top).map(image).collect(),
            active: if is_number { active as f32 } else { f32::NAN },
            mean: (sum / places as f64) as f32,
            drop_by_zero: drop(&lost.by_zero),
            drop_by_mean: drop(&lost.by_mean),
        }
    };
    (0..units).into_par_iter().map(unit).collect()
}

/// The larger first; zeros are equal, whatever their sign, and what is no number comes last.
fn falling(a: f32, b: f32) -> std::cmp::Ordering {
    a.is_nan().cmp(&b.is_nan()).then((b + 0.0).total_cmp(&(a + 0.0)))
}
