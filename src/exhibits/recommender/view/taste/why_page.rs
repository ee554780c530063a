//! Why a film is predicted as it is: the sum, what spoke for and against it, what lies near, what else was liked.

use bevy::prelude::*;

use super::{
    BoardSystems, between, column,
    news::{Answered, Catalogue, news},
    rating,
    sums::Sum,
    tabs::{Open, TastePage},
    why_words::{RelatedFilm, Topic, lines, note},
    words as say,
};
use crate::{
    exhibits::recommender::{
        payload::{Reasons, StarScale},
        view::{attention::TasteAttention, dome_pointing::named},
    },
    words::Word,
    world::ui::{
        controls::{
            Activate, ControlText, Entry, HalfNames, Lines, Offer, Offers, entry, grow, offer, show,
        },
        sums::{added, hundredths},
        type_size,
        words::{self, shortened},
    },
};

const RATING: rating::RatingControls =
    rating::RatingControls { stars: "why-rate-stars", halves: &HALVES };
#[rustfmt::skip]
const HALVES: HalfNames = [
    "why-rate-0.5", "why-rate-1", "why-rate-1.5", "why-rate-2", "why-rate-2.5",
    "why-rate-3", "why-rate-3.5", "why-rate-4", "why-rate-4.5", "why-rate-5",
];
/// Lines of films that are pressed; the last gives way to a second person's sum.
const ROWS: [&str; 3] = ["why-row-1", "why-row-2", "why-row-3"];
/// What each part of the sum is called.
const PARTS: [Word; 5] = [
    key!("recommender-mean-2"),
    key!("recommender-person-4"),
    key!("recommender-film-2"),
    key!("recommender-taste"),
    key!("recommender-prediction"),
];
/// Widths of whose sum it is, of a part and of the prediction, in dmm.
const WHO_DMM: f32 = 48.0;
const PART_DMM: f32 = 96.0;
const SUM_DMM: f32 = 170.0;
/// Room for genres and standing beside the stars, two lines, in dmm.
const BESIDE_STARS_DMM: f32 = 70.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<About>().add_systems(
        Update,
        show_why.run_if(news.or_eager(resource_changed::<About>)).in_set(BoardSystems),
    );
}

/// What the lines below the sum tell of.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct About(pub(super) Topic);

/// The films that one person rated.
const RATED: Word = key!("recommender-rated-films");
/// Where two people have a button each, so many letters of a name have room on it.
const NAME_LETTERS: usize = 7;

const TOPICS: [(&str, Word, Topic); 4] = [
    ("why-ratings", RATED, Topic::Ratings(0)),
    ("why-ratings-2", RATED, Topic::Ratings(1)),
    ("why-near", key!("recommender-near-in-taste"), Topic::Near),
    ("why-liked", key!("recommender-also-liked"), Topic::Liked),
];

/// A line of films, by its place, that is pressed.
#[derive(Component, Clone, Copy, Debug)]
struct WhyRow(usize);

/// A text of the page.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum WhyText {
    Title,
    Genres,
    Standing,
    /// Who a sum is of.
    Who(usize),
    /// A number of a person's sum, by person and part.
    Part(usize, usize),
    Note,
}

/// The line of a person's sum.
#[derive(Component, Clone, Copy, Debug)]
struct SumLine(usize);

pub(super) fn write(page: &mut ChildSpawnerCommands) {
    page.spawn(column(2.0)).with_children(write_head);
    page.spawn(column(8.0)).with_children(|rows| {
        for (place, name) in ROWS.into_iter().enumerate() {
            rows.spawn((entry(name, Lines::One), WhyRow(place))).observe(choose);
        }
    });
}

fn write_head(page: &mut ChildSpawnerCommands) {
    page.spawn(clipped(37.0)).with_child((
        words::figure(""),
        TextLayout::no_wrap(),
        WhyText::Title,
    ));
    page.spawn(between()).with_children(|line| {
        line.spawn(Node { flex_grow: 1.0, flex_basis: px(0), ..clipped(BESIDE_STARS_DMM) })
            .with_children(|column| {
                column.spawn((words::caption(""), TextLayout::no_wrap(), WhyText::Genres));
                column.spawn((words::caption(""), TextLayout::no_wrap(), WhyText::Standing));
            });
        rating::write_stars(line, RATING);
    });
    write_sums(page);
    page.spawn(Node { column_gap: px(type_size::GAP), flex_shrink: 0.0, ..default() })
        .with_children(|line| {
            offer(line, &TOPICS, grow, |topic| {
                move |_: On<Activate>, mut about: ResMut<About>| _ = about.set_if_neq(About(topic))
            });
        });
    page.spawn((words::caption(""), TextLayout::no_wrap(), WhyText::Note));
}

fn clipped(height_dmm: f32) -> Node {
    Node {
        flex_direction: FlexDirection::Column,
        height: px(height_dmm),
        flex_shrink: 0.0,
        min_width: px(0),
        overflow: Overflow::clip(),
        ..default()
    }
}

/// A line of numbers for each person, and what they are below.
fn write_sums(page: &mut ChildSpawnerCommands) {
    page.spawn(Node { flex_direction: FlexDirection::Column, flex_shrink: 0.0, ..default() })
        .with_children(|table| {
            for person in 0..2 {
                table.spawn((SumLine(person), Node::default())).with_children(|line| {
                    cell(line, WHO_DMM, (words::caption(""), WhyText::Who(person)));
                    for part in 0..PARTS.len() {
                        let says = WhyText::Part(person, part);
                        cell(line, width_of(part), (words::figure(""), says));
                    }
                });
            }
            table.spawn(Node::default()).with_children(|line| {
                cell(line, WHO_DMM, words::caption(""));
                for (part, label) in PARTS.into_iter().enumerate() {
                    cell(line, width_of(part), words::caption(label));
                }
            });
        });
}

const fn width_of(part: usize) -> f32 {
    if part + 1 < PARTS.len() { PART_DMM } else { SUM_DMM }
}

fn cell(line: &mut ChildSpawnerCommands, width_dmm: f32, text: impl Bundle) {
    line.spawn(Node {
        width: px(width_dmm),
        flex_shrink: 0.0,
        align_items: AlignItems::Center,
        overflow: Overflow::clip(),
        ..default()
    })
    .with_child((text, TextLayout::no_wrap()));
}

fn choose(
    press: On<Activate>,
    rows: Query<&WhyRow>,
    answered: Res<Answered>,
    about: Res<About>,
    mut attention: ResMut<TasteAttention>,
) {
    let why = answered.0.as_ref().and_then(|answer| answer.why.as_ref());
    if let (Ok(row), Some(why)) = (rows.get(press.entity), why)
        && let Some(line) = lines(why, about.0).get(row.0)
    {
        attention.chosen = Some(line.item);
    }
}

fn show_why(
    open: Res<Open>,
    attention: Res<TasteAttention>,
    catalogue: Res<Catalogue>,
    answered: Res<Answered>,
    about: Res<About>,
    mut texts: Query<(&WhyText, &mut Text)>,
    mut sums: Query<(&SumLine, &mut Node)>,
    mut rows: Query<(&WhyRow, &mut Entry)>,
    mut topics: Query<(&Offer<Topic>, &mut ControlText, &mut Node), Without<SumLine>>,
    mut offers: Offers<Topic>,
) {
    if open.page != TastePage::Why {
        return;
    }
    let ratings = &catalogue.ratings;
    let item = attention.chosen.and_then(|item| ratings.items.get(item as usize));
    // The answer to what was chosen before says nothing of this film.
    let why = answered.0.as_ref().and_then(|answer| answer.why.as_ref());
    let why = why.filter(|why| attention.chosen == Some(why.item));
    let people: &[Reasons] = why.map_or(&[], |why| &why.people);
    let wholes = match &answered.0 {
        Some(answer) => say::answered_for(&answer.asked),
        None => [Some(attention.who), attention.with],
    };
    let alone = wholes[1].is_none();
    // Whoever was the second may be gone.
    let about = match about.0 {
        Topic::Ratings(_) if alone => Topic::Ratings(0),
        topic => topic,
    };
    for (says, mut text) in &mut texts {
        let wanted = match *says {
            WhyText::Title => item.map_or_else(|| NOTHING_CHOSEN.to_string(), named),
            WhyText::Genres => item.map_or_else(String::new, |item| say::genres(ratings, item)),
            WhyText::Standing => item.map_or_else(String::new, say::standing),
            WhyText::Who(person) => wholes
                .get(person)
                .copied()
                .flatten()
                .map_or_else(String::new, |who| say::short_who(ratings, who)),
            WhyText::Part(person, part) => people
                .get(person)
                .map_or_else(String::new, |reasons| part_words(reasons, part, &ratings.scale)),
            WhyText::Note => why.map_or_else(
                || {
                    if item.is_some() { say!("recommender-the-model-has-not-answered") } else { "" }
                        .to_owned()
                },
                |why| match answered.1 {
                    Some(_) => say::answered_at(answered.1),
                    None => note(why, about),
                },
            ),
        };
        text.set_if_neq(Text(wanted));
    }
    for (line, mut node) in &mut sums {
        show(&mut node, line.0 == 0 || line.0 < people.len());
    }
    let lines: Vec<RelatedFilm> = why.map_or_else(Vec::new, |why| lines(why, about));
    let most = ROWS.len() - usize::from(people.len() > 1);
    for (row, mut entry) in &mut rows {
        let line = lines.get(row.0).filter(|_| row.0 < most);
        entry.set_if_neq(line.map_or_else(Entry::default, |line| line.entry(ratings)));
    }
    offers.light(|topic| *topic == about);
    for (topic, mut label, mut node) in &mut topics {
        if let Topic::Ratings(person) = topic.0 {
            let who = wholes.get(person).copied().flatten();
            show(&mut node, who.is_some());
            let words = who.filter(|_| !alone).map_or_else(
                || RATED.to_string(),
                |who| {
                    say!(
                        "recommender-by",
                        ratings = shortened(&say::short_who(ratings, who), NAME_LETTERS)
                    )
                },
            );
            label.set_if_neq(ControlText(words));
        }
    }
}

const NOTHING_CHOSEN: Word = key!("recommender-choose-a-film-on-the");

/// A part of a sum; the last is the sum, and what the scale leaves of it.
fn part_words(reasons: &Reasons, part: usize, scale: &StarScale) -> String {
    let Some(sum) = Sum::of(&reasons.terms) else {
        return say!("recommender-no-number").to_owned();
    };
    match part {
        0 => hundredths(sum.parts[0]),
        1..4 => added(sum.parts[part]),
        _ => {
            let exact = reasons.terms.sum();
            if exact > f64::from(scale.high) || exact < f64::from(scale.low) {
                format!("{} → {:.2}", hundredths(sum.total), reasons.predicted)
            } else {
                format!("= {}", hundredths(sum.total))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::recommender::payload::Terms;

    fn reasons(taste: f64, predicted: f64) -> Reasons {
        Reasons {
            terms: Terms { mean: 3.54, person: -0.12, item: 0.61, taste },
            predicted,
            fitted: predicted,
            moved_by: Vec::new(),
            tried: (0, 0),
        }
    }

    #[test]
    fn the_sum_is_read_from_left_to_right() {
        let scale = StarScale::default();
        let read = |reasons: &Reasons| {
            (0..PARTS.len()).map(|part| part_words(reasons, part, &scale)).collect::<Vec<_>>()
        };
        assert_eq!(read(&reasons(0.22, 4.25)), ["3.54", "−0.12", "+0.61", "+0.22", "= 4.25"]);
        assert_eq!(read(&reasons(1.22, 5.0))[4], "5.25 → 5.00", "what the scale leaves of it");
    }
}
