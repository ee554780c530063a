//! A training that goes on: its state is read, and compared with the data, the network and what is asked.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::parser::ValueSource;

use crate::{
    exhibits::{
        ExhibitRequest,
        network::{
            model::{self, Data},
            options::NetworkOptions,
        },
        refused,
    },
    learning::{
        TrainError, TrainingConfig,
        network::{Saved, StateFile, Weights, files, fingerprint},
    },
    network::{DESCRIPTION, Fault, Plan, Training, onnx},
    program_error::ProgramError,
    sentence::{shown, shown_path},
    words::{InPhrase, Phrase, Word},
};

/// What is done about a state that does not fit.
const REMEDY: Word = key!("network-model-begin-anew-without-resume");

/// A saved training whose words have been read.
pub(super) struct Resume {
    /// The file of its network.
    path: PathBuf,
    network: onnx::Model,
    state: StateFile,
    /// How it was trained, with what was in force.
    pub(super) training: Training,
}

impl Resume {
    /// Reads the network and the words of the state beside it.
    pub(super) fn read(path: &Path) -> Result<Self, ProgramError> {
        let network = onnx::model(path).map_err(|fault| {
            let remedy = phrase!("network-model-name-an-onnx-file-that");
            refused(TrainError::unusable(path, fault.to_string(), remedy))
        })?;
        let bytes = fs::read(path).map_err(|error| {
            refused(TrainError::unusable(
                path,
                error.in_phrase(),
                phrase!("network-model-make-it-readable"),
            ))
        })?;
        let wrong = |fault: Fault| {
            let state = files::state_of(path);
            refused(TrainError::unusable(&state, fault.to_string(), REMEDY))
        };
        let state = files::found(path, &fingerprint(&bytes)).map_err(wrong)?;
        let training = Training::read(&state.words.training).map_err(wrong)?;
        Ok(Self { path: path.to_owned(), network, state, training })
    }

    /// The configuration with which it goes on, where `config` is what is asked.
    fn config(
        &self,
        asked: &ExhibitRequest<'_>,
        config: TrainingConfig,
    ) -> Result<TrainingConfig, ProgramError> {
        let (words, options) = (&self.state.words, asked.options);
        if asked.own::<NetworkOptions>()?.freeze && !self.training.frozen {
            return Err(ProgramError::Asked(phrase!(
                "network-model-the-training-that-was-saved",
                path = shown_path(&self.path)
            )));
        }
        let said = options.own.value_source("seed") == Some(ValueSource::CommandLine);
        let other = |option: &str, is: String, was: String| {
            Err(ProgramError::Asked(phrase!(
                "network-model-is-but-the-training-that",
                option,
                is,
                path = shown_path(&self.path),
                was,
                remedy = REMEDY
            )))
        };
        if said && options.seed != words.seed {
            return other("--seed", options.seed.to_string(), words.seed.to_string());
        }
        if let Some(batch) = options.batch.filter(|batch| *batch != self.training.batch) {
            return other("--batch", batch.to_string(), self.training.batch.to_string());
        }
        if config.device.name() != words.device {
            let sentence = phrase!(
                "network-model-the-training-that-was-saved-beside",
                path = shown_path(&self.path),
                device = shown(&words.device),
                name = config.device.name(),
                device2 = words.device
            );
            return Err(ProgramError::Asked(sentence));
        }
        let epochs = options.epochs.unwrap_or(self.training.epochs);
        let done = words.progress.at.epoch;
        if done >= epochs {
            return Err(ProgramError::Asked(phrase!(
                "network-model-the-training-that-was-saved-beside-has",
                path = shown_path(&self.path),
                done,
                epochs
            )));
        }
        let config = TrainingConfig {
            seed: words.seed,
            epochs,
            batch: self.training.batch,
            learning_rate: options.learning_rate.unwrap_or(words.progress.learning_rate),
            ..config
        };
        config.check().map_err(refused)?;
        Ok(config)
    }

    /// The training as it goes on with these data and this network, which was named by `described` if it is not read from the
    /// saved file itself.
    pub(super) fn training(
        mut self,
        described: Option<&Path>,
        (data, plan, training): (&Data, &Plan, &Training),
        config: &TrainingConfig,
    ) -> Result<Saved, ProgramError> {
        let state = files::state_of(&self.path);
        let wrong =
            |fact: Phrase, remedy: Phrase| refused(TrainError::unusable(&state, fact, remedy));
        let (has, wants) = (data.fingerprint(), &self.state.words.data);
        if has != *wants {
            let fact = if has.to_string() == wants.to_string() {
                phrase!("network-model-it-was-trained-on-other", name = data.name())
            } else {
                phrase!("network-model-it-was-trained-on-but", wants, name = data.name(), has)
            };
            return Err(wrong(fact, phrase!("network-model-give-the-same-data-with")));
        }
        // What the options say goes before a description, and has been looked at.
        let (batch, epochs, learning_rate) =
            (self.training.batch, self.training.epochs, self.training.learning_rate);
        let asked = Training { batch, epochs, learning_rate, ..training.clone() };
        if asked != self.training {
            let asked = asked.text();
            let was = self.training.text();
            let others: Vec<_> =
                was.lines().filter(|line| !asked.lines().any(|other| other == *line)).collect();
            let fact =
                phrase!("network-model-it-was-trained-with", others = Phrase::listed(others));
            return Err(wrong(fact, phrase!("network-model-let-training-say-the-same")));
        }
        let words = &mut self.state.words;
        let at = words.progress.at;
        let per_epoch = data.train_len().div_ceil(batch.max(1)) as u64;
        let steps =
            u64::from(at.epoch).checked_mul(per_epoch).and_then(|of| of.checked_add(at.batch));
        let examples = at.batch.saturating_mul(batch as u64).min(data.train_len() as u64);
        if at.batch >= per_epoch
            || steps != Some(words.progress.step)
            || words.progress.examples != examples
        {
            return Err(wrong(
                phrase!("network-model-its-numbers-of-steps-contradict"),
                REMEDY.into(),
            ));
        }
        words.progress.learning_rate = config.learning_rate;
        let fits = |fault: Fault| wrong(fault.into(), REMEDY.into());
        let weights = Weights::of(plan, &self.network).map_err(|fault| match described {
            Some(path) => {
                let remedy = phrase!(
                    "network-model-name-the-network-that-was",
                    path = shown_path(&self.path)
                );
                refused(TrainError::unusable(
                    path,
                    phrase!("network-model-it-is-another-network-the", fault),
                    remedy,
                ))
            }
            None => fits(fault),
        })?;
        if let Some(path) = described {
            let same = model::file(&self.as_saved(plan), data, &weights);
            let same = same.is_ok_and(|file| fingerprint(&file) == self.state.words.network);
            if !same {
                let remedy = phrase!(
                    "network-model-name-the-network-that-was",
                    path = shown_path(&self.path)
                );
                let fact = phrase!("network-model-it-is-another-network-than");
                return Err(refused(TrainError::unusable(path, fact, remedy)));
            }
        }
        let rule = (training.rule, training.weight_decay);
        self.state.training(plan, weights, (rule, training.frozen)).map_err(fits)
    }

    /// The network with the description that the saved file has, or with none as before files had one: how it is trained was
    /// compared, and the rest of it is in its operators.
    fn as_saved(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        plan.model.facts.remove(DESCRIPTION);
        let said = self.network.facts.get_key_value(DESCRIPTION);
        plan.model.facts.extend(said.map(|(name, said)| (name.clone(), said.clone())));
        plan
    }
}

/// How a training is run, or goes on, and by which seed pictures without a division are divided.
pub(super) fn config(
    resume: Option<&Resume>,
    asked: &ExhibitRequest<'_>,
    training: &Training,
) -> Result<(TrainingConfig, u64), ProgramError> {
    let config = asked.config(TrainingConfig {
        epochs: training.epochs,
        batch: training.batch,
        learning_rate: training.learning_rate,
        ..TrainingConfig::default()
    })?;
    match resume {
        Some(resume) => Ok((resume.config(asked, config)?, resume.state.words.data_seed)),
        None => {
            let seed = config.seed;
            Ok((config, seed))
        }
    }
}
