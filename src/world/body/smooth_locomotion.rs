//! Walking with the stick, for those who chose it: where one looks, at the pace of a walk, with darkened edges.

use bevy::prelude::*;

use super::{
    Comfort, Grabbing, Hand, HandInput, Teleporting, TravelSystems, travel::Journey,
    turn::snap_turn, vignette::Vignette, visitor::Visitor,
};
use crate::world::{
    headset::{Headset, focused},
    stage::Ground,
};

/// The fastest walk, in metres per second.
const WALK_M_PER_SECOND: f32 = 1.6;
/// A stick that is pushed less than this is at rest.
const DEAD_ZONE: f32 = 0.15;
/// How long the edges take to darken and to clear, in seconds.
const NARROW_SECS: f32 = 0.2;
/// How often it is told where a walker is, in seconds.
const TELL_SECS: f32 = 0.25;
/// A frame that took longer than this counts as this, in seconds: nobody is thrown across the hall by a stutter.
const LONGEST_FRAME_SECS: f32 = 0.05;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, stroll.after(snap_turn).in_set(TravelSystems::Go));
}

fn stroll(
    time: Res<Time<Real>>,
    headset: Option<Res<Headset>>,
    hands: Query<(&Hand, &HandInput), (Without<Grabbing>, Without<Teleporting>)>,
    comfort: Res<Comfort>,
    journey: Res<Journey>,
    ground: Ground,
    mut visitor: Visitor,
    mut vignette: ResMut<Vignette>,
    mut untold_secs: Local<Option<f32>>,
) {
    let may_walk = focused(headset) && !journey.is_dark();
    let stick = hands
        .iter()
        .find(|(hand, _)| may_walk && comfort.walks_with(hand.0))
        .map_or(Vec2::ZERO, |(_, input)| beyond_dead_zone(input.stick));
    let delta_secs = time.delta_secs().min(LONGEST_FRAME_SECS);

    let mut walks = false;
    if stick != Vec2::ZERO
        && let Some(pose) = visitor.pose()
    {
        let way = Quat::from_rotation_y(pose.heading()) * vec3(stick.x, 0.0, -stick.y);
        let from = pose.floor_point();
        let to = ground.step(from, way.xz() * WALK_M_PER_SECOND * delta_secs);
        walks = to != from;
        if walks {
            visitor.put(pose.over(to));
        }
    }

    let narrow = if walks && comfort.vignette { 1.0 } else { 0.0 };
    let most = delta_secs / NARROW_SECS;
    vignette.narrow += (narrow - vignette.narrow).clamp(-most, most);

    // A walk is told now and then, and where it ended.
    match &mut *untold_secs {
        Some(secs) if walks => {
            *secs += delta_secs;
            if *secs >= TELL_SECS {
                *secs = 0.0;
                visitor.tell();
            }
        }
        Some(_) => {
            *untold_secs = None;
            visitor.tell();
        }
        None if walks => *untold_secs = Some(0.0),
        None => {}
    }
}

/// From nothing at the edge of the dead zone to 1 at the rim, the same in every direction.
fn beyond_dead_zone(stick: Vec2) -> Vec2 {
    let far = stick.length();
    if far <= DEAD_ZONE {
        return Vec2::ZERO;
    }
    stick / far * ((far - DEAD_ZONE) / (1.0 - DEAD_ZONE)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{
        body::{Side, harness::Rehearsal},
        stage::{Footprint, WALL_MARGIN_M, plan::FLOOR_RADIUS_M},
    };

    fn walker() -> Rehearsal {
        let mut hall = Rehearsal::started();
        hall.comfort().smooth_walking = true;
        hall
    }

    #[test]
    fn one_walks_where_one_looks_at_the_pace_of_a_walk() {
        let mut hall = walker();
        // Looking to the right and down: the way is to the right and level.
        let gaze = Quat::from_rotation_y(-1.2) * Quat::from_rotation_x(-0.7);
        hall.set_head(Transform::from_xyz(0.4, 1.6, 0.2).with_rotation(gaze));
        hall.frame();
        let before = hall.pose();
        hall.hand(Side::Left).stick = vec2(0.0, 1.0);
        hall.frames(1.0);
        let way = hall.pose().floor_point() - before.floor_point();
        assert!((way.length() - WALK_M_PER_SECOND).abs() < 1e-3, "{way}");
        assert!(way.normalize().distance(vec2(1.2_f32.sin(), -1.2_f32.cos())) < 1e-3, "{way}");
        assert_eq!(hall.rig().translation.y, before.rig.translation.y);
        assert_eq!(hall.rig().rotation, before.rig.rotation);
        // Told about every quarter of a second, and at the end.
        assert!((3..=4).contains(&hall.stands().len()), "{:?}", hall.stands());
        hall.hand(Side::Left).stick = Vec2::ZERO;
        hall.frame();
        let (x, z, _) = hall.stands().last().copied().unwrap();
        assert!(vec2(x, z).distance(hall.pose().floor_point()) < 1e-5);
    }

    #[test]
    fn only_the_hand_that_was_chosen_walks_and_only_if_chosen() {
        let mut hall = walker();
        hall.hand(Side::Right).stick = vec2(0.0, 0.6);
        hall.frames(0.2);
        assert!(hall.pose().floor_point().length() < 1e-5);
        hall.hand(Side::Right).stick = Vec2::ZERO;
        hall.comfort().smooth_walking = false;
        hall.hand(Side::Left).stick = vec2(0.0, 0.6);
        hall.frames(0.2);
        assert!(hall.pose().floor_point().length() < 1e-5);
        hall.comfort().smooth_walking = true;
        hall.comfort().main_hand = Side::Left;
        hall.hand(Side::Left).stick = Vec2::ZERO;
        hall.hand(Side::Right).stick = vec2(0.0, 0.6);
        hall.frames(0.2);
        assert!(hall.pose().floor_point().length() > 0.1);
    }

    #[test]
    fn the_hand_that_walks_does_not_turn() {
        let mut hall = walker();
        hall.hand(Side::Left).stick = vec2(1.0, 0.0);
        hall.frames(0.5);
        assert_eq!(hall.pose().heading(), 0.0);
        assert!(hall.pose().floor_point().distance(vec2(0.8, 0.0)) < 1e-3);
    }

    #[test]
    fn edges_darken_and_clear_within_200_ms() {
        let mut hall = walker();
        hall.hand(Side::Left).stick = vec2(0.0, -1.0);
        hall.frames(0.1);
        assert!((hall.vignette().narrow - 0.5).abs() < 0.06, "{}", hall.vignette().narrow);
        hall.frames(0.11);
        assert_eq!(hall.vignette().narrow, 1.0);
        hall.hand(Side::Left).stick = Vec2::ZERO;
        hall.frames(0.1);
        assert!((hall.vignette().narrow - 0.5).abs() < 0.06, "{}", hall.vignette().narrow);
        hall.frames(0.11);
        assert_eq!(hall.vignette().narrow, 0.0);
        hall.comfort().vignette = false;
        hall.hand(Side::Left).stick = vec2(0.0, -1.0);
        hall.frames(0.3);
        assert_eq!(hall.vignette().narrow, 0.0);
    }

    #[test]
    fn walls_and_things_end_the_walk() {
        let mut hall = walker();
        hall.spawn((Footprint::Disc { radius: 0.5 }, Transform::from_xyz(0.0, 0.0, -3.0)));
        hall.hand(Side::Left).stick = vec2(0.0, 1.0);
        hall.frames(4.0);
        let stopped = hall.pose().floor_point();
        assert!((stopped.y + 2.25).abs() < 0.02 && stopped.x.abs() < 1e-4, "{stopped}");
        hall.hand(Side::Left).stick = vec2(0.0, -1.0);
        hall.frames(9.0);
        let stopped = hall.pose().floor_point().length();
        assert!((stopped - (FLOOR_RADIUS_M - WALL_MARGIN_M)).abs() < 1e-3, "{stopped}");
        // Against the wall nothing moves, so nothing is darkened and nothing told.
        let told = hall.stands().len();
        hall.frames(1.0);
        assert_eq!(hall.vignette().narrow, 0.0);
        assert_eq!(hall.stands().len(), told);
    }
}
