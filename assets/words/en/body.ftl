# world/body/menu/comfort_page.rs
body-ease-of-use = Ease of use
body-comfort = Comfort
body-turn-by = Turn by
body-i-am = I am
body-standing = Standing
body-seated = Seated
body-main-hand = Main hand
body-left = Left
body-right = Right
body-walk-smoothly-with-the-stick = Walk smoothly with the stick
body-darken-the-edges-meanwhile = Darken the edges meanwhile

# world/body/menu/first_page.rs
body-recentre = Recentre
body-put-back = Put back
body-help = Help
body-frames = Frames
body-picture = Picture
body-leave-vr = Leave VR
body-a-or-x-pauses-push = A or X pauses. Push a stick forward, aim and let go to go there; push it aside to turn. Grip takes an exhibit.
body-menu = Menu
body-close = Close
body-less-motion-in-the-hall = Less motion in the hall
