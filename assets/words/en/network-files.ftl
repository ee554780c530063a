# network/augmentation.rs
network-files-flipped-both-ways = flipped both ways
network-files-flipped-left-to-right = flipped left to right
network-files-flipped-upside-down = flipped upside down
network-files-shifted-by-up-to = shifted by up to { $shift }
network-files-cropped-with-pixels-around = cropped with { $crop } pixels around
network-files-turned-by-up-to = turned by up to { $rotate }°
network-files-brightness = brightness ± { $brightness }
network-files-contrast = contrast ± { $contrast }

# network/brought/adapt.rs
network-files-it-takes-inputs-but-images = it takes { $names_count } inputs ({ $names }), but images are one: export it with a single one
network-files-its-input-is-of-channels = its input is of { $channels } channels, but pictures have one or three: export it with channels before rows and columns
network-files-its-input-has-dimensions-but = its input has { $dims_count } dimensions, but images have four: batch, channels, rows and columns
network-files-its-input-is-of-other = its input is of other numbers than 32-bit floats, which images are: export it with float32
network-files-it-is-for-images-of = it is for images of { $wants } { $word }, but the data have { $has }: give it pictures, which are brought to its size
network-files-outputs-only-the-first-of = Outputs: only the first of { $outputs_count } is looked at
network-files-its-images-have-channels-but = its images have { $channels } channels, but ImageNet's have three: say --pixels signed or leave it out
network-files-pixels-less-imagenets-mean-by = Pixels: less ImageNet's mean, by its deviation
network-files-pixels-1-to-1 = Pixels: −1 to 1
network-files-it-is-for-images-of-channels = it is for images of { $wants } channels, but the data have { $has }
network-files-colours-it-is-for-colour = Colours: it is for colour images; grey ones are given to all three channels
network-files-its-output-is-made-by = its output is made by nobody
network-files-last-layer-it-is-new = Last layer: it is new, since the file's tells { $tells } classes and the data have { $classes }

# network/brought/graph.rs

# network/brought/layers/reader.rs
network-files-its-output-is-not-what = its output is not what its last layer makes
network-files-it-has-no-kind-in = it has no kind in a description; save the network as .onnx
network-files-it-has-no = it has no { $word }

# network/brought/layers/weighted.rs
network-files-is-no-weight-of-its = “{ $array }” is no weight of its own, as a description needs

# network/brought/learned.rs
network-files-folded-its-normalisations-are-part = Folded: its normalisations are part of its convolutions, so it does not learn as its author's did; export it with torch.onnx.export(…, training=torch.onnx.TrainingMode.TRAINING, do_constant_folding=False)

# network/brought/mod.rs
network-files-it-cannot-be-drawn = it cannot be drawn: { $why }
network-files-it-has-no-weights-that = it has no weights that could learn

# network/class_weights.rs
network-files-there-are-no-class-weights = there are no class_weights “{ $word }”; { $advice }
network-files-class-weights-is-but-it = class_weights is { $kind }, but it must be "balanced" or a list with a number for each class
network-files-class-weights-has-numbers-but = class_weights has { $numbers_count } numbers, but the data have { $counts_count } classes

# network/describe.rs
network-files-line-is-no-toml = line { $line } is no TOML: { $trim }
network-files-context-is-of-text-but = context is of text, but channels, rows and columns are of images: say either
network-files-input-says-context-so-it = {"["}input] says context, so it is for text
network-files-input-is-for-images-of = {"["}input] is for images of { $wanted } { $word }, but those of the data have { $size }: leave it out to take any
network-files-input-does-not-say-context = {"["}input] does not say context
network-files-the-text-has-characters = the text has { $classes } characters
network-files-the-data-have-classes = the data have { $classes } classes
network-files-the-last-layer-makes-but = the last layer makes { $last }, but { $are }: end with a linear layer without out_features
network-files-layer = layer “{ $prefix }{ $name }”
network-files-the-network = the network
network-files-layer-of = layer { $own_count } of { $value }
network-files-it-needs-a-kind = it needs a kind
network-files-a-name-has-letters-and = a name has letters and no full stop
network-files-another-layer-has-this-name = another layer has this name: give it one of its own
network-files-there-is-no-kind = there is no kind “{ $kind }”; { $advice }
network-files-a-network-has-at-most = a network has at most { $most_layers } layers
network-files-it-makes-of-what-it = it makes { $size } of what it reads, and the network learns { $learned } numbers so far, but at most { $most_numbers }
network-files-no-layer-before-it-is = no layer before it is called “{ $name }”; { $name2 }
network-files-from-is-but-it-must = from is { $is }, but it must be the name of a layer, or a list of them
network-files-from-is-an-empty-list = from is an empty list: name the layers that it reads

# network/expand.rs
network-files-a-network-is-shown-images = a network is shown images or text, not { $other }

# network/fault.rs
network-files-did-you-mean = did you mean “{ $best }”?
network-files-choose-one-of = choose one of { $known }
network-files-it-reads-one-layer-but = it reads one layer, but from names { $reads_count }

# network/graph.rs

# network/head.rs
network-files-it-does-not-end-in = it does not end in a linear layer
network-files-the-weights-of-its-last = the weights of its last linear layer are also read elsewhere

# network/infer.rs
network-files-it-reads-begin-with-an = it reads { $read }: begin with an embedding
network-files-a-pooling = a pooling
network-files-it-reads-but-a-flatten = it reads { $read }, but a flatten takes maps: leave it out, a linear layer takes each token by itself
network-files-there-is-no-kind-2 = there is no kind “{ $other }”
network-files-it-reads-but-takes-maps = it reads { $size }, but { $what } takes maps: put it before the flatten
network-files-it-reads-but-takes-maps-as = it reads { $size }, but { $what } takes maps, as of images
network-files-a-convolution = a convolution
network-files-it-needs-kernel-size = it needs kernel_size
network-files-groups-do-not-divide-its = { $groups } groups do not divide its { $channels } channels into { $out } evenly
network-files-padding-same-is-for-odd = padding “same” is for odd kernels with stride 1: say a number
network-files-its-window-of-does-not = its window of { $rows } × { $columns } does not fit into { $read }: make it smaller, or pad more
network-files-it-reads-but-a-linear = it reads { $read }, but a linear layer takes a row of numbers: put a flatten before it
network-files-its-padding-is-more-than = its padding is more than half of its kernel_size
network-files-it-reads-use-layer-norm = it reads { $read }: use layer_norm for tokens
network-files-it-reads-but-layer-norm = it reads { $read }, but layer_norm takes a row of numbers: use group_norm with num_groups = 1
network-files-groups-do-not-divide-its-channels = { $groups } groups do not divide its { $channels } channels evenly
network-files-it-reads-nothing-name-layers = it reads nothing: name layers in from
network-files-takes-at-least-two-layers = { $kind } takes at least two layers: name them, as in from = ["conv1", "input"]
network-files-it-adds-and-but-takes = it adds { $first } and { $other }, but takes equal sizes: let a convolution of kernel_size 1 make them equal
network-files-it-puts-and-behind-each = it puts { $first } and { $other } behind each other, but takes equal rows and columns

# network/made.rs
network-files-it-would-learn-more-than = it would learn more than { $most_numbers } numbers: make it smaller

# network/mod.rs
network-files-one-number = one number
network-files-numbers = { $length } numbers
network-files-characters = { $length } characters
network-files-tokens = { $tokens } tokens × { $features }

# network/optimiser.rs
network-files-there-is-no-optimiser = there is no optimiser “{ $other }”; { $advice }
network-files-there-is-no-loss-here = there is no loss “{ $loss }” here; only cross_entropy
network-files-there-is-no-schedule = there is no schedule “{ $other }”; { $advice }

# network/settings.rs
network-files-a-text-in-quotation-marks = a text in quotation marks
network-files-it-needs = it needs { $name }
network-files-has-numbers-but-it-takes = { $name } has { $both_count } numbers, but it takes one, or two for rows and columns
network-files-a-number = a number
network-files-0-or-more = 0 or more
network-files-above-0 = above 0
network-files-at-least = at least { $least }
network-files-from-to = from { $least } to { $most }
network-files-is-but-it-must-be = { $name } is { $number }, but it must be { $rule }
network-files-true-or-false = true or false
network-files-a-table = a table
network-files-there-is-no-setting-here = there is no setting “{ $key }” here; { $advice }
network-files-a-whole-number = a whole number
network-files-is-but-at-most = { $name } is { $number }, but at most { $most_numbers }
network-files-is-but-it-must-be-at = { $name } is { $number }, but it must be at least { $least }
network-files-is-but-it-must-be-2 = { $name } is { $kind }, but it must be { $wanted }
network-files-is-but-it-must-be-above = { $name } is { $number }, but it must be above 0 and finite

# network/tokens.rs
network-files-it-reads-but-takes-tokens = it reads { $size }, but { $what } takes tokens: put it behind an embedding
network-files-it-reads-but-an-embedding = it reads { $read }, but an embedding takes the characters of a text: let it read the input, and say context in [input]
network-files-a-positional-embedding = a positional embedding
network-files-an-attention = an attention
network-files-heads-do-not-divide-its = { $heads } heads do not divide its { $features } numbers of a token evenly

# network/weights/archive.rs
network-files-it-is-an-archive-without = it is an archive without weights
network-files-it-is-torchscript = it is TorchScript
network-files-save-a-state-dict-onnx = save a state dict, ONNX or safetensors instead
network-files-it-is-of-torch-export = it is of torch.export
network-files-it-is-a-model-of = it is a model of Keras
network-files-open-it-with-model-or = open it with --model, or give weights of PyTorch or safetensors
network-files-it-holds-arrays-of-numpy = it holds arrays of NumPy
network-files-give-weights-of-pytorch-or = give weights of PyTorch or safetensors

# network/weights/arrays.rs
network-files-it-holds-arrays-more-than = it holds { $arrays } arrays, more than { $most_arrays }
network-files-give-the-weights-of-one = give the weights of one network
network-files-it-holds-no-weights = it holds no weights
network-files-it-holds-more-than-numbers = it holds more than { $most_numbers } numbers
network-files-give-a-smaller-network = give a smaller network
network-files-it-promises-numbers-more-than = it promises { $all } numbers, more than it can hold
network-files-fetch-or-save-it-again = fetch or save it again
network-files-its-is-cut-short = its { $name } is cut short
network-files-numbers-of-bits-in-became = Numbers of { $bits } bits in { $count } became 32

# network/weights/fit.rs
network-files-weights-were-matched-by-their = Weights were matched by their order: the names are others
network-files-the-file-has-no-running = The file has no running means and variances of { $lacking }: they begin at 0 and 1
network-files-not-taken-from-the-weights = Not taken from the weights: { $left }
network-files-and-neither-do-the-sizes = and neither do the sizes in their order
network-files-and-the-file-does-not = and the file does not tell the order
network-files-no-name-fits-the-file = no name fits { $order }: the file has { $names }, the network { $own }
network-files-the-last-layer-is-new = The last layer is new: the file has none that is called { $path }
network-files-the-last-layer-is-new-the = The last layer is new: the file's tells { $others } classes, the data have { $classes }
network-files-and-so-on = { $some } and so on

# network/weights/misfit.rs
network-files-layer-2 = layer “{ $network }”
network-files-the-nearest-is-of = ; the nearest is { $name } of { $dims }
network-files-the-weights-have-no-of = the weights have no “{ $wanted }” of { $size }{ $near }
network-files-its-is-but-in-the = its { $name } is { $size }, but in the weights { $called } is { $others }
network-files-of-the-weights = { $name } of the weights { $fact }
network-files-the-weights-have-a-of = the weights have a “{ $bias }” of { $dims }, but it has none: leave bias = false out
network-files-layer-3 = layer “{ $path }”
network-files-has-numbers-that-are-not = has numbers that are not finite
network-files-has-variances-below-0 = has variances below 0

# network/weights/mod.rs
network-files-it-is-hdf5-as-keras = it is HDF5, as Keras saves
network-files-it-only-points-to-the = it only points to the file
network-files-fetch-the-file-with-git = fetch the file with git lfs pull
network-files-it-is-a-web-page = it is a web page
network-files-fetch-the-file-itself = fetch the file itself
network-files-it-is-packed-by-gzip = it is packed by gzip
network-files-unpack-it-with-gunzip = unpack it with gunzip
network-files-it-is-no-plain-file = it is no plain file
network-files-name-a-file-of-weights = name a file of weights
network-files-it-is-empty = it is empty

# network/weights/pytorch.rs
network-files-of-the-checkpoint-was-read = Of the checkpoint, “{ $key }” was read
network-files-it-holds-of-which-no = it holds { $kind }, of which no weights can be read
network-files-save-a-state-dict-of = save a state dict of dense tensors
network-files-it-holds-an-array-of = it holds an array of more than 10 GiB
network-files-its-numbers-are-big-endian = its numbers are big-endian
network-files-save-it-on-another-machine = save it on another machine
network-files-it-holds-and-no-state = it holds { $found } and no state dict

# network/weights/refusal.rs
network-files-save-it-with-torch-save = save it with torch.save(model.state_dict(), "weights.pt")
network-files-it-is-damaged-or-cut = it is damaged or cut short
network-files-it-is-neither-weights-of = it is neither weights of PyTorch nor safetensors
network-files-make-it-readable-or-name = make it readable or name another

# network/weights/safe.rs
network-files-its-header-is-longer-than = its header is longer than 32 MiB
network-files-save-it-as-float32 = save it as float32
network-files-it-holds-numbers-of-type = it holds numbers of type { $other }

# network/write/blocks.rs
network-files-its-blocks-are-too-deep = its blocks are too deep in each other
network-files-a-layer-is-missing = a layer is missing
network-files-is-the-name-of-several = “{ $name }” is the name of several layers
network-files-a-block-reads-nothing = a block reads nothing

# network/write/layer.rs
network-files-a-part-of-an-attention = a part of an attention stands alone
network-files-a-layer-reads-what-has = a layer reads what has no name there

# network/write/mod.rs
network-files-its-layers-have-names-that = its layers have names that hide each other: give them others

# network/write/training.rs
network-files-its-training-is-no-toml = its training is no TOML

# network/brought/adapt.rs
network-files-rows = rows
network-files-columns = columns

# network/describe.rs
network-files-channels = channels
network-files-it-has-no-layers-begin = it has no layers: begin each with [[layers]]
network-files-it-has-no-layers-begin-each = it has no layers: begin each with [[layers.layers]]

# network/settings.rs
network-files-tables-each-begun-by-layers = tables, each begun by [[layers]]
network-files-batch-one-image = Batch: the file takes one image at once, so a batch is calculated image by image; export it with { $axes }
network-files-kind-text = a text
network-files-kind-whole = a whole number
network-files-kind-decimal = a number with decimals
network-files-kind-boolean = a boolean
network-files-kind-date = a date
network-files-kind-list = a list
network-files-kind-table = a table
