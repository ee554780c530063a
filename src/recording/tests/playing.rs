//! A recording in the trainer's place.

use std::time::Instant;

use super::*;
use crate::{
    recording::{Player, play},
    stream::{Command, QueryId, ViewerEnd, connect},
};

const PATIENCE: Duration = Duration::from_secs(20);

/// A recording that is played, and the file that it lies in.
fn played(bytes: &[u8], requests: &[Command]) -> (ViewerEnd, Player, Written) {
    let file = written(bytes);
    let (room, trainer) = connect();
    for request in requests {
        assert!(room.ask(request.clone()));
    }
    let player = play(open(&file).unwrap(), trainer, Vec::new()).unwrap();
    (room, player, file)
}

/// The reports up to one that is wanted, that one included.
fn until(room: &ViewerEnd, wanted: impl Fn(&Report) -> bool) -> Vec<Report> {
    let mut all = Vec::new();
    loop {
        let report = room.report_within(PATIENCE).expect("a report in time");
        let found = wanted(&report);
        all.push(report);
        if found {
            return all;
        }
    }
}

fn is(state: &RunState) -> impl Fn(&Report) -> bool + '_ {
    move |report| matches!(report, Report::State { state: told, .. } if told == state)
}

fn last_step(reports: &[Report]) -> u64 {
    let mut steps = reports.iter().filter_map(|report| match report {
        Report::Stepped(stepped) => Some(stepped.step.0),
        _ => None,
    });
    steps.next_back().unwrap_or(0)
}

fn picture(room: &ViewerEnd, step: u64) -> Arc<Snapshot> {
    let begun = Instant::now();
    loop {
        match room.newest_snapshot() {
            Some(snapshot) if snapshot.step == Step(step) => return snapshot,
            _ => assert!(begun.elapsed() < PATIENCE, "no picture of step {step}"),
        }
    }
}

#[test]
fn what_was_said_is_said_again() {
    let (room, player, _file) = played(&file(), &[]);
    let reports = until(&room, is(&RunState::Finished));
    let again: Vec<_> =
        reports.into_iter().map(|report| told(&wire::Message::Report(report))).collect();
    let first: Vec<_> = made_up()
        .iter()
        .filter(|message| matches!(message, wire::Message::Report(_)))
        .map(told)
        .collect();
    assert_eq!(again, first);
    assert_eq!(picture(&room, STEPS).layers[0].values, snapshot(STEPS).layers[0].values);
    // It was cut between the state and what the run came to, so that whoever waits for that waits for nothing.
    let begun = Instant::now();
    while !player.ended_early() {
        assert!(begun.elapsed() < PATIENCE);
    }
}

#[test]
fn it_pauses_takes_single_steps_and_seeks_both_ways() {
    let (room, _player, _file) = played(&file(), &[Command::Pause]);
    let begun = until(&room, is(&RunState::Paused));
    assert_eq!(last_step(&begun), 0, "it waits before the first step");
    picture(&room, 0);
    room.ask(Command::Advance { steps: 3 });
    assert_eq!(last_step(&until(&room, is(&RunState::Paused))), 3);
    // Ahead: everything up to there is told, and the picture comes at once.
    room.ask(Command::Seek { step: Step(255) });
    picture(&room, 250);
    let ahead =
        until(&room, |report| matches!(report, Report::Stepped(at) if at.step == Step(255)));
    assert_eq!(ahead.len(), 252, "no step is passed over");
    // Back: only the picture comes.
    room.ask(Command::Seek { step: Step(44) });
    picture(&room, 40);
    room.ask(Command::Advance { steps: 1 });
    assert_eq!(last_step(&until(&room, is(&RunState::Paused))), 256);
}

#[test]
fn it_keeps_to_the_speed_that_is_asked_for() {
    let limit = Command::LimitSpeed { steps_per_second: Some(100.0) };
    let (room, _player, _file) = played(&file(), &[limit]);
    let begun = Instant::now();
    until(&room, |report| matches!(report, Report::Stepped(at) if at.step == Step(50)));
    assert!(begun.elapsed() > Duration::from_millis(400), "{:?}", begun.elapsed());
}

#[test]
fn a_run_that_was_cut_off_stands_still_at_its_end() {
    let whole = file();
    let (room, player, _file) = played(&whole[..whole.len() / 2], &[]);
    let reports = until(&room, is(&RunState::Paused));
    assert!(last_step(&reports) > 20);
    let begun = Instant::now();
    while !player.ended_early() {
        assert!(begun.elapsed() < PATIENCE);
    }
    // From the beginning once more, as another run.
    room.ask(Command::Restart { seed: 42, learning_rate: None });
    let again = until(&room, is(&RunState::Paused));
    assert_eq!(again.len(), reports.len());
    let run = |reports: &[Report]| match &reports[0] {
        Report::Started(started) => started.run,
        other => panic!("{other:?}"),
    };
    assert_ne!(run(&again), run(&reports));
}

#[test]
fn what_needs_a_model_is_refused_in_words() {
    let (room, player, _file) = played(&file(), &[]);
    until(&room, is(&RunState::Finished));
    let asked = crate::stream::Payload::new(Nothing);
    let id = room.query(asked).unwrap();
    let reply = room.reply_within(PATIENCE).unwrap();
    assert_eq!((reply.id, id), (QueryId(0), QueryId(0)));
    assert!(reply.said.unwrap_err().contains("recording"));
    room.ask(Command::Save);
    let saved = until(&room, |report| matches!(report, Report::Saved(_)));
    assert!(matches!(saved.last(), Some(Report::Saved(saved)) if saved.said.is_err()));
    drop(room);
    let begun = Instant::now();
    while !player.is_over() {
        assert!(begun.elapsed() < PATIENCE, "it ends when nobody looks");
    }
}

/// A question that nobody can answer.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Nothing;

impl crate::stream::Content for Nothing {
    const KIND: &'static str = "test.nothing";
}
