//! Sound, sparing and off until it is asked for: a press, an epoch that has ended, a training in trouble, each from where it
//! is and in words besides.
//!
//! A frame only says what is heard. The samples are made on a thread of their own, which looks for something to play them on
//! when there is the first, and where there is nothing says so once and is silent until sound is switched on again.

mod captions;
mod heard;
mod mixer;
mod output;
mod pan;
mod player;
mod sounds;
mod sparing;
mod switch;

use bevy::prelude::*;

use self::{
    captions::CaptionLine,
    heard::{Heard, hear_buttons, hear_runs, hear_switches},
    mixer::Voice,
    player::Player,
    sparing::Sparing,
};
use super::{
    Head, WorldSystems,
    interaction::AimSystems,
    ui::notice::{Notice, Severity},
};

pub use captions::Caption;
pub use switch::{LABEL, SoundSwitch, spawn as spawn_switch};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<SoundChoice>()
        .init_resource::<Player>()
        .init_resource::<Caption>()
        .add_message::<Heard>()
        .add_observer(hear_buttons)
        .add_observer(hear_switches)
        // Before all else that posts notices.
        .add_systems(PreUpdate, tell_silence.before(AimSystems::Sense))
        .add_systems(Update, switch::obey_intents.in_set(WorldSystems::Steer))
        .add_systems(
            Update,
            (
                (hear_runs, sound).chain().in_set(SoundSystems),
                switch::show_choice.run_if(resource_changed::<SoundChoice>),
            )
                .in_set(WorldSystems::Show),
        );
}

/// What is heard is played and put into words.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SoundSystems;

/// Whether the hall sounds, and whether what sounds is told in words even where it does not.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoundChoice {
    /// Sounds are played, and told in words.
    pub on: bool,
    /// They are told in words in any case.
    pub captions: bool,
}

impl SoundChoice {
    /// Whether anybody wants to know what is to be heard.
    const fn is_told(self) -> bool {
        self.on || self.captions
    }
}

/// Plays what was heard from where it is to the head, and tells it in words.
fn sound(
    time: Res<Time<Real>>,
    choice: Res<SoundChoice>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    mut heard: MessageReader<Heard>,
    mut player: ResMut<Player>,
    mut caption: ResMut<Caption>,
    (mut sparing, mut line, mut was_on): (Local<Sparing>, Local<CaptionLine>, Local<bool>),
) {
    let now_secs = time.elapsed_secs();
    if *was_on != choice.on {
        *was_on = choice.on;
        // Without sound the server is let go; with it, it is looked for anew.
        *player = Player::default();
    }
    for Heard { sound, at, words } in heard.read() {
        if choice.on && sparing.allows(*sound, now_secs) {
            let gains = pan::heard(head.as_deref().copied(), *at);
            player.play(Voice { sound: *sound, gains });
        }
        line.tell(*sound, words.clone());
    }
    if let Some(words) = line.turn(now_secs) {
        caption.show(words);
    }
}

/// Says once why nothing is heard.
fn tell_silence(player: Res<Player>, mut notices: MessageWriter<Notice>) {
    if let Some(why) = player.silence() {
        warn!("no sound: {why}");
        notices.write(Notice { severity: Severity::Amber, text: phrase!("sound-none", why) });
    }
}

#[cfg(test)]
mod tests {
    use bevy::ui::Checked;

    use super::{sounds::Sound, *};
    use crate::world::interaction::intent::Intent;

    fn hall() -> App {
        let mut app = App::new();
        app.add_plugins(MinimalPlugins)
            .add_message::<Intent>()
            .add_message::<Notice>()
            .add_plugins(plugin);
        app
    }

    #[test]
    fn it_is_off_until_it_is_asked_for_and_its_button_says_so() {
        let mut app = hall();
        let button = app.world_mut().spawn(SoundSwitch).id();
        app.update();
        assert_eq!(*app.world().resource::<SoundChoice>(), SoundChoice::default());
        assert!(!app.world().entity(button).contains::<Checked>());
        for on in [true, false] {
            app.world_mut().write_message(Intent::ToggleSound);
            // What shows the choice may run before it is made.
            (0..2).for_each(|_| app.update());
            assert_eq!(app.world().resource::<SoundChoice>().on, on);
            assert_eq!(app.world().entity(button).contains::<Checked>(), on);
        }
    }

    #[test]
    fn with_captions_it_is_told_what_would_sound() {
        let mut app = hall();
        app.insert_resource(SoundChoice { on: false, captions: true });
        let words = "Epoch 1 finished: digits".to_owned();
        app.world_mut().write_message(Heard { sound: Sound::EpochEnded, at: None, words });
        app.update();
        assert_eq!(app.world().resource::<Caption>().text(), "Epoch 1 finished: digits");
        assert!(!app.world().resource::<Player>().is_playing());
    }

    #[test]
    fn a_frame_in_which_nothing_is_heard_changes_nothing() {
        let mut app = hall();
        app.insert_resource(SoundChoice { on: true, captions: true });
        app.update();
        let changed = |app: &App| {
            let caption = app.world().resource_ref::<Caption>().last_changed();
            (caption, app.world().resource_ref::<Player>().last_changed())
        };
        let before = changed(&app);
        app.update();
        app.update();
        assert_eq!(changed(&app), before);
    }
}
