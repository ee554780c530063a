//! The head aims, where no hand does: a headset without controllers, for whoever presses by resting.

use bevy::prelude::*;

use super::{Hand, HandInput};
use crate::world::{
    Head,
    access::{Access, dwell::Reticle},
    headset::Headset,
    interaction::{
        AimSystems,
        aim::{Aim, Reach},
    },
};

/// As far as a hand's ray reaches, in metres.
const REACH_M: f32 = 10.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, |mut commands: Commands| {
        commands.spawn((Name::new("Gaze"), Gaze, Aim::default(), Reach(REACH_M), Reticle));
    })
    .add_systems(
        PreUpdate,
        aim_with_the_head.run_if(resource_exists::<Access>).in_set(AimSystems::Point),
    );
}

/// The aim of the head.
#[derive(Component, Clone, Copy, Debug)]
struct Gaze;

fn aim_with_the_head(
    access: Res<Access>,
    headset: Option<Res<Headset>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    hands: Query<&HandInput, With<Hand>>,
    mut gazes: Query<&mut Aim, With<Gaze>>,
) {
    let hands_aim = hands.iter().any(|hand| hand.tracked);
    let worn = matches!(headset.as_deref(), Some(Headset::Worn { focused: true, .. }));
    let aims = worn && access.dwell_secs.is_some() && !hands_aim;
    let ray = head.filter(|_| aims).map(|head| Ray3d::new(head.translation(), head.forward()));
    for mut aim in &mut gazes {
        if aim.ray != ray || aim.pressed {
            *aim = Aim { ray, ..default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A visitor who looks ahead from 1.6 m, and what the head aims at.
    fn ray(dwell_secs: Option<f32>, headset: Headset, tracked: bool) -> Option<Ray3d> {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, TransformPlugin, plugin))
            .insert_resource(Access { dwell_secs, ..default() })
            .insert_resource(headset);
        app.world_mut().spawn((Head, Transform::from_xyz(0.0, 1.6, 0.0)));
        app.world_mut().spawn((Hand(super::super::Side::Left), HandInput { tracked, ..default() }));
        app.update();
        app.update();
        let world = app.world_mut();
        world.query_filtered::<&Aim, With<Gaze>>().single(world).unwrap().ray
    }

    #[test]
    fn the_head_aims_where_no_hand_does_and_only_for_whoever_presses_by_resting() {
        let worn = Headset::Worn { visible: true, focused: true };
        let ahead = Ray3d::new(vec3(0.0, 1.6, 0.0), Dir3::NEG_Z);
        assert_eq!(ray(Some(1.0), worn.clone(), false), Some(ahead));
        assert_eq!(ray(Some(1.0), worn.clone(), true), None, "a hand aims");
        assert_eq!(ray(None, worn, false), None, "nothing is pressed by resting");
        assert_eq!(ray(Some(1.0), Headset::Ready, false), None, "it is not worn");
    }
}
