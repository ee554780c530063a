# world/classifier/inside/alike/hang.rs
boards-how-alike-layers-are = 各层有多相似

# world/classifier/inside/alike/pointing.rs
boards-step = 第{ $step }步
boards-seed-step = 种子{ $seed }，第{ $steps }步
boards-the-pixels = 像素
boards-itself-unlearned = 未学习时的自己
boards-with = { $layer }与{ $with }：{ $figure }

# world/classifier/inside/alike/say.rs
boards-with-2 = 与{ $name }对照
boards-columns-the-same-layers-then = 列：同样的各层；然后是像素、未学习
boards-columns-steps-of-the-run = 列：本次训练的各步；然后是像素、未学习
boards-columns-runs-before-then-pixels = 列：先前的各次训练；然后是像素、未学习
boards-with-pixels-unlearned = 与像素 · 与未学习时
boards-black-0-white-1 = 黑为0，白为1
boards-on-test-images = 用{ $images }张测试图片
boards-how-alike-are-its-layers = 它的各层有多相似？
boards-they-cannot-be-compared = 无法比较
boards-how-alike-its-layers-are = 它的各层有多相似。
boards-its-layers-beside-earlier-steps = 它的各层与先前各步对照。
boards-its-layers-beside-those-of = 它的各层与其他几次训练对照。
boards-1-is-the-same-but = 1表示只差一个旋转；不高于底线的数值说明不了什么。

# world/classifier/inside/alike/together.rs
boards-this-run = 本次训练
boards-seed = 种子{ $seed }
boards-regression = 逻辑回归
boards-right-alone-adds = 单独答对 · 增加
boards-mean-of-all = 全体平均{ $accuracy }
boards-vote = 投票{ $voted }
boards-weighted = 加权{ $accuracy }

# world/classifier/inside/board.rs
boards-look-inside = 看看内部
boards-close = 关闭 ×
boards-inside = 内部

# world/classifier/inside/health/hang.rs
boards-layer = 层
boards-gradient = 梯度
boards-step-size = 步长
boards-dead = 死亡
boards-dormant = 休眠
boards-usual = 常见
boards-try-it = 试一试
boards-ask-the-doctor = 请教医生

# world/classifier/inside/health/say.rs
boards-right-of-what-is-learned = 答对：所学{ $learned }张的{ $train }，测试{ $tested }张的{ $test }
boards-no-noise-scale = 无噪声尺度
boards-noise-scale = 噪声尺度{ $round }
boards-of = { $sharpness }（上限{ $limit }）
boards-batch-sharpness = { $noise }（批大小{ $batch }），锐度{ $curvature }
boards-it-cannot-be-tried = 试不了：{ $why }。
boards-the-run-is-taken-once = 换用{ $told }，再训练一次，可能要几秒钟……
boards-the-doctor-cannot-tell = 医生说不准：{ $why }。
boards-the-doctor-measures = 医生正在测量，约两秒钟……
boards-right-loss = 答对{ $accuracy }，损失{ $loss }
boards-with-after-as-it-is = 换用{ $told }：{ $after2 }后{ $after }。{"\u000A"}照旧：{ $before2 }后{ $before }。
boards-slow-data-forward-backward-optimiser = 慢在哪里？数据{ $data }，前向{ $forward }，反向{ $backward }，优化器{ $optimiser }。{ $advice }
boards-not-more-accurate-nothing-is = 准确率上不去？没有发现什么办法。
boards-not-more-accurate = 准确率上不去？{ $evidence }{ $remedy }
boards-elsewhere = { $slow }{"\u000A"}{ $accurate }{"\u000A"}搬到别处？{ $how }
boards-how-is-the-training = 训练得怎么样？
boards-how-it-is-cannot-be = 训练状况无法判断
boards-nothing-is-found-wrong = 没有发现问题。
boards-and-more = { $name }，另有{ $more_count }项。
boards-a-thousandth-of-the-weights = 每步改动权重的千分之一，属于常见。
boards-the-first-layers-more-are = 这里是前几层；另外还查看了{ $more }层。

# world/classifier/inside/landscape/pointing.rs
boards-a-loss-of-at-across = 横向{ $place }、纵向{ $place2 }处，损失为{ $loss }。
boards-step-a-loss-of-on = 第{ $step }步：损失{ $loss }，在平面上为{ $shadow }。按下即可前往。

# world/classifier/inside/landscape/say.rs
boards-height-log-of-the-loss = 高度：损失的对数，每十倍4条线
boards-its-own-way = 自己的路径
boards-random = 随机
boards-curvature = 曲率
boards-across = 横向
boards-away = 纵向
boards-loss-here = 此处损失{ $loss }
boards-plane-to = 平面上{ $low }至{ $high }
boards-no-loss-is-a-number = 损失都不是数
boards-places = { $side } × { $side }个位置
boards-test-images = { $images }张测试图片
boards-states-of-its-way = 路径上{ $path_count }个状态
boards-first-loss = 最初损失{ $loss }
boards-on-the-plane = 在平面上{ $shadow }
boards-of-the-way = { $name }占路径{ $explained }
boards-curvature-2 = { $name }：曲率{ $curvature }
boards-wide = { $name }宽{ $high }
boards-what-lies-around-its-weights = 它的权重周围有什么？
boards-the-loss-cannot-be-mapped = 画不出损失的地形
boards-the-network-is-tried-with = 正换上别的权重来试这个网络，可能要几秒钟。
boards-it-has-not-gone-far = 它走得还不够远，看不出路径。
boards-a-random-plane-shows-what = 随机平面显示周围有什么，不显示它从哪里来。
boards-its-way-hangs-at-its = 路径悬在真实高度上；细杆垂到平面。
boards-the-loss-around-its-weights = 权重周围的损失。
boards-the-loss-around-its-weights-so = 权重周围的损失，仍在细化。
boards-the-network-is-asked = 要几秒钟。

# world/classifier/inside/line.rs
boards-the-model-says-something-else = 模型答非所问

# world/classifier/inside/phrases.rs
boards-black = 全黑
boards-mean-image = 平均图片
boards-mean = { $classes }的平均
boards-blurred = 模糊
boards-image = 图片{ $index }
boards-it-says-nothing = 它没有回答。
boards-rightly = ，答对了
boards-truly = ，实为{ $classes }
boards-it-says = 它说是{ $classes }（{ $sure }）{ $is }。
boards-shuffled-it-says = 打乱后，它说是{ $classes }（{ $sure }）。
boards-orange-for-blue-for = 橙色支持{ $of }，蓝色支持{ $against }。
boards-orange-makes-likelier-blue-less = 橙色使{ $of }更可能，蓝色使其更不可能。
boards-orange-speaks-for-blue-against = 橙色支持{ $of }，蓝色反对。
boards-orange-speaks-for-it-blue = 橙色支持，蓝色反对。
boards-steps = 第{ $oldest }–{ $newest }步，{ $price }
boards-step-2 = 第{ $newest }步
boards-of-2 = （共{ $run }步）
boards-the-nearest-kept = 存下的最近一步
boards-as-it-is-now = 当前状态
boards-this-is-of-step-not = 这是第{ $of }步的（{ $what }），不是第{ $shown }步的。
boards-1-ms = <1 ms
boards-not-promised = 不一定
boards-exact = 精确
boards-of-3 = { $sum } / { $expected }
boards-for-it = ，支持
boards-against-it = ，反对
boards-row-column = 第{ $row }行第{ $column }列：{ $signed }{ $sign }
boards-row-column-of-1 = 第{ $row }行第{ $column }列：{ $ink }（满值为1）
boards-the-input-there-is = { $of }；该处输入为{ $ink }
boards-labels = 标签
boards-no-layer = 0层
boards-all = 全部{ $count }层
boards-the-last = 最后1层
boards-the-last-2 = 最后{ $wanted }层

# world/classifier/inside/points/pointing.rs
boards-training = 训练
boards-test = 测试
boards-read-right = ，识别正确
boards-read-as = ，识别为{ $said }
boards-image-loss = { $kind }图片{ $index }：{ $label }{ $read }，损失{ $loss }

# world/classifier/inside/points/say.rs
boards-it-cannot-be-told = 无法得知：{ $why }
boards-logits = 得分
boards-by-class = 按类别
boards-by-answer = 按回答
boards-by-loss = 按损失
boards-by-step-learned = 按学会的步
boards-as-images = 显示图片
boards-components = 主成分
boards-t-sne-pull = t-SNE，引力 × { $times }
boards-3-axes = 3轴{ $seen }，{ $axes }轴{ $all }
boards-trust-kept = 可信度{ $trustworthiness }，保留{ $kept }
boards-moved-noise = 移动{ $moved }，噪声{ $noise }
boards-moved = 移动{ $moved }
boards-noise = 噪声{ $noise }
boards-same-class = 同类{ $same_class }
boards-by-sd = { $unit }偏{ $apart }标准差
boards-one = 1
boards-said = { $is }张：{ $labels }；识别为{ $said }
boards-units = 单元{ $units }
boards-where-does-it-put-all = 它把所有图片放在哪里？
boards-they-cannot-be-laid-out = 无法排布
boards-bright-read-right-early-amber = 亮：早就识别正确。琥珀色：识别错误。暗：训练图片，未测试。
boards-test-images-as-they-are = 测试图片按原样显示，识别错误的为琥珀色；圆点是训练图片。
boards-filled-test-images-hollow-training = 实心：测试图片，空心：训练图片。拖动可旋转，按下可选择。
boards-who-is-beside-whom-counts = 要看谁挨着谁；岛的大小和间隔没有意义。
boards-they-are-laid-out-anew = 正在重新排布，可能要几秒钟。
boards-where-it-puts-images = 它把{ $images }张图片放在这里。

# world/classifier/inside/points/switches.rs
boards-tour = 巡游
boards-turn = ‹ 转
boards-turn-2 = 转 ›
boards-nearest = + 近邻
boards-let-go = 放开

# world/classifier/inside/robust/hang.rs
boards-input-attacked = 受攻击的输入
boards-by-fgsm = FGSM攻击
boards-by-pgd = PGD攻击
boards-by-random-signs = 随机符号
boards-flipped = 已翻转
boards-nearest-2 = 最近

# world/classifier/inside/robust/say.rs
boards-shown = 显示：±{ $inside }
boards-no-test-image-is-attacked = 没有攻击测试图片：代价太大。
boards-of-test-images-unchanged = { $images }张测试图片，未攻击时答对{ $accuracy }
boards-as-it-is = 原样
boards-random-2 = 随机
boards-least-flip = 最小翻转
boards-nearest-3 = 最近的{ $classes }
boards-away-2 = 距离{ $distance }
boards-what-does-its-answer-withstand = 它的回答经得起什么？
boards-it-cannot-be-attacked = 无法攻击
boards-random-signs-change-as-much = 随机符号的改动同样大：超出随机水平的，才是攻击的作用。
boards-by-turns-into = 用{ $name }改动±{ $strength }，{ $was }就变成{ $is }。
boards-it-withstands-a-pixel = 每个像素改动±{ $strength }，它经得起。

# world/classifier/inside/sure/hang.rs
boards-how-sure = 把握
boards-how-often-right = 答对的比例
boards-images = 图片数

# world/classifier/inside/sure/say.rs
boards-right = 答对{ $accuracy }
boards-sure = 把握{ $confidence }
boards-calibration-error = 校准误差{ $ece }
boards-best-temperature = 最佳温度{ $figure }
boards-found-on-images = 由{ $fitted_on }张图片求得；
boards-on-others = 在另外{ $tried_on }张上
boards-error = 误差{ $ece }
boards-loss = 损失{ $loss }
boards-no-temperature-is-best = 没有最佳温度
boards-is-it-as-often-right = 它有几分把握，就答对几成吗？
boards-it-cannot-be-counted = 无法统计
boards-bars-reach-ticks-where-both = 两者相符时，条的末端正好到刻度；不足{ $few }张图片说明不了什么。
boards-it-is-surer-than-it = 它过于自信。
boards-it-is-more-often-right = 它自信不足。
boards-how-sure-it-is-is = 它的把握不是一个数。
boards-it-is-as-often-right = 它有几分把握，就答对几成。

# world/classifier/inside/tab.rs
boards-why = 为何
boards-trust = 可信
boards-units-2 = 单元
boards-points = 点云
boards-alike = 相似
boards-taught = 谁教的
boards-loss-2 = 损失
boards-robust = 稳健
boards-sure-2 = 把握
boards-health = 健康

# world/classifier/inside/taught/hang.rs
boards-train-again-without-these = 去掉这些重新训练

# world/classifier/inside/taught/say.rs
boards-these-training-images-lowered-its = 这些训练图片最能降低它的损失
boards-these-raised-it-most = 这些最能抬高损失
boards-it-trains-again = 正在重新训练……
boards-by-step-1-to-scale = 按步，第1至{ $last }步，√刻度
boards-no-step-has-been-taken = 还没有走过一步
boards-booked-rest = 入账{ $credit }，余{ $residual }
boards-when-seen-else-later = { $at_once }在看到图片时，其余稍后，
boards-as-gradients-are-remembered = 因为梯度会留在记忆里
boards-tests = { $loss }；测试{ $accuracy }
boards-all-loss = 全部：损失{ $before }
boards-less = 少{ $left_out_count }张：{ $after }
boards-now-read-as = 现在识别为{ $said }
boards-foretold-booked = 预估{ $change }，入账{ $booked }
boards-booked-no-forecast = 入账{ $booked }：没有预估
boards-which-images-taught-it-this = 是哪些图片教会它的？
boards-its-ledger-cannot-be-kept = 账本无法记录
boards-the-run-is-taken-again = 正从原来的种子重新训练一次，可能要几秒钟。
boards-blue-lowered-it-amber-raised = 蓝色降低损失，琥珀色抬高损失：这是事后的账目，不是预估。
boards-its-loss-was-and-is = 它的损失原为{ $first }，现为{ $last }。

# world/classifier/inside/trust/hang.rs
boards-none = 无
boards-all-2 = 全部
boards-labels-2 = 标签
boards-input-that-is-trusted = 受检验的输入
boards-learned-1 = 学成1
boards-shuffled-1 = 打乱1
boards-learned-2 = 学成2
boards-shuffled-2 = 打乱2
boards-learned-3 = 学成3
boards-shuffled-3 = 打乱3

# world/classifier/inside/trust/say.rs
boards-shuffled-labels = 打乱标签
boards-shuffled-layers = 打乱的层
boards-trained-again = 已重新训练
boards-signed = 带符号
boards-absolute = 绝对值
boards-the-maps-cannot-be-drawn = 画不出归因图：{ $why }。
boards-do-maps-show-what-was = 归因图反映学到的东西吗？
boards-it-learns-shuffled-labels-that = 它正在学打乱的标签，要几秒钟。
boards-from-the-last-layer-on = 从最后一层起打乱：诚实的图会跟着变。
boards-right-it-learned-shuffled-labels = 右图：学了打乱的标签；1表示相同。
boards-left-as-learned-right-shuffled = 左图学成时，右图打乱后；1表示相同。
boards-as-learned-shuffled = { $method }：学成时{ $before }，打乱后{ $after }
boards-as-learned = { $method }，学成时

# world/classifier/inside/units/hang.rs
boards-dream = 理想图

# world/classifier/inside/units/say.rs
boards-unit-of = 单元{ $at }/{ $units_count }
boards-strongest-on = 反应最强
boards-middling-on = 反应中等
boards-silent-on = 没有反应
boards-classes = 类别
boards-of-4 = { $name }（{ $class }/{ $classes }）
boards-liked-best-after-step = 第{ $step }步后最喜欢的样子
boards-its-logit-for-it = 它给该类的得分：{ $frame }
boards-from-at-step-to = 从第{ $step }步的{ $first }到{ $last }
boards-along-steps-uphill-each = 沿{ $frames }，各上坡{ $steps_each }步
boards-no-number = 不是数
boards-points-2 = { $signed }个百分点
boards-as = 换成{ $name }：{ $drop }
boards-active-on = 激活比例{ $active }
boards-worth-shapley = 价值{ $value } ± { $figure }（Shapley）
boards-worth-points-shapley = 价值{ $value }个百分点（Shapley）
boards-dream-2 = 理想图：{ $figure }
boards-best-real-image = 最佳真实图片：{ $figure }
boards-accuracy-lost-without-units-to = 逐一去掉单元{ $first }至{ $last }，准确率的下降
boards-accuracy-lost-without-each-unit = 逐一去掉各单元，准确率的下降
boards-out = 去掉{ $units_count }个：{ $accuracy }→{ $accuracy2 }
boards-what-does-a-class-like = 一个类别最喜欢什么？
boards-it-cannot-be-told-2 = 无法得知
boards-images-that-grow-with-the = 随训练生长的图片
boards-what-classes-would-like-best = { $dreams }个类别最喜欢的样子；网络没有学过其中任何一张。
boards-what-does-a-unit-know = 一个单元知道什么？
boards-its-units-cannot-be-told = 它的单元无法得知
boards-read-right-with-all-units = 单元齐全：{ $images }张图答对{ $accuracy }
boards-of-test-images-the-strongest = 取自{ $images }张测试图片。只看反应最强的，单元会显得比实际更纯。

# world/classifier/inside/units/take.rs
boards-take-it-out = 去掉它
boards-all-back = 全部放回
boards-mean-2 = 均值

# world/classifier/inside/units/weights.rs
boards-bias-0 = 偏置0
boards-cut = 切断
boards-undo = 撤销
boards-weights = 权重
boards-edit = --edit { $edit }
boards-change-the-weights-that-make = 修改产生它的权重：
boards-changes-at-once-undo-takes = 立即生效；按“撤销”可还原。
boards-back-at-step-without = 回到第{ $step }步，撤去{ $change }
boards-the-run-goes-on-with = 训练带着改动继续。
boards-right-2 = 答对：{ $accuracy }→{ $accuracy2 }

# world/classifier/inside/why/hang.rs
boards-sum = 总和
boards-error-2 = 误差
boards-biases = 偏置
boards-top-cut = 去掉最强
boards-input-that-is-explained = 要解释的输入
boards-map-1 = 归因图1
boards-map-2 = 归因图2
boards-map-3 = 归因图3
boards-probability = 概率

# world/classifier/inside/why/say.rs
boards-baseline = 基线：{ $of }
boards-not = 而非{ $classes }
boards-alone = 单独
boards-why-does-it-say-so = 它为什么这样说？

# world/classifier/inside/phrases.rs
boards-approx = 约
