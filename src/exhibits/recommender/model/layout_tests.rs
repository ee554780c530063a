//! The layout by neighbours as a lesson shows it: beside the training, with its progress, and the same for the same factors.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    exhibits::recommender::{
        ITEM_PLACES, PEOPLE_PLACES, Settings,
        model::{self, samples},
        payload::{Laid, Layout, LayoutProgress, Ratings, TasteAnswer, TasteAsk},
    },
    learning::{Lesson, Picture, Plan, StepOrder, StepPlace},
    stream::InputChoice,
};

const RATE: f64 = 0.02;

fn begun(ratings: &Arc<Ratings>, factors: usize) -> Box<dyn Lesson> {
    let plan = Plan { epochs: 20, learning_rate: RATE, ..Plan::default() };
    let settings = Settings { factors, ..Settings::default() };
    let mut lesson = model::lesson(ratings.clone(), settings, &plan).unwrap();
    lesson.begin(1, &mut |_, _| ()).unwrap();
    lesson
}

fn learn(lesson: &mut dyn Lesson, epochs: usize, learning_rate: f64) {
    let steps = lesson.outline().steps_per_epoch;
    for _ in 0..epochs {
        let at = StepPlace { epoch: 0, batch: 0 };
        lesson.step(StepOrder { at, steps, learning_rate, keep: false }).unwrap();
    }
}

fn picture(lesson: &mut dyn Lesson, layout: Layout) -> Picture {
    let ask = TasteAsk { layout, ..TasteAsk::default() };
    lesson.picture(&InputChoice::of(ask)).unwrap()
}

fn answer(picture: &Picture) -> &TasteAnswer {
    picture.answer.as_ref().unwrap().get::<TasteAnswer>().unwrap()
}

fn places(picture: &Picture) -> Arc<[f32]> {
    picture.layers.iter().find(|layer| layer.layer == ITEM_PLACES).unwrap().values.clone()
}

/// Looks again and again until the layout is over; all that was told, and the last picture.
fn finished(lesson: &mut dyn Lesson, layout: Layout) -> (Vec<Laid>, Picture) {
    let start = Instant::now();
    let mut told = Vec::new();
    loop {
        let shown = picture(lesson, layout);
        told.push(answer(&shown).laid.clone().unwrap());
        if !lesson.is_busy() {
            return (told, shown);
        }
        assert!(start.elapsed() < Duration::from_secs(300), "{:?}", told.last());
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn kept(laid: &Laid) -> [f64; 2] {
    match laid.progress {
        LayoutProgress::Done { kept, kept_before } => [kept_before, kept],
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn items_travel_from_the_map_to_their_neighbours_and_back() {
    let ratings = samples::planted(300, 200, 40, 4);
    let mut lesson = begun(&ratings, 12);
    learn(lesson.as_mut(), 30, RATE);
    let map = places(&picture(lesson.as_mut(), Layout::Components));
    assert!(!lesson.is_busy());
    let first = picture(lesson.as_mut(), Layout::Neighbours(1));
    assert!(lesson.is_busy(), "pictures go on though nothing is learned");
    let step = ratings.len() as u64 * 30;
    let laid = answer(&first).laid.clone().unwrap();
    assert_eq!((laid.step, laid.items), (step, 200));
    let (told, last) = finished(lesson.as_mut(), Layout::Neighbours(1));
    let epochs: Vec<u32> = told
        .iter()
        .filter_map(|laid| match laid.progress {
            LayoutProgress::Moving { epoch, epochs } => {
                Some((epoch <= epochs).then_some(epoch).unwrap())
            }
            _ => None,
        })
        .collect();
    assert!(epochs.len() > 1 && epochs.is_sorted(), "{epochs:?}");
    let [before, after] = kept(told.last().unwrap());
    assert!(after > before, "{before} {after}");
    let laid = places(&last);
    let spread = |values: &[f32]| values.iter().map(|value| value * value).sum::<f32>().sqrt();
    assert!((spread(&laid) / spread(&map) - 1.0).abs() < 1e-3, "as wide as the map");
    let along: f32 = laid.iter().zip(map.iter()).map(|(a, b)| a * b).sum();
    assert!(along > 0.3 * spread(&map).powi(2), "turned towards it");
    let people = last.layers.iter().find(|layer| layer.layer == PEOPLE_PLACES).unwrap();
    assert!(people.values.iter().all(|value| value.is_nan()));
    let back = picture(lesson.as_mut(), Layout::Components);
    assert!(answer(&back).laid.is_none() && places(&back).iter().all(|value| value.is_finite()));
    assert_eq!(places(&picture(lesson.as_mut(), Layout::Neighbours(1))), laid, "it is still there");
}

#[test]
fn it_is_the_same_to_the_bit_however_often_one_looks() {
    let ratings = samples::planted(120, 80, 30, 4);
    let laid = |pause: Duration| {
        let mut lesson = begun(&ratings, 8);
        learn(lesson.as_mut(), 20, RATE);
        picture(lesson.as_mut(), Layout::Neighbours(1));
        std::thread::sleep(pause);
        let (_, last) = finished(lesson.as_mut(), Layout::Neighbours(1));
        places(&last).iter().map(|value| value.to_bits()).collect::<Vec<_>>()
    };
    assert_eq!(laid(Duration::ZERO), laid(Duration::from_millis(400)));
}

#[test]
fn another_number_begins_anew_from_what_is_known_then() {
    let ratings = samples::planted(120, 80, 30, 4);
    let mut lesson = begun(&ratings, 8);
    learn(lesson.as_mut(), 10, RATE);
    finished(lesson.as_mut(), Layout::Neighbours(1));
    learn(lesson.as_mut(), 1, RATE);
    let (told, _) = finished(lesson.as_mut(), Layout::Neighbours(1));
    assert_eq!(
        told.last().unwrap().step,
        10 * ratings.len() as u64,
        "training moves nothing on it"
    );
    let (told, _) = finished(lesson.as_mut(), Layout::Neighbours(2));
    assert_eq!(told.last().unwrap().step, 11 * ratings.len() as u64);
    lesson.begin(2, &mut |_, _| ()).unwrap();
    let shown = picture(lesson.as_mut(), Layout::Neighbours(2));
    assert!(answer(&shown).laid.is_none() && !lesson.is_busy(), "a new run has not asked for it");
}

#[test]
fn leaving_or_dropping_ends_the_thread() {
    let ratings = samples::planted(300, 200, 40, 4);
    let mut lesson = begun(&ratings, 12);
    learn(lesson.as_mut(), 5, RATE);
    picture(lesson.as_mut(), Layout::Neighbours(1));
    picture(lesson.as_mut(), Layout::Components);
    assert!(!lesson.is_busy());
    let (told, _) = finished(lesson.as_mut(), Layout::Neighbours(1));
    assert!(
        matches!(told.last().unwrap().progress, LayoutProgress::Done { .. }),
        "it can be had again"
    );
    picture(lesson.as_mut(), Layout::Neighbours(2));
    drop(lesson);
}

#[test]
fn what_has_no_neighbourhoods_is_refused_in_words() {
    let few = samples::planted(30, 6, 6, 1);
    let mut lesson = begun(&few, 4);
    let (told, shown) = finished(lesson.as_mut(), Layout::Neighbours(1));
    let LayoutProgress::Refused(reason) = &told.last().unwrap().progress else {
        panic!("{told:?}");
    };
    assert!(reason.starts_with("6 films"), "{reason}");
    assert!(places(&shown).iter().all(|value| value.is_finite()), "the other map stays");
    let plan = Plan { epochs: 2, ..Plan::default() };
    let settings = Settings { factors: 4, init_std: 0.0, ..Settings::default() };
    let mut flat = model::lesson(samples::planted(60, 20, 10, 1), settings, &plan).unwrap();
    flat.begin(1, &mut |_, _| ()).unwrap();
    let (told, _) = finished(flat.as_mut(), Layout::Neighbours(1));
    assert!(matches!(told.last().unwrap().progress, LayoutProgress::Refused(_)));
}

#[test]
fn bundled_films_keep_more_of_their_neighbours_than_on_three_axes() {
    let ratings = samples::bundled();
    let mut lesson = begun(&ratings, 100);
    learn(lesson.as_mut(), 20, 0.005);
    let (told, _) = finished(lesson.as_mut(), Layout::Neighbours(1));
    let [before, after] = kept(told.last().unwrap());
    assert!(after > 2.0 * before, "{before} {after}");
}
