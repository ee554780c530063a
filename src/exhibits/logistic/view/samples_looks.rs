//! How each row looks: colour and shape by its class, hollow if held out, bright and ringed if told wrongly.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    attention::TableAttention,
    samples::{Fitted, SampleSystems, Samples},
};
use crate::{
    exhibits::logistic::{
        EXHIBIT_ID,
        payload::{DrawnRows, Table, TableAnswer},
    },
    world::{
        WorldSystems,
        display::{Cloud, Marks, PointLook},
        link::ShownSnapshot,
        stage::OnStage,
        ui::palette,
    },
};

/// Sizes and brightnesses in 255ths: of most rows, and of those told wrongly.
const SIZE: (u8, u8) = (170, 225);
const BRIGHTNESS: (u8, u8) = (175, 255);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        dress_rows.after(SampleSystems).in_set(WorldSystems::Show).in_set(OnStage(EXHIBIT_ID)),
    );
}

/// The colour of a class.
pub(super) fn class_colour(class: usize) -> Color {
    let last = palette::CLASSES.len() - 1;
    palette::CLASSES.get(class.min(last)).copied().unwrap_or(palette::INK)
}

/// The sign of a class, in the shapes that rows have in space.
pub(super) fn sign_of(class: usize) -> &'static str {
    ["●", "◆", "■", "▲"].get(class % 4).copied().unwrap_or("●")
}

/// The colour of what is not of a class: the other class, if there is but one.
pub(super) fn other_colour(table: &Table, class: usize) -> Color {
    match (table.classes.len(), class) {
        (2, 0) => class_colour(1),
        (2, _) => class_colour(0),
        _ => palette::INK_QUIET,
    }
}

/// The class that is said of a drawn row; of two classes, the one on its side of the threshold.
pub(super) fn said(attention: &TableAttention, told: &[f32]) -> Option<usize> {
    if let [other, _] = told {
        let probability = told.get(attention.class).copied().unwrap_or(*other);
        let positive = f64::from(probability) >= attention.threshold;
        return Some(if positive { attention.class } else { 1 - attention.class.min(1) });
    }
    let best = told.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
    best.map(|(class, _)| class)
}

/// The probabilities of a drawn row.
pub(super) fn told_of<'a>(table: &Table, answer: &'a TableAnswer, row: usize) -> &'a [f32] {
    let classes = table.classes.len();
    answer.probabilities.get(row * classes..(row + 1) * classes).unwrap_or(&[])
}

/// What the rows were dressed for last.
#[derive(Default)]
struct DressedFor(Option<(Arc<Table>, Option<Arc<TableAnswer>>, usize, f64)>);

fn dress_rows(
    attention: Res<TableAttention>,
    fitted: Res<Fitted>,
    shown: Res<ShownSnapshot>,
    samples: Option<Single<&mut Cloud, With<Samples>>>,
    mut dressed: Local<DressedFor>,
) {
    let (Some(mut samples), Some((table, _))) = (samples, &fitted.0) else {
        return;
    };
    let answer = shown.own_answer::<TableAnswer>();
    let same = dressed.0.as_ref().is_some_and(|(of, told, class, threshold)| {
        Arc::ptr_eq(of, table)
            && told.as_ref().map(Arc::as_ptr) == answer.map(Arc::as_ptr)
            && (*class, *threshold) == (attention.class, attention.threshold)
    });
    if same {
        return;
    }
    let looks: Vec<u32> = (0..table.drawn.rows.len())
        .map(|row| {
            let told = answer.map(|answer| told_of(table, answer, row));
            let wrong = told.and_then(|told| said(&attention, told)).is_some_and(|said| {
                table.drawn.labels.get(row).is_some_and(|label| usize::from(*label) != said)
            });
            look(&table.drawn, row, wrong).word()
        })
        .collect();
    samples.show_looks(&looks.into());
    dressed.0 = Some((table.clone(), answer.cloned(), attention.class, attention.threshold));
}

fn look(drawn: &DrawnRows, row: usize, wrong: bool) -> PointLook {
    let class = drawn.labels.get(row).copied().unwrap_or(0);
    let last = palette::CLASSES.len() - 1;
    let colour = usize::from(class).min(last) as u8;
    let marks = if wrong { Marks::RING } else { Marks::NONE }.shaped(class as u8);
    let held_out = drawn.held_out.get(row).copied().unwrap_or(false);
    PointLook {
        colour,
        size: if wrong { SIZE.1 } else { SIZE.0 },
        brightness: if wrong { BRIGHTNESS.1 } else { BRIGHTNESS.0 },
        marks: if held_out { marks.hollow() } else { marks },
    }
}

#[cfg(test)]
mod tests {
    use super::{super::board::tests::table, *};

    #[test]
    fn class_and_fate_of_a_row_can_be_told_without_colour() {
        let drawn = &table().drawn;
        let marks = |row, wrong| look(drawn, row, wrong).marks;
        assert_eq!(marks(0, false), Marks::NONE.shaped(0));
        assert_eq!(marks(1, true), Marks::RING.shaped(1));
        assert_eq!(marks(2, false), Marks::NONE.shaped(0).hollow());
    }

    #[test]
    fn the_threshold_decides_what_is_said() {
        let mut attention = TableAttention::default();
        assert_eq!(said(&attention, &[0.4, 0.6]), Some(1));
        attention.threshold = 0.7;
        assert_eq!(said(&attention, &[0.4, 0.6]), Some(0));
        attention.class = 0;
        assert_eq!(said(&attention, &[0.8, 0.2]), Some(0));
        assert_eq!(said(&attention, &[0.2, 0.3, 0.5]), Some(2));
        assert_eq!(said(&attention, &[]), None);
    }
}
