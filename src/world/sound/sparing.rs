//! Sounds are few: of each kind there is at most one in a while.

use super::sounds::Sound;

/// When each kind was last heard, in seconds since the hall opened.
#[derive(Default)]
pub(super) struct Sparing([Option<f32>; Sound::ALL.len()]);

/// The least time from one sound of a kind to the next, in seconds: where epochs are short, not every one is heard.
const fn apart_secs(sound: Sound) -> f32 {
    match sound {
        Sound::Press | Sound::Alarm => 0.15,
        Sound::EpochEnded => 2.0,
    }
}

impl Sparing {
    /// Whether this one may be heard now; it counts as heard then.
    pub(super) fn allows(&mut self, sound: Sound, now_secs: f32) -> bool {
        let Some(last) = self.0.get_mut(sound as usize) else {
            return false;
        };
        let allowed = last.is_none_or(|last| now_secs - last >= apart_secs(sound));
        if allowed {
            *last = Some(now_secs);
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_kind_there_is_one_in_a_while_and_kinds_do_not_mind_each_other() {
        let mut sparing = Sparing::default();
        let heard = [0.0, 0.05, 0.14, 0.15, 0.2, 0.31].map(|at| sparing.allows(Sound::Press, at));
        assert_eq!(heard, [true, false, false, true, false, true]);
        assert!(sparing.allows(Sound::Alarm, 0.31));
        let epochs = [0.5, 1.5, 2.5].map(|at| sparing.allows(Sound::EpochEnded, at));
        assert_eq!(epochs, [true, false, true]);
    }
}
