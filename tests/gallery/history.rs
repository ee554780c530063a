//! A real run as a timeline: everything of it is found again, in a memory that stays flat.

use perceptarium::{
    history::Run,
    images::TestSet,
    learning::TrainingConfig,
    stream::{Command, Report, RunState, Stage, Step},
};

use crate::support::{Taught, small_data};

/// One snapshot of the digits is about 0.6 MB.
const BUDGET: usize = 8 << 20;

/// Steps from one pause to the next of a run that is watched closely.
const STRIDE: u32 = 4;

/// Follows a run to its end as the hall does, frame by frame; one that pauses is sent on.
fn follow(taught: &Taught, run: &mut Run) {
    let mut finished = false;
    while !finished {
        let report = taught.next_report();
        finished = matches!(report, Report::Finished(_));
        if matches!(report, Report::State { state: RunState::Paused, .. }) {
            taught.ask(Command::Advance { steps: STRIDE });
        }
        run.take(report);
        if let Some(snapshot) = taught.room.newest_snapshot() {
            run.keep(snapshot);
            let remembered = run.remembered();
            assert!(remembered.bytes <= remembered.budget_bytes, "{remembered:?}");
        }
    }
    if let Some(snapshot) = taught.room.newest_snapshot() {
        run.keep(snapshot);
    }
}

#[test]
fn a_whole_run_is_found_again() {
    let config = TrainingConfig {
        epochs: 4,
        batch: 8,
        snapshots_per_second: 1000.0,
        ..TrainingConfig::default()
    };
    // Every pause is pictured, however seldom a training that goes on can afford it.
    let taught = Taught::asked(&small_data(320, 50), config, &[Command::Pause]);
    let mut run = Run::new(BUDGET);
    follow(&taught, &mut run);

    assert_eq!(run.step(), Step(160));
    assert_eq!(*run.state(), RunState::Finished);
    assert_eq!(run.material::<TestSet>().map(|set| set.len()), Some(50));
    assert_eq!(run.finished().map(|finished| finished.steps), Some(Step(160)));
    let stages: Vec<_> = run.stages().iter().map(|stage| (stage.stage, stage.done)).collect();
    assert_eq!(stages, Stage::ALL.map(|stage| (stage, true)));

    let steps: Vec<_> = run.scalars().iter().map(|scalars| scalars.step.0).collect();
    assert_eq!(steps, (1..=160).collect::<Vec<_>>());
    let ends: Vec<_> = run.epochs().iter().map(|epoch| epoch.step.0).collect();
    assert_eq!(ends, [40, 80, 120, 160]);
    let epoch_at = |step| run.epoch_at(Step(step)).map(|epoch| epoch.epoch);
    assert_eq!([0, 39, 40, 159, 500].map(epoch_at), [None, None, Some(1), Some(3), Some(4)]);

    let remembered = run.remembered();
    assert!(
        remembered.seen as usize > remembered.kept,
        "the budget was never full: {remembered:?}"
    );
    assert!(remembered.kept > 5, "{remembered:?}");
    // The picture of the first weights may have been overtaken on its lane.
    let first = run.snapshots().next().unwrap().step.0;
    for step in first..=160 {
        let shown = run.snapshot_at(Step(step)).unwrap();
        assert!(shown.step <= Step(step));
        let kept_between =
            run.snapshots().any(|kept| kept.step > shown.step && kept.step <= Step(step));
        assert!(!kept_between, "a newer one than {} was kept for step {step}", shown.step);
    }
}

#[test]
fn a_restart_begins_with_nothing_of_the_run_before() {
    let config = TrainingConfig {
        epochs: 2,
        batch: 16,
        snapshots_per_second: 1000.0,
        ..TrainingConfig::default()
    };
    let taught = Taught::new(&small_data(160, 50), config);
    let mut run = Run::new(BUDGET);
    follow(&taught, &mut run);
    let first: Vec<_> = run.scalars().iter().collect();
    let before = run.started().unwrap().run;
    taught.ask(Command::Restart { seed: 7, learning_rate: None });
    follow(&taught, &mut run);
    let started = run.started().unwrap();
    assert_eq!((started.run, started.seed), (before.next(), 7));
    assert_eq!(run.scalars().iter().len(), first.len());
    assert_ne!(run.scalars().iter().collect::<Vec<_>>(), first);
    assert_eq!(run.epochs().len(), 2);
    assert!(run.snapshots().all(|snapshot| snapshot.run == before.next()));
    assert!(run.newest_snapshot().is_some());
    // The data did not change.
    assert_eq!(run.material::<TestSet>().map(|set| set.len()), Some(50));
}
