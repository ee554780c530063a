//! What the visitor rated: to be changed, taken back, begun anew, kept as a file, and sculpted on the map.

use bevy::{prelude::*, ui::Checked};
use indicatif::HumanCount;

use super::{
    BoardSystems, between, column, keeping,
    news::{Catalogue, news},
    pager::{self, Pager},
    rating,
    tabs::{self, Open, TastePage},
    words as say,
};
use crate::{
    exhibits::recommender::view::attention::{self, Profile, Sculpting, TasteAttention},
    world::ui::{
        controls::{
            Activate, ButtonKind, Entry, HalfNames, Lines, Offers, button, entry, grow, mark,
            offer, show,
        },
        type_size, words,
    },
};

const RATING: rating::RatingControls =
    rating::RatingControls { stars: "rated-rate-stars", halves: &HALVES };
#[rustfmt::skip]
const HALVES: HalfNames = [
    "rated-rate-0.5", "rated-rate-1", "rated-rate-1.5", "rated-rate-2", "rated-rate-2.5",
    "rated-rate-3", "rated-rate-3.5", "rated-rate-4", "rated-rate-4.5", "rated-rate-5",
];
const ROWS: [&str; 4] = ["rated-row-1", "rated-row-2", "rated-row-3", "rated-row-4"];
const SCULPTING: [(&str, &str, Sculpting); 3] = [
    ("sculpt-raise", "Raise", Sculpting::Raise),
    ("sculpt-lower", "Lower", Sculpting::Lower),
    ("sculpt-off", "Off", Sculpting::Off),
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        show_rated
            .run_if(news.or_eager(resource_changed::<Sculpting>).or_eager(
                |pagers: Query<(), (With<RatedPager>, Changed<Pager>)>| !pagers.is_empty(),
            ))
            .in_set(BoardSystems),
    );
}

/// A line of what was rated, by its place.
#[derive(Component, Clone, Copy, Debug)]
struct RatedRow(usize);

/// The pager of the page.
#[derive(Component, Clone, Copy, Debug)]
struct RatedPager;

/// The stars of the film that is chosen.
#[derive(Component, Clone, Copy, Debug)]
struct Strip;

/// A text of the page.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum RatedText {
    Standing,
    Chosen,
}

pub(super) fn write(page: &mut ChildSpawnerCommands) {
    page.spawn(between()).with_children(|line| {
        line.spawn(button("taste-find", "Find films", ButtonKind::Small))
            .observe(tabs::open(TastePage::Find));
        pager::write(line, ["rated-back", "rated-on"], ROWS.len(), RatedPager);
    });
    page.spawn((words::caption(""), TextLayout::no_wrap(), RatedText::Standing));
    page.spawn(column(8.0)).with_children(|list| {
        for (place, name) in ROWS.into_iter().enumerate() {
            list.spawn((entry(name, Lines::One), RatedRow(place))).observe(choose);
        }
    });
    page.spawn((Strip, column(0.0))).with_children(|strip| {
        strip.spawn((words::caption(""), TextLayout::no_wrap(), RatedText::Chosen));
        rating::write(strip, RATING, "rated-unrate");
    });
    page.spawn(Node { margin: UiRect::top(auto()), ..between() }).with_children(|line| {
        line.spawn(words::caption("Sculpt on the map"));
        offer(line, &SCULPTING, grow, |wanted| {
            move |_: On<Activate>, mut now: ResMut<Sculpting>| _ = now.set_if_neq(wanted)
        });
    });
    page.spawn(Node { column_gap: px(type_size::GAP), ..between() }).with_children(|line| {
        keeping::write_profile_buttons(line);
        line.spawn(button("start-over", "Start over", ButtonKind::Small)).observe(
            |_: On<Activate>, mut profile: ResMut<Profile>| {
                profile.entries.clear();
            },
        );
    });
}

/// The newest first.
fn entry_at(profile: &Profile, place: usize) -> Option<&attention::Entry> {
    profile.entries.iter().rev().nth(place)
}

fn choose(
    press: On<Activate>,
    rows: Query<&RatedRow>,
    pagers: Query<&Pager, With<RatedPager>>,
    profile: Res<Profile>,
    mut attention: ResMut<TasteAttention>,
) {
    if let (Ok(row), Ok(pager)) = (rows.get(press.entity), pagers.single())
        && let Some(entry) = entry_at(&profile, pager.first + row.0)
    {
        attention.chosen = Some(entry.rated.item);
    }
}

fn show_rated(
    open: Res<Open>,
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    catalogue: Res<Catalogue>,
    sculpting: Res<Sculpting>,
    mut pagers: Query<&mut Pager, With<RatedPager>>,
    mut rows: Query<(Entity, &RatedRow, &mut Entry, Has<Checked>)>,
    mut texts: Query<(&RatedText, &mut Text)>,
    mut strips: Query<&mut Node, With<Strip>>,
    mut offers: Offers<Sculpting>,
    mut commands: Commands,
) {
    let Ok(mut pager) = pagers.single_mut() else {
        return;
    };
    if open.page != TastePage::Rated {
        return;
    }
    let ratings = &catalogue.ratings;
    // The stars need the room of two lines.
    let per = if attention.chosen.is_some() { 2 } else { ROWS.len() };
    let now = Pager { first: pager.first / per * per, per, of: 0 }.within(profile.entries.len());
    pager.set_if_neq(now);
    for (entity, row, mut entry, checked) in &mut rows {
        let rated = entry_at(&profile, now.first + row.0).filter(|_| row.0 < per);
        let chosen = rated.is_some_and(|rated| attention.chosen == Some(rated.rated.item));
        mark::<Checked>(&mut commands, entity, checked, chosen);
        entry.set_if_neq(rated.map_or_else(Entry::default, |rated| Entry {
            words: say::title_of(ratings, rated.rated.item),
            figure: format!(
                "{}{} ★",
                if rated.sculpted { "sculpted  " } else { "" },
                say::given(rated.rated.stars)
            ),
            ..default()
        }));
    }
    for (says, mut text) in &mut texts {
        let wanted = match says {
            RatedText::Standing => standing(&profile, catalogue.all),
            RatedText::Chosen => {
                attention.chosen.map_or_else(String::new, |item| say::title_of(ratings, item))
            }
        };
        text.set_if_neq(Text(wanted));
    }
    for mut node in &mut strips {
        show(&mut node, attention.chosen.is_some());
    }
    offers.light(|offered| *offered == *sculpting);
}

fn standing(profile: &Profile, all: Option<(f64, f64)>) -> String {
    let count = profile.entries.len();
    let stars = profile.entries.iter().map(|entry| entry.rated.stars);
    let Some((mean, spread)) = say::mean_and_spread(stars) else {
        return "You have rated nothing yet".to_owned();
    };
    let all =
        all.map_or_else(String::new, |(mean, spread)| format!("; all {mean:.2} ± {spread:.2}"));
    format!("{} rated, mean {mean:.2} ± {spread:.2}{all}", HumanCount(count as u64))
}
