# learning/classifier.rs
learning-test-accuracy = 测试准确率
learning-test-loss = 测试损失

# learning/device.rs
learning-no-gpu-answers-through-vulkan = 这里没有GPU通过Vulkan、Metal或DirectX回应：请安装它的驱动，或去掉--device
learning-no-gpu-answers-through-nvidias = 这里没有GPU通过NVIDIA的驱动回应：请安装驱动，或去掉--device
learning-this-program-was-built-without = 本程序编译时没有包含它：请用--features wgpu编译
learning-this-program-was-built-without-it = 本程序编译时没有包含它：请用--features cuda编译
learning-only-flex-ndarray-wgpu-and = 只能是flex、ndarray、wgpu或cuda

# learning/error.rs
learning-cannot-use = 无法使用{ $path }：{ $fact }；{ $remedy }
learning-is-but = { $option }是{ $value }，但{ $rule }
learning-is-but-2 = { $option }是{ $value }，但{ $limit }
learning-the-training-thread-could-not = 无法启动训练线程：{ $value }；请关闭其他程序，或减小--threads
learning-this-exhibit-learns-nothing-else = 这件展品不学别的内容；请重新启动它
learning-training-could-not-go-on = 训练无法继续：{ $value }

# learning/panics.rs
learning-it-panicked-without-a-reason = 程序崩溃了，没有给出原因

# learning/privacy/steps.rs
learning-it-must-be-a-positive = 必须是有限的正数

# learning/trainable.rs
learning-this-model-answers-no-questions = 这个模型不回答问题
learning-this-model-keeps-no-weights = 这个模型不保留以前各步的权重
learning-the-weights-of-this-model = 这个模型的权重不能手工修改

# learning/training_config.rs
learning-there-must-be-at-least = 数据至少要学一遍
learning-a-step-needs-at-least = 每一步至少需要一个样本
learning-training-needs-at-least-one = 训练至少需要一个线程

# learning/training_loop/edits.rs
learning-edit-cannot-be-made = 无法执行--edit { $planned }：{ $of_question }
learning-edit-comes-too-late-the = --edit { $planned }太晚：本次训练只有{ $steps }
learning-edit-comes-too-early-the = --edit { $planned }太早：本次训练从第{ $step }步之后继续
learning-branch-cannot-be = 无法执行--branch { $branch }：{ $why }
learning-edit-cannot-be-made-2 = 无法执行--edit { $planned }：{ $why }
learning-the-run-has-not-begun = 训练还没有开始，或已经失败

# learning/training_loop/estimate.rs
learning-days = 约{ $days }天

# learning/training_loop/requests.rs
learning-the-run-has-not-begun-2 = 训练还没有开始

# learning/training_loop/saving.rs
learning-this-run-has-no-place = 本次训练没有可以保存的地方

# learning/training_loop/start.rs
learning-steps-in-an-epoch = 每轮步数
learning-learning-rate = 学习率

# learning/training_loop/steps.rs
learning-the-loss-is-no-number = 还没有学到任何东西，损失就已经不是数：请检查权重和数据

# learning/classifier.rs
learning-mistakes = 错误数
learning-epochs = 轮数
learning-batch = 批大小
learning-threads = 线程
learning-steps = 步数
learning-the-loss-is-no-number-as = 还没有学到任何东西，损失就已经不是数（{ $which }）：请检查权重和数据
learning-minutes = 约{ $minutes }分钟
learning-hours = 约{ $hours }小时

# learning/reader.rs
learning-pictures-of-another-size = { $count }幅图像有{ $found }个数，但每幅应有{ $wanted }个
learning-this-model-reads-no-images = 这个模型不识别图像
