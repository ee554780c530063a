//! Columns that grow while a table is read, and find out at its end what they hold: numbers, categories or text.

mod categories;
mod fault;
mod finish;
mod growing;
mod values;

pub use fault::Fault;
pub use growing::Growing;
pub use values::{Column, ColumnValues, Kind, Remark};
