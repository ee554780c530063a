//! A confusion matrix: a field of counts, true classes down, what the network said across.

use std::sync::Arc;

use super::{ColourMap, ColourScale, Field, FieldLayout, Spans};
use crate::stream::Range;

/// An empty matrix of `classes` × `classes` counts, `width` metres wide.
///
/// Colours follow the square root, so that a single mistake is seen beside hundreds of right answers.
pub fn confusion_matrix(classes: usize, width: f32) -> Field {
    Field::new(FieldLayout::single(classes, classes), width)
        .with_colours(ColourMap::Sequential)
        .with_scale(ColourScale::SquareRoot)
        .with_spans(Spans::PerLayer)
        .flat()
}

/// Shows counts, `counts[truth * classes + said]`; the brightest colour is the largest count.
pub fn show_counts(field: &mut Field, counts: &[u32]) {
    let values: Arc<[f32]> = counts.iter().map(|&count| count as f32).collect();
    let high = values.iter().copied().fold(1.0, f32::max);
    field.show_values(&values, Range { low: 0.0, high });
}

/// Shows counts as shares of their true class: the brightest colour is a class of which all is said alike, however seldom
/// it is.
pub fn show_shares(field: &mut Field, counts: &[u32]) {
    let classes = field.layout().cols.max(1);
    let shares: Arc<[f32]> = counts
        .chunks(classes)
        .flat_map(|row| {
            let all: u32 = row.iter().sum();
            row.iter().map(move |count| *count as f32 / all.max(1) as f32)
        })
        .collect();
    field.show_values(&shares, Range { low: 0.0, high: 1.0 });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seldom_class_is_as_bright_as_another() {
        let mut field = confusion_matrix(2, 1.0);
        show_shares(&mut field, &[900, 100, 0, 2]);
        let at =
            |truth, said| field.layout().cell(0, truth, said).and_then(|cell| field.value(cell));
        assert_eq!((at(0, 0), at(0, 1), at(1, 1)), (Some(0.9), Some(0.1), Some(1.0)));
    }

    #[test]
    fn counts_are_found_by_truth_and_answer() {
        let mut field = confusion_matrix(3, 1.0);
        show_counts(&mut field, &[5, 0, 1, 2, 6, 0, 0, 0, 7]);
        let at =
            |truth, said| field.layout().cell(0, truth, said).and_then(|cell| field.value(cell));
        assert_eq!((at(0, 2), at(1, 0), at(2, 2)), (Some(1.0), Some(2.0), Some(7.0)));
    }
}
