# exhibits/digits/data/mod.rs
digits-model-its-images-are-pixels = 它的图片是{ $rows } × { $columns }像素
digits-model-this-exhibit-reads-images-of = 这件展品只读边长为1到64像素的图片
digits-model-it-has-1-class = 它有1个类别
digits-model-it-has-classes = 它有{ $classes }个类别
digits-model-this-exhibit-tells-2-to = 这件展品能区分2到100个类别

# exhibits/digits/mod.rs
digits-model-a-network-learns-to-read = 网络学习识别数字
digits-model-the-digits = 数字展品
digits-model-a-folder-of-idx-files = 装有IDX文件的文件夹，文件名与MNIST或EMNIST的相同
digits-model-32-images = 32张图片
digits-model-as-250-3-scale-0 = 例如250:3:scale=0
digits-model-an-index-of-a-test = 测试图片的序号
digits-model-a-name-of-a-layer = 层的名称
digits-model-a-name-of-a-layer-or = 层的名称或logits
digits-model-the-whole-network = 整个网络
digits-model-a-network-learns-to-read-handwriting = 网络学习识别手写字

# exhibits/digits/model/fused.rs
digits-model-there-are-numbers-instead-of = 应有{ $count }个数，却有{ $other_count }个

# exhibits/digits/model/inside/health.rs
digits-model-a-direction-has-other-layers = 方向与网络的层不一致

# exhibits/digits/model/inside/parameters.rs
digits-model-the-network-has-parameters-but = 网络有{ $all }个参数，给出的却是{ $numbers_count }个

# exhibits/digits/model/learner.rs
digits-model-a-gradient-is-missing = 缺少一个梯度

# exhibits/digits/model/replay/mod.rs
digits-model-the-test-was-broken-off = 测试中断了

# exhibits/digits/model/trainable/bench.rs
digits-model-the-network-is-gone = 网络不见了
digits-model-the-digits-write-no-file = 数字展品不写文件：用--model lenet5 --save net.onnx可以学同样的图片，并写下学到的网络。
digits-model-onnx-runtime-and-whatever-else = ONNX Runtime和其他能读ONNX的程序都可以运行它。

# exhibits/digits/model/trainable/explanation.rs
digits-model-this-model-answers-no-questions = 这个模型不回答问题

# exhibits/digits/model/trainable/health.rs
digits-model-no-limit-is-told-for = 曲率的上限不知道：Adam用来除梯度的数在这里读不到

# exhibits/digits/model/trainable/private.rs
digits-model-the-training-was-private-and = 这次训练是隐私训练，账本不知道每步的噪声，而噪声不是从任何图片学来的：想问它从哪些图片学来，训练时请不用--private
digits-model-after-all-noise-clip = 全部{ $steps }之后为{ $spent }；噪声{ $noise }，裁剪{ $clip }

# exhibits/digits/model/trainable/readout.rs
digits-model-there-is-no-test-image = 没有测试图片{ $index }，一共只有{ $test_count }张
digits-model-a-network-for-digits-is = 数字网络要看的是图片
digits-model-a-drawing-has-numbers-instead = 画出的图应有{ $input }个数，却有{ $pixels_count }个

# exhibits/digits/model/trainable/remembered.rs
digits-model-this-is-no-question-to = 这不是关于训练过程的问题

# exhibits/digits/model/trainable/stages.rs
digits-model-training-images = 训练图片
digits-model-test-images = 测试图片
digits-model-image-size = 图片尺寸
digits-model-0-to-1 = 0到1
digits-model-mean-brightness = 平均亮度
digits-model-filters-of-relu = { $filters }个{ $kernel } × { $kernel2 }的卷积核，ReLU
digits-model-largest-of = { $window } × { $window2 }中取最大
digits-model-to-softmax = { $units }到{ $classes }，softmax
digits-model-glorot-uniform = Glorot均匀分布
digits-model-after-step-without-the-edit = 第{ $step }步之后，不作改动
digits-model-in-3-colours = ，三种颜色
digits-model-pixels = { $rows } × { $columns }像素{ $of }

# exhibits/digits/model/trainable/state.rs
digits-model-the-network-has-not-been = 网络还没有建好

# exhibits/digits/model/trainable/trial.rs
digits-model-the-digits-have-filters-at = 数字展品最多有{ $most_filters }个卷积核，不能有{ $filters }个

# exhibits/digits/open.rs
digits-model-clip-says-how-far-private = --clip规定隐私训练把梯度裁剪到多大：请同时使用--private，或去掉它。
digits-model-taught-takes-the-training-again = { $option }要把训练重做一遍，却不知道--private的噪声：请去掉其中一个。

# exhibits/digits/model/trainable/private.rs
digits-model-private = 隐私

# exhibits/digits/model/trainable/stages.rs
digits-model-brightness = 亮度
digits-model-convolution = 卷积
digits-model-pooling = 汇聚
digits-model-dense = 全连接层
digits-model-parameters = 参数
digits-model-weights = 权重
digits-model-biases = 偏置
digits-model-zero = 零
digits-model-seed = 随机种子
