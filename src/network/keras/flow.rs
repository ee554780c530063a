//! What layers make of an image, and how its numbers are laid out.

use super::Fault;
use crate::network::{
    MOST_NUMBERS,
    onnx::{Array, Cells},
};

/// What a layer makes of an image.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flow {
    /// Its name among the values of the operators.
    pub(super) name: String,
    /// Its dimensions as Keras has them, without the batch; those of three are laid out channels, rows, columns.
    pub(super) dims: Vec<Option<usize>>,
    /// The channels, rows and columns whose numbers lie here in that order, where Keras has channels last.
    pub(super) maps: Option<[usize; 3]>,
}

impl Flow {
    pub(super) fn new(name: String, dims: Vec<Option<usize>>) -> Self {
        Self { name, dims, maps: None }
    }

    /// What an operator makes that leaves all dimensions as they are.
    pub(super) fn like(&self, name: String) -> Self {
        Self { name, ..self.clone() }
    }

    /// Its dimensions, all of them numbers.
    pub(super) fn known(&self) -> Result<Vec<usize>, Fault> {
        let dims: Option<Vec<usize>> = self.dims.iter().copied().collect();
        let dims = dims.ok_or_else(|| Fault::new(phrase!("keras-it-must-know-the-size")))?;
        counted(&dims)?;
        Ok(dims)
    }

    /// Rows and columns, and the number of its channels.
    pub(super) fn image(&self) -> Result<([Option<usize>; 2], usize), Fault> {
        match self.dims.as_slice() {
            [rows, columns, Some(channels)] => Ok(([*rows, *columns], *channels)),
            _ => Err(Fault::new(phrase!(
                "keras-it-takes-maps-of-rows",
                dims_count = self.dims.len()
            ))),
        }
    }
}

/// How many numbers these dimensions are.
pub(super) fn counted(dims: &[usize]) -> Result<usize, Fault> {
    let count = dims.iter().try_fold(1_usize, |count, size| count.checked_mul(*size));
    count.filter(|count| *count <= MOST_NUMBERS).ok_or_else(|| {
        Fault::new(phrase!(
            "keras-are-more-than-numbers",
            dims = format_args!("{:?}", dims),
            most_numbers = MOST_NUMBERS
        ))
    })
}

/// An array with its axes in another order; `order` names the old ones.
pub(super) fn turned(array: &Array, dims: &[usize], order: &[usize]) -> Vec<f32> {
    let Cells::Singles(cells) = &array.cells else { return Vec::new() };
    let stride = |axis: usize| dims.iter().skip(axis + 1).product::<usize>();
    let mut places = vec![0];
    for axis in order {
        let (size, stride) = (dims.get(*axis).copied().unwrap_or(1), stride(*axis));
        places = places
            .iter()
            .flat_map(|place: &usize| (0..size).map(move |step| place + step * stride))
            .collect();
    }
    places.iter().filter_map(|place| cells.get(*place).copied()).collect()
}
