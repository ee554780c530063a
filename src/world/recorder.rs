//! Recordings of the runs in the hall: one for each exhibit at most, begun and ended by a button or begun with the program;
//! whatever becomes of one is told on the noticeboard.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use bevy::prelude::*;

use super::{
    hall_events::{HallEvent, HallListener},
    link::{Link, LinkSystems, ShownRun},
    stage::ActiveExhibit,
    ui::notice::{Notice, Severity},
};
use crate::{
    recording::{Allowance, EXTENSION, Past, Recording, Told},
    sentence::shown_path,
    stream::ExhibitId,
    words::InPhrase,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (begin_or_end, tell_of_ends)
            .chain()
            .in_set(LinkSystems::Keep)
            .run_if(resource_exists::<Recorder>),
    )
    .add_systems(
        Last,
        end_with_the_hall.after(LinkSystems::Leave).run_if(resource_exists::<Recorder>),
    );
}

/// The place of a recording that began with the program, until the hall looks after it.
pub type Begun = Arc<Mutex<Option<(ExhibitId, Recording)>>>;

/// Lets the visitor record in a hall.
pub fn offer(app: &mut App, recorder: Recorder) {
    app.insert_resource(recorder);
}

/// What records in the hall; a hall without it has no button.
#[derive(Resource)]
pub struct Recorder {
    /// Where recordings are put that the visitor begins.
    folder: PathBuf,
    allowance: Allowance,
    active: Vec<(ExhibitId, Recording)>,
    /// Where one is put that was begun with the program.
    begun: Begun,
    /// Whether the visitor wants the run on the stage to be recorded, or no longer.
    wished: bool,
}

impl Recorder {
    /// Records into a folder, no more than is allowed; what lies in `begun` goes on already.
    pub const fn new(folder: PathBuf, allowance: Allowance, begun: Begun) -> Self {
        Self { folder, allowance, active: Vec::new(), begun, wished: false }
    }

    /// Whether an exhibit's run is being recorded.
    pub fn records(&self, exhibit: ExhibitId) -> bool {
        self.active.iter().any(|(recorded, _)| *recorded == exhibit)
    }

    /// Begins to record the run on the stage, or ends that.
    pub fn turn(&mut self) {
        self.wished = !self.wished;
    }
}

/// Does what the visitor wants; where reports are still under way from the trainer, a frame later.
fn begin_or_end(
    mut recorder: ResMut<Recorder>,
    active: Res<ActiveExhibit>,
    link: Option<Res<Link>>,
    mut run: ResMut<ShownRun>,
    mut told: Option<ResMut<HallListener>>,
    mut notices: MessageWriter<Notice>,
) {
    let Some(link) = link.filter(|_| recorder.wished) else {
        return;
    };
    let exhibit = active.0;
    if let Some((_, going_on)) = recorder.active.iter().find(|(recorded, _)| *recorded == exhibit) {
        going_on.stop();
        recorder.wished = false;
        return;
    }
    if !link.can_keep_on() {
        return;
    }
    let file = free_name(&recorder.folder, exhibit);
    let recording = match Recording::begin(&file, exhibit, recorder.allowance, |_| {}) {
        Ok(recording) => recording,
        Err(why) => {
            recorder.wished = false;
            notices.write(Notice { severity: Severity::Red, text: why.in_phrase() });
            return;
        }
    };
    let hears = link.keep_on(|under_way| {
        for report in under_way {
            if let Some(told) = &mut told {
                told.tell(HallEvent::Report(&report));
            }
            run.0.take(report);
        }
        let (reports, snapshots) = (run.0.so_far(), run.0.snapshots_so_far());
        recording.keeper_after(Past { reports, snapshots })
    });
    recorder.wished = false;
    if hears {
        let text = phrase!("recording-goes-on", file = shown_path(&file));
        notices.write(Notice { severity: Severity::Info, text });
        recorder.active.push((exhibit, recording));
    } else {
        // The trainer was quicker; there will be another frame.
        recording.abandon();
        recorder.wished = true;
    }
}

/// Tells how recordings ended that no longer go on, and looks after one that was begun elsewhere.
fn tell_of_ends(mut recorder: ResMut<Recorder>, mut notices: MessageWriter<Notice>) {
    let begun = recorder.begun.lock().ok().and_then(|mut begun| begun.take());
    if let Some(begun) = begun {
        recorder.active.push(begun);
    }
    if recorder.active.iter().all(|(_, recording)| recording.told().is_none()) {
        return;
    }
    recorder.active.retain(|(_, recording)| {
        let Some(told) = recording.told() else {
            return true;
        };
        let severity = match told {
            Told::Whole(_) => Severity::Info,
            Told::BrokenOff(..) => Severity::Red,
        };
        notices.write(Notice { severity, text: told.sentence() });
        false
    });
}

/// Writes what is left when the visitor leaves: whoever closes the hall waits for it.
fn end_with_the_hall(mut leaving: MessageReader<AppExit>, mut recorder: ResMut<Recorder>) {
    if leaving.read().next().is_some() {
        recorder.active.clear();
    }
}

/// A file name that is not taken yet, neither by a recording nor by one that was broken off.
fn free_name(folder: &Path, exhibit: ExhibitId) -> PathBuf {
    let name = exhibit.name();
    let called = |number: u32| {
        let behind = if number < 2 { String::new() } else { format!("-{number}") };
        folder.join(format!("perceptarium-{name}{behind}.{EXTENSION}"))
    };
    let is_free = |file: &PathBuf| {
        let part = file.with_extension(format!("{EXTENSION}.part"));
        !file.exists() && !part.exists()
    };
    (1..u32::MAX).map(called).find(is_free).unwrap_or_else(|| called(u32::MAX))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn nothing_that_is_there_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let exhibit = ExhibitId::new("digits");
        let next = || {
            let file = free_name(folder.path(), exhibit);
            file.file_name().unwrap().to_str().unwrap().to_owned()
        };
        assert_eq!(next(), "perceptarium-digits.mcap");
        fs::write(folder.path().join("perceptarium-digits.mcap"), "").unwrap();
        assert_eq!(next(), "perceptarium-digits-2.mcap");
        fs::write(folder.path().join("perceptarium-digits-2.mcap.part"), "").unwrap();
        assert_eq!(next(), "perceptarium-digits-3.mcap");
    }
}
