//! Hands as a visitor uses them, in a hall without a headset: only what is known of a hand is made up.

mod looks;
mod pointing;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bevy::{prelude::*, time::TimeUpdateStrategy, ui_widgets::ScrollArea};

use super::{Hand, HandInput, Pulse, Rig, Side, plugin};
use crate::world::{
    Head,
    hall_events::{HallEvent, HallListener},
    headless::{frames, hall_with, lay_out, panel, place},
    interaction::aim::AimReleased,
    ui::controls::{Activate, ButtonKind, Scale, Slider, SliderPlan, ValueChange, button, slider},
};

/// What was heard of controls, surfaces and hands.
#[derive(Resource, Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }
}

/// A visitor before a panel that hangs 1 m ahead of the hall's middle.
struct Visit {
    app: App,
    rig: Entity,
    heard: Heard,
}

const MIDDLE: Vec2 = Vec2::splat(0.5);

impl Visit {
    fn new() -> Self {
        let mut app = hall_with(|app| {
            app.add_plugins(plugin);
        });
        let heard = Heard::default();
        let told = heard.clone();
        app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(10)))
            .insert_resource(heard.clone())
            .insert_resource(HallListener::new(move |event| {
                if let HallEvent::Hand { side, tracked, profile } = event {
                    told.note(format!("{side} {tracked} {profile}"));
                }
            }))
            .add_observer(|_: On<Activate>, heard: Res<Heard>| heard.note("activated"))
            .add_observer(|released: On<AimReleased>, heard: Res<Heard>| {
                heard.note(format!("released {}", released.inside));
            })
            .add_observer(
                |change: On<ValueChange<f32>>,
                 sliders: Query<(), With<Slider>>,
                 heard: Res<Heard>| {
                    if sliders.contains(change.source) {
                        let end = if change.is_final { " at last" } else { "" };
                        heard.note(format!("{:.0}{end}", change.value));
                    }
                },
            )
            .add_systems(Last, |mut pulses: MessageReader<Pulse>, heard: Res<Heard>| {
                for pulse in pulses.read() {
                    heard.note(format!("{} pulse {}", pulse.side.word(), pulse.strength));
                }
            });
        let hung = panel(&mut app);
        app.world_mut().entity_mut(hung.root).with_children(|page| {
            page.spawn(button("go", "Go", ButtonKind::Primary));
            page.spawn(button("stay", "Stay", ButtonKind::Plain));
            page.spawn(slider(SliderPlan {
                name: "speed",
                label: "Speed".into(),
                range: 0.0..=100.0,
                value: 20.0,
                scale: Scale::Linear { step: 1.0 },
                show: |value| format!("{value}"),
            }));
            page.spawn((
                Node {
                    position_type: PositionType::Absolute,
                    right: px(20),
                    bottom: px(20),
                    width: px(400),
                    height: px(250),
                    overflow: Overflow::scroll_y(),
                    flex_direction: FlexDirection::Column,
                    ..default()
                },
                ScrollArea,
            ))
            .with_children(|list| {
                list.spawn(Node {
                    height: px(900),
                    flex_shrink: 0.0,
                    align_items: AlignItems::Start,
                    ..default()
                })
                .with_children(|long| {
                    long.spawn(button("entry", "Entry", ButtonKind::Plain));
                });
            });
        });
        lay_out(&mut app);
        let rig = app.world_mut().spawn(Rig).id();
        app.world_mut().spawn((Head, Transform::default()));
        frames(&mut app, 2);
        Self { app, rig, heard }
    }

    fn hand(&mut self, side: Side) -> Entity {
        let world = self.app.world_mut();
        let mut hands = world.query::<(Entity, &Hand)>();
        hands.iter(world).find(|(_, hand)| hand.0 == side).unwrap().0
    }

    /// Aims from a place in the hall at another one, whatever the rig has done, and does not yet go on.
    fn aim(&mut self, side: Side, from: Vec3, at: Vec3, input: HandInput) {
        let hand = self.hand(side);
        let rig = *self.app.world().get::<GlobalTransform>(self.rig).unwrap();
        let pose = Transform::from_translation(from).looking_at(at, Vec3::Y);
        let aim = GlobalTransform::from(pose).reparented_to(&rig);
        let grip = Transform { translation: aim.translation + vec3(0.0, -0.02, 0.05), ..aim };
        self.app.world_mut().entity_mut(hand).insert(HandInput {
            tracked: true,
            aim,
            grip,
            ..input
        });
    }

    /// Aims at a point of a control and goes on until a steadied hand has arrived there.
    #[track_caller]
    fn point(&mut self, side: Side, name: &'static str, at: Vec2, trigger: f32) {
        let at = place(&mut self.app, name, at);
        self.aim(side, HANDS_AT[side as usize], at, HandInput { trigger, ..default() });
        frames(&mut self.app, 40);
    }

    fn lose(&mut self, side: Side) {
        let hand = self.hand(side);
        self.app.world_mut().entity_mut(hand).insert(HandInput::default());
        frames(&mut self.app, 3);
    }

    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.0.lock().unwrap())
    }

    /// What was heard, without the ticks.
    fn done(&self) -> Vec<String> {
        self.heard().into_iter().filter(|what| !what.contains("pulse")).collect()
    }

    fn get<C: Component + Clone>(&mut self, side: Side) -> C {
        let hand = self.hand(side);
        self.app.world().get::<C>(hand).unwrap().clone()
    }
}

/// Left and right, in the hall; the right one is a little nearer.
const HANDS_AT: [Vec3; 2] = [vec3(-0.2, -0.3, 0.1), vec3(0.2, -0.3, -0.1)];
