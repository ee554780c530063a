# serve
serve-cannot-listen = { $address } cannot be listened on: { $why }. Close what uses it, or say --listen with another address and port.
serve-no-signals = The signals that end a service cannot be heard: { $why }

# serve/news.rs
serve-watched = { $program } watches.
serve-left = The viewer has left; the training goes on.
serve-sent-away = The viewer was sent away: { $why }. The training goes on.
serve-refused = Somebody was refused. { $why }

# serve/door.rs
serve-another-token = This is not the token of this service.
serve-another-version = The viewer speaks version { $theirs } of the protocol, but this service version { $ours }: use the same version of the program on both sides.
serve-somebody-watches = Somebody watches this training already, and it is shown to one viewer at a time.
serve-too-many-connections = { $most } connections are open, and no more are heard at once: try again in a second.

# serve/watching.rs
serve-it-does-not-read = it does not read what it is told
serve-it-says-nothing = it has said nothing for { $seconds } seconds
serve-too-much-is-asked = so much cannot be asked at once

# serve/predicting.rs
serve-another-run = Another run with other images has just begun: ask again.
serve-too-much-is-asked-now = The training is asked too much already: ask again in a second.
serve-no-answer = The training has not answered within { $seconds } seconds: its steps take long, or it has ended.

# serve/http
serve-head-too-long = The head of a request has at most { $most } bytes.
serve-body-too-long = The body of a request has at most { $most } bytes.
serve-request-too-slow = A request must be whole within { $seconds } seconds.
serve-too-many-headers = A request has at most { $most } headers.
serve-no-request = This is neither a request of HTTP nor a frame of the protocol: { $why }.
serve-no-length = Content-Length cannot be { $value }.
serve-say-the-length = Say how long the body is, by Content-Length; parts of no known length are not read.
serve-nothing-here = There is nothing here: ask { $paths }.
serve-another-method = { $path } is asked with { $method }.
serve-too-often = More than { $most } requests a second are not answered: ask again in a second.
serve-name-the-token = Name the token of this service, as Authorization: Bearer and 32 hexadecimal digits.
serve-not-begun = The training has not begun: ask again when it has read its data.
serve-no-images = The exhibit { $name } learns nothing that could be said of an image.
serve-no-image = Send an image as a PNG or JPEG file, or its pixels as a list in JSON.
serve-too-many-wait = Too many images wait to be read: ask again in a second.

# serve/sent_image.rs
serve-image-unreadable = The image cannot be read: { $why }.
serve-image-too-large = The image has { $width } × { $height } pixels, but at most { $most } are read.
serve-no-pixels = The pixels are no list of numbers in JSON, such as [0, 0.5, 1] or {"{"}"pixels": [0, 0.5, 1]{"}"}.
serve-other-pixels = { $found } pixels were sent, but the model reads { $wanted }: { $channels } × { $rows } × { $columns }, channel after channel, row by row.
serve-pixels-beyond = Pixels go from 0, which is dark, to 1: divide those that go to 255 by 255.

# program/serving.rs
serve-serving = The training of { $name } is served at { $address }.
serve-how-to-watch = Watch it with perceptarium --connect { $address }, and name this token there and as Authorization: Bearer: { $token }
serve-not-encrypted = What is said there is not encrypted, the token neither: over a net that is not yours, serve at 127.0.0.1 and use ssh -L.
serve-stopping = The training is being stopped; a second signal ends the program at once.
serve-farewell = the service was stopped where it runs, and is found from here once it is begun there again
serve-stopped = The training was stopped at step { $step }; nothing was written down, as { $why }.
serve-stopped-saved = The training was stopped at step { $step } and written down: { $place }.
serve-stopped-unheard = The training has not stopped within { $seconds } seconds, so nothing was written down.

# program/connected.rs
serve-say-the-token = Say --token with the 32 hexadecimal digits that the service at { $address } has shown.
serve-another-exhibit-there = The exhibit { $name } is served there: name that one, or none.
