//! The hall for everybody, as docs/ACCESSIBILITY.md tells it: what a screen reader hears, what is read out large, what who
//! sits reaches.

use std::collections::{BTreeMap, BTreeSet};

use accesskit::{Action, ActionRequest as Request, Node as Spoken, NodeId, Role, TreeId};
use bevy::{
    a11y::{AccessibilityNode, AccessibilityRequested, ActionRequest},
    ecs::message::Messages,
    prelude::*,
    ui::{ComputedUiTargetCamera, UiGlobalTransform},
};
use perceptarium::{
    exhibits,
    stream::RunState,
    world::{
        WindowCamera,
        access::Access,
        interaction::{
            aim::{Aim, AimedAt, Untouchable},
            intent::Intent,
        },
        link::ShownRun,
        ui::{controls::ControlName, panel::Panel},
    },
};

use crate::{halls::Hall, support::exhibit};

/// Optimiser steps before somebody looks.
const STEPS: u32 = 3;
/// Eyes of somebody who sits and was not lifted, in metres above the floor.
const SEATED: Vec3 = vec3(0.0, 1.2, 0.0);
/// The same eye where the page of comfort lifts it to the eyes of who stands, and how many controls may need that.
const LIFTED: Vec3 = vec3(0.0, 1.6, 0.0);
const MOST_HIDDEN: usize = 2;

/// The stage lies within so much of straight ahead, as a cosine: 65°.
const STAGE: f32 = 0.42;

/// A hall with this exhibit to which somebody listens.
fn heard(name: &str) -> Hall {
    let mut hall = Hall::begun(exhibit(name), STEPS);
    hall.app.world().resource::<AccessibilityRequested>().set(true);
    hall.settle();
    hall
}

/// All that can be acted on, by the root of its page.
fn controls(hall: &mut Hall) -> BTreeMap<Entity, Vec<Spoken>> {
    let world = hall.app.world_mut();
    let mut nodes = world.query::<(Entity, &AccessibilityNode)>();
    let told: Vec<_> = nodes
        .iter(world)
        .filter(|(_, node)| node.0.supports_action(Action::Focus))
        .map(|(entity, node)| (entity, node.0.clone()))
        .collect();
    let mut pages: BTreeMap<Entity, Vec<Spoken>> = BTreeMap::new();
    for (entity, node) in told {
        let parent = |node: Entity| world.get::<ChildOf>(node).map(ChildOf::parent);
        let root = std::iter::successors(Some(entity), |node| parent(*node)).last().unwrap();
        pages.entry(root).or_default().push(node);
    }
    pages
}

fn assert_named(name: &str) {
    let mut hall = heard(name);
    for intent in [None, Some(Intent::Help), Some(Intent::Access)] {
        if let Some(intent) = intent {
            hall.say(intent);
        }
        let pages = controls(&mut hall);
        let count: usize = pages.values().map(Vec::len).sum();
        assert!(count > 10, "{name}: only {count} controls are told");
        for page in pages.values() {
            let names: Vec<_> = page.iter().map(|node| node.label().unwrap_or_default()).collect();
            for (node, called) in page.iter().zip(&names) {
                assert_ne!(node.role(), Role::Unknown, "{name}: {called}");
                // One without a name is told by its place alone, in parentheses.
                let is_nameless =
                    called.trim().is_empty() || called.trim().starts_with(['(', '（']);
                assert!(!is_nameless, "{name}: a {:?} without a name: {called}", node.role());
            }
            let different: BTreeSet<_> = names.iter().collect();
            assert_eq!(different.len(), names.len(), "{name}: called the same: {names:?}");
        }
    }
}

#[test]
fn a_screen_reader_hears_every_control_by_a_name_of_its_own() {
    for exhibit in exhibits::ALL {
        assert_named(exhibit.id.name());
    }
}

#[test]
fn a_screen_reader_lets_the_training_go_on() {
    let mut hall = heard("digits");
    let world = hall.app.world_mut();
    let mut controls = world.query::<(Entity, &ControlName)>();
    let pause = controls.iter(world).find(|(_, control)| control.0 == "pause").unwrap().0;
    assert!(world.get::<AccessibilityNode>(pause).unwrap().0.label().is_some());
    world.resource_mut::<Messages<ActionRequest>>().write(ActionRequest(Request {
        action: Action::Click,
        target_tree: TreeId::ROOT,
        target_node: NodeId(pause.to_bits()),
        data: None,
    }));
    hall.wait("training", |world| *world.resource::<ShownRun>().0.state() != RunState::Paused);
}

/// A text or control that can be seen: what it says, where it hangs, and its letters in dmm.
struct Sight {
    words: String,
    place: Vec3,
    letters_dmm: f32,
}

/// Every text that is seen in the window.
fn in_window(hall: &mut Hall) -> (Vec3, Vec<Sight>) {
    let world = hall.app.world_mut();
    let mut eyes = world.query_filtered::<(&Camera, &GlobalTransform), With<WindowCamera>>();
    let (camera, eye) = eyes.single(world).unwrap();
    let (camera, eye) = (camera.clone(), *eye);
    // What aims go through, as a film's name on the dome, is told by what lies behind it.
    let mut panels = world
        .query_filtered::<(&Panel, &Name, &GlobalTransform, &InheritedVisibility), Without<Untouchable>>();
    let panels: BTreeMap<Entity, (Panel, GlobalTransform)> = panels
        .iter(world)
        .filter(|(_, name, _, seen)| seen.get() && name.as_str() != "Reading line")
        .map(|(panel, _, place, _)| (panel.camera, (panel.clone(), *place)))
        .collect();
    let mut texts = world.query::<(
        &Text,
        &TextFont,
        &ComputedNode,
        &UiGlobalTransform,
        &ComputedUiTargetCamera,
        &InheritedVisibility,
    )>();
    let size = camera.logical_viewport_size().unwrap();
    let mut sights = Vec::new();
    for (text, font, node, place, target, seen) in texts.iter(world) {
        let on = target.get().and_then(|camera| panels.get(&camera));
        let (Some((panel, hung)), true) = (on, seen.get() && !node.is_empty()) else {
            continue;
        };
        // Signs such as stars are told by what they mean.
        if !text.0.chars().any(char::is_alphanumeric) {
            continue;
        }
        let uv = place.translation / panel.target.scale_factor / panel.size_dmm;
        let point = hung.transform_point(((uv - 0.5) * vec2(1.0, -1.0) * panel.size_m).extend(0.0));
        let at = camera.world_to_viewport(&eye, point).ok();
        // From behind nothing is read.
        let faces = (hung.rotation() * Vec3::Z).dot(eye.translation() - point) > 0.0;
        if at.is_some_and(|at| Rect::from_corners(Vec2::ZERO, size).contains(at)) && faces {
            let FontSize::Px(letters_dmm) = font.font_size else { continue };
            sights.push(Sight { words: text.0.clone(), place: point, letters_dmm });
        }
    }
    (eye.translation(), sights)
}

/// What the line for reading says, the size of its letters, and how far its text reaches over its page, in pixels.
fn read_out(world: &mut World) -> Option<(String, f32, f32)> {
    let mut plates = world.query::<(&Name, &Panel, &InheritedVisibility)>();
    let (_, panel, _) =
        plates.iter(world).find(|(name, _, seen)| name.as_str() == "Reading line" && seen.get())?;
    let page = panel.size_dmm * panel.target.scale_factor;
    let mut texts = world.query::<(&Name, &Text, &TextFont, &ComputedNode)>();
    let (_, text, font, node) = texts.iter(world).find(|(name, ..)| name.as_str() == "Read out")?;
    let FontSize::Px(letters) = font.font_size else { return None };
    let over = (node.size() - page).max_element();
    Some((text.0.clone(), letters, over))
}

fn assert_read_out(name: &str) {
    let mut hall = Hall::begun(exhibit(name), STEPS);
    let before = hall.texts();
    hall.app.world_mut().resource_mut::<Access>().text_percent = 200;
    hall.settle();
    let (eye, sights) = in_window(&mut hall);
    assert!(sights.len() > 8, "{name}");
    let mut faults = Vec::new();
    // Each third, as each takes a sixth of a second.
    let sights: Vec<_> = sights.into_iter().step_by(3).collect();
    for Sight { words, place, letters_dmm } in &sights {
        let ray = Some(Ray3d::new(eye, Dir3::new(*place - eye).unwrap()));
        hall.app.world_mut().entity_mut(hall.aim).insert(Aim { ray, ..default() });
        // It is written ten times a second, and laid out in the frame after.
        for _ in 0..16 {
            hall.app.update();
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        match read_out(hall.app.world_mut()) {
            Some((said, letters, over)) => {
                // A control is told whole; what changes while somebody points has another word, but the same size.
                if !said.contains(words.as_str()) {
                    faults.push(format!("“{words}” is read as “{said}”"));
                }
                let letters_wanted = 2.0 * letters_dmm.min(41.0);
                if letters < letters_wanted - 0.1 || over > 0.0 {
                    faults.push(format!("“{words}”: letters of {letters}, {over} px over"));
                }
            }
            None => faults.push(format!("“{words}” is not read out")),
        }
    }
    // Where it hangs no other text of the hall has become larger, so that what was composed stays so.
    let after: BTreeSet<_> = hall.texts().into_iter().collect();
    assert!(before.iter().filter(|text| after.contains(*text)).count() * 2 > before.len());
    // Words that change while somebody points at them are read as they are now.
    let most = 1 + sights.len() / 10;
    assert!(
        faults.len() <= most,
        "{name}, {} of {}:\n{}",
        faults.len(),
        sights.len(),
        faults.join("\n")
    );
}

#[test]
fn each_text_of_a_first_view_can_be_had_at_twice_its_size() {
    for exhibit in exhibits::ALL {
        assert_read_out(exhibit.id.name());
    }
}

#[test]
fn who_sits_can_aim_at_every_control() {
    for exhibit in exhibits::ALL {
        let name = exhibit.id.name();
        let mut hall = Hall::begun(exhibit, STEPS);
        hall.stand_at(SEATED);
        let world = hall.app.world_mut();
        let mut panels = world.query::<(Entity, &Panel, &GlobalTransform, &InheritedVisibility)>();
        let panels: BTreeMap<Entity, (Entity, Panel, GlobalTransform)> = panels
            .iter(world)
            .filter(|(.., seen)| seen.get())
            .map(|(entity, panel, place, _)| (panel.camera, (entity, panel.clone(), *place)))
            .collect();
        let mut nodes = world.query::<(
            &ControlName,
            &ComputedNode,
            &UiGlobalTransform,
            &ComputedUiTargetCamera,
            &InheritedVisibility,
        )>();
        let mut aimed_at = Vec::new();
        for (control, node, place, target, seen) in nodes.iter(world) {
            let on = target.get().and_then(|camera| panels.get(&camera));
            let (Some((entity, panel, hung)), true) = (on, seen.get() && !node.is_empty()) else {
                continue;
            };
            let uv = place.translation / panel.target.scale_factor / panel.size_dmm;
            let local = (uv - 0.5) * vec2(1.0, -1.0) * panel.size_m;
            let point = hung.transform_point(local.extend(0.0));
            // What stands around the visitor is looked at from where it faces.
            let ahead = (point - SEATED).with_y(0.0).normalize_or_zero().dot(Vec3::NEG_Z);
            if ahead > STAGE {
                aimed_at.push((control.0, *entity, point));
            }
        }
        assert!(aimed_at.len() > 10, "{name}");
        let mut reaches = |eye: Vec3, panel: Entity, point: Vec3| {
            let ray = Some(Ray3d::new(eye, Dir3::new(point - eye).unwrap()));
            hall.app.world_mut().entity_mut(hall.aim).insert(Aim { ray, ..default() });
            hall.app.update();
            let hit = hall.app.world().get::<AimedAt>(hall.aim).unwrap().0;
            hit.is_some_and(|hit| hit.surface == panel && hit.distance < 10.0)
        };
        let hidden: Vec<_> = aimed_at
            .into_iter()
            .filter(|(_, panel, point)| !reaches(SEATED, *panel, *point))
            .collect();
        // Some hang so low that the desk hides them, until who sits is lifted.
        let of = hidden.len();
        assert!(of <= MOST_HIDDEN, "{name}: {of} are hidden");
        for (control, panel, point) in hidden {
            assert!(reaches(LIFTED, panel, point), "{name}: {control}");
        }
    }
}
