//! Cells against their definition, worked out number by number.

use proptest::prelude::*;

use crate::stream::{LayerId, LayerValues, Level, Shape, Slice, Span};

const NAME: LayerId = LayerId::new("weights");

fn numbers(shape: Shape, seed: u64) -> Vec<f32> {
    let number = |at: usize| {
        let mixed = (at as u64 + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        mixed as f32 / 8_388_608.0 - 1.0
    };
    (0..shape.len()).map(number).collect()
}

fn part(shape: Shape, values: &[f32], slice: Slice, level: u8) -> LayerValues {
    LayerValues::part(NAME, shape, Span::Signed, values, (slice, Level(level))).unwrap()
}

/// By the definition, cell by cell.
fn slowly(shape: Shape, values: &[f32], slice: Slice, level: u8) -> Vec<(f32, f32)> {
    let (slice, side) = (slice.within(shape), Level(level).side());
    let mut cells = Vec::new();
    for map in 0..slice.count[0] {
        for row in (0..slice.count[1]).step_by(side) {
            for column in (0..slice.count[2]).step_by(side) {
                let mut of = Vec::new();
                for down in row..(row + side).min(slice.count[1]) {
                    for right in column..(column + side).min(slice.count[2]) {
                        let [first, top, left] = slice.first;
                        let at = ((first + map) * shape.rows + top + down) * shape.columns;
                        of.push(values[at + left + right]);
                    }
                }
                let mean = of.iter().map(|value| f64::from(*value)).sum::<f64>() / of.len() as f64;
                let peak = of.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap();
                cells.push((mean as f32, peak));
            }
        }
    }
    cells
}

fn same(part: &LayerValues, cells: &[(f32, f32)]) -> bool {
    part.values.len() == cells.len()
        && part.values.iter().zip(part.peaks()).zip(cells).all(|((value, peak), (mean, far))| {
            (value - mean).abs() < 1e-5 && (peak.abs() - far.abs()).abs() < 1e-6
        })
}

proptest! {
    #[test]
    fn cells_are_what_they_stand_for(
        sides in (1_usize..4, 1_usize..40, 1_usize..60),
        first in (0_usize..3, 0_usize..20, 0_usize..20),
        count in (1_usize..4, 1_usize..40, 1_usize..60),
        level in 0_u8..5,
        more in 1_u8..4,
    ) {
        let shape = Shape::maps(sides.0, sides.1, sides.2);
        let slice = Slice { first: first.into(), count: count.into() };
        let values = numbers(shape, 7);
        let made = LayerValues::part(NAME, shape, Span::Signed, &values, (slice, Level(level)));
        if slice.within(shape).shape().is_empty() {
            prop_assert!(made.is_none());
            return Ok(());
        }
        let made = made.unwrap();
        prop_assert!(same(&made, &slowly(shape, &values, slice, level)));
        prop_assert_eq!(made.shape.len(), made.values.len());
        // Thinned twice is thinned once.
        let twice = made.coarser(more);
        prop_assert!(same(&twice, &slowly(shape, &values, slice, level + more)));
        prop_assert_eq!(twice.level(), Level(level + more));
        // Spread again, each place shows its cell.
        let spread = LayerValues::spread(&[&part(shape, &values, Slice::ALL, level)]).unwrap();
        prop_assert_eq!(spread.shape, shape);
        prop_assert!(spread.values.iter().all(|value| value.is_finite()));
    }
}

#[test]
fn a_lone_spike_is_still_seen() {
    let shape = Shape::maps(1, 64, 64);
    let mut values = numbers(shape, 1);
    values[17 * 64 + 33] = -90.0;
    let coarse = part(shape, &values, Slice::ALL, 3);
    assert!(coarse.values.iter().all(|value| value.abs() < 3.0));
    assert_eq!(coarse.peaks()[2 * 8 + 4], -90.0);
    assert_eq!(coarse.range, part(shape, &values, Slice::ALL, 0).range);
    let spread = LayerValues::spread(&[&coarse]).unwrap();
    assert_eq!(spread.values.iter().filter(|value| **value == -90.0).count(), 1);
}

#[test]
fn what_is_no_number_is_seen_at_every_level() {
    let shape = Shape::maps(1, 20, 20);
    let mut values = numbers(shape, 1);
    values[211] = f32::NAN;
    let coarse = part(shape, &values, Slice::ALL, 2);
    assert_eq!(coarse.values.iter().filter(|value| value.is_nan()).count(), 1);
    assert_eq!(coarse.peaks().iter().filter(|value| value.is_nan()).count(), 1);
    assert!(coarse.coarser(9).values[0].is_nan());
}

#[test]
fn a_fine_part_lies_over_a_coarse_whole() {
    let shape = Shape::maps(3, 8, 8);
    let values = numbers(shape, 3);
    let coarse = part(shape, &values, Slice::ALL, 3);
    let fine = part(shape, &values, Slice::maps(1, 1), 0);
    let spread = LayerValues::spread(&[&coarse, &fine]).unwrap();
    assert_eq!(spread.values[64..128], values[64..128]);
    assert_eq!(spread.values[2], coarse.values[0]);
    assert_eq!(spread.part, None);
    assert!(
        LayerValues::part(NAME, shape, Span::Signed, &values[1..], (Slice::ALL, Level(0)))
            .is_none()
    );
}
