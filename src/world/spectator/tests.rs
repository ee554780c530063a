//! The spectators' window as a class uses it, in a hall without a headset and without a picture.
