//! The hall in a headset: on a real OpenXR runtime, Monado, through which a head and two controllers are moved.

mod binding;
mod faults;
mod remote;
mod runtime;
mod space;
mod visit;
mod wearing;
