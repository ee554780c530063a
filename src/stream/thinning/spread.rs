//! Whole tensors put together from parts: each cell spread over what it stands for.

use crate::stream::{LayerValues, Shape, Slice};

/// The largest tensor that is put together whole from its parts, in numbers: more cells than a wall can show.
const MOST_SPREAD: usize = 1 << 22;

impl LayerValues {
    /// The whole tensor, put together from parts of it: each cell spread over what it stands for, later parts over earlier
    /// ones. What none of them covers is no number; `None` where there is no part, or the tensor has more than four million
    /// numbers.
    ///
    /// In a coarse cell that hides a spike, a number beyond the range of all, its first place shows it.
    pub fn spread(parts: &[&Self]) -> Option<Self> {
        let (first, of) = (*parts.first()?, parts.first()?.of());
        if let [whole] = parts
            && whole.part.is_none()
        {
            return Some((*whole).clone());
        }
        if of.len() > MOST_SPREAD {
            return None;
        }
        let mut values = vec![f32::NAN; of.len()];
        for part in parts.iter().filter(|part| part.of() == of) {
            part.spread_over(&mut values, of);
        }
        Some(Self {
            layer: first.layer,
            shape: of,
            values: values.into(),
            range: first.range,
            part: None,
        })
    }

    fn spread_over(&self, values: &mut [f32], of: Shape) {
        let slice = self.part.as_ref().map_or(Slice::ALL, |part| part.slice).within(of);
        let (side, peaks) = (self.level().side(), self.peaks());
        for map in 0..slice.count[0] {
            for row in 0..slice.count[1] {
                let from = (map * self.shape.rows + row / side) * self.shape.columns;
                let to = ((map + slice.first[0]) * of.rows + row + slice.first[1]) * of.columns
                    + slice.first[2];
                for column in 0..slice.count[2] {
                    let (cell, place) = (from + column / side, to + column);
                    let (Some(value), Some(place)) = (self.values.get(cell), values.get_mut(place))
                    else {
                        continue;
                    };
                    let corner = row.is_multiple_of(side) && column.is_multiple_of(side);
                    let spike = peaks.get(cell).filter(|peak| corner && !self.range.holds(**peak));
                    *place = *spike.unwrap_or(value);
                }
            }
        }
    }
}
