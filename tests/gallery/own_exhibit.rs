//! An exhibit is one value: one that only these tests know is seen in the hall, in the terminal and in JSON, and no file
//! of the program had to be touched for it.

use std::{
    env,
    ffi::OsString,
    process::{Command, ExitCode, Output},
    time::Duration,
};

use perceptarium::{
    exhibits::{self, Exhibit},
    program,
    stream::{Payload, Report, RunState},
    world::link::ShownSnapshot,
};
use serde_json::Value;

use crate::{
    coin::{After, COIN, Chance},
    hall_events::{events_to_keep, kept, words_to_keep},
    halls::Hall,
    support::{complaint, named, number, trainable},
};

/// The words of the command line that the program is run with in a process of its own.
const WORDS: &str = "PERCEPTARIUM_TEST_WORDS";

/// All exhibits and one more.
fn exhibits_and_coin() -> &'static [Exhibit] {
    let mut all = exhibits::ALL.to_vec();
    all.push(COIN);
    Vec::leak(all)
}

/// The program with the coin, in the process that [`program`] starts; elsewhere there is nothing to do.
#[test]
fn the_program_with_a_coin() {
    let Ok(words) = env::var(WORDS) else {
        return;
    };
    let words = std::iter::once("perceptarium").chain(words.split_whitespace()).map(OsString::from);
    assert_eq!(program::run(words, exhibits_and_coin()), ExitCode::SUCCESS);
}

/// Runs the program with the coin.
fn run(words: &str) -> Output {
    Command::new(env::current_exe().unwrap())
        .args(["own_exhibit::the_program_with_a_coin", "--exact", "--nocapture"])
        .env(WORDS, words)
        .output()
        .unwrap()
}

#[test]
fn it_is_told_in_the_terminal_and_in_json() {
    let output = run("coin --mode terminal --json --bias 0.9 --flips 300 --seed 5 --threads 1");
    let told = complaint(&output);
    assert!(output.status.success(), "{told}");
    kept("coin-words", &words_to_keep(&told));
    let events: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    kept("coin-events", &events_to_keep(&events));
    let heads = number(named(&events, "finished")[0], "heads");
    assert!((0.8..0.97).contains(&heads), "{heads}");
}

#[test]
fn its_options_are_its_own() {
    let refusal = |words: &str| {
        let output = run(words);
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let wrong = refusal("coin --mode terminal --bias 2");
    assert!(wrong.contains("--bias is 2, but a chance lies from 0 to 1."), "{wrong}");
    let foreign = refusal("descent --mode terminal --flips 3");
    let sentence =
        "--flips is for the coin, but the exhibit is descent: say perceptarium coin --flips ….";
    assert!(foreign.contains(sentence), "{foreign}");
    let help = String::from_utf8_lossy(&run("--help").stdout).into_owned();
    assert!(help.contains("Options of the coin") && help.contains("How often it is flipped"));
    let names: Vec<_> = exhibits::ALL.iter().map(|exhibit| exhibit.id.name()).collect();
    assert!(help.contains(&format!("{} or coin", names.join(", "))), "{help}");
}

#[test]
fn it_is_seen_in_the_hall_and_asked_there() {
    let mut hall = Hall::of(&COIN);
    hall.settle();
    let words = hall.texts();
    for wanted in ["400 of 400 flips seen", "A coin is found out"] {
        assert!(words.iter().any(|text| text == wanted), "“{wanted}” is missing in {words:?}");
    }
    let shown = hall.app.world().resource::<ShownSnapshot>();
    let after = shown.answer::<Chance>().unwrap().0;
    let heads = shown.get().unwrap().layers[0].values[0];
    assert!(after > f64::from(heads), "{after} after ten more heads, {heads} now");
    assert!(words.iter().any(|text| *text == format!("{after:.3} after 10 more heads")));
}

#[test]
fn its_plinth_stands_beside_the_others() {
    let mut hall = Hall::with_all(exhibits_and_coin());
    hall.settle();
    let words = hall.texts();
    for wanted in ["Coin", "How fair it is shows, flip by flip", "Recommender"] {
        assert!(words.iter().any(|text| text == wanted), "“{wanted}” is missing in {words:?}");
    }
}

#[test]
fn its_questions_are_answered_whatever_the_run_is_doing() {
    let (room, _session) = trainable(&COIN, &[]);
    let id = room.query(Payload::new(After(3))).unwrap();
    let reply = room.reply_within(Duration::from_secs(30)).unwrap();
    assert_eq!(reply.id, id);
    assert!(reply.said.unwrap().get::<Chance>().is_some());
    while let Some(report) = room.report_within(Duration::from_secs(30)) {
        if matches!(report, Report::State { state: RunState::Finished, .. }) {
            break;
        }
    }
    room.query(Payload::new(After(3))).unwrap();
    let last = room.reply_within(Duration::from_secs(30)).unwrap();
    assert_eq!(last.step.0, 400);
}
