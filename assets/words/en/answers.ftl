# exhibits/health.rs
answers-health-is-answered-in-words = --health is answered in words: say --mode terminal too.

# exhibits/landscape.rs
answers-landscape-is-answered-in-words = --landscape is answered in words: say --mode terminal too.

# exhibits/open.rs
answers-edit-cannot-be-so = --edit cannot be so: { $why }.
answers-the-model-has-not-answered = The model has not answered: please report it.

# exhibits/points.rs
answers-points-is-answered-in-words = --points is answered in words: say --mode terminal too.

# exhibits/robust.rs
answers-robust-is-answered-in-words = --robust is answered in words: say --mode terminal too.

# exhibits/taught.rs
answers-taught-is-answered-in-words = --taught is answered in words: say --mode terminal too.

# exhibits/test_image.rs
answers-is-one-image = is one image
answers-are = are { $count }
answers-is-but-there-to-be = { $option } is { $index }, but there { $value } to be tested on, counted from 0.
answers-test-image-which-is-is = test image { $index }, which is { $called }, is read as { $read_as }{"\u000A"}{ $trim_end }

# exhibits/units.rs
answers-units-is-answered-in-words = --units is answered in words: say --mode terminal too.

# exhibits/why.rs
answers-why-is-answered-in-words = --why is answered in words: say --mode terminal too.
