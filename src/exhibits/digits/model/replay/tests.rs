//! The digits taken again, bit for bit, and booked, against burn's gradients and against the change of the loss itself.

mod forecast;

use std::{collections::BTreeMap, ops::ControlFlow, path::Path};

use rayon::ThreadPoolBuilder;

use super::*;
use crate::{
    exhibits::digits::{
        FILTERS, load,
        model::{
            inside::tests::any_network_of,
            learner::{BETA_1, EPSILON, Gradients},
            trainable::DigitsTrainable,
        },
    },
    inside::{
        Baseline, Grown, GrownAsked, Method, Shuffled, Target, Taught, TaughtAsked, Why, WhyAsked,
        Without, WithoutAsked,
    },
    learning::{
        StepOrder, StepPlace, Trainable as _, TrainingConfig,
        data::Images,
        inside::{Booked as _, Keyframes, PastQuestion, Subject},
        network::{NetworkRun, Pictures},
    },
    network::{Augmentation, Rule},
    stream::{InputChoice, Payload, Step},
};

fn trainable() -> DigitsTrainable {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let config = TrainingConfig::default();
    let mut trainable =
        DigitsTrainable::new(load(&folder).unwrap(), &config, (Route::Fused, FILTERS));
    trainable.begin(42, &mut |_, _| {}).unwrap();
    trainable
}

/// Takes steps; from step 101 on the learning rate is another, and from step 180 on the first again.
fn steps(trainable: &mut DigitsTrainable, steps: std::ops::RangeInclusive<u64>) {
    for step in steps {
        let at = StepPlace { epoch: ((step - 1) / 250) as u32, batch: (step - 1) % 250 };
        let learning_rate = if (101..180).contains(&step) { 4e-4 } else { 1e-3 };
        trainable.step(StepOrder { at, steps: 1, learning_rate, keep: false }).unwrap();
    }
}

fn taught(run: &DigitsRun, index: usize, map: Option<usize>) -> Taught {
    let asked = TaughtAsked { input: InputChoice::Test(index), map, strongest: 12 };
    let about = Payload::new(asked);
    let question = PastQuestion::of(&about).unwrap();
    let input = run.test.image(index).unwrap();
    let class = usize::from(run.test.labels[index]);
    let answer = question.answer(run, input, Some(class), &|| true).unwrap();
    (**answer.get::<Taught>().unwrap()).clone()
}

fn without(run: &DigitsRun, index: usize, left_out: Vec<u32>) -> Without {
    let about =
        Payload::new(WithoutAsked { input: InputChoice::Test(index), left_out, foretold: true });
    let question = PastQuestion::of(&about).unwrap();
    let input = run.test.image(index).unwrap();
    let class = usize::from(run.test.labels[index]);
    let answer = question.answer(run, input, Some(class), &|| true).unwrap();
    (**answer.get::<Without>().unwrap()).clone()
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

#[test]
fn the_run_taken_again_is_the_run_bit_for_bit_for_any_number_of_threads() {
    // Over the end of an epoch, with the rate changed twice.
    let looked_at =
        [0, 1, 2, 24, 25, 26, 57, 99, 100, 101, 131, 150, 179, 180, 181, 200, 249, 250, 251, 270];
    let mut trainable = trainable();
    let mut seen = BTreeMap::new();
    for step in 0..=270 {
        if step > 0 {
            steps(&mut trainable, step..=step);
        }
        if looked_at.contains(&step) {
            seen.insert(step, bits(trainable.run().unwrap().ended()));
        }
    }
    assert_eq!(seen.len(), 20);
    let run = trainable.run().unwrap();
    for threads in [1, 2] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let again = |step| {
            let frames = Keyframes::of(&run, 4 * 217_640, &|| true)?.unwrap();
            run.parameters(&frames.at(&run, step)?)
        };
        pool.install(|| {
            let frames = Keyframes::of(&run, 4 * 217_640, &|| true).unwrap().unwrap();
            for (step, numbers) in &seen {
                let state = frames.at(&run, *step).unwrap();
                assert_eq!(bits(&run.parameters(&state).unwrap()), *numbers, "{threads}, {step}");
            }
        });
        assert_eq!(bits(&pool.install(|| again(270)).unwrap()), seen[&270]);
    }
    // A run that begins anew has another past.
    trainable.begin(43, &mut |_, _| {}).unwrap();
    assert_eq!(trainable.run().unwrap().steps(), 0);
    steps(&mut trainable, 1..=3);
    let run = trainable.run().unwrap();
    assert!(Keyframes::of(&run, 1, &|| true).unwrap().is_some());
}

#[test]
fn credits_add_up_to_the_change_of_the_loss_however_they_are_summed() {
    let mut trainable = trainable();
    steps(&mut trainable, 1..=200);
    let run = trainable.run().unwrap();
    let tested = trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap();
    for index in [0, 7, 131, 1000, 1999] {
        let found = taught(&run, index, None);
        assert!(found.residual.abs() <= 5e-4, "{index}: {}", found.residual);
        let known = f64::from(tested.losses[index]);
        assert!((found.loss[1] - known).abs() < 1e-4 * known.max(0.1), "{:?} {known}", found.loss);
        let sums = [
            found.images.iter().map(|credit| f64::from(*credit)).sum::<f64>(),
            found.stretches.iter().map(|one| one.sides.net()).sum(),
            found.layers.iter().map(|one| one.sides.net()).sum(),
            found.classes.iter().map(|sides| sides.net()).sum(),
        ];
        for sum in sums {
            assert!((sum - found.credit).abs() < 1e-5, "{index}: {sums:?} {}", found.credit);
        }
        // Whole maps and what hangs on none make all.
        let maps: f64 = found.maps.iter().map(|sides| sides.net()).sum();
        let rest = found.layers[3].sides.net();
        assert!((maps + rest - found.credit).abs() < 1e-9, "{maps} {rest} {}", found.credit);
        // 200 batches are 6,400 of 8,000 images.
        assert_eq!(found.unseen, 1600);
        assert_eq!(found.images.iter().filter(|credit| **credit == 0.0).count(), 1600);
        assert!(found.helped.len() == 12 && found.hindered.len() == 12);
        assert!(found.helped[0].credit < 0.0 && found.hindered[0].credit > 0.0);
        assert_eq!((found.stretches[0].first, found.stretches.last().unwrap().last), (1, 200));
        assert!((found.stretches.last().unwrap().loss - found.loss[1]).abs() < 1e-12);
        assert!((0.05..0.6).contains(&found.at_once), "{}", found.at_once);
    }
    let whole = taught(&run, 7, None);
    let of_map = taught(&run, 7, Some(5));
    let sum: f64 = of_map.stretches.iter().map(|one| one.sides.net()).sum();
    assert!((sum - whole.maps[5].net()).abs() < 1e-9 && of_map.credit == whole.credit);
    // Whoever is asked on another number of threads says the same.
    let pool = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let alone = pool.install(|| taught(&run, 7, None));
    assert_eq!(alone.images, whole.images);
    assert_eq!((alone.credit, alone.residual), (whole.credit, whole.residual));
}

#[test]
fn leaving_nothing_out_changes_no_bit_and_leaving_the_strongest_out_something() {
    let mut trainable = trainable();
    steps(&mut trainable, 1..=120);
    let run = trainable.run().unwrap();
    let nothing = without(&run, 7, Vec::new());
    assert_eq!(nothing.before, nothing.after);
    assert_eq!((nothing.floor, nothing.booked, nothing.changed.len()), (0.0, 0.0, 0));
    let tested = trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap();
    assert_eq!(nothing.before.confusion, tested.confusion);
    assert_eq!(Some(nothing.before.accuracy), tested.values.get(1));
    let ledger = taught(&run, 7, None);
    let strongest: Vec<u32> = ledger.helped.iter().map(|image| image.index as u32).collect();
    let found = without(&run, 7, strongest.clone());
    let booked: f64 = ledger.helped.iter().map(|image| image.credit).sum();
    assert!((found.booked - booked).abs() < 1e-9, "{} {booked}", found.booked);
    assert_ne!(found.before.logits, found.after.logits);
    let apart = found.before.confusion.iter().zip(found.after.confusion.iter());
    assert!(found.changed.is_empty() || apart.clone().any(|(one, other)| one != other));
    assert!(found.changed.iter().all(|one| {
        one.read_as[0] != one.read_as[1] && one.class == usize::from(run.test.labels[one.index])
    }));
    // Images that no step has seen may be left out without a trace.
    let unseen: Vec<u32> =
        (0..8000).filter(|index| ledger.images[*index as usize] == 0.0).take(50).collect();
    let found = without(&run, 7, unseen);
    assert_eq!(found.before, found.after);
}

/// What is said by integrated gradients or another method of test image 7, to the network or to one of shuffled labels.
fn why(trainable: &mut DigitsTrainable, method: Method, labels: Option<u64>) -> Why {
    let answer = trainable.answer(&why_asked(method, labels)).unwrap();
    (**answer.get::<Why>().unwrap()).clone()
}

fn why_asked(method: Method, labels: Option<u64>) -> Payload {
    Payload::new(WhyAsked {
        input: InputChoice::Test(7),
        target: Target::Said,
        baseline: Baseline::Black,
        methods: vec![method],
        shuffled: labels.map(|_| Shuffled::Labels),
        seed: labels.unwrap_or(1),
    })
}

#[test]
fn a_run_taught_its_own_labels_is_the_run_bit_for_bit_and_taught_others_another() {
    let mut trainable = trainable();
    steps(&mut trainable, 1..=60);
    let run = trainable.run().unwrap();
    let end = |run: &DigitsRun| {
        let mut state = run.begin().unwrap();
        (1..=60).for_each(|step| run.take(&mut state, step).unwrap());
        bits(&run.parameters(&state).unwrap())
    };
    let own = run.labels().to_vec();
    assert_eq!(end(&run.relabelled(&own)), bits(run.ended()));
    // A label that no step has seen teaches nothing, one that was seen does.
    let seen: Vec<u32> = (1..=60).flat_map(|step| run.seen(step).to_vec()).collect();
    let unseen = (0..8000).find(|index| !seen.contains(index)).unwrap() as usize;
    for (index, is_same) in [(unseen, true), (seen[9] as usize, false)] {
        let mut labels = own.clone();
        labels[index] = (labels[index] + 1) % 10;
        let other = run.relabelled(&labels);
        assert_eq!(other.labels()[index], labels[index]);
        assert_eq!(end(&other) == bits(run.ended()), is_same, "{index}");
    }
}

#[test]
fn shuffled_labels_are_learned_once_for_all_maps_of_an_epoch_by_the_same_bits() {
    let integrated = Method::IntegratedGradients;
    let mut trainable = trainable();
    let refused = trainable.answer(&why_asked(integrated, Some(1))).unwrap_err().to_string();
    assert!(refused.contains("no step was taken yet"), "{refused}");
    steps(&mut trainable, 1..=120);
    let learned = why(&mut trainable, integrated, None);
    let first = why(&mut trainable, integrated, Some(1));
    assert_eq!(
        (first.target, first.shuffled.as_slice()),
        (learned.target, &["labels".to_owned()][..])
    );
    assert_eq!(first.input, learned.input);
    let remark = |why: &Why| why.maps[0].remark.clone().unwrap();
    assert!(remark(&first).contains("it learned shuffled labels in 120 steps"), "{first:?}");
    // Labels that say nothing of the images leave it unsure, and the map another.
    let sure = |why: &Why| {
        let most = why.logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        1.0 / why.logits.iter().map(|logit| (logit - most).exp()).sum::<f32>()
    };
    assert!(sure(&first) < 0.5 && sure(&learned) > sure(&first), "{:?}", first.logits);
    let [signed, absolute] = first.maps[0].unshuffled.unwrap();
    assert!(signed < 0.9 && absolute.abs() <= 1.0, "{signed} {absolute}");
    let exact = first.maps[0].completeness.unwrap();
    assert!(exact.exact && exact.error().abs() < 1e-4, "{exact:?}");
    assert!(first.price.forward >= 120 * 32 && first.price.backward >= 120 * 32);
    // The next map needs no second training, another order of the labels does.
    let next = why(&mut trainable, Method::Gradient, Some(1));
    assert_eq!(bits(&next.logits), bits(&first.logits));
    assert!(next.price.forward < 100, "{}", next.price);
    let other = why(&mut trainable, integrated, Some(2));
    assert_ne!(bits(&other.logits), bits(&first.logits));
    let pool = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let again = pool.install(|| why(&mut trainable, integrated, Some(1)));
    assert!(again.price.forward >= 120 * 32, "one order is kept");
    assert_eq!(bits(&again.logits), bits(&first.logits));
    assert_eq!(bits(&again.maps[0].values), bits(&first.maps[0].values));
    // Beyond an epoch whole ones count, so that what was learned holds for the next.
    steps(&mut trainable, 121..=260);
    let whole = why(&mut trainable, integrated, Some(1));
    assert!(remark(&whole).contains("in 250 steps of 260"), "{}", remark(&whole));
    steps(&mut trainable, 261..=262);
    let later = why(&mut trainable, integrated, Some(1));
    assert_eq!(bits(&later.logits), bits(&whole.logits));
    assert!(later.price.forward < 100, "{}", later.price);
}

#[test]
fn shuffled_labels_are_studied_beside_the_training_and_of_what_is_now_alone() {
    let mut trainable = trainable();
    steps(&mut trainable, 1..=3);
    let about = why_asked(Method::Gradient, Some(1));
    let study = trainable.study(&about).unwrap().expect("it takes seconds");
    let refused = study(&|| false).unwrap_err().to_string();
    assert!(refused.contains("was ended before it was found"), "{refused}");
    let study = trainable.study(&about).unwrap().unwrap();
    let said = study(&|| true).unwrap();
    let asked = why(&mut trainable, Method::Gradient, Some(1));
    assert_eq!(bits(&said.get::<Why>().unwrap().logits), bits(&asked.logits));
    let refused = trainable.recall(&about, Step(1)).err().unwrap().to_string();
    assert!(refused.contains("as they are now alone"), "{refused}");
    // A run that begins anew has learned nothing from other labels either.
    trainable.begin(43, &mut |_, _| {}).unwrap();
    steps(&mut trainable, 1..=3);
    let other = why(&mut trainable, Method::Gradient, Some(1));
    assert!(other.price.forward >= 3 * 32 && bits(&other.logits) != bits(&asked.logits));
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "a measurement says what it measured")]
fn what_shuffled_labels_and_growing_dreams_cost_after_three_epochs() {
    let mut trainable = trainable();
    let pool = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    pool.install(|| steps(&mut trainable, 1..=750));
    for method in [Method::IntegratedGradients, Method::HiResCam, Method::Occlusion] {
        let found = pool.install(|| why(&mut trainable, method, Some(1)));
        let alike = found.maps[0].unshuffled.unwrap();
        eprintln!("{}: {}, alike {alike:?}", method.name(), found.price);
        assert!(alike.iter().all(|alike| alike.is_finite()));
    }
    let about = Payload::new(GrownAsked { steps_each: 4, seed: 1 });
    let answer = pool.install(|| trainable.answer(&about)).unwrap();
    let grown = answer.get::<Grown>().unwrap();
    eprintln!("{} frames of dreams: {}", grown.frames.len(), grown.price);
    for (class, value) in grown.frames.last().unwrap().values.iter().enumerate() {
        eprintln!("  {class}: {} then {value}", grown.frames[0].values[class]);
        assert!(*value > grown.frames[0].values[class]);
    }
}

#[test]
fn what_has_no_known_past_or_no_numbers_is_refused_in_a_sentence() {
    let mut trainable = trainable();
    let asked = |index, map| {
        Payload::new(TaughtAsked { input: InputChoice::Test(index), map, strongest: 3 })
    };
    let refused = |trainable: &mut DigitsTrainable, about: Payload| {
        trainable.answer(&about).unwrap_err().to_string()
    };
    assert!(refused(&mut trainable, asked(0, None)).contains("no step was taken yet"));
    steps(&mut trainable, 1..=2);
    let taught = trainable.answer(&asked(0, None)).unwrap();
    assert_eq!(taught.get::<Taught>().unwrap().steps, 2);
    assert!(refused(&mut trainable, asked(2000, None)).contains("no test image 2000"));
    assert!(refused(&mut trainable, asked(0, Some(32))).contains("no map 32, only 32"));
    let left_out = vec![8000];
    let unknown =
        Payload::new(WithoutAsked { input: InputChoice::Test(0), left_out, foretold: true });
    assert!(refused(&mut trainable, unknown).contains("no training image 8000"));
    let drawn = InputChoice::Drawn(vec![0.5; 784].into());
    let drawn = Payload::new(TaughtAsked { input: drawn, map: None, strongest: 1 });
    let answer = trainable.answer(&drawn).unwrap();
    assert!(answer.get::<Taught>().unwrap().class < 10);
    let mut run = trainable.run().unwrap();
    run.ended = vec![f32::NAN; run.size()].into();
    let about = asked(0, None);
    let question = PastQuestion::of(&about).unwrap();
    let said = question.answer(&run, &[0.0; 784], Some(0), &|| true).unwrap_err().to_string();
    assert!(said.contains("is no number"), "{said}");
    // Whoever leaves the order of the epochs cannot be followed.
    let at = StepPlace { epoch: 0, batch: 9 };
    trainable.step(StepOrder { at, steps: 1, learning_rate: 1e-3, keep: false }).unwrap();
    assert!(refused(&mut trainable, asked(0, None)).contains("is not known"));
}

/// A run of another architecture on images of its own.
fn other(sizes: Architecture, steps: u64) -> DigitsRun {
    let count = 24;
    let pixels = sizes.input().len();
    let grey = |at: usize| ((at * 7919 + at / pixels * 104_729) % 251) as u8;
    let examples = |from: usize| {
        let pixels: Vec<u8> = (0..count * pixels).map(|at| grey(at + from)).collect();
        let labels: Vec<u8> = (0..count).map(|at| (at % sizes.classes) as u8).collect();
        Arc::new(Examples::new(&Images { pixels: pixels.into(), labels: labels.into() }))
    };
    let mut past = Past::default();
    for step in 0..steps {
        past.took(StepPlace { epoch: (step / 5) as u32, batch: step % 5 }, 2e-3, 5);
    }
    let mut run = DigitsRun::new(
        (Route::Plain, sizes, DeviceName::Flex),
        [examples(0), examples(7)],
        (3, 5),
        (&past, Numbers::zeros(sizes)),
        Books::default(),
    )
    .unwrap();
    let mut state = run.begin().unwrap();
    (1..=steps).for_each(|step| run.take(&mut state, step).unwrap());
    run.ended = run.parameters(&state).unwrap().into();
    run
}

const OTHERS: [Architecture; 3] = [
    Architecture { channels: 3, rows: 9, columns: 12, filters: 5, classes: 4 },
    Architecture { channels: 1, rows: 2, columns: 7, filters: 3, classes: 2 },
    Architecture { channels: 1, rows: 28, columns: 28, filters: 32, classes: 10 },
];

#[test]
fn other_sizes_and_the_plain_route_are_booked_as_well() {
    for sizes in OTHERS {
        let run = other(sizes, 60);
        let found = taught(&run, 1, None);
        assert!(found.residual.abs() <= 5e-4, "{sizes:?}: {}", found.residual);
        assert!((found.loss[1] - found.loss[0]).abs() > 1e-3, "{:?}", found.loss);
        assert_eq!(found.maps.len(), sizes.filters);
        let nothing = without(&run, 1, Vec::new());
        assert_eq!(nothing.before, nothing.after);
    }
}

#[test]
fn the_same_network_of_any_kind_is_taught_by_the_same_images() {
    const STEPS: u64 = 60;
    let mut trainable = trainable();
    let first = trainable.run().unwrap().begin().unwrap().network;
    steps(&mut trainable, 1..=STEPS);
    let run = trainable.run().unwrap();
    let betas = [f64::from(BETA_1), f64::from(BETA_2)];
    let rule = Rule::Adam { betas, epsilon: f64::from(EPSILON) };
    let mut any = any_network_of(parameters(&first).unwrap(), rule);
    // The seed of the order; weights are given.
    any.begin(42);
    let pictures = Pictures::new(
        [Arc::clone(&run.train), Arc::clone(&run.test)],
        Augmentation::default(),
        [1, 28, 28],
    );
    let mut past = Past::default();
    for step in 1..=STEPS {
        let batch = pictures.batch(&any, run.seen(step), (42, 0)).unwrap();
        any.step(batch, step - 1, 1e-3).unwrap();
        past.took(StepPlace { epoch: 0, batch: step - 1 }, 1e-3, 250);
    }
    let other = NetworkRun::new(&any, pictures, 32, &past, Books::default()).unwrap();
    for index in [0, 7, 131] {
        let own = taught(&run, index, None);
        let about = Payload::new(own.asked.clone());
        let input = run.test.image(index).unwrap();
        let answer = PastQuestion::of(&about)
            .unwrap()
            .answer(&other, input, Some(own.class), &|| true)
            .unwrap();
        let any = answer.get::<Taught>().unwrap();
        assert!(any.residual.abs() <= 5e-4, "{index}: {}", any.residual);
        let largest = own.images.iter().fold(0.0_f32, |largest, one| largest.max(one.abs()));
        let apart =
            own.images.iter().zip(any.images.iter()).map(|(one, other)| (one - other).abs());
        let apart = apart.fold(0.0, f32::max);
        assert!(largest > 0.05 && apart < 1e-3 * largest, "{index}: {apart} of {largest}");
        assert!((own.credit - any.credit).abs() < 1e-3, "{index}: {} {}", own.credit, any.credit);
        assert!((own.at_once - any.at_once).abs() < 1e-3);
        // Two arrays are a layer there.
        let layers = own.layers.chunks(2).map(|two| two[0].sides.net() + two[1].sides.net());
        for (layers, layer) in layers.zip(&any.layers) {
            assert!((layers - layer.sides.net()).abs() < 1e-3, "{:?} {:?}", own.layers, any.layers);
        }
    }
}

#[test]
fn gradients_by_hand_and_steps_by_reach_are_those_of_burn() {
    for sizes in OTHERS {
        let run = other(sizes, 12);
        let (mut state, mut momentum) = (run.begin().unwrap(), vec![0.0_f32; run.size()]);
        for step in 1..=12 {
            let before = state.clone();
            let parameters = run.parameters(&before).unwrap();
            let rows = run.seen(step);
            let (images, labels) = run.train.gather(rows);
            let batch = Batch { images, labels, weights: None };
            let slopes = run.learner().slopes(&before.network, batch).unwrap();
            let gradients: Gradients = slopes.gradients(&before.network).unwrap();
            let of_burn = OfParameters::flat(sizes, &gradients.numbers().unwrap());
            // By images: the mean of their products with a direction, and the mean of their gradients.
            let along: Vec<f32> = (0..run.size()).map(|at| (at as f32 * 0.7).sin()).collect();
            let products = run.products(&parameters, step, [&along, &of_burn]).unwrap();
            let count = rows.len() as f64;
            let expected = [&along, &of_burn].map(|along| {
                let pairs = of_burn.iter().zip(along.iter());
                pairs.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>()
            });
            for (at, expected) in expected.into_iter().enumerate() {
                let sum: f64 = products.iter().map(|product| product[at]).sum();
                let scale = of_burn.iter().map(|a| f64::from(a.abs())).sum::<f64>();
                assert!(
                    (sum / count - expected).abs() < 1e-5 * scale,
                    "{sum} {expected} {sizes:?}"
                );
            }
            let mut mean = vec![0.0; run.size()];
            let mut loss = 0.0;
            for row in rows {
                let input = run.train.image(*row as usize).unwrap().to_vec();
                let class = usize::from(run.train.labels[*row as usize]);
                let (own, slope) = run.slope(&parameters, &Subject { input, class }).unwrap();
                loss += own / count;
                mean.iter_mut().zip(&slope).for_each(|(sum, s)| *sum += f64::from(*s) / count);
            }
            assert!((loss - f64::from(slopes.loss)).abs() < 1e-5, "{loss} {}", slopes.loss);
            let largest = of_burn.iter().fold(0.0_f32, |largest, a| largest.max(a.abs()));
            for (hand, burn) in mean.iter().zip(&of_burn) {
                assert!((*hand as f32 - burn).abs() < 1e-4 * largest, "{hand} {burn} {sizes:?}");
            }
            // The step itself: what burn's Adam did is the reach times what it remembers.
            run.take(&mut state, step).unwrap();
            let reach = run.reach(&before, &state, step).unwrap().unwrap();
            let after = run.parameters(&state).unwrap();
            for (at, slope) in of_burn.iter().enumerate() {
                momentum[at] = momentum[at] * BETA_1 + slope * (1.0 - BETA_1);
                let moved = f64::from(reach.each[at]) * f64::from(momentum[at]);
                let expected = f64::from(parameters[at]) - moved;
                assert!(
                    (f64::from(after[at]) - expected).abs() < 2e-7 * expected.abs().max(1e-2),
                    "{at}: {} {expected} {sizes:?}",
                    after[at]
                );
            }
        }
    }
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "a measurement says what it measured")]
fn what_a_ledger_of_ten_epochs_costs_and_leaves() {
    let mut trainable = trainable();
    let pool = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    pool.install(|| steps(&mut trainable, 1..=2500));
    let run = trainable.run().unwrap();
    for index in [7, 131, 1999] {
        let found = pool.install(|| taught(&run, index, None));
        let strongest: Vec<u32> = found.helped.iter().map(|image| image.index as u32).collect();
        let changed = pool.install(|| without(&run, index, strongest));
        eprintln!(
            "image {index}: {:?}, residual {:.2e}, at once {:.3}, {} MiB, {}\n  booked {:.3}, really {:.5}, {}",
            found.loss,
            found.residual,
            found.at_once,
            found.memory >> 20,
            found.price,
            changed.booked,
            changed.after.loss - changed.before.loss,
            changed.price
        );
        assert!(found.residual.abs() <= 5e-4, "{index}: {}", found.residual);
    }
    // Parts of it: the run again, and the same with states kept.
    for what in ["again", "once more"] {
        let begun = std::time::Instant::now();
        let end = pool.install(|| {
            let mut state = run.begin().unwrap();
            (1..=2500).for_each(|step| run.take(&mut state, step).unwrap());
            run.parameters(&state).unwrap()
        });
        eprintln!("the run {what}: {:.2} s", begun.elapsed().as_secs_f64());
        assert_eq!(bits(&end), bits(run.ended()));
    }
}
