//! What place, colour, size and brightness of the films mean, and how many of them are drawn.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    attention::{TasteAttention, Who},
    dome::{DomeSystems, Films},
    dome_families::FAMILIES,
    dome_glass::behind_legend,
    dome_looks::darkest,
    dome_people::{Everybody, name_of},
    map_switch,
};
use crate::{
    exhibits::recommender::{EXHIBIT_ID, payload::Ratings},
    world::{
        WorldSystems,
        display::Cloud,
        draw::PlainMaterial,
        link::ShownRun,
        stage::PlinthPlaced,
        ui::{
            controls::{ButtonKind, ValueChange, row, toggle},
            palette,
            panel::{Hanger, PanelPlan},
            type_size,
            while_pointed::while_pointed,
            words,
        },
    },
};

/// Width and height of each half, and the distance it is read from, in metres.
const SIZE_M: Vec2 = vec2(2.06, 0.573);
const READ_FROM_M: f32 = 3.44;
/// Where the right half hangs, above its board and under the progress banner; the left one mirrors it.
const PLACE_M: Vec3 = vec3(1.78, 2.55, -2.25);
/// How far the halves are turned to the middle, in radians: a window sees them from behind it.
const TURN: f32 = 0.3;
/// So far from its inner edge a half has no glass behind it, in metres: the plate of a rating hangs there.
const CLEAR_M: f32 = 0.26;
/// Height of a button, which hangs high, in dmm.
const BUTTON_DMM: f32 = type_size::ROW + 6.0;
/// Height of a line of families, and what is free below the last, in dmm: a board hangs there.
const FAMILIES_DMM: f32 = 30.0;
const BELOW_DMM: f32 = 12.0;
/// The side of a swatch, in dmm.
const SWATCH_DMM: f32 = 20.0;
/// Widths of the columns that families stand in, in percent: as wide as their longest names.
const COLUMNS: [f32; 4] = [27.0, 24.5, 22.5, 26.0];

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_legend).add_systems(
        Update,
        write_legend.in_set(WorldSystems::Show).in_set(super::ON_STAGE).after(DomeSystems),
    );
}

/// What a line of the legend tells.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
enum LegendText {
    Drawn,
    Size,
    Brightness,
    Rings,
}

fn hang_legend(
    placed: On<PlinthPlaced>,
    mut hanger: Hanger,
    mut materials: ResMut<Assets<PlainMaterial>>,
) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let mut half = |name, side: f32| {
        let sign = hanger.hang(PanelPlan::clear(name, SIZE_M, READ_FROM_M));
        let place = Transform::from_translation(PLACE_M * vec3(side, 1.0, 1.0))
            .with_rotation(Quat::from_rotation_y(-side * TURN));
        let clear = vec2(CLEAR_M, 0.0);
        let place_of_glass = clear * side / 2.0;
        let size = SIZE_M - clear;
        let glass = behind_legend(size, place_of_glass, &mut hanger.meshes, &mut materials);
        hanger
            .commands
            .entity(sign.panel)
            .insert((place, ChildOf(placed.entity)))
            .with_child(glass);
        hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
            page.row_gap = px(2);
            page.justify_content = JustifyContent::End;
        });
        sign
    };
    let (colours, meanings) = (half("Colours", -1.0), half("Meanings", 1.0));
    hanger.commands.entity(colours.root).entry::<Node>().and_modify(|mut page| {
        page.row_gap = px(0);
        page.padding.bottom = px(BELOW_DMM);
    });
    hanger.commands.entity(colours.root).with_children(|page| {
        map_switch::write(page, colours.panel);
        for families in FAMILIES.chunks(COLUMNS.len()) {
            let line = Node { width: percent(100), height: px(FAMILIES_DMM), ..default() };
            page.spawn(line).with_children(|row| {
                for (family, width) in families.iter().zip(COLUMNS) {
                    row.spawn(swatch(family.name.text(), family.colour, width));
                }
            });
        }
    });
    hanger.commands.entity(meanings.root).with_children(|page| {
        page.spawn(row()).with_children(|row| {
            row.spawn((line(), LegendText::Drawn));
            let mut people =
                row.spawn(toggle("people", say!("recommender-people-too"), ButtonKind::Small));
            people.entry::<Node>().and_modify(|mut node| node.min_height = px(BUTTON_DMM));
            people.observe(|change: On<ValueChange<bool>>, mut everybody: ResMut<Everybody>| {
                everybody.set_if_neq(Everybody(change.value));
            });
        });
        page.spawn((line(), LegendText::Rings));
        for tells in [LegendText::Size, LegendText::Brightness] {
            page.spawn((line(), tells, while_pointed(meanings.panel)));
        }
    });
}

fn line() -> impl Bundle {
    (
        words::set("", type_size::CAPTION, FontWeight::NORMAL, palette::INK_QUIET),
        TextLayout::no_wrap(),
    )
}

/// A disc of the colour, and what it means.
fn swatch(name: &'static str, colour: Color, width_percent: f32) -> impl Bundle {
    (
        Node {
            width: percent(width_percent),
            column_gap: px(10),
            align_items: AlignItems::Center,
            ..default()
        },
        children![
            (
                Node {
                    width: px(SWATCH_DMM),
                    height: px(SWATCH_DMM),
                    border_radius: BorderRadius::MAX,
                    flex_shrink: 0.0,
                    ..default()
                },
                BackgroundColor(colour),
            ),
            (words::caption(name), TextLayout::no_wrap()),
        ],
    )
}

fn write_legend(
    attention: Res<TasteAttention>,
    run: Res<ShownRun>,
    films: Option<Single<Ref<Cloud>, With<Films>>>,
    mut texts: Query<(&LegendText, &mut Text)>,
) {
    let (Some(films), Some(ratings)) = (films, run.0.material::<Ratings>()) else {
        return;
    };
    if !films.is_changed() && !attention.is_changed() {
        return;
    }
    for (tells, mut text) in &mut texts {
        let wanted = match tells {
            LegendText::Drawn => drawn(ratings, &films, &attention),
            LegendText::Size => sizes(ratings),
            LegendText::Brightness => brightnesses(ratings, &attention),
            LegendText::Rings => rings(&attention).to_owned(),
        };
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}

/// How many films are drawn of how many, and how many pass the filters.
fn drawn(ratings: &Ratings, films: &Cloud, attention: &TasteAttention) -> String {
    let all = ratings.items.len();
    let count = |count: usize| HumanCount(count as u64).to_string();
    let passing =
        ratings.items.iter().filter(|item| attention.list.admits(item, item.count)).count();
    let is_seen = |film: usize| films.place(film as u32).is_some();
    let seen = (0..films.len()).filter(|film| is_seen(*film)).count();
    let drawn = match least_ratings(ratings, is_seen) {
        // What is left out has no neighbours that mean anything.
        Some(least) if seen < all => {
            say!(
                "recommender-of-films-with",
                seen = count(seen),
                all = count(all),
                least = count(least as usize)
            )
        }
        _ => say!("recommender-of-films-drawn", seen = count(seen), all = count(all)),
    };
    if passing < all {
        say!("recommender-lit-by-the-filter", drawn, passing = count(passing))
    } else {
        drawn
    }
}

/// The number of ratings that all films that are seen have, and no other has.
fn least_ratings(ratings: &Ratings, is_seen: impl Fn(usize) -> bool) -> Option<u32> {
    let counts = |seen: bool| {
        let is_seen = &is_seen;
        let items = ratings.items.iter().enumerate();
        items.filter(move |(film, _)| is_seen(*film) == seen).map(|(_, item)| item.count)
    };
    let least = counts(true).min()?;
    counts(false).all(|count| count < least).then_some(least)
}

fn sizes(ratings: &Ratings) -> String {
    let most = ratings.items.iter().map(|item| item.count).max().unwrap_or(0);
    say!("recommender-area-number-of-ratings-up", most = HumanCount(most.into()))
}

fn brightnesses(ratings: &Ratings, attention: &TasteAttention) -> String {
    let whose = match (attention.who, attention.with) {
        (_, Some(_)) => say!("recommender-both").to_owned(),
        (Who::You, None) => say!("recommender-you-2").to_owned(),
        (who, None) => name_of(who, Some(ratings)),
    };
    let (low, high) = (darkest(ratings.scale), ratings.scale.high);
    say!(
        "recommender-light-predicted-for-to",
        whose,
        low = format_args!("{:.1}", low),
        high = format_args!("{:.1}", high)
    )
}

fn rings(attention: &TasteAttention) -> &'static str {
    if [Some(attention.who), attention.with].contains(&Some(Who::You)) {
        say!("recommender-ring-on-the-list-two")
    } else {
        say!("recommender-ring-on-the-list")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::recommender::payload::Item;

    #[test]
    fn the_legend_says_what_is_drawn_and_what_it_means() {
        let item = |count| Item { count, ..Item::default() };
        let ratings = Ratings {
            items: vec![item(1), item(2000)].into(),
            people: ["15".to_owned()].into(),
            ..Ratings::default()
        };
        let mut films = Cloud::new(0.03, Vec::new(), Color::NONE);
        films.show_places(&[0.0; 6].into());
        films.show_looks(&[0; 2].into());
        let mut attention = TasteAttention::default();
        assert_eq!(drawn(&ratings, &films, &attention), "2 of 2 films drawn");
        let mut few = Cloud::new(0.03, Vec::new(), Color::NONE);
        few.show_places(&[f32::NAN, f32::NAN, f32::NAN, 0.0, 0.0, 0.0].into());
        few.show_looks(&[0; 2].into());
        let some = drawn(&ratings, &few, &attention);
        assert_eq!(some, "1 of 2 films: 2,000+ ratings", "it is said why the other is not drawn");
        attention.list.least_ratings = 5;
        assert_eq!(drawn(&ratings, &films, &attention), "2 of 2 films drawn, 1 lit by the filter");
        assert_eq!(sizes(&ratings), "Area: number of ratings, up to 2,000");
        let light = brightnesses(&ratings, &attention);
        assert_eq!(light, "Light: predicted for Person 15, 2.0 to 5.0");
    }
}
