//! A model of one page whose images are their own gradients: image x has the gradient x, in two layers of two numbers each.

use rand::SeedableRng as _;

use super::*;

pub(super) struct Toy {
    pub(super) weights: ByLayer,
    /// The Hessian's diagonal.
    pub(super) bends: Vec<f32>,
    pub(super) logits: [f32; 2],
    pub(super) classes: usize,
    /// What the first layer says to every image, of how many units of how many places.
    pub(super) speaks: Option<(Vec<f32>, usize, usize)>,
}

impl Default for Toy {
    fn default() -> Self {
        Self {
            weights: vec![vec![1.0, 1.0], vec![1.0, 1.0]],
            bends: vec![1.0; 4],
            logits: [0.0; 2],
            classes: 2,
            speaks: None,
        }
    }
}

fn halves(of: &[f32]) -> ByLayer {
    of.chunks(2).map(<[f32]>::to_vec).collect()
}

impl Examined for Toy {
    fn layers(&self) -> Vec<String> {
        ["first", "second"].map(str::to_owned).into()
    }

    fn classes(&self) -> usize {
        self.classes
    }

    fn multiply_adds(&self) -> u64 {
        1
    }

    fn weights(&self) -> ByLayer {
        self.weights.clone()
    }

    fn slope(&self, images: &[f32], labels: &[usize]) -> Result<ByLayer, TrainError> {
        let mut sum = [0.0_f64; 4];
        for image in images.chunks(4) {
            sum.iter_mut().zip(image).for_each(|(sum, number)| *sum += f64::from(*number));
        }
        Ok(halves(&sum.map(|sum| (sum / labels.len() as f64) as f32)))
    }

    fn curved(
        &self,
        _: &[f32],
        _: &[usize],
        direction: &[Vec<f32>],
    ) -> Result<ByLayer, TrainError> {
        let flat = direction.iter().flatten().zip(&self.bends);
        Ok(halves(&flat.map(|(way, bend)| way * bend).collect::<Vec<_>>()))
    }

    fn outputs(
        &self,
        images: &[f32],
        hear: &mut dyn FnMut(usize, Outputs<'_>),
    ) -> Result<Vec<f32>, TrainError> {
        let count = images.len() / 4;
        if let Some((values, units, places)) = &self.speaks {
            let values = &values.repeat(count);
            let (units, places) = (*units, *places);
            hear(0, Outputs { activation: "ReLU", ends: Ends::Zero, units, places, values });
        }
        Ok(self.logits[..self.classes].repeat(count))
    }
}

/// Images of so many numbers about a mean, with this deviation.
pub(super) fn spread(count: usize, size: usize, deviation: f64, mean: f64) -> Examples {
    let mut generator = rand_chacha::ChaCha8Rng::seed_from_u64(9);
    let pairs = (0..count * size / 2).map(|_| crate::learning::normal_pair(&mut generator));
    let numbers = pairs.flat_map(|(a, b)| [a, b]).map(|draw| (mean + deviation * draw) as f32);
    examples(numbers.collect(), (0..count).map(|at| (at % 2) as u8).collect())
}

/// A patient that owns how it steps.
pub(super) struct Owned<'a> {
    toy: &'a Toy,
    examples: &'a Examples,
    course: &'a Course,
    pub(super) stepping: Stepping,
}

impl Owned<'_> {
    pub(super) fn borrowed(&self) -> Patient<'_> {
        let (model, train, course) = (self.toy, self.examples, self.course);
        Patient { model, train, tests: train, course, stepping: &self.stepping }
    }
}

pub(super) fn patient<'a>(toy: &'a Toy, of: &'a Examples, course: &'a Course) -> Owned<'a> {
    let steps = Steps { rule: "SGD".to_owned(), rate: 0.1, batch: 8, examples: of.len() };
    let stability = Stability::Plain(20.0);
    let stepping = Stepping { steps, update: None, stability, weighted: false };
    Owned { toy, examples: of, course, stepping }
}
