//! A layout as it is shown: of one size, turned onto the one before, and how far it has moved from there.

use super::trust::Queries;
use crate::{
    inside::PointsTrust,
    learning::layout::{Point, turn_onto, turned},
    words::Phrase,
};

/// What is told of a layout.
pub(super) struct Shown {
    pub(super) axes: usize,
    /// Images × axes.
    pub(super) places: Vec<f32>,
    pub(super) explained: Vec<f32>,
    pub(super) trust: PointsTrust,
    pub(super) remarks: Vec<Phrase>,
}

impl Shown {
    pub(super) fn of(axes: usize, places: Vec<f32>, explained: Vec<f32>) -> Self {
        let mut shown =
            Self { axes, places, explained, trust: Queries::nothing(), remarks: Vec::new() };
        if !shown.is_finite() {
            shown.remarks.push(phrase!("studies-some-places-are-no-number"));
        }
        shown
    }

    /// All images in one place, or in none, and why.
    pub(super) fn nothing(images: usize, why: Phrase, in_one_place: bool) -> Self {
        const AXES: usize = 3;
        let number = if in_one_place { 0.0 } else { f32::NAN };
        Self {
            axes: AXES,
            places: vec![number; images * AXES],
            explained: vec![f32::NAN; AXES],
            trust: Queries::nothing(),
            remarks: vec![why],
        }
    }

    pub(super) fn is_finite(&self) -> bool {
        self.places.iter().all(|number| number.is_finite())
    }
}

/// Places so large that the root of the mean squared distance from the middle is 1; those in one place stay there.
pub(super) fn scaled(places: &[f32], axes: usize) -> Vec<f32> {
    let axes = axes.max(1);
    let count = (places.len() / axes).max(1) as f64;
    let middle = |axis: usize| {
        places.iter().skip(axis).step_by(axes).map(|number| f64::from(*number)).sum::<f64>() / count
    };
    let middle: Vec<f64> = (0..axes).map(middle).collect();
    let off = |(number, middle): (&f32, &f64)| f64::from(*number) - middle;
    let square: f64 =
        places.iter().zip(middle.iter().cycle()).map(off).map(|off| off * off).sum::<f64>() / count;
    let scale = if square > 0.0 { square.sqrt().recip() } else { 1.0 };
    places.iter().zip(middle.iter().cycle()).map(|one| (off(one) * scale) as f32).collect()
}

/// A layout of size 1, turned as near as can be to another of the same images.
pub(super) fn turned_and_scaled(onto: &[Point], places: &[Point]) -> Vec<Point> {
    let places = scaled(places.as_flattened(), 3);
    let (places, _) = places.as_chunks::<3>();
    turned(turn_onto(onto, places), places)
}

/// How far places are from where they are in another layout: the root of the mean square over that of the distance from the
/// middle.
pub(super) fn apart(places: &[Point], others: &[Point]) -> f32 {
    let square = |one: &[f32], other: Option<&[f32]>| -> f64 {
        let other = other.map(|other| other.iter().copied());
        match other {
            Some(other) => {
                one.iter().zip(other).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>()
            }
            None => one.iter().map(|number| f64::from(*number).powi(2)).sum::<f64>(),
        }
    };
    let (one, other) = (places.as_flattened(), others.as_flattened());
    (square(one, Some(other)) / square(one, None)).sqrt() as f32
}
