//! What is told of a page, and what comes of what is asked for.

use std::{collections::BTreeSet, time::Duration};

use accesskit::{Action, ActionData, ActionRequest as Request, NodeId, Toggled, TreeId};
use bevy::{
    ecs::system::RunSystemOnce, time::TimeUpdateStrategy, ui::InteractionDisabled,
    window::WindowResolution,
};

use super::*;
use crate::world::{
    headless::{frames, hall_with, lay_out, panel},
    ui::{
        controls::{
            Activate, ButtonKind, ControlName, ControlText, Field, Scale, SliderPlan, ValueChange,
            button, choice, field, slider, switch,
        },
        words,
    },
};

#[derive(Resource, Default)]
struct Heard(Vec<String>);

fn hear<T: std::fmt::Debug + Clone + Send + Sync + 'static>(
    change: On<ValueChange<T>>,
    named: Query<&ControlName>,
    mut heard: ResMut<Heard>,
) {
    if let Ok(name) = named.get(change.source) {
        heard.0.push(format!("{} {:?}", name.0, change.value));
    }
}

/// A hall with a page of every kind of control, and somebody who listens.
fn page() -> App {
    let mut app = hall_with(plugin);
    app.init_resource::<Heard>()
        .add_observer(
            |press: On<Activate>, names: Query<&ControlName>, mut heard: ResMut<Heard>| {
                heard.0.extend(names.get(press.entity).map(|name| name.0.to_owned()));
            },
        )
        .add_observer(hear::<f32>)
        .add_observer(hear::<bool>)
        .add_observer(hear::<usize>)
        .add_observer(hear::<String>);
    app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(100)));
    let hung = panel(&mut app);
    app.world_mut().entity_mut(hung.root).with_children(|page| {
        page.spawn(words::heading("The desk"));
        page.spawn(words::caption("of a test"));
        page.spawn(button("go", "Go", ButtonKind::Primary));
        page.spawn((button("not now", "Not now", ButtonKind::Plain), InteractionDisabled));
        page.spawn(slider(SliderPlan {
            name: "speed",
            label: "Speed".into(),
            range: 0.0..=100.0,
            value: 20.0,
            scale: Scale::Linear { step: 1.0 },
            show: |value| format!("{value} m/s"),
        }));
        page.spawn(switch("relief", "Relief"));
        page.spawn(Node::default()).with_children(|line| {
            line.spawn(words::body("Turn by"));
            line.spawn(choice("turn", &["15°", "30°"], 0));
        });
        for (line, name) in [("Rate", "rate-less"), ("Width", "width-less")] {
            page.spawn(Node::default()).with_children(|row| {
                row.spawn(words::body(line));
                row.spawn(button(name, "−", ButtonKind::Small));
            });
        }
        page.spawn(Node { width: px(300), ..default() }).with_children(|line| {
            line.spawn(field("search", "Find a film"));
        });
    });
    lay_out(&mut app);
    app.world().resource::<AccessibilityRequested>().set(true);
    frames(&mut app, 6);
    app
}

/// All nodes that are told, but those that only hold others together.
fn told(app: &mut App) -> Vec<(Entity, Spoken)> {
    let world = app.world_mut();
    let mut nodes = world.query::<(Entity, &AccessibilityNode)>();
    let all = nodes.iter(world).map(|(entity, node)| (entity, node.0.clone()));
    all.filter(|(_, node)| node.role() != Role::GenericContainer).collect()
}

#[track_caller]
fn named(app: &mut App, role: Role, name: &str) -> (Entity, Spoken) {
    let told = told(app);
    let found = told.iter().find(|(_, node)| node.role() == role && node.label() == Some(name));
    let heard: Vec<_> = told.iter().map(|(_, node)| (node.role(), node.label())).collect();
    found.unwrap_or_else(|| panic!("no {role:?} {name:?} in {heard:?}")).clone()
}

fn ask(app: &mut App, target: Entity, action: Action, data: Option<ActionData>) -> Vec<String> {
    app.world_mut().write_message(ActionRequest(Request {
        action,
        target_tree: TreeId::ROOT,
        target_node: NodeId(target.to_bits()),
        data,
    }));
    frames(app, 2);
    std::mem::take(&mut app.world_mut().resource_mut::<Heard>().0)
}

#[test]
fn every_control_has_a_role_a_name_and_how_it_stands() {
    let mut app = page();
    named(&mut app, Role::Group, "The desk");
    named(&mut app, Role::Heading, "The desk");
    named(&mut app, Role::Button, "Go");
    assert!(named(&mut app, Role::Button, "Not now").1.is_disabled());
    let (_, speed) = named(&mut app, Role::Slider, "Speed");
    assert_eq!((speed.value(), speed.numeric_value()), (Some("20 m/s"), Some(20.0)));
    assert_eq!(speed.max_numeric_value(), Some(100.0));
    let (_, relief) = named(&mut app, Role::Switch, "Relief");
    assert_eq!(relief.toggled(), Some(Toggled::False));
    named(&mut app, Role::RadioGroup, "Turn by");
    assert_eq!(named(&mut app, Role::RadioButton, "15°").1.toggled(), Some(Toggled::True));
    assert_eq!(named(&mut app, Role::RadioButton, "30°").1.toggled(), Some(Toggled::False));
    named(&mut app, Role::TextInput, "Find a film");
    assert!(told(&mut app).iter().any(|(_, node)| node.value() == Some("of a test")));
    let controls: Vec<String> = told(&mut app)
        .into_iter()
        .filter(|(_, node)| node.supports_action(Action::Focus))
        .map(|(_, node)| node.label().unwrap_or_default().to_owned())
        .collect();
    let different: BTreeSet<_> = controls.iter().collect();
    assert_eq!(different.len(), controls.len(), "{controls:?}");
    assert!(
        controls.iter().any(|name| name.contains("Rate") && name.contains('−')),
        "{controls:?}"
    );
}

#[test]
fn whatever_is_asked_for_happens_as_if_a_hand_had_done_it() {
    let mut app = page();
    let go = named(&mut app, Role::Button, "Go").0;
    assert_eq!(ask(&mut app, go, Action::Click, None), ["go"]);
    let not_now = named(&mut app, Role::Button, "Not now").0;
    assert!(ask(&mut app, not_now, Action::Click, None).is_empty());
    let speed = named(&mut app, Role::Slider, "Speed").0;
    assert!(ask(&mut app, speed, Action::Increment, None).contains(&"speed 25.0".to_owned()));
    let value = Some(ActionData::NumericValue(70.0));
    assert!(ask(&mut app, speed, Action::SetValue, value).contains(&"speed 70.0".to_owned()));
    let relief = named(&mut app, Role::Switch, "Relief").0;
    assert_eq!(ask(&mut app, relief, Action::Click, None), ["relief true"]);
    let turn = named(&mut app, Role::RadioButton, "30°").0;
    assert!(ask(&mut app, turn, Action::Click, None).contains(&"turn 1".to_owned()));
    let search = named(&mut app, Role::TextInput, "Find a film").0;
    let text = Some(ActionData::Value("Brazil".into()));
    assert_eq!(ask(&mut app, search, Action::SetValue, text), [r#"search "Brazil""#]);
    assert_eq!(app.world().get::<Field>(search).unwrap().text, "Brazil");
    frames(&mut app, 4);
    let told = told(&mut app);
    let says = |name: &str| told.iter().find(|(_, node)| node.label() == Some(name)).unwrap();
    assert_eq!(says("Speed").1.value(), Some("70 m/s"));
    assert_eq!(says("Relief").1.toggled(), Some(Toggled::True));
    assert_eq!(says("30°").1.toggled(), Some(Toggled::True));
}

#[test]
fn the_focus_goes_where_it_is_asked_for_and_names_follow_what_is_written() {
    let mut app = page();
    let go = named(&mut app, Role::Button, "Go").0;
    ask(&mut app, go, Action::Focus, None);
    assert_eq!(app.world().resource::<InputFocus>().get(), Some(go));
    app.world_mut().get_mut::<ControlText>(go).unwrap().0 = "Stop".into();
    frames(&mut app, 6);
    assert_eq!(named(&mut app, Role::Button, "Stop").0, go);
    let hidden =
        app.world_mut().query_filtered::<Entity, With<Panel>>().single(app.world()).unwrap();
    app.world_mut().entity_mut(hidden).insert(Visibility::Hidden);
    frames(&mut app, 6);
    let left: Vec<_> = told(&mut app).into_iter().map(|(_, node)| node.role()).collect();
    assert_eq!(left, [Role::Status], "nothing is told of what cannot be seen");
    assert_eq!(app.world().resource::<InputFocus>().get(), None);
}

#[test]
fn nothing_is_sent_while_nothing_changes_and_nothing_is_written_while_nobody_listens() {
    let mut app = page();
    frames(&mut app, 4);
    let sends = |app: &mut App, count: usize| {
        let sent = (0..count).filter(|_| {
            app.update();
            app.world().resource::<Unsent>().0
        });
        sent.count()
    };
    // Once in a while it is sent for whoever has just begun to listen.
    assert!(sends(&mut app, 25) <= 2);
    let go = named(&mut app, Role::Button, "Go").0;
    app.world_mut().get_mut::<ControlText>(go).unwrap().0 = "Stop".into();
    assert!(sends(&mut app, 4) >= 1);

    let mut silent = hall_with(plugin);
    let hung = panel(&mut silent);
    silent.world_mut().entity_mut(hung.root).with_children(|page| {
        page.spawn(words::heading("The desk"));
    });
    lay_out(&mut silent);
    assert!(told(&mut silent).is_empty());
}

#[test]
fn pages_are_read_from_above_and_from_the_left_and_last_what_is_not_seen() {
    let mut world = World::new();
    let mut page = |name: &str, at: Option<(f64, f64)>| {
        let mut node = Spoken::new(Role::Group);
        node.set_label(name);
        if let Some((x, y)) = at {
            node.set_bounds(accesskit::Rect::new(x, y, x + 100.0, y + 30.0));
        }
        world.spawn(AccessibilityNode(node)).id()
    };
    page("behind", None);
    page("beside", Some((1700.0, 10.0)));
    let desk = page("desk", Some((300.0, 500.0)));
    page("output", Some((800.0, 170.0)));
    page("input", Some((50.0, 195.0)));
    page("title", Some((400.0, 20.0)));
    let mut button = Spoken::new(Role::Button);
    button.set_label("Pause");
    let pause = world.spawn((AccessibilityNode(button), ChildOf(desk))).id();
    let window = world.spawn_empty().id();
    let update = world
        .run_system_once(move |nodes: send::Nodes| {
            let (title, resolution) = ("Hall".to_owned(), WindowResolution::new(1280, 720));
            let shown = Window { title, resolution, ..default() };
            send::tree(&nodes, (window, &shown), pause)
        })
        .unwrap();
    let node = |id: &NodeId| &update.nodes.iter().find(|(other, _)| other == id).unwrap().1;
    let root = node(&NodeId(window.to_bits()));
    let read: Vec<_> = root.children().iter().filter_map(|id| node(id).label()).collect();
    assert_eq!(read, ["title", "input", "output", "desk", "beside", "behind"]);
    assert_eq!((root.label(), update.focus), (Some("Hall"), NodeId(pause.to_bits())));
    assert_eq!(node(&NodeId(desk.to_bits())).children(), [update.focus]);
    assert_eq!(update.nodes.len(), 8, "each is told once");
}
