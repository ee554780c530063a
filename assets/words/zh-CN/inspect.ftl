# world/inspect/explanation.rs
inspect-step = { $place }，第{ $step }步
inspect-what-it-was-made-of = 算出它的那些数还没有到
inspect-the-brightness-of-this-pixel = 这个像素的亮度，从0到1
inspect-learned-each-step-moves-it = 学出来的：每一步都让它逆着梯度移动
inspect-the-slope-of-the-loss = 损失的坡度：每一步都往反方向走
inspect-made-by-an-operator-whose = 由一个算子算出，这里不讲它的算式
inspect-shown-here = { $shown }，见这张表
inspect-the-other-channels = 其余{ $count }个通道：{ $rest }
inspect-bias = Σ { $sum } + 偏置{ $bias } = { $sum2 }
inspect-max-0 = max(0, { $before }) = { $before2 }
inspect-the-largest-of-the = { $count }个数中最大的：{ $largest }
inspect-bias-2 = 偏置{ $bias }
inspect-of-products = Σ（{ $products_count }个乘积）
inspect-map = 特征图{ $map }：{ $part }
inspect-bias-3 = 偏置：{ $bias }
inspect-the-other-maps = 其余{ $others_count }张特征图：{ $rest }
inspect-the-logit-z = 得分 z ={" "}
inspect-together = 合计：{ $of }{ $sum }
inspect-hidden-as-it-comes-later = 排在后面，所以遮住：e^(−∞) = 0
inspect-e-z-largest-e = e^(z − 最大值) = e^({ $logit } − { $largest }) = { $share }
inspect-its-share-of-all = 它在全部{ $exponentials_count }个数中占的份额：{ $share } / { $total } = { $figure }
inspect-unit-this-weight = 单元 × 这个权重
inspect-is-what-it-adds-to = 就是它给得分加上的数
inspect-the-mean-of-numbers = { $count }个数的均值：{ $line }
inspect-remembered-of-many-batches = 取自许多批的记录
inspect-of-numbers = 取自{ $count }个数
inspect-mean-deviation = 均值{ $mean }，标准差{ $deviation }，{ $of }
inspect-mean-deviation-2 = ({ $before } − 均值) / 标准差 = { $even }
inspect-among-the-others-is = { $before }相对于其他数是{ $even }
inspect-weight-bias = { $even } × 权重{ $scale } + 偏置{ $shift } = { $figure }
inspect-the-sum-of-numbers = { $count }个数的和：{ $sum }
inspect-largest = 最大
inspect-smallest = 最小
inspect-the-of-numbers = { $count }个数中{ $which }的：{ $figure }
inspect-taken-from = 取自{ $name }
inspect-and-more = …还有{ $others_count }个：{ $rest }
inspect-together-2 = 合计{ $figure }
inspect-and-more-2 = …还有{ $count }个：{ $rest }
inspect-none = 零
inspect-one = 一
inspect-two = 两
inspect-three = 三
inspect-four = 四
inspect-five = 五
inspect-six = 六
inspect-seven = 七
inspect-eight = 八
inspect-nine = 九
inspect-ten = 十

# world/inspect/mod.rs
inspect-number = 编号{ $column }
inspect-row-column = 第{ $row }行，第{ $column }列
inspect-map-row-column = 特征图{ $map }，第{ $row }行，第{ $column }列
