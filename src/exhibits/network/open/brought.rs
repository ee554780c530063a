//! Opens a network that others made: as ONNX, or of Keras.

use std::path::Path;

use super::{no_other_weights, opened, places, resume, resume::Resume, wrong};
use crate::{
    exhibits::{
        ExhibitRequest, Opened,
        network::{
            open::described::SHIPPED,
            options::{NetworkOptions, PixelsOption},
        },
        refused,
    },
    learning::{self, TrainError, data::Dataset},
    network::{
        Fault, Training,
        brought::{self, Pixels},
        keras::Converted,
    },
    program_error::ProgramError,
    sentence::shown,
    words::Phrase,
};

/// A network that others made, as this reads it.
pub(super) fn open(
    asked: &ExhibitRequest<'_>,
    (path, own): (&Path, &NetworkOptions),
    remedy: impl Into<Phrase>,
    converted: Converted,
    resume: Option<Resume>,
) -> Result<Opened, ProgramError> {
    no_other_weights(own)?;
    if own.model.is_none() && own.pixels != PixelsOption::Unit {
        let sentence = phrase!("network-model-pixels-is-part-of-the");
        return Err(ProgramError::Asked(sentence));
    }
    let remedy = remedy.into();
    let wrong = |fault: Fault| wrong(path, fault, &remedy);
    let Converted { model, remarks } = converted;
    let training = Training { frozen: own.freeze, ..Training::default() };
    let (config, data_seed) = resume::config(resume.as_ref(), asked, &training)?;
    let [_, rows, columns] = brought::image_size(&model).map_err(wrong)?;
    let wanted = rows.zip(columns).map(|(rows, columns)| [rows, columns]);
    let dataset = Dataset::open(&asked.data(SHIPPED)?, wanted, data_seed).map_err(refused)?;
    let has = [
        (phrase!("network-model-rows"), rows, dataset.rows),
        (phrase!("network-model-columns"), columns, dataset.columns),
    ];
    if let Some((word, wants, has)) =
        has.iter().find(|(_, wants, has)| wants.is_some_and(|wants| wants != *has))
    {
        // To save it again would not help.
        let fact = phrase!(
            "network-model-it-is-for-images-of",
            wants = wants.unwrap_or_default(),
            word,
            name = shown(&dataset.name),
            has
        );
        let remedy = phrase!("network-model-give-pictures-with-data-a");
        return Err(refused(TrainError::unusable(path, fact, remedy)));
    }
    let size = [dataset.channels, dataset.rows, dataset.columns];
    let mut fit =
        brought::fitted(model, size, dataset.classes.len(), own.pixels.into()).map_err(wrong)?;
    fit.remarks.splice(0..0, remarks);
    let sizes = learning::network::sizes(&fit, &config.device.device()).map_err(wrong)?;
    let name =
        path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let plan = brought::plan(name, fit, &sizes).map_err(wrong)?;
    // An ONNX file says nothing of its training; the saved state does.
    let training = resume.as_ref().map_or(training, |resume| resume.training.clone());
    let text = |training: &Training| brought::described(&plan, training).map_err(wrong);
    let keeping = places::kept(own, &training, (&config, data_seed), text)?;
    opened(asked, (path, own), (dataset.into(), plan, training), (config, keeping), resume)
}

impl From<PixelsOption> for Pixels {
    fn from(option: PixelsOption) -> Self {
        match option {
            PixelsOption::Unit => Self::Unit,
            PixelsOption::Signed => Self::Signed,
            PixelsOption::Imagenet => Self::ImageNet,
        }
    }
}
