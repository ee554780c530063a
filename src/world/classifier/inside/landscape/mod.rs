//! The loss around the weights as a ground that one can point at, and the way of the run above it: each kept state at its true
//! height, on a stem down to where its shadow lies.

mod ground;
mod hang;
mod heights;
mod places;
mod pointing;
mod say;
mod way;

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
    inside::{Landscape, LandscapeAsked},
    world::{classifier::Classifier, ui::sheet},
};

pub(super) use hang::hang;
pub(super) use pointing::LandPointed;
#[cfg(test)]
pub(super) use {places::IsLand, way::WayPoints};

/// Places along each side of the plane: few come at once, more sharpen what stands already.
const SIDES: [usize; 3] = [7, 11, 21];
/// Test images over which the loss is a mean.
const IMAGES: usize = 500;

/// The page.
pub(super) struct LandscapePage;

type Told<C> = page::Told<C, LandscapePage>;

impl<C: Classifier> Told<C> {
    /// What is said of the plane that is wanted.
    fn landscape(&self, wish: &Wish<C>) -> Option<&Landscape> {
        let said = &self.said(0)?.said;
        Some(&**said).filter(|said| said.asked.plane == wish.inside.wanted.plane)
    }
}

impl<C: Classifier> Page<C> for LandscapePage {
    const TAB: Tab = Tab::Landscape;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = LandscapeAsked;
    type Answer = Landscape;

    fn question(wish: &Wish<C>, told: &Told<C>, _: usize) -> Option<LandscapeAsked> {
        let stands = told.landscape(wish).map_or(0, |said| said.asked.side);
        let side = SIDES.into_iter().find(|side| *side > stands).or(SIDES.last().copied())?;
        Some(LandscapeAsked { plane: wish.inside.wanted.plane, side, images: IMAGES, seed: SEED })
    }

    fn shown(_: &Wish<C>, _: &Told<C>, _: What) -> Option<Shown> {
        None
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        let says = (say::write::<C>, say::frame::<C>).chain();
        (ground::raise::<C>, way::lay::<C>, pointing::light::<C>, says.run_if(sheet::seldom()))
            .chain()
    }
}
