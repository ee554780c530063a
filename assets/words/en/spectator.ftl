# world/spectator/caption.rs
spectator-step-of = { $state } · { $run } · step { $step } of { $all }
spectator-the-training-is-being-prepared = the training is being prepared
spectator-training-goes-on = training goes on
spectator-training-is-paused = training is paused
spectator-training-has-finished = training has finished
spectator-training-has-diverged = training has diverged
spectator-training-has-failed = training has failed
spectator-the-headset-was-taken-off = The headset was taken off; { $training }
spectator-the-visitor-is-in-the = The visitor is in the system menu
spectator-pointing-at = Pointing at { $pointed }
spectator-the-visitor-looks-around = The visitor looks around

# world/spectator/mod.rs
spectator-with-the-visitor = With the visitor
spectator-the-exhibit = The exhibit
spectator-free-flight = Free flight
spectator-not-drawn = Not drawn

# world/spectator/strip.rs
spectator-f2-next-view-w-a = F2 next view · W A S D and right drag: fly · 1–9 point to an exhibit
spectator-point-to-the-exhibit = Point to the exhibit
spectator-point-to-1 = Point to 1
spectator-one-step = One step
spectator-resume = Resume
spectator-view = View: { $words }
spectator-pause = Pause

# world/spectator/view.rs
spectator-your-guide-points-to = Your guide points to “{ $title }”.
