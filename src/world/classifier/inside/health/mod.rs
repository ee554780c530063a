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
    inside::{Diagnosis, DoctorAsked, Health, HealthAsked, Trial, TrialAsked, TrialRun},
    world::{classifier::Classifier, ui::sheet},
};

pub(super) use hang::hang;

/// Images that are looked at.
const IMAGES: usize = 256;

/// The page: how the training is.
pub(super) struct HealthPage;
/// What the doctor says, once he is asked.
pub(super) struct DoctorPage;
/// What a remedy comes to that is tried beside the run.
pub(super) struct TrialPage;

type Told<C> = page::Told<C, HealthPage>;
type Doctor<C> = page::Told<C, DoctorPage>;
type Tried<C> = page::Told<C, TrialPage>;

/// The first remedy that can be tried: the doctor's, where he is asked, or that of what is wrong.
fn remedy<C: Classifier>(told: &Told<C>, doctor: &Doctor<C>, asks_doctor: bool) -> Option<Trial> {
    // Threads change nothing that a training comes to.
    let helps = |trial: &&Trial| !matches!(trial, Trial::Threads(_));
    if asks_doctor {
        let reasons = &doctor.said(0)?.said.accuracy;
        return reasons.iter().filter_map(|of| of.trial.as_ref()).find(helps).cloned();
    }
    let alarms = &told.said(0)?.said.alarms;
    alarms.iter().filter_map(|of| of.trial.as_ref()).find(helps).cloned()
}

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

impl<C: Classifier> Page<C> for TrialPage {
    const TAB: Tab = Tab::Health;
    const GOES_BACK: bool = false;
    const LINES: usize = 1;
    type Asked = TrialAsked;
    type Answer = TrialRun;

    fn question(wish: &Wish<C>, tried: &Tried<C>, line: usize) -> Option<TrialAsked> {
        let trial = wish.inside.wanted.trial.clone()?;
        // Tried once: the run goes on meanwhile.
        let known = tried.said(line).is_some_and(|said| said.said.asked.trial == trial);
        (!known).then_some(TrialAsked { trial })
    }

    fn owns(_: What) -> bool {
        false
    }

    fn shown(_: &Wish<C>, _: &Tried<C>, _: What) -> Option<Shown> {
        None
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        (|| {}).into_configs()
    }
}
