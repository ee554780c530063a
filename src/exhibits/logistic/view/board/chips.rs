//! Small buttons that make a wish of how the model is learned; those that are granted stay lit.

use bevy::prelude::*;

use super::StepPage;
use crate::{
    exhibits::logistic::view::wanted::{SettingWish, Wanted, wish},
    words::Word,
    world::ui::{
        controls::{Offers, offer},
        tabs::writing,
        words,
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, writing::<StepPage, _>(light));
}

/// A button: its stable name, what stands on it, and what it wishes.
pub(super) type Chip = (&'static str, Word, SettingWish);

/// Writes some of them behind a word; without a word they stand alone.
pub(super) fn chips(line: &mut ChildSpawnerCommands, label: &str, room: f32, chips: &[Chip]) {
    if !label.is_empty() {
        line.spawn(Node { width: px(room), flex_shrink: 0.0, ..default() })
            .with_child((words::caption(label), TextLayout::no_wrap()));
    }
    // Words side by side have little room around them.
    let dress = |node: &mut Node| node.padding = UiRect::axes(px(11), px(0));
    offer(line, chips, dress, |_| wish);
}

fn light(wanted: Res<Wanted>, mut chips: Offers<SettingWish>) {
    if wanted.is_changed() || chips.are_new() {
        chips.light(|wish| wish.holds(&wanted.0));
    }
}
