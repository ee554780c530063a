//! Looking inside a classifier: what is asked of it beyond its layers, and what it says, as plain data that learning and views
//! share.
//!
//! Every answer is computed on the training thread for the weights of one step, which its [`Reply`](crate::stream::Reply)
//! names, and says what it cost.

mod alarm;
mod alike;
mod alike_words;
mod branch;
mod calibration;
mod doctor;
mod doctor_words;
mod dream;
mod edit;
mod edit_words;
mod grown;
mod health;
mod health_words;
mod landscape;
mod landscape_words;
mod lesion;
mod points;
mod points_words;
mod robust;
mod robust_words;
mod taught;
mod taught_words;
mod together;
mod together_words;
mod told;
mod trial;
mod units;
mod units_words;
mod why;
mod without;

pub use alarm::{Alarm, AlarmKind, Trial};
pub use alike::{Alike, AlikeAsked, AlikeColumn, AlikeWith};
pub use alike_words::alike_told;
pub use branch::{
    Apart, Branch, BranchAsked, BranchPoint, Branched, Future, McNemar, Turn, UnitNumbers,
    branches_told,
};
pub use calibration::{Bin, Sure, SureAsked, Temperature};
pub use doctor::{
    Diagnosis, DoctorAsked, Elsewhere, Parts, Reason, ReasonKind, Shortage, Speed, Suspect, Tried,
};
pub use doctor_words::diagnosis_told;
pub use dream::{Dream, DreamAsked, DreamTarget, Dreamed, Real};
pub use edit::{Edit, EditAsked, EditChange, EditReport, Edited, PlannedEdit};
pub use edit_words::{EditLine, edit_told};
pub use grown::{Grown, GrownAsked, GrownFrame};
pub use health::{
    Activity, Balance, Curvature, Ends, Fit, Health, HealthAsked, LayerHealth, Losses, Noise, Steps,
};
pub use health_words::health_told;
pub use landscape::{Landscape, LandscapeAsked, OnPath, Plane, PlaneAxis};
pub use landscape_words::landscape_told;
pub use lesion::{Answered, Changed, Lesion, LesionAsked, LesionBy};
pub use points::{
    Points, PointsAsked, PointsLayout, PointsOf, PointsTrust, Shared, SharedAsked, SharedUnit,
};
pub use points_words::points_told;
pub use robust::{Attack, Attacked, Flip, Neighbour, Reading, Robust, RobustAsked, Withstood};
pub use robust_words::{robust_told, sure_told};
pub use taught::{Credited, OfLayer, Sides, Stretch, Taught, TaughtAsked};
pub use taught_words::{taught_told, without_told};
pub use together::{Contested, Member, MemberOf, Scored, Together, TogetherAsked};
pub use together_words::{member_name, together_told};
pub use told::told;
pub use trial::{Trained, TrialAsked, TrialRun, trial_told};
pub use units::{PixelField, Shapley, Unit, UnitImage, UnitLayer, Units, UnitsAsked};
pub use units_words::units_told;
pub use why::{
    Attribution, Baseline, Completeness, Deletion, Method, Shuffled, Target, Why, WhyAsked,
};
pub use without::{Forecast, ForecastChecked, Learned, Without, WithoutAsked};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::stream::PayloadKind;

/// What every exhibit that can be looked into and its view share.
pub const PAYLOADS: &[PayloadKind] = &[
    PayloadKind::of::<WhyAsked>(),
    PayloadKind::of::<Why>(),
    PayloadKind::of::<RobustAsked>(),
    PayloadKind::of::<Robust>(),
    PayloadKind::of::<SureAsked>(),
    PayloadKind::of::<Sure>(),
    PayloadKind::of::<UnitsAsked>(),
    PayloadKind::of::<Units>(),
    PayloadKind::of::<LesionAsked>(),
    PayloadKind::of::<Lesion>(),
    PayloadKind::of::<DreamAsked>(),
    PayloadKind::of::<Dream>(),
    PayloadKind::of::<EditAsked>(),
    PayloadKind::of::<EditReport>(),
    PayloadKind::of::<GrownAsked>(),
    PayloadKind::of::<Grown>(),
    PayloadKind::of::<TaughtAsked>(),
    PayloadKind::of::<Taught>(),
    PayloadKind::of::<WithoutAsked>(),
    PayloadKind::of::<Without>(),
    PayloadKind::of::<HealthAsked>(),
    PayloadKind::of::<Health>(),
    PayloadKind::of::<DoctorAsked>(),
    PayloadKind::of::<Diagnosis>(),
    PayloadKind::of::<TrialAsked>(),
    PayloadKind::of::<TrialRun>(),
    PayloadKind::of::<LandscapeAsked>(),
    PayloadKind::of::<Landscape>(),
    PayloadKind::of::<PointsAsked>(),
    PayloadKind::of::<Points>(),
    PayloadKind::of::<SharedAsked>(),
    PayloadKind::of::<Shared>(),
    PayloadKind::of::<AlikeAsked>(),
    PayloadKind::of::<Alike>(),
    PayloadKind::of::<TogetherAsked>(),
    PayloadKind::of::<Together>(),
    PayloadKind::of::<BranchAsked>(),
    PayloadKind::of::<Branched>(),
];

/// What an answer cost the training.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// Forward passes of one example.
    pub forward: u64,
    /// Backward passes of one example.
    pub backward: u64,
    /// Time that the training thread was busy with it, in seconds.
    pub seconds: f64,
}

impl fmt::Display for Price {
    fn fmt(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { forward, backward, seconds } = self;
        write!(
            words,
            "{}",
            say!(
                "inside-forward-and-backward-passes-ms",
                forward,
                backward,
                value = format_args!("{:.1}", 1e3 * seconds)
            )
        )
    }
}
