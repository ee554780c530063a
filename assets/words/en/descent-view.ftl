# exhibits/descent/payload.rs
descent-the-columns-of-steps-are = the columns of steps are not of the same length
descent-there-is-no-such-fate = there is no such fate
descent-gradient-descent = Gradient descent
descent-stochastic = Stochastic
descent-momentum = Momentum
descent-adam = Adam
descent-is-above-2-1-max = α = { $alpha } is above 2(1 + β)/λmax = { $limit }, so that each swing is wider than the last
descent-is-above-2-max-so = α = { $alpha } is above 2/λmax = { $limit }, so that each step overshoots further than the last
descent-is-too-large-for-its = α = { $alpha } is too large for its batches, and for all points together it must stay below 2/λmax = { $limit }
descent-is-too-large-for-how = α = { $alpha } is too large for how sharply the surface bends, so that each step overshoots further than the last

# exhibits/descent/view/axes.rs
descent-in = {" "}in { $unit }

# exhibits/descent/view/curves.rs
descent-j-above-the-lowest-logarithmic = J above the lowest, logarithmic
descent-step-of-down = Step { $step }: { $count } of { $all } down

# exhibits/descent/view/ground.rs
descent-log-of-j-above-the = log of J above the lowest; two lines a decade
descent-heights-j-a-line-every = heights: J; a line every { $interval }{ $unit }

# exhibits/descent/view/loss_board.rs
descent-line = Line
descent-tumours = Tumours
descent-ravine = Ravine
descent-saddle = Saddle
descent-log-height = log height
descent-as-usual = α as usual
descent-usual-start = Usual start
descent-lowest-j-at = lowest: J = { $loss } at { $theta } ({ $how })
descent-more = { $written } + … { $more } more
descent-over-points = = { $sum }, over { $batch } points: { $mean }

# exhibits/descent/view/loss_plot.rs
descent-data-points = Data points
descent-points-summed-now = Points summed now

# exhibits/descent/view/numbers.rs
descent-no-number = no number

# exhibits/descent/view/pointing.rs
descent-j-at = J = { $loss } { $unit } at θ = { $theta }
descent-press-to-start-from-here = press to start from here
descent-loss = Loss

# exhibits/descent/view/rule_board.rs
descent-on = on
descent-off = off
descent-no-data = no data
descent-at-the-start = at the start
descent-down-in = ↓ { $taken }
descent-has-not-taken-a-step = { $name } has not taken a step
descent-changed = θ + Δθ
descent-step = { $name }, step { $taken }
descent-converged = Converged: ‖▽J‖ < { $tolerance }
descent-diverged = Diverged: α is too large here
descent-converged-is-j = Counts as converged when ‖▽J‖ < { $tolerance }
descent-above = above
descent-below = below
descent-is-the-largest-stable-rate = α is { $side } the largest stable rate, { $limit }

# exhibits/descent/view/rule_board.rs
descent-off-at = off { $taken }
descent-diverged-above = Diverged: α is above the largest stable rate, { $limit }
