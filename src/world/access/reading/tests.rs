//! What is pointed at is read out, whole and at the chosen size.

use std::time::Duration;

use bevy::{
    input_focus::{FocusCause, InputFocus, InputFocusVisible},
    time::TimeUpdateStrategy,
};

use super::*;
use crate::world::{
    headless::{frames, hall_with, lay_out, panel, place_if_seen},
    interaction::aim::Aim,
    ui::{
        controls::{ButtonKind, ControlName, Scale, SliderPlan, button, slider},
        panel::Panel,
        type_size,
    },
};

const LONG: &str = "How far each weight goes in one step: the gradient says where the loss grows fastest, and the \
weights go against it, by as much as this number says; with too much of it they jump across the valley, with too \
little they never arrive.";

/// A hall with a page of texts and controls, read at so many percent, and an aim.
fn page(text_percent: u16) -> (App, Entity) {
    let mut app = hall_with(|app| {
        app.insert_resource(Access { text_percent, ..default() });
        plugin(app);
    });
    app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(50)));
    app.world_mut().spawn((
        crate::world::WindowCamera,
        crate::world::Head,
        Projection::default(),
        Transform::default(),
        Visibility::default(),
    ));
    let hung = panel(&mut app);
    app.world_mut().entity_mut(hung.root).with_children(|page| {
        page.spawn(words::title("A title"));
        page.spawn((words::caption(LONG), ControlName("long")));
        page.spawn(button("go", "Go", ButtonKind::Primary));
        page.spawn(slider(SliderPlan {
            name: "speed",
            label: "Speed".into(),
            range: 0.0..=100.0,
            value: 20.0,
            scale: Scale::Linear { step: 1.0 },
            show: |value| format!("{value} m/s"),
        }));
    });
    lay_out(&mut app);
    let aim = app.world_mut().spawn(Aim::default()).id();
    (app, aim)
}

/// Aims at a control or text and gives what is read out then, with the size of its letters.
fn read_at(app: &mut App, aim: Entity, name: &'static str) -> Option<(String, f32)> {
    let at = place_if_seen(app, name, Vec2::splat(0.5)).unwrap();
    let ray = Some(Ray3d::new(Vec3::ZERO, Dir3::new(at).unwrap()));
    app.world_mut().entity_mut(aim).insert(Aim { ray, ..default() });
    frames(app, 8);
    let world = app.world_mut();
    let mut plates = world.query_filtered::<&InheritedVisibility, With<ReadingPlate>>();
    let seen = plates.iter(world).any(|seen| seen.get());
    let mut texts = world.query::<(&Name, &Text, &TextFont)>();
    let (_, text, font) =
        texts.iter(world).find(|(name, ..)| name.as_str() == "Read out").filter(|_| seen)?;
    Some((text.0.clone(), words::letters_dmm(font)))
}

#[test]
fn texts_and_controls_are_read_out_at_twice_their_size() {
    let (mut app, aim) = page(200);
    let (text, letters) = read_at(&mut app, aim, "long").unwrap();
    assert_eq!((text.as_str(), letters), (LONG, 2.0 * type_size::CAPTION));
    let (text, letters) = read_at(&mut app, aim, "go").unwrap();
    assert_eq!((text.as_str(), letters), ("Go", 2.0 * type_size::BODY));
    let (text, _) = read_at(&mut app, aim, "speed").unwrap();
    assert!(text.contains("Speed") && text.contains("20 m/s"), "{text}");
}

#[test]
fn a_long_text_is_whole_on_the_plate() {
    let (mut app, aim) = page(200);
    read_at(&mut app, aim, "long").unwrap();
    frames(&mut app, 4);
    let world = app.world_mut();
    let mut texts = world.query::<(&Name, &ComputedNode, &ChildOf)>();
    let (_, text, card) = texts.iter(world).find(|(name, ..)| name.as_str() == "Read out").unwrap();
    let (text, card) = (text.size(), card.parent());
    let card = world.get::<ComputedNode>(card).unwrap().size();
    let mut plates = world.query_filtered::<&Panel, With<ReadingPlate>>();
    let page = plates.single(world).unwrap();
    let page = page.size_dmm * page.target.scale_factor;
    assert!(text.y > 0.0 && text.x <= card.x && text.y <= card.y, "{text} on {card}");
    assert!(card.x <= page.x && card.y <= page.y, "{card} on {page}");
}

#[test]
fn what_the_keyboard_acts_on_is_read_out() {
    let (mut app, aim) = page(150);
    let world = app.world_mut();
    let mut controls = world.query::<(Entity, &ControlName)>();
    let go = controls.iter(world).find(|(_, control)| control.0 == "go").unwrap().0;
    world.resource_mut::<InputFocus>().set(go, FocusCause::Navigated);
    world.resource_mut::<InputFocusVisible>().0 = true;
    let (text, letters) = read_at(&mut app, aim, "long").unwrap();
    assert_eq!((text.as_str(), letters), ("Go", 1.5 * type_size::BODY));
}

#[test]
fn at_their_own_size_nothing_is_read_out_and_nothing_hangs() {
    let (mut app, aim) = page(100);
    assert_eq!(read_at(&mut app, aim, "long"), None);
    let world = app.world_mut();
    assert_eq!(world.query::<&ReadingPlate>().iter(world).count(), 0);
}
