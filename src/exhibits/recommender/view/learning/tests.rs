//! The board in an app without window and GPU: what is written, which tab is open, and what is pointed at.

use std::sync::Arc;

use bevy::prelude::*;

use super::LearningPage;
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID,
        payload::{FoldOutcome, FoldReport, Item, ListQuality, Ratings, RatingsVerdict, StarScale},
        view::attention::{Profile, TasteAttention, Who},
    },
    stream::{
        Finished, Material, MetricValues, Payload, Report, Stage, Started, Step, StepReport,
        WatchCost,
    },
    world::{
        display::{Chart, Field},
        harness::{self, assert_says, named, press, press_at, settle, stage, take},
        interaction::aim::AimMoved,
        timeline::Timeline,
        ui::tabs::Open,
    },
};

/// Three films of two decades and two genres, rated by two people.
pub(super) fn ratings() -> Arc<Ratings> {
    let film = |year, genres, count, mean| Item { year, genres, count, mean, ..Item::default() };
    Arc::new(Ratings {
        name: "three films".to_owned(),
        items: vec![
            film(Some(1994), 0b01, 2, 4.0),
            film(Some(1999), 0b11, 1, 1.0),
            film(None, 0b10, 1, 3.0),
        ]
        .into(),
        genres: ["Drama".to_owned(), "War".to_owned()].into(),
        people: ["7".to_owned(), "8".to_owned()].into(),
        starts: [0, 3, 4].into(),
        rated: [0, 1, 2, 0].into(),
        stars: [4.5, 1.0, 3.0, 3.5].into(),
        times: [1_158_400_000, 1_158_400_060, 1_168_000_000, 1_158_400_000].into(),
        ..Ratings::default()
    })
}

/// A fold after an epoch, judged where there is an error.
pub(super) fn fold(fold: usize, epoch: u32, test_rmse: f64, mae: Option<f64>) -> Report {
    let scale = StarScale::default();
    let outcome = mae.map(|mae| {
        let mut predicted = vec![0; scale.count() * scale.count()];
        predicted[7 * scale.count() + 6] = 2310;
        let lists = |precision| ListQuality { precision, recall: 0.25, ndcg: 0.5 };
        FoldOutcome {
            ratings: 2310,
            rmse: test_rmse,
            mae,
            bias_rmse: 0.91,
            lists: lists(0.3),
            bias_lists: lists(0.2),
            popular_lists: lists(0.1),
            predicted: predicted.into(),
            scale,
            seconds: (0.4, 0.5),
        }
    });
    let fold = FoldReport { fold, folds: 2, epoch, train_rmse: 0.7, test_rmse, outcome };
    Report::Found(Payload::new(fold))
}

/// The end of a run with these means.
pub(super) fn finished(rmse: f64, rmse_std: f64) -> Report {
    let verdict = RatingsVerdict {
        folds: 2,
        rmse,
        rmse_std,
        mae: 0.7,
        bias_rmse: 0.91,
        ..RatingsVerdict::default()
    };
    Report::Finished(Finished {
        steps: Step(40),
        verdict: Payload::new(verdict),
        examples_per_second: 1.0,
        seconds: 1.0,
        cost: WatchCost::default(),
    })
}

fn started() -> Report {
    Report::Started(Started {
        exhibit: EXHIBIT_ID,
        train_examples: 4,
        test_examples: 0,
        batch: 1,
        epochs: 10,
        steps_per_epoch: 4,
        learning_rate: 0.005,
        ..Started::example()
    })
}

fn stepped(step: u64, loss: f32) -> Report {
    Report::Stepped(StepReport {
        step: Step(step),
        epoch: 1,
        values: MetricValues::new(&[loss, 0.5]),
        learning_rate: 0.005,
        steps_per_second: 1.0,
        examples_per_second: 1.0,
        cost: WatchCost::default(),
        merged: 1,
    })
}

fn hall() -> App {
    harness::hall(EXHIBIT_ID, |app| {
        app.init_resource::<TasteAttention>().init_resource::<Profile>().add_plugins(super::plugin);
    })
}

fn page(app: &App) -> LearningPage {
    app.world().resource::<Open<LearningPage>>().page
}

fn material() -> Report {
    Report::Material(Material { content: Payload::shared(ratings()), remarks: Vec::new() })
}

#[test]
fn the_tab_follows_the_stage_until_one_is_pressed() {
    let mut app = hall();
    for (told, wanted) in [
        (Stage::Preprocess, LearningPage::Collect),
        (Stage::Build, LearningPage::Train),
        (Stage::Train, LearningPage::Train),
        (Stage::Evaluate, LearningPage::Evaluate),
    ] {
        take(&mut app, [stage(told)]);
        assert_eq!(page(&app), wanted);
    }
    press(&mut app, "learning-tab-people");
    assert_eq!(page(&app), LearningPage::People);
    take(&mut app, [started(), stage(Stage::Train)]);
    assert_eq!(page(&app), LearningPage::People, "the visitor chose it");
    let mut pages = app.world_mut().query::<(&LearningPage, &Node)>();
    for (page, node) in pages.iter(app.world()) {
        assert_eq!(node.display == Display::Flex, *page == LearningPage::People, "{page:?}");
    }
}

#[test]
fn data_people_and_films_are_told_in_words() {
    let mut app = hall();
    take(&mut app, [material()]);
    assert_says(
        &mut app,
        &["three films", "4 ratings", "2 people, 3 films", "33.3 % of 6 pairs are unrated"],
    );
    press(&mut app, "learning-tab-people");
    assert_says(&mut app, &["Person 7: 3 ratings", "per month, up to 2", "2006-09", "2007-01"]);
    app.world_mut().resource_mut::<TasteAttention>().who = Who::You;
    app.world_mut().resource_mut::<Profile>().rate(2, 5.0, false);
    settle(&mut app);
    assert_says(&mut app, &["You: 1 rating", "2.00 more than all", "when is not known"]);
    press(&mut app, "learning-tab-films");
    assert_says(&mut app, &["1990s", "2 films, 3.00"]);
    press(&mut app, "learning-films-liking");
    assert_says(&mut app, &["stars more or less than all, ratings", "War", "+3.00"]);
}

#[test]
fn errors_are_drawn_over_the_ratings_and_scrubbed_on() {
    let mut app = hall();
    let steps = (1..=40).map(|step| stepped(step, 1.0));
    take(&mut app, [material(), started(), stage(Stage::Train)].into_iter().chain(steps));
    let curves = named(&mut app, "RMSE curves");
    let chart = app.world().get::<Chart>(curves).unwrap();
    assert_eq!(chart.nearest(0, 40.0), Some((40.0, 1.0)));
    assert_eq!(chart.shown_step, Some(40.0));
    assert_says(&mut app, &["training 1.000", "held out –", "10.0 of 10 epochs, 40 ratings", "40"]);
    assert_says(&mut app, &["pᵤ ← pᵤ + 0.005 (e qᵢ − λ pᵤ)"]);
    press_at(&mut app, curves, Vec2::new(0.5, 0.5), None);
    assert_eq!(app.world().resource::<Timeline>().scrubbed_to(), Some(Step(20)));
    take(&mut app, [fold(1, 5, 0.9, None), fold(2, 5, 1.0, None)]);
    let (step, mean) = app.world().get::<Chart>(curves).unwrap().nearest(1, 20.0).unwrap();
    assert!(step == 20.0 && (mean - 0.95).abs() < 1e-6);
}

#[test]
fn folds_lists_and_predictions_are_told_as_the_verdict_has_them() {
    let mut app = hall();
    let folds = [fold(1, 10, 0.88, Some(0.68)), fold(2, 4, 0.95, None)];
    take(&mut app, [material(), started(), stage(Stage::Evaluate)].into_iter().chain(folds));
    assert_says(&mut app, &["1 of 2 folds", "0.8800", "0.6800", "4/10", "0.300"]);
    let matrix = named(&mut app, "True and predicted stars");
    // Four stars are in the third row from the top, 3.5 in the seventh column.
    app.world_mut().trigger(AimMoved {
        entity: matrix,
        aim: Entity::PLACEHOLDER,
        uv: Vec2::new(0.65, 0.25),
        point: Vec3::ZERO,
        part: None,
    });
    settle(&mut app);
    assert_says(&mut app, &["true 4.0, predicted 3.5: 2,310"]);
    assert_eq!(app.world().get::<Field>(matrix).unwrap().marks.len(), 1);
    let end = [fold(2, 10, 0.92, Some(0.72)), finished(0.9012, 0.0283)];
    take(&mut app, end);
    assert_says(&mut app, &["2 folds in 0.0 s", "0.9012", "0.0283", "0.9100"]);
}
