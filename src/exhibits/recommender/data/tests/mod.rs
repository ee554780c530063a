//! Files of ratings, sound and broken: what all tests of the readers share.

mod damage;
mod defects;
mod forms;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use crate::{
    exhibits::recommender::{
        data::{
            options::{Columns, ReadOptions},
            read,
        },
        payload::Ratings,
    },
    learning::data::{
        fixtures::{file, folder, zipped},
        table::TableOptions,
    },
};

/// Whether ratings are as their documentation says.
fn is_sound(ratings: &Ratings) -> Result<(), String> {
    let hold = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    let (items, people, all) = (ratings.items.len(), ratings.people.len(), ratings.len());
    let scale = ratings.scale;
    hold(!ratings.name.is_empty(), "it has a name")?;
    hold(items >= 2 && people >= 2, "there is something to learn")?;
    hold(scale.low < scale.high && scale.step > 0.0 && scale.step.is_finite(), "the scale rises")?;
    hold((2..=101).contains(&scale.count()), "the scale has few steps")?;
    hold(
        (scale.stars(scale.count() - 1) - scale.high).abs() < 0.02 * (scale.high - scale.low),
        "steps end at the top",
    )?;
    hold(ratings.starts.len() == people + 1 && ratings.starts[0] == 0, "each person begins")?;
    hold(ratings.starts[people] == all, "the last person ends with the list")?;
    hold(ratings.starts.is_sorted_by(|a, b| a < b), "each person has ratings")?;
    hold(ratings.rated.len() == all, "each rating has an item")?;
    hold(ratings.times.is_empty() || ratings.times.len() == all, "all times or none")?;
    hold(
        ratings.stars.iter().all(|stars| (scale.low..=scale.high).contains(stars)),
        "stars are in the scale",
    )?;
    hold(ratings.rated.iter().all(|&item| (item as usize) < items), "each item is there")?;
    for person in 0..people {
        let rated: HashSet<_> = ratings.of(person).map(|rated| rated.item).collect();
        hold(rated.len() == ratings.of(person).len(), "nobody rates an item twice")?;
    }
    let (mut counts, mut sums) = (vec![0; items], vec![0.0; items]);
    for (&item, &stars) in ratings.rated.iter().zip(&*ratings.stars) {
        counts[item as usize] += 1;
        sums[item as usize] += f64::from(stars);
    }
    let genres = ratings.genres.len();
    hold(
        genres <= 64 && ratings.genres.iter().all(|genre| !genre.is_empty()),
        "genres have names",
    )?;
    for (at, item) in ratings.items.iter().enumerate() {
        let mean = sums[at] / f64::from(counts[at]);
        hold(counts[at] > 0 && item.count == counts[at], "items are counted")?;
        hold((f64::from(item.mean) - mean).abs() <= 1e-6 * mean.abs().max(1.0), "means are right")?;
        hold(!item.id.is_empty() && !item.title.is_empty(), "items have names")?;
        hold(item.genre_places().all(|place| place < genres), "genres of items are there")?;
    }
    let ids: HashSet<_> = ratings.items.iter().map(|item| &item.id).collect();
    hold(ids.len() == items, "items have names of their own")?;
    hold(ratings.people.iter().collect::<HashSet<_>>().len() == people, "people too")?;
    hold(
        ratings
            .remarks
            .iter()
            .map(ToString::to_string)
            .all(|remark| remark.len() > 10 && !remark.contains('\n')),
        "remarks are sentences",
    )
}

fn bundled() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/movielens-latest-small")
}

/// The ratings of a folder with these files.
fn ratings_of(files: &[(&str, &[u8])]) -> Ratings {
    let ratings = read(folder(files).path(), &ReadOptions::default()).unwrap();
    is_sound(&ratings).unwrap();
    ratings
}

/// The ratings of a CSV with this text.
fn ratings_in(text: &str) -> Ratings {
    ratings_of(&[("ratings.csv", text.as_bytes())])
}

/// The sentence that is said of a CSV.
fn defect_with(bytes: &[u8], options: &ReadOptions) -> String {
    let (_folder, path) = file("ratings.csv", bytes);
    let error = read(&path, options).unwrap_err();
    let sentence = error.to_string();
    assert!(!sentence.contains('\n'), "{sentence}");
    sentence
}

fn defect(text: &str) -> String {
    let sentence = defect_with(text.as_bytes(), &ReadOptions::default());
    assert!(sentence.contains("ratings.csv: ") && sentence.contains("; "), "{sentence}");
    sentence
}

/// Who rated what with how many stars, by name.
fn named(ratings: &Ratings) -> Vec<(&str, &str, f32)> {
    let of = |person: usize| {
        let rated = ratings.of(person);
        rated.map(move |rated| {
            let item = &ratings.items[rated.item as usize];
            (ratings.people[person].as_str(), item.id.as_str(), rated.stars)
        })
    };
    (0..ratings.people.len()).flat_map(of).collect()
}

fn genres_of(ratings: &Ratings, item: usize) -> String {
    let names = ratings.items[item].genre_places().map(|place| ratings.genres[place].as_str());
    names.collect::<Vec<_>>().join("|")
}
