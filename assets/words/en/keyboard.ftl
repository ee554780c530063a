# world/keyboard/mod.rs
keyboard-keys = Type
