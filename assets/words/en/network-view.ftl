# exhibits/network/view/card.rs
network-channel = channel { $channel }

# exhibits/network/view/dropped.rs
network-the-input-stays-as-it = The input stays as it is: { $why }.
network-cannot-use-drop-a-picture = cannot use { $path }: { $why }; drop a picture, such as a PNG or a JPEG
network-it-is-no-file = it is no file
network-it-is-longer-than-64 = it is longer than 64 MiB

# exhibits/network/view/headings.rs
network-layers-2 = { $layers } layers

# exhibits/network/view/mod.rs
network-draw-one-of-them = Draw one of them

# exhibits/network/view/overview/card.rs
network-no-layer-is-called-so = No layer is called so
network-the-first-of = the first of { $count }
network-no-room-for-its-plate = no room for its plate

# exhibits/network/view/overview/family.rs
network-transposed = transposed{" "}
network-convolution = { $value }convolution { $rows } × { $columns }
network-product-of-matrices = product of matrices
network-normalisation-by = normalisation by { $over }
network-along-dimensions = { $takes } along dimensions
network-pooling = { $takes } pooling { $rows } × { $columns }
network-means-of-heads = means of { $heads } heads
network-attention-of-heads = attention of { $heads } heads

# exhibits/network/view/pointing.rs
network-filter-channel-row-column = filter { $filter }, channel { $channel }, row { $row }, column { $column }
network-token = token { $at }{ $letter }
network-head-sees = head { $map }, { $row } sees { $column }
network-number = { $row }, number { $column }

# exhibits/network/view/saving.rs
network-save = Save

# exhibits/network/view/switch.rs
network-units = Units
network-weights = Weights
network-gradients = Gradients
network-as-it-learns = As it learns
network-layers-in-blocks = { $layers } layers in blocks

# exhibits/network/view/text.rs
network-passage = Passage
network-what-it-writes = What it writes
network-type-a-text = Type a text
network-it-cannot-read-this = It cannot read this
network-it-goes-on = It goes on
network-it-goes-on-live = It goes on, live
network-is-nowhere-in-the-text = “{ $letter }” is nowhere in the text that it learns

# exhibits/network/view/overview/family.rs
network-linear = linear
network-embedding = embedding
network-sum = sum
network-concatenation = concatenation
network-input = input
network-reshape = reshape
network-word-max = max
network-word-min = min
network-word-average = average
network-word-mean = mean
network-word-sum = sum
network-word-batch = batch
network-word-layer = layer
network-word-group = group
network-word-instance = instance
network-on-its-plinth = Network
network-finds-a-layer = / finds a layer
network-word-last-token = last token
