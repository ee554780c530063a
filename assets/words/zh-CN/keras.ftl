# network/keras/archive.rs
keras-it-is-no-plain-file = 它不是普通文件
keras-it-is-hdf5-as-keras = 它是Keras 2保存的HDF5：请用Keras 3打开，再另存为x.keras
keras-it-is-damaged-or-no = 它已损坏，或不是Keras 3保存的归档
keras-it-was-saved-by-version = 它由Keras版本{ $version }保存，而这里支持3：请用Keras 3打开后再保存
keras-its-is-no-json = 它的{ $name }不是JSON：{ $error }
keras-its-is-damaged-or-cut = 它的{ $name }已损坏或不完整
keras-it-holds-no-as-networks = 它里面没有Keras 3网络应有的{ $name }
keras-its-has-bytes-more-than = 它的{ $name }有{ $size }字节，超过上限{ $most }
keras-its-would-become-bytes-of = 它的{ $name }会由{ $packed }字节展开成{ $size }字节，没有网络会这样

# network/keras/builder.rs
keras-it-has-more-than-layers = 它超过{ $most_layers }层
keras-its-weights-are-instead-of = 它的权重{ $at }是{ $dims }，应为{ $dims2 }
keras-it-is-used-twice-for = 它用了两次而数据的排列不同，或有两层都叫“{ $name }”
keras-pixels-0-to-255-since = 像素：0到255，因为{ $why }

# network/keras/edges.rs
keras-what-it-reads-is-not = 它读取什么，写法与Keras 3不同
keras-it-reads-what-no-layer = 它要读取的内容没有哪一层算出

# network/keras/entries.rs
keras-its-config-json-has-a = 它的config.json中有一层缺少class_name、config或name

# network/keras/flow.rs
keras-it-must-know-the-size = 它必须知道图片的大小：请给网络一个大小固定的输入Input
keras-it-takes-maps-of-rows = 它需要由行、列和通道组成的特征图，得到的却有{ $dims_count }维
keras-are-more-than-numbers = { $dims }超过{ $most_numbers }个数值

# network/keras/inputs.rs
keras-its-inputlayer-has-no-batch = 它的输入层InputLayer没有batch_shape
keras-inputlayer = 输入层InputLayer“{ $path }”
keras-its-input-is-of-whole = 它的输入是整数
keras-input-its-numbers-are-those = 输入：它的{ $length }个数值是{ $side }行、每行{ $side }个像素

# network/keras/layers/activations.rs
keras-its-activation-is-of-someones = 它的激活函数是自定义代码，这里不执行
keras-its-activation-is-not-known = 这里不支持它的激活函数{ $other }
keras-its-threshold-or-its-slope = 这里不支持它的阈值，或它在有上限时的斜率
keras-it-is-over-several-axes = 它跨越多个轴，这里不支持

# network/keras/layers/merges.rs
keras-it-joins-what-has-and = 它要合并的一个有{ $rank }维，一个有{ $rank2 }维
keras-it-joins-and-which-do = 它要合并{ $a }和{ $b }，两者不相配
keras-it-joins-layers = 它要合并{ $flows_count }层
keras-it-joins-layers-of-different = 它要合并维数不同的层

# network/keras/layers/mod.rs
keras-it-is-quantised-save-the = 它经过量化：请以完整的数值保存网络
keras-it-has-channels-first-save = 它的通道在前：请用channels_last保存网络
keras-it-reads-layers-which-is = 它读取{ $count }层，这里不支持
keras-it-cuts-images-to-a = 它把图片裁剪到一定大小：请先裁剪好，再去掉这一层
keras-it-holds-someones-own-code = 它含有自定义代码，这里不执行
keras-layers-of-this-class-are = 这里不支持这一类的层

# network/keras/layers/norms.rs
keras-its-axis-is-not-the = 它的轴不是最后一个，或那个轴的大小未知
keras-it-normalises-rows-of-several = 它对由多个特征组成的行做规范化，或使用renorm，这里不支持
keras-its-rms-scaling-is-not = 这里不支持它的rms_scaling
keras-it-normalises-other-axes-than = 它规范化的不是最后几个轴，这里不支持
keras-it-does-not-know-the = 它不知道要规范化的内容有多大
keras-its-groups-do-not-divide = 它的{ $channels }个通道不能平分成{ $groups }组
keras-it-has-numbers-which-do = 它有{ $count }个数值，与它的通道不相配
keras-its-first-layer-rescaling-is = 它的第一层Rescaling就是为此而设
keras-it-is-inverted-which-is = 它是反向的，这里不支持
keras-its-first-layer-normalization-has = 它的第一层Normalization的均值有这么大

# network/keras/layers/operations.rs
keras-operations-of-this-class-and = 这里不支持这一类运算及这些设置

# network/keras/layers/products.rs
keras-it-does-not-know-how = 它不知道要读取多少个特征
keras-its-groups-do-not-divide-channels = 它的{ $channels }个通道和{ $filters }个卷积核不能平分成{ $groups }组
keras-its-pads-leave-nothing = 它的填充太多，什么也没留下

# network/keras/layers/shapes.rs
keras-its-target-shape-does-not = 它的target_shape { $numbers }与读取的内容不相配
keras-its-dims-do-not-name = 它的dims没有让每个维度恰好出现一次
keras-it-leaves-nothing = 它什么也没留下
keras-its-interpolation-is-not-known = 这里不支持它的插值方式{ $other }
keras-its-rate-is-but-goes = 它的比率是{ $rate }，但应在0到1之间

# network/keras/layers/windows.rs
keras-its-window-reaches-but-is = 它的窗口要伸到{ $reach }，而特征图只有{ $size }
keras-its-padding-is-not-known = 这里不支持它的填充方式{ $other }

# network/keras/settings.rs
keras-its-is-which-is-not = 它的{ $name }是{ $text }，这里不支持

# network/keras/stored.rs
keras-its-model-weights-h5-is = 它的权重文件model.weights.h5已损坏或不是HDF5
keras-its-weights-have-no = 它的权重里没有“{ $place }”
keras-the-weights-are-damaged = 权重已损坏
keras-the-network-has-more-than = 网络超过{ $most_numbers }个数值
keras-its-numbers-are-not-of = 它的数值不是32位的：请用float32保存
keras-its-numbers-lie-apart-or = 它的数值分散存放或经过压缩，与Keras的保存方式不同
keras-the-weights-are-cut-short = 权重不完整

# network/keras/topology.rs
keras-it-is-a-of-someones = 它是自定义代码的{ $class }，这里不执行
keras-it-is-a-model-of = 它是自定义代码的模型，这里不执行
keras-it-does-not-say-what = 它没有说明输入什么样的图片：请以keras.Input(shape)开头，或先调用一次
keras-its-are-not-as-functional = 它的{ $word }与函数式模型的写法不同
keras-takes-inputs-but-is-given = “{ $path }”需要{ $inputs_count }个输入，得到的却是{ $flows_count }个
keras-it-is-given-a-number = 它得到一个数，这里不支持
keras-its-layers-read-each-other = 它的各层互相循环读取，或读取不存在的内容
keras-its-output-is-made-by = 它的输出不是由其中任何一层算出的
keras-it-is-of-someones-own = 它是自定义代码，这里不执行
keras-its-weights-are-those-of = 它的权重是另一层的
keras-left-out = 未采用：{ $names }，只在Keras训练时起作用
keras-dropout-of-numbers = 暂退法：{ $names }在这里丢弃单个数，而不是整张特征图
keras-frozen = 已冻结：{ $names }保持不变，与Keras相同
