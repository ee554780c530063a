//! Who speaks at the trainer's end of the stream, a training or a recording, and the visit to it in words and progress bars.

use std::{path::Path, slice};

use super::telling::{begin_log, event_writer, say};
use crate::{
    cli::Options,
    exhibits::{Afterwards, Exhibit, refused},
    learning::{Session, TrainableMaker, TrainingConfig},
    program_error::ProgramError,
    recording::{self, Allowance, Player, Recorded, Recording},
    signals,
    stream::{ExhibitId, TrainerEnd, connect},
    terminal,
    words::Phrase,
};

/// Whoever speaks at the other end of the stream.
pub(super) enum Watched {
    /// A model that is taught now.
    Taught(TrainableMaker, TrainingConfig),
    /// A recording, and what is to be known of it.
    Played(Box<Recorded>, Vec<Phrase>),
}

impl Watched {
    /// Whether nothing is trained.
    pub(super) const fn is_recording(&self) -> bool {
        matches!(self, Self::Played(..))
    }

    /// Begins to speak.
    pub(super) fn start(
        self,
        trainer: TrainerEnd,
        plan: impl FnOnce(TrainingConfig) -> TrainingConfig,
    ) -> Result<Speaker, ProgramError> {
        match self {
            Self::Taught(trainable, config) => Session::start(trainable, plan(config), trainer)
                .map(Speaker::Trainer)
                .map_err(refused),
            Self::Played(recorded, remarks) => {
                recording::play(*recorded, trainer, remarks).map(Speaker::Player).map_err(refused)
            }
        }
    }
}

/// Who speaks now.
pub(super) enum Speaker {
    Trainer(Session),
    Player(Player),
}

impl Speaker {
    fn is_over(&self) -> bool {
        match self {
            Self::Trainer(session) => session.is_over(),
            Self::Player(player) => player.is_over(),
        }
    }

    /// Whether a recording is at its end, and its run was not.
    fn ended_early(&self) -> bool {
        matches!(self, Self::Player(player) if player.ended_early())
    }
}

/// Snapshots per second where nobody looks but who keeps the run.
const FOR_A_RECORDING: f32 = 4.0;

/// The training in words and progress bars, and what is asked of it when it is over.
pub(super) fn attend(
    options: &Options,
    exhibit: &Exhibit,
    watched: Watched,
    afterwards: Option<Afterwards>,
) -> Result<(), ProgramError> {
    begin_log();
    let (room, trainer) = connect();
    let events = event_writer(options, exhibit, slice::from_ref(exhibit));
    let (_recording, snapshots_per_second) = kept(options, exhibit, &trainer)?;
    let speaker =
        watched.start(trainer, |config| TrainingConfig { snapshots_per_second, ..config })?;
    let attended =
        terminal::attend_with(&room, &events, (exhibit.narrator)(), snapshots_per_second, || {
            !speaker.is_over()
        });
    if speaker.ended_early() {
        say(say!("recording-ends-here"));
        return Ok(());
    }
    attended?;
    if signals::came() {
        return Ok(());
    }
    afterwards.map_or(Ok(()), |afterwards| afterwards(&room, &events, options.json))
}

/// Keeps a run that is told in words, if that is asked for, and how many snapshots a second are worth making: nobody looks at
/// units there but who keeps it.
///
/// # Errors
/// One sentence if the file cannot be written.
pub(super) fn kept(
    options: &Options,
    exhibit: &Exhibit,
    trainer: &TrainerEnd,
) -> Result<(Option<Recording>, f32), ProgramError> {
    let Some(file) = &options.record else { return Ok((None, 0.0)) };
    // Whoever breaks it off has a recording as well, and not the part of one.
    signals::watch().map_err(|why| refused(phrase!("serve-no-signals", why)))?;
    let recording = record(file, exhibit.id, allowance(options))?;
    trainer.keep(recording.keeper());
    Ok((Some(recording), FOR_A_RECORDING))
}

/// How much pictures may take in a recording.
pub(super) fn allowance(options: &Options) -> Allowance {
    Allowance::megabytes_a_minute(options.record_mb)
}

/// Begins to keep a run; what comes of it is said when it ends.
pub(super) fn record(
    file: &Path,
    exhibit: ExhibitId,
    allowance: Allowance,
) -> Result<Recording, ProgramError> {
    Recording::begin(file, exhibit, allowance, |told| say(&told.sentence().to_string()))
        .map_err(refused)
}
