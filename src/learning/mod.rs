//! Learning: a trainable is taught by a session on a thread of its own, which reports over the stream.
//!
//! ```text
//! TrainingConfig ─┐
//!                 ├─> Session ── thread "training" ── Trainable::step, step, step … ──> reports and snapshots
//! data ───────────┘                    ^ commands, between two steps
//! ```

pub mod classifier;
pub mod convolution;
pub mod data;
pub mod inside;
pub mod network;
pub mod normalisation;
pub mod onnx;

mod device;
mod error;
mod normal;
mod panics;
mod recorder;
mod session;
mod taps;
mod throughput;
mod trainable;
mod training_config;
mod training_loop;

pub use device::DeviceName;
pub use error::TrainError;
pub use normal::normal_pair;
pub use session::Session;
pub use taps::{Taps, whole};
pub use trainable::{
    Evaluation, Judgement, NetworkValues, Outline, PAYLOADS, Progress, Readout, StepOrder,
    StepPlace, Stepped, Trainable, TrainableMaker,
};
pub use training_config::TrainingConfig;
