//! Sliders: a number within a range, chosen along a line, with its value and unit written beside its name.

mod drag;
mod looks;
mod parts;
#[cfg(test)]
mod tests;
mod value;

use bevy::prelude::*;

pub use parts::slider;
pub use value::{Scale, Slider, SliderMark, SliderPlan};

pub(super) use parts::Track;

use self::{
    drag::{hold, settle, slide},
    looks::{dress_thumbs, show_marks, show_value},
};
use super::UiWrite;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(slide)
        .add_observer(hold)
        .add_observer(settle)
        .add_systems(PostUpdate, (show_value, show_marks, dress_thumbs).chain().in_set(UiWrite));
}
