//! Why a file cannot be opened as a recording, or no longer be written: one sentence each.

use std::fmt;

use crate::{
    stream::wire,
    words::{InPhrase, Phrase},
};

/// Why a recording cannot be opened, or not be read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordingFault {
    /// The system says no.
    Unreadable(String, Phrase),
    /// It is not there, but what was written of it before it was broken off is.
    OnlyPart(String, String),
    /// It is another kind of file.
    NoRecording(String),
    /// Another edition of the program wrote it.
    Version(String, String),
    /// Another program packed its chunks.
    Compressed(String, String),
    /// Bytes in its middle are not what was written.
    Damaged(String, u64, Phrase),
    /// What was made of it cannot be written.
    Table(String),
    /// It ends before any run has begun.
    NoRun(String),
}

impl InPhrase for RecordingFault {
    fn in_phrase(&self) -> Phrase {
        match self {
            Self::Unreadable(file, error) => phrase!("recording-cannot-be-read", file, error),
            Self::OnlyPart(file, part) => phrase!("recording-only-part", file, part),
            Self::NoRecording(file) => phrase!("recording-is-none", file),
            Self::Version(file, found) => {
                phrase!("recording-is-of-version", file, found, version = wire::VERSION)
            }
            Self::Compressed(file, how) => phrase!("recording-is-compressed", file, how),
            Self::Damaged(file, place, why) => phrase!("recording-is-damaged", file, place, why),
            Self::Table(error) => phrase!("recording-table-cannot-be-written", error),
            Self::NoRun(file) => phrase!("recording-holds-no-run", file),
        }
    }
}

/// Why a recording cannot begin, or ends before its run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteFault {
    /// There is a file of that name.
    Exists(String),
    /// A recording that was broken off is there.
    PartExists(String),
    /// The system says no from the beginning.
    Unwritable(String, Phrase),
    /// The system says no on the way.
    BrokenOff(Phrase),
}

impl InPhrase for WriteFault {
    fn in_phrase(&self) -> Phrase {
        match self {
            Self::Exists(file) => phrase!("recording-exists", file),
            Self::PartExists(file) => phrase!("recording-part-exists", file),
            Self::Unwritable(file, error) => phrase!("recording-cannot-be-written", file, error),
            Self::BrokenOff(error) => phrase!("recording-breaks-off", error),
        }
    }
}

/// Reads as its phrase does in the language that is spoken.
macro_rules! told_in_a_phrase {
    ($($fault:ty),+) => {
        $(
            impl fmt::Display for $fault {
                fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.in_phrase().fmt(out)
                }
            }

            impl std::error::Error for $fault {}
        )+
    };
}

told_in_a_phrase!(RecordingFault, WriteFault);
