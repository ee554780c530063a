//! Names beside a few films, so that a class recognises the map.

use bevy::prelude::*;

use super::{
    attention::TasteAttention,
    dome::{DomeSystems, Films},
    dome_looks::predicted,
    dome_plate::{FilmName, NAME_M, NamePlate, READ_FROM_M, beside},
    dome_pointing::named,
    label_placement::{GivesWay, Hung, LabelSpace, give_way},
};
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID,
        payload::{Ratings, TasteAnswer},
    },
    words::width,
    world::{
        WorldSystems,
        display::Cloud,
        interaction::aim::Untouchable,
        link::{ShownRun, ShownSnapshot},
        stage::{OnStage, PlinthPlaced},
        ui::{
            palette,
            panel::{Hanger, PanelPlan},
            type_size, words,
        },
    },
};

/// How many films bear their names, the chosen one besides.
const NAMES: usize = 10;
/// Letters of a name that is not cut short.
const LETTERS: usize = 26;
/// Names stand where a first look goes: to the side and in height, in radians from the head.
const MOST_ASIDE: f32 = 0.6;
const HEIGHTS: (f32, f32) = (-0.16, 0.38);
/// Other films bear names at most this often, in seconds.
const CHOOSE_EVERY_SECS: f32 = 1.5;
/// Whoever has walked so far since sees others, in metres.
const WALKED_M: f32 = 0.1;
/// A film that bears its name keeps it while another is better by less than this factor.
const KEEP: f32 = 1.25;
/// After this many seconds 95 % of the way to a new place is gone.
const EASE_SECS: f32 = 0.25;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_names).add_systems(
        Update,
        (choose_names, write_names, move_names, give_way)
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(OnStage(EXHIBIT_ID))
            .after(DomeSystems),
    );
}

/// The text of a name.
#[derive(Component)]
struct PlateText(Entity);

/// Hangs a name that stands nowhere yet.
pub(super) fn hang_name(hanger: &mut Hanger, exhibit: Entity, ink: Color) -> Entity {
    let sign = hanger.hang(PanelPlan::clear("Name on the dome", NAME_M, READ_FROM_M));
    hanger.commands.entity(sign.panel).insert((
        NamePlate::default(),
        GivesWay::default(),
        Untouchable,
        Transform::default(),
        Visibility::Hidden,
        ChildOf(exhibit),
    ));
    hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
        page.justify_content = JustifyContent::Center;
    });
    hanger.commands.entity(sign.root).with_child((
        PlateText(sign.panel),
        words::set("", type_size::CAPTION, FontWeight::NORMAL, ink),
        TextLayout::no_wrap(),
    ));
    sign.panel
}

fn hang_names(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    for place in 0..=NAMES {
        let ink = if place == 0 { palette::ACCENT_BRIGHT } else { palette::INK };
        let plate = hang_name(&mut hanger, placed.entity, ink);
        hanger.commands.entity(plate).insert(FilmName(place));
    }
}

/// Where a name would be seen, if a first look goes there.
fn in_sight(view: &LabelSpace, place: Vec3, letters: usize) -> Option<Rect> {
    let at = view.direction(place);
    let in_sight = at.x.abs() < MOST_ASIDE && (HEIGHTS.0..HEIGHTS.1).contains(&at.y);
    view.name(place, letters).filter(|_| in_sight)
}

/// The films that should bear names: many know them, they are liked, and their names do not run into each other.
fn best(
    films: &Cloud,
    ratings: &Ratings,
    answer: Option<&TasteAnswer>,
    attention: &TasteAttention,
    before: &[u32],
    mut view: LabelSpace,
) -> Vec<u32> {
    let value = |place: u32| {
        let item = ratings.items.get(place as usize)?;
        let stars = answer.and_then(|answer| predicted(answer, place as usize)).unwrap_or(1.0);
        let kept = if before.contains(&place) { KEEP } else { 1.0 };
        let seen = attention.list.admits(item, item.count) && attention.chosen != Some(place);
        seen.then_some((item.count as f32).sqrt() * stars * kept)
    };
    let mut ranked: Vec<(u32, f32)> =
        (0..films.len() as u32).filter_map(|place| Some((place, value(place)?))).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let named = |film: u32| {
        let letters = width(&shortened(&named(ratings.items.get(film as usize)?)));
        Some((films.place(film)?, letters))
    };
    if let Some((place, letters)) = attention.chosen.and_then(named)
        && let Some(name) = view.name(place, letters)
    {
        view.take(name);
    }
    let mut chosen = Vec::new();
    for (film, _) in ranked {
        let name = named(film).and_then(|(place, letters)| in_sight(&view, place, letters));
        let Some(name) = name.filter(|name| view.has_room(*name)) else {
            continue;
        };
        view.take(name);
        chosen.push(film);
        if chosen.len() == NAMES {
            break;
        }
    }
    chosen
}

/// What bears a name, and what that was chosen for.
#[derive(Default)]
struct Chosen {
    films: Vec<u32>,
    attention: Option<TasteAttention>,
    next_secs: f32,
    stale: bool,
    head: Vec3,
}

fn choose_names(
    time: Res<Time<Real>>,
    attention: Res<TasteAttention>,
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    films: Option<Single<&Cloud, With<Films>>>,
    hung: Hung,
    mut plates: Query<(&FilmName, &mut NamePlate)>,
    mut chosen: Local<Chosen>,
) {
    let (Some(films), Some(ratings)) = (films, run.0.material::<Ratings>()) else {
        return;
    };
    let now = TasteAttention { pointed: None, ..attention.clone() };
    let turned = chosen.attention.as_ref() != Some(&now);
    let head = hung.head();
    let walked = chosen.head.distance(head) > WALKED_M;
    chosen.stale |= shown.is_changed() || walked;
    if turned || (chosen.stale && time.elapsed_secs() >= chosen.next_secs) {
        let answer = shown.answer::<TasteAnswer>();
        let answer = answer.map(AsRef::as_ref);
        let films = best(&films, ratings, answer, &now, &chosen.films, hung.view());
        // Who keeps a name keeps its plate too.
        let mut kept: Vec<Option<u32>> = chosen
            .films
            .iter()
            .map(|film| films.contains(film).then_some(*film))
            .chain(std::iter::repeat(None))
            .take(NAMES)
            .collect();
        for film in films.iter().filter(|film| !chosen.films.contains(film)) {
            if let Some(free) = kept.iter_mut().find(|plate| plate.is_none()) {
                *free = Some(*film);
            }
        }
        chosen.films = kept.into_iter().map(|film| film.unwrap_or(u32::MAX)).collect();
        chosen.attention = Some(now);
        chosen.next_secs = time.elapsed_secs() + CHOOSE_EVERY_SECS;
        chosen.stale = false;
        chosen.head = head;
    } else if !shown.is_changed() {
        return;
    }
    for (FilmName(plate), mut name) in &mut plates {
        let film = match plate.checked_sub(1) {
            None => attention.chosen,
            Some(plate) => chosen.films.get(plate).copied(),
        };
        let wanted = film.and_then(|film| {
            let item = ratings.items.get(film as usize)?;
            Some((shortened(&named(item)), films.place(film)?))
        });
        name.set_if_neq(NamePlate(wanted));
    }
}

/// A name that is not too long.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let start: String = name.chars().take(LETTERS - 1).collect();
    format!("{}…", start.trim_end())
}

fn write_names(
    plates: Query<&NamePlate, Changed<NamePlate>>,
    mut texts: Query<(&PlateText, &mut Text, &mut Node)>,
) {
    if plates.is_empty() {
        return;
    }
    for (PlateText(plate), mut text, mut node) in &mut texts {
        let Ok(NamePlate(Some((name, place)))) = plates.get(*plate) else {
            continue;
        };
        if text.0 != *name {
            text.0.clone_from(name);
        }
        // The words begin or end at the place.
        let side = if place.x > 0.0 { AlignSelf::End } else { AlignSelf::Start };
        if node.align_self != side {
            node.align_self = side;
        }
    }
}

fn move_names(time: Res<Time>, mut plates: Query<(&NamePlate, &mut Transform, &Visibility)>) {
    for (plate, mut transform, seen) in &mut plates {
        let Some((_, place)) = &plate.0 else {
            continue;
        };
        let wanted = beside(*place);
        let left = wanted.translation.distance_squared(transform.translation);
        if *seen == Visibility::Hidden || left < 1e-6 {
            transform.set_if_neq(wanted);
            continue;
        }
        let gone = 1.0 - (-3.0 * time.delta_secs() / EASE_SECS).exp();
        transform.translation = transform.translation.lerp(wanted.translation, gone);
        (transform.rotation, transform.scale) = (wanted.rotation, wanted.scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::stage::plan::EYE_HEIGHT_M;

    #[test]
    fn names_keep_apart_and_in_sight() {
        let at = |aside: f32, up: f32| {
            vec3(aside, EYE_HEIGHT_M + up, -1.0) * 4.0 - Vec3::Y * 3.0 * EYE_HEIGHT_M
        };
        let mut view = LabelSpace::from(Vec3::Y * EYE_HEIGHT_M);
        let free = |view: &LabelSpace, place: Vec3| {
            in_sight(view, place, 12).is_some_and(|name| view.has_room(name))
        };
        view.take(in_sight(&view, at(-0.1, 0.1), 12).unwrap());
        assert!(!free(&view, at(-0.05, 0.11)));
        assert!(!free(&view, at(0.1, 0.1)), "it goes to the left");
        assert!(free(&view, at(-0.1, 0.2)), "above");
        assert!(!free(&view, at(0.9, 0.1)), "too far aside");
        assert!(!free(&view, at(0.0, 0.6)), "before the progress banner");
    }

    #[test]
    fn a_name_stands_beside_its_film_and_faces_the_middle() {
        assert!(beside(vec3(1.0, 1.6, -4.6)).translation.x < 1.0 - NAME_M.x / 2.0);
        let place = beside(vec3(0.0, 1.6, -4.6));
        assert!(place.translation.x > NAME_M.x / 2.0 && place.translation.z == -4.6);
        assert!((place.rotation * Vec3::Z).abs_diff_eq(Vec3::Z, 1e-6));
        let view = LabelSpace::from(Vec3::Y * 1.6);
        assert!(
            (view.direction(vec3(4.0, 1.6, -4.0)).x - std::f32::consts::FRAC_PI_4).abs() < 1e-6
        );
    }

    #[test]
    fn long_names_are_cut_short() {
        assert_eq!(shortened("Alien (1979)"), "Alien (1979)");
        let long = shortened("Dr. Strangelove or: How I Learned to Stop Worrying (1964)");
        assert!(long.ends_with('…') && long.chars().count() <= LETTERS);
    }
}
