//! Whether a model is as often right as it is sure: a reliability diagram and the expected calibration error over the test
//! images, and the temperature that would mend it (Guo, Pleiss, Sun and Weinberger 2017,
//! <https://arxiv.org/abs/1706.04599>).

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{Explained, answers::Answers, goal, meter::Meter, temperature};
use crate::{
    inside::{Bin, Sure, SureAsked, Temperature},
    learning::{TrainError, data::Examples},
    words::Phrase,
};

/// Bins of the diagram.
const BINS: usize = SureAsked::BINS;
/// The stream that halves are drawn from.
const HALVES_STREAM: u64 = 1 << 48;
/// Multiply-adds that an answer may take: some seconds on two cores, which only large networks need.
const MOST_MULTIPLY_ADDS: u64 = 100_000_000_000;

/// Tells how sure a model is of the test images, and how often it is right.
///
/// # Errors
/// One sentence if there is nothing to be sure of, or it cannot be computed.
pub fn calibration(
    model: &dyn Explained,
    asked: &SureAsked,
    tests: &Examples,
) -> Result<Sure, TrainError> {
    if model.classes() < 2 {
        return Err(TrainError::calculation(phrase!("studies-the-network-tells-no-two")));
    }
    if tests.is_empty() {
        return Err(TrainError::calculation(phrase!("studies-there-are-no-test-images")));
    }
    let meter = Meter::of(model);
    let begun = meter.mark();
    let affordable = (MOST_MULTIPLY_ADDS / model.multiply_adds().max(1)).max(1) as usize;
    let indices = shuffled(tests.len(), affordable, asked.seed);
    let mut answers = Answers { classes: model.classes(), ..Answers::default() };
    for some in indices.chunks(meter.at_once()) {
        let images: Vec<f32> = some
            .iter()
            .flat_map(|index| tests.image(*index).unwrap_or_default())
            .copied()
            .collect();
        answers.logits.extend(meter.logits(&images)?);
        let labels = some.iter().filter_map(|index| tests.labels.get(*index));
        answers.labels.extend(labels.copied().map(usize::from));
    }
    let mut remarks = Vec::new();
    if indices.len() < tests.len() {
        remarks.push(phrase!(
            "studies-of-of-test-images",
            indices_count = indices.len(),
            tests_count = tests.len()
        ));
    }
    let diagram = Diagram::of(&answers, 1.0);
    let temperature = match diagram.is_number() {
        true => tempered(&answers).unwrap_or_else(|why| {
            remarks.push(why);
            None
        }),
        false => {
            remarks.push(phrase!("studies-what-the-network-says-is-no"));
            None
        }
    };
    Ok(Sure {
        asked: asked.clone(),
        images: indices.len(),
        accuracy: diagram.accuracy() as f32,
        confidence: diagram.confidence() as f32,
        ece: diagram.ece() as f32,
        bins: diagram.bins(),
        temperature,
        remarks,
        price: meter.since(&begun),
    })
}

/// So many of all images in an order that depends on the seed.
fn shuffled(count: usize, most: usize, seed: u64) -> Vec<usize> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(HALVES_STREAM);
    let mut indices: Vec<usize> = (0..count).collect();
    indices.shuffle(&mut generator);
    indices.truncate(most);
    indices
}

/// The temperature of the first half, tried on the second; or why there is none.
fn tempered(answers: &Answers) -> Result<Option<Temperature>, Phrase> {
    let [fitted, tried] = answers.halves();
    if fitted.labels.is_empty() {
        return Err(phrase!("studies-one-image-has-no-halves"));
    }
    let found = temperature::best(&fitted)?;
    let with = |temperature: f64| {
        let diagram = Diagram::of(&tried, temperature);
        (diagram.ece() as f32, temperature::mean_loss(&tried, temperature) as f32)
    };
    let ((ece, loss), (ece_with, loss_with)) = (with(1.0), with(found.value));
    Ok(Some(Temperature {
        value: found.value as f32,
        iterations: found.iterations,
        fitted_on: fitted.labels.len(),
        tried_on: tried.labels.len(),
        ece: [ece, ece_with],
        loss: [loss, loss_with],
    }))
}

/// Of each bin how many images, the sum of their confidence, and how many are read right; bin m holds confidences above
/// (m − 1)/M and up to m/M (Guo and others 2017, equation 2).
#[derive(Clone, Debug)]
pub(super) struct Diagram([(usize, f64, usize); BINS]);

impl Diagram {
    /// Of answers whose logits are divided by a temperature.
    pub(super) fn of(answers: &Answers, temperature: f64) -> Self {
        let mut bins = [(0, 0.0, 0); BINS];
        for (logits, label) in answers.each() {
            let shares = temperature::probabilities(logits, temperature);
            let said = goal::said(logits);
            let confidence = said.and_then(|class| shares.get(class)).copied().unwrap_or(f64::NAN);
            // What is not a number falls into the first bin, and makes it none.
            let bin = ((confidence * BINS as f64).ceil() as usize).saturating_sub(1);
            if let Some((images, sum, right)) = bins.get_mut(bin.min(BINS - 1)) {
                *images += 1;
                *sum += confidence;
                *right += usize::from(said == Some(label));
            }
        }
        Self(bins)
    }

    fn is_number(&self) -> bool {
        self.0.iter().all(|(_, sum, _)| !sum.is_nan())
    }

    fn images(&self) -> f64 {
        self.0.iter().map(|(images, _, _)| *images as f64).sum()
    }

    fn confidence(&self) -> f64 {
        self.0.iter().map(|(_, sum, _)| sum).sum::<f64>() / self.images()
    }

    pub(super) fn accuracy(&self) -> f64 {
        match self.is_number() {
            true => self.0.iter().map(|(_, _, right)| *right as f64).sum::<f64>() / self.images(),
            false => f64::NAN,
        }
    }

    /// `Σ n_b/n |accuracy − confidence|`.
    pub(super) fn ece(&self) -> f64 {
        let apart = self.0.iter().map(|(_, sum, right)| (*right as f64 - sum).abs());
        apart.sum::<f64>() / self.images()
    }

    fn bins(&self) -> Vec<Bin> {
        let bin = |(images, sum, right): &(usize, f64, usize)| {
            let count = *images as f64;
            Bin {
                images: *images,
                confidence: (sum / count) as f32,
                accuracy: if sum.is_nan() { f32::NAN } else { (*right as f64 / count) as f32 },
            }
        };
        self.0.iter().map(bin).collect()
    }
}
