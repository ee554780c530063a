//! Top images, lesions and Shapley values against brute force, by additions and by passes.

use super::{
    super::{
        goal,
        meter::Meter,
        shapley::{self, Effort},
        tried::Tried,
        units,
    },
    perceptron::{CLASSES, IMAGE, Perceptron, perceptron, tests},
    *,
};
use crate::inside::{LesionAsked, LesionBy, Shapley, UnitImage};

const WAITS: &dyn Fn() -> bool = &|| true;

fn ask(model: &dyn Explained, images: usize, examples: &Examples) -> Units {
    units(model, &units_asked(images, 4), examples, WAITS).unwrap()
}

/// The largest number of each unit for each image, images × units.
fn values(model: &Perceptron, examples: &Examples) -> Vec<Vec<f32>> {
    let values = HiddenLayer::values(model, &examples.brightness).unwrap();
    let rows = values.chunks(model.layer.numbers());
    rows.map(|row| row.chunks(2).map(|map| map[0].max(map[1])).collect()).collect()
}

/// How many images are read right with these numbers in the place of the layer's.
fn right(
    model: &Perceptron,
    examples: &Examples,
    instead: impl Fn(usize, usize) -> Option<f32>,
) -> usize {
    let mut values = HiddenLayer::values(model, &examples.brightness).unwrap();
    for row in values.chunks_mut(model.layer.numbers()) {
        for (at, value) in row.iter_mut().enumerate() {
            *value = instead(at / 2, at).unwrap_or(*value);
        }
    }
    let logits = HiddenLayer::logits(model, &examples.brightness, &values).unwrap();
    let said = logits.chunks(CLASSES).map(|logits| goal::said(logits).unwrap());
    said.zip(&examples.labels).filter(|(said, label)| *said == usize::from(**label)).count()
}

/// The mean of each number of the layer.
fn means(model: &Perceptron, examples: &Examples) -> Vec<f32> {
    let values = HiddenLayer::values(model, &examples.brightness).unwrap();
    let numbers = model.layer.numbers();
    let mean = |at: usize| {
        let of = values.iter().skip(at).step_by(numbers).map(|value| f64::from(*value));
        (of.sum::<f64>() / examples.len() as f64) as f32
    };
    (0..numbers).map(mean).collect()
}

#[test]
fn named_images_are_those_that_sorting_all_of_them_finds() {
    let model = perceptron(6);
    let examples = tests(&model, 40);
    let found = ask(&model, 40, &examples);
    assert_eq!((found.images, found.tried_on, found.units.len()), (40, 40, 6));
    let all = values(&model, &examples);
    let indices = |images: &[UnitImage]| images.iter().map(|one| one.index).collect::<Vec<_>>();
    let mut medians = 0;
    for (unit, told) in found.units.iter().enumerate() {
        let of = |index: usize| all[index][unit];
        let mut order: Vec<usize> = (0..40).collect();
        order.sort_by(|a, b| of(*b).partial_cmp(&of(*a)).unwrap().then(a.cmp(b)));
        assert_eq!(indices(&told.top), order[..4], "{unit}");
        let active: Vec<usize> = order.iter().copied().filter(|index| of(*index) > 0.0).collect();
        assert!((told.active - active.len() as f32 / 40.0).abs() < 1e-6);
        let count = active.len().min(4);
        assert_eq!(indices(&told.median), active[(active.len() - count) / 2..][..count]);
        medians += count;
        order.sort_by(|a, b| of(*a).partial_cmp(&of(*b)).unwrap().then(a.cmp(b)));
        assert_eq!(indices(&told.near_zero), order[..4], "{unit}");
        for image in told.top.iter().chain(&told.median).chain(&told.near_zero) {
            assert_eq!(image.value, of(image.index));
            let maps = HiddenLayer::values(&model, examples.image(image.index).unwrap()).unwrap();
            assert_eq!(maps[unit * 2 + image.place[1]], image.value);
            // Rows from -1, cut at the edge; columns two by two.
            assert_eq!((image.field.first, image.field.size), ([0, 2 * image.place[1]], [2, 2]));
        }
        let mean =
            (means(&model, &examples)[2 * unit] + means(&model, &examples)[2 * unit + 1]) / 2.0;
        assert!((told.mean - mean).abs() < 1e-6, "{} {mean}", told.mean);
    }
    assert!(medians > 12, "{medians}");
    // Fewer images are some of more, and so are fewer that are named.
    let fewer = ask(&model, 10, &examples);
    assert_eq!(fewer.images, 10);
    let less = UnitsAsked { top: 2, ..units_asked(40, 4) };
    let less = units(&model, &less, &examples, WAITS).unwrap();
    assert_eq!(less.units[3].top, found.units[3].top[..2]);
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let model = perceptron(14);
    let examples = tests(&model, 60);
    for hides in [false, true] {
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| match hides {
                true => without_price(ask(&WithoutClosedForm(&model), 60, &examples)),
                false => without_price(ask(&model, 60, &examples)),
            })
        };
        assert_eq!(run(1), run(3));
    }
}

#[test]
fn lesions_are_what_brute_force_counts_by_additions_and_by_passes() {
    for count in [1, 6, 14] {
        let model = perceptron(count);
        let examples = tests(&model, 50);
        let found = ask(&model, 50, &examples);
        let passed = ask(&WithoutClosedForm(&model), 50, &examples);
        assert_eq!((found.accuracy, &found.units), (passed.accuracy, &passed.units));
        assert_eq!(found.shapley, passed.shapley);
        let all = right(&model, &examples, |_, _| None);
        assert_eq!(found.accuracy, all as f32 / 50.0);
        let means = means(&model, &examples);
        let mut lost = 0.0;
        for (unit, told) in found.units.iter().enumerate() {
            let zero = right(&model, &examples, |of, _| (of == unit).then_some(0.0));
            let mean = right(&model, &examples, |of, at| (of == unit).then_some(means[at]));
            let drop = |count: usize| (all as f32 - count as f32) / 50.0;
            assert!((told.drop_by_zero - drop(zero)).abs() < 1e-6, "{unit}");
            assert!((told.drop_by_mean - drop(mean)).abs() < 1e-6, "{unit}");
            lost += told.drop_by_zero.abs() + told.drop_by_mean.abs();
        }
        assert!(lost > 0.0, "no unit matters");
    }
}

/// The mean of what each unit adds over all orders of the units, by brute force.
fn over_all_orders(model: &Perceptron, examples: &Examples) -> Vec<f64> {
    let means = means(model, examples);
    let count = |set: usize| {
        right(model, examples, |unit, at| (set >> unit & 1 == 0).then_some(means[at])) as f64
    };
    let units = model.layer.units();
    let mut orders = vec![Vec::new()];
    for _ in 0..units {
        orders = orders
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                let left: Vec<usize> = (0..units).filter(|unit| !order.contains(unit)).collect();
                left.into_iter().map(move |unit| [order.as_slice(), &[unit]].concat())
            })
            .collect();
    }
    let mut values = vec![0.0; units];
    for order in &orders {
        let mut set = 0;
        for unit in order {
            values[*unit] += count(set | 1 << unit) - count(set);
            set |= 1 << unit;
        }
    }
    let images = (orders.len() * examples.len()) as f64;
    values.into_iter().map(|value| value / images).collect()
}

fn adds_up(shapley: &Shapley) {
    let sum: f64 = shapley.values.iter().sum();
    assert!((sum - (shapley.all - shapley.none)).abs() < 1e-13, "{sum} {shapley:?}");
    assert!(shapley.all > shapley.none + 0.2, "{shapley:?}");
}

#[test]
fn shapley_values_are_those_over_all_orders() {
    for units in [1, 2, 5] {
        let model = perceptron(units);
        let examples = tests(&model, 30);
        let shapley = ask(&model, 30, &examples).shapley.unwrap();
        assert_eq!((shapley.permutations, shapley.images), (None, 30));
        let expected = over_all_orders(&model, &examples);
        for (value, expected) in shapley.values.iter().zip(&expected) {
            assert!((value - expected).abs() < 1e-12, "{shapley:?} {expected:?}");
        }
        assert!((shapley.values.iter().sum::<f64>() - (shapley.all - shapley.none)).abs() < 1e-13);
        assert!(shapley.errors.iter().all(|error| *error == 0.0));
    }
}

/// Units 1 and 2 do the same, and nothing reads the last.
fn copied_and_dead(units: usize) -> Perceptron {
    let mut model = perceptron(units);
    let of_unit = model.weights.len() / units;
    model.weights.copy_within(of_unit..2 * of_unit, 2 * of_unit);
    model.biases.copy_within(2..4, 4);
    for by_class in model.by_class.chunks_mut(2 * units) {
        by_class.copy_within(2..4, 4);
        by_class[2 * units - 2..].fill(0.0);
    }
    model.balance();
    model
}

#[test]
fn copied_units_are_worth_the_same_and_dead_ones_nothing() {
    let model = copied_and_dead(6);
    let examples = tests(&model, 60);
    let shapley = ask(&model, 60, &examples).shapley.unwrap();
    adds_up(&shapley);
    assert_eq!(shapley.permutations, None);
    assert_eq!(shapley.values[1].to_bits(), shapley.values[2].to_bits());
    assert_eq!(shapley.values[5], 0.0);
    assert!(shapley.values.iter().filter(|value| **value != 0.0).count() > 3, "{shapley:?}");

    let model = copied_and_dead(16);
    let examples = tests(&model, 60);
    for model in [&model as &dyn Explained, &WithoutClosedForm(&model)] {
        let shapley = ask(model, 60, &examples).shapley.unwrap();
        adds_up(&shapley);
        assert_eq!((shapley.permutations, shapley.by), (Some(100), LesionBy::Mean));
        assert_eq!((shapley.values[15], shapley.errors[15]), (0.0, 0.0));
        let apart = (shapley.values[1] - shapley.values[2]).abs();
        assert!(apart < 4.0 * (shapley.errors[1] + shapley.errors[2]), "{shapley:?}");
    }
}

#[test]
fn drawn_orders_come_as_near_as_their_error_says() {
    let model = perceptron(8);
    let examples = tests(&model, 60);
    let exact = ask(&model, 60, &examples).shapley.unwrap();
    let meter = Meter::of(&model);
    let mut tried = Tried::of(&meter, &model, HiddenLayer::slopes(&model).unwrap(), WAITS);
    let made = HiddenLayer::values(&model, &examples.brightness).unwrap();
    let labels: Vec<usize> = examples.labels.iter().copied().map(usize::from).collect();
    tried.keep(&examples.brightness, &labels, &made);
    tried.learn(means(&model, &examples));
    let mut beyond = 0;
    for seed in 0..5 {
        let effort = Effort { images: 60, orders: Some(400) };
        let drawn = shapley::shapley(&tried, effort, seed).unwrap().unwrap();
        adds_up(&drawn);
        for ((value, error), exact) in drawn.values.iter().zip(&drawn.errors).zip(&exact.values) {
            assert!((value - exact).abs() < 5.0 * error + 1e-9, "{drawn:?} {exact:?}");
            beyond += usize::from((value - exact).abs() > error / 10.0);
        }
    }
    // The error is none of an upper bound.
    assert!(beyond > 15, "{beyond}");
}

#[test]
fn effort_depends_on_sizes_and_says_when_it_is_too_much() {
    let within = |most, per_image, units| Effort::within(most, per_image, units, 1000);
    assert_eq!(within(u64::MAX, 1, 32), Some(Effort { images: 1000, orders: Some(100) }));
    assert_eq!(within(1_000_000, 1, 20), Some(Effort { images: 1000, orders: Some(50) }));
    assert_eq!(within(100_000, 1, 20), Some(Effort { images: 250, orders: Some(20) }));
    assert_eq!(within(100_000, 100, 20), None);
    assert_eq!(within(100_000, 1, 10), Some(Effort { images: 97, orders: None }));
    assert_eq!(within(1000, 1, 10), None);
    let few = |images| Effort::within(1_000_000, 1, 20, images);
    assert_eq!(few(5), Some(Effort { images: 5, orders: Some(100) }));
    assert_eq!(few(0), None);
}

#[test]
fn a_lesion_tells_who_is_read_otherwise() {
    let model = perceptron(6);
    let examples = tests(&model, 50);
    let means = means(&model, &examples);
    for by in LesionBy::ALL {
        let asked =
            LesionAsked { layer: Some("hidden".to_owned()), units: vec![4, 1, 4], by, images: 99 };
        for model in [&model as &dyn Explained, &WithoutClosedForm(&model)] {
            let found = lesion(model, &asked, &examples, WAITS).unwrap();
            assert_eq!((found.images, found.layer.name.as_str()), (50, "hidden"));
            let mut values =
                model.hidden("hidden").unwrap().unwrap().values(&examples.brightness).unwrap();
            let before = model.logits(&examples.brightness).unwrap();
            for row in values.chunks_mut(12) {
                for at in [2, 3, 8, 9] {
                    row[at] = if by == LesionBy::Zero { 0.0 } else { means[at] };
                }
            }
            let hidden = model.hidden("hidden").unwrap().unwrap();
            let after = hidden.logits(&examples.brightness, &values).unwrap();
            let mut changed = Vec::new();
            let mut confusions = [[0; 9]; 2];
            for (index, label) in examples.labels.iter().enumerate() {
                let read_as =
                    [&before, &after].map(|logits| goal::said(&logits[3 * index..][..3]).unwrap());
                let class = usize::from(*label);
                for (confusion, said) in confusions.iter_mut().zip(read_as) {
                    confusion[3 * class + said] += 1;
                }
                if read_as[0] != read_as[1] {
                    changed.push((index, class, read_as));
                }
            }
            let told: Vec<_> =
                found.changed.iter().map(|one| (one.index, one.class, one.read_as)).collect();
            assert_eq!(told, changed);
            assert!(!changed.is_empty());
            assert_eq!(
                (&found.before.confusion[..], &found.after.confusion[..]),
                (&confusions[0][..], &confusions[1][..])
            );
            let right =
                |confusion: &[u32; 9]| (confusion[0] + confusion[4] + confusion[8]) as f32 / 50.0;
            assert_eq!(
                [found.before.accuracy, found.after.accuracy],
                [right(&confusions[0]), right(&confusions[1])]
            );
        }
    }
}

#[test]
fn what_is_no_number_is_said_and_can_be_taken_away() {
    let mut model = perceptron(4);
    let examples = tests(&model, 30);
    model.weights[0] = f32::NAN;
    for model in [&model as &dyn Explained, &WithoutClosedForm(&model)] {
        let found = ask(model, 30, &examples);
        assert!(found.accuracy.is_nan() && found.shapley.is_none());
        assert!(found.units[0].mean.is_nan() && found.units[0].active.is_nan());
        assert!(found.units[0].top[0].value.is_nan() && !found.units[1].mean.is_nan());
        for words in ["some units make what is no number", "what the network says is no number"] {
            assert!(
                found.remarks.iter().any(|remark| remark.contains(words)),
                "{:?}",
                found.remarks
            );
        }
        let asked = |units, by| LesionAsked { layer: None, units, by, images: 30 };
        let zero = lesion(model, &asked(vec![0], LesionBy::Zero), &examples, WAITS).unwrap();
        assert!(zero.before.accuracy.is_nan() && zero.after.accuracy > 0.0, "{zero:?}");
        let mean = lesion(model, &asked(vec![0], LesionBy::Mean), &examples, WAITS).unwrap();
        assert!(mean.after.accuracy.is_nan(), "a mean with what is no number is none");
    }
}

#[test]
fn large_networks_are_looked_at_on_fewer_images_and_say_so() {
    let mut model = perceptron(12);
    let examples = tests(&model, 50);
    model.multiply_adds = 100_000_000;
    let passed = ask(&WithoutClosedForm(&model), 50, &examples);
    // 25 passes for each image.
    assert_eq!((passed.images, passed.tried_on), (50, 20));
    assert!(passed.shapley.is_none() && passed.remarks.len() == 2, "{:?}", passed.remarks);
    let summed = ask(&model, 50, &examples);
    assert_eq!((summed.images, summed.tried_on), (50, 50));
    assert!(summed.shapley.is_some() && summed.remarks.is_empty(), "{:?}", summed.remarks);
    model.multiply_adds = 5_000_000_000;
    let found = ask(&WithoutClosedForm(&model), 50, &examples);
    assert_eq!((found.images, found.tried_on), (10, 0));
    assert!(found.accuracy.is_nan() && found.units.iter().all(|unit| unit.drop_by_zero.is_nan()));
    assert!(found.remarks[0].contains("of 10 of 50 test images"), "{:?}", found.remarks);
    assert!(found.remarks[1].contains("no unit is taken away"), "{:?}", found.remarks);
}

#[test]
fn what_cannot_be_asked_is_one_sentence() {
    let model = perceptron(3);
    let examples = tests(&model, 10);
    let asked = units_asked(10, 4);
    let none = self::examples(&[], &[]);
    let layer = |name: &str| Some(name.to_owned());
    let mut large = perceptron(1);
    large.layer.size = [1_000_000, 1, 1];
    let mut same = perceptron(3);
    same.rest.truncate(1);
    let plain = toy::toy([0.0; 2]).0;
    for (model, asked, examples, words) in [
        (
            &model as &dyn Explained,
            UnitsAsked { layer: layer("hide"), ..asked.clone() },
            &examples,
            "there is no layer “hide” whose units could be looked at, but “early”, “hidden”",
        ),
        (
            &model,
            UnitsAsked { layer: layer("early"), ..asked.clone() },
            &examples,
            "there is no layer “early”",
        ),
        (
            &model,
            UnitsAsked { top: 0, ..asked.clone() },
            &examples,
            "1 to 25 images of each unit instead of 0",
        ),
        (&model, UnitsAsked { images: 0, ..asked.clone() }, &examples, "at least one test image"),
        (&model, asked.clone(), &none, "there are no test images"),
        (
            &large,
            asked.clone(),
            &examples,
            "has 1,000,000 units of 1 place, but units are looked at one by one up to 4,096",
        ),
        (&same, asked.clone(), &examples, "tells no two classes apart"),
        (&plain, asked.clone(), &examples, "no hidden layer"),
    ] {
        let why = units(model, &asked, examples, WAITS).unwrap_err().to_string();
        assert!(why.contains(words), "{why}");
    }
    let asked = |units| LesionAsked { layer: None, units, by: LesionBy::Zero, images: 10 };
    for (asked, words) in [
        (asked(Vec::new()), "at least one unit"),
        (asked(vec![0, 3]), "there is no unit 3, only 3, counted from 0"),
        (LesionAsked { layer: layer("no"), ..asked(vec![0]) }, "there is no layer “no”"),
    ] {
        let why = lesion(&model, &asked, &examples, WAITS).unwrap_err().to_string();
        assert!(why.contains(words), "{why}");
    }
    let one = lesion(&perceptron(1), &asked(vec![1]), &examples, WAITS).unwrap_err().to_string();
    assert!(one.contains("only one, which is 0"), "{one}");
    assert_eq!(IMAGE.iter().product::<usize>(), 12);
}

#[test]
fn an_answer_that_nobody_waits_for_ends_early() {
    let model = perceptron(20);
    let examples = tests(&model, 200);
    for patience in [0, 3, 7, 40] {
        for model in [&model as &dyn Explained, &WithoutClosedForm(&model)] {
            let left = std::cell::Cell::new(patience);
            let go_on = || {
                left.set(left.get() - 1);
                left.get() >= 0
            };
            let why = units(model, &units_asked(200, 1), &examples, &go_on).unwrap_err();
            assert!(why.to_string().ends_with("nobody waits for the answer any more"), "{why}");
            assert_eq!(left.get(), -1, "it asked once more");
        }
    }
}
