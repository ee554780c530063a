//! Whether a network is as often right as it is sure: the reliability diagram, and the temperature that would mend it (Guo and
//! others 2017, <https://arxiv.org/abs/1706.04599>).

mod hang;
mod say;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    page::{self, Page},
    seen::{Shown, What},
    tab::Tab,
    wish::{SEED, Wish},
};
use crate::{
    inside::{Sure, SureAsked},
    world::{classifier::Classifier, ui::sheet},
};

#[cfg(test)]
pub(super) use hang::SureBar;
pub(super) use hang::hang;

/// The page.
pub(super) struct SurePage;

type Told<C> = page::Told<C, SurePage>;

impl<C: Classifier> Page<C> for SurePage {
    const TAB: Tab = Tab::Sure;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = SureAsked;
    type Answer = Sure;

    fn question(_: &Wish<C>, _: &Told<C>, _: usize) -> Option<SureAsked> {
        Some(SureAsked { seed: SEED })
    }

    fn shown(_: &Wish<C>, _: &Told<C>, _: What) -> Option<Shown> {
        None
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        (say::write::<C>, say::frame::<C>).chain().run_if(sheet::seldom())
    }
}
