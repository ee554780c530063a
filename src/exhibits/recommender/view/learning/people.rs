//! The second page: what the chosen person rated, against all people, and when.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    LearningPage, Study,
    facts::{Facts, Stars, half_at_most, ratings_words, row_words, signed, star_rows},
    person::{Calendar, Rating},
};
use crate::{
    exhibits::recommender::{
        payload::{Person, TasteAnswer},
        view::attention::{Profile, TasteAttention, Who},
    },
    world::{
        link::ShownSnapshot,
        ui::{
            canvas::{BarRow, Canvas, LINE_DMM, Rows},
            palette,
            tabs::{Writer, on_page},
        },
    },
};

/// The histogram of their stars against all.
const STARS: Rows = Rows { left: 0.0, right: 300.0, top: 74.0, label: 56.0, value: 62.0 };
/// Where the words on the right begin.
const RIGHT: f32 = 330.0;
/// The timeline.
const CALENDAR: Rect = Rect { min: vec2(RIGHT, 268.0), max: vec2(600.0, 352.0) };
/// The least width of the bar of a day, month or year, and what lies between two, in dmm.
const BAR_DMM: (f32, f32) = (2.0, 2.0);
/// Their colour, and that of all people.
const THEIRS: Color = palette::TRAIN;
const ALL: Color = palette::INK_FAINT;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, on_page(LearningPage::People, draw));
}

/// Whom the page tells of, and what was learned of them.
#[derive(Clone, Debug, Default, PartialEq)]
struct ShownPerson {
    rating: Rating,
    bias: Option<f64>,
}

fn draw(
    study: Res<Study>,
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    shown: Res<ShownSnapshot>,
    mut told: Local<ShownPerson>,
    mut pages: Writer<LearningPage>,
) {
    let news =
        study.is_changed() || attention.is_changed() || profile.is_changed() || shown.is_changed();
    let Some(facts) = study.0.as_ref().filter(|_| news) else {
        return;
    };
    let rating = Rating::of(attention.who, &facts.ratings, &profile);
    let now = ShownPerson { bias: bias(&shown, &rating), rating };
    if *told == now && !study.is_changed() {
        return;
    }
    pages.rewrite(LearningPage::People, |canvas| write(canvas, facts, &now));
    *told = now;
}

/// What the model has learned of this person: how many more stars than others they give.
fn bias(shown: &ShownSnapshot, rating: &Rating) -> Option<f64> {
    let taste = shown.answer::<TasteAnswer>()?;
    let (asked, known) = (taste.asked.people.first()?, taste.people.first()?);
    // An answer that is on its way may still speak of somebody else.
    let theirs = match asked {
        Person::Known(person) => rating.who == Some(Who::Known(*person)),
        Person::Visitor(rated) => rating.who == Some(Who::You) && **rated == *rating.rated,
    };
    theirs.then_some(known.bias)
}

fn write(canvas: &mut Canvas, facts: &Facts, told: &ShownPerson) {
    let scale = facts.ratings.scale;
    let theirs = Stars::of(scale, told.rating.rated.iter().map(|rated| rated.stars));
    let count = ratings_words(theirs.total);
    canvas.figure(0.0, 0.0, say!("list-of", name = told.rating.name, value = count));
    canvas.key(0.0, 38.0, say!("recommender-their-stars"), THEIRS);
    canvas.key(170.0, 38.0, say!("recommender-of-all"), ALL);
    canvas.rows(STARS, &histogram(facts, &theirs));
    for (line, (words, ink)) in against_all(facts, &theirs, told.bias).into_iter().enumerate() {
        canvas.line(RIGHT, 38.0 + line as f32 * LINE_DMM, words, ink);
    }
    write_calendar(canvas, Calendar::of(&told.rating.times));
    let half = ratings_words(half_at_most(&facts.per_person) as usize);
    let words = say!("recommender-half-of-the-people-gave", half);
    canvas.line(0.0, 382.0, words, palette::INK);
}

/// Theirs over all, as shares, since one person gives few and all give many.
fn histogram(facts: &Facts, theirs: &Stars) -> Vec<BarRow> {
    let scale = facts.ratings.scale;
    let rows = star_rows(scale);
    let shares = rows.iter().flat_map(|places| [theirs.share(places), facts.stars.share(places)]);
    let most = shares.fold(0.0, f32::max).max(f32::MIN_POSITIVE);
    rows.iter()
        .rev()
        .map(|places| BarRow {
            label: row_words(scale, places),
            bars: vec![
                (theirs.share(places) / most, THEIRS),
                (facts.stars.share(places) / most, ALL),
            ],
            value: HumanCount(u64::from(theirs.within(places))).to_string(),
        })
        .collect()
}

/// Means, spreads and bias, a line each.
fn against_all(facts: &Facts, theirs: &Stars, bias: Option<f64>) -> Vec<(String, Color)> {
    let of = |who: &str, stars: &Stars| format!("{who} {:.2} ± {:.2}", stars.mean, stars.spread);
    let mut lines = vec![(say!("recommender-stars-mean-spread").to_owned(), palette::INK_QUIET)];
    if theirs.total > 0 {
        lines.push((of(say!("recommender-theirs"), theirs), THEIRS));
    }
    lines.push((of(say!("recommender-all"), &facts.stars), palette::INK_QUIET));
    if theirs.total > 0 {
        let more = theirs.mean - facts.stars.mean;
        let word = if more < 0.0 { say!("recommender-fewer") } else { say!("recommender-more") };
        lines.push((
            say!("recommender-than-all", more = format_args!("{:.2}", more.abs()), word),
            palette::INK,
        ));
    }
    if let Some(bias) = bias {
        lines.push((say!("recommender-learned-b", bias = signed(bias)), palette::INK));
    }
    lines
}

fn write_calendar(canvas: &mut Canvas, calendar: Option<Calendar>) {
    let above = CALENDAR.min.y - LINE_DMM - 4.0;
    let Some(Calendar { unit, counts, ends }) = calendar else {
        canvas.line(
            CALENDAR.min.x,
            above,
            say!("recommender-when-is-not-known"),
            palette::INK_QUIET,
        );
        return;
    };
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let words = say!("recommender-per-up-to", unit, most = HumanCount(u64::from(most)));
    canvas.line(CALENDAR.min.x, above, words, palette::INK_QUIET);
    let pitch = CALENDAR.width() / counts.len() as f32;
    let width = (pitch - BAR_DMM.1).clamp(BAR_DMM.0, CALENDAR.width() / 8.0);
    for (index, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let left = CALENDAR.min.x + index as f32 * pitch;
        let top = CALENDAR.max.y - (count as f32 / most as f32 * CALENDAR.height()).max(1.0);
        canvas.bar(Rect::new(left, top, left + width, CALENDAR.max.y), THEIRS);
    }
    let line = Rect { min: vec2(CALENDAR.min.x, CALENDAR.max.y), ..CALENDAR };
    canvas.bar(Rect { max: line.max + Vec2::Y * 2.0, ..line }, palette::RULE);
    let below = CALENDAR.max.y + 3.0;
    canvas.line(CALENDAR.min.x, below, ends.0.clone(), palette::INK_QUIET);
    if ends.0 != ends.1 {
        canvas.number(CALENDAR.max.x, below, ends.1, palette::INK_QUIET);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::ratings, *};

    #[test]
    fn a_person_is_set_against_all() {
        let facts = Facts::of(&ratings());
        let theirs = Stars::of(facts.ratings.scale, [4.5, 1.0, 3.0].into_iter());
        let words: Vec<_> =
            against_all(&facts, &theirs, Some(-0.126)).into_iter().map(|line| line.0).collect();
        assert_eq!(
            words,
            [
                "stars, mean ± spread",
                "theirs 2.83 ± 1.43",
                "all 3.00 ± 1.27",
                "0.17 fewer than all",
                "learned: bᵤ = −0.13"
            ]
        );
        let nothing = Stars::of(facts.ratings.scale, std::iter::empty());
        assert_eq!(against_all(&facts, &nothing, None).len(), 2);
    }

    #[test]
    fn both_histograms_are_shares_of_their_own() {
        let facts = Facts::of(&ratings());
        let theirs = Stars::of(facts.ratings.scale, [3.5].into_iter());
        let rows = histogram(&facts, &theirs);
        let row = |label| rows.iter().find(|row: &&BarRow| row.label == label).unwrap();
        assert_eq!(row("3.5").bars.iter().map(|bar| bar.0).collect::<Vec<_>>(), [1.0, 0.25]);
        assert_eq!((row("3.5").value.as_str(), row("1.0").value.as_str()), ("1", "0"));
        assert_eq!(row("1.0").bars[1].0, 0.25);
    }
}
