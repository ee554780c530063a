//! A picture that is dropped onto the window becomes the input: its file goes to the trainer, which brings it to what the
//! network takes.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use bevy::{
    prelude::*,
    tasks::{IoTaskPool, Task, futures::check_ready},
    window::FileDragAndDrop,
};

use super::ON_STAGE;
use crate::{
    images::{Picture, PictureFile},
    sentence::shown_path,
    stream::{Command, InputChoice, Payload},
    words::{InPhrase, Phrase},
    world::{
        WorldSystems,
        link::{Answer, Ask, Question},
        ui::notice::{Notice, Severity},
    },
};

/// No picture that is dropped is longer.
const MOST_BYTES: u64 = 64 << 20;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Reading>().add_message::<FileDragAndDrop>().add_systems(
        Update,
        (take_dropped, hand_on, look).chain().in_set(WorldSystems::Arrange).in_set(ON_STAGE),
    );
}

/// The file that is being read, so that no frame waits for a disk.
#[derive(Resource, Default)]
struct Reading(Option<Task<Result<PictureFile, String>>>);

fn take_dropped(mut dropped: MessageReader<FileDragAndDrop>, mut reading: ResMut<Reading>) {
    for what in dropped.read() {
        if let FileDragAndDrop::DroppedFile { path_buf, .. } = what {
            let path = path_buf.clone();
            // Of several the last is looked at.
            reading.0 = Some(IoTaskPool::get().spawn(async move { read(&path) }));
        }
    }
}

/// Hands the file on to the trainer.
fn hand_on(
    mut reading: ResMut<Reading>,
    mut questions: MessageWriter<Question>,
    mut notices: MessageWriter<Notice>,
) {
    let Some(task) = &mut reading.bypass_change_detection().0 else { return };
    let Some(read) = check_ready(task) else { return };
    reading.0 = None;
    match read {
        Ok(file) => {
            questions.write(Question::now(Payload::new(file)));
        }
        Err(why) => {
            notices.write(trouble(&why.into()));
        }
    }
}

/// Looks at what the trainer has made of it.
fn look(
    mut answers: MessageReader<Answer>,
    mut asks: MessageWriter<Ask>,
    mut notices: MessageWriter<Notice>,
) {
    for Answer { about, said, .. } in answers.read() {
        if about.get::<PictureFile>().is_none() {
            continue;
        }
        match said {
            Ok(made) => {
                let remarks = made.get::<Picture>().map(|picture| picture.remarks.clone());
                for remark in remarks.into_iter().flatten() {
                    notices.write(Notice {
                        severity: Severity::Info,
                        text: phrase!("list-sentence", text = remark),
                    });
                }
                asks.write(Ask(Command::Watch(InputChoice::Other(made.clone()))));
            }
            Err(why) => {
                notices.write(trouble(why));
            }
        }
    }
}

fn trouble(why: &Phrase) -> Notice {
    Notice { severity: Severity::Amber, text: phrase!("network-the-input-stays-as-it", why) }
}

fn read(path: &Path) -> Result<PictureFile, String> {
    let wrong =
        |why: Phrase| say!("network-cannot-use-drop-a-picture", path = shown_path(path), why);
    let is_file = path.metadata().map_err(|error| wrong(error.in_phrase()))?.is_file();
    if !is_file {
        return Err(wrong(phrase!("network-it-is-no-file")));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| wrong(error.in_phrase()))?;
    let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| wrong(error.in_phrase()))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(wrong(phrase!("network-it-is-longer-than-64")));
    }
    Ok(PictureFile { path: name(path), bytes: Arc::from(bytes) })
}

/// A path as text, whole.
fn name(path: &Path) -> String {
    let whole: PathBuf = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.to_string_lossy().into_owned()
}
