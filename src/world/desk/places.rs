//! Where each control is in the window, told to whoever listens, so that a hand outside the hall can find it.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;

use crate::world::{
    WindowCamera, WorldSystems,
    told::{HallEvent, Told},
    ui::controls::{ControlFinder, ControlName},
};

/// How often places are looked up, in seconds.
const EVERY_SECS: f32 = 0.25;
/// Less than this is no move, in physical pixels.
const LEAST_MOVE_PX: f32 = 1.0;
/// Places on a control that have a name of their own: name, control, and place from its top left to its bottom right.
const POINTS: &[(&str, &str, Vec2)] = &[
    ("timeline-start", "timeline", vec2(0.02, 0.5)),
    ("timeline-end", "timeline", vec2(0.98, 0.5)),
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, tell_places.in_set(WorldSystems::Show));
}

fn tell_places(
    time: Res<Time<Real>>,
    told: Option<ResMut<Told>>,
    head: Option<Single<(&Camera, &GlobalTransform), With<WindowCamera>>>,
    names: Query<&ControlName>,
    finder: ControlFinder,
    mut next_secs: Local<f32>,
    mut places: Local<BTreeMap<&'static str, Vec2>>,
) {
    let (Some(mut told), Some(head)) = (told, head) else {
        return;
    };
    if time.elapsed_secs() < *next_secs {
        return;
    }
    *next_secs = time.elapsed_secs() + EVERY_SECS;
    let (camera, eye) = *head;
    let (Some(size), Some(scale)) =
        (camera.logical_viewport_size(), camera.target_scaling_factor())
    else {
        return;
    };
    let names: BTreeSet<&'static str> = names.iter().map(|name| name.0).collect();
    let centres = names.into_iter().map(|name| (name, name, Vec2::splat(0.5)));
    for (name, control, at) in centres.chain(POINTS.iter().copied()) {
        let place = finder
            .point(control, at)
            .and_then(|place| camera.world_to_viewport(eye, place).ok())
            .filter(|place| Rect::from_corners(Vec2::ZERO, size).contains(*place))
            .map(|place| place * scale);
        let Some(place) = place else {
            // What comes back is told again.
            places.remove(name);
            continue;
        };
        if places.get(name).is_none_or(|last| last.distance(place) > LEAST_MOVE_PX) {
            places.insert(name, place);
            told.tell(HallEvent::Control { name, x: place.x, y: place.y });
        }
    }
}
