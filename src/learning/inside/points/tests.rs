//! Layouts against what is known of them.
