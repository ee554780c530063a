//! How fast taste is learned, judged and asked for: `cargo bench --profile dev --bench recommender`.
//!
//! Each figure is the median of several runs with the least in brackets, in seconds of the clock, on as many threads as
//! there are cores. The bundled ratings are learned and judged as by default; made-up ratings show that time and
//! memory stay linear.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

mod memory;

use std::{ops::ControlFlow, path::Path, sync::Arc, time::Instant};

use perceptarium::{
    exhibits::recommender::payload::{
        Item, Person, Rated, Ratings, RatingsVerdict, StarScale, TasteAsk,
    },
    exhibits::recommender::{self, ReadOptions, Settings},
    learning::{Evaluation, StepOrder, StepPlace, Trainable, TrainingConfig},
    stream::InputChoice,
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Repetitions of what takes a second.
const REPETITIONS: usize = 5;
/// Repetitions of what takes milliseconds.
const MANY: usize = 100;
/// Ratings of each made-up person.
const EACH: usize = 100;
/// Items of the made-up ratings.
const ITEMS: usize = 10_000;
/// Ratings of the visitor.
const VISITED: usize = 50;

fn config() -> TrainingConfig {
    TrainingConfig { epochs: 20, learning_rate: 0.005, ..TrainingConfig::default() }
}

fn begun(ratings: &Arc<Ratings>) -> Box<dyn Trainable> {
    let maker = recommender::trainable(ratings.clone(), Settings::default());
    let mut trainable = maker(&config()).expect("a lesson on these ratings");
    trainable.begin(42, &mut |_, _| ()).expect("first factors");
    trainable
}

/// Learns from all ratings once, a slice at a time, as the session does.
fn epoch(trainable: &mut dyn Trainable) {
    let outline = trainable.outline();
    let mut batch = 0;
    while batch < outline.steps_per_epoch {
        let steps = outline.steps_at_once.min(outline.steps_per_epoch - batch);
        let at = StepPlace { epoch: 0, batch };
        let order = StepOrder { at, steps, learning_rate: config().learning_rate, keep: false };
        batch += trainable.step(order).expect("a step").steps;
    }
}

fn judged(trainable: &mut dyn Trainable) -> RatingsVerdict {
    loop {
        let rate = config().learning_rate;
        match trainable.evaluate(rate, &mut || ControlFlow::Continue(())).expect("a slice") {
            Evaluation::Done(judged) => {
                return **judged.verdict.get::<RatingsVerdict>().expect("a recommender's");
            }
            Evaluation::Going(_) | Evaluation::BrokenOff => {}
        }
    }
}

/// Median and least of the seconds that something takes, told in thousandths.
fn milliseconds(repetitions: usize, mut what: impl FnMut()) -> String {
    let mut seconds: Vec<f64> = (0..repetitions)
        .map(|_| {
            let start = Instant::now();
            what();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    format!("{:.2} ms ({:.2})", 1e3 * seconds[seconds.len() / 2], 1e3 * seconds[0])
}

fn ask(people: Vec<Person>, item: Option<u32>) -> InputChoice {
    InputChoice::of(TasteAsk { people, item, ..TasteAsk::default() })
}

/// Asks what somebody new would like, each time with other stars.
fn visit(trainable: &mut dyn Trainable, item: Option<u32>) -> String {
    let mut turn = 0;
    milliseconds(MANY, || {
        turn += 1;
        let stars = |at: usize| 0.5 + 0.5 * ((at * turn) % 10) as f32;
        let rated = (0..VISITED).map(|at| Rated { item: 37 * at as u32, stars: stars(at) });
        let input = ask(vec![Person::Visitor(rated.collect())], item);
        std::hint::black_box(trainable.network_values(&input).expect("an answer"));
    })
}

/// Ratings without sense, so many people with a hundred each.
fn made_up(people: usize) -> Arc<Ratings> {
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    let scale = StarScale::default();
    let count = people * EACH;
    let (mut rated, mut stars) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..people {
        // A stride that is prime to the number of items meets none twice.
        let first = generator.random_range(0..ITEMS);
        for at in 0..EACH {
            rated.push(((first + 7919 * at) % ITEMS) as u32);
            stars.push(scale.stars(generator.random_range(0..scale.count())));
        }
    }
    let item = |at: usize| Item { id: at.to_string(), title: at.to_string(), ..Item::default() };
    Arc::new(Ratings {
        name: "made up".to_owned(),
        scale,
        items: (0..ITEMS).map(item).collect(),
        people: (0..people).map(|person| person.to_string()).collect(),
        starts: (0..=people).map(|person| person * EACH).collect(),
        rated: rated.into(),
        stars: stars.into(),
        ..Ratings::default()
    })
}

fn main() {
    // As in a session, this thread is one of those that calculate.
    let pool = rayon::ThreadPoolBuilder::new().use_current_thread().build();
    let _pool = pool.expect("threads");
    println!("{} threads; median and, in brackets, the least", rayon::current_num_threads());

    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = folder.join("assets/datasets/movielens-latest-small");
    let ratings = recommender::load(&folder, &ReadOptions::default()).expect("the bundled ratings");
    let mut trainable = begun(&ratings);
    println!("bundled, {} ratings:", ratings.len());
    let fit = milliseconds(REPETITIONS, || {
        trainable = begun(&ratings);
        (0..config().epochs).for_each(|_| epoch(trainable.as_mut()));
    });
    println!("  fit, 20 epochs: {fit}");
    let mut verdict = RatingsVerdict::default();
    let folds = milliseconds(REPETITIONS, || verdict = judged(trainable.as_mut()));
    println!("  5-fold cross-validation, lists and baselines included: {folds}");
    println!("  RMSE {:.4} ± {:.4}, MAE {:.4}", verdict.rmse, verdict.rmse_std, verdict.mae);
    let mut batch = 0;
    let picture = milliseconds(MANY, || {
        batch += 1;
        let at = StepPlace { epoch: 0, batch };
        let order = StepOrder { at, steps: 1, learning_rate: config().learning_rate, keep: false };
        trainable.step(order).expect("a step");
        let input = ask(vec![Person::Known(0)], None);
        std::hint::black_box(trainable.network_values(&input).expect("a picture"));
    });
    println!("  picture of new factors, map and a list of 20 included: {picture}");

    let mut before = 0.0;
    for people in [10_000, 100_000] {
        let ratings = made_up(people);
        let mut trainable = begun(&ratings);
        println!("made up, {} ratings of {ITEMS} items:", ratings.len());
        epoch(trainable.as_mut());
        let start = Instant::now();
        epoch(trainable.as_mut());
        let seconds = start.elapsed().as_secs_f64();
        println!("  an epoch: {seconds:.3} s, peak memory {:.0} MiB", memory::mib("VmHWM"));
        if before > 0.0 {
            println!("  ten times as many ratings take {:.1} times as long", seconds / before);
        }
        before = seconds;
        println!("  a visitor's {VISITED} ratings, list: {}", visit(trainable.as_mut(), None));
        println!("  the same with all reasons: {}", visit(trainable.as_mut(), Some(5)));
    }
}
