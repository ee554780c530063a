# learning/onnx/conformance.rs
onnx-output = output { $at }: { $why }
onnx-its-input-is-of-no = its input “{ $name }” is of no floats
onnx-its-input-is-too-large = its input is too large
onnx-a-list-of-arrays-is = a list of arrays is empty
onnx-its-dimensions-are-instead-of = its dimensions are { $dims } instead of { $dims2 }
onnx-its-numbers-are-instead-of = its numbers are { $kind } instead of { $kind2 }
onnx-number-is-instead-of = number { $at } is { $made } instead of { $wanted }

# learning/onnx/mod.rs
onnx-it-reads-which-nobody-has = { $called }: it reads “{ $name }”, which nobody has made before it
onnx-its-output-is-made-by = its output “{ $missing }” is made by nobody
onnx-its-output-is-made-by-nobody = its output “{ $name }” is made by nobody

# learning/onnx/node.rs
onnx-its-input-is-missing = its input { $at } is missing
onnx-a-whole-number = a whole number
onnx-a-number = a number
onnx-a-text = a text
onnx-whole-numbers = whole numbers
onnx-numbers-that-are-not-below = numbers that are not below zero
onnx-its-attribute-is-not-known = its attribute “{ $name }” is not known here
onnx-its-attribute-is-no = its attribute “{ $name }” is no { $wanted }

# learning/onnx/operators/casts.rs
onnx-it-makes-numbers-of-kind = it makes numbers of kind { $number }, which is not known here
onnx-it-counts-from-to-by = it counts from { $start } to { $end } by { $step }

# learning/onnx/operators/dropout.rs
onnx-it-leaves-out-numbers-at = it leaves out numbers at random, which no two programs do alike

# learning/onnx/operators/functions.rs
onnx-it-is-given-whole-numbers = it is given whole numbers, but takes fractions

# learning/onnx/operators/mod.rs
onnx-the-operator-is-of-not = the operator is of “{ $domain }”, not ONNX's own: export the network without it
onnx-it-names-no-operator = it names no operator
onnx-it-holds-a-network-of = it holds a network of its own, whose course depends on numbers
onnx-networks-with-a-memory-from = networks with a memory from step to step are not taken
onnx-the-file-is-quantised-export = the file is quantised: export the network with its full numbers
onnx-it-works-on-lists-of = it works on lists of arrays
onnx-it-makes-random-numbers-which = it makes random numbers, which no two programs make alike
onnx-the-operator-is-not-known = the operator is not known here

# learning/onnx/operators/norms.rs
onnx-it-normalises-each-place-by = it normalises each place by itself, which is not known here
onnx-it-takes-maps-but-was = it takes maps, but was given { $size }
onnx-groups-do-not-divide-channels = { $groups } groups do not divide { $channels } channels
onnx-its-size-is-below-one = its size is below one

# learning/onnx/operators/pairs.rs
onnx-it-reads-nothing = it reads nothing
onnx-its-result-is-no-number = its result is no number that can be kept: it divides by zero or overflows
onnx-its-result-is-no-array = its result is no array
onnx-it-points-beyond-what-it = it points beyond what it reads

# learning/onnx/operators/places.rs
onnx-it-repeats-times = it repeats { $size } { $times } times
onnx-it-does-not-say-where = it does not say where it cuts
onnx-its-starts-ends-axes-and = its starts, ends, axes and steps differ in number
onnx-it-cuts-in-steps-of = it cuts in steps of zero
onnx-its-mode-is-not-known = its mode “{ $mode }” is not known here
onnx-it-does-not-say-how = it does not say how far it pads
onnx-its-pads-are-not-two = its pads { $pads } are not two for each axis
onnx-it-takes-matrices = it takes matrices

# learning/onnx/operators/products.rs
onnx-it-multiplies-by-which-do = it multiplies { $left } by { $right }, which do not fit each other
onnx-it-takes-two-matrices-but = it takes two matrices, but was given { $left } and { $right }
onnx-its-biases-do-not-fit = its biases do not fit its filters { $filters }
onnx-its-filters-do-not-fit = its filters { $filters } do not fit { $size }
onnx-it-takes-one-to-three = it takes one to three dimensions, not { $space }
onnx-its-group-is = its group is { $groups }
onnx-its-pads-leave-nothing = its pads leave nothing
onnx-it-takes-one-to-three-dimensions = it takes one to three dimensions, not { $size }

# learning/onnx/operators/resize.rs
onnx-it-is-given-sizes-for = it is given { $count } sizes for { $axes_count } axes
onnx-it-makes-places-of = it makes { $new } places of { $old }

# learning/onnx/operators/shapes.rs
onnx-cannot-become-they-differ-in = { $has } cannot become { $dims }: they differ in number
onnx-it-joins-numbers-of-and = it joins numbers of { $kind } and { $kind2 }
onnx-it-wants-dimensions = it wants dimensions { $wanted }
onnx-it-names-an-axis-twice = it names an axis twice
onnx-its-order-is-none-of = its order { $order } is none of { $size }
onnx-it-joins-and-along-axis = it joins { $first } and { $has } along axis { $along }
onnx-it-cuts-out-of = it cuts { $range } out of { $whole }
onnx-a-part-has-a-size = a part has a size below zero
onnx-its-parts-are-not-the = its parts { $sizes } are not the whole of { $whole }
onnx-it-asks-for-rows-of = it asks for rows of which there are only { $whole }
onnx-its-value-is-no-array = its value is no array of numbers
onnx-its-attribute-value-is-no = its attribute “value” is no single number
onnx-it-wants-which-is-no = it wants { $wanted }, which is no size that can be kept

# learning/onnx/operators/sums.rs
onnx-it-looks-for-the-largest = it looks for the largest of none

# learning/onnx/operators/windows.rs
onnx-its-auto-pad-is-not = its auto_pad “{ $auto_pad }” is not known
onnx-its-windows-have-a-size = its windows have a size or a step of zero
onnx-its-steps-are-not = its steps { $steps } are not { $rank }
onnx-its-windows-do-not-fit = its windows { $kernel } do not fit { $space }
onnx-its-pads-are-below-zero = its pads are below zero
onnx-its-window-of-does-not = its window of { $kernel } does not fit into { $space }

# learning/onnx/value.rs
onnx-its-output-has-dimensions-instead = its output has dimensions { $has } instead of { $rows } × { $columns }
onnx-it-takes-one-number-there = it takes one number there, but was given { $numbers_count }
onnx-burn-cannot-read-its-numbers = burn cannot read its numbers: { $error }
onnx-it-makes-which-is-more = it makes { $dims }, which is more than can be kept
onnx-it-was-given-and-which = it was given { $a } and { $b }, which do not fit each other
onnx-its-axis-is-but-what = its axis is { $axis }, but what it reads has { $rank } dimensions

# network/onnx/array.rs
onnx-it-has-a-dimension-of = it has a dimension of { $dim }, below zero
onnx-it-has-dimensions-more-than = it has dimensions { $dims }: more than { $most_numbers } numbers

# network/onnx/mod.rs
onnx-of = { $operator } of “{ $made }”

# network/onnx/read.rs
onnx-it-holds-no-network-save = it holds no network: save it with torch.onnx.export
onnx-it-is-of-opset-but = it is of opset { $opset }, but { $oldest } to { $newest } are known: export it with opset_version={ $clamp }
onnx-it-is-no-plain-file = it is no plain file
onnx-it-is-damaged-or-no = it is damaged or no ONNX: its parts are not those that ONNX has
onnx-it-has-nodes-but-at = it has { $count } nodes, but at most { $most_nodes }
onnx-the-attribute-has-no-value = the attribute has no value
onnx-the-attribute-is-of-a = the attribute is of a kind that is not known here
onnx-it-holds-texts-which-are = it holds texts, which are not known here
onnx-it-holds-complex-numbers-which = it holds complex numbers, which are not known here
onnx-its-numbers-are-of-kind = its numbers are of kind { $number }, which is not known here
onnx-it-has-bytes-instead-of = it has { $is } bytes instead of { $wanted } for { $count } numbers
onnx-it-has-numbers-instead-of = it has { $has } numbers instead of { $count }
onnx-its-numbers-lie-in-but = its numbers lie in “{ $name }”, but only a file of the same folder is read: move it there
onnx-its-numbers-lie-in-which = its numbers lie in “{ $name }”, which cannot be read: { $error }
onnx-its-place-in-is-no = its place in “{ $name }” is no number
onnx-it-needs-bytes-of-which = it needs { $bytes } bytes of “{ $name }”, which is no file that has them: export the network again

# network/onnx/scan.rs
onnx-its-messages-are-nested-too = its messages are nested too deep for a network
onnx-it-is-damaged-or-no-onnx = it is damaged or no ONNX: a length points beyond what it is part of
onnx-it-is-cut-off-it = it is cut off: it ends within a number

# network/onnx/write.rs
onnx-holds-a-network-which-is = “{ $name }” holds a network, which is not written
onnx-numbers-of-are-not-written = numbers of { $kind } are not written

# network/onnx/mod.rs
onnx-nothing = nothing
onnx-attribute-of = { $node }, “{ $name }”
