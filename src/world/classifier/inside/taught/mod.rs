//! Which training images taught the network what it says: the ledger of the input's loss by image and step, and what the same
//! run says without the strongest of them.

mod bars;
mod hang;
mod say;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    line::Said,
    page::{self, Page},
    seen::{Shown, What},
    tab::Tab,
    wish::Wish,
};
use crate::{
    inside::{Credited, Taught, TaughtAsked, Without, WithoutAsked},
    world::{classifier::Classifier, ui::sheet},
};

pub(super) use hang::hang;

/// Images in a row.
const STRONGEST: usize = 8;

/// The page: the ledger.
pub(super) struct TaughtPage;
/// The run taken again without the strongest images.
pub(super) struct WithoutPage;

type Told<C> = page::Told<C, TaughtPage>;
type Again<C> = page::Told<C, WithoutPage>;

impl<C: Classifier> Told<C> {
    fn taught(&self) -> Option<&Taught> {
        self.said(0).map(|said| &*said.said)
    }

    /// The image of a tile: those that lowered the loss, and below them those that raised it.
    fn credited(&self, place: usize) -> Option<&Credited> {
        let taught = self.taught()?;
        match place.checked_sub(STRONGEST) {
            None => taught.helped.get(place),
            Some(place) => taught.hindered.get(place),
        }
    }

    /// The run without the images that lowered the loss most.
    fn without(&self) -> Option<WithoutAsked> {
        let taught = self.taught()?;
        let left_out: Vec<u32> = taught.helped.iter().map(|one| one.index as u32).collect();
        let input = taught.asked.input.clone();
        (!left_out.is_empty()).then_some(WithoutAsked { input, left_out, foretold: false })
    }
}

impl<C: Classifier> Page<C> for TaughtPage {
    const TAB: Tab = Tab::Taught;
    const GOES_BACK: bool = false;
    const LINES: usize = 1;
    type Asked = TaughtAsked;
    type Answer = Taught;

    fn question(wish: &Wish<C>, _: &Told<C>, _: usize) -> Option<TaughtAsked> {
        Some(TaughtAsked { input: wish.input().clone(), map: None, strongest: STRONGEST })
    }

    fn shown(_: &Wish<C>, told: &Told<C>, what: What) -> Option<Shown> {
        let What::Image(place) = what else { return None };
        let image = told.credited(place)?.image.clone();
        Some(Shown::image(told.taught()?.size, image))
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        let says = (say::write::<C>, say::frame::<C>, bars::show::<C>).chain();
        (hang::light::<C>, says.run_if(sheet::seldom())).chain()
    }
}

impl<C: Classifier> Page<C> for WithoutPage {
    const TAB: Tab = Tab::Taught;
    const GOES_BACK: bool = false;
    const LINES: usize = 1;
    type Asked = WithoutAsked;
    type Answer = Without;

    fn question(wish: &Wish<C>, again: &Again<C>, line: usize) -> Option<WithoutAsked> {
        // Those that were the strongest when the button was pressed.
        let asked = wish.inside.wanted.without.clone();
        let asked = asked.filter(|asked| asked.input == *wish.input())?;
        // What really came is told first, what had been foretold after that, as it takes many runs more.
        let of_these = |said: &&Said<Without>| said.said.asked.left_out == asked.left_out;
        let foretold = again.said(line).filter(of_these).is_some();
        Some(WithoutAsked { foretold, ..asked })
    }

    fn owns(_: What) -> bool {
        false
    }

    fn shown(_: &Wish<C>, _: &Again<C>, _: What) -> Option<Shown> {
        None
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        (|| {}).into_configs()
    }
}
