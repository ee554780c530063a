# world/classifier/browser/caption.rs
classifier-of = { $shown } of { $all }
classifier-true = true { $truth }
classifier-read-rightly = { $truth }, read rightly ({ $sure })
classifier-true-read-as = true { $truth }, read as { $classes } ({ $sure })
classifier-not-tested-yet = not tested yet
classifier-loss = , loss { $loss }
classifier-read-as = read as { $said } ({ $sure })
classifier-right = right
classifier-class-read-as-how-sure = class, read as, how sure
classifier-class-read-as-loss = class, read as, loss

# world/classifier/browser/hang.rs
classifier-misread = Misread
classifier-mistakes-caption = Mistakes caption
classifier-browsed-images = Browsed images
classifier-wall-of-mistakes = Wall of mistakes

# world/classifier/browser/order.rs
classifier-most-loss = Most loss
classifier-least-loss = Least loss
classifier-all-images = All images
classifier-wrong = Wrong
classifier-loss-2 = Loss ↓
classifier-loss-3 = Loss ↑
classifier-all = All

# world/classifier/browser/show.rs
classifier-after-the-first-epoch = after the first epoch

# world/classifier/browser/steps.rs
classifier-page = page { $at }/{ $stops }
classifier-class = class { $name }
classifier-every-class = every class

# world/classifier/confusion.rs
classifier-confusion = Confusion
classifier-true-2 = true
classifier-confusion-caption = Confusion caption
classifier-said = said
classifier-tested-at = step { $step }
classifier-image = image
classifier-images = images
classifier-true-read-as-2 = true { $truth }, read as { $said }: { $count } { $images }

# world/classifier/curves/hang.rs
classifier-loss-4 = Loss
classifier-nats = nats
classifier-accuracy = Accuracy
classifier-log = log
classifier-step = step

# world/classifier/input_choice/mod.rs
classifier-any = Any

# world/classifier/input_choice/name.rs
classifier-test-image = test image { $index }
classifier-drawing-px = drawing, { $inked } px
classifier-typed-text = typed text
classifier-picture = picture { $name }
classifier-what-the-step-learned-from = what the step learned from
classifier-your-drawing = Your drawing
classifier-your-text = Your text
classifier-your-picture = Your picture{"\u000A"}{ $name }
classifier-what-the-step-learned-from-2 = What the step{"\u000A"}learned from
classifier-test-image-2 = Test image { $index }
classifier-passage = passage
classifier-then = then
classifier-example-of = Example { $index }{"\u000A"}of { $set_count }, { $is } { $class }
classifier-test-of = Test { $one } { $index }{"\u000A"}of { $set_count }, { $is } { $class }

# world/classifier/outputs/mod.rs
classifier-outputs = Outputs
classifier-output = Output
classifier-likeliest = Likeliest
classifier-truly = truly “{ $classes }”
classifier-drawn-by-hand = drawn by hand
classifier-your-picture-2 = your picture

# world/classifier/pad/mod.rs
classifier-clear = Clear
classifier-centre = Centre
classifier-is-a = a

# world/classifier/curves/quantity.rs
classifier-step-3 = step { $step }
classifier-training = training
classifier-test = test
