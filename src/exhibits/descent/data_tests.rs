//! Files that cannot be used, and what is said of them.
