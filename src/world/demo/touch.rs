//! Whether somebody touches anything: a key, the mouse, its wheel, a screen, a controller or a hand before the cameras.

use bevy::{
    ecs::system::SystemParam,
    input::{
        keyboard::KeyboardInput,
        mouse::{MouseButtonInput, MouseWheel},
        touch::TouchInput,
    },
    prelude::*,
    window::{CursorMoved, FileDragAndDrop, PrimaryWindow},
};

use crate::world::body::{HandInput, HandKind};

/// A mouse that is pushed moves by more than this, in logical pixels; a table that shakes moves it less.
const PUSH_PX: f32 = 6.0;
/// What it moves in this time counts together, in seconds.
const TOGETHER_SECS: f32 = 1.0;
/// Until then a mouse that comes into the window may lie where it opens, in seconds.
const OPENS_SECS: f64 = 5.0;
/// A trigger, a grip or a stick that is moved by more than this is moved on purpose.
const PULL: f32 = 0.3;

/// Everything by which a visitor makes themselves felt.
#[derive(SystemParam)]
pub(super) struct Touches<'w, 's> {
    time: Res<'w, Time<Real>>,
    keys: MessageReader<'w, 's, KeyboardInput>,
    buttons: MessageReader<'w, 's, MouseButtonInput>,
    wheels: MessageReader<'w, 's, MouseWheel>,
    moves: MessageReader<'w, 's, CursorMoved>,
    fingers: MessageReader<'w, 's, TouchInput>,
    dropped: MessageReader<'w, 's, FileDragAndDrop>,
    hands: Query<'w, 's, &'static HandInput>,
    windows: Query<'w, 's, &'static Window, With<PrimaryWindow>>,
    mouse: Local<'s, Push>,
}

impl Touches<'_, '_> {
    /// Whether anything was touched since the last frame.
    pub(super) fn any(&mut self) -> bool {
        let secs = self.time.elapsed_secs_f64();
        let mut pushed = false;
        for moved in self.moves.read() {
            pushed |= self.mouse.moves(moved.position, secs);
        }
        if self.mouse.from.is_none() {
            let lies = self.windows.iter().find_map(Window::cursor_position);
            self.mouse.from = lies.map(|place| (place, secs));
        }
        let keys = self.keys.read().filter(|key| key.state.is_pressed()).count();
        let others = self.buttons.read().count()
            + self.wheels.read().count()
            + self.fingers.read().count()
            + self.dropped.read().count();
        pushed || keys + others > 0 || self.hands.iter().any(is_moved)
    }
}

/// A controller that lies on the table is tracked, too; a bare hand is there because somebody holds it there.
fn is_moved(hand: &HandInput) -> bool {
    let pulled = hand.trigger > PULL || hand.squeeze > PULL || hand.stick.length() > PULL;
    let pressed = hand.primary || hand.secondary || hand.menu;
    hand.tracked && (pulled || pressed || hand.kind == HandKind::Bare)
}

/// Where the mouse was a moment ago.
#[derive(Clone, Copy, Debug, Default)]
struct Push {
    from: Option<(Vec2, f64)>,
}

impl Push {
    /// Whether a mouse that comes to this place was pushed there, as was one that comes from outside; where a window opens
    /// under it, it was not.
    fn moves(&mut self, to: Vec2, secs: f64) -> bool {
        let Some((from, since)) = self.from else {
            self.from = Some((to, secs));
            return secs > OPENS_SECS;
        };
        let pushed = from.distance(to) > PUSH_PX;
        if pushed || secs - since > f64::from(TOGETHER_SECS) {
            self.from = Some((to, secs));
        }
        pushed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_is_a_touch_and_a_tremble_is_none() {
        let mut mouse = Push::default();
        assert!(!mouse.moves(vec2(500.0, 300.0), 0.0), "the window opened under it");
        assert!(Push::default().moves(vec2(500.0, 300.0), 60.0), "it comes from outside");
        for shake in 1..100 {
            let x = 500.0 + f32::from(shake % 2 == 0) * 2.0;
            assert!(!mouse.moves(vec2(x, 300.0), f64::from(shake) * 0.05));
        }
        assert!(!mouse.moves(vec2(504.0, 300.0), 5.1));
        assert!(mouse.moves(vec2(509.0, 300.0), 5.2), "steps of a few pixels count together");
        assert!(mouse.moves(vec2(700.0, 300.0), 5.3));
    }

    #[test]
    fn a_controller_on_the_table_touches_nothing() {
        let lies = HandInput { tracked: true, ..default() };
        assert!(!is_moved(&lies) && !is_moved(&HandInput::default()));
        for moved in [
            HandInput { trigger: 0.5, ..lies.clone() },
            HandInput { squeeze: 0.9, ..lies.clone() },
            HandInput { stick: vec2(0.0, -0.6), ..lies.clone() },
            HandInput { primary: true, ..lies.clone() },
            HandInput { menu: true, ..lies.clone() },
            HandInput { kind: HandKind::Bare, ..lies.clone() },
        ] {
            assert!(is_moved(&moved), "{moved:?}");
            assert!(!is_moved(&HandInput { tracked: false, ..moved }));
        }
    }
}
