//! Where the line for reading hangs: before the window's camera, or below what a visitor with a headset points at.

use bevy::prelude::*;

use super::{BEFORE_M, Read, ReadingPlate, SIZE_DMM};
use crate::world::{Head, WindowCamera, headset::Headset};

/// Between it and the window's edges, in dmm.
const EDGE_DMM: f32 = 18.0;
/// How far from the eyes it hangs in a headset, in metres: as far as one reads a hand's width at arm's length.
const FAR_M: f32 = 0.9;
/// How far below what is pointed at, in radians.
const BELOW: f32 = 0.32;
/// What is pointed at so far below the middle of a window has it at the upper edge, as a share of half the height.
const LOW: f32 = -0.1;

type Eye<'w, 's> = Option<
    Single<'w, 's, (Entity, &'static GlobalTransform, &'static Projection), With<WindowCamera>>,
>;

/// Hangs it where it covers nothing of what is read.
pub(super) fn place(
    read: Res<Read>,
    headset: Option<Res<Headset>>,
    window: Eye,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    plate: Option<Single<(Entity, &ReadingPlate, &mut Transform, Option<&ChildOf>)>>,
    mut pages: Query<&mut Node>,
    mut for_words: Local<Option<String>>,
    mut commands: Commands,
) {
    let (Some(plate), Some(words)) = (plate, &read.words) else {
        *for_words = None;
        return;
    };
    let (entity, of, mut transform, parent) = plate.into_inner();
    if headset.is_some_and(|headset| headset.is_worn()) {
        if parent.is_some() {
            commands.entity(entity).remove::<ChildOf>();
        }
        // As long as the words are the same it stays in the room.
        if for_words.as_ref() != Some(&words.text)
            && let Some(head) = head
        {
            *for_words = Some(words.text.clone());
            transform.set_if_neq(below(head.translation(), words.place));
        }
        return;
    }
    let Some(window) = window else {
        return;
    };
    let (camera, eye, projection) = *window;
    if parent.is_none_or(|parent| parent.parent() != camera) {
        commands.entity(entity).insert(ChildOf(camera));
    }
    let Projection::Perspective(perspective) = projection else {
        return;
    };
    let half_height = (perspective.fov / 2.0).tan();
    let at = eye.affine().inverse().transform_point3(words.place);
    let is_low = at.z < 0.0 && at.y / -at.z < LOW * half_height;
    transform.set_if_neq(at_edge(half_height, perspective.aspect_ratio, is_low));
    let to_edge = if is_low { JustifyContent::FlexStart } else { JustifyContent::FlexEnd };
    if let Ok(mut page) = pages.get_mut(of.root)
        && page.justify_content != to_edge
    {
        page.justify_content = to_edge;
    }
}

/// At the lower edge of a window, or at its upper one; in a window that is narrower than the plate it is smaller.
fn at_edge(half_height: f32, aspect: f32, upper: bool) -> Transform {
    let dmm = BEFORE_M / 1000.0;
    let half_width_dmm = half_height * aspect * 1000.0 - EDGE_DMM;
    let scale = (2.0 * half_width_dmm / SIZE_DMM.x).clamp(0.1, 1.0);
    let off_dmm = half_height * 1000.0 - EDGE_DMM - SIZE_DMM.y * scale / 2.0;
    let y = off_dmm * dmm * if upper { 1.0 } else { -1.0 };
    Transform::from_xyz(0.0, y, -BEFORE_M).with_scale(Vec3::splat(scale))
}

/// Below a place as an eye sees it, facing the eye.
fn below(eye: Vec3, place: Vec3) -> Transform {
    let way = (place - eye).normalize_or(Vec3::NEG_Z);
    let pitch = (way.y.clamp(-1.0, 1.0).asin() - BELOW).max(-1.2);
    let level = way.with_y(0.0).normalize_or(Vec3::NEG_Z);
    let way = level * pitch.cos() + Vec3::Y * pitch.sin();
    Transform::from_translation(eye + way * FAR_M)
        .looking_to(way, Vec3::Y)
        .with_scale(Vec3::splat(FAR_M / BEFORE_M))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_window_it_stays_within_the_window_at_either_edge() {
        let half_height = 30_f32.to_radians().tan();
        for aspect in [16.0 / 9.0, 4.0 / 3.0, 21.0 / 9.0, 0.75] {
            for upper in [false, true] {
                let place = at_edge(half_height, aspect, upper);
                let half = SIZE_DMM / 1000.0 / 2.0 * BEFORE_M * place.scale.x;
                let within = vec2(half_height * aspect, half_height) * BEFORE_M;
                assert!(half.x <= within.x, "{aspect}");
                assert!(place.translation.y.abs() + half.y <= within.y + 1e-6, "{aspect}");
                assert_eq!(place.translation.y > 0.0, upper);
            }
        }
    }

    #[test]
    fn in_a_headset_it_hangs_below_and_faces_the_eye() {
        let (eye, target) = (vec3(0.0, 1.6, 0.0), vec3(2.0, 1.8, -3.0));
        let place = below(eye, target);
        assert!((place.translation.distance(eye) - FAR_M).abs() < 1e-5);
        let (plate, pointed) = (place.translation - eye, target - eye);
        let height = |way: Vec3| (way.y / way.length()).asin();
        assert!((height(pointed) - height(plate) - BELOW).abs() < 1e-4);
        // Panels face +Z.
        let face = place.rotation * Vec3::Z;
        assert!(face.dot((eye - place.translation).normalize()) > 0.9999);
        // Half its height and half a text are less than what lies between.
        assert!((SIZE_DMM.y / 1000.0 / 2.0).atan() < BELOW);
    }
}
