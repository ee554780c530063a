# exhibits/recommender/data/broken.rs
recommender-model-of-lines-are-broken-and = { $lines } of { $of } lines are broken, and the first of them, line { $line }, { $why }
recommender-model-line-of = line { $line } of { $of } { $why }
recommender-model-correct-it-only-where-at = correct it; only where at most 1 % of the lines are broken are they left out
recommender-model-it-was-left-out = it was left out
recommender-model-they-were-left-out = they were left out

# exhibits/recommender/data/forms.rs
recommender-model-it-is-of-the-form = it is of the form of the Netflix Prize, with each film in a line before its ratings
recommender-model-write-a-line-user-film = write a line user,film,rating,date for each rating, and a line of these names before them
recommender-model-it-is-an-atomic-file = it is an atomic file of RecBole, whose columns have types in their names
recommender-model-take-the-types-out-of = take the types out of its first line, as in user_id for user_id:token
recommender-model-it-is-one-persons-own = it is one person's own ratings from { $site }
recommender-model-give-ratings-of-at-least = give ratings of at least two people; in the hall, rate these films under “You”

# exhibits/recommender/data/mod.rs
recommender-model-all-its-ratings-are-of = all its ratings are of one { $what }, { $names }
recommender-model-give-ratings-of-at-least-two = give ratings of at least two people and two items
recommender-model-the-one-given-last-counts = the one given last counts
recommender-model-the-last-in-the-file = the last in the file counts
recommender-model-1-rating-is-of-a = 1 rating is of a person and an item that have another: { $which }
recommender-model-ratings-are-of-a-person = { $replaced } ratings are of a person and an item that have another: { $which }

# exhibits/recommender/data/rating_columns.rs
recommender-model-it-has-no-column-for = it has no column for the { $what }, only { $listed }
recommender-model-name-the-column-with = name the column with { $options }
recommender-model-its-column-cannot-stand-for = its column { $name } cannot stand for two things
recommender-model-name-another-with = name another with { $wanted }

# exhibits/recommender/data/ratings.rs
recommender-model-it-has-no-ratings-below = it has no ratings below its first line
recommender-model-name-a-file-with-ratings = name a file with ratings
recommender-model-names-no = names no { $what }
recommender-model-it-has-more-than-ratings = it has more than { $most_ratings } ratings
recommender-model-give-a-smaller-file = give a smaller file
recommender-model-is-too-large-for-a = is too large for a rating
recommender-model-correct-the-line-or-name = correct the line or name another column with --rating-column
recommender-model-is-outside-the-scale = is outside the scale { $start }..{ $end }
recommender-model-correct-the-line-or-give = correct the line or give another --scale
recommender-model-the-rating-in-line = the rating { $stars } in line { $of } { $why }
recommender-model-without-a-rating-left-out = { $unrated } without a rating: left out
recommender-model-the-rating-in-line-2 = the rating in line { $row } { $fact }
recommender-model-or-name-another-column-with = { $remedy }, or name another column with --rating-column
recommender-model-in-line-is-neither-seconds = { $text } in line { $of } is neither seconds since 1970 nor a date
recommender-model-in-line-does-not-tell = { $text } in line { $of } does not tell day from month
recommender-model-in-line-has-the-month = { $one } in line { $of } has the month first, { $other } in line { $of2 } the day
recommender-model-times-are-left-out-for = Times are left out, for { $why }

# exhibits/recommender/data/scale.rs
recommender-model-the-most-stars-must-be = the most stars must be more than the fewest, such as 0.5..5
recommender-model-every-rating-in-it-is = every rating in it is { $low }
recommender-model-give-ratings-that-differ-or = give ratings that differ, or the scale with --scale

# exhibits/recommender/data/source.rs
recommender-model-name-a-folder-or-a = name a folder or a file of ratings with --data
recommender-model-there-is-no-such-file = there is no such file or folder
recommender-model-it-holds-no-ratings-csv = it holds no ratings.csv, u.data or ratings.dat, gzipped (.gz) or not
recommender-model-name-another-folder-or-the = name another folder or the file of ratings itself with --data

# exhibits/recommender/data/title_columns.rs
recommender-model-correct-its-first-line-or = correct its first line, or move it away to go without titles

# exhibits/recommender/data/titles.rs
recommender-model-has-instead-of = has { $fields } instead of { $columns }
recommender-model-of-genres-only-the-commonest = of { $genres } genres only the { $most_genres } commonest are kept
recommender-model-item-has-no-title-and = item has no title and goes
recommender-model-items-have-no-title-and = items have no title and go
recommender-model-by-the-name-in-the = { $count } { $go } by the name in the file of ratings, such as { $first }
recommender-model-item-has-no-rating-and = item has no rating and is
recommender-model-items-have-no-rating-and = items have no rating and are
recommender-model-left-out = { $unrated } { $are } left out

# exhibits/recommender/errand.rs
recommender-model-stars = { $rank }  { $stars } stars  { $title }{"\u000A"}
recommender-model-mean-person-film-taste = {" "}      = { $mean } mean { $person } person { $item } film { $taste } taste
recommender-model-for-stars = {" "}      { $moved } for { $title } ({ $stars } stars)

# exhibits/recommender/files/mod.rs
recommender-model-cannot-read-name-a-profile = cannot read { $path }: { $reason }; name a profile that was saved here
recommender-model-cannot-write-name-a-file = cannot write { $path }: { $reason }; name a file in a folder that takes files
recommender-model-is-not-a-profile-name = { $path } is not a profile: { $reason }; name a profile that was saved here
recommender-model-is-a-profile-of-version = { $path } is a profile of version { $version }, but this program reads version { $version2 }; save it anew
recommender-model-was-made-for-the-data = { $path } was made for the data set { $made_for }, whose items are not those of { $here }; open that one with --data or name another profile
recommender-model-rates-id-which-is-not = { $path } rates { $title } (id { $id }), which is not in this data set; remove that entry
recommender-model-gives-stars-to-outside-the = { $path } gives { $stars } stars to { $title }, outside the scale { $low }..{ $high }; correct that entry

# exhibits/recommender/files/profile.rs
recommender-model-it-is-no-text = it is no text
recommender-model-in-line-column = { $start }{ $more } in line { $line }, column { $column }

# exhibits/recommender/files/tables.rs
recommender-model-there-is-no-item = there is no item { $item }
recommender-model-sums-for-people = { $terms_count } sums for { $people } people
recommender-model-biases-and-factors-for-rows = { $biases } biases and { $factors } factors for { $rows } rows

# exhibits/recommender/mod.rs
recommender-model-taste-takes-shape-from-ratings = Taste takes shape from ratings
recommender-model-the-recommender = the recommender
recommender-model-ratings-as-movielens-or-a = ratings as MovieLens or a CSV has them
recommender-model-is-for-what-learns-in = is for what learns in batches, but the recommender learns one rating at a time: leave it out
recommender-model-films-find-their-place-by = Films find their place by taste, and suggest themselves

# exhibits/recommender/model/answer.rs
recommender-model-people-cannot-choose-together = { $people_count } people cannot choose together
recommender-model-there-is-no-item-only = there is no item { $item }, only { $items }
recommender-model-there-is-no-person-only = there is no person { $person }, only { $people }
recommender-model-there-is-no-item-to = there is no item { $item } to be rated, only { $items }
recommender-model-is-no-rating-stars-go = { $stars } is no rating: stars go from { $low } to { $high }

# exhibits/recommender/model/fold.rs
recommender-model-fold-diverged-at-a-learning = fold { $number } diverged at a learning rate of { $learning }; choose a lower one

# exhibits/recommender/model/layout.rs
recommender-model-films-have-ratings-it-takes = { $items } films have { $known } ratings; it takes { $least_items } films
recommender-model-no-taste-has-been-learned = No taste has been learned by which films could differ
recommender-model-the-layout-broke-off-in = The layout broke off in an error; ask for it again
recommender-model-no-thread-could-be-had = No thread could be had for it: { $error }
recommender-model-the-films-flew-apart-their = The films flew apart: their factors are too much alike

# exhibits/recommender/model/settings.rs
recommender-model-there-can-be-from-1 = there can be from 1 to 1,000 factors
recommender-model-it-must-be-a-finite = it must be a finite number that is not negative
recommender-model-there-can-be-from-2 = there can be from 2 to 100 folds, and no more than ratings
recommender-model-a-single-rating-teaches-nothing = a single rating teaches nothing; give more

# exhibits/recommender/model/trainable.rs
recommender-model-unrated-pairs = Unrated pairs
recommender-model-mean-rating = Mean rating
recommender-model-stars-2 = { $mean } stars
recommender-model-to-stars = { $low } to { $high } stars
recommender-model-the-factors-have-not-been = the factors have not been drawn
recommender-model-mean-two-biases-taste = mean + two biases + taste
recommender-model-a-recommender-is-asked-for = a recommender is asked for a taste, not an image
recommender-model-stars-3 = { $rmse } stars
recommender-model-stars-4 = { $mae } stars
recommender-model-rmse-from-fold-to-fold = RMSE from fold to fold
recommender-model-stars-5 = ± { $rmse_std } stars
recommender-model-rmse-of-the-biases-alone = RMSE of the biases alone
recommender-model-stars-6 = { $bias_rmse } stars
recommender-model-precision-at-10 = Precision at 10
recommender-model-recall-at-10 = Recall at 10
recommender-model-ndcg-at-10 = NDCG at 10
recommender-model-ndcg-at-10-of-the = NDCG at 10 of the most rated

# exhibits/recommender/narrator.rs
recommender-model-of-by-people-to-stars = { $name }: { $ratings_count } of { $items_count } by { $people_count } people, { $low } to { $high } stars; { $sparsity } % of all pairs are unrated
recommender-model-epoch-training-rmse-nearest-rating = {" "} epoch  training RMSE  nearest rating right  ratings/s
recommender-model-rmse-ratings-s = RMSE { $sqrt }  { $speed } ratings/s
recommender-model-fold-rmse-mae-biases-rmse = {" "} fold    RMSE     MAE  biases RMSE  precision@10  recall@10  NDCG@10
recommender-model-precision-10-recall-10-ndcg = {" "} { $name } precision@10 { $precision }  recall@10 { $recall }  NDCG@10 { $ndcg }
recommender-model-ratings-s = , { $speed } ratings/s
recommender-model-fold-cross-validation-in-s = { $folds }-fold cross-validation in { $seconds } s: RMSE { $rmse } ± { $rmse_std } stars, MAE { $mae } ± { $mae_std } stars; biases alone reach RMSE { $bias_rmse }
recommender-model-its-lists = its lists
recommender-model-what-biases-predict = what biases predict
recommender-model-what-most-people-rated = what most people rated
recommender-model-rmse = RMSE { $rmse }

# exhibits/recommender/open.rs
recommender-model-top-save-list-and-save = --top, --save-list and --save-factors are answered in words and files: say --mode terminal too.
recommender-model-a-list-is-made-for = A list is made for somebody: say whose with --user ID.
recommender-model-there-is-no-person-in = There is no person { $name } in { $name2 }: --user takes one of its { $people_count } people, such as { $first }.
recommender-model-would-write-over-which-lies = { $option } would write over { $path }, which lies among your data: choose another name.

# exhibits/recommender/options.rs
recommender-model-give-the-fewest-and-the = give the fewest and the most stars, such as 0.5..5, from -{ $most_stars } to { $most_stars }

# exhibits/recommender/data/mod.rs
recommender-model-person = person
recommender-model-item = item

# exhibits/recommender/data/rating_columns.rs
recommender-model-user = user
recommender-model-rating = rating

# exhibits/recommender/data/title_columns.rs
recommender-model-title = title

# exhibits/recommender/model/trainable.rs
recommender-model-ratings = Ratings
recommender-model-people = People
recommender-model-scale = Scale
recommender-model-factors = Factors
recommender-model-parameters = Parameters
recommender-model-prediction = Prediction
recommender-model-regularisation = Regularisation
recommender-model-biases = Biases
recommender-model-zero = zero
recommender-model-seed = Seed
recommender-model-rmse-2 = RMSE
recommender-model-mae = MAE
recommender-model-folds = Folds
recommender-model-items = Items
recommender-model-films = Films
