//! A hall with a rig, a head and two hands but no headset, at 100 frames a second, for tests of the body.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bevy::{
    camera::visibility::VisibilityPlugin, ecs::query::QueryFilter, mesh::MeshPlugin, prelude::*,
    time::TimeUpdateStrategy,
};

use crate::world::draw::PlainMaterial;

use super::{
    Comfort, Hand, HandInput, Rig, Side, comfort, feet, hand, vignette::Vignette, visitor::Pose,
};
use crate::world::{
    Head, display,
    hall_events::{HallEvent, HallListener},
    headset::Headset,
    interaction::intent::Intent,
};

const FRAME: Duration = Duration::from_millis(10);

/// How many frames a time takes.
pub(super) fn frames_of(secs: f32) -> usize {
    (secs / FRAME.as_secs_f32()).round() as usize
}

/// Where the visitor was told to stand: x, z, degrees to the left.
type Stood = (f32, f32, f32);

pub(super) struct Rehearsal {
    app: App,
    rig: Entity,
    head: Entity,
    stood: Arc<Mutex<Vec<Stood>>>,
}

/// A hall in which things are made and shown to nobody, at 100 frames a second.
pub(super) fn showroom() -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, TransformPlugin, AssetPlugin::default(), MeshPlugin))
        .insert_resource(TimeUpdateStrategy::ManualDuration(FRAME))
        .init_asset::<Shader>()
        .init_asset::<PlainMaterial>()
        .add_plugins((display::plugin, VisibilityPlugin));
    app
}

impl Rehearsal {
    /// The headset has just been put on, with the head upright over the rig's origin and both hands tracked.
    pub(super) fn new() -> Self {
        let stood = Arc::new(Mutex::new(Vec::new()));
        let listener = Arc::clone(&stood);
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, TransformPlugin))
            .insert_resource(TimeUpdateStrategy::ManualDuration(FRAME))
            .insert_resource(HallListener::new(move |event| {
                if let HallEvent::Stands { x, z, turn_degrees } = event {
                    listener.lock().unwrap().push((x, z, turn_degrees));
                }
            }))
            .insert_resource(Headset::Worn { visible: true, focused: true })
            .add_message::<Intent>()
            .add_plugins((comfort::plugin, hand::plugin, feet));
        let rig = app.world_mut().spawn(Rig).id();
        let at = Transform::from_xyz(0.0, 1.6, 0.0);
        let head = app.world_mut().spawn((Head, at, ChildOf(rig))).id();
        app.world_mut().flush();
        let mut hall = Self { app, rig, head, stood };
        for side in Side::BOTH {
            hall.hand(side).tracked = true;
        }
        hall
    }

    /// The visitor has arrived in the middle and nothing was told yet.
    pub(super) fn started() -> Self {
        let mut hall = Self::new();
        hall.frames(0.5);
        hall.stood.lock().unwrap().clear();
        hall
    }

    pub(super) fn frame(&mut self) {
        self.app.update();
    }

    pub(super) fn frames(&mut self, secs: f32) {
        for _ in 0..frames_of(secs) {
            self.frame();
        }
    }

    pub(super) fn rig(&self) -> Transform {
        *self.app.world().get(self.rig).unwrap()
    }

    pub(super) fn pose(&self) -> Pose {
        Pose { rig: self.rig(), head: *self.app.world().get(self.head).unwrap() }
    }

    /// Above the floor of the hall, in metres.
    pub(super) fn eye_height(&self) -> f32 {
        (self.pose().rig * self.pose().head).translation.y
    }

    pub(super) fn set_head(&mut self, head: Transform) {
        self.app.world_mut().entity_mut(self.head).insert(head);
    }

    pub(super) fn set_headset(&mut self, headset: Headset) {
        self.app.insert_resource(headset);
    }

    pub(super) fn hand(&mut self, side: Side) -> &mut HandInput {
        let hand = self.hand_entity(side);
        self.app.world_mut().get_mut::<HandInput>(hand).unwrap().into_inner()
    }

    pub(super) fn mark(&mut self, side: Side, mark: impl Bundle) {
        let hand = self.hand_entity(side);
        self.app.world_mut().entity_mut(hand).insert(mark);
    }

    pub(super) fn comfort(&mut self) -> &mut Comfort {
        self.app.world_mut().resource_mut::<Comfort>().into_inner()
    }

    pub(super) fn vignette(&self) -> Vignette {
        *self.resource()
    }

    pub(super) fn resource<R: Resource>(&self) -> &R {
        self.app.world().resource()
    }

    pub(super) fn insert(&mut self, resource: impl Resource) {
        self.app.insert_resource(resource);
    }

    pub(super) fn spawn(&mut self, bundle: impl Bundle) -> Entity {
        self.app.world_mut().spawn(bundle).id()
    }

    pub(super) fn despawn(&mut self, entity: Entity) {
        self.app.world_mut().despawn(entity);
    }

    pub(super) fn count<F: QueryFilter>(&mut self) -> usize {
        self.app.world_mut().query_filtered::<(), F>().iter(self.app.world()).count()
    }

    pub(super) fn send(&mut self, message: impl Message) {
        self.app.world_mut().write_message(message);
    }

    pub(super) fn stands(&self) -> Vec<Stood> {
        self.stood.lock().unwrap().clone()
    }

    fn hand_entity(&mut self, side: Side) -> Entity {
        let world = self.app.world_mut();
        let mut hands = world.query::<(Entity, &Hand)>();
        hands.iter(world).find(|(_, hand)| hand.0 == side).unwrap().0
    }
}
