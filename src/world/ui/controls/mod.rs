//! Controls on panels: Bevy's headless widgets in the hall's own dress, and where to find each of them.

mod button;
mod choice;
mod dress;
mod entry;
mod field;
mod offer;
mod pointed;
mod rows;
mod slider;
mod stars;
mod switch;

use bevy::{
    ecs::system::SystemParam,
    prelude::*,
    ui::{ComputedUiTargetCamera, InteractionDisabled, UiGlobalTransform, UiSystems},
};

pub use bevy::ui_widgets::{Activate, ValueChange};
pub use button::{ButtonKind, button, toggle};
pub use choice::{Choice, choice};
pub use entry::{Entry, Lines, entry};
pub use field::{Field, KeepsTyping, Stroke, Typing, field, press_key};
pub use offer::{Offer, Offers, grow, offer};
pub use pointed::{Pointed, Sought};
pub use rows::{Fraction, card, fraction, row, rule, stat};
pub use slider::{Scale, Slider, SliderMark, SliderPlan, slider};
pub use stars::{HalfNames, HalfStar, Stars, stars};
pub use switch::switch;

use super::panel::Panel;

pub(super) fn plugin(app: &mut App) {
    app.configure_sets(PostUpdate, UiWrite.before(UiSystems::Prepare))
        .add_observer(disable_parts)
        .add_observer(disable_part)
        .add_observer(enable_parts)
        .add_systems(PostUpdate, write_words.in_set(UiWrite))
        .add_plugins((
            pointed::plugin,
            dress::plugin,
            slider::plugin,
            choice::plugin,
            switch::plugin,
            rows::plugin,
            entry::plugin,
            field::plugin,
            stars::plugin,
        ));
}

/// Everything that writes nodes from a control's state, before the panels are laid out.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct UiWrite;

/// The stable name of a control, by which tests, help and hands find it.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ControlName(pub &'static str);

/// Marks a control with `M`, such as `Checked` or `InteractionDisabled`, or takes the mark away; `is` says how it is now.
pub fn mark<M: Component + Default>(
    commands: &mut Commands,
    control: Entity,
    is: bool,
    shall_be: bool,
) {
    if shall_be && !is {
        commands.entity(control).insert(M::default());
    } else if is && !shall_be {
        commands.entity(control).remove::<M>();
    }
}

/// Gives a node its place, or takes it.
pub fn show(node: &mut Mut<Node>, shown: bool) {
    let display = if shown { Display::Flex } else { Display::None };
    if node.display != display {
        node.display = display;
    }
}

/// A button that opens a page of a board.
#[derive(Component, Clone, Copy, Debug)]
pub struct IsTab;

/// What a button or a row says; change it and the text follows.
#[derive(Component, Clone, Debug, PartialEq, Eq)]
pub struct ControlText(pub String);

/// The text that shows its control's [`ControlText`].
#[derive(Component, Clone, Copy, Debug)]
struct WordsHere;

/// A part of a control of several parts: it is disabled with the whole.
#[derive(Component, Clone, Copy, Debug)]
struct ControlPart;

fn write_words(
    changed: Query<(Entity, &ControlText), Changed<ControlText>>,
    children: Query<&Children>,
    mut texts: Query<&mut Text, With<WordsHere>>,
) {
    for (control, words) in &changed {
        for part in children.iter_descendants(control) {
            if let Ok(mut text) = texts.get_mut(part)
                && text.0 != words.0
            {
                text.0.clone_from(&words.0);
            }
        }
    }
}

fn disable_parts(
    add: On<Add, InteractionDisabled>,
    children: Query<&Children>,
    parts: Query<(), With<ControlPart>>,
    mut commands: Commands,
) {
    for part in children.iter_descendants(add.entity).filter(|part| parts.contains(*part)) {
        commands.entity(part).insert(InteractionDisabled);
    }
}

/// A control that is disabled from the start gets its parts only afterwards.
fn disable_part(
    add: On<Add, ControlPart>,
    parents: Query<&ChildOf>,
    disabled: Query<(), With<InteractionDisabled>>,
    mut commands: Commands,
) {
    if parents.iter_ancestors(add.entity).any(|whole| disabled.contains(whole)) {
        commands.entity(add.entity).insert(InteractionDisabled);
    }
}

fn enable_parts(
    remove: On<Remove, InteractionDisabled>,
    children: Query<&Children>,
    parts: Query<(), With<ControlPart>>,
    mut commands: Commands,
) {
    for part in children.iter_descendants(remove.entity).filter(|part| parts.contains(*part)) {
        // The whole may be going, and its parts with it.
        if let Ok(mut part) = commands.get_entity(part) {
            part.try_remove::<InteractionDisabled>();
        }
    }
}

/// Finds named controls in the hall.
#[derive(SystemParam)]
pub struct ControlFinder<'w, 's> {
    controls: Query<'w, 's, (Entity, &'static ControlName)>,
    nodes: Query<
        'w,
        's,
        (
            &'static ComputedNode,
            &'static UiGlobalTransform,
            &'static ComputedUiTargetCamera,
            &'static InheritedVisibility,
        ),
    >,
    tracks: Query<'w, 's, (), With<slider::Track>>,
    children: Query<'w, 's, &'static Children>,
    panels: Query<'w, 's, (&'static Panel, &'static GlobalTransform, &'static InheritedVisibility)>,
}

impl ControlFinder<'_, '_> {
    /// Where a control that can be seen has its centre, in world space.
    pub fn centre(&self, name: &str) -> Option<Vec3> {
        self.point(name, Vec2::splat(0.5))
    }

    /// A point of a control that can be seen, in world space: (0, 0) is its top left and (1, 1) its bottom right.
    /// Of a slider, this is its track.
    pub fn point(&self, name: &str, at: Vec2) -> Option<Vec3> {
        let (_, place, local) = self.on_panel(name, at)?;
        Some(place.transform_point(local.extend(0.0)))
    }

    /// The place on the upper edge of its panel that is above a control that can be seen, in world space.
    pub fn above(&self, name: &str) -> Option<Vec3> {
        let (panel, place, local) = self.on_panel(name, Vec2::splat(0.5))?;
        Some(place.transform_point(vec3(local.x, panel.size_m.y / 2.0, 0.0)))
    }

    /// The panel of a control that can be seen, where it hangs, and a point of the control on it in metres from its middle.
    fn on_panel(&self, name: &str, at: Vec2) -> Option<(&Panel, &GlobalTransform, Vec2)> {
        let (control, _) = self.controls.iter().find(|(_, control)| control.0 == name)?;
        let track =
            self.children.iter_descendants(control).find(|part| self.tracks.contains(*part));
        let (node, place, target, seen) = self.nodes.get(track.unwrap_or(control)).ok()?;
        let camera = target.get()?;
        let (panel, panel_place, panel_seen) =
            self.panels.iter().find(|(panel, ..)| panel.camera == camera)?;
        if !seen.get() || !panel_seen.get() || node.is_empty() {
            return None;
        }
        let pixel = place.transform_point2((at - 0.5) * node.size());
        let uv = pixel / panel.target.scale_factor / panel.size_dmm;
        Some((panel, panel_place, (uv - 0.5) * vec2(1.0, -1.0) * panel.size_m))
    }
}
