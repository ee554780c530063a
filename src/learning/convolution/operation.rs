//! Convolution as an operation of burn: hands the numbers of tensors to the passes, and gradients back.

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
    tensor::{TensorData, ops::ConvOptions},
};

use super::{layout::Layout, passes};

/// Backends that can convolve, burn's own way unless they say otherwise.
#[backend_extension(Flex, NdArray, Cube: cfg(any(feature = "cuda", feature = "wgpu")), Autodiff)]
pub(super) trait Convolution: Backend {
    /// Without biases.
    fn convolution(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        Self::conv2d(input, weights, None, options)
    }

    /// With a bias for each filter.
    fn biased_convolution(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        biases: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        Self::conv2d(input, weights, Some(biases), options)
    }

    /// The gradient by the input of that by the output.
    fn convolution_by_input(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        Self::conv2d_x_backward(input, weights, gradient, options)
    }

    /// The gradient by the weights of that by the output.
    fn convolution_by_weights(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        Self::conv2d_weight_backward(input, weights, gradient, options)
    }
}

impl Convolution for NdArray {}

#[cfg(any(feature = "cuda", feature = "wgpu"))]
impl Convolution for Cube {}

impl Convolution for Flex {
    fn convolution(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        forward(input, weights, None, options)
    }

    fn biased_convolution(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        biases: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        forward(input, weights, Some(biases), options)
    }

    fn convolution_by_input(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        let (weights, gradient) = (weights.to_contiguous(), gradient.to_contiguous());
        let found = layout(&input, &weights, &options).and_then(|layout| {
            let found = passes::by_input(&layout, weights.as_slice()?, gradient.as_slice()?);
            Some(tensor(found, four(&input)?))
        });
        found.unwrap_or_else(|| Self::conv2d_x_backward(input, weights, gradient, options))
    }

    fn convolution_by_weights(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        let (input, gradient) = (input.to_contiguous(), gradient.to_contiguous());
        let found = layout(&input, &weights, &options).and_then(|layout| {
            let found = passes::by_weights(&layout, input.as_slice()?, gradient.as_slice()?);
            Some(tensor(found, four(&weights)?))
        });
        found.unwrap_or_else(|| Self::conv2d_weight_backward(input, weights, gradient, options))
    }
}

fn forward(
    input: FloatTensor<Flex>,
    weights: FloatTensor<Flex>,
    biases: Option<FloatTensor<Flex>>,
    options: ConvOptions<2>,
) -> FloatTensor<Flex> {
    let (input, weights) = (input.to_contiguous(), weights.to_contiguous());
    let biases = biases.map(|biases| biases.to_contiguous());
    let made = layout(&input, &weights, &options).and_then(|layout| {
        let biases = match &biases {
            Some(biases) => Some(biases.as_slice::<f32>()?),
            None => None,
        };
        let [rows, columns] = layout.out;
        let dims = [layout.batch, layout.groups * layout.outputs, rows, columns];
        let made = passes::forward(&layout, input.as_slice()?, weights.as_slice()?, biases);
        Some(tensor(made, dims))
    });
    made.unwrap_or_else(|| Flex::conv2d(input, weights, biases, options))
}

/// The layout of a convolution of single precision; none where it is left to burn.
fn layout(
    input: &FloatTensor<Flex>,
    weights: &FloatTensor<Flex>,
    options: &ConvOptions<2>,
) -> Option<Layout> {
    let single = [input, weights].iter().all(|tensor| tensor.dtype() == burn::tensor::DType::F32);
    if single { Layout::new(four(input)?, four(weights)?, options) } else { None }
}

fn four(tensor: &FloatTensor<Flex>) -> Option<[usize; 4]> {
    tensor.shape().as_slice().try_into().ok()
}

fn tensor<const D: usize>(numbers: Vec<f32>, dims: [usize; D]) -> FloatTensor<Flex> {
    FloatTensor::<Flex>::from_data(TensorData::new(numbers, dims))
}

impl<B: Convolution, C: CheckpointStrategy> Convolution for Autodiff<B, C> {
    fn convolution(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        let (input, input_node) = input.into_parts();
        let (weights, weights_node) = weights.into_parts();
        let made = B::convolution(input.clone(), weights.clone(), options.clone());
        let prepared = Plain.prepare::<C>([input_node, weights_node]);
        match prepared.compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                prepared.finish(WayBack::<B> { input, weights, options }, made)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(made),
        }
    }

    fn biased_convolution(
        input: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        biases: FloatTensor<Self>,
        options: ConvOptions<2>,
    ) -> FloatTensor<Self> {
        let (input, input_node) = input.into_parts();
        let (weights, weights_node) = weights.into_parts();
        let (biases, biases_node) = biases.into_parts();
        let made =
            B::biased_convolution(input.clone(), weights.clone(), biases.clone(), options.clone());
        let prepared = Biased.prepare::<C>([input_node, weights_node, biases_node]);
        match prepared.compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                prepared.finish((WayBack::<B> { input, weights, options }, biases), made)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(made),
        }
    }
}

/// What the way back needs of the way there.
#[derive(Clone, Debug)]
struct WayBack<B: Backend> {
    input: FloatTensor<B>,
    weights: FloatTensor<B>,
    options: ConvOptions<2>,
}

impl<B: Convolution> WayBack<B> {
    fn by_input(&self, gradient: &FloatTensor<B>) -> FloatTensor<B> {
        let Self { input, weights, options } = self.clone();
        B::convolution_by_input(input, weights, gradient.clone(), options)
    }

    fn by_weights(&self, gradient: &FloatTensor<B>) -> FloatTensor<B> {
        let Self { input, weights, options } = self.clone();
        B::convolution_by_weights(input, weights, gradient.clone(), options)
    }
}

/// Without biases.
#[derive(Debug)]
struct Plain;

impl<B: Convolution> Backward<B, 2> for Plain {
    type State = WayBack<B>;

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let [input, weights] = ops.parents;
        if let Some(node) = input {
            gradients.register::<B>(node.id, ops.state.by_input(&gradient));
        }
        if let Some(node) = weights {
            gradients.register::<B>(node.id, ops.state.by_weights(&gradient));
        }
    }
}

/// With biases.
#[derive(Debug)]
struct Biased;

impl<B: Convolution> Backward<B, 3> for Biased {
    type State = (WayBack<B>, FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = gradients.consume::<B>(&ops.node);
        let [input, weights, biases] = ops.parents;
        let (way_back, biases_there) = ops.state;
        if let Some(node) = input {
            gradients.register::<B>(node.id, way_back.by_input(&gradient));
        }
        if let Some(node) = weights {
            gradients.register::<B>(node.id, way_back.by_weights(&gradient));
        }
        if let Some(node) = biases {
            let found = B::conv2d_bias_backward(way_back.input, biases_there, gradient);
            gradients.register::<B>(node.id, found);
        }
    }
}
