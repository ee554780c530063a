//! What goes from layer to layer: maps or rows of a batch, and parameters of any rank.

use burn::tensor::{Device, Gradients, Tensor, TensorData};

use crate::{learning::TrainError, network::Size};

/// What a layer makes of a batch.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// `[batch, channels, rows, columns]`.
    Maps(Tensor<4>),
    /// `[batch, features]`.
    Rows(Tensor<2>),
}

impl Value {
    /// So many images as the network is shown them.
    pub(super) fn images(
        numbers: Vec<f32>,
        count: usize,
        size: Size,
        device: &Device,
    ) -> Result<Self, TrainError> {
        if numbers.len() != count * size.len() {
            let (is, wanted) = (numbers.len(), count * size.len());
            return Err(TrainError::Calculation(format!(
                "a batch has {is} numbers instead of {wanted}"
            )));
        }
        Ok(match size {
            Size::Maps { channels, rows, columns } => {
                let data = TensorData::new(numbers, [count, channels, rows, columns]);
                Self::Maps(Tensor::from_data(data, device))
            }
            Size::Vector(length) => {
                Self::Rows(Tensor::from_data(TensorData::new(numbers, [count, length]), device))
            }
        })
    }

    /// As maps.
    pub(super) fn maps(self) -> Result<Tensor<4>, TrainError> {
        match self {
            Self::Maps(maps) => Ok(maps),
            Self::Rows(_) => Err(TrainError::calculation("a layer of maps was given rows")),
        }
    }

    /// As rows.
    pub(super) fn rows(self) -> Result<Tensor<2>, TrainError> {
        match self {
            Self::Rows(rows) => Ok(rows),
            Self::Maps(_) => Err(TrainError::calculation("a layer of rows was given maps")),
        }
    }

    /// Its numbers in memory.
    pub(super) fn numbers(&self) -> Result<Vec<f32>, TrainError> {
        match self {
            Self::Maps(maps) => numbers(maps.clone()),
            Self::Rows(rows) => numbers(rows.clone()),
        }
    }
}

/// A parameter on a device.
#[derive(Clone, Debug)]
pub(super) enum Leaf {
    One(Tensor<1>),
    Two(Tensor<2>),
    Four(Tensor<4>),
}

impl Leaf {
    /// Of these dimensions; `learns` on a device that differentiates, and the loss is differentiated by it.
    pub(super) fn new(numbers: &[f32], dims: &[usize], device: &Device, learns: bool) -> Self {
        let data = numbers.to_vec();
        match *dims {
            [a, b] => Self::Two(leaf(TensorData::new(data, [a, b]), device, learns)),
            [a, b, c, d] => Self::Four(leaf(TensorData::new(data, [a, b, c, d]), device, learns)),
            _ => {
                let length = data.len();
                Self::One(leaf(TensorData::new(data, [length]), device, learns))
            }
        }
    }

    /// Its gradient; zeros where the loss does not depend on it.
    pub(super) fn gradient(&self, gradients: &Gradients) -> Result<Vec<f32>, TrainError> {
        let (gradient, length) = match self {
            Self::One(one) => (one.grad(gradients).map(numbers), one.dims().iter().product()),
            Self::Two(two) => (two.grad(gradients).map(numbers), two.dims().iter().product()),
            Self::Four(four) => (four.grad(gradients).map(numbers), four.dims().iter().product()),
        };
        gradient.unwrap_or_else(|| Ok(vec![0.0; length]))
    }
}

fn leaf<const D: usize>(data: TensorData, device: &Device, learns: bool) -> Tensor<D> {
    let tensor = Tensor::from_data(data, device);
    if learns { tensor.require_grad() } else { tensor }
}

/// The numbers of a tensor in memory.
pub(super) fn numbers<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, TrainError> {
    tensor.without_autodiff().try_into_vec_as::<f32>().map_err(TrainError::calculation)
}
