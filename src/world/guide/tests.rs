//! A hall that shows a stranger what to do: what it says, when, where, and that it notices.

use std::time::Duration;

use bevy::{prelude::*, time::TimeUpdateStrategy};

use super::*;
use crate::{
    history::Run,
    stream::{ExhibitId, Report, RunState, Started, Step},
    world::{
        Head,
        headless::{frames, hall_with, lay_out},
        interaction::{
            aim::{Aim, AimedAt, Surface},
            intent::Intent,
        },
        link::ShownRun,
        pointed_at::PointedAt,
        stage::Placed,
        timeline::Timeline,
        ui::{
            controls::{ButtonKind, Pointed, button},
            panel::Panel,
        },
    },
};

const THING: ExhibitId = ExhibitId::new("thing");
const OTHER: ExhibitId = ExhibitId::new("other");
/// Ten frames a second.
const FRAME: Duration = Duration::from_millis(100);

struct Visit {
    app: App,
    aim: Entity,
}

/// A hall in which a run goes, a wall of numbers three metres ahead, and a mouse that rests on nothing.
fn visit() -> Visit {
    let mut run = Run::new(0);
    run.take(Report::Started(Started { exhibit: THING, ..Started::example() }));
    run.take(Report::State { state: RunState::Training, step: Step(100) });
    let mut app = hall_with(|app| {
        app.init_resource::<PointedAt>()
            .init_resource::<Timeline>()
            .insert_resource(ShownRun(run))
            .insert_resource(ActiveExhibit(THING))
            .insert_resource(ExhibitList(vec![
                Placed::silent(THING, "Thing"),
                Placed::silent(OTHER, "Other"),
            ]));
        plugin(app);
    });
    app.world_mut().spawn((Head, Projection::default(), Transform::from_xyz(0.0, 1.6, 0.0)));
    let wall = Transform::from_xyz(0.0, 1.6, -3.0);
    app.world_mut().spawn((Surface { size: vec2(2.0, 1.0) }, wall));
    let hung = crate::world::headless::panel(&mut app);
    app.world_mut().entity_mut(hung.panel).insert(Transform::from_xyz(0.0, 0.6, -1.0));
    app.world_mut().entity_mut(hung.root).with_children(|page| {
        page.spawn(button("live", "Live", ButtonKind::Plain));
    });
    let ray = Some(Ray3d::new(vec3(0.0, 1.6, 0.0), Dir3::NEG_Z));
    let aim = app.world_mut().spawn(Aim { ray, ..Aim::default() }).id();
    lay_out(&mut app);
    app.insert_resource(TimeUpdateStrategy::ManualDuration(FRAME)).init_resource::<Guide>();
    Visit { app, aim }
}

impl Visit {
    fn secs(&mut self, secs: f32) {
        frames(&mut self.app, (secs / FRAME.as_secs_f32()).round() as usize);
    }

    /// What can be read beside the mouse.
    fn says(&mut self) -> Option<String> {
        let world = self.app.world_mut();
        let mut plates = world.query_filtered::<&Visibility, With<Plate>>();
        let seen = plates.iter(world).any(|seen| *seen != Visibility::Hidden);
        let mut lines = world.query_filtered::<&Text, With<PlateText>>();
        let line = lines.iter(world).next().map(|line| line.0.clone());
        line.filter(|_| seen)
    }

    fn points(&mut self, what: Option<&str>) {
        self.app.insert_resource(PointedAt(what.map(str::to_owned)));
    }

    fn press(&mut self) {
        for pressed in [true, false] {
            self.app.world_mut().get_mut::<Aim>(self.aim).unwrap().pressed = pressed;
            self.app.update();
        }
    }
}

#[test]
fn a_stranger_is_shown_one_thing_after_another() {
    let mut visit = visit();
    assert_eq!(visit.says(), None);
    visit.secs(5.0);
    assert_eq!(visit.says().as_deref(), Some("Point at any cell: it tells its number"));
    visit.points(Some("Cell 3: 0.2"));
    visit.secs(0.2);
    assert_eq!(visit.says(), None, "it was noticed");
    visit.secs(3.5);
    assert_eq!(visit.says().as_deref(), Some("Click it: see where the number comes from"));
    visit.press();
    visit.secs(4.0);
    assert_eq!(visit.says().as_deref(), Some("Esc: back to the whole"));
    visit.app.world_mut().write_message(Intent::Back);
    visit.secs(4.0);
    assert_eq!(visit.says().as_deref(), Some("Pull “Timeline” to the left: see how it was"));
    visit.app.world_mut().resource_mut::<Timeline>().scrub(Step(10));
    visit.secs(4.0);
    assert_eq!(visit.says().as_deref(), Some("Press Live: back to what happens now"));
    let world = visit.app.world_mut();
    let mut sought = world.query_filtered::<&ControlName, With<Sought>>();
    let sought: Vec<_> = sought.iter(world).map(|control| control.0).collect();
    assert_eq!(sought, ["live"], "it is marked");
    let mut pointed = world.query::<&Pointed>();
    assert!(pointed.iter(world).all(|pointed| !pointed.0), "though nobody points at it");
    visit.app.world_mut().resource_mut::<Timeline>().go_live();
    visit.secs(4.0);
    let says = visit.says();
    assert_eq!(says.as_deref(), Some("Press 2, or go to a plinth: another exhibit"));
    visit.app.insert_resource(ActiveExhibit(OTHER));
    visit.secs(30.0);
    assert_eq!(visit.says(), None);
    let world = visit.app.world_mut();
    assert!(!world.contains_resource::<Guide>());
    assert_eq!(world.query::<&Plate>().iter(world).count(), 0, "nothing is left of it");
    assert_eq!(world.query::<&Sought>().iter(world).count(), 0);
}

#[test]
fn a_press_is_noticed_though_the_number_is_not_there_just_then() {
    let mut visit = visit();
    visit.secs(5.0);
    visit.points(Some("Cell 3: 0.2"));
    visit.secs(4.0);
    assert_eq!(visit.says().as_deref(), Some("Click it: see where the number comes from"));
    visit.points(None);
    visit.secs(0.2);
    visit.press();
    visit.secs(0.2);
    assert_eq!(visit.says(), None);
}

#[test]
fn it_falls_silent_before_who_does_not_care_and_never_nags() {
    let mut visit = visit();
    visit.secs(5.0);
    assert!(visit.says().is_some());
    visit.secs(20.0);
    assert_eq!(visit.says(), None);
    visit.secs(120.0);
    assert_eq!(visit.says(), None);
}

#[test]
fn the_plate_moves_only_while_the_mouse_rests_and_stands_beside_it() {
    let mut visit = visit();
    visit.secs(5.0);
    let eye = vec3(0.0, 1.6, 0.0);
    let first = plate(&mut visit.app);
    assert!((first - eye).normalize().angle_between(Vec3::NEG_Z) > 0.05);
    for step in 1..=10 {
        let towards = vec3(-0.03 * step as f32, 0.0, -1.0);
        let ray = Some(Ray3d::new(eye, Dir3::new(towards).unwrap()));
        visit.app.world_mut().get_mut::<Aim>(visit.aim).unwrap().ray = ray;
        visit.app.update();
        assert_eq!(plate(&mut visit.app), first, "the mouse is on its way");
    }
    visit.secs(1.0);
    let then = plate(&mut visit.app);
    assert!(then.x < first.x - 0.2, "{then:?} after {first:?}");
    assert!(visit.app.world().get::<AimedAt>(visit.aim).unwrap().0.is_some(), "it hides nothing");
}

/// Where the plate hangs, while it is seen.
fn plate(app: &mut App) -> Vec3 {
    let world = app.world_mut();
    world.query_filtered::<&Transform, With<Plate>>().single(world).unwrap().translation
}

#[test]
fn what_is_on_the_desk_is_asked_for_above_it_wherever_the_mouse_is() {
    let mut visit = visit();
    let (top_m, ahead_m) = (1.4, 1.0);
    let world = visit.app.world_mut();
    let (desk, size_m) = world
        .query::<(Entity, &Panel)>()
        .iter(world)
        .find_map(|(desk, panel)| {
            let is_desk =
                world.get::<Visibility>(desk).is_none_or(|seen| *seen != Visibility::Hidden);
            is_desk.then_some((desk, panel.size_m))
        })
        .unwrap();
    let hangs = Transform::from_xyz(0.0, top_m - size_m.y / 2.0, -ahead_m);
    world.entity_mut(desk).insert(hangs);
    visit.points(Some("Cell 3: 0.2"));
    visit.secs(0.2);
    visit.press();
    visit.app.world_mut().write_message(Intent::Back);
    visit.secs(0.2);
    visit.app.world_mut().resource_mut::<Timeline>().scrub(Step(10));
    for x in [-0.3, 0.3] {
        let ray = Some(Ray3d::new(vec3(0.0, 1.6, 0.0), Dir3::new(vec3(x, 0.1, -1.0)).unwrap()));
        visit.app.world_mut().get_mut::<Aim>(visit.aim).unwrap().ray = ray;
        visit.secs(8.0);
        assert_eq!(visit.says().as_deref(), Some("Press Live: back to what happens now"));
        let place = plate(&mut visit.app);
        assert!(place.y > top_m && place.y < top_m + 0.2, "{place:?} covers the desk");
        assert!(place.x.abs() < size_m.x / 2.0, "{place:?}");
    }
}

#[test]
fn a_click_is_asked_for_only_where_the_mouse_is_on_a_number() {
    let mut visit = visit();
    visit.secs(5.0);
    visit.points(Some("Cell 3: 0.2"));
    visit.secs(0.2);
    let beside = Some(Ray3d::new(vec3(0.0, 1.6, 0.0), Dir3::X));
    visit.app.world_mut().get_mut::<Aim>(visit.aim).unwrap().ray = beside;
    visit.points(None);
    visit.secs(4.0);
    assert_ne!(visit.says().as_deref(), Some("Click it: see where the number comes from"));
}

#[test]
fn it_waits_for_the_opening() {
    let mut visit = visit();
    visit.app.init_resource::<Opening>();
    visit.secs(10.0);
    assert_eq!(visit.says(), None);
    visit.app.world_mut().remove_resource::<Opening>();
    visit.secs(5.0);
    assert!(visit.says().is_some());
}

#[test]
fn each_line_is_for_a_mouse_or_for_a_hand_and_fits_on_its_plate() {
    let telling = Tellings::default().of(None);
    for task in Task::ALL {
        for by_hand in [false, true] {
            let words = task.words(telling, by_hand, 2);
            assert!(crate::words::width(&words) <= 76, "{words}");
        }
    }
    let [mouse, hand] = [false, true].map(|by_hand| Task::Press.words(telling, by_hand, 2));
    assert_ne!(mouse, hand);
}
