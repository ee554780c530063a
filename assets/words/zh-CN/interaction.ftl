# world/interaction/keycaps.rs
interaction-of-the-pad = 小键盘{ $key }
