//! The digits taken again.
