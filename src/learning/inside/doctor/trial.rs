//! A remedy really tried: the run taken once more beside itself, from its first weights on, with one thing changed.

use std::{ops::ControlFlow, sync::Arc, time::Instant};

use super::super::{Explained, accuracy::Right, goal, meter::Meter};
use crate::{
    inside::{Price, Trained, Trial, TrialAsked, TrialRun},
    learning::{
        StepOrder, StepPlace, TrainError, Trainable, TrainableMaker, TrainingConfig,
        data::{Augmenter, Dataset, Examples, Images},
    },
    network::Augmentation,
};

/// The largest share of rows and columns by which copies are shifted.
const SHIFT: f64 = 0.1;

/// The run with a remedy, ready to be taken.
pub struct Remedied {
    /// Builds it on the thread that takes it.
    pub maker: TrainableMaker,
    /// How it is trained.
    pub config: TrainingConfig,
}

/// A run as it is, beside which a remedy is tried.
pub struct Standing<'a> {
    /// What it has learned.
    pub model: &'a dyn Explained,
    /// What it is tested on.
    pub tests: &'a Examples,
    /// Steps that it took, and images of each.
    pub steps: u64,
    /// The same images of a batch.
    pub batch: usize,
}

/// What a remedy makes of the settings of a run: rate, batch, passes and seed; whatever else changes what it learns from or
/// its network.
///
/// # Errors
/// One sentence if it changes nothing that a training comes to.
pub fn remedied(config: TrainingConfig, trial: &Trial) -> Result<TrainingConfig, TrainError> {
    Ok(match trial {
        Trial::LearningRate(rate) => TrainingConfig { learning_rate: *rate, ..config },
        Trial::Batch(batch) => TrainingConfig { batch: *batch, ..config },
        Trial::Epochs(epochs) => TrainingConfig { epochs: *epochs, ..config },
        Trial::Seed(seed) => TrainingConfig { seed: *seed, ..config },
        Trial::Threads(_) => {
            return Err(TrainError::calculation(phrase!("studies-the-number-of-threads-changes")));
        }
        Trial::BalancedClasses | Trial::Augmentation | Trial::LeaveOut(_) | Trial::Wider(_) => {
            config
        }
    })
}

/// What a remedy makes of the images that are learned from; the same where it changes something else.
///
/// # Errors
/// One sentence if none would be left.
pub fn remedied_images(
    dataset: &Arc<Dataset>,
    trial: &Trial,
    seed: u64,
) -> Result<Arc<Dataset>, TrainError> {
    let train = &dataset.train;
    let (length, count) = (dataset.channels * dataset.rows * dataset.columns, train.len());
    let chosen = |indices: &[usize]| Images {
        pixels: indices
            .iter()
            .filter_map(|index| train.pixels.get(index * length..(index + 1) * length))
            .flatten()
            .copied()
            .collect(),
        labels: indices.iter().filter_map(|index| train.labels.get(*index)).copied().collect(),
    };
    let changed = match trial {
        Trial::LeaveOut(missing) => {
            let left: Vec<usize> = (0..count).filter(|index| !missing.contains(index)).collect();
            if left.is_empty() {
                return Err(TrainError::calculation(phrase!("studies-no-image-would-be-left")));
            }
            chosen(&left)
        }
        Trial::BalancedClasses => chosen(&balanced(&train.labels, dataset.classes.len())),
        Trial::Augmentation => {
            let size = [dataset.channels, dataset.rows, dataset.columns];
            let how = Augmentation { shift: SHIFT, ..Augmentation::default() };
            let mut copies: Vec<f32> =
                train.pixels.iter().map(|pixel| f32::from(*pixel) / 255.0).collect();
            let places: Vec<u32> = (0..count as u32).collect();
            Augmenter::new(how, size).change(&mut copies, &places, seed, 0);
            let copies = copies.iter().map(|pixel| (255.0 * pixel).round() as u8);
            Images {
                pixels: train.pixels.iter().copied().chain(copies).collect(),
                labels: train.labels.iter().chain(train.labels.iter()).copied().collect(),
            }
        }
        _ => return Ok(Arc::clone(dataset)),
    };
    Ok(Arc::new(Dataset { train: changed, ..(**dataset).clone() }))
}

/// The places of images so that each class that there is comes as often as the most frequent one: its images again and again.
fn balanced(labels: &[u8], classes: usize) -> Vec<usize> {
    let of = |class: usize| -> Vec<usize> {
        (0..labels.len())
            .filter(|at| labels.get(*at).map(|label| usize::from(*label)) == Some(class))
            .collect()
    };
    let all: Vec<Vec<usize>> = (0..classes).map(of).collect();
    let most = all.iter().map(Vec::len).max().unwrap_or_default();
    let mut places: Vec<usize> = (0..labels.len()).collect();
    for of in all.iter().filter(|of| !of.is_empty()) {
        places.extend(of.iter().cycle().take(most).skip(of.len()));
    }
    places
}

/// Takes the run with a remedy, as many images long as the run is, or for as many passes as the remedy has; `None` where
/// `go_on` breaks it off.
///
/// # Errors
/// One sentence if it cannot be trained so.
pub fn tried(
    asked: &TrialAsked,
    standing: &Standing<'_>,
    remedied: Remedied,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<TrialRun>, TrainError> {
    let begun = Instant::now();
    if standing.steps == 0 {
        return Err(TrainError::calculation(phrase!("studies-no-step-was-taken-yet")));
    }
    let images = standing.steps * standing.batch as u64;
    let Some(before) = read(standing, images, go_on)? else { return Ok(None) };
    let Remedied { maker, config } = remedied;
    let mut trainable = maker(&config)?;
    trainable.begin(config.seed, &mut |_, _| {})?;
    let outline = trainable.outline();
    let steps = match asked.trial {
        Trial::Epochs(epochs) => u64::from(epochs) * outline.steps_per_epoch,
        _ => (images / outline.batch.max(1) as u64).max(1),
    };
    let mut remarks = Vec::new();
    let Some(taken) = take(trainable.as_mut(), (steps, config.learning_rate), go_on)? else {
        return Ok(None);
    };
    if taken < steps {
        remarks.push(phrase!("studies-its-loss-was-no-number", taken));
    }
    let broken_off = &mut || match go_on() {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    };
    let Some(test) = trainable.test(broken_off)? else { return Ok(None) };
    let seen = taken * outline.batch as u64;
    let tests = standing.tests.len() as u64;
    Ok(Some(TrialRun {
        asked: asked.clone(),
        before,
        after: Trained {
            steps: taken,
            images: seen,
            accuracy: test.values.get(1).unwrap_or(f32::NAN),
            loss: test.values.loss(),
        },
        remarks,
        price: Price {
            forward: seen + 2 * tests,
            backward: seen,
            seconds: begun.elapsed().as_secs_f64(),
        },
    }))
}

/// Takes so many steps at a rate; how many had a loss that is a number. `None` where `go_on` breaks it off.
fn take(
    trainable: &mut dyn Trainable,
    (steps, learning_rate): (u64, f64),
    go_on: &dyn Fn() -> bool,
) -> Result<Option<u64>, TrainError> {
    let per_epoch = trainable.outline().steps_per_epoch.max(1);
    for step in 0..steps {
        if !go_on() {
            return Ok(None);
        }
        let epoch = u32::try_from(step / per_epoch).unwrap_or(u32::MAX);
        let at = StepPlace { epoch, batch: step % per_epoch };
        let stepped = trainable.step(StepOrder { at, steps: 1, learning_rate, keep: false })?;
        if !stepped.values.loss().is_finite() {
            return Ok(Some(step));
        }
    }
    Ok(Some(steps))
}

/// How the run as it is reads the test images.
fn read(
    standing: &Standing<'_>,
    images: u64,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Trained>, TrainError> {
    let Standing { model, tests, steps, .. } = *standing;
    let (meter, classes) = (Meter::of(model), model.classes().max(1));
    let (at_once, length) = (meter.at_once(), meter.input_len().max(1));
    let (mut right, mut loss) = (Right::default(), 0.0);
    for (images, labels) in
        tests.brightness.chunks(at_once * length).zip(tests.labels.chunks(at_once))
    {
        if !go_on() {
            return Ok(None);
        }
        for (logits, label) in model.logits(images)?.chunks(classes).zip(labels) {
            right = right.and(Right::of(logits, usize::from(*label)));
            loss += goal::loss(logits, usize::from(*label));
        }
    }
    let loss = (loss / tests.len().max(1) as f64) as f32;
    Ok(Some(Trained { steps, images, accuracy: right.share(), loss }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_classes_come_as_often_as_the_most_frequent() {
        let places = balanced(&[0, 1, 1, 1, 3, 3], 5);
        assert_eq!(places, [0, 1, 2, 3, 4, 5, 0, 0, 4]);
        assert!(balanced(&[], 3).is_empty());
    }

    #[test]
    fn images_are_left_out_repeated_and_shifted() {
        let images =
            Images { pixels: vec![0, 255, 9, 8, 7, 6].into(), labels: vec![0, 1, 1].into() };
        let dataset = Arc::new(Dataset {
            name: "two".to_owned(),
            channels: 1,
            rows: 1,
            columns: 2,
            classes: ["a".to_owned(), "b".to_owned()].into(),
            train: images.clone(),
            test: images,
            remarks: Vec::new(),
        });
        let of = |trial| remedied_images(&dataset, &trial, 1).map(|of| of.train.clone());
        let left = of(Trial::LeaveOut(vec![1])).unwrap();
        assert_eq!((&*left.pixels, &*left.labels), (&[0, 255, 7, 6][..], &[0, 1][..]));
        let balanced = of(Trial::BalancedClasses).unwrap();
        assert_eq!((balanced.pixels.len(), &*balanced.labels), (8, &[0, 1, 1, 0][..]));
        let shifted = of(Trial::Augmentation).unwrap();
        assert_eq!((shifted.pixels.len(), shifted.labels.len()), (12, 6));
        assert_eq!(shifted.pixels[..6], dataset.train.pixels[..]);
        assert_eq!(of(Trial::Batch(2)).unwrap(), dataset.train);
        assert!(of(Trial::LeaveOut(vec![0, 1, 2])).is_err());
    }
}
