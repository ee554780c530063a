//! Finds films to rate: by their title, genre and decade, or those that would tell the model most.

use bevy::{prelude::*, ui::Checked};
use indicatif::HumanCount;

use super::{
    BoardSystems, between, column,
    news::{Answered, Catalogue, news},
    pager::{self, Pager},
    rating,
    search::{SearchResult, Wanted},
    tabs::{self, Open, TastePage},
    words as say,
};
use crate::{
    exhibits::recommender::{
        payload::{Ratings, Suggested},
        view::attention::{Profile, TasteAttention},
    },
    words::of_table,
    world::{
        keyboard,
        ui::{
            controls::{
                Activate, ButtonKind, ControlText, Entry, HalfNames, Lines, ValueChange, button,
                entry, field, mark, show,
            },
            type_size, words,
        },
    },
};

const RATING: rating::RatingControls =
    rating::RatingControls { stars: "rate-stars", halves: &HALVES };
#[rustfmt::skip]
const HALVES: HalfNames = [
    "rate-0.5", "rate-1", "rate-1.5", "rate-2", "rate-2.5",
    "rate-3", "rate-3.5", "rate-4", "rate-4.5", "rate-5",
];
const FOUND: [&str; 5] =
    ["search-row-1", "search-row-2", "search-row-3", "search-row-4", "search-row-5"];
const SUGGESTED: [&str; 3] = ["suggestion-1", "suggestion-2", "suggestion-3"];
/// The decades that one can leaf through.
const DECADES: std::ops::RangeInclusive<u16> = 190..=202;
/// Room for the name of a genre or a decade between its buttons, in dmm.
const TURN_DMM: f32 = 168.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Looking>().add_systems(
        Update,
        show_films
            .run_if(news.or_eager(resource_changed::<Looking>).or_eager(
                |pagers: Query<(), (With<FindPager>, Changed<Pager>)>| !pagers.is_empty(),
            ))
            .in_set(BoardSystems),
    );
}

/// What one looks for.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Looking(pub(super) Wanted);

/// A line of the page, by its place.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum FilmRow {
    Found(usize),
    Suggested(usize),
}

/// The pager of the page.
#[derive(Component, Clone, Copy, Debug)]
struct FindPager;

/// Rates the chosen film; it is left out while none is.
#[derive(Component, Clone, Copy, Debug)]
struct RatingStrip;

/// A text of the page.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum FindText {
    Count,
    Chosen,
    Genre,
    Decade,
}

/// Leads to what was rated.
#[derive(Component, Clone, Copy, Debug)]
struct ToRated;

/// Turns to another genre or decade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FilterStep {
    Genre(bool),
    Decade(bool),
}

pub(super) fn write(page: &mut ChildSpawnerCommands) {
    page.spawn(between()).with_children(|line| {
        line.spawn(field("search-field", key!("recommender-find-a-film"))).observe(
            |change: On<ValueChange<String>>, mut looking: ResMut<Looking>| {
                looking.0.text.clone_from(&change.value);
            },
        );
        keyboard::opener(line, "search-keys", "search-field");
        line.spawn((button("taste-rated", say!("recommender-rated"), ButtonKind::Small), ToRated))
            .observe(tabs::open(TastePage::Rated));
    });
    page.spawn(between()).with_children(|line| {
        turner(line, ["genre-back", "genre-on"], FindText::Genre, FilterStep::Genre);
        turner(line, ["decade-back", "decade-on"], FindText::Decade, FilterStep::Decade);
    });
    page.spawn(between()).with_children(|line| {
        line.spawn((words::caption(""), TextLayout::no_wrap(), FindText::Count));
        pager::write(line, ["search-back", "search-on"], FOUND.len(), FindPager);
    });
    page.spawn(column(8.0)).with_children(|list| {
        for (place, name) in FOUND.into_iter().enumerate() {
            list.spawn((entry(name, Lines::One), FilmRow::Found(place))).observe(choose);
        }
        for (place, name) in SUGGESTED.into_iter().enumerate() {
            list.spawn((entry(name, Lines::Two), FilmRow::Suggested(place))).observe(choose);
        }
    });
    page.spawn((RatingStrip, Node { margin: UiRect::top(auto()), ..column(0.0) })).with_children(
        |strip| {
            strip.spawn((words::caption(""), TextLayout::no_wrap(), FindText::Chosen));
            rating::write(strip, RATING, "unrate");
        },
    );
}

/// A name between two buttons that turn to others.
fn turner(
    line: &mut ChildSpawnerCommands,
    names: [&'static str; 2],
    says: FindText,
    turn: fn(bool) -> FilterStep,
) {
    line.spawn(Node {
        column_gap: px(type_size::GAP),
        align_items: AlignItems::Center,
        ..default()
    })
    .with_children(|line| {
        let turns = |on: bool| {
            move |_: On<Activate>, catalogue: Res<Catalogue>, mut looking: ResMut<Looking>| {
                turned(&mut looking.0, turn(on), &catalogue.ratings);
            }
        };
        line.spawn(button(names[0], "‹", ButtonKind::Small)).observe(turns(false));
        line.spawn(Node {
            width: px(TURN_DMM),
            justify_content: JustifyContent::Center,
            overflow: Overflow::clip(),
            ..default()
        })
        .with_child((words::caption(""), TextLayout::no_wrap(), says));
        line.spawn(button(names[1], "›", ButtonKind::Small)).observe(turns(true));
    });
}

/// The next or the one before, with any between the last and the first.
fn turned(wanted: &mut Wanted, turn: FilterStep, ratings: &Ratings) {
    let next = |place: Option<usize>, count: usize, on: bool| match (place, on) {
        (None, true) => (count > 0).then_some(0),
        (None, false) => count.checked_sub(1),
        (Some(place), true) => Some(place + 1).filter(|place| *place < count),
        (Some(place), false) => place.checked_sub(1),
    };
    match turn {
        FilterStep::Genre(on) => wanted.genre = next(wanted.genre, ratings.genres.len(), on),
        FilterStep::Decade(on) => {
            let decades: Vec<u16> = DECADES
                .map(|tens| tens * 10)
                .filter(|decade| {
                    let years = *decade..decade + 10;
                    ratings.items.iter().any(|item| item.year.is_some_and(|y| years.contains(&y)))
                })
                .collect();
            let place = wanted.decade.and_then(|decade| decades.iter().position(|d| *d == decade));
            wanted.decade = next(place, decades.len(), on).map(|place| decades[place]);
        }
    }
}

fn choose(
    press: On<Activate>,
    rows: Query<&FilmRow>,
    pagers: Query<&Pager, With<FindPager>>,
    answered: Res<Answered>,
    catalogue: Res<Catalogue>,
    looking: Res<Looking>,
    mut attention: ResMut<TasteAttention>,
) {
    let (Ok(row), Ok(pager)) = (rows.get(press.entity), pagers.single()) else {
        return;
    };
    let item = match row {
        FilmRow::Found(place) => {
            let place = pager.first + place;
            let found = catalogue.titles.find(&catalogue.ratings, &looking.0, place + 1);
            found.items.get(place).copied()
        }
        FilmRow::Suggested(place) => {
            let answer = answered.0.as_ref();
            answer.and_then(|answer| answer.suggestions.get(pager.first + place)).map(|s| s.item)
        }
    };
    if item.is_some() {
        attention.chosen = item;
    }
}

/// How many lines have room: of what was found, and of suggestions.
fn room(rating: bool) -> (usize, usize) {
    if rating { (3, 2) } else { (5, 3) }
}

fn show_films(
    open: Res<Open>,
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    catalogue: Res<Catalogue>,
    answered: Res<Answered>,
    looking: Res<Looking>,
    mut pagers: Query<&mut Pager, With<FindPager>>,
    mut rows: Query<(Entity, &FilmRow, &mut Entry, Has<Checked>)>,
    mut texts: Query<(&FindText, &mut Text)>,
    mut strips: Query<&mut Node, With<RatingStrip>>,
    mut to_rated: Query<&mut ControlText, With<ToRated>>,
    mut commands: Commands,
) {
    let Ok(mut pager) = pagers.single_mut() else {
        return;
    };
    if open.page != TastePage::Find {
        return;
    }
    let ratings = &catalogue.ratings;
    let suggestions: &[Suggested] = match &answered.0 {
        Some(answer) if looking.0.is_anything() => &answer.suggestions,
        _ => &[],
    };
    let suggests = !suggestions.is_empty();
    let rates = attention.chosen.is_some();
    let (found_room, suggested_room) = room(rates);
    let per = if suggests { suggested_room } else { found_room };
    let most = pager.first + per;
    let found = if suggests {
        SearchResult { items: Vec::new(), of: suggestions.len() }
    } else {
        catalogue.titles.find(ratings, &looking.0, most)
    };
    let first = if looking.is_changed() { 0 } else { pager.first / per * per };
    let now = Pager { first, per, of: found.of }.within(found.of);
    pager.set_if_neq(now);
    for (entity, row, mut entry, checked) in &mut rows {
        let line = match *row {
            FilmRow::Found(place) if place < per => found
                .items
                .get(now.first + place)
                .map(|&item| (item, found_entry(ratings, &profile, item))),
            FilmRow::Suggested(place) if place < per => suggestions
                .get(now.first + place)
                .map(|suggested| (suggested.item, suggested_entry(ratings, suggested))),
            FilmRow::Found(_) | FilmRow::Suggested(_) => None,
        };
        let chosen = line.as_ref().is_some_and(|(item, _)| attention.chosen == Some(*item));
        mark::<Checked>(&mut commands, entity, checked, chosen);
        entry.set_if_neq(line.map_or_else(Entry::default, |(_, entry)| entry));
    }
    for (says, mut text) in &mut texts {
        let wanted = match says {
            FindText::Count if suggests => say!("recommender-rate-these-first").to_owned(),
            FindText::Count => {
                let (of, all) = (found.of as u64, ratings.items.len() as u64);
                say!("recommender-of-films", of = HumanCount(of), all = HumanCount(all))
            }
            FindText::Chosen => {
                attention.chosen.map_or_else(String::new, |item| say::title_of(ratings, item))
            }
            FindText::Genre => {
                let genre = looking.0.genre.and_then(|genre| ratings.genres.get(genre));
                genre
                    .map_or_else(|| say!("recommender-any-genre").into(), |name| of_table(name))
                    .into_owned()
            }
            FindText::Decade => looking.0.decade.map_or_else(
                || say!("recommender-any-decade").to_owned(),
                |decade| format!("{decade}s"),
            ),
        };
        text.set_if_neq(Text(wanted));
    }
    for mut strip in &mut strips {
        show(&mut strip, rates);
    }
    for mut words in &mut to_rated {
        words.set_if_neq(ControlText(say!(
            "recommender-rated-2",
            entries_count = profile.entries.len()
        )));
    }
}

fn found_entry(ratings: &Ratings, profile: &Profile, item: u32) -> Entry {
    let count = ratings.items.get(item as usize).map_or(0, |item| item.count);
    let figure = match profile.stars_of(item) {
        Some(stars) => say!("recommender-you-3", stars = say::given(stars)),
        None => say!("recommender-ratings-2", count = HumanCount(u64::from(count))),
    };
    Entry { words: say::title_of(ratings, item), figure, ..default() }
}

fn suggested_entry(ratings: &Ratings, suggested: &Suggested) -> Entry {
    Entry {
        words: say::title_of(ratings, suggested.item),
        note: say!(
            "recommender-known-by-opinions",
            ratings = HumanCount(u64::from(suggested.ratings)),
            spread = format_args!("{:.1}", suggested.spread),
            apart = apart(suggested.apart)
        ),
        ..default()
    }
}

/// How far something lies from what is known already.
fn apart(distance: f32) -> &'static str {
    match distance {
        distance if distance < 0.5 => say!("recommender-close-to-others"),
        distance if distance < 0.9 => say!("recommender-unlike-others"),
        _ => say!("recommender-far-off"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::recommender::payload::Item;

    #[test]
    fn turning_passes_any_between_the_last_and_the_first() {
        let item = |year| Item { year: Some(year), ..Item::default() };
        let ratings = Ratings {
            items: vec![item(1984), item(2003), item(1989)].into(),
            genres: ["Drama".to_owned(), "War".to_owned()].into(),
            ..Ratings::default()
        };
        let mut wanted = Wanted::default();
        let mut seen = Vec::new();
        for _ in 0..3 {
            turned(&mut wanted, FilterStep::Genre(true), &ratings);
            turned(&mut wanted, FilterStep::Decade(false), &ratings);
            seen.push((wanted.genre, wanted.decade));
        }
        assert_eq!(seen, [(Some(0), Some(2000)), (Some(1), Some(1980)), (None, None)]);
    }
}
