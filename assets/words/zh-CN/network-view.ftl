# exhibits/network/view/card.rs
network-channel = 通道{ $channel }

# exhibits/network/view/dropped.rs
network-the-input-stays-as-it = 输入保持不变：{ $why }。
network-cannot-use-drop-a-picture = 无法使用{ $path }：{ $why }；请拖入一张图片，例如PNG或JPEG
network-it-is-no-file = 它不是文件
network-it-is-longer-than-64 = 它超过了64 MiB

# exhibits/network/view/headings.rs
network-layers-2 = { $layers }层

# exhibits/network/view/mod.rs
network-draw-one-of-them = 画其中一类

# exhibits/network/view/overview/card.rs
network-no-layer-is-called-so = 没有叫这个名字的层
network-the-first-of = { $count }个中的第一个
network-no-room-for-its-plate = 没有地方挂它的图板

# exhibits/network/view/overview/family.rs
network-transposed = 转置
network-convolution = { $value }卷积{ $rows } × { $columns }
network-product-of-matrices = 矩阵乘积
network-normalisation-by = 按{ $over }规范化
network-along-dimensions = 沿各维取{ $takes }
network-pooling = { $takes }汇聚{ $rows } × { $columns }
network-means-of-heads = { $heads }个头的平均
network-attention-of-heads = { $heads }头注意力

# exhibits/network/view/pointing.rs
network-filter-channel-row-column = 卷积核{ $filter }，通道{ $channel }，第{ $row }行，第{ $column }列
network-token = 词元{ $at }{ $letter }
network-head-sees = 头{ $map }：{ $row }看{ $column }
network-number = { $row }，第{ $column }个数

# exhibits/network/view/saving.rs
network-save = 保存

# exhibits/network/view/switch.rs
network-units = 单元
network-weights = 权重
network-gradients = 梯度
network-as-it-learns = 正在学的
network-layers-in-blocks = { $layers }层，分成块

# exhibits/network/view/text.rs
network-passage = 文段
network-what-it-writes = 它写的文字
network-type-a-text = 写一段文字
network-it-cannot-read-this = 它读不了这段文字
network-it-goes-on = 它接着写
network-it-goes-on-live = 它接着写，实时
network-is-nowhere-in-the-text = 它学的文字里没有“{ $letter }”

# exhibits/network/view/overview/family.rs
network-linear = 线性
network-embedding = 嵌入
network-sum = 求和
network-concatenation = 拼接
network-input = 输入
network-reshape = 变形
network-word-max = 最大
network-word-min = 最小
network-word-average = 平均
network-word-mean = 均值
network-word-sum = 总和
network-word-batch = 批
network-word-layer = 层
network-word-group = 组
network-word-instance = 实例
network-on-its-plinth = 网络
network-finds-a-layer = / 查找层
network-word-last-token = 最后一个词元
