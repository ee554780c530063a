//! A disk that is full ends a recording and not a training.

use std::time::Instant;

use super::*;
use crate::{
    recording::{Allowance, Recording, Told, WriteFault},
    stream::{ExhibitId, connect},
};

/// Takes so many bytes and no more.
struct FullDisk(usize);

impl Write for FullDisk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const EXHIBIT: ExhibitId = ExhibitId::new("example");

#[test]
fn a_full_disk_ends_the_recording_and_not_the_training() {
    for room_for in [0, 1, 60, 700, 9000, 40_000] {
        let recording = Recording::to(FullDisk(room_for), EXHIBIT).unwrap();
        let (room, mut trainer) = connect();
        room.keep(recording.keeper());
        for message in made_up() {
            match message {
                wire::Message::Report(report) => trainer.outbox.post(report),
                wire::Message::Snapshot(snapshot) => trainer.snapshots.offer(snapshot),
                other => panic!("{other:?}"),
            }
        }
        let reports = std::iter::from_fn(|| room.report()).count() as u64;
        assert_eq!(reports, STEPS + 4, "the viewer hears everything");
        let told = recording.end().unwrap();
        assert!(
            matches!(told, Told::BrokenOff(WriteFault::BrokenOff(_), _)),
            "{room_for}: {told:?}"
        );
        assert!(!told.sentence().is_empty());
    }
}

#[test]
fn nobody_waits_for_a_disk_that_does_not_answer() {
    /// Takes a while for each write.
    struct Slow;
    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            std::thread::sleep(Duration::from_millis(10));
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let recording = Recording::to(Slow, EXHIBIT).unwrap();
    let (room, mut trainer) = connect();
    room.keep(recording.keeper());
    let begun = Instant::now();
    trainer.outbox.post(Report::Started(Started::example()));
    for step in 1..=50_000 {
        trainer.outbox.post(stepped(step));
        while room.report().is_some() {}
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "the training waits for the disk");
    let Some(Told::Whole(kept)) = recording.end() else { panic!("it was only slow") };
    assert_eq!(kept.reports + kept.reports_left_out, 50_001, "what is left out is counted");
}

#[test]
fn a_file_has_its_name_when_it_is_whole_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let part = folder.path().join("run.mcap.part");
    let begin = || Recording::begin(&path, EXHIBIT, Allowance::ALL, |_| {});
    Recording::check(&path).unwrap();
    assert!(!path.exists() && !part.exists());
    let recording = begin().unwrap();
    assert!(part.exists() && !path.exists());
    assert!(matches!(begin().map(drop), Err(WriteFault::PartExists(_))));
    let mut keeper = recording.keeper();
    keeper.report(&Report::Started(Started::example()));
    let Some(Told::Whole(kept)) = recording.end() else { panic!("nothing went wrong") };
    assert_eq!((kept.file.as_path(), kept.reports), (path.as_path(), 1));
    assert_eq!(kept.bytes, fs::metadata(&path).unwrap().len());
    assert!(!part.exists());
    assert!(matches!(begin().map(drop), Err(WriteFault::Exists(_))));
    let nowhere = folder.path().join("no").join("run.mcap");
    assert!(matches!(Recording::check(&nowhere), Err(WriteFault::Unwritable(..))));
    let away = folder.path().join("away.mcap");
    Recording::begin(&away, EXHIBIT, Allowance::ALL, |_| {}).unwrap().abandon();
    assert!(!away.exists());
}

#[test]
fn what_was_told_is_in_the_file_a_second_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let recording = Recording::begin(&path, EXHIBIT, Allowance::ALL, |_| {}).unwrap();
    let mut keeper = recording.keeper();
    keeper.report(&Report::Started(Started::example()));
    keeper.report(&stepped(1));
    let begun = Instant::now();
    let steps = || {
        let part = folder.path().join("run.mcap.part");
        let recorded = Recorded::open(&part, PayloadKinds::default(), &mut |_, _| {});
        recorded.map_or(0, |recorded| recorded.runs()[0].last.0)
    };
    while steps() < 1 {
        assert!(begun.elapsed() < Duration::from_secs(20), "it is not written while it goes on");
        std::thread::sleep(Duration::from_millis(20));
    }
}
