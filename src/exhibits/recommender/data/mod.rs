//! Ratings read from the files that people have of them.

mod arrange;
mod broken;
mod forms;
mod names;
pub(super) mod options;
mod rating_columns;
mod ratings;
mod scale;
mod source;
#[cfg(test)]
mod tests;
mod title;
mod title_columns;
mod titles;

use std::path::Path;

use self::{arrange::Arranged, names::NameIndex, options::ReadOptions, ratings::Gathered};
use crate::{
    exhibits::recommender::payload::{Item, Ratings},
    learning::TrainError,
    sentence::{grouped, shown},
    words::Phrase,
};

/// Reads a folder or a file.
///
/// A folder holds `ratings.csv` and `movies.csv`, `u.data` and `u.item`, or `ratings.dat` and `movies.dat`, as
/// MovieLens names them: <https://grouplens.org/datasets/movielens/>. A file is any of these, or any CSV that names
/// its columns in the first line. Each may be gzipped, and titles may be missing.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Ratings, TrainError> {
    scale::check_given(options.scale.as_ref())?;
    let source = source::find(path)?;
    let (mut gathered, shape) = ratings::read(&source.ratings, options)?;
    let scale = scale::find(&gathered.values, options.scale.as_ref(), &source.ratings)?;
    check_size(&gathered, &source.ratings)?;
    if gathered.titles.is_none()
        && let Some(beside) = source::titles(&source.ratings, shape)
    {
        let titles = titles::read(&beside, &gathered.items, &options.columns)?;
        gathered.titles = Some(titles);
    }
    let by_time = !gathered.times.is_empty();
    let arranged = arrange::arrange(&mut gathered);
    let mut remarks = gathered.remarks;
    remarks.extend(remark_on_replaced(arranged.replaced, by_time));
    let mut items = items(gathered.items, &arranged);
    let genres = match gathered.titles {
        Some(titles) => titles.name(&mut items, &mut remarks),
        None => Vec::new(),
    };
    Ok(Ratings {
        name: source.name,
        scale,
        items: items.into(),
        genres: genres.into(),
        people: gathered.people.names.into(),
        starts: arranged.starts.into(),
        rated: arranged.rated,
        stars: arranged.stars,
        times: arranged.times,
        remarks: remarks.into(),
    })
}

/// There is nothing to learn of one person's taste, nor of one item.
fn check_size(gathered: &Gathered, path: &Path) -> Result<(), TrainError> {
    let sizes = [
        (&gathered.people, phrase!("recommender-model-person")),
        (&gathered.items, phrase!("recommender-model-item")),
    ];
    let lone = sizes.iter().find(|(names, _)| names.names.len() == 1);
    lone.map_or(Ok(()), |(names, what)| {
        let fact = phrase!(
            "recommender-model-all-its-ratings-are-of",
            what,
            names = shown(&names.names[0])
        );
        Err(TrainError::unusable(
            path,
            fact,
            phrase!("recommender-model-give-ratings-of-at-least-two"),
        ))
    })
}

/// The items by their names in the file alone.
fn items(names: NameIndex, arranged: &Arranged) -> Vec<Item> {
    let numbers = arranged.counts.iter().zip(&arranged.means);
    let item = |(id, (&count, &mean)): (String, (&u32, &f32))| Item {
        title: id.clone(),
        id,
        count,
        mean,
        ..Item::default()
    };
    names.names.into_iter().zip(numbers).map(item).collect()
}

fn remark_on_replaced(replaced: usize, by_time: bool) -> Option<Phrase> {
    let which = if by_time {
        phrase!("recommender-model-the-one-given-last-counts")
    } else {
        phrase!("recommender-model-the-last-in-the-file")
    };
    match replaced {
        0 => None,
        1 => Some(phrase!("recommender-model-1-rating-is-of-a", which)),
        _ => Some(phrase!(
            "recommender-model-ratings-are-of-a-person",
            replaced = grouped(replaced),
            which
        )),
    }
}
