//! What is heard at once, added up sample by sample; it runs where the samples are asked for, never in a frame.

use super::sounds::Sound;

/// More than this at once is a noise; together they stay below full scale.
const MOST_VOICES: usize = 6;

/// A sound with its level left and right, 0..=1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Voice {
    pub(super) sound: Sound,
    pub(super) gains: [f32; 2],
}

/// Voices that play, each with the frames that were heard of it.
pub(super) struct Mixer {
    rate_hz: f32,
    playing: Vec<(Voice, u32)>,
}

impl Mixer {
    /// A silent one for so many frames a second.
    pub(super) fn new(rate_hz: u32) -> Self {
        Self { rate_hz: rate_hz as f32, playing: Vec::with_capacity(MOST_VOICES) }
    }

    /// Begins to play a voice, unless there are too many.
    pub(super) fn add(&mut self, voice: Voice) {
        if self.playing.len() < MOST_VOICES {
            self.playing.push((voice, 0));
        }
    }

    pub(super) fn is_silent(&self) -> bool {
        self.playing.is_empty()
    }

    /// The next frame: left and right, −1..=1.
    pub(super) fn frame(&mut self) -> [f32; 2] {
        let mut sum = [0.0; 2];
        for (voice, heard) in &mut self.playing {
            let level = voice.sound.level(*heard as f32 / self.rate_hz);
            sum[0] += level * voice.gains[0];
            sum[1] += level * voice.gains[1];
            *heard += 1;
        }
        let rate_hz = self.rate_hz;
        self.playing.retain(|(voice, heard)| (*heard as f32) < voice.sound.secs() * rate_hz);
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::{super::sounds::PEAK, *};

    #[test]
    fn a_voice_is_heard_once_on_its_side_and_then_it_is_silent() {
        let mut mixer = Mixer::new(48_000);
        assert!(mixer.is_silent());
        assert_eq!(mixer.frame(), [0.0; 2]);
        mixer.add(Voice { sound: Sound::Press, gains: [0.25, 1.0] });
        let mut frames = Vec::new();
        while !mixer.is_silent() {
            frames.push(mixer.frame());
        }
        assert!((1439..=1441).contains(&frames.len()), "{} of 1440 frames", frames.len());
        assert!(frames.iter().any(|[_, right]| right.abs() > PEAK / 3.0));
        assert!(frames.iter().all(|[left, right]| (left - 0.25 * right).abs() < 1e-7));
        assert_eq!(mixer.frame(), [0.0; 2]);
    }

    #[test]
    fn as_many_as_may_play_stay_below_full_scale() {
        let mut mixer = Mixer::new(48_000);
        for _ in 0..2 * MOST_VOICES {
            mixer.add(Voice { sound: Sound::Alarm, gains: [1.0; 2] });
        }
        assert_eq!(mixer.playing.len(), MOST_VOICES);
        while !mixer.is_silent() {
            assert!(mixer.frame()[0].abs() < 1.0);
        }
    }
}
