//! Words that stand back until somebody points at what they tell of, so that few are read at once.

use bevy::prelude::*;

use crate::world::{WorldSystems, interaction::aim::AimedAt};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.in_set(WorldSystems::Show));
}

/// Words that are seen only while an aim is on this surface or on one that hangs on it, or only while none is.
#[derive(Component, Clone, Copy, Debug)]
pub struct WhilePointed {
    surface: Entity,
    pointed: bool,
}

/// What makes words of a page stand back while no aim is on `surface` or on what hangs on it; their place stays free for them.
pub fn while_pointed(surface: Entity) -> impl Bundle {
    (WhilePointed { surface, pointed: true }, Visibility::Hidden)
}

/// What makes words of a page give their place to those that are seen while an aim is on `surface`.
pub fn unless_pointed(surface: Entity) -> impl Bundle {
    (WhilePointed { surface, pointed: false }, Visibility::Inherited)
}

fn show(
    aims: Query<&AimedAt>,
    hung: Query<&ChildOf>,
    mut words: Query<(&WhilePointed, &mut Visibility)>,
    mut last: Local<Vec<Entity>>,
) {
    let pointed = || aims.iter().filter_map(|aim| aim.0.map(|hit| hit.surface));
    if pointed().eq(last.iter().copied()) {
        return;
    }
    last.clear();
    last.extend(pointed());
    let hangs_on = |of: Entity| {
        last.iter().any(|at| *at == of || hung.iter_ancestors(*at).any(|above| above == of))
    };
    for (of, mut seen) in &mut words {
        let is_seen = hangs_on(of.surface) == of.pointed;
        seen.set_if_neq(if is_seen { Visibility::Inherited } else { Visibility::Hidden });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::interaction::aim::Hit;

    #[test]
    fn words_are_seen_while_an_aim_is_on_what_they_tell_of() {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, plugin));
        let [one, other] = [(); 2].map(|()| app.world_mut().spawn_empty().id());
        let words = app.world_mut().spawn(while_pointed(one)).id();
        let others = app.world_mut().spawn(unless_pointed(one)).id();
        let part = app.world_mut().spawn(ChildOf(one)).id();
        let aim = app.world_mut().spawn(AimedAt::default()).id();
        let mut seen_at = |surface: Option<Entity>| {
            let (uv, point) = (Vec2::ZERO, Vec3::ZERO);
            let hit = |surface| Hit { surface, uv, part: None, point, distance: 1.0 };
            app.world_mut().entity_mut(aim).insert(AimedAt(surface.map(hit)));
            app.update();
            let [seen, gone] = [words, others].map(|words| {
                *app.world().get::<Visibility>(words).unwrap() == Visibility::Inherited
            });
            assert_ne!(seen, gone, "one is in the other's place");
            seen
        };
        assert_eq!(
            [None, Some(one), Some(other), Some(part), None].map(&mut seen_at),
            [false, true, false, true, false]
        );
    }
}
