//! The passage from one exhibit to another, as it is seen: what comes grows out of its plinth, which goes down into the
//! floor; what goes shrinks onto its own, which comes up.
//!
//! The exhibit that goes can no longer be seen itself: what is pressed on it would be asked of the other's trainer. Its emblem
//! goes the way in its place.

use bevy::prelude::*;

use super::{
    ActiveExhibit,
    signs::{Part, WaitsFor},
};
use crate::{
    stream::ExhibitId,
    world::{
        WorldSystems,
        motion::Motion,
        stage::{
            Exhibited, Glides,
            plan::{PLINTH_HEIGHT_M, RING_RADIUS_M},
        },
    },
};

/// How large an exhibit is on its plinth, beside its size on the stage.
const SMALL: f32 = 0.07;
/// How large an emblem is on the stage, beside its size on its plinth.
const LARGE: f32 = 4.0;
/// Height of the middle of an exhibit on the stage, in metres.
const MIDDLE_M: f32 = 1.5;
/// How far a plinth goes down, in metres: all of it is then below the floor.
const DOWN_M: f32 = PLINTH_HEIGHT_M + 0.02;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        pass.in_set(WorldSystems::Show).run_if(resource_exists::<ActiveExhibit>),
    );
}

type Waiting<'a> = (
    Entity,
    &'a WaitsFor,
    &'a mut Transform,
    &'a mut Visibility,
    Option<&'a Glides>,
    Option<&'a ChildOf>,
);

fn pass(
    playing: Res<ActiveExhibit>,
    motion: Res<Motion>,
    mut parts: Query<Waiting, Without<Exhibited>>,
    mut places: Query<(Entity, &Exhibited, &mut Transform, Option<&Glides>)>,
    mut done: Local<Option<ExhibitId>>,
    mut commands: Commands,
) {
    let comes = playing.0;
    if *done == Some(comes) {
        return;
    }
    let left = done.replace(comes).filter(|_| *motion == Motion::Usual);
    let plinths: Vec<(Entity, Transform)> = parts
        .iter()
        .filter(|(_, waits, ..)| waits.part == Part::Plinth)
        .map(|(entity, _, place, _, glides, _)| (entity, home(*place, glides)))
        .collect();
    let of = |entity: Entity| plinths.iter().find(|(plinth, _)| *plinth == entity);
    let mut comes_from = None;
    for (entity, waits, mut place, mut seen, glides, parent) in &mut parts {
        let at = home(*place, glides);
        let down = Transform { translation: at.translation - Vec3::Y * DOWN_M, ..at };
        let makes_way = waits.exhibit == comes;
        let way = match (waits.part, makes_way) {
            (Part::Plinth, true) => {
                comes_from = Some(at);
                left.map(|_| Glides::away(at, down))
            }
            (Part::Plinth, false) => Some(Glides::between(down, at)),
            (Part::Emblem, false) => parent
                .and_then(|parent| of(parent.parent()))
                .map(|(_, plinth)| Glides::between(on_stage(*plinth, at), at)),
            (Part::Sign, _) | (Part::Emblem, true) => None,
        }
        .filter(|_| makes_way || left == Some(waits.exhibit));
        // What stands on a plinth goes where that goes, but is not what comes to the stage.
        let stays = makes_way && way.is_some();
        let wanted = if makes_way && !stays { Visibility::Hidden } else { Visibility::Inherited };
        seen.set_if_neq(wanted);
        match way {
            Some(way) => {
                place.set_if_neq(way.start());
                commands.entity(entity).insert(way);
            }
            None => {
                place.set_if_neq(at);
                commands.entity(entity).remove::<Glides>();
            }
        }
    }
    let Some(plinth) = comes_from.filter(|_| left.is_some()) else {
        return;
    };
    for (entity, _, mut place, glides) in places.iter_mut().filter(|place| place.1.0 == comes) {
        let to = home(*place, glides);
        let way = Glides::between(on_plinth(plinth), to);
        *place = way.start();
        commands.entity(entity).insert(way);
    }
}

/// Where something belongs, though it may be on its way.
fn home(place: Transform, glides: Option<&Glides>) -> Transform {
    glides.map_or(place, Glides::home)
}

/// An exhibit, small, as if it stood on a plinth.
fn on_plinth(plinth: Transform) -> Transform {
    // It lies ahead of its own origin, and so does the middle of the stage of the plinth.
    let ahead = vec3(0.0, MIDDLE_M, -RING_RADIUS_M) * SMALL;
    let top = plinth.translation + Vec3::Y * (PLINTH_HEIGHT_M / 2.0 + MIDDLE_M * SMALL);
    Transform {
        translation: top - plinth.rotation * ahead,
        rotation: plinth.rotation,
        scale: Vec3::splat(SMALL),
    }
}

/// An emblem, large, in the middle of the stage, in the space of its plinth.
fn on_stage(plinth: Transform, at: Transform) -> Transform {
    let middle = vec3(0.0, MIDDLE_M, -RING_RADIUS_M);
    let translation = plinth.rotation.inverse() * (middle - plinth.translation);
    let rotation = plinth.rotation.inverse();
    Transform { translation, rotation, scale: at.scale * LARGE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::stage::plan::facing_middle;

    const HILLS: ExhibitId = ExhibitId::new("hills");
    const FILMS: ExhibitId = ExhibitId::new("films");

    struct Scene {
        app: App,
        places: [Entity; 2],
        plinths: [Entity; 2],
        emblems: [Entity; 2],
    }

    /// A hall with two exhibits, the hills on the stage.
    fn scene(motion: Motion) -> Scene {
        let mut app = App::new();
        app.insert_resource(motion).insert_resource(ActiveExhibit(HILLS)).add_plugins(plugin);
        let both = [(HILLS, 80.0), (FILMS, 280.0)];
        let world = app.world_mut();
        let plinths = both.map(|(exhibit, bearing)| {
            let place = facing_middle(bearing, RING_RADIUS_M, PLINTH_HEIGHT_M / 2.0);
            world
                .spawn((WaitsFor { exhibit, part: Part::Plinth }, place, Visibility::Inherited))
                .id()
        });
        let emblems = [0, 1].map(|number: usize| {
            let waits = WaitsFor { exhibit: both[number].0, part: Part::Emblem };
            let place = Transform::from_xyz(0.0, 0.4, 0.0);
            world.spawn((waits, place, Visibility::Inherited, ChildOf(plinths[number]))).id()
        });
        let places = both.map(|(exhibit, _)| world.spawn(Exhibited(exhibit)).id());
        app.update();
        Scene { app, places, plinths, emblems }
    }

    impl Scene {
        fn visit(&mut self, exhibit: ExhibitId) {
            self.app.insert_resource(ActiveExhibit(exhibit));
            self.app.update();
        }

        fn is_seen(&self, entity: Entity) -> bool {
            *self.app.world().get::<Visibility>(entity).unwrap() != Visibility::Hidden
        }

        fn glides(&self, entity: Entity) -> bool {
            self.app.world().entity(entity).contains::<Glides>()
        }

        fn place(&self, entity: Entity) -> Transform {
            *self.app.world().get::<Transform>(entity).unwrap()
        }
    }

    #[test]
    fn the_first_exhibit_stands_on_the_stage_at_once() {
        let scene = scene(Motion::Usual);
        assert!(!scene.is_seen(scene.plinths[0]) && scene.is_seen(scene.plinths[1]));
        for entity in scene.places.iter().chain(&scene.plinths).chain(&scene.emblems) {
            assert!(!scene.glides(*entity));
        }
    }

    #[test]
    fn what_comes_grows_out_of_its_plinth_and_what_goes_shrinks_onto_its_own() {
        let mut scene = scene(Motion::Usual);
        let before = scene.emblems.map(|emblem| scene.place(emblem));
        scene.visit(FILMS);
        let comes = scene.place(scene.places[1]);
        let middle = comes.transform_point(vec3(0.0, MIDDLE_M, -RING_RADIUS_M));
        let over = middle - scene.place(scene.plinths[1]).translation;
        assert!(over.xz().length() < 1e-4 && over.y > 0.0 && over.y < 1.0, "{over}");
        assert!(scene.glides(scene.places[1]) && !scene.glides(scene.places[0]));
        let plinth = scene.place(scene.plinths[0]);
        let up = Transform { translation: plinth.translation + Vec3::Y * DOWN_M, ..plinth };
        let goes = up.transform_point(scene.place(scene.emblems[0]).translation);
        assert!(goes.abs_diff_eq(vec3(0.0, MIDDLE_M, -RING_RADIUS_M), 1e-4), "{goes}");
        assert!(scene.is_seen(scene.plinths[0]) && plinth.translation.y < 0.0);
        // Turning back half way ends where everything began.
        scene.visit(HILLS);
        let end = |entity| home(scene.place(entity), scene.app.world().get::<Glides>(entity));
        assert_eq!(scene.emblems.map(end), before);
        assert_eq!(end(scene.places[0]), Transform::IDENTITY);
        assert!((end(scene.plinths[0]).translation.y - PLINTH_HEIGHT_M / 2.0).abs() < 1e-5);
    }

    #[test]
    fn with_less_motion_all_is_where_it_belongs_at_once() {
        let mut scene = scene(Motion::Less);
        scene.visit(FILMS);
        assert!(scene.is_seen(scene.plinths[0]) && !scene.is_seen(scene.plinths[1]));
        assert_eq!(scene.place(scene.places[1]), Transform::IDENTITY);
        for entity in scene.places.iter().chain(&scene.plinths).chain(&scene.emblems) {
            assert!(!scene.glides(*entity));
        }
    }
}
