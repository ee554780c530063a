//! Where each control is, in the window and in the hall, told to whoever listens, so that a hand outside can find it.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;

use crate::world::{
    WindowCamera, WorldSystems,
    hall_events::{HallEvent, HallListener},
    headset::Headset,
    interaction::aim::{Landmark, Surface},
    ui::controls::{ControlFinder, ControlName},
};

/// How often places are looked up, in seconds.
const EVERY_SECS: f32 = 0.25;
/// Less than this is no move, in physical pixels.
const LEAST_MOVE_PX: f32 = 1.0;
/// The same in the hall, in metres.
const LEAST_MOVE_M: f32 = 0.001;
/// Places on a control that have a name of their own: name, control, and place from its top left to its bottom right.
const POINTS: &[(&str, &str, Vec2)] = &[
    ("timeline-start", "timeline", vec2(0.02, 0.5)),
    ("timeline-end", "timeline", vec2(0.98, 0.5)),
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (tell_window_places, tell_hall_places.run_if(resource_exists::<Headset>))
            .in_set(WorldSystems::Show),
    );
}

fn tell_window_places(
    time: Res<Time<Real>>,
    told: Option<ResMut<HallListener>>,
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

/// Middle, and from there the right and the upper edge.
type Corners = [Vec3; 3];

/// Hands reach into the hall itself, so where a headset can be worn everything is told by its place there.
fn tell_hall_places(
    time: Res<Time<Real>>,
    told: Option<ResMut<HallListener>>,
    names: Query<&ControlName>,
    finder: ControlFinder,
    landmarks: Query<(&Landmark, &Surface, &GlobalTransform, &InheritedVisibility)>,
    mut next_secs: Local<f32>,
    mut last: Local<BTreeMap<&'static str, Corners>>,
) {
    let Some(mut told) = told else {
        return;
    };
    if time.elapsed_secs() < *next_secs {
        return;
    }
    *next_secs = time.elapsed_secs() + EVERY_SECS;
    let mut now: BTreeMap<&'static str, Corners> = landmarks
        .iter()
        .filter(|(.., seen)| seen.get())
        .map(|(landmark, surface, place, _)| {
            let edge = |edge: Vec2| place.affine().transform_vector3((edge / 2.0).extend(0.0));
            let (right, up) = (vec2(surface.size.x, 0.0), vec2(0.0, surface.size.y));
            (landmark.0, [place.translation(), edge(right), edge(up)])
        })
        .collect();
    for ControlName(name) in &names {
        let at = |x, y| finder.point(name, vec2(x, y));
        if let (Some(middle), Some(right), Some(top)) = (at(0.5, 0.5), at(1.0, 0.5), at(0.5, 0.0)) {
            now.insert(*name, [middle, right - middle, top - middle]);
        }
    }
    // What comes back is told again.
    last.retain(|name, _| now.contains_key(name));
    for (name, place) in now {
        let [middle, right, up] = place;
        let moved = |last: &Corners| {
            last.iter().zip(place).any(|(last, now)| last.distance(now) > LEAST_MOVE_M)
        };
        if last.get(name).is_none_or(moved) {
            last.insert(name, place);
            told.tell(HallEvent::Place {
                name,
                middle: middle.to_array(),
                right: right.to_array(),
                up: up.to_array(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Arc, Mutex},
        thread::sleep,
        time::Duration,
    };

    use super::*;
    use crate::world::{
        headless::{frames, hall, lay_out, panel},
        ui::controls::{ButtonKind, button},
    };

    type Heard = Arc<Mutex<Vec<(String, Corners)>>>;

    fn listening() -> (App, Heard) {
        let heard = Heard::default();
        let told = heard.clone();
        let mut app = hall();
        app.insert_resource(HallListener::new(move |event| {
            if let HallEvent::Place { name, middle, right, up } = event {
                let place = [middle, right, up].map(Vec3::from_array);
                told.lock().unwrap().push((name.to_owned(), place));
            }
        }));
        plugin(&mut app);
        (app, heard)
    }

    /// What is told in so long that every place has been looked up.
    fn told(app: &mut App, heard: &Heard) -> Vec<(String, Corners)> {
        heard.lock().unwrap().clear();
        for _ in 0..2 {
            sleep(Duration::from_secs_f32(EVERY_SECS * 1.1));
            frames(app, 1);
        }
        std::mem::take(&mut heard.lock().unwrap())
    }

    fn near(place: Corners, wanted: Corners) -> bool {
        place.iter().zip(wanted).all(|(place, wanted)| place.abs_diff_eq(wanted, 1e-4))
    }

    #[test]
    fn controls_and_landmarks_are_told_once_and_again_when_they_move() {
        let (mut app, heard) = listening();
        app.insert_resource(Headset::Ready);
        let hung = panel(&mut app);
        app.world_mut().entity_mut(hung.root).with_children(|page| {
            page.spawn(button("go", "Go", ButtonKind::Primary));
        });
        let turned = Transform::from_xyz(2.0, 1.0, 0.0)
            .with_rotation(Quat::from_rotation_y(std::f32::consts::FRAC_PI_2));
        let field = app
            .world_mut()
            .spawn((Landmark("field"), Surface { size: vec2(0.6, 0.4) }, turned))
            .id();
        lay_out(&mut app);
        sleep(Duration::from_secs_f32(EVERY_SECS));
        frames(&mut app, 1);
        let first = std::mem::take(&mut *heard.lock().unwrap());
        let find = |name: &str| first.iter().rev().find(|(told, _)| told == name).expect(name).1;
        let wanted = [vec3(2.0, 1.0, 0.0), vec3(0.0, 0.0, -0.3), vec3(0.0, 0.2, 0.0)];
        assert!(near(find("field"), wanted), "{:?}", find("field"));
        // The panel hangs one metre ahead and is 1 m by 0.8 m: the button is on it.
        let [middle, right, up] = find("go");
        assert!((middle.z + 1.0).abs() < 1e-4 && middle.x.abs() < 0.5 && middle.y.abs() < 0.4);
        assert!(right.x > 0.01 && right.y.abs() < 1e-5, "{right}");
        assert!(up.y > 0.01 && up.x.abs() < 1e-5, "{up}");

        assert!(told(&mut app, &heard).is_empty(), "nothing has moved");
        app.world_mut().get_mut::<Transform>(field).unwrap().translation.y = 1.5;
        app.world_mut().get_mut::<Transform>(hung.panel).unwrap().translation.z -= 0.0005;
        let moved = told(&mut app, &heard);
        assert_eq!(moved.len(), 1, "half a millimetre is no move: {moved:?}");
        assert_eq!((moved[0].0.as_str(), moved[0].1[0].y), ("field", 1.5));

        app.world_mut().entity_mut(field).insert(Visibility::Hidden);
        assert!(told(&mut app, &heard).is_empty());
        app.world_mut().entity_mut(field).insert(Visibility::Inherited);
        assert_eq!(told(&mut app, &heard).len(), 1, "it is back");
    }

    #[test]
    fn without_a_headset_nobody_needs_places_in_the_hall() {
        let (mut app, heard) = listening();
        app.world_mut().spawn((Landmark("field"), Surface { size: Vec2::ONE }));
        frames(&mut app, 1);
        assert!(told(&mut app, &heard).is_empty());
    }
}
