//! Small buttons that make a wish of how the model is learned; those that are granted stay lit.

use bevy::{prelude::*, ui::Checked};

use super::PageSystems;
use crate::{
    exhibits::logistic::{
        EXHIBIT_ID,
        view::wanted::{Wanted, Wish, wish},
    },
    world::{
        WorldSystems,
        stage::OnStage,
        ui::{
            controls::{ButtonKind, button},
            words,
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        light.after(PageSystems).in_set(WorldSystems::Show).in_set(OnStage(EXHIBIT_ID)),
    );
}

/// A button: its stable name, what stands on it, and what it wishes.
pub(super) type Chip = (&'static str, &'static str, Wish);

/// Writes some of them behind a word; without a word they stand alone.
pub(super) fn chips(line: &mut ChildSpawnerCommands, label: &str, room: f32, chips: &[Chip]) {
    if !label.is_empty() {
        line.spawn(Node { width: px(room), flex_shrink: 0.0, ..default() })
            .with_child((words::caption(label), TextLayout::no_wrap()));
    }
    for (name, words, of) in chips {
        let mut chip = line.spawn((button(name, *words, ButtonKind::Small), *of));
        // Words side by side have little room around them.
        chip.entry::<Node>().and_modify(|mut node| node.padding = UiRect::axes(px(11), px(0)));
        chip.observe(wish);
    }
}

fn light(
    wanted: Res<Wanted>,
    chips: Query<(Entity, &Wish, Has<Checked>)>,
    new: Query<(), Added<Wish>>,
    mut commands: Commands,
) {
    if !wanted.is_changed() && new.is_empty() {
        return;
    }
    for (chip, wish, checked) in &chips {
        check(&mut commands, chip, checked, wish.holds(&wanted.0));
    }
}

/// Marks a control as chosen, or not.
pub(super) fn check(commands: &mut Commands, control: Entity, is: bool, shall_be: bool) {
    if shall_be && !is {
        commands.entity(control).insert(Checked);
    } else if !shall_be && is {
        commands.entity(control).remove::<Checked>();
    }
}
