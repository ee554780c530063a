//! How much an attached training may say.

/// Reports of a run beside its steps.
pub(super) const MOST_REPORTS: usize = 1_000_000;
/// Bytes of a run's examples and of what it tells of tests.
pub(super) const MOST_BYTES: usize = 256 << 20;
/// The same of a run that this program trains elsewhere, with what it finds out at each step.
pub(super) const MOST_OWN_BYTES: usize = 1 << 30;
/// The longest text that is shown, in letters; a sentence has about a hundred.
pub(super) const MOST_LETTERS: usize = 400;
/// Facts of a stage, and remarks on what is learned from.
pub(super) const MOST_FACTS: usize = 64;
/// Nodes and tensors of a graph, and dimensions of a tensor.
pub(super) const MOST_NODES: usize = 1 << 16;
pub(super) const MOST_TENSORS: usize = 1 << 17;
pub(super) const MOST_DIMENSIONS: usize = 8;
/// Numbers of a tensor, and of all together: those of a network whose weights take 8 GiB.
pub(super) const MOST_NUMBERS: usize = 1 << 31;
/// The largest number of an operator's attributes, and how many places a window may have.
pub(super) const MOST_ATTRIBUTE: usize = 1 << 20;
pub(super) const MOST_WINDOW: usize = 1 << 16;
/// Parameters, which are counted by the thousand million.
pub(super) const MOST_PARAMETERS: u64 = 1 << 48;
/// What is counted, such as examples or steps of an epoch.
pub(super) const MOST_COUNTED: u64 = 1 << 31;
