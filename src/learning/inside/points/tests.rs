//! Layouts against what is known of them: a decomposition of another kind, ranks by brute force, and what must not change.

pub(in crate::learning::inside) mod model;
mod shared;

use std::cell::Cell;

use self::model::{Linear, Rows, images_of};
use super::{search::followed, *};
use crate::{
    inside::{PointsTrust, Price, UnitLayer},
    learning::{
        data::Examples,
        inside::{Layouts, Means, Trail, accuracy::drawn_of, tests::examples},
    },
};

const WAITS: &dyn Fn() -> bool = &|| true;
const COMPONENTS: PointsLayout = PointsLayout::Components;
const NEIGHBOURS: PointsLayout = PointsLayout::Neighbours { attraction: 1.0 };

/// Answers to questions about the hidden layer of a model, one after the other.
struct Asking<'a> {
    model: &'a dyn Explained,
    tests: &'a Examples,
    means: Means,
    layouts: Layouts,
    trail: Trail,
    ways: Ways,
}

impl<'a> Asking<'a> {
    fn of(model: &'a dyn Explained, tests: &'a Examples) -> Self {
        let means = Means::new(model.classes());
        let (layouts, trail) = (Layouts::default(), Trail::default());
        Self { model, tests, means, layouts, trail, ways: Ways::USUAL }
    }

    fn lent(&self) -> Baselines<'_> {
        let Self { means, layouts, trail, tests, .. } = self;
        Baselines { means, layouts, train: tests, tests, trail }
    }

    fn try_ask(&self, asked: &PointsAsked, go_on: &dyn Fn() -> bool) -> Result<Points, TrainError> {
        laid_out(self.model, asked, (self.lent(), self.ways), go_on)
    }

    fn ask(&self, layout: PointsLayout) -> Points {
        let mut points = self.try_ask(&asked(layout), WAITS).unwrap();
        points.price = Price::default();
        points
    }
}

fn asked(layout: PointsLayout) -> PointsAsked {
    PointsAsked { layer: Some("hidden".to_owned()), layout, all: false, seed: 3 }
}

fn three(points: &Points) -> Vec<[f32; 3]> {
    first_three(&points.places, points.axes)
}

/// Singular values and left singular vectors of rows less their means, by one-sided rotations of the columns (Hestenes
/// 1958), which knows no covariance.
fn decomposed(rows: &[f32], numbers: usize) -> Vec<(f64, Vec<f64>)> {
    let count = rows.len() / numbers;
    let mut columns: Vec<Vec<f64>> = (0..numbers)
        .map(|at| {
            let column: Vec<f64> =
                rows.iter().skip(at).step_by(numbers).map(|number| f64::from(*number)).collect();
            let mean = column.iter().sum::<f64>() / count as f64;
            column.into_iter().map(|number| number - mean).collect()
        })
        .collect();
    let product =
        |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() };
    for _ in 0..30 {
        for p in 0..numbers {
            for q in p + 1..numbers {
                let (one, other) = columns.split_at_mut(q);
                let (a, b) = (&mut one[p], &mut other[0]);
                let (aa, bb, ab) = (product(a, a), product(b, b), product(a, b));
                if ab.abs() <= 1e-15 * (aa * bb).sqrt() {
                    continue;
                }
                let slope = (bb - aa) / (2.0 * ab);
                let tangent = slope.signum() / (slope.abs() + (1.0 + slope * slope).sqrt());
                let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
                let sine = cosine * tangent;
                for (a, b) in a.iter_mut().zip(b.iter_mut()) {
                    (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
                }
            }
        }
    }
    let mut found: Vec<(f64, Vec<f64>)> = columns
        .into_iter()
        .map(|column| {
            let length = product(&column, &column).sqrt();
            (length, column.into_iter().map(|number| number / length).collect())
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found
}

/// 500 rows of 60 numbers whose variances fall by a sixth from one direction to the next, all directions oblique.
fn made_up() -> (Rows, Examples) {
    let mut rows = Rows::drawn(500, 60, 11);
    rows.stretch(|direction| 0.84_f64.powi(direction as i32).sqrt());
    let tests = images_of(&rows);
    (rows, tests)
}

#[test]
fn components_are_those_of_a_full_decomposition_in_every_way_that_they_are_found() {
    let (rows, tests) = made_up();
    let model = rows.model(tests.brightness.len() / 500);
    let values = model.made(&tests);
    let truth = decomposed(&values, 60);
    let all: f64 = truth.iter().map(|(length, _)| length * length).sum();
    let eight: f64 = truth.iter().take(8).map(|(length, _)| length * length).sum();
    let size = (eight / 500.0).sqrt();
    let dense = |rotated| Effort { dense: 512, rotated };
    let none = Effort { dense: 0, rotated: 0 };
    let kept = Ways::USUAL.most_kept;
    for (what, effort, most_kept, times, bound) in [
        ("rotations", dense(64), kept, 1, 1e-4),
        ("covariance", dense(0), kept, 1, 1e-4),
        ("covariance, made anew", dense(0), 500, 1, 1e-4),
        ("all rows", none, kept, 1, 1e-4),
        ("made anew", none, 60 * 200, 1, 0.1),
        ("made anew, and again", none, 60 * 200, 12, 1e-4),
    ] {
        let mut asking = Asking::of(&model, &tests);
        asking.ways = Ways { most_kept, effort };
        let found = (0..times).map(|_| asking.ask(COMPONENTS)).last().unwrap();
        assert_eq!((found.axes, found.explained.len(), found.places.len()), (8, 8, 4000));
        for (axis, (length, left)) in truth.iter().take(8).enumerate() {
            let share = length * length / all;
            let told = f64::from(found.explained[axis]);
            assert!((told - share).abs() < f64::min(bound, 1e-2), "{what}, {axis}: {told} {share}");
            let places = || found.places.iter().skip(axis).step_by(8);
            let along: f64 = places().zip(left).map(|(a, b)| f64::from(*a) * b).sum();
            for (place, left) in places().zip(left) {
                let truth = left * length / size * along.signum();
                assert!((f64::from(*place) - truth).abs() < 3.0 * bound, "{what}: {place} {truth}");
            }
        }
    }
}

#[test]
fn of_variances_that_are_all_but_equal_the_space_is_found() {
    let mut rows = Rows::drawn(500, 60, 12);
    // Two and two alike, and the last three of eight.
    let like = [1.0, 0.9999, 0.6, 0.5999, 0.4, 0.25, 0.2499, 0.2498];
    rows.stretch(|direction| like.get(direction).copied().unwrap_or(0.02));
    let tests = images_of(&rows);
    let model = rows.model(tests.brightness.len() / 500);
    let truth = decomposed(&model.made(&tests), 60);
    let found = Asking::of(&model, &tests).ask(COMPONENTS);
    for group in [0..2, 2..4, 4..5, 5..8] {
        for axis in group.clone() {
            let column: Vec<f64> =
                found.places.iter().skip(axis).step_by(8).map(|place| f64::from(*place)).collect();
            let length = column.iter().map(|part| part * part).sum::<f64>();
            let inside: f64 = group
                .clone()
                .map(|at| truth[at].1.iter().zip(&column).map(|(a, b)| a * b).sum::<f64>().powi(2))
                .sum();
            assert!(1.0 - inside / length < 1e-8, "{axis}: {}", 1.0 - inside / length);
        }
    }
}

#[test]
fn places_have_one_size_and_signs_stay() {
    let (rows, tests) = made_up();
    let model = rows.model(tests.brightness.len() / 500);
    let asking = Asking::of(&model, &tests);
    let first = asking.ask(COMPONENTS);
    let square: f64 = first.places.iter().map(|place| f64::from(*place).powi(2)).sum();
    assert!((square / 500.0 - 1.0).abs() < 1e-5, "{square}");
    assert_eq!((first.trust.noise, first.trust.moved), (None, None));
    let second = asking.ask(COMPONENTS);
    assert!(second.trust.moved.unwrap() < 1e-5, "{:?}", second.trust);
    // The same network with all that the layer makes reversed has the same components, which are not turned round.
    let weights = model.weights.iter().map(|weight| -weight).collect();
    let other = Linear { weights, ..model.clone() };
    let asking = Asking { model: &other, ..asking };
    let third = asking.ask(COMPONENTS);
    let along = |points: &Points, axis: usize| -> f32 {
        let both = points.places.iter().zip(&*second.places).skip(axis).step_by(8);
        both.map(|(a, b)| a * b).sum()
    };
    assert!((0..8).all(|axis| along(&third, axis) < 0.0), "a layer that is reversed moves");
    assert!(third.trust.moved.unwrap() > 1.9);
    assert_eq!(followed(8, 60), 16);
    assert_eq!((followed(50, 5408), followed(50, 60), followed(8, 1)), (64, 60, 1));
}

/// Trustworthiness and what is kept, by their definition, every image asked (Venna and Kaski 2001).
fn by_definition(values: &[f32], numbers: usize, layout: &[[f32; 3]], k: usize) -> (f64, f64) {
    let n = layout.len();
    let row = |at: usize| &values[at * numbers..(at + 1) * numbers];
    let order = |far: &dyn Fn(usize) -> f64, own: usize| -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).filter(|other| *other != own).collect();
        order.sort_by(|a, b| far(*a).total_cmp(&far(*b)));
        order
    };
    let square = |a: &[f32], b: &[f32]| -> f64 {
        a.iter().zip(b).map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2)).sum()
    };
    let (mut beyond, mut kept) = (0, 0);
    for own in 0..n {
        let truth = order(&|other| square(row(own), row(other)), own);
        let shown = order(&|other| square(&layout[own], &layout[other]), own);
        for near in &shown[..k] {
            let rank = 1 + truth.iter().position(|other| other == near).unwrap();
            if rank > k { beyond += rank - k } else { kept += 1 }
        }
    }
    let (beyond, n, k) = (beyond as f64, n as f64, k as f64);
    (1.0 - 2.0 / (n * k * (2.0 * n - 3.0 * k - 1.0)) * beyond, f64::from(kept) / (n * k))
}

/// A model whose numbers are mixtures of pixels, so that no two images are equally far from a third.
fn mixing(rows: &Rows) -> Linear {
    let mut model = rows.model(rows.numbers);
    for (at, weight) in model.weights.iter_mut().enumerate() {
        *weight += 0.3 * (at as f32 * 1.7).sin();
    }
    model
}

#[test]
fn trust_is_what_the_definition_says_and_whole_where_nothing_is_lost() {
    for (count, numbers, k) in [(80, 12, 15), (20, 5, 9)] {
        let rows = Rows::drawn(count, numbers, 5);
        let tests = images_of(&rows);
        let model = mixing(&rows);
        let found = Asking::of(&model, &tests).ask(COMPONENTS);
        let (trusted, kept) = by_definition(&model.made(&tests), numbers, &three(&found), k);
        let PointsTrust { queries, neighbours, trustworthiness, kept: told, .. } = found.trust;
        assert_eq!((queries, neighbours), (count, k));
        assert!((f64::from(trustworthiness) - trusted).abs() < 1e-6, "{trustworthiness} {trusted}");
        assert!((f64::from(told) - kept).abs() < 1e-6, "{told} {kept}");
        assert!(trusted < 0.99 && kept < 0.95 && kept > 0.1, "{trusted} {kept}");
    }
    // Three numbers lose nothing in three dimensions.
    let rows = Rows::drawn(60, 3, 6);
    let tests = images_of(&rows);
    let model = mixing(&rows);
    let found = Asking::of(&model, &tests).ask(COMPONENTS);
    assert_eq!((found.trust.trustworthiness, found.trust.kept), (1.0, 1.0));
    assert_eq!(found.axes, 3);
    assert!((found.explained.iter().sum::<f32>() - 1.0).abs() < 1e-5);
}

/// Images in three groups that differ in ten of twenty numbers.
fn grouped() -> (Rows, Examples) {
    let mut rows = Rows::drawn(240, 20, 7);
    for (at, row) in rows.rows.chunks_mut(20).enumerate() {
        row.iter_mut().for_each(|number| *number *= 0.25);
        for number in row.iter_mut().skip(at % 3 * 6).take(6) {
            *number += 1.0;
        }
    }
    let labels: Vec<u8> = (0..240).map(|at| (at % 3) as u8).collect();
    let tests = images_of(&rows);
    let images: Vec<Vec<f32>> =
        tests.brightness.chunks(tests.brightness.len() / 240).map(<[f32]>::to_vec).collect();
    (rows, examples(&images, &labels))
}

#[test]
fn neighbours_come_together_settle_and_tell_chance() {
    let (rows, tests) = grouped();
    let model = rows.model(tests.brightness.len() / 240);
    let asking = Asking::of(&model, &tests);
    let first = asking.ask(NEIGHBOURS);
    assert_eq!((first.axes, first.places.len(), first.explained.len()), (3, 720, 0));
    assert!(first.trust.same_class > 0.95, "{:?}", first.trust);
    let noise = first.trust.noise.unwrap();
    assert!(noise > 0.01 && noise < 1.5, "{noise}");
    assert_eq!(first.trust.moved, None);
    let moved: Vec<f32> = (0..6)
        .map(|_| {
            let next = asking.ask(NEIGHBOURS);
            assert_eq!(next.trust.noise, Some(noise), "it is found once");
            next.trust.moved.unwrap()
        })
        .collect();
    assert!(moved[5] < 0.5 * moved[0] && moved[5] < 0.05, "{moved:?}");
    let square: f32 = first.places.iter().map(|place| place * place).sum();
    assert!((square / 240.0 - 1.0).abs() < 1e-4, "{square}");
    // Another attraction is another question, and draws neighbours nearer.
    let drawn = asking.ask(PointsLayout::Neighbours { attraction: 4.0 });
    assert_eq!(drawn.trust.moved, None);
    assert!(drawn.places != first.places);
}

#[test]
fn the_same_seed_gives_the_same_bits_on_any_number_of_threads() {
    let (rows, tests) = grouped();
    let model = rows.model(tests.brightness.len() / 240);
    let (made, made_tests) = made_up();
    let large = made.model(made_tests.brightness.len() / 500);
    for layout in [COMPONENTS, NEIGHBOURS] {
        let run = |threads: usize, model: &Linear, tests: &Examples, ways: Ways| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let asking = Asking { ways, ..Asking::of(model, tests) };
                [(); 2].map(|()| asking.ask(layout))
            })
        };
        assert_eq!(run(1, &model, &tests, Ways::USUAL), run(3, &model, &tests, Ways::USUAL));
        let ways = Ways { most_kept: 6000, effort: Effort { dense: 0, rotated: 0 } };
        assert_eq!(run(1, &large, &made_tests, ways), run(3, &large, &made_tests, ways));
    }
}

#[test]
fn fewer_images_are_drawn_where_more_would_be_dear_and_the_answer_says_which() {
    let (rows, tests) = made_up();
    let mut model = rows.model(tests.brightness.len() / 500);
    model.multiply_adds = MOST_MULTIPLY_ADDS / PASSES / 100;
    let asking = Asking::of(&model, &tests);
    let asked = PointsAsked { all: true, ..asked(COMPONENTS) };
    let found = asking.try_ask(&asked, WAITS).unwrap();
    assert_eq!(found.of.train.len() + found.of.tests.len(), 100);
    let mut drawn = drawn_of(1000, 100, 3);
    drawn.sort_unstable();
    let told = found.of.train.iter().copied().chain(found.of.tests.iter().map(|at| at + 500));
    assert_eq!(told.map(|at| at as usize).collect::<Vec<_>>(), drawn);
    assert!(found.remarks[0].contains("100 of 1,000 images"), "{:?}", found.remarks);
    // What is told of each image is of that image.
    let one = found.of.train.len() + 1;
    let index = found.of.tests[1] as usize;
    let logits = model.logits(tests.image(index).unwrap()).unwrap();
    let said = crate::learning::inside::goal::said(&logits).unwrap();
    let loss = crate::learning::inside::goal::loss(&logits, usize::from(tests.labels[index]));
    assert_eq!(usize::from(found.said[one]), said);
    assert!((f64::from(found.losses[one]) - loss).abs() < 1e-5);
    assert_eq!(u8::try_from(found.labels[one]).unwrap(), tests.labels[index]);
}

#[test]
fn what_has_no_places_says_why() {
    let rows = Rows::drawn(40, 6, 8);
    let tests = images_of(&rows);
    let width = tests.brightness.len() / 40;
    let ask = |model: &Linear, layout| Asking::of(model, &tests).ask(layout);
    for layout in [COMPONENTS, NEIGHBOURS] {
        let mut same = rows.model(width);
        same.weights.fill(0.0);
        let found = ask(&same, layout);
        assert!(found.places.iter().all(|place| *place == 0.0));
        assert!(found.remarks[0].contains("makes the same of 40 images"), "{:?}", found.remarks);
        assert!(found.trust.trustworthiness.is_nan() && found.trust.noise.is_none());
        let mut broken = rows.model(width);
        broken.weights[3] = f32::NAN;
        let found = ask(&broken, layout);
        assert!(found.places.iter().all(|place| place.is_nan()));
        assert!(found.remarks[0].contains("is no number"), "{:?}", found.remarks);
        assert!(found.losses.iter().all(|loss| loss.is_nan()));
        assert_eq!(found.places.len(), 3 * 40);
    }
    // One number lies on a line.
    let one = Rows::drawn(40, 1, 9);
    let tests = images_of(&one);
    let model = one.model(tests.brightness.len() / 40);
    let found = Asking::of(&model, &tests).ask(COMPONENTS);
    assert_eq!((found.axes, &found.explained[1..]), (3, [0.0, 0.0].as_slice()));
    assert!((found.explained[0] - 1.0).abs() < 1e-5);
    assert!(found.places.chunks(3).all(|place| place[0] != 0.0 && place[1..] == [0.0, 0.0]));
    // Numbers of 256 steps are often equal, and equal ones have no order but rounding's.
    assert!(found.trust.trustworthiness > 0.999, "{:?}", found.trust);
    let found = Asking::of(&model, &tests).ask(NEIGHBOURS);
    assert!(found.places.iter().all(|place| place.is_finite()));
    // Of three images each has one neighbour, of two none.
    for (count, neighbours) in [(3, 1), (2, 0), (1, 0)] {
        let few = Rows::drawn(count, 6, 10);
        let tests = images_of(&few);
        let model = few.model(tests.brightness.len() / count);
        let found = Asking::of(&model, &tests).ask(COMPONENTS);
        assert_eq!(found.places.len(), count * found.axes);
        assert!(found.places.iter().all(|place| place.is_finite()));
        assert_eq!(found.trust.neighbours, neighbours);
        assert_eq!(found.trust.kept.is_nan(), neighbours == 0);
        assert!(count > 1 || found.remarks[0].contains("the same of 1 image"));
        let asked = asked(NEIGHBOURS);
        let found = Asking::of(&model, &tests).try_ask(&asked, WAITS);
        match (count, found) {
            (1, found) => assert!(found.unwrap().remarks[0].contains("1 image")),
            (_, found) => {
                let why = found.unwrap_err().to_string();
                assert!(why.contains("too few to have neighbours: it takes 10"), "{why}");
            }
        }
    }
}

#[test]
fn what_cannot_be_asked_is_one_sentence() {
    let rows = Rows::drawn(12, 4, 8);
    let tests = images_of(&rows);
    let width = tests.brightness.len() / 12;
    let model = rows.model(width);
    let mut large = rows.model(width);
    large.layer = UnitLayer { name: "hidden".to_owned(), size: [1_000_000, 1, 1] };
    let none = examples(&[], &[]);
    let no = PointsAsked { layer: Some("no".to_owned()), ..asked(COMPONENTS) };
    let strong = asked(PointsLayout::Neighbours { attraction: 5.0 });
    let nowhere = asked(PointsLayout::Neighbours { attraction: f32::NAN });
    for (model, tests, asked, words) in [
        (
            &model,
            &tests,
            &no,
            "there is no layer “no” whose units could be looked at, but “hidden”",
        ),
        (&large, &tests, &asked(COMPONENTS), "makes 1,000,000 numbers of an image, but images are"),
        (&model, &none, &asked(COMPONENTS), "there are no images that could be laid out"),
        (&model, &tests, &strong, "attraction is from 1 to 4 times as strong as in t-SNE, not 5"),
        (&model, &tests, &nowhere, "not NaN"),
    ] {
        let why = Asking::of(model, tests).try_ask(asked, WAITS).unwrap_err().to_string();
        assert!(why.contains(words), "{why}");
    }
    let logits = PointsAsked { layer: None, ..asked(COMPONENTS) };
    let found = Asking::of(&model, &tests).try_ask(&logits, WAITS).unwrap();
    assert_eq!((found.layer.name.as_str(), found.layer.size), ("logits", [3, 1, 1]));
    assert_eq!(found.layers.len(), 1);
}

#[test]
fn an_answer_that_nobody_waits_for_ends() {
    let (rows, tests) = grouped();
    let model = rows.model(tests.brightness.len() / 240);
    for layout in [COMPONENTS, NEIGHBOURS] {
        for patience in [0, 1, 3, 6] {
            let left = Cell::new(patience);
            let go_on = || {
                left.set(left.get() - 1);
                left.get() >= 0
            };
            let asking = Asking::of(&model, &tests);
            let why = asking.try_ask(&asked(layout), &go_on).unwrap_err().to_string();
            assert!(why.ends_with("nobody waits for the answer any more"), "{why}");
            assert!(asking.layouts.last(&asked(layout)).is_none());
        }
    }
}

#[test]
fn few_questions_are_kept_the_oldest_goes() {
    let layouts = Layouts::default();
    let seeds = |seed| PointsAsked { seed, ..asked(COMPONENTS) };
    for seed in 0..5 {
        layouts.keep(&seeds(seed), Last::default());
    }
    assert!(layouts.last(&seeds(0)).is_none());
    assert!((1..5).all(|seed| layouts.last(&seeds(seed)).is_some()));
}
