# network/keras/archive.rs
keras-it-is-no-plain-file = it is no plain file
keras-it-is-hdf5-as-keras = it is HDF5, as Keras 2 saved it: open it with Keras 3 and save it as x.keras
keras-it-is-damaged-or-no = it is damaged or no archive as Keras 3 saves it
keras-it-was-saved-by-version = it was saved by version { $version } of Keras, but 3 is known: open it there and save it again
keras-its-is-no-json = its { $name } is no JSON: { $error }
keras-its-is-damaged-or-cut = its { $name } is damaged or cut short
keras-it-holds-no-as-networks = it holds no { $name }, as networks of Keras 3 do
keras-its-has-bytes-more-than = its { $name } has { $size } bytes, more than { $most }
keras-its-would-become-bytes-of = its { $name } would become { $size } bytes of { $packed }, which no network does

# network/keras/builder.rs
keras-it-has-more-than-layers = it has more than { $most_layers } layers
keras-its-weights-are-instead-of = its weights { $at } are { $dims } instead of { $dims2 }
keras-it-is-used-twice-for = it is used twice for what lies differently, or two layers are called “{ $name }”
keras-pixels-0-to-255-since = Pixels: 0 to 255, since { $why }

# network/keras/edges.rs
keras-what-it-reads-is-not = what it reads is not told as Keras 3 does
keras-it-reads-what-no-layer = it reads what no layer makes

# network/keras/entries.rs
keras-its-config-json-has-a = its config.json has a layer without class_name, config or name

# network/keras/flow.rs
keras-it-must-know-the-size = it must know the size of images: give the network an Input of one size
keras-it-takes-maps-of-rows = it takes maps of rows, columns and channels, but was given { $dims_count } dimensions
keras-are-more-than-numbers = { $dims } are more than { $most_numbers } numbers

# network/keras/inputs.rs
keras-its-inputlayer-has-no-batch = its InputLayer has no batch_shape
keras-inputlayer = InputLayer “{ $path }”
keras-its-input-is-of-whole = its input is of whole numbers
keras-input-its-numbers-are-those = Input: its { $length } numbers are those of { $side } rows of { $side } pixels

# network/keras/layers/activations.rs
keras-its-activation-is-of-someones = its activation is of someone's own code, which is not executed
keras-its-activation-is-not-known = its activation { $other } is not known here
keras-its-threshold-or-its-slope = its threshold, or its slope below a limit, is not known here
keras-it-is-over-several-axes = it is over several axes, which is not known here

# network/keras/layers/merges.rs
keras-it-joins-what-has-and = it joins what has { $rank } and { $rank2 } dimensions
keras-it-joins-and-which-do = it joins { $a } and { $b }, which do not fit each other
keras-it-joins-layers = it joins { $flows_count } layers
keras-it-joins-layers-of-different = it joins layers of different dimensions

# network/keras/layers/mod.rs
keras-it-is-quantised-save-the = it is quantised: save the network with its full numbers
keras-it-has-channels-first-save = it has channels first: save the network with channels_last
keras-it-reads-layers-which-is = it reads { $count } layers, which is not known here
keras-it-cuts-images-to-a = it cuts images to a size: crop them before, and leave it out
keras-it-holds-someones-own-code = it holds someone's own code, which is not executed
keras-layers-of-this-class-are = layers of this class are not known here

# network/keras/layers/norms.rs
keras-its-axis-is-not-the = its axis is not the last, or the size of it is not known
keras-it-normalises-rows-of-several = it normalises rows of several features, or by renorm, which is not known here
keras-its-rms-scaling-is-not = its rms_scaling is not known here
keras-it-normalises-other-axes-than = it normalises other axes than the last ones, which is not known here
keras-it-does-not-know-the = it does not know the size of what it normalises
keras-its-groups-do-not-divide = its { $groups } groups do not divide { $channels } channels
keras-it-has-numbers-which-do = it has { $count } numbers, which do not fit its channels
keras-its-first-layer-rescaling-is = its first layer, Rescaling, is made for them
keras-it-is-inverted-which-is = it is inverted, which is not known here
keras-its-first-layer-normalization-has = its first layer, Normalization, has means of that size

# network/keras/layers/operations.rs
keras-operations-of-this-class-and = operations of this class and these settings are not known here

# network/keras/layers/products.rs
keras-it-does-not-know-how = it does not know how many features it reads
keras-its-groups-do-not-divide-channels = its { $groups } groups do not divide { $channels } channels and { $filters } filters
keras-its-pads-leave-nothing = its pads leave nothing

# network/keras/layers/shapes.rs
keras-its-target-shape-does-not = its target_shape { $numbers } does not fit what it reads
keras-its-dims-do-not-name = its dims do not name each dimension once
keras-it-leaves-nothing = it leaves nothing
keras-its-interpolation-is-not-known = its interpolation { $other } is not known here
keras-its-rate-is-but-goes = its rate is { $rate }, but goes from 0 to 1

# network/keras/layers/windows.rs
keras-its-window-reaches-but-is = its window reaches { $reach }, but is given maps of { $size }
keras-its-padding-is-not-known = its padding { $other } is not known here

# network/keras/settings.rs
keras-its-is-which-is-not = its { $name } is { $text }, which is not known here

# network/keras/stored.rs
keras-its-model-weights-h5-is = its model.weights.h5 is damaged or no HDF5
keras-its-weights-have-no = its weights have no “{ $place }”
keras-the-weights-are-damaged = the weights are damaged
keras-the-network-has-more-than = the network has more than { $most_numbers } numbers
keras-its-numbers-are-not-of = its numbers are not of 32 bits: save it with float32
keras-its-numbers-lie-apart-or = its numbers lie apart or packed, which is not as Keras saves them
keras-the-weights-are-cut-short = the weights are cut short

# network/keras/topology.rs
keras-it-is-a-of-someones = it is a { $class } of someone's own code, which is not executed
keras-it-is-a-model-of = it is a model of someone's own code, which is not executed
keras-it-does-not-say-what = it does not say what images it takes: begin it with keras.Input(shape) or call it once
keras-its-are-not-as-functional = its { $word } are not as functional models have them
keras-takes-inputs-but-is-given = “{ $path }” takes { $inputs_count } inputs, but is given { $flows_count }
keras-it-is-given-a-number = it is given a number, which is not known here
keras-its-layers-read-each-other = its layers read each other in a circle, or what is not there
keras-its-output-is-made-by = its output is made by none of its layers
keras-it-is-of-someones-own = it is of someone's own code, which is not executed
keras-its-weights-are-those-of = its weights are those of another layer
keras-left-out = Left out: { $names }, at work only while Keras trains
keras-dropout-of-numbers = Dropout: { $names } leaves out single numbers here, not whole maps
keras-frozen = Frozen: { $names } stay as they are, as in Keras
