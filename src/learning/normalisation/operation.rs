//! Normalisation as an operation of burn: hands the numbers of tensors to the passes, and gradients back.

#![expect(deprecated, reason = "burn drops ndarray in 0.23; until then it is a second opinion")]

#[cfg(any(feature = "cuda", feature = "wgpu"))]
use burn::backend::Cube;
use burn::{
    backend::{
        Autodiff, Backend, Flex, NdArray, TensorMetadata,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
            grads::Gradients,
            ops::{Backward, Ops, OpsKind},
        },
        backend_extension,
        ops::ModuleOps as _,
        tensor::FloatTensor,
    },
    tensor::TensorData,
};

use super::passes::{self, Moments, Sizes};

/// Backends that can normalise, burn's own way unless they say otherwise.
#[backend_extension(Flex, NdArray, Cube: cfg(any(feature = "cuda", feature = "wgpu")), Autodiff)]
pub(super) trait Normalisation: Backend {
    /// See [`normalise`](super::normalise).
    fn normalisation(
        input: FloatTensor<Self>,
        scale: FloatTensor<Self>,
        shift: FloatTensor<Self>,
        epsilon: f64,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let made = Self::batch_norm_train(input, scale, shift, epsilon);
        (made.output, made.mean, made.variance)
    }

    /// The gradients by the input, the scale and the shift of that by the output.
    fn normalisation_back(
        input: FloatTensor<Self>,
        scale: FloatTensor<Self>,
        mean: FloatTensor<Self>,
        variance: FloatTensor<Self>,
        epsilon: f64,
        gradient: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let found =
            Self::batch_norm_train_backward(input, scale, mean, variance, epsilon, gradient);
        (found.x_grad, found.gamma_grad, found.beta_grad)
    }
}

impl Normalisation for NdArray {}

#[cfg(any(feature = "cuda", feature = "wgpu"))]
impl Normalisation for Cube {}

impl Normalisation for Flex {
    fn normalisation(
        input: FloatTensor<Self>,
        scale: FloatTensor<Self>,
        shift: FloatTensor<Self>,
        epsilon: f64,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let input = input.to_contiguous();
        let (scale, shift) = (scale.to_contiguous(), shift.to_contiguous());
        let made = || {
            let (numbers, sizes) = (input.as_slice::<f32>()?, sizes(&input)?);
            let by = (scale.as_slice::<f32>()?, shift.as_slice::<f32>()?);
            let moments = passes::moments(numbers, sizes);
            let made = passes::forward(numbers, sizes, &moments, by, epsilon);
            Some((
                tensor(made, input.shape().as_slice()),
                of_channels(&moments, |moments| moments.mean),
                of_channels(&moments, |moments| moments.variance),
            ))
        };
        made().unwrap_or_else(|| {
            let made = Self::batch_norm_train(input.clone(), scale.clone(), shift.clone(), epsilon);
            (made.output, made.mean, made.variance)
        })
    }

    fn normalisation_back(
        input: FloatTensor<Self>,
        scale: FloatTensor<Self>,
        mean: FloatTensor<Self>,
        variance: FloatTensor<Self>,
        epsilon: f64,
        gradient: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let (input, gradient) = (input.to_contiguous(), gradient.to_contiguous());
        let scale = scale.to_contiguous();
        let found = || {
            let moments = mean.as_slice::<f32>()?.iter().zip(variance.as_slice::<f32>()?);
            let moments: Vec<Moments> =
                moments.map(|(&mean, &variance)| Moments { mean, variance }).collect();
            let (numbers, by) = (input.as_slice::<f32>()?, scale.as_slice::<f32>()?);
            let gradient = gradient.as_slice::<f32>()?;
            let (found, slopes) =
                passes::backward(numbers, gradient, sizes(&input)?, &moments, by, epsilon);
            Some((
                tensor(found, input.shape().as_slice()),
                of_channels(&slopes, |slopes| slopes.scale),
                of_channels(&slopes, |slopes| slopes.shift),
            ))
        };
        found().unwrap_or_else(|| {
            let (input, scale, gradient) = (input.clone(), scale.clone(), gradient.clone());
            let (mean, variance) = (mean.clone(), variance.clone());
            let found =
                Self::batch_norm_train_backward(input, scale, mean, variance, epsilon, gradient);
            (found.x_grad, found.gamma_grad, found.beta_grad)
        })
    }
}

/// How a batch lies; none if it is empty, which is left to burn.
fn sizes(input: &FloatTensor<Flex>) -> Option<Sizes> {
    let shape = input.shape();
    let dims = shape.as_slice();
    let sizes = Sizes { channels: *dims.get(1)?, places: dims.iter().skip(2).product() };
    if dims.contains(&0) { None } else { Some(sizes) }
}

fn of_channels<T>(all: &[T], one: impl Fn(&T) -> f32) -> FloatTensor<Flex> {
    tensor(all.iter().map(one).collect(), &[all.len()])
}

fn tensor(numbers: Vec<f32>, dims: &[usize]) -> FloatTensor<Flex> {
    FloatTensor::<Flex>::from_data(TensorData::new(numbers, dims.to_vec()))
}

impl<B: Normalisation, C: CheckpointStrategy> Normalisation for Autodiff<B, C> {
    fn normalisation(
        input: FloatTensor<Self>,
        scale: FloatTensor<Self>,
        shift: FloatTensor<Self>,
        epsilon: f64,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let (input, input_node) = input.into_parts();
        let (scale, scale_node) = scale.into_parts();
        let (shift, shift_node) = shift.into_parts();
        let (made, mean, variance) = B::normalisation(input.clone(), scale.clone(), shift, epsilon);
        let constant = |numbers: &FloatTensor<B>| FloatTensor::<Self>::new(numbers.clone());
        let moments = (constant(&mean), constant(&variance));
        let prepared = Back.prepare::<C>([input_node, scale_node, shift_node]);
        let made = match prepared.compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                let way_back = WayBack::<B> { input, scale, mean, variance, epsilon };
                prepared.finish(way_back, made)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(made),
        };
        (made, moments.0, moments.1)
    }
}

/// What the way back needs of the way there.
#[derive(Clone, Debug)]
struct WayBack<B: Backend> {
    input: FloatTensor<B>,
    scale: FloatTensor<B>,
    mean: FloatTensor<B>,
    variance: FloatTensor<B>,
    epsilon: f64,
}

#[derive(Debug)]
struct Back;

impl<B: Normalisation> Backward<B, 3> for Back {
    type State = WayBack<B>;

    fn backward(self, ops: Ops<Self::State, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let WayBack { input, scale, mean, variance, epsilon } = ops.state;
        let (by_input, by_scale, by_shift) =
            B::normalisation_back(input, scale, mean, variance, epsilon, gradient);
        for (node, found) in ops.parents.into_iter().zip([by_input, by_scale, by_shift]) {
            if let Some(node) = node {
                gradients.register::<B>(node.id, found);
            }
        }
    }
}
