//! The layout by neighbours as a trainable shows it: beside the training, with its progress, and the same for the same factors.

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
    learning::{NetworkValues, StepOrder, StepPlace, Trainable, TrainingConfig},
    stream::InputChoice,
};

const RATE: f64 = 0.02;

fn begun(ratings: &Arc<Ratings>, factors: usize) -> Box<dyn Trainable> {
    let config = TrainingConfig { epochs: 20, learning_rate: RATE, ..TrainingConfig::default() };
    let settings = Settings { factors, ..Settings::default() };
    let mut trainable = model::trainable(ratings.clone(), settings, &config).unwrap();
    trainable.begin(1, &mut |_, _| ()).unwrap();
    trainable
}

fn learn(trainable: &mut dyn Trainable, epochs: usize, learning_rate: f64) {
    let steps = trainable.outline().steps_per_epoch;
    for _ in 0..epochs {
        let at = StepPlace { epoch: 0, batch: 0 };
        trainable.step(StepOrder { at, steps, learning_rate, keep: false }).unwrap();
    }
}

fn picture(trainable: &mut dyn Trainable, layout: Layout) -> NetworkValues {
    let ask = TasteAsk { layout, ..TasteAsk::default() };
    trainable.network_values(&InputChoice::of(ask)).unwrap()
}

fn answer(picture: &NetworkValues) -> &TasteAnswer {
    picture.answer.as_ref().unwrap().get::<TasteAnswer>().unwrap()
}

fn places(picture: &NetworkValues) -> Arc<[f32]> {
    picture.layers.iter().find(|layer| layer.layer == ITEM_PLACES).unwrap().values.clone()
}

/// Looks again and again until the layout is over; all that was told, and the last picture.
fn finished(trainable: &mut dyn Trainable, layout: Layout) -> (Vec<Laid>, NetworkValues) {
    let start = Instant::now();
    let mut told = Vec::new();
    loop {
        let shown = picture(trainable, layout);
        told.push(answer(&shown).laid.clone().unwrap());
        if !trainable.is_busy() {
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
    let mut trainable = begun(&ratings, 12);
    learn(trainable.as_mut(), 30, RATE);
    let map = places(&picture(trainable.as_mut(), Layout::Components));
    assert!(!trainable.is_busy());
    let first = picture(trainable.as_mut(), Layout::Neighbours(1));
    assert!(trainable.is_busy(), "pictures go on though nothing is learned");
    let step = ratings.len() as u64 * 30;
    let laid = answer(&first).laid.clone().unwrap();
    assert_eq!((laid.step, laid.items), (step, 200));
    let (told, last) = finished(trainable.as_mut(), Layout::Neighbours(1));
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
    let back = picture(trainable.as_mut(), Layout::Components);
    assert!(answer(&back).laid.is_none() && places(&back).iter().all(|value| value.is_finite()));
    assert_eq!(
        places(&picture(trainable.as_mut(), Layout::Neighbours(1))),
        laid,
        "it is still there"
    );
}

#[test]
fn it_is_the_same_to_the_bit_however_often_one_looks() {
    let ratings = samples::planted(120, 80, 30, 4);
    let laid = |pause: Duration| {
        let mut trainable = begun(&ratings, 8);
        learn(trainable.as_mut(), 20, RATE);
        picture(trainable.as_mut(), Layout::Neighbours(1));
        std::thread::sleep(pause);
        let (_, last) = finished(trainable.as_mut(), Layout::Neighbours(1));
        places(&last).iter().map(|value| value.to_bits()).collect::<Vec<_>>()
    };
    assert_eq!(laid(Duration::ZERO), laid(Duration::from_millis(400)));
}

#[test]
fn another_number_begins_anew_from_what_is_known_then() {
    let ratings = samples::planted(120, 80, 30, 4);
    let mut trainable = begun(&ratings, 8);
    learn(trainable.as_mut(), 10, RATE);
    finished(trainable.as_mut(), Layout::Neighbours(1));
    learn(trainable.as_mut(), 1, RATE);
    let (told, _) = finished(trainable.as_mut(), Layout::Neighbours(1));
    assert_eq!(
        told.last().unwrap().step,
        10 * ratings.len() as u64,
        "training moves nothing on it"
    );
    let (told, _) = finished(trainable.as_mut(), Layout::Neighbours(2));
    assert_eq!(told.last().unwrap().step, 11 * ratings.len() as u64);
    trainable.begin(2, &mut |_, _| ()).unwrap();
    let shown = picture(trainable.as_mut(), Layout::Neighbours(2));
    assert!(
        answer(&shown).laid.is_none() && !trainable.is_busy(),
        "a new run has not asked for it"
    );
}

#[test]
fn leaving_or_dropping_ends_the_thread() {
    let ratings = samples::planted(300, 200, 40, 4);
    let mut trainable = begun(&ratings, 12);
    learn(trainable.as_mut(), 5, RATE);
    picture(trainable.as_mut(), Layout::Neighbours(1));
    picture(trainable.as_mut(), Layout::Components);
    assert!(!trainable.is_busy());
    let (told, _) = finished(trainable.as_mut(), Layout::Neighbours(1));
    assert!(
        matches!(told.last().unwrap().progress, LayoutProgress::Done { .. }),
        "it can be had again"
    );
    picture(trainable.as_mut(), Layout::Neighbours(2));
    drop(trainable);
}

#[test]
fn what_has_no_neighbourhoods_is_refused_in_words() {
    let few = samples::planted(30, 6, 6, 1);
    let mut trainable = begun(&few, 4);
    let (told, shown) = finished(trainable.as_mut(), Layout::Neighbours(1));
    let LayoutProgress::Refused(reason) = &told.last().unwrap().progress else {
        panic!("{told:?}");
    };
    assert!(reason.starts_with("6 films"), "{reason}");
    assert!(places(&shown).iter().all(|value| value.is_finite()), "the other map stays");
    let config = TrainingConfig { epochs: 2, ..TrainingConfig::default() };
    let settings = Settings { factors: 4, init_std: 0.0, ..Settings::default() };
    let mut flat = model::trainable(samples::planted(60, 20, 10, 1), settings, &config).unwrap();
    flat.begin(1, &mut |_, _| ()).unwrap();
    let (told, _) = finished(flat.as_mut(), Layout::Neighbours(1));
    assert!(matches!(told.last().unwrap().progress, LayoutProgress::Refused(_)));
}

#[test]
fn bundled_films_keep_more_of_their_neighbours_than_on_three_axes() {
    let ratings = samples::bundled();
    let mut trainable = begun(&ratings, 100);
    learn(trainable.as_mut(), 20, 0.005);
    let (told, _) = finished(trainable.as_mut(), Layout::Neighbours(1));
    let [before, after] = kept(told.last().unwrap());
    assert!(after > 2.0 * before, "{before} {after}");
}
