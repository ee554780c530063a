# stream/array.rs
stream-a-frame-holds-more-than = 一帧中的数组超过{ $most_arrays }个
stream-an-array-is-of-instead = 一个数组的类型是{ $dtype }，而应是{ $dtype2 }
stream-an-array-lies-in-no = 有一个数组，却没有存放它的数据体
stream-an-array-lies-from-byte = 一个数组从第{ $start }字节到第{ $end }字节，而数据体只有{ $bytes_count }字节
stream-an-array-of-has-bytes = 含{ $count }个{ $dtype }的数组有{ $bytes_count }字节

# stream/graph.rs
stream-two-tensors-or-two-nodes = 图中有两个张量或两个节点同名
stream-a-graph-names-tensor-but = 图中提到张量{ $id }，但只有{ $tensors_count }个张量
stream-comes-with-numbers-instead-of = { $name }带有{ $has }个数，而应有{ $holds }个
stream-has-not-the-dimensions-of = { $name }属于{ $of }，维度却不相同
stream-tensor-is-too-large = { $name }的数值多到任何内存都放不下
stream-reads-what-nobody-has-made = { $path }要读取的内容还没有算出来

# stream/metric.rs
stream-metrics-but-at-most = 有{ $count }个指标，而最多{ $most_metrics }个

# stream/steps.rs
stream-columns-of-steps-are-not = { $count }步的各列长度不一

# stream/names.rs
stream-a-name-has-bytes-but = 一个名称有{ $bytes }字节，而最多允许{ $longest_name }字节
stream-there-are-more-than-different = 不同的名称超过{ $most_names }个

# stream/number.rs
stream-a-number-is-neither-finite = 有一个数既不是有限的，也不是NaN、inf或-inf

# stream/payload.rs
stream-is-of-version-but-this = { $kind }的版本是{ $version }，而本程序读取的是版本{ $version2 }
stream-there-is-no-payload-called = 没有名为{ $kind }的载荷

# stream/snapshot.rs
stream-layer-numbers-are-not = 层{ $name }：{ $values_count }个数与{ $shape }不符
stream-layer-cells-are-not-the = 层{ $name }：{ $shape }个格子不是它所说的部分
stream-layer-peaks-for-cells = 层{ $name }：{ $values_count }个格子有{ $peaks_count }个峰值

# stream/wire.rs
stream-these-bytes-are-no-frame = 这些字节不是帧：开头是{ $value }，而不是“PCPT”
stream-the-frame-is-of-version = 帧的版本是{ $value }，而本程序读取的是版本{ $version }
stream-there-is-no-message-of = 没有第{ $value }种消息
stream-a-message-of-kind-is = 第{ $value }种消息不是发给读取它的{ $value2 }的
stream-the-has-bytes-but-at = { $value }有{ $value2 }字节，而最多允许{ $value3 }字节
stream-the-frame-is-damaged-its = 帧已损坏：校验和是{ $found }，而应是{ $said }
stream-a-message-of-kind-cannot = 无法读取第{ $value }种消息：{ $value2 }
stream-a-message-of-kind-cannot-be = 无法写出第{ $value }种消息：{ $value2 }

# stream/wire.rs
stream-viewer = 观看端
stream-trainer = 训练端
stream-recording = 记录读取端
stream-header = 头部
stream-body = 正文
stream-at-full-speed = 全速
