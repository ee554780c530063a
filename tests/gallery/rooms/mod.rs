//! The rooms and who may import whom, checked on the source itself.

mod circles;
mod homes;
mod imports;
mod paths;
mod reader;
mod shaders;
mod source;
mod table;
mod tidy;

pub(crate) use source::sources;
