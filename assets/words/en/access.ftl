# world/access/board.rs
access-heading = Ease of use
access-size = Letters of what is read out
access-smaller = Smaller
access-larger = Larger
access-captions = Captions of what sounds
access-contrast = High contrast
access-dwell = Press by resting (seconds)
access-never = Never
access-size-note = Above 100 %, whatever you point at is read out once more on a plate of its own, in letters that large.

# world/access/names.rs
access-chosen = chosen
access-not-now = not now
access-off = off
access-on = on
access-stars = { $stars ->
    [one] { $stars } star
   *[other] { $stars } stars
}

# world/access/tree/page.rs
access-name-and-place = { $name } ({ $place })
access-name-of = { $beside }: { $name }
