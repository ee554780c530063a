//! Steppers: two small buttons that go through something one by one, with its name between them.

use bevy::prelude::*;

use crate::{
    exhibits::logistic::EXHIBIT_ID,
    world::{
        WorldSystems,
        stage::OnStage,
        ui::{
            controls::{Activate, ButtonKind, button},
            palette, type_size, words,
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        show.after(StepperSystems).in_set(WorldSystems::Show).in_set(OnStage(EXHIBIT_ID)),
    )
    .configure_sets(Update, StepperSystems.in_set(WorldSystems::Show));
}

/// What writes the words of steppers.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct StepperSystems;

/// What stands between the buttons; write it to say something else.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct StepperWords(pub(super) String);

/// A button was pressed: one on, or one back.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub(super) struct Stepped {
    /// The stepper.
    pub(super) entity: Entity,
    pub(super) on: bool,
}

#[derive(Component)]
struct StepperButton {
    stepper: Entity,
    on: bool,
}

#[derive(Component)]
struct StepperText(Entity);

/// Writes a stepper whose words have this much room, in dmm; observe [`Stepped`] on what it returns.
pub(super) fn stepper<'a>(
    line: &'a mut ChildSpawnerCommands,
    names: [&'static str; 2],
    room: f32,
    mark: impl Bundle,
) -> EntityCommands<'a> {
    let mut stepper = line.spawn((
        mark,
        StepperWords::default(),
        Node {
            column_gap: px(type_size::GAP),
            align_items: AlignItems::Center,
            flex_shrink: 0.0,
            ..default()
        },
    ));
    let entity = stepper.id();
    stepper.with_children(|stepper| {
        let [back, on] = names;
        let mut way = |name, sign, on| {
            stepper
                .spawn((
                    button(name, sign, ButtonKind::Small),
                    StepperButton { stepper: entity, on },
                ))
                .observe(step);
        };
        way(back, "‹", false);
        way(on, "›", true);
        let mut words = stepper.spawn(Node {
            width: px(room),
            justify_content: JustifyContent::Start,
            overflow: Overflow::clip_x(),
            ..default()
        });
        words.with_child((
            words::set("", type_size::CAPTION, FontWeight::SEMIBOLD, palette::INK),
            TextLayout::no_wrap(),
            StepperText(entity),
        ));
    });
    line.commands_mut().entity(entity)
}

fn step(press: On<Activate>, ways: Query<&StepperButton>, mut commands: Commands) {
    if let Ok(way) = ways.get(press.entity) {
        commands.trigger(Stepped { entity: way.stepper, on: way.on });
    }
}

fn show(
    changed: Query<(), Changed<StepperWords>>,
    words: Query<&StepperWords>,
    mut places: Query<(&StepperText, &mut Text)>,
) {
    if changed.is_empty() {
        return;
    }
    for (place, mut text) in &mut places {
        if let Ok(words) = words.get(place.0) {
            text.set_if_neq(Text(words.0.clone()));
        }
    }
}

/// The next of so many, or the one before; after the last comes the first.
pub(super) fn next(place: usize, of: usize, on: bool) -> usize {
    let of = of.max(1);
    (place + if on { 1 } else { of - 1 }) % of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_last_comes_the_first() {
        assert_eq!((next(2, 3, true), next(0, 3, false)), (0, 2));
        assert_eq!((next(0, 0, true), next(1, 3, true)), (0, 2));
    }
}
