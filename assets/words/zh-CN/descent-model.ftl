# exhibits/descent/data/pairs.rs
descent-model-breast-cancer-wisconsin-diagnostic-wolberg = 威斯康星乳腺癌（诊断）数据集：Wolberg、Mangasarian、Street和Street，UCI，1995
descent-model-column-is-both-x-and = 列{ $name }既是--x又是--y
descent-model-choose-two-different-ones = 请选两个不同的列
descent-model-it-lacks-numbers-in-or = “{ $usual_x }”中缺少数值，或“{ $class }”中缺少类别
descent-model-fetch-the-programs-data-again = 请重新获取程序的数据
descent-model-column-holds-no-number = 列{ $name }中没有数值
descent-model-choose-another-column = 请选另一列
descent-model-besides = 除{ $name }外，
descent-model-it-has-no-column-of = { $besides }其中没有数值列
descent-model-give-a-csv-with-two = 请提供有两个数值列的CSV
descent-model-columns-and-are-not-both = 列{ $name }和{ $name2 }并非都是数值
descent-model-choose-two-columns-of-numbers = 请选两个数值列
descent-model-or = { $name }或{ $name2 }
descent-model-of-rows-have-no-they = { $of }行中有{ $left_out }行缺少{ $names }：已略去
descent-model-it-has-only-with-both = 两个数值都有的只有{ $x_kept_count }
descent-model-give-at-least-three = 请至少提供三行
descent-model-line-column-holds-whose-square = 第{ $line }行的列{ $name }中是{ $numbers }，它的平方太大，无法求和
descent-model-correct-that-field-or-choose = 请改正该字段，或选另一列
descent-model-column-is-in-every-row = 列{ $name }每一行都是{ $first }
descent-model-choose-a-column-whose-values = 请选数值有变化的列

# exhibits/descent/data/prepared.rs
descent-model-centred-x = 中心化：x − { $offset }
descent-model-centred-and-scaled-x = 中心化并缩放：(x − { $offset }) / { $x_scale }
descent-model-standardised-x = 标准化：(x − { $offset }) / { $x_scale }

# exhibits/descent/mod.rs
descent-model-five-ways-down-a-slope = 下坡的五种走法
descent-model-the-descent = 下降展品
descent-model-a-csv-with-columns-for = 含有直线所需各列的CSV
descent-model-is-for-what-is-learned = 用于要反复学习的展品，而下降按步计数：请用--steps
descent-model-16-points-of-the-stochastic = 随机跑者的16个点
descent-model-what-suits-the-problem = 适合该问题的值
descent-model-gradient-descent = 梯度下降
descent-model-a-loss-to-stand-on = 站在损失上，看下坡走一步会怎样

# exhibits/descent/model/formulas.rs
descent-model-a-ravine-rosenbrocks-function = 峡谷：Rosenbrock函数
descent-model-h-h-rosenbrock-an-automatic = H. H. Rosenbrock，An automatic method for finding the greatest or least value of a function，The Computer Journal 3（1960），175–184
descent-model-known-every-square-is-zero = 已知：每个平方都为零
descent-model-a-saddle-between-two-hollows = 两个洼地之间的鞍面
descent-model-y-nesterov-introductory-lectures-on = Y. Nesterov，Introductory Lectures on Convex Optimization（2004），例1.2.2
descent-model-known-as-low-at-0 = 已知：(0, −1)处同样低

# exhibits/descent/model/gradient.rs
descent-model-a-gradient-is-missing = 缺少一个梯度
descent-model-a-gradient-has-not-two = 梯度不是两个数

# exhibits/descent/model/landscape.rs

# exhibits/descent/model/line.rs
descent-model-a-line-from = 直线：由{ $x_name }得出{ $y_name }
descent-model-j-1-n-x-y = J(θ) = 1/n Σ (θ₀ + θ₁xᵢ − yᵢ)²
descent-model-normal-equations = 正规方程

# exhibits/descent/model/mod.rs
descent-model-from-to = 从{ $ceil }到{ $floor }
descent-model-its-first-number-must-be = 它的第一个数须在所画曲面的五十倍宽度以内，{ $middle_first }，第二个数须{ $middle_second }
descent-model-at-least-one-must-run = 至少要有一个在跑
descent-model-a-formula-has-no-points = 公式没有点可供抽取：请让另一个跑
descent-model-stochastic-alone = 只有随机梯度下降
descent-model-only-line-tumour-rosenbrock-and = 只认得line、tumour、rosenbrock和saddle

# exhibits/descent/model/trainable.rs
descent-model-none-a-formula = 无：这是公式
descent-model-at = { $loss }，在{ $theta }（{ $how }）
descent-model-largest-stable = 最大的稳定α
descent-model-2-max = 2/λmax = { $rate }
descent-model-loss-there = 该处的损失
descent-model-still-going = 仍在前进

# exhibits/descent/model/tumours.rs
descent-model-a-curve-or-not-from = 曲线：由{ $x_name }判断是否{ $y_name }
descent-model-j-1-n-y-ln = J(θ) = −1/n Σ yᵢ ln pᵢ + (1 − yᵢ) ln (1 − pᵢ)，pᵢ = σ(θ₀ + θ₁xᵢ)
descent-model-newtons-method = 牛顿法

# exhibits/descent/narrator.rs
descent-model-a-formula = 一个公式
descent-model-loss-of-the-first-that = 仍在前进的第一个，损失{ $loss }  { $speed }步/秒
descent-model-lowest-point = 最低点
descent-model-steps-s = ，{ $speed }步/秒
descent-model-of-arrived = { $count }个中{ $arrived }个到达
descent-model-runner-end-of-its-way = {" "} 跑者              结局                         最终θ₀            θ₁          损失    ‖∇J‖
descent-model-converged-after = { $steps }步后收敛
descent-model-diverged-after = { $steps }步后发散
descent-model-still-going-at = 第{ $steps }步仍在前进
descent-model-level-but-not-the-lowest = {" "} 平坦，但不是最低
descent-model-try-learning-rate = ；可试--learning-rate { $usual_rate }
descent-model-diverged-after-2 = {" "} { $name }在{ $steps }后发散：{ $why }{ $proposed }
descent-model-converged-after-j-is-below = {" "} { $name }在{ $steps }后收敛：‖∇J‖低于{ $tolerance }

# exhibits/descent/open.rs
descent-model-is-for-the-line-but = { $option }用于直线，而--problem是另一个：请去掉其中之一。
descent-model-batch-says-how-many-points = --batch指定随机跑者每批对多少个点求和，而公式没有点：请去掉它。
descent-model-device-is-but-the-descent = --device是“{ $device }”，而下降用双精度计算，它不支持：请去掉--device。

# exhibits/descent/options.rs
descent-model-give-two-numbers-from-to = 请给出两个数，从-{ $farthest }到{ $farthest2 }，中间用逗号隔开，如10,-4

# exhibits/descent/model/formulas.rs
descent-model-first = 第一个
descent-model-second = 第二个
descent-model-known = 已知

# exhibits/descent/model/line.rs
descent-model-intercept = 截距
descent-model-slope = 斜率

# exhibits/descent/model/mod.rs
descent-model-empty = 空

# exhibits/descent/model/trainable.rs
descent-model-points = 点数
descent-model-prepared = 预处理
descent-model-loss = 损失
descent-model-parameters = 参数
descent-model-minimum = 最小值
descent-model-converged = 收敛
descent-model-start = 起点
descent-model-runners = 跑者
descent-model-seed = 随机种子
descent-model-nobody = 无人
descent-model-diverged = 发散

# exhibits/descent/model/tumours.rs
descent-model-nats = 奈特
descent-model-weight = 权重
descent-model-and-y-over = { $words }，y / { $y_scale }
