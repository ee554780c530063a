//! How hands look: a plain form in each, a short beam where it points, and a cursor where that meets something.

mod beam;
mod cursor;
mod fingers;
mod form;
#[cfg(test)]
pub(super) mod seen;

use bevy::prelude::*;

use crate::world::draw::{MeshMaterial3d, PlainMaterial};

use super::{Hand, HandInput, HandJoints, HandKind, point::Pointing};
use crate::world::{WorldSystems, interaction::aim::Aim, ui::palette};
pub(in crate::world) use form::rings;
use form::{lathe, round_ends};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (dress_hands, (follow_aim, show_forms, beam::show, cursor::show, fingers::show))
            .chain()
            .in_set(WorldSystems::Show),
    );
}

/// The hand that something belongs to.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
struct Of(Entity);

/// What a hand holds, around its grip: a handle along the hollow of the fist.
#[derive(Component)]
struct Handle;

/// Stands where the hand points from; its children are the nose and the beam.
#[derive(Component)]
#[require(Transform, Visibility)]
struct Muzzle;

/// The lit end of the form, which says which way it points and whether it is pressed.
#[derive(Component)]
struct Nose {
    at_rest: Handle3d,
    pressed: Handle3d,
}

type Handle3d = MeshMaterial3d<PlainMaterial>;

/// From the middle of the palm, in metres: z backwards, and radius; a little longer than a palm is wide.
const HANDLE: [(f32, f32); 6] = [
    (0.064, 0.0085),
    (0.05, 0.0115),
    (0.02, 0.0132),
    (-0.01, 0.0128),
    (-0.035, 0.0108),
    (-0.05, 0.0088),
];
/// A band around the handle where the thumb is.
const BAND: [(f32, f32); 4] =
    [(-0.0305, 0.0105), (-0.0315, 0.0124), (-0.0345, 0.0122), (-0.0355, 0.01)];
/// Around where the hand points from, backwards in metres; its tip is ahead of it.
const NOSE: [(f32, f32); 4] = [(0.022, 0.0085), (0.012, 0.0095), (-0.01, 0.0065), (-0.03, 0.0028)];

/// A hand gets its form when it comes. There are no assets to wait for: everything is computed once and shared.
fn dress_hands(
    new: Query<Entity, Added<Hand>>,
    meshes: Option<ResMut<Assets<Mesh>>>,
    materials: Option<ResMut<Assets<PlainMaterial>>>,
    mut commands: Commands,
) {
    let (Some(mut meshes), Some(mut materials)) = (meshes, materials) else {
        return;
    };
    if new.is_empty() {
        return;
    }
    let mut plain =
        |colour, lit| MeshMaterial3d(materials.add(PlainMaterial { colour, lit, ..default() }));
    let shell = plain(palette::INK_QUIET, true);
    let at_rest = plain(palette::ACCENT, false);
    let pressed = plain(palette::ACCENT_BRIGHT, false);
    let handle = Mesh3d(meshes.add(lathe(&round_ends(&HANDLE))));
    let band = Mesh3d(meshes.add(lathe(&BAND)));
    let nose = Mesh3d(meshes.add(lathe(&round_ends(&NOSE))));
    let beam = beam::parts(&mut meshes, &mut materials);
    let cursor = cursor::parts(&mut meshes, &mut materials);
    let fingers = fingers::parts(&mut meshes, shell.clone());

    for hand in &new {
        commands.entity(hand).insert(fingers.clone()).with_children(|parts| {
            parts
                .spawn((Name::new("Handle"), Handle, Of(hand), handle.clone(), shell.clone()))
                .with_child((Name::new("Band"), band.clone(), at_rest.clone()));
            parts.spawn((Name::new("Muzzle"), Muzzle, Of(hand))).with_children(|muzzle| {
                muzzle.spawn((
                    Name::new("Nose"),
                    Nose { at_rest: at_rest.clone(), pressed: pressed.clone() },
                    Of(hand),
                    nose.clone(),
                    at_rest.clone(),
                ));
                muzzle.spawn((Name::new("Beam"), Of(hand), beam.clone()));
            });
        });
        cursor::spawn(&mut commands, hand, &cursor);
    }
}

/// Muzzles are children of hands, which stand at the grip; where they point from is known in the rig's space.
fn follow_aim(
    hands: Query<(&Transform, &Pointing), With<Hand>>,
    mut muzzles: Query<(&Of, &mut Transform), (With<Muzzle>, Without<Hand>)>,
) {
    for (of, mut place) in &mut muzzles {
        if let Ok((grip, pointing)) = hands.get(of.0) {
            place.set_if_neq(within(grip, pointing.pose));
        }
    }
}

/// A pose of the rig's space within that of a hand, which is neither scaled nor sheared.
fn within(hand: &Transform, pose: Transform) -> Transform {
    let back = hand.rotation.inverse();
    Transform {
        translation: back * (pose.translation - hand.translation),
        rotation: back * pose.rotation,
        scale: pose.scale,
    }
}

/// Only a controller has a handle; a hand whose fingers are seen needs no nose either.
fn show_forms(
    hands: Query<(&HandInput, &HandJoints, &Aim)>,
    mut handles: Query<(&Of, &mut Visibility), (With<Handle>, Without<Nose>)>,
    mut noses: Query<(&Of, &Nose, &mut Visibility, &mut Handle3d)>,
) {
    for (of, mut seen) in &mut handles {
        if let Ok((input, ..)) = hands.get(of.0) {
            seen.set_if_neq(inherited_if(input.kind == HandKind::Controller));
        }
    }
    for (of, nose, mut seen, mut light) in &mut noses {
        if let Ok((input, joints, aim)) = hands.get(of.0) {
            let fingers = input.kind == HandKind::Bare && joints.0.is_some();
            seen.set_if_neq(inherited_if(!fingers));
            light.set_if_neq(if aim.pressed { &nose.pressed } else { &nose.at_rest }.clone());
        }
    }
}

fn inherited_if(seen: bool) -> Visibility {
    if seen { Visibility::Inherited } else { Visibility::Hidden }
}
