//! Data behind the losses: two columns of a table, prepared such that a descent on them can be watched.

pub(super) mod pairs;
pub(super) mod prepared;
#[cfg(test)]
mod tests;
