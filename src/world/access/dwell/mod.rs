//! Pressing by resting: an aim that stays on something that can be pressed presses it, once for each rest.
//!
//! It is for whoever has no button: a mouse that is moved but not clicked, a ray without a trigger, a head that aims.
//! What is rested on is pressed and let go as if the aim's own button had been, so that nothing else has to know of it.

mod rest;
mod ring;
#[cfg(test)]
mod tests;

use bevy::{
    picking::pointer::PointerInteraction, prelude::*, ui::InteractionDisabled,
    ui_widgets::Slider as Track,
};

use self::rest::{Rest, Target};
use super::Access;
use crate::world::{
    interaction::{
        AimSystems,
        aim::{Aim, AimedAt, Leads, Paired},
    },
    ui::{controls::Pointed, panel::Panel},
};

/// The shortest and the longest rest that presses, in seconds.
pub const LEAST_SECS: f32 = 0.6;
pub const MOST_SECS: f32 = 3.0;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(let_rest).add_systems(
        PreUpdate,
        press_by_resting
            .after(AimSystems::Point)
            .before(AimSystems::Meet)
            .run_if(|access: Res<Access>| access.dwell_secs.is_some()),
    );
    ring::plugin(app);
}

/// Shows where an aim without a cursor of its own is, as long as it is on something.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Reticle;

fn let_rest(add: On<Add, Aim>, mut commands: Commands) {
    commands.entity(add.entity).insert(Rest::default());
}

type Resting = (
    &'static mut Aim,
    &'static AimedAt,
    Option<&'static PointerInteraction>,
    &'static mut Rest,
    Has<Paired>,
    Has<Leads>,
);

/// Of two hands only the main one presses by resting: the other may lie anywhere.
fn press_by_resting(
    access: Res<Access>,
    time: Res<Time<Real>>,
    mut aims: Query<Resting>,
    panels: Query<(), With<Panel>>,
    controls: Query<(Has<InteractionDisabled>, Has<Track>), With<Pointed>>,
    parents: Query<&ChildOf>,
) {
    let Some(dwell_secs) = access.dwell_secs else {
        return;
    };
    for (mut aim, meets, over, mut rest, paired, leads) in &mut aims {
        let hit = meets.0.filter(|_| aim.ray.is_some() && (leads || !paired));
        let target = hit.and_then(|hit| {
            if !panels.contains(hit.surface) {
                return Some(Target::Spot(hit.surface, hit.part));
            }
            let (part, _) = over?.iter().next()?;
            let mut whole = std::iter::once(*part).chain(parents.iter_ancestors(*part));
            let control = whole.find(|node| controls.contains(*node))?;
            let (disabled, slides) = controls.get(control).ok()?;
            let target =
                if slides { Target::Spot(control, None) } else { Target::Control(control) };
            (!disabled).then_some(target)
        });
        let towards = aim.ray.map(|ray| ray.direction);
        // Whoever presses needs no help with this press.
        let presses = rest.follow(target.zip(towards), aim.pressed, time.delta_secs(), dwell_secs);
        if presses {
            aim.pressed = true;
        }
    }
}
