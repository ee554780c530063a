//! The first stage as an operation of burn: hands the tensors to the kernels, and their gradients back.

#![expect(deprecated, reason = "burn drops ndarray in 0.23; until then it is a second opinion")]

use std::{panic::resume_unwind, sync::Arc};

use burn::{
    backend::{
        Autodiff, Backend, Dispatch, Flex, NdArray, TensorMetadata,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
            grads::Gradients,
            ops::{Backward, Ops, OpsKind},
        },
        backend_extension, read_sync,
        tensor::{Device, FloatTensor},
    },
    tensor::{Tensor, TensorData},
};

use crate::exhibits::digits::model::kernels::{
    FILTER_SIDE, FILTERS, Filters, PIXELS, POOLED_UNITS, backward, forward,
};

/// Convolution, ReLU and max-pooling of a batch in one pass, differentiable by the filters.
///
/// # Shapes
/// images `[batch, 784]`, weights `[32, 1, 3, 3]`, biases `[32]` → `[batch, 5408]`, the map fastest
pub(super) fn first_stage(images: Tensor<2>, weights: Tensor<4>, biases: Tensor<1>) -> Tensor<2> {
    Tensor::from_dispatch(<Dispatch as FirstStage>::run(
        images.into_dispatch(),
        weights.into_dispatch(),
        biases.into_dispatch(),
    ))
}

/// Backends that can run the first stage.
#[backend_extension(Flex, NdArray, Autodiff)]
trait FirstStage: Backend {
    fn run(
        images: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        biases: FloatTensor<Self>,
    ) -> FloatTensor<Self>;
}

impl FirstStage for Flex {
    fn run(
        images: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        biases: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        calculate::<Self>(images, weights, biases).0
    }
}

impl FirstStage for NdArray {
    fn run(
        images: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        biases: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        calculate::<Self>(images, weights, biases).0
    }
}

impl<B: FirstStage, C: CheckpointStrategy> FirstStage for Autodiff<B, C> {
    fn run(
        images: FloatTensor<Self>,
        weights: FloatTensor<Self>,
        biases: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (weights, weights_node) = weights.into_parts();
        let (biases, biases_node) = biases.into_parts();
        let (pooled, way_back) = calculate::<B>(images.into_primitive(), weights, biases);
        match FirstStageBackward
            .prepare::<C>([weights_node, biases_node])
            .compute_bound()
            .stateful()
        {
            OpsKind::Tracked(prepared) => prepared.finish(way_back, pooled),
            OpsKind::UnTracked(prepared) => prepared.finish(pooled),
        }
    }
}

/// What the way back needs of the way there.
#[derive(Clone, Debug)]
struct WayBack<D> {
    images: Arc<[f32]>,
    winners: Arc<Vec<f32>>,
    device: D,
}

#[derive(Debug)]
struct FirstStageBackward;

impl<B: Backend> Backward<B, 2> for FirstStageBackward {
    type State = WayBack<Device<B>>;

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let WayBack { images, winners, device } = ops.state;
        let pooled = numbers::<B>(gradients.consume::<B>(&ops.node));
        let found = backward(&images, &winners, &pooled);
        let [weights, biases] = ops.parents;
        if let Some(node) = weights {
            let data = TensorData::new(found.weights, [FILTERS, 1, FILTER_SIDE, FILTER_SIDE]);
            gradients.register::<B>(node.id, B::float_from_data(data, &device));
        }
        if let Some(node) = biases {
            let data = TensorData::new(found.biases, [FILTERS]);
            gradients.register::<B>(node.id, B::float_from_data(data, &device));
        }
    }
}

fn calculate<B: Backend>(
    images: FloatTensor<B>,
    weights: FloatTensor<B>,
    biases: FloatTensor<B>,
) -> (FloatTensor<B>, WayBack<Device<B>>) {
    let device = images.device();
    let images: Arc<[f32]> = numbers::<B>(images).into();
    let filters = Filters::new(&exactly(numbers::<B>(weights)), &exactly(numbers::<B>(biases)));
    let pooled = forward(&images, &filters);
    let data = TensorData::new(pooled.values, [images.len() / PIXELS, POOLED_UNITS]);
    let way_back = WayBack { images, winners: Arc::new(pooled.winners), device: device.clone() };
    (B::float_from_data(data, &device), way_back)
}

/// The numbers of a tensor in memory.
fn numbers<B: Backend>(tensor: FloatTensor<B>) -> Vec<f32> {
    let data = read_sync(B::float_into_data(tensor)).unwrap_or_else(|why| broken(why.to_string()));
    data.try_into_vec::<f32>().unwrap_or_else(|why| broken(format!("{why:?}")))
}

/// As many numbers as the kernels are made for.
fn exactly<const COUNT: usize>(numbers: Vec<f32>) -> Box<[f32; COUNT]> {
    let fitted = numbers.into_boxed_slice().try_into();
    fitted.unwrap_or_else(|other: Box<[f32]>| {
        broken(say!(
            "digits-model-there-are-numbers-instead-of",
            other_count = other.len(),
            count = COUNT
        ))
    })
}

/// Burn's operations have no way to fail but to unwind, which the session turns into a report.
fn broken(why: String) -> ! {
    resume_unwind(Box::new(why))
}

#[cfg(test)]
mod tests {
    use burn::tensor::Int;

    use crate::exhibits::digits::{
        model::network::{Network, cross_entropy},
        payload::Architecture,
    };
    use crate::learning::DeviceName;

    use super::*;

    const SIZES: Architecture =
        Architecture { channels: 1, rows: 28, columns: 28, filters: FILTERS, classes: 10 };

    /// Images with dark margins and noise, as written digits have, and their labels.
    fn batch(count: usize) -> (Vec<f32>, Vec<i64>) {
        let image = |n: usize| {
            (0..PIXELS).map(move |p| {
                let (row, column) = (p / 28, p % 28);
                let inside = (6..22).contains(&row) && (8..20).contains(&column);
                if inside { ((p * 7919 + n * 104_729) % 251) as f32 / 250.0 } else { 0.0 }
            })
        };
        (
            (0..count).flat_map(image).collect(),
            (0..count).map(|n| (n % SIZES.classes) as i64).collect(),
        )
    }

    fn gradients(device: DeviceName, fused: bool, count: usize) -> (f32, Vec<Vec<f32>>) {
        let device = device.device().autodiff();
        let network = Network::init(7, SIZES, &device);
        let (images, labels) = batch(count);
        let images = Tensor::<2>::from_data(TensorData::new(images, [count, PIXELS]), &device);
        let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [count]), &device);
        let logits =
            if fused { network.forward_fused(images) } else { network.forward(SIZES, images) };
        let loss = cross_entropy(logits, labels);
        let gradients = loss.backward();
        let numbers = vec![
            network.filter_weights.val().grad(&gradients).unwrap().try_into_vec_as().unwrap(),
            network.filter_biases.val().grad(&gradients).unwrap().try_into_vec_as().unwrap(),
            network.dense_weights.val().grad(&gradients).unwrap().try_into_vec_as().unwrap(),
            network.dense_biases.val().grad(&gradients).unwrap().try_into_vec_as().unwrap(),
        ];
        (loss.try_into_vec_as::<f32>().unwrap()[0], numbers)
    }

    #[test]
    fn the_fused_stage_has_the_gradients_of_the_plain_model() {
        for device in DeviceName::ON_CPU {
            for count in [1, 7, 32] {
                let (plain_loss, plain) = gradients(device, false, count);
                let (fused_loss, fused) = gradients(device, true, count);
                assert!((plain_loss - fused_loss).abs() < 1e-5, "{plain_loss} {fused_loss}");
                for (plain, fused) in plain.iter().zip(&fused) {
                    let largest =
                        plain.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
                    for (a, b) in plain.iter().zip(fused) {
                        assert!(
                            (a - b).abs() <= 1e-4 * largest,
                            "{device}, {count}: {a} {b}, largest {largest}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let device = DeviceName::Flex.device();
        let (images, labels) = batch(4);
        let loss_of = |network: &Network| {
            let images =
                Tensor::<2>::from_data(TensorData::new(images.clone(), [4, PIXELS]), &device);
            let labels = Tensor::<1, Int>::from_data(TensorData::new(labels.clone(), [4]), &device);
            f64::from(
                cross_entropy(network.forward_fused(images), labels)
                    .try_into_vec_as::<f32>()
                    .unwrap()[0],
            )
        };
        let (_, gradients) = gradients(DeviceName::Flex, true, 4);
        let network = Network::init(7, SIZES, &device);
        let weights = network.filter_weights.val().try_into_vec_as::<f32>().unwrap();
        // Small enough to cross few of the kinks of ReLU and max, large enough for single precision.
        const STEP: f32 = 2e-3;
        for at in [0, 50, 123, 287] {
            let nudged = |by: f32| {
                let mut weights = weights.clone();
                weights[at] += by;
                let mut network = network.clone();
                let data = TensorData::new(weights, [FILTERS, 1, FILTER_SIDE, FILTER_SIDE]);
                network.filter_weights = burn::module::Param::from_data(data, &device);
                loss_of(&network)
            };
            let slope = (nudged(STEP) - nudged(-STEP)) / f64::from(2.0 * STEP);
            let gradient = f64::from(gradients[0][at]);
            assert!(
                (slope - gradient).abs() < 0.05 * gradient.abs() + 2e-3,
                "{at}: {slope} {gradient}"
            );
        }
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bits() {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| gradients(DeviceName::Flex, true, 30))
        };
        assert_eq!(with(1), with(2));
        assert_eq!(with(1), with(3));
    }
}
