//! The thread that plays: a frame only leaves a voice for it, and never waits.

use std::thread;

use bevy::prelude::*;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::{mixer::Voice, output};

/// Voices that may wait; one that finds no room comes too late anyway.
const MOST_WAITING: usize = 8;

/// Plays voices on a thread of its own, which is there from the first of them on; a new one tries again where the last found
/// nothing to play on.
#[derive(Resource, Default)]
pub(super) struct Player {
    line: Option<Line>,
}

/// The way to the thread, which ends when this goes.
struct Line {
    voices: Sender<Voice>,
    silences: Receiver<String>,
}

/// What serves voices until nobody sends any more; or why it cannot, in words that end a sentence.
type Serve = fn(&Receiver<Voice>) -> Result<(), String>;

impl Player {
    /// Plays it, where there is anything to play on.
    pub(super) fn play(&mut self, voice: Voice) {
        self.play_on(voice, output::serve);
    }

    fn play_on(&mut self, voice: Voice, serve: Serve) {
        let line = self.line.get_or_insert_with(|| Line::open(serve));
        // Without a thread it is silent; what it said of it is told once.
        if let Err(TrySendError::Full(_)) = line.voices.try_send(voice) {
            debug!("a sound was left out, since those before it have not begun");
        }
    }

    /// Whether anything was ever played.
    #[cfg(test)]
    pub(super) const fn is_playing(&self) -> bool {
        self.line.is_some()
    }

    /// Why nothing is heard, once.
    pub(super) fn silence(&self) -> Option<String> {
        self.line.as_ref()?.silences.try_recv().ok()
    }
}

impl Line {
    fn open(serve: Serve) -> Self {
        let (voices, waiting) = bounded(MOST_WAITING);
        let (tell, silences) = bounded(1);
        let told = tell.clone();
        let spawned = thread::Builder::new().name("sound".to_owned()).spawn(move || {
            if let Err(why) = serve(&waiting) {
                tell.try_send(why).ok();
            }
        });
        if let Err(error) = spawned {
            told.try_send(error.to_string()).ok();
        }
        Self { voices, silences }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::{Duration, Instant},
    };

    use super::{super::sounds::Sound, *};

    const VOICE: Voice = Voice { sound: Sound::Press, gains: [1.0; 2] };

    fn soon(mut holds: impl FnMut() -> bool) {
        let until = Instant::now() + Duration::from_secs(20);
        while !holds() {
            assert!(Instant::now() < until, "it never holds");
            thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn no_thread_begins_before_the_first_voice_and_each_voice_arrives() {
        static HEARD: AtomicUsize = AtomicUsize::new(0);
        fn serve(voices: &Receiver<Voice>) -> Result<(), String> {
            HEARD.fetch_add(voices.iter().count(), Ordering::SeqCst);
            Ok(())
        }
        let mut player = Player::default();
        assert!(player.line.is_none() && player.silence().is_none());
        player.play_on(VOICE, serve);
        player.play_on(VOICE, serve);
        drop(player);
        soon(|| HEARD.load(Ordering::SeqCst) == 2);
    }

    #[test]
    fn why_it_is_silent_is_told_once_and_tried_again_only_by_a_new_one() {
        static TRIED: AtomicUsize = AtomicUsize::new(0);
        fn serve(voices: &Receiver<Voice>) -> Result<(), String> {
            TRIED.fetch_add(1, Ordering::SeqCst);
            voices.recv().ok();
            Err("nobody answers".to_owned())
        }
        let mut player = Player::default();
        player.play_on(VOICE, serve);
        let mut why = None;
        soon(|| {
            why = player.silence();
            why.is_some()
        });
        assert_eq!(why.as_deref(), Some("nobody answers"));
        for _ in 0..3 * MOST_WAITING {
            player.play_on(VOICE, serve);
        }
        assert_eq!((player.silence(), TRIED.load(Ordering::SeqCst)), (None, 1));
        player = Player::default();
        player.play_on(VOICE, serve);
        soon(|| player.silence().is_some());
        assert_eq!(TRIED.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_thread_that_hangs_holds_up_nobody() {
        fn serve(_: &Receiver<Voice>) -> Result<(), String> {
            thread::sleep(Duration::from_secs(2));
            Ok(())
        }
        let mut player = Player::default();
        let begun = Instant::now();
        for _ in 0..1000 {
            player.play_on(VOICE, serve);
        }
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    }
}
