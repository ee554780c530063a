# exhibits/digits/data/mod.rs
digits-model-its-images-are-pixels = its images are { $rows } × { $columns } pixels
digits-model-this-exhibit-reads-images-of = this exhibit reads images of 1 to 64 pixels a side
digits-model-it-has-1-class = it has 1 class
digits-model-it-has-classes = it has { $classes } classes
digits-model-this-exhibit-tells-2-to = this exhibit tells 2 to 100 classes apart

# exhibits/digits/mod.rs
digits-model-a-network-learns-to-read = A network learns to read digits
digits-model-the-digits = the digits
digits-model-a-folder-of-idx-files = a folder of IDX files with MNIST's or EMNIST's names
digits-model-32-images = 32 images
digits-model-as-250-3-scale-0 = as 250:3:scale=0
digits-model-an-index-of-a-test = an index of a test image
digits-model-a-name-of-a-layer = a name of a layer
digits-model-a-name-of-a-layer-or = a name of a layer or logits
digits-model-the-whole-network = the whole network
digits-model-a-network-learns-to-read-handwriting = A network learns to read handwriting

# exhibits/digits/model/fused.rs
digits-model-there-are-numbers-instead-of = there are { $other_count } numbers instead of { $count }

# exhibits/digits/model/inside/health.rs
digits-model-a-direction-has-other-layers = a direction has other layers than the network

# exhibits/digits/model/inside/parameters.rs
digits-model-the-network-has-parameters-but = the network has { $all } parameters, but { $numbers_count } are given

# exhibits/digits/model/learner.rs
digits-model-a-gradient-is-missing = a gradient is missing

# exhibits/digits/model/replay/mod.rs
digits-model-the-test-was-broken-off = the test was broken off

# exhibits/digits/model/trainable/bench.rs
digits-model-the-network-is-gone = the network is gone
digits-model-the-digits-write-no-file = The digits write no file: --model lenet5 --save net.onnx learns the same images and writes what it has learned.
digits-model-onnx-runtime-and-whatever-else = ONNX Runtime and whatever else reads ONNX run that.

# exhibits/digits/model/trainable/explanation.rs
digits-model-this-model-answers-no-questions = this model answers no questions

# exhibits/digits/model/trainable/health.rs
digits-model-no-limit-is-told-for = no limit is known for the curvature: what Adam divides gradients by cannot be read here

# exhibits/digits/model/trainable/private.rs
digits-model-the-training-was-private-and = the training was private, and the ledger does not know the noise of its steps, which no image has taught: train without --private to ask what taught it
digits-model-after-all-noise-clip = { $spent } after all { $steps }; noise { $noise }, clip { $clip }

# exhibits/digits/model/trainable/readout.rs
digits-model-there-is-no-test-image = there is no test image { $index }, only { $test_count }
digits-model-a-network-for-digits-is = a network for digits is shown images
digits-model-a-drawing-has-numbers-instead = a drawing has { $pixels_count } numbers instead of { $input }

# exhibits/digits/model/trainable/remembered.rs
digits-model-this-is-no-question-to = this is no question to a run's past

# exhibits/digits/model/trainable/stages.rs
digits-model-training-images = Training images
digits-model-test-images = Test images
digits-model-image-size = Image size
digits-model-0-to-1 = 0 to 1
digits-model-mean-brightness = Mean brightness
digits-model-filters-of-relu = { $filters } filters of { $kernel } × { $kernel2 }, ReLU
digits-model-largest-of = largest of { $window } × { $window2 }
digits-model-to-softmax = { $units } to { $classes }, softmax
digits-model-glorot-uniform = Glorot uniform
digits-model-after-step-without-the-edit = after step { $step }, without the edit
digits-model-in-3-colours = {" "}in 3 colours
digits-model-pixels = { $rows } × { $columns } pixels{ $of }

# exhibits/digits/model/trainable/state.rs
digits-model-the-network-has-not-been = the network has not been built

# exhibits/digits/model/trainable/trial.rs
digits-model-the-digits-have-filters-at = the digits have { $most_filters } filters at most, not { $filters }

# exhibits/digits/open.rs
digits-model-clip-says-how-far-private = --clip says how far private training clips gradients: say --private too, or leave it out.
digits-model-taught-takes-the-training-again = { $option } takes the training again, but does not know the noise of --private: leave one of them out.

# exhibits/digits/model/trainable/private.rs
digits-model-private = Private

# exhibits/digits/model/trainable/stages.rs
digits-model-brightness = Brightness
digits-model-convolution = Convolution
digits-model-pooling = Pooling
digits-model-dense = Dense
digits-model-parameters = Parameters
digits-model-weights = Weights
digits-model-biases = Biases
digits-model-zero = zero
digits-model-seed = Seed
