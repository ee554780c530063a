//! What the visitor attends to in this exhibit; every part of the view follows.

use std::sync::Arc;

use bevy::prelude::*;

use crate::{
    exhibits::logistic::{EXHIBIT_ID, payload::Table},
    world::{WorldSystems, link::ShownRun, stage::OnStage},
};

pub(super) fn plugin(app: &mut App) {
    let attention = AttentionSystems.ambiguous_with(AttentionSystems);
    app.configure_sets(Update, attention.in_set(WorldSystems::Steer).in_set(OnStage(EXHIBIT_ID)))
        .add_systems(
            Update,
            // It writes all of it, and so comes before the parts.
            follow_table
                .before(AttentionSystems)
                .in_set(WorldSystems::Steer)
                .in_set(OnStage(EXHIBIT_ID)),
        );
}

/// Whatever writes [`TableAttention`]: each a part of its own, so that their order among themselves does not matter.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct AttentionSystems;

/// What the visitor attends to.
#[derive(Resource, Clone, Debug, PartialEq)]
pub(super) struct TableAttention {
    /// The drawn row under an aim.
    pub(super) pointed: Option<u32>,
    /// The drawn row whose sum is shown.
    pub(super) chosen: Option<u32>,
    /// The class whose probability is told, against all others.
    pub(super) class: usize,
    /// A row is called of that class from this probability on.
    pub(super) threshold: f64,
    /// What the space is spanned by.
    pub(super) space: Space,
    /// The two features that span the floor where there is one.
    pub(super) across: [usize; 2],
}

impl Default for TableAttention {
    fn default() -> Self {
        Self {
            pointed: None,
            chosen: None,
            class: 1,
            threshold: 0.5,
            space: Space::default(),
            across: [0, 1],
        }
    }
}

/// What the space of the rows is spanned by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Space {
    /// The first three principal components.
    #[default]
    Components,
    /// Two features, and the probability as height.
    Features,
}

/// How far the space is turned to the left, in degrees, so that its depth is seen in a window too.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub(super) struct SpaceTurn(pub(super) f32);

impl Default for SpaceTurn {
    fn default() -> Self {
        Self(24.0)
    }
}

/// The features that a model uses, the most telling first.
pub(super) fn used_by_information(table: &Table) -> Vec<usize> {
    let chosen = table.settings.chosen.as_deref().unwrap_or(&[]);
    let mut used: Vec<usize> = (0..table.features.len())
        .filter(|place| chosen.get(*place).copied().unwrap_or(false))
        .collect();
    let information = |place: &usize| table.features.get(*place).map_or(0.0, |f| f.information);
    used.sort_by(|a, b| information(b).total_cmp(&information(a)));
    used
}

/// What was attended to may not be there in another table.
fn follow_table(
    run: Res<ShownRun>,
    mut attention: ResMut<TableAttention>,
    mut last: Local<Option<Arc<Table>>>,
) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    if last.as_ref().is_some_and(|known| Arc::ptr_eq(known, table)) {
        return;
    }
    let is_first = last.is_none();
    *last = Some(table.clone());
    let wanted = fitted(&attention, table, is_first);
    attention.set_if_neq(wanted);
}

/// The same attention as far as a table allows; on the first one the first row that was held out is explained.
fn fitted(attention: &TableAttention, table: &Table, is_first: bool) -> TableAttention {
    let rows = table.drawn.rows.len();
    let there = |row: &u32| (*row as usize) < rows;
    let mut fitted = attention.clone();
    fitted.pointed = attention.pointed.filter(there);
    fitted.chosen = attention.chosen.filter(there);
    if is_first && fitted.chosen.is_none() {
        let held_out = table.drawn.held_out.iter().position(|held_out| *held_out);
        fitted.chosen = held_out.and_then(|row| u32::try_from(row).ok());
    }
    fitted.class = attention.class.min(table.classes.len().saturating_sub(1));
    let used = used_by_information(table);
    if is_first || fitted.across.iter().any(|feature| !used.contains(feature)) {
        let first = used.first().copied().unwrap_or(0);
        // Two that say nearly the same would lie on one line.
        let others = used.get(1..).unwrap_or(&[]);
        let apart = others.iter().find(|other| correlation(table, first, **other).abs() < ALIKE);
        let second = apart.or(others.first()).copied().unwrap_or(first);
        fitted.across = [first, second];
    }
    fitted
}

/// Features that are correlated more than this say nearly the same.
const ALIKE: f64 = 0.6;

/// Pearson's r of two features over the drawn rows.
fn correlation(table: &Table, one: usize, other: usize) -> f64 {
    let known = |feature: usize| table.features.get(feature).map(|of| (of.mean, of.deviation));
    let (Some((mean, deviation)), Some((other_mean, other_deviation))) = (known(one), known(other))
    else {
        return 0.0;
    };
    let rows = table.drawn.values.chunks_exact(table.features.len().max(1));
    let count = rows.len().max(1) as f64;
    let product = |row: &[f32]| {
        let (a, b) = (row.get(one)?, row.get(other)?);
        Some((f64::from(*a) - mean) * (f64::from(*b) - other_mean))
    };
    let covariance = rows.filter_map(product).sum::<f64>() / count;
    let spread = deviation * other_deviation;
    if spread > 0.0 { covariance / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::{super::board::tests::table, *};

    #[test]
    fn features_that_say_the_same_are_found() {
        let table = table();
        assert!((correlation(&table, 0, 0) - 0.8125).abs() < 1e-6);
        assert!((correlation(&table, 0, 1) - 0.125).abs() < 1e-6);
        assert_eq!(correlation(&table, 0, 9), 0.0);
    }

    #[test]
    fn attention_stays_within_the_table() {
        let table = table();
        let first = fitted(&TableAttention::default(), &table, true);
        assert_eq!(first.chosen, Some(2), "the first row that is held out");
        assert_eq!(first.across, [1, 0], "the most telling first");
        let lost = TableAttention { chosen: Some(99), class: 7, across: [5, 0], ..first.clone() };
        let found = fitted(&lost, &table, false);
        assert_eq!((found.chosen, found.class, found.across), (None, 1, [1, 0]));
    }
}
