# world/adaptive_quality.rs
hall-one-sample = 1个采样
hall-samples = { $samples }个采样
hall-a-pixel-has-and-of = 每个像素有{ $each }，宽和高各绘制{ $share } %。
hall-a-pixel-has = 每个像素有{ $each }。

# world/frame_watch.rs
hall-the-last-frames-came-every = 最近{ $frames_count }帧每{ $whole } ms一帧（100帧中有1帧超过{ $whole_p99 } ms）。其中展厅用{ $thinking } ms（{ $thinking_p99 }），绘制和等待屏幕用{ $drawing } ms（{ $drawing_p99 }）。
hall-the-graphics-card-works-ms = 显卡处理一帧用{ $gpu } ms（{ $gpu_p99 }）。
hall-the-headset-missed-of = 头显在{ $of }帧中错过了{ $missed }帧。
hall-nothing-is-given-up = 窗口照常绘制。
hall-the-window-draws-half-as = 窗口为此只画一半的帧。
hall-the-window-draws-a-quarter = 窗口为此只画四分之一的帧。

# world/progress_banner.rs
hall-preprocess = 预处理
hall-build = 构建
hall-initialise = 初始化
hall-train = 训练
hall-evaluate = 评估

# world/screenshot.rs
hall-picture-saved-as = 截图已保存为{ $file }
hall-the-picture-could-not-be = 截图读不回来：{ $fault }
hall-the-picture-could-not-be-written = 截图{ $file }写不进去（{ $fault }）：请选一个存在且可写的文件夹
