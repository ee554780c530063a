//! The spectators' window as a class uses it, in a hall without a headset and without a picture.

use std::time::Duration;

use bevy::{
    camera::visibility::RenderLayers, ecs::system::RunSystemOnce, time::TimeUpdateStrategy,
};

use super::{
    strip::StripText,
    visitor::{Rays, Ring, Visor},
    *,
};
use crate::{
    history::Run,
    stream::ExhibitId,
    world::{
        Head, SPECTATOR_ONLY, WindowCamera, WorldSystems,
        body::{Hand, Rig, Side},
        desktop::MouseAim,
        display::{self, Wires},
        head,
        headless::{frames, hall_with, lay_out, panel, place, place_if_seen},
        headset::Headset,
        interaction::{
            aim::{Aim, AimedAt},
            intent::Intent,
        },
        link::ShownRun,
        pointed_at::PointedAt,
        stage::{ExhibitList, Placed},
        ui::notice::Notice,
    },
};

/// A hall with two exhibits, and a visitor with a head.
struct Class {
    app: App,
    camera: Entity,
    rig: Entity,
    head: Entity,
}

const FRAME_SECS: f32 = 0.01;
const WORN: Headset = Headset::Worn { visible: true, focused: true };

impl Class {
    fn new() -> Self {
        let mut app = hall_with(|app| {
            app.insert_resource(ExhibitList(
                [("First", 0.0), ("Second", 90.0)]
                    .map(|(title, bearing)| Placed {
                        bearing,
                        ..Placed::silent(ExhibitId::new(title), title)
                    })
                    .into(),
            ))
            .insert_resource(ShownRun(Run::new(0)))
            .insert_resource(Headset::Ready)
            .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_secs_f32(
                FRAME_SECS,
            )))
            .init_resource::<PointedAt>()
            .configure_sets(
                Update,
                (WorldSystems::Steer, WorldSystems::Arrange, WorldSystems::Show).chain(),
            )
            .add_plugins((display::plugin, head::plugin, plugin));
        });
        app.update();
        let world = app.world_mut();
        let rig = world.spawn(Rig).id();
        let head = world
            .spawn((Transform::from_xyz(0.3, 1.7, 0.2), Visibility::default(), ChildOf(rig)))
            .id();
        world.spawn(MouseAim);
        let camera = world.query_filtered::<Entity, With<WindowCamera>>().single(world).unwrap();
        let mut class = Self { app, camera, rig, head };
        lay_out(&mut class.app);
        class
    }

    fn put_on(&mut self) {
        self.app.world_mut().entity_mut(self.camera).remove::<Head>();
        self.app.world_mut().entity_mut(self.head).insert(Head);
        self.app.insert_resource(WORN);
    }

    fn take_off(&mut self) {
        self.app.world_mut().entity_mut(self.head).remove::<Head>();
        self.app.world_mut().entity_mut(self.camera).insert(Head);
        self.app.insert_resource(Headset::Ready);
    }

    fn eye(&self) -> Transform {
        *self.app.world().get::<Transform>(self.camera).unwrap()
    }

    fn fov_degrees(&self) -> f32 {
        match self.app.world().get::<Projection>(self.camera).unwrap() {
            Projection::Perspective(lens) => lens.fov.to_degrees(),
            _ => panic!("the window has another lens"),
        }
    }

    fn mode(&self) -> SpectatorMode {
        self.app.world().resource::<SpectatorPlan>().mode
    }

    fn wish(&mut self, intent: Intent) {
        self.app.world_mut().write_message(intent);
        self.app.update();
    }

    /// The longest way and the widest turn of the camera from frame to frame, in metres and in degrees.
    fn largest_steps(&mut self, count: usize) -> (f32, f32) {
        let mut largest = (0.0_f32, 0.0_f32);
        let mut last = self.eye();
        for _ in 0..count {
            self.app.update();
            let eye = self.eye();
            largest.0 = largest.0.max(eye.translation.distance(last.translation));
            largest.1 = largest.1.max(eye.rotation.angle_between(last.rotation).to_degrees());
            last = eye;
        }
        largest
    }

    fn says(&mut self, line: StripText) -> String {
        let world = self.app.world_mut();
        let mut lines = world.query::<(&StripText, &Text)>();
        lines.iter(world).find(|(of, _)| **of == line).unwrap().1.0.clone()
    }

    /// An aim from the camera at a control, for one frame.
    fn aim(&mut self, aim: Entity, at: Vec3, pressed: bool) {
        let origin = self.eye().translation;
        let ray = Some(Ray3d::new(origin, Dir3::new(at - origin).unwrap()));
        self.app.world_mut().entity_mut(aim).insert(Aim { ray, pressed, ..default() });
        self.app.update();
    }
}

/// Seconds in frames.
fn secs(secs: f32) -> usize {
    (secs / FRAME_SECS) as usize
}

#[test]
fn the_view_comes_to_the_visitor_without_a_jump_and_keeps_level() {
    let mut class = Class::new();
    let tilted = Quat::from_euler(EulerRot::YXZ, 0.8, -0.3, 0.5);
    class.app.world_mut().get_mut::<Transform>(class.head).unwrap().rotation = tilted;
    class.put_on();
    let (way_m, turn_degrees) = class.largest_steps(secs(2.0));
    assert!(way_m < 0.03 && turn_degrees < 1.0, "{way_m} m, {turn_degrees}° in a frame");
    let eye = class.eye();
    assert!(eye.translation.abs_diff_eq(vec3(0.3, 1.7, 0.2), 0.01), "{eye:?}");
    assert!((eye.rotation * Vec3::X).y.abs() < 1e-4, "no roll");
    assert!((eye.rotation * Vec3::NEG_Z).angle_between(tilted * Vec3::NEG_Z) < 0.02);
    assert!(class.fov_degrees() > 70.0, "wide");
}

#[test]
fn a_teleport_and_a_turn_of_the_rig_are_eased() {
    let mut class = Class::new();
    class.put_on();
    frames(&mut class.app, secs(2.0));
    let rig = Transform::from_xyz(3.0, 0.0, -2.0).with_rotation(Quat::from_rotation_y(-0.6));
    class.app.world_mut().entity_mut(class.rig).insert(rig);
    let (way_m, turn_degrees) = class.largest_steps(secs(3.0));
    assert!(way_m < 0.031 && turn_degrees < 1.0, "{way_m} m, {turn_degrees}° in a frame");
    let wanted = rig.transform_point(vec3(0.3, 1.7, 0.2));
    assert!(class.eye().translation.abs_diff_eq(wanted, 0.02), "it arrives");
}

#[test]
fn f2_goes_from_view_to_view_and_steering_begins_where_the_camera_is() {
    let mut class = Class::new();
    class.put_on();
    class.app.update();
    for mode in [SpectatorMode::Exhibit, SpectatorMode::Free, SpectatorMode::Follow] {
        class.wish(Intent::NextView);
        assert_eq!(class.mode(), mode);
    }
    frames(&mut class.app, secs(1.0));
    let before = class.eye();
    class.app.world_mut().resource_mut::<ButtonInput<KeyCode>>().press(KeyCode::KeyS);
    let (way_m, turn_degrees) = class.largest_steps(secs(0.5));
    assert_eq!(class.mode(), SpectatorMode::Free);
    assert!(way_m < 0.05 && turn_degrees < 0.5, "{way_m} m, {turn_degrees}° in a frame");
    let gone = class.eye().translation.distance(before.translation);
    assert!((0.5..1.0).contains(&gone), "{gone} m in half a second");
    class.app.world_mut().resource_mut::<ButtonInput<KeyCode>>().release(KeyCode::KeyS);
    // Not drawn is no view that one comes to by going on, but one can go on from it.
    class.app.world_mut().resource_mut::<SpectatorPlan>().mode = SpectatorMode::Off;
    class.app.update();
    let layers = class.app.world().get::<RenderLayers>(class.camera).unwrap();
    assert_eq!(*layers, RenderLayers::layer(SPECTATOR_ONLY));
    class.wish(Intent::NextView);
    assert_eq!(class.mode(), SpectatorMode::Follow);
}

#[test]
fn the_guide_points_to_an_exhibit_and_the_visitor_is_told_but_not_moved() {
    let mut class = Class::new();
    class.put_on();
    class.app.update();
    let rig = *class.app.world().get::<Transform>(class.rig).unwrap();
    class.wish(Intent::Show(1));
    let notices: Vec<Notice> =
        class.app.world_mut().resource_mut::<Messages<Notice>>().drain().collect();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].text, "Your guide points to “Second”.");
    frames(&mut class.app, secs(2.5));
    assert_eq!(class.mode(), SpectatorMode::Exhibit);
    let ahead = class.eye().rotation * Vec3::NEG_Z;
    assert!(ahead.x > 0.99, "to the right of the first: {ahead}");
    assert_eq!(*class.app.world().get::<Transform>(class.rig).unwrap(), rig);
    class.wish(Intent::Show(7));
    assert!(class.app.world_mut().resource_mut::<Messages<Notice>>().drain().next().is_none());
}

#[test]
fn leaving_gives_the_camera_back_within_a_moment() {
    let mut class = Class::new();
    let own = class.eye();
    class.put_on();
    frames(&mut class.app, secs(2.0));
    assert!(class.eye().translation.distance(own.translation) > 0.2);
    class.take_off();
    // As the window's own walking does, which is not here.
    let stand = move |mut camera: Single<&mut Transform, With<WindowCamera>>| **camera = own;
    let mut last = class.eye();
    for frame in 0..secs(0.35) {
        class.app.world_mut().run_system_once(stand).unwrap();
        class.app.update();
        let way_m = class.eye().translation.distance(last.translation);
        assert!(way_m < 0.05, "{way_m} m in frame {frame}");
        last = class.eye();
    }
    assert!(class.eye().translation.abs_diff_eq(own.translation, 1e-4));
    assert!((class.fov_degrees() - 60.0).abs() < 1e-3);
    assert!(class.app.world().get::<RenderLayers>(class.camera).is_none());
    frames(&mut class.app, 2);
    assert!(
        place_if_seen(&mut class.app, "spectator-pause", Vec2::splat(0.5)).is_none(),
        "no strip"
    );
}

#[test]
fn the_mouse_presses_the_strip_and_a_hand_cannot() {
    let mut class = Class::new();
    class.put_on();
    frames(&mut class.app, secs(2.0));
    lay_out(&mut class.app);
    let at = place(&mut class.app, "spectator-step", Vec2::splat(0.5));
    let world = class.app.world_mut();
    let mouse = world.query_filtered::<Entity, With<MouseAim>>().single(world).unwrap();
    let hand = world.spawn((Hand(Side::Right), ChildOf(class.rig))).id();
    let pressed = |class: &mut Class, aim| {
        class.app.world_mut().resource_mut::<Messages<Intent>>().clear();
        // A release waits a frame while the strip moves with the camera.
        for pressed in [false, true, false, false] {
            class.aim(aim, at, pressed);
        }
        let heard = class.app.world_mut().resource_mut::<Messages<Intent>>();
        let mut cursor = heard.get_cursor();
        cursor.read(&heard).any(|intent| *intent == Intent::OneStep)
    };
    assert!(!pressed(&mut class, hand));
    assert!(class.app.world().get::<AimedAt>(hand).unwrap().0.is_none());
    assert!(pressed(&mut class, mouse));
}

#[test]
fn the_strip_says_what_the_visitor_does() {
    let mut class = Class::new();
    class.put_on();
    frames(&mut class.app, secs(0.2));
    assert_eq!(class.says(StripText::Title), "First");
    assert_eq!(class.says(StripText::Run), "Preparing");
    assert_eq!(class.says(StripText::Visitor), "The visitor looks around");
    class.app.insert_resource(PointedAt(Some("Pooled, map 3: 0.2".into())));
    frames(&mut class.app, secs(0.2));
    assert_eq!(class.says(StripText::Visitor), "Pointing at Pooled, map 3: 0.2");
    class.app.insert_resource(Headset::Worn { visible: true, focused: false });
    class.app.update();
    assert_eq!(class.says(StripText::Visitor), "The visitor is in the system menu");
}

#[test]
fn spectators_see_a_head_rays_and_where_they_hit() {
    let mut class = Class::new();
    class.put_on();
    let hung = panel(&mut class.app);
    let hand = class.app.world_mut().spawn((Hand(Side::Left), ChildOf(class.rig))).id();
    // Over the panel, and then past it.
    for (y, hits) in [(0.0, true), (5.0, false)] {
        let origin = vec3(0.1, y, 1.0);
        let ray = Some(Ray3d::new(origin, Dir3::NEG_Z));
        class.app.world_mut().entity_mut(hand).insert(Aim { ray, ..default() });
        frames(&mut class.app, 2);
        let world = class.app.world_mut();
        let lines = world.query_filtered::<&Wires, With<Rays>>().single(world).unwrap().lines();
        let end_z = if hits { -1.0 } else { -2.0 };
        assert_eq!(lines.len(), 1);
        assert!(lines[0].0 == origin && lines[0].1.abs_diff_eq(vec3(0.1, y, end_z), 1e-4));
        let mut rings =
            world.query_filtered::<(&Visibility, &Transform, &RenderLayers), With<Ring>>();
        let shown: Vec<_> =
            rings.iter(world).filter(|ring| *ring.0 != Visibility::Hidden).collect();
        assert_eq!(shown.len(), usize::from(hits));
        if let [(_, place, layers)] = shown[..] {
            assert!(place.translation.z > -1.0, "before the panel");
            assert_eq!(*layers, RenderLayers::layer(SPECTATOR_ONLY));
        }
    }
    let world = class.app.world_mut();
    let on = world.query_filtered::<&ChildOf, With<Visor>>().single(world).unwrap().parent();
    assert_eq!(on, class.head);
    class.take_off();
    frames(&mut class.app, 1);
    let world = class.app.world_mut();
    assert!(world.query::<&Visor>().iter(world).next().is_none());
    assert!(world.get_entity(hung.panel).is_ok());
}
