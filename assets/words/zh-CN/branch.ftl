# inside/branch
branch-rate-times = 学习率×{ $factor }
branch-rate = 学习率{ $rate }
branch-seed = 种子{ $seed }的次序
branch-edit = 改动{ $edit }
branch-silence = { $units }沉默
branch-nothing = 什么也不改
branch-from-step = 从第{ $step }步起{ $change }
branch-is-no-change = { $text }不是对训练的改变：请写rate=x0.5、rate=0.0005、seed=7、3:scale=0或silence=3,4
branch-is-no-branch = { $text }不是某一步之后的改变：请写250:rate=x0.5
branch-told-head = 第{ $from }步之后分岔，都说到第{ $to }步{"\u000A"}
branch-the-run = 原来的训练
branch-told-row = { $accuracy } %正确，损失{ $loss }
branch-told-way = 准确率减去原训练的：{ $points }
branch-told-point = 第{ $step }步{ $points }
branch-told-layer = { $layer } { $apart }
branch-told-apart = 权重相距其长度的{ $whole }（{ $of_layers }）
branch-told-answers = { $changed }的回答不同：两者都对{ $both }张，只有原训练对{ $run }张，只有分支对{ $other }张，都错{ $neither }张（p值{ $chance }）
branch-told-image = 测试图片{ $index }，是{ $is }：原训练说{ $run }，分支说{ $other }

# learning/inside/branch
branch-nothing-is-asked = 没有要走的分支
branch-too-many = 并排的分支最多{ $most }个
branch-of-several-steps = 并排的分支要在同一步分开
branch-no-future = 第{ $step }步还没有后来，训练才到第{ $stands }步
branch-layers-left-out = 合计超过262,144个数值或256层之后的层没有列出：{ $names }
branch-needs-images = 可以比较回答的图片

# exhibits/branch.rs
branch-is-answered-in-words = --branch用文字回答：请同时使用--mode terminal。
branch-cannot-be-so = --branch不能这样写：{ $why }。
branch-after-the-last-step = --branch { $asked }开始时训练已经结束，因为它一共只有{ $steps }：请写更早的一步。
branch-given-too-often = --branch最多给出{ $most }次。
branch-as-typed = 例如250:rate=x0.5

# world/classifier/inside/branch
branch-if = 假如
branch-seeds = { $count }个种子
branch-waits = …{ $told }
branch-right = 对
branch-wrong = 错
branch-run-right = 原训练对
branch-run-wrong = 原训练错
branch-read-as = { $run }→{ $other }
branch-unit = 单元{ $unit }
branch-layer-of-run = 原训练的{ $name }
branch-layer-of-branch = 分支的{ $name }
branch-press = 从第{ $step }步起改变一样东西：训练会从那里在旁边重新走一遍。
branch-go-back = 把时间轴拉回到某一步，在那里改变一样东西。
branch-taken = 正在重新走一遍训练：{ $told }……
branch-cannot-be = 无法分岔：{ $why }
branch-what-if = 假如当初不一样呢？
branch-came-to = { $other }正确，原来是{ $run }。
branch-apart = 权重相距{ $apart }，{ $others }个回答不同
branch-accuracy = 准确率
branch-distance = 距离
branch-loss = 损失
branch-layers = 层
branch-word-rate = 学习率
branch-word-order = 次序
branch-another = 换一个
branch-three = 三个
branch-silent = 沉默
branch-clear = 清除
branch-of = { $at }/{ $count }
branch-word-branch = 分支：
