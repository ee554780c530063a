# learning/network/forward.rs
network-learning-a-batch-has-numbers-instead = 一批有{ $inputs_count }个数，而应有{ $product }个
network-learning-it-has-no-output = 它没有输出

# learning/network/frozen.rs
network-learning-the-network-is-not-frozen = 网络没有冻结

# learning/network/inside/bent.rs
network-learning-a-direction-has-other-numbers = 方向中的数与网络中的数个数不同

# learning/network/inside/health.rs
network-learning-before-its-first-step-the = 在第一步之前，更新规则还没有可除的量，所以曲率再大也不算过大

# learning/network/inside/hidden.rs
network-learning-it-makes-nothing = 它没有算出任何东西

# learning/network/inside/mod.rs
network-learning-only-what-a-network-says = 只能解释网络对图片的判断
network-learning-there-is-no-to-differentiate = 没有可以对它求导的“{ $name }”

# learning/network/inside/parameters.rs
network-learning-the-network-has-parameters-but = 网络有{ $own_count }个参数，给出的却是{ $numbers_count }个

# learning/network/past/booked.rs
network-learning-maps-are-those-of-each = 特征图取自“{ $layer }”，每张只算它自己的权重
network-learning-training-images-were-changed-anew = 训练图片每轮都重新变化，这里显示的是原样
network-learning-an-images-part-of-the = 一张图片在损失中的份额与整批有关，因为规范化按批进行
network-learning-normalisations-still-see-the-images = 不计入损失的图片仍会进入所在批的规范化

# learning/network/past/run.rs
network-learning-the-test-was-broken-off = 测试中断了

# learning/network/probe.rs
network-learning-it-cannot-be-computed = 无法计算：{ $why }
network-learning-it-makes-numbers-of-an = 它对一张图片算出{ $tells }个数，而数据有{ $classes }个类别；它的末端不是可以重建的线性层：请换一个有{ $classes }个输出的网络

# learning/network/state/files.rs
network-learning-it-belongs-to-another-network = 它属于另一个网络，不属于旁边的这一个

# learning/network/state/mod.rs
network-learning-it-is-damaged = 它已损坏
network-learning-it-is-no-plain-file = 它不是普通文件
network-learning-it-holds-no-state-of = 其中没有训练状态
network-learning-it-is-of-version-but = 它的版本是{ $version }，而能识别的是{ $version2 }
network-learning-it-has-no-of-the = 其中没有与网络里大小相同的{ $name }
network-learning-it-holds-arrays-but-the = 其中有{ $has }个数组，而更新规则需要{ $wanted }个
