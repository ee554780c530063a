//! What lets everybody take part: texts as large as they are needed, presses by resting, names for screen readers.
//!
//! High contrast is a matter of the palette (`ui/contrast`), less motion one of the hall (`motion`), and a head that aims
//! one of the body (`body/gaze`); docs/ACCESSIBILITY.md says which need is met where.

mod board;
pub mod dwell;
mod names;
mod reading;
mod tree;

use bevy::prelude::*;

pub use tree::ScreenReaderSystems;

/// What a visitor needs; the command line begins with it, and the board `board` changes it while the hall runs.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Access {
    /// How large texts can be had, in percent of what they are in the hall, from 100 to 200.
    pub text_percent: u16,
    /// After how many seconds of rest an aim presses what it rests on; never where it is none.
    pub dwell_secs: Option<f32>,
}

impl Default for Access {
    fn default() -> Self {
        Self { text_percent: LEAST_PERCENT, dwell_secs: None }
    }
}

/// Texts can be had from their own size up to twice that, as WCAG 2.2 asks (1.4.4).
pub const LEAST_PERCENT: u16 = 100;
pub const MOST_PERCENT: u16 = 200;

impl Access {
    /// Whether texts are also told in the line for reading.
    fn reads_large(&self) -> bool {
        self.text_percent > LEAST_PERCENT
    }

    /// With texts larger or smaller by so many steps of a quarter.
    fn resized(self, quarters: i16) -> Self {
        let percent = self.text_percent.saturating_add_signed(quarters.saturating_mul(25));
        Self { text_percent: percent.clamp(LEAST_PERCENT, MOST_PERCENT), ..self }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Access>().add_plugins((
        board::plugin,
        dwell::plugin,
        reading::plugin,
        tree::plugin,
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_go_in_quarters_and_stay_within_their_bounds() {
        let percents = |quarters: &[i16]| {
            let access = quarters.iter().fold(Access::default(), |access, by| access.resized(*by));
            access.text_percent
        };
        assert_eq!(percents(&[-1]), 100);
        assert_eq!(percents(&[1]), 125);
        assert_eq!(percents(&[1, 1, 1, 1, 1]), 200);
        assert_eq!(percents(&[i16::MAX, -1]), 175);
    }
}
