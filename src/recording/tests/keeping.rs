//! Keeping a run from its middle on: what came before and what comes after fit without a gap.

use std::thread;

use super::*;
use crate::{
    history::Run,
    recording::{Allowance, Past, Recording, Told},
    stream::{ExhibitId, connect},
};

#[test]
fn a_recording_that_begins_in_mid_run_has_each_step_once() {
    const ALL: u64 = 20_000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let exhibit = ExhibitId::new("example");
    let recording = Recording::begin(&path, exhibit, Allowance::ALL, |_| {}).unwrap();
    let (room, mut trainer) = connect();
    let training = thread::Builder::new().name("training".to_owned()).spawn(move || {
        trainer.outbox.post(Report::Started(Started::example()));
        trainer.outbox.post(state(RunState::Training, 0));
        for step in 1..=ALL {
            trainer.outbox.post(stepped(step));
            // A viewer that reads, and a disk that writes, are given the time.
            while trainer.outbox.waiting() > 0 {
                thread::sleep(Duration::from_millis(1));
                trainer.outbox.flush();
            }
        }
        trainer
    });
    let training = training.unwrap();
    let mut run = Run::new(1 << 20);
    let mut keeps = false;
    while run.step() < Step(ALL) {
        if let Some(report) = room.report_within(Duration::from_secs(10)) {
            run.take(report);
        }
        if run.step() > Step(ALL / 2) && !keeps {
            if run.newest_snapshot().is_none() {
                run.keep(snapshot(run.step().0 / 2));
            }
            keeps = room.keep_on(|under_way| {
                under_way.into_iter().for_each(|report| run.take(report));
                let (reports, snapshots) = (run.so_far(), run.snapshots_so_far());
                recording.keeper_after(Past { reports, snapshots })
            });
        }
    }
    training.join().unwrap();
    assert!(keeps);
    let Some(Told::Whole(kept)) = recording.end() else { panic!("nothing went wrong") };
    let recorded = Recorded::open(&path, PayloadKinds::default(), &mut |_, _| {}).unwrap();
    let mut messages = recorded.messages().unwrap();
    let mut steps = Vec::new();
    while let Some(message) = messages.next_said().unwrap() {
        if let wire::Message::Report(Report::Stepped(stepped)) = message {
            steps.push(stepped.step.0);
        }
    }
    // A disk slower than this test leaves steps out, and says how many.
    assert_eq!(steps.len() as u64 + kept.reports_left_out, ALL);
    assert!(steps.is_sorted() && steps.windows(2).all(|two| two[0] < two[1]));
    assert_eq!(recorded.snapshots().len(), 1);
}

#[test]
fn pictures_keep_to_what_they_may_take_and_the_last_is_never_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let allowance = Allowance::megabytes_a_minute(0.06);
    let exhibit = ExhibitId::new("example");
    let recording = Recording::begin(&path, exhibit, allowance, |_| {}).unwrap();
    let mut keeper = recording.keeper();
    for message in made_up() {
        match message {
            wire::Message::Report(report) => keeper.report(&report),
            wire::Message::Snapshot(snapshot) => keeper.snapshot(&snapshot),
            other => panic!("{other:?}"),
        }
    }
    let Some(Told::Whole(kept)) = recording.end() else { panic!("nothing went wrong") };
    assert_eq!(kept.snapshots_seen, STEPS / APART + 1);
    assert!(kept.snapshots < kept.snapshots_seen / 2, "{kept:?}");
    let recorded = Recorded::open(&path, PayloadKinds::default(), &mut |_, _| {}).unwrap();
    assert_eq!(recorded.snapshots().last().unwrap().step, Step(STEPS));
    assert_eq!(recorded.snapshots().len() as u64, kept.snapshots);
}
