//! The mouse aims: from the head's eye through the cursor into the hall.

use std::collections::VecDeque;

use bevy::{
    input::mouse::{AccumulatedMouseScroll, MouseScrollUnit},
    prelude::*,
    window::{CursorGrabMode, CursorOptions, PrimaryWindow, WindowEvent},
};

use crate::world::{
    WindowCamera,
    interaction::{AimSystems, aim::Aim},
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, bring_the_mouse).add_systems(
        PreUpdate,
        (read_the_mouse, aim_with_the_mouse).chain().in_set(AimSystems::Point),
    );
}

/// The aim of the window's mouse.
#[derive(Component, Default)]
#[require(Aim, Mouse)]
pub struct MouseAim;

/// Where the cursor is and what is pressed, as far as the frames have come.
#[derive(Component, Default)]
struct Mouse {
    cursor: Option<Vec2>,
    pressed: bool,
    secondary: bool,
    /// What has happened and is not yet shown: a frame shows at most one press or release of a button, in the place
    /// where it happened, so that quick clicks on a slow machine are neither lost nor moved.
    waiting: VecDeque<Event>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    Cursor(Option<Vec2>),
    Primary(bool),
    Secondary(bool),
}

/// Touchpads report pixels; winit's own examples scroll a line in about this many.
const PIXELS_PER_LINE: f32 = 20.0;

fn bring_the_mouse(mut commands: Commands) {
    commands.spawn((Name::new("Mouse aim"), MouseAim));
}

fn read_the_mouse(
    mut events: MessageReader<WindowEvent>,
    window: Single<Entity, With<PrimaryWindow>>,
    mut mouse: Single<&mut Mouse>,
) {
    for event in events.read() {
        let (of, event) = match event {
            WindowEvent::CursorMoved(moved) => (moved.window, Event::Cursor(Some(moved.position))),
            WindowEvent::CursorLeft(left) => (left.window, Event::Cursor(None)),
            // Whoever comes back from another window does not expect to be still dragging.
            WindowEvent::WindowFocused(focused) if !focused.focused => {
                (focused.window, Event::Primary(false))
            }
            WindowEvent::MouseButtonInput(input) => match input.button {
                MouseButton::Left => (input.window, Event::Primary(input.state.is_pressed())),
                MouseButton::Right => (input.window, Event::Secondary(input.state.is_pressed())),
                _ => continue,
            },
            _ => continue,
        };
        if of == *window {
            mouse.waiting.push_back(event);
        }
    }
    mouse.advance();
}

impl Mouse {
    fn advance(&mut self) {
        while let Some(event) = self.waiting.pop_front() {
            match event {
                Event::Cursor(cursor) => self.cursor = cursor,
                Event::Primary(pressed) if pressed != self.pressed => {
                    self.pressed = pressed;
                    return;
                }
                Event::Secondary(pressed) if pressed != self.secondary => {
                    self.secondary = pressed;
                    return;
                }
                Event::Primary(_) | Event::Secondary(_) => {}
            }
        }
    }
}

fn aim_with_the_mouse(
    mut aim: Single<(&mut Aim, &Mouse)>,
    cursor: Single<&CursorOptions, With<PrimaryWindow>>,
    head: Single<(&Camera, &GlobalTransform), With<WindowCamera>>,
    wheel: Res<AccumulatedMouseScroll>,
) {
    let (camera, place) = *head;
    let (aim, mouse) = &mut *aim;
    // A grabbed cursor looks around, it does not point.
    let free = cursor.grab_mode == CursorGrabMode::None;
    aim.ray = mouse
        .cursor
        .filter(|_| free)
        .and_then(|position| camera.viewport_to_world(place, position).ok());
    aim.pressed = mouse.pressed;
    aim.secondary = mouse.secondary;
    aim.scroll = match wheel.unit {
        MouseScrollUnit::Line => wheel.delta,
        MouseScrollUnit::Pixel => wheel.delta / PIXELS_PER_LINE,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_within_one_frame_are_shown_one_by_one_and_in_place() {
        let (here, there) = (Some(vec2(1.0, 2.0)), Some(vec2(30.0, 40.0)));
        let mut mouse = Mouse::default();
        mouse.waiting.extend([
            Event::Cursor(here),
            Event::Primary(true),
            Event::Primary(false),
            Event::Cursor(there),
            Event::Primary(true),
        ]);
        let mut shown = Vec::new();
        for _ in 0..4 {
            mouse.advance();
            shown.push((mouse.cursor, mouse.pressed));
        }
        assert_eq!(shown, [(here, true), (here, false), (there, true), (there, true)]);
    }
}
