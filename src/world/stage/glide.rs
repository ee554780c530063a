//! The way of a thing from where it was seen last to where it belongs, so that one sees where it comes from.

use bevy::prelude::*;

/// How long it takes, in seconds: long enough to follow across the hall.
const GLIDE_SECS: f32 = 0.45;

/// On its way, in the space of its parent; whoever takes hold of it removes this.
#[derive(Component, Clone, Copy, Debug)]
pub struct Glides {
    from: Transform,
    to: Transform,
    secs: f32,
    /// How long it takes, in seconds.
    lasts_secs: f32,
    then: Option<Visibility>,
}

impl Glides {
    /// From one place to another.
    pub const fn between(from: Transform, to: Transform) -> Self {
        Self { from, to, secs: 0.0, lasts_secs: GLIDE_SECS, then: None }
    }

    /// The same; there it is put away, and stands again where it began.
    pub const fn away(from: Transform, to: Transform) -> Self {
        Self { then: Some(Visibility::Hidden), ..Self::between(from, to) }
    }

    /// The same, in so many seconds.
    pub const fn lasting(self, secs: f32) -> Self {
        Self { lasts_secs: secs, ..self }
    }

    /// Where it begins.
    pub const fn start(&self) -> Transform {
        self.from
    }

    /// Where it belongs in the end.
    pub const fn home(&self) -> Transform {
        match self.then {
            None => self.to,
            Some(_) => self.from,
        }
    }

    /// Where it is after this share of the time, 0..=1: slow at both ends.
    fn at(&self, share: f32) -> Transform {
        let share = share * share * (3.0 - 2.0 * share);
        Transform {
            translation: self.from.translation.lerp(self.to.translation, share),
            rotation: self.from.rotation.slerp(self.to.rotation, share),
            scale: self.from.scale.lerp(self.to.scale, share),
        }
    }
}

pub(super) fn glide(
    time: Res<Time<Real>>,
    mut things: Query<(Entity, &mut Glides, &mut Transform, &mut Visibility)>,
    mut commands: Commands,
) {
    for (entity, mut glides, mut place, mut seen) in &mut things {
        glides.secs += time.delta_secs();
        let share = (glides.secs / glides.lasts_secs).clamp(0.0, 1.0);
        if share < 1.0 {
            *place = glides.at(share);
            continue;
        }
        *place = glides.home();
        if let Some(then) = glides.then {
            *seen = then;
        }
        commands.entity(entity).remove::<Glides>();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bevy::time::{TimePlugin, TimeUpdateStrategy};

    use super::*;

    /// Where a thing is after some frames of 50 ms, and whether it is still on its way.
    fn after(frames: usize, glides: Glides) -> (Transform, Visibility, bool) {
        let mut app = App::new();
        app.add_plugins(TimePlugin)
            .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(50)))
            .add_systems(Update, glide);
        app.update();
        let thing = app.world_mut().spawn((glides, glides.from, Visibility::Inherited)).id();
        (0..frames).for_each(|_| app.update());
        let thing = app.world().entity(thing);
        let place = *thing.get::<Transform>().unwrap();
        (place, *thing.get::<Visibility>().unwrap(), thing.contains::<Glides>())
    }

    #[test]
    fn a_thing_is_on_its_way_and_then_where_it_belongs() {
        let (from, to) = (Transform::from_xyz(0.0, 1.0, 0.0), Transform::from_xyz(4.0, 0.0, 0.0));
        let (place, _, on_its_way) = after(4, Glides::between(from, to));
        assert!(on_its_way && place.translation.x > 1.0 && place.translation.x < 3.0, "{place:?}");
        let (place, seen, on_its_way) = after(10, Glides::between(from, to));
        assert_eq!((place, seen, on_its_way), (to, Visibility::Inherited, false));
    }

    #[test]
    fn what_goes_away_is_hidden_and_ready_to_come_again() {
        let (from, to) = (Transform::from_xyz(0.0, 0.1, 0.0), Transform::from_xyz(0.0, -0.2, 0.0));
        let (place, seen, on_its_way) = after(10, Glides::away(from, to));
        assert_eq!((place, seen, on_its_way), (from, Visibility::Hidden, false));
    }
}
