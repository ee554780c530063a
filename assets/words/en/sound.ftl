# world/sound/heard.rs
sound-pressed = Pressed: { $button }
sound-epoch-finished = Epoch { $epoch } finished: { $title }
sound-training-diverged = Training diverged: { $title }
sound-training-failed = Training failed: { $title }. { $reason }

# world/sound/mod.rs
sound-none = No sound: { $why }. Switch it off and on to try again.

# world/sound/output/device.rs
sound-no-device = no device that plays sound was found

# world/sound/output/pulse.rs
sound-no-server = no sound server (PulseAudio or PipeWire) was found
sound-server-is-silent = the sound server does not answer
sound-server-fails = the sound server does not play it ({ $error })

# world/sound/switch.rs
sound-sound = Sound
sound-is-on = Sound is on
