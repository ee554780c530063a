# exhibits/descent/payload.rs
descent-the-columns-of-steps-are = 各步的列长度不一
descent-there-is-no-such-fate = 没有这样的结局
descent-gradient-descent = 梯度下降
descent-stochastic = 随机梯度下降
descent-momentum = 动量
descent-adam = Adam
descent-is-above-2-1-max = α = { $alpha }大于2(1 + β)/λmax = { $limit }，所以摆动一次比一次大
descent-is-above-2-max-so = α = { $alpha }大于2/λmax = { $limit }，所以一步比一步冲得更过头
descent-is-too-large-for-its = α = { $alpha }对它的小批来说太大；即使用全部的点，也必须小于2/λmax = { $limit }
descent-is-too-large-for-how = α = { $alpha }对弯曲得这么厉害的曲面来说太大，所以一步比一步冲得更过头

# exhibits/descent/view/axes.rs
descent-in = （{ $unit }）

# exhibits/descent/view/curves.rs
descent-j-above-the-lowest-logarithmic = J高出最低点多少，对数坐标
descent-step-of-down = 第{ $step }步：{ $all }个里{ $count }个已到最低点

# exhibits/descent/view/ground.rs
descent-log-of-j-above-the = J高出最低点的对数；每十倍两条线
descent-heights-j-a-line-every = 高度：J；每{ $interval }{ $unit }一条线

# exhibits/descent/view/loss_board.rs
descent-line = 直线
descent-tumours = 肿瘤
descent-ravine = 峡谷
descent-saddle = 鞍面
descent-log-height = 对数高度
descent-as-usual = 常用α
descent-usual-start = 常用起点
descent-lowest-j-at = 最低：J = { $loss }，在{ $theta }（{ $how }）
descent-more = { $written } + … 还有{ $more }项
descent-over-points = = { $sum }，除以{ $batch }个点：{ $mean }

# exhibits/descent/view/loss_plot.rs
descent-data-points = 数据点
descent-points-summed-now = 此刻求和的点

# exhibits/descent/view/numbers.rs
descent-no-number = 不是数

# exhibits/descent/view/pointing.rs
descent-j-at = θ = { $theta }处，J = { $loss } { $unit }
descent-press-to-start-from-here = 按下即从这里出发
descent-loss = 损失

# exhibits/descent/view/rule_board.rs
descent-on = 开
descent-off = 关
descent-no-data = 无数据
descent-at-the-start = 在起点
descent-down-in = ↓ { $taken }步
descent-has-not-taken-a-step = { $name }还没走一步
descent-changed = θ + Δθ
descent-step = { $name }，第{ $taken }步
descent-converged = 已收敛：‖▽J‖ < { $tolerance }
descent-diverged = 已发散：α在这里太大
descent-converged-is-j = ‖▽J‖ < { $tolerance }时算作收敛
descent-above = 高于
descent-below = 低于
descent-is-the-largest-stable-rate = α{ $side }最大的稳定学习率{ $limit }

# exhibits/descent/view/rule_board.rs
descent-off-at = 飞出 { $taken }
descent-diverged-above = 已发散：α超过了最大稳定学习率{ $limit }
