//! The wrist menu in a hall without window and GPU: how it comes, what it says when pressed, and that it can be read.

use std::time::Duration;

use bevy::{time::TimeUpdateStrategy, ui::Checked};

use super::*;
use crate::{
    stream::ExhibitId,
    world::{
        body::{Side, comfort, hand},
        headless::{frames, hall, lay_out, place, place_if_seen},
        interaction::aim::Aim,
        stage::Placed,
        ui::{
            controls::{Choice, ControlName},
            panel::Panel,
            type_size,
        },
    },
};

const FRAME_MS: u64 = 50;

struct Visit {
    app: App,
    head: Entity,
    hands: [Entity; 2],
}

/// A visitor in a headset, who has moved and turned in the hall.
fn visit() -> Visit {
    let mut app = hall();
    let placed = |name, title| Placed::silent(ExhibitId::new(name), title);
    app.insert_resource(ExhibitList(vec![
        placed("one", "A network learns to read digits"),
        placed("two", "Recommender"),
    ]))
    .insert_resource(Headset::Worn { visible: true, focused: true })
    .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(FRAME_MS)));
    comfort::plugin(&mut app);
    hand::plugin(&mut app);
    plugin(&mut app);
    let turned = Quat::from_rotation_y(1.1);
    let rig = app
        .world_mut()
        .spawn((Rig, Transform::from_xyz(2.0, 0.1, -1.0).with_rotation(turned)))
        .id();
    let head = app
        .world_mut()
        .spawn((
            Head,
            Visibility::default(),
            Transform::from_xyz(0.1, 1.6, 0.2).with_rotation(Quat::from_rotation_x(-0.2)),
            ChildOf(rig),
        ))
        .id();
    lay_out(&mut app);
    let world = app.world_mut();
    let mut hands: Vec<_> = world.query::<(&Hand, Entity)>().iter(world).collect();
    hands.sort_by_key(|(hand, _)| hand.0);
    let hands = [hands[0].1, hands[1].1];
    Visit { app, head, hands }
}

impl Visit {
    fn hold(&mut self, side: Side, grip: Transform) {
        let input = HandInput { tracked: true, grip, ..default() };
        self.app.world_mut().entity_mut(self.hands[side as usize]).insert(input);
    }

    fn say(&mut self, intent: Intent) {
        self.app.world_mut().write_message(intent);
        frames(&mut self.app, 1);
    }

    fn menu(&mut self) -> (Entity, GlobalTransform, bool) {
        let world = self.app.world_mut();
        let mut menus = world
            .query_filtered::<(Entity, &GlobalTransform, &InheritedVisibility), With<WristMenu>>();
        let (entity, place, seen) = menus.single(world).unwrap();
        (entity, *place, seen.get())
    }

    fn is_seen(&mut self) -> bool {
        self.menu().2
    }

    fn head(&self) -> GlobalTransform {
        *self.app.world().get::<GlobalTransform>(self.head).unwrap()
    }

    /// Clicks with the right hand on a point of a control.
    #[track_caller]
    fn click(&mut self, name: &'static str, at: Vec2) {
        let eye = self.head().translation();
        for pressed in [false, true, false] {
            let at = place(&mut self.app, name, at);
            let ray = Some(Ray3d::new(eye, Dir3::new(at - eye).unwrap()));
            let hand = self.hands[Side::Right as usize];
            self.app.world_mut().entity_mut(hand).insert(Aim { ray, pressed, ..default() });
            frames(&mut self.app, 1);
        }
        frames(&mut self.app, 1);
    }

    fn said(&mut self) -> Vec<Intent> {
        self.app.world_mut().resource_mut::<Messages<Intent>>().drain().collect()
    }
}

const MIDDLE: Vec2 = Vec2::splat(0.5);

/// A hand held up before the chest, with its palm turned inwards.
const HELD_UP: Transform = Transform::from_xyz(-0.15, 1.3, -0.25);

#[test]
fn the_button_brings_it_before_the_face_and_there_it_stays() {
    let mut visit = visit();
    assert!(!visit.is_seen());
    visit.hold(Side::Left, HELD_UP);
    visit.say(Intent::Menu);
    frames(&mut visit.app, 8);
    let (_, menu, seen) = visit.menu();
    assert!(seen);
    let to_head = visit.head().translation() - menu.translation();
    assert!((0.449..=0.601).contains(&to_head.length()), "{}", to_head.length());
    assert!(menu.back().dot(to_head.normalize()) > 0.999, "it faces the head");
    let wrist = visit.app.world_mut().query_filtered::<&GlobalTransform, With<Rig>>();
    let mut wrist = wrist;
    let rig = *wrist.single(visit.app.world()).unwrap();
    let wrist = rig.transform_point(HELD_UP.translation);
    assert!((menu.translation() - wrist).xz().length() < 0.2, "it hangs over the wrist");

    visit.hold(Side::Left, Transform::from_xyz(0.4, 0.8, 0.0));
    frames(&mut visit.app, 10);
    assert_eq!(visit.menu().1, menu, "it does not follow the hand any more");
    visit.say(Intent::Menu);
    frames(&mut visit.app, 8);
    assert!(!visit.is_seen());
}

#[test]
fn a_look_at_the_wrist_brings_it_and_turning_the_wrist_away_takes_it() {
    let mut visit = visit();
    let to_head = (vec3(0.1, 1.6, 0.2) - HELD_UP.translation).normalize();
    let turned = HELD_UP.with_rotation(Quat::from_rotation_arc(Vec3::NEG_X, to_head));
    visit.hold(Side::Left, HELD_UP);
    visit.hold(Side::Right, turned);
    frames(&mut visit.app, 10);
    assert!(!visit.is_seen(), "that is the hand that points");
    visit.hold(Side::Left, turned);
    frames(&mut visit.app, 4);
    assert!(!visit.is_seen());
    frames(&mut visit.app, 4);
    assert!(visit.is_seen());
    visit.hold(Side::Left, HELD_UP);
    frames(&mut visit.app, 15);
    assert!(visit.is_seen());
    frames(&mut visit.app, 12);
    assert!(!visit.is_seen());
    // The other hand's wrist counts for the left-handed.
    visit.app.world_mut().resource_mut::<Comfort>().main_hand = Side::Left;
    frames(&mut visit.app, 10);
    assert!(visit.is_seen());
}

#[test]
fn one_hand_alone_brings_it_by_its_own_wrist_and_presses_on_it() {
    for side in Side::BOTH {
        let mut visit = visit();
        let to_head = (vec3(0.1, 1.6, 0.2) - HELD_UP.translation).normalize();
        let turned = HELD_UP.with_rotation(Quat::from_rotation_arc(Vec3::NEG_X, to_head));
        visit.hold(side, turned);
        // Until it follows the hand no longer.
        frames(&mut visit.app, 16);
        assert!(visit.is_seen(), "{side:?}");
        let before = visit.menu().1;
        // The hand leaves the wrist's place to point, and the menu hangs where it was.
        visit.hold(side, HELD_UP.with_translation(vec3(0.3, 1.2, -0.2)));
        frames(&mut visit.app, 3);
        assert!(
            visit.is_seen() && visit.menu().1.translation().distance(before.translation()) < 0.01
        );
    }
}

#[test]
fn a_busy_hand_calls_nothing() {
    let mut visit = visit();
    let to_head = (vec3(0.1, 1.6, 0.2) - HELD_UP.translation).normalize();
    let grip = HELD_UP.with_rotation(Quat::from_rotation_arc(Vec3::X, to_head));
    let input = HandInput { tracked: true, grip, squeeze: 1.0, ..default() };
    let hand = visit.hands[Side::Left as usize];
    visit.app.world_mut().entity_mut(hand).insert(input);
    frames(&mut visit.app, 20);
    assert!(!visit.is_seen());
}

#[test]
fn each_entry_says_its_wish_and_the_menu_goes() {
    let mut visit = visit();
    for (name, intent) in [
        ("menu-exhibit-1", Intent::Visit(0)),
        ("menu-exhibit-2", Intent::Visit(1)),
        ("menu-recentre", Intent::Recentre),
        ("menu-put-back", Intent::PutBack),
        ("menu-sound", Intent::ToggleSound),
        ("menu-help", Intent::Help),
        ("menu-picture", Intent::Picture),
        ("menu-leave", Intent::LeaveHeadset),
    ] {
        visit.say(Intent::Menu);
        frames(&mut visit.app, 8);
        visit.said();
        visit.click(name, MIDDLE);
        assert_eq!(visit.said(), [intent], "{name}");
        frames(&mut visit.app, 8);
        assert!(!visit.is_seen(), "{name}");
    }
    visit.say(Intent::Menu);
    frames(&mut visit.app, 8);
    visit.said();
    visit.click("menu-close", MIDDLE);
    frames(&mut visit.app, 8);
    assert!(visit.said().is_empty() && !visit.is_seen());
}

#[test]
fn comfort_is_written_and_shown() {
    let mut visit = visit();
    visit.say(Intent::Menu);
    frames(&mut visit.app, 8);
    visit.click("menu-comfort", MIDDLE);
    frames(&mut visit.app, 2);
    assert!(place_if_seen(&mut visit.app, "menu-recentre", MIDDLE).is_none(), "another page");
    let right = vec2(0.9, 0.5);
    visit.click("comfort-turn", right);
    visit.click("comfort-posture", right);
    visit.click("comfort-hand", vec2(0.1, 0.5));
    visit.click("comfort-walking", MIDDLE);
    visit.click("comfort-vignette", MIDDLE);
    visit.click("comfort-motion", MIDDLE);
    let chosen = Comfort {
        main_hand: Side::Left,
        snap_turn_degrees: 45.0,
        smooth_walking: true,
        vignette: false,
        less_motion: true,
        seated: true,
    };
    assert_eq!(*visit.app.world().resource::<Comfort>(), chosen);

    // What others choose is shown.
    *visit.app.world_mut().resource_mut::<Comfort>() = Comfort::default();
    frames(&mut visit.app, 2);
    let world = visit.app.world_mut();
    let mut choices = world.query::<(&ControlName, &Choice)>();
    let mut choices: Vec<_> = choices.iter(world).map(|(name, c)| (name.0, c.chosen)).collect();
    choices.sort_unstable();
    assert_eq!(choices, [("comfort-hand", 1), ("comfort-posture", 0), ("comfort-turn", 1)]);
    let mut switches = world.query_filtered::<&ControlName, With<Checked>>();
    let on: Vec<_> = switches.iter(world).map(|name| name.0).collect();
    assert_eq!(on, ["comfort-vignette"]);
    visit.click("comfort-back", MIDDLE);
    frames(&mut visit.app, 2);
    assert!(place_if_seen(&mut visit.app, "menu-recentre", MIDDLE).is_some());
}

#[test]
fn it_is_only_there_while_the_headset_is_worn() {
    let mut visit = visit();
    visit.say(Intent::Menu);
    frames(&mut visit.app, 8);
    assert!(visit.is_seen());
    visit.app.insert_resource(Headset::Leaving);
    frames(&mut visit.app, 8);
    assert!(!visit.is_seen());
    visit.say(Intent::Menu);
    frames(&mut visit.app, 8);
    assert!(!visit.is_seen());
}

#[test]
fn everything_on_it_is_large_enough_and_within_it() {
    let mut visit = visit();
    visit.say(Intent::Menu);
    frames(&mut visit.app, 8);
    for page in [MenuPage::First, MenuPage::Comfort] {
        if page == MenuPage::Comfort {
            visit.click("menu-comfort", MIDDLE);
            frames(&mut visit.app, 4);
        }
        let (menu, ..) = visit.menu();
        let world = visit.app.world_mut();
        let panel = world.get::<Panel>(menu).unwrap().clone();
        // As far as it may hang, one logical pixel is at least one dmm.
        assert!(panel.size_dmm.x <= panel.size_m.x * 1000.0 / place::DISTANCES_M.1 + 0.1);
        let mut nodes = world.query::<(
            &ComputedNode,
            &UiGlobalTransform,
            &InheritedVisibility,
            Option<&ControlName>,
            Option<&Text>,
            Option<&TextFont>,
            &ComputedUiTargetCamera,
        )>();
        let mut counted = 0;
        for (node, at, seen, name, text, font, camera) in nodes.iter(world) {
            if camera.get() != Some(panel.camera) || !seen.get() || node.is_empty() {
                continue;
            }
            let what = (name, text);
            let size = node.size() / panel.target.scale_factor;
            let at = at.translation / panel.target.scale_factor;
            assert!((at - size / 2.0).min_element() > -0.5, "{what:?} sticks out");
            let end = at + size / 2.0;
            assert!((panel.size_dmm - end).min_element() > -0.5, "{what:?} sticks out: {end}");
            if let Some(name) = name {
                let least = if name.0.starts_with("menu-exhibit") {
                    type_size::ROW
                } else {
                    type_size::BUTTON
                };
                assert!(size.y >= least - 0.5, "{} is {} dmm high", name.0, size.y);
                counted += 1;
            }
            if let (Some(_), Some(TextFont { font_size: FontSize::Px(size), .. })) = (text, font) {
                assert!(*size >= 24.0, "{what:?}");
            }
        }
        assert!(counted >= 6, "{page:?}: {counted}");
    }
}
