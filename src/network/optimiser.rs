//! How a described network is trained: the optimiser and its schedule, with `PyTorch`'s words and defaults.

use super::{
    augmentation::Augmentation,
    class_weights::ClassWeights,
    fault::{Fault, nearest},
    settings::Settings,
};

/// How it is trained, where the visitor does not say otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Training {
    pub rule: Rule,
    /// Learning rate of the first step.
    pub learning_rate: f64,
    /// Share of each weight that a step takes away, times the learning rate; for `AdamW` beside the gradient, else within it.
    pub weight_decay: f64,
    pub schedule: Schedule,
    /// What an example of each class counts.
    pub class_weights: ClassWeights,
    /// What becomes of the images that it learns from.
    pub augmentation: Augmentation,
    /// Whether only its last layer learns, from what the others make of each image once.
    pub frozen: bool,
    /// Examples of a step.
    pub batch: usize,
    /// Passes over the training examples.
    pub epochs: u32,
}

impl Default for Training {
    /// As a description has it that says nothing: Adam, a constant rate, ten epochs of batches of 32.
    fn default() -> Self {
        Self {
            rule: Rule::Adam { betas: [0.9, 0.999], epsilon: 1e-8 },
            learning_rate: 1e-3,
            weight_decay: 0.0,
            schedule: Schedule::Constant,
            class_weights: ClassWeights::Equal,
            augmentation: Augmentation::default(),
            frozen: false,
            batch: 32,
            epochs: 10,
        }
    }
}

/// The rule that turns gradients into steps.
///
/// As <https://docs.pytorch.org/docs/stable/optim.html> has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    Sgd {
        momentum: f64,
        nesterov: bool,
    },
    Adam {
        betas: [f64; 2],
        epsilon: f64,
    },
    /// Adam with decay beside the gradient (Loshchilov and Hutter, 2019).
    AdamW {
        betas: [f64; 2],
        epsilon: f64,
    },
    RmsProp {
        alpha: f64,
        epsilon: f64,
        momentum: f64,
    },
}

impl Rule {
    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sgd { .. } => "SGD",
            Self::Adam { .. } => "Adam",
            Self::AdamW { .. } => "AdamW",
            Self::RmsProp { .. } => "RMSProp",
        }
    }
}

/// What becomes of the learning rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    Constant,
    /// Half a cosine from the first rate to 0 over all epochs.
    Cosine,
    /// Times `gamma` after each `epochs` epochs.
    Step {
        epochs: u32,
        gamma: f64,
    },
}

impl Schedule {
    /// What the first rate is multiplied with when `done` of `of` epochs are done; `done` counts parts of an epoch.
    pub fn factor(self, done: f64, of: f64) -> f64 {
        match self {
            Self::Cosine if of > 0.0 => {
                (1.0 + (std::f64::consts::PI * (done / of).min(1.0)).cos()) / 2.0
            }
            Self::Constant | Self::Cosine => 1.0,
            Self::Step { epochs, gamma } => {
                gamma.powi((done / f64::from(epochs.max(1))).floor() as i32)
            }
        }
    }
}

const RULES: [&str; 4] = ["sgd", "adam", "adamw", "rmsprop"];
const SCHEDULES: [&str; 3] = ["constant", "cosine", "step"];
const SHARE: [f64; 2] = [0.0, 1.0];
const POSITIVE: [f64; 2] = [f64::MIN_POSITIVE, f64::INFINITY];
const NOT_NEGATIVE: [f64; 2] = [0.0, f64::INFINITY];

/// Reads the table `training`.
pub(super) fn training(mut settings: Settings) -> Result<Training, Fault> {
    let name = settings.text("optimiser")?.unwrap_or_else(|| "adam".to_owned());
    let betas = |settings: &mut Settings| -> Result<[f64; 2], Fault> {
        Ok([
            settings.number("beta1", SHARE)?.unwrap_or(0.9),
            settings.number("beta2", SHARE)?.unwrap_or(0.999),
        ])
    };
    let (rule, usual_rate, usual_decay) = match name.as_str() {
        "sgd" => {
            let momentum = settings.number("momentum", SHARE)?.unwrap_or(0.0);
            let nesterov = settings.yes("nesterov")?.unwrap_or(false);
            (Rule::Sgd { momentum, nesterov }, 0.01, 0.0)
        }
        "adam" | "adamw" => {
            let betas = betas(&mut settings)?;
            let epsilon = settings.number("eps", POSITIVE)?.unwrap_or(1e-8);
            match name.as_str() {
                "adam" => (Rule::Adam { betas, epsilon }, 1e-3, 0.0),
                _ => (Rule::AdamW { betas, epsilon }, 1e-3, 0.01),
            }
        }
        "rmsprop" => {
            let alpha = settings.number("alpha", SHARE)?.unwrap_or(0.99);
            let epsilon = settings.number("eps", POSITIVE)?.unwrap_or(1e-8);
            let momentum = settings.number("momentum", SHARE)?.unwrap_or(0.0);
            (Rule::RmsProp { alpha, epsilon, momentum }, 0.01, 0.0)
        }
        other => {
            let advice = nearest(other, &RULES);
            return Err(Fault::new(phrase!("network-files-there-is-no-optimiser", other, advice)));
        }
    };
    let loss = settings.text("loss")?.unwrap_or_else(|| "cross_entropy".to_owned());
    if loss != "cross_entropy" {
        return Err(Fault::new(phrase!("network-files-there-is-no-loss-here", loss)));
    }
    let training = Training {
        rule,
        learning_rate: settings.number("learning_rate", POSITIVE)?.unwrap_or(usual_rate),
        weight_decay: settings.number("weight_decay", NOT_NEGATIVE)?.unwrap_or(usual_decay),
        schedule: schedule(&mut settings)?,
        class_weights: ClassWeights::read(&mut settings)?,
        augmentation: Augmentation::default(),
        frozen: settings.yes("frozen")?.unwrap_or(false),
        batch: settings.count("batch_size", 1)?.unwrap_or(32),
        epochs: settings.count("epochs", 1)?.unwrap_or(10).min(u32::MAX as usize) as u32,
    };
    settings.end()?;
    Ok(training)
}

fn schedule(settings: &mut Settings) -> Result<Schedule, Fault> {
    let name = settings.text("schedule")?.unwrap_or_else(|| "constant".to_owned());
    match name.as_str() {
        "constant" => Ok(Schedule::Constant),
        "cosine" => Ok(Schedule::Cosine),
        "step" => Ok(Schedule::Step {
            epochs: settings.count("step_size", 1)?.unwrap_or(1).min(u32::MAX as usize) as u32,
            gamma: settings.number("gamma", SHARE)?.unwrap_or(0.1),
        }),
        other => {
            let advice = nearest(other, &SCHEDULES);
            Err(Fault::new(phrase!("network-files-there-is-no-schedule", other, advice)))
        }
    }
}
