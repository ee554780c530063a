//! An exhibit's view in an app without window and GPU, for tests: what a run tells goes in, words and asks come out.

use std::{thread, time::Duration};

use bevy::{asset::AssetPlugin, prelude::*};

use super::{
    display,
    draw::PlainMaterial,
    interaction::{aim::AimPressed, intent::Intent},
    link::{Ask, ShownRun, ShownSnapshot},
    stage::PlinthPlaced,
    timeline::Timeline,
    ui::{
        controls::{Activate, ControlName, ValueChange},
        panel::PanelMaterial,
    },
};
use crate::{
    history::Run,
    stream::{
        Command, Content, ExhibitId, InputChoice, Payload, Report, RunId, Snapshot, Stage,
        StageReport, Step,
    },
};

/// What was asked of the trainer since it was looked at last.
#[derive(Resource, Default)]
struct Heard(Vec<Command>);

fn hear(mut asks: MessageReader<Ask>, mut heard: ResMut<Heard>) {
    heard.0.extend(asks.read().map(|Ask(command)| command.clone()));
}

/// A hall in which this view hangs.
pub(crate) fn hall(exhibit: ExhibitId, view: impl FnOnce(&mut App)) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, AssetPlugin::default()))
        .init_asset::<Shader>()
        .init_asset::<PanelMaterial>()
        .init_asset::<PlainMaterial>()
        .add_plugins(display::plugin)
        .add_message::<Ask>()
        .add_message::<Intent>()
        .init_resource::<ShownSnapshot>()
        .init_resource::<Timeline>()
        .init_resource::<Heard>()
        .add_systems(Last, hear)
        .insert_resource(ShownRun(Run::new(1 << 20)));
    view(&mut app);
    let entity = app.world_mut().spawn((Transform::default(), Visibility::default())).id();
    app.world_mut().trigger(PlinthPlaced { entity, exhibit });
    app
}

/// A picture of the first run that holds nothing but an answer.
pub(crate) fn answered<T: Content>(step: u64, answer: T) -> Snapshot {
    Snapshot {
        run: RunId::default(),
        step: Step(step),
        input: InputChoice::default(),
        layers: Vec::new(),
        parameters: Vec::new(),
        answer: Some(Payload::new(answer)),
    }
}

pub(crate) fn stage(stage: Stage) -> Report {
    Report::Stage(StageReport { stage, done: false, facts: Vec::new() })
}

pub(crate) fn take(app: &mut App, reports: impl IntoIterator<Item = Report>) {
    for report in reports {
        app.world_mut().resource_mut::<ShownRun>().0.take(report);
    }
    settle(app);
}

pub(crate) fn show(app: &mut App, snapshot: Snapshot) {
    app.insert_resource(ShownSnapshot::of(snapshot));
    settle(app);
}

/// Text waits for its moment, a fifth of a second.
pub(crate) fn settle(app: &mut App) {
    for _ in 0..3 {
        app.update();
        thread::sleep(Duration::from_millis(140));
    }
    app.update();
}

pub(crate) fn control(app: &mut App, name: &str) -> Entity {
    let mut controls = app.world_mut().query::<(Entity, &ControlName)>();
    let found = controls.iter(app.world()).find(|(_, control)| control.0 == name);
    found.unwrap_or_else(|| panic!("no control {name}")).0
}

pub(crate) fn named(app: &mut App, name: &str) -> Entity {
    let mut names = app.world_mut().query::<(Entity, &Name)>();
    names.iter(app.world()).find(|(_, found)| found.as_str() == name).unwrap().0
}

pub(crate) fn press(app: &mut App, name: &str) {
    let entity = control(app, name);
    app.world_mut().trigger(Activate { entity });
    settle(app);
}

/// Presses a display here, or a part of it.
pub(crate) fn press_at(app: &mut App, entity: Entity, uv: Vec2, part: Option<u32>) {
    let (aim, point) = (Entity::PLACEHOLDER, Vec3::ZERO);
    app.world_mut().trigger(AimPressed { entity, aim, uv, part, point });
    settle(app);
}

pub(crate) fn slide(app: &mut App, name: &str, value: f32) {
    let source = control(app, name);
    app.world_mut().trigger(ValueChange { source, value, is_final: true });
    settle(app);
}

pub(crate) fn texts(app: &mut App) -> Vec<String> {
    app.world_mut().query::<&Text>().iter(app.world()).map(|text| text.0.clone()).collect()
}

pub(crate) fn assert_says(app: &mut App, wanted: &[&str]) {
    let texts = texts(app);
    for wanted in wanted {
        assert!(texts.iter().any(|text| text == wanted), "“{wanted}” is missing in {texts:?}");
    }
}

pub(crate) fn asked(app: &mut App) -> Vec<Command> {
    std::mem::take(&mut app.world_mut().resource_mut::<Heard>().0)
}
