# exhibits/recommender/view/dome_families.rs
recommender-animation = Animation
recommender-sci-fi = Sci-fi
recommender-thriller = Thriller
recommender-romance = Romance
recommender-action = Action
recommender-comedy = Comedy
recommender-drama = Drama
recommender-other = Other

# exhibits/recommender/view/dome_people.rs
recommender-you = You
recommender-person = Person { $known }

# exhibits/recommender/view/dome_pointing.rs
recommender-predicted-stars = Predicted stars
recommender-predicted = { $name }: predicted { $stars }

# exhibits/recommender/view/film_card.rs
recommender-predicted-for-you = Predicted for you: { $stars }
recommender-predicted-for = Predicted for { $who }: { $stars }
recommender-never-rated = Never rated
recommender-rated-once = Rated once: { $mean }
recommender-mean-of-ratings = Mean of { $count } ratings: { $mean }

# exhibits/recommender/view/learning/collect.rs
recommender-people-films = { $people_count } people, { $items_count } films
recommender-stars = { $mean } ± { $spread } stars
recommender-stars-given = Stars given
recommender-of-pairs-are-unrated = { $share } of { $pairs } pairs are unrated
recommender-half-of-the-films-have = Half of the films have at most { $half }

# exhibits/recommender/view/learning/evaluate.rs
recommender-folds-in-s = { $folds } folds in { $seconds } s
recommender-after-the-training = After the training: errors, fold by fold
recommender-of-folds = { $done } of { $folds } folds
recommender-fold = fold
recommender-mean = mean
recommender-biases = biases
recommender-best = best
recommender-worst = worst
recommender-lists-of-10 = Lists of 10
recommender-precision = precision
recommender-recall = recall
recommender-this-model = this model
recommender-biases-alone = biases alone
recommender-most-rated = most rated
recommender-ndcg-of-the-most-rated = NDCG { $popular } of the most rated beats { $own }:
recommender-training-asks-for-ratings-not = training asks for ratings, not which are watched
recommender-ndcg-is-no-worse-than = NDCG { $own } is no worse than { $popular }: here taste
recommender-says-as-much-as-what = says as much as what most people have watched

# exhibits/recommender/view/learning/facts.rs
recommender-decade = { $decade }s
recommender-ratings = ratings
recommender-no-year = no year
recommender-to = to { $name }

# exhibits/recommender/view/learning/films.rs
recommender-decades = Decades
recommender-genres = Genres
recommender-liking = Liking
recommender-films-mean-stars = films, mean stars
recommender-films = { $films } films, { $group }
recommender-the-largest-of-genres = the { $room } largest of { $genres_count } genres
recommender-stars-against-all-ratings-of = stars against all, ratings; { $room } of { $all }
recommender-stars-more-or-less-than = stars more or less than all, ratings

# exhibits/recommender/view/learning/matrix.rs
recommender-true-and-predicted = True and predicted
recommender-true = true
recommender-true-predicted = true { $truth }, predicted { $said }: { $count }
recommender-predicted-brightest = predicted; brightest { $most }

# exhibits/recommender/view/learning/mod.rs
recommender-collect = Collect
recommender-people = People
recommender-films-2 = Films
recommender-train = Train
recommender-evaluate = Evaluate
recommender-learning-board = Learning board

# exhibits/recommender/view/learning/people.rs
recommender-their-stars = their stars
recommender-of-all = of all
recommender-half-of-the-people-gave = Half of the people gave at most { $half }
recommender-stars-mean-spread = stars, mean ± spread
recommender-theirs = theirs
recommender-all = all
recommender-fewer = fewer
recommender-more = more
recommender-than-all = { $more } { $word } than all
recommender-learned-b = learned: bᵤ = { $bias }
recommender-when-is-not-known = when is not known
recommender-per-up-to = per { $unit }, up to { $most }

# exhibits/recommender/view/learning/person.rs
recommender-nobody = nobody
recommender-person-2 = Person { $name }
recommender-day = day
recommender-month = month
recommender-year = year

# exhibits/recommender/view/learning/rule.rs
recommender-r-b-b-q-p = r̂ = μ + bᵤ + bᵢ + qᵢ·pᵤ
recommender-person-gave = Person { $person } gave{" "}
recommender-b-b-e-b-b = bᵤ ← bᵤ + { $rate } (e − { $weight } bᵤ), bᵢ alike
recommender-p-p-e-q-p = pᵤ ← pᵤ + { $rate } (e qᵢ − { $weight } pᵤ)
recommender-q-q-e-p-q = qᵢ ← qᵢ + { $rate } (e pᵤ − { $weight } qᵢ)

# exhibits/recommender/view/learning/tail.rs
recommender-rank = rank
recommender-ratings-of = Ratings of
recommender-films-3 = films,
recommender-people-2 = people
recommender-no = No. { $number }:
recommender-film = film { $per_item },
recommender-person-3 = person { $per_person }

# exhibits/recommender/view/learning/train.rs
recommender-stars-2 = stars
recommender-at-epoch-ratings = after { $epoch } epochs, { $ratings } ratings
recommender-epochs-grey-biases-alone = { $epochs } epochs; grey: biases alone, { $bias_rmse }
recommender-epoch-of-ratings = { $epoch } of { $epochs } epochs, { $ratings } ratings
recommender-training = training
recommender-held-out = held out

# exhibits/recommender/view/legend.rs
recommender-people-too = People too
recommender-of-films-drawn = { $seen } of { $all } films drawn
recommender-lit-by-the-filter = { $drawn }, { $passing } lit by the filter
recommender-area-number-of-ratings-up = Area: number of ratings, up to { $most }
recommender-both = both
recommender-you-2 = you
recommender-light-predicted-for-to = Light: predicted for { $whose }, { $low } to { $high }
recommender-ring-on-the-list-two = Ring: on the list; two rings: rated by you
recommender-ring-on-the-list = Ring: on the list

# exhibits/recommender/view/map_switch.rs
recommender-most-variance-pca = Most variance (PCA)
recommender-neighbours-t-sne = Neighbours (t-SNE)
recommender-map-the-3-axes-along = Map: the 3 axes along which films differ most
recommender-map-this-picture-is-still = Map: this picture is still of the axes
recommender-step-neighbours-of-of = Step { $of }: neighbours of { $done } of { $all }
recommender-step-epoch-of = Step { $of }: epoch { $epoch } of { $epochs }
recommender-of-step-press-again-to = Of step { $of }; press again to renew
recommender-far-says-nothing-near-kept = Only nearness counts: { $kept } kept, PCA { $kept_before }

# exhibits/recommender/view/pull.rs
recommender-both-move-nearer-together = Both move nearer together
recommender-both-move-further-apart = Both move further apart
recommender-person-gave-to = Person { $person } gave { $stars } to{"\u000A"}{ $film }
recommender-predicted-error = Predicted { $predicted }, error { $error }{"\u000A"}{ $way }

# exhibits/recommender/view/sculpt.rs
recommender-as-if-you-had-given = As if you had given 1 film { $high }
recommender-as-if-you-had-given-films = As if you had given { $films } films { $low } to { $high }

# exhibits/recommender/view/taste/filters_page.rs
recommender-years-and-more = Years and more
recommender-no-filter = No filter
recommender-from-the-year = From the year
recommender-to-the-year = To the year
recommender-least-ratings = Least ratings
recommender-unlike-each-other = Unlike each other
recommender-of-genres-here = { $said }; { $chips_count } of { $genres_count } genres here

# exhibits/recommender/view/taste/find_page.rs
recommender-find-a-film = Find a film
recommender-rated = Rated
recommender-rate-these-first = Rate these first
recommender-of-films = { $of } of { $all } films
recommender-any-genre = Any genre
recommender-any-decade = Any decade
recommender-rated-2 = Rated { $entries_count }
recommender-you-3 = you: { $stars } ★
recommender-ratings-2 = { $count } ratings
recommender-known-by-opinions = Known by { $ratings }, opinions ± { $spread } ★, { $apart }
recommender-close-to-others = close to others
recommender-unlike-others = unlike others
recommender-far-off = far off

# exhibits/recommender/view/taste/keeping.rs
recommender-save = Save
recommender-load = Load
recommender-save-list = Save list
recommender-your-ratings-are-in = Your { $count } ratings are in { $path }
recommender-ratings-are-taken-from = { $count } ratings are taken from { $path }
recommender-the-list-of-is-in = The list of { $count } is in { $path }

# exhibits/recommender/view/taste/list_page.rs
recommender-new = new
recommender-the-model-has-not-answered = The model has not answered yet

# exhibits/recommender/view/taste/pager.rs
recommender-of = { $first }–{ $first2 } of { $of }

# exhibits/recommender/view/taste/people_page.rs
recommender-least-misery = Least misery
recommender-mean-of-both = Mean of both
recommender-of-2 = For
recommender-and = and
recommender-none = None
recommender-one-list-by = One list by
recommender-any = Anyone
recommender-nobody-is-called-in = Nobody is called { $wanted } in { $name }
recommender-none-2 = none
recommender-what-rated = What { $ratings } rated
recommender-nothing-rated = Nothing rated
recommender-all-2 = ; all { $mean } ± { $spread }
recommender-rated-mean = { $rated_count } rated, mean { $mean } ± { $spread }{ $all }

# exhibits/recommender/view/taste/rated_page.rs
recommender-raise = Raise
recommender-lower = Lower
recommender-off = Off
recommender-find-films = Find films
recommender-sculpt-on-the-map = Sculpt on the map
recommender-start-over = Start over
recommender-sculpted = sculpted {" "}
recommender-you-have-rated-nothing-yet = You have rated nothing yet

# exhibits/recommender/view/taste/rating.rs
recommender-unrate = Unrate
recommender-choose-a-film-to-rate = Choose a film to rate it
recommender-not-rated = Not rated
recommender-you-4 = You: { $stars }

# exhibits/recommender/view/taste/tabs.rs
recommender-list = List
recommender-why = Why
recommender-filters = Filters

# exhibits/recommender/view/taste/why_page.rs
recommender-mean-2 = mean μ
recommender-person-4 = person
recommender-film-2 = film
recommender-taste = taste
recommender-prediction = prediction
recommender-rated-films = Rated films
recommender-near-in-taste = Near in taste
recommender-also-liked = Also liked
recommender-by = By { $ratings }
recommender-choose-a-film-on-the = Choose a film on the map or on a list
recommender-no-number = no number

# exhibits/recommender/view/taste/why_words.rs
recommender-gave = gave { $stars }: { $stars2 }
recommender-of-3 = { $people } of { $of }, ×{ $lift }
recommender-each-of-ratings = each of { $of } ratings
recommender-of-ratings = { $tried } of { $of } ratings
recommender-left-out-in-turn-from = Person fitted anew: { $fitted }; { $tried } left out:
recommender-there-is-no-rating-yet = There is no rating yet that could speak for or against it
recommender-distance-0-is-the-same = Distance: 0 is the same taste, 1 unrelated
recommender-of-those-who-liked-it = Of those who liked it; × against all who rated

# exhibits/recommender/view/taste/words.rs
recommender-item = item { $item }
recommender-nobody-rated-it = nobody rated it
recommender-one-rating-stars = one rating, { $mean } stars
recommender-ratings-3 = { $mean } ★, { $count } ratings
recommender-person-5 = person { $name }
recommender-for = For { $first }
recommender-for-and = For { $first } and { $ratings }, { $how }
recommender-least-misery-2 = least misery
recommender-mean-of-both-2 = mean of both
recommender-from-of-films = From { $eligible } of { $of } films
recommender-or = { $a } or { $b }
recommender-or-more = { $a } or { $genres_count } more
recommender-ratings-4 = { $least_ratings }+ ratings
recommender-diversity = diversity { $diversity } %
recommender-answered-at-step-as-it = Answered at step { $step }, as it is now
recommender-on-its-plinth = Recommender

# exhibits/recommender/view/learning/mod.rs
recommender-how-it-learns = How it learns

# exhibits/recommender/view/taste/mod.rs
recommender-films-for-whom = Films for whom
recommender-of-films-with = { $seen } of { $all } films: { $least }+ ratings
