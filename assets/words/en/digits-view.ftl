
# exhibits/digits/view/detail_view/choice.rs
digits-convolution-map = Convolution, map { $map }
digits-after-relu-map = After ReLU, map { $map }
digits-pooled-map = Pooled, map { $map }
digits-filter = Filter { $filter }
digits-weights-from-map-to = Weights from map { $filter } to “{ $class }”

# exhibits/digits/view/detail_view/panel.rs
digits-close = Close

# exhibits/digits/view/detail_view/values.rs
digits-filter-bias = Filter { $filter }, bias { $filter_biases }

# exhibits/digits/view/layers.rs
digits-input = Input
digits-filters = Filters
digits-convolution = Convolution
digits-after-relu = After ReLU
digits-pooled = Pooled
digits-weights-to = Weights to
digits-weights-to-2 = Weights to “{ $name }”

# exhibits/digits/view/mod.rs
digits-draw-a-digit = Draw a digit

# exhibits/digits/view/naming.rs
digits-red = red
digits-green = green
digits-blue = blue
digits-row-column = row { $row }, column { $column }
digits-input-2 = Input, { $map }
digits-map-row-column = map { $map }, row { $row }, column { $column }
digits-filter-weight = Filter weight
digits-filter-weight-2 = Filter weight, { $of }
digits-filter-row-column = filter { $filter }, row { $row }, column { $column }
digits-weight-to = Weight to “{ $class }”
digits-logit-of = Logit of “{ $class }”
digits-class = class { $column }
digits-probability-of = Probability of “{ $class }”
digits-on-its-plinth = Digits
digits-dead-layer = 0: layer is dead
