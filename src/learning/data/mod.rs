//! Data sets shared by the exhibits, and the way files of text are opened.

mod foreign;
mod idx;
mod images;
mod not_idx;
mod opened;

pub use foreign::{Foreign, foreign};
pub use images::{Dataset, Images};
pub use opened::{HEAD_BYTES, Opened, damaged, delimiter};
