# terminal/bars.rs
terminal-finished = Finished: { $finished }{ $end }
terminal-not-saved = Not saved: { $why }
terminal-epoch = epoch { $epoch }/{ $epochs }
terminal-run = run
terminal-steps = steps

# terminal/mod.rs
terminal-training-ended-without-saying-why = Training ended without saying why: please report what is written above.
terminal-the-loss-is-no-longer = The loss is no longer a finite number at step { $step } with learning rate { $learning_rate }: start again with a smaller one, such as --learning-rate { $proposed }.
terminal-cannot-be-done = It cannot be done: { $reason }.
terminal-examples-of-its-own = examples of its own
terminal-training-failed-at-step = Training failed at step { $step }: { $reason }.

# terminal/reading.rs
terminal-reading = reading

# terminal/words.rs
terminal-learn-on-with-seed-batch = { $name }: { $parameters } learn { $learns_from } on { $device } with { $threads }, seed { $seed }, batch { $batch }, learning rate { $learning_rate }
terminal-and-more = {" "}… and { $more } more
terminal-computes = computes { $paths }{ $more }
terminal-all-that-is-left-takes = All that is left takes { $value } at full speed
terminal-preprocess = Preprocess
terminal-build = Build
terminal-initialise = Initialise
terminal-train = Train
terminal-evaluate = Evaluate
terminal-gone-to-go = { $elapsed } gone, { $eta } to go
terminal-read-of = {" "}of { $all }, { $eta } to go
