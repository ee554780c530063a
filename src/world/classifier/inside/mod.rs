//! Looking inside a classifier: a board before the layers, with a tab for each question that can be asked of a network.
//!
//! A tab is a line in [`Tab::ALL`](tab::Tab::ALL) and a folder of its own: it hangs what belongs on its page, asks the model in a
//! [`Line`](line::Line) while it is open, and tells the board's frame what to say above it.

mod alike;
mod board;
mod branch;
mod branches;
mod frame;
mod health;
mod landscape;
mod leaf;
mod line;
mod names;
mod page;
mod phrases;
mod pixel;
mod points;
mod quarter;
mod robust;
mod seen;
mod state;
mod stepper;
mod sure;
mod tab;
mod taught;
#[cfg(test)]
mod tests;
mod trust;
mod units;
mod why;
mod wish;

use bevy::prelude::*;

use super::{Classifier, on_stage};
use crate::world::{
    WorldSystems,
    interaction::{back::BackSystems, intent::Intent},
    kept_runs::KeptRuns,
    link::{Answer, Question},
};

use alike::{AlikePage, AlikePointed, TogetherPage};
pub use board::MakesWay;
use branch::BranchPage;
use health::{DoctorPage, HealthPage, TrialPage};
use landscape::{LandPointed, LandscapePage};
pub use names::InsideNames;
pub(crate) use names::inside_names;
use points::{CloudTurn, PointsPage, PointsPointed, SharedPage};
use robust::RobustPage;
pub(super) use state::Inside;
use state::{is_open, was_left};
use sure::SurePage;
use tab::Tab;
use taught::{TaughtPage, WithoutPage};
use trust::TrustPage;
use units::{DreamPage, GrownPage, LesionPage, UnitsPage};
use why::WhyPage;

pub(super) fn plugin<C: Classifier>(app: &mut App) {
    // Whoever brings recorded runs comes to see them.
    let kept = app.world().get_resource::<KeptRuns>();
    if kept.is_some_and(|kept| !kept.of(C::EXHIBIT).is_empty()) {
        app.insert_resource(Inside::<C>::opened_at(Tab::Branch));
    }
    app.add_plugins((
        page::plugin::<C, AlikePage>,
        page::plugin::<C, TogetherPage>,
        page::plugin::<C, LandscapePage>,
        page::plugin::<C, BranchPage>,
    ))
    .add_plugins((
        page::plugin::<C, WhyPage>,
        page::plugin::<C, TrustPage>,
        page::plugin::<C, RobustPage>,
        page::plugin::<C, SurePage>,
        page::plugin::<C, UnitsPage>,
        page::plugin::<C, LesionPage>,
        page::plugin::<C, DreamPage>,
        page::plugin::<C, GrownPage>,
        page::plugin::<C, TaughtPage>,
        page::plugin::<C, WithoutPage>,
        page::plugin::<C, HealthPage>,
        page::plugin::<C, DoctorPage>,
        page::plugin::<C, TrialPage>,
        page::plugin::<C, PointsPage>,
        page::plugin::<C, SharedPage>,
    ))
    .init_resource::<Inside<C>>()
    .init_resource::<frame::Frame<C>>()
    .init_resource::<pixel::Pixel<C>>()
    .init_resource::<PointsPointed<C>>()
    .init_resource::<CloudTurn<C>>()
    .init_resource::<AlikePointed<C>>()
    .init_resource::<LandPointed<C>>()
    .add_message::<Intent>()
    .add_message::<Question>()
    .add_message::<Answer>()
    .add_observer(board::hang::<C>)
    .add_systems(
        Update,
        (
            board::open_on_wish::<C>.in_set(WorldSystems::Steer),
            board::close_on_wish::<C>.in_set(BackSystems::Board).in_set(on_stage::<C>()),
        )
            .chain(),
    )
    .add_systems(
        Update,
        (
            board::show::<C>,
            // Each tab lets go of what it has asked when it is left, and so runs once more.
            page::systems::<C, WhyPage>(),
            page::systems::<C, TrustPage>(),
            page::systems::<C, RobustPage>(),
            page::systems::<C, SurePage>(),
            // What is taken away is said by the page that shows all units, and so on.
            page::systems::<C, LesionPage>(),
            (page::systems::<C, DreamPage>(), page::systems::<C, GrownPage>()).chain(),
            page::systems::<C, UnitsPage>(),
            page::systems::<C, WithoutPage>(),
            page::systems::<C, TaughtPage>(),
            (page::systems::<C, DoctorPage>(), page::systems::<C, TrialPage>()).chain(),
            page::systems::<C, HealthPage>(),
            (page::systems::<C, SharedPage>(), page::systems::<C, PointsPage>()).chain(),
            (page::systems::<C, TogetherPage>(), page::systems::<C, AlikePage>()).chain(),
            (
                branch::leave::<C>.run_if(was_left::<C>(Tab::Branch)),
                page::systems::<C, BranchPage>(),
                page::systems::<C, LandscapePage>(),
            )
                .chain(),
            pixel::mark::<C>.run_if(is_open::<C>),
            frame::show::<C>.run_if(is_open::<C>),
        )
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(on_stage::<C>()),
    );
}
