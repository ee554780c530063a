//! When the menu opens and closes: by the button, or by looking at the wrist as at a watch.

/// So long the wrist must be turned to the face before the menu opens, in seconds.
const GLANCE_SECS: f32 = 0.3;
/// So long it must have turned away again before a menu that was opened by it closes, in seconds.
const AWAY_SECS: f32 = 1.0;

/// What called the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Button,
    Glance,
}

/// What there is to know in one frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Seen {
    /// Whether the wrist is turned to the face.
    pub wrist_turned: bool,
    /// Whether something points at the menu.
    pub pointed_at: bool,
    /// Whether the menu can be read from where the visitor looks.
    pub in_view: bool,
    /// What was asked for, if anything.
    pub wish: Option<MenuWish>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MenuWish {
    /// The button: come, or go if it is there.
    Toggle,
    /// Close if open.
    Close,
}

/// What happens to the menu in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MenuChange {
    Opens,
    Closes,
    Stays,
}

/// Whether the menu is open, and how long the wrist has been turned.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opening {
    caller: Option<Caller>,
    turned_secs: f32,
    away_secs: f32,
    /// Whether this turn of the wrist has opened or closed the menu already: it must turn away first.
    spent: bool,
}

impl Opening {
    pub(super) const fn is_open(&self) -> bool {
        self.caller.is_some()
    }

    /// Takes note of a frame of so many seconds.
    pub(super) fn note(&mut self, seen: Seen, delta_secs: f32) -> MenuChange {
        if seen.wrist_turned {
            self.turned_secs += delta_secs;
        } else {
            self.turned_secs = 0.0;
            self.spent = false;
        }
        // Who uses the menu need not keep the wrist turned.
        self.away_secs =
            if seen.wrist_turned || seen.pointed_at { 0.0 } else { self.away_secs + delta_secs };
        match (self.caller, seen.wish) {
            (None, Some(MenuWish::Toggle)) => self.open(Caller::Button),
            (None, _) if self.turned_secs >= GLANCE_SECS && !self.spent => {
                self.open(Caller::Glance)
            }
            // One that hangs where nobody looks is brought, not closed.
            (Some(_), Some(MenuWish::Toggle)) if !seen.in_view => self.open(Caller::Button),
            (Some(_), Some(MenuWish::Toggle | MenuWish::Close)) => self.close(),
            (Some(Caller::Glance), None) if self.away_secs >= AWAY_SECS => self.close(),
            _ => MenuChange::Stays,
        }
    }

    fn open(&mut self, caller: Caller) -> MenuChange {
        self.caller = Some(caller);
        self.away_secs = 0.0;
        self.spent = true;
        MenuChange::Opens
    }

    fn close(&mut self) -> MenuChange {
        self.caller = None;
        self.spent = true;
        MenuChange::Closes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TURNED: Seen = Seen { wrist_turned: true, pointed_at: false, in_view: true, wish: None };
    const AWAY: Seen = Seen { wrist_turned: false, ..TURNED };

    fn wish(seen: Seen, wish: MenuWish) -> Seen {
        Seen { wish: Some(wish), ..seen }
    }

    /// What happens in so many tenths of a second.
    fn tenths(opening: &mut Opening, seen: Seen, count: usize) -> Vec<MenuChange> {
        (0..count)
            .map(|_| opening.note(seen, 0.1))
            .filter(|turn| *turn != MenuChange::Stays)
            .collect()
    }

    #[test]
    fn a_glance_opens_it_and_turning_away_closes_it() {
        let mut opening = Opening::default();
        assert!(tenths(&mut opening, TURNED, 2).is_empty(), "only in passing");
        assert!(tenths(&mut opening, AWAY, 1).is_empty());
        assert!(tenths(&mut opening, TURNED, 2).is_empty(), "and again");
        assert_eq!(tenths(&mut opening, TURNED, 9), [MenuChange::Opens]);
        assert!(tenths(&mut opening, AWAY, 8).is_empty());
        assert_eq!(tenths(&mut opening, AWAY, 9), [MenuChange::Closes]);
    }

    #[test]
    fn what_is_used_stays_open() {
        let mut opening = Opening::default();
        tenths(&mut opening, TURNED, 5);
        let used = Seen { pointed_at: true, ..AWAY };
        assert!(tenths(&mut opening, used, 100).is_empty());
        assert_eq!(tenths(&mut opening, AWAY, 12), [MenuChange::Closes]);
    }

    #[test]
    fn what_the_button_opened_the_button_closes() {
        let mut opening = Opening::default();
        assert_eq!(opening.note(wish(AWAY, MenuWish::Toggle), 0.1), MenuChange::Opens);
        assert!(tenths(&mut opening, AWAY, 100).is_empty());
        assert_eq!(opening.note(wish(AWAY, MenuWish::Toggle), 0.1), MenuChange::Closes);
        assert_eq!(opening.note(wish(AWAY, MenuWish::Close), 0.1), MenuChange::Stays);
        assert!(!opening.is_open());
    }

    #[test]
    fn one_out_of_view_is_brought() {
        let mut opening = Opening::default();
        opening.note(wish(AWAY, MenuWish::Toggle), 0.1);
        let behind = Seen { in_view: false, ..AWAY };
        assert_eq!(opening.note(wish(behind, MenuWish::Toggle), 0.1), MenuChange::Opens);
        assert!(opening.is_open());
        assert_eq!(opening.note(wish(behind, MenuWish::Close), 0.1), MenuChange::Closes);
    }

    #[test]
    fn one_turn_of_the_wrist_opens_it_once() {
        let mut opening = Opening::default();
        tenths(&mut opening, TURNED, 5);
        assert_eq!(opening.note(wish(TURNED, MenuWish::Close), 0.1), MenuChange::Closes);
        assert!(tenths(&mut opening, TURNED, 20).is_empty(), "although it is still turned");
        tenths(&mut opening, AWAY, 1);
        assert_eq!(tenths(&mut opening, TURNED, 5), [MenuChange::Opens]);
    }
}
