# cli/exhibits.rs
cli-is = ; { $inside } is { $name } --{ $inside }
cli-attach = ; { $word } waits for { $what }
cli-goes-with-attach = { $option } goes with attach: say perceptarium attach { $option } ….
cli-goes-with-serve = { $option } goes with serve: say perceptarium serve { $option } ….
cli-is-for-no-service = { $option } is for a hall, or for what is told once a training is over, but { $word } trains without a display until it is stopped: leave it out.
cli-is-for-a-training-here-too = { $option } is for a training that runs here, but { $connect } watches one elsewhere: leave it out.
cli-give-an-address = give an address of this machine, with or without a port, such as 0.0.0.0 or 127.0.0.1:7346
cli-give-host-and-port = give a host and a port, such as 192.0.2.7:7346
cli-is-for-a-training-here = { $option } is for a training that runs here, but { $word } is for one of another program: leave it out.
cli-the-exhibit-to-visit-default = The exhibit to visit: { $names }{ $inside }{ $attach } [default: { $first }]
cli-for = { $takes } for { $name }
cli-default = {" "}[default: { $usual }]
cli-there-is-no-exhibit-choose = There is no exhibit { $name }: choose { $names }.
cli-there-is-no-exhibit-in = There is no exhibit in this program.
cli-is-for-but-the-exhibit = { $option } is for { $called }, but the exhibit is { $name }: say perceptarium { $name2 } { $option } ….
cli-says-how-a-table-of = { $typed } says how a table of your own is written: name one with --data, for { $names }.
cli-is-for-but-the-exhibit-is = { $typed } is for { $names }, but the exhibit is { $name }: leave it out.

# cli/mod.rs
cli-header-and-no-header-say = --header and --no-header say the opposite of each other: leave one of them out.
cli-at-step-says-when-to = --at-step says when to take a picture: give --screenshot FILE too.
cli-screenshot-takes-a-picture-of = --screenshot takes a picture of the window's hall: leave --mode out or say --mode window.
cli-demo-walks-through-the-hall = --demo walks through the hall, which is in a window or a headset: leave out --mode terminal and --screenshot.

# cli/refusal.rs
cli-see-perceptarium-help = see perceptarium --help
cli-needs-a-value = { $option } needs a value: { $advice }.
cli-cannot-be-choose-one-of = { $option } cannot be { $quoted }: choose one of { $choices }.
cli-cannot-be = { $option } cannot be { $quoted }: { $why }.
cli-there-is-no-option-did = There is no option { $option }: did you mean { $similar }?
cli-is-a-second-exhibit = { $name } is one exhibit too many: name one, and visit the others in the hall by their plinths or number keys.
cli-is-missing = { $argument } is missing: { $advice }.
cli-is-not-understood = { $argument } is not understood: { $advice }.
cli-can-be-given-only-once = { $option } can be given only once.

# cli/size.rs
cli-give-width-and-height-in = give width and height in pixels, such as 1280x720, from { $smallest } to { $side }x{ $side2 }

# cli/values.rs
cli-give-a-whole-number-from = give a whole number{ $what } from { $least } to { $most }
cli-give-a-number-from-to = give a number from { $start } to { $end }, such as { $example }
cli-of-steps = {" "}of steps
cli-of-mib = {" "}of MiB
cli-give-a-language = give one of { $known }

# cli/replay.rs
cli-replay-which-recording = Say which recording is to be seen, as in “perceptarium replay run.mcap”.
cli-replay-trains-nothing = { $option } is for a training, but a recording is only seen again: leave it out.
cli-export-what = Say what is to be written: --csv FILE for metrics, --tensorboard DIR for TensorBoard, --runs FILE for the list of runs.
cli-export-one = One table holds the metrics of one recording: name one file.
cli-a-service-listens = { $option } is where a hall waits for a training; where { $word } listens, --listen says: --listen 127.0.0.1:{ $port }.
