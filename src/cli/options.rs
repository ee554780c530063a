//! What can be said on the command line, to any exhibit.

use std::{net::SocketAddr, path::PathBuf};

use clap::{ArgMatches, Parser, ValueEnum};

use super::{size::Size, table::TableOptions, values};
use crate::words::Language;

/// The port that a training of another program looks at by itself.
const DEFAULT_PORT: u16 = 7345;

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

    /// What computes the training: flex or ndarray, or wgpu or cuda where the program was built with the feature of that name
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

    /// Change the weights of a unit by hand after so many steps, by times a factor (scale), an amount added (add), a bound (clamp), another bias, or what a class makes of it (class7=0); may be given again
    #[arg(long, value_name = "STEP:UNIT:CHANGE")]
    pub edit: Vec<String>,

    /// Folds of the cross-validation
    #[arg(long, value_name = "N", value_parser = values::folds, allow_negative_numbers = true)]
    pub folds: Option<usize>,

    /// Tell in the terminal, once it has learned, why it answers as it does: which pixels speak for it by seven methods, whether they add up, and whether the network obeys them
    #[arg(long, value_name = "INDEX", value_parser = values::index, allow_negative_numbers = true)]
    pub why: Option<usize>,

    /// Tell in the terminal, once it has learned, what it withstands: attacks on a test image beside chance, accuracy against their strength, the smallest change that flips the answer, and whether it is as often right as it is sure
    #[arg(long, value_name = "INDEX", value_parser = values::index, allow_negative_numbers = true)]
    pub robust: Option<usize>,

    /// Tell in the terminal, once it has learned, what the units of a layer know: the images on which each is strongest, what is lost without it, and what it is worth among all; “last” stands for the last layer of maps
    #[arg(long, value_name = "LAYER")]
    pub units: Option<String>,

    /// Tell in the terminal, once it has learned, where a layer puts all images: what share of the differences each of its principal components holds, and what can be trusted of them and of a layout by neighbours; “logits” stands for what the network says at last
    #[arg(long, value_name = "LAYER")]
    pub points: Option<String>,

    /// Tell in the terminal, once it has learned, which training images taught it what it says to a test image, step by step, and what it says when it is really trained again without the twelve that helped most
    #[arg(long, value_name = "INDEX", value_parser = values::index, allow_negative_numbers = true)]
    pub taught: Option<usize>,

    /// Tell in the terminal, once it has learned, what would have become of it with something changed after so many steps: another rate (rate=x0.5 or rate=0.0005), another order of what follows (seed=7), an edit as --edit has it, units that stay silent (silence=3,4), several joined by +, or nothing (none); it is really taken again, beside the run; up to eight
    #[arg(long, value_name = "STEP:CHANGE")]
    pub branch: Vec<String>,

    /// Tell in the terminal, once it has learned, how its training is: what is wrong with it, its cause and a remedy, the numbers of each layer, where the time goes, why it is not more accurate, and how to take it along
    #[arg(long)]
    pub health: bool,

    /// Tell in the terminal, once it has learned, how the loss lies around the way that its weights came: over the plane along which they moved most, each kept state at its own loss beside what the plane says in its place
    #[arg(long)]
    pub landscape: bool,

    /// Look inside: the hall opens with the board of it, the terminal tells, once it has learned, all that there is to be told, for the answer to the first test image that is misread
    #[arg(long)]
    pub inside: bool,

    /// Lay a recorded run over the one that goes on, on the board that looks inside, with what differs between them; several times for several, up to seven runs
    #[arg(long, value_name = "FILE")]
    pub beside: Vec<PathBuf>,

    /// Keep the run in this file while it goes on, for “perceptarium replay FILE” and for other programs: MCAP, with every report and as many pictures as fit
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,

    /// Megabytes a minute that a recording may take: as many pictures are kept as fit in beside the rest
    #[arg(long, value_name = "N", default_value_t = 20.0, value_parser = values::record_mb, allow_negative_numbers = true)]
    pub record_mb: f64,

    /// Threads that the training may use; as many as fit beside the picture when left out
    #[arg(long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// The language of all words, en or zh-CN; the system's when left out
    #[arg(long, value_name = "LANGUAGE", value_parser = values::language)]
    pub lang: Option<Language>,

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

    /// Whether the hall opens with a few seconds in which its light and the network rise; any key, button or trigger ends it
    #[arg(long, value_enum, default_value_t = Opens::Auto)]
    pub opening: Opens,

    /// Whether the hall shows a stranger one thing to do at a time, beside the mouse or the hand
    #[arg(long, value_enum, default_value_t = Guides::Auto)]
    pub guide: Guides,

    /// The hall shows itself, as on an open day: it goes from exhibit to exhibit, is yours when you touch anything, and goes on a minute after
    #[arg(long)]
    pub demo: bool,

    /// Nothing glides through the hall: what comes is where it belongs at once
    #[arg(long)]
    pub less_motion: bool,

    /// Whether a press, the end of an epoch and trouble are heard, and told in words; a button and F5 change it
    #[arg(long, value_enum, default_value_t = Switched::Off)]
    pub sound: Switched,

    /// Whether what is heard is told in words without sound, too
    #[arg(long, value_enum, default_value_t = Switched::Off)]
    pub captions: Switched,

    /// Letters of what is pointed at, in percent of their size in the hall, from 100 to 200: above 100 it is read out once more on a plate of its own
    #[arg(long, value_name = "PERCENT", default_value_t = 100, value_parser = values::text_percent, allow_negative_numbers = true)]
    pub text_size: u16,

    /// Colours of words, boards and the hall: usual ones, or white on black with bright frames
    #[arg(long, value_enum, default_value_t = Contrast::Usual)]
    pub contrast: Contrast,

    /// Press whatever an aim rests on for so many seconds, from 0.6 to 3, for those who have no button
    #[arg(long, value_name = "SECONDS", value_parser = values::dwell, allow_negative_numbers = true)]
    pub dwell: Option<f32>,

    /// Size of the window and of the screenshot, in pixels
    #[arg(long, value_name = "WxH", default_value_t = Size { width: 1280, height: 720 })]
    pub size: Size,

    /// With attach: the port on this machine that a training of another program comes to
    #[arg(long, value_name = "N", default_value_t = DEFAULT_PORT, value_parser = values::port, allow_negative_numbers = true)]
    pub port: u16,

    /// With attach, serve and --connect: what whoever connects must name, 32 hexadecimal digits; made anew when left out
    #[arg(long, value_name = "HEX", value_parser = values::token)]
    pub token: Option<String>,

    /// With serve: the address of this machine, and the port, at which the training can be watched and asked; who comes from elsewhere must be able to reach it
    #[arg(long, value_name = "ADDRESS", default_value_t = values::SERVED_AT, value_parser = values::listen)]
    pub listen: SocketAddr,

    /// Watch a training that “perceptarium serve” does elsewhere, at this address and port, instead of one here
    #[arg(long, value_name = "HOST:PORT", value_parser = values::host_and_port)]
    pub connect: Option<String>,

    /// How a table of one's own is written.
    #[command(flatten)]
    pub table: TableOptions,

    /// Whether the hall waits for a training of another program.
    #[arg(skip)]
    pub attach: bool,

    /// Whether the training is a service.
    #[arg(skip)]
    pub serve: bool,

    /// What only the exhibit understands, for it to read.
    #[arg(skip)]
    pub own: ArgMatches,
}

impl Options {
    /// Whether the hall opens with its opening.
    pub const fn plays_opening(&self) -> bool {
        match self.opening {
            Opens::Auto => !self.json && !self.less_motion && self.screenshot.is_none(),
            Opens::Always => self.screenshot.is_none(),
            Opens::Never => false,
        }
    }

    /// Whether the hall shows a stranger what to do; while it shows itself there is nobody to show it to.
    pub const fn guides(&self) -> bool {
        match self.guide {
            Guides::Auto => !self.json && !self.demo && self.screenshot.is_none(),
            Guides::On => !self.demo,
            Guides::Off => false,
        }
    }

    /// Memory for snapshots of the past, in bytes.
    pub const fn history_bytes(&self) -> usize {
        self.history_mib << 20
    }
}

/// Whether the hall opens with an opening.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Opens {
    /// Where a visitor starts it: not with --json, --screenshot or --less-motion
    Auto,
    /// In any case but for a screenshot
    Always,
    /// Never: the hall is there at once
    Never,
}

/// What is there or not.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Switched {
    On,
    Off,
}

impl Switched {
    /// Whether it is there.
    pub const fn is_on(self) -> bool {
        matches!(self, Self::On)
    }
}

/// Whether the hall shows a stranger what to do.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Guides {
    /// Where a visitor starts it: not with --json, --screenshot or --demo
    Auto,
    /// In any case but with --demo
    On,
    /// Never
    Off,
}

/// How far words stand out from their ground.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Contrast {
    /// Light on dark blue
    Usual,
    /// White on black, with bright frames
    High,
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
