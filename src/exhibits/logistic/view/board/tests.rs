//! The exhibit in an app without window and GPU: what is written, what is asked, and what follows a threshold.

use std::sync::Arc;

use bevy::{prelude::*, ui::InteractionDisabled};

use super::StepPage;
use crate::{
    exhibits::logistic::{
        EXHIBIT_ID,
        payload::{
            DrawnRows, Feature, FeatureUse, NotDefined, RowAsk, Table, TableAnswer, TableSettings,
            TableTest, TableVerdict, Term, TuneReport,
        },
        view::{
            attention::{Space, TableAttention},
            boundary::Boundary,
            samples::Samples,
        },
    },
    stream::{
        Command, Finished, InputChoice, Material, Payload, Report, RunState, Snapshot, Stage,
        Started, Step, WatchCost,
    },
    world::{
        display::Cloud,
        harness::{
            self, answered, asked, assert_says, control, press, press_at, settle, show, slide,
            stage, take, texts,
        },
        interaction::intent::Intent,
        ui::{controls::Entry, tabs::Open},
    },
};

fn feature(
    name: &str,
    mean: f64,
    deviation: f64,
    scores: (f64, f64),
    standing: FeatureUse,
) -> Feature {
    let mut bins = vec![0; 2 * Feature::BINS];
    bins[6] = 2;
    bins[Feature::BINS + 18] = 2;
    Feature {
        name: name.to_owned(),
        category: false,
        missing: 0,
        mean,
        deviation,
        low: mean - 2.0 * deviation,
        high: mean + 2.0 * deviation,
        bins: bins.into(),
        information: scores.0,
        anova_f: scores.1,
        standing,
    }
}

/// Means and deviations of the features of [`table`].
const SPREAD: [(f64, f64); 3] = [(2.0, 1.0), (10.0, 2.0), (5.0, 1.5)];
/// The standardised features of its drawn rows.
const ROWS: [[f64; 3]; 4] =
    [[-1.0, -1.0, 0.0], [1.0, 1.0, 0.5], [-0.5, 1.0, -1.0], [1.0, -1.0, 1.0]];

/// Three features, of which two are used, and four rows of two classes, of which one is held out.
pub(in crate::exhibits::logistic::view) fn table() -> Arc<Table> {
    let [radius, texture, area] = SPREAD;
    let correlated = FeatureUse::Correlated { with: 0, r: -0.99 };
    let mut radius = feature("radius", radius.0, radius.1, (0.3, 50.0), FeatureUse::Used);
    radius.missing = 1;
    let directions = [0.6, 0.8, 0.0, 0.8, -0.6, 0.0, 0.0, 0.0, 1.0];
    let value = |(feature, z): (usize, &f64)| (SPREAD[feature].0 + SPREAD[feature].1 * z) as f32;
    let values: Vec<f32> = ROWS.iter().flat_map(|row| row.iter().enumerate().map(value)).collect();
    let component = |row: &[f64; 3], axis: usize| {
        let along = &directions[axis * 3..axis * 3 + 3];
        row.iter().zip(along).map(|(z, d)| z * f64::from(*d)).sum::<f64>() as f32
    };
    let components: Vec<f32> =
        ROWS.iter().flat_map(|row| [0, 1, 2].map(|axis| component(row, axis))).collect();
    let term = |name: &str, feature| Term { name: name.to_owned(), features: (feature, None) };
    Arc::new(Table {
        name: "lumps".to_owned(),
        label: "diagnosis".to_owned(),
        classes: ["benign", "malignant"].map(str::to_owned).into(),
        rows_read: 7,
        rows: 6,
        remarks: vec!["one row has no value for radius".into()],
        features: vec![
            radius,
            feature("texture", texture.0, texture.1, (0.4, 30.0), FeatureUse::Used),
            feature("area", area.0, area.1, (0.1, 10.0), correlated),
        ]
        .into(),
        settings: TableSettings {
            chosen: Some([true, true, false].into()),
            ..TableSettings::default()
        },
        terms: [term("radius", 0), term("texture", 1)].into(),
        drawn: DrawnRows {
            rows: [0, 1, 4, 5].into(),
            labels: [0, 1, 0, 1].into(),
            held_out: [false, false, true, false].into(),
            values: values.into(),
            components: components.into(),
            explained: [0.6, 0.3, 0.1],
            directions: directions.into(),
        },
        grid: [0.1, 1.0].into(),
        usual_rate: 0.3,
        folds: 2,
    })
}

/// What a model of [`table`] with these coefficients says.
pub(in crate::exhibits::logistic::view) fn answer(weights: &[f64], intercept: f64) -> TableAnswer {
    let told = ROWS.iter().flat_map(|row| {
        let score = row[0] * weights[0] + row[1] * weights[1] + intercept;
        let probability = 1.0 / (1.0 + (-score).exp());
        [(1.0 - probability) as f32, probability as f32]
    });
    TableAnswer {
        coefficients: weights.into(),
        intercepts: [intercept].into(),
        probabilities: told.collect(),
        gradient_norm: 0.02,
        train_log_loss: 0.4,
        sum: None,
    }
}

/// Four held-out rows, of which one is told wrongly at one half.
pub(in crate::exhibits::logistic::view) fn tested() -> Arc<TableTest> {
    let second = [0.2, 0.7, 0.4, 0.1];
    Arc::new(TableTest {
        rows: [1, 2, 3, 4].into(),
        labels: [0, 1, 1, 0].into(),
        probabilities: second.iter().flat_map(|told| [1.0 - told, *told]).collect(),
        coefficients: [1.0, 1.0].into(),
        intercepts: [0.0].into(),
    })
}

fn snapshot(step: u64, weights: &[f64]) -> Snapshot {
    answered(step, answer(weights, 0.5))
}

fn started() -> Report {
    Report::Started(Started {
        exhibit: EXHIBIT_ID,
        train_examples: 4,
        test_examples: 2,
        batch: 4,
        epochs: 100,
        steps_per_epoch: 1,
        ..Started::example()
    })
}

fn material() -> Report {
    Report::Material(Material { content: Payload::shared(table()), remarks: Vec::new() })
}

fn hall() -> App {
    harness::hall(EXHIBIT_ID, crate::exhibits::logistic::view::plugin)
}

fn page(app: &App) -> StepPage {
    app.world().resource::<Open<StepPage>>().page
}

#[test]
fn the_tab_follows_the_run_until_one_is_pressed() {
    let mut app = hall();
    take(&mut app, [material(), stage(Stage::Preprocess)]);
    assert_eq!(page(&app), StepPage::Prepare);
    assert_says(&mut app, &["lumps", "● benign 2", "◆ malignant 2", "radius", "0 ± 1"]);
    for (told, wanted) in [
        (Stage::Build, StepPage::Features),
        (Stage::Train, StepPage::Model),
        (Stage::Evaluate, StepPage::Tune),
    ] {
        take(&mut app, [stage(told)]);
        assert_eq!(page(&app), wanted);
    }
    take(&mut app, [Report::Found(Payload::shared(tested()))]);
    assert_eq!(page(&app), StepPage::Evaluate);
    press(&mut app, "step-prepare");
    press(&mut app, "feature-on");
    assert_eq!(page(&app), StepPage::Prepare, "the visitor chose it");
    assert_says(&mut app, &["texture", "10 ± 2"]);
}

#[test]
fn a_feature_that_is_toggled_is_asked_for_with_all_else_as_it_is() {
    let mut app = hall();
    take(&mut app, [material(), started()]);
    press(&mut app, "step-features");
    let learn = control(&mut app, "wish-learn");
    assert!(app.world().get::<InteractionDisabled>(learn).is_some(), "nothing to learn yet");
    let entry = |app: &mut App, name| {
        let row = control(app, name);
        app.world().get::<Entry>(row).unwrap().clone()
    };
    let first = entry(&mut app, "feature-row-1");
    assert_eq!((first.words.as_str(), first.figure.as_str()), ("texture", "0.400 nats"));
    assert_eq!(entry(&mut app, "feature-row-3").note, "r = −0.99 with radius");
    press(&mut app, "feature-row-3");
    assert_eq!(entry(&mut app, "feature-row-3").note, "to be used");
    assert_says(&mut app, &["New: 3 features"]);
    assert!(app.world().get::<InteractionDisabled>(learn).is_none());
    asked(&mut app);
    press(&mut app, "wish-learn");
    let wanted = TableSettings { chosen: Some([true; 3].into()), ..table().settings.clone() };
    assert_eq!(asked(&mut app), [Command::Change(Payload::new(wanted))]);
    press(&mut app, "wish-undo");
    assert_says(&mut app, &["Now: L2, C = 1, full batch"]);
}

#[test]
fn penalty_solver_and_strength_are_wishes_too() {
    let mut app = hall();
    take(&mut app, [material(), started(), stage(Stage::Train)]);
    press(&mut app, "wish-l1");
    press(&mut app, "wish-pairwise");
    press(&mut app, "wish-lbfgs");
    slide(&mut app, "wish-c", 0.1);
    assert_says(&mut app, &["New: L1, C = 0.1, products, L-BFGS"]);
}

#[test]
fn the_best_c_can_be_taken_when_its_folds_are_judged() {
    let mut app = hall();
    let fold = |place: usize, fold, log_loss| {
        let c = [0.1, 1.0][place];
        Report::Found(Payload::new(TuneReport {
            c,
            place,
            fold,
            folds: 2,
            rows: (2, 2),
            train_log_loss: 0.1,
            log_loss,
            accuracy: 1.0,
            auc: Some(1.0),
            iterations: 9,
            fit_milliseconds: 1.0,
        }))
    };
    take(&mut app, [material(), started(), stage(Stage::Evaluate), fold(0, 1, 0.2)]);
    assert_says(&mut app, &["1 of 4 fits", "Last: C = 0.1, fold 1 (2 + 2 rows), 9 steps"]);
    let take_best = control(&mut app, "take-best-c");
    assert!(app.world().get::<InteractionDisabled>(take_best).is_some());
    take(&mut app, [fold(0, 2, 0.4), fold(1, 1, 0.5), fold(1, 2, 0.5)]);
    assert_says(&mut app, &["Best C = 0.1: 0.3000 ± 0.1000 nats"]);
    press(&mut app, "take-best-c");
    assert_says(&mut app, &["New: L2, C = 0.1"]);
}

#[test]
fn the_threshold_moves_all_that_is_counted() {
    let mut app = hall();
    let verdict = TableVerdict {
        accuracy: 0.75,
        log_loss: 0.4,
        auc: Some(1.0),
        precision: Some(1.0),
        recall: Some(0.5),
        f1: Some(2.0 / 3.0),
        not_defined: NotDefined::default(),
        majority_accuracy: 0.5,
        neighbours_accuracy: 0.75,
        best_c: 1.0,
        iterations: 9,
        fit_milliseconds: 1.0,
        converged: true,
        largest_slope: 1e-8,
        above_minimum: None,
    };
    let finished = Report::Finished(Finished {
        steps: Step(100),
        verdict: Payload::new(verdict),
        examples_per_second: 1.0,
        seconds: 1.0,
        cost: WatchCost::default(),
    });
    take(
        &mut app,
        [
            material(),
            started(),
            stage(Stage::Evaluate),
            Report::Found(Payload::shared(tested())),
            finished,
        ],
    );
    assert_says(&mut app, &["ROC, AUC 1.0000", "Calibration", "0.750", "0.500", "0.667"]);
    slide(&mut app, "threshold", 0.3);
    assert_eq!(app.world().resource::<TableAttention>().threshold, 0.3);
    let texts = texts(&mut app);
    let perfect = texts.iter().filter(|text| *text == "1.000").count();
    assert_eq!(perfect, 4, "accuracy, precision, recall and F1: {texts:?}");
    press(&mut app, "step-model");
    assert_says(&mut app, &["this model", "75.0 %", "always the same", "50.0 %"]);
}

#[test]
fn coefficients_boundary_and_sum_follow_the_snapshot() {
    let mut app = hall();
    take(&mut app, [material(), started(), stage(Stage::Train)]);
    show(&mut app, snapshot(1, &[2.0, -1.0]));
    assert_says(&mut app, &["What speaks for malignant", "radius", "+2.000", "−1.000"]);
    assert_says(
        &mut app,
        &["log loss 0.4000 nats", "4 of 6 rows drawn", "Planes: p of malignant 0.1, 0.50, 0.9"],
    );
    let shape = |app: &mut App| {
        let mut boundaries =
            app.world_mut().query_filtered::<(&Mesh3d, &Visibility), With<Boundary>>();
        let (mesh, seen) = boundaries.single(app.world()).unwrap();
        assert_eq!(*seen, Visibility::Inherited);
        let mesh = app.world().resource::<Assets<Mesh>>().get(&mesh.0).unwrap();
        format!("{:?}", mesh.attribute(Mesh::ATTRIBUTE_POSITION))
    };
    let before = shape(&mut app);
    show(&mut app, snapshot(2, &[1.0, 1.5]));
    assert_says(&mut app, &["+1.500", "+1.000"]);
    assert_ne!(shape(&mut app), before, "the plane has turned");
    app.world_mut().resource_mut::<TableAttention>().space = Space::Features;
    settle(&mut app);
    assert_says(&mut app, &["→ texture", "↑ probability of malignant, 0 to 1"]);
    press(&mut app, "verdict-row");
    assert_says(&mut app, &["Row 5, benign, held out", "score", "+1.50"]);
}

#[test]
fn a_row_that_is_pressed_is_watched_and_explained() {
    let mut app = hall();
    take(&mut app, [material(), started()]);
    show(&mut app, snapshot(1, &[2.0, -1.0]));
    let watched = |app: &mut App| {
        let commands = asked(app).into_iter().filter_map(|command| match command {
            Command::Watch(InputChoice::Other(ask)) => ask.get::<RowAsk>().map(|ask| ask.0),
            _ => None,
        });
        commands.last()
    };
    assert_eq!(watched(&mut app), Some(Some(2)), "the first that is held out");
    let mut samples = app.world_mut().query_filtered::<Entity, With<Samples>>();
    let entity = samples.single(app.world()).unwrap();
    press_at(&mut app, entity, Vec2::ZERO, Some(1));
    assert_eq!(watched(&mut app), Some(Some(1)));
    assert_eq!(app.world().get::<Cloud>(entity).unwrap().chosen, Some(1));
    // 2 × 1 − 1 × 1 + 0.5.
    assert_says(
        &mut app,
        &["Row 2, malignant", "+2.00", "−1.00", "p = 1 / (1 + e^−1.50) = 0.8176"],
    );
    app.world_mut().write_message(Intent::Back);
    settle(&mut app);
    assert_says(&mut app, &["Press a row ahead"]);
}

#[test]
fn why_a_change_failed_is_said_on_the_board() {
    let mut app = hall();
    let reason = "The split of scikit-learn is known for 569 rows only: choose another.".to_owned();
    let failed = RunState::Failed { reason: reason.as_str().into() };
    take(&mut app, [material(), started(), Report::State { state: failed, step: Step(0) }]);
    assert_says(&mut app, &[reason.as_str()]);
    let learn = control(&mut app, "wish-learn");
    assert!(app.world().get::<InteractionDisabled>(learn).is_none(), "it may be tried again");
}
