# exhibits/logistic/payload.rs
logistic-not-reached-the-largest-component = 尚未达到：梯度的最大分量为{ $largest_slope }
logistic-the-objective-at-most-nats = { $slope }，目标函数至多高出{ $above }奈特
logistic-is-not-defined = { $name }未定义：{ $why }

# exhibits/logistic/view/asking.rs
logistic-row-of = { $name }的第{ $place }行

# exhibits/logistic/view/axes.rs
logistic-component-of-variance = 主成分{ $axis }：占方差的{ $share }
logistic-probability-of-0-to-1 = { $class }的概率，0到1

# exhibits/logistic/view/board/baselines.rs
logistic-this-model = 本模型
logistic-nearest-rows = 最近的样本
logistic-always-the-same = 总答多数类

# exhibits/logistic/view/board/evaluate.rs
logistic-accuracy-at-threshold = 该阈值下的准确率
logistic-called-so-from-p = 阈值：p达到多少判为正类
logistic-the-held-out-rows-are = 学完之后，用留出样本来评判
logistic-accuracy = 准确率
logistic-precision = 精确率
logistic-none-called-so = 无判为此类者
logistic-recall = 召回率
logistic-none-is-so = 无属此类者
logistic-none-either-way = 两者都没有
logistic-log-loss = 对数损失
logistic-others = 其他
logistic-called = 判为
logistic-roc-auc = ROC，AUC { $auc }
logistic-auc-one-class-only = AUC：只有一类
logistic-false-alarms-0-to-1 = 误报率，0到1
logistic-calibration = 校准
logistic-told-p-up-true = → 预测p，↑ 实际占比

# exhibits/logistic/view/board/features.rs
logistic-automatic = 自动
logistic-the-best = 最好的{ $listed }个
logistic-of = { $first }–{ $end } / { $of }
logistic-used = 已用
logistic-to-be-left-out = 将略去
logistic-to-be-used = 将使用
logistic-the-same-in-all-rows = 各行都相同
logistic-r-with = 与{ $other }的r = { $r }
logistic-left-out-by-you = 你已略去

# exhibits/logistic/view/board/footer.rs
logistic-undo = 撤销
logistic-learn-this = 照此学习
logistic-now = 当前：{ $settings }，{ $solver }
logistic-new = 更改：{ $differences }
logistic-the-training-diverged-with-learning = 学习率为{ $learning_rate }时训练发散了：请在控制台用{ $proposed }重新开始。

# exhibits/logistic/view/board/mod.rs
logistic-preprocess = 预处理
logistic-features = 特征
logistic-model = 模型
logistic-tune = 调参
logistic-evaluate = 评估
logistic-board-of-the-steps = 步骤面板

# exhibits/logistic/view/board/model.rs
logistic-none = 无
logistic-products-of-two = 两两乘积
logistic-full-batch = 全批量
logistic-penalty = 惩罚项
logistic-solver = 求解器
logistic-simpler-models-are-compared-when = 学完之后，与更简单的模型比较
logistic-p-softmax-wx-b-weights = p = softmax(Wx + b)，{ $terms } × { $classes_count }个权重
logistic-p-w-x-b-weights = p = σ(Σ wᵢ xᵢ + b)，{ $terms }个权重
logistic-log-loss-2 = 对数损失：{ $loss }
logistic-at-step = 在第{ $step }步
logistic-log-loss-3 = 对数损失：–
logistic-log-loss-nats = 对数损失：{ $train_log_loss }奈特
logistic-slope-left = 剩余斜率{ $largest_slope }
logistic-j-above = ，J至多高出{ $above }
logistic-the-minimum-was-not-reached = 尚未达到最小值：
logistic-gradient = 梯度：{ $gradient_norm }
logistic-step-epoch = 第{ $step }步，第{ $step2 }轮
logistic-step = 步

# exhibits/logistic/view/board/prepare.rs
logistic-standardise = 标准化
logistic-drop = 略去
logistic-mean = 均值
logistic-median = 中位数
logistic-shuffled = 打乱
logistic-stratified = 分层
logistic-as-scikit-learn = 同scikit-learn
logistic-missing = 缺失值
logistic-held-out = 留出
logistic-of-rows-to-learn-from = { $rows_read }行中的{ $rows }行：{ $learned }行用来学习；{ $features_count }个特征
logistic-no-value-is-missing = 没有缺失值
logistic-1-value-is-missing = 有1个缺失值
logistic-values-are-missing = 有{ $missing }个缺失值
logistic-as-measured = 原始值
logistic-standardised = 已标准化
logistic-as-the-model-sees-it = 模型看到的值
logistic-not-standardised = 未标准化
logistic-no-number = 不是数

# exhibits/logistic/view/board/tune.rs
logistic-take-the-best-c = 采用最佳C
logistic-log-loss-by-c-folds = 各C的对数损失，{ $folds }折
logistic-of-fits = 已拟合{ $tuned_count } / { $all }次
logistic-held-out-deviation = ● 留出 ± 标准差
logistic-learned = ○ 训练
logistic-every-fold-is-a-model = 每一折都单独学一个模型
logistic-best-c-nats = 最佳C = { $c }：{ $mean } ± { $deviation }奈特
logistic-last-c-fold-rows-steps = 刚才：C = { $c }，第{ $fold }折（{ $learned } + { $held_out }行），{ $iterations }步

# exhibits/logistic/view/pointing.rs
logistic-probability = 概率
logistic-held-out-2 = ，留出
logistic-nothing-told-yet = 还没有预测
logistic-told = 预测{ $class }：{ $told }
logistic-row = 第{ $place }行，{ $truth }{ $held_out }

# exhibits/logistic/view/strip.rs
logistic-components = 主成分
logistic-hollow-held-out = 空心：留出
logistic-ring-told-wrongly = 圆环：判错
logistic-of-rows-drawn = 画出{ $rows }行中的{ $rows_count }行
logistic-and-more = { $class }和另外{ $left_out }类
logistic-p-of-0-1-0 = 三个平面：{ $class }的p为0.1，{ $threshold }，0.9
logistic-p-of-line-at = { $class }的p，线在{ $threshold }
logistic-turn = 转动
logistic-p-of = { $class }的p

# exhibits/logistic/view/verdict/coefficients.rs
logistic-the-largest-of = { $of }个中最大的{ $listed }个
logistic-nothing-is-learned-yet = 还没有学到什么
logistic-what-speaks-for = 哪些支持{ $name }
logistic-per-deviation = 每增一个标准差
logistic-per-unit = 每个单位
logistic-of-are-0 = { $weights_count }个中有{ $zeros }个为0

# exhibits/logistic/view/verdict/mod.rs
logistic-all-coefficients = 全部系数
logistic-one-row = 单个样本
logistic-board-of-the-verdict = 判断面板

# exhibits/logistic/view/verdict/waterfall.rs
logistic-press-a-row-ahead = 请点选前方的一个样本
logistic-to-see-how-its-probability = 看看它的概率是怎样得来的
logistic-others-2 = 其余{ $others_count }项
logistic-intercept-b = 截距b
logistic-w-x-b-for = Σ wᵢ xᵢ + b，对{ $name }而言
logistic-the-sum-is-no-finite = 总和不是有限的数
logistic-score = 得分
logistic-softmax-of-all-scores-p = 全部得分的softmax：p = { $told }

# exhibits/logistic/view/wanted.rs
logistic-1-feature = 1个特征
logistic-features-2 = { $count }个特征
logistic-the-program-chooses = 由程序选择
logistic-products = 含乘积
logistic-no-products = 不含乘积
logistic-rows-dropped = 略去缺值的行
logistic-means-filled-in = 补上均值
logistic-medians-filled-in = 补上中位数
logistic-no-penalty = 无惩罚项

# exhibits/logistic/view/board/model.rs
logistic-mini-batch = 小批量

# exhibits/logistic/view/board/mod.rs
logistic-the-five-steps = 五个步骤

# exhibits/logistic/view/verdict/mod.rs
logistic-coefficients = 系数
