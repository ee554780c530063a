//! The visit in the hall: what is watched there and how it opens, and what becomes of it where no window does.

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    telling::{event_writer, say, say_remarks, tell},
    venue::{Venue, choose_place, spectator},
    watched::{Watched, allowance, attend, record},
};
use crate::{
    app::{self, HallFault},
    asset_path,
    cli::{self, Mode, Options},
    compare,
    display_server::{self, Display},
    events::EventWriter,
    exhibits::{self, Afterwards, Arrive, Exhibit, refused},
    learning::{Session, TrainingConfig},
    program_error::ProgramError,
    recording::Allowance,
    stderr,
    stream::{Command, ExhibitId, TrainerEnd, ViewerEnd, connect},
    words::{InPhrase, Phrase, Word},
    world::{
        access::Access,
        exhibit_sessions::{Opened, Opener},
        motion::Motion,
        recorder::{self, Begun, Recorder},
        screenshot::ScreenshotOrder,
        sound::SoundChoice,
        ui::contrast::Contrast,
    },
};

/// Snapshots per second until the hall is open and asks for what it can draw; more would be made for nobody.
const UNTIL_THE_HALL_ASKS: f32 = 2.0;

/// What is watched, and how a visit to it begins.
pub(super) struct About {
    pub(super) watched: Watched,
    pub(super) pace: f32,
    pub(super) arrive: Option<Arrive>,
    pub(super) afterwards: Option<Afterwards>,
    pub(super) only_in_words: Option<Word>,
}

/// Watches it where the visit takes place.
pub(super) fn watch(
    options: &Options,
    exhibits: &'static [Exhibit],
    exhibit: &'static Exhibit,
    display: Result<Display, String>,
    about: About,
) -> Result<(), ProgramError> {
    let About { watched, pace, arrive, afterwards, only_in_words } = about;
    let hush = stderr::hush();
    let (headset, windowed) = match choose_place(options, display.as_ref())? {
        Venue::Headset { headset, windowed } => (Some(*headset), windowed),
        Venue::Window => (None, true),
        Venue::Terminal if options.demo => {
            return Err(ProgramError::Asked(phrase!("cli-demo-walks-through-the-hall")));
        }
        Venue::Terminal => {
            drop(hush);
            return attend(options, exhibit, watched, afterwards);
        }
    };
    if let Some(why) = only_in_words {
        return Err(ProgramError::Asked(why.to_string().into()));
    }
    let (room, trainer) = connect();
    let events = event_writer(options, exhibit, exhibits);
    let is_recording = watched.is_recording();
    let (begun, offer) = recorder(options);
    let arrive: Arrive = Box::new(move |app| {
        if let Some(arrive) = arrive {
            arrive(app);
        }
        if !is_recording {
            offer(app);
        }
    });
    let visit = app::Visit {
        arrive: Some(arrive),
        // A picture is wanted soon, a visit is to be followed.
        pace: options.screenshot.is_none().then_some(pace),
        picture: options
            .screenshot
            .clone()
            .map(|file| ScreenshotOrder { file, at_step: options.at_step.map(u64::from) }),
        // A recording is of one exhibit.
        opener: (!is_recording).then(|| opener(options, exhibits)),
        ..plain_visit(options, (exhibit, exhibits), room, (headset, windowed), events)?
    };
    hold_to(&visit.stream, visit.pace);
    // Whoever takes a picture of a step counts from the first, so none may be taken before.
    if visit.picture.is_some() {
        visit.stream.ask(Command::Pause);
    }

    // A hall that does not open leaves the trainable to whatever is tried next.
    let waiting = Arc::new(Mutex::new(Some((watched, trainer))));
    let take = {
        let waiting = Arc::clone(&waiting);
        move || waiting.lock().unwrap_or_else(PoisonError::into_inner).take()
    };
    let begin = {
        let take = take.clone();
        let keeps = Keeps::of(options, exhibit.id);
        move || {
            let Some((watched, trainer)) = take() else {
                return Ok(());
            };
            keeps.begin(&trainer, &begun).map_err(|why| why.to_string())?;
            watched.start(trainer, in_the_hall).map(drop).map_err(|why| why.to_string())
        }
    };
    let fault = match app::run(visit, hush, Box::new(begin)) {
        Ok(()) => return Ok(()),
        Err(fault) => fault,
    };
    match (fault, take()) {
        (HallFault::NoWindow, Some((watched, _)))
            if options.mode == Mode::Auto && options.screenshot.is_none() && !options.demo =>
        {
            let why = say!("start-no-window-can-open", nowindow = HallFault::NoWindow.to_string());
            if display == Ok(Display::Wayland) && display_server::x11_answers() {
                say(&say!("start-x11-is-tried-as-on", why));
                display_server::restart_on_x11();
            }
            say(&say!("start-the-training-is-told-in", why));
            attend(options, exhibit, watched, afterwards)
        }
        (HallFault::NoWindow, _) => Err(ProgramError::Asked(phrase!(
            "start-no-window-can-open-here",
            nowindow = HallFault::NoWindow.to_string()
        ))),
        (fault, _) => Err(refused(fault.to_string())),
    }
}

/// A visit to this exhibit that neither opens others nor begins with anything of its own.
pub(super) fn plain_visit(
    options: &Options,
    (exhibit, exhibits): (&Exhibit, &'static [Exhibit]),
    stream: ViewerEnd,
    (headset, windowed): (Option<app::Headset>, bool),
    events: EventWriter,
) -> Result<app::Visit, ProgramError> {
    let mut remarked = HashSet::new();
    Ok(app::Visit {
        stream,
        exhibit: exhibit.id,
        exhibits,
        arrive: None,
        assets: asset_path::assets()?,
        shaders: asset_path::shaders()?,
        size_px: (options.size.width, options.size.height),
        pace: None,
        history_bytes: options.history_bytes(),
        picture: None,
        headset,
        spectator: spectator(options),
        opening: options.plays_opening(),
        guides: options.guides(),
        demo: options.demo,
        access: Access { text_percent: options.text_size, dwell_secs: options.dwell },
        contrast: match options.contrast {
            cli::Contrast::Usual => Contrast::Usual,
            cli::Contrast::High => Contrast::High,
        },
        motion: if options.less_motion { Motion::Less } else { Motion::Usual },
        sound: SoundChoice { on: options.sound.is_on(), captions: options.captions.is_on() },
        windowed,
        opener: None,
        elsewhere: None,
        kept: compare::kept(&options.beside, exhibit.id, exhibits)?,
        listener: Box::new(move |event| {
            say_remarks(&event, &mut remarked);
            tell(&events, event);
        }),
    })
}

/// What lets the visitor record in the hall, and the place for a recording that begins with the program.
pub(super) fn recorder(options: &Options) -> (Begun, Arrive) {
    let (begun, allowance) = (Begun::default(), allowance(options));
    let place = Arc::clone(&begun);
    let folder = std::env::current_dir().unwrap_or_default();
    let recorder = Recorder::new(folder, allowance, place);
    (begun, Box::new(move |app| recorder::offer(app, recorder)))
}

/// Where a run is kept from its beginning, if it is.
pub(super) struct Keeps {
    file: Option<PathBuf>,
    exhibit: ExhibitId,
    allowance: Allowance,
}

impl Keeps {
    /// As the visitor asks, of a run of this exhibit.
    pub(super) fn of(options: &Options, exhibit: ExhibitId) -> Self {
        Self { file: options.record.clone(), exhibit, allowance: allowance(options) }
    }

    /// Begins, and puts the recording where the hall looks after it.
    ///
    /// # Errors
    /// One sentence if the file cannot be written.
    pub(super) fn begin(&self, trainer: &TrainerEnd, begun: &Begun) -> Result<(), ProgramError> {
        let Some(file) = &self.file else { return Ok(()) };
        let recording = record(file, self.exhibit, self.allowance)?;
        trainer.keep(recording.keeper());
        *begun.lock().unwrap_or_else(PoisonError::into_inner) = Some((self.exhibit, recording));
        Ok(())
    }
}

/// How a session is planned whose run is watched in the hall.
fn in_the_hall(config: TrainingConfig) -> TrainingConfig {
    TrainingConfig { beside_renderer: true, snapshots_per_second: UNTIL_THE_HALL_ASKS, ..config }
}

/// Holds a trainer to a pace, if there is one.
fn hold_to(stream: &ViewerEnd, pace: Option<f32>) {
    if let Some(pace) = pace {
        stream.ask(Command::LimitSpeed { steps_per_second: Some(f64::from(pace)) });
    }
}

/// Opens the other exhibits, each with the data that ship with the program.
fn opener(options: &Options, exhibits: &'static [Exhibit]) -> Opener {
    let options = options.clone();
    Arc::new(move |wanted| {
        let exhibit = exhibits.iter().find(|exhibit| exhibit.id == wanted);
        let exhibit =
            exhibit.ok_or_else(|| phrase!("start-there-is-no-exhibit", name = wanted.name()))?;
        let opened =
            exhibits::open(exhibit, &options.of_another(&exhibit.options)).map_err(Phrase::from)?;
        let (stream, trainer) = connect();
        let pace = Some(opened.pace);
        hold_to(&stream, pace);
        // It ends soon after the hall has dropped its end of the stream.
        Session::start(opened.trainable, in_the_hall(opened.config), trainer)
            .map_err(|why| why.in_phrase())?;
        Ok(Opened { stream, pace })
    })
}
