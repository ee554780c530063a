# exhibits/network/errand.rs
network-model-is-read-as = { $picture }识别为{ $read_as }{"\u000A"}
network-model-the-other-together = { $value } %  其余{ $others_count }类合计

# exhibits/network/mod.rs
network-model-any-network-layer-by-layer = 任意网络，一层一层看
network-model-a-network-of-ones-own = 自己的网络
network-model-pictures-in-a-folder-for = 按类分文件夹或由CSV列出的图片、IDX文件、CIFAR的二进制版、.npz，或者给读文字的网络一段文字
network-model-what-the-description-says = 描述里所写
network-model-as-250-3-scale-0 = 例如250:3:scale=0
network-model-an-index-of-a-test = 测试图片的序号
network-model-a-name-of-a-layer = 层的名称
network-model-a-name-of-a-layer-or = 层的名称或logits
network-model-the-whole-network = 整个网络
network-model-a-training-elsewhere = 其他程序（例如PyTorch）的训练
network-model-any-network-that-you-describe = 你描述的任意网络，一层一层看
network-model-saved-as = 保存为

# exhibits/network/model/bench.rs
network-model-say-save-net-onnx-which = 请用--save net.onnx，每轮之后会把网络连同所学的一起写入。
network-model-onnx-runtime-and-whatever-else = ONNX Runtime和其他能读ONNX的程序都可以运行这个文件，其中有

# exhibits/network/model/edit.rs
network-model-this-network-reads-a-text = 这个网络读的是文字，它的单元无法逐个识别

# exhibits/network/model/explanation.rs
network-model-this-network-reads-a-text-which = 这个网络读的是文字，没有{ $needs }

# exhibits/network/model/health.rs
network-model-there-are-no-images = 没有图片

# exhibits/network/model/lessons.rs
network-model-0-to-1 = 0到1
network-model-a-network-for-images-is = 图片网络要看的是图片
network-model-a-network-for-text-is = 文字网络要看的是文字
network-model-it-has-numbers-instead-of = 应有{ $size }个数，却有{ $numbers_count }个
network-model-there-is-no-test-only = 没有序号为{ $index }的测试{ $one }，一共只有{ $test_len }个
network-model-it-is-shown-something-that = 给它看的东西它不认识

# exhibits/network/model/own_picture.rs
network-model-type-a-text-below-it = 请在它下面写一段文字，或去看图片网络
network-model-this-network-reads-a-text-2 = 这个网络读的是文字
network-model-a-network-answers-no-such = 网络不回答这样的问题

# exhibits/network/model/past/mod.rs
network-model-this-is-no-question-to = 这不是关于训练过程的问题

# exhibits/network/model/saving.rs
network-model-resumed-is-not-taken-again = { $option }要从第一步起把训练重做一遍，但--resume的文件是怎样学成的并不知道：请去掉其中一个。
network-model-resumed-in-epoch-after-step = 已继续：第{ $epoch }轮，第{ $step }步之后；曲线从那里开始
network-model-what-it-holds-would-be = 原有内容会被覆盖：请让它的文件夹可写
network-model-the-network-is-not-saved = 网络没有保存：请腾出空间
network-model-there-is-no-array = 没有数组“{ $array }”

# exhibits/network/model/stages.rs
network-model-training-images = 训练图片
network-model-test-images = 测试图片
network-model-image-size = 图片尺寸
network-model-test-passages = 测试文段
network-model-class-weights = 类别权重
network-model-after-step-without-the-edit = 第{ $step }步之后，不作改动
network-model-after-step = 第{ $step }步之后
network-model-of-the-file = 取自文件
network-model-as-pytorch-begins = 与PyTorch的初值相同
network-model-rate-falls-by-a-cosine = { $optimiser }，学习率按余弦下降
network-model-rate-every = { $optimiser }，学习率每{ $epochs } × { $gamma }
network-model-the-last-layer-alone = 只有最后一层，{ $count }
network-model-the-run-before = 上一次训练

# exhibits/network/model/trial.rs
network-model-this-network-reads-a-text-for = 这个网络读的是文字，医生对它没有办法
network-model-a-network-of-your-own = 自己的网络有多宽由文件决定：请在文件里写宽一些，再重新打开

# exhibits/network/model/trouble.rs
network-model-the-first-are-among-the = 最先出现在权重“{ $name }”中
network-model-the-first-layer-that-makes = 最先产生它的是“{ $name }”层

# exhibits/network/narrator.rs
network-model-of-to-be-tested-on = { $name }：{ $set_count }用于测试，每段{ $width }，字符表有{ $classes_count }

# exhibits/network/open/advice.rs
network-model-colours-it-is-for-colour = 颜色：它要彩色图片；灰度图片会同样送进三个通道
network-model-give-one-for-each-class = 请给每类一个，或写"balanced"
network-model-training = {"["}training]：{ $fault }
network-model-it-learns-a-text-and = 它学的是文字，而--freeze用于图片
network-model-leave-freeze-out = 请去掉--freeze
network-model-augmentation-is-of-images = {"["}augmentation]用于图片
network-model-leave-it-out = 请去掉它
network-model-in-training-lets-both-count = { $unequal }：在[training]里写{ $class_weights_setting }，训练时各类就同样重要
network-model-what-freeze-keeps-as-it = --freeze要保持不变的部分还什么都没学过
network-model-name-what-it-learned-with = 请用--weights给出学到的权重，或去掉--freeze
network-model-freeze-looks-at-each-image = --freeze对每张图片只看一次，而[augmentation]每次都会改变图片
network-model-leave-one-of-both-out = 请去掉其中一个
network-model-classes-has-has = 类别：{ $most }有{ $many }，{ $fewest }有{ $few }张
network-model-few-images-about-of-each = 图片少：每类大约{ $each }张；--freeze只让最后一层学习，需要的图片更少，也更快

# exhibits/network/open/brought.rs
network-model-pixels-is-part-of-the = --pixels是已保存网络的一部分：要继续训练，请去掉它。
network-model-it-is-for-images-of = 它要求图片的{ $word }为{ $wants }，而{ $name }的是{ $has }
network-model-give-pictures-with-data-a = 请用--data给出图片（每类一个文件夹），读入时会缩放到它的尺寸

# exhibits/network/open/described.rs
network-model-pixels-is-for-networks-that = --pixels用于导入的网络：描述的网络请以batch_norm开头。
network-model-correct-the-description = 请改正描述
network-model-correct-the-description-or-leave = 请改正描述，或不用--weights给出权重
network-model-name-a-description-in-toml = 请给出一份TOML描述、一个以.onnx或.keras结尾的网络，或下列之一：{ $known }
network-model-it-is-a-folder = 它是一个文件夹
network-model-is-no-text = { $path }不是文本
network-model-it-is-longer-than-a = 它太长，描述最多1 MiB

# exhibits/network/open/memory.rs
network-model-it-takes-about-while-it = 以{ $batch }为一批学习时，它大约要用{ $plan }，而空闲的有{ $free }
network-model-try-batch = 请试试更小的批：--batch { $batch }
network-model-take-a-smaller-network-or = 请换一个小些的网络，或关闭其他程序

# exhibits/network/open/mod.rs
network-model-bring-an-onnx-file-of = 请导入能区分图片的网络的ONNX文件
network-model-save-it-again-or-bring = 请重新保存，或以ONNX导入：model.export("x.onnx", format="onnx")
network-model-the-network-has-weights-of = 这个网络自己带有权重
network-model-leave-weights-out-or-name = 请不用--weights给出权重，或用--model给出一份描述
network-model-leave-look-at-out = 请去掉--look-at
network-model-leave-out = 请去掉{ $option }

# exhibits/network/open/places.rs
network-model-a-network-is-saved-as = 网络只能保存为ONNX，或TOML描述
network-model-let-the-name-after-save = --save后面的文件名请以.onnx或.toml结尾
network-model-it-is-what-names-and = 它正是{ $option }所给的文件，会被覆盖
network-model-name-another-file-with-save = 请用--save给出另一个文件
network-model-name-a-file-in-a = 请用--save给出一个文件，它所在的文件夹要可写
network-model-it-is-there-and-no = 它已经存在，但不是普通文件
network-model-it-is-a-link-that = 它是一个没有目标的链接

# exhibits/network/open/resume.rs
network-model-begin-anew-without-resume = 请不用--resume，重新开始
network-model-name-an-onnx-file-that = 请给出一个由--save写成的ONNX文件
network-model-make-it-readable = 请让它可读
network-model-the-training-that-was-saved = { $path }旁边保存的训练让每一层都学习：请去掉--freeze，或者不用--resume，改用--model导入它的网络并加上--freeze。
network-model-is-but-the-training-that = { $option }是{ $is }，而{ $path }旁边保存的训练是{ $was }：请去掉这个选项，或者{ $remedy }。
network-model-the-training-that-was-saved-beside = { $path }旁边保存的训练是用{ $device }计算的，用{ $name }会得到不同的二进制位：请使用--device { $device2 }。
network-model-the-training-that-was-saved-beside-has = { $path }旁边保存的训练已完成{ $epochs }轮中的{ $done }轮：请用--epochs给出总共要多少轮。
network-model-it-was-trained-on-other = 它训练时用的数据与{ $name }不同，虽然数量一样
network-model-it-was-trained-on-but = 它训练时用的是{ $wants }，而{ $name }有{ $has }
network-model-give-the-same-data-with = 请用--data给出同样的数据
network-model-it-was-trained-with = 它训练时的设置是{ $others }
network-model-let-training-say-the-same = 请让[training]里的训练设置与它一致，或不用--resume，重新开始
network-model-its-numbers-of-steps-contradict = 其中的步数互相矛盾
network-model-name-the-network-that-was = 请给出当初保存为{ $path }的网络
network-model-it-is-another-network-the = 这是另一个网络：保存的那个权重不同（{ $fault }）
network-model-it-is-another-network-than = 这不是当初保存的那个网络

# exhibits/network/open/text.rs
network-model-name-its-description-with-model = 请用--model给出它的描述，用--resume给出文件
network-model-it-reads-text-but-was = 它读的是文字，但保存时这类文件里还不含描述
network-model-its-description-is-not-of = 它的描述不是文字网络的
network-model-its-characters-are-in-no = 它的字符没有按顺序排列，或者太多
network-model-pixels-is-of-images-but = --pixels用于图片，而这个网络读的是文字：请去掉它。

# exhibits/network/model/stages.rs
network-model-brightness = 亮度
network-model-passages = 文段
network-model-context = 上下文
network-model-alphabet = 字符表
network-model-augmentation = 数据增强
network-model-network = 网络
network-model-parameters = 参数
network-model-units = 单元
network-model-multiply-adds = 乘加运算
network-model-learns = 学习的部分
network-model-weights = 权重
network-model-optimiser = 优化器
network-model-seed = 随机种子

# exhibits/network/open/brought.rs
network-model-rows = 行数
network-model-columns = 列数
network-model-remark = 注意
