//! Layers of the same name of two futures: the maps of their units side by side, in one range of colours.

use super::{super::seen::Shown, first};
use crate::inside::{Branched, Future, UnitLayer};

/// What a layer makes of the input in the run (place 0), in the branch (1), and how much more in the branch (2).
pub(super) fn shown(said: &Branched, layer: usize, place: usize) -> Option<Shown> {
    let (size, of) = (said.shown.get(layer)?, |future: &Future| {
        future.units.get(layer).map(|units| units.0.clone())
    });
    let (run, other) = (of(&said.run)?, of(first(said)?)?);
    let sizes = run.iter().chain(&other).map(|value| value.abs());
    let most = sizes.filter(|size| size.is_finite()).fold(0.0, f32::max);
    let values = match place {
        0 => run,
        1 => other,
        _ => other.iter().zip(&run).map(|(other, run)| other - run).collect(),
    };
    let (size, values) = mosaic(size, &values);
    let reach = if most > 0.0 { most } else { 1.0 };
    Some(Shown { size, values: values.into(), reach, outline: None })
}

/// Maps of units beside each other, about as many in a row as there are rows of them where places are as wide as high.
fn mosaic(layer: &UnitLayer, values: &[f32]) -> ([usize; 3], Vec<f32>) {
    let [units, rows, columns] = layer.size;
    let (rows, columns) = (rows.max(1), columns.max(1));
    let square = ((units * rows) as f32 / columns as f32).sqrt().ceil() as usize;
    let across = square.clamp(1, units.max(1));
    let down = units.div_ceil(across).max(1);
    let wide = across * columns;
    let mut all = vec![0.0; wide * down * rows];
    for (unit, map) in values.chunks(rows * columns).enumerate() {
        for (row, line) in map.chunks(columns).enumerate() {
            let begin = (unit / across * rows + row) * wide + unit % across * columns;
            if let Some(to) = all.get_mut(begin..begin + line.len()) {
                to.copy_from_slice(line);
            }
        }
    }
    ([1, down * rows, wide], all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_lie_beside_each_other() {
        let layer = UnitLayer { name: "conv".to_owned(), size: [3, 1, 2] };
        let (size, values) = mosaic(&layer, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(size, [1, 2, 4]);
        assert_eq!(values, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 0.0]);
        let dense = UnitLayer { name: "dense".to_owned(), size: [10, 1, 1] };
        let (size, values) = mosaic(&dense, &[0.5; 10]);
        assert_eq!((size, values.len()), ([1, 3, 4], 12));
    }
}
