# world/exhibit_sessions/opening.rs
exhibit-sessions-the-system-gave-no-thread = the system gave no thread ({ $error })
exhibit-sessions-reading-its-data-broke-down = reading its data broke down

# world/exhibit_sessions/signs.rs
exhibit-sessions-look-inside = Look inside
exhibit-sessions-visit = Visit
exhibit-sessions-visit-by-key = Visit (key { $key })
exhibit-sessions-let-it-go-on = Let it go on
exhibit-sessions-being-opened-its-data-are = Being opened: its data are read
exhibit-sessions-not-visited-yet = Not visited yet
exhibit-sessions-pause-it = Pause it
exhibit-sessions-it-has-learned-in-steps = It has learned, in { $step } steps
exhibit-sessions-it-diverged-at-step = It diverged at step { $step }
exhibit-sessions-it-failed-at-step = It failed at step { $step }
exhibit-sessions-goes-on-slowly-at-step = Goes on slowly, at step { $step }
exhibit-sessions-paused-at-step = Paused at step { $step }

# world/exhibit_sessions/turn.rs
exhibit-sessions-cannot-be-opened = “{ $title }” cannot be opened: { $why }
exhibit-sessions-another-exhibit-is-being-opened = Another exhibit is being opened: a moment.
exhibit-sessions-is-being-opened-its-data = “{ $title }” is being opened: its data are read.
exhibit-sessions-cannot-be-opened-2 = “{ $title }” cannot be opened: { $why }.
exhibit-sessions-is-paused-at-step-and = “{ $title }” is paused at step { $step } and waits for you; its plinth lets it go on.
exhibit-sessions-has-learned-all-it-was = “{ $title }” has learned all it was to learn.
