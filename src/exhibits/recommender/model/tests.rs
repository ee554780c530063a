//! The factorisation taught step by step, as a session does it.

use std::{ops::ControlFlow, sync::Arc};

use crate::{
    exhibits::recommender::{
        ITEM_BIASES, ITEM_PLACES, LAST_RATING, PEOPLE_PLACES, Settings,
        model::{self, samples},
        payload::{
            FoldReport, ListAsk, Person, Rated, Ratings, RatingsVerdict, TasteAnswer, TasteAsk,
        },
    },
    learning::{
        Evaluation, Judgement, NetworkValues, StepOrder, StepPlace, Stepped, Trainable,
        TrainingConfig,
    },
    stream::{InputChoice, LayerId, Payload, Stage},
};

const RATE: f64 = 0.02;

fn settings() -> Settings {
    Settings { factors: 8, ..Settings::default() }
}

fn begun(ratings: &Arc<Ratings>, seed: u64) -> Box<dyn Trainable> {
    let config = TrainingConfig { epochs: 10, learning_rate: RATE, ..TrainingConfig::default() };
    let mut trainable = model::trainable(ratings.clone(), settings(), &config).unwrap();
    trainable.begin(seed, &mut |_, _| ()).unwrap();
    trainable
}

fn sample() -> Arc<Ratings> {
    samples::planted(60, 40, 20, 4)
}

fn step(trainable: &mut dyn Trainable, batch: u64, steps: u64, learning_rate: f64) -> Stepped {
    let at = StepPlace { epoch: 0, batch };
    trainable.step(StepOrder { at, steps, learning_rate, keep: false }).unwrap()
}

fn learn(trainable: &mut dyn Trainable, epochs: usize) {
    let ratings = trainable.outline().steps_per_epoch;
    for _ in 0..epochs {
        step(trainable, 0, ratings, RATE);
    }
}

fn visitor(rated: &[(u32, f32)]) -> Person {
    Person::Visitor(rated.iter().map(|&(item, stars)| Rated { item, stars }).collect())
}

fn ask(people: Vec<Person>, item: Option<u32>) -> InputChoice {
    InputChoice::of(TasteAsk { people, item, ..TasteAsk::default() })
}

fn answer(
    trainable: &mut dyn Trainable,
    people: Vec<Person>,
    item: Option<u32>,
) -> Arc<TasteAnswer> {
    taste(&trainable.network_values(&ask(people, item)).unwrap())
}

fn taste(picture: &NetworkValues) -> Arc<TasteAnswer> {
    picture.answer.as_ref().unwrap().get().cloned().unwrap()
}

fn bits(trainable: &mut dyn Trainable, layer: LayerId) -> Vec<u32> {
    let picture = trainable.network_values(&ask(vec![Person::Known(0)], None)).unwrap();
    let layer = picture.layers.iter().find(|one| one.layer == layer).unwrap();
    assert_eq!(layer.values.len(), layer.shape.len());
    layer.values.iter().map(|value| value.to_bits()).collect()
}

fn folds(findings: Vec<Payload>) -> impl Iterator<Item = FoldReport> {
    findings.into_iter().filter_map(|finding| Some(FoldReport::clone(finding.get()?)))
}

fn judged(trainable: &mut dyn Trainable) -> (Vec<FoldReport>, Judgement) {
    let mut reports = Vec::new();
    loop {
        match trainable.evaluate(RATE, &mut || ControlFlow::Continue(())).unwrap() {
            Evaluation::Going(more) => reports.extend(folds(more)),
            Evaluation::Done(judged) => {
                reports.extend(folds(judged.findings.clone()));
                return (reports, judged);
            }
            Evaluation::BrokenOff => panic!("nobody broke it off"),
        }
    }
}

#[test]
fn same_seed_same_factors() {
    let ratings = sample();
    let run = |seed| {
        let mut trainable = begun(&ratings, seed);
        learn(trainable.as_mut(), 3);
        [ITEM_PLACES, PEOPLE_PLACES, ITEM_BIASES, LAST_RATING]
            .map(|id| bits(trainable.as_mut(), id))
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn slices_learn_what_whole_epochs_learn() {
    let ratings = sample();
    let (mut whole, mut sliced) = (begun(&ratings, 1), begun(&ratings, 1));
    learn(whole.as_mut(), 1);
    let count = ratings.len() as u64;
    let mut at = 0;
    while at < count {
        at += step(sliced.as_mut(), at, 7.min(count - at), RATE).steps;
    }
    assert_eq!(bits(whole.as_mut(), ITEM_BIASES), bits(sliced.as_mut(), ITEM_BIASES));
}

#[test]
fn a_new_beginning_forgets_everything() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    let first = bits(trainable.as_mut(), ITEM_PLACES);
    assert!(bits(trainable.as_mut(), LAST_RATING).is_empty());
    learn(trainable.as_mut(), 2);
    assert_ne!(bits(trainable.as_mut(), ITEM_PLACES), first);
    let mut told = Vec::new();
    trainable.begin(1, &mut |stage, facts| told.push((stage, facts.len()))).unwrap();
    assert_eq!(bits(trainable.as_mut(), ITEM_PLACES), first);
    assert!(bits(trainable.as_mut(), LAST_RATING).is_empty());
    assert_eq!(told.iter().map(|(stage, _)| *stage).collect::<Vec<_>>(), Stage::ALL[..3]);
}

#[test]
fn the_last_rating_is_the_one_that_was_learned() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    let stepped = step(trainable.as_mut(), 20, 3, RATE);
    assert_eq!((stepped.steps, stepped.examples), (3, 3));
    let last: Vec<f32> =
        bits(trainable.as_mut(), LAST_RATING).into_iter().map(f32::from_bits).collect();
    // The second person's third rating.
    assert_eq!(last[..3], [1.0, ratings.rated[22] as f32, ratings.stars[22]]);
    assert!((last[4] - (last[2] - last[3])).abs() < 1e-6);
    let one = step(trainable.as_mut(), 23, 1, RATE);
    let last: Vec<f32> =
        bits(trainable.as_mut(), LAST_RATING).into_iter().map(f32::from_bits).collect();
    assert!((one.values.loss() - last[4] * last[4]).abs() < 1e-5);
}

#[test]
fn a_rate_too_high_diverges_and_leaves_the_rest_alone() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    let count = ratings.len() as u64;
    let mut at = 0;
    let broken = loop {
        let stepped = step(trainable.as_mut(), at % count, 1, 1e6);
        if !stepped.values.loss().is_finite() {
            break at % count;
        }
        at += 1;
        assert!(at < 10 * count, "a rate of a million ought to diverge");
    };
    let before = bits(trainable.as_mut(), ITEM_BIASES);
    assert!(!step(trainable.as_mut(), broken, 5, 1e6).values.loss().is_finite());
    assert_eq!(bits(trainable.as_mut(), ITEM_BIASES), before);
    trainable.begin(1, &mut |_, _| ()).unwrap();
    assert!(step(trainable.as_mut(), 0, count, RATE).values.loss().is_finite());
}

#[test]
fn explanations_add_up_to_the_prediction() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    learn(trainable.as_mut(), 10);
    let visitor = visitor(&[(3, 5.0), (8, 1.0), (12, 4.5), (3, 2.0)]);
    let answer = answer(trainable.as_mut(), vec![Person::Known(7), visitor], Some(5));
    assert_eq!((answer.items, answer.people.len()), (40, 2));
    assert_eq!(answer.list.len(), answer.eligible.min(20));
    assert_eq!(answer.people[1].ratings, 3);
    for listed in &answer.list {
        for (terms, taste) in listed.terms.iter().zip(&answer.people) {
            let clipped = terms.sum().clamp(0.5, 5.0) as f32;
            assert!((clipped - taste.predicted[listed.item as usize]).abs() < 1e-6);
        }
        let lower = listed.terms.iter().map(|terms| terms.sum().clamp(0.5, 5.0));
        assert!((listed.stars - lower.fold(9.0, f64::min)).abs() < 1e-9);
    }
    let why = answer.why.as_ref().unwrap();
    for (reasons, taste) in why.people.iter().zip(&answer.people) {
        assert!((reasons.predicted - reasons.terms.sum().clamp(0.5, 5.0)).abs() < 1e-9);
        assert!((reasons.predicted as f32 - taste.predicted[5]).abs() < 1e-6);
        assert_eq!(reasons.tried, (taste.ratings, taste.ratings));
        assert!(reasons.moved_by.len() <= 10 && !reasons.moved_by.is_empty());
    }
    // A visitor's taste is the fitted one.
    assert!((why.people[1].fitted - why.people[1].terms.sum()).abs() < 1e-9);
    let again: Vec<_> = why.people[1].moved_by.iter().map(|by| by.rated).collect();
    assert!(again.contains(&Rated { item: 3, stars: 2.0 }), "{again:?}");
}

#[test]
fn what_is_rated_moves_the_list() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    learn(trainable.as_mut(), 40);
    let before = answer(trainable.as_mut(), vec![visitor(&[])], Some(5));
    assert!(!before.suggestions.is_empty());
    assert_eq!(before.eligible, 40);
    let best = before.why.as_ref().unwrap().neighbours[0].item;
    let after = answer(trainable.as_mut(), vec![visitor(&[(best, 5.0)])], Some(5));
    assert!(after.people[0].predicted[5] > before.people[0].predicted[5]);
    assert_eq!(after.eligible, 39);
    assert!(after.list.iter().all(|listed| listed.item != best));
    let moved = &after.why.as_ref().unwrap().people[0].moved_by;
    assert_eq!(moved.len(), 1);
    assert!(moved[0].stars > 0.0);
    assert_ne!(before.people[0].place, after.people[0].place);
}

#[test]
fn an_answer_is_kept_until_something_changes() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    let people = || vec![Person::Known(3)];
    let first = answer(trainable.as_mut(), people(), None);
    assert!(Arc::ptr_eq(&first, &answer(trainable.as_mut(), people(), None)));
    assert!(!Arc::ptr_eq(&first, &answer(trainable.as_mut(), people(), Some(2))));
    let second = answer(trainable.as_mut(), people(), None);
    step(trainable.as_mut(), 0, 1, RATE);
    assert!(!Arc::ptr_eq(&second, &answer(trainable.as_mut(), people(), None)));
}

#[test]
fn what_cannot_be_asked_is_said_in_a_sentence() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    for (input, fact) in [
        (ask(vec![Person::Known(60)], None), "no person 60, only 60"),
        (ask(vec![Person::Known(0)], Some(40)), "no item 40, only 40"),
        (ask(vec![visitor(&[(40, 3.0)])], None), "no item 40 to be rated"),
        (ask(vec![visitor(&[(4, 5.5)])], None), "5.5 is no rating: stars go from 0.5 to 5"),
        (ask(vec![visitor(&[(4, f32::NAN)])], None), "NaN is no rating"),
        (ask(Vec::new(), None), "0 people cannot"),
        (ask(vec![Person::Known(0); 3], None), "3 people cannot"),
        (InputChoice::Test(0), "asked for a taste"),
    ] {
        let error = trainable.network_values(&input).unwrap_err().to_string();
        assert!(error.contains(fact), "{error}");
    }
    // Nothing is harmed by it.
    answer(trainable.as_mut(), vec![Person::Known(0)], None);
}

#[test]
fn judging_disturbs_nothing_and_can_begin_anew() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    learn(trainable.as_mut(), 2);
    let before = bits(trainable.as_mut(), ITEM_PLACES);
    trainable.evaluate(RATE, &mut || ControlFlow::Continue(())).unwrap();
    trainable.forget_evaluation();
    let (reports, first) = judged(trainable.as_mut());
    assert_eq!(reports.len(), 5 * 10);
    assert!(reports.iter().filter(|report| report.outcome.is_some()).count() == 5);
    assert_eq!(bits(trainable.as_mut(), ITEM_PLACES), before);
    let (_, second) = judged(trainable.as_mut());
    let [first, second] =
        [&first, &second].map(|judged| judged.verdict.get::<RatingsVerdict>().unwrap());
    assert_eq!(first.rmse.to_bits(), second.rmse.to_bits());
    assert_eq!(first.folds, 5);
}

#[test]
fn factors_are_handed_out_when_they_are_asked_for() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    learn(trainable.as_mut(), 2);
    let people = || vec![Person::Known(3)];
    assert_eq!(answer(trainable.as_mut(), people(), None).factors, None);
    let ask = TasteAsk { people: people(), with_factors: true, ..TasteAsk::default() };
    let answer = taste(&trainable.network_values(&InputChoice::of(ask)).unwrap());
    let factors = answer.factors.as_ref().unwrap();
    assert_eq!((factors.people.len(), factors.items.len()), (60 * 8, 40 * 8));
    let of = |values: &[f64], at: usize| values[at * 8..(at + 1) * 8].to_vec();
    let fits = of(&factors.people, 3).into_iter().zip(of(&factors.items, 5));
    let fit: f64 = fits.map(|(p, q)| p * q).sum();
    let biases = factors.person_biases[3] + factors.item_biases[5];
    let predicted = (factors.mean + biases + fit).clamp(0.5, 5.0);
    assert!((predicted as f32 - answer.people[0].predicted[5]).abs() < 1e-6);
}

#[test]
fn a_long_list_is_as_long_as_there_are_items() {
    let ratings = sample();
    let mut trainable = begun(&ratings, 1);
    let list = ListAsk { length: 1000, diversity: 0.5, ..ListAsk::default() };
    let ask = TasteAsk { people: vec![visitor(&[])], list, ..TasteAsk::default() };
    let picture = trainable.network_values(&InputChoice::of(ask)).unwrap();
    assert_eq!(taste(&picture).list.len(), 40);
}
