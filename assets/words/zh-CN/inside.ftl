# inside/alarm.rs
inside-not-learning = 没有在学
inside-learning-rate-too-high = 学习率过高
inside-learning-rate-too-low = 学习率过低
inside-dead-layer = 死亡的层
inside-vanishing-gradient = 梯度消失
inside-exploding-gradient = 梯度爆炸
inside-learned-by-heart = 死记硬背
inside-noisy-batches = 小批噪声过大
inside-unbalanced-classes = 类别不均衡
inside-at-step = { $name }：第{ $step }步时{ $cause }。{ $remedy }。
inside-this-makes-for = 这会引起：{ $names }。

# inside/alike_words.rs
inside-step = 第{ $step }步
inside-seed-after-steps = 种子{ $seed }，{ $steps }步后
inside-how-alike-layers-are-on = 各层有多相似，用{ $images }张测试图片{"\u000A"}
inside-pixels = 像素{ $pixels }
inside-itself-unlearned = 未学习时的自己{ $shuffled }
inside-altogether = 合计

# inside/doctor_words.rs
inside-why-is-it-slow = 为何慢
inside-images-a-second-on-threads = { $value }  每秒{ $images_per_second }张图片，用{ $cores }核中的{ $threads }个线程：每批{ $value2 } ms，其中数据{ $data } %，前向{ $forward } %，反向{ $backward } %，优化器{ $optimiser } %；拍一次快照{ $value3 } ms
inside-why-not-more-accurate = 准确率为何上不去
inside-nothing-is-found-that-would = { $value }  没有发现什么办法
inside-training-image = 训练图片{ $index }
inside-called-read-as-loss = { $value }  标为{ $label }，识别为{ $said }（{ $confidence }），损失{ $loss }
inside-bytes = { $bytes }字节，
inside-how-to-take-it-along = 怎样带走
inside-numbers-ms-an-image-here = { $value }  { $how }{ $runtime }{ $bytes }{ $parameters }个数，在这里每张图片{ $value2 } ms
inside-the-doctor-took = 诊断用了

# inside/edit.rs
inside-scale-0-add-0-1 = scale=0、add=0.1、clamp=0.5、bias=0或class7=0
inside-is-no-change-of-weights = { $text }不是对权重的改动：请写{ $changes }
inside-is-no-number-that-a = { $text }不是权重能取的数
inside-clamp-needs-a-bound-of = clamp的界限不能小于0
inside-names-no-unit-and-its = { $text }没有指明单元及其改动：请写3:scale=0
inside-is-no-edit-after-a = { $text }不是某一步之后的改动：请写250:3:scale=0

# inside/edit_words.rs
inside-not-edited-after-step = 第{ $step }步后没有改动：{ $why }
inside-the-run-goes-on-from = 训练从第{ $step }步继续，不作--edit { $edit }
inside-of-the-test-images-right = ，测试图片原来答对{ $accuracy }，现在{ $accuracy2 }
inside-edit-of-changed = --edit { $edit }：改动了{ $layer }的{ $numbers }{ $read }

# inside/health_words.rs
inside-alarms = 警报
inside-nothing-is-found-wrong = { $value }  没有发现问题
inside-and-more = { $value }  另有{ $more }项
inside-and-more-layers = { $value }  另有{ $more }层
inside-loss = 损失
inside-lately-at-first-by-chance = { $value }  最近{ $recent }，最初{ $first }，随机水平{ $chance }；最好{ $best }，截至第{ $best_step }步
inside-training-images = { $images }张训练图片
inside-loss-accuracy-test-images-and = { $value }  损失{ $loss }，准确率{ $accuracy }；{ $images }张测试图片则为{ $loss2 }和{ $accuracy2 }
inside-images-with-batches-of = { $scale }张图片，而每批{ $batch }张
inside-no-signal-can-be-told = 分不出信号与噪声
inside-noise-scale = 噪声尺度
inside-stable-up-to-with-whole = ，用整批时不超过{ $limit }即稳定
inside-as-the-rule-divides-it = （按更新规则缩放）
inside-not-settled = ，尚未稳定
inside-sharpness = 锐度
inside-over-images = { $value }  { $sharpness }{ $of }，用{ $images }张图片{ $settled }{ $limit }
inside-most-and-fewest-images = 图片最多和最少
inside-of-of = { $value }  { $most2 }有{ $most }张，{ $least2 }有{ $least }张
inside-weights-gradient = 权重{ $weight_norm }，梯度{ $gradient_norm }
inside-update-of-them = ，每次更新为权重的{ $ratio }
inside-units-mean-largest = ；{ $units }个{ $activation }单元：均值{ $mean }，最大{ $largest }
inside-dead = ，死亡{ $value } %
inside-dormant = ，休眠{ $value } %
inside-saturated = ，饱和{ $value } %

# inside/landscape_words.rs
inside-plane = 平面
inside-places-each-a-mean-loss = { $name }，{ $side } × { $side }个位置，每处是{ $images }的平均损失
inside-across = 横向
inside-away = 纵向
inside-way = 路径
inside-step-its-loss-that-of = 步：它的损失、它在平面上投影处的损失，以及它离平面多远
inside-from-to = 从{ $low }到{ $high }
inside-of-the-ways-squared-distances = ，占路径平方距离的{ $value } %
inside-along-which-the-loss-bends = ，损失沿此方向的曲率为{ $curvature }
inside-in-the-middle = 正中{ $loss }
inside-lowest-at-highest-at = ；最低{ $least }，在{ $low }，最高{ $most }，在{ $high }

# inside/lesion.rs
inside-its-mean = 均值

# inside/mod.rs
inside-forward-and-backward-passes-ms = 前向传播{ $forward }次，反向传播{ $backward }次，{ $value } ms

# inside/points_words.rs
inside-1-number = 1个数
inside-numbers = { $units }个数
inside-1-map-of = 1张{ $rows } × { $columns }特征图
inside-maps-of = { $units }张{ $rows } × { $columns }特征图
inside-layer = 层{ $name }，{ $layer }：
inside-where-it-puts-training-and = 它把{ $train }张训练图片和{ $tests }张测试图片放在哪里
inside-components = 主成分
inside-hold-of-how-images-differ = { $value }  各占图片差异的{ $shares } %，合计{ $sum } %
inside-neighbours = 近邻
inside-beside-each-other-in-three = { $value }  在三维中彼此相邻，引力{ $attraction }；岛的大小和岛间距离没有意义
inside-layers = 各层
inside-of-three-axes = 就三轴而言
inside-trustworthiness-of-the-layers-neighbours = { $value }  可信度{ $trustworthiness }，该层的近邻保留{ $value2 } %，所示近邻中{ $value3 } %属于同类；取{ $queries }张图片，各看最近的{ $neighbours }个
inside-chance = 偶然波动
inside-the-same-numbers-laid-out = { $value }  同样的数换个起点排布，位置相差到中心距离的{ $noise }
inside-moved = 移动
inside-of-the-distance-from-the = { $value }  自上次询问以来，移动了到中心距离的{ $moved }

# inside/robust.rs
inside-random-signs = 随机符号
inside-gaussian-noise = 高斯噪声

# inside/robust_words.rs
inside-of = { $name }，强度{ $strength }
inside-read-as-loss = { $name }  识别为{ $class }（{ $probability }），损失{ $loss }
inside-no-slope-at-of-the = ，{ $value } %的像素处没有斜率
inside-test-images = { $images }张测试图片
inside-accuracy = { $name }  准确率{ $accuracy }
inside-at = 强度{ $strength }时{ $accuracy }
inside-smallest-change = 最小改动
inside-makes-it-the-boundary-is = { $value }  { $size }就使它变成{ $class }，边界距离{ $distance }
inside-test = 测试
inside-training = 训练
inside-nearest-real = 最近的真实{ $class }
inside-image-is-away = { $value }  { $of }图片{ $index }，距离{ $distance }
inside-sure-of-images = 对{ $images }张图片的把握
inside-mean-confidence-accuracy-calibration-error = { $name }  平均置信度{ $confidence }，准确率{ $accuracy }，校准误差{ $ece }
inside-to = { $at }至{ $at2 }
inside-images-confidence-accuracy = { $name }  { $images }张图片，置信度{ $confidence }，准确率{ $accuracy }
inside-best-temperature = 最佳温度
inside-of-images-on-others-calibration = { $value }  { $value2 }，由{ $fitted_on }张图片求得；在另外{ $tried_on }张上，校准误差原为{ $ece }，用后为{ $ece2 }

# inside/taught_words.rs
inside-of-before-the-first-step = { $classes }的损失，第一步之前{ $begun }，{ $steps }步之后{ $ended }
inside-ledger = 账本
inside-all-credits-add-up-to = 全部贡献合计{ $credit }，总变化{ $ended }，{ $apart }余{ $residual }；负值表示有帮助
inside-by-hand = 手动
inside-edits-of-weights-changed-the = 手动改动权重使损失变化{ $by_hand }
inside-when = 何时
inside-of-all-credit-came-in = 全部贡献的{ $value } %来自看到图片的那一步，其余稍后经动量而来
inside-images-of = { $classes }的图片
inside-helped-hindered-most = 帮助、妨碍最大
inside-training-image-class-credit-most = 训练图片（类别）贡献，贡献最多的一步
inside-without = 去掉{ $left_out }张
inside-trained-again-for-steps-loss = 重新训练{ $steps }步：损失{ $loss }（原为{ $loss2 }），识别为{ $classes }（原为{ $classes2 }）
inside-test-images-2 = 测试图片
inside-accuracy-instead-of-loss-instead = 准确率{ $accuracy }（原为{ $accuracy2 }），损失{ $test_loss }（原为{ $test_loss2 }），{ $changed_count }个回答变了
inside-booked = 入账
inside-on-these-images-and-is = 这些图片入账{ $booked }，实际变化{ $loss }：贡献是事后的账目，不是预估
inside-foretold = 预估
inside-without-these-images-from-what = 去掉这些图片{ $change }，依据是第{ $first_step }步以来它们的梯度对此后所有梯度的影响
inside-checked = 核对
inside-rank-correlation-of-what-was = 预估与实际的秩相关为{ $rank_correlation }，取自{ $runs }次训练，每次随机去掉百分之一的图片
inside-floor = 底线
inside-an-untouched-repetition-differs-by = 不作改动地重复一次，各参数相差{ $floor }
inside-what-no-image-did-to = 其中并非图片所致{ $apart }，
inside-that-helped-that-hindered = { $net } = 帮助{ $helped }，妨碍{ $hindered }
inside-step-2 = { $index }（{ $class }）{ $credit }，第{ $step }步

# inside/together_words.rs
inside-on-test-images-with-weights = 用{ $tried }张测试图片，权重由另外{ $fitted }张求得{"\u000A"}
inside-right-loss-adds-points-weight = { $of }  答对{ $accuracy }，损失{ $loss }，增加{ $points }个百分点，权重{ $weight }
inside-mean = 均值
inside-weighted-sum = 加权求和
inside-right-loss = { $name }  答对{ $accuracy }，损失{ $loss }
inside-vote = 投票
inside-right = { $value }  答对{ $voted }
inside-test-image = 测试图片{ $index }
inside-a-read-as-together = { $value }  实为{ $label }，识别为{ $said }，合起来{ $together }
inside-this-run = 本次训练
inside-seed-step = 种子{ $seed }，第{ $steps }步
inside-logistic-regression = 逻辑回归

# inside/told.rs
inside-what-it-says = 它的回答
inside-the-logit-of = { $at }的得分
inside-the-probability-of = { $at }的概率
inside-the-logit-of-less-that = { $one }的得分减去{ $other }的得分
inside-a-black-image = 全黑图片
inside-the-mean-of-the-training = 训练图片的平均
inside-the-mean-of-the-training-images = { $at }的训练图片的平均
inside-the-image-blurred = 模糊后的图片
inside-test-image-2 = 测试图片{ $at }
inside-is-of = { $target }为{ $value }，换成{ $baseline }则为{ $baseline_value }{"\u000A"}
inside-none = { $name }  没有：{ $sentence }
inside-adds-up-to-of = 合计{ $sum }（应为{ $expected }），
inside-of-it-biases = 其中偏置{ $biases }，
inside-pixels-less-take-random-ones = 去掉{ $pixels }个像素降{ $drop }，随机去掉降{ $random }，{ $value } ms

# inside/trial.rs
inside-learning-rate = 学习率{ $rate }
inside-batches-of = 每批{ $images }张
inside-seed = 种子{ $seed }
inside-rare-classes-repeated = 重复稀少的类别
inside-shifted-copies = 平移的副本
inside-left-out = 去掉{ $images_count }
inside-as-many-units = { $times }倍的单元
inside-right-loss-after = { $steps }后答对{ $value } %，损失{ $loss }
inside-with = 换用{ $told }
inside-instead-of = { $value }  { $after }；原先{ $before }{"\u000A"}

# inside/units_words.rs
inside-1-unit = 1个单元
inside-units = { $units }个单元
inside-what-each-knows-by-test = 各自知道什么，据{ $images }张测试图片
inside-unit = 单元
inside-active = 激活
inside-by-zero = 置零
inside-by-mean = 换均值
inside-shapley-value = Shapley值
inside-strongest-on = { $value }  { $value2 }  { $value3 }  { $value4 }  { $value5 }  { $value6 }  反应最强
inside-and-more-that-the-answers = { $value }  另有{ $more }个，回答对它们的依赖较小
inside-all-units = 全部单元
inside-accuracy-of-images-by-zero = { $value }  { $tried_on }张图片的准确率为{ $accuracy }；“置零”和“换均值”是去掉该单元后准确率下降的百分点
inside-over-drawn-orders-of-the = 取{ $count }种随机的单元次序
inside-over-all-sets-of-units = 取遍单元的所有组合
inside-shapley-values = Shapley值
inside-add-up-to-of-points = { $value }  合计{ $value2 }个百分点，应为{ $value3 }，即全部单元都在时的准确率{ $all }减去各自换成{ $name }时的{ $none }；{ $how }，{ $images }张图片

# inside/why.rs
inside-gradient-input = 梯度 × 输入
inside-integrated-gradients = 积分梯度

# inside/alarm.rs
inside-diverging = 发散
inside-saturated-2 = 饱和
inside-name-gradient = 梯度
inside-name-occlusion = 遮挡
inside-name-zero = 零
inside-name-layers = 各层
inside-name-steps = 各步
inside-name-runs = 其他训练
inside-name-path = 路径
inside-name-random = 随机
inside-name-curvature = 曲率
