//! Recordings of two made-up runs beside each other, in words and as one object.

use std::{collections::BTreeMap, path::Path, time::Duration};

use super::*;
use crate::{
    exhibits,
    recording::RunWriter,
    stream::{
        EpochReport, MetricValues, Report, RunState, Started, Step, StepReport, TestReport,
        WatchCost,
    },
};

/// Writes a run of three epochs of ten steps that reaches these accuracies in its tests, at these rates.
fn written(path: &Path, seed: u64, accuracies: [f32; 3], rates: [f64; 2]) -> Recorded {
    let mut said =
        vec![Report::Started(Started { seed, learning_rate: rates[0], ..Started::example() })];
    for step in 1..=30_u64 {
        let epoch = ((step - 1) / 10) as u32 + 1;
        said.push(Report::Stepped(StepReport {
            step: Step(step),
            epoch,
            values: MetricValues::new(&[1.0 / step as f32, 0.5]),
            learning_rate: rates[usize::from(step > 20)],
            steps_per_second: 60.0,
            examples_per_second: 1920.0,
            cost: WatchCost::default(),
            merged: 1,
        }));
        if step % 10 == 0 {
            let accuracy = accuracies[step as usize / 10 - 1];
            said.push(Report::EpochEnded(EpochReport {
                epoch,
                step: Step(step),
                train: MetricValues::new(&[0.5, 0.5]),
                examples_per_second: 1.0,
                test: Some(TestReport {
                    values: MetricValues::new(&[1.0 - accuracy, accuracy]),
                    confusion: [].into(),
                    mistakes: [].into(),
                    said: [].into(),
                    losses: [].into(),
                }),
            }));
        }
    }
    said.push(Report::State { state: RunState::Finished, step: Step(30) });
    let file = std::fs::File::create(path).unwrap();
    let mut writer = RunWriter::new(file, BTreeMap::new()).unwrap();
    for (at, report) in said.into_iter().enumerate() {
        writer.report(Duration::from_millis(at as u64), report).unwrap();
    }
    writer.finish(BTreeMap::new()).unwrap();
    let kinds = exhibits::payload_kinds(exhibits::ALL);
    Recorded::open(path, kinds, &mut |_, _| {}).unwrap()
}

#[test]
fn runs_stand_beside_each_other_with_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let one = written(&path("a.mcap"), 42, [0.5, 0.9, 0.95], [0.001, 0.001]);
    let other = written(&path("b.mcap"), 43, [0.85, 0.875, 0.9], [0.002, 0.0005]);
    let compared = Compared::of(&[one, other]).unwrap();
    let differing: Vec<_> = compared.differing.iter().map(|of| of.name).collect();
    assert_eq!(differing, ["seed", "learning_rate", "rates"]);
    assert!(compared.same.iter().any(|of| of.name == "batch" && of.values == ["32"]));
    assert_eq!(compared.runs[1].rates, [(1, 0.002), (21, 0.0005)]);
    let reached = |run: usize| -> Vec<_> {
        let reached = &compared.runs[run].reached;
        reached.iter().map(|of| (of.level, of.step)).collect()
    };
    assert_eq!(reached(0)[..4], [(50, Some(10)), (75, Some(20)), (80, Some(20)), (85, Some(20))]);
    assert_eq!(reached(0)[4..7], [(90, Some(20)), (95, Some(30)), (97, None)]);
    assert_eq!(reached(1)[3..6], [(85, Some(10)), (90, Some(30)), (95, None)]);
    let told = words::told(&compared);
    let line = |name: &str| told.lines().find(|line| line.starts_with(name)).unwrap();
    let cells = |name: &str| {
        let cells = line(name).split("  ").map(str::trim).filter(|cell| !cell.is_empty());
        cells.collect::<Vec<_>>().join("|")
    };
    assert!(told.starts_with("1: ") && told.contains("2: "), "{told}");
    assert!(cells("seed").ends_with("42|43"), "{told}");
    assert!(cells("learning rate on the way").ends_with("0.0005@21"), "{told}");
    assert!(cells("test accuracy").ends_with("95.00 %|90.00 %"), "{told}");
    assert!(cells("95 %").contains("30") && cells("95 %").ends_with('–'), "{told}");
    assert!(!told.contains("97 %"), "nobody reached it: {told}");
    let json: serde_json::Value = serde_json::to_value(&compared).unwrap();
    assert_eq!(json["event"], "compared");
    assert_eq!(json["differing"][0]["values"], serde_json::json!(["42", "43"]));
    assert_eq!(json["runs"][0]["last"][3]["metric"], "test_accuracy");
}

#[test]
fn curves_of_all_runs_are_one_table_and_a_ninth_run_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let of = |name: &str, seed| written(&path(name), seed, [0.5; 3], [0.001; 2]);
    let mut table = Vec::new();
    curves_table(&[of("a.mcap", 1), of("b.mcap", 2)], &mut table).unwrap();
    let table = String::from_utf8(table).unwrap();
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(
        lines[0],
        "file,run,step,epoch,learning_rate,merged,loss,accuracy,test_loss,test_accuracy"
    );
    // A row for each step and each test.
    assert_eq!(lines.len(), 1 + 2 * 33);
    assert!(lines[1].ends_with("a.mcap,0,1,1,0.001,1,1,0.5,,"), "{}", lines[1]);
    assert!(lines[66].ends_with("b.mcap,0,30,3,,1,,,0.5,0.5"), "{}", lines[66]);
    let many: Vec<_> = (0..9).map(|seed| of(&format!("{seed}.mcap"), seed)).collect();
    let refused = Compared::of(&many).unwrap_err().to_string();
    assert!(refused.contains('9') && refused.contains('8'), "{refused}");
}

#[test]
fn runs_are_read_again_to_be_laid_beside_another() {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<_> = (0..8).map(|at| folder.path().join(format!("{at}.mcap"))).collect();
    for (seed, path) in paths.iter().enumerate() {
        written(path, seed as u64, [0.5, 0.75, 0.875], [0.001, 0.0005]);
    }
    let example = Started::example().exhibit;
    let beside = |files: &[std::path::PathBuf], of| kept(files, of, exhibits::ALL);
    let runs = beside(&paths[..7], example).unwrap();
    let last = runs[6].run.epochs().last().unwrap();
    assert_eq!((runs[6].name.as_str(), runs[6].run.scalars().iter().len()), ("6.mcap", 30));
    assert_eq!(last.test.as_ref().unwrap().values.as_slice(), [0.125, 0.875]);
    let refused = |files: &[std::path::PathBuf], of| beside(files, of).unwrap_err().to_string();
    assert!(refused(&paths, example).contains("hold 8 runs, but at most 7"));
    let other = refused(&paths[..1], crate::stream::ExhibitId::new("recommender"));
    assert!(
        other.contains("0.mcap holds a run of example, and the hall shows recommender"),
        "{other}"
    );
    assert!(refused(&[folder.path().join("none.mcap")], example).contains("none.mcap"));
    let twice = [&paths[0], &paths[1], &paths[0]].map(Clone::clone);
    assert!(refused(&twice, example).contains("0.mcap is named twice"));
}
