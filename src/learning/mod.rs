//! Learning: a trainable is taught by a session on a thread of its own, which reports over the stream.
//!
//! ```text
//! TrainingConfig ─┐
//!                 ├─> Session ── thread "training" ── Trainable::step, step, step … ──> reports and snapshots
//! data ───────────┘                    ^ commands and questions, between two steps
//!                                      └─> threads "training study": what takes longer than a step may wait
//! ```

pub mod classifier;
pub mod convolution;
pub mod data;
pub mod eigen;
pub mod inside;
pub mod layout;
pub mod network;
pub mod normalisation;
pub mod onnx;
pub mod privacy;

mod device;
mod error;
mod niceness;
mod normal;
mod panics;
mod reader;
mod recorder;
mod session;
mod study;
mod taps;
mod throughput;
mod trainable;
mod training_config;
mod training_loop;

pub use device::DeviceName;
pub use error::TrainError;
pub use normal::normal_pair;
pub use reader::Reader;
pub use session::Session;
pub use study::Study;
pub use taps::{Taps, whole};
pub use trainable::{
    AfterEdit, Evaluation, Judgement, NetworkValues, Outline, PAYLOADS, Progress, Readout,
    StepOrder, StepPlace, Stepped, Trainable, TrainableMaker,
};
pub use training_config::TrainingConfig;
