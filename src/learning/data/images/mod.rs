//! A labelled set of images in a folder, under the names that MNIST and its followers use.
//!
//! EMNIST (<https://www.nist.gov/itl/products-and-services/emnist-dataset>) puts its name and its split before them, lays
//! each image on its side, and tells in a mapping which character each label stands for; it is known by that name.

mod classes;
mod dataset;
mod files;
mod part;
#[cfg(test)]
mod tests;

pub(super) use classes::{MNIST_CLASSES, NAME_MORE, class_names, numbered, within};
pub use dataset::Dataset;
pub(super) use dataset::{MNIST_SIDE, folder_name};
pub(super) use files::is_idx;
pub use part::Images;
