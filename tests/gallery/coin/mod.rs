//! An exhibit that the program does not know: how likely a coin shows heads, learned flip by flip.
//!
//! docs/ARCHITECTURE.md walks through these three files to tell how an exhibit is added.

mod trainable;
mod view;

use bevy::{mesh::Meshable as _, prelude::*};
use clap::{Arg, Command, value_parser};
use erased_serde::Serialize;
use perceptarium::{
    cli::{ExhibitOptions, Shared},
    exhibits::{Exhibit, ExhibitRequest, Opened, refused},
    learning::TrainingConfig,
    narrator::{Narrator, Plain, TableRow},
    program_error::ProgramError,
    stream::{Content, Example, ExhibitId, Finished, Payload, PayloadKind, Report, Started},
    words::Word,
    world::{
        stage::{Plinth, emblem::Body},
        ui::palette,
    },
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

pub(crate) const COIN_ID: ExhibitId = ExhibitId::new("coin");

/// The line that adds it.
pub(crate) const COIN: Exhibit = Exhibit {
    id: COIN_ID,
    title: Word::plain("A coin is found out"),
    options: ExhibitOptions {
        name: COIN_ID.name(),
        called: Word::plain("the coin"),
        shared: &[
            Shared::Takes("epochs", Word::plain("1")),
            Shared::Takes("learning-rate", Word::plain("0.05")),
        ],
        own: options,
    },
    open,
    payloads: &[
        PayloadKind::of::<Flips>(),
        PayloadKind::of::<After>(),
        PayloadKind::of::<Chance>(),
    ],
    narrator: || Box::<CoinNarrator>::default(),
    headline: |verdict| {
        verdict.get::<Chance>().map_or_else(String::new, |chance| format!("heads {:.3}", chance.0))
    },
    plinth: Plinth {
        title: Word::plain("Coin"),
        promise: Word::plain("How fair it is shows, flip by flip"),
        buttons: ["visit-coin", "rest-coin"],
        emblem,
    },
    tells_stages: false,
    looks_inside: false,
    plugin: view::plugin,
};

const EXAMPLE: Example = Example { one: "flip", many: "flips" };

/// What was flipped, in order: whether it was heads.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Flips(pub(crate) Vec<bool>);

impl Content for Flips {
    const KIND: &'static str = "coin.flips";

    fn bytes(&self) -> usize {
        self.0.len()
    }
}

/// Asks what the chance would be after so many more heads.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct After(pub(crate) u32);

impl Content for After {
    const KIND: &'static str = "coin.after";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// The chance of heads, 0..=1.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Chance(pub(crate) f64);

impl Content for Chance {
    const KIND: &'static str = "coin.chance";
}

fn options(command: Command) -> Command {
    command
        .next_help_heading("Options of the coin")
        .arg(
            Arg::new("bias")
                .long("bias")
                .value_name("P")
                .help("How likely it shows heads")
                .value_parser(value_parser!(f64)),
        )
        .arg(
            Arg::new("flips")
                .long("flips")
                .value_name("N")
                .help("How often it is flipped")
                .value_parser(value_parser!(u32).range(1..=1_000_000)),
        )
}

fn open(asked: &ExhibitRequest<'_>) -> Result<Opened, ProgramError> {
    let own = &asked.options.own;
    let bias = own.get_one::<f64>("bias").copied().unwrap_or(0.7);
    if !(0.0..=1.0).contains(&bias) {
        return Err(refused(format!("--bias is {bias}, but a chance lies from 0 to 1.")));
    }
    let flips = own.get_one::<u32>("flips").copied().unwrap_or(400);
    let config = asked.config(TrainingConfig {
        epochs: 1,
        learning_rate: 0.05,
        ..TrainingConfig::default()
    })?;
    let mut generator = ChaCha8Rng::seed_from_u64(config.seed);
    let flips: Vec<bool> = (0..flips).map(|_| generator.random_bool(bias)).collect();
    Ok(Opened::new(Box::new(move |_| Ok(Box::new(trainable::Coin::new(flips)))), config, 50.0))
}

/// What is said of it; all else is said of every exhibit.
#[derive(Default)]
struct CoinNarrator(Plain);

#[derive(serde::Serialize)]
struct Verdict {
    heads: f64,
}

impl Narrator for CoinNarrator {
    fn hear(&mut self, report: &Report) {
        self.0.hear(report);
    }

    fn started(&self) -> Option<&Started> {
        self.0.started()
    }

    fn material(&self, content: &Payload) -> String {
        let flips = content.get::<Flips>().map_or(0, |flips| flips.0.len());
        format!("a coin, flipped {flips} times")
    }

    fn found(&mut self, found: &Payload) -> Vec<TableRow> {
        let chance = found.get::<Chance>().map(|chance| format!("  heads {:.3}", chance.0));
        chance.map(TableRow::alone).into_iter().collect()
    }

    fn finished(&self, report: &Finished) -> String {
        let chance = report.verdict.get::<Chance>();
        chance.map_or_else(String::new, |chance| format!(", heads {:.3}", chance.0))
    }

    fn verdict_as_json<'a>(&'a self, verdict: &'a Payload) -> Box<dyn Serialize + 'a> {
        Box::new(verdict.get::<Chance>().map(|chance| Verdict { heads: chance.0 }))
    }
}

/// A coin on its edge.
fn emblem() -> Vec<Body> {
    vec![Body {
        mesh: Cylinder::new(0.16, 0.02).mesh().resolution(48).build(),
        colour: palette::TEST,
        places: vec![Transform::from_rotation(Quat::from_euler(
            EulerRot::XYZ,
            std::f32::consts::FRAC_PI_2,
            0.0,
            0.6,
        ))],
    }]
}
