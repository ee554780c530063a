# world/adaptive_quality.rs
hall-one-sample = one sample
hall-samples = { $samples } samples
hall-a-pixel-has-and-of = {" "}A pixel has { $each }, and { $share } % of the width and height are drawn.
hall-a-pixel-has = {" "}A pixel has { $each }.

# world/frame_watch.rs
hall-the-last-frames-came-every = The last { $frames_count } frames came every { $whole } ms (1 in 100 after { $whole_p99 }). The hall takes { $thinking } ms of that ({ $thinking_p99 }), drawing and waiting for the screen { $drawing } ({ $drawing_p99 }).
hall-the-graphics-card-works-ms = {" "}The graphics card works { $gpu } ms on one ({ $gpu_p99 }).
hall-the-headset-missed-of = {" "}The headset missed { $missed } of { $of }.
hall-nothing-is-given-up = {" "}Nothing is given up.
hall-the-window-draws-half-as = {" "}The window draws half as often for it.
hall-the-window-draws-a-quarter = {" "}The window draws a quarter as often for it.

# world/progress_banner.rs
hall-preprocess = Preprocess
hall-build = Build
hall-initialise = Initialise
hall-train = Train
hall-evaluate = Evaluate

# world/screenshot.rs
hall-picture-saved-as = Picture saved as { $file }
hall-the-picture-could-not-be = the picture could not be read back: { $fault }
hall-the-picture-could-not-be-written = the picture { $file } could not be written ({ $fault }): choose a folder that exists and may be written to
