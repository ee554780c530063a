//! Opens the digits: the images, and how they are usually learned.

use super::{FILTERS, Route, load, options::DigitsOptions, view, with_filters};
use crate::{
    exhibits::{ExhibitRequest, InWords, Opened, in_words, refused, takes_it_again},
    learning::{
        TrainingConfig,
        privacy::{CLIP, PrivateSteps},
    },
    program_error::ProgramError,
};

/// The images that ship with the program.
const SHIPPED: &str = "mnist-10k";
/// Ten epochs of the shipped data take under a minute so, instead of three seconds.
const PACE: f32 = 50.0;

pub(super) fn open(asked: &ExhibitRequest<'_>) -> Result<Opened, ProgramError> {
    let own: DigitsOptions = asked.own()?;
    let config = asked.config(TrainingConfig::default())?;
    let dataset = load(&asked.data(SHIPPED)?).map_err(refused)?;
    let InWords { only_in_words, afterwards } =
        in_words(asked.options, &config, &|_| Ok(&*dataset))?;
    let private = private_steps(&own, takes_it_again(asked.options))?;
    let filters = own.filters.unwrap_or(FILTERS);
    let trainable = with_filters(dataset, Route::default(), (filters, private));
    Ok(Opened {
        arrive: asked.options.inside.then(view::arrive_inside),
        only_in_words,
        afterwards,
        ..Opened::new(trainable, config, PACE)
    })
}

/// How steps are made private, if that is asked for; `again` is an option that takes the training again.
fn private_steps(
    own: &DigitsOptions,
    again: Option<&str>,
) -> Result<Option<PrivateSteps>, ProgramError> {
    let Some(noise) = own.private else {
        return match own.clip {
            None => Ok(None),
            Some(_) => Err(ProgramError::Asked(phrase!("digits-model-clip-says-how-far-private"))),
        };
    };
    if let Some(option) = again {
        let why = phrase!("digits-model-taught-takes-the-training-again", option);
        return Err(ProgramError::Asked(why));
    }
    PrivateSteps::new(noise, own.clip.unwrap_or(CLIP)).map(Some).map_err(refused)
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, Command, FromArgMatches as _};

    use super::*;

    fn said(words: &str) -> Option<DigitsOptions> {
        let command = DigitsOptions::augment_args(Command::new("digits"));
        let found = command.try_get_matches_from(format!("digits {words}").split_whitespace());
        Some(DigitsOptions::from_arg_matches(&found.ok()?).unwrap())
    }

    #[test]
    fn private_training_is_asked_for_by_its_noise() {
        let steps = |words, again| private_steps(&said(words).unwrap(), again);
        assert_eq!(steps("", None).unwrap(), None);
        assert_eq!(steps("", Some("--taught")).unwrap(), None);
        let usual = PrivateSteps::new(0.7, 1.0).unwrap();
        assert_eq!(steps("--private 0.7", None).unwrap(), Some(usual));
        let own = PrivateSteps::new(2.0, 0.25).unwrap();
        assert_eq!(steps("--clip 0.25 --private 2", None).unwrap(), Some(own));
        let refused = |words, again| steps(words, again).unwrap_err().to_string();
        assert!(refused("--clip 2", None).starts_with("--clip says how far"));
        for option in ["--taught", "--branch"] {
            let why = refused("--private 1", Some(option));
            assert!(why.starts_with(&format!("{option} takes the training again")), "{why}");
        }
        let wrong = ["0", "-1", "nan", "inf", "0.001", "1e9", "much"];
        for wrong in wrong {
            assert_eq!(said(&format!("--private {wrong}")), None, "{wrong}");
            assert_eq!(
                said(&format!("--private 1 --clip {}", wrong.replace("0.001", "1e-9"))),
                None
            );
        }
    }
}
