# world/classifier/inside/alike/hang.rs
boards-how-alike-layers-are = How alike layers are

# world/classifier/inside/alike/pointing.rs
boards-step = step { $step }
boards-seed-step = seed { $seed }, step { $steps }
boards-the-pixels = the pixels
boards-itself-unlearned = itself unlearned
boards-with = { $layer } with { $with }: { $figure }

# world/classifier/inside/alike/say.rs
boards-with-2 = with { $name }
boards-columns-the-same-layers-then = columns: the same layers; then pixels, unlearned
boards-columns-steps-of-the-run = columns: steps of the run; then pixels, unlearned
boards-columns-runs-before-then-pixels = columns: runs before; then pixels, unlearned
boards-with-pixels-unlearned = with pixels · unlearned
boards-black-0-white-1 = black 0, white 1
boards-on-test-images = on { $images } test images
boards-how-alike-are-its-layers = How alike are its layers?
boards-they-cannot-be-compared = They cannot be compared
boards-how-alike-its-layers-are = How alike its layers are.
boards-its-layers-beside-earlier-steps = Its layers beside earlier steps.
boards-its-layers-beside-those-of = Its layers beside those of other runs.
boards-1-is-the-same-but = 1 is the same but turned; what is not above its floors says nothing.

# world/classifier/inside/alike/together.rs
boards-this-run = this run
boards-seed = seed { $seed }
boards-regression = regression
boards-right-alone-adds = right alone · adds
boards-mean-of-all = mean of all { $accuracy }
boards-vote = vote { $voted }
boards-weighted = weighted { $accuracy }

# world/classifier/inside/board.rs
boards-look-inside = Look inside
boards-close = Close ×
boards-inside = Inside

# world/classifier/inside/health/hang.rs
boards-layer = layer
boards-gradient = gradient
boards-step-size = step size
boards-dead = dead
boards-dormant = dormant
boards-usual = usual
boards-try-it = Try it
boards-ask-the-doctor = Ask the doctor

# world/classifier/inside/health/say.rs
boards-right-of-what-is-learned = right: { $train } of { $learned } learned, { $test } of { $tested } tested
boards-no-noise-scale = no noise scale
boards-noise-scale = noise scale { $round }
boards-of = { $sharpness } of { $limit }
boards-batch-sharpness = { $noise } (batch { $batch }), sharpness { $curvature }
boards-it-cannot-be-tried = It cannot be tried: { $why }.
boards-the-run-is-taken-once = The run is taken once more with { $told }, which may take some seconds…
boards-the-doctor-cannot-tell = The doctor cannot tell: { $why }.
boards-the-doctor-measures = The doctor measures for some two seconds…
boards-right-loss = { $accuracy } right, loss { $loss }
boards-with-after-as-it-is = With { $told }: { $after } after { $after2 }.{"\u000A"}As it is: { $before } after { $before2 }.
boards-slow-data-forward-backward-optimiser = Slow? Data { $data }, forward { $forward }, backward { $backward }, optimiser { $optimiser }. { $advice }
boards-not-more-accurate-nothing-is = Not more accurate? Nothing is found that would help.
boards-not-more-accurate = Not more accurate? { $evidence } { $remedy }
boards-elsewhere = { $slow }{"\u000A"}{ $accurate }{"\u000A"}Elsewhere? { $how }
boards-how-is-the-training = How is the training?
boards-how-it-is-cannot-be = How it is cannot be told
boards-nothing-is-found-wrong = Nothing is found wrong.
boards-and-more = { $name }, and { $more_count } more.
boards-a-thousandth-of-the-weights = A thousandth of the weights a step is usual.
boards-the-first-layers-more-are = The first layers; { $more } more are looked at.

# world/classifier/inside/landscape/pointing.rs
boards-a-loss-of-at-across = A loss of { $loss } at { $place } across, { $place2 } away.
boards-step-a-loss-of-on = Step { $step }: a loss of { $loss }, on the plane { $shadow }. Press to go there.

# world/classifier/inside/landscape/say.rs
boards-height-log-of-the-loss = height: log of the loss, 4 lines a decade
boards-its-own-way = its own way
boards-random = random
boards-curvature = curvature
boards-across = across
boards-away = away
boards-loss-here = loss here { $loss }
boards-plane-to = plane { $low } to { $high }
boards-no-loss-is-a-number = no loss is a number
boards-places = { $side } × { $side } places
boards-test-images = { $images } test images
boards-states-of-its-way = { $path_count } states of its way
boards-first-loss = first loss { $loss }
boards-on-the-plane = on the plane { $shadow }
boards-of-the-way = { $name } { $explained } of the way
boards-curvature-2 = { $name }: curvature { $curvature }
boards-wide = { $name } { $high } wide
boards-what-lies-around-its-weights = What lies around its weights?
boards-the-loss-cannot-be-mapped = The loss cannot be mapped
boards-the-network-is-tried-with = The network is tried with other weights, which may take some seconds.
boards-it-has-not-gone-far = It has not gone far enough to show its way.
boards-a-random-plane-shows-what = A random plane shows what is around, not where it came from.
boards-its-way-hangs-at-its = Its way hangs at its true height; stems reach to the plane.
boards-the-loss-around-its-weights = The loss around its weights.
boards-the-loss-around-its-weights-so = The loss around its weights, so far.
boards-the-network-is-asked = It takes some seconds.

# world/classifier/inside/line.rs
boards-the-model-says-something-else = the model says something else

# world/classifier/inside/phrases.rs
boards-black = black
boards-mean-image = mean image
boards-mean = mean { $classes }
boards-blurred = blurred
boards-image = image { $index }
boards-it-says-nothing = It says nothing.
boards-rightly = , rightly
boards-truly = , truly { $classes }
boards-it-says = It says { $classes } ({ $sure }){ $is }.
boards-shuffled-it-says = Shuffled, it says { $classes } ({ $sure }).
boards-orange-for-blue-for = Orange for { $of }, blue for { $against }.
boards-orange-makes-likelier-blue-less = Orange makes { $of } likelier, blue less.
boards-orange-speaks-for-blue-against = Orange speaks for { $of }, blue against it.
boards-orange-speaks-for-it-blue = Orange speaks for it, blue against it.
boards-steps = steps { $oldest }–{ $newest }, { $price }
boards-step-2 = step { $newest }
boards-of-2 = {" "}of { $run }
boards-the-nearest-kept = the nearest kept
boards-as-it-is-now = as it is now
boards-this-is-of-step-not = This is of step { $of }, { $what }, not of { $shown }.
boards-1-ms = <1 ms
boards-not-promised = not promised
boards-exact = exact
boards-of-3 = { $sum } of { $expected }
boards-for-it = , for it
boards-against-it = , against it
boards-row-column = row { $row }, column { $column }: { $signed }{ $sign }
boards-row-column-of-1 = row { $row }, column { $column }: { $ink } of 1
boards-the-input-there-is = { $of }; the input there is { $ink }
boards-labels = labels
boards-no-layer = no layer
boards-all = all { $count }
boards-the-last = the last
boards-the-last-2 = the last { $wanted }

# world/classifier/inside/points/pointing.rs
boards-training = Training
boards-test = Test
boards-read-right = , read right
boards-read-as = {" "}read as { $said }
boards-image-loss = { $kind } image { $index }, { $label }{ $read }, loss { $loss }

# world/classifier/inside/points/say.rs
boards-it-cannot-be-told = it cannot be told: { $why }
boards-logits = logits
boards-by-class = by class
boards-by-answer = by answer
boards-by-loss = by loss
boards-by-step-learned = by step learned
boards-as-images = as images
boards-components = components
boards-t-sne-pull = t-SNE, pull × { $times }
boards-3-axes = 3 axes { $seen }, { $axes } { $all }
boards-trust-kept = trust { $trustworthiness }, kept { $kept }
boards-moved-noise = moved { $moved }, noise { $noise }
boards-moved = moved { $moved }
boards-noise = noise { $noise }
boards-same-class = same class { $same_class }
boards-by-sd = { $unit } by { $apart } sd
boards-one = one
boards-said = { $is }: { $labels }; said { $said }
boards-units = units { $units }
boards-where-does-it-put-all = Where does it put all images?
boards-they-cannot-be-laid-out = They cannot be laid out
boards-bright-read-right-early-amber = Bright: read right early. Amber: misread. Dim: training, not tested.
boards-test-images-as-they-are = Test images as they are, amber where misread; dots are training images.
boards-filled-test-images-hollow-training = Filled: test images, hollow: training. Drag to turn, press to choose.
boards-who-is-beside-whom-counts = Who is beside whom counts; sizes of islands and gaps mean nothing.
boards-they-are-laid-out-anew = They are laid out anew, which may take some seconds.
boards-where-it-puts-images = Where it puts { $images } images.

# world/classifier/inside/points/switches.rs
boards-tour = Tour
boards-turn = ‹ turn
boards-turn-2 = turn ›
boards-nearest = + nearest
boards-let-go = Let go

# world/classifier/inside/robust/hang.rs
boards-input-attacked = Input attacked
boards-by-fgsm = By FGSM
boards-by-pgd = By PGD
boards-by-random-signs = By random signs
boards-flipped = Flipped
boards-nearest-2 = Nearest

# world/classifier/inside/robust/say.rs
boards-shown = shown: ±{ $inside }
boards-no-test-image-is-attacked = No test image is attacked: it would be dear.
boards-of-test-images-unchanged = Of { $images } test images, { $accuracy } unchanged
boards-as-it-is = As it is
boards-random-2 = Random
boards-least-flip = Least flip
boards-nearest-3 = Nearest { $classes }
boards-away-2 = { $distance } away
boards-what-does-its-answer-withstand = What does its answer withstand?
boards-it-cannot-be-attacked = It cannot be attacked
boards-random-signs-change-as-much = Random signs change as much: what goes beyond chance is the attack's.
boards-by-turns-into = ±{ $strength } by { $name } turns { $was } into { $is }.
boards-it-withstands-a-pixel = It withstands ±{ $strength } a pixel.

# world/classifier/inside/sure/hang.rs
boards-how-sure = how sure
boards-how-often-right = how often right
boards-images = images

# world/classifier/inside/sure/say.rs
boards-right = right { $accuracy }
boards-sure = sure { $confidence }
boards-calibration-error = calibration error { $ece }
boards-best-temperature = best temperature { $figure }
boards-found-on-images = found on { $fitted_on } images;
boards-on-others = on { $tried_on } others
boards-error = error { $ece }
boards-loss = loss { $loss }
boards-no-temperature-is-best = no temperature is best
boards-is-it-as-often-right = Is it as often right as it is sure?
boards-it-cannot-be-counted = It cannot be counted
boards-bars-reach-ticks-where-both = Bars reach ticks where both agree; under { $few } images say little.
boards-it-is-surer-than-it = It is surer than it is right.
boards-it-is-more-often-right = It is more often right than sure.
boards-how-sure-it-is-is = Its certainty is not a number.
boards-it-is-as-often-right = It is as often right as it is sure.

# world/classifier/inside/tab.rs
boards-why = Why
boards-trust = Trust
boards-units-2 = Units
boards-points = Points
boards-alike = Alike
boards-taught = Taught
boards-loss-2 = Loss
boards-robust = Robust
boards-sure-2 = Sure
boards-health = Health

# world/classifier/inside/taught/hang.rs
boards-train-again-without-these = Train again without these

# world/classifier/inside/taught/say.rs
boards-these-training-images-lowered-its = These training images lowered its loss most
boards-these-raised-it-most = These raised it most
boards-it-trains-again = It trains again…
boards-by-step-1-to-scale = by step, 1 to { $last }, √ scale
boards-no-step-has-been-taken = no step has been taken
boards-booked-rest = booked { $credit }, rest { $residual }
boards-when-seen-else-later = { $at_once } when seen, else later,
boards-as-gradients-are-remembered = as gradients are remembered
boards-tests = { $loss }; tests { $accuracy }
boards-all-loss = all: loss { $before }
boards-less = less { $left_out_count }: { $after }
boards-now-read-as = now read as { $said }
boards-foretold-booked = foretold { $change }, booked { $booked }
boards-booked-no-forecast = booked { $booked }: no forecast
boards-which-images-taught-it-this = Which images taught it this?
boards-its-ledger-cannot-be-kept = Its ledger cannot be kept
boards-the-run-is-taken-again = The run is taken again from its seed, which may take some seconds.
boards-blue-lowered-it-amber-raised = Blue lowered it, amber raised it: an account of what was, no forecast.
boards-its-loss-was-and-is = Its loss was { $first }, and is { $last }.

# world/classifier/inside/trust/hang.rs
boards-none = None
boards-all-2 = All
boards-labels-2 = Labels
boards-input-that-is-trusted = Input that is trusted
boards-learned-1 = Learned 1
boards-shuffled-1 = Shuffled 1
boards-learned-2 = Learned 2
boards-shuffled-2 = Shuffled 2
boards-learned-3 = Learned 3
boards-shuffled-3 = Shuffled 3

# world/classifier/inside/trust/say.rs
boards-shuffled-labels = Shuffled labels
boards-shuffled-layers = Shuffled layers
boards-trained-again = trained again
boards-signed = signed
boards-absolute = absolute
boards-the-maps-cannot-be-drawn = The maps cannot be drawn: { $why }.
boards-do-maps-show-what-was = Do maps show what was learned?
boards-it-learns-shuffled-labels-that = It learns shuffled labels; that takes seconds.
boards-from-the-last-layer-on = From the last layer on: honest maps change.
boards-right-it-learned-shuffled-labels = Right: it learned shuffled labels; 1 is alike.
boards-left-as-learned-right-shuffled = Left as learned, right shuffled; 1 is alike.
boards-as-learned-shuffled = { $method }: { $before } as learned, { $after } shuffled
boards-as-learned = { $method }, as learned

# world/classifier/inside/units/hang.rs
boards-dream = Dream

# world/classifier/inside/units/say.rs
boards-unit-of = unit { $at } of { $units_count }
boards-strongest-on = strongest on
boards-middling-on = middling on
boards-silent-on = silent on
boards-classes = classes
boards-of-4 = { $name } ({ $class } of { $classes })
boards-liked-best-after-step = liked best after step { $step }
boards-its-logit-for-it = its logit for it: { $frame }
boards-from-at-step-to = from { $first } at step { $step } to { $last }
boards-along-steps-uphill-each = along { $frames }, { $steps_each } steps uphill each
boards-no-number = no number
boards-points-2 = { $signed } points
boards-as = as { $name }: { $drop }
boards-active-on = active on { $active }
boards-worth-shapley = worth { $value } ± { $figure } (Shapley)
boards-worth-points-shapley = worth { $value } points (Shapley)
boards-dream-2 = dream: { $figure }
boards-best-real-image = best real image: { $figure }
boards-accuracy-lost-without-units-to = accuracy lost without units { $first } to { $last }
boards-accuracy-lost-without-each-unit = accuracy lost without each unit
boards-out = { $units_count } out: { $accuracy }→{ $accuracy2 }
boards-what-does-a-class-like = What does a class like best?
boards-it-cannot-be-told-2 = It cannot be told
boards-images-that-grow-with-the = Images that grow with the training
boards-what-classes-would-like-best = What { $dreams } classes would like best; it learned from none of them.
boards-what-does-a-unit-know = What does a unit know?
boards-its-units-cannot-be-told = Its units cannot be told
boards-read-right-with-all-units = { $accuracy } of { $images } right with all units
boards-of-test-images-the-strongest = Of { $images } test images. The strongest alone look purer than a unit is.

# world/classifier/inside/units/take.rs
boards-take-it-out = Take it out
boards-all-back = All back
boards-mean-2 = Mean

# world/classifier/inside/units/weights.rs
boards-bias-0 = Bias 0
boards-cut = Cut
boards-undo = Undo
boards-weights = Weights
boards-edit = --edit { $edit }
boards-change-the-weights-that-make = Change the weights that make it:
boards-changes-at-once-undo-takes = Changes at once; undo takes it back.
boards-back-at-step-without = back at step { $step }, without { $change }
boards-the-run-goes-on-with = The run goes on with it.
boards-right-2 = right: { $accuracy }→{ $accuracy2 }

# world/classifier/inside/why/hang.rs
boards-sum = sum
boards-error-2 = error
boards-biases = biases
boards-top-cut = top cut
boards-input-that-is-explained = Input that is explained
boards-map-1 = Map 1
boards-map-2 = Map 2
boards-map-3 = Map 3
boards-probability = Probability

# world/classifier/inside/why/say.rs
boards-baseline = Baseline: { $of }
boards-not = not { $classes }
boards-alone = alone
boards-why-does-it-say-so = Why does it say so?

# world/classifier/inside/phrases.rs
boards-approx = approx.
