# exhibits/logistic/data/mod.rs
logistic-model-of-rows-have-no-they = { $unlabelled } of { $rows_read } rows have no { $label }: they were left out
logistic-model-nothing-in-it-can-be = nothing in it can be learned from, besides { $label }
logistic-model-give-a-table-with-a = give a table with a column of numbers, or of at most 50 categories
logistic-model-it-does-not-say-which = it does not say which column is to be told: it has { $listed }
logistic-model-name-one-of-these-with = name one of these with --label
logistic-model-its-column-is-in-every = its column { $label } is { $class } in every row
logistic-model-its-column-has-values-in = its column { $label } has { $names_count } values in { $codes_count }
logistic-model-its-column-has-values-by = its column { $label } has { $most_categories } values by line { $line }
logistic-model-name-a-column-of-at = name a column of at most { $most_categories } classes with --label
logistic-model-its-column-is-empty-in = its column { $label } is empty in every row
logistic-model-name-a-column-of-two = name a column of two or more classes with --label

# exhibits/logistic/mod.rs
logistic-model-a-table-becomes-a-verdict = A table becomes a verdict
logistic-model-a-csv-with-a-column = a CSV with a column that is to be told
logistic-model-32-rows-of-mini-batches = 32 rows of mini-batches
logistic-model-what-suits-the-table = what suits the table
logistic-model-table-to-verdict = Table to verdict
logistic-model-a-regression-on-tumours-step = A regression on tumours, step by step

# exhibits/logistic/model/facts.rs
logistic-model-mean-0-deviation-1 = mean 0, deviation 1
logistic-model-rows-left-out = rows left out
logistic-model-mean-instead = mean instead
logistic-model-median-instead = median instead
logistic-model-scikit-learns-seed-42 = scikit-learn's, seed 42
logistic-model-missing-values = Missing values
logistic-model-to-learn-from = To learn from
logistic-model-held-out = Held out
logistic-model-features-used = Features used
logistic-model-not-defined = not defined
logistic-model-log-loss = Log loss
logistic-model-accuracy-of-the-most-frequent = Accuracy of the most frequent class
logistic-model-accuracy-of-the-nearest-rows = Accuracy of the nearest rows
logistic-model-best-c = Best C
logistic-model-time-of-the-fit = Time of the fit

# exhibits/logistic/model/judge.rs
logistic-model-the-model-is-judged-before = the model is judged before it is finished
logistic-model-there-are-no-rows-to = there are no rows to be tested on
logistic-model-for-a-class-that-no = for a class that no held-out row is of, and so the mean over the others
logistic-model-as-all-held-out-rows = as all held-out rows are of one class
logistic-model-as-no-held-out-row = as no held-out row was called positive
logistic-model-as-no-held-out-row-is = as no held-out row is positive
logistic-model-as-no-held-out-row-is-positive = as no held-out row is positive or was called so
logistic-model-for-a-class-that-no-held = for a class that no held-out row was called, and so the mean over the others
logistic-model-for-a-class-that-no-held-out = for a class that no held-out row is of or was called, and so the mean over the others

# exhibits/logistic/model/prepare.rs
logistic-model-it-has-features-with-all = it has { $sources_count } features with all categories
logistic-model-give-a-table-of-at = give a table of at most { $most_features }
logistic-model-of-its-rows-are-left = { $count } of its rows are left, fewer than { $folds } folds
logistic-model-no-feature-is-left-that = no feature is left that is not constant
logistic-model-use-at-least-one-that = use at least one that varies
logistic-model-of-rows-lack-a-value = { $dropped } of { $rows } rows lack a value and were left out; --missing mean or median keeps them
logistic-model-fill-what-is-missing-with = fill what is missing with --missing mean or --missing median
logistic-model-give-more-rows-or-fewer = give more rows, or fewer --folds
logistic-model-all-rows-that-are-left = all rows that are left to learn from are of the class { $classes }
logistic-model-give-more-rows-of-the = give more rows of the others, or say --split stratified
logistic-model-no-row-of-the-class = No row of the class { $name } is among those that are learned from
logistic-model-features-and-classes-are-numbers = { $terms } features and { $classes } classes are { $parameters } numbers to learn, more than { $most_parameters }
logistic-model-use-the-best-ones-such = use the best ones, such as --features { $most }
logistic-model-the-numbers-in-are-too = the numbers in { $names } are too large
logistic-model-give-them-in-a-larger = give them in a larger unit
logistic-model-the-same-in-all-training = The same in all training rows, and so not used: { $named }
logistic-model-without-standardising-descent-goes-down = Without standardising, descent goes down for sure only up to a learning rate of { $usual_rate }

# exhibits/logistic/model/ready.rs
logistic-model-its-features-part-the-classes = its features part the classes of “{ $label }” without a mistake, so that without a penalty the weights grow without bound
logistic-model-choose-penalty-l2-or-penalty = choose --penalty l2 or --penalty l1

# exhibits/logistic/model/select.rs
logistic-model-features-were-chosen-from-but = features were chosen from { $of }, but it has { $has }
logistic-model-choose-anew = choose anew
logistic-model-correlations-are-those-of-rows = Correlations are those of { $of } rows, evenly out of { $all }
logistic-model-features-and-their-products-are = { $used_count } features and their products are { $count } terms, more than { $most_terms }
logistic-model-use-fewer-such-as-the = use fewer, such as the best 50 with --features 50, or leave out --pairwise

# exhibits/logistic/model/settings.rs
logistic-model-it-must-be-a-positive = it must be a positive finite number
logistic-model-a-model-needs-at-least = a model needs at least one feature
logistic-model-it-must-be-from-0 = it must be from 0 to 1
logistic-model-there-can-be-from-2 = there can be from 2 to 100 folds

# exhibits/logistic/model/split.rs
logistic-model-of-its-rows-are-left-to = { $train_count } of its rows are left to learn from and { $test_count } to be tested on, too few for { $folds } folds
logistic-model-split-sklearn42-names-rows-of = --split sklearn42 names rows of the tumour data that ship with the program, and these are others
logistic-model-say-split-shuffled-or-split = say --split shuffled or --split stratified

# exhibits/logistic/model/trainable.rs
logistic-model-the-table-has-not-been = the table has not been made ready
logistic-model-a-table-is-asked-for = a table is asked for a row of it

# exhibits/logistic/narrator.rs
logistic-model-of-columns-to-tell-from = { $name }: { $rows } of { $features_count } columns, to tell { $label } from the others: { $classes }
logistic-model-loss-rows-s = loss { $loss }  { $speed } rows/s
logistic-model-right = { $accuracy } right
logistic-model-rows-s-the-rows-that = , { $examples_per_second } rows/s{"\u000A"}  the rows that were held out: accuracy { $accuracy }, log loss { $log_loss }, AUC { $auc }, precision { $precision }, recall { $recall }, F1 { $f1 }{"\u000A"}  L-BFGS: { $iterations } in { $fit_milliseconds } ms; the best C over the folds: { $best_c }{"\u000A"}  accuracy of the most frequent class { $majority_accuracy }, of the nearest rows { $neighbours_accuracy }
logistic-model-the-minimum-was = the minimum was { $words }
logistic-model-c-log-loss-training-loss = {" "}         C         log loss  training loss         accuracy     AUC  iterations

# exhibits/logistic/open.rs
logistic-model-batch-is-for-mini-batches = --batch is for mini-batches, but all rows are learned from at once: say --solver mini-batch too.
logistic-model-preparing = preparing { $features }

# exhibits/logistic/model/facts.rs
logistic-model-no = no
logistic-model-shuffled = shuffled
logistic-model-stratified = stratified
logistic-model-rows = Rows
logistic-model-features = Features
logistic-model-classes = Classes
logistic-model-standardised = Standardised
logistic-model-split = Split
logistic-model-none = none
logistic-model-terms = Terms
logistic-model-parameters = Parameters
logistic-model-penalty = Penalty
logistic-model-neighbours = Neighbours
logistic-model-iterations = Iterations
logistic-model-positive = Positive
logistic-model-minimum = Minimum

# exhibits/logistic/model/trainable.rs
logistic-model-coefficients = Coefficients
logistic-model-zero = zero
logistic-model-intercepts = Intercepts
logistic-model-seed = Seed
logistic-model-accuracy = Accuracy
logistic-model-precision = Precision
logistic-model-recall = Recall
logistic-model-value-as = { $value }, { $why }
