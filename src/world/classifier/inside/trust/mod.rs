//! Whether maps can be trusted: the lever shuffles weights from the last layer on, or the labels that are learned from, and a
//! map that stays as it is does not show what was learned (Adebayo and others 2018).

mod hang;
mod say;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    line::Said,
    page::{self, Page},
    seen::{self, Shown, What},
    state::{Inside, MAPS},
    tab::Tab,
    wish::Wish,
};
use crate::{
    inside::{Attribution, Shuffled, Why, WhyAsked},
    world::{classifier::Classifier, ui::sheet},
};

pub(super) use hang::hang;

/// The page: the lines of the maps as they are, and those of the same with layers or labels shuffled.
pub(super) struct TrustPage;

type Told<C> = page::Told<C, TrustPage>;

impl<C: Classifier> Told<C> {
    /// What the network says as it has learned.
    fn learned(&self) -> Option<&Said<Why>> {
        self.newest(0..MAPS)
    }

    /// What the shuffled network says, while the lever is pulled.
    fn shuffled(&self, inside: &Inside<C>) -> Option<&Said<Why>> {
        let pulled = (MAPS..2 * MAPS).filter(|line| self.is_wanted(inside, *line));
        self.newest(pulled)
    }

    /// Whether what was answered last in a line is of the kind that is shuffled now: training again takes a while, and maps of
    /// shuffled layers are none of shuffled labels.
    fn is_wanted(&self, inside: &Inside<C>, line: usize) -> bool {
        let answered = self.said(line).and_then(|said| said.said.asked.shuffled);
        match (inside.wanted.shuffled, answered) {
            (Some(wanted), Some(answered)) => {
                (wanted == Shuffled::Labels) == (answered == Shuffled::Labels)
            }
            _ => false,
        }
    }

    /// The map at a place, before and after.
    fn maps(&self, inside: &Inside<C>, place: usize) -> [Option<&Attribution>; 2] {
        let after = self.said(MAPS + place).filter(|_| self.is_wanted(inside, MAPS + place));
        [self.said(place), after].map(|said| seen::map_of(said, inside, place))
    }

    /// The end of the range of all maps.
    fn reach(&self, inside: &Inside<C>) -> f32 {
        let maps = (0..MAPS).flat_map(|place| self.maps(inside, place)).flatten();
        seen::reach(maps.map(|map| &*map.values))
    }

    /// What is shuffled now: layers, the last first, or the labels.
    fn layers(&self, inside: &Inside<C>) -> &[String] {
        self.shuffled(inside).map(|said| &*said.said.shuffled).unwrap_or_default()
    }
}

impl<C: Classifier> Page<C> for TrustPage {
    const TAB: Tab = Tab::Trust;
    const GOES_BACK: bool = true;
    const LINES: usize = 2 * MAPS;
    type Asked = WhyAsked;
    type Answer = Why;

    fn question(wish: &Wish<C>, told: &Told<C>, line: usize) -> Option<WhyAsked> {
        match (line.checked_sub(MAPS), wish.inside.wanted.shuffled) {
            (None, _) => wish.why(line),
            // What is said of the number that the network as it is was asked for.
            (Some(place), Some(shuffled)) => {
                let before = &told.said(place)?.said;
                let wanted = wish.why(place)?;
                let same = wanted == before.asked;
                wish.shuffled(place, before.target, shuffled).filter(|_| same)
            }
            (Some(_), None) => None,
        }
    }

    fn shown(wish: &Wish<C>, told: &Told<C>, what: What) -> Option<Shown> {
        let inside = &wish.inside;
        let (place, after) = match what {
            What::Input => return Some(Shown::input(&told.learned()?.said)),
            What::Map(place) => (place, false),
            What::Shuffled(place) => (place, true),
            What::Image(_) | What::Grown(_) | What::Alike => return None,
        };
        let map = told.maps(inside, place)[usize::from(after)];
        map.map(|map| Shown::map(map, told.reach(inside)))
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        let says = (say::write::<C>, say::frame::<C>).chain();
        (hang::light::<C>, says.run_if(sheet::seldom())).chain()
    }
}
