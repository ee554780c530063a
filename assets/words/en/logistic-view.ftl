# exhibits/logistic/payload.rs
logistic-not-reached-the-largest-component = not reached: the largest component of the gradient is { $largest_slope }
logistic-the-objective-at-most-nats = { $slope }, the objective at most { $above } nats above it
logistic-is-not-defined = { $name } is not defined { $why }

# exhibits/logistic/view/asking.rs
logistic-row-of = Row { $place } of { $name }

# exhibits/logistic/view/axes.rs
logistic-component-of-variance = component { $axis }: { $share } of variance
logistic-probability-of-0-to-1 = probability of { $class }, 0 to 1

# exhibits/logistic/view/board/baselines.rs
logistic-this-model = this model
logistic-nearest-rows = nearest rows
logistic-always-the-same = always the same

# exhibits/logistic/view/board/evaluate.rs
logistic-accuracy-at-threshold = Accuracy at threshold
logistic-called-so-from-p = Threshold: called positive from p =
logistic-the-held-out-rows-are = The held-out rows are judged when it has learned
logistic-accuracy = accuracy
logistic-precision = precision
logistic-none-called-so = none called so
logistic-recall = recall
logistic-none-is-so = none is so
logistic-none-either-way = none either way
logistic-log-loss = log loss
logistic-others = others
logistic-called = called
logistic-roc-auc = ROC, AUC { $auc }
logistic-auc-one-class-only = AUC: one class only
logistic-false-alarms-0-to-1 = false alarms, 0 to 1
logistic-calibration = Calibration
logistic-told-p-up-true = → p told, ↑ truly so

# exhibits/logistic/view/board/features.rs
logistic-automatic = Automatic
logistic-the-best = the best { $listed }
logistic-of = { $first }–{ $end } of { $of }
logistic-used = used; press to leave it out
logistic-to-be-left-out = to be left out
logistic-to-be-used = to be used
logistic-the-same-in-all-rows = the same in all rows
logistic-r-with = r = { $r } with { $other }
logistic-left-out-by-you = left out by you

# exhibits/logistic/view/board/footer.rs
logistic-undo = Undo
logistic-learn-this = Learn this
logistic-now = Now: { $settings }, { $solver }
logistic-new = New: { $differences }
logistic-the-training-diverged-with-learning = The training diverged with learning rate { $learning_rate }: restart it on the desk with { $proposed }.

# exhibits/logistic/view/board/mod.rs
logistic-preprocess = Preprocess
logistic-features = Features
logistic-model = Model
logistic-tune = Tune
logistic-evaluate = Evaluate
logistic-board-of-the-steps = Board of the steps

# exhibits/logistic/view/board/model.rs
logistic-none = none
logistic-products-of-two = Products of two
logistic-full-batch = full batch
logistic-penalty = Penalty
logistic-solver = Solver
logistic-simpler-models-are-compared-when = Simpler models are compared when it has learned
logistic-p-softmax-wx-b-weights = p = softmax(Wx + b), { $terms } × { $classes_count } weights
logistic-p-w-x-b-weights = p = σ(Σ wᵢ xᵢ + b), { $terms } weights
logistic-log-loss-2 = log loss { $loss }
logistic-at-step = at step { $step }
logistic-log-loss-3 = log loss –
logistic-log-loss-nats = log loss { $train_log_loss } nats
logistic-slope-left = slope left { $largest_slope }
logistic-j-above = , J ≤ { $above } above
logistic-the-minimum-was-not-reached = The minimum was not reached:
logistic-gradient = gradient { $gradient_norm }
logistic-step-epoch = step { $step }, epoch { $step2 }
logistic-step = step

# exhibits/logistic/view/board/prepare.rs
logistic-standardise = Standardise
logistic-drop = drop
logistic-mean = mean
logistic-median = median
logistic-shuffled = shuffled
logistic-stratified = stratified
logistic-as-scikit-learn = as scikit-learn
logistic-missing = Missing
logistic-held-out = Held out
logistic-of-rows-to-learn-from = { $rows } of { $rows_read } rows: { $learned } to learn from; { $features_count } features
logistic-no-value-is-missing = No value is missing
logistic-1-value-is-missing = 1 value is missing
logistic-values-are-missing = { $missing } values are missing
logistic-as-measured = as measured
logistic-standardised = standardised
logistic-as-the-model-sees-it = as the model sees it
logistic-not-standardised = not standardised
logistic-no-number = no number

# exhibits/logistic/view/board/tune.rs
logistic-take-the-best-c = Take the best C
logistic-log-loss-by-c-folds = Log loss by C, { $folds } folds
logistic-of-fits = { $tuned_count } of { $all } fits
logistic-held-out-deviation = ● held out ± deviation
logistic-learned = ○ learned
logistic-every-fold-is-a-model = Every fold is a model of its own
logistic-best-c-nats = Best C = { $c }: { $mean } ± { $deviation } nats
logistic-last-c-fold-rows-steps = Last: C = { $c }, fold { $fold } ({ $learned } + { $held_out } rows), { $iterations } steps

# exhibits/logistic/view/pointing.rs
logistic-probability = Probability
logistic-held-out-2 = , held out
logistic-nothing-told-yet = nothing told yet
logistic-told = told { $class } { $told }
logistic-row = Row { $place }, { $truth }{ $held_out }

# exhibits/logistic/view/strip.rs
logistic-components = Components
logistic-hollow-held-out = hollow: held out
logistic-ring-told-wrongly = ring: told wrongly
logistic-of-rows-drawn = { $rows_count } of { $rows } rows drawn
logistic-and-more = { $class } and { $left_out } more
logistic-p-of-0-1-0 = Planes: p of { $class } 0.1, { $threshold }, 0.9
logistic-p-of-line-at = p of { $class }, line at { $threshold }
logistic-turn = turn
logistic-p-of = p of { $class }

# exhibits/logistic/view/verdict/coefficients.rs
logistic-the-largest-of = the { $listed } largest of { $of }
logistic-nothing-is-learned-yet = Nothing is learned yet
logistic-what-speaks-for = What speaks for { $name }
logistic-per-deviation = per deviation
logistic-per-unit = per unit
logistic-of-are-0 = { $zeros } of { $weights_count } are 0

# exhibits/logistic/view/verdict/mod.rs
logistic-all-coefficients = All coefficients
logistic-one-row = One row
logistic-board-of-the-verdict = Board of the verdict

# exhibits/logistic/view/verdict/waterfall.rs
logistic-press-a-row-ahead = Press a row ahead
logistic-to-see-how-its-probability = to see how its probability comes about
logistic-others-2 = { $others_count } others
logistic-intercept-b = intercept b
logistic-w-x-b-for = Σ wᵢ xᵢ + b, for { $name }
logistic-the-sum-is-no-finite = The sum is no finite number
logistic-score = score
logistic-softmax-of-all-scores-p = softmax of all scores: p = { $told }

# exhibits/logistic/view/wanted.rs
logistic-1-feature = 1 feature
logistic-features-2 = { $count } features
logistic-the-program-chooses = the program chooses
logistic-products = products
logistic-no-products = no products
logistic-rows-dropped = rows dropped
logistic-means-filled-in = means filled in
logistic-medians-filled-in = medians filled in
logistic-no-penalty = no penalty

# exhibits/logistic/view/board/model.rs
logistic-mini-batch = mini-batch

# exhibits/logistic/view/board/mod.rs
logistic-the-five-steps = The five steps

# exhibits/logistic/view/verdict/mod.rs
logistic-coefficients = Coefficients
