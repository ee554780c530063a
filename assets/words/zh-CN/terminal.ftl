# terminal/bars.rs
terminal-finished = 完成：{ $finished }{ $end }
terminal-not-saved = 没有保存：{ $why }
terminal-epoch = 第{ $epoch }/{ $epochs }轮
terminal-run = 全程
terminal-steps = 步

# terminal/mod.rs
terminal-training-ended-without-saying-why = 训练没有说明原因就结束了：请把上面的内容报告给我们。
terminal-the-loss-is-no-longer = 在第{ $step }步，学习率为{ $learning_rate }时，损失不再是有限的数：请用更小的学习率重新开始，例如--learning-rate { $proposed }。
terminal-cannot-be-done = 无法进行：{ $reason }。
terminal-examples-of-its-own = 自己的样本
terminal-training-failed-at-step = 训练在第{ $step }步失败：{ $reason }。

# terminal/reading.rs
terminal-reading = 读取

# terminal/words.rs
terminal-learn-on-with-seed-batch = { $name }：{ $parameters }，从{ $learns_from }学习；设备{ $device }，{ $threads }，种子{ $seed }，批大小{ $batch }，学习率{ $learning_rate }
terminal-and-more = {" "}…另有{ $more }个
terminal-computes = 计算{ $paths }{ $more }
terminal-all-that-is-left-takes = 余下的部分全速需要{ $value }
terminal-preprocess = 预处理
terminal-build = 构建
terminal-initialise = 初始化
terminal-train = 训练
terminal-evaluate = 评估
terminal-gone-to-go = 已用{ $elapsed }，还需{ $eta }
terminal-read-of = /{ $all }，还需{ $eta }
