# attach
attach-the-port-cannot-be-had = Port { $port } cannot be listened on: { $why }. Close what uses it, or say --port with another.
attach-no-thread = the system gave no thread: { $why }
attach-no-randomness = The operating system gives no randomness to make a token of: { $why }. Say --token with 32 hexadecimal digits of your own.
attach-a-token-has-32-digits = a token has 32 hexadecimal digits
attach-no-folder-for-the-file = Neither XDG_RUNTIME_DIR nor HOME names a folder, so the script must be told port and token.
attach-the-file-is-not = { $path } cannot be written ({ $why }), so the script must be told port and token.

# attach/door.rs
attach-too-many-wait = Too many connections wait to be heard: try again in some seconds.
attach-nothing-was-said = Nothing was said for five seconds: begin with a hello.
attach-too-many-wrong = { $most } wrong tokens were named within a minute: wait for one, then name the token that the hall shows.
attach-another-token = This is not the token that the hall shows.
attach-another-version = The training speaks version { $theirs } of the protocol, but this hall version { $ours }: write the Python package anew from this program.
attach-one-at-a-time = A training is attached already, and the hall shows one at a time, so { $program } was not let in.
attach-no-hello = No hello can be read: { $why }.
attach-no-frames = These bytes are no frames of the protocol: something else came to this port.
attach-a-hello-comes-first = A hello comes first, with a header of at most { $most } bytes and no body.

# attach/news.rs
attach-attached = { $program } is attached.
attach-attached-with = { $program } with { $framework } is attached.
attach-connected = The training that is served at { $program } is watched.
attach-ended = The training is served no longer: { $why }.
attach-left = The training is over and its program has gone; what was seen stays.
attach-gone = The program of the training has gone; what was seen stays, and when it comes back a new run begins.
attach-wrong = The training was sent away: { $why }. What was seen stays.
attach-refused = Nobody new is attached. { $why }
attach-not-there = A training in another program cannot be begun anew or changed from here

# attach/keeper.rs
attach-nobody-is-attached = no training is attached
attach-it-has-gone = its program has gone
attach-it-broke-off = it broke off within a frame
attach-it-does-not-read = it does not read what it is asked
attach-it-does-not-answer = the model is in another program, which does not answer such questions

# attach/caller.rs
attach-nobody-serves = Nobody can be reached at { $address }: { $why }. Is “perceptarium serve” running there, and can the port be reached from here?
attach-no-service = What answers at { $address } does not speak the protocol: { $why }.
attach-it-serves-nothing = What answers at { $address } serves no training that can be watched.
attach-it-says-nothing = Nothing is said at { $address }: something else listens there.
attach-not-let-in = The service at { $address } lets nobody in. { $why }

# attach/gate
attach-another-exhibit = its training is now one of the exhibit { $name }
attach-a-hello-comes-once = a hello comes once, and first
attach-a-run-begins-first = a run must begin before anything of it is told
attach-a-graph-comes-first = a graph must be told before a snapshot of it
attach-a-run-says-too-much = the run has told more than can be kept
attach-no-such-material = what it learns from is told in a way that this hall does not show
attach-metrics-of-a-split = there are { $count } metrics of { $split }, but one of training at least and { $most } at most
attach-learning-rates-are-none = learning rates cannot go from { $least } to { $most }
attach-counts-too-many = { $name } is { $count }, which is more than can be
attach-examples-do-not-fit = the test examples do not fit their sizes and classes
attach-a-test-does-not-fit = a test does not fit the test examples that were told
attach-the-graph-lacks = { $name } is in a snapshot, but not in the graph
attach-is-of-another-shape = { $name } is { $whole } in a snapshot, but { $declared } in the graph
attach-a-range-is-none = the range of { $name } in a snapshot is none
attach-a-graph-without-nodes = the graph has no nodes
attach-a-graph-is-too-large = the graph is larger than a hall can show
attach-an-operator-is-none = the operator of node { $path } has attributes that cannot be
attach-a-tensor-is-none = the tensor { $name } has a name or dimensions that cannot be
attach-a-tensor-is-made-twice = node { $path } makes what is made already, or what it reads itself, or no activation

# world/elsewhere and the desk
attach-sign = Waiting for a training
attach-two-lines =
    Two lines in a script of PyTorch, on this machine, are all it takes:
    import perceptarium
    perceptarium.watch(model, optimizer, loss=criterion)
attach-port-and-token = If the script runs as somebody else, give it port { $port } and this token:
attach-another-is-written-down = Scripts find the other program at port { $other } by themselves; to come here, they must name this port and token.
attach-the-line-is-cut = The line to the training is cut: { $reason }.
attach-the-hall-calls-again = The hall connects again by itself
attach-pictures-are-what-is-read = The pictures are what the network reads, from its least number (dark) to its largest (bright): { $spans }.
attach-run-again = The run is over: start the script again for another
attach-begin-again = Start the script again: a new run begins here.
attach-the-training-failed = The training ended early: { $reason }. Start the script again, and a new run begins here.
attach-the-training-diverged = The training diverged at step { $step }. Start the script again with a smaller learning rate, such as { $proposed }.

# python/perceptarium/sentences.py
attach-model-without-parameters = the model has no parameters, so there is nothing to be watched
attach-model-is-sharded = the model is sharded (FSDP), and no process holds its weights whole: watch it without FSDP
attach-model-is-torchscript = the model is TorchScript, whose functions cannot be looked at: watch the model that it was made from
attach-model-without-numbers = the model has no numbers yet (it lies on the device meta): watch it once it has
attach-model-is-lazy = the model is lazy and has not seen an example yet: call it once before it is watched
attach-no-optimiser = no optimiser of this model was found: give it to perceptarium.watch(model, optimizer)
attach-never-called-as-a-whole = the model is never called as a whole: give inputs=… to perceptarium.watch
attach-no-tensor-among-arguments = no tensor is seen among the arguments of the model: give inputs=… to perceptarium.watch
attach-inputs-do-not-fit = inputs=… cannot be shown to the model: an example of it is { $given }, one of its own batches { $own } ({ $why })
attach-inputs-without-example = inputs=… has no example
attach-inputs-of-no-tensor = inputs=… has no tensor of examples (it is of type { $kind }): give a tensor whose first dimension counts them, or such a tensor and what is right for each
attach-inputs-not-finite = inputs=… has numbers that are not finite: example { $at }, counted from 0, is the first that cannot be shown
attach-inputs-and-targets = inputs=(examples, targets) has { $examples } examples and { $targets } targets for them
attach-targets-are-no-classes = inputs=(examples, targets) has the target { $target }, but the classes of the model are 0 to { $last }
attach-watching-has-ended = watching has ended, the training goes on: { $why }
attach-it-saves-by-itself = the training saves by itself, where its script says
attach-shown-as-a-copy = a copy in evaluation mode, one example at a time
attach-draws-even-so = the model draws some even so: steps wait while pictures are made
attach-model = Model
attach-framework = Framework
attach-optimiser = Optimiser
attach-shown = Shown
attach-random-numbers = Random numbers
attach-not-shown = A training is attached that cannot be shown: { $why }. It goes on by itself; mend its script and start it again to see it here.
