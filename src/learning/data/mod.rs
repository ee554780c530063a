//! Data sets shared by the exhibits.

mod idx;
mod images;

pub use images::{Dataset, Images};
