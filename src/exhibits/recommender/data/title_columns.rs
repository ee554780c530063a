//! Tells where in the rows of a table titles, years and genres are.

use std::{borrow::Cow, path::Path};

use crate::{
    exhibits::recommender::data::{options::Columns, source::plain_or_gzipped},
    learning::{
        TrainError,
        data::table::{Form, Heading, Opened, Rows},
    },
    words::Word,
};

/// Usual names of the columns, as [`Heading::usual`] wants them.
/// The item that was rated, in a table of ratings, too.
pub(super) const ITEM: &str = "movieid itemid item iid movie filmid film bookid isbn productid asin songid \
    trackid animeid gameid jokeid businessid product";
const ID: &str = "id";
const TITLE: &str = "title movietitle itemtitle filmtitle booktitle name itemname moviename";
const YEAR: &str = "year releaseyear yearofpublication releasedate";
const GENRES: &str = "genres genre categories category";
/// Where `u.item` has its flags of genres: behind id, title, two dates and an address.
pub(super) const FIRST_FLAG: usize = 5;
/// The genres of `u.item`, as `u.genre` lists them: <https://files.grouplens.org/datasets/movielens/ml-100k-README.txt>.
const FLAGGED: [&str; 19] = [
    "unknown",
    "Action",
    "Adventure",
    "Animation",
    "Children's",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
    "Film-Noir",
    "Horror",
    "Musical",
    "Mystery",
    "Romance",
    "Sci-Fi",
    "Thriller",
    "War",
    "Western",
];

/// Where in a row the parts are.
#[derive(Debug)]
pub(super) struct TitleColumns {
    pub(super) fields: usize,
    pub(super) item: usize,
    pub(super) title: Option<usize>,
    pub(super) year: Option<usize>,
    pub(super) genres: GenreColumns,
}

/// Where in a row the genres are.
#[derive(Debug)]
pub(super) enum GenreColumns {
    None,
    /// Names with bars between them, or else commas.
    Listed(usize),
    /// A 1 for each that the item has, from [`FIRST_FLAG`] on.
    Flagged(Vec<String>),
}

impl TitleColumns {
    /// Those of a table of ratings that says more of an item than its id.
    pub(super) fn of_ratings(heading: &Heading, item: usize) -> Option<Self> {
        let columns = Self::named(heading, item);
        columns.title.is_some().then_some(columns)
    }

    fn named(heading: &Heading, item: usize) -> Self {
        let genres = heading.usual(GENRES).map_or(GenreColumns::None, GenreColumns::Listed);
        let (title, year) = (heading.usual(TITLE), heading.usual(YEAR));
        Self { fields: heading.fields(), item, title, year, genres }
    }

    /// Those of a file that only says what items are called.
    pub(super) fn of_titles(heading: &Heading, given: &Columns) -> Result<Self, TrainError> {
        let given = given.item.as_deref().and_then(|name| heading.called(name));
        let item = given.or_else(|| heading.usual(ITEM)).or_else(|| heading.usual(ID));
        let item = item.ok_or_else(|| no_column(heading, key!("recommender-model-item")))?;
        let columns = Self::named(heading, item);
        if columns.title.is_none() {
            return Err(no_column(heading, key!("recommender-model-title")));
        }
        Ok(columns)
    }

    /// Those of `u.item` and `movies.dat`.
    pub(super) fn without_names(form: Form, path: &Path) -> Self {
        let (item, title) = (0, Some(1));
        if form == Form::Colons {
            return Self { fields: 3, item, title, year: None, genres: GenreColumns::Listed(2) };
        }
        let flagged = flagged_genres(path.parent().unwrap_or(Path::new("")));
        let (fields, genres) = (FIRST_FLAG + flagged.len(), GenreColumns::Flagged(flagged));
        Self { fields, item, title, year: Some(2), genres }
    }
}

/// What a file of titles lacks is never named by an option.
fn no_column(heading: &Heading, what: Word) -> TrainError {
    let fact = phrase!("recommender-model-it-has-no-column-for", what, listed = heading.listed());
    TrainError::unusable(
        heading.path(),
        fact,
        phrase!("recommender-model-correct-its-first-line-or"),
    )
}

/// The genres that `u.genre` lists, or the usual ones where there is no such file.
fn flagged_genres(folder: &Path) -> Vec<String> {
    let usual = || FLAGGED.map(str::to_owned).to_vec();
    let Some(path) = plain_or_gzipped(folder, "u.genre") else {
        return usual();
    };
    let Ok(mut table) = Opened::new(&path).map(|opened| Rows::in_form(opened, Form::Bars)) else {
        return usual();
    };
    let mut genres = Vec::new();
    while let Ok(true) = table.advance() {
        genres.extend(table.text(0).map(Cow::into_owned));
    }
    if genres.is_empty() { usual() } else { genres }
}
