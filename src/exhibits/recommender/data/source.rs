//! Finds which files hold the ratings and the titles that a path stands for.

use std::path::{Path, PathBuf};

use crate::{
    exhibits::recommender::data::forms::RatingsFormat,
    learning::{TrainError, data::table::Form},
};

/// Files of ratings by their usual names, the most telling first.
const RATINGS: [&str; 4] = ["ratings.csv", "rating.csv", "u.data", "ratings.dat"];

/// Where ratings are read from.
#[derive(Debug)]
pub(super) struct Source {
    /// What the data set is called.
    pub(super) name: String,
    /// The file of ratings.
    pub(super) ratings: PathBuf,
}

/// The file of ratings at a path: the path itself, or the first of the usual names in a folder.
pub(super) fn find(path: &Path) -> Result<Source, TrainError> {
    if !path.exists() {
        let remedy = phrase!("recommender-model-name-a-folder-or-a");
        return Err(TrainError::unusable(
            path,
            phrase!("recommender-model-there-is-no-such-file"),
            remedy,
        ));
    }
    if !path.is_dir() {
        return Ok(Source { name: name_of_file(path), ratings: path.to_owned() });
    }
    let found = RATINGS.iter().find_map(|name| plain_or_gzipped(path, name));
    let ratings = found.ok_or_else(|| {
        let fact = phrase!("recommender-model-it-holds-no-ratings-csv");
        TrainError::unusable(path, fact, phrase!("recommender-model-name-another-folder-or-the"))
    })?;
    Ok(Source { name: name_of_folder(path), ratings })
}

/// The file of titles that lies beside a file of ratings, if there is one.
pub(super) fn titles(ratings: &Path, shape: RatingsFormat) -> Option<PathBuf> {
    let names: &[&str] = match shape {
        RatingsFormat::Table | RatingsFormat::Old(Form::Csv(_)) => {
            &["movies.csv", "movie.csv", "items.csv"]
        }
        RatingsFormat::Old(Form::Tabs | Form::Bars) => &["u.item"],
        RatingsFormat::Old(Form::Colons) => &["movies.dat"],
    };
    let folder = ratings.parent().unwrap_or(Path::new(""));
    let found = names.iter().find_map(|name| plain_or_gzipped(folder, name));
    found.filter(|titles| titles != ratings)
}

/// A file of a folder under this name, or under this name with `.gz`.
pub(super) fn plain_or_gzipped(folder: &Path, name: &str) -> Option<PathBuf> {
    let plain = folder.join(name);
    let gzipped = plain.with_added_extension("gz");
    [plain, gzipped].into_iter().find(|path| path.is_file())
}

/// A file with a usual name is called as its folder, any other as itself.
fn name_of_file(path: &Path) -> String {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let plain = file.strip_suffix(".gz").unwrap_or(&file);
    if RATINGS.contains(&plain) {
        let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        return name_of_folder(full.parent().unwrap_or(Path::new(".")));
    }
    let stem = plain.rsplit_once('.').map_or(plain, |(stem, _)| stem);
    if stem.is_empty() { plain.to_owned() } else { stem.to_owned() }
}

fn name_of_folder(folder: &Path) -> String {
    // A path such as `.` has no name of its own.
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    full.file_name()
        .map_or_else(|| "ratings".to_owned(), |name| name.to_string_lossy().into_owned())
}
