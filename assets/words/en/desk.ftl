# world/desk/cost.rs
desk-of-pictures-s = { $asked } pictures/s asked, { $came } come
desk-watching-costs-of-training-of = Watching costs { $share } of training{"\u000A"}{ $words }{"\u000A"}{ $bytes } of { $budget_bytes } MiB · { $remembered }
desk-1-step-in-kept = 1 step in { $one_step_in } kept
desk-every-picture-kept = every picture kept
desk-1-in-kept = 1 in { $one_in } kept

# world/desk/enter.rs
desk-enter-vr = Enter VR
desk-f1-help = F1 help
desk-entering = Entering…

# world/desk/help.rs
desk-point = Point
desk-at-a-number-its-arithmetic = at a number: its arithmetic
desk-left-click = Left click
desk-press-choose = press, choose
desk-left-drag = Left drag
desk-slide-draw = slide, draw
desk-right-drag = Right drag
desk-look-around = look around
desk-wheel = Wheel
desk-go-closer-step-back = go closer, step back
desk-walk-shift-faster = walk; Shift: faster
desk-q-and-e = Q and E
desk-sink-and-rise = sink and rise
desk-space = Space
desk-pause-go-on = pause, go on
desk-one-step = one step
desk-and = + and −
desk-faster-slower = faster, slower
desk-number-key = Number
desk-visit-another-exhibit = visit another exhibit
desk-home = Home
desk-back-to-the-first-view = back to the first view
desk-esc = Esc
desk-back-close = back, close
desk-cells-raised-or-flat = cells raised or flat
desk-frame-times-a-picture = frames, sound, a picture
desk-timeline = Timeline
desk-drag-back-in-time = drag: back in time
desk-back-to-now = back to now
desk-trigger = Trigger
desk-press-slide-draw-bare-hands = press, slide, draw; bare hands pinch
desk-grip = Grip
desk-take-an-exhibit-both-hands = take an exhibit; both hands scale it
desk-a-or-x = A or X
desk-b-or-y = B or Y
desk-forward = Forward
desk-aim-let-go-you-are = aim, let go: you are there
desk-aside = Aside
desk-turn-by-a-step = turn by a step
desk-menu = Menu
desk-button-or-look-at-your = button, or look at your wrist
desk-recentre = Recentre
desk-on-the-menu-or-your = on the menu, or your system's
desk-put-back = Put back
desk-on-the-menu-exhibits-go = on the menu: exhibits go home
desk-how-to-move-and-what = How to move and press
desk-ease-of-use = Ease of use (F4)
desk-close = Close

# world/desk/lines.rs
desk-preparing = Preparing
desk-training = Training
desk-paused = Paused
desk-finished = Finished
desk-diverged = Diverged
desk-cut-off = Cut off
desk-failed = Failed
desk-epoch-of-many = epoch { $epoch }/{ $epochs }
desk-seed = { $run }, seed { $seed }
desk-one-epoch = one epoch
desk-epoch-of = epoch { $epoch } of { $epochs }
desk-at-step-with-learning-rate = at step { $step } with learning rate { $learning_rate }
desk-the-first-step-is-still = The first step is still to come
desk-step-of-live = Step { $step } of { $all }, live
desk-step-live = Step { $step }, live
desk-all-learned-being-judged = All learned, being judged
desk-steps-s = {" "}· { $round } steps/s
desk-waits-for-you = Waits for you
desk-the-loss-is-no-longer = The loss is no longer a finite number: begin again with a smaller learning rate.
desk-begin-again-with-restart-below = Press Restart to begin again.

# world/desk/rates.rs
desk-steps-a-second = { $steps } steps/s
desk-many-steps-a-second = { $steps }/s
desk-no-limit = no limit
desk-speed = Speed
desk-learning-rate = Learning rate

# world/desk/remarks.rs
desk-next = Next
desk-to-know = To know
desk-to-know-page-of = To know, page { $at } of { $pages_count }
desk-to-know-2 = To know: { $remarks_count }

# world/desk/run_buttons.rs
desk-pause = Pause
desk-one-step-2 = One step
desk-restart-with-a-smaller-rate = Restart with a smaller rate
desk-restart = Restart
desk-new-seed = New seed
desk-the-run-is-finished = The run is finished: press Restart for another
desk-resume = Resume

# world/desk/scrub.rs
desk-shown-step = Timeline
desk-live = Live

# world/desk/trouble.rs
desk-the-training-diverged-at-step = The training diverged at step { $step } with learning rate { $learning_rate }. Restart it on the desk with { $proposed }.
desk-the-training-failed-restart-it = The training failed: { $reason }. Restart it on the desk.
desk-saved-as-after-step = Saved as { $place }, after step { $step }.
desk-not-saved-after-step = Not saved after step { $step }: { $why }.
desk-keys-walk = W A S D
desk-key-step = {"."}
desk-key-relief = F
desk-keys-pictures = F3 F5 F12
desk-next-language = 中文

# world/desk/lines.rs
desk-past-step = Step { $step }, from memory
desk-past-picture = Step { $step }, picture of { $picture }
desk-exhibit-by-key = { $key } { $title }
desk-exhibits-by-key = Keys: { $exhibits }
desk-now-at = Now: step { $step } of { $all }
desk-seen-again = Replay: { $state }
desk-now-at-step = Now: step { $step }
