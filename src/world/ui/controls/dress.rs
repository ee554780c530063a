//! How controls look in each of their states, in one table.

use bevy::{
    input_focus::{InputFocus, InputFocusSystems, InputFocusVisible},
    prelude::*,
    ui::{Checked, InteractionDisabled, Pressed},
};

use super::{Pointed, Sought, UiWrite};
use crate::world::ui::palette;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, forget_pressed_focus.before(InputFocusSystems::Dispatch))
        .add_systems(PostUpdate, dress_controls.in_set(UiWrite));
}

/// The cut of a control's dress.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
#[require(Pointed, BackgroundColor, BorderColor, Outline)]
pub(super) enum Dress {
    /// The one thing to press here.
    Primary,
    /// One of several things to press.
    Plain,
    /// One of several that stand together on a ground of their own.
    Quiet,
    /// A line of text that shows its state with a mark beside it.
    Line,
    /// One of many in a list, whose words keep their ink.
    Row,
}

/// Text and marks that take the ink of their control.
#[derive(Component, Clone, Copy, Debug)]
pub(super) struct Inked;

/// What a control looks like now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ControlColours {
    pub ground: Color,
    pub rule: Color,
    pub ink: Color,
}

/// The states of a control that can be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ControlState {
    pub disabled: bool,
    pub pressed: bool,
    pub pointed: bool,
    pub chosen: bool,
}

impl Dress {
    pub(super) fn look(self, mood: ControlState) -> ControlColours {
        use palette::{
            ACCENT, ACCENT_BRIGHT, ACCENT_DEEP, ACCENT_MIDDLE, GRID, INK, INK_FAINT, INK_QUIET,
            NIGHT, PLATE, PLATE_POINTED, PLATE_RAISED, RULE,
        };
        let (ground, rule, ink) = match (self, mood) {
            (Self::Line, ControlState { disabled: true, .. })
            | (Self::Quiet, ControlState { disabled: true, chosen: false, .. }) => {
                (Color::NONE, Color::NONE, INK_FAINT)
            }
            (_, ControlState { disabled: true, chosen: true, .. }) => {
                (PLATE_RAISED, RULE, INK_QUIET)
            }
            (_, ControlState { disabled: true, .. }) => (PLATE, GRID, INK_FAINT),
            (Self::Line, ControlState { pressed: true, .. }) => (PLATE_POINTED, ACCENT_BRIGHT, INK),
            (Self::Row, ControlState { pressed: true, .. }) => (ACCENT_MIDDLE, RULE, INK),
            (_, ControlState { pressed: true, .. }) => (ACCENT, ACCENT_BRIGHT, NIGHT),
            (Self::Line, ControlState { pointed: true, .. })
            | (Self::Plain | Self::Row, ControlState { chosen: false, pointed: false, .. }) => {
                (PLATE_RAISED, RULE, INK)
            }
            (Self::Line, _) => (Color::NONE, Color::NONE, INK),
            (Self::Primary, ControlState { pointed: true, .. })
            | (_, ControlState { chosen: true, pointed: true, .. }) => {
                (ACCENT_MIDDLE, ACCENT_BRIGHT, INK)
            }
            (_, ControlState { chosen: true, .. }) => (ACCENT_DEEP, ACCENT, INK),
            (Self::Primary, _) => (ACCENT_DEEP, ACCENT, ACCENT_BRIGHT),
            (Self::Row, ControlState { pointed: true, .. }) => (PLATE_POINTED, ACCENT, INK),
            (_, ControlState { pointed: true, .. }) => (PLATE_POINTED, ACCENT, ACCENT_BRIGHT),
            (Self::Quiet, _) => (Color::NONE, Color::NONE, INK_QUIET),
        };
        ControlColours { ground, rule, ink }
    }
}

/// The ring around what the keyboard acts on.
const FOCUS_RING: f32 = 3.0;

fn dress_controls(
    mut controls: Query<(
        Entity,
        &Dress,
        (&Pointed, Has<Sought>),
        Has<Pressed>,
        Has<InteractionDisabled>,
        Has<Checked>,
        &mut BackgroundColor,
        &mut BorderColor,
        &mut Outline,
        Option<&Children>,
    )>,
    mut inks: Query<&mut TextColor, With<Inked>>,
    focus: Option<Res<InputFocus>>,
    focus_visible: Option<Res<InputFocusVisible>>,
) {
    let focused = focus
        .filter(|_| focus_visible.is_some_and(|visible| visible.0))
        .and_then(|focus| focus.get());
    for (
        entity,
        dress,
        (pointed, sought),
        pressed,
        disabled,
        chosen,
        mut ground,
        mut rule,
        mut outline,
        children,
    ) in &mut controls
    {
        let pointed = pointed.0 || sought;
        let look = dress.look(ControlState { disabled, pressed, pointed, chosen });
        ground.set_if_neq(BackgroundColor(look.ground));
        rule.set_if_neq(BorderColor::all(look.rule));
        let ring = if focused == Some(entity) { palette::ACCENT_BRIGHT } else { Color::NONE };
        outline.set_if_neq(Outline::new(px(FOCUS_RING), px(FOCUS_RING), ring));
        for &part in children.into_iter().flatten() {
            if let Ok(mut ink) = inks.get_mut(part) {
                ink.set_if_neq(TextColor(look.ink));
            }
        }
    }
}

/// Pressing with an aim is no reason for the space bar to press it again: only the keyboard's own focus stays.
fn forget_pressed_focus(
    focus: Option<ResMut<InputFocus>>,
    focus_visible: Option<Res<InputFocusVisible>>,
    controls: Query<(), With<Dress>>,
) {
    let (Some(mut focus), Some(visible)) = (focus, focus_visible) else {
        return;
    };
    if !visible.0 && focus.get().is_some_and(|focused| controls.contains(focused)) {
        focus.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_can_be_told_from_rest() {
        let states = [
            ControlState { disabled: true, ..default() },
            ControlState { pressed: true, ..default() },
            ControlState { pointed: true, ..default() },
            ControlState { chosen: true, ..default() },
        ];
        // A line shows what is chosen with its mark, not with its dress.
        for (dress, states) in [
            (Dress::Primary, &states[..]),
            (Dress::Plain, &states),
            (Dress::Quiet, &states),
            (Dress::Row, &states),
            (Dress::Line, &states[..3]),
        ] {
            let rest = dress.look(ControlState::default());
            let states: Vec<_> = states.iter().map(|mood| dress.look(*mood)).collect();
            for (n, look) in states.iter().enumerate() {
                assert_ne!(*look, rest, "{dress:?}, state {n}");
                assert!(!states[..n].contains(look), "{dress:?}, state {n} looks like another");
            }
        }
    }
}
