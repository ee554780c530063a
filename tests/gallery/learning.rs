//! Learning seen from the room's end of the stream: what a visitor asks is done, and watching changes nothing.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use perceptarium::{
    exhibits::digits,
    images::TestSet,
    learning::TrainingConfig,
    stream::{Command, InputChoice, Report, RunState, Snapshot, Stage, Step, StepReport},
};

use crate::support::{LONG, Taught, small_data};

/// A config of few and small steps that takes no snapshot.
fn config() -> TrainingConfig {
    TrainingConfig {
        epochs: 2,
        batch: 16,
        threads: Some(2),
        snapshots_per_second: 0.0,
        ..TrainingConfig::default()
    }
}

#[test]
fn the_five_stages_are_told_in_order_with_what_they_did() {
    let taught = Taught::new(&small_data(160, 50), config());
    let reports = taught.until_finished();
    let done: Vec<_> = reports
        .iter()
        .filter_map(|report| match report {
            Report::Stage(stage) if stage.done => Some(stage),
            _ => None,
        })
        .collect();
    let mut stages: Vec<_> = done.iter().map(|stage| stage.stage).collect();
    stages.dedup();
    assert_eq!(stages, Stage::ALL);
    for stage in done {
        assert!(!stage.facts.is_empty(), "{:?} says nothing", stage.stage);
    }
    let order = |wanted: fn(&Report) -> bool| reports.iter().position(wanted).unwrap();
    let test_set = order(
        |report| matches!(report, Report::Material(about) if about.content.get::<TestSet>().unwrap().len() == 50),
    );
    let started = order(|report| matches!(report, Report::Started(_)));
    let training =
        order(|report| matches!(report, Report::State { state: RunState::Training, .. }));
    let stepped = order(|report| matches!(report, Report::Stepped(_)));
    assert!(test_set < started && started < training && training < stepped);
}

#[test]
fn each_step_and_each_epoch_is_told() {
    let taught = Taught::new(&small_data(160, 50), config());
    let reports = taught.until_finished();
    let steps: Vec<_> = losses(&reports).iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, (1..=20).collect::<Vec<_>>());
    let epochs: Vec<_> = reports
        .iter()
        .filter_map(|report| match report {
            Report::EpochEnded(epoch) => Some(epoch),
            _ => None,
        })
        .collect();
    assert_eq!(epochs.len(), 2);
    for epoch in epochs {
        let test = epoch.test.as_ref().unwrap();
        let tested: u32 = test.confusion.iter().sum();
        let right: u32 = (0..10).map(|class| test.confusion[class * 11]).sum();
        assert_eq!((test.confusion.len(), tested), (100, 50));
        assert_eq!(test.mistakes.len() as u32, tested - right);
        assert!((test.values.get(1).unwrap() - right as f32 / 50.0).abs() < 1e-6);
        assert!(test.mistakes.is_sorted_by(|sure, less| sure.confidence >= less.confidence));
    }
}

/// The loss of every step, as bits, so that nothing is rounded in the comparison.
fn losses(reports: &[Report]) -> Vec<(u64, u32)> {
    reports
        .iter()
        .filter_map(|report| match report {
            Report::Stepped(StepReport { step, values, .. }) => {
                Some((step.0, values.loss().to_bits()))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn watching_and_threads_change_no_bit() {
    let data = small_data(320, 50);
    // Long enough for several pictures, which take no more than their share of the time.
    let config = || TrainingConfig { epochs: 30, ..config() };
    let unwatched = losses(
        &Taught::new(&data, TrainingConfig { threads: Some(1), ..config() }).until_finished(),
    );
    let watched = Taught::new(&data, TrainingConfig { snapshots_per_second: 1000.0, ..config() });
    let (mut reports, mut snapshots) = (Vec::new(), 0);
    let begun = Instant::now();
    while !matches!(reports.last(), Some(Report::Finished(_))) {
        assert!(begun.elapsed() < LONG, "training does not end");
        snapshots += usize::from(watched.room.newest_snapshot().is_some());
        reports.extend(watched.room.report_within(Duration::from_millis(1)));
    }
    assert!(snapshots > 1, "nothing was watched");
    assert_eq!(losses(&reports), unwatched);
}

#[test]
fn a_frozen_viewer_stalls_nothing() {
    let config = TrainingConfig { epochs: 30, batch: 8, snapshots_per_second: 60.0, ..config() };
    let taught = Taught::new(&small_data(320, 50), config);
    // More reports than the channel holds, and nobody reads one until the thread has nothing to do.
    let begun = Instant::now();
    let mut ticks = 0;
    while ticks == 0 || taught.processor_ticks() > ticks {
        assert!(begun.elapsed() < LONG, "training does not end");
        ticks = taught.processor_ticks();
        std::thread::sleep(Duration::from_millis(400));
    }
    let waited = begun.elapsed();
    let reports = taught.until_finished();
    assert_eq!(losses(&reports).len(), 30 * 40);
    let Some(Report::Finished(finished)) = reports.last() else { unreachable!() };
    assert!(finished.seconds < waited.as_secs_f64(), "it went on only once it was read");
    assert!(finished.cost.snapshots > 2, "{finished:?}");
    assert!(taught.room.newest_snapshot().is_some());
}

#[test]
fn pausing_answers_and_costs_nothing() {
    let endless = TrainingConfig { epochs: 100_000, ..config() };
    let taught = Taught::new(&small_data(160, 50), endless);
    // Now, so that its own threads are known from others'.
    taught.processor_ticks();
    taught.until(|report| matches!(report, Report::Stepped(_)));
    taught.ask(Command::Pause);
    let paused = taught.until_state(&RunState::Paused);

    // Whatever was reported after the pause would be a step too many.
    std::thread::sleep(Duration::from_millis(50));
    assert!(taught.room.report().is_none());
    let before = taught.processor_ticks();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(taught.processor_ticks(), before, "a paused training uses the processor");

    taught.ask(Command::Advance { steps: 3 });
    let advanced = taught.until_state(&RunState::Paused);
    assert_eq!(advanced, Step(paused.0 + 3));
    taught.ask(Command::SetLearningRate(0.0005));
    taught.ask(Command::SetLearningRate(f64::NAN));
    taught.ask(Command::Advance { steps: 1 });
    let reports = taught.until(|report| matches!(report, Report::Stepped(_)));
    let Some(Report::Stepped(step)) = reports.last() else { unreachable!() };
    assert_eq!(step.learning_rate, 0.0005);
    taught.until_state(&RunState::Paused);
    taught.ask(Command::Resume);
    taught.until_state(&RunState::Training);
}

#[test]
fn a_pause_asked_before_the_first_step_holds_there() {
    let taught = Taught::asked(&small_data(160, 50), config(), &[Command::Pause]);
    assert_eq!(taught.until_state(&RunState::Paused), Step(0));
    taught.ask(Command::Advance { steps: 7 });
    assert_eq!(taught.until_state(&RunState::Paused), Step(7));
}

#[test]
fn a_diverged_run_can_be_started_again_with_a_smaller_rate() {
    let data = small_data(160, 50);
    let taught = Taught::new(&data, TrainingConfig { learning_rate: 1e30, ..config() });
    taught.until(|report| matches!(report, Report::State { state: RunState::Diverged { .. }, .. }));
    taught.ask(Command::Restart { seed: 42, learning_rate: Some(0.001) });
    let reports = taught.until_finished();
    let Some(Report::Started(started)) =
        reports.iter().find(|report| matches!(report, Report::Started(_)))
    else {
        panic!("the second run never started");
    };
    assert_eq!((started.run.number, started.learning_rate), (1, 0.001));
    drop(taught);
    let fresh = Taught::new(&data, config()).until_finished();
    assert_eq!(losses(&reports), losses(&fresh), "something of the first run is left");
}

/// The next snapshot that fits.
fn snapshot(taught: &Taught, fits: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    let begun = Instant::now();
    loop {
        assert!(begun.elapsed() < LONG, "no such snapshot came");
        if let Some(snapshot) = taught.room.newest_snapshot().filter(|snapshot| fits(snapshot)) {
            return snapshot;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_paused_or_finished_network_answers_for_another_input() {
    let config = TrainingConfig { snapshots_per_second: 60.0, ..config() };
    let taught = Taught::asked(&small_data(160, 50), config, &[Command::Pause]);
    taught.until_state(&RunState::Paused);
    let drawn: Arc<[f32]> = (0..28 * 28).map(|pixel| (pixel % 28) as f32 / 27.0).collect();
    for finished in [false, true] {
        if finished {
            taught.ask(Command::Resume);
            taught.until_finished();
        }
        let input = InputChoice::Test(17);
        taught.ask(Command::Watch(input.clone()));
        let chosen = snapshot(&taught, |snapshot| snapshot.input == input);
        let input = InputChoice::Drawn(drawn.clone());
        taught.ask(Command::Watch(input.clone()));
        let drawing = snapshot(&taught, |snapshot| snapshot.input == input);
        assert_eq!(drawing.step, chosen.step);
        assert_eq!(drawing.step, Step(if finished { 20 } else { 0 }));
        let seen = drawing.layer(digits::INPUT).unwrap();
        assert_eq!(seen.values, drawn);
        for layer in &drawing.layers {
            assert_eq!(layer.values.len(), layer.shape.len(), "{:?}", layer.layer);
        }
        let sum: f32 = drawing.layer(digits::PROBABILITIES).unwrap().values.iter().sum();
        assert!((sum - 1.0).abs() < 1e-5, "{sum}");
        let (one, other) = (drawing.layer(digits::POOLED), chosen.layer(digits::POOLED));
        assert_ne!(one.unwrap().values, other.unwrap().values);
    }
}

#[test]
fn an_input_that_is_none_is_survived() {
    let taught = Taught::new(&small_data(160, 50), config());
    taught.ask(Command::Watch(InputChoice::Test(1_000_000)));
    taught.ask(Command::Watch(InputChoice::Drawn(Arc::from([1.0, 2.0]))));
    let reports = taught.until_finished();
    assert_eq!(losses(&reports).len(), 20);
}

#[test]
fn hanging_up_ends_the_thread_within_a_second() {
    let endless = TrainingConfig { epochs: 100_000, ..config() };
    let taught = Taught::new(&small_data(160, 50), endless);
    taught.until(|report| matches!(report, Report::Stepped(_)));
    let (room, session) = taught.part();
    let begun = Instant::now();
    drop(room);
    while !session.is_over() {
        assert!(begun.elapsed() < Duration::from_secs(1), "the thread trains on for nobody");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn fashion_is_called_by_its_names_or_by_a_file() {
    let data = small_data(64, 32);
    let names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    fs::write(data.path().join("classes.txt"), names.join("\n")).unwrap();
    let taught = Taught::new(&data, config());
    let reports = taught.until(|report| matches!(report, Report::Material(_)));
    let Some(Report::Material(material)) = reports.last() else { unreachable!() };
    let set = material.content.get::<TestSet>().unwrap();
    assert_eq!(set.classes.as_ref(), names);
}
