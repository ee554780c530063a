//! Keeps the visitor's profile and the list as files, and takes a profile in again.

use std::path::{Path, PathBuf};

use bevy::prelude::*;

use super::news::{Answered, Catalogue};
use crate::{
    exhibits::recommender::{
        files,
        view::attention::{Profile, TasteAttention, Who},
    },
    sentence::shown_path,
    words::{InPhrase, Phrase},
    world::ui::{
        controls::{Activate, ButtonKind, button},
        notice::{Notice, Severity},
    },
};

/// Where the profile is kept, in the working folder.
const PROFILE_FILE: &str = "perceptarium-profile.json";
/// Where the list is kept, in the working folder.
const LIST_FILE: &str = "perceptarium-list.csv";

/// Buttons that save and load the profile.
pub(super) fn write_profile_buttons(line: &mut ChildSpawnerCommands) {
    line.spawn(button("save-profile", say!("recommender-save"), ButtonKind::Small))
        .observe(save_profile);
    line.spawn(button("load-profile", say!("recommender-load"), ButtonKind::Small))
        .observe(load_profile);
}

/// A button that saves the list.
pub(super) fn write_list_button(line: &mut ChildSpawnerCommands) {
    line.spawn(button("save-list", say!("recommender-save-list"), ButtonKind::Small))
        .observe(save_list);
}

fn save_profile(
    _: On<Activate>,
    profile: Res<Profile>,
    catalogue: Res<Catalogue>,
    mut notices: MessageWriter<Notice>,
) {
    let entries: Vec<_> =
        profile.entries.iter().map(|entry| (entry.rated, entry.sculpted)).collect();
    let path = Path::new(PROFILE_FILE);
    let saved = files::save_profile(path, &catalogue.ratings, &entries);
    let count = entries.len();
    notices.write(told(saved, || {
        phrase!("recommender-your-ratings-are-in", count, path = shown_path(&whole(path)))
    }));
}

fn load_profile(
    _: On<Activate>,
    catalogue: Res<Catalogue>,
    mut profile: ResMut<Profile>,
    mut attention: ResMut<TasteAttention>,
    mut notices: MessageWriter<Notice>,
) {
    let path = Path::new(PROFILE_FILE);
    let loaded = files::load_profile(path, &catalogue.ratings);
    let count = loaded.as_ref().map_or(0, Vec::len);
    if let Ok(entries) = &loaded {
        profile.entries.clear();
        for (rated, sculpted) in entries {
            profile.rate(rated.item, rated.stars, *sculpted);
        }
        attention.who = Who::You;
    }
    notices.write(told(loaded.map(drop), || {
        phrase!("recommender-ratings-are-taken-from", count, path = shown_path(&whole(path)))
    }));
}

fn save_list(
    _: On<Activate>,
    answered: Res<Answered>,
    catalogue: Res<Catalogue>,
    mut notices: MessageWriter<Notice>,
) {
    let Some(answer) = &answered.0 else {
        return;
    };
    let path = Path::new(LIST_FILE);
    let saved = files::save(path, |out| files::write_list(out, &catalogue.ratings, answer));
    let count = answer.list.len();
    notices.write(told(saved, || {
        phrase!("recommender-the-list-of-is-in", count, path = shown_path(&whole(path)))
    }));
}

fn told<E: InPhrase>(done: Result<(), E>, text: impl FnOnce() -> Phrase) -> Notice {
    match done {
        Ok(()) => Notice { severity: Severity::Info, text: text() },
        Err(trouble) => Notice { severity: Severity::Amber, text: trouble.in_phrase() },
    }
}

/// The file with the folder it is in.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
