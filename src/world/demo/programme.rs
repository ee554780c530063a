//! What the hall shows of itself, in which order and for how long: a station for each exhibit, again and again, until
//! somebody touches anything, and on from the next one a minute after the last touch.

use bevy::prelude::*;

/// How long the hall is the visitor's after the last touch, in seconds.
const VISITORS_SECS: f32 = 60.0;
/// An exhibit that is on the stage has its title read for so long before anything else is said, in seconds.
const SETTLED_SECS: f32 = 2.4;
/// One that does not come in this time is passed over, in seconds: its data may be missing.
const COMES_SECS: f32 = 20.0;
/// How soon a run that begins anew is looked at, at the earliest and at the latest, in seconds.
const RENEWED_SECS: (f32, f32) = (1.5, 8.0);

/// One thing that is shown at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// The exhibit comes on the stage.
    Arrive,
    /// A run that is over begins anew with the next seed.
    Renew,
    /// It learns, and nothing else happens.
    Watch,
    /// A number is pointed at.
    Point,
    /// The number is pressed.
    Press,
    /// What came near goes back.
    Back,
    /// The timeline is pulled back.
    Pull,
    /// Live again.
    Live,
    /// The board on which one looks inside opens, in place of the timeline.
    Inside,
    /// It closes.
    Close,
}

impl Act {
    /// How long it takes, in seconds, where it does not wait for the run.
    const fn secs(self) -> f32 {
        match self {
            Self::Arrive | Self::Renew => 0.0,
            Self::Watch | Self::Press => 3.5,
            Self::Point => 3.0,
            Self::Back | Self::Close => 1.0,
            Self::Pull => 4.0,
            Self::Live => 2.0,
            Self::Inside => 5.0,
        }
    }
}

/// How the run on the stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunNow {
    /// It has not taken a step.
    Comes,
    /// It has, and may go on.
    Goes,
    /// Only a restart leads on.
    IsOver,
}

/// What is known of the hall in a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    /// How long the frame was, in seconds.
    pub secs: f32,
    pub touched: bool,
    /// How many exhibits there are.
    pub exhibits: usize,
    /// Which of them is on the stage.
    pub on_stage: usize,
    pub run: RunNow,
    /// Whether one can look inside the one that is shown.
    pub looks_inside: bool,
}

/// What changes with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing does.
    GoesOn,
    /// This act begins.
    Begins(Act),
    /// Somebody has touched something: the hall is theirs.
    Yields,
}

/// The hall shows itself, as at a fair: put into the hall before it opens, it visits one exhibit after the other and
/// stands back for whoever touches anything.
#[derive(Resource, Clone, Debug, Default)]
pub struct Demo {
    doing: Doing,
    /// The exhibit that is shown, counted from 0.
    exhibit: usize,
    /// How many times all have been shown.
    round: u32,
    /// Whether all acts of this station are over.
    shown: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum Doing {
    /// It has not begun.
    #[default]
    Waits,
    Shows(Act, f32),
    /// The hall is a visitor's, untouched for so many seconds.
    Yielded(f32),
}

impl Demo {
    /// The exhibit that is shown, counted from 0.
    pub(super) const fn exhibit(&self) -> usize {
        self.exhibit
    }

    /// How many times all exhibits have been shown.
    pub(super) const fn round(&self) -> u32 {
        self.round
    }

    /// What changes with this frame.
    pub(super) fn step(&mut self, now: &Now) -> Turn {
        match self.doing {
            // A key that ended the opening, too, is somebody's.
            Doing::Waits | Doing::Shows(..) if now.touched => {
                self.doing = Doing::Yielded(0.0);
                Turn::Yields
            }
            Doing::Waits => {
                self.exhibit = now.on_stage;
                self.begin(Act::Arrive)
            }
            Doing::Yielded(_) if now.touched => {
                self.doing = Doing::Yielded(0.0);
                Turn::GoesOn
            }
            Doing::Yielded(secs) if secs + now.secs < VISITORS_SECS => {
                self.doing = Doing::Yielded(secs + now.secs);
                Turn::GoesOn
            }
            Doing::Yielded(_) => self.go_to(now.on_stage + 1, now),
            Doing::Shows(act, secs) => {
                let secs = secs + now.secs;
                self.doing = Doing::Shows(act, secs);
                self.go_on(act, secs, now)
            }
        }
    }

    fn go_on(&mut self, act: Act, secs: f32, now: &Now) -> Turn {
        let is_there = now.on_stage == self.exhibit && now.run != RunNow::Comes;
        match act {
            Act::Arrive if is_there && secs >= SETTLED_SECS => match now.run {
                RunNow::IsOver => self.begin(Act::Renew),
                _ => self.begin(Act::Watch),
            },
            Act::Arrive if secs >= COMES_SECS => self.go_to(self.exhibit + 1, now),
            Act::Renew => {
                let renewed = now.run == RunNow::Goes && secs >= RENEWED_SECS.0;
                match (renewed, self.shown) {
                    (true, false) => self.begin(Act::Watch),
                    (true, true) => self.go_to(self.exhibit + 1, now),
                    (false, _) if secs >= RENEWED_SECS.1 => self.go_to(self.exhibit + 1, now),
                    (false, _) => Turn::GoesOn,
                }
            }
            Act::Arrive => Turn::GoesOn,
            _ if secs < act.secs() => Turn::GoesOn,
            _ => self.after(act, now),
        }
    }

    /// What comes after an act that is over.
    fn after(&mut self, act: Act, now: &Now) -> Turn {
        let inside = now.looks_inside && self.round % 2 == 1;
        match act {
            Act::Watch => self.begin(Act::Point),
            Act::Point => self.begin(Act::Press),
            Act::Press => self.begin(Act::Back),
            Act::Back => self.begin(if inside { Act::Inside } else { Act::Pull }),
            Act::Pull => self.begin(Act::Live),
            Act::Inside => self.begin(Act::Close),
            Act::Arrive | Act::Renew | Act::Live | Act::Close => {
                self.shown = true;
                match now.run {
                    RunNow::IsOver => self.begin(Act::Renew),
                    _ => self.go_to(self.exhibit + 1, now),
                }
            }
        }
    }

    fn go_to(&mut self, exhibit: usize, now: &Now) -> Turn {
        self.exhibit = exhibit % now.exhibits.max(1);
        if self.exhibit == 0 {
            self.round = self.round.wrapping_add(1);
        }
        self.begin(Act::Arrive)
    }

    fn begin(&mut self, act: Act) -> Turn {
        if act == Act::Arrive {
            self.shown = false;
        }
        self.doing = Doing::Shows(act, 0.0);
        Turn::Begins(act)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hall of three exhibits at twenty frames a second, in which what is visited comes at once.
    struct Fair {
        demo: Demo,
        now: Now,
        secs: f32,
    }

    impl Fair {
        fn new() -> Self {
            let now = Now {
                secs: 0.05,
                touched: false,
                exhibits: 3,
                on_stage: 0,
                run: RunNow::Goes,
                looks_inside: true,
            };
            Self { demo: Demo::default(), now, secs: 0.0 }
        }

        /// Everything that changes in so long.
        fn goes_on(&mut self, secs: f32) -> Vec<Turn> {
            let mut turns = Vec::new();
            for _ in 0..(secs / self.now.secs).round() as usize {
                self.secs += self.now.secs;
                let turn = self.demo.step(&self.now);
                match turn {
                    Turn::Begins(Act::Arrive) => self.now.on_stage = self.demo.exhibit(),
                    Turn::Begins(Act::Renew) => self.now.run = RunNow::Goes,
                    _ => {}
                }
                turns.extend(Some(turn).filter(|turn| *turn != Turn::GoesOn));
            }
            turns
        }

        /// What is shown until the next exhibit comes, and how long that takes.
        fn station(&mut self) -> (Vec<Act>, f32) {
            let (mut acts, begun) = (Vec::new(), self.secs);
            loop {
                for turn in self.goes_on(self.now.secs) {
                    let Turn::Begins(act) = turn else { panic!("{turn:?}") };
                    if act == Act::Arrive {
                        return (acts, self.secs - begun);
                    }
                    acts.push(act);
                }
                assert!(self.secs - begun < 60.0, "{acts:?}");
            }
        }

        fn touch(&mut self) -> Vec<Turn> {
            self.now.touched = true;
            let turns = self.goes_on(self.now.secs);
            self.now.touched = false;
            turns
        }
    }

    #[test]
    fn each_exhibit_is_a_station_of_its_own_and_none_is_too_long() {
        use Act::{Back, Close, Inside, Live, Point, Press, Pull, Watch};
        let mut fair = Fair::new();
        assert_eq!(fair.goes_on(0.05), [Turn::Begins(Act::Arrive)]);
        for exhibit in [0, 1, 2, 0, 1, 2, 0] {
            assert_eq!(fair.demo.exhibit(), exhibit);
            let odd = fair.demo.round() % 2 == 1;
            let (acts, secs) = fair.station();
            let end: &[Act] = if odd { &[Inside, Close] } else { &[Pull, Live] };
            assert_eq!(acts, [&[Watch, Point, Press, Back], end].concat());
            assert!((12.0..=20.0).contains(&secs), "{secs} s");
        }
        assert_eq!(fair.demo.round(), 2);
    }

    #[test]
    fn a_touch_gives_the_hall_away_and_a_minute_without_one_goes_on_from_the_next() {
        let mut fair = Fair::new();
        fair.goes_on(8.0);
        assert_eq!(fair.touch(), [Turn::Yields]);
        assert!(fair.goes_on(59.0).is_empty());
        assert!(fair.touch().is_empty(), "it is theirs already");
        // They go to the last one meanwhile.
        fair.now.on_stage = 2;
        assert!(fair.goes_on(59.0).is_empty());
        assert_eq!(fair.goes_on(1.1), [Turn::Begins(Act::Arrive)]);
        assert_eq!(fair.demo.exhibit(), 0);
    }

    #[test]
    fn a_run_that_is_over_begins_anew_before_it_is_shown_and_before_it_is_left() {
        let mut fair = Fair::new();
        fair.now.run = RunNow::IsOver;
        fair.goes_on(0.05);
        assert_eq!(fair.goes_on(2.5), [Turn::Begins(Act::Renew)]);
        assert_eq!(fair.goes_on(1.6), [Turn::Begins(Act::Watch)]);
        fair.now.run = RunNow::IsOver;
        let (acts, _) = fair.station();
        assert_eq!(acts.last(), Some(&Act::Renew));
        assert_eq!(fair.demo.exhibit(), 1);
    }

    #[test]
    fn what_does_not_come_is_passed_over() {
        let mut fair = Fair::new();
        fair.goes_on(0.05);
        fair.now.run = RunNow::Comes;
        let (acts, secs) = fair.station();
        assert!(acts.is_empty() && (19.0..=21.0).contains(&secs), "{acts:?}, {secs} s");
        assert_eq!(fair.demo.exhibit(), 1);
    }

    #[test]
    fn one_exhibit_alone_is_shown_again_and_again() {
        let mut fair = Fair::new();
        (fair.now.exhibits, fair.now.looks_inside) = (1, false);
        fair.goes_on(0.05);
        for _ in 0..3 {
            let (acts, _) = fair.station();
            assert_eq!((acts.len(), fair.demo.exhibit()), (6, 0));
        }
    }
}
