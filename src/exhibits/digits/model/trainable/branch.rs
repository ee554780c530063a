//! Branches of the digits' run against trainings that really went that way from the beginning.

use std::path::Path;

use rayon::ThreadPoolBuilder;

use super::DigitsTrainable;
use crate::{
    exhibits::digits::{FILTERS, Route, load},
    inside::{Branch, BranchAsked, BranchPoint, Branched, EditAsked, Future},
    learning::{
        Progress, StepOrder, StepPlace, Trainable as _, TrainingConfig, inside::Explained as _,
    },
    stream::{InputChoice, MOST_METRICS, Payload, TestReport},
};

/// The test image whose units are looked at.
const INDEX: usize = 3;
/// Where the run is branched, and where it stands.
const FROM: u64 = 30;
const TO: u64 = 60;

fn trainable() -> DigitsTrainable {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let config = TrainingConfig::default();
    let mut trainable =
        DigitsTrainable::new(load(&folder).unwrap(), &config, (Route::Fused, FILTERS));
    trainable.begin(42, &mut |_, _| {}).unwrap();
    trainable
}

/// Takes steps of the first epoch.
fn steps(trainable: &mut DigitsTrainable, steps: std::ops::RangeInclusive<u64>, rate: f64) {
    for step in steps {
        let at = StepPlace { epoch: 0, batch: step - 1 };
        trainable.step(StepOrder { at, steps: 1, learning_rate: rate, keep: false }).unwrap();
    }
}

fn asked(branches: &[&str]) -> BranchAsked {
    let branches: Vec<Branch> = branches.iter().map(|text| text.parse().unwrap()).collect();
    BranchAsked { branches, input: InputChoice::Test(INDEX) }
}

fn branched(trainable: &mut DigitsTrainable, branches: &[&str]) -> Result<Branched, String> {
    let study = trainable.study(&Payload::new(asked(branches))).unwrap().unwrap();
    let said = study(&|| true).map_err(|error| error.to_string())?;
    Ok((**said.get::<Branched>().unwrap()).clone())
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

fn tested(trainable: &mut DigitsTrainable) -> TestReport {
    let go_on = &mut || std::ops::ControlFlow::Continue(());
    trainable.test(go_on).unwrap().unwrap()
}

/// Whether a future came to what a training came to, bit for bit, and the units of the input too.
fn came_to(future: &Future, trainable: &mut DigitsTrainable) -> bool {
    let report = tested(trainable);
    let BranchPoint { loss, accuracy, .. } = future.points.last().unwrap();
    let inside = trainable.inside().unwrap();
    let image = trainable.test.image(INDEX).unwrap();
    loss.to_bits() == report.values.loss().to_bits()
        && accuracy.to_bits() == report.values.get(1).unwrap().to_bits()
        && bits(&future.logits) == bits(&inside.logits(image).unwrap())
}

#[test]
fn without_a_change_a_branch_is_the_run_bit_for_bit() {
    let mut trainable = trainable();
    steps(&mut trainable, 1..=TO, 1e-3);
    // Its own seed, a factor of one, and nothing.
    let said = branched(&mut trainable, &["30:none", "30:seed=42", "30:rate=x1"]).unwrap();
    assert_eq!(said.steps, [FROM, TO]);
    for future in &said.futures {
        assert_eq!(future, &said.run);
    }
    assert!(came_to(&said.run, &mut trainable));
    let points = &said.run.points;
    assert_eq!((points.first().unwrap().step, points.last().unwrap().step), (FROM, TO));
    assert!(points.iter().all(|point| point.apart == 0.0 && point.otherwise == 0));
    assert!(said.run.changed.is_empty());
    assert_eq!(said.layers.len(), 4);
    assert_eq!(said.shown.len(), said.run.units.len());
    for (layer, units) in said.shown.iter().zip(&said.run.units) {
        assert_eq!(layer.numbers(), units.0.len());
    }
    // From before the first step on as well.
    let whole = branched(&mut trainable, &["0:none"]).unwrap();
    assert_eq!(whole.futures[0], whole.run);
    assert_eq!(whole.run.points.last(), said.run.points.last());
}

#[test]
fn a_branch_is_the_training_that_went_that_way_and_the_same_each_time() {
    let mut trainable_of_run = trainable();
    steps(&mut trainable_of_run, 1..=TO, 1e-3);
    let all = ["30:rate=x0.5", "30:3:scale=0.5", "30:rate=0.0005", "30:seed=7"];
    let said = branched(&mut trainable_of_run, &all).unwrap();
    let mut gentler = trainable();
    steps(&mut gentler, 1..=FROM, 1e-3);
    steps(&mut gentler, FROM + 1..=TO, 5e-4);
    assert!(came_to(&said.futures[0], &mut gentler));
    assert_eq!(said.futures[2].points, said.futures[0].points);
    let mut by_hand = trainable();
    steps(&mut by_hand, 1..=FROM, 1e-3);
    let at = StepPlace { epoch: 0, batch: FROM };
    let sums = [0.0; MOST_METRICS];
    let progress = Progress { step: FROM, at, learning_rate: 1e-3, examples: 960, sums };
    let edit = EditAsked::Make("3:scale=0.5".parse().unwrap());
    by_hand.edit(&Payload::new(edit), &progress).unwrap();
    steps(&mut by_hand, FROM + 1..=TO, 1e-3);
    assert!(came_to(&said.futures[1], &mut by_hand));
    assert!(said.futures[1].points[0].apart > 0.0, "an edit is there at once");
    // Each is another, told in McNemar's table, and the same on one thread.
    let tests = trainable_of_run.test.len();
    let right = tested(&mut trainable_of_run).values.get(1).unwrap();
    for future in &said.futures {
        let last = future.points.last().unwrap();
        let table = future.answers;
        assert_eq!(table.both + table.only_run + table.only_other + table.neither, tests);
        let shares = [table.only_run, table.only_other].map(|one| table.both + one);
        let shares = shares.map(|right| right as f32 / tests as f32);
        assert!((shares[0] - right).abs() < 1e-6 && (shares[1] - last.accuracy).abs() < 1e-6);
        assert!(last.apart > 1e-4 && last.apart < 1.0, "{last:?}");
        assert_eq!(last.otherwise, future.changed.len());
        assert!(future.changed.len() >= table.only_run + table.only_other);
        assert!(last.apart_of.iter().all(|apart| apart.0 > 0.0));
    }
    let pool = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let again = pool.install(|| branched(&mut trainable_of_run, &all).unwrap());
    assert_eq!((again.run, again.futures), (said.run, said.futures));
}

#[test]
fn a_silenced_unit_stays_silent() {
    let mut trainable = trainable();
    steps(&mut trainable, 1..=TO, 1e-3);
    let said = branched(&mut trainable, &["30:silence=3,4", "30:3:scale=0+4:scale=0"]).unwrap();
    let layer = &said.shown[0];
    let unit = |future: &Future, unit: usize| {
        let places = layer.places();
        future.units[0].0[unit * places..(unit + 1) * places].to_vec()
    };
    assert!([3, 4].iter().all(|at| unit(&said.futures[0], *at).iter().all(|one| *one == 0.0)));
    assert!(unit(&said.futures[0], 5).iter().any(|one| *one != 0.0));
    assert_eq!(said.futures[0].points[0], said.futures[1].points[0]);
    // What is zero once is moved by what Adam remembers.
    assert_ne!(said.futures[0].points.last(), said.futures[1].points.last());
}

#[test]
fn what_cannot_be_branched_is_refused_in_a_sentence() {
    let mut trainable = trainable();
    steps(&mut trainable, 1..=2, 1e-3);
    let mut refused = |branches: &[&str]| branched(&mut trainable, branches).unwrap_err();
    assert!(refused(&["2:none"]).contains("no future yet"));
    assert!(refused(&["1:none", "0:none"]).contains("part at the same step"));
    assert!(refused(&["1:none"; 9]).contains("at most 8"));
    assert!(refused(&["1:99:scale=0"]).contains("99"));
    assert!(refused(&["1:silence=99"]).contains("99"));
    assert!(refused(&[]).contains("no branch"));
    let study = trainable.study(&Payload::new(asked(&["1:none"]))).unwrap().unwrap();
    assert!(study(&|| false).is_err());
}
