# world/classifier/browser/caption.rs
classifier-of = { $shown } / { $all }
classifier-true = 实为{ $truth }
classifier-read-rightly = { $truth }，识别正确（{ $sure }）
classifier-true-read-as = 实为{ $truth }，识别为{ $classes }（{ $sure }）
classifier-not-tested-yet = 尚未测试
classifier-loss = ，损失{ $loss }
classifier-read-as = 识别为{ $said }（{ $sure }）
classifier-right = 正确
classifier-class-read-as-how-sure = 类别、识别为、把握
classifier-class-read-as-loss = 类别、识别为、损失

# world/classifier/browser/hang.rs
classifier-misread = 识别错误
classifier-mistakes-caption = 错题说明
classifier-browsed-images = 浏览的图片
classifier-wall-of-mistakes = 错题墙

# world/classifier/browser/order.rs
classifier-most-loss = 损失最大
classifier-least-loss = 损失最小
classifier-all-images = 全部图片
classifier-wrong = 错误
classifier-loss-2 = 损失 ↓
classifier-loss-3 = 损失 ↑
classifier-all = 全部

# world/classifier/browser/show.rs
classifier-after-the-first-epoch = 首轮后才有

# world/classifier/browser/steps.rs
classifier-page = 第{ $at }/{ $stops }页
classifier-class = 类别{ $name }
classifier-every-class = 全部类别

# world/classifier/confusion.rs
classifier-confusion = 混淆矩阵
classifier-true-2 = 真实
classifier-confusion-caption = 混淆矩阵说明
classifier-said = 预测
classifier-tested-at = 第{ $step }步
classifier-image = 图片
classifier-images = 图片
classifier-true-read-as-2 = 实为{ $truth }，识别为{ $said }：{ $count }张{ $images }

# world/classifier/curves/hang.rs
classifier-loss-4 = 损失
classifier-nats = 奈特
classifier-accuracy = 准确率
classifier-log = 对数
classifier-step = 步

# world/classifier/input_choice/mod.rs
classifier-any = 随机

# world/classifier/input_choice/name.rs
classifier-test-image = 测试图片{ $index }
classifier-drawing-px = 手绘，{ $inked } px
classifier-typed-text = 键入的文字
classifier-picture = 图片{ $name }
classifier-what-the-step-learned-from = 这一步所学的样本
classifier-your-drawing = 你的手绘
classifier-your-text = 你的文字
classifier-your-picture = 你的图片{"\u000A"}{ $name }
classifier-what-the-step-learned-from-2 = 这一步{"\u000A"}所学的样本
classifier-test-image-2 = 测试图片{ $index }
classifier-passage = 文段
classifier-then = 其后
classifier-example-of = 示例{ $index }{"\u000A"}共{ $set_count }，{ $is }：{ $class }
classifier-test-of = 测试{ $one }{ $index }{"\u000A"}共{ $set_count }，{ $is }：{ $class }

# world/classifier/outputs/mod.rs
classifier-outputs = 输出
classifier-output = 输出
classifier-likeliest = 最可能
classifier-truly = 实为“{ $classes }”
classifier-drawn-by-hand = 手绘
classifier-your-picture-2 = 你的图片

# world/classifier/pad/mod.rs
classifier-clear = 清空
classifier-centre = 居中
classifier-is-a = 类别

# world/classifier/curves/quantity.rs
classifier-step-3 = 第{ $step }步
classifier-training = 训练
classifier-test = 测试
