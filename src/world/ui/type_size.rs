//! The sizes of text and targets, in dmm (1 dmm is 1 mm seen from 1 m), as `docs` of the headset makers advise.
//!
//! Whoever sits, or reads what hangs high or at a slant, sees less of them: `tests/gallery/angles.rs` says how much
//! must be left.

/// The title of an exhibit.
pub const TITLE: f32 = 56.0;
/// The heading of a panel or layer.
pub const HEADING: f32 = 41.0;
/// Text one reads.
pub const BODY: f32 = 28.0;
/// Ticks, units and captions; nothing is smaller.
pub const CAPTION: f32 = 26.0;
/// The least height of a primary button.
pub const BUTTON: f32 = 64.0;
/// The least height of an entry in a list.
pub const ROW: f32 = 44.0;
/// The least gap between two targets.
pub const GAP: f32 = 10.0;
