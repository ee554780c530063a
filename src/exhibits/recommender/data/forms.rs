//! Tells which of the forms that ratings come in a file has, and of those that are not read what they are.

use crate::learning::{
    TrainError,
    data::table::{Form, Heading, Opened},
};

/// What a file of ratings is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RatingsFormat {
    /// As MovieLens wrote it once.
    Old(Form),
    /// A table.
    Table,
}

impl RatingsFormat {
    /// What the first row of a file tells.
    pub(super) fn of(opened: &Opened) -> Result<Self, TrainError> {
        let text = String::from_utf8_lossy(opened.first_row());
        let first = text.trim();
        if is_netflix(first) {
            let fact = phrase!("recommender-model-it-is-of-the-form");
            let remedy = phrase!("recommender-model-write-a-line-user-film");
            return Err(TrainError::unusable(&opened.path, fact, remedy));
        }
        if is_atomic(first) {
            let fact = phrase!("recommender-model-it-is-an-atomic-file");
            let remedy = phrase!("recommender-model-take-the-types-out-of");
            return Err(TrainError::unusable(&opened.path, fact, remedy));
        }
        if first.split("::").count() >= 3 {
            return Ok(Self::Old(Form::Colons));
        }
        let third = text.split('\t').nth(2);
        let is_old = third.is_some_and(|third| third.trim().parse::<f32>().is_ok());
        Ok(if is_old { Self::Old(Form::Tabs) } else { Self::Table })
    }
}

/// `1:` and then `1488844,3,2005-09-06`: <https://www.kaggle.com/datasets/netflix-inc/netflix-prize-data>.
fn is_netflix(first: &str) -> bool {
    first
        .strip_suffix(':')
        .is_some_and(|film| !film.is_empty() && film.bytes().all(|digit| digit.is_ascii_digit()))
}

/// `user_id:token`, tab, `item_id:token`: <https://recbole.io/atomic_files.html>.
fn is_atomic(first: &str) -> bool {
    const TYPES: [&str; 4] = ["token", "token_seq", "float", "float_seq"];
    let typed =
        |name: &str| name.rsplit_once(':').is_some_and(|(_, kind)| TYPES.contains(&kind.trim()));
    first.split(['\t', ',']).count() > 1 && first.split(['\t', ',']).all(typed)
}

/// Sites that give a person their own ratings, by the names of columns that only they have, in lower case.
const DIARIES: [(&str, &[&str]); 4] = [
    ("Letterboxd", &["letterboxd uri", "rating"]),
    ("IMDb", &["const", "your rating"]),
    ("Goodreads", &["book id", "my rating"]),
    ("Trakt", &["trakt_id", "rated_at"]),
];

/// Refuses a table that holds one person's ratings alone.
pub(super) fn check_diary(heading: &Heading) -> Result<(), TrainError> {
    let has = |name: &&str| heading.called(name).is_some();
    let Some((site, _)) = DIARIES.iter().find(|(_, names)| names.iter().all(has)) else {
        return Ok(());
    };
    let fact = phrase!("recommender-model-it-is-one-persons-own", site);
    let remedy = phrase!("recommender-model-give-ratings-of-at-least");
    Err(TrainError::unusable(heading.path(), fact, remedy))
}
