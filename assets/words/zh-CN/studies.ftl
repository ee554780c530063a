# learning/inside/alike/mod.rs
studies-layers-are-compared-on-at = 比较各层至少要{ $least_images }张图片，但只能取{ $count }张
studies-of-images-instead-of = 取自{ $count }张图片，而不是{ $of }
studies-a-layer-that-makes-the = 对所有图片结果都相同的层，或结果不是有效数值的层，与哪一层都不相似
studies-no-weights-of-earlier-steps = 网络太大，没有保存较早各步的权重
studies-no-run-went-before-this = 本次训练之前没有别的训练：换一个新种子就能再开始一次
studies-the-layer-is-too-large = 层{ $name }太大，无法比较

# learning/inside/baseline.rs
studies-no-image-of-class-is = 训练用的图片里没有类别{ $class }，所以求不出它的平均图
studies-there-is-no-class-to = 没有类别{ $class }可求平均，只有{ $classes_count }类，从0数起
studies-there-is-no-test-image = 没有可作比较的测试图片{ $index }，一共只有{ $tests_count }张
studies-the-baseline-has-numbers-instead = 基线图有{ $image_count }个数值，而应有{ $input_count }个

# learning/inside/boundary.rs
studies-what-the-network-says-is = 网络给出的不是有效数值，怎样改动也谈不上使回答翻转
studies-no-change-within-black-and = 按斜率推算，在黑与白之间怎样改动都到不了别的类别
studies-no-boundary-was-crossed-within = 走了{ $steps }仍没有越过任何边界

# learning/inside/calibration.rs
studies-the-network-tells-no-two = 网络没有两个类别可分，所以总是十拿九稳
studies-there-are-no-test-images = 没有测试图片，谈不上有多少把握
studies-of-of-test-images = 取自{ $tests_count }张测试图片中的{ $indices_count }张
studies-what-the-network-says-is-no = 网络给出的不是有效数值
studies-one-image-has-no-halves = 一张图片分不成两半，所以求不出温度

# learning/inside/cams.rs
studies-the-network-has-no-convolution = 网络在展平的层之前没有卷积，也就没有可以加权的特征图
studies-it-need-not-sum-to = 总和不一定等于得分，因为特征图之后并非全是仿射运算
studies-a-probability-is-no-sum = 概率不是各处之和
studies-not-rectified-each-whole-map = 未截去负值；每张特征图只有一个权重，所以不一定指向真正起作用的地方

# learning/inside/checkup.rs
studies-images-that-health-could-be = 可以用来检查健康的图片
studies-images-that-the-doctor-could = 可以给医生看的图片
studies-this-is-no-question-of = 这不是健康方面的问题
studies-nobody-waits-for-the-answer = 已经没有人在等这个回答了

# learning/inside/doctor/reasons.rs
studies-at-step = 第{ $step }步：{ $cause }。
studies-of-training-images-are-told = 训练图片答对{ $value } %，测试图片答对{ $value2 } %：错的多半是与所学的{ $examples }张不像的图片。
studies-bring-more-images-or-learn = 增加图片，或同时学习变换过的副本。
studies-of-training-images-are-still = 仍有{ $value } %的训练图片答错，而最好的损失就在截至第{ $best_step }步的一段：它还在学。
studies-go-on-for-passes-altogether = 继续训练，总共{ $epochs }轮。
studies-of-training-images-are-told-wrongly = 有{ $value } %的训练图片答错，第{ $best_step }步以后损失再没有变好：网络认不出它们。
studies-give-it-twice-as-many = 把单元增加到两倍。
studies-of-training-images-are-called = 查看了{ $looked_at }张训练图片，网络很有把握地否认其中{ $indices_count }张的标签。
studies-look-whether-their-labels-are = 看看它们的标签是否标错，去掉它们再学。

# learning/inside/doctor/speed.rs
studies-times-as-fast-with-batches = 批大小{ $batch }、{ $threads }时速度为{ $one }倍
studies-measured = 实测：{ $all }。
studies-cores-stand-idle-say-threads = 有核心闲着：请用--threads { $threads }。{ $measured }
studies-its-steps-are-too-small = 每一步的计算太少，不值得分摊：请用--threads { $threads }。{ $measured }
studies-larger-batches-go-quicker-though = 批大一些会更快，不过每轮的步数会变少：请用--batch { $batch }。{ $measured }
studies-finding-images-takes-most-of = 大部分时间花在取图片上。{ $measured }
studies-it-calculates-as-fast-as = 计算已经和这些核心一样快；只有减少轮数或缩小网络才有用。{ $measured }

# learning/inside/doctor/trial.rs
studies-the-number-of-threads-changes = 线程数只改变训练要用多久，不改变训练的结果
studies-no-image-would-be-left = 这样就没有图片可学了
studies-no-step-was-taken-yet = 还没有走过一步，没有什么可与对策比较
studies-its-loss-was-no-number = 第{ $taken }步之后损失不再是有效数值，训练停在那里

# learning/inside/dream.rs
studies-steps-are-taken-as-more = 走{ $steps }步，更多则计算量太大
studies-silent-on-grey-so-that = 对灰色图没有反应，在那里没有斜率，所以理想图从反应最强的真实图片开始
studies-what-is-made-large-is = 要增大的量不是有效数值
studies-a-dream-in-which-the = 单元没有反应的理想图，没有可循的斜率
studies-ask-for-1-to-dreams = 请要1到{ $most_dreams }张理想图，而不是{ $count }张
studies-a-dream-takes-up-to = 一张理想图最多走{ $most_steps }步，而不是{ $steps }步

# learning/inside/edit.rs
studies-the-layer-has-no-unit = 层{ $name }没有单元{ $unit }，只有{ $units }个，从0数起
studies-no-unit-of-this-network = 这个网络没有哪个单元是由专属于自己的权重算出的
studies-no-weights-make-this-unit = 层{ $name }的这个单元没有专属于自己的权重，{ $able }的单元才有
studies-this-unit-has-no-bias = 这个单元没有自己的偏置
studies-no-class-reads-this-unit = 没有类别直接读取这个单元：中间还隔着别的层
studies-there-is-no-class-only = 没有类别{ $class }，只有{ $count }类，从0数起
studies-no-edit-was-made-in = 本次训练中没有可以撤回的改动
studies-only-the-last-edits-can = 只有最近{ $most_kept }次改动可以撤回：要去掉其余的，请重新开始训练
studies-this-is-no-edit-of = 这不是对权重的改动

# learning/inside/explain.rs
studies-shuffled-labels-are-learned-by = 打乱的标签要靠重做一次训练来学，而这个网络没有可重做的训练
studies-it-has-numbers-instead-of = 它有{ $input_count }个数值，而应有{ $product }个
studies-it-holds-what-is-not = 其中有无效数值，网络里也有

# learning/inside/goal.rs
studies-there-is-no-class-only-counted = 没有类别{ $class }，只有{ $logits_count }类，从0数起
studies-the-network-tells-no-classes = 网络不区分类别
studies-class-does-not-differ-from = 类别{ $one }与自己没有差别：请指定两个类别

# learning/inside/gradient.rs
studies-what-the-biases-say-cannot = 说不清偏置的贡献，因为并非每一层都是分段线性的
studies-a-probability-is-no-sum-of = 概率不是像素与偏置各自贡献之和
studies-mean-of-gradients-under-noise = { $count }个梯度的平均，所加噪声的标准差为亮度范围的{ $deviation }倍

# learning/inside/grown.rs
studies-of-classes-the-first-are = { $classes }个类别中，只为前{ $dreams }个生成理想图
studies-at-each-state-uphill-are = 在每个状态向上走{ $steps }，更多则计算量太大
studies-a-dream-takes-1-to = 理想图在每个状态走1到{ $most_steps }步，而不是{ $steps }步
studies-the-network-is-so-large = 网络太大，没有保存权重走过的路径，理想图无法沿着它生长
studies-the-run-has-taken-no = 本次训练从这里开始后还没有走过一步，理想图无法随之生长

# learning/inside/health/alarms/of_layers.rs
studies-so-that-no-gradient-reaches = ，所以没有梯度能传到它们
studies-of-the-units-of-are = { $name }的{ $units }个单元中，有{ $value } %对任何图片都没有激活{ $value2 }
studies-begin-anew-with-other-first = 换一组初始权重重新开始，偏置取零，学习率调低
studies-of-the-answers-of-are = { $name }的回答有{ $value } %把握超过0.99，损失却是{ $loss }，而一无所知也只有{ $known_nothing }
studies-bring-inputs-to-0-1 = 把输入缩放到0..1，用较小的权重开始，让得分小一些
studies-of-what-of-says-stands = { $name }的{ $activation }输出有{ $value } %停在两端（最大为{ $largest }），那里的斜率几乎为零
studies-begin-with-smaller-weights-bring = 用较小的权重开始，把输入缩放到0..1，或在激活之前做规范化
studies-the-gradient-of-is-times = { $name }的梯度为{ $gradient_norm }，是其权重的{ $times }倍
studies-begin-with-smaller-weights-normalise = 用较小的权重开始，对各层做规范化，或裁剪梯度
studies-a-number-of-has-a = { $name }每个数值的梯度为{ $layer }，而另一层的达到{ $largest }
studies-use-relu-instead-of-sigmoids = 用ReLU代替sigmoid，对各层做规范化，或加上跨层的连接

# learning/inside/health/alarms/of_losses.rs
studies-weights-of-are-no-numbers = { $name }的权重不是有效数值
studies-the-loss-of-step-was = 第{ $step }步的损失不是有效数值
studies-the-gradient-of-is-no = { $name }的梯度不是有效数值
studies-the-loss-is-no-number = 损失不是有效数值
studies-begin-anew-with-a-learning = 以学习率{ $rate }重新开始，并检查输入和初始权重是不是有效数值
studies-the-loss-has-risen-to = 损失从第{ $since }步的{ $from }升到了{ $recent }
studies-go-back-before-step-and = 退回到第{ $since }步之前，学习率改为{ $rate }
studies-the-loss-is-after-steps = 走了{ $seen }步，损失从{ $first }只到{ $recent }
studies-noise-and-signal-are-alike = { $stays }：批大小要到{ $scale }，噪声才与信号相当，而现在是{ $batch }
studies-try-batches-of = 试试批大小{ $larger }
studies-and-the-images-agree-on = { $stays }，各张图片的方向也不一致
studies-look-whether-labels-belong-to = 看看标签与图片是否相符、输入是否各不相同，再试别的学习率或更大的网络
studies-of-the-training-images-are = 训练图片答对{ $value } %，测试图片却只答对{ $value2 } %（损失为{ $loss }和{ $loss2 }），可学的图片有{ $examples }张
studies-bring-more-images-learn-changed = 增加图片，学习变换过的副本，或早些停止
studies-class-has-images-to-learn = 类别{ $most }有{ $many }张图片可学，类别{ $least }只有{ $few }张：{ $classes }个类别里，总答类别{ $most }也能对{ $value } %
studies-weigh-classes-by-how-rare = 按稀有程度给各类别加权，或增加稀有类别的图片

# learning/inside/health/alarms/of_rates.rs
studies-an-update-is-of-the = 一次更新是{ $name }权重的{ $ratio }倍，而通常约为{ $usual }
studies-the-loss-is-after-it = 学习率为{ $rate }时，损失在第{ $worst_step }步从{ $first }升到{ $worst }，现在是{ $recent }
studies-begin-anew-with-a-learning-rate = 以学习率{ $gentler }重新开始
studies-the-loss-is-after-steps-from = 走了{ $seen }步，损失从{ $first }只到{ $recent }，因为一次更新最多是（{ $name }）权重的{ $ratio }倍，而通常约为{ $usual }
studies-try-a-learning-rate-of = 试试学习率{ $quicker }

# learning/inside/health/mod.rs
studies-health-is-measured-on-at = 检查健康至少要一张图片
studies-the-network-tells-no-two-classes = 网络没有两个类别可分，所以损失总是零
studies-of-images-of-each-kind = 两种图片各取{ $count }张，更多则计算量太大

# learning/inside/hidden.rs
studies-there-is-no-layer-whose = 没有层{ $name }的单元可看，可看的是{ $names }
studies-the-network-has-no-hidden = 网络没有可以查看单元的隐藏层
studies-the-layer-has-of-but = 层{ $name }有{ $units }，各有{ $places }，而逐个查看最多{ $most_units }个单元、总共{ $most_numbers }个数值
studies-there-is-no-layer = 没有层{ $name }

# learning/inside/integrated.rs
studies-exact-the-way-is-summed = 精确：沿路径逐段求和
studies-places-on-the-way-by = 沿路径取{ $steps }个位置，用Gauss-Legendre求积法

# learning/inside/landscape/bent.rs
studies-how-the-loss-of-this = 不知道这个模型的损失怎样弯曲
studies-the-curvature-of-the-loss = 在当前权重处，损失的曲率不是有效数值
studies-the-loss-does-not-bend = 在当前权重处，损失没有弯曲，所以没有弯曲最大的方向

# learning/inside/landscape/mod.rs
studies-the-loss-is-a-mean = 损失至少要在一张测试图片上取平均
studies-a-landscape-has-at-least = 地形每边至少有{ $least_side }个位置，而不是{ $side }个
studies-this-model-shows-nobody-what = 这个模型不让人看它学到了什么
studies-the-network-learns-but-a = 网络只学{ $learned }，而平面要有两个方向
studies-among-the-weights-is-what = 权重中有无效数值，无法过这些权重作平面

# learning/inside/landscape/path.rs
studies-the-network-is-so-large-that = 网络太大，没有保存权重走过的路径：请改用随机方向，或曲率最大的方向
studies-the-run-has-taken-no-step = 本次训练从这里开始后还没有走过一步，没有路径可以沿着作平面
studies-a-state-on-the-way = 路径上有一个状态含无效数值，无法沿着它作平面
studies-the-weights-have-not-moved = 权重还没有移动，没有路径可以沿着作平面
studies-the-weights-have-moved-in = 权重至今只朝一个方向移动，构不成平面：请再走几步

# learning/inside/landscape/plane.rs
studies-two-directions-are-needed-for = 平面需要两个方向，这里只有一个

# learning/inside/landscape/random.rs
studies-the-network-has-no-filters = 网络没有由多个数值组成且不全为零的卷积核，无法据此确定随机方向的长短

# learning/inside/landscape/remarks.rs
studies-a-random-walk-through-many = 高维中的随机游走，也会有61 %和15 %的路程落在这样的两条轴上，弯曲也一样（Antognini和Sohl-Dickstein，2018）
studies-biases-stay-as-they-are = 偏置保持不变，只有一个数值的卷积核也不变；随机平面看起来有多尖锐说明不了什么，因为鞍在其中看起来像碗或平地
studies-the-loss-is-a-mean-over = 损失是{ $images }上的平均，更多则计算量太大
studies-looked-at-in-places-as = 只看{ $side } × { $side }个位置，更多则计算量太大
studies-of-of-the-way-are = 只画出路径上{ $all }中的{ $states }个，更多则计算量太大
studies-the-way-does-not-lie = 路径不在平面上：第{ $step }步之后它的损失是{ $loss }，平面上却是{ $shadow }
studies-in-the-last-fifth-of = 在路径的最后五分之一，与终点的距离最多有{ $most }在平面之外
studies-normalisations-remember-on-the-whole = 整个平面都用规范化现在记住的值；而路径上真实的损失用的是当时记住的值
studies-the-curvature-is-that-of = 曲率是{ $images }上的损失的曲率，更多则计算量太大
studies-the-directions-of-the-largest = 搜索结束时，曲率最大的方向还没有稳定下来
studies-the-loss-bends-downwards-along = 损失沿一条轴向下弯曲：这里不是极小值
studies-in-of-the-loss-is = { $losses_count }中，有{ $none }个的损失不是有效数值或大得无法表示

# learning/inside/ledger/account.rs
studies-none-at-all = 一张也没有
studies-only-counted-from-0 = 只有{ $maps }张，从0数起
studies-there-is-no-map = 没有特征图{ $map }，{ $count }
studies-no-step-moved-anything-so = 没有一步改变了什么，所以谈不上是什么教会了它
studies-the-inputs-loss-went-from = 输入的损失从{ $before }变到{ $after }，各份贡献合计{ $credit }，其中有无效数值，算不成账

# learning/inside/ledger/bounds.rs
studies-to-book-of-this-network = 为这个网络的{ $steps }记账，要做{ $all }次乘加，超过上限{ $most }次：请在最初{ $possible }之内提问

# learning/inside/ledger/forecast.rs
studies-nothing-is-foretold-of-a = 对{ $steps }步的训练不作预估：最初{ $unsettled }步里，Adam的步子差不多只剩正负号
studies-nothing-is-foretold-of-a-run = 权重经手工改动的训练不作预估
studies-nothing-is-foretold-of-this = 对这个网络不作预估：目前只有数字展品自己的网络才行
studies-how-the-gradients-change-is = 梯度怎样变化已无从得知
studies-nothing-is-foretold-as-on = 无法预估，因为沿训练倒着走时有梯度不是有效数值

# learning/inside/lesion.rs
studies-name-at-least-one-unit = 请至少指定一个要去掉的单元
studies-of-of-as-more-would = 取自{ $of }中的{ $indices_count }张，更多则计算量太大
studies-there-is-no-unit-only = 没有单元{ $unit }，只有一个单元，编号为0
studies-there-is-no-unit-only-counted = 没有单元{ $unit }，只有{ $units }个，从0数起

# learning/inside/occlusion.rs
studies-and = { $down }和{ $along }
studies-windows-of-pixels-apart = 窗口为{ $size } × { $size2 }像素，间隔{ $value }

# learning/inside/points/chosen.rs
studies-there-are-no-images-that = 没有可以排布的图片
studies-there-is-no-only = 没有{ $what }{ $beyond }，一共只有{ $count }张
studies-training-image = 训练图片
studies-test-image = 测试图片
studies-name-at-least-one-image = 请至少指定一张图片
studies-of-drawn-by-the-seed = 按种子从{ $of }中抽取{ $some }张，更多则计算量太大

# learning/inside/points/mod.rs
studies-attraction-is-from-1-to = 引力应为t-SNE的1到4倍，而不是{ $attraction }倍
studies-what-the-layer-makes-of = 这一层对某些图片给出的不是有效数值，它们没有位置可放
studies-the-layer-makes-the-same = 这一层对{ $rows }给出的都相同，它们全落在一处
studies-neighbours-are-those-in = 近邻按{ $width }来找
studies-neighbours-are-those-in-the = 近邻按前{ $filter }个主成分来找

# learning/inside/points/neighbours.rs
studies-images-are-too-few-to = { $images }张图片太少，谈不上近邻：至少要{ $least_items }张
studies-the-images-are-too-far = 图片之间相距太远，无法比较
studies-the-layout-broke-off = 布局中断了

# learning/inside/points/reader.rs
studies-the-layer-makes-of-an = 层{ $name }把一张图片变成{ $numbers }，而排布图片最多用{ $most_numbers }个

# learning/inside/points/shown.rs
studies-some-places-are-no-number = 有些位置不是有效数值，因为图片相距太远

# learning/inside/question.rs
studies-pixels-that-could-speak-for = 可以为回答作证的像素
studies-pixels-that-could-be-changed = 可以稍作改动的像素
studies-test-images-of-which-it = 可以看它有多少把握的测试图片
studies-test-images-on-which-units = 可以用来观察单元的测试图片
studies-pixels-that-could-be-dreamed = 可以生成理想图的像素
studies-test-images-over-which-its = 可以用来求平均损失的测试图片
studies-test-images-on-which-several = 可以用来比较几个网络的测试图片
studies-images-that-could-be-laid = 可以排布的图片
studies-images-that-could-share-something = 可以找出共同点的图片
studies-images-on-which-layers-could = 可以用来比较各层的图片

# learning/inside/replay/keyframes.rs
studies-to-go-through-steps-again = 重走{ $steps }步需要{ $bytes } MiB，超过{ $most_bytes } MiB：请在步数较少时提问

# learning/inside/replay/mod.rs
studies-no-step-was-taken-yet-so = 还没有走过一步，所以谈不上是什么教会了它
studies-the-run-cannot-be-taken = 在这台设备上无法逐位重现本次训练，得出的会是另一次训练的结果

# learning/inside/replay/past.rs
studies-this-run-goes-on-from = 本次训练从文件接着走，此前已走{ $steps }；那些是怎样走的，文件里没有，所以无法重走
studies-how-the-network-came-to = 网络从第一步起怎样变成现在这样，已无从得知，所以无法重教一遍

# learning/inside/robustness.rs
studies-pgd-takes-steps-as-more = PGD走{ $steps }步，更多则计算量太大
studies-accuracies-are-of-test-images = 准确率只按{ $images }计算，更多则计算量太大
studies-it-has-numbers-instead-of-2 = 它有{ $input_count }个数值，而应有{ $size }个
studies-the-network-tells-no-two-classes-apart = 网络没有两个类别可分，怎样改动也翻不了它的回答
studies-there-are-no-test-images-over = 没有可以计算准确率的测试图片
studies-pgd-takes-at-least-one = PGD至少走一步
studies-name-1-to-strengths-instead = 请指定1到{ $most_strengths }个强度，而不是{ $strengths_count }个
studies-a-strength-is-but-must = 有一个强度是{ $wrong }，但它必须是0到1（亮度范围）之间的数

# learning/inside/shared.rs
studies-are-more-than-this-network = { $chosen_count }太多，这个网络不能一次都问：请最多选{ $affordable }张

# learning/inside/studied.rs
studies-this-is-answered-of-the = 这个问题只针对现在的权重回答
studies-this-is-no-question-that = 这不是查看网络内部的问题

# learning/inside/taught/account.rs
studies-steps-moved-nothing-as-their = 有{ $idle }步什么也没改变，因为那时的损失不是有效数值
studies-weight-decay-which-is-no = 权重衰减与任何图片无关，它使损失变化{ $decay }，另行记账
studies-what-normalisations-remember-of-their = 规范化对各批记住的值不由梯度改变，它使损失变化{ $remembered }，另行记账
studies-rounding-alone-moved-biases-that = 有些偏置会由规范化抵消，只因舍入而移动；这使损失变化{ $rounded }，另行记账

# learning/inside/taught/beforehand.rs
studies-nothing-is-foretold-beyond-steps = 超过{ $most_steps }步就不作预估：隔得越远，成立的就越少
studies-nothing-is-foretold-as-all = 无法预估，因为去掉的图片都只在第{ $first_step }步之前出现过
studies-of-those-left-out-seen = 去掉的图片中，有{ $some }只在第{ $first_step }步之前出现过：对它们不作预估
studies-more-than-a-hundredth-of = 去掉的训练图片超过百分之一：预估只在去掉得更少时成立

# learning/inside/taught/checked.rs
studies-nothing-is-foretold-since-it = 不作预估，因为它在这里不成立：随机去掉百分之一的训练图片做了{ $runs }次训练，预估与实际的秩相关为{ $rank_correlation }，低于{ $least }

# learning/inside/taught/labels.rs
studies-all-training-images-are-of = 所有训练图片都属于一个类别，标签怎样打乱都一样
studies-the-answer-was-ended-before = 回答还没有得出就中止了
studies-of = （共{ $of }步）
studies-it-learned-shuffled-labels-in = 它用{ $steps }{ $of }学了打乱的标签

# learning/inside/taught/mod.rs
studies-training-images-that-could-have = 可能教会了它的训练图片
studies-training-images-that-could-be = 可以去掉的训练图片
studies-a-weight-of-the-network = 网络有一个权重不是有效数值，说不出是什么教会了它

# learning/inside/taught/repetition.rs
studies-there-is-no-training-image = 没有训练图片{ $missing }可去掉，只有{ $count }张，从0数起

# learning/inside/temperature.rs
studies-its-logits-say-no-more = 它的得分并不胜过随机水平，所以没有最佳温度
studies-it-is-right-about-all = 用来求温度的图片它全都答对：温度越低越好

# learning/inside/together/logistic.rs
studies-there-are-no-training-images = 没有可学的训练图片

# learning/inside/together/mod.rs
studies-the-network-tells-no-two-classes-apart-2 = 网络没有两个类别可分
studies-there-are-test-images-but = 有{ $indices_count }张测试图片，但比较模型至少要{ $fewest_images }张
studies-a-new-seed-trains-another = 换一个新种子可以训练出另一个网络，再与这个网络融合

# learning/inside/together/stacked.rs
studies-what-a-member-says-is = 有成员给出的不是有效数值，所以各成员权重相同

# learning/inside/units.rs
studies-some-units-make-what-is = 有些单元给出的不是有效数值
studies-name-1-to-images-of = 请为每个单元指定1到{ $most_top }张图片，而不是{ $top }张
studies-there-are-no-test-images-on = 没有可以用来观察单元的测试图片
studies-units-are-watched-on-at = 观察单元至少要一张测试图片
studies-the-network-tells-no-two-classes-apart-so = 网络没有两个类别可分，哪个单元也改变不了它的回答
studies-of-of-as-more-would-be = 取自{ $asked }中的{ $images }张，更多则计算量太大
studies-no-unit-is-taken-away = 没有逐个去掉单元，因为计算量太大
studies-units-are-taken-away-on = 只在其中{ $some }张图片上去掉单元，更多则计算量太大
studies-no-shapley-values-as-those = 没有Shapley值，因为计算量太大
studies-shapley-values-are-of-images = Shapley值取自{ $images }张图片
studies-no-shapley-values-as-what = 没有Shapley值，因为网络给出的不是有效数值

# learning/inside/wished.rs
studies-a-unit-is-one-of = 单元必须属于某一层
studies-there-is-no-class-only-counted-from = 没有类别{ $class }，只有{ $classes }类，从0数起
studies-no-test-images = 零张测试图片
