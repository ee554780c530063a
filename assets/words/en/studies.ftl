# learning/inside/alike/mod.rs
studies-layers-are-compared-on-at = layers are compared on at least { $least_images } images, but { $count } can be taken
studies-of-images-instead-of = of { $count } images instead of { $of }
studies-a-layer-that-makes-the = a layer that makes the same of all images, or no number, is like no other
studies-no-weights-of-earlier-steps = no weights of earlier steps are kept, as the network is too large
studies-no-run-went-before-this = no run went before this one: a new seed begins another
studies-the-layer-is-too-large = the layer { $name } is too large to be compared

# learning/inside/baseline.rs
studies-no-image-of-class-is = no image of class { $class } is learned from, so that it has no mean
studies-there-is-no-class-to = there is no class { $class } to take the mean of, only { $classes_count }, counted from 0
studies-there-is-no-test-image = there is no test image { $index } to compare with, only { $tests_count }
studies-the-baseline-has-numbers-instead = the baseline has { $image_count } numbers instead of { $input_count }

# learning/inside/boundary.rs
studies-what-the-network-says-is = what the network says is no number, so that no change flips it
studies-no-change-within-black-and = no change within black and white reaches another class, as the slopes have it
studies-no-boundary-was-crossed-within = no boundary was crossed within { $steps }

# learning/inside/calibration.rs
studies-the-network-tells-no-two = the network tells no two classes apart, so that it is always sure
studies-there-are-no-test-images = there are no test images to be sure of
studies-of-of-test-images = of { $indices_count } of { $tests_count } test images
studies-what-the-network-says-is-no = what the network says is no number
studies-one-image-has-no-halves = one image has no halves, so that no temperature is found

# learning/inside/cams.rs
studies-the-network-has-no-convolution = the network has no convolution whose maps could be weighed before its flat layers
studies-it-need-not-sum-to = it need not sum to the logit, as not all behind the maps is affine
studies-a-probability-is-no-sum = a probability is no sum over places
studies-not-rectified-each-whole-map = not rectified; each whole map has one weight, so that it need not point at what counts

# learning/inside/checkup.rs
studies-images-that-health-could-be = images that health could be measured on
studies-images-that-the-doctor-could = images that the doctor could look at
studies-this-is-no-question-of = this is no question of health
studies-nobody-waits-for-the-answer = nobody waits for the answer any more

# learning/inside/doctor/reasons.rs
studies-at-step = At step { $step } { $cause }.
studies-of-training-images-are-told = { $value } % of training images are told rightly and { $value2 } % of test images: most mistakes are of images unlike those { $examples } that it learns from.
studies-bring-more-images-or-learn = Bring more images, or learn changed copies of them.
studies-of-training-images-are-still = { $value } % of training images are still told wrongly, and its best losses are those up to step { $best_step }: it learns still.
studies-go-on-for-passes-altogether = Go on for { $epochs } passes altogether.
studies-of-training-images-are-told-wrongly = { $value } % of training images are told wrongly, and no loss since step { $best_step } was better: the network cannot tell them.
studies-give-it-twice-as-many = Give it twice as many units.
studies-of-training-images-are-called = Of { $looked_at } training images { $indices_count } are called what it surely denies.
studies-look-whether-their-labels-are = Look whether their labels are wrong, and learn without them.

# learning/inside/doctor/speed.rs
studies-times-as-fast-with-batches = { $one } times as fast with batches of { $batch } on { $threads }
studies-measured = {" "}Measured: { $all }.
studies-cores-stand-idle-say-threads = Cores stand idle: say --threads { $threads }.{ $measured }
studies-its-steps-are-too-small = Its steps are too small to be shared: say --threads { $threads }.{ $measured }
studies-larger-batches-go-quicker-though = Larger batches go quicker, though with fewer steps in an epoch: say --batch { $batch }.{ $measured }
studies-finding-images-takes-most-of = Finding images takes most of the time.{ $measured }
studies-it-calculates-as-fast-as = It calculates as fast as these cores do; only fewer passes or a smaller network help.{ $measured }

# learning/inside/doctor/trial.rs
studies-the-number-of-threads-changes = the number of threads changes how long a training takes, and nothing that it comes to
studies-no-image-would-be-left = no image would be left to learn from
studies-no-step-was-taken-yet = no step was taken yet, so that there is nothing to compare a remedy with
studies-its-loss-was-no-number = its loss was no number after step { $taken }, and it stopped there

# learning/inside/dream.rs
studies-steps-are-taken-as-more = { $steps } steps are taken, as more would be dear
studies-silent-on-grey-so-that = silent on grey, so that it has no slope there, dreams begin at the best real image
studies-what-is-made-large-is = what is made large is no number
studies-a-dream-in-which-the = a dream in which the unit is silent has no slope that could be followed
studies-ask-for-1-to-dreams = ask for 1 to { $most_dreams } dreams instead of { $count }
studies-a-dream-takes-up-to = a dream takes up to { $most_steps } steps, not { $steps }

# learning/inside/edit.rs
studies-the-layer-has-no-unit = the layer { $name } has no unit { $unit }, only { $units }, counted from 0
studies-no-unit-of-this-network = no unit of this network is made by weights of its own
studies-no-weights-make-this-unit = no weights make this unit of the layer { $name } alone, as they do in { $able }
studies-this-unit-has-no-bias = this unit has no bias of its own
studies-no-class-reads-this-unit = no class reads this unit directly: other layers lie between
studies-there-is-no-class-only = there is no class { $class }, only { $count }, counted from 0
studies-no-edit-was-made-in = no edit was made in this run that could be taken back
studies-only-the-last-edits-can = only the last { $most_kept } edits can be taken back: begin the run anew without the others
studies-this-is-no-edit-of = this is no edit of weights

# learning/inside/explain.rs
studies-shuffled-labels-are-learned-by = shuffled labels are learned by a run that is taken again, and of this network none is at hand
studies-it-has-numbers-instead-of = it has { $input_count } numbers instead of { $product }
studies-it-holds-what-is-not = it holds what is not a number, as the network does

# learning/inside/goal.rs
studies-there-is-no-class-only-counted = there is no class { $class }, only { $logits_count }, counted from 0
studies-the-network-tells-no-classes = the network tells no classes apart
studies-class-does-not-differ-from = class { $one } does not differ from itself: name two classes

# learning/inside/gradient.rs
studies-what-the-biases-say-cannot = what the biases say cannot be told, as not all layers are linear piece by piece
studies-a-probability-is-no-sum-of = a probability is no sum of what pixels and biases say
studies-mean-of-gradients-under-noise = mean of { $count } gradients under noise of deviation { $deviation } of the range of brightness

# learning/inside/grown.rs
studies-of-classes-the-first-are = of { $classes } classes the first { $dreams } are dreamed
studies-at-each-state-uphill-are = at each state { $steps } uphill are taken, as more would be dear
studies-a-dream-takes-1-to = a dream takes 1 to { $most_steps } steps at each state, not { $steps }
studies-the-network-is-so-large = the network is so large that the way of its weights is not kept, along which dreams could grow
studies-the-run-has-taken-no = the run has taken no step yet since it began here, so that no dream could grow along with it

# learning/inside/health/alarms/of_layers.rs
studies-so-that-no-gradient-reaches = , so that no gradient reaches it
studies-of-the-units-of-are = { $value } % of the { $units } units of { $name } are active for no image{ $value2 }
studies-begin-anew-with-other-first = Begin anew with other first weights, with biases of zero and a lower learning rate
studies-of-the-answers-of-are = { $value } % of the answers of { $name } are surer than 0.99, yet the loss is { $loss }, where knowing nothing costs { $known_nothing }
studies-bring-inputs-to-0-1 = Bring inputs to 0..1 and begin with smaller weights, so that logits are small
studies-of-what-of-says-stands = { $value } % of what { $activation } of { $name } says stands at its ends (the largest is { $largest }), where its slope is next to nothing
studies-begin-with-smaller-weights-bring = Begin with smaller weights, bring inputs to 0..1, or normalise before the activation
studies-the-gradient-of-is-times = the gradient of { $name } is { $gradient_norm }, { $times } times what its weights are
studies-begin-with-smaller-weights-normalise = Begin with smaller weights, normalise layers, or clip gradients
studies-a-number-of-has-a = a number of { $name } has a gradient of { $layer }, where one of another layer has { $largest }
studies-use-relu-instead-of-sigmoids = Use ReLU instead of sigmoids, normalise layers, or lead past them

# learning/inside/health/alarms/of_losses.rs
studies-weights-of-are-no-numbers = weights of { $name } are no numbers
studies-the-loss-of-step-was = the loss of step { $step } was no number
studies-the-gradient-of-is-no = the gradient of { $name } is no number
studies-the-loss-is-no-number = the loss is no number
studies-begin-anew-with-a-learning = Begin anew with a learning rate of { $rate }, and look whether inputs and first weights are numbers
studies-the-loss-has-risen-to = the loss has risen to { $recent } from { $from } at step { $since }
studies-go-back-before-step-and = Go back before step { $since } and take a learning rate of { $rate }
studies-the-loss-is-after-steps = the loss is { $recent } after { $seen } steps, from { $first }
studies-noise-and-signal-are-alike = { $stays }: noise and signal are alike for batches of { $scale }, not { $batch }
studies-try-batches-of = Try batches of { $larger }
studies-and-the-images-agree-on = { $stays }, and the images agree on no direction
studies-look-whether-labels-belong-to = Look whether labels belong to their images and inputs differ, then try another rate or a larger network
studies-of-the-training-images-are = { $value } % of the training images are told rightly, but { $value2 } % of the test images (loss { $loss } and { $loss2 }), with { $examples } images to learn from
studies-bring-more-images-learn-changed = Bring more images, learn changed copies of them, or stop earlier
studies-class-has-images-to-learn = class { $most } has { $many } images to learn from and class { $least } only { $few }: of { $classes } classes always saying class { $most } is right for { $value } %
studies-weigh-classes-by-how-rare = Weigh classes by how rare they are, or bring more images of the rare

# learning/inside/health/alarms/of_rates.rs
studies-an-update-is-of-the = an update is { $ratio } of the weights of { $name }, not about { $usual }
studies-the-loss-is-after-it = the loss is { $recent } after it went from { $first } to { $worst } at step { $worst_step } under a learning rate of { $rate }
studies-begin-anew-with-a-learning-rate = Begin anew with a learning rate of { $gentler }
studies-the-loss-is-after-steps-from = the loss is { $recent } after { $seen } steps, from { $first }, as an update is at most { $ratio } of the weights (of { $name }), not about { $usual }
studies-try-a-learning-rate-of = Try a learning rate of { $quicker }

# learning/inside/health/mod.rs
studies-health-is-measured-on-at = health is measured on at least one image
studies-the-network-tells-no-two-classes = the network tells no two classes apart, so that its loss is always zero
studies-of-images-of-each-kind = of { $count } images of each kind, as more would be dear

# learning/inside/hidden.rs
studies-there-is-no-layer-whose = there is no layer { $name } whose units could be looked at, but { $names }
studies-the-network-has-no-hidden = the network has no hidden layer whose units could be looked at
studies-the-layer-has-of-but = the layer { $name } has { $units } of { $places }, but units are looked at one by one up to { $most_units } of { $most_numbers } numbers in all
studies-there-is-no-layer = there is no layer { $name }

# learning/inside/integrated.rs
studies-exact-the-way-is-summed = exact: the way is summed piece by piece
studies-places-on-the-way-by = { $steps } places on the way, by Gauss and Legendre's rule

# learning/inside/landscape/bent.rs
studies-how-the-loss-of-this = how the loss of this model bends is not known
studies-the-curvature-of-the-loss = the curvature of the loss at these weights is no number
studies-the-loss-does-not-bend = the loss does not bend at these weights, so that no direction bends most

# learning/inside/landscape/mod.rs
studies-the-loss-is-a-mean = the loss is a mean over at least one test image
studies-a-landscape-has-at-least = a landscape has at least { $least_side } places along each side, not { $side }
studies-this-model-shows-nobody-what = this model shows nobody what it has learned
studies-the-network-learns-but-a = the network learns { $learned }, but a plane has two directions
studies-among-the-weights-is-what = among the weights is what is no number, so that no plane goes through them

# learning/inside/landscape/path.rs
studies-the-network-is-so-large-that = the network is so large that the way of its weights is not kept: ask for random directions, or for those of the largest curvature
studies-the-run-has-taken-no-step = the run has taken no step yet since it began here, so that there is no way to lay a plane along
studies-a-state-on-the-way = a state on the way holds what is no number, so that no plane is laid along it
studies-the-weights-have-not-moved = the weights have not moved yet, so that there is no way to lay a plane along
studies-the-weights-have-moved-in = the weights have moved in one direction only so far, which makes no plane: take some more steps

# learning/inside/landscape/plane.rs
studies-two-directions-are-needed-for = two directions are needed for a plane, but there is only one here

# learning/inside/landscape/random.rs
studies-the-network-has-no-filters = the network has no filters of several numbers that are not all zero, by which a random direction could be measured

# learning/inside/landscape/remarks.rs
studies-a-random-walk-through-many = a random walk through many dimensions would put 61 and 15 % of its way on two such axes, and bend the same (Antognini and Sohl-Dickstein 2018)
studies-biases-stay-as-they-are = biases stay as they are, and so do filters of one number; how sharp a random plane looks says little, as saddles look like bowls or like flats in it
studies-the-loss-is-a-mean-over = the loss is a mean over { $images }, as more would be dear
studies-looked-at-in-places-as = looked at in { $side } × { $side } places, as more would be dear
studies-of-of-the-way-are = { $states } of { $all } of the way are told, as more would be dear
studies-the-way-does-not-lie = the way does not lie on the plane: after step { $step } its loss is { $loss }, where the plane says { $shadow }
studies-in-the-last-fifth-of = in the last fifth of the way up to { $most } of the distance to its end is off the plane
studies-normalisations-remember-on-the-whole = normalisations remember on the whole plane what they do now; the true losses of the way are with what they did then
studies-the-curvature-is-that-of = the curvature is that of the loss over { $images }, as more would be dear
studies-the-directions-of-the-largest = the directions of the largest curvature had not settled when the search ended
studies-the-loss-bends-downwards-along = the loss bends downwards along an axis: there is no minimum here
studies-in-of-the-loss-is = in { $none } of { $losses_count } the loss is no number, or beyond all

# learning/inside/ledger/account.rs
studies-none-at-all = none at all
studies-only-counted-from-0 = only { $maps }, counted from 0
studies-there-is-no-map = there is no map { $map }, { $count }
studies-no-step-moved-anything-so = no step moved anything, so that nothing taught it anything
studies-the-inputs-loss-went-from = the input's loss went from { $before } to { $after } and its credits add up to { $credit }, which is no account of numbers

# learning/inside/ledger/bounds.rs
studies-to-book-of-this-network = to book { $steps } of this network takes { $all } multiply-adds, more than the { $most } that there may be: ask within its first { $possible }

# learning/inside/ledger/forecast.rs
studies-nothing-is-foretold-of-a = nothing is foretold of a run of { $steps } steps: through its first { $unsettled } Adam's steps are little more than signs
studies-nothing-is-foretold-of-a-run = nothing is foretold of a run whose weights were changed by hand
studies-nothing-is-foretold-of-this = nothing is foretold of this network: so far that can be done of the digits' own alone
studies-how-the-gradients-change-is = how the gradients change is not known any more
studies-nothing-is-foretold-as-on = nothing is foretold, as on the way back through the run a gradient is no number

# learning/inside/lesion.rs
studies-name-at-least-one-unit = name at least one unit to be taken away
studies-of-of-as-more-would = of { $indices_count } of { $of }, as more would be dear
studies-there-is-no-unit-only = there is no unit { $unit }, only one, which is 0
studies-there-is-no-unit-only-counted = there is no unit { $unit }, only { $units }, counted from 0

# learning/inside/occlusion.rs
studies-and = { $down } and { $along }
studies-windows-of-pixels-apart = windows of { $size } × { $size2 } pixels, { $value } apart

# learning/inside/points/chosen.rs
studies-there-are-no-images-that = there are no images that could be laid out
studies-there-is-no-only = there is no { $what } { $beyond }, only { $count }
studies-training-image = training image
studies-test-image = test image
studies-name-at-least-one-image = name at least one image
studies-of-drawn-by-the-seed = { $some } of { $of }, drawn by the seed, as more would be dear

# learning/inside/points/mod.rs
studies-attraction-is-from-1-to = attraction is from 1 to 4 times as strong as in t-SNE, not { $attraction }
studies-what-the-layer-makes-of = what the layer makes of some images is no number, so that they have no places
studies-the-layer-makes-the-same = the layer makes the same of { $rows }, so that all lie in one place
studies-neighbours-are-those-in = neighbours are those in { $width }
studies-neighbours-are-those-in-the = neighbours are those in the first { $filter } components

# learning/inside/points/neighbours.rs
studies-images-are-too-few-to = { $images } images are too few to have neighbours: it takes { $least_items }
studies-the-images-are-too-far = the images are too far apart to be compared
studies-the-layout-broke-off = the layout broke off

# learning/inside/points/reader.rs
studies-the-layer-makes-of-an = the layer { $name } makes { $numbers } of an image, but images are laid out by up to { $most_numbers }

# learning/inside/points/shown.rs
studies-some-places-are-no-number = some places are no number, as images lie too far apart

# learning/inside/question.rs
studies-pixels-that-could-speak-for = pixels that could speak for an answer
studies-pixels-that-could-be-changed = pixels that could be changed a little
studies-test-images-of-which-it = test images of which it could be sure
studies-test-images-on-which-units = test images on which units could be watched
studies-pixels-that-could-be-dreamed = pixels that could be dreamed
studies-test-images-over-which-its = test images over which its loss could be a mean
studies-test-images-on-which-several = test images on which several could be compared
studies-images-that-could-be-laid = images that could be laid out
studies-images-that-could-share-something = images that could share something
studies-images-on-which-layers-could = images on which layers could be compared

# learning/inside/replay/keyframes.rs
studies-to-go-through-steps-again = to go through { $steps } steps again takes { $bytes } MiB, more than { $most_bytes }: ask after fewer steps

# learning/inside/replay/mod.rs
studies-no-step-was-taken-yet-so = no step was taken yet, so that nothing taught it anything
studies-the-run-cannot-be-taken = the run cannot be taken again to the same bits on this device, so that what is found would be of another run

# learning/inside/replay/past.rs
studies-this-run-goes-on-from = this run goes on from a file after { $steps }, and how it took them is not in the file, so that they cannot be taken again
studies-how-the-network-came-to = how the network came to be as it is, is not known from its first step on, so that it cannot be taught again

# learning/inside/robustness.rs
studies-pgd-takes-steps-as-more = PGD takes { $steps } steps, as more would be dear
studies-accuracies-are-of-test-images = accuracies are of { $images }, as more would be dear
studies-it-has-numbers-instead-of-2 = it has { $input_count } numbers instead of { $size }
studies-the-network-tells-no-two-classes-apart = the network tells no two classes apart, so that nothing flips its answer
studies-there-are-no-test-images-over = there are no test images over which an accuracy could be counted
studies-pgd-takes-at-least-one = PGD takes at least one step
studies-name-1-to-strengths-instead = name 1 to { $most_strengths } strengths instead of { $strengths_count }
studies-a-strength-is-but-must = a strength is { $wrong }, but must be a number from 0 to 1, the range of brightness

# learning/inside/shared.rs
studies-are-more-than-this-network = { $chosen_count } are more than this network is asked about at once: choose up to { $affordable }

# learning/inside/studied.rs
studies-this-is-answered-of-the = this is answered of the weights as they are now alone
studies-this-is-no-question-that = this is no question that looks inside

# learning/inside/taught/account.rs
studies-steps-moved-nothing-as-their = { $idle } steps moved nothing, as their loss was no number
studies-weight-decay-which-is-no = weight decay, which is no image's doing, changed the loss by { $decay } and is booked apart
studies-what-normalisations-remember-of-their = what normalisations remember of their batches, which no gradient moves, changed the loss by { $remembered } and is booked apart
studies-rounding-alone-moved-biases-that = rounding alone moved biases that a normalisation takes away again; it changed the loss by { $rounded } and is booked apart

# learning/inside/taught/beforehand.rs
studies-nothing-is-foretold-beyond-steps = nothing is foretold beyond { $most_steps } steps: of what lies so far back ever less holds
studies-nothing-is-foretold-as-all = nothing is foretold, as all that are left out were seen before step { $first_step } alone
studies-of-those-left-out-seen = { $some } of those left out, seen before step { $first_step } alone: of these nothing is foretold
studies-more-than-a-hundredth-of = more than a hundredth of the training images is left out: what is foretold holds for fewer

# learning/inside/taught/checked.rs
studies-nothing-is-foretold-since-it = nothing is foretold, since it does not hold here: in { $runs } runs without a drawn hundredth of the training images the rank correlation of what was foretold and what came is { $rank_correlation }, less than { $least }

# learning/inside/taught/labels.rs
studies-all-training-images-are-of = all training images are of one class, so that their labels are the same however they are shuffled
studies-the-answer-was-ended-before = the answer was ended before it was found
studies-of = {" "}of { $of }
studies-it-learned-shuffled-labels-in = it learned shuffled labels in { $steps }{ $of }

# learning/inside/taught/mod.rs
studies-training-images-that-could-have = training images that could have taught it
studies-training-images-that-could-be = training images that could be left out
studies-a-weight-of-the-network = a weight of the network is no number, so that nothing can be said of what taught it

# learning/inside/taught/repetition.rs
studies-there-is-no-training-image = there is no training image { $missing } to leave out, only { $count }, counted from 0

# learning/inside/temperature.rs
studies-its-logits-say-no-more = its logits say no more than chance would, so that no temperature is best
studies-it-is-right-about-all = it is right about all that the temperature is found on: the colder, the better

# learning/inside/together/logistic.rs
studies-there-are-no-training-images = there are no training images to learn from

# learning/inside/together/mod.rs
studies-the-network-tells-no-two-classes-apart-2 = the network tells no two classes apart
studies-there-are-test-images-but = there are { $indices_count } test images, but models are compared on { $fewest_images } or more
studies-a-new-seed-trains-another = a new seed trains another network, which this one is then fused with

# learning/inside/together/stacked.rs
studies-what-a-member-says-is = what a member says is no number, so that all have the same weight

# learning/inside/units.rs
studies-some-units-make-what-is = some units make what is no number
studies-name-1-to-images-of = name 1 to { $most_top } images of each unit instead of { $top }
studies-there-are-no-test-images-on = there are no test images on which units could be watched
studies-units-are-watched-on-at = units are watched on at least one test image
studies-the-network-tells-no-two-classes-apart-so = the network tells no two classes apart, so that no unit changes what it says
studies-of-of-as-more-would-be = of { $images } of { $asked }, as more would be dear
studies-no-unit-is-taken-away = no unit is taken away, as that would be dear
studies-units-are-taken-away-on = units are taken away on { $some } of these images, as more would be dear
studies-no-shapley-values-as-those = no Shapley values, as those would be dear
studies-shapley-values-are-of-images = Shapley values are of { $images } images
studies-no-shapley-values-as-what = no Shapley values, as what the network says is no number

# learning/inside/wished.rs
studies-a-unit-is-one-of = a unit is one of a layer
studies-there-is-no-class-only-counted-from = there is no class { $class }, only { $classes }, counted from 0
studies-no-test-images = no test images
