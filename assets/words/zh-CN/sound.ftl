# world/sound/heard.rs
sound-pressed = 按下了：{ $button }
sound-epoch-finished = 第{ $epoch }轮结束：{ $title }
sound-training-diverged = 训练发散了：{ $title }
sound-training-failed = 训练失败了：{ $title }。{ $reason }

# world/sound/mod.rs
sound-none = 没有声音：{ $why }。请关掉声音再打开，重新尝试。

# world/sound/output/device.rs
sound-no-device = 找不到能播放声音的设备

# world/sound/output/pulse.rs
sound-no-server = 找不到声音服务器（PulseAudio或PipeWire）
sound-server-is-silent = 声音服务器没有回应
sound-server-fails = 声音服务器无法播放（{ $error }）

# world/sound/switch.rs
sound-sound = 声音
sound-is-on = 声音已打开
