//! A file that ends anywhere opens as far as it goes; one whose middle was changed is refused; neither panics or claims
//! memory that it does not fill.

use super::*;
use crate::recording::Lane;

#[test]
fn a_file_says_what_was_said() {
    let file = written(&file());
    let recorded = open(&file).unwrap();
    assert!(recorded.is_whole());
    let expected: Vec<_> = made_up().iter().map(told).collect();
    assert_eq!(said(&recorded).unwrap(), expected);
    assert_eq!(recorded.snapshots().len() as u64, STEPS / APART + 1);
    assert_eq!(recorded.runs()[0].last, Step(STEPS));
}

#[test]
fn a_cut_file_opens_as_far_as_it_goes() {
    let whole = file();
    let expected: Vec<_> = made_up().iter().map(told).collect();
    let mut longest = 0;
    for place in places(200, whole.len()) {
        let file = written(&whole[..place]);
        let mut recorded = match open(&file) {
            Ok(recorded) => recorded,
            Err(RecordingFault::NoRecording(_) | RecordingFault::NoRun(_)) => {
                // The first chunk has the beginning of the run.
                assert!(place < 4000, "nothing is found in {place} bytes");
                continue;
            }
            Err(other) => panic!("{place}: {other}"),
        };
        let said = said(&recorded).unwrap();
        assert_eq!(said, expected[..said.len()], "{place}");
        longest = longest.max(said.len());
        for snapshot in recorded.snapshots().to_vec() {
            assert_eq!(recorded.snapshot(snapshot).unwrap().step, snapshot.step);
        }
        assert!(place > whole.len() / 2 || !recorded.is_whole());
    }
    assert!(longest > expected.len() / 2);
}

#[test]
fn what_lies_behind_the_last_flush_can_be_read_too() {
    let whole = file();
    let file = written(&whole[..whole.len() / 2]);
    let half = open(&file).unwrap();
    let said = said(&half).unwrap().len();
    // No more is lost than the frame in which it was cut.
    let mut messages = half.messages().unwrap();
    let mut last = 0;
    while let Some(message) = messages.next_message().unwrap() {
        assert!(matches!(message.lane, Lane::Reports | Lane::Snapshots));
        last = message.at as usize + message.frame.len();
    }
    assert!(said > 40);
    assert!(whole.len() / 2 - last < 3000, "{last} of {}", whole.len() / 2);
}

#[test]
fn a_file_that_was_changed_in_its_middle_is_refused() {
    let whole = file();
    let mut refused = 0;
    for place in places(200, whole.len()) {
        let mut changed = whole.clone();
        changed[place] ^= 0x55;
        let file = written(&changed);
        let Ok(recorded) = open(&file) else {
            refused += 1;
            continue;
        };
        // What a change of an index or of a length leaves is a beginning of what was said, or is no longer read on.
        if let Ok(said) = said(&recorded) {
            assert!(said.len() <= made_up().len());
        }
    }
    assert!(refused > 150, "{refused}");
    let mut changed = whole.clone();
    let half = whole.len() / 2;
    let place = whole[half..].windows(13).position(|text| text == b"learning_rate").unwrap();
    changed[half + place] ^= 1;
    let fault = open(&written(&changed)).unwrap_err();
    assert!(matches!(fault, RecordingFault::Damaged(..)), "{fault}");
}

#[test]
fn a_chunk_that_claims_to_be_endless_takes_no_memory() {
    let mut bytes = file();
    // The first chunk's length, behind the header and the metadata.
    let chunk = bytes.windows(9).position(|record| {
        record[0] == 6
            && u64::from_le_bytes(record[1..9].try_into().unwrap()) > 1000
            && u64::from_le_bytes(record[1..9].try_into().unwrap()) < 100_000
    });
    let chunk = chunk.unwrap();
    bytes[chunk + 1..chunk + 9].copy_from_slice(&u64::MAX.to_le_bytes());
    // It is taken for the last one, of a file that was cut.
    match open(&written(&bytes)) {
        Ok(recorded) => assert!(!recorded.is_whole()),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}
