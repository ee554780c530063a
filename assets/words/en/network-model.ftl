# exhibits/network/errand.rs
network-model-is-read-as = { $picture } is read as { $read_as }{"\u000A"}
network-model-the-other-together = { $value } %  the other { $others_count } together

# exhibits/network/mod.rs
network-model-any-network-layer-by-layer = Any network, layer by layer
network-model-a-network-of-ones-own = a network of one's own
network-model-pictures-in-a-folder-for = pictures in a folder for each class or named by a CSV, IDX files, CIFAR's binary version, an .npz, or a text for a network that reads one
network-model-what-the-description-says = what the description says
network-model-as-250-3-scale-0 = as 250:3:scale=0
network-model-an-index-of-a-test = an index of a test image
network-model-a-name-of-a-layer = a name of a layer
network-model-a-name-of-a-layer-or = a name of a layer or logits
network-model-the-whole-network = the whole network
network-model-a-training-elsewhere = a training of another program, such as PyTorch
network-model-any-network-that-you-describe = Any network that you describe, layer by layer
network-model-saved-as = Saved as

# exhibits/network/model/bench.rs
network-model-say-save-net-onnx-which = Say --save net.onnx, which writes it with what it learned after each epoch.
network-model-onnx-runtime-and-whatever-else = ONNX Runtime and whatever else reads ONNX run the file, which has

# exhibits/network/model/edit.rs
network-model-this-network-reads-a-text = this network reads a text, and its units are not known one by one

# exhibits/network/model/explanation.rs
network-model-this-network-reads-a-text-which = this network reads a text, which has no { $needs }

# exhibits/network/model/health.rs
network-model-there-are-no-images = there are no images

# exhibits/network/model/lessons.rs
network-model-0-to-1 = 0 to 1
network-model-a-network-for-images-is = a network for images is shown images
network-model-a-network-for-text-is = a network for text is shown text
network-model-it-has-numbers-instead-of = it has { $numbers_count } numbers instead of { $size }
network-model-there-is-no-test-only = there is no test { $one } { $index }, only { $test_len }
network-model-it-is-shown-something-that = it is shown something that it does not know

# exhibits/network/model/own_picture.rs
network-model-type-a-text-below-it = type a text below it, or visit a network for images
network-model-this-network-reads-a-text-2 = this network reads a text
network-model-a-network-answers-no-such = a network answers no such question

# exhibits/network/model/past/mod.rs
network-model-this-is-no-question-to = this is no question to a run's past

# exhibits/network/model/saving.rs
network-model-resumed-is-not-taken-again = { $option } takes the training again from its first step, but how the file of --resume was learned is not known: leave one of them out.
network-model-resumed-in-epoch-after-step = Resumed: in epoch { $epoch }, after step { $step }; curves begin there
network-model-what-it-holds-would-be = what it holds would be written over: make its folder writable
network-model-the-network-is-not-saved = the network is not saved: make room for it
network-model-there-is-no-array = there is no array “{ $array }”

# exhibits/network/model/stages.rs
network-model-training-images = Training images
network-model-test-images = Test images
network-model-image-size = Image size
network-model-test-passages = Test passages
network-model-class-weights = Class weights
network-model-after-step-without-the-edit = after step { $step }, without the edit
network-model-after-step = after step { $step }
network-model-of-the-file = of the file
network-model-as-pytorch-begins = as PyTorch begins
network-model-rate-falls-by-a-cosine = { $optimiser }, rate falls by a cosine
network-model-rate-every = { $optimiser }, rate × { $gamma } every { $epochs }
network-model-the-last-layer-alone = the last layer alone, { $count }
network-model-the-run-before = The run before

# exhibits/network/model/trial.rs
network-model-this-network-reads-a-text-for = this network reads a text, for which the doctor knows no remedy
network-model-a-network-of-your-own = a network of your own is as wide as its file says: write it wider there and open it again

# exhibits/network/model/trouble.rs
network-model-the-first-are-among-the = the first are among the weights “{ $name }”
network-model-the-first-layer-that-makes = the first layer that makes some is “{ $name }”

# exhibits/network/narrator.rs
network-model-of-to-be-tested-on = { $name }: { $set_count } of { $width } to be tested on, an alphabet of { $classes_count }

# exhibits/network/open/advice.rs
network-model-colours-it-is-for-colour = Colours: it is for colour images; grey ones are given to all three channels
network-model-give-one-for-each-class = give one for each class, or "balanced"
network-model-training = {"["}training]: { $fault }
network-model-it-learns-a-text-and = it learns a text, and --freeze is for images
network-model-leave-freeze-out = leave --freeze out
network-model-augmentation-is-of-images = {"["}augmentation] is of images
network-model-leave-it-out = leave it out
network-model-in-training-lets-both-count = { $unequal }: { $class_weights_setting } in [training] lets both count the same
network-model-what-freeze-keeps-as-it = what --freeze keeps as it is has learned nothing
network-model-name-what-it-learned-with = name what it learned with --weights, or leave --freeze out
network-model-freeze-looks-at-each-image = --freeze looks at each image once, but [augmentation] changes it each time
network-model-leave-one-of-both-out = leave one of both out
network-model-classes-has-has = Classes: { $most } has { $many }, { $fewest } has { $few }
network-model-few-images-about-of-each = Few images: about { $each } of each class; --freeze lets only the last layer learn, which takes fewer and is faster

# exhibits/network/open/brought.rs
network-model-pixels-is-part-of-the = --pixels is part of the network that was saved: leave it out to go on with its training.
network-model-it-is-for-images-of = it is for images of { $wants } { $word }, but { $name } has { $has }
network-model-give-pictures-with-data-a = give pictures with --data (a folder of them for each class), which are brought to its size

# exhibits/network/open/described.rs
network-model-pixels-is-for-networks-that = --pixels is for networks that are brought: begin a description with batch_norm instead.
network-model-correct-the-description = correct the description
network-model-correct-the-description-or-leave = correct the description, or leave --weights out
network-model-name-a-description-in-toml = name a description in TOML, a network that ends in .onnx or .keras, or one of { $known }
network-model-it-is-a-folder = it is a folder
network-model-is-no-text = { $path } is no text
network-model-it-is-longer-than-a = it is longer than a description can be, 1 MiB

# exhibits/network/open/memory.rs
network-model-it-takes-about-while-it = it takes about { $plan } while it learns in batches of { $batch }, but { $free } are free
network-model-try-batch = try --batch { $batch }
network-model-take-a-smaller-network-or = take a smaller network, or close other programs

# exhibits/network/open/mod.rs
network-model-bring-an-onnx-file-of = bring an ONNX file of a network that tells images apart
network-model-save-it-again-or-bring = save it again, or bring it as ONNX: model.export("x.onnx", format="onnx")
network-model-the-network-has-weights-of = the network has weights of its own
network-model-leave-weights-out-or-name = leave --weights out, or name a description with --model
network-model-leave-look-at-out = leave --look-at out
network-model-leave-out = leave { $option } out

# exhibits/network/open/places.rs
network-model-a-network-is-saved-as = a network is saved as ONNX, or as a description in TOML
network-model-let-the-name-after-save = let the name after --save end in .onnx or .toml
network-model-it-is-what-names-and = it is what { $option } names, and would be written over
network-model-name-another-file-with-save = name another file with --save
network-model-name-a-file-in-a = name a file in a folder you may write to with --save
network-model-it-is-there-and-no = it is there and no plain file
network-model-it-is-a-link-that = it is a link that leads nowhere

# exhibits/network/open/resume.rs
network-model-begin-anew-without-resume = begin anew without --resume
network-model-name-an-onnx-file-that = name an ONNX file that was written by --save
network-model-make-it-readable = make it readable
network-model-the-training-that-was-saved = The training that was saved beside { $path } lets every layer learn: leave --freeze out, or bring its network with --model and --freeze, without --resume.
network-model-is-but-the-training-that = { $option } is { $is }, but the training that was saved beside { $path } has { $was }: leave the option out, or { $remedy }.
network-model-the-training-that-was-saved-beside = The training that was saved beside { $path } was calculated by { $device }, and other bits would come of { $name }: say --device { $device2 }.
network-model-the-training-that-was-saved-beside-has = The training that was saved beside { $path } has done { $done } of { $epochs } epochs: say how many it is to have in all with --epochs.
network-model-it-was-trained-on-other = it was trained on other data than { $name } has, though as many
network-model-it-was-trained-on-but = it was trained on { $wants }, but { $name } has { $has }
network-model-give-the-same-data-with = give the same data with --data
network-model-it-was-trained-with = it was trained with { $others }
network-model-let-training-say-the-same = let [training] say the same, or begin anew without --resume
network-model-its-numbers-of-steps-contradict = its numbers of steps contradict each other
network-model-name-the-network-that-was = name the network that was saved as { $path }
network-model-it-is-another-network-the = it is another network: the saved one has other weights ({ $fault })
network-model-it-is-another-network-than = it is another network than the one that was saved

# exhibits/network/open/text.rs
network-model-name-its-description-with-model = name its description with --model, and the file with --resume
network-model-it-reads-text-but-was = it reads text, but was saved before such files held a description
network-model-its-description-is-not-of = its description is not of text
network-model-its-characters-are-in-no = its characters are in no order, or too many
network-model-pixels-is-of-images-but = --pixels is of images, but the network reads text: leave it out.

# exhibits/network/model/stages.rs
network-model-brightness = Brightness
network-model-passages = Passages
network-model-context = Context
network-model-alphabet = Alphabet
network-model-augmentation = Augmentation
network-model-network = Network
network-model-parameters = Parameters
network-model-units = Units
network-model-multiply-adds = Multiply-adds
network-model-learns = Learns
network-model-weights = Weights
network-model-optimiser = Optimiser
network-model-seed = Seed

# exhibits/network/open/brought.rs
network-model-rows = rows
network-model-columns = columns
network-model-remark = Remark
