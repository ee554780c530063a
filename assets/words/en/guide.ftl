# world/guide/telling.rs
guide-point-at-any-cell = Point at any cell: it tells its number
guide-see-where-it-comes-from = see where the number comes from

# world/guide/tasks.rs
guide-click = Click it: { $what }
guide-trigger = Pull the trigger, or pinch: { $what }
guide-back-by-key = Esc: back to the whole
guide-back-by-hand = B, Y or the wrist menu: back to the whole
guide-pull-by-mouse = Pull “{ $slider }” to the left: see how it was
guide-pull-by-hand = Hold “{ $slider }” and pull it to the left: see how it was
guide-live = Press Live: back to what happens now
guide-visit-by-key = Press { $key }, or go to a plinth: another exhibit
guide-visit-by-hand = Turn to a plinth and press Visit: another exhibit

# exhibits/descent/view/mod.rs
guide-point-at-the-ground = Point at the ground: it tells the loss there
guide-all-start-from-there = all start anew from there

# exhibits/logistic/view/mod.rs
guide-point-at-any-row = Point at any point: it is a row of the table
guide-see-the-sum-of-the-row = see the sum behind its probability

# exhibits/recommender/view/mod.rs
guide-point-at-any-film = Point at any film: it tells its predicted stars
guide-see-why-the-film = see why it would be liked or not

# world/demo/captions.rs
guide-demo-invites = It learns while you watch. Touch anything, and the hall is yours
guide-demo-points = To point is to ask: every number says what it is
guide-demo-presses = A press: { $what }
guide-demo-pulls = Back in the run's time: this is how it was
guide-demo-is-live = And back to what it learns now
guide-demo-looks-inside = Inside: why it answers as it does
guide-demo-renews = This run is over: the next begins, with another seed

# world/demo/play.rs
guide-demo-yields = The hall is yours. A minute after your last touch it goes on showing itself.
