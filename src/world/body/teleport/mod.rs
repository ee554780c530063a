//! Teleporting: pushing the stick forward throws an arc from the hand, letting go stands where it lands.

mod flight;
pub(super) mod look;
#[cfg(test)]
mod tests;

use bevy::prelude::*;

use self::flight::Flight;
use super::{
    Comfort, Grabbing, Hand, HandInput, Pulse, Side, Teleporting, TravelSystems,
    recentre::follow_the_system,
    stick::{PUSHED, Push, Stick},
    travel::{Facing, Journey, Travel},
    visitor::{Pose, Visitor},
};
use crate::world::{headset::focused, interaction::aim::Aim, stage::Ground};

/// A trigger or grip that is pulled this far is meant.
const PULLED: f32 = 0.7;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Aiming>().add_systems(
        Update,
        (aim.run_if(focused), give_up.run_if(not(focused)))
            .chain()
            .after(follow_the_system)
            .in_set(TravelSystems::Want),
    );
}

/// Where a teleport is aimed at.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
struct Aiming(Option<Throw>);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Throw {
    /// The hand that throws.
    hand: Entity,
    /// None from where nothing can be thrown.
    flight: Option<Flight>,
    /// Whether one can stand where it lands.
    free: bool,
    /// How much further to the left one will look, in radians.
    turn: f32,
    /// Where one will look, in radians to the left of -Z.
    heading: f32,
}

/// A hand as it is read here.
type Hands<'w, 's> = Query<
    'w,
    's,
    (Entity, &'static Hand, &'static HandInput, &'static Stick, &'static Aim, Has<Grabbing>),
>;

fn aim(
    mut aiming: ResMut<Aiming>,
    hands: Hands,
    visitor: Visitor,
    ground: Ground,
    comfort: Res<Comfort>,
    journey: Res<Journey>,
    mut travels: MessageWriter<Travel>,
    mut pulses: MessageWriter<Pulse>,
    mut commands: Commands,
) {
    let before = aiming.0;
    let after = next(before, &hands, &visitor, &ground, &comfort, &journey);

    let begins = after.filter(|_| before.is_none());
    let ended = before.filter(|_| after.is_none());
    if let Some(Throw { hand, .. }) = begins {
        commands.entity(hand).insert(Teleporting);
        pulses.write_batch(tick(&hands, hand, 0.15));
    }
    if let Some(throw) = ended {
        commands.entity(throw.hand).remove::<Teleporting>();
        // The stick sprang back: that is how one says yes. Everything else that ends it says no.
        if let Some(flight) = throw.flight.filter(|_| throw.free && lets_go(&hands, throw.hand)) {
            travels.write(Travel {
                to: Some(flight.end().xz()),
                facing: Facing::Turned(throw.turn),
                ..default()
            });
            pulses.write_batch(tick(&hands, throw.hand, 0.5));
        }
    }
    aiming.set_if_neq(Aiming(after));
}

/// The throw of this frame, if there is or begins one.
fn next(
    before: Option<Throw>,
    hands: &Hands,
    visitor: &Visitor,
    ground: &Ground,
    comfort: &Comfort,
    journey: &Journey,
) -> Option<Throw> {
    let pose = visitor.pose().filter(|_| !journey.is_dark())?;
    let thrower = match before {
        Some(throw) => hands.get(throw.hand).ok(),
        // Where a panel scrolls under the stick, it is the panel that is meant.
        None => hands.iter().find(|(_, hand, _, stick, aim, _)| {
            stick.begun() == Some(Push::Forward)
                && aim.scroll == Vec2::ZERO
                && !comfort.walks_with(hand.0)
        }),
    };
    let (entity, hand, input, stick, _, grabbing) = thrower?;
    let goes_on = input.tracked && stick.push.is_some() && !grabbing;
    if !goes_on || says_no(hands, hand.0) {
        return None;
    }
    let turn = if input.stick.length() >= PUSHED {
        turn_of(input.stick, comfort.snap_turn_degrees)
    } else {
        // It springs back.
        before.map_or(0.0, |throw| throw.turn)
    };
    Some(throw(entity, input, pose, turn, ground))
}

fn throw(hand: Entity, input: &HandInput, pose: Pose, turn: f32, ground: &Ground) -> Throw {
    let aim = pose.rig * input.aim;
    let flight = Flight::thrown(aim.translation, aim.forward());
    Throw {
        hand,
        flight,
        free: flight.is_some_and(|flight| flight.lands && ground.is_free(flight.end().xz())),
        turn,
        heading: pose.heading() + turn,
    }
}

/// Squeezing, or pulling the other hand's trigger, calls it off.
fn says_no(hands: &Hands, thrower: Side) -> bool {
    hands.iter().any(|(_, hand, input, ..)| {
        if hand.0 == thrower { input.squeeze >= PULLED } else { input.trigger >= PULLED }
    })
}

/// Whether the hand is there and its stick at rest, and nothing calls it off.
fn lets_go(hands: &Hands, thrower: Entity) -> bool {
    hands.get(thrower).is_ok_and(|(_, hand, input, stick, _, grabbing)| {
        input.tracked && stick.push.is_none() && !grabbing && !says_no(hands, hand.0)
    })
}

/// The turn to the left that the stick shows, in radians: whole steps, none forward.
fn turn_of(stick: Vec2, step_degrees: f32) -> f32 {
    let right = stick.x.atan2(stick.y);
    let step = step_degrees.to_radians();
    if step > 0.0 { -(right / step).round() * step } else { -right }
}

fn tick(hands: &Hands, hand: Entity, strength: f32) -> Option<Pulse> {
    let (_, hand, ..) = hands.get(hand).ok()?;
    Some(Pulse { side: hand.0, strength, milliseconds: 15 })
}

fn give_up(mut aiming: ResMut<Aiming>, mut commands: Commands) {
    if let Some(throw) = aiming.0 {
        commands.entity(throw.hand).try_remove::<Teleporting>();
        aiming.0 = None;
    }
}
