//! The settings that the visitor wants next, and the asking for them.

use std::sync::Arc;

use bevy::prelude::*;

use crate::{
    exhibits::logistic::{
        EXHIBIT_ID,
        payload::{FeatureUse, Missing, Penalty, Solver, Split, Table, TableSettings},
    },
    stream::{Command, Payload, RunState},
    world::{
        WorldSystems,
        link::{Ask, ShownRun},
        stage::OnStage,
        timeline::Timeline,
        ui::controls::{Activate, Offer},
    },
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Wanted>()
        .add_systems(Update, follow_table.in_set(WorldSystems::Steer).in_set(OnStage(EXHIBIT_ID)));
}

/// What the visitor wants to be learned next; it is asked for when they say so.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub(super) struct Wanted(pub(super) TableSettings);

/// A wish that a control makes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum SettingWish {
    Penalty(Penalty),
    Solver(Solver),
    Missing(Missing),
    Split(Split),
    /// Products of two features, or not.
    Pairwise,
    /// Features at mean 0 and standard deviation 1, or not.
    Standardise,
    /// The features that the program chooses.
    ProgramsChoice,
}

impl SettingWish {
    /// Whether settings have it so.
    pub(super) fn holds(self, settings: &TableSettings) -> bool {
        match self {
            Self::Penalty(penalty) => settings.penalty == penalty,
            Self::Solver(solver) => settings.solver == solver,
            Self::Missing(missing) => settings.missing == missing,
            Self::Split(split) => settings.split == split,
            Self::Pairwise => settings.pairwise,
            Self::Standardise => settings.standardise,
            Self::ProgramsChoice => settings.chosen.is_none(),
        }
    }

    fn make(self, settings: &mut TableSettings) {
        match self {
            Self::Penalty(penalty) => settings.penalty = penalty,
            Self::Solver(solver) => settings.solver = solver,
            Self::Missing(missing) => settings.missing = missing,
            Self::Split(split) => settings.split = split,
            Self::Pairwise => settings.pairwise = !settings.pairwise,
            Self::Standardise => settings.standardise = !settings.standardise,
            Self::ProgramsChoice => settings.chosen = None,
        }
    }
}

/// Makes the wish of the button that is pressed: for its observer.
pub(super) fn wish(
    press: On<Activate>,
    wishes: Query<&Offer<SettingWish>>,
    mut wanted: ResMut<Wanted>,
) {
    if let Ok(wish) = wishes.get(press.entity) {
        wish.0.make(&mut wanted.0);
    }
}

/// Whether a feature would be used; the program's own choice is the one that the table was made with.
pub(super) fn is_wanted(settings: &TableSettings, table: &Table, feature: usize) -> bool {
    match &settings.chosen {
        Some(chosen) => chosen.get(feature).copied().unwrap_or(false),
        None => table.features.get(feature).is_some_and(|known| known.standing == FeatureUse::Used),
    }
}

/// Takes a feature in or leaves it out.
pub(super) fn toggle(settings: &mut TableSettings, table: &Table, feature: usize) {
    let chosen = (0..table.features.len())
        .map(|place| is_wanted(settings, table, place) != (place == feature));
    settings.chosen = Some(chosen.collect());
}

/// Asks for what is wanted, and shows the newest of what comes: for the observer of a button.
pub(super) fn learn(
    _: On<Activate>,
    wanted: Res<Wanted>,
    mut timeline: ResMut<Timeline>,
    mut asks: MessageWriter<Ask>,
) {
    asks.write(Ask(Command::Change(Payload::new(wanted.0.clone()))));
    timeline.go_live();
}

/// Another table says how it is learned.
fn follow_table(
    run: Res<ShownRun>,
    mut wanted: ResMut<Wanted>,
    mut last: Local<Option<Arc<Table>>>,
) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    if last.as_ref().is_none_or(|known| !Arc::ptr_eq(known, table)) {
        *last = Some(table.clone());
        wanted.set_if_neq(Wanted(table.settings.clone()));
    }
}

/// What would be other than it is, in a few words each.
pub(super) fn differences(
    now: &TableSettings,
    wanted: &TableSettings,
    table: &Table,
) -> Vec<String> {
    let mut words = Vec::new();
    if now.chosen != wanted.chosen {
        let count =
            (0..table.features.len()).filter(|place| is_wanted(wanted, table, *place)).count();
        words.push(match &wanted.chosen {
            Some(_) if count == 1 => say!("logistic-1-feature").to_owned(),
            Some(_) => say!("logistic-features-2", count),
            None => say!("logistic-the-program-chooses").to_owned(),
        });
    }
    if (now.penalty, now.c) != (wanted.penalty, wanted.c) {
        words.push(penalty_words(wanted));
    }
    for (wish, on, off) in [
        (SettingWish::Pairwise, say!("logistic-products"), say!("logistic-no-products")),
        (
            SettingWish::Standardise,
            say!("logistic-standardised"),
            say!("logistic-not-standardised"),
        ),
    ] {
        if wish.holds(now) != wish.holds(wanted) {
            words.push(if wish.holds(wanted) { on } else { off }.to_owned());
        }
    }
    if now.solver != wanted.solver {
        words.push(solver_words(wanted.solver).to_owned());
    }
    if now.missing != wanted.missing {
        let missing = match wanted.missing {
            Missing::Drop => say!("logistic-rows-dropped"),
            Missing::Mean => say!("logistic-means-filled-in"),
            Missing::Median => say!("logistic-medians-filled-in"),
        };
        words.push(missing.to_owned());
    }
    if now.split != wanted.split {
        words.push(split_words(wanted.split).to_owned());
    }
    words
}

/// The penalty and its strength.
pub(super) fn penalty_words(settings: &TableSettings) -> String {
    match settings.penalty {
        Penalty::None => say!("logistic-no-penalty").to_owned(),
        Penalty::L2 => format!("L2, C = {}", settings.c),
        Penalty::L1 => format!("L1, C = {}", settings.c),
    }
}

/// How the minimum is looked for.
pub(super) fn solver_words(solver: Solver) -> &'static str {
    match solver {
        Solver::FullBatch => say!("logistic-full-batch"),
        Solver::MiniBatch => say!("logistic-mini-batch"),
        Solver::Lbfgs => "L-BFGS",
    }
}

/// Which rows are held out.
pub(super) fn split_words(split: Split) -> &'static str {
    match split {
        Split::Shuffled => say!("logistic-shuffled"),
        Split::Stratified => say!("logistic-stratified"),
        Split::Sklearn42 => say!("logistic-as-scikit-learn"),
    }
}

/// Whether asking would lead anywhere: something would change, or the last change failed.
pub(super) fn can_learn(run: &ShownRun, wanted: &Wanted) -> bool {
    let Some(table) = run.0.material::<Table>() else {
        return false;
    };
    table.settings != wanted.0 || matches!(run.0.state(), RunState::Failed { .. })
}

#[cfg(test)]
mod tests {
    use super::{super::board::tests::table, *};

    #[test]
    fn a_feature_is_taken_in_and_left_out() {
        let table = table();
        let mut settings = table.settings.clone();
        toggle(&mut settings, &table, 2);
        assert_eq!(settings.chosen.as_deref(), Some(&[true, true, true][..]));
        toggle(&mut settings, &table, 0);
        assert_eq!(settings.chosen.as_deref(), Some(&[false, true, true][..]));
        // From the program's choice on, the others stay as they are.
        let mut programs = TableSettings::default();
        toggle(&mut programs, &table, 1);
        assert_eq!(programs.chosen.as_deref(), Some(&[true, false, false][..]));
    }

    #[test]
    fn what_would_change_is_said_in_few_words() {
        let table = table();
        let now = table.settings.clone();
        assert!(differences(&now, &now, &table).is_empty());
        let mut wanted = now.clone();
        SettingWish::Penalty(Penalty::L1).make(&mut wanted);
        wanted.c = 0.1;
        SettingWish::Standardise.make(&mut wanted);
        SettingWish::Split(Split::Stratified).make(&mut wanted);
        toggle(&mut wanted, &table, 0);
        let words = crate::words::enumerated(&differences(&now, &wanted, &table));
        assert_eq!(words, "1 feature, L1, C = 0.1, not standardised, stratified");
    }
}
