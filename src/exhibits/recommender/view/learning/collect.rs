//! The first page: how many ratings there are, how they are spread over the stars, and how unevenly over films and people.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    LearningPage, Study,
    facts::{Facts, half_at_most, ratings_words, row_words, star_rows},
    tail,
};
use crate::words::{Atom, Phrase, atoms, rounded, width};
use crate::world::ui::{
    canvas::{BarRow, Canvas, LINE_DMM, Rows},
    palette, sheet,
    tabs::{Writer, on_page},
};

/// The histogram of stars.
const STARS: Rows = Rows { left: 348.0, right: 600.0, top: 33.0, label: 54.0, value: 108.0 };
/// The top of the first of the sentences below, and from one to the next, in dmm.
const SENTENCES: (f32, f32) = (318.0, 26.0);
/// There is room for so many lines of them and of remarks.
const LINES: usize = 4;
/// About so many letters of a remark have room in a line.
const REMARK_LETTERS: usize = 44;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, on_page(LearningPage::Collect, draw));
}

fn draw(study: Res<Study>, mut pages: Writer<LearningPage>) {
    if let Some(facts) = study.0.as_ref().filter(|_| study.is_changed()) {
        pages.rewrite(LearningPage::Collect, |canvas| write(canvas, facts));
    }
}

fn write(canvas: &mut Canvas, facts: &Facts) {
    let ratings = &facts.ratings;
    let count = |count: usize| HumanCount(count as u64).to_string();
    canvas.figure(0.0, 0.0, ratings.name.clone());
    canvas.line(0.0, 38.0, ratings_words(ratings.len()), palette::INK);
    let by = say!(
        "recommender-people-films",
        people_count = count(ratings.people.len()),
        items_count = count(ratings.items.len())
    );
    canvas.line(0.0, 38.0 + LINE_DMM, by, palette::INK);
    let mean = say!(
        "recommender-stars",
        mean = format_args!("{:.2}", facts.stars.mean),
        spread = format_args!("{:.2}", facts.stars.spread)
    );
    canvas.line(0.0, 38.0 + 2.0 * LINE_DMM, mean, palette::INK);
    canvas.figure(STARS.left, 0.0, say!("recommender-stars-given"));
    canvas.rows(STARS, &star_histogram(facts));
    tail::write_ticks(canvas, facts);
    let remark = remark_lines(&ratings.remarks);
    // A long remark takes the place of what is said on other pages too.
    let said = sentences(facts).into_iter().take(LINES - remark.len());
    let lines = said.map(|words| (words, palette::INK));
    let lines = lines.chain(remark.into_iter().map(|words| (words, palette::AMBER)));
    for (line, (words, ink)) in lines.enumerate() {
        canvas.line(0.0, SENTENCES.0 + line as f32 * SENTENCES.1, words, ink);
    }
}

/// Most stars on top, as one reads a verdict.
fn star_histogram(facts: &Facts) -> Vec<BarRow> {
    let scale = facts.ratings.scale;
    let rows = star_rows(scale);
    let most = rows.iter().map(|places| facts.stars.within(places)).max().unwrap_or(0).max(1);
    rows.iter()
        .rev()
        .map(|places| {
            let count = facts.stars.within(places);
            BarRow {
                label: row_words(scale, places),
                bars: vec![(count as f32 / most as f32, palette::TRAIN)],
                value: HumanCount(u64::from(count)).to_string(),
            }
        })
        .collect()
}

fn sentences(facts: &Facts) -> [String; 2] {
    let ratings = &facts.ratings;
    let pairs = ratings.people.len() as f64 * ratings.items.len() as f64;
    let share = sheet::percent_of(ratings.sparsity() as f32);
    let half = ratings_words(half_at_most(&facts.per_item) as usize);
    [
        say!("recommender-of-pairs-are-unrated", share, pairs = rounded(pairs)),
        say!("recommender-half-of-the-films-have", half),
    ]
}

/// The first remark of the reader on as many lines as it needs, and how many more there are.
fn remark_lines(remarks: &[Phrase]) -> Vec<String> {
    let Some(remark) = remarks.first() else {
        return Vec::new();
    };
    let more = match remarks.len() - 1 {
        0 => String::new(),
        more => say!("list-plus", more),
    };
    let letters = width;
    let mut lines: Vec<String> = Vec::new();
    for Atom { spaced, text: word } in atoms(&format!("{remark}{more}")) {
        match lines.last_mut() {
            Some(line)
                if letters(line) + usize::from(spaced) + letters(&word) <= REMARK_LETTERS =>
            {
                line.extend(spaced.then_some(' '));
                line.push_str(&word);
            }
            _ => lines.extend(pieces(&word)),
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            let room = REMARK_LETTERS - letters(&more) - 1;
            *last = last.chars().take(room).chain(['…']).chain(more.chars()).collect();
        }
    }
    lines
}

/// A word in pieces that fit a line, such as a long path.
fn pieces(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(REMARK_LETTERS).map(|piece| piece.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::ratings, *};

    #[test]
    fn counts_are_said_in_sentences() {
        let facts = Facts::of(&ratings());
        assert_eq!(
            sentences(&facts),
            ["33.3 % of 6 pairs are unrated", "Half of the films have at most 1 rating"]
        );
    }

    #[test]
    fn every_row_has_its_count_and_the_longest_fills_the_room() {
        let facts = Facts::of(&ratings());
        let rows = star_histogram(&facts);
        let values: Vec<_> =
            rows.iter().map(|row| (row.label.as_str(), row.value.as_str())).collect();
        assert_eq!(values[0], ("5.0", "0"));
        assert_eq!(values[1], ("4.5", "1"));
        assert_eq!(rows[1].bars[0].0, 1.0);
    }

    #[test]
    fn remarks_take_the_lines_they_need_and_end_where_their_room_does() {
        assert!(remark_lines(&[]).is_empty());
        assert_eq!(remark_lines(&["2 ratings came twice".into()]), ["2 ratings came twice"]);
        let long = "a-folder-of-somebody/movies.csv.gz: 1,205 items have no title there and go by the \
                    name that they have in the file of ratings";
        let lines = remark_lines(&[long.into()]);
        assert_eq!((lines.len(), lines.join(" ")), (3, long.to_owned()));
        let path = "x".repeat(100);
        assert_eq!(remark_lines(&[format!("{path}: odd").into()]).concat(), format!("{path}: odd"));
        let endless = remark_lines(&["stars ".repeat(90).into(), Phrase::default()]);
        assert_eq!(endless.len(), LINES);
        assert!(endless.iter().all(|line| line.chars().count() <= REMARK_LETTERS), "{endless:?}");
        assert!(endless[3].ends_with("… (+1)"), "{endless:?}");
    }
}
