//! The sounds of the hall as pure functions of time: notes that rise and fall to nothing, so that none begins or ends with
//! a click. No file is read.

use std::f32::consts::{PI, TAU};

/// The greatest level of a sound, where 1 is the greatest that can be played: −18 dB of full scale.
pub(super) const PEAK: f32 = 0.125_892_54;

/// What can be heard in the hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sound {
    /// A control was pressed.
    Press,
    /// All examples were learned from once more.
    EpochEnded,
    /// A training diverged or failed.
    Alarm,
}

/// A tone that rises and falls.
struct Note {
    /// Of its lowest partial.
    frequency_hz: f32,
    /// How many partials it has; each is as much weaker as it is higher.
    partials: u8,
    /// When it begins, how long it rises, and how long it is in all, in seconds.
    from_secs: f32,
    rise_secs: f32,
    secs: f32,
    /// What it is multiplied by, so that its sound stays within −1..=1.
    gain: f32,
}

/// A soft tick.
const PRESS: [Note; 1] = [Note {
    frequency_hz: 1000.0,
    partials: 1,
    from_secs: 0.0,
    rise_secs: 0.006,
    secs: 0.03,
    gain: 0.8,
}];
/// C5 and G5 of equal temperament with A4 at 440 Hz (ISO 16): a fifth upwards, the second before the first is gone.
const EPOCH_ENDED: [Note; 2] = [gentle(523.25, 0.0), gentle(783.99, 0.16)];
/// A3 and E3, twice: low and falling, with overtones that small loudspeakers play, too (IEC 60601-1-8 has alarms begin
/// between 150 and 1000 Hz, with at least four harmonics from 300 to 4000 Hz).
const ALARM: [Note; 4] = [low(220.0, 0.0), low(164.81, 0.36), low(220.0, 0.9), low(164.81, 1.26)];

const fn gentle(frequency_hz: f32, from_secs: f32) -> Note {
    Note { frequency_hz, partials: 2, from_secs, rise_secs: 0.015, secs: 0.45, gain: 0.55 }
}

const fn low(frequency_hz: f32, from_secs: f32) -> Note {
    Note { frequency_hz, partials: 5, from_secs, rise_secs: 0.04, secs: 0.36, gain: 1.7 }
}

impl Sound {
    pub(super) const ALL: [Self; 3] = [Self::Press, Self::EpochEnded, Self::Alarm];

    const fn notes(self) -> &'static [Note] {
        match self {
            Self::Press => &PRESS,
            Self::EpochEnded => &EPOCH_ENDED,
            Self::Alarm => &ALARM,
        }
    }

    /// How long it is, in seconds.
    pub(super) fn secs(self) -> f32 {
        self.notes().iter().map(|note| note.from_secs + note.secs).fold(0.0, f32::max)
    }

    /// Its level at this time since it began, −[`PEAK`]..=[`PEAK`]; 0 before and after.
    pub(super) fn level(self, at_secs: f32) -> f32 {
        PEAK * self.notes().iter().map(|note| note.level(at_secs - note.from_secs)).sum::<f32>()
    }
}

impl Note {
    /// At this time since it began.
    fn level(&self, at_secs: f32) -> f32 {
        if !(0.0..self.secs).contains(&at_secs) {
            return 0.0;
        }
        let (mut tone, mut whole) = (0.0, 0.0);
        for partial in 1..=self.partials {
            let (partial, weight) = (f32::from(partial), 1.0 / f32::from(partial));
            tone += weight * (TAU * partial * self.frequency_hz * at_secs).sin();
            whole += weight;
        }
        self.gain * self.envelope(at_secs) * tone / whole
    }

    /// From 0 along half a cosine, and back to 0 along a parabola, which is near to how a struck thing dies away.
    fn envelope(&self, at_secs: f32) -> f32 {
        let risen = 0.5 - 0.5 * (PI * (at_secs / self.rise_secs).min(1.0)).cos();
        risen * (1.0 - at_secs / self.secs).powi(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f32 = 48_000.0;

    fn samples(sound: Sound) -> Vec<f32> {
        let count = (sound.secs() * RATE_HZ).ceil() as usize;
        (0..count).map(|at| sound.level(at as f32 / RATE_HZ)).collect()
    }

    #[test]
    fn the_loudest_is_18_decibels_below_full_scale() {
        assert!((20.0 * PEAK.log10() + 18.0).abs() < 1e-4);
        for sound in Sound::ALL {
            let peak = samples(sound).into_iter().map(f32::abs).fold(0.0, f32::max);
            assert!(peak <= PEAK && peak > 0.4 * PEAK, "{sound:?}: {peak}");
        }
    }

    #[test]
    fn nothing_begins_ends_or_goes_on_with_a_click() {
        for sound in Sound::ALL {
            let samples = samples(sound);
            let (first, last) = (samples[0].abs(), samples[samples.len() - 1].abs());
            assert!(first < 1e-6 && last < 1e-3 * PEAK, "{sound:?}: {first}, {last}");
            assert_eq!([sound.level(-1e-3), sound.level(sound.secs() + 1e-3)], [0.0; 2]);
            // No step is steeper than that of the highest partial at full level.
            let highest = |note: &Note| note.frequency_hz * f32::from(note.partials);
            let highest = sound.notes().iter().map(highest).fold(0.0, f32::max);
            let steepest = TAU * highest / RATE_HZ * PEAK;
            for two in samples.windows(2) {
                assert!((two[1] - two[0]).abs() <= steepest, "{sound:?}");
            }
        }
    }

    #[test]
    fn a_press_is_short_and_an_alarm_lower_and_longer_than_what_is_good_news() {
        let [press, epoch, alarm] = Sound::ALL;
        assert!((press.secs() - 0.03).abs() < 1e-6);
        assert!(epoch.secs() < 0.7 && alarm.secs() > 2.0 * epoch.secs());
        let lowest = |sound: Sound| {
            sound.notes().iter().map(|note| note.frequency_hz).fold(f32::INFINITY, f32::min)
        };
        assert!(lowest(alarm) >= 150.0 && 2.0 * lowest(alarm) < lowest(epoch));
    }
}
