//! Data sets as people have them: sets of images, and tables of any kind.

pub mod foreign;
mod idx;
mod images;
pub mod table;

pub use images::{Dataset, Images};
