# world/interaction/keycaps.rs
interaction-of-the-pad = { $key } of the pad
