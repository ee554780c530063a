//! When what is asked for: one thing at a time, after some quiet; what was done is not asked for, and who does not want
//! to is left in peace.

use bevy::prelude::*;

use super::tasks::{Task, Tasks};

/// Quiet before the first is asked for, in seconds.
const FIRST_SECS: f32 = 4.0;
/// Quiet between one that was done and the next, in seconds.
const NEXT_SECS: f32 = 3.0;
/// How long one is asked for, in seconds.
const MOST_SECS: f32 = 20.0;

/// The first minute of a visit: put into the hall before it opens, it asks for one thing after another, and goes when
/// there is nothing left to ask for.
#[derive(Resource, Clone, Debug, Default)]
pub struct Guide {
    done: Tasks,
    /// Asked for in vain; they are not asked for again.
    given_up: Tasks,
    asks: Option<Asking>,
    quiet_secs: f32,
    /// Whether the last was asked for in vain: nothing is said until the visitor does one by themselves.
    silent: bool,
}

#[derive(Clone, Copy, Debug)]
struct Asking {
    task: Task,
    secs: f32,
}

/// What happened in a frame.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moment {
    /// How long the frame was, in seconds.
    pub secs: f32,
    /// Whether the visitor pressed or wished for anything.
    pub busy: bool,
    /// What is being done, asked for or not.
    pub done: Tasks,
    /// What could be done now.
    pub open: Tasks,
}

impl Guide {
    /// What is asked for after this frame.
    pub(super) fn step(&mut self, now: &Moment) -> Option<Task> {
        let news = now.done.without(self.done);
        self.done = self.done.or(now.done);
        self.quiet_secs =
            if now.busy || !news.is_empty() { 0.0 } else { self.quiet_secs + now.secs };
        if !news.is_empty() {
            self.silent = false;
        }
        self.asks = match self.asks {
            Some(asking) => self.goes_on(asking, now),
            None if self.silent => None,
            None => self.next(now).map(|task| Asking { task, secs: 0.0 }),
        };
        self.asks.map(|asking| asking.task)
    }

    /// Whether nothing will be asked for any more.
    pub(super) fn is_over(&self) -> bool {
        self.asks.is_none() && Tasks::ALL.without(self.done).without(self.given_up).is_empty()
    }

    fn goes_on(&mut self, asking: Asking, now: &Moment) -> Option<Asking> {
        let Asking { task, secs } = asking;
        let secs = secs + now.secs;
        if secs >= MOST_SECS && !self.done.has(task) {
            self.given_up = self.given_up.with(task, true);
            self.silent = true;
            return None;
        }
        let still = !self.done.has(task) && now.open.has(task);
        still.then_some(Asking { task, secs })
    }

    fn next(&self, now: &Moment) -> Option<Task> {
        let quiet_secs = if self.done.is_empty() { FIRST_SECS } else { NEXT_SECS };
        let left = now.open.without(self.done).without(self.given_up);
        let first = || Task::ALL.into_iter().find(|task| left.has(*task));
        if self.quiet_secs >= quiet_secs { first() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A visit in steps of a tenth of a second.
    struct Visit {
        guide: Guide,
        open: Tasks,
    }

    impl Visit {
        /// One at an exhibit where everything but Back and Live can be done.
        fn new() -> Self {
            let open = Tasks::ALL.without(only(Task::Back)).without(only(Task::Live));
            Self { guide: Guide::default(), open }
        }

        fn frame(&mut self, busy: bool, done: Tasks) -> Option<Task> {
            self.guide.step(&Moment { secs: 0.1, busy, done, open: self.open })
        }

        /// What is asked for after so many seconds of nothing.
        fn quiet(&mut self, secs: f32) -> Option<Task> {
            let frames = (secs / 0.1).round() as usize;
            (0..frames).map(|_| self.frame(false, Tasks::default())).last().flatten()
        }

        fn does(&mut self, task: Task) -> Option<Task> {
            self.frame(true, only(task))
        }
    }

    fn only(task: Task) -> Tasks {
        Tasks::default().with(task, true)
    }

    #[test]
    fn one_thing_is_asked_for_after_the_other_and_each_after_some_quiet() {
        let mut visit = Visit::new();
        assert_eq!(visit.quiet(3.8), None);
        assert_eq!(visit.quiet(0.3), Some(Task::Point));
        assert_eq!(visit.does(Task::Point), None, "it was noticed");
        assert_eq!(visit.quiet(2.8), None);
        assert_eq!(visit.quiet(0.3), Some(Task::Press));
        visit.does(Task::Press);
        visit.open = Tasks::ALL.without(only(Task::Live));
        assert_eq!(visit.quiet(3.1), Some(Task::Back));
        visit.does(Task::Back);
        assert_eq!(visit.quiet(3.1), Some(Task::Pull));
        visit.does(Task::Pull);
        visit.open = Tasks::ALL;
        assert_eq!(visit.quiet(3.1), Some(Task::Live));
        visit.does(Task::Live);
        assert_eq!(visit.quiet(3.1), Some(Task::Visit));
        assert!(!visit.guide.is_over());
        visit.does(Task::Visit);
        assert_eq!(visit.quiet(60.0), None);
        assert!(visit.guide.is_over());
    }

    #[test]
    fn what_was_done_unasked_is_not_asked_for() {
        let mut visit = Visit::new();
        visit.does(Task::Press);
        visit.does(Task::Point);
        assert_eq!(visit.quiet(2.8), None);
        assert_eq!(visit.quiet(0.3), Some(Task::Pull));
    }

    #[test]
    fn who_points_all_the_while_is_quiet_and_who_presses_is_not() {
        let mut visit = Visit::new();
        for _ in 0..40 {
            visit.frame(false, only(Task::Point));
        }
        assert_eq!(visit.frame(false, only(Task::Point)), Some(Task::Press));
        let mut visit = Visit::new();
        for _ in 0..100 {
            assert_eq!(visit.frame(true, Tasks::default()), None);
        }
    }

    #[test]
    fn who_does_not_want_to_is_left_in_peace_until_they_do_something() {
        let mut visit = Visit::new();
        assert_eq!(visit.quiet(4.1), Some(Task::Point));
        assert_eq!(visit.quiet(19.7), Some(Task::Point));
        assert_eq!(visit.quiet(0.5), None);
        assert_eq!(visit.quiet(600.0), None, "never again");
        visit.does(Task::Pull);
        assert_eq!(visit.quiet(3.1), Some(Task::Press), "and the first never");
    }

    #[test]
    fn what_can_no_longer_be_done_is_taken_back() {
        let mut visit = Visit::new();
        for task in [Task::Point, Task::Press] {
            visit.does(task);
        }
        visit.open = only(Task::Back);
        assert_eq!(visit.quiet(3.1), Some(Task::Back));
        visit.open = only(Task::Pull);
        assert_eq!(visit.quiet(0.1), None);
        assert_eq!(visit.quiet(0.1), Some(Task::Pull));
        visit.does(Task::Pull);
        visit.open = only(Task::Back);
        assert_eq!(visit.quiet(3.1), Some(Task::Back), "it was not given up");
    }
}
