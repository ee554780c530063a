# world/inspect/explanation.rs
inspect-step = { $place }, step { $step }
inspect-what-it-was-made-of = What it was made of is not here yet
inspect-the-brightness-of-this-pixel = The brightness of this pixel, from 0 to 1
inspect-learned-each-step-moves-it = Learned: each step moves it against its gradient
inspect-the-slope-of-the-loss = The slope of the loss: a step goes the other way
inspect-made-by-an-operator-whose = Made by an operator whose arithmetic is not told here
inspect-shown-here = { $shown }, shown here
inspect-the-other-channels = the other { $count } channels: { $rest }
inspect-bias = Σ { $sum } + bias { $bias } = { $sum2 }
inspect-max-0 = max(0, { $before }) = { $before2 }
inspect-the-largest-of-the = The largest of the { $count }: { $largest }
inspect-bias-2 = bias { $bias }
inspect-of-products = Σ of { $products_count } products
inspect-map = map { $map }: { $part }
inspect-bias-3 = bias: { $bias }
inspect-the-other-maps = the other { $others_count } maps: { $rest }
inspect-the-logit-z = the logit z ={" "}
inspect-together = together { $of }{ $sum }
inspect-hidden-as-it-comes-later = Hidden, as it comes later: e^(−∞) = 0
inspect-e-z-largest-e = e^(z − largest) = e^({ $logit } − { $largest }) = { $share }
inspect-its-share-of-all = its share of all { $exponentials_count }: { $share } / { $total } = { $figure }
inspect-unit-this-weight = unit × this weight
inspect-is-what-it-adds-to = is what it adds to the logit
inspect-the-mean-of-numbers = The mean of { $count } numbers: { $line }
inspect-remembered-of-many-batches = remembered of many batches
inspect-of-numbers = of { $count } numbers
inspect-mean-deviation = mean { $mean }, deviation { $deviation } { $of }
inspect-mean-deviation-2 = ({ $before } − mean) / deviation = { $even }
inspect-among-the-others-is = { $before } among the others is { $even }
inspect-weight-bias = { $even } × weight { $scale } + bias { $shift } = { $figure }
inspect-the-sum-of-numbers = The sum of { $count } numbers: { $sum }
inspect-largest = largest
inspect-smallest = smallest
inspect-the-of-numbers = The { $which } of { $count } numbers: { $figure }
inspect-taken-from = Taken from { $name }
inspect-and-more = … and { $others_count } more: { $rest }
inspect-together-2 = together { $figure }
inspect-and-more-2 = … and { $count } more: { $rest }
inspect-none = none
inspect-one = one
inspect-two = two
inspect-three = three
inspect-four = four
inspect-five = five
inspect-six = six
inspect-seven = seven
inspect-eight = eight
inspect-nine = nine
inspect-ten = ten

# world/inspect/mod.rs
inspect-number = number { $column }
inspect-row-column = row { $row }, column { $column }
inspect-map-row-column = map { $map }, row { $row }, column { $column }
