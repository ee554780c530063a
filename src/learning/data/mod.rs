//! Data sets as people have them: sets of images, and tables of any kind.

mod augment;
mod cifar;
mod defect;
mod examples;
mod fingerprint;
#[cfg(test)]
pub(crate) mod fixtures;
mod foreign;
mod idx;
mod images;
mod not_idx;
mod npz;
mod open;
mod pictures;
pub mod table;
mod text;
mod unknown;

pub use augment::Augmenter;
pub use examples::{Examples, order, weight_generator};
pub use fingerprint::Fingerprint;
pub use foreign::{Foreign, foreign};
pub use images::{Dataset, Images};
pub use pictures::as_learned;
pub use text::{Alphabet, Text};
