
# exhibits/digits/view/detail_view/choice.rs
digits-convolution-map = 卷积，特征图{ $map }
digits-after-relu-map = ReLU之后，特征图{ $map }
digits-pooled-map = 汇聚后，特征图{ $map }
digits-filter = 卷积核{ $filter }
digits-weights-from-map-to = 从特征图{ $filter }到“{ $class }”的权重

# exhibits/digits/view/detail_view/panel.rs
digits-close = 关闭

# exhibits/digits/view/detail_view/values.rs
digits-filter-bias = 卷积核{ $filter }，偏置{ $filter_biases }

# exhibits/digits/view/layers.rs
digits-input = 输入
digits-filters = 卷积核
digits-convolution = 卷积
digits-after-relu = ReLU之后
digits-pooled = 汇聚后
digits-weights-to = 各类的权重
digits-weights-to-2 = 到“{ $name }”的权重

# exhibits/digits/view/mod.rs
digits-draw-a-digit = 画一个数字

# exhibits/digits/view/naming.rs
digits-red = 红
digits-green = 绿
digits-blue = 蓝
digits-row-column = 第{ $row }行，第{ $column }列
digits-input-2 = 输入，{ $map }
digits-map-row-column = 特征图{ $map }，第{ $row }行，第{ $column }列
digits-filter-weight = 卷积核权重
digits-filter-weight-2 = 卷积核权重，{ $of }
digits-filter-row-column = 卷积核{ $filter }，第{ $row }行，第{ $column }列
digits-weight-to = 通往“{ $class }”的权重
digits-logit-of = “{ $class }”的得分
digits-class = 类别{ $column }
digits-probability-of = “{ $class }”的概率
digits-on-its-plinth = 数字
digits-dead-layer = 0：这一层已死
