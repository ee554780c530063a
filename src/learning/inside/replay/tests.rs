//! Runs that are taken again.
