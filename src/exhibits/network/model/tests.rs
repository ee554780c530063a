//! A network being taught on changed images, or only in its last layer, step by step.

use super::*;
use crate::{
    exhibits::network::payload::LearnedImage,
    images::Picture,
    inside::{
        Alike, AlikeAsked, AlikeWith, Baseline, Diagnosis, DoctorAsked, Dream, DreamAsked,
        DreamTarget, Health, HealthAsked, Landscape, LandscapeAsked, Method, Plane, Points,
        PointsAsked, PointsLayout, PointsOf, Robust, RobustAsked, Shared, SharedAsked, Sure,
        SureAsked, Target, Units, UnitsAsked, Why, WhyAsked,
    },
    learning::{
        StepPlace,
        data::{Augmenter, Dataset, Examples, Images, order},
        inside::Explained as _,
    },
    network::{Augmentation, INPUT, description},
};

const LAYERS: &str = "[[layers]]\nkind = \"conv2d\"\nout_channels = 3\nkernel_size = 3\n\
                      [[layers]]\nkind = \"batch_norm\"\n[[layers]]\nkind = \"relu\"\n\
                      [[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\n";
const AUGMENTATION: &str = "[augmentation]\nhorizontal_flip = true\nshift = 0.2\nrotate = 20\n";
const IMAGES: usize = 20;

/// Images of 6 × 5 pixels that are not alike, of three classes.
fn dataset() -> Arc<Dataset> {
    let images = |count: usize, by: usize| Images {
        pixels: (0..count * 30).map(|at| (at * by % 256) as u8).collect(),
        labels: (0..count).map(|at| (at % 3) as u8).collect(),
    };
    Arc::new(Dataset {
        name: "made up".to_owned(),
        channels: 1,
        rows: 6,
        columns: 5,
        classes: ["a", "b", "c"].map(str::to_owned).into(),
        train: images(IMAGES, 37),
        test: images(7, 91),
        remarks: Vec::new(),
    })
}

fn trainable(settings: &str, frozen: bool) -> NetworkTrainable {
    let described = description(&format!("{LAYERS}{settings}")).unwrap();
    let plan = described.network([1, 6, 5], 3).unwrap().plan().unwrap();
    let config = TrainingConfig { batch: 8, epochs: 3, ..TrainingConfig::default() };
    let training = Training { frozen, ..described.training };
    let mut trainable =
        NetworkTrainable::new(Data::Images(dataset()), Arc::new(plan), training, &config).unwrap();
    trainable.begin(4, &mut |_, _| {}).unwrap();
    trainable
}

fn step(trainable: &mut NetworkTrainable, epoch: u32, batch: u64) -> f32 {
    let at = StepPlace { epoch, batch };
    let order = StepOrder { at, steps: 1, learning_rate: 0.01, keep: false };
    trainable.step(order).unwrap().values.loss()
}

fn tested(trainable: &mut NetworkTrainable) -> TestReport {
    trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap()
}

/// The image that the last step learned from first.
fn learned(trainable: &mut NetworkTrainable) -> Vec<f32> {
    let values = trainable.network_values(&InputChoice::of(LearnedImage)).unwrap();
    let input = values.layers.iter().find(|layer| layer.layer == INPUT).unwrap();
    input.values.to_vec()
}

#[test]
fn what_is_shown_as_it_learns_is_what_the_step_learned_from() {
    let (mut plain, mut changed) = (trainable("", false), trainable(AUGMENTATION, false));
    let tested = [&mut plain, &mut changed].map(tested);
    assert_eq!(tested[0].values.loss(), tested[1].values.loss());
    for epoch in 0..2 {
        let first = order(4, epoch, IMAGES)[8];
        let image = Examples::new(&dataset().train).image(first as usize).unwrap().to_vec();
        let losses = [&mut plain, &mut changed].map(|trainable| step(trainable, epoch, 1));
        assert!(losses[0] != losses[1], "{losses:?}");
        assert_eq!(learned(&mut plain), image);
        let mut wanted = image.clone();
        let how = changed.training.augmentation;
        assert_eq!(
            how,
            Augmentation {
                horizontal_flip: true,
                shift: 0.2,
                rotate: 20.0,
                ..Augmentation::default()
            }
        );
        Augmenter::new(how, [1, 6, 5]).change(&mut wanted, &[first], 4, epoch);
        assert_ne!(wanted, image);
        assert_eq!(learned(&mut changed), wanted);
        // A run that goes on there has drawn the same.
        let mut later = trainable(AUGMENTATION, false);
        step(&mut later, epoch, 1);
        assert_eq!(learned(&mut later), wanted);
    }
    // What is tested is shown as it is.
    let values = changed.network_values(&InputChoice::Test(2)).unwrap();
    let input = values.layers.iter().find(|layer| layer.layer == INPUT).unwrap();
    assert_eq!(*input.values, *Examples::new(&dataset().test).image(2).unwrap());
}

#[test]
fn the_same_seed_gives_the_same_bits_on_any_number_of_threads() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut trainable = trainable(AUGMENTATION, false);
            (0..2).for_each(|batch| {
                step(&mut trainable, 0, batch);
            });
            trainable.model.weights().clone()
        })
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn a_frozen_network_keeps_all_but_its_last_layer_and_is_tested_as_a_whole() {
    let mut frozen = trainable("[training]\nclass_weights = [1, 2, 3]\n", true);
    let first = frozen.model.weights().clone();
    for epoch in 0..2 {
        (0..3).for_each(|batch| {
            step(&mut frozen, epoch, batch);
        });
    }
    let weights = frozen.model.weights().clone();
    assert_eq!(weights.memories, first.memories);
    let moved = weights.parameters.iter().zip(&first.parameters).map(|(one, other)| one != other);
    assert_eq!(moved.collect::<Vec<_>>(), [false, false, false, false, true, true]);
    let by_features = tested(&mut frozen);
    frozen.lessons.thaw();
    let whole = tested(&mut frozen);
    assert_eq!(by_features.confusion, whole.confusion);
    assert!((by_features.values.loss() - whole.values.loss()).abs() < 1e-5);
}

#[test]
fn what_was_chosen_is_told_before_the_first_step() {
    let mut told = Vec::new();
    let settings = format!("[training]\nclass_weights = \"balanced\"\n{AUGMENTATION}");
    let mut changed = trainable(&settings, false);
    changed.begin(1, &mut |_, facts| told.extend(facts)).unwrap();
    trainable("", true).begin(1, &mut |_, facts| told.extend(facts)).unwrap();
    let fact = |name: &str| {
        told.iter().find(|fact| fact.name == name).map(|fact| fact.value.to_string()).unwrap()
    };
    assert_eq!(
        fact("Augmentation"),
        "flipped left to right, shifted by up to 20 %, turned by up to 20°"
    );
    // 20 images in three classes of 7, 7 and 6.
    assert_eq!(fact("Class weights"), "0.952 0.952 1.111");
    assert_eq!(fact("Learns"), "the last layer alone, 111 numbers");
}

#[test]
fn it_says_why_for_what_it_has_learned_and_refuses_in_sentences() {
    let mut taught = trainable(AUGMENTATION, false);
    (0..3).for_each(|batch| {
        step(&mut taught, 0, batch);
    });
    let asked = |input, target, baseline| {
        let methods = Method::ALL.into();
        Payload::new(WhyAsked { input, target, baseline, methods, shuffled: None, seed: 1 })
    };
    let picture = Picture { name: "own".to_owned(), values: [77; 30].into(), remarks: Vec::new() };
    let inputs = [
        InputChoice::Test(1),
        InputChoice::Drawn([0.5; 30].into()),
        InputChoice::of(LearnedImage),
        InputChoice::of(picture),
    ];
    for input in inputs {
        for baseline in [Baseline::Mean, Baseline::MeanOf(1), Baseline::Test(2)] {
            let answer = taught.answer(&asked(input.clone(), Target::Said, baseline)).unwrap();
            let why = answer.get::<Why>().unwrap();
            assert_eq!((why.maps.len(), why.size), (7, [1, 6, 5]));
            let exact = why.maps.iter().filter_map(|map| map.completeness).filter(|sum| sum.exact);
            exact.for_each(|sum| assert!(sum.error().abs() < 1e-4, "{sum:?}"));
        }
    }
    for (input, target, words) in [
        (InputChoice::Test(7), Target::Said, "no test image 7"),
        (InputChoice::Drawn([0.5; 3].into()), Target::Said, "3 numbers"),
        (InputChoice::Test(0), Target::Probability(3), "no class 3"),
    ] {
        let why = taught.answer(&asked(input, target, Baseline::Black)).unwrap_err().to_string();
        assert!(why.contains(words), "{why}");
    }
}

#[test]
fn it_says_what_it_withstands_and_how_sure_it_is() {
    let mut taught = trainable(AUGMENTATION, false);
    (0..3).for_each(|batch| {
        step(&mut taught, 0, batch);
    });
    let asked = |input, strengths| {
        Payload::new(RobustAsked { input, strengths, images: 50, steps: 3, seed: 1 })
    };
    let tests = taught.lessons.test_len();
    for input in
        [InputChoice::Test(1), InputChoice::Drawn([0.5; 30].into()), InputChoice::of(LearnedImage)]
    {
        let answer = taught.answer(&asked(input, vec![0.0, 0.2])).unwrap();
        let robust = answer.get::<Robust>().unwrap();
        assert_eq!((robust.images, robust.attacked.len(), robust.size), (tests, 6, [1, 6, 5]));
        let [still, moved] = robust.withstood[1].accuracy[..] else { panic!("{robust:?}") };
        assert!(still == robust.accuracy && moved <= still, "{robust:?}");
        assert_eq!(*robust.attacked[0].image, *robust.input);
    }
    let answer = taught.answer(&Payload::new(SureAsked { seed: 1 })).unwrap();
    assert_eq!(answer.get::<Sure>().unwrap().images, tests);
    let why = taught.answer(&asked(InputChoice::Test(0), vec![f32::NAN])).unwrap_err().to_string();
    assert!(why.contains("a strength is NaN"), "{why}");
}

#[test]
fn it_says_what_its_units_know() {
    let mut taught = trainable(AUGMENTATION, false);
    (0..3).for_each(|batch| {
        step(&mut taught, 0, batch);
    });
    let tests = taught.lessons.test_len();
    let asked = |layer: Option<&str>| {
        let layer = layer.map(str::to_owned);
        Payload::new(UnitsAsked { layer, images: 50, top: 2, seed: 1 })
    };
    let answer = taught.answer(&asked(None)).unwrap();
    let layers = answer.get::<Units>().unwrap().layers.clone();
    assert!(layers.len() > 1, "{layers:?}");
    for layer in &layers {
        let answer = taught.answer(&asked(Some(&layer.name))).unwrap();
        let units = answer.get::<Units>().unwrap();
        assert_eq!((units.images, &units.layer), (tests, layer));
        let target = DreamTarget::Unit { layer: Some(layer.name.clone()), unit: 0 };
        let asked = DreamAsked { target, steps: 3, seed: 1, count: 1, plain: false };
        let answer = taught.answer(&Payload::new(asked)).unwrap();
        assert_eq!(answer.get::<Dream>().unwrap().size, [1, 6, 5]);
    }
    let why = taught.answer(&asked(Some("none"))).unwrap_err().to_string();
    assert!(why.contains("there is no layer “none”"), "{why}");
}

#[test]
fn it_says_where_its_layers_put_all_images_and_how_alike_they_are() {
    let mut taught = trainable("", false);
    (0..3).for_each(|batch| {
        step(&mut taught, 0, batch);
    });
    let (train, tests) = (taught.lessons.train_len(), taught.lessons.test_len());
    let asked = |layer: Option<&str>| {
        let (layer, layout) = (layer.map(str::to_owned), PointsLayout::Components);
        Payload::new(PointsAsked { layer, layout, all: true, seed: 1 })
    };
    let answer = taught.answer(&asked(None)).unwrap();
    let logits = answer.get::<Points>().unwrap();
    assert_eq!((logits.layer.name.as_str(), logits.of.train.len()), ("logits", train));
    assert_eq!(logits.of.tests.len(), tests);
    assert!(!logits.layers.is_empty());
    for layer in &logits.layers {
        let answer = taught.answer(&asked(Some(&layer.name))).unwrap();
        let points = answer.get::<Points>().unwrap();
        assert_eq!((&points.layer, &points.said), (layer, &logits.said));
        assert_eq!(points.places.len(), (train + tests) * points.axes);
        let of = PointsOf { train: [0].into(), tests: [1, 0].into() };
        let asked = SharedAsked { layer: Some(layer.name.clone()), of };
        assert!(taught.study(&Payload::new(asked.clone())).unwrap().is_none(), "it is cheap");
        let answer = taught.answer(&Payload::new(asked)).unwrap();
        let shared = answer.get::<Shared>().unwrap();
        assert_eq!((shared.size, shared.labels.iter().sum::<usize>()), ([1, 6, 5], 3));
    }
    assert!(taught.study(&asked(None)).unwrap().is_some(), "points take longer than a step");
    // Few questions are remembered.
    taught.answer(&asked(None)).unwrap();
    let answer = taught.answer(&asked(None)).unwrap();
    assert!(answer.get::<Points>().unwrap().trust.moved.unwrap() < 1e-4);
    let compared = AlikeAsked { with: AlikeWith::Layers, images: 500, seed: 1 };
    let answer = taught.answer(&Payload::new(compared)).unwrap();
    let found = answer.get::<Alike>().unwrap();
    let count = logits.layers.len() + 1;
    assert_eq!((found.layers.len(), found.alignment.len()), (count, count * count));
    assert_eq!(found.asked.images, tests);
    // A new run has not been asked before.
    taught.begin(2, &mut |_, _| {}).unwrap();
    let answer = taught.answer(&asked(None)).unwrap();
    assert_eq!(answer.get::<Points>().unwrap().trust.moved, None);
}

#[test]
fn its_health_is_measured_and_the_doctor_disturbs_nothing() {
    for frozen in [false, true] {
        let mut asked = trainable("", frozen);
        let mut alone = trainable("", frozen);
        for batch in 0..2 {
            step(&mut asked, 0, batch);
            step(&mut alone, 0, batch);
        }
        let shown = learned(&mut asked);
        let question = HealthAsked { images: 16, seed: 1 };
        let answer = asked.answer(&Payload::new(question)).unwrap();
        let health = answer.get::<Health>().unwrap();
        // Only what learns is a layer of its own.
        assert_eq!(health.layers.len(), if frozen { 1 } else { 2 }, "{health:#?}");
        assert!(health.layers.iter().all(|layer| layer.gradient_norm > 0.0));
        assert!(
            health.layers.iter().all(|layer| layer.update_ratio.is_some_and(|ratio| ratio > 0.0))
        );
        assert_eq!((health.losses.step, health.steps.batch, health.steps.rate), (2, 8, 0.01));
        assert_eq!((health.train.images, health.test.images), (16, 7));
        let answer = asked.answer(&Payload::new(DoctorAsked {})).unwrap();
        let found = answer.get::<Diagnosis>().unwrap();
        let parts = &found.speed.parts;
        assert!(
            [parts.data, parts.forward, parts.backward, parts.optimiser, parts.watching]
                .iter()
                .all(|seconds| *seconds > 0.0),
            "{parts:?}"
        );
        let file = file(asked.plan(), &asked.lessons.data, asked.model.weights()).unwrap();
        assert_eq!(found.elsewhere.bytes, Some(file.len() as u64));
        assert_eq!((found.step, found.looked_at), (2, IMAGES));
        assert_eq!(learned(&mut asked), shown);
        for batch in 0..2 {
            assert_eq!(step(&mut asked, 1, batch), step(&mut alone, 1, batch));
        }
        assert_eq!(asked.model.weights(), alone.model.weights());
        assert_eq!(asked.model.copy().weights(), asked.model.weights());
    }
}

#[test]
fn its_way_is_kept_with_what_its_normalisations_remember_and_disturbs_nothing() {
    for frozen in [false, true] {
        let (mut kept, mut alone) = (trainable("", frozen), trainable("", frozen));
        alone.way = Way::within([0, 0]);
        alone.begin(4, &mut |_, _| {}).unwrap();
        for batch in 0..3 {
            assert_eq!(step(&mut kept, 0, batch), step(&mut alone, 0, batch));
        }
        assert_eq!(kept.model.weights(), alone.model.weights());
        let trail = kept.way.trail();
        assert_eq!((trail.states.len(), trail.step, trail.seed), (4, 3, 4));
        let inside = kept.model.inside().unwrap();
        let own = inside.parameters().unwrap().unwrap();
        assert_eq!(trail.states[3].numbers, own.numbers);
        // Of a frozen network only the last layer moves, and nothing else is kept as learned.
        let learned: usize = if frozen { 3 * 36 + 3 } else { 27 + 3 + 6 + 3 * 36 + 3 };
        assert_eq!((own.learned, own.numbers.len()), (learned, learned + 6));
        let counts: Vec<_> = own.filters.iter().map(|of| [of.count(), of.len()]).collect();
        let wanted: &[[usize; 2]] = if frozen { &[[3, 36]] } else { &[[3, 9], [3, 36]] };
        assert_eq!(counts, wanted);
        // With the weights of the beginning it is the network that began.
        let first = inside.with_parameters(&trail.states[0].numbers).unwrap();
        let image = Examples::new(&dataset().test).image(2).unwrap().to_vec();
        let begun = trainable("", frozen).model.inside().unwrap().logits(&image).unwrap();
        assert_eq!(first.logits(&image).unwrap(), begun);
        assert_ne!(inside.logits(&image).unwrap(), begun);
        kept.begin(5, &mut |_, _| {}).unwrap();
        let ended = kept.way.trail().ended;
        assert_eq!((ended.len(), ended[0].seed, ended[0].end.step), (1, 4, 3));
        assert_eq!(ended[0].end.numbers, trail.states[3].numbers);
    }
}

#[test]
fn its_loss_is_shown_around_the_way_that_its_weights_came() {
    for frozen in [false, true] {
        let (mut asked, mut alone) = (trainable("", frozen), trainable("", frozen));
        for batch in 0..3 {
            step(&mut asked, 0, batch);
            step(&mut alone, 0, batch);
        }
        for plane in Plane::ALL {
            let question = Payload::new(LandscapeAsked { plane, side: 5, images: 7, seed: 1 });
            assert!(asked.study(&question).unwrap().is_some());
            let answer = asked.answer(&question).unwrap();
            let found = answer.get::<Landscape>().unwrap();
            assert_eq!((found.losses.len(), found.path.len()), (25, 4));
            assert!(found.losses.iter().all(|loss| loss.is_finite() && *loss > 0.0));
            let last = found.path.last().unwrap();
            assert_eq!((last.loss, last.shadow, last.at), (found.loss, found.loss, [0.0; 2]));
            // What normalisations remember lies beside the plane, and that is said.
            let said = found.remarks.iter().any(|one| one.starts_with("normalisations remember"));
            assert!(said, "{:?}", found.remarks);
            let known = found.axes.map(|axis| (axis.explained.is_some(), axis.curvature.is_some()));
            let wanted = (plane == Plane::Path, plane == Plane::Curvature);
            assert_eq!(known, [wanted; 2]);
        }
        assert_eq!(step(&mut asked, 1, 0), step(&mut alone, 1, 0));
        assert_eq!(asked.model.weights(), alone.model.weights());
    }
}
