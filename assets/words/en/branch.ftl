# inside/branch
branch-rate-times = rate × { $factor }
branch-rate = rate { $rate }
branch-seed = order of seed { $seed }
branch-edit = edit { $edit }
branch-silence = { $units } silenced
branch-nothing = nothing changed
branch-from-step = { $change } from step { $step }
branch-is-no-change = { $text } is no change of a run: say rate=x0.5, rate=0.0005, seed=7, 3:scale=0 or silence=3,4
branch-is-no-branch = { $text } is no change after a step: say 250:rate=x0.5
branch-told-head = branched after step { $from }, both told at step { $to }{"\u000A"}
branch-the-run = the run as it is
branch-told-row = { $accuracy } % right, loss { $loss }
branch-told-way = accuracy less the run's: { $points }
branch-told-point = { $points } at step { $step }
branch-told-layer = { $layer } { $apart }
branch-told-apart = weights apart by { $whole } of their length ({ $of_layers })
branch-told-answers = { $changed } answered otherwise: { $both } right in both, { $run } only in the run, { $other } only in the branch, { $neither } in neither (p { $chance })
branch-told-image = test image { $index }, a { $is }: { $run } in the run, { $other } in the branch

# learning/inside/branch
branch-nothing-is-asked = no branch is asked for
branch-too-many = at most { $most } branches are held beside each other
branch-of-several-steps = branches that are held beside each other part at the same step
branch-no-future = step { $step } has no future yet, as the run stands at step { $stands }
branch-layers-left-out = layers beyond 262,144 numbers or 256 layers are not told: { $names }
branch-needs-images = images whose answers could be compared

# exhibits/branch.rs
branch-is-answered-in-words = --branch is answered in words: say --mode terminal too.
branch-cannot-be-so = --branch cannot be so: { $why }.
branch-after-the-last-step = --branch { $asked } begins when the run is over, as it takes { $steps }: name an earlier step.
branch-given-too-often = --branch can be given { $most } times at most.
branch-as-typed = as 250:rate=x0.5

# world/classifier/inside/branch
branch-if = If
branch-seeds = { $count } seeds
branch-waits = … { $told }
branch-right = right
branch-wrong = wrong
branch-run-right = run right
branch-run-wrong = run wrong
branch-read-as = { $run }→{ $other }
branch-unit = unit { $unit }
branch-layer-of-run = { $name } in the run
branch-layer-of-branch = { $name } in the branch
branch-press = Change something from step { $step } on: the run is then taken again from there, beside itself.
branch-go-back = Pull the timeline back to a step, and change something there.
branch-taken = The run is taken again to see it with { $told }…
branch-cannot-be = It cannot be branched: { $why }
branch-what-if = What if it had been otherwise?
branch-came-to = { $other } right instead of { $run }.
branch-apart = weights apart by { $apart }, answers that differ: { $others }
branch-accuracy = accuracy
branch-distance = distance
branch-loss = loss
branch-layers = layers
branch-word-rate = rate
branch-word-order = order
branch-another = another
branch-three = three
branch-silent = silent
branch-clear = clear
branch-of = { $at } of { $count }
branch-word-branch = branch:
