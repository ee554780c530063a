//! The hall shows itself with every exhibit that it has, and shows a stranger what to do in a whole hall.

use std::time::Duration;

use bevy::{prelude::*, time::TimeUpdateStrategy};
use perceptarium::{
    exhibits,
    world::{
        demo::Demo, guide::Guide, interaction::aim::Aim, pointed_at::PointedAt, timeline::Timeline,
    },
};

use crate::{
    halls::Hall,
    support::{exhibit, turn},
};

/// What a frame takes by the hall's clock.
const FRAME: Duration = Duration::from_millis(50);
/// Frames of one station: the exhibit is on the stage already.
const STATION: usize = 400;
/// Steps after which a run waits; the shortest has five.
const STEPS: u32 = 3;

fn frame(hall: &mut Hall) {
    hall.app.update();
    std::thread::sleep(Duration::from_millis(3));
}

#[test]
fn every_exhibit_is_pointed_at_pressed_and_taken_back_in_time() {
    let _turn = turn();
    for exhibit in exhibits::ALL {
        let mut hall = Hall::begun(exhibit, STEPS);
        hall.app.insert_resource(TimeUpdateStrategy::ManualDuration(FRAME)).init_resource::<Demo>();
        let (mut told, mut pressed, mut back, mut live) = (0, 0, false, false);
        for _ in 0..STATION {
            frame(&mut hall);
            let world = hall.app.world_mut();
            let mut aims = world.query::<&Aim>();
            let presses = aims.iter(world).any(|aim| aim.pressed);
            let tells = world.resource::<PointedAt>().0.is_some();
            told += usize::from(tells);
            pressed += usize::from(presses && tells);
            let scrubbed = world.resource::<Timeline>().scrubbed_to().is_some();
            live |= back && !scrubbed;
            back |= scrubbed;
        }
        let name = exhibit.title;
        assert!(told > 20, "nothing of {name} tells anything ({told} frames)");
        assert!(pressed > 0, "nothing of {name} that tells something is pressed");
        assert!(
            back && live,
            "{name} does not go back in time ({back}) and is live again ({live})"
        );
    }
}

#[test]
fn a_stranger_before_the_digits_is_shown_what_to_do_and_left_in_peace() {
    let mut hall = Hall::begun(exhibit("digits"), STEPS);
    hall.app.insert_resource(TimeUpdateStrategy::ManualDuration(FRAME)).init_resource::<Guide>();
    let says = |hall: &mut Hall, words: &str| {
        hall.texts().iter().any(|text| text == words) && plate_is_seen(hall.app.world_mut())
    };
    let wait = |hall: &mut Hall, secs: f32| {
        for _ in 0..(secs / FRAME.as_secs_f32()) as usize {
            frame(hall);
        }
    };
    let eye = {
        let world = hall.app.world_mut();
        let mut heads = world.query_filtered::<&GlobalTransform, With<perceptarium::world::Head>>();
        heads.single(world).unwrap().translation()
    };
    wait(&mut hall, 5.0);
    assert!(says(&mut hall, "Point at any cell: it tells its number"));
    hall.aim_at(eye, "Convolution", vec2(0.06, 0.1), false);
    wait(&mut hall, 4.0);
    assert!(says(&mut hall, "Click it: see where the number comes from"), "pointing is noticed");
    hall.aim_at(eye, "Convolution", vec2(0.06, 0.1), true);
    wait(&mut hall, 4.0);
    assert!(says(&mut hall, "Esc: back to the whole"), "so is the press");
    wait(&mut hall, 21.0);
    assert!(!plate_is_seen(hall.app.world_mut()), "it falls silent");
}

/// Whether the guide's plate can be seen.
fn plate_is_seen(world: &mut World) -> bool {
    let mut plates = world.query::<(&Name, &Visibility)>();
    plates.iter(world).any(|(name, seen)| name.as_str() == "Guide" && *seen != Visibility::Hidden)
}
