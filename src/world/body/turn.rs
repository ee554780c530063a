//! Turning in one step about one's own head, without a way in between that could make one dizzy.

use bevy::prelude::*;

use super::{
    Comfort, Grabbing, Hand, Pulse, Teleporting, TravelSystems,
    stick::{Push, Stick},
    travel::{Journey, go},
    visitor::Visitor,
};
use crate::world::headset::focused;

/// The tick of a turn.
const TICK_STRENGTH: f32 = 0.2;
const TICK_MILLISECONDS: u32 = 12;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, snap_turn.after(go).in_set(TravelSystems::Go).run_if(focused));
}

pub(super) fn snap_turn(
    hands: Query<(&Hand, &Stick), (Without<Grabbing>, Without<Teleporting>)>,
    comfort: Res<Comfort>,
    journey: Res<Journey>,
    mut visitor: Visitor,
    mut pulses: MessageWriter<Pulse>,
) {
    if journey.is_dark() {
        return;
    }
    for (hand, stick) in &hands {
        let to_the_left = match stick.begun() {
            Some(Push::Left) => 1.0,
            Some(Push::Right) => -1.0,
            _ => continue,
        };
        let Some(pose) = visitor.pose().filter(|_| !comfort.walks_with(hand.0)) else {
            continue;
        };
        visitor.put(pose.turned(to_the_left * comfort.snap_turn_degrees.to_radians()));
        visitor.tell();
        pulses.write(Pulse {
            side: hand.0,
            strength: TICK_STRENGTH,
            milliseconds: TICK_MILLISECONDS,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{
        body::{Side, harness::Rehearsal},
        headset::Headset,
    };

    #[test]
    fn a_push_turns_by_30_degrees_about_the_head() {
        let mut hall = Rehearsal::started();
        hall.set_head(Transform::from_xyz(0.9, 1.6, 0.4).with_rotation(Quat::from_rotation_y(0.5)));
        hall.frame();
        for (side, stick, left) in
            [(Side::Right, vec2(0.8, 0.1), -30.0), (Side::Left, vec2(-1.0, 0.0), 30.0)]
        {
            let before = hall.pose();
            let told = hall.stands().len();
            hall.hand(side).stick = stick;
            hall.frame();
            let after = hall.pose();
            assert!(before.floor_point().distance(after.floor_point()) < 1e-5);
            let turned = (after.heading() - before.heading()).to_degrees();
            assert!((turned - left).abs() < 1e-3, "{turned}");
            // Held, and not quite let go, it turns no further.
            hall.frames(0.5);
            hall.hand(side).stick = stick * 0.6;
            hall.frame();
            hall.hand(side).stick = stick;
            hall.frame();
            assert_eq!(hall.rig(), after.rig);
            assert_eq!(hall.stands().len(), told + 1);
            hall.hand(side).stick = Vec2::ZERO;
            hall.frame();
        }
        hall.hand(Side::Right).stick = vec2(0.9, 0.0);
        hall.frame();
        hall.hand(Side::Right).stick = vec2(0.3, 0.0);
        hall.frame();
        hall.hand(Side::Right).stick = vec2(0.9, 0.0);
        let before = hall.pose().heading();
        hall.frame();
        assert!((hall.pose().heading() - before + 30_f32.to_radians()).abs() < 1e-5);
        let (.., degrees) = hall.stands().last().copied().unwrap();
        assert!((degrees + 60.0).abs() < 1e-3, "{degrees}");
    }

    #[test]
    fn the_step_is_the_visitors_choice_and_a_weak_push_is_none() {
        let mut hall = Rehearsal::started();
        hall.comfort().snap_turn_degrees = 45.0;
        hall.hand(Side::Left).stick = vec2(0.65, 0.0);
        hall.frame();
        assert_eq!(hall.pose().heading(), 0.0);
        hall.hand(Side::Left).stick = vec2(0.75, 0.0);
        hall.frame();
        assert!((hall.pose().heading() + 45_f32.to_radians()).abs() < 1e-5);
    }

    #[test]
    fn a_hand_that_holds_an_exhibit_turns_nobody() {
        let mut hall = Rehearsal::started();
        hall.mark(Side::Right, Grabbing);
        hall.hand(Side::Right).stick = vec2(1.0, 0.0);
        hall.frame();
        assert_eq!(hall.pose().heading(), 0.0);
    }

    #[test]
    fn nothing_turns_without_focus() {
        let mut hall = Rehearsal::started();
        hall.set_headset(Headset::Worn { visible: true, focused: false });
        hall.hand(Side::Right).stick = vec2(1.0, 0.0);
        hall.frame();
        assert_eq!(hall.pose().heading(), 0.0);
    }
}
