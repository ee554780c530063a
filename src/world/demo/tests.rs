//! A hall that shows itself with nobody in it: its hand points, presses and pulls, and lets go when somebody comes.

use std::time::Duration;

use bevy::{
    input::{
        ButtonState,
        keyboard::{Key, KeyboardInput},
    },
    prelude::*,
    time::TimeUpdateStrategy,
};

use super::*;
use crate::{
    history::Run,
    stream::{ExhibitId, Report, RunState, Started, Step},
    world::{
        Head,
        headless::{frames, hall_with, lay_out, panel},
        interaction::{
            aim::{AimPressed, AimedAt},
            intent::Intent,
            relief::Relief,
        },
        link::{ShownRun, ShownSnapshot},
        motion::Motion,
        pointed_at::PointedAt,
        progress_banner::Caption,
        stage::{ActiveExhibit, ExhibitList, Placed},
        timeline::Timeline,
        ui::{
            controls::{
                Activate, ButtonKind, Scale, Slider, SliderPlan, ValueChange, button, slider,
            },
            notice::Notice,
        },
    },
};

const THING: ExhibitId = ExhibitId::new("thing");
/// Twenty frames a second.
const FRAME: Duration = Duration::from_millis(50);

#[derive(Resource, Default)]
struct Heard(Vec<String>);

fn hear_wishes(mut said: MessageReader<Intent>, mut heard: ResMut<Heard>) {
    heard.0.extend(said.read().map(|intent| format!("{intent:?}")));
}

fn hear_notices(mut told: MessageReader<Notice>, mut heard: ResMut<Heard>) {
    heard.0.extend(told.read().map(|notice| notice.text.to_string()));
}

/// A hall with one exhibit, a ground to point at and a desk, whose run has taken a hundred steps.
fn fair() -> App {
    let mut run = Run::new(0);
    run.take(Report::Started(Started { exhibit: THING, ..Started::example() }));
    run.take(Report::State { state: RunState::Training, step: Step(100) });
    let mut app = hall_with(|app| {
        app.init_resource::<Heard>()
            .init_resource::<PointedAt>()
            .init_resource::<Motion>()
            .init_resource::<Timeline>()
            .init_resource::<Caption>()
            .init_resource::<ShownSnapshot>()
            .init_resource::<crate::world::guide::Tellings>()
            .insert_resource(ShownRun(run))
            .insert_resource(ActiveExhibit(THING))
            .insert_resource(ExhibitList(vec![Placed::silent(THING, "Thing")]))
            .add_observer(
                |change: On<ValueChange<f32>>,
                 sliders: Query<(), With<Slider>>,
                 mut heard: ResMut<Heard>| {
                    if sliders.contains(change.source) {
                        heard.0.push(format!("pulled to {:.0}", change.value));
                    }
                },
            )
            .add_systems(PostUpdate, (hear_wishes, hear_notices).chain());
        plugin(app);
    });
    let world = app.world_mut();
    world.spawn((Head, Projection::default(), Transform::from_xyz(0.0, 1.6, 0.0)));
    let ground = Relief { size: vec2(2.0, 2.0), columns: 2, rows: 2, heights: vec![0.0; 4].into() };
    let upright = Transform::from_xyz(0.0, 1.6, -3.0)
        .with_rotation(Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
    world.spawn((ground, upright)).observe(|_: On<AimPressed>, mut heard: ResMut<Heard>| {
        heard.0.push("pressed".to_owned());
    });
    let hung = panel(&mut app);
    app.world_mut()
        .entity_mut(hung.panel)
        .insert(Transform::from_xyz(0.0, 0.4, -1.0).looking_to(vec3(0.0, -1.2, -1.0), Vec3::Y));
    app.world_mut().entity_mut(hung.root).with_children(|page| {
        page.spawn(slider(SliderPlan {
            name: "timeline",
            label: "Step".into(),
            range: 0.0..=100.0,
            value: 100.0,
            scale: Scale::Linear { step: 1.0 },
            show: |step| format!("{step}"),
        }));
        for name in ["live", "new-seed"] {
            page.spawn(button(name, "Press", ButtonKind::Plain)).observe(
                move |_: On<Activate>, mut heard: ResMut<Heard>| heard.0.push(name.to_owned()),
            );
        }
    });
    lay_out(&mut app);
    app.insert_resource(TimeUpdateStrategy::ManualDuration(FRAME)).init_resource::<Demo>();
    app
}

/// What is heard in so long; whatever the hand meets tells something.
fn heard(app: &mut App, secs: f32) -> Vec<String> {
    app.world_mut().resource_mut::<Heard>().0.clear();
    for _ in 0..(secs / FRAME.as_secs_f32()).round() as usize {
        frames(app, 1);
        let world = app.world_mut();
        let mut hands = world.query_filtered::<&AimedAt, With<DemoHand>>();
        let meets = hands.iter(world).any(|at| at.0.is_some());
        world.resource_mut::<PointedAt>().0 = meets.then(|| "a number".to_owned());
    }
    std::mem::take(&mut app.world_mut().resource_mut::<Heard>().0)
}

fn caption(app: &App) -> Option<String> {
    app.world().resource::<Caption>().0.as_ref().map(ToString::to_string)
}

fn press_a_key(app: &mut App) {
    app.world_mut().write_message(KeyboardInput {
        key_code: KeyCode::KeyQ,
        logical_key: Key::Character("q".into()),
        state: ButtonState::Pressed,
        text: None,
        repeat: false,
        window: Entity::PLACEHOLDER,
    });
}

#[test]
fn it_points_presses_goes_back_and_is_live_again_by_a_visitors_own_means() {
    let mut app = fair();
    let all = heard(&mut app, 22.0);
    let at = |what: &str| {
        let found = all.iter().position(|heard| heard.starts_with(what));
        found.unwrap_or_else(|| panic!("{what} is not heard in {all:?}"))
    };
    assert!(at("Visit(0)") < at("pressed"));
    assert!(at("pressed") < at("pulled to"));
    assert!(at("pulled to") < at("live"));
    let end = all.iter().rev().find_map(|heard| heard.strip_prefix("pulled to ")).unwrap();
    assert!((20.0..40.0).contains(&end.parse::<f32>().unwrap()), "pulled to {end}");
    assert_eq!(all.iter().filter(|heard| *heard == "pressed").count(), 1);
    assert!(!all.iter().any(|heard| heard == "new-seed" || heard == "TogglePause"), "{all:?}");
}

#[test]
fn a_run_that_waits_goes_on_and_one_that_is_over_begins_anew() {
    let mut app = fair();
    let tell = |app: &mut App, state| {
        let mut run = app.world_mut().resource_mut::<ShownRun>();
        run.0.take(Report::State { state, step: Step(100) });
    };
    tell(&mut app, RunState::Paused);
    let all = heard(&mut app, 4.0);
    assert_eq!(all.iter().filter(|heard| *heard == "TogglePause").count(), 1, "{all:?}");

    let mut app = fair();
    app.world_mut().resource_mut::<Timeline>().scrub(Step(3));
    let all = heard(&mut app, 4.0);
    assert!(all.iter().any(|heard| heard == "live"), "whoever left it in the past: {all:?}");

    let mut app = fair();
    tell(&mut app, RunState::Finished);
    let all = heard(&mut app, 4.0);
    assert_eq!(all.iter().filter(|heard| *heard == "new-seed").count(), 1, "{all:?}");
}

#[test]
fn whoever_touches_anything_has_the_hall_as_it_is_and_is_told() {
    let mut app = fair();
    heard(&mut app, 6.0);
    assert!(caption(&app).is_some());
    press_a_key(&mut app);
    let told = heard(&mut app, 0.2);
    assert!(told.len() == 1 && told[0].starts_with("The hall is yours."), "{told:?}");
    assert_eq!(caption(&app), None);
    let world = app.world_mut();
    let aim = world.query_filtered::<&Aim, With<DemoHand>>().single(world).unwrap();
    assert!(aim.ray.is_none() && !aim.pressed, "it lets go");
    assert!(heard(&mut app, 55.0).is_empty(), "nothing moves by itself any more");
    let again = heard(&mut app, 8.0);
    assert!(again.iter().any(|heard| heard == "Visit(0)"), "{again:?}");
}

#[test]
fn the_pointer_is_seen_while_it_points_only() {
    let mut app = fair();
    let seen = |app: &mut App| {
        let world = app.world_mut();
        let mut rings = world.query_filtered::<&Visibility, With<pointer::Ring>>();
        rings.iter(world).any(|seen| *seen != Visibility::Hidden)
    };
    heard(&mut app, 3.0);
    assert!(!seen(&mut app), "it only watches");
    heard(&mut app, 4.0);
    assert!(seen(&mut app));
    press_a_key(&mut app);
    frames(&mut app, 3);
    assert!(!seen(&mut app));
}
