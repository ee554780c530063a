//! What is asked of a recommender in the terminal once it has learned: somebody's list, and what to write to files.

use std::{
    fmt::Write as _,
    io::{Write as _, stdout},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    files,
    payload::{Item, Listed, Ratings, Reasons, TasteAnswer, TasteAsk, Terms},
};
use crate::{
    events::EventWriter,
    exhibits::{self, Afterwards, refused},
    program_error::ProgramError,
    stream::{Payload, ViewerEnd},
};

/// Ratings that are told of those that moved a prediction, either way.
const REASONS: usize = 3;

/// What the files of factors are called behind the name that they begin with.
pub(super) const FACTOR_FILES: [&str; 2] = ["items", "people"];

/// What is asked of a recommender when it has learned.
pub(super) struct Errand {
    pub(super) ratings: Arc<Ratings>,
    /// Whose taste, and how long the list.
    pub(super) ask: TasteAsk,
    /// The name of the person whose list is printed.
    pub(super) person: Option<String>,
    /// Where the list is written.
    pub(super) list: Option<PathBuf>,
    /// Where the factors are written: the beginning of the files' names.
    pub(super) factors: Option<PathBuf>,
}

impl Errand {
    /// To be run when the training is over.
    pub(super) fn afterwards(self) -> Afterwards {
        Box::new(move |room, events, as_json| self.run(room, events, as_json))
    }

    /// Asks, prints and writes.
    fn run(
        &self,
        room: &ViewerEnd,
        events: &EventWriter,
        as_json: bool,
    ) -> Result<(), ProgramError> {
        let answer: Arc<TasteAnswer> = exhibits::answer(room, Payload::new(self.ask.clone()))?;
        if let Some(path) = &self.list {
            files::save(path, |out| files::write_list(out, &self.ratings, &answer))
                .map_err(refused)?;
        }
        if let (Some(start), Some(learned)) = (&self.factors, &answer.factors) {
            let (ratings, biases) = (&self.ratings, &learned.item_biases);
            files::save(&named(start, "items"), |out| {
                files::write_item_factors(out, ratings, biases, &learned.items)
            })
            .map_err(refused)?;
            files::save(&named(start, "people"), |out| {
                files::write_people_factors(out, ratings, &learned.person_biases, &learned.people)
            })
            .map_err(refused)?;
        }
        let Some(person) = &self.person else {
            return Ok(());
        };
        for (place, listed) in answer.list.iter().enumerate() {
            let ask = TasteAsk { item: Some(listed.item), with_factors: false, ..self.ask.clone() };
            let why = exhibits::answer::<TasteAnswer>(room, Payload::new(ask))?.why.clone();
            let reasons = why.as_ref().and_then(|why| why.people.first());
            let Some(item) = self.ratings.items.get(listed.item as usize) else {
                continue;
            };
            if as_json {
                if let Some(film) = self.told(person, place + 1, item, listed, reasons) {
                    events.tell(&film);
                }
            } else {
                // Whoever asked may have left already, as after `| head -1`.
                stdout().write_all(self.lines(place + 1, item, listed, reasons).as_bytes()).ok();
            }
        }
        Ok(())
    }

    fn told<'a>(
        &'a self,
        user: &'a str,
        rank: usize,
        item: &'a Item,
        listed: &Listed,
        reasons: Option<&Reasons>,
    ) -> Option<Recommended<'a>> {
        Some(Recommended {
            user,
            rank,
            item: &item.id,
            title: &item.title,
            year: item.year,
            stars: listed.stars,
            terms: *listed.terms.first()?,
            moved_by: self.movers(reasons).collect(),
        })
    }

    /// One film of the list, and below it the ratings that moved its prediction most.
    fn lines(
        &self,
        rank: usize,
        item: &Item,
        listed: &Listed,
        reasons: Option<&Reasons>,
    ) -> String {
        let mut lines = say!(
            "recommender-model-stars",
            rank = format_args!("{:>3}", rank),
            stars = format_args!("{:.2}", listed.stars),
            title = item.called()
        );
        if let Some(terms) = listed.terms.first() {
            // A `String` takes everything that is written to it.
            writeln!(
                lines,
                "{}",
                say!(
                    "recommender-model-mean-person-film-taste",
                    mean = format_args!("{:.3}", terms.mean),
                    person = format_args!("{:+.3}", terms.person),
                    item = format_args!("{:+.3}", terms.item),
                    taste = format_args!("{:+.3}", terms.taste)
                )
            )
            .ok();
        }
        for mover in self.movers(reasons).take(REASONS) {
            writeln!(
                lines,
                "{}",
                say!(
                    "recommender-model-for-stars",
                    moved = format_args!("{:+.3}", mover.moved),
                    title = mover.title,
                    stars = mover.stars
                )
            )
            .ok();
        }
        lines
    }

    fn movers<'a>(&'a self, reasons: Option<&Reasons>) -> impl Iterator<Item = Mover<'a>> {
        let mut moved_by = reasons.map(|reasons| reasons.moved_by.clone()).unwrap_or_default();
        moved_by.sort_by(|a, b| b.stars.abs().total_cmp(&a.stars.abs()));
        moved_by.into_iter().filter_map(|moved| {
            let item = self.ratings.items.get(moved.rated.item as usize)?;
            Some(Mover { title: &item.title, stars: moved.rated.stars, moved: moved.stars })
        })
    }
}

/// A film on somebody's list, and why it is there.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "recommended")]
struct Recommended<'a> {
    /// Whose list.
    user: &'a str,
    /// Its place on the list, from 1.
    rank: usize,
    /// Its name in the file.
    item: &'a str,
    /// Its title.
    title: &'a str,
    /// When it appeared, if known.
    year: Option<u16>,
    /// The prediction, in stars, clipped to the scale.
    stars: f64,
    /// The sum behind it, before it is clipped.
    terms: Terms,
    /// The ratings that moved it most, by how much.
    moved_by: Vec<Mover<'a>>,
}

/// A rating that moved a prediction.
#[derive(serde::Serialize)]
struct Mover<'a> {
    /// What was rated.
    title: &'a str,
    /// The stars it was given.
    stars: f32,
    /// How much it moved the prediction, in stars.
    moved: f64,
}

/// Where one of several files of a name lies.
pub(super) fn named(start: &Path, part: &str) -> PathBuf {
    let mut name = start.as_os_str().to_owned();
    name.push(format!("-{part}.csv"));
    name.into()
}
