//! What only the digits and their view share: the sizes of their network.

mod architecture;

pub use architecture::Architecture;
