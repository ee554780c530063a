//! All images as points: where a layer puts each of them, turned through all axes or with neighbours beside each other, and what
//! some that are chosen share.

mod cloud;
mod dress;
mod hang;
mod pointing;
mod say;
mod switches;
mod tour;

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
    inside::{Points, PointsAsked, PointsLayout, PointsOf, Shared, SharedAsked},
    stream::InputChoice,
    world::{classifier::Classifier, ui::sheet},
};

#[cfg(test)]
pub(super) use cloud::ImagePoints;
pub(super) use hang::hang;
pub(super) use {cloud::CloudTurn, pointing::PointsPointed};

/// Images of those that are chosen, beside their mean.
const SHOWN: usize = 3;

/// A layout whose points moved by less, of their distance from the middle, since the answer before has settled.
const SETTLED: f32 = 0.01;

/// The page: where all images lie.
pub(super) struct PointsPage;
/// What those share that are chosen, or what the one is that is pointed at.
pub(super) struct SharedPage;

type Told<C> = page::Told<C, PointsPage>;
type Together<C> = page::Told<C, SharedPage>;

impl<C: Classifier> Told<C> {
    fn points(&self) -> Option<&Points> {
        self.said(0).map(|said| &*said.said)
    }

    /// The image of a point.
    fn image(&self, part: u32) -> Option<InputChoice> {
        let of = &self.points()?.of;
        let part = part as usize;
        match part.checked_sub(of.train.len()) {
            None => None,
            Some(test) => of.tests.get(test).map(|index| InputChoice::Test(*index as usize)),
        }
    }

    /// The images of these points.
    fn of(&self, parts: &[u32]) -> Option<PointsOf> {
        let of = &self.points()?.of;
        let (mut train, mut tests) = (Vec::new(), Vec::new());
        for part in parts {
            let part = *part as usize;
            match part.checked_sub(of.train.len()) {
                None => train.extend(of.train.get(part)),
                Some(test) => tests.extend(of.tests.get(test)),
            }
        }
        Some(PointsOf { train: train.into(), tests: tests.into() })
    }
}

impl<C: Classifier> Page<C> for PointsPage {
    const TAB: Tab = Tab::Points;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = PointsAsked;
    type Answer = Points;

    fn question(wish: &Wish<C>, _: &Told<C>, _: usize) -> Option<PointsAsked> {
        let wanted = &wish.inside.wanted.points;
        let neighbours = |attraction| PointsLayout::Neighbours { attraction };
        let layout = wanted.attraction.map_or(PointsLayout::Components, neighbours);
        Some(PointsAsked { layer: wanted.layer.clone(), layout, all: true, seed: SEED })
    }

    fn is_settled(told: &Told<C>) -> bool {
        told.points().is_none_or(|points| match points.asked.layout {
            PointsLayout::Components => true,
            // Not a number is never more.
            PointsLayout::Neighbours { .. } => {
                points.trust.moved.is_some_and(|moved| moved.is_nan() || moved < SETTLED)
            }
        })
    }

    fn owns(_: What) -> bool {
        false
    }

    fn shown(_: &Wish<C>, _: &Told<C>, _: What) -> Option<Shown> {
        None
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        let says = (say::write::<C>, say::frame::<C>).chain();
        let shows = (cloud::go_on::<C>, cloud::place::<C>, dress::dress::<C>, cloud::turn::<C>);
        (shows.chain(), pointing::light::<C>, switches::light::<C>, says.run_if(sheet::seldom()))
            .chain()
    }
}

impl<C: Classifier> Page<C> for SharedPage {
    const TAB: Tab = Tab::Points;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = SharedAsked;
    type Answer = Shared;

    fn question(wish: &Wish<C>, _: &Together<C>, _: usize) -> Option<SharedAsked> {
        let wanted = &wish.inside.wanted.points;
        let (layer, of) = (wanted.layer.clone(), wanted.of.clone()?);
        (!of.train.is_empty() || !of.tests.is_empty()).then_some(SharedAsked { layer, of })
    }

    fn shown(_: &Wish<C>, told: &Together<C>, what: What) -> Option<Shown> {
        let What::Image(place) = what else { return None };
        let shared = &told.said(0)?.said;
        let values = match place.checked_sub(1) {
            None => shared.mean.clone(),
            Some(at) => {
                let length = shared.size.iter().product::<usize>();
                shared.images.get(at * length..(at + 1) * length)?.into()
            }
        };
        Some(Shown::image(shared.size, values))
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        pointing::want::<C>.into_configs()
    }
}
