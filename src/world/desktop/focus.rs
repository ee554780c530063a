//! The keyboard goes from control to control: Tab and Shift with Tab, for whoever has no mouse.
//!
//! Only controls that can be seen in the window are gone to, page by page from left to right, and on a page in the order
//! in which it is laid out. What has the focus looks pointed at, is ringed, and hears Enter, the space bar and arrows.

use bevy::{
    ecs::system::SystemParam,
    input::keyboard::{Key, KeyboardInput},
    input_focus::{FocusCause, InputFocus, InputFocusVisible},
    prelude::*,
    ui::{ComputedStackIndex, ComputedUiTargetCamera, InteractionDisabled, UiGlobalTransform},
};

use crate::world::{
    WindowCamera, WorldSystems,
    headset::worn,
    interaction::aim::{AimPressed, Untouchable},
    ui::{
        controls::{Pointed, Typing},
        panel::{Foremost, Panel},
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(leave_by_pressing).add_systems(
        Update,
        (
            go.run_if(on_message::<KeyboardInput>),
            leave_hidden.run_if(|visible: Option<Res<InputFocusVisible>>| {
                visible.is_some_and(|visible| visible.0)
            }),
        )
            .chain()
            .in_set(WorldSystems::Steer)
            // Whoever wears a headset does not see the ring.
            .run_if(not(worn))
            // It writes the focus, which others read once they have run anyway.
            .ambiguous_with_all(),
    );
}

type Placed = (
    Entity,
    &'static ComputedNode,
    &'static UiGlobalTransform,
    &'static ComputedStackIndex,
    &'static ComputedUiTargetCamera,
    &'static InheritedVisibility,
    Has<InteractionDisabled>,
);
type Hanging =
    (&'static Panel, &'static GlobalTransform, &'static InheritedVisibility, Has<Foremost>);
type Eye<'w, 's> =
    Option<Single<'w, 's, (&'static Camera, &'static GlobalTransform), With<WindowCamera>>>;

/// The controls that can be gone to.
#[derive(SystemParam)]
struct InView<'w, 's> {
    controls: Query<'w, 's, Placed, With<Pointed>>,
    panels: Query<'w, 's, Hanging, Without<Untouchable>>,
    eye: Eye<'w, 's>,
}

impl InView<'_, '_> {
    /// In the order in which they are gone to.
    fn in_order(&self) -> Vec<Entity> {
        let Some((camera, eye)) = self.eye.as_deref() else {
            return Vec::new();
        };
        let size = camera.logical_viewport_size().unwrap_or_default();
        let seen_at = |point: Vec3| {
            let at = camera.world_to_viewport(eye, point).ok();
            at.filter(|at| Rect::from_corners(Vec2::ZERO, size).contains(*at))
        };
        let mut found: Vec<(f32, u32, Entity)> = self
            .controls
            .iter()
            .filter(|(_, node, .., seen, disabled)| !disabled && seen.get() && !node.is_empty())
            .filter_map(|(entity, _, place, stacked, target, ..)| {
                let camera = target.get()?;
                let (panel, panel_place, _, foremost) = self
                    .panels
                    .iter()
                    .find(|(panel, _, seen, _)| panel.camera == camera && seen.get())?;
                let pixel = place.transform_point2(Vec2::ZERO);
                let uv = pixel / panel.target.scale_factor / panel.size_dmm;
                let local = (uv - 0.5) * vec2(1.0, -1.0) * panel.size_m;
                seen_at(panel_place.transform_point(local.extend(0.0)))?;
                let left = seen_at(panel_place.translation()).map_or(f32::INFINITY, |at| at.x);
                // What was called before everything else comes first.
                let left = if foremost { f32::NEG_INFINITY } else { left };
                Some((left, stacked.0, entity))
            })
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        found.into_iter().map(|(.., entity)| entity).collect()
    }

    /// Whether a control is laid out and hangs where it can be seen, in view or not.
    fn hangs(&self, control: Entity) -> bool {
        let Ok((_, node, _, _, target, seen, _)) = self.controls.get(control) else {
            return false;
        };
        let shown = || {
            let mut panels = self.panels.iter();
            panels.any(|(panel, _, seen, _)| target.get() == Some(panel.camera) && seen.get())
        };
        // One that can no longer be used keeps the focus, so that whoever pressed it goes on from there.
        seen.get() && !node.is_empty() && shown()
    }
}

/// Keys must not press what is no longer there, such as a button of a board that was closed.
fn leave_hidden(
    in_view: InView,
    focus: Option<ResMut<InputFocus>>,
    visible: Option<ResMut<InputFocusVisible>>,
) {
    let (Some(mut focus), Some(mut visible)) = (focus, visible) else {
        return;
    };
    if focus.get().is_some_and(|focused| !in_view.hangs(focused)) {
        visible.0 = false;
        focus.clear();
    }
}

fn go(
    mut keys: MessageReader<KeyboardInput>,
    held: Option<Res<ButtonInput<KeyCode>>>,
    typing: Option<Res<Typing>>,
    in_view: InView,
    focus: Option<ResMut<InputFocus>>,
    visible: Option<ResMut<InputFocusVisible>>,
) {
    let (Some(mut focus), Some(mut visible)) = (focus, visible) else {
        keys.clear();
        return;
    };
    let typing = typing.is_some_and(|typing| typing.0.is_some());
    let back = held.is_some_and(|held| held.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]));
    for key in keys.read().filter(|key| key.state.is_pressed() && !typing) {
        match key.logical_key {
            Key::Tab => {
                let order = in_view.in_order();
                let now = focus.get().filter(|_| visible.0);
                let Some(next) = next(&order, now, back) else {
                    continue;
                };
                focus.set(next, FocusCause::Navigated);
                visible.0 = true;
            }
            Key::Escape if visible.0 => {
                visible.0 = false;
                focus.clear();
            }
            _ => {}
        }
    }
}

/// The one after or before that which has the focus, around the end.
fn next(order: &[Entity], now: Option<Entity>, back: bool) -> Option<Entity> {
    let place = now.and_then(|now| order.iter().position(|control| *control == now));
    let last = order.len().checked_sub(1)?;
    let place = match (place, back) {
        (None, false) => 0,
        (None, true) => last,
        (Some(place), false) => (place + 1) % order.len(),
        (Some(place), true) => place.checked_sub(1).unwrap_or(last),
    };
    order.get(place).copied()
}

/// Whoever presses with an aim has no need of the ring.
fn leave_by_pressing(_: On<AimPressed>, visible: Option<ResMut<InputFocusVisible>>) {
    if let Some(mut visible) = visible
        && visible.0
    {
        visible.0 = false;
    }
}

#[cfg(test)]
mod tests {
    use bevy::{input::ButtonState, window::PrimaryWindow};

    use super::*;
    use crate::world::{
        WindowCamera,
        headless::{frames, hall_with, lay_out, panel},
        ui::controls::{
            Activate, ButtonKind, ControlName, Scale, Slider, SliderPlan, button, slider,
        },
    };

    #[derive(Resource, Default)]
    struct Heard(Vec<&'static str>);

    /// A window before a page of controls, of which the second cannot be used.
    fn desk() -> App {
        let mut app = hall_with(plugin);
        app.init_resource::<Heard>().add_observer(
            |press: On<Activate>, names: Query<&ControlName>, mut heard: ResMut<Heard>| {
                heard.0.extend(names.get(press.entity).map(|name| name.0));
            },
        );
        app.world_mut().spawn((
            WindowCamera,
            Camera::default(),
            Projection::default(),
            Transform::default(),
        ));
        let hung = panel(&mut app);
        app.world_mut().entity_mut(hung.root).with_children(|page| {
            page.spawn(button("first", "First", ButtonKind::Primary));
            page.spawn((button("not now", "Not now", ButtonKind::Plain), InteractionDisabled));
            page.spawn(slider(SliderPlan {
                name: "speed",
                label: "Speed".into(),
                range: 0.0..=100.0,
                value: 20.0,
                scale: Scale::Linear { step: 1.0 },
                show: |value| value.to_string(),
            }));
            page.spawn(button("last", "Last", ButtonKind::Plain));
        });
        lay_out(&mut app);
        app
    }

    fn key(app: &mut App, key_code: KeyCode, logical_key: Key) {
        let world = app.world_mut();
        let window = world.query_filtered::<Entity, With<PrimaryWindow>>().single(world).unwrap();
        for state in [ButtonState::Pressed, ButtonState::Released] {
            let logical_key = logical_key.clone();
            app.world_mut().write_message(KeyboardInput {
                key_code,
                logical_key,
                state,
                text: None,
                repeat: false,
                window,
            });
            frames(app, 2);
        }
    }

    fn focused(app: &mut App) -> Option<&'static str> {
        let focus = app.world().resource::<InputFocus>().get()?;
        let world = app.world();
        let mut node = Some(focus);
        while let Some(entity) = node {
            if let Some(name) = world.get::<ControlName>(entity) {
                return Some(name.0);
            }
            node = world.get::<ChildOf>(entity).map(ChildOf::parent);
        }
        None
    }

    #[test]
    fn tab_goes_through_all_that_can_be_used_and_around() {
        let mut app = desk();
        let mut went = Vec::new();
        for _ in 0..4 {
            key(&mut app, KeyCode::Tab, Key::Tab);
            went.extend(focused(&mut app));
        }
        assert_eq!(went, ["first", "speed", "last", "first"]);
    }

    #[test]
    fn what_has_the_focus_is_pressed_and_slid_by_keys() {
        let mut app = desk();
        key(&mut app, KeyCode::Tab, Key::Tab);
        key(&mut app, KeyCode::Space, Key::Space);
        key(&mut app, KeyCode::Enter, Key::Enter);
        assert_eq!(app.world().resource::<Heard>().0, ["first", "first"]);
        key(&mut app, KeyCode::Tab, Key::Tab);
        key(&mut app, KeyCode::ArrowRight, Key::ArrowRight);
        let world = app.world_mut();
        let slid = world.query::<&Slider>().single(world).unwrap().value;
        assert_eq!(slid, 25.0);
    }

    #[test]
    fn escape_and_a_press_leave_it() {
        let mut app = desk();
        key(&mut app, KeyCode::Tab, Key::Tab);
        assert!(app.world().resource::<InputFocusVisible>().0);
        key(&mut app, KeyCode::Escape, Key::Escape);
        assert!(!app.world().resource::<InputFocusVisible>().0);
        key(&mut app, KeyCode::Enter, Key::Enter);
        assert!(app.world().resource::<Heard>().0.is_empty());
    }

    #[test]
    fn what_is_hidden_hears_no_key() {
        let mut app = desk();
        key(&mut app, KeyCode::Tab, Key::Tab);
        let world = app.world_mut();
        let panel = world.query_filtered::<Entity, With<Panel>>().single(world).unwrap();
        world.entity_mut(panel).insert(Visibility::Hidden);
        frames(&mut app, 3);
        key(&mut app, KeyCode::Enter, Key::Enter);
        assert!(app.world().resource::<Heard>().0.is_empty());
        assert!(!app.world().resource::<InputFocusVisible>().0);
    }

    #[test]
    fn the_order_closes_at_both_ends() {
        let order: Vec<_> = (1..4).map(|index| Entity::from_raw_u32(index).unwrap()).collect();
        let [first, middle, last] = [order[0], order[1], order[2]];
        assert_eq!(next(&order, None, false), Some(first));
        assert_eq!(next(&order, None, true), Some(last));
        assert_eq!(next(&order, Some(middle), false), Some(last));
        assert_eq!(next(&order, Some(last), false), Some(first));
        assert_eq!(next(&order, Some(first), true), Some(last));
        assert_eq!(next(&[], None, false), None);
    }
}
