# learning/classifier.rs
learning-test-accuracy = Test accuracy
learning-test-loss = Test loss

# learning/device.rs
learning-no-gpu-answers-through-vulkan = no GPU answers through Vulkan, Metal or DirectX here: install its driver, or leave --device out
learning-no-gpu-answers-through-nvidias = no GPU answers through NVIDIA's driver here: install it, or leave --device out
learning-this-program-was-built-without = this program was built without it: build it with --features wgpu
learning-this-program-was-built-without-it = this program was built without it: build it with --features cuda
learning-only-flex-ndarray-wgpu-and = only flex, ndarray, wgpu and cuda are known

# learning/error.rs
learning-cannot-use = cannot use { $path }: { $fact }; { $remedy }
learning-is-but = { $option } is { $value }, but { $rule }
learning-is-but-2 = { $option } is { $value }, but { $limit }
learning-the-training-thread-could-not = the training thread could not be started: { $value }; close other programs or lower --threads
learning-this-exhibit-learns-nothing-else = this exhibit learns nothing else; restart it instead
learning-training-could-not-go-on = training could not go on: { $value }

# learning/panics.rs
learning-it-panicked-without-a-reason = it panicked without a reason

# learning/privacy/steps.rs
learning-it-must-be-a-positive = it must be a positive finite number

# learning/trainable.rs
learning-this-model-answers-no-questions = this model answers no questions
learning-this-model-keeps-no-weights = this model keeps no weights of earlier steps
learning-the-weights-of-this-model = the weights of this model cannot be changed by hand

# learning/training_config.rs
learning-there-must-be-at-least = there must be at least one pass over the data
learning-a-step-needs-at-least = a step needs at least one example
learning-training-needs-at-least-one = training needs at least one thread

# learning/training_loop/edits.rs
learning-edit-cannot-be-made = --edit { $planned } cannot be made: { $of_question }
learning-edit-comes-too-late-the = --edit { $planned } comes too late: the run has { $steps }
learning-edit-comes-too-early-the = --edit { $planned } comes too early: the run goes on after step { $step }
learning-branch-cannot-be = --branch { $branch } cannot be: { $why }
learning-edit-cannot-be-made-2 = --edit { $planned } cannot be made: { $why }
learning-the-run-has-not-begun = the run has not begun, or has failed

# learning/training_loop/estimate.rs
learning-days = ~{ $days } days

# learning/training_loop/requests.rs
learning-the-run-has-not-begun-2 = the run has not begun

# learning/training_loop/saving.rs
learning-this-run-has-no-place = this run has no place to be saved at

# learning/training_loop/start.rs
learning-steps-in-an-epoch = Steps in an epoch
learning-learning-rate = Learning rate

# learning/training_loop/steps.rs
learning-the-loss-is-no-number = the loss is no number before anything was learned: look at the weights and at the data

# learning/classifier.rs
learning-mistakes = Mistakes
learning-epochs = Epochs
learning-batch = Batch
learning-threads = Threads
learning-steps = Steps
learning-the-loss-is-no-number-as = the loss is no number before anything was learned ({ $which }): look at the weights and at the data
learning-minutes = ~{ $minutes } min
learning-hours = ~{ $hours } h

# learning/reader.rs
learning-pictures-of-another-size = { $count } images have { $found } numbers, but each has { $wanted }
learning-this-model-reads-no-images = this model reads no images
