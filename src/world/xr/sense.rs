//! What the runtime knows of the visitor's hands is written into them each frame, and what they feel is passed on.

use std::sync::Arc;

use bevy::prelude::*;
use openxr::{AnyGraphics, Path, Posef, ReferenceSpaceType, Session, Space, Time, sys};

use super::{
    actions::{Actions, HandSpaces, index, place, profiles},
    hands::{HandTrackers, fingers},
};
use crate::world::{
    body::{Hand, HandInput, HandJoints, HandKind, Profile, Pulse, Side},
    headset::Headset,
    interaction::AimSystems,
};

pub fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, sense.in_set(AimSystems::Sense))
        .add_systems(PostUpdate, play_pulses);
}

/// When the pictures that are being made will be seen; poses are asked for then.
#[derive(Resource, Clone, Copy, Debug)]
pub struct PredictedTime(pub Time);

/// One session's line to the visitor's hands.
///
/// It holds the session: a runtime ends one only when this resource is gone too.
#[derive(Resource)]
pub struct XrInput {
    actions: Arc<Actions>,
    session: Session<AnyGraphics>,
    spaces: HandSpaces,
    /// None where cameras see no hands.
    trackers: Option<HandTrackers>,
    head: Space,
    /// The rig's space.
    base: Space,
    /// The profile of each hand and its name, so that the name is asked for once.
    profiles: [(Path, String); 2],
}

impl XrInput {
    /// Attaches the actions to a session that has none yet. Hands will be located in `base`, which is the space that
    /// the rig stands for and must have been made by this session or a clone of it.
    ///
    /// # Errors
    /// What the runtime answers. A headset that cannot see hands is no error.
    pub fn new(
        actions: Arc<Actions>,
        session: &Session<AnyGraphics>,
        base: Space,
    ) -> openxr::Result<Self> {
        actions.attach(session)?;
        let trackers = HandTrackers::new(session)
            .inspect_err(|why| debug!("bare hands are not seen: {why}"))
            .ok();
        Ok(Self {
            spaces: actions.spaces(session)?,
            trackers,
            head: session.create_reference_space(ReferenceSpaceType::VIEW, Posef::IDENTITY)?,
            base,
            session: session.clone(),
            actions,
            profiles: default(),
        })
    }

    /// What both hands do, left and right, with their poses as they will be at `time`.
    ///
    /// # Errors
    /// What the runtime answers; a lost session or instance among it.
    pub fn read(&mut self, time: Time) -> openxr::Result<[Sensed; 2]> {
        self.actions.sync(&self.session)?;
        let [left, right] = self.actions.read(&self.session, &self.spaces, &self.base, time)?;
        Ok([self.sensed(Side::Left, left, time)?, self.sensed(Side::Right, right, time)?])
    }

    fn sensed(&mut self, side: Side, mut held: HandInput, time: Time) -> openxr::Result<Sensed> {
        let profile = self.profile(side)?;
        held.kind = profiles::kind(&profile);
        let joints = match &self.trackers {
            Some(trackers) if !is_controller(&held) => trackers.read(side, &self.base, time)?,
            _ => HandJoints(None),
        };
        let head = match joints.0 {
            Some(_) if !held.tracked => {
                let head = self.head.locate(&self.base, time)?;
                place(head.location_flags, head.pose)
            }
            _ => None,
        };
        Ok(chosen(side, held, joints, head, profile))
    }

    fn profile(&mut self, side: Side) -> openxr::Result<String> {
        let path = self.actions.profile_path(&self.session, side)?;
        let known = &mut self.profiles[index(side)];
        if known.0 != path {
            *known = (path, self.actions.profile(&self.session, side)?);
        }
        Ok(known.1.clone())
    }
}

/// What is known of one hand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sensed {
    pub input: HandInput,
    pub joints: HandJoints,
    /// The profile that it answers to, or did last, as OpenXR names it; empty for none.
    pub profile: String,
}

fn is_controller(held: &HandInput) -> bool {
    held.tracked && held.kind == HandKind::Controller
}

/// A controller that is held goes before what cameras see; without either the hand is not tracked.
fn chosen(
    side: Side,
    held: HandInput,
    joints: HandJoints,
    head: Option<Transform>,
    profile: String,
) -> Sensed {
    if is_controller(&held) {
        return Sensed { input: held, joints: HandJoints(None), profile };
    }
    match &joints.0 {
        _ if held.tracked => Sensed { input: held, joints, profile },
        // The runtime goes on naming the controller that was laid aside.
        Some(seen) => Sensed { input: fingers(side, seen, head), joints, profile: String::new() },
        None => Sensed { input: HandInput::default(), joints, profile },
    }
}

/// Writes both hands. Unless the headset's controllers are the hall's, nothing is known of them.
fn sense(
    input: Option<ResMut<XrInput>>,
    time: Option<Res<PredictedTime>>,
    headset: Option<Res<Headset>>,
    mut hands: Query<(&Hand, &mut HandInput, &mut HandJoints, &mut Profile)>,
    mut trouble: Local<Option<sys::Result>>,
) {
    let ours = is_focused(headset.as_deref());
    let read = match (input, time) {
        (Some(mut input), Some(time)) if ours => input.read(time.0),
        _ => Ok(default()),
    };
    let sensed = match read {
        Ok(sensed) => {
            *trouble = None;
            sensed
        }
        Err(error) => {
            // It comes again every frame until the session ends.
            if trouble.replace(error) != Some(error) {
                warn!("the hands cannot be read: {error}");
            }
            default()
        }
    };
    for (hand, mut input, mut joints, mut profile) in &mut hands {
        let sensed = &sensed[index(hand.0)];
        if *input != sensed.input {
            *input = sensed.input.clone();
        }
        if *joints != sensed.joints {
            *joints = sensed.joints.clone();
        }
        if profile.0 != sensed.profile {
            profile.0.clone_from(&sensed.profile);
        }
    }
}

fn play_pulses(
    input: Option<Res<XrInput>>,
    headset: Option<Res<Headset>>,
    mut pulses: MessageReader<Pulse>,
) {
    let Some(input) = input.filter(|_| is_focused(headset.as_deref())) else {
        pulses.clear();
        return;
    };
    for pulse in pulses.read() {
        if let Err(error) = input.actions.pulse(&input.session, *pulse) {
            debug!("a tick was not felt: {error}");
        }
    }
}

fn is_focused(headset: Option<&Headset>) -> bool {
    matches!(headset, Some(Headset::Worn { focused: true, .. }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::body::{JOINTS, Joint};

    fn held(kind: HandKind) -> HandInput {
        HandInput { tracked: true, kind, trigger: 0.6, primary: true, ..default() }
    }

    fn seen() -> HandJoints {
        let mut joints = [Joint::default(); JOINTS];
        for (number, joint) in joints.iter_mut().enumerate() {
            joint.place = vec3(0.01 * number as f32, 1.0, -0.4);
        }
        HandJoints(Some(Box::new(joints)))
    }

    #[test]
    fn a_held_controller_goes_before_what_cameras_see() {
        let found = chosen(Side::Left, held(HandKind::Controller), seen(), None, "it".into());
        assert_eq!(found.input, held(HandKind::Controller));
        assert_eq!(found.joints, HandJoints(None));
        assert_eq!(found.profile, "it");
    }

    #[test]
    fn fingers_that_the_runtime_reads_keep_their_values_and_show_their_joints() {
        let found = chosen(Side::Left, held(HandKind::Bare), seen(), None, String::new());
        assert_eq!(found.input, held(HandKind::Bare));
        assert_eq!(found.joints, seen());
    }

    #[test]
    fn fingers_that_only_cameras_see_are_read_here() {
        let found = chosen(Side::Right, HandInput::default(), seen(), None, "laid aside".into());
        assert!(found.input.tracked);
        assert_eq!(found.profile, "");
        assert_eq!(found.input.kind, HandKind::Bare);
        assert_eq!(found.joints, seen());
    }

    #[test]
    fn what_nothing_knows_of_is_not_there() {
        let lost = HandInput { tracked: false, ..held(HandKind::Controller) };
        let found = chosen(Side::Right, lost, HandJoints(None), None, String::new());
        assert_eq!(found, Sensed::default());
    }

    #[test]
    fn hands_let_go_when_the_session_is_gone_or_not_focused() {
        let mut app = App::new();
        app.add_plugins(plugin).add_message::<Pulse>();
        app.insert_resource(Headset::Worn { visible: true, focused: false });
        app.world_mut().spawn_batch(Side::BOTH.map(Hand));
        app.update();
        let mut hands = app.world_mut().query::<(Entity, &Hand)>();
        let both: Vec<_> = hands.iter(app.world()).map(|(hand, _)| hand).collect();
        assert_eq!(both.len(), 2);
        for headset in [false, true].map(|focused| Headset::Worn { visible: true, focused }) {
            app.insert_resource(headset);
            for &hand in &both {
                app.world_mut().entity_mut(hand).insert((
                    held(HandKind::Bare),
                    seen(),
                    Profile("it".into()),
                ));
            }
            app.world_mut().write_message(Pulse {
                side: Side::Left,
                strength: 1.0,
                milliseconds: 10,
            });
            app.update();
            for &hand in &both {
                let hand = app.world().entity(hand);
                assert_eq!(hand.get::<HandInput>(), Some(&HandInput::default()));
                assert_eq!(hand.get::<HandJoints>(), Some(&HandJoints(None)));
                assert_eq!(hand.get::<Profile>(), Some(&Profile::default()));
            }
        }
    }
}
