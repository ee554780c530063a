//! Learning: a lesson is taught by a session on a thread of its own, which reports over the stream.
//!
//! ```text
//! Plan ─┐
//!       ├─> Session ── thread "training" ── Lesson::step, step, step … ──> reports and snapshots
//! data ─┘                    ^ commands, between two steps
//! ```

pub mod data;

mod device;
mod error;
mod fit;
mod lesson;
mod pace;
mod panics;
mod plan;
mod recorder;
mod session;
mod taps;

pub use device::DeviceName;
pub use error::TrainError;
pub use lesson::{
    Evaluation, Judged, Lesson, LessonMaker, Outline, PAYLOADS, Picture, Shown, StepOrder,
    StepPlace, Stepped,
};
pub use plan::Plan;
pub use session::Session;
pub use taps::{Taps, whole};
