//! What a session does with a descent: changes, wrong settings, the end.

use std::time::Duration;

use super::*;
use crate::{
    exhibits::descent::{
        payload::{DescentSettings, DescentSteps, DescentVerdict, Fate, Surface},
        trainable,
    },
    history::Run,
    learning::{Session, TrainError},
    stream::{Command, Payload, Report, RunState, ViewerEnd, connect},
};

const PATIENCE: Duration = Duration::from_secs(60);

fn until(room: &ViewerEnd, run: &mut Run, fits: impl Fn(&Report) -> bool) {
    loop {
        let report = room.report_within(PATIENCE).expect("no report came");
        let fit = fits(&report);
        run.take(report);
        if fit {
            return;
        }
    }
}

fn finished(report: &Report) -> bool {
    matches!(report, Report::Finished(_))
}

/// Every step of a run.
fn taken(run: &Run) -> Vec<DescentStep> {
    run.found::<DescentSteps>().iter().flat_map(|some| some.0.clone()).collect()
}

fn surface(run: &Run) -> &Surface {
    run.material::<Surface>().unwrap()
}

#[test]
fn a_change_begins_a_run_on_another_surface() {
    let (room, trainer) = connect();
    let problems = bundled();
    let config = TrainingConfig { learning_rate: 0.05, ..config() };
    let session = Session::start(trainable(problems, steady(LINE), None), config, trainer).unwrap();
    let mut run = Run::new(1 << 20);
    until(&room, &mut run, finished);
    assert_eq!(surface(&run).settings.problem, LINE);
    assert_eq!(taken(&run).len() as u64, run.step().0);
    let verdicts = run.verdict::<DescentVerdict>().unwrap().0;
    assert!(verdicts.iter().flatten().all(|verdict| verdict.fate == Fate::Converged));

    // Another problem, asked for with the start of this one: it gets its own, and a rate that suits it.
    let start = surface(&run).settings.start;
    let settings = DescentSettings { start, ..steady(SADDLE) };
    assert!(room.ask(Command::Change(Payload::new(settings))));
    until(&room, &mut run, finished);
    assert_eq!(surface(&run).settings.problem, SADDLE);
    assert_eq!(surface(&run).settings.start, Some([1.5, 0.001]));
    assert_eq!(run.started().unwrap().learning_rate, surface(&run).usual_rate);

    // Another start keeps the rate that was chosen.
    assert!(room.ask(Command::SetLearningRate(0.2)));
    let settings = DescentSettings { start: Some([-1.0, -0.5]), ..only(SADDLE, &[Runner::Adam]) };
    assert!(room.ask(Command::Change(Payload::new(settings))));
    until(&room, &mut run, finished);
    assert_eq!(run.started().unwrap().learning_rate, 0.2);
    let first = taken(&run)[0].runners;
    assert_eq!(first[Runner::Adam.index()].unwrap().theta, [-1.0, -0.5]);
    assert_eq!(first.iter().flatten().count(), 1);

    // What cannot be is said, and another change leads on.
    let nobody = DescentSettings { runners: [false; 5], ..all(LINE) };
    assert!(room.ask(Command::Change(Payload::new(nobody))));
    until(&room, &mut run, |report| {
        matches!(report, Report::State { state: RunState::Failed { .. }, .. })
    });
    assert!(room.ask(Command::Change(Payload::new(steady(TUMOUR)))));
    until(&room, &mut run, finished);
    assert_eq!(surface(&run).settings.problem, TUMOUR);
    drop(room);
    assert!(session.end_within(PATIENCE));
}

#[test]
fn what_cannot_be_is_one_sentence() {
    let problems = bundled();
    let stochastic = only(SADDLE, &[Runner::Stochastic]);
    let from = |start| DescentSettings { start: Some(start), ..all(LINE) };
    let rows = [
        (DescentSettings { runners: [false; 5], ..all(LINE) }, "--runners is empty, but at least"),
        (stochastic, "--runners is stochastic alone, but a formula has no points"),
        (
            from([f64::NAN, 0.0]),
            "--start is NaN,0, but its first number must be within fifty widths",
        ),
        (from([0.0, f64::INFINITY]), "--start is 0,inf, but"),
        (from([1e6, 0.0]), "--start is 1000000,0, but"),
        (all(4), "--problem is 4, but only line, tumour"),
    ];
    for (settings, words) in rows {
        let error = problems.check(&settings).unwrap_err().to_string();
        assert!(error.starts_with(words), "{error}");
        assert!(DescentTrainable::new(problems.clone(), settings, None, &config()).is_err());
    }
    assert_eq!(problems.check(&from([-50.0, 50.0])), Ok(()));
}

#[test]
fn a_change_for_another_exhibit_is_refused() {
    let mut trainable = DescentTrainable::new(bundled(), all(LINE), None, &config()).unwrap();
    let change = Payload::new(DescentVerdict([None; 5]));
    assert_eq!(trainable.change(&change), Err(TrainError::CannotChange));
}

#[test]
fn a_run_can_be_stopped_on_the_way() {
    let (room, trainer) = connect();
    let config = TrainingConfig { learning_rate: 0.001, ..config() };
    let _session =
        Session::start(trainable(bundled(), all(ROSENBROCK), None), config, trainer).unwrap();
    let mut run = Run::new(1 << 20);
    until(&room, &mut run, |report| matches!(report, Report::Found(_)));
    assert!(room.ask(Command::Stop));
    until(&room, &mut run, finished);
    let verdicts = run.verdict::<DescentVerdict>().unwrap().0;
    assert!(verdicts.iter().flatten().all(|verdict| verdict.fate == Fate::Going));
    assert_eq!(taken(&run).len() as u64, run.step().0);
}
