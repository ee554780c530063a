# learning/network/forward.rs
network-learning-a-batch-has-numbers-instead = a batch has { $inputs_count } numbers instead of { $product }
network-learning-it-has-no-output = it has no output

# learning/network/frozen.rs
network-learning-the-network-is-not-frozen = the network is not frozen

# learning/network/inside/bent.rs
network-learning-a-direction-has-other-numbers = a direction has other numbers than the network

# learning/network/inside/health.rs
network-learning-before-its-first-step-the = before its first step the rule divides by nothing yet, so that no curvature is too much

# learning/network/inside/hidden.rs
network-learning-it-makes-nothing = it makes nothing

# learning/network/inside/mod.rs
network-learning-only-what-a-network-says = only what a network says to images is explained
network-learning-there-is-no-to-differentiate = there is no “{ $name }” to differentiate by

# learning/network/inside/parameters.rs
network-learning-the-network-has-parameters-but = the network has { $own_count } parameters, but { $numbers_count } are given

# learning/network/past/booked.rs
network-learning-maps-are-those-of-each = maps are those of “{ $layer }”, each with its own weights alone
network-learning-training-images-were-changed-anew = training images were changed anew in each epoch, and are shown as they are
network-learning-an-images-part-of-the = an image's part of the loss hangs on all of its batch, by which normalisations go
network-learning-normalisations-still-see-the-images = normalisations still see the images that are left out of the loss in their batches

# learning/network/past/run.rs
network-learning-the-test-was-broken-off = the test was broken off

# learning/network/probe.rs
network-learning-it-cannot-be-computed = it cannot be computed: { $why }
network-learning-it-makes-numbers-of-an = it makes { $tells } numbers of an image, but the data have { $classes } classes; its end is no linear layer that could be made anew: bring one with { $classes } outputs

# learning/network/state/files.rs
network-learning-it-belongs-to-another-network = it belongs to another network than the one that lies beside it

# learning/network/state/mod.rs
network-learning-it-is-damaged = it is damaged
network-learning-it-is-no-plain-file = it is no plain file
network-learning-it-holds-no-state-of = it holds no state of a training
network-learning-it-is-of-version-but = it is of version { $version }, but { $version2 } is known
network-learning-it-has-no-of-the = it has no { $name } of the size of the network's
network-learning-it-holds-arrays-but-the = it holds { $has } arrays, but the rule needs { $wanted }
