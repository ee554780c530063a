//! As many pictures as the hall draws: the trainer is asked for one snapshot a frame, and no more.

use bevy::prelude::*;

use super::cost::Watching;
use crate::{
    stream::Command,
    world::{link::Ask, stage::ActiveExhibit},
};

/// Fewest and most snapshots that are asked for a second.
const LEAST: f32 = 2.0;
const MOST: f32 = 60.0;
/// How far the frames may drift from what was asked before it is asked again, as a share.
const TOLERANCE: f32 = 0.25;
/// How long frames are averaged over, in seconds.
const EASING_SECS: f32 = 2.0;
/// The first frames build the hall and say nothing about the pace to come.
const WARM_UP_FRAMES: u32 = 20;

/// How fast frames come, and what was asked for last.
#[derive(Debug, Default)]
pub(super) struct FrameRate {
    frames: u32,
    secs_per_frame: f32,
    asked: Option<f32>,
}

impl FrameRate {
    /// Takes the length of one more frame, and gives the rate to ask for if it is time to ask.
    fn frame(&mut self, secs: f32) -> Option<f32> {
        self.frames = self.frames.saturating_add(1);
        if self.frames <= WARM_UP_FRAMES || secs <= 0.0 {
            return None;
        }
        let weight = if self.secs_per_frame == 0.0 { 1.0 } else { (secs / EASING_SECS).min(1.0) };
        self.secs_per_frame += (secs - self.secs_per_frame) * weight;
        let wanted = (1.0 / self.secs_per_frame).clamp(LEAST, MOST);
        let drifted = self.asked.is_none_or(|asked| (wanted / asked - 1.0).abs() > TOLERANCE);
        if drifted {
            self.asked = Some(wanted);
        }
        drifted.then_some(wanted)
    }
}

pub(super) fn ask_for_pictures(
    time: Res<Time<Real>>,
    playing: Option<Res<ActiveExhibit>>,
    mut pace: Local<FrameRate>,
    mut watching: ResMut<Watching>,
    mut asks: MessageWriter<Ask>,
) {
    if playing.is_some_and(|playing| playing.is_changed()) {
        // Another trainer has not been asked yet.
        pace.asked = None;
    }
    if let Some(per_second) = pace.frame(time.delta_secs()) {
        watching.ask(per_second);
        asks.write(Ask(Command::SetSnapshotRate { per_second }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pace: &mut FrameRate, secs: f32, frames: usize) -> Vec<f32> {
        (0..frames).filter_map(|_| pace.frame(secs)).collect()
    }

    #[test]
    fn a_steady_pace_is_asked_for_once_and_a_new_one_again() {
        let mut pace = FrameRate::default();
        let first = asked(&mut pace, 1.0 / 30.0, 300);
        assert!(matches!(first[..], [rate] if (rate - 30.0).abs() < 0.1), "{first:?}");
        assert!(asked(&mut pace, 1.0 / 26.0, 300).is_empty(), "within the tolerance");
        let slower = asked(&mut pace, 1.0 / 5.0, 100);
        assert!(slower.last().is_some_and(|rate| *rate < 7.0), "{slower:?}");
    }

    #[test]
    fn what_is_asked_for_stays_within_bounds() {
        let mut fast = FrameRate::default();
        assert_eq!(asked(&mut fast, 1.0 / 500.0, 300), [MOST]);
        let mut slow = FrameRate::default();
        assert_eq!(asked(&mut slow, 3.0, 300), [LEAST]);
    }
}
