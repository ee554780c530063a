# world/spectator/caption.rs
spectator-step-of = { $state } · { $run } · 第{ $step }/{ $all }步
spectator-the-training-is-being-prepared = 训练正在准备
spectator-training-goes-on = 训练还在继续
spectator-training-is-paused = 训练已暂停
spectator-training-has-finished = 训练已完成
spectator-training-has-diverged = 训练已发散
spectator-training-has-failed = 训练已失败
spectator-the-headset-was-taken-off = 头显已摘下；{ $training }
spectator-the-visitor-is-in-the = 参观者在系统菜单里
spectator-pointing-at = 正指着{ $pointed }
spectator-the-visitor-looks-around = 参观者在四处看

# world/spectator/mod.rs
spectator-with-the-visitor = 跟随参观者
spectator-the-exhibit = 展品
spectator-free-flight = 自由飞行
spectator-not-drawn = 不绘制

# world/spectator/strip.rs
spectator-f2-next-view-w-a = F2下一视角 · W A S D和右键拖动飞行 · 1–9指向展品
spectator-point-to-the-exhibit = 指向展品
spectator-point-to-1 = 指向1
spectator-one-step = 走一步
spectator-resume = 继续
spectator-view = 视角：{ $words }
spectator-pause = 暂停

# world/spectator/view.rs
spectator-your-guide-points-to = 向导请你看“{ $title }”。
