//! How the training is: layer by layer whether it learns, what is wrong with its cause and a remedy, and a doctor for the
//! three questions that everybody asks.

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
    inside::{Diagnosis, DoctorAsked, Health, HealthAsked},
    world::{classifier::Classifier, ui::sheet},
};

pub(super) use hang::hang;

/// Images that are looked at.
const IMAGES: usize = 256;

/// The page: how the training is.
pub(super) struct HealthPage;
/// What the doctor says, once he is asked.
pub(super) struct DoctorPage;

type Told<C> = page::Told<C, HealthPage>;
type Doctor<C> = page::Told<C, DoctorPage>;

impl<C: Classifier> Page<C> for HealthPage {
    const TAB: Tab = Tab::Health;
    const GOES_BACK: bool = false;
    const LINES: usize = 1;
    type Asked = HealthAsked;
    type Answer = Health;

    fn question(_: &Wish<C>, _: &Told<C>, _: usize) -> Option<HealthAsked> {
        Some(HealthAsked { images: IMAGES, seed: SEED })
    }

    fn shown(_: &Wish<C>, _: &Told<C>, _: What) -> Option<Shown> {
        None
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        let says = (say::write::<C>, say::frame::<C>).chain();
        (hang::light::<C>, says.run_if(sheet::seldom())).chain()
    }
}

impl<C: Classifier> Page<C> for DoctorPage {
    const TAB: Tab = Tab::Health;
    const GOES_BACK: bool = false;
    const LINES: usize = 1;
    type Asked = DoctorAsked;
    type Answer = Diagnosis;

    fn question(wish: &Wish<C>, doctor: &Doctor<C>, line: usize) -> Option<DoctorAsked> {
        // Asked once for each run: what he measures does not change with every step.
        let wanted = wish.inside.wanted.doctor && doctor.said(line).is_none();
        wanted.then_some(DoctorAsked {})
    }

    fn owns(_: What) -> bool {
        false
    }

    fn shown(_: &Wish<C>, _: &Doctor<C>, _: What) -> Option<Shown> {
        None
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        (|| {}).into_configs()
    }
}
