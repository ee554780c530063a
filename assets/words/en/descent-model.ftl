# exhibits/descent/data/pairs.rs
descent-model-breast-cancer-wisconsin-diagnostic-wolberg = Breast Cancer Wisconsin (Diagnostic): Wolberg, Mangasarian, Street and Street, UCI, 1995
descent-model-column-is-both-x-and = column { $name } is both --x and --y
descent-model-choose-two-different-ones = choose two different ones
descent-model-it-lacks-numbers-in-or = it lacks numbers in “{ $usual_x }” or classes in “{ $class }”
descent-model-fetch-the-programs-data-again = fetch the program's data again
descent-model-column-holds-no-number = column { $name } holds no number
descent-model-choose-another-column = choose another column
descent-model-besides = {" "}besides { $name }
descent-model-it-has-no-column-of = it has no column of numbers{ $besides }
descent-model-give-a-csv-with-two = give a CSV with two columns of numbers
descent-model-columns-and-are-not-both = columns { $name } and { $name2 } are not both numbers
descent-model-choose-two-columns-of-numbers = choose two columns of numbers
descent-model-or = { $name } or { $name2 }
descent-model-of-rows-have-no-they = { $left_out } of { $of } rows have no { $names }: they were left out
descent-model-it-has-only-with-both = it has only { $x_kept_count } with both numbers
descent-model-give-at-least-three = give at least three
descent-model-line-column-holds-whose-square = line { $line }, column { $name }, holds { $numbers }, whose square is too large to be summed
descent-model-correct-that-field-or-choose = correct that field or choose another column
descent-model-column-is-in-every-row = column { $name } is { $first } in every row
descent-model-choose-a-column-whose-values = choose a column whose values differ

# exhibits/descent/data/prepared.rs
descent-model-centred-x = centred: x − { $offset }
descent-model-centred-and-scaled-x = centred and scaled: (x − { $offset }) / { $x_scale }
descent-model-standardised-x = standardised: (x − { $offset }) / { $x_scale }

# exhibits/descent/mod.rs
descent-model-five-ways-down-a-slope = Five ways down a slope
descent-model-the-descent = the descent
descent-model-a-csv-with-columns-for = a CSV with columns for a line
descent-model-is-for-what-is-learned = is for what is learned again and again, but a descent is counted in steps: say --steps
descent-model-16-points-of-the-stochastic = 16 points of the stochastic runner
descent-model-what-suits-the-problem = what suits the problem
descent-model-gradient-descent = Gradient descent
descent-model-a-loss-to-stand-on = A loss to stand on, and what one step downhill does

# exhibits/descent/model/formulas.rs
descent-model-a-ravine-rosenbrocks-function = A ravine: Rosenbrock's function
descent-model-h-h-rosenbrock-an-automatic = H. H. Rosenbrock, An automatic method for finding the greatest or least value of a function, The Computer Journal 3 (1960), 175–184
descent-model-known-every-square-is-zero = known: every square is zero
descent-model-a-saddle-between-two-hollows = A saddle between two hollows
descent-model-y-nesterov-introductory-lectures-on = Y. Nesterov, Introductory Lectures on Convex Optimization (2004), example 1.2.2
descent-model-known-as-low-at-0 = known: as low at (0, −1)

# exhibits/descent/model/gradient.rs
descent-model-a-gradient-is-missing = a gradient is missing
descent-model-a-gradient-has-not-two = a gradient has not two numbers

# exhibits/descent/model/landscape.rs

# exhibits/descent/model/line.rs
descent-model-a-line-from = A line: { $y_name } from { $x_name }
descent-model-j-1-n-x-y = J(θ) = 1/n Σ (θ₀ + θ₁xᵢ − yᵢ)²
descent-model-normal-equations = normal equations

# exhibits/descent/model/mod.rs
descent-model-from-to = from { $ceil } to { $floor }
descent-model-its-first-number-must-be = its first number must be within fifty widths of the drawn surface, { $middle_first }, and its second { $middle_second }
descent-model-at-least-one-must-run = at least one must run
descent-model-a-formula-has-no-points = a formula has no points to draw some from: let another run
descent-model-stochastic-alone = stochastic alone
descent-model-only-line-tumour-rosenbrock-and = only line, tumour, rosenbrock and saddle are known

# exhibits/descent/model/trainable.rs
descent-model-none-a-formula = none: a formula
descent-model-at = { $loss } at { $theta } ({ $how })
descent-model-largest-stable = Largest stable α
descent-model-2-max = 2/λmax = { $rate }
descent-model-loss-there = Loss there
descent-model-still-going = Still going

# exhibits/descent/model/tumours.rs
descent-model-a-curve-or-not-from = A curve: { $y_name } or not, from { $x_name }
descent-model-j-1-n-y-ln = J(θ) = −1/n Σ yᵢ ln pᵢ + (1 − yᵢ) ln (1 − pᵢ), pᵢ = σ(θ₀ + θ₁xᵢ)
descent-model-newtons-method = Newton's method

# exhibits/descent/narrator.rs
descent-model-a-formula = a formula
descent-model-loss-of-the-first-that = loss { $loss } of the first that still goes  { $speed } steps/s
descent-model-lowest-point = Lowest point
descent-model-steps-s = , { $speed } steps/s
descent-model-of-arrived = { $arrived } of { $count } arrived
descent-model-runner-end-of-its-way = {" "} runner            end of its way         final θ₀            θ₁          loss    ‖∇J‖
descent-model-converged-after = converged after { $steps }
descent-model-diverged-after = diverged after { $steps }
descent-model-still-going-at = still going at { $steps }
descent-model-level-but-not-the-lowest = {" "} level, but not the lowest
descent-model-try-learning-rate = ; try --learning-rate { $usual_rate }
descent-model-diverged-after-2 = {" "} { $name } diverged after { $steps }: { $why }{ $proposed }
descent-model-converged-after-j-is-below = {" "} { $name } converged after { $steps }: ‖∇J‖ is below { $tolerance }

# exhibits/descent/open.rs
descent-model-is-for-the-line-but = { $option } is for the line, but --problem is another: leave one of them out.
descent-model-batch-says-how-many-points = --batch says how many points the stochastic runner sums over, but a formula has none: leave it out.
descent-model-device-is-but-the-descent = --device is “{ $device }”, but the descent calculates in double precision, which that has not: leave --device out.

# exhibits/descent/options.rs
descent-model-give-two-numbers-from-to = give two numbers from -{ $farthest } to { $farthest2 } with a comma between them, such as 10,-4

# exhibits/descent/model/formulas.rs
descent-model-first = first
descent-model-second = second
descent-model-known = known

# exhibits/descent/model/line.rs
descent-model-intercept = intercept
descent-model-slope = slope

# exhibits/descent/model/mod.rs
descent-model-empty = empty

# exhibits/descent/model/trainable.rs
descent-model-points = Points
descent-model-prepared = Prepared
descent-model-loss = Loss
descent-model-parameters = Parameters
descent-model-minimum = Minimum
descent-model-converged = Converged
descent-model-start = Start
descent-model-runners = Runners
descent-model-seed = Seed
descent-model-nobody = nobody
descent-model-diverged = Diverged

# exhibits/descent/model/tumours.rs
descent-model-nats = nats
descent-model-weight = weight
descent-model-and-y-over = { $words }, y / { $y_scale }
