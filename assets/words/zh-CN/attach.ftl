# attach
attach-the-port-cannot-be-had = 无法监听端口{ $port }：{ $why }。请关闭占用它的程序，或用--port指定另一个端口。
attach-no-thread = 系统没有给出线程：{ $why }
attach-no-randomness = 操作系统没有提供生成口令所需的随机数：{ $why }。请用--token给出自己的32位十六进制数字。
attach-a-token-has-32-digits = 口令由32位十六进制数字组成
attach-no-folder-for-the-file = XDG_RUNTIME_DIR和HOME都没有给出文件夹，所以必须把端口和口令告诉脚本。
attach-the-file-is-not = 无法写入{ $path }（{ $why }），所以必须把端口和口令告诉脚本。

# attach/door.rs
attach-too-many-wait = 等待接入的连接太多：请过几秒再试。
attach-nothing-was-said = 五秒内没有收到任何内容：请先发送问候帧。
attach-too-many-wrong = 一分钟内给出了{ $most }个错误的口令：请等一分钟，再给出展厅显示的口令。
attach-another-token = 这不是展厅显示的口令。
attach-another-version = 训练程序使用的协议是版本{ $theirs }，而本展厅是版本{ $ours }：请用本程序重新写出Python包。
attach-one-at-a-time = 已经接入了一个训练，展厅一次只显示一个，所以没有让{ $program }接入。
attach-no-hello = 无法读取问候帧：{ $why }。
attach-no-frames = 这些字节不是本协议的帧：到达这个端口的是别的东西。
attach-a-hello-comes-first = 首先必须是问候帧，其头部最多{ $most }字节，没有正文。

# attach/news.rs
attach-attached = { $program }已接入。
attach-attached-with = { $program }（使用{ $framework }）已接入。
attach-connected = 正在观看{ $program }提供的训练。
attach-ended = 这个训练不再提供：{ $why }。
attach-left = 训练已结束，它的程序已离开；看到的内容会保留。
attach-gone = 训练所在的程序已离开；看到的内容会保留，它回来时会开始新的一次运行。
attach-wrong = 训练已被断开：{ $why }。看到的内容会保留。
attach-refused = 没有新的训练接入。{ $why }
attach-not-there = 在别的程序里进行的训练，不能从这里重新开始或更改

# attach/keeper.rs
attach-nobody-is-attached = 没有训练接入
attach-it-has-gone = 它的程序已离开
attach-it-broke-off = 它在一帧的中途断开了
attach-it-does-not-read = 它不读取向它提出的请求
attach-it-does-not-answer = 模型在另一个程序里，那个程序不回答这样的问题

# attach/caller.rs
attach-nobody-serves = 无法连接{ $address }：{ $why }。“perceptarium serve”是否在那里运行，从这里能否到达这个端口？
attach-no-service = { $address }处的程序不使用本协议：{ $why }。
attach-it-serves-nothing = { $address }处的程序没有提供可以观看的训练。
attach-it-says-nothing = { $address }处没有任何回应：那里监听的是别的程序。
attach-not-let-in = { $address }处的服务不让接入。{ $why }

# attach/gate
attach-another-exhibit = 它的训练现在属于展品{ $name }
attach-a-hello-comes-once = 问候帧只能有一次，而且在最前面
attach-a-run-begins-first = 运行开始之后，才能说明它的任何内容
attach-a-graph-comes-first = 必须先说明计算图，才能发送它的快照
attach-a-run-says-too-much = 这次运行说明的内容多到无法保存
attach-no-such-material = 它以本展厅不能显示的方式说明了学习的内容
attach-metrics-of-a-split = { $split }有{ $count }个指标，但训练至少要有一个，最多{ $most }个
attach-learning-rates-are-none = 学习率不能从{ $least }到{ $most }
attach-counts-too-many = { $name }是{ $count }，超出了可能的范围
attach-examples-do-not-fit = 测试样本与其大小和类别不符
attach-a-test-does-not-fit = 测试结果与已说明的测试样本不符
attach-the-graph-lacks = 快照中有{ $name }，但计算图中没有
attach-is-of-another-shape = { $name }在快照中是{ $whole }，但在计算图中是{ $declared }
attach-a-range-is-none = 快照中{ $name }的取值范围不成立
attach-a-graph-without-nodes = 计算图中没有节点
attach-a-graph-is-too-large = 计算图太大，展厅无法显示
attach-an-operator-is-none = 节点{ $path }的算子具有不可能的属性
attach-a-tensor-is-none = 张量{ $name }的名称或维度不可能成立
attach-a-tensor-is-made-twice = 节点{ $path }产生的内容已经产生过，或是它自己读取的，或不是激活

# world/elsewhere and the desk
attach-sign = 等待训练接入
attach-two-lines =
    在本机的PyTorch脚本里，只需加入两行：
    import perceptarium
    perceptarium.watch(model, optimizer, loss=criterion)
attach-port-and-token = 如果脚本以别的用户运行，请告诉它端口{ $port }和这个口令：
attach-another-is-written-down = 脚本会自动找到端口{ $other }上的另一个程序；要连到这里，必须写明这个端口和口令。
attach-the-line-is-cut = 与训练的连接已断开：{ $reason }。
attach-the-hall-calls-again = 展厅会自动重新连接
attach-pictures-are-what-is-read = 图片就是网络读入的数值，从最小的（暗）到最大的（亮）：{ $spans }。
attach-run-again = 训练已结束：要再来一次，请重新启动脚本
attach-begin-again = 请重新启动脚本：这里会开始新的一次运行。
attach-the-training-failed = 训练提前结束了：{ $reason }。请重新启动脚本，这里会开始新的一次运行。
attach-the-training-diverged = 训练在第{ $step }步发散了。请用更小的学习率（例如{ $proposed }）重新启动脚本。

# python/perceptarium/sentences.py
attach-model-without-parameters = 模型没有参数，没有可观看的内容
attach-model-is-sharded = 模型是分片的（FSDP），没有哪个进程持有完整的权重：请不用FSDP来观看
attach-model-is-torchscript = 模型是TorchScript，无法查看其中的函数：请观看生成它的那个模型
attach-model-without-numbers = 模型还没有数值（它位于设备meta上）：请在有数值之后再观看
attach-model-is-lazy = 模型含有延迟初始化的层，还没有见过样本：请先调用一次再观看
attach-no-optimiser = 没有找到这个模型的优化器：请把它交给perceptarium.watch(model, optimizer)
attach-never-called-as-a-whole = 模型从未被整体调用：请给perceptarium.watch提供inputs=…
attach-no-tensor-among-arguments = 模型的参数中没有看到张量：请给perceptarium.watch提供inputs=…
attach-inputs-do-not-fit = inputs=…无法输入模型：其中一个样本是{ $given }，而模型自己的批次中一个样本是{ $own }（{ $why }）
attach-inputs-without-example = inputs=…中没有样本
attach-inputs-of-no-tensor = inputs=…中没有样本张量（它的类型是{ $kind }）：请提供第一维是样本数的张量，或者这样的张量与每个样本的正确答案
attach-inputs-not-finite = inputs=…中有非有限的数值：第一个无法显示的是样本{ $at }（从0数起）
attach-inputs-and-targets = inputs=(examples, targets)有{ $examples }个样本，却有{ $targets }个目标
attach-targets-are-no-classes = inputs=(examples, targets)中有目标{ $target }，但模型的类别是0到{ $last }
attach-watching-has-ended = 观看已结束，训练继续进行：{ $why }
attach-it-saves-by-itself = 训练按照它的脚本自行保存
attach-shown-as-a-copy = 处于评估模式的副本，每次一个样本
attach-draws-even-so = 即便如此模型仍会抽取随机数：制作图片时各步会等待
attach-model = 模型
attach-framework = 框架
attach-optimiser = 优化器
attach-shown = 显示的是
attach-random-numbers = 随机数
attach-not-shown = 接入了一个无法显示的训练：{ $why }。它会自行继续；请修改脚本后重新启动，就能在这里看到它。
