# images/narrator.rs
images-of-pixels-to-be-tested = { $name }：测试用{ $set_count }，{ $width }×{ $height }像素，{ $classes_count }个类别
images-private = ，隐私：{ $told }
images-test-accuracy-test-loss-s = ，测试准确率{ $accuracy }，测试损失{ $loss }{ $private }，{ $speed }
images-right = 答对{ $accuracy }

# images/privacy.rs
images-is-infinite-at-nothing-is = δ = { $delta }时ε为无穷大：什么也没有隐藏
images-at = ε = { $ceil }（δ = { $delta }）
