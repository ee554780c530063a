//! Data sets shared by the exhibits, and the way files of text are opened.

mod idx;
mod images;
mod opened;

pub use images::{Dataset, Images};
pub use opened::{HEAD_BYTES, Opened, damaged, delimiter};
