//! Sounds in words: one line at a time, each as long as it takes to read, trouble first.

use bevy::prelude::*;

use super::sounds::Sound;
use crate::words::reading_secs;

/// What is told of sounds now; empty where nothing is. It changes only when other words are to be read.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption(String);

impl Caption {
    /// The words.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Shows these words instead.
    pub(in crate::world) fn show(&mut self, words: &str) {
        words.clone_into(&mut self.0);
    }
}

/// What is read now, and what comes next: the weightiest of what was heard meanwhile, and of that the newest.
#[derive(Default)]
pub(super) struct CaptionLine {
    read: Option<Read>,
    next: Option<(Sound, String)>,
}

/// What is read, and until when it needs to be there, in seconds since the hall opened.
struct Read {
    sound: Sound,
    words: String,
    until_secs: f32,
}

impl CaptionLine {
    /// Tells this as soon as it may.
    pub(super) fn tell(&mut self, sound: Sound, words: String) {
        if self.next.as_ref().is_none_or(|(waiting, _)| *waiting <= sound) {
            self.next = Some((sound, words));
        }
    }

    /// The words that are to be seen from now on, if they are others than before.
    ///
    /// What is read stays until it has been; only an alarm does not wait for what is none.
    pub(super) fn turn(&mut self, now_secs: f32) -> Option<&str> {
        let is_read = self.read.as_ref().is_none_or(|read| now_secs >= read.until_secs);
        let urgent = self.next.as_ref().is_some_and(|(sound, _)| *sound == Sound::Alarm)
            && self.read.as_ref().is_some_and(|read| read.sound != Sound::Alarm);
        if !(is_read || urgent) {
            return None;
        }
        match self.next.take() {
            Some((sound, words)) => {
                let until_secs = now_secs + reading_secs(&words);
                Some(&self.read.insert(Read { sound, words, until_secs }).words)
            }
            None => self.read.take().map(|_| ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &mut CaptionLine, now_secs: f32) -> Option<String> {
        line.turn(now_secs).map(str::to_owned)
    }

    #[test]
    fn words_stay_until_they_can_have_been_read_and_then_go() {
        let mut line = CaptionLine::default();
        assert_eq!(said(&mut line, 0.0), None);
        line.tell(Sound::EpochEnded, "Epoch 1 finished: digits".to_owned());
        assert_eq!(said(&mut line, 1.0).as_deref(), Some("Epoch 1 finished: digits"));
        line.tell(Sound::EpochEnded, "Epoch 2 finished: digits".to_owned());
        line.tell(Sound::EpochEnded, "Epoch 3 finished: digits".to_owned());
        line.tell(Sound::Press, "Pressed: Pause".to_owned());
        assert_eq!(said(&mut line, 3.4), None);
        // The newest of what matters.
        assert_eq!(said(&mut line, 3.5).as_deref(), Some("Epoch 3 finished: digits"));
        assert_eq!(said(&mut line, 5.9), None);
        assert_eq!(said(&mut line, 6.0).as_deref(), Some(""));
        assert_eq!(said(&mut line, 7.0), None);
    }

    #[test]
    fn an_alarm_does_not_wait_and_is_not_pushed_away() {
        let mut line = CaptionLine::default();
        line.tell(Sound::Press, "Pressed: Restart".to_owned());
        assert!(said(&mut line, 0.0).is_some());
        line.tell(Sound::Alarm, "Training failed".to_owned());
        assert_eq!(said(&mut line, 0.1).as_deref(), Some("Training failed"));
        line.tell(Sound::Alarm, "Training diverged".to_owned());
        line.tell(Sound::Press, "Pressed: Restart".to_owned());
        assert_eq!(said(&mut line, 1.0), None);
        assert_eq!(said(&mut line, 2.0).as_deref(), Some("Training diverged"));
    }
}
