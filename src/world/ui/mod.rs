//! Words and controls: colours, sizes, and panels of bevy_ui hung in the world.

pub mod palette;
pub mod type_size;
