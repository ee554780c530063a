//! A run that is kept: everything a trainer says, in an MCAP file that can be cut off at any time, sought in by step, and
//! opened by other programs; docs/RECORDING.md tells the format to those who write readers.
//!
//! [`Recording`] keeps a run while it goes on: it is told on the training thread, waits for nothing there, and writes on a
//! thread of its own. [`Recorded`] opens a file, and [`play`] puts it in the trainer's place, so that whoever watches a run
//! watches a recording by the same stream. [`metrics_table`] takes the numbers along as a table, [`event_files`] for TensorBoard.

mod budget;
mod export;
mod fault;
mod file;
mod format;
mod keeper;
mod kept;
mod messages;
mod metrics;
#[cfg(feature = "parquet")]
mod parquet;
mod places;
mod player;
mod recorded;
mod records;
mod scan;
mod tensorboard;
mod writer;
mod writing;

#[cfg(test)]
mod tests;

pub use budget::Allowance;
pub use export::{RUN_COLUMNS, curves_table, metrics_table, runs_table};
pub use fault::{RecordingFault, WriteFault};
pub use file::Recording;
pub use format::EXTENSION;
pub use keeper::Past;
pub use kept::{Kept, Told};
pub use messages::{Lane, Message, Messages};
#[cfg(feature = "parquet")]
pub use parquet::metrics_parquet;
pub use places::{RunOfFile, SnapshotPlace};
pub use player::{Player, play};
pub use recorded::Recorded;
pub use tensorboard::event_files;
pub use writer::RunWriter;
