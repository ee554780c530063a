# learning/onnx/conformance.rs
onnx-output = 输出{ $at }：{ $why }
onnx-its-input-is-of-no = 它的输入“{ $name }”不是浮点数
onnx-its-input-is-too-large = 它的输入太大
onnx-a-list-of-arrays-is = 有一列数组是空的
onnx-its-dimensions-are-instead-of = 它的维度是{ $dims }，应为{ $dims2 }
onnx-its-numbers-are-instead-of = 它的数值类型是{ $kind }，应为{ $kind2 }
onnx-number-is-instead-of = 数值{ $at }是{ $made }，应为{ $wanted }

# learning/onnx/mod.rs
onnx-it-reads-which-nobody-has = { $called }：它读取“{ $name }”，但此前没有任何节点算出它
onnx-its-output-is-made-by = 没有任何节点算出它的输出“{ $missing }”
onnx-its-output-is-made-by-nobody = 没有任何节点算出它的输出“{ $name }”

# learning/onnx/node.rs
onnx-its-input-is-missing = 它缺少输入{ $at }
onnx-a-whole-number = 整数
onnx-a-number = 数
onnx-a-text = 文本
onnx-whole-numbers = 一列整数
onnx-numbers-that-are-not-below = 一列不小于零的数
onnx-its-attribute-is-not-known = 这里不支持它的属性“{ $name }”
onnx-its-attribute-is-no = 它的属性“{ $name }”不是{ $wanted }

# learning/onnx/operators/casts.rs
onnx-it-makes-numbers-of-kind = 它算出类型为{ $number }的数值，这里不支持
onnx-it-counts-from-to-by = 它从{ $start }数到{ $end }，每次加{ $step }

# learning/onnx/operators/dropout.rs
onnx-it-leaves-out-numbers-at = 它随机去掉一些数值，没有两个程序会做得一样

# learning/onnx/operators/functions.rs
onnx-it-is-given-whole-numbers = 它得到的是整数，需要的却是小数

# learning/onnx/operators/mod.rs
onnx-the-operator-is-of-not = 这个算子属于“{ $domain }”，不是ONNX自带的：请不用它再导出网络
onnx-it-names-no-operator = 它没有写明算子
onnx-it-holds-a-network-of = 它内含一个网络，走向取决于数值
onnx-networks-with-a-memory-from = 不支持一步步带着记忆的网络
onnx-the-file-is-quantised-export = 文件经过量化：请以完整的数值导出网络
onnx-it-works-on-lists-of = 它处理的是数组的列表
onnx-it-makes-random-numbers-which = 它产生随机数，没有两个程序产生得一样
onnx-the-operator-is-not-known = 这里不支持这个算子

# learning/onnx/operators/norms.rs
onnx-it-normalises-each-place-by = 它对每个位置单独做规范化，这里不支持
onnx-it-takes-maps-but-was = 它需要特征图，得到的却是{ $size }
onnx-groups-do-not-divide-channels = { $channels }个通道不能平分成{ $groups }组
onnx-its-size-is-below-one = 它的大小不到1

# learning/onnx/operators/pairs.rs
onnx-it-reads-nothing = 它什么也不读取
onnx-its-result-is-no-number = 它的结果不是能保存的数：除以了零，或溢出了
onnx-its-result-is-no-array = 它的结果不是数组
onnx-it-points-beyond-what-it = 它指到了所读内容之外

# learning/onnx/operators/places.rs
onnx-it-repeats-times = 它要把{ $size }重复{ $times }次
onnx-it-does-not-say-where = 它没有说明在哪里切
onnx-its-starts-ends-axes-and = 它的起点、终点、轴和步长个数不同
onnx-it-cuts-in-steps-of = 它切取的步长为零
onnx-its-mode-is-not-known = 这里不支持它的mode“{ $mode }”
onnx-it-does-not-say-how = 它没有说明填充多少
onnx-its-pads-are-not-two = 它的填充{ $pads }不是每个轴两个
onnx-it-takes-matrices = 它需要矩阵

# learning/onnx/operators/products.rs
onnx-it-multiplies-by-which-do = 它用{ $left }乘{ $right }，两者不相配
onnx-it-takes-two-matrices-but = 它需要两个矩阵，得到的却是{ $left }和{ $right }
onnx-its-biases-do-not-fit = 它的偏置与卷积核{ $filters }不相配
onnx-its-filters-do-not-fit = 它的卷积核{ $filters }与{ $size }不相配
onnx-it-takes-one-to-three = 它只接受一到三维，而不是{ $space }
onnx-its-group-is = 它的group是{ $groups }
onnx-its-pads-leave-nothing = 它的填充太多，什么也没留下
onnx-it-takes-one-to-three-dimensions = 它只接受一到三维，而不是{ $size }

# learning/onnx/operators/resize.rs
onnx-it-is-given-sizes-for = 它得到{ $count }个大小，轴却有{ $axes_count }个
onnx-it-makes-places-of = 它要把{ $old }个位置变成{ $new }个

# learning/onnx/operators/shapes.rs
onnx-cannot-become-they-differ-in = { $has }不能变成{ $dims }：数值个数不同
onnx-it-joins-numbers-of-and = 它拼接{ $kind }和{ $kind2 }两种类型的数值
onnx-it-wants-dimensions = 它要的维度是{ $wanted }
onnx-it-names-an-axis-twice = 它把同一个轴写了两次
onnx-its-order-is-none-of = 它的次序{ $order }不是{ $size }的次序
onnx-it-joins-and-along-axis = 它沿轴{ $along }拼接{ $first }和{ $has }
onnx-it-cuts-out-of = 它要从{ $whole }中切出{ $range }
onnx-a-part-has-a-size = 有一部分的大小小于零
onnx-its-parts-are-not-the = 它的各部分{ $sizes }合起来不是全部{ $whole }
onnx-it-asks-for-rows-of = 它要的行不在其中，一共只有{ $whole }行
onnx-its-value-is-no-array = 它的值不是数值的数组
onnx-its-attribute-value-is-no = 它的属性“value”不是单个数
onnx-it-wants-which-is-no = 它要{ $wanted }，这样的大小无法保存

# learning/onnx/operators/sums.rs
onnx-it-looks-for-the-largest = 它要在空数组中找最大的数

# learning/onnx/operators/windows.rs
onnx-its-auto-pad-is-not = 这里不支持它的auto_pad“{ $auto_pad }”
onnx-its-windows-have-a-size = 它的窗口大小或步长为零
onnx-its-steps-are-not = 它的步长{ $steps }不是{ $rank }个
onnx-its-windows-do-not-fit = 它的窗口{ $kernel }与{ $space }不相配
onnx-its-pads-are-below-zero = 它的填充小于零
onnx-its-window-of-does-not = 它的窗口{ $kernel }放不进{ $space }

# learning/onnx/value.rs
onnx-its-output-has-dimensions-instead = 它的输出维度是{ $has }，应为{ $rows } × { $columns }
onnx-it-takes-one-number-there = 它在那里只要一个数，得到的却是{ $numbers_count }个
onnx-burn-cannot-read-its-numbers = burn读不了它的数值：{ $error }
onnx-it-makes-which-is-more = 它算出{ $dims }，多得无法保存
onnx-it-was-given-and-which = 它得到{ $a }和{ $b }，两者不相配
onnx-its-axis-is-but-what = 它的轴是{ $axis }，而它读取的只有{ $rank }维

# network/onnx/array.rs
onnx-it-has-a-dimension-of = 它有一个维度是{ $dim }，小于零
onnx-it-has-dimensions-more-than = 它的维度是{ $dims }：超过{ $most_numbers }个数值

# network/onnx/mod.rs
onnx-of = 算出“{ $made }”的{ $operator }

# network/onnx/read.rs
onnx-it-holds-no-network-save = 它里面没有网络：请用torch.onnx.export保存
onnx-it-is-of-opset-but = 它的opset是{ $opset }，而这里支持{ $oldest }到{ $newest }：请用opset_version={ $clamp }导出
onnx-it-is-no-plain-file = 它不是普通文件
onnx-it-is-damaged-or-no = 它已损坏或不是ONNX：它的各部分不是ONNX应有的
onnx-it-has-nodes-but-at = 它有{ $count }个节点，而最多只能有{ $most_nodes }个
onnx-the-attribute-has-no-value = 属性没有值
onnx-the-attribute-is-of-a = 属性的类型这里不支持
onnx-it-holds-texts-which-are = 它含有文本，这里不支持
onnx-it-holds-complex-numbers-which = 它含有复数，这里不支持
onnx-its-numbers-are-of-kind = 它的数值类型是{ $number }，这里不支持
onnx-it-has-bytes-instead-of = { $count }个数值应占{ $wanted }字节，它却有{ $is }字节
onnx-it-has-numbers-instead-of = 它有{ $has }个数值，而应有{ $count }个
onnx-its-numbers-lie-in-but = 它的数值在“{ $name }”里，但这里只读同一文件夹中的文件：请移到那里
onnx-its-numbers-lie-in-which = 它的数值在“{ $name }”里，但读不了：{ $error }
onnx-its-place-in-is-no = 它在“{ $name }”中的位置不是数
onnx-it-needs-bytes-of-which = 它需要“{ $name }”中的{ $bytes }字节，那里却没有含这些字节的文件：请重新导出网络

# network/onnx/scan.rs
onnx-its-messages-are-nested-too = 它的消息嵌套太深，不会是网络
onnx-it-is-damaged-or-no-onnx = 它已损坏或不是ONNX：有一个长度超出了所在的部分
onnx-it-is-cut-off-it = 它不完整：在一个数的中间就断了

# network/onnx/write.rs
onnx-holds-a-network-which-is = “{ $name }”内含网络，无法写入
onnx-numbers-of-are-not-written = 无法写入{ $kind }类型的数值

# network/onnx/mod.rs
onnx-nothing = 无
onnx-attribute-of = { $node }的“{ $name }”
