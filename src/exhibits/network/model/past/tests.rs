//! The run of a network as it stands in the exhibit: taken again bit for bit on any number of threads, booked beside the
//! training, taught other labels, and refused in sentences.

use std::{ops::ControlFlow, sync::Arc};

use rayon::ThreadPoolBuilder;

use super::*;
use crate::{
    exhibits::network::model::Data,
    inside::{
        Baseline, BranchAsked, Branched, Method, Shuffled, Target, Taught, TaughtAsked, Why,
        Without, WithoutAsked,
    },
    learning::{
        StepOrder, StepPlace, Trainable as _, TrainingConfig,
        data::{Dataset, Images},
        inside::{Past, Replayed as _},
    },
    network::{First, description},
    stream::Step,
};

const IMAGES: usize = 44;
const BATCH: usize = 8;

/// Images of 28 × 28 of four classes, each bright in a quarter of its own, under grey that tells nothing.
fn dataset(classes: usize) -> Arc<Dataset> {
    let images = |count: usize, by: usize| Images {
        pixels: (0..count * 784)
            .map(|at| {
                let (image, row, column) = (at / 784, at % 784 / 28, at % 28);
                let quarter = row / 14 * 2 + column / 14;
                let own = if quarter == image % classes { 110 } else { 0 };
                (own + at * by % 139) as u8
            })
            .collect(),
        labels: (0..count).map(|at| (at % classes) as u8).collect(),
    };
    let names = ["a", "b", "c", "d"].map(str::to_owned);
    Arc::new(Dataset {
        name: "quarters".to_owned(),
        channels: 1,
        rows: 28,
        columns: 28,
        classes: names[..classes].into(),
        train: images(IMAGES, 37),
        test: images(12, 91),
        remarks: Vec::new(),
    })
}

const PERCEPTRON: &str = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nout_features = 16\n\
    [[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"linear\"\n[training]\noptimiser = \"sgd\"\nmomentum = 0.9\n";
const NORMALISED: &str = "[[layers]]\nkind = \"conv2d\"\nout_channels = 3\nkernel_size = 5\nstride = 3\n\
    [[layers]]\nkind = \"batch_norm\"\n[[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"flatten\"\n\
    [[layers]]\nkind = \"dropout\"\np = 0.3\n[[layers]]\nkind = \"linear\"\n\
    [training]\noptimiser = \"adam\"\nschedule = \"cosine\"\nclass_weights = [1, 2, 1, 0.5]\n\
    [augmentation]\nhorizontal_flip = true\nshift = 0.1\nrotate = 10\n";

fn lenet() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/networks/lenet5.toml");
    std::fs::read_to_string(path).unwrap()
}

fn with(
    described: &str,
    classes: usize,
    change: impl FnOnce(&mut crate::network::Plan),
) -> NetworkTrainable {
    let dataset = dataset(classes);
    let described = description(described).unwrap();
    let mut plan = described.network([1, 28, 28], classes).unwrap().plan().unwrap();
    change(&mut plan);
    let config = TrainingConfig { batch: BATCH, epochs: 12, ..TrainingConfig::default() };
    let (data, training) = (Data::Images(dataset), described.training.clone());
    let mut trainable = NetworkTrainable::new(data, Arc::new(plan), training, &config).unwrap();
    trainable.begin(4, &mut |_, _| {}).unwrap();
    trainable
}

fn trainable(described: &str) -> NetworkTrainable {
    with(described, 4, |_| {})
}

/// Takes steps; the visitor's rate is another from step 8 to 12.
fn steps(trainable: &mut NetworkTrainable, steps: std::ops::RangeInclusive<u64>) {
    let per_epoch = IMAGES.div_ceil(BATCH) as u64;
    for step in steps {
        let at =
            StepPlace { epoch: ((step - 1) / per_epoch) as u32, batch: (step - 1) % per_epoch };
        let learning_rate = if (8..=12).contains(&step) { 1e-3 } else { 4e-3 };
        trainable.step(StepOrder { at, steps: 1, learning_rate, keep: false }).unwrap();
    }
}

fn taught_asked(index: usize) -> Payload {
    Payload::new(TaughtAsked { input: InputChoice::Test(index), map: None, strongest: 5 })
}

fn taught(trainable: &mut NetworkTrainable, index: usize) -> Taught {
    let answer = trainable.answer(&taught_asked(index)).unwrap();
    (**answer.get::<Taught>().unwrap()).clone()
}

fn without(trainable: &mut NetworkTrainable, index: usize, left_out: Vec<u32>) -> Without {
    let asked = WithoutAsked { input: InputChoice::Test(index), left_out, foretold: true };
    let answer = trainable.answer(&Payload::new(asked)).unwrap();
    (**answer.get::<Without>().unwrap()).clone()
}

fn why_asked(labels: Option<u64>) -> Payload {
    Payload::new(WhyAsked {
        input: InputChoice::Test(3),
        target: Target::Said,
        baseline: Baseline::Black,
        methods: vec![Method::Gradient],
        shuffled: labels.map(|_| Shuffled::Labels),
        seed: labels.unwrap_or(1),
    })
}

fn why(trainable: &mut NetworkTrainable, labels: Option<u64>) -> Why {
    let answer = trainable.answer(&why_asked(labels)).unwrap();
    (**answer.get::<Why>().unwrap()).clone()
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// What a run is after each of its steps when it is taken again.
fn again(run: &NetworkRun) -> Vec<Vec<u32>> {
    let mut state = run.begin().unwrap();
    let mut all = vec![bits(&run.parameters(&state).unwrap())];
    for step in 1..=run.steps() {
        run.take(&mut state, step).unwrap();
        all.push(bits(&run.parameters(&state).unwrap()));
    }
    all
}

#[test]
fn the_run_taken_again_is_the_run_bit_for_bit_for_any_number_of_threads() {
    for described in [lenet(), NORMALISED.to_owned(), PERCEPTRON.to_owned()] {
        let mut trainable = trainable(&described);
        let mut seen = vec![bits(&trainable.model.learned_and_remembered())];
        // Over the ends of two epochs, whose last batches are smaller, with the rate changed on the way.
        for step in 1..=15 {
            steps(&mut trainable, step..=step);
            seen.push(bits(&trainable.model.learned_and_remembered()));
        }
        let run = trainable.run("".into()).unwrap();
        assert_eq!((run.steps(), run.steps_per_epoch(), run.seen(6).len()), (15, 6, 4));
        assert_eq!(bits(run.ended()), seen[15]);
        for threads in [1, 2] {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert!(pool.install(|| again(&run)) == seen, "{threads}: {described}");
        }
        // A run that goes on changes none that was asked about, and one that begins anew has another past.
        steps(&mut trainable, 16..=17);
        assert_eq!(again(&run)[15], seen[15]);
        trainable.begin(5, &mut |_, _| {}).unwrap();
        assert_eq!(trainable.run("".into()).unwrap().steps(), 0);
    }
}

fn branched(trainable: &mut NetworkTrainable, branches: &[&str]) -> Branched {
    let branches = branches.iter().map(|text| text.parse().unwrap()).collect();
    let asked = BranchAsked { branches, input: InputChoice::Test(3) };
    let said = trainable.study(&Payload::new(asked)).unwrap().unwrap()(&|| true).unwrap();
    (**said.get::<Branched>().unwrap()).clone()
}

#[test]
fn a_branch_without_a_change_is_the_run_and_another_the_training_that_went_that_way() {
    for described in [lenet(), NORMALISED.to_owned(), PERCEPTRON.to_owned()] {
        let mut run = trainable(&described);
        steps(&mut run, 1..=20);
        let all = ["14:none", "14:seed=4", "14:rate=x0.5", "14:seed=5"];
        let said = branched(&mut run, &all);
        assert!(said.futures[..2].iter().all(|future| *future == said.run), "{described}");
        assert_eq!(said.layers.len(), said.run.points[0].apart_of.len());
        let mut other = trainable(&described);
        steps(&mut other, 1..=14);
        for step in 15..=20_u64 {
            let at = StepPlace { epoch: ((step - 1) / 6) as u32, batch: (step - 1) % 6 };
            let order = StepOrder { at, steps: 1, learning_rate: 2e-3, keep: false };
            other.step(order).unwrap();
        }
        for (trainable, future) in [(&mut run, &said.run), (&mut other, &said.futures[2])] {
            let tested = trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap();
            let last = future.points.last().unwrap();
            assert_eq!(last.loss.to_bits(), tested.values.loss().to_bits(), "{described}");
            let why = why(trainable, None);
            assert_eq!(bits(&future.logits), bits(&why.logits), "{described}");
        }
        assert!(said.futures[3].points.last().unwrap().apart > 0.0);
        let again = branched(&mut run, &all);
        assert_eq!((again.run, again.futures), (said.run, said.futures));
    }
}

#[test]
fn it_tells_what_taught_it_and_what_is_said_without_the_strongest() {
    for described in [lenet(), NORMALISED.to_owned(), PERCEPTRON.to_owned()] {
        let mut trainable = trainable(&described);
        steps(&mut trainable, 1..=60);
        let tested = trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap();
        let mut found = Vec::new();
        for index in [0, 3, 6] {
            let one = taught(&mut trainable, index);
            let left = one.residual.abs();
            assert!(left <= 5e-4, "{index}: {left} of {:?}: {described}", one.loss);
            let known = f64::from(tested.losses[index]);
            assert!((one.loss[1] - known).abs() < 1e-4 * known.max(0.1), "{:?} {known}", one.loss);
            assert_eq!((one.unseen, one.size, one.class), (0, [1, 28, 28], index % 4));
            assert!(!one.helped.is_empty() && one.helped[0].image.len() == 784);
            found.push(one);
        }
        assert!(found.iter().any(|one| one.loss[0] - one.loss[1] > 0.1), "{found:?}");
        let strongest: Vec<u32> = found[2].helped.iter().map(|one| one.index as u32).collect();
        let less = without(&mut trainable, 6, strongest);
        let booked: f64 = found[2].helped.iter().map(|one| one.credit).sum();
        // The ledger that was just made is looked up, not made again.
        assert!((less.booked - booked).abs() < 1e-9, "{} {booked}", less.booked);
        assert!(less.price.forward < found[2].price.forward, "{} {}", less.price, found[2].price);
        assert_ne!(less.before.logits, less.after.logits);
        assert_eq!(less.before.confusion, tested.confusion);
        let nothing = without(&mut trainable, 6, Vec::new());
        assert_eq!((nothing.before == nothing.after, nothing.booked), (true, 0.0));
    }
}

#[test]
fn what_taught_it_is_studied_beside_the_training() {
    let (mut asked, mut alone) = (trainable(NORMALISED), trainable(NORMALISED));
    steps(&mut asked, 1..=8);
    steps(&mut alone, 1..=8);
    let study = asked.study(&taught_asked(3)).unwrap().expect("it takes long");
    let ended = asked.study(&taught_asked(3)).unwrap().unwrap()(&|| false);
    let ended = ended.unwrap_err().to_string();
    assert!(ended.contains("was ended before it was found"), "{ended}");
    // The run goes on meanwhile, as if nobody had asked.
    steps(&mut asked, 9..=14);
    steps(&mut alone, 9..=14);
    assert_eq!(asked.model.weights(), alone.model.weights());
    let said = study(&|| true).unwrap();
    let said = said.get::<Taught>().unwrap();
    assert_eq!(said.steps, 8);
    let mut again = trainable(NORMALISED);
    steps(&mut again, 1..=8);
    let other = taught(&mut again, 3);
    assert_eq!((&other.images, other.residual), (&said.images, said.residual));
}

#[test]
fn it_is_explained_as_if_it_had_learned_shuffled_labels() {
    for described in [lenet(), NORMALISED.to_owned()] {
        let mut trainable = trainable(&described);
        let refused = trainable.answer(&why_asked(Some(1))).unwrap_err().to_string();
        assert!(refused.contains("no step was taken yet"), "{refused}");
        steps(&mut trainable, 1..=13);
        let learned = why(&mut trainable, None);
        let first = why(&mut trainable, Some(1));
        assert_eq!(
            (first.target, &first.shuffled[..]),
            (learned.target, &["labels".to_owned()][..])
        );
        let remark = first.maps[0].remark.clone().unwrap();
        assert!(remark.contains("it learned shuffled labels in 12 steps of 13"), "{remark}");
        assert_ne!(bits(&first.logits), bits(&learned.logits));
        assert!(first.maps[0].unshuffled.is_some());
        // One map more of the same labels needs no second training.
        let next = why(&mut trainable, Some(1));
        assert_eq!(bits(&next.logits), bits(&first.logits));
        // Twelve steps are two epochs.
        assert_eq!(first.price.forward - next.price.forward, 2 * IMAGES as u64);
        assert!(trainable.study(&why_asked(Some(1))).unwrap().is_some());
        let refused = trainable.recall(&why_asked(Some(1)), Step(1)).err().unwrap().to_string();
        assert!(refused.contains("as they are now alone"), "{refused}");
        let refused = trainable.recall(&taught_asked(1), Step(1)).err().unwrap().to_string();
        assert!(refused.contains("as they are now alone"), "{refused}");
    }
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "a measurement says what it measured")]
fn what_ledgers_of_shipped_networks_cost_and_leave() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/datasets/mnist-10k");
    let dataset = Arc::new(Dataset::open(std::path::Path::new(folder), None, 0).unwrap());
    let pool = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    for (name, count) in [("perceptron", 250), ("lenet5", 250), ("resnet", 40)] {
        let path = format!("{}/assets/networks/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let described = description(&std::fs::read_to_string(path).unwrap()).unwrap();
        let plan = Arc::new(described.network([1, 28, 28], 10).unwrap().plan().unwrap());
        let config = TrainingConfig { batch: 32, epochs: 10, ..TrainingConfig::default() };
        let (data, training) = (Data::Images(dataset.clone()), described.training.clone());
        let mut trainable = NetworkTrainable::new(data, plan, training, &config).unwrap();
        trainable.begin(42, &mut |_, _| {}).unwrap();
        let begun = std::time::Instant::now();
        pool.install(|| {
            for batch in 0..count {
                let at = StepPlace { epoch: 0, batch };
                let order = StepOrder { at, steps: 1, learning_rate: 1e-3, keep: false };
                trainable.step(order).unwrap();
            }
        });
        eprintln!("{name}: {count} steps in {:.1} s", begun.elapsed().as_secs_f64());
        for index in [7, 131] {
            let found = pool.install(|| taught(&mut trainable, index));
            eprintln!(
                "  image {index}: {:?}, credits {:.5}, apart {:.5}, residual {:.1e}, at once {:.3}, {} MiB, {}",
                found.loss,
                found.credit,
                found.apart,
                found.residual,
                found.at_once,
                found.memory >> 20,
                found.price
            );
            // A few wide layers bend the loss at each of their kinks, more than a way of a step is parted for.
            assert!(found.residual.abs() <= 2e-3, "{index}: {}", found.residual);
        }
        let less = pool.install(|| without(&mut trainable, 131, vec![1, 2, 3]));
        eprintln!("  without three: {}", less.price);
    }
}

#[test]
fn what_cannot_be_told_of_its_past_is_said_in_a_sentence() {
    let refused = |trainable: &mut NetworkTrainable| {
        let why = trainable.answer(&taught_asked(0)).unwrap_err().to_string();
        assert_eq!(why.lines().count(), 1);
        why
    };
    let mut begun = trainable(PERCEPTRON);
    assert!(refused(&mut begun).contains("no step was taken yet"));
    steps(&mut begun, 1..=3);
    let asked = TaughtAsked { input: InputChoice::Test(12), map: None, strongest: 1 };
    let why = begun.answer(&Payload::new(asked)).unwrap_err().to_string();
    assert!(why.contains("there is no test image 12, only 12"), "{why}");
    let asked =
        WithoutAsked { input: InputChoice::Test(0), left_out: vec![IMAGES as u32], foretold: true };
    let why = begun.answer(&Payload::new(asked)).unwrap_err().to_string();
    assert!(why.contains("there is no training image 44 to leave out"), "{why}");
    let asked = TaughtAsked { input: InputChoice::Test(0), map: Some(2), strongest: 1 };
    let why = begun.answer(&Payload::new(asked)).unwrap_err().to_string();
    assert!(why.contains("there is no map 2, none at all"), "{why}");
    // Weights that are no numbers: no step moves them.
    let mut broken = with(PERCEPTRON, 4, |plan| {
        let numbers = vec![f32::NAN; plan.parameters[2].len()];
        plan.parameters[2].first = First::Given(numbers.into());
    });
    steps(&mut broken, 1..=2);
    assert!(refused(&mut broken).contains("a weight of the network is no number"));
    let mut dear = with(PERCEPTRON, 4, |plan| plan.multiply_adds = 1 << 36);
    steps(&mut dear, 1..=4);
    let why = refused(&mut dear);
    assert!(
        why.contains("billion multiply-adds") && why.contains("within its first 1 step"),
        "{why}"
    );
    let mut alike = with(PERCEPTRON, 1, |_| {});
    steps(&mut alike, 1..=2);
    assert!(refused(&mut alike).contains("the network tells no classes apart"));
    let why = alike.answer(&why_asked(Some(1))).unwrap_err().to_string();
    assert!(why.contains("all training images are of one class"), "{why}");
    // A run that goes on from a file has steps that nobody knows.
    let mut resumed = trainable(PERCEPTRON);
    resumed.past = Past::resumed(14);
    steps(&mut resumed, 15..=16);
    assert!(refused(&mut resumed).contains("goes on from a file after 14 steps"));
    let why = resumed.answer(&why_asked(Some(1))).unwrap_err().to_string();
    assert!(why.contains("goes on from a file after 14 steps"), "{why}");
    let study = resumed.study(&taught_asked(0)).err().unwrap().to_string();
    assert!(study.contains("goes on from a file after 14 steps"), "{study}");
}

#[test]
fn edits_by_hand_are_taken_again_booked_apart_and_taken_back() {
    use crate::{
        inside::{Edit, EditAsked, EditChange, EditReport, Edited},
        learning::{AfterEdit, Progress},
        stream::MOST_METRICS,
    };
    let edit = |of: &mut NetworkTrainable, asked: EditAsked, step: u64| -> Edited {
        let at = StepPlace { epoch: (step / 6) as u32, batch: step % 6 };
        let sums = [0.0; MOST_METRICS];
        let progress = Progress { step, at, learning_rate: 4e-3, examples: 0, sums };
        let done = match of.edit(&Payload::new(asked), &progress).unwrap() {
            AfterEdit::GoOn(done) => done,
            AfterEdit::Begin(done) => {
                of.begin(4, &mut |_, _| {}).unwrap();
                assert_eq!(of.resumed().unwrap().step, 9);
                done
            }
        };
        done.get::<EditReport>().unwrap().said.clone().unwrap()
    };
    let numbers = |of: &NetworkTrainable| -> Vec<u32> {
        of.model.learned_and_remembered().iter().map(|number| number.to_bits()).collect()
    };
    for described in [lenet().as_str(), NORMALISED] {
        let mut alone = trainable(described);
        steps(&mut alone, 1..=14);
        let mut network = trainable(described);
        steps(&mut network, 1..=9);
        let change = EditChange::Scale(-0.5);
        let asked = EditAsked::Make(Edit { layer: None, unit: 1, change });
        let made = edit(&mut network, asked, 9);
        assert!(made.numbers > 0 && made.answers.is_some(), "{made:?}");
        steps(&mut network, 10..=14);
        assert_ne!(numbers(&network), numbers(&alone));
        // Its end is compared bit for bit, and what the edit did is no image's.
        let about =
            Payload::new(TaughtAsked { input: InputChoice::Test(3), map: None, strongest: 3 });
        let answer = network.answer(&about).unwrap();
        let taught = answer.get::<Taught>().unwrap();
        assert!(taught.by_hand.abs() > 1e-4, "{}", taught.by_hand);
        assert!(taught.residual.abs() <= 5e-4, "{}", taught.residual);
        let back = edit(&mut network, EditAsked::Undo, 14);
        assert_eq!(back.edit.step, 9);
        steps(&mut network, 10..=14);
        assert_eq!(numbers(&network), numbers(&alone));
        assert!(!network.run("past".into()).unwrap().is_edited());
    }
}
