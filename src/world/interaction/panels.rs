//! Panels take part in aiming: what an aim does on one is told to Bevy's picking as that aim's own pointer.

use bevy::{
    asset::uuid::Uuid,
    camera::NormalizedRenderTarget,
    input::{mouse::MouseScrollUnit, touch::TouchPhase},
    picking::pointer::{Location, PointerAction, PointerButton, PointerId, PointerInput},
    prelude::*,
};

use super::{
    AimSystems,
    aim::{Aim, AimedAt, Hold, Surface},
};
use crate::world::ui::panel::Panel;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<PointerInput>()
        .add_observer(make_panel_a_surface)
        .add_observer(give_aim_a_pointer)
        .add_systems(PreUpdate, forward.in_set(AimSystems::Forward));
}

/// The pointer of aim `n` has this id plus `n`.
const FIRST_POINTER: u128 = 0x7065_7263_6570_7461_7269_756d_0000_0000;

/// What picking has been told of one aim so far.
#[derive(Component, Default)]
struct Told {
    location: Option<Location>,
    pressed: bool,
    /// A release waits a frame when the aim has moved too, since picking clicks what was hovered a frame ago.
    release_due: bool,
}

fn make_panel_a_surface(add: On<Add, Panel>, panels: Query<&Panel>, mut commands: Commands) {
    let Ok(panel) = panels.get(add.entity) else {
        return;
    };
    commands.entity(add.entity).insert(Surface { size: panel.size_m });
}

fn give_aim_a_pointer(add: On<Add, Aim>, mut commands: Commands) {
    let id = Uuid::from_u128(FIRST_POINTER + u128::from(add.entity.to_bits()));
    commands.entity(add.entity).insert((PointerId::Custom(id), Told::default()));
}

fn forward(
    mut aims: Query<(&Aim, &AimedAt, &Hold, &PointerId, &mut Told)>,
    panels: Query<&Panel>,
    mut inputs: MessageWriter<PointerInput>,
) {
    for (aim, aimed_at, hold, &pointer, mut told) in &mut aims {
        let mut tell = |location: Location, action| {
            inputs.write(PointerInput::new(pointer, location, action));
        };

        if told.release_due
            && let Some(location) = told.location.clone()
        {
            tell(location, PointerAction::Release(PointerButton::Primary));
            told.release_due = false;
            told.pressed = false;
        }

        let on_panel =
            aimed_at.0.and_then(|hit| panels.get(hit.surface).ok().map(|panel| (hit, panel)));
        let here = on_panel.map(|(hit, panel)| Location {
            target: NormalizedRenderTarget::Image(panel.target.clone()),
            position: hit.uv * panel.size_dmm,
        });
        // Released where no ray is, a press must not become a click.
        let here = here.filter(|_| aim.ray.is_some() || aim.pressed);

        let moved =
            told.location != here && (here.is_some() || on_some_panel(told.location.as_ref()));
        if moved {
            let last = told.location.as_ref().map_or(Vec2::ZERO, |location| location.position);
            // Off the panels the pointer stands a hair beside its last place, so that a press left behind ends as a drag.
            let location = here.clone().unwrap_or(Location {
                target: NormalizedRenderTarget::None { width: 1, height: 1 },
                position: last + vec2(0.01, 0.0),
            });
            let delta = location.position - last;
            tell(location.clone(), PointerAction::Move { delta });
            told.location = Some(location);
        }

        let pressed = matches!((*hold, on_panel), (Hold::Surface(held), Some((hit, _))) if held == hit.surface);
        if told.pressed && !pressed {
            match told.location.clone() {
                Some(location) if !moved => {
                    tell(location, PointerAction::Release(PointerButton::Primary));
                    told.pressed = false;
                }
                _ => told.release_due = true,
            }
        }
        let Some(location) = here else {
            continue;
        };
        if pressed && !told.pressed {
            tell(location.clone(), PointerAction::Press(PointerButton::Primary));
            told.pressed = true;
        }
        if aim.scroll != Vec2::ZERO {
            tell(
                location,
                PointerAction::Scroll {
                    unit: MouseScrollUnit::Line,
                    x: aim.scroll.x,
                    y: aim.scroll.y,
                    phase: TouchPhase::Moved,
                },
            );
        }
    }
}

fn on_some_panel(location: Option<&Location>) -> bool {
    location.is_some_and(|location| matches!(location.target, NormalizedRenderTarget::Image(_)))
}
