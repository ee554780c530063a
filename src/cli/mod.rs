//! The command line, as plain data.

mod exhibits;
mod table;
mod values;

use std::{error::Error as _, ffi::OsString, path::PathBuf, str::FromStr};

use clap::{
    ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, ValueEnum,
    error::{ContextKind, ContextValue, ErrorKind},
};

pub use exhibits::{ExhibitOptions, Shared};
pub use table::{DecimalMark, TableOptions};
pub use values::{between, many, within};

use crate::sentence::shown;

/// What the visitor asks for.
#[derive(Clone, Debug, Parser, PartialEq)]
#[command(
    name = "perceptarium",
    version,
    about = "A hall in which you watch models learn, and browse what they learned",
    max_term_width = 100
)]
pub struct Options {
    /// The exhibit to visit
    #[arg(value_name = "EXHIBIT")]
    pub exhibit: Option<String>,

    /// Where to see it; auto takes the first that works
    #[arg(long, value_enum, default_value_t = Mode::Auto)]
    pub mode: Mode,

    /// What computes the training: flex or ndarray
    #[arg(long, value_name = "DEVICE", default_value = "flex")]
    pub device: String,

    /// Data of your own
    #[arg(long, value_name = "PATH")]
    pub data: Option<PathBuf>,

    /// Seed of the first weights and of the shuffling
    #[arg(long, value_name = "N", default_value_t = 42, value_parser = values::seed, allow_negative_numbers = true)]
    pub seed: u64,

    /// Passes over what is learned from
    #[arg(long, value_name = "N", value_parser = values::count, allow_negative_numbers = true)]
    pub epochs: Option<u32>,

    /// Examples per optimiser step
    #[arg(long, value_name = "N", value_parser = values::many, allow_negative_numbers = true)]
    pub batch: Option<usize>,

    /// Learning rate
    #[arg(long, value_name = "X", value_parser = values::learning_rate, allow_negative_numbers = true)]
    pub learning_rate: Option<f64>,

    /// Folds of the cross-validation
    #[arg(long, value_name = "N", value_parser = values::folds, allow_negative_numbers = true)]
    pub folds: Option<usize>,

    /// Threads that the training may use; as many as fit beside the picture when left out
    #[arg(long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// Print what happens on standard output, one JSON object a line
    #[arg(long)]
    pub json: bool,

    /// Write a PNG of the running hall and leave; needs no display
    #[arg(long, value_name = "FILE")]
    pub screenshot: Option<PathBuf>,

    /// The step at which the screenshot is taken
    #[arg(long, value_name = "N", value_parser = values::step, allow_negative_numbers = true)]
    pub at_step: Option<u32>,

    /// Memory for snapshots of the past, in MiB
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = values::history_mib, allow_negative_numbers = true)]
    pub history_mib: usize,

    /// Pixels of a side of an eye's picture, for one that the headset recommends
    #[arg(long, value_name = "X", default_value_t = 1.0, value_parser = values::render_scale, allow_negative_numbers = true)]
    pub render_scale: f32,

    /// What the window shows while the headset is worn
    #[arg(long, value_enum, default_value_t = Spectator::Follow)]
    pub spectator: Spectator,

    /// Pictures per second in the window while the headset is worn
    #[arg(long, value_name = "N", default_value_t = 30.0, value_parser = values::spectator_hz, allow_negative_numbers = true)]
    pub spectator_hz: f32,

    /// Leave out an OpenXR interaction profile, by its path; may be given several times
    #[arg(long, value_name = "PROFILE")]
    pub without_profile: Vec<String>,

    /// Size of the window and of the screenshot, in pixels
    #[arg(long, value_name = "WxH", default_value_t = Size { width: 1280, height: 720 })]
    pub size: Size,

    /// How a table of one's own is written.
    #[command(flatten)]
    pub table: TableOptions,

    /// What only the exhibit understands, for it to read.
    #[arg(skip)]
    pub own: ArgMatches,
}

impl Options {
    /// Memory for snapshots of the past, in bytes.
    pub const fn history_bytes(&self) -> usize {
        self.history_mib << 20
    }

    /// The same visit to another exhibit: with the data that ship with the program, and learning as it does by itself.
    pub fn of_another(&self, exhibit: &ExhibitOptions) -> Self {
        Self {
            exhibit: Some(exhibit.name.to_owned()),
            data: None,
            epochs: None,
            batch: None,
            learning_rate: None,
            table: TableOptions::default(),
            folds: None,
            own: exhibit.nothing_said(),
            ..self.clone()
        }
    }
}

/// Where a visit takes place.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Mode {
    /// The first of headset, window and terminal that works
    Auto,
    /// Around the visitor, through OpenXR
    Headset,
    /// On the screen
    Window,
    /// In words and progress bars
    Terminal,
}

/// What spectators see in the window.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Spectator {
    /// The hall as the visitor sees it, steadied
    Follow,
    /// The exhibit whole
    Exhibit,
    /// Wherever keys and mouse take them
    Free,
    /// Nothing but a line on how it goes
    Off,
}

/// The size of a picture in pixels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Size {
    /// Below this the hall's first view cannot be read.
    const SMALLEST: Self = Self { width: 320, height: 180 };
    /// The side of the largest texture that every Vulkan desktop driver offers.
    const LARGEST_SIDE: u32 = 8192;
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sides = text.split_once(['x', 'X', '×']);
        let size = sides.and_then(|(width, height)| {
            Some(Self { width: width.trim().parse().ok()?, height: height.trim().parse().ok()? })
        });
        let fits = |size: &Self| {
            (Self::SMALLEST.width..=Self::LARGEST_SIDE).contains(&size.width)
                && (Self::SMALLEST.height..=Self::LARGEST_SIDE).contains(&size.height)
        };
        size.filter(fits).ok_or_else(|| {
            format!(
                "give width and height in pixels, such as 1280x720, from {} to {side}x{side}",
                Self::SMALLEST,
                side = Self::LARGEST_SIDE,
            )
        })
    }
}

/// Why there are no options.
#[derive(Clone, Debug, PartialEq)]
pub enum NoOptions {
    /// Help or the version was asked for: the text to print.
    Told(String),
    /// Something cannot be understood or done: one sentence that says what and how to go on.
    Refused(String),
}

/// Reads the command line, the program's name first; the first of the exhibits is visited when none is named.
///
/// Gives the place of the exhibit among them, too.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    exhibits: &[ExhibitOptions],
) -> Result<(Options, usize), NoOptions> {
    let command = exhibits::told(Options::command(), exhibits);
    let mut matches = command.try_get_matches_from(arguments).map_err(no_options)?;
    let own = matches.clone();
    let mut options = Options::from_arg_matches_mut(&mut matches).map_err(no_options)?;
    options.own = own;
    let refused = |sentence: &str| Err(NoOptions::Refused(sentence.to_owned()));
    if options.table.header && options.table.no_header {
        return refused(
            "--header and --no-header say the opposite of each other: leave one of them out.",
        );
    }
    if options.at_step.is_some() && options.screenshot.is_none() {
        return refused("--at-step says when to take a picture: give --screenshot FILE too.");
    }
    if options.screenshot.is_some() && matches!(options.mode, Mode::Terminal | Mode::Headset) {
        return refused(
            "--screenshot takes a picture of the window's hall: leave --mode out or say --mode window.",
        );
    }
    let place = exhibits::chosen(&options, exhibits).map_err(NoOptions::Refused)?;
    Ok((options, place))
}

fn no_options(error: clap::Error) -> NoOptions {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => NoOptions::Told(error.to_string()),
        _ => NoOptions::Refused(sentence(&error)),
    }
}

/// Says in one sentence what clap says in a paragraph.
fn sentence(error: &clap::Error) -> String {
    let argument = text(error, ContextKind::InvalidArg);
    // An option carries its value's name, as in "--seed <N>".
    let option = argument.split(' ').next().unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue);
    let quoted = shown(&value);
    let advice = "see perceptarium --help";
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("{option} needs a value: {advice}.")
        }
        ErrorKind::InvalidValue => {
            let choices = text(error, ContextKind::ValidValue);
            format!("{option} cannot be {quoted}: choose one of {choices}.")
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map_or_else(|| advice.to_owned(), ToString::to_string);
            format!("{option} cannot be {quoted}: {why}.")
        }
        ErrorKind::UnknownArgument => {
            let similar = text(error, ContextKind::SuggestedArg);
            match similar.split(' ').next() {
                Some(similar) if !similar.is_empty() => {
                    format!("There is no option {}: did you mean {similar}?", shown(option))
                }
                _ => format!("{} is not understood: {advice}.", shown(&argument)),
            }
        }
        ErrorKind::ArgumentConflict => format!("{option} can be given only once."),
        _ => {
            let whole = error.to_string();
            let first = whole.lines().next().unwrap_or_default();
            format!("{}: {advice}.", first.trim_start_matches("error: "))
        }
    }
}

/// What clap knows about an error, in words.
fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(many)) => many.join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<(Options, usize), NoOptions> {
        let words = std::iter::once("perceptarium").chain(line.split_whitespace());
        parse(words.map(OsString::from), &known())
    }

    fn known() -> Vec<ExhibitOptions> {
        crate::exhibits::ALL.iter().map(|exhibit| exhibit.options).collect()
    }

    #[test]
    fn nothing_given_is_the_digits_as_in_the_readme() {
        let (options, place) = read("").unwrap();
        assert_eq!((known()[place].name, options.exhibit), ("digits", None));
        assert_eq!(options.mode, Mode::Auto);
        assert_eq!(options.device, "flex");
        assert_eq!((options.seed, options.epochs, options.batch), (42, None, None));
        assert_eq!((options.learning_rate, options.folds), (None, None));
        assert_eq!((options.data, options.threads, options.at_step), (None, None, None));
        assert_eq!(options.history_mib << 20, 268_435_456);
        assert_eq!(options.size, Size { width: 1280, height: 720 });
    }

    #[test]
    fn everything_given_is_understood() {
        let (options, place) = read(
            "digits --mode window --device ndarray --data here --seed 7 --epochs 3 --batch 16 \
             --learning-rate 2e-3 --threads 2 --json --screenshot a.png --at-step 500 \
             --history-mib 64 --size 1920x1080",
        )
        .unwrap();
        assert_eq!((place, options.mode), (0, Mode::Window));
        assert_eq!(options.data, Some(PathBuf::from("here")));
        assert_eq!((options.seed, options.epochs, options.batch), (7, Some(3), Some(16)));
        assert_eq!(options.learning_rate, Some(0.002));
        assert_eq!(options.threads, Some(2));
        assert!(options.json);
        assert_eq!(options.screenshot, Some(PathBuf::from("a.png")));
        assert_eq!(options.at_step, Some(500));
        assert_eq!(options.history_bytes(), 64 << 20);
        assert_eq!(options.size, Size { width: 1920, height: 1080 });
    }

    #[test]
    fn what_an_exhibit_does_not_take_is_refused() {
        let rows = [
            (
                "recommended",
                "There is no exhibit “recommended”: choose digits, recommender, descent, logistic.",
            ),
            (
                "digits --steps 3",
                "--steps is for the descent, but the exhibit is digits: say perceptarium descent --steps ….",
            ),
            (
                "digits --folds 3",
                "--folds is for the recommender and logistic, but the exhibit is digits: leave it out.",
            ),
            (
                "logistic --header",
                "--header says how a table of your own is written: name one with --data, for recommender, descent or logistic.",
            ),
            (
                "digits --header --data here",
                "--header says how a table of your own is written: name one with --data, for recommender, descent or logistic.",
            ),
            (
                "descent --epochs 3",
                "--epochs is for what is learned again and again, but a descent is counted in steps: say --steps.",
            ),
            (
                "recommender --batch 3",
                "--batch is for what learns in batches, but the recommender learns one rating at a time: leave it out.",
            ),
        ];
        for (line, sentence) in rows {
            assert_eq!(read(line), Err(NoOptions::Refused(sentence.to_owned())), "{line}");
        }
    }

    #[test]
    fn another_exhibit_is_visited_with_nothing_of_the_first() {
        let (options, place) =
            read("descent --steps 9 --seed 3 --learning-rate 0.1 --data here").unwrap();
        let known = known();
        let other = options.of_another(&known[place]);
        assert_eq!((other.seed, other.learning_rate, other.data), (3, None, None));
        assert_eq!(other.own.get_one::<u64>("steps"), None);
        assert_eq!(options.own.get_one::<u64>("steps"), Some(&9));
    }

    #[test]
    fn what_cannot_be_done_is_said_in_one_sentence() {
        let rows = [
            (
                "--learning-rate 0",
                "--learning-rate cannot be “0”: give a number from 1e-30 to 1e30, such as 0.001.",
            ),
            (
                "--learning-rate -1",
                "--learning-rate cannot be “-1”: give a number from 1e-30 to 1e30, such as 0.001.",
            ),
            (
                "--learning-rate inf",
                "--learning-rate cannot be “inf”: give a number from 1e-30 to 1e30, such as 0.001.",
            ),
            (
                "--learning-rate NaN",
                "--learning-rate cannot be “NaN”: give a number from 1e-30 to 1e30, such as 0.001.",
            ),
            ("--batch 0", "--batch cannot be “0”: give a whole number from 1 to 4294967295."),
            ("--epochs 0", "--epochs cannot be “0”: give a whole number from 1 to 4294967295."),
            ("--epochs ten", "--epochs cannot be “ten”: give a whole number from 1 to 4294967295."),
            ("--threads 0", "--threads cannot be “0”: give a whole number from 1 to 1024."),
            (
                "--seed -3",
                "--seed cannot be “-3”: give a whole number from 0 to 18446744073709551615.",
            ),
            (
                "--mode cinema",
                "--mode cannot be “cinema”: choose one of auto, headset, window, terminal.",
            ),
            ("--folds 1", "--folds cannot be “1”: give a whole number from 2 to 100."),
            (
                "--scale 5..1",
                "--scale cannot be “5..1”: give the fewest and the most stars, such as 0.5..5, from -1000000 to 1000000.",
            ),
            (
                "--problem hill",
                "--problem cannot be “hill”: choose one of line, tumour, rosenbrock, saddle.",
            ),
            (
                "--runners adam,eve",
                "--runners cannot be “eve”: choose one of gradient-descent, stochastic, momentum, rmsprop, adam.",
            ),
            (
                "--start -1.2",
                "--start cannot be “-1.2”: give two numbers from -1e30 to 1e30 with a comma between them, such as 10,-4.",
            ),
            ("--steps 0", "--steps cannot be “0”: give a whole number from 1 to 1000000."),
            ("--c 0", "--c cannot be “0”: give a number from 1e-10 to 1e10, such as 1."),
            (
                "--drop-correlated 2",
                "--drop-correlated cannot be “2”: give a number from 0 to 1, such as 0.95.",
            ),
            (
                "--split half",
                "--split cannot be “half”: choose one of shuffled, stratified, sklearn42.",
            ),
            (
                "--epochs 99999999999",
                "--epochs cannot be “99999999999”: give a whole number from 1 to 4294967295.",
            ),
            ("--steps 1e30", "--steps cannot be “1e30”: give a whole number from 1 to 1000000."),
            (
                "--start 1e308,-1e308",
                "--start cannot be “1e308,-1e308”: give two numbers from -1e30 to 1e30 with a comma between them, such as 10,-4.",
            ),
            (
                "--learning-rate 1e308",
                "--learning-rate cannot be “1e308”: give a number from 1e-30 to 1e30, such as 0.001.",
            ),
            ("--c 1e-400", "--c cannot be “1e-400”: give a number from 1e-10 to 1e10, such as 1."),
            (
                "--regularisation 1e9",
                "--regularisation cannot be “1e9”: give a number from 0 to 100, such as 0.02.",
            ),
            (
                "--init-std -1",
                "--init-std cannot be “-1”: give a number from 0 to 10, such as 0.1.",
            ),
            ("--factors 1001", "--factors cannot be “1001”: give a whole number from 1 to 1000."),
            (
                "--top 99999999999",
                "--top cannot be “99999999999”: give a whole number from 1 to 4294967295.",
            ),
            ("--features 0", "--features cannot be “0”: give a whole number from 1 to 4294967295."),
            (
                "--at-step 1.5",
                "--at-step cannot be “1.5”: give a whole number of steps from 0 to 4294967295.",
            ),
            (
                "--render-scale 5",
                "--render-scale cannot be “5”: give a number from 0.25 to 4, such as 1.2.",
            ),
            (
                "--spectator-hz 1e9",
                "--spectator-hz cannot be “1e9”: give a number from 1 to 240, such as 30.",
            ),
            ("--mode", "--mode needs a value: see perceptarium --help."),
            (
                "--size 10x10",
                "--size cannot be “10x10”: give width and height in pixels, such as 1280x720, from 320x180 to 8192x8192.",
            ),
            (
                "--size big",
                "--size cannot be “big”: give width and height in pixels, such as 1280x720, from 320x180 to 8192x8192.",
            ),
            (
                "--history-mib 0",
                "--history-mib cannot be “0”: give a whole number of MiB from 1 to 1048576.",
            ),
            ("--sed 3", "There is no option “--sed”: did you mean --seed?"),
            ("digits digits", "“digits” is not understood: see perceptarium --help."),
            ("--seed 1 --seed 2", "--seed can be given only once."),
            (
                "--header --no-header",
                "--header and --no-header say the opposite of each other: leave one of them out.",
            ),
            ("--at-step 3", "--at-step says when to take a picture: give --screenshot FILE too."),
            (
                "--screenshot a.png --mode terminal",
                "--screenshot takes a picture of the window's hall: leave --mode out or say --mode window.",
            ),
        ];
        for (line, sentence) in rows {
            assert_eq!(read(line), Err(NoOptions::Refused(sentence.to_owned())), "{line}");
        }
    }

    #[test]
    fn whatever_is_typed_is_quoted_on_one_short_line() {
        let long = "9".repeat(5000);
        let rows = [
            ["--epochs", "1\n2", "--epochs cannot be “1\\n2”: give"],
            ["--mode", "a\u{202e}b\nc", "--mode cannot be “a\\u{202e}b\\nc”: choose"],
            ["--epochs", &long, "9…”: give a whole number"],
            ["--ep\nochs", "1", "There is no option “--ep\\nochs”: did you mean --epochs?"],
            ["digits", "a\nb", "“a\\nb” is not understood"],
        ];
        for [option, value, words] in rows {
            let arguments = ["perceptarium", option, value].map(OsString::from);
            let Err(NoOptions::Refused(sentence)) = parse(arguments, &known()) else {
                panic!("{option} {value} is taken");
            };
            assert!(sentence.contains(words), "{sentence}");
            assert!(!sentence.contains('\n') && sentence.chars().count() < 200, "{sentence}");
        }
    }

    #[test]
    fn help_and_version_are_no_trouble() {
        for line in ["--help", "--version"] {
            assert!(matches!(read(line), Err(NoOptions::Told(_))), "{line}");
        }
        let Err(NoOptions::Told(help)) = read("--help") else { panic!("no help") };
        assert!(help.starts_with("A hall in which you watch models learn"), "{help}");
    }
}
