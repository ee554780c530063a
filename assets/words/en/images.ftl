# images/narrator.rs
images-of-pixels-to-be-tested = { $name }: { $set_count } of { $width }×{ $height } pixels to be tested on, { $classes_count } classes
images-private = , private: { $told }
images-test-accuracy-test-loss-s = , test accuracy { $accuracy }, test loss { $loss }{ $private }, { $speed }
images-right = { $accuracy } right

# images/privacy.rs
images-is-infinite-at-nothing-is = ε is infinite at δ = { $delta }: nothing is hidden
images-at = ε = { $ceil } at δ = { $delta }
