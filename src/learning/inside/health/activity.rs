//! What the units of a layer say over many images: which never speak, which hardly, which stand at their ends.

use crate::inside::{Activity, Ends};

/// A unit is dormant whose mean is at most this part of the layer's (Sokar and others 2023,
/// <https://arxiv.org/abs/2302.12902>: τ of their figure 3).
const DORMANT: f64 = 0.025;
/// So near an end an output stands at it: the sigmoid's slope is a twenty-fifth of its largest there, tanh's a fiftieth.
const NEAR: f64 = 0.01;

/// Outputs of a layer, of some images.
#[derive(Clone, Copy, Debug)]
pub struct Outputs<'a> {
    /// The activation.
    pub activation: &'a str,
    /// Where it ends.
    pub ends: Ends,
    /// Units; number `at` is of unit `at / places % units`.
    pub units: usize,
    /// Numbers of a unit that lie side by side.
    pub places: usize,
    /// Image after image.
    pub values: &'a [f32],
}

/// What was heard of a layer so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    activation: String,
    ends: Option<Ends>,
    /// For each unit the sum of absolute outputs, how many, and whether one was above zero.
    units: Vec<(f64, u64, bool)>,
    sum: f64,
    largest: f64,
    at_ends: u64,
}

impl Heard {
    /// Hears more; another activation, or one of another size, begins anew, so that the last of a layer remains.
    pub(super) fn hear(&mut self, outputs: &Outputs<'_>) {
        let is_same = self.ends == Some(outputs.ends)
            && self.units.len() == outputs.units
            && self.activation == outputs.activation;
        if !is_same {
            *self = Self {
                activation: outputs.activation.to_owned(),
                ends: Some(outputs.ends),
                units: vec![(0.0, 0, false); outputs.units],
                ..Self::default()
            };
        }
        let (units, places) = (outputs.units.max(1), outputs.places.max(1));
        for (at, piece) in outputs.values.chunks(places).enumerate() {
            let Some((absolute, count, active)) = self.units.get_mut(at % units) else { continue };
            *count += piece.len() as u64;
            for output in piece.iter().copied().map(f64::from) {
                *absolute += output.abs();
                // What is no number is not silent.
                *active |= output > 0.0 || output.is_nan();
                self.sum += output;
                // What is not a number stays one.
                if output.abs() > self.largest || output.is_nan() {
                    self.largest = output.abs();
                }
                self.at_ends += u64::from(is_at_end(outputs.ends, output));
            }
        }
    }

    /// What became of it; none if nothing was heard.
    pub(super) fn activity(self) -> Option<Activity> {
        let ends = self.ends?;
        let numbers = self.units.iter().map(|(_, count, _)| count).sum::<u64>() as f64;
        if numbers == 0.0 {
            return None;
        }
        let count = self.units.len() as f64;
        let means: Vec<f64> =
            self.units.iter().map(|(sum, count, _)| sum / *count as f64).collect();
        let mean = means.iter().sum::<f64>() / count;
        let share = |of: usize| of as f64 / count;
        let dead = self.units.iter().filter(|(_, _, active)| !active).count();
        let dormant = means.iter().filter(|unit| **unit <= DORMANT * mean).count();
        Some(Activity {
            activation: self.activation,
            ends,
            units: self.units.len(),
            dead: (ends == Ends::Zero).then(|| share(dead)),
            dormant: share(dormant),
            saturated: match ends {
                Ends::ZeroAndOne | Ends::MinusOneAndOne => Some(self.at_ends as f64 / numbers),
                Ends::Shares => Some(self.at_ends as f64 * count / numbers),
                Ends::Zero | Ends::Nowhere => None,
            },
            mean: self.sum / numbers,
            largest: if self.sum.is_nan() { f64::NAN } else { self.largest },
        })
    }
}

fn is_at_end(ends: Ends, output: f64) -> bool {
    match ends {
        Ends::ZeroAndOne => output <= NEAR || output >= 1.0 - NEAR,
        Ends::MinusOneAndOne => output.abs() >= 1.0 - NEAR,
        // At most one share of an answer is so large.
        Ends::Shares => output >= 1.0 - NEAR,
        Ends::Zero | Ends::Nowhere => false,
    }
}
