//! Reads what items are called: titles, years and genres, from a table of their own or beside the ratings.

use std::{cmp::Reverse, path::Path};

use crate::{
    exhibits::recommender::{
        data::{
            broken::Broken,
            names::{NameIndex, same_id},
            options::Columns,
            title,
            title_columns::{FIRST_FLAG, GenreColumns, TitleColumns},
        },
        payload::Item,
    },
    learning::{
        TrainError,
        data::table::{Form, Heading, Opened, Rows, TableOptions},
    },
    sentence::{grouped, shown},
    words::Phrase,
};

/// An item's genres are the bits of one number.
const MOST_GENRES: usize = 64;
/// What stands for having no genre.
const NO_GENRE: [&str; 3] = ["(no genres listed)", "unknown", ""];

/// What a file says of the items.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// The name of a file that only says this.
    file: Option<String>,
    /// By the item's place.
    details: Vec<Details>,
    genres: NameIndex,
    /// How many items of the file nobody rated.
    unrated: u64,
    remarks: Vec<Phrase>,
}

#[derive(Clone, Debug, Default)]
struct Details {
    title: String,
    year: Option<u16>,
    /// Places in [`Titles::genres`].
    genres: Vec<u32>,
}

/// Reads a file that says what the items are called.
pub(super) fn read(path: &Path, items: &NameIndex, given: &Columns) -> Result<Titles, TrainError> {
    let opened = Opened::new(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (mut table, columns, heading) = match old_form(&name) {
        Some(form) => (Rows::in_form(opened, form), TitleColumns::without_names(form, path), None),
        None => {
            let (rows, heading) = Heading::read(
                opened,
                &TableOptions { header: Some(true), ..TableOptions::default() },
            )?;
            let columns = TitleColumns::of_titles(&heading, given)?;
            (rows, columns, Some(heading))
        }
    };
    let mut titles = Titles { file: Some(name), ..Titles::default() };
    let mut broken = Broken::default();
    while table.advance()? {
        if let Err(why) = check_fields(&table, heading.as_ref(), columns.fields) {
            broken.add(&table, why);
            continue;
        }
        match items.find(same_id(&table.text(columns.item)?)) {
            Some(item) => titles.add(item, &table, &columns)?,
            None => titles.unrated += 1,
        }
    }
    titles.remarks.extend(broken.judged(&table)?);
    Ok(titles)
}

fn old_form(name: &str) -> Option<Form> {
    let plain = name.strip_suffix(".gz").unwrap_or(name);
    match plain.rsplit_once('.') {
        Some((_, "item")) => Some(Form::Bars),
        Some((_, "dat")) => Some(Form::Colons),
        _ => None,
    }
}

/// Whether a row has as many fields as its table has columns; why it is broken, after "line 7".
pub(super) fn check_fields(
    rows: &Rows,
    heading: Option<&Heading>,
    columns: usize,
) -> Result<(), Phrase> {
    match heading {
        Some(heading) => heading.check(rows),
        None if rows.fields() == columns => Ok(()),
        None => Err(phrase!(
            "recommender-model-has-instead-of",
            fields = Phrase::counted(rows.fields(), "field"),
            columns
        )),
    }
}

impl Titles {
    /// Takes over what the row at which a table is says of an item; what was said first counts.
    pub(super) fn add(
        &mut self,
        item: u32,
        table: &Rows,
        columns: &TitleColumns,
    ) -> Result<(), TrainError> {
        let place = item as usize;
        if self.details.len() <= place {
            self.details.resize(place + 1, Details::default());
        }
        if !self.details[place].title.is_empty() {
            return Ok(());
        }
        let text = |column: Option<usize>| column.map(|at| table.text(at)).transpose();
        let written = text(columns.title)?.unwrap_or_default();
        let (title, year_behind) = title::parted(&written);
        let year = text(columns.year)?.and_then(|year| title::year(&year));
        let genres = self.genres_of(table, columns)?;
        self.details[place] = Details { title, year: year.or(year_behind), genres };
        Ok(())
    }

    fn genres_of(&mut self, table: &Rows, columns: &TitleColumns) -> Result<Vec<u32>, TrainError> {
        let mut genres = Vec::new();
        match &columns.genres {
            GenreColumns::None => {}
            GenreColumns::Listed(column) => {
                let written = table.text(*column)?;
                let between = if written.contains('|') { '|' } else { ',' };
                for name in written.split(between) {
                    genres.extend(self.genre(name));
                }
            }
            GenreColumns::Flagged(names) => {
                for (name, at) in names.iter().zip(FIRST_FLAG..) {
                    if table.field(at) == b"1" {
                        genres.extend(self.genre(name));
                    }
                }
            }
        }
        Ok(genres)
    }

    fn genre(&mut self, written: &str) -> Option<u32> {
        let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_one = !NO_GENRE.contains(&name.to_lowercase().as_str());
        is_one.then(|| self.genres.place_of(&name))
    }

    /// Gives items their titles, years and genres; says what genres there are.
    pub(super) fn name(mut self, items: &mut [Item], remarks: &mut Vec<Phrase>) -> Vec<String> {
        remarks.append(&mut self.remarks);
        self.details.resize(items.len(), Details::default());
        let bits = self.bits();
        for (item, details) in items.iter_mut().zip(&self.details) {
            if !details.title.is_empty() {
                item.title.clone_from(&details.title);
            }
            item.year = details.year;
            let of_item = details.genres.iter().filter_map(|&genre| bits[genre as usize]);
            item.genres = of_item.fold(0, |genres, bit| genres | 1 << bit);
        }
        self.remark(items, remarks);
        let mut genres: Vec<_> = bits.iter().zip(self.genres.names).collect();
        genres.retain(|(bit, _)| bit.is_some());
        genres.sort_by_key(|(bit, _)| **bit);
        genres.into_iter().map(|(_, name)| name).collect()
    }

    /// The bit of each genre: in alphabetical order, the commonest if there are too many.
    fn bits(&self) -> Vec<Option<usize>> {
        let names = &self.genres.names;
        let mut times = vec![0_u64; names.len()];
        for &genre in self.details.iter().flat_map(|details| &details.genres) {
            times[genre as usize] += 1;
        }
        let mut chosen: Vec<_> = (0..names.len()).collect();
        chosen.sort_by_key(|&genre| (Reverse(times[genre]), genre));
        chosen.truncate(MOST_GENRES);
        chosen.sort_by_key(|&genre| &names[genre]);
        let mut bits = vec![None; names.len()];
        for (bit, genre) in chosen.into_iter().enumerate() {
            bits[genre] = Some(bit);
        }
        bits
    }

    fn remark(&self, items: &[Item], remarks: &mut Vec<Phrase>) {
        let mut remark = |remark: Phrase| {
            remarks.push(match &self.file {
                Some(name) => phrase!("list-of", name, value = remark),
                None => remark,
            });
        };
        let genres = self.genres.names.len();
        if genres > MOST_GENRES {
            let genres = grouped(genres);
            remark(phrase!(
                "recommender-model-of-genres-only-the-commonest",
                genres,
                most_genres = MOST_GENRES
            ));
        }
        let mut untitled =
            items.iter().zip(&self.details).filter(|(_, details)| details.title.is_empty());
        if let Some((first, _)) = untitled.next() {
            let count = untitled.count() + 1;
            let go = if count == 1 {
                phrase!("recommender-model-item-has-no-title-and")
            } else {
                phrase!("recommender-model-items-have-no-title-and")
            };
            let (count, first) = (grouped(count), shown(&first.id));
            remark(phrase!("recommender-model-by-the-name-in-the", count, go, first));
        }
        if self.unrated > 0 {
            let are = if self.unrated == 1 {
                phrase!("recommender-model-item-has-no-rating-and")
            } else {
                phrase!("recommender-model-items-have-no-rating-and")
            };
            remark(phrase!(
                "recommender-model-left-out",
                unrated = grouped(self.unrated as usize),
                are
            ));
        }
    }
}
