//! The contract between learning and showing: nobody waits for a slow viewer, and nothing important is lost.

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use perceptarium::stream::{
    Command, InputChoice, MetricValues, Report, RunId, RunState, Snapshot, Step, StepReport,
    TrainerEnd, ViewerEnd, Waited, WatchCost, connect,
};

/// Long enough for anything here, even on a busy machine.
const LONG: Duration = Duration::from_secs(30);

fn report(step: u64) -> Report {
    Report::State { state: RunState::Training, step: Step(step) }
}

fn snapshot(step: u64) -> Arc<Snapshot> {
    let (run, input) = (RunId::default(), InputChoice::default());
    Arc::new(Snapshot {
        run,
        step: Step(step),
        input,
        layers: Vec::new(),
        parameters: Vec::new(),
        answer: None,
    })
}

/// Trains on a thread of its own: a report and a snapshot a step.
fn train(mut trainer: TrainerEnd, steps: u64) -> thread::JoinHandle<TrainerEnd> {
    thread::Builder::new()
        .name("training".to_owned())
        .spawn(move || {
            for step in 1..=steps {
                trainer.outbox.post(report(step));
                trainer.snapshots.offer(snapshot(step));
            }
            trainer
        })
        .unwrap()
}

fn joined_in_time(training: thread::JoinHandle<TrainerEnd>) -> TrainerEnd {
    let begun = Instant::now();
    while !training.is_finished() {
        assert!(begun.elapsed() < LONG, "the trainer waits for its viewer");
        thread::sleep(Duration::from_millis(1));
    }
    training.join().unwrap()
}

/// All reports that have arrived, as their steps.
fn steps_reported(room: &ViewerEnd) -> Vec<u64> {
    std::iter::from_fn(|| room.report())
        .map(|report| match report {
            Report::State { step, .. } => step.0,
            other => panic!("nobody sent {other:?}"),
        })
        .collect()
}

#[test]
fn a_frozen_viewer_stalls_nothing_and_misses_no_report() {
    const STEPS: u64 = 50_000;
    let (room, trainer) = connect();
    // Nothing is read before training is over.
    let mut trainer = joined_in_time(train(trainer, STEPS));
    assert!(trainer.outbox.waiting() > 0);

    let mut seen = Vec::new();
    while trainer.outbox.waiting() > 0 {
        seen.extend(steps_reported(&room));
        trainer.outbox.flush();
    }
    seen.extend(steps_reported(&room));
    assert_eq!(seen, (1..=STEPS).collect::<Vec<_>>());

    let newest = room.newest_snapshot().map(|snapshot| snapshot.step);
    assert_eq!(newest, Some(Step(STEPS)));
    assert_eq!(room.snapshots_dropped(), STEPS - 1);
}

#[test]
fn a_slow_viewer_sees_the_newest_and_every_other_is_counted() {
    const STEPS: u64 = 20_000;
    let (room, trainer) = connect();
    let training = train(trainer, STEPS);
    let (mut reported, mut shown) = (Vec::new(), Vec::new());
    let begun = Instant::now();
    while shown.last() != Some(&STEPS) || !training.is_finished() {
        assert!(begun.elapsed() < LONG, "the newest snapshot never came");
        reported.extend(room.report().into_iter().map(|report| match report {
            Report::State { step, .. } => step.0,
            other => panic!("nobody sent {other:?}"),
        }));
        shown.extend(room.newest_snapshot().map(|snapshot| snapshot.step.0));
        thread::sleep(Duration::from_micros(200));
    }
    let mut trainer = training.join().unwrap();
    assert!(shown.is_sorted(), "time ran backwards");
    assert_eq!(room.snapshots_dropped() + shown.len() as u64, STEPS);
    while trainer.outbox.waiting() > 0 {
        trainer.outbox.flush();
        reported.extend(steps_reported(&room));
    }
    reported.extend(steps_reported(&room));
    assert_eq!(reported, (1..=STEPS).collect::<Vec<_>>());
}

#[test]
fn an_absent_viewer_costs_no_memory() {
    let (room, trainer) = connect();
    drop(room);
    let mut trainer = joined_in_time(train(trainer, 20_000));
    assert_eq!(trainer.outbox.waiting(), 0);
    assert_eq!(trainer.look(), Waited::HungUp);
}

#[test]
fn requests_come_in_order_and_before_the_goodbye() {
    let (room, mut trainer) = connect();
    let requests = [Command::Pause, Command::Advance { steps: 3 }, Command::Resume, Command::Stop];
    for request in requests.clone() {
        assert!(room.ask(request));
    }
    drop(room);
    for request in requests {
        assert_eq!(trainer.look(), Waited::Asked(request));
    }
    assert_eq!(trainer.look(), Waited::HungUp);
    assert_eq!(trainer.wait(None), Waited::HungUp);
}

#[test]
fn a_trainer_that_waits_is_woken_by_a_request_or_a_goodbye() {
    let (room, mut trainer) = connect();
    let waiting = thread::Builder::new()
        .name("training".to_owned())
        .spawn(move || (trainer.wait(None), trainer.wait(None)))
        .unwrap();
    // Long enough to be asleep; a trainer that is not yet is woken all the same.
    thread::sleep(Duration::from_millis(20));
    assert!(room.ask(Command::Resume));
    drop(room);
    assert_eq!(waiting.join().unwrap(), (Waited::Asked(Command::Resume), Waited::HungUp));
}

#[test]
fn waiting_with_a_limit_ends_and_hands_over_what_lay_there() {
    let (room, mut trainer) = connect();
    for step in 1..=3000 {
        trainer.outbox.post(report(step));
    }
    let left = trainer.outbox.waiting();
    assert!(left > 0);
    let mut seen = steps_reported(&room);
    // A paused trainer still hands its reports over.
    while trainer.outbox.waiting() > 0 {
        assert_eq!(trainer.wait(Some(Duration::from_millis(1))), Waited::Nothing);
        seen.extend(steps_reported(&room));
    }
    seen.extend(steps_reported(&room));
    assert_eq!(seen, (1..=3000).collect::<Vec<_>>());
}

#[test]
fn a_trainer_that_never_listens_is_noticed() {
    let (room, trainer) = connect();
    let asked = (0..10_000).take_while(|_| room.ask(Command::Pause)).count();
    assert!((1..10_000).contains(&asked), "{asked} requests were taken");
    drop(trainer);
    assert!(!room.ask(Command::Resume));
    assert!(room.report_within(LONG).is_none());
}

#[test]
fn steps_that_nobody_reads_are_told_together_and_nothing_else_is_lost() {
    let (room, mut trainer) = connect();
    let step = |step: u64| StepReport {
        step: Step(step),
        epoch: 1 + (step / 100_000) as u32,
        values: MetricValues::new(&[step as f32, 0.5]),
        learning_rate: 0.1,
        steps_per_second: 1.0,
        examples_per_second: 1.0,
        cost: WatchCost::default(),
        merged: 1,
    };
    let (steps, mut most) = (300_000, 0);
    for taken in 0..steps {
        trainer.outbox.post(Report::Stepped(step(taken)));
        if taken % 1000 == 0 {
            trainer.outbox.post(report(taken));
        }
        most = most.max(trainer.outbox.waiting());
    }
    assert!(most < 40_000, "{most} reports waited");
    let (mut stand_for, mut states, mut last, mut sum) = (0, 0, None, 0.0);
    while trainer.outbox.waiting() > 0 {
        trainer.outbox.flush();
        while let Some(report) = room.report() {
            match report {
                Report::Stepped(step) => {
                    assert!(last.is_none_or(|last| last < step.step), "the order is kept");
                    last = Some(step.step);
                    stand_for += step.merged;
                    sum += f64::from(step.values.loss()) * step.merged as f64;
                }
                Report::State { .. } => states += 1,
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!((stand_for, states, last), (steps, 300, Some(Step(steps - 1))));
    let mean = sum / steps as f64;
    assert!((mean / ((steps - 1) as f64 / 2.0) - 1.0).abs() < 1e-6, "{mean}");
}
