//! The card beside a film that is pointed at: what it is, how it was rated, and what is predicted.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    attention::{Sculpting, TasteAttention, Who},
    dome::{DomeSystems, Films},
    dome_people::name_of,
    dome_pointing::named,
    sculpt::Sculpt,
};
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID,
        payload::{Item, Ratings, TasteAnswer},
    },
    words::{enumerated, of_table},
    world::{
        Head, WorldSystems,
        display::Cloud,
        exhibit_sessions::Belongs,
        interaction::aim::Untouchable,
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{
            controls, palette,
            panel::{Foremost, Hanger, PanelPlan},
            type_size, words,
        },
    },
};

/// The distance that the card is made for, in metres; nearer or further it is scaled so that it looks as large.
const READ_FROM_M: f32 = 1.6;
/// Width and height at that distance, in metres.
const SIZE_M: Vec2 = vec2(0.9, 0.42);
/// It hangs before boards, however far away the film is.
const FURTHEST_M: f32 = 1.6;
/// How much nearer than the film it hangs at least, as a share.
const NEARER: f32 = 0.25;
/// From the film to its edge, as the tangent of an angle.
const ASIDE: f32 = 0.035;
/// Films further right than this, as the tangent of an angle, have it on their left.
const TURN_OVER: f32 = 0.35;
/// Widths of the plate, in dmm.
const WIDTHS_DMM: (f32, f32) = (300.0, 540.0);
/// Two predictions and what both are together are the most lines.
const LINES: usize = 6;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_card).add_systems(
        Update,
        (place_card, write_card)
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE)
            .after(DomeSystems),
    );
}

/// The panel, and for which film it hangs where.
#[derive(Component, Default)]
struct Card {
    of: Option<u32>,
    at: Vec3,
}

/// A text of the card, from the top.
#[derive(Component)]
struct FilmCardText(usize);

/// The ground under the words.
#[derive(Component)]
struct Plate;

fn hang_card(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    // The plate is as large as its words, so it stands on nothing.
    let card = hanger.hang(PanelPlan::clear("Film", SIZE_M, READ_FROM_M));
    // It hangs in world space, between the film and whoever looks.
    hanger.commands.entity(card.panel).insert((
        Card::default(),
        Belongs::to(EXHIBIT_ID),
        Foremost,
        Untouchable,
        Transform::default(),
        Visibility::Hidden,
    ));
    hanger.commands.entity(card.root).entry::<Node>().and_modify(|mut page| {
        page.justify_content = JustifyContent::Center;
    });
    hanger.commands.entity(card.root).with_children(|root| {
        let mut plate = root.spawn((controls::card(), Plate));
        plate.entry::<Node>().and_modify(|mut plate| {
            plate.min_width = px(WIDTHS_DMM.0);
            plate.max_width = px(WIDTHS_DMM.1);
            plate.row_gap = px(2);
        });
        plate.with_children(|page| {
            page.spawn((words::figure(""), FilmCardText(0)));
            for line in 1..LINES {
                let ink = if line < 3 { palette::INK_QUIET } else { palette::INK };
                page.spawn((
                    words::set("", type_size::CAPTION, FontWeight::NORMAL, ink),
                    FilmCardText(line),
                ));
            }
        });
    });
}

/// Where a card hangs for a film, seen from `head`, and whether it is to the right of the film.
fn beside(film: Vec3, head: Vec3) -> (Vec3, f32, bool) {
    let way = film - head;
    let ahead = way.normalize_or(Vec3::NEG_Z);
    let right = ahead.cross(Vec3::Y).normalize_or(Vec3::X);
    let distance = (way.length() * (1.0 - NEARER)).min(FURTHEST_M);
    let on_the_right = film.x / (-film.z).max(0.1) <= TURN_OVER;
    let aside = SIZE_M.x / 2.0 / READ_FROM_M + ASIDE;
    let aside = if on_the_right { aside } else { -aside };
    (head + (ahead + right * aside) * distance, distance / READ_FROM_M, on_the_right)
}

fn place_card(
    attention: Res<TasteAttention>,
    films: Option<Single<(&Cloud, &GlobalTransform), With<Films>>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    card: Option<Single<(&mut Card, &mut Transform, &mut Visibility)>>,
    mut plates: Query<&mut Node, With<Plate>>,
) {
    let (Some(films), Some(head), Some(card)) = (films, head, card) else {
        return;
    };
    let (films, dome) = *films;
    let (mut card, mut transform, mut seen) = card.into_inner();
    let head = head.translation();
    let film =
        attention.pointed.and_then(|film| Some((film, dome.transform_point(films.place(film)?))));
    if card.of != film.map(|(film, _)| film) {
        card.of = film.map(|(film, _)| film);
        if let Some((_, place)) = film {
            let (at, scale, on_the_right) = beside(place, head);
            // The plate stands at that edge of the panel that is next to the film.
            let edge = if on_the_right { AlignSelf::Start } else { AlignSelf::End };
            for mut plate in plates.iter_mut().filter(|plate| plate.align_self != edge) {
                plate.align_self = edge;
            }
            card.at = at;
            transform.scale = Vec3::splat(scale);
        }
        let wanted = if film.is_some() { Visibility::Inherited } else { Visibility::Hidden };
        seen.set_if_neq(wanted);
    }
    if card.of.is_some() {
        let wanted = Transform::from_translation(card.at)
            .with_scale(transform.scale)
            .looking_to(card.at - head, Vec3::Y);
        transform.set_if_neq(wanted);
    }
}

fn write_card(
    attention: Res<TasteAttention>,
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    sculpt: Res<Sculpt>,
    sculpting: Res<Sculpting>,
    mut texts: Query<(&FilmCardText, &mut Text, &mut Node)>,
) {
    if !attention.is_changed() && !shown.is_changed() && !sculpt.is_changed() {
        return;
    }
    let (Some(film), Some(ratings)) = (attention.pointed, run.0.material::<Ratings>()) else {
        return;
    };
    let answer = shown.answer::<TasteAnswer>();
    let mut page = page_of(film as usize, ratings, answer.map(AsRef::as_ref), &attention);
    page.extend(sculpt.in_words().filter(|_| *sculpting != Sculpting::Off));
    for (FilmCardText(line), mut text, mut node) in &mut texts {
        let wanted = page.get(*line).map_or("", String::as_str);
        controls::show(&mut node, !wanted.is_empty());
        if text.0 != wanted {
            wanted.clone_into(&mut text.0);
        }
    }
}

/// Every line of the card; an empty one is left out.
fn page_of(
    film: usize,
    ratings: &Ratings,
    answer: Option<&TasteAnswer>,
    attention: &TasteAttention,
) -> Vec<String> {
    let Some(item) = ratings.items.get(film) else {
        return Vec::new();
    };
    let genres: Vec<_> = item
        .genre_places()
        .filter_map(|place| ratings.genres.get(place).map(|name| of_table(name)))
        .collect();
    let whose = [Some(attention.who), attention.with].into_iter().flatten();
    let people = answer.map_or(&[][..], |answer| &answer.people);
    let predicted = whose.zip(people).filter_map(|(who, taste)| {
        let stars = taste.predicted.get(film)?;
        Some(match who {
            Who::You => say!("recommender-predicted-for-you", stars = format_args!("{:.1}", stars)),
            Who::Known(_) => say!(
                "recommender-predicted-for",
                who = name_of(who, Some(ratings)),
                stars = format_args!("{:.1}", stars)
            ),
        })
    });
    [named(item), enumerated(&genres), rated(item)].into_iter().chain(predicted).collect()
}

/// How an item was rated, in words.
fn rated(item: &Item) -> String {
    match item.count {
        0 => say!("recommender-never-rated").to_owned(),
        1 => say!("recommender-rated-once", mean = format_args!("{:.1}", item.mean)),
        count => say!(
            "recommender-mean-of-ratings",
            count = HumanCount(count.into()),
            mean = format_args!("{:.1}", item.mean)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_says_what_is_known_and_leaves_out_what_is_not() {
        let item = Item {
            title: "Alien".to_owned(),
            year: Some(1979),
            genres: 0b101,
            count: 1234,
            mean: 4.04,
            ..Item::default()
        };
        let ratings = Ratings {
            genres: ["Horror", "Comedy", "Sci-Fi"].map(str::to_owned).into(),
            items: vec![item].into(),
            ..Ratings::default()
        };
        let page = page_of(0, &ratings, None, &TasteAttention::default());
        assert_eq!(page, ["Alien (1979)", "Horror, Sci-Fi", "Mean of 1,234 ratings: 4.0"]);
        assert!(page_of(1, &ratings, None, &TasteAttention::default()).is_empty());
        assert_eq!(rated(&Item::default()), "Never rated");
    }

    #[test]
    fn the_card_hangs_before_boards_and_beside_its_film() {
        let (at, scale, on_the_right) = beside(vec3(0.0, 1.6, -4.0), vec3(0.0, 1.6, 0.0));
        assert!(on_the_right && at.x > SIZE_M.x / 2.0 && (at.z + FURTHEST_M).abs() < 1e-5);
        assert_eq!(scale, 1.0);
        let (at, scale, _) = beside(vec3(0.0, 1.6, -1.0), vec3(0.0, 1.6, 0.0));
        assert!(at.z > -0.8 && scale < 0.5);
        assert!(!beside(vec3(3.0, 1.6, -3.0), vec3(0.0, 1.6, 0.0)).2, "far right");
    }
}
