//! People on the dome: rings where the tastes lie that are looked at, and, when wanted, everybody as faint points.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    attention::{TasteAttention, Who},
    dome::DomeSystems,
    dome_names::hang_name,
    dome_plate::NamePlate,
    dome_shape::DomeFit,
};
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID, PEOPLE_PLACES,
        payload::{Ratings, TasteAnswer},
    },
    world::{
        WorldSystems,
        display::{Cloud, Marks, PointLook},
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{palette, panel::Hanger},
    },
};

/// The radius of a person's point, in metres.
const PERSON_M: f32 = 0.011;
/// The radius of the mark of those whose taste is looked at, in metres.
const MARK_M: f32 = 0.024;
/// How bright everybody is, and how bright who is looked at, in 255ths.
const FAINT: u8 = 120;
const CLEAR: u8 = 255;
/// Two can be looked at.
const MOST: usize = 2;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Everybody>().add_observer(hang_people).add_systems(
        Update,
        (show_everybody, mark_tastes)
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE)
            .after(DomeSystems),
    );
}

/// Whether all people are shown beside the films.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Everybody(pub bool);

/// The cloud of all people whose ratings are learned.
#[derive(Component)]
struct People;

/// The cloud of those whose taste is looked at.
#[derive(Component)]
struct Tastes;

/// The name beside the first or second of them.
#[derive(Component)]
struct TasteName(usize);

fn hang_people(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    hanger.commands.spawn((
        Name::new("People"),
        People,
        Cloud::new(PERSON_M, vec![palette::INK_QUIET], palette::ACCENT),
        Visibility::Hidden,
        ChildOf(placed.entity),
    ));
    hanger.commands.spawn((
        Name::new("Tastes"),
        Tastes,
        Cloud::new(MARK_M, vec![palette::INK], palette::ACCENT),
        ChildOf(placed.entity),
    ));
    for person in 0..MOST {
        let plate = hang_name(&mut hanger, placed.entity, palette::ACCENT_BRIGHT);
        hanger.commands.entity(plate).insert(TasteName(person));
    }
}

/// What a person is called.
pub(super) fn name_of(who: Who, ratings: Option<&Ratings>) -> String {
    match who {
        Who::You => say!("recommender-you").to_owned(),
        Who::Known(person) => {
            let known = ratings.and_then(|ratings| ratings.people.get(person as usize));
            say!("recommender-person", known = known.map_or("?", String::as_str))
        }
    }
}

fn show_everybody(
    wanted: Res<Everybody>,
    shown: Res<ShownSnapshot>,
    fit: Res<DomeFit>,
    people: Option<Single<(&mut Cloud, &mut Visibility), With<People>>>,
) {
    let (Some(people), true) = (people, wanted.is_changed() || shown.is_changed()) else {
        return;
    };
    let (mut cloud, mut seen) = people.into_inner();
    seen.set_if_neq(if wanted.0 { Visibility::Inherited } else { Visibility::Hidden });
    if let Some(places) = shown.layer(PEOPLE_PLACES).filter(|_| wanted.0) {
        cloud.show_places(&fit.places(&places.values).into());
        let look = PointLook { size: 255, brightness: FAINT, ..PointLook::default() };
        cloud.show_looks(&vec![look.word(); places.values.len() / 3].into());
    }
}

fn mark_tastes(
    attention: Res<TasteAttention>,
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    fit: Res<DomeFit>,
    tastes: Option<Single<&mut Cloud, With<Tastes>>>,
    mut names: Query<(&TasteName, &mut NamePlate)>,
) {
    let (Some(mut tastes), true) = (tastes, attention.is_changed() || shown.is_changed()) else {
        return;
    };
    let answer = shown.answer::<TasteAnswer>();
    let people = answer.map_or(&[][..], |answer| &answer.people);
    let places: Vec<Vec3> = people.iter().take(MOST).map(|taste| fit.place(taste.place)).collect();
    let numbers: Arc<[f32]> = places.iter().flat_map(Vec3::to_array).collect();
    if tastes.places() != &numbers {
        tastes.show_places(&numbers);
    }
    let look = PointLook { colour: 0, size: 255, brightness: CLEAR, marks: Marks::DOUBLE_RING };
    tastes.show_looks(&vec![look.word(); places.len()].into());
    let whose = [Some(attention.who), attention.with];
    for (TasteName(person), mut plate) in &mut names {
        let who = whose.get(*person).copied().flatten();
        let words = who.map(|who| name_of(who, run.0.material::<Ratings>().map(Arc::as_ref)));
        let place = places.get(*person).copied().filter(|place| place.is_finite());
        let wanted = words.zip(place);
        plate.set_if_neq(NamePlate(wanted));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_called_as_in_the_file() {
        let ratings = Ratings { people: ["15".to_owned()].into(), ..Ratings::default() };
        assert_eq!(name_of(Who::Known(0), Some(&ratings)), "Person 15");
        assert_eq!(name_of(Who::Known(9), Some(&ratings)), "Person ?");
        assert_eq!(name_of(Who::You, None), "You");
    }
}
