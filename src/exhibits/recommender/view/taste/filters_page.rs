//! What may be on the list: genres, years, how well known, and how unlike each other.

use bevy::{prelude::*, ui::Checked};

use super::{
    BoardSystems, column,
    news::{Answered, Catalogue, news},
    tabs::{Open, TastePage},
    words as say,
};
use crate::{
    exhibits::recommender::{payload::ListAsk, view::attention::TasteAttention},
    words::{Word, of_table},
    world::ui::{
        controls::{
            Activate, ButtonKind, ControlText, Offers, Scale, Slider, SliderPlan, ValueChange,
            button, grow, mark, offer, show, slider,
        },
        type_size, words,
    },
};

#[rustfmt::skip]
const CHIPS: [&str; 24] = [
    "genre-1", "genre-2", "genre-3", "genre-4", "genre-5", "genre-6", "genre-7", "genre-8",
    "genre-9", "genre-10", "genre-11", "genre-12", "genre-13", "genre-14", "genre-15", "genre-16",
    "genre-17", "genre-18", "genre-19", "genre-20", "genre-21", "genre-22", "genre-23", "genre-24",
];
/// No film that people rate is older, and none is of the future.
const YEARS: std::ops::RangeInclusive<f32> = 1900.0..=2030.0;
/// More ratings than this nobody asks for.
const MOST_LEAST: f32 = 200.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Kind>().add_systems(
        Update,
        (show_filters, show_sliders)
            .run_if(news.or_eager(resource_changed::<Kind>))
            .in_set(BoardSystems),
    );
}

/// Which filters are shown.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Kind(Shows);

#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shows {
    #[default]
    Genres,
    Numbers,
}

const SHOWS: [(&str, Word, Shows); 2] = [
    ("filter-genres", key!("recommender-genres"), Shows::Genres),
    ("filter-numbers", key!("recommender-years-and-more"), Shows::Numbers),
];

/// A genre to filter by, by its place.
#[derive(Component, Clone, Copy, Debug)]
struct Chip(usize);

/// What narrows the list, in words.
#[derive(Component, Clone, Copy, Debug)]
struct InWords;

/// A slider, by what it limits.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum Limit {
    From,
    To,
    Known,
    Diversity,
}

impl Limit {
    /// Where its slider stands.
    fn of(self, list: &ListAsk, years: (u16, u16)) -> f32 {
        let chosen = list.years.as_ref().map_or(years, |years| (*years.start(), *years.end()));
        match self {
            Self::From => f32::from(chosen.0),
            Self::To => f32::from(chosen.1),
            Self::Known => list.least_ratings as f32,
            Self::Diversity => list.diversity * 100.0,
        }
    }

    /// Moves it; the years never cross, and all years are no filter.
    fn set(self, list: &mut ListAsk, value: f32, years: (u16, u16)) {
        let (from, to) = list.years.as_ref().map_or(years, |years| (*years.start(), *years.end()));
        match self {
            Self::Known => list.least_ratings = value.max(0.0) as u32,
            Self::Diversity => list.diversity = (value / 100.0).clamp(0.0, 1.0),
            Self::From | Self::To => {
                let year = value as u16;
                let (from, to) = match self {
                    Self::From => (year, to.max(year)),
                    _ => (from.min(year), year),
                };
                list.years = ((from, to) != years).then_some(from..=to);
            }
        }
    }
}

pub(super) fn write(page: &mut ChildSpawnerCommands) {
    page.spawn(Node { column_gap: px(type_size::GAP), flex_shrink: 0.0, ..default() })
        .with_children(|line| {
            offer(line, &SHOWS, grow, |shows| {
                move |_: On<Activate>, mut kind: ResMut<Kind>| _ = kind.set_if_neq(Kind(shows))
            });
            line.spawn(button("filter-none", say!("recommender-no-filter"), ButtonKind::Small))
                .observe(|_: On<Activate>, mut attention: ResMut<TasteAttention>| {
                    attention.list = ListAsk { length: attention.list.length, ..default() };
                });
        });
    page.spawn(Node { height: px(70), flex_shrink: 0.0, overflow: Overflow::clip(), ..default() })
        .with_child((words::caption(""), InWords));
    page.spawn((
        Shows::Genres,
        Node {
            flex_wrap: FlexWrap::Wrap,
            row_gap: px(8),
            column_gap: px(8),
            align_content: AlignContent::Start,
            ..default()
        },
    ))
    .with_children(|chips| {
        for (place, name) in CHIPS.into_iter().enumerate() {
            let mut chip = chips.spawn((button(name, "", ButtonKind::Small), Chip(place)));
            chip.entry::<Node>().and_modify(|mut node| {
                node.padding = UiRect::axes(px(11), px(0));
                node.display = Display::None;
            });
            chip.observe(move |_: On<Activate>, mut attention: ResMut<TasteAttention>| {
                attention.list.genres ^= 1 << place;
            });
        }
    });
    page.spawn((Shows::Numbers, column(24.0))).with_children(|sliders| {
        let year = |year: f32| format!("{year:.0}");
        let plan =
            |name, label: &str, range: std::ops::RangeInclusive<f32>, step, show| SliderPlan {
                name,
                label: label.into(),
                value: *range.start(),
                range,
                scale: Scale::Linear { step },
                show,
            };
        let plans = [
            (Limit::From, plan("filter-from", say!("recommender-from-the-year"), YEARS, 1.0, year)),
            (Limit::To, plan("filter-to", say!("recommender-to-the-year"), YEARS, 1.0, year)),
            (
                Limit::Known,
                plan(
                    "filter-known",
                    say!("recommender-least-ratings"),
                    0.0..=MOST_LEAST,
                    5.0,
                    |least| format!("{least:.0}"),
                ),
            ),
            (
                Limit::Diversity,
                plan(
                    "filter-diversity",
                    say!("recommender-unlike-each-other"),
                    0.0..=100.0,
                    5.0,
                    |percent| format!("{percent:.0} %"),
                ),
            ),
        ];
        let mut plans = plans.into_iter();
        for _ in 0..2 {
            sliders.spawn(Node { column_gap: px(36), ..default() }).with_children(|line| {
                for (limit, plan) in plans.by_ref().take(2) {
                    let mut slider = line.spawn((slider(plan), limit));
                    slider.entry::<Node>().and_modify(|mut node| {
                        node.flex_grow = 1.0;
                        node.flex_basis = px(0);
                        node.min_width = px(0);
                    });
                    slider.observe(slide);
                }
            });
        }
    });
}

fn slide(
    change: On<ValueChange<f32>>,
    limits: Query<&Limit>,
    catalogue: Res<Catalogue>,
    mut attention: ResMut<TasteAttention>,
) {
    if let Ok(limit) = limits.get(change.source) {
        let mut list = attention.list.clone();
        limit.set(&mut list, change.value, span(&catalogue));
        if list != attention.list {
            attention.list = list;
        }
    }
}

/// The years that the sliders span.
fn span(catalogue: &Catalogue) -> (u16, u16) {
    catalogue.years.unwrap_or((*YEARS.start() as u16, *YEARS.end() as u16))
}

/// Whoever else filters, the sliders say what counts.
fn show_sliders(
    attention: Res<TasteAttention>,
    catalogue: Res<Catalogue>,
    mut sliders: Query<(&Limit, &mut Slider)>,
) {
    let years = span(&catalogue);
    for (limit, mut slider) in &mut sliders {
        if slider.is_held() {
            continue;
        }
        let value = limit.of(&attention.list, years);
        let range = match limit {
            Limit::From | Limit::To => f32::from(years.0)..=f32::from(years.1),
            Limit::Known | Limit::Diversity => slider.range.clone(),
        };
        if slider.value != value || slider.range != range {
            slider.value = value;
            slider.range = range;
        }
    }
}

fn show_filters(
    open: Res<Open>,
    kind: Res<Kind>,
    attention: Res<TasteAttention>,
    catalogue: Res<Catalogue>,
    answered: Res<Answered>,
    mut in_words: Query<&mut Text, With<InWords>>,
    mut parts: Query<(&Shows, &mut Node)>,
    mut chips: Query<(Entity, &Chip, &mut ControlText, &mut Node, Has<Checked>), Without<Shows>>,
    mut opens: Offers<Shows>,
    mut commands: Commands,
) {
    if open.page != TastePage::Filters {
        return;
    }
    let ratings = &catalogue.ratings;
    let said = answered.0.as_ref().map_or_else(String::new, |answer| {
        say::filters(ratings, &answer.asked.list, answer.eligible, answer.items)
    });
    let left_out = ratings.genres.len().saturating_sub(CHIPS.len());
    for mut text in &mut in_words {
        let wanted = if left_out > 0 && kind.0 == Shows::Genres {
            say!(
                "recommender-of-genres-here",
                said,
                chips_count = CHIPS.len(),
                genres_count = ratings.genres.len()
            )
        } else {
            said.clone()
        };
        text.set_if_neq(Text(wanted));
    }
    for (shows, mut node) in &mut parts {
        show(&mut node, *shows == kind.0);
    }
    opens.light(|shows| *shows == kind.0);
    for (entity, chip, mut words, mut node, checked) in &mut chips {
        let genre = ratings.genres.get(chip.0);
        show(&mut node, genre.is_some());
        words.set_if_neq(ControlText(
            genre.map_or_else(String::new, |name| of_table(name).into_owned()),
        ));
        let chosen = attention.list.genres >> chip.0 & 1 == 1;
        mark::<Checked>(&mut commands, entity, checked, chosen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_never_cross_and_all_years_are_no_filter() {
        let years = (1902, 2016);
        let mut list = ListAsk::default();
        Limit::From.set(&mut list, 1980.0, years);
        assert_eq!(list.years, Some(1980..=2016));
        Limit::To.set(&mut list, 1970.0, years);
        assert_eq!(list.years, Some(1970..=1970));
        Limit::From.set(&mut list, 1902.0, years);
        Limit::To.set(&mut list, 2016.0, years);
        assert_eq!(list.years, None);
        for (limit, value) in [(Limit::Known, 25.0), (Limit::Diversity, 35.0)] {
            limit.set(&mut list, value, years);
            assert!((limit.of(&list, years) - value).abs() < 1e-4);
        }
        assert_eq!(Limit::From.of(&list, years), 1902.0);
    }
}
