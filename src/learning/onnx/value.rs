//! What nodes hand to each other: numbers on a device, which are differentiated, and arrays in memory, which are not.
//!
//! Networks calculate with `f32` on the device. Shapes, indices, masks and numbers of other kinds stay in memory: there are
//! many and small ones of them in every exported network, and nothing is learned by them.

use std::sync::Arc;

use burn::{
    backend::{Dispatch, DispatchTensor, TensorMetadata as _, ops::FloatTensorOps as _},
    tensor::{
        AllocationProperty, Bool, Bytes, DType, Device, Gradients, Int, Shape, Tensor, TensorData,
    },
};

use crate::network::{
    Fault, MOST_NUMBERS, Numbers,
    onnx::{Array, Cells, Kind},
};

/// What a node reads and makes.
#[derive(Clone)]
pub enum Value {
    /// `f32`, of any rank.
    Device(DispatchTensor),
    /// Of any kind.
    Host(Arc<Array>),
}

impl Value {
    /// An array in memory.
    pub fn host(array: Array) -> Self {
        Self::Host(Arc::new(array))
    }

    /// Numbers of these dimensions on the device.
    pub fn images(numbers: Vec<f32>, dims: &[usize], device: &Device) -> Self {
        Self::Device(constant(numbers, dims, device))
    }

    /// On the device, if it is of `f32` and has more than one number: one that networks calculate with.
    ///
    /// # Errors
    /// If burn cannot read what it holds.
    pub fn placed(self, device: &Device) -> Result<Self, Fault> {
        match &self {
            Self::Host(array) if array.kind == Kind::F32 && array.len() > 1 => {
                Ok(Self::Device(self.device(device)?))
            }
            _ => Ok(self),
        }
    }

    /// As rows of so many numbers.
    ///
    /// # Errors
    /// If it has another number of them.
    pub fn rows(&self, [rows, columns]: [usize; 2], device: &Device) -> Result<Tensor<2>, Fault> {
        let has = self.dims();
        if has.iter().product::<usize>() != rows * columns {
            return Err(Fault::new(phrase!(
                "onnx-its-output-has-dimensions-instead",
                has = format_args!("{:?}", has),
                rows,
                columns
            )));
        }
        Ok(Tensor::from_dispatch(reshaped(self.device(device)?, &[rows, columns])))
    }

    /// Whole numbers of these dimensions in memory.
    pub fn whole(dims: Vec<usize>, cells: Vec<i64>) -> Self {
        Self::host(Array::whole(dims, cells))
    }

    /// Its dimensions, the last one fastest.
    pub fn dims(&self) -> Vec<usize> {
        match self {
            Self::Device(tensor) => dims(tensor),
            Self::Host(array) => array.dims.clone(),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Device(_) => Kind::F32,
            Self::Host(array) => array.kind,
        }
    }

    /// On the device.
    ///
    /// # Errors
    /// If burn cannot read what it holds.
    pub fn device(&self, device: &Device) -> Result<DispatchTensor, Fault> {
        match self {
            Self::Device(tensor) => Ok(tensor.clone()),
            Self::Host(array) => Ok(shared(&array.shared(), &array.dims, device)),
        }
    }

    /// In memory.
    ///
    /// # Errors
    /// If burn cannot read it.
    pub fn array(&self) -> Result<Arc<Array>, Fault> {
        match self {
            Self::Device(tensor) => {
                Ok(Arc::new(Array::singles(dims(tensor), numbers(tensor.clone())?)))
            }
            Self::Host(array) => Ok(array.clone()),
        }
    }

    /// Its numbers as whole ones.
    pub(super) fn to_whole(&self) -> Result<Vec<i64>, Fault> {
        Ok(self.array()?.to_whole())
    }

    /// Its numbers.
    pub(super) fn to_floats(&self) -> Result<Vec<f64>, Fault> {
        Ok(self.array()?.to_floats())
    }

    /// Its only number.
    pub(super) fn number(&self) -> Result<f64, Fault> {
        match self.to_floats()?.as_slice() {
            [number] => Ok(*number),
            numbers => Err(Fault::new(phrase!(
                "onnx-it-takes-one-number-there",
                numbers_count = numbers.len()
            ))),
        }
    }
}

/// The dimensions of a tensor.
pub(super) fn dims(tensor: &DispatchTensor) -> Vec<usize> {
    tensor.shape().iter().copied().collect()
}

/// The numbers of a tensor in memory.
pub(in crate::learning) fn numbers(tensor: DispatchTensor) -> Result<Vec<f32>, Fault> {
    let count = dims(&tensor).iter().product::<usize>();
    if count == 0 {
        return Ok(Vec::new());
    }
    // Reshaping what was turned would copy it once more.
    match dims(&tensor).len() {
        1 => read(Tensor::<1>::from_dispatch(tensor)),
        2 => read(Tensor::<2>::from_dispatch(tensor)),
        3 => read(Tensor::<3>::from_dispatch(tensor)),
        4 => read(Tensor::<4>::from_dispatch(tensor)),
        _ => read(Tensor::<1>::from_dispatch(reshaped(tensor, &[count]))),
    }
}

fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, Fault> {
    tensor.without_autodiff().try_into_vec_as::<f32>().map_err(|error| {
        Fault::new(phrase!("onnx-burn-cannot-read-its-numbers", error = error.to_string()))
    })
}

/// Nothing is calculated that has more numbers than are kept.
pub(super) fn fits(dims: &[usize]) -> Result<(), Fault> {
    let count = dims.iter().try_fold(1_usize, |count, size| count.checked_mul(*size));
    match count {
        Some(count) if count <= MOST_NUMBERS => Ok(()),
        _ => Err(Fault::new(phrase!(
            "onnx-it-makes-which-is-more",
            dims = format_args!("{:?}", dims)
        ))),
    }
}

/// Numbers that nothing is differentiated by.
pub(in crate::learning) fn constant(
    numbers: Vec<f32>,
    dims: &[usize],
    device: &Device,
) -> DispatchTensor {
    let count = numbers.len();
    let flat = Tensor::<1>::from_data(TensorData::new(numbers, [count]), device);
    reshaped(flat.into_dispatch(), dims)
}

/// The same numbers on a device, which are not copied where the device calculates in this memory.
pub(in crate::learning) fn shared(
    numbers: &Numbers,
    dims: &[usize],
    device: &Device,
) -> DispatchTensor {
    let bytes = bytes::Bytes::from_owner(Lent(numbers.clone()));
    // Whoever writes to them copies them first.
    let bytes = Bytes::from_shared(bytes, AllocationProperty::Native);
    let data = TensorData::from_bytes(bytes, [numbers.len()], DType::F32);
    reshaped(Tensor::<1>::from_data(data, device).into_dispatch(), dims)
}

/// Numbers that burn reads where they lie.
struct Lent(Numbers);

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }
}

/// Numbers that the loss is differentiated by, if the device does so.
pub(in crate::learning) fn leaf(
    numbers: &Numbers,
    dims: &[usize],
    device: &Device,
) -> DispatchTensor {
    // It has its last shape before it is one.
    let tensor = Dispatch::float_detach(shared(numbers, dims, device));
    Dispatch::float_set_require_grad(tensor, true)
}

/// The gradient of a leaf, taken out, so that it need not be copied; `None` where the loss does not depend on it.
pub(in crate::learning) fn gradient(
    leaf: &DispatchTensor,
    gradients: &mut Gradients,
) -> Result<Option<Vec<f32>>, Fault> {
    // Whatever its rank: that of the tensor is not looked at on the way.
    let gradient = Tensor::<1>::from_dispatch(leaf.clone()).grad_remove(gradients);
    gradient.map(|gradient| numbers(gradient.into_dispatch())).transpose()
}

/// Indices of a dimension.
pub(super) fn indices(of: Vec<i64>, device: &Device) -> DispatchTensor {
    let count = of.len();
    Tensor::<1, Int>::from_data(TensorData::new(of, [count]), device).into_dispatch()
}

/// Yes or no for each cell.
pub(super) fn mask(of: Vec<bool>, dims: &[usize], device: &Device) -> DispatchTensor {
    use burn::backend::ops::BoolTensorOps as _;
    let count = of.len();
    let flat = Tensor::<1, Bool>::from_data(TensorData::new(of, [count]), device).into_dispatch();
    Dispatch::bool_reshape(flat, Shape::from(dims.to_vec()))
}

/// The same numbers in other dimensions.
pub(super) fn reshaped(tensor: DispatchTensor, dims: &[usize]) -> DispatchTensor {
    Dispatch::float_reshape(tensor, Shape::from(dims.to_vec()))
}

/// With ones before its dimensions, up to this rank.
pub(super) fn ranked(tensor: DispatchTensor, rank: usize) -> DispatchTensor {
    let has = dims(&tensor);
    if has.len() >= rank {
        return tensor;
    }
    let ones = vec![1; rank - has.len()];
    reshaped(tensor, &[ones, has].concat())
}

/// Two tensors of one rank.
pub(super) fn paired(a: DispatchTensor, b: DispatchTensor) -> (DispatchTensor, DispatchTensor) {
    let rank = dims(&a).len().max(dims(&b).len());
    (ranked(a, rank), ranked(b, rank))
}

/// The dimensions in which two arrays meet: equal ones, or where one of both is 1.
pub(super) fn broadcast(a: &[usize], b: &[usize]) -> Result<Vec<usize>, Fault> {
    let rank = a.len().max(b.len());
    let size = |dims: &[usize], at: usize| {
        (at + dims.len()).checked_sub(rank).and_then(|at| dims.get(at)).copied().unwrap_or(1)
    };
    let met: Vec<usize> = (0..rank)
        .map(|at| match (size(a, at), size(b, at)) {
            (a, b) if a == b => Ok(a),
            (1, size) | (size, 1) => Ok(size),
            _ => Err(Fault::new(phrase!(
                "onnx-it-was-given-and-which",
                a = format_args!("{:?}", a),
                b = format_args!("{:?}", b)
            ))),
        })
        .collect::<Result<_, _>>()?;
    fits(&met)?;
    Ok(met)
}

/// For each cell of the larger dimensions the cell of the smaller ones that lies under it.
pub(super) fn spread(small: &[usize], large: &[usize]) -> Vec<usize> {
    let mut strides = vec![0; large.len()];
    let mut stride = 1;
    for (at, size) in small.iter().enumerate().rev() {
        if let Some(kept) = strides.get_mut(at + large.len() - small.len())
            && *size != 1
        {
            *kept = stride;
        }
        stride *= size;
    }
    walked(large, &strides, 0)
}

/// For each cell of these dimensions, in their order, `first` and so many `strides` as each dimension has gone.
pub(super) fn walked(dims: &[usize], strides: &[usize], first: usize) -> Vec<usize> {
    let mut cells = vec![first];
    for (size, stride) in dims.iter().zip(strides) {
        cells =
            cells.iter().flat_map(|cell| (0..*size).map(move |at| cell + at * stride)).collect();
    }
    cells
}

/// How far apart neighbours of each dimension lie.
pub(super) fn strides(dims: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; dims.len()];
    for at in (1..dims.len()).rev() {
        strides[at - 1] = strides[at] * dims[at];
    }
    strides
}

/// The place of a dimension that may be counted from the end.
pub(super) fn axis(axis: i64, rank: usize) -> Result<usize, Fault> {
    let from_start = if axis < 0 { axis.saturating_add(rank as i64) } else { axis };
    usize::try_from(from_start)
        .ok()
        .filter(|at| *at < rank)
        .ok_or_else(|| Fault::new(phrase!("onnx-its-axis-is-but-what", axis, rank)))
}

/// Cells of an array by their places; where there is none, `fill`.
pub(super) fn picked(
    array: &Array,
    places: &[Option<usize>],
    dims: Vec<usize>,
    fill: f64,
) -> Result<Array, Fault> {
    fn all<T: Copy>(cells: &[T], places: &[Option<usize>], fill: T) -> Option<Vec<T>> {
        places.iter().map(|at| at.map_or(Some(fill), |at| cells.get(at).copied())).collect()
    }
    let cells = match &array.cells {
        Cells::Singles(cells) => {
            all(cells, places, fill as f32).map(|cells| Cells::Singles(cells.into()))
        }
        Cells::Floats(cells) => all(cells, places, fill).map(Cells::Floats),
        Cells::Whole(cells) => all(cells, places, fill as i64).map(Cells::Whole),
    };
    let cells = cells.ok_or_else(|| Fault::new(phrase!("onnx-it-points-beyond-what-it")))?;
    Ok(Array { kind: array.kind, dims, cells })
}

/// Cells of a value by their places, differentiated if it lies on the device; where there is none, `fill`.
pub(super) fn moved(
    value: &Value,
    places: &[Option<usize>],
    dims: Vec<usize>,
    fill: f64,
    device: &Device,
) -> Result<Value, Fault> {
    let count = value.dims().iter().product::<usize>();
    match value {
        Value::Device(tensor) if count > 0 && !places.is_empty() => {
            let mut flat = reshaped(tensor.clone(), &[count]);
            if places.contains(&None) {
                let last = constant(vec![fill as f32], &[1], device);
                flat = Dispatch::float_cat(vec![flat, last], 0);
            }
            if places.iter().flatten().any(|at| *at >= count) {
                return Err(Fault::new(phrase!("onnx-it-points-beyond-what-it")));
            }
            let places = places.iter().map(|at| at.unwrap_or(count) as i64).collect();
            let picked = Dispatch::float_select(flat, 0, indices(places, device));
            Ok(Value::Device(reshaped(picked, &dims)))
        }
        _ => picked(value.array()?.as_ref(), places, dims, fill).map(Value::host),
    }
}
