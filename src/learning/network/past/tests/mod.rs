//! Runs of networks of several kinds taken again, bit for bit, and booked, against the rules' own steps, burn's gradients of
//! whole batches and the change of the loss itself.

mod products;
mod rules;

use super::*;
use crate::{
    inside::{Taught, TaughtAsked, Without, WithoutAsked},
    learning::{
        DeviceName, StepPlace, TrainError,
        data::{Examples, Images, order},
        inside::{Booked as _, Books, Past, PastQuestion, Replayed as _},
        network::{NetworkModel, Pictures},
    },
    network::{Augmentation, Plan, Rule, description},
    stream::{InputChoice, Payload},
};
use std::sync::Arc;

pub(super) const SIZE: [usize; 3] = [1, 6, 5];
const CLASSES: usize = 3;
const IMAGES: usize = 22;
pub(super) const BATCH: usize = 8;
const SEED: u64 = 7;

/// Plain layers, dropout between them.
pub(super) const PERCEPTRON: &str = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nout_features = 12\n\
    [[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"linear\"\n";
/// Two dropouts in the way of each image.
pub(super) const DROPPED: &str = "[[layers]]\nkind = \"conv2d\"\nname = \"conv\"\nout_channels = 4\nkernel_size = 3\n\
    [[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"dropout\"\np = 0.3\n[[layers]]\nkind = \"flatten\"\n\
    [[layers]]\nkind = \"linear\"\nout_features = 9\n[[layers]]\nkind = \"tanh\"\n\
    [[layers]]\nkind = \"dropout\"\np = 0.25\n[[layers]]\nkind = \"linear\"\n";
/// Normalised by the batch, with dropout behind.
pub(super) const NORMALISED: &str = "[[layers]]\nkind = \"conv2d\"\nname = \"first\"\nout_channels = 3\nkernel_size = 3\npadding = 1\n\
    [[layers]]\nkind = \"batch_norm\"\n[[layers]]\nkind = \"relu\"\n\
    [[layers]]\nkind = \"conv2d\"\nname = \"second\"\nout_channels = 4\nkernel_size = 2\nbias = false\n\
    [[layers]]\nkind = \"batch_norm\"\n[[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"flatten\"\n\
    [[layers]]\nkind = \"dropout\"\np = 0.2\n[[layers]]\nkind = \"linear\"\nname = \"end\"\n";
pub(super) const CHANGED: Augmentation = Augmentation {
    horizontal_flip: true,
    vertical_flip: false,
    shift: 0.2,
    rotate: 15.0,
    crop: 0,
    brightness: 0.1,
    contrast: 0.0,
};

/// Images of which each class has bright pixels of its own.
fn images(count: usize, by: usize) -> Arc<Examples> {
    let pixels = SIZE.iter().product::<usize>();
    let pixel = |at: usize| {
        let (image, place) = (at / pixels, at % pixels);
        let own = if place % CLASSES == image % CLASSES { 120 } else { 0 };
        (own + at * by % 131) as u8
    };
    Arc::new(Examples::new(&Images {
        pixels: (0..count * pixels).map(pixel).collect(),
        labels: (0..count).map(|at| (at % CLASSES) as u8).collect(),
    }))
}

pub(super) fn pictures(augmentation: Augmentation) -> Pictures {
    Pictures::new([images(IMAGES, 37), images(9, 91)], augmentation, SIZE)
}

/// A network with such settings of its training, before its first step.
pub(super) fn model(layers: &str, settings: &str) -> NetworkModel {
    let described = description(&format!("{layers}[training]\n{settings}\n")).unwrap();
    let plan = described.network(SIZE, CLASSES).unwrap().plan().unwrap();
    let training = &described.training;
    let mut model = NetworkModel::new(
        Arc::new(plan),
        DeviceName::Flex.device(),
        training.rule,
        training.weight_decay,
    )
    .unwrap();
    model.begin(SEED);
    model
}

/// A network by Adam before its first step.
pub(super) fn of_plan(plan: Plan) -> NetworkModel {
    let rule = Rule::Adam { betas: [0.9, 0.999], epsilon: 1e-8 };
    let mut model =
        NetworkModel::new(Arc::new(plan), DeviceName::Flex.device(), rule, 0.0).unwrap();
    model.begin(SEED);
    model
}

/// The rate of a step, which changes on the way.
pub(super) fn rate(step: u64, first: f64) -> f64 {
    if step <= 20 { first } else { first / 2.0 }
}

/// Takes the first steps of a run, as its trainable would, and says what it is then.
pub(super) fn run(
    model: &mut NetworkModel,
    pictures: &Pictures,
    (steps, first): (u64, f64),
) -> NetworkRun {
    let per_epoch = IMAGES.div_ceil(BATCH) as u64;
    let mut past = Past::default();
    for step in 0..steps {
        let at = StepPlace { epoch: (step / per_epoch) as u32, batch: step % per_epoch };
        let order = order(SEED, at.epoch, IMAGES);
        let rows: Vec<u32> =
            order.into_iter().skip(at.batch as usize * BATCH).take(BATCH).collect();
        let batch = pictures.batch(model, &rows, (SEED, at.epoch)).unwrap();
        let rate = rate(step + 1, first);
        match pictures.is_frozen() {
            false => model.step(batch, step, rate).unwrap(),
            true => model.step_on_features(batch, rate).unwrap(),
        };
        past.took(at, rate, per_epoch);
    }
    NetworkRun::new(model, pictures.clone(), BATCH, &past, Books::default()).unwrap()
}

pub(super) fn taught(
    run: &NetworkRun,
    index: usize,
    map: Option<usize>,
) -> Result<Taught, TrainError> {
    let asked = TaughtAsked { input: InputChoice::Test(index), map, strongest: 4 };
    let about = Payload::new(asked);
    let input = run.pictures.tests.image(index).unwrap();
    let class = usize::from(run.pictures.tests.labels[index]);
    let answer = PastQuestion::of(&about).unwrap().answer(run, input, Some(class), &|| true)?;
    Ok((**answer.get::<Taught>().unwrap()).clone())
}

pub(super) fn without(run: &NetworkRun, left_out: &[u32]) -> Without {
    let asked =
        WithoutAsked { input: InputChoice::Test(0), left_out: left_out.to_vec(), foretold: true };
    let about = Payload::new(asked);
    let input = run.pictures.tests.image(0).unwrap();
    let answer = PastQuestion::of(&about).unwrap().answer(run, input, Some(0), &|| true).unwrap();
    (**answer.get::<Without>().unwrap()).clone()
}

pub(super) fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// What a run ends in when it is taken again.
fn end(run: &NetworkRun) -> Vec<u32> {
    let mut state = run.begin().unwrap();
    (1..=run.steps()).for_each(|step| run.take(&mut state, step).unwrap());
    bits(&run.parameters(&state).unwrap())
}

#[test]
fn parts_hold_each_number_that_learns_once_and_maps_are_of_the_last_convolution() {
    for (layers, names, mapped, maps) in [
        (PERCEPTRON, 2, None, 0),
        (DROPPED, 3, Some("conv"), 4),
        (NORMALISED, 3, Some("second"), 4),
    ] {
        let model = model(layers, "optimiser = \"adam\"");
        let layout = layout::Layout::of(&model);
        assert_eq!(layout.layers.len(), names);
        assert_eq!(layout.mapped.map(|layer| layout.layers[layer].as_str()), mapped);
        let of_maps = layout.parts.iter().filter(|(part, _)| part.map.is_some());
        assert_eq!(of_maps.count(), maps);
        let mut all: Vec<usize> =
            layout.parts.iter().flat_map(|(_, ranges)| ranges.iter().cloned().flatten()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..model.plan().learned()).collect::<Vec<_>>());
    }
    // A map of the second convolution: its filter of 3 × 2 × 2, and its factor and shift in the normalisation.
    let normalised = model(NORMALISED, "optimiser = \"adam\"");
    let layout = layout::Layout::of(&normalised);
    let of_map = |map: usize| {
        let part = layout.parts.iter().find(|(part, _)| part.map == Some(map)).unwrap();
        part.1.iter().cloned().flatten().collect::<Vec<_>>()
    };
    // Before it a convolution of 3 × 9 and 3, and 3 and 3 of its normalisation.
    let wanted: Vec<usize> = (36 + 12..36 + 24).chain([36 + 48 + 1, 36 + 48 + 4 + 1]).collect();
    assert_eq!(of_map(1), wanted);
}

#[test]
fn taken_again_it_is_the_run_with_what_normalisations_remember() {
    let settings = "optimiser = \"adamw\"";
    for (layers, augmentation) in
        [(PERCEPTRON, Augmentation::default()), (DROPPED, CHANGED), (NORMALISED, CHANGED)]
    {
        let (pictures, mut model) = (pictures(augmentation), model(layers, settings));
        let run = run(&mut model, &pictures, (25, 0.01));
        assert_eq!(end(&run), bits(&model.learned_and_remembered()));
        let memories: usize = model.weights().memories.iter().map(Vec::len).sum();
        assert_eq!(memories, if layers == NORMALISED { 14 } else { 0 });
        assert_eq!(run.size(), model.plan().learned() + memories);
        // Its own labels are its labels, and nothing left out is nothing.
        assert_eq!(end(&run.relabelled(run.labels())), bits(run.ended()));
        assert_eq!(end(&run.without(&[])), bits(run.ended()));
        let mut labels = run.labels().to_vec();
        labels[3] = (labels[3] + 1) % 3;
        assert_ne!(end(&run.relabelled(&labels)), bits(run.ended()));
        assert_ne!(end(&run.without(&[3])), bits(run.ended()));
        assert_eq!(end(&run.without(&[3]).without(&[1, 3])), end(&run.without(&[1, 3])));
        let nothing = without(&run, &[]);
        assert_eq!((nothing.floor, nothing.booked), (0.0, 0.0));
        assert_eq!(nothing.before, nothing.after);
        let still_there = nothing.remarks.iter().any(|one| one.contains("still see the images"));
        assert_eq!(still_there, layers == NORMALISED, "{:?}", nothing.remarks);
    }
}

#[test]
fn without_an_image_the_mean_is_of_as_many_and_the_others_are_where_they_were() {
    // One step of plain descent on a perceptron: less one image's share of the gradient, by hand.
    for class_weights in [None, Some(vec![0.5, 1.0, 3.0])] {
        let pictures = pictures(Augmentation::default());
        let mut model = model(PERCEPTRON, "optimiser = \"sgd\"");
        model.weigh(class_weights.clone());
        let first = model.learned_and_remembered();
        let run = run(&mut model, &pictures, (1, 0.1));
        let seen = run.seen(1).to_vec();
        let (image, label) = (seen[2], pictures.train.labels[seen[2] as usize]);
        let mut state = run.begin().unwrap();
        run.without(&[image]).take(&mut state, 1).unwrap();
        let without = run.parameters(&state).unwrap();
        let input = pictures.train.image(image as usize).unwrap().to_vec();
        let subject = crate::learning::inside::Subject { input, class: usize::from(label) };
        let (_, own) = run.slope(&first, &subject).unwrap();
        let weight = |row: &u32| {
            let label = usize::from(pictures.train.labels[*row as usize]);
            class_weights.as_ref().map_or(1.0, |weights| weights[label])
        };
        let share = weight(&image) / seen.iter().map(weight).sum::<f32>();
        for (at, (with, without)) in run.ended().iter().zip(&without).enumerate() {
            let wanted = with + 0.1 * share * own[at];
            assert!((wanted - without).abs() < 1e-6, "{at}: {wanted} {without}");
        }
    }
}

#[test]
fn a_frozen_run_is_taken_again_and_booked_by_what_its_last_layer_reads() {
    let mut pictures = pictures(Augmentation::default());
    let mut model = model(NORMALISED, "optimiser = \"adam\"");
    model.freeze().unwrap();
    model.begin(SEED);
    pictures.freeze();
    let run = run(&mut model, &pictures, (40, 0.02));
    assert_eq!(end(&run), bits(run.ended()));
    assert_eq!(run.layers(), ["end"]);
    let found = taught(&run, 1, None).unwrap();
    assert!(found.residual.abs() <= 5e-4 && found.apart == 0.0, "{found:?}");
    assert!((found.loss[0] - found.loss[1]).abs() > 0.05, "{:?}", found.loss);
    assert!(found.maps.is_empty());
    assert_eq!(run.passes(8).unwrap(), 8);
    let refused = taught(&run, 1, Some(0)).unwrap_err().to_string();
    assert!(refused.contains("there is no map 0, none at all"), "{refused}");
    let nothing = without(&run, &[]);
    assert_eq!(nothing.before, nothing.after);
}
