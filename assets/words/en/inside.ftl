# inside/alarm.rs
inside-not-learning = not learning
inside-learning-rate-too-high = learning rate too high
inside-learning-rate-too-low = learning rate too low
inside-dead-layer = dead layer
inside-vanishing-gradient = vanishing gradient
inside-exploding-gradient = exploding gradient
inside-learned-by-heart = learned by heart
inside-noisy-batches = noisy batches
inside-unbalanced-classes = unbalanced classes
inside-at-step = { $name }: at step { $step } { $cause }. { $remedy }.
inside-this-makes-for = {" "}This makes for: { $names }.

# inside/alike_words.rs
inside-step = step { $step }
inside-seed-after-steps = seed { $seed } after { $steps } steps
inside-how-alike-layers-are-on = how alike layers are, on { $images } test images{"\u000A"}
inside-pixels = pixels { $pixels }
inside-itself-unlearned = itself unlearned { $shuffled }
inside-altogether = altogether

# inside/doctor_words.rs
inside-why-is-it-slow = why is it slow
inside-images-a-second-on-threads = { $value }  { $images_per_second } images a second on { $threads } threads of { $cores } cores: data { $data } %, forward { $forward } %, backward { $backward } %, optimiser { $optimiser } % of { $value2 } ms a batch; a picture { $value3 } ms
inside-why-not-more-accurate = why not more accurate
inside-nothing-is-found-that-would = { $value }  nothing is found that would help
inside-training-image = training image { $index }
inside-called-read-as-loss = { $value }  called { $label }, read as { $said } ({ $confidence }), loss { $loss }
inside-bytes = {" "}{ $bytes } bytes,
inside-how-to-take-it-along = how to take it along
inside-numbers-ms-an-image-here = { $value }  { $how } { $runtime }{ $bytes } { $parameters } numbers, { $value2 } ms an image here
inside-the-doctor-took = the doctor took

# inside/edit.rs
inside-scale-0-add-0-1 = scale=0, add=0.1, clamp=0.5, bias=0 or class7=0
inside-is-no-change-of-weights = { $text } is no change of weights: say { $changes }
inside-is-no-number-that-a = { $text } is no number that a weight could have
inside-clamp-needs-a-bound-of = clamp needs a bound of at least 0
inside-names-no-unit-and-its = { $text } names no unit and its change: say 3:scale=0
inside-is-no-edit-after-a = { $text } is no edit after a step: say 250:3:scale=0

# inside/edit_words.rs
inside-not-edited-after-step = Not edited after step { $step }: { $why }
inside-the-run-goes-on-from = The run goes on from step { $step } without --edit { $edit }
inside-of-the-test-images-right = , { $accuracy } of the test images right before, { $accuracy2 } after
inside-edit-of-changed = --edit { $edit }: { $numbers } of { $layer } changed{ $read }

# inside/health_words.rs
inside-alarms = alarms
inside-nothing-is-found-wrong = { $value }  nothing is found wrong
inside-and-more = { $value }  and { $more } more
inside-and-more-layers = { $value }  and { $more } more layers
inside-loss = loss
inside-lately-at-first-by-chance = { $value }  { $recent } lately, { $first } at first, { $chance } by chance; the best { $best } up to step { $best_step }
inside-training-images = { $images } training images
inside-loss-accuracy-test-images-and = { $value }  loss { $loss }, accuracy { $accuracy }; { $images } test images { $loss2 } and { $accuracy2 }
inside-images-with-batches-of = { $scale } images, with batches of { $batch }
inside-no-signal-can-be-told = no signal can be told from noise
inside-noise-scale = noise scale
inside-stable-up-to-with-whole = , stable up to { $limit } with whole batches
inside-as-the-rule-divides-it = {" "}as the rule divides it
inside-not-settled = , not settled
inside-sharpness = sharpness
inside-over-images = { $value }  { $sharpness }{ $of } over { $images } images{ $settled }{ $limit }
inside-most-and-fewest-images = most and fewest images
inside-of-of = { $value }  { $most } of { $most2 }, { $least } of { $least2 }
inside-weights-gradient = weights { $weight_norm }, gradient { $gradient_norm }
inside-update-of-them = , update { $ratio } of them
inside-units-mean-largest = ; { $units } { $activation } units: mean { $mean }, largest { $largest }
inside-dead = , { $value } % dead
inside-dormant = , { $value } % dormant
inside-saturated = , { $value } % saturated

# inside/landscape_words.rs
inside-plane = plane
inside-places-each-a-mean-loss = { $name }, { $side } × { $side } places, each a mean loss over { $images }
inside-across = across
inside-away = away
inside-way = way
inside-step-its-loss-that-of = step: its loss, that of its shadow on the plane, and how far it is from there
inside-from-to = from { $low } to { $high }
inside-of-the-ways-squared-distances = , { $value } % of the way's squared distances
inside-along-which-the-loss-bends = , along which the loss bends by { $curvature }
inside-in-the-middle = { $loss } in the middle
inside-lowest-at-highest-at = ; lowest { $least } at { $low }, highest { $most } at { $high }

# inside/lesion.rs
inside-its-mean = its mean

# inside/mod.rs
inside-forward-and-backward-passes-ms = { $forward } forward and { $backward } backward passes, { $value } ms

# inside/points_words.rs
inside-1-number = 1 number
inside-numbers = { $units } numbers
inside-1-map-of = 1 map of { $rows } × { $columns }
inside-maps-of = { $units } maps of { $rows } × { $columns }
inside-layer = layer { $name }, { $layer }:{" "}
inside-where-it-puts-training-and = where it puts { $train } training and { $tests } test images
inside-components = components
inside-hold-of-how-images-differ = { $value }  hold { $shares } % of how images differ, { $sum } % together
inside-neighbours = neighbours
inside-beside-each-other-in-three = { $value }  beside each other in three dimensions, attraction { $attraction }; sizes of islands and distances between them mean nothing
inside-layers = layers
inside-of-three-axes = of three axes
inside-trustworthiness-of-the-layers-neighbours = { $value }  trustworthiness { $trustworthiness }, { $value2 } % of the layer's neighbours kept, { $value3 } % of those shown are of the same class; { $neighbours } nearest of { $queries } images
inside-chance = chance
inside-the-same-numbers-laid-out = { $value }  the same numbers laid out from another beginning lie { $noise } of the distance from the middle apart
inside-moved = moved
inside-of-the-distance-from-the = { $value }  { $moved } of the distance from the middle since they were asked for last

# inside/robust.rs
inside-random-signs = random signs
inside-gaussian-noise = Gaussian noise

# inside/robust_words.rs
inside-of = { $name } of { $strength }
inside-read-as-loss = { $name }  read as { $class } ({ $probability }), loss { $loss }
inside-no-slope-at-of-the = , no slope at { $value } % of the pixels
inside-test-images = { $images } test images
inside-accuracy = { $name }  accuracy { $accuracy }
inside-at = { $accuracy } at { $strength }
inside-smallest-change = smallest change
inside-makes-it-the-boundary-is = { $value }  { $size } makes it { $class }, the boundary is { $distance } away
inside-test = test
inside-training = training
inside-nearest-real = nearest real { $class }
inside-image-is-away = { $value }  { $of } image { $index } is { $distance } away
inside-sure-of-images = sure of { $images } images
inside-mean-confidence-accuracy-calibration-error = { $name }  mean confidence { $confidence }, accuracy { $accuracy }, calibration error { $ece }
inside-to = { $at } to { $at2 }
inside-images-confidence-accuracy = { $name }  { $images } images, confidence { $confidence }, accuracy { $accuracy }
inside-best-temperature = best temperature
inside-of-images-on-others-calibration = { $value }  { $value2 } of { $fitted_on } images; on { $tried_on } others calibration error { $ece } before, { $ece2 } with it

# inside/taught_words.rs
inside-of-before-the-first-step = of { $classes } { $begun } before the first step, { $ended } after { $steps }
inside-ledger = ledger
inside-all-credits-add-up-to = all credits add up to { $credit } of { $ended }, { $apart }which leaves { $residual }; a negative one helped
inside-by-hand = by hand
inside-edits-of-weights-changed-the = edits of weights changed the loss by { $by_hand }
inside-when = when
inside-of-all-credit-came-in = { $value } % of all credit came in the step in which the image was seen, the rest later, through momentum
inside-images-of = images of { $classes }
inside-helped-hindered-most = helped, hindered most
inside-training-image-class-credit-most = training image (class) credit, most of it seen in step
inside-without = without { $left_out }
inside-trained-again-for-steps-loss = trained again for { $steps } steps: loss { $loss } instead of { $loss2 }, read as { $classes } instead of { $classes2 }
inside-test-images-2 = test images
inside-accuracy-instead-of-loss-instead = accuracy { $accuracy } instead of { $accuracy2 }, loss { $test_loss } instead of { $test_loss2 }, { $changed_count } answers are others
inside-booked = booked
inside-on-these-images-and-is = { $booked } on these images, and { $loss } is what really came: credit is an account of what happened, no forecast
inside-foretold = foretold
inside-without-these-images-from-what = { $change } without these images, from what their gradients since step { $first_step } do to all later ones
inside-checked = checked
inside-rank-correlation-of-what-was = rank correlation { $rank_correlation } of what was foretold and what came in { $runs } runs without a drawn hundredth of the images
inside-floor = floor
inside-an-untouched-repetition-differs-by = an untouched repetition differs by { $floor } in every parameter
inside-what-no-image-did-to = what no image did to { $apart },{" "}
inside-that-helped-that-hindered = { $net } = { $helped } that helped, { $hindered } that hindered
inside-step-2 = { $index } ({ $class }) { $credit }, step { $step }

# inside/together_words.rs
inside-on-test-images-with-weights = on { $tried } test images, with weights found on { $fitted } others{"\u000A"}
inside-right-loss-adds-points-weight = { $of }  { $accuracy } right, loss { $loss }, adds { $points } points, weight { $weight }
inside-mean = mean
inside-weighted-sum = weighted sum
inside-right-loss = { $name }  { $accuracy } right, loss { $loss }
inside-vote = vote
inside-right = { $value }  { $voted } right
inside-test-image = test image { $index }
inside-a-read-as-together = { $value }  a { $label }, read as { $said }, together { $together }
inside-this-run = this run
inside-seed-step = seed { $seed }, step { $steps }
inside-logistic-regression = logistic regression

# inside/told.rs
inside-what-it-says = what it says
inside-the-logit-of = the logit of { $at }
inside-the-probability-of = the probability of { $at }
inside-the-logit-of-less-that = the logit of { $one } less that of { $other }
inside-a-black-image = a black image
inside-the-mean-of-the-training = the mean of the training images
inside-the-mean-of-the-training-images = the mean of the training images of { $at }
inside-the-image-blurred = the image blurred
inside-test-image-2 = test image { $at }
inside-is-of = { $target } is { $value }, of { $baseline } { $baseline_value }{"\u000A"}
inside-none = { $name }  none: { $sentence }
inside-adds-up-to-of = adds up to { $sum } of { $expected },{" "}
inside-of-it-biases = of it biases { $biases },{" "}
inside-pixels-less-take-random-ones = { $pixels } pixels less take { $drop }, random ones { $random }, { $value } ms

# inside/trial.rs
inside-learning-rate = learning rate { $rate }
inside-batches-of = batches of { $images }
inside-seed = seed { $seed }
inside-rare-classes-repeated = rare classes repeated
inside-shifted-copies = shifted copies
inside-left-out = { $images_count } left out
inside-as-many-units = { $times } × as many units
inside-right-loss-after = { $value } % right, loss { $loss }, after { $steps }
inside-with = with { $told }
inside-instead-of = { $value }  { $after } instead of { $before }{"\u000A"}

# inside/units_words.rs
inside-1-unit = 1 unit
inside-units = { $units } units
inside-what-each-knows-by-test = what each knows, by { $images } test images
inside-unit = unit
inside-active = active
inside-by-zero = by zero
inside-by-mean = by mean
inside-shapley-value = Shapley value
inside-strongest-on = { $value }  { $value2 }  { $value3 }  { $value4 }  { $value5 }  { $value6 }  strongest on
inside-and-more-that-the-answers = { $value }  and { $more } more that the answers rest on less
inside-all-units = all units
inside-accuracy-of-images-by-zero = { $value }  accuracy { $accuracy } of { $tried_on } images; by zero and by mean it falls by so many points without the unit
inside-over-drawn-orders-of-the = over { $count } drawn orders of the units
inside-over-all-sets-of-units = over all sets of units
inside-shapley-values = Shapley values
inside-add-up-to-of-points = { $value }  add up to { $value2 } of { $value3 } points, the accuracy { $all } with all units less { $none } with { $name } in the place of each; { $how }, { $images } images

# inside/why.rs
inside-gradient-input = gradient × input
inside-integrated-gradients = integrated gradients

# inside/alarm.rs
inside-diverging = diverging
inside-saturated-2 = saturated
inside-name-gradient = gradient
inside-name-occlusion = occlusion
inside-name-zero = zero
inside-name-layers = layers
inside-name-steps = steps
inside-name-runs = runs
inside-name-path = path
inside-name-random = random
inside-name-curvature = curvature
