# network/augmentation.rs
network-files-flipped-both-ways = 左右、上下翻转
network-files-flipped-left-to-right = 左右翻转
network-files-flipped-upside-down = 上下翻转
network-files-shifted-by-up-to = 平移最多{ $shift }
network-files-cropped-with-pixels-around = 四周补{ $crop }个像素后裁剪
network-files-turned-by-up-to = 旋转最多{ $rotate }°
network-files-brightness = 亮度 ± { $brightness }
network-files-contrast = 对比度 ± { $contrast }

# network/brought/adapt.rs
network-files-it-takes-inputs-but-images = 它有{ $names_count }个输入（{ $names }），而图片只是一个输入：请导出成只有一个输入
network-files-its-input-is-of-channels = 它的输入有{ $channels }个通道，而图片有一个或三个：请导出成通道在前，行和列在后
network-files-its-input-has-dimensions-but = 它的输入有{ $dims_count }维，而图片有四维：批、通道、行和列
network-files-its-input-is-of-other = 它的输入不是32位浮点数，而图片是：请用float32导出
network-files-it-is-for-images-of = 它要求图片的{ $word }为{ $wants }，而数据的是{ $has }：请给它图片文件，读入时会缩放到它的尺寸
network-files-outputs-only-the-first-of = 输出：{ $outputs_count }个中只看第一个
network-files-its-images-have-channels-but = 它的图片有{ $channels }个通道，而ImageNet的有三个：请写--pixels signed，或不写这个选项
network-files-pixels-less-imagenets-mean-by = 像素：减去ImageNet的均值，再除以标准差
network-files-pixels-1-to-1 = 像素：−1到1
network-files-it-is-for-images-of-channels = 它要求图片有{ $wants }个通道，而数据有{ $has }个
network-files-colours-it-is-for-colour = 颜色：它要彩色图片；灰度图片会同样送进三个通道
network-files-its-output-is-made-by = 没有任何部分算出它的输出
network-files-last-layer-it-is-new = 最后一层：是新的，因为文件里的区分{ $tells }类，而数据有{ $classes }类

# network/brought/graph.rs

# network/brought/layers/reader.rs
network-files-its-output-is-not-what = 它的输出不是最后一层算出的
network-files-it-has-no-kind-in = 描述里没有与它对应的种类；请把网络存成.onnx
network-files-it-has-no = 它没有{ $word }

# network/brought/layers/weighted.rs
network-files-is-no-weight-of-its = “{ $array }”不是这一层自己的权重，而描述里每层的权重都归自己

# network/brought/learned.rs
network-files-folded-its-normalisations-are-part = 已折叠：它的规范化并进了卷积，所以学起来和作者的不一样；请在训练模式下导出：torch.onnx.export(…, training=torch.onnx.TrainingMode.TRAINING, do_constant_folding=False)

# network/brought/mod.rs
network-files-it-cannot-be-drawn = 画不出来：{ $why }
network-files-it-has-no-weights-that = 它没有可学习的权重

# network/class_weights.rs
network-files-there-are-no-class-weights = 类别权重class_weights没有“{ $word }”这种写法；{ $advice }
network-files-class-weights-is-but-it = 类别权重class_weights是{ $kind }，而它应该是"balanced"，或一个列表，每类一个数
network-files-class-weights-has-numbers-but = 类别权重class_weights有{ $numbers_count }个数，而数据有{ $counts_count }类

# network/describe.rs
network-files-line-is-no-toml = 第{ $line }行不是TOML：{ $trim }
network-files-context-is-of-text-but = context用于文本，而通道channels、行rows和列columns用于图片：请只写其中一类
network-files-input-says-context-so-it = 输入{"["}input]写了context，所以它用于文本
network-files-input-is-for-images-of = 输入{"["}input]要求图片的{ $word }为{ $wanted }，而数据的是{ $size }：不写这一项，就什么尺寸都行
network-files-input-does-not-say-context = 输入{"["}input]没有写context
network-files-the-text-has-characters = 文本有{ $classes }种字符
network-files-the-data-have-classes = 数据有{ $classes }类
network-files-the-last-layer-makes-but = 最后一层算出{ $last }，而{ $are }：请用不写out_features的线性层结尾
network-files-layer = 层“{ $prefix }{ $name }”
network-files-the-network = 网络
network-files-layer-of = { $value }的第{ $own_count }层
network-files-it-needs-a-kind = 要写明种类kind
network-files-a-name-has-letters-and = 名称要有字母，不能有句点
network-files-another-layer-has-this-name = 另一层已经用了这个名称：请换一个
network-files-there-is-no-kind = 没有“{ $kind }”这个种类；{ $advice }
network-files-a-network-has-at-most = 一个网络最多有{ $most_layers }层
network-files-it-makes-of-what-it = 它算出{ $size }，网络到此要学{ $learned }个数，而上限都是{ $most_numbers }个
network-files-no-layer-before-it-is = 前面没有叫“{ $name }”的层；{ $name2 }
network-files-from-is-but-it-must = from是{ $is }，而它应该是一个层的名称，或几个名称的列表
network-files-from-is-an-empty-list = from是空列表：请写出读哪些层

# network/expand.rs
network-files-a-network-is-shown-images = 网络看的是图片或文本，不是{ $other }

# network/fault.rs
network-files-did-you-mean = 你想写的是“{ $best }”吗？
network-files-choose-one-of = 请从中选一个：{ $known }
network-files-it-reads-one-layer-but = 它只读一层，而from写了{ $reads_count }层

# network/graph.rs

# network/head.rs
network-files-it-does-not-end-in = 它不以线性层结尾
network-files-the-weights-of-its-last = 最后一个线性层的权重在别处也用到

# network/infer.rs
network-files-it-reads-begin-with-an = 读到的是{ $read }：请从嵌入embedding开始
network-files-a-pooling = 汇聚
network-files-it-reads-but-a-flatten = 读到的是{ $read }，而展平要的是特征图：请去掉它，线性层会逐个处理词元
network-files-there-is-no-kind-2 = 没有“{ $other }”这个种类
network-files-it-reads-but-takes-maps = 读到的是{ $size }，而{ $what }要的是特征图：请把它放到展平之前
network-files-it-reads-but-takes-maps-as = 读到的是{ $size }，而{ $what }要的是特征图，比如图片的
network-files-a-convolution = 卷积
network-files-it-needs-kernel-size = 要写kernel_size
network-files-groups-do-not-divide-its = 它的{ $channels }个通道和{ $out }个输出通道不能都均分成{ $groups }组
network-files-padding-same-is-for-odd = 填充padding的“same”只用于步幅为1、边长为奇数的卷积核：请写一个数
network-files-its-window-of-does-not = 它的窗口{ $rows } × { $columns }放不进{ $read }：请缩小窗口，或多填充一些
network-files-it-reads-but-a-linear = 读到的是{ $read }，而线性层要的是一行数：请在它前面放一个展平flatten
network-files-its-padding-is-more-than = 填充超过了kernel_size的一半
network-files-it-reads-use-layer-norm = 读到的是{ $read }：词元请用layer_norm
network-files-it-reads-but-layer-norm = 读到的是{ $read }，而layer_norm要的是一行数：请用num_groups = 1的group_norm
network-files-groups-do-not-divide-its-channels = 它的{ $channels }个通道不能均分成{ $groups }组
network-files-it-reads-nothing-name-layers = 它什么也没读：请在from里写出层的名称
network-files-takes-at-least-two-layers = { $kind }至少读两层：请写出它们，例如from = ["conv1", "input"]，其中"input"是输入
network-files-it-adds-and-but-takes = 它把{ $first }和{ $other }相加，而两者的尺寸应该相同：可以用kernel_size为1的卷积把它们变得相同
network-files-it-puts-and-behind-each = 它把{ $first }和{ $other }接在一起，而两者的行数和列数应该相同

# network/made.rs
network-files-it-would-learn-more-than = 要学的数超过{ $most_numbers }个：请缩小它

# network/mod.rs
network-files-one-number = 1个数
network-files-numbers = { $length }个数
network-files-characters = { $length }个字符
network-files-tokens = { $tokens }个词元 × { $features }

# network/optimiser.rs
network-files-there-is-no-optimiser = 没有叫“{ $other }”的优化器；{ $advice }
network-files-there-is-no-loss-here = 这里没有叫“{ $loss }”的损失；只有cross_entropy
network-files-there-is-no-schedule = 没有叫“{ $other }”的学习率调度；{ $advice }

# network/settings.rs
network-files-a-text-in-quotation-marks = 引号里的文字
network-files-it-needs = 要写{ $name }
network-files-has-numbers-but-it-takes = { $name }有{ $both_count }个数，而它只要一个，或行和列各一个
network-files-a-number = 数
network-files-0-or-more = 不小于0
network-files-above-0 = 大于0
network-files-at-least = 不小于{ $least }
network-files-from-to = 在{ $least }到{ $most }之间
network-files-is-but-it-must-be = { $name }是{ $number }，而它应该{ $rule }
network-files-true-or-false = true或false
network-files-a-table = 表
network-files-there-is-no-setting-here = 这里没有“{ $key }”这个设置；{ $advice }
network-files-a-whole-number = 整数
network-files-is-but-at-most = { $name }是{ $number }，而它最多是{ $most_numbers }
network-files-is-but-it-must-be-at = { $name }是{ $number }，而它应该不小于{ $least }
network-files-is-but-it-must-be-2 = { $name }是{ $kind }，而它应该是{ $wanted }
network-files-is-but-it-must-be-above = { $name }是{ $number }，而它应该大于0且有限

# network/tokens.rs
network-files-it-reads-but-takes-tokens = 读到的是{ $size }，而{ $what }要的是词元：请把它放到嵌入之后
network-files-it-reads-but-an-embedding = 读到的是{ $read }，而嵌入要的是文本的字符：请让它读输入，并在[input]里写context
network-files-a-positional-embedding = 位置嵌入
network-files-an-attention = 注意力
network-files-heads-do-not-divide-its = 每个词元的{ $features }个数不能均分给{ $heads }个头

# network/weights/archive.rs
network-files-it-is-an-archive-without = 这个压缩包里没有权重
network-files-it-is-torchscript = 这是TorchScript
network-files-save-a-state-dict-onnx = 请改存成state dict、ONNX或safetensors
network-files-it-is-of-torch-export = 这是torch.export的文件
network-files-it-is-a-model-of = 这是Keras的模型
network-files-open-it-with-model-or = 请用--model打开，或给出PyTorch或safetensors的权重
network-files-it-holds-arrays-of-numpy = 里面是NumPy的数组
network-files-give-weights-of-pytorch-or = 请给出PyTorch或safetensors的权重

# network/weights/arrays.rs
network-files-it-holds-arrays-more-than = 里面有{ $arrays }个数组，超过{ $most_arrays }个
network-files-give-the-weights-of-one = 请给出单个网络的权重
network-files-it-holds-no-weights = 里面没有权重
network-files-it-holds-more-than-numbers = 里面的数超过{ $most_numbers }个
network-files-give-a-smaller-network = 请给一个小些的网络
network-files-it-promises-numbers-more-than = 它声称有{ $all }个数，多得装不下
network-files-fetch-or-save-it-again = 请重新下载或保存
network-files-its-is-cut-short = 其中的{ $name }不完整
network-files-numbers-of-bits-in-became = { $count }里的{ $bits }位数改成了32位

# network/weights/fit.rs
network-files-weights-were-matched-by-their = 权重是按顺序对应的：名称不一样
network-files-the-file-has-no-running = 文件里没有{ $lacking }的滑动均值和方差：它们从0和1开始
network-files-not-taken-from-the-weights = 没有采用的权重：{ $left }
network-files-and-neither-do-the-sizes = 按顺序比较，尺寸也对不上
network-files-and-the-file-does-not = 文件也没有说明顺序
network-files-no-name-fits-the-file = 名称都对不上，{ $order }：文件里有{ $names }，网络里有{ $own }
network-files-the-last-layer-is-new = 最后一层是新的：文件里没有叫{ $path }的层
network-files-the-last-layer-is-new-the = 最后一层是新的：文件里的区分{ $others }类，而数据有{ $classes }类
network-files-and-so-on = { $some }等

# network/weights/misfit.rs
network-files-layer-2 = 层“{ $network }”
network-files-the-nearest-is-of = ；最接近的是{ $name }，尺寸{ $dims }
network-files-the-weights-have-no-of = 权重里没有“{ $wanted }”，尺寸{ $size }{ $near }
network-files-its-is-but-in-the = 它的{ $name }是{ $size }，而权重里的{ $called }是{ $others }
network-files-of-the-weights = 权重里的{ $name }{ $fact }
network-files-the-weights-have-a-of = 权重里有“{ $bias }”，尺寸{ $dims }，而这一层没有偏置：请去掉bias = false
network-files-layer-3 = 层“{ $path }”
network-files-has-numbers-that-are-not = 有不是有限值的数
network-files-has-variances-below-0 = 有小于0的方差

# network/weights/mod.rs
network-files-it-is-hdf5-as-keras = 这是HDF5，Keras存的就是这种
network-files-it-only-points-to-the = 这只是指向文件的指针
network-files-fetch-the-file-with-git = 请用git lfs pull取回文件
network-files-it-is-a-web-page = 这是一个网页
network-files-fetch-the-file-itself = 请下载文件本身
network-files-it-is-packed-by-gzip = 它用gzip压缩过
network-files-unpack-it-with-gunzip = 请用gunzip解压
network-files-it-is-no-plain-file = 这不是普通文件
network-files-name-a-file-of-weights = 请给出权重文件
network-files-it-is-empty = 文件是空的

# network/weights/pytorch.rs
network-files-of-the-checkpoint-was-read = 检查点里读的是“{ $key }”
network-files-it-holds-of-which-no = 里面有{ $kind }，从中读不出权重
network-files-save-a-state-dict-of = 请存成稠密张量的state dict
network-files-it-holds-an-array-of = 里面有超过10 GiB的数组
network-files-its-numbers-are-big-endian = 它的数是大端序
network-files-save-it-on-another-machine = 请在另一台机器上保存
network-files-it-holds-and-no-state = 里面是{ $found }，没有state dict

# network/weights/refusal.rs
network-files-save-it-with-torch-save = 请这样保存权重：torch.save(model.state_dict(), "weights.pt")
network-files-it-is-damaged-or-cut = 文件损坏或不完整
network-files-it-is-neither-weights-of = 这既不是PyTorch的权重，也不是safetensors
network-files-make-it-readable-or-name = 请让它可以读取，或给出另一个文件

# network/weights/safe.rs
network-files-its-header-is-longer-than = 文件头超过32 MiB
network-files-save-it-as-float32 = 请存成float32
network-files-it-holds-numbers-of-type = 里面有类型为{ $other }的数

# network/write/blocks.rs
network-files-its-blocks-are-too-deep = 块嵌套得太深
network-files-a-layer-is-missing = 缺了一层
network-files-is-the-name-of-several = “{ $name }”是好几层的名称
network-files-a-block-reads-nothing = 有一个块什么也没读

# network/write/layer.rs
network-files-a-part-of-an-attention = 注意力的一部分单独出现
network-files-a-layer-reads-what-has = 有一层读的东西在那里没有名称

# network/write/mod.rs
network-files-its-layers-have-names-that = 有些层的名称互相遮住：请换名称

# network/write/training.rs
network-files-its-training-is-no-toml = 它的训练设置不是TOML

# network/brought/adapt.rs
network-files-rows = 行数
network-files-columns = 列数

# network/describe.rs
network-files-channels = 通道数
network-files-it-has-no-layers-begin = 没有任何层：每一层都以[[layers]]开始
network-files-it-has-no-layers-begin-each = 没有任何层：每一层都以[[layers.layers]]开始

# network/settings.rs
network-files-tables-each-begun-by-layers = 若干表，每个都以[[layers]]开始
network-files-batch-one-image = 批：这个文件一次只接受一张图片，所以一批图片要逐张计算；导出时请加上{ $axes }
network-files-kind-text = 文字
network-files-kind-whole = 整数
network-files-kind-decimal = 小数
network-files-kind-boolean = 布尔值
network-files-kind-date = 日期
network-files-kind-list = 列表
network-files-kind-table = 表
