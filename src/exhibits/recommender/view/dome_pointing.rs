//! Pointing at films and choosing them, and what is said of that to those who watch.

use bevy::prelude::*;

use super::{
    attention::{AttentionSystems, Sculpting, TasteAttention},
    dome::{DomeSystems, Films},
    dome_looks::predicted,
};
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID,
        payload::{Item, Ratings, TasteAnswer},
    },
    words::Word,
    world::{
        WorldSystems,
        display::Cloud,
        hall_events::TellPointed,
        interaction::{
            aim::{AimHits, AimPressed},
            back::{BackSystems, GoesBack},
        },
        link::{ShownRun, ShownSnapshot},
        pointed_at::PointedAt,
    },
};

/// What the number is called that is told of a film.
const PREDICTED: Word = key!("recommender-predicted-stars");

pub(super) fn plugin(app: &mut App) {
    app.add_observer(choose_film)
        .add_systems(
            Update,
            (let_go.in_set(BackSystems::Choice), note_pointed).in_set(AttentionSystems),
        )
        .add_systems(
            Update,
            (light_films, tell_pointed, say_pointed)
                .chain()
                .in_set(WorldSystems::Show)
                .in_set(super::ON_STAGE)
                .after(DomeSystems),
        );
}

/// A film and when it appeared, as one says it.
pub(super) fn named(item: &Item) -> String {
    item.called()
}

/// Takes what the aims meet; what others pointed at elsewhere is left alone.
fn note_pointed(
    aims: AimHits,
    films: Option<Single<Entity, With<Films>>>,
    mut attention: ResMut<TasteAttention>,
    mut ours: Local<Option<u32>>,
) {
    let Some(films) = films else {
        return;
    };
    let found = aims.iter().filter(|hit| hit.surface == *films).find_map(|hit| hit.part);
    let taken_back = found.is_none() && ours.is_some() && attention.pointed == *ours;
    if attention.pointed != found && (found.is_some() || taken_back) {
        attention.pointed = found;
    }
    *ours = found;
}

fn choose_film(
    press: On<AimPressed>,
    films: Query<(), With<Films>>,
    sculpting: Res<Sculpting>,
    mut attention: ResMut<TasteAttention>,
) {
    if films.contains(press.entity) && *sculpting == Sculpting::Off && press.part.is_some() {
        attention.chosen = press.part;
    }
}

fn let_go(mut back: GoesBack, mut attention: ResMut<TasteAttention>) {
    if back.take(attention.chosen.is_some()) {
        attention.chosen = None;
    }
}

fn light_films(attention: Res<TasteAttention>, films: Option<Single<&mut Cloud, With<Films>>>) {
    let Some(mut films) = films else {
        return;
    };
    // A light is no other cloud, so nobody need look at all films anew.
    let films = films.bypass_change_detection();
    if (films.pointed, films.chosen) != (attention.pointed, attention.chosen) {
        (films.pointed, films.chosen) = (attention.pointed, attention.chosen);
    }
}

fn tell_pointed(attention: Res<TasteAttention>, shown: Res<ShownSnapshot>, mut tell: TellPointed) {
    let Some(item) = attention.pointed else {
        tell.nothing();
        return;
    };
    let Some(snapshot) = shown.get() else {
        return;
    };
    let step = shown.answered_at().unwrap_or(snapshot.step);
    let stars = shown.answer::<TasteAnswer>().and_then(|answer| predicted(answer, item as usize));
    if let Some(value) = stars {
        tell.of(PREDICTED.text(), [0, 0, item as usize].into(), value, step);
    }
}

/// Says what is pointed at to those who watch.
fn say_pointed(
    attention: Res<TasteAttention>,
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    said: Option<ResMut<PointedAt>>,
    mut last: Local<Option<u32>>,
) {
    let ours = run.0.started().is_some_and(|started| started.exhibit == EXHIBIT_ID);
    let (Some(mut said), true) = (said, ours && (attention.is_changed() || shown.is_changed()))
    else {
        return;
    };
    let item = attention.pointed.map(|item| item as usize);
    let words = item.zip(run.0.material::<Ratings>()).and_then(|(place, ratings)| {
        let name = named(ratings.items.get(place)?);
        let stars =
            shown.get().and_then(|snapshot| predicted(snapshot.answer::<TasteAnswer>()?, place));
        Some(match stars {
            Some(stars) => {
                say!("recommender-predicted", name, stars = format_args!("{:.1}", stars))
            }
            None => name,
        })
    });
    // Another exhibit may have said something since.
    if words.is_some() || last.is_some() {
        *last = attention.pointed.filter(|_| words.is_some());
        said.set_if_neq(PointedAt(words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::interaction::{
        aim::{AimedAt, Hit},
        intent::Intent,
    };

    fn room() -> (App, Entity, Entity) {
        let mut app = App::new();
        app.init_resource::<TasteAttention>()
            .init_resource::<Sculpting>()
            .add_message::<Intent>()
            .add_observer(choose_film)
            .add_systems(Update, (let_go, note_pointed, light_films).chain());
        let cloud = Cloud::new(0.03, Vec::new(), Color::NONE);
        let films = app.world_mut().spawn((Films, cloud)).id();
        let aim = app.world_mut().spawn(AimedAt(None)).id();
        (app, films, aim)
    }

    fn point(app: &mut App, aim: Entity, at: Option<(Entity, u32)>) -> Option<u32> {
        let hit = at.map(|(surface, part)| Hit {
            surface,
            uv: Vec2::splat(0.5),
            part: Some(part),
            point: Vec3::ZERO,
            distance: 1.0,
        });
        app.world_mut().entity_mut(aim).insert(AimedAt(hit));
        app.update();
        app.world().resource::<TasteAttention>().pointed
    }

    #[test]
    fn leaving_a_film_takes_back_only_what_was_pointed_at_here() {
        let (mut app, films, aim) = room();
        assert_eq!(point(&mut app, aim, Some((films, 7))), Some(7));
        assert_eq!(app.world().get::<Cloud>(films).unwrap().pointed, Some(7));
        assert_eq!(point(&mut app, aim, None), None);
        app.world_mut().resource_mut::<TasteAttention>().pointed = Some(3);
        assert_eq!(point(&mut app, aim, None), Some(3), "on a list, by somebody else");
        assert_eq!(point(&mut app, aim, Some((aim, 5))), Some(3), "other points");
    }

    #[test]
    fn a_press_chooses_unless_it_sculpts_and_back_lets_go() {
        let (mut app, films, aim) = room();
        let press = |app: &mut App, part| {
            app.world_mut().trigger(AimPressed {
                entity: films,
                aim,
                uv: Vec2::ZERO,
                part: Some(part),
                point: Vec3::ZERO,
            });
            app.update();
            app.world().resource::<TasteAttention>().chosen
        };
        assert_eq!(press(&mut app, 4), Some(4));
        *app.world_mut().resource_mut::<Sculpting>() = Sculpting::Raise;
        assert_eq!(press(&mut app, 9), Some(4));
        app.world_mut().write_message(Intent::Back);
        app.update();
        assert_eq!(app.world().resource::<TasteAttention>().chosen, None);
    }
}
