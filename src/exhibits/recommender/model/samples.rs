//! Ratings to test with: the bundled ones, and some with a taste that was planted.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::exhibits::recommender::{
    ReadOptions, load,
    payload::{Item, Ratings, StarScale},
};

/// The bundled ratings.
pub(super) fn bundled() -> Arc<Ratings> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets");
    load(&folder.join("movielens-latest-small"), &ReadOptions::default()).unwrap()
}

/// Ratings whose lines already lie person by person.
fn collected(given: &[(String, String, f32)], scale: StarScale) -> Ratings {
    let mut numbers = BTreeMap::new();
    let (mut items, mut people, mut starts) = (Vec::<Item>::new(), Vec::new(), Vec::new());
    let (mut rated, mut stars) = (Vec::new(), Vec::new());
    for (person, id, given) in given {
        if people.last() != Some(person) {
            people.push(person.clone());
            starts.push(stars.len());
        }
        let number = *numbers.entry(id).or_insert_with(|| {
            items.push(Item { id: id.clone(), title: id.clone(), ..Item::default() });
            items.len() - 1
        });
        let item = &mut items[number];
        item.mean = (item.mean * item.count as f32 + given) / (item.count + 1) as f32;
        item.count += 1;
        rated.push(number as u32);
        stars.push(*given);
    }
    starts.push(stars.len());
    Ratings {
        name: "sample".to_owned(),
        scale,
        items: items.into(),
        people: people.into(),
        starts: starts.into(),
        rated: rated.into(),
        stars: stars.into(),
        ..Ratings::default()
    }
}

/// A stride without common divisor, which meets every item once.
fn stride(items: usize) -> usize {
    fn divisor(a: usize, b: usize) -> usize {
        if b == 0 { a } else { divisor(b, a % b) }
    }
    (items / 3 + 1..).find(|&stride| divisor(stride, items) == 1).unwrap()
}

/// People and items with two planted factors, and nothing that biases could explain; each person rates `each` items.
pub(super) fn planted(people: usize, items: usize, each: usize, seed: u64) -> Arc<Ratings> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let mut draw = move || 2.0 * generator.random::<f32>() - 1.0;
    let tastes: Vec<[f32; 2]> = (0..people).map(|_| [draw(), draw()]).collect();
    let kinds: Vec<[f32; 2]> = (0..items).map(|_| [draw(), draw()]).collect();
    let scale = StarScale::default();
    let mut given = Vec::new();
    for (person, taste) in tastes.iter().enumerate() {
        let (first, stride) = (person * 31 % items, stride(items));
        for at in 0..each.min(items) {
            let item = (first + at * stride) % items;
            let kind = kinds[item];
            let stars = 3.0 + 1.5 * (taste[0] * kind[0] + taste[1] * kind[1]) + 0.3 * draw();
            let stars = scale.stars(scale.nearest(stars));
            given.push((format!("p{person}"), format!("i{item}"), stars));
        }
    }
    Arc::new(collected(&given, scale))
}
