//! Why a network answers as it does: maps of the pixels that speak for it, with what each adds up to and whether the network
//! obeys it.
//!
//! Each map is a question of its own, so that a dear one does not keep the cheap ones from following the steps.

mod hang;
mod say;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    page::{self, Page},
    seen::{self, Shown, What},
    state::{Inside, MAPS},
    tab::Tab,
    wish::Wish,
};
use crate::{
    inside::{Attribution, Why, WhyAsked},
    world::{classifier::Classifier, ui::sheet},
};

pub(super) use hang::hang;

/// The page.
pub(super) struct WhyPage;

type Told<C> = page::Told<C, WhyPage>;

impl<C: Classifier> Told<C> {
    /// What the map at a place shows, unless another method has been chosen there since.
    fn map(&self, inside: &Inside<C>, place: usize) -> Option<&Attribution> {
        seen::map_of(self.said(place), inside, place)
    }

    /// The maps that hang.
    fn maps<'a>(&'a self, inside: &'a Inside<C>) -> impl Iterator<Item = &'a Attribution> {
        (0..MAPS).filter_map(move |place| self.map(inside, place))
    }

    /// The end of the range of all of them.
    fn reach(&self, inside: &Inside<C>) -> f32 {
        seen::reach(self.maps(inside).map(|map| &*map.values))
    }
}

impl<C: Classifier> Page<C> for WhyPage {
    const TAB: Tab = Tab::Why;
    const GOES_BACK: bool = true;
    const LINES: usize = MAPS;
    type Asked = WhyAsked;
    type Answer = Why;

    fn question(wish: &Wish<C>, _: &Told<C>, line: usize) -> Option<WhyAsked> {
        wish.why(line)
    }

    fn shown(wish: &Wish<C>, told: &Told<C>, what: What) -> Option<Shown> {
        let inside = &wish.inside;
        let reach = told.reach(inside);
        match what {
            What::Input => Some(Shown::input(&told.newest(0..MAPS)?.said)),
            What::Map(place) => told.map(inside, place).map(|map| Shown::map(map, reach)),
            What::Shuffled(_) | What::Image(_) | What::Grown(_) | What::Alike => None,
        }
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        let says = (say::write::<C>, say::frame::<C>).chain();
        (hang::light::<C>, says.run_if(sheet::seldom())).chain()
    }
}
