//! The program from its command line to its exit code: data, training, and the hall or the terminal.

use std::{
    collections::HashSet,
    ffi::OsString,
    fs::OpenOptions,
    io::{Write as _, stdout},
    path::Path,
    process::ExitCode,
    slice,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    app::{self, HallFault, HeadsetPlan, NoHeadset},
    asset_path, check,
    cli::{self, Mode, NoOptions, Options, Spectator},
    display_server::{self, Display},
    events::EventWriter,
    exhibits::{self, Afterwards, Exhibit, refused},
    learning::{Session, TrainableMaker, TrainingConfig},
    program_error::ProgramError,
    sentence::{shown_path, visible},
    stderr,
    stream::{Command, Report, ViewerEnd, connect},
    terminal,
    world::{
        exhibit_sessions::{Opened, Opener},
        hall_events::HallEvent,
        screenshot::ScreenshotOrder,
        spectator::{SpectatorMode, SpectatorPlan},
    },
};
use tracing_subscriber::EnvFilter;

/// Snapshots per second until the hall is open and asks for what it can draw; more would be made for nobody.
const UNTIL_THE_HALL_ASKS: f32 = 2.0;

/// Runs the program with these exhibits; the first is visited when none is named.
///
/// What goes wrong is one sentence on standard error, with exit code 2 where it cannot be done as asked and 1 where a
/// training ended early.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    exhibits: &'static [Exhibit],
) -> ExitCode {
    let known: Vec<_> = exhibits.iter().map(|exhibit| exhibit.options).collect();
    let arguments: Vec<_> = arguments.into_iter().collect();
    let done = match cli::check(&arguments) {
        Some(options) => options.map(|options| check::run(&options)),
        None => {
            cli::parse(arguments, &known).map(|(options, place)| visit(options, exhibits, place))
        }
    };
    let ending = match done {
        Ok(ending) => ending,
        Err(NoOptions::Told(text)) => {
            // Whoever asked may have left already, as after `| head -1`.
            stdout().write_all(text.as_bytes()).ok();
            Ok(())
        }
        Err(NoOptions::Refused(sentence)) => Err(ProgramError::Asked(sentence)),
    };
    match ending {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            say(&trouble.to_string());
            ExitCode::from(trouble.exit_code())
        }
    }
}

fn visit(options: Options, exhibits: &'static [Exhibit], place: usize) -> Result<(), ProgramError> {
    let Some(exhibit) = exhibits.get(place) else {
        return Err(ProgramError::Asked("There is no exhibit to visit.".to_owned()));
    };
    if let Some(file) = &options.screenshot {
        check_writable(file)?;
    }
    let display = find_display(&options);
    // Bad data are told before anything opens.
    let exhibits::Opened { trainable, config, pace, arrive, afterwards, only_in_words } =
        exhibits::open(exhibit, &options)?;

    let hush = stderr::hush();
    let (headset, windowed) = match choose_place(&options, display.as_ref())? {
        Venue::Headset { headset, windowed } => (Some(*headset), windowed),
        Venue::Window => (None, true),
        Venue::Terminal => {
            drop(hush);
            return attend(&options, exhibit, (trainable, config), afterwards);
        }
    };
    if let Some(why) = only_in_words {
        return Err(ProgramError::Asked(why.to_owned()));
    }
    let (room, trainer) = connect();
    let events = event_writer(&options, exhibit, exhibits);
    let mut remarked = HashSet::new();
    let visit = app::Visit {
        stream: room,
        exhibit: exhibit.id,
        exhibits,
        arrive,
        assets: asset_path::assets()?,
        shaders: asset_path::shaders()?,
        size_px: (options.size.width, options.size.height),
        // A picture is wanted soon, a visit is to be followed.
        pace: options.screenshot.is_none().then_some(pace),
        history_bytes: options.history_bytes(),
        picture: options
            .screenshot
            .clone()
            .map(|file| ScreenshotOrder { file, at_step: options.at_step.map(u64::from) }),
        headset,
        spectator: spectator(&options),
        windowed,
        opener: Some(opener(&options, exhibits)),
        listener: Box::new(move |event| {
            say_remarks(&event, &mut remarked);
            tell(&events, event);
        }),
    };
    hold_to(&visit.stream, visit.pace);
    // Whoever takes a picture of a step counts from the first, so none may be taken before.
    if visit.picture.is_some() {
        visit.stream.ask(Command::Pause);
    }

    // A hall that does not open leaves the trainable to whatever is tried next.
    let waiting = Arc::new(Mutex::new(Some((trainable, config, trainer))));
    let take = {
        let waiting = Arc::clone(&waiting);
        move || waiting.lock().unwrap_or_else(PoisonError::into_inner).take()
    };
    let begin = {
        let take = take.clone();
        move || {
            take().map_or(Ok(()), |(trainable, config, trainer)| {
                let started = Session::start(trainable, in_the_hall(config), trainer);
                started.map(drop).map_err(|why| why.to_string())
            })
        }
    };
    let fault = match app::run(visit, hush, Box::new(begin)) {
        Ok(()) => return Ok(()),
        Err(fault) => fault,
    };
    match (fault, take()) {
        (HallFault::NoWindow, Some((trainable, config, _)))
            if options.mode == Mode::Auto && options.screenshot.is_none() =>
        {
            let why = format!("no window can open: {}", HallFault::NoWindow);
            if display == Ok(Display::Wayland) && display_server::x11_answers() {
                say(&format!("X11 is tried, as on Wayland {why}."));
                display_server::restart_on_x11();
            }
            say(&format!("The training is told in the terminal, as {why}."));
            attend(&options, exhibit, (trainable, config), afterwards)
        }
        (HallFault::NoWindow, _) => Err(ProgramError::Asked(format!(
            "No window can open here, as {}: mend that, or use --mode terminal.",
            HallFault::NoWindow
        ))),
        (fault, _) => Err(refused(fault)),
    }
}

/// The training in words and progress bars, and what is asked of it when it is over.
fn attend(
    options: &Options,
    exhibit: &Exhibit,
    (trainable, config): (TrainableMaker, TrainingConfig),
    afterwards: Option<Afterwards>,
) -> Result<(), ProgramError> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr::ours);
    // A hall that did not open has left its own log.
    log.try_init().ok();
    let (room, trainer) = connect();
    let events = event_writer(options, exhibit, slice::from_ref(exhibit));
    let config = TrainingConfig { snapshots_per_second: 0.0, ..config };
    let session = Session::start(trainable, config, trainer).map_err(refused)?;
    terminal::attend(&room, &events, (exhibit.narrator)(), || !session.is_over())?;
    afterwards.map_or(Ok(()), |afterwards| afterwards(&room, &events, options.json))
}

/// Where events go, if they are asked for.
fn event_writer(options: &Options, exhibit: &Exhibit, exhibits: &[Exhibit]) -> EventWriter {
    if options.json {
        EventWriter::to_stdout(exhibit.id, exhibits::narrators(exhibits))
    } else {
        EventWriter::silent()
    }
}

/// The window system that a window would open on, and if none answers why not.
fn find_display(options: &Options) -> Result<Display, String> {
    // A picture needs something to draw with, but nobody to show it to.
    if options.mode == Mode::Terminal || options.screenshot.is_some() {
        return Ok(Display::Native);
    }
    let hush = stderr::hush();
    let found = display_server::find();
    drop(hush);
    let found = found?;
    let Some(why) = found.instead else {
        return Ok(found.display);
    };
    say(&format!("A window opens on X11, as {why}."));
    let error = display_server::restart_on_x11();
    Err(format!("{why}, and the program cannot be started again for X11 ({error})"))
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
        let exhibit = exhibit.ok_or_else(|| format!("there is no exhibit {}", wanted.name()))?;
        let opened = exhibits::open(exhibit, &options.of_another(&exhibit.options))
            .map_err(|why| why.to_string())?;
        let (stream, trainer) = connect();
        let pace = Some(opened.pace);
        hold_to(&stream, pace);
        // It ends soon after the hall has dropped its end of the stream.
        Session::start(opened.trainable, in_the_hall(opened.config), trainer)
            .map_err(|why| why.to_string())?;
        Ok(Opened { stream, pace })
    })
}

/// Says what is odd about the data, each time something new is; boards have room for the first remark alone.
fn say_remarks(event: &HallEvent<'_>, remarked: &mut HashSet<String>) {
    if let HallEvent::Report(Report::Material(material)) = event {
        for remark in &material.remarks {
            if remarked.insert(remark.clone()) {
                say(remark);
            }
        }
    }
}

/// Passes on to other programs what happens in the hall.
fn tell(events: &EventWriter, event: HallEvent<'_>) {
    match event {
        HallEvent::Report(report) => events.report(report),
        HallEvent::Own(event) => events.tell(event),
        event => {
            events.tell(&event);
            if let HallEvent::Visited { exhibit } = event {
                events.turn_to(exhibit);
            }
        }
    }
}

/// Where the visit takes place.
enum Venue {
    /// In a headset, or in a window from which one may be entered later.
    Headset {
        headset: Box<app::Headset>,
        windowed: bool,
    },
    Window,
    Terminal,
}

/// Takes the first place that works, and says which and why if that was left to the program.
fn choose_place(
    options: &Options,
    display: Result<&Display, &String>,
) -> Result<Venue, ProgramError> {
    let auto = options.mode == Mode::Auto;
    let picture = options.screenshot.is_some();
    if options.mode == Mode::Terminal {
        return Ok(Venue::Terminal);
    }
    let headset = match options.mode {
        Mode::Headset => app::Headset::find(headset_plan(options)).map(Some),
        Mode::Auto if !picture => app::Headset::find(headset_plan(options)).map(Some),
        _ => Ok(None),
    };
    let no_headset = match headset {
        Ok(Some(headset)) => {
            say(&format!("The hall opens in the headset, {}.", headset.name()));
            let headset = Box::new(headset);
            return Ok(Venue::Headset { headset, windowed: display.is_ok() });
        }
        Ok(None) => None,
        Err(why) if options.mode == Mode::Headset => {
            return Err(ProgramError::Asked(format!(
                "--mode headset finds none to enter, as {why}: mend that, or use --mode window."
            )));
        }
        Err(why) => Some(why),
    };
    let later = no_headset.as_ref().is_some_and(NoHeadset::may_change);
    let no_headset = no_headset.map(|why| format!("no headset can be entered: {why}"));
    let drawable = display
        .map_err(String::as_str)
        .and_then(|_| app::a_device_answers().then_some(()).ok_or("no graphics driver answers"));
    match (drawable, no_headset) {
        (Ok(()), Some(no_headset)) => {
            say(&format!("The hall opens in a window, as {no_headset}."));
            let headset = later.then(|| app::Headset::later(headset_plan(options))).flatten();
            Ok(headset.map_or(Venue::Window, |headset| Venue::Headset {
                headset: Box::new(headset),
                windowed: true,
            }))
        }
        (Ok(()), None) => Ok(Venue::Window),
        (Err(why), _) if auto && !picture => {
            say(&format!("The training is told in the terminal, as no window can open: {why}."));
            Ok(Venue::Terminal)
        }
        (Err(why), _) if picture => Err(ProgramError::Asked(format!(
            "No picture can be drawn here, as {why}: install one, such as mesa-vulkan-drivers on Debian or Ubuntu."
        ))),
        (Err(why), _) => Err(ProgramError::Asked(format!(
            "No window can open here, as {why}: start it from a graphical session, or use --mode terminal."
        ))),
    }
}

fn spectator(options: &Options) -> SpectatorPlan {
    let mode = match options.spectator {
        Spectator::Follow => SpectatorMode::Follow,
        Spectator::Exhibit => SpectatorMode::Exhibit,
        Spectator::Free => SpectatorMode::Free,
        Spectator::Off => SpectatorMode::Off,
    };
    SpectatorPlan { mode, hz: options.spectator_hz }
}

fn headset_plan(options: &Options) -> HeadsetPlan {
    HeadsetPlan {
        enter_at_once: true,
        render_scale: options.render_scale,
        without_profiles: options.without_profile.clone(),
    }
}

/// Finds out before the training that a picture could not be written after it.
fn check_writable(file: &Path) -> Result<(), ProgramError> {
    let existed = file.exists();
    let opened = OpenOptions::new().create(true).append(true).open(file);
    if opened.is_ok() && !existed {
        // It was only a question; the picture makes the file itself.
        std::fs::remove_file(file).ok();
    }
    opened.map(drop).map_err(|error| {
        ProgramError::Asked(format!(
            "The screenshot cannot be written to {} ({error}): give --screenshot a file in a folder you may write to.",
            shown_path(file),
        ))
    })
}

/// One line on standard error; where nobody can read it any more, nothing is lost.
fn say(sentence: &str) {
    writeln!(stderr::ours(), "perceptarium: {}", visible(sentence)).ok();
}
