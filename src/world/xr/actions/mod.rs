//! What hands do, through OpenXR's actions: made once for an instance, attached to each session, read each frame.

pub mod profiles;
mod readings;

pub(super) use readings::place;

use bevy::prelude::*;
use openxr::{
    Action, ActionInput, ActiveActionSet, AnyGraphics, Binding, ExtensionSet, Haptic, Instance,
    Path, Posef, Session, Space, Time, Vector2f,
};

use self::{
    profiles::{PROFILES, Parts},
    readings::{complete, pull, push},
};
use crate::world::body::{HandInput, Pulse, Side};

/// The hall's actions.
///
/// A runtime takes suggestions for them only until they are attached to the first session, so they are made and
/// suggested once for each instance and then attached to every session of it.
pub struct Actions {
    set: openxr::ActionSet,
    aim: Action<Posef>,
    grip: Action<Posef>,
    trigger: Action<f32>,
    squeeze: Action<f32>,
    stick: Action<Vector2f>,
    stick_press: Action<bool>,
    primary: Action<bool>,
    secondary: Action<bool>,
    menu: Action<bool>,
    haptic: Action<Haptic>,
    /// The user paths of the hands, left and right.
    hands: [Path; 2],
}

/// Where a session's hands are, left and right; they end with the session.
pub struct HandSpaces {
    aim: [Space; 2],
    grip: [Space; 2],
}

impl Actions {
    /// Makes the actions, unattached and bound to nothing.
    ///
    /// # Errors
    /// What the runtime answers.
    pub fn new(instance: &Instance) -> openxr::Result<Self> {
        let hands = [
            instance.string_to_path(user_path(Side::Left))?,
            instance.string_to_path(user_path(Side::Right))?,
        ];
        let set = instance.create_action_set("hall", say!("xr-hall"), 0)?;
        Ok(Self {
            aim: set.create_action("aim", say!("xr-point"), &hands)?,
            grip: set.create_action("grip", say!("xr-hold"), &hands)?,
            trigger: set.create_action("trigger", say!("xr-press"), &hands)?,
            squeeze: set.create_action("squeeze", say!("xr-grab"), &hands)?,
            stick: set.create_action("stick", say!("xr-travel"), &hands)?,
            stick_press: set.create_action("stick_press", say!("xr-travel-with-a-pad"), &hands)?,
            primary: set.create_action("primary", say!("xr-pause-or-go-on"), &hands)?,
            secondary: set.create_action("secondary", say!("xr-back"), &hands)?,
            menu: set.create_action("menu", say!("xr-menu"), &hands)?,
            haptic: set.create_action("haptic", say!("xr-tick"), &hands)?,
            set,
            hands,
        })
    }

    /// Suggests the bindings of every profile that the enabled extensions know, but those named in `without` (by
    /// their path, or their path without [`profiles::PREFIX`]), and says what became of each.
    ///
    /// A refusal is logged and leaves the other profiles as they are.
    pub fn suggest(
        &self,
        instance: &Instance,
        on: &ExtensionSet,
        without: &[String],
    ) -> Vec<(&'static str, openxr::Result<()>)> {
        PROFILES
            .iter()
            .filter(|profile| (profile.known)(on))
            .filter(|profile| !without.iter().any(|name| profile.is_named(name)))
            .map(|profile| {
                let answer = self.suggest_one(instance, profile.path, &profile.hands);
                if let Err(error) = answer {
                    warn!("the OpenXR runtime refuses the bindings of {}: {error}", profile.path);
                }
                (profile.path, answer)
            })
            .collect()
    }

    fn suggest_one(
        &self,
        instance: &Instance,
        profile: &str,
        hands: &[Parts; 2],
    ) -> openxr::Result<()> {
        let mut bindings = Vec::new();
        for (side, parts) in Side::BOTH.into_iter().zip(hands) {
            let at = |part: &str| instance.string_to_path(&format!("{}/{part}", user_path(side)));
            bindings.push(Binding::new(&self.aim, at(parts.aim)?));
            bindings.push(Binding::new(&self.grip, at(parts.grip)?));
            bindings.push(Binding::new(&self.trigger, at(parts.trigger)?));
            if let Some(part) = parts.squeeze {
                bindings.push(Binding::new(&self.squeeze, at(part)?));
            }
            if let Some(part) = parts.stick {
                bindings.push(Binding::new(&self.stick, at(part)?));
            }
            if let Some(part) = parts.haptic {
                bindings.push(Binding::new(&self.haptic, at(part)?));
            }
            let buttons = [
                (&self.stick_press, parts.stick_press),
                (&self.primary, parts.primary),
                (&self.secondary, parts.secondary),
                (&self.menu, parts.menu),
            ];
            for (button, part) in buttons {
                if let Some(part) = part {
                    bindings.push(Binding::new(button, at(part)?));
                }
            }
        }
        instance.suggest_interaction_profile_bindings(instance.string_to_path(profile)?, &bindings)
    }

    /// Makes the actions known to a new session, once.
    ///
    /// # Errors
    /// What the runtime answers.
    pub fn attach(&self, session: &Session<AnyGraphics>) -> openxr::Result<()> {
        session.attach_action_sets(&[&self.set])
    }

    /// Makes the spaces in which a session's hands are located.
    ///
    /// # Errors
    /// What the runtime answers.
    pub fn spaces(&self, session: &Session<AnyGraphics>) -> openxr::Result<HandSpaces> {
        let spaces = |action: &Action<Posef>| -> openxr::Result<[Space; 2]> {
            let [left, right] = self.hands;
            Ok([
                action.create_space(session, left, Posef::IDENTITY)?,
                action.create_space(session, right, Posef::IDENTITY)?,
            ])
        };
        Ok(HandSpaces { aim: spaces(&self.aim)?, grip: spaces(&self.grip)? })
    }

    /// Asks the runtime for the newest state of everything; while the session is not focused nothing is active then.
    ///
    /// # Errors
    /// What the runtime answers; a lost session or instance among it.
    pub fn sync(&self, session: &Session<AnyGraphics>) -> openxr::Result<()> {
        session.sync_actions(&[ActiveActionSet::new(&self.set)])
    }

    /// What both hands do as of the last [`sync`](Self::sync), left and right, with the poses that they have in `base`
    /// at `time`. A hand that the runtime does not know is not tracked, and then nothing of it is pressed.
    ///
    /// # Errors
    /// What the runtime answers.
    ///
    /// # Panics
    /// Inside `openxr`, when `base` and `spaces` are of two sessions.
    pub fn read(
        &self,
        session: &Session<AnyGraphics>,
        spaces: &HandSpaces,
        base: &Space,
        time: Time,
    ) -> openxr::Result<[HandInput; 2]> {
        let hand = |side| self.read_hand(session, spaces, base, time, side);
        Ok([hand(Side::Left)?, hand(Side::Right)?])
    }

    fn read_hand(
        &self,
        session: &Session<AnyGraphics>,
        spaces: &HandSpaces,
        base: &Space,
        time: Time,
        side: Side,
    ) -> openxr::Result<HandInput> {
        let hand = self.hands[index(side)];
        let pose = |action: &Action<Posef>, space: &Space| -> openxr::Result<Option<Transform>> {
            if !action.is_active(session, hand)? {
                return Ok(None);
            }
            let found = space.locate(base, time)?;
            Ok(place(found.location_flags, found.pose))
        };
        let aim = pose(&self.aim, &spaces.aim[index(side)])?;
        let grip = pose(&self.grip, &spaces.grip[index(side)])?;
        let Some((aim, grip)) = complete(aim, grip) else {
            return Ok(HandInput::default());
        };
        let button = |action: &Action<bool>| -> openxr::Result<bool> {
            Ok(state(action, session, hand)?.unwrap_or(false))
        };
        let stick = state(&self.stick, session, hand)?.unwrap_or_default();
        let pressed = state(&self.stick_press, session, hand)?;
        Ok(HandInput {
            tracked: true,
            grip,
            aim,
            trigger: pull(state(&self.trigger, session, hand)?.unwrap_or(0.0)),
            squeeze: pull(state(&self.squeeze, session, hand)?.unwrap_or(0.0)),
            stick: push(stick, pressed),
            primary: button(&self.primary)?,
            secondary: button(&self.secondary)?,
            menu: button(&self.menu)?,
            ..default()
        })
    }

    /// The profile that a hand answers to, as of the last [`sync`](Self::sync); [`Path::NULL`] for none.
    ///
    /// # Errors
    /// What the runtime answers.
    pub fn profile_path(&self, session: &Session<AnyGraphics>, side: Side) -> openxr::Result<Path> {
        session.current_interaction_profile(self.hands[index(side)])
    }

    /// The name of the profile that a hand answers to, as of the last [`sync`](Self::sync); empty for none.
    ///
    /// # Errors
    /// What the runtime answers.
    pub fn profile(&self, session: &Session<AnyGraphics>, side: Side) -> openxr::Result<String> {
        match self.profile_path(session, side)? {
            Path::NULL => Ok(String::new()),
            path => session.instance().path_to_string(path),
        }
    }

    /// Ticks in a hand's controller; in a bare hand nothing happens.
    ///
    /// # Errors
    /// What the runtime answers.
    pub fn pulse(&self, session: &Session<AnyGraphics>, pulse: Pulse) -> openxr::Result<()> {
        let nanoseconds = i64::from(pulse.milliseconds).saturating_mul(1_000_000);
        let tick = openxr::HapticVibration::new()
            .amplitude(pull(pulse.strength))
            .frequency(openxr::FREQUENCY_UNSPECIFIED)
            .duration(openxr::Duration::from_nanos(nanoseconds));
        self.haptic.apply_feedback(session, self.hands[index(pulse.side)], &tick)
    }
}

const fn user_path(side: Side) -> &'static str {
    match side {
        Side::Left => "/user/hand/left",
        Side::Right => "/user/hand/right",
    }
}

/// Where a hand stands in a pair.
pub(super) const fn index(side: Side) -> usize {
    match side {
        Side::Left => 0,
        Side::Right => 1,
    }
}

/// The state of an action, if something is bound to it and answers.
fn state<T: ActionInput>(
    action: &Action<T>,
    session: &Session<AnyGraphics>,
    hand: Path,
) -> openxr::Result<Option<T>> {
    let state = action.state(session, hand)?;
    Ok(state.is_active.then_some(state.current_state))
}
