//! A model that is really trained: what was told of it is told again, and the same seed leaves the same metrics.

use super::*;
use crate::{
    cli,
    exhibits::{self, Exhibit},
    learning::{Session, TrainingConfig},
    recording::{Allowance, Recording, Told, metrics_table, play},
    stream::connect,
};

const PATIENCE: Duration = Duration::from_secs(60);

fn exhibit(name: &str) -> &'static Exhibit {
    exhibits::ALL.iter().find(|exhibit| exhibit.id.name() == name).unwrap()
}

/// Records a run, and gives what a viewer heard of it.
fn recorded(name: &str, words: &str, path: &std::path::Path) -> Vec<Report> {
    let exhibit = exhibit(name);
    let line = format!("perceptarium {name} {words}");
    let line = line.split_whitespace().map(std::ffi::OsString::from);
    let (options, _) = cli::parse(line, &[exhibit.options]).unwrap();
    let opened = exhibits::open(exhibit, &options).unwrap();
    let recording = Recording::begin(path, exhibit.id, Allowance::ALL, |_| {}).unwrap();
    let (room, trainer) = connect();
    room.keep(recording.keeper());
    let config = TrainingConfig { snapshots_per_second: 1000.0, ..opened.config };
    let _session = Session::start(opened.trainable, config, trainer).unwrap();
    let heard = heard(&room);
    let Some(Told::Whole(kept)) = recording.end() else { panic!("nothing went wrong") };
    assert_eq!(kept.reports_left_out, 0);
    heard
}

/// All reports up to the last.
fn heard(room: &crate::stream::ViewerEnd) -> Vec<Report> {
    let mut heard = Vec::new();
    loop {
        let report = room.report_within(PATIENCE).expect("a report in time");
        drop(room.newest_snapshot());
        let over = matches!(report, Report::Finished(_));
        heard.push(report);
        if over {
            return heard;
        }
    }
}

fn opened(path: &std::path::Path) -> Recorded {
    Recorded::open(path, exhibits::payload_kinds(exhibits::ALL), &mut |_, _| {}).unwrap()
}

#[test]
fn a_replay_tells_the_same_reports_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    for (name, words) in [
        ("descent", "--steps 60 --learning-rate 0.05"),
        ("logistic", "--epochs 5 --folds 2 --learning-rate 0.2"),
    ] {
        let path = folder.path().join(format!("{name}.mcap"));
        let live = recorded(name, words, &path);
        let file = opened(&path);
        assert_eq!(file.exhibit(), Some(exhibit(name).id));
        assert!(!file.snapshots().is_empty());
        let (room, trainer) = connect();
        let _player = play(file, trainer, Vec::new()).unwrap();
        let told = |report: Report| told(&wire::Message::Report(report));
        let again: Vec<_> = heard(&room).into_iter().map(told).collect();
        let live: Vec<_> = live.into_iter().map(told).collect();
        assert_eq!(again.len(), live.len(), "{name}");
        for (again, live) in again.iter().zip(&live) {
            assert_eq!(again, live, "{name}");
        }
    }
}

#[test]
fn two_runs_of_one_seed_leave_the_same_metrics() {
    let folder = tempfile::tempdir().unwrap();
    let metrics = |name: &str| {
        let path = folder.path().join(name);
        recorded("descent", "--steps 400 --learning-rate 0.05", &path);
        let mut table = Vec::new();
        metrics_table(&opened(&path), &mut table).unwrap();
        String::from_utf8(table).unwrap()
    };
    let first = metrics("first.mcap");
    assert!(first.lines().count() > 10);
    assert_eq!(first, metrics("second.mcap"));
}
