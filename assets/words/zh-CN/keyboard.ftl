# world/keyboard/mod.rs
keyboard-keys = 键盘
