//! The hall in a headset: on a real OpenXR runtime, Monado, through which a head and two controllers are moved.
//!
//! `tests/run` brings Monado. Each [`Runtime`](runtime::Runtime) is a service of its own in a [`Space`](space::Space)
//! of its own: a root folder with the runtime and only `libopenxr_loader.so.1`, and a network that nobody else is on.
//! The program runs in there too, with its window on an Xvfb. What is seen are the pictures that F12 saves; what is
//! done is what the program tells; and when something has been seen by the hall is read from the calls that the
//! runtime logs, so that no test waits by the clock.

mod binding;
mod chinese;
mod faults;
mod films;
mod large_network;
mod remote;
mod runtime;
mod space;
mod stereo;
mod visit;
mod wearing;
