# exhibits/logistic/data/mod.rs
logistic-model-of-rows-have-no-they = { $rows_read }行中有{ $unlabelled }行没有{ $label }，已略去
logistic-model-nothing-in-it-can-be = 除了{ $label }，其中没有可以用来学习的内容
logistic-model-give-a-table-with-a = 请给出一张表，其中有一列是数值，或是至多50个类别
logistic-model-it-does-not-say-which = 没有说明要预测哪一列：其中有{ $listed }
logistic-model-name-one-of-these-with = 请用--label指定其中一列为标签
logistic-model-its-column-is-in-every = 其中{ $label }列的每一行都是{ $class }
logistic-model-its-column-has-values-in = 其中{ $label }列在{ $codes_count }里有{ $names_count }种取值
logistic-model-its-column-has-values-by = 其中{ $label }列到第{ $line }行已有{ $most_categories }种取值
logistic-model-name-a-column-of-at = 请用--label指定一个至多{ $most_categories }类的列为标签
logistic-model-its-column-is-empty-in = 其中{ $label }列的每一行都是空的
logistic-model-name-a-column-of-two = 请用--label指定一个至少有两类的列为标签

# exhibits/logistic/mod.rs
logistic-model-a-table-becomes-a-verdict = 从一张表到一个判断
logistic-model-a-csv-with-a-column = 一个CSV，其中有要预测的一列
logistic-model-32-rows-of-mini-batches = 小批量32行
logistic-model-what-suits-the-table = 视表格而定
logistic-model-table-to-verdict = 从表格到判断
logistic-model-a-regression-on-tumours-step = 用肿瘤数据做回归，一步一步来

# exhibits/logistic/model/facts.rs
logistic-model-mean-0-deviation-1 = 均值0，标准差1
logistic-model-rows-left-out = 略去该行
logistic-model-mean-instead = 用均值代替
logistic-model-median-instead = 用中位数代替
logistic-model-scikit-learns-seed-42 = 同scikit-learn，种子42
logistic-model-missing-values = 缺失值
logistic-model-to-learn-from = 训练样本
logistic-model-held-out = 留出
logistic-model-features-used = 所用特征
logistic-model-not-defined = 未定义
logistic-model-log-loss = 对数损失
logistic-model-accuracy-of-the-most-frequent = 最常见类别的准确率
logistic-model-accuracy-of-the-nearest-rows = 最近样本的准确率
logistic-model-best-c = 最佳C
logistic-model-time-of-the-fit = 拟合用时

# exhibits/logistic/model/judge.rs
logistic-model-the-model-is-judged-before = 模型还没有完成就要评判
logistic-model-there-are-no-rows-to = 没有可供测试的样本
logistic-model-for-a-class-that-no = 有的类没有留出样本，只好取其余各类的平均
logistic-model-as-all-held-out-rows = 留出样本全属于同一类
logistic-model-as-no-held-out-row = 没有留出样本判为正例
logistic-model-as-no-held-out-row-is = 没有留出样本是正例
logistic-model-as-no-held-out-row-is-positive = 没有留出样本是正例或判为正例
logistic-model-for-a-class-that-no-held = 有的类没有留出样本判入，只好取其余各类的平均
logistic-model-for-a-class-that-no-held-out = 有的类没有留出样本属于它或判入它，只好取其余各类的平均

# exhibits/logistic/model/prepare.rs
logistic-model-it-has-features-with-all = 把所有类别都算上，共有{ $sources_count }个特征
logistic-model-give-a-table-of-at = 请给出至多{ $most_features }个特征的表
logistic-model-of-its-rows-are-left = 只剩下{ $count }行，少于{ $folds }折
logistic-model-no-feature-is-left-that = 剩下的特征全是常数
logistic-model-use-at-least-one-that = 请至少使用一个有变化的特征
logistic-model-of-rows-lack-a-value = { $rows }行中有{ $dropped }行缺值，已略去；用--missing mean或median可以保留
logistic-model-fill-what-is-missing-with = 请用--missing mean或--missing median补上缺失值
logistic-model-give-more-rows-or-fewer = 请给出更多的行，或减少折数--folds
logistic-model-all-rows-that-are-left = 剩下用来学习的行全属于{ $classes }类
logistic-model-give-more-rows-of-the = 请给出更多其他类的行，或使用--split stratified
logistic-model-no-row-of-the-class = 用来学习的行中没有{ $name }类
logistic-model-features-and-classes-are-numbers = { $terms }个特征和{ $classes }个类共有{ $parameters }个数要学习，超过了{ $most_parameters }
logistic-model-use-the-best-ones-such = 请使用最好的特征，例如--features { $most }
logistic-model-the-numbers-in-are-too = { $names }中的数太大
logistic-model-give-them-in-a-larger = 请换用更大的计量单位
logistic-model-the-same-in-all-training = 在所有训练样本中都相同，因此不使用：{ $named }
logistic-model-without-standardising-descent-goes-down = 没有标准化时，学习率不超过{ $usual_rate }才能保证一直下降

# exhibits/logistic/model/ready.rs
logistic-model-its-features-part-the-classes = 其特征能把“{ $label }”的各类毫无差错地分开，因此没有惩罚项时权重会无限增大
logistic-model-choose-penalty-l2-or-penalty = 请选择--penalty l2或--penalty l1

# exhibits/logistic/model/select.rs
logistic-model-features-were-chosen-from-but = 特征是从{ $of }个中选出的，但其中有{ $has }个
logistic-model-choose-anew = 请重新选择
logistic-model-correlations-are-those-of-rows = 相关系数由{ $all }行中均匀抽取的{ $of }行算出
logistic-model-features-and-their-products-are = { $used_count }个特征加上它们的乘积共有{ $count }项，超过了{ $most_terms }项
logistic-model-use-fewer-such-as-the = 请少用一些，例如用--features 50取最好的50个，或不用--pairwise

# exhibits/logistic/model/settings.rs
logistic-model-it-must-be-a-positive = 它必须是有限的正数
logistic-model-a-model-needs-at-least = 模型至少需要一个特征
logistic-model-it-must-be-from-0 = 它必须在0到1之间
logistic-model-there-can-be-from-2 = 折数必须在2到100之间

# exhibits/logistic/model/split.rs
logistic-model-of-its-rows-are-left-to = 剩下{ $train_count }行用来学习，{ $test_count }行用来测试，不够分成{ $folds }折
logistic-model-split-sklearn42-names-rows-of = --split sklearn42按行号划分随程序附带的肿瘤数据，而这是别的数据
logistic-model-say-split-shuffled-or-split = 请使用--split shuffled（打乱）或--split stratified（分层）

# exhibits/logistic/model/trainable.rs
logistic-model-the-table-has-not-been = 表格还没有准备好
logistic-model-a-table-is-asked-for = 对表格只能问其中的一行

# exhibits/logistic/narrator.rs
logistic-model-of-columns-to-tell-from = { $name }：{ $rows }，{ $features_count }列，用来预测{ $label }，类别有：{ $classes }
logistic-model-loss-rows-s = 损失{ $loss }  { $speed }行/秒
logistic-model-right = 答对{ $accuracy }
logistic-model-rows-s-the-rows-that = ，{ $examples_per_second }行/秒{"\u000A"}  留出的样本：准确率{ $accuracy }，对数损失{ $log_loss }，AUC { $auc }，精确率{ $precision }，召回率{ $recall }，F1 { $f1 }{"\u000A"}  L-BFGS：{ $iterations }，用时{ $fit_milliseconds } ms；各折的最佳C：{ $best_c }{"\u000A"}  准确率：总答最常见类别{ $majority_accuracy }，看最近样本{ $neighbours_accuracy }
logistic-model-the-minimum-was = 最小值{ $words }
logistic-model-c-log-loss-training-loss = {" "}         C         对数损失       训练损失           准确率     AUC    迭代次数

# exhibits/logistic/open.rs
logistic-model-batch-is-for-mini-batches = --batch用于小批量，但现在每次都用全部的行来学习：请同时使用--solver mini-batch。
logistic-model-preparing = 正在准备{ $features }

# exhibits/logistic/model/facts.rs
logistic-model-no = 否
logistic-model-shuffled = 随机打乱
logistic-model-stratified = 分层
logistic-model-rows = 行数
logistic-model-features = 特征
logistic-model-classes = 类别
logistic-model-standardised = 标准化
logistic-model-split = 划分
logistic-model-none = 无
logistic-model-terms = 项
logistic-model-parameters = 参数
logistic-model-penalty = 惩罚项
logistic-model-neighbours = 近邻
logistic-model-iterations = 迭代
logistic-model-positive = 正类
logistic-model-minimum = 最小值

# exhibits/logistic/model/trainable.rs
logistic-model-coefficients = 系数
logistic-model-zero = 零
logistic-model-intercepts = 截距
logistic-model-seed = 随机种子
logistic-model-accuracy = 准确率
logistic-model-precision = 精确率
logistic-model-recall = 召回率
logistic-model-value-as = { $value }，{ $why }
