//! The digits model as a trainable: its batches, its steps, its tests and its pictures.

use std::{ops::ControlFlow, sync::Arc};

use burn::{
    module::Module,
    optim::{AdamConfig, GradientsParams, ModuleOptimizer},
    tensor::{Device, Int, Tensor, TensorData},
};
use indicatif::HumanCount;

use crate::{
    exhibits::digits::{
        EXAMPLE, EXHIBIT_ID, Route,
        data::{Examples, order as shuffled},
        model::{
            forward_pass::{
                Numbers, OF_GRADIENTS, OF_WEIGHTS, activations, norms, parameter_layers,
            },
            graph, kernels,
            network::{Network, cross_entropy},
        },
        payload::Architecture,
    },
    images::{ClassifierVerdict, TestSet},
    learning::{
        Evaluation, Judgement, Outline, Readout, StepOrder, Stepped, Taps, TrainError, Trainable,
        TrainingConfig, data::Dataset,
    },
    operators,
    stream::{
        Fact, InputChoice, LayerValues, Material, MetricSpec, MetricValues, Mistake, ModelGraph,
        ParameterSizes, Payload, Span, Stage, TestReport,
    },
};

/// Test images that are read at once; small enough that commands are seen in between.
const TEST_BATCH: usize = 250;

/// The digits, being taught.
pub(in crate::exhibits::digits) struct DigitsTrainable {
    dataset: Arc<Dataset>,
    train: Examples,
    test: Examples,
    device: Device,
    device_name: &'static str,
    batch: usize,
    route: Route,
    sizes: Architecture,
    seed: u64,
    /// The order of the training examples, and the epoch that it is for.
    order: (u32, Vec<u32>),
    /// Taken out only while a step replaces it.
    network: Option<Network>,
    optimiser: ModuleOptimizer,
    gradients: Option<Gradients>,
    /// The network before the last step, if a picture is to be made of it.
    before: Option<Network>,
    /// Layers and sizes of the present parameters, once they have been asked for.
    resting: Option<(Numbers, Vec<LayerValues>, Vec<ParameterSizes>)>,
}

/// The gradients of the last step.
struct Gradients {
    filter_weights: Tensor<4>,
    filter_biases: Tensor<1>,
    dense_weights: Tensor<2>,
    dense_biases: Tensor<1>,
}

impl DigitsTrainable {
    /// Scales the data once.
    pub(in crate::exhibits::digits) fn new(
        dataset: Arc<Dataset>,
        config: &TrainingConfig,
        (route, filters): (Route, usize),
    ) -> Self {
        let sizes = Architecture {
            channels: dataset.channels,
            rows: dataset.rows,
            columns: dataset.columns,
            filters,
            classes: dataset.classes.len(),
        };
        Self {
            sizes,
            train: Examples::new(&dataset.train),
            test: Examples::new(&dataset.test),
            dataset,
            device: config.device.device(),
            device_name: config.device.name(),
            batch: config.batch,
            route: if kernels::fit(sizes) { route } else { Route::Plain },
            seed: config.seed,
            order: (0, Vec::new()),
            network: None,
            optimiser: adam(),
            gradients: None,
            before: None,
            resting: None,
        }
    }

    fn network(&self) -> Result<&Network, TrainError> {
        self.network
            .as_ref()
            .ok_or_else(|| TrainError::calculation("the network has not been built"))
    }

    fn logits(&self, network: &Network, images: Tensor<2>) -> Tensor<2> {
        match self.route {
            Route::Fused => network.forward_fused(images),
            Route::Plain => network.forward(self.sizes, images),
        }
    }

    fn steps_per_epoch(&self) -> u64 {
        self.train.len().div_ceil(self.batch) as u64
    }

    /// The image that is to be shown.
    fn chosen(&self, input: &InputChoice) -> Result<Vec<f32>, TrainError> {
        match input {
            InputChoice::Test(index) => {
                self.test.image(*index).map(<[f32]>::to_vec).ok_or_else(|| {
                    TrainError::Calculation(format!(
                        "there is no test image {index}, only {}",
                        self.test.len()
                    ))
                })
            }
            InputChoice::Drawn(pixels) if pixels.len() == self.sizes.input().len() => {
                // What is no number is dark.
                let bright = |pixel: &f32| if pixel.is_nan() { 0.0 } else { pixel.clamp(0.0, 1.0) };
                Ok(pixels.iter().map(bright).collect())
            }
            InputChoice::Other(_) => {
                Err(TrainError::calculation("a network for digits is shown images"))
            }
            InputChoice::Drawn(pixels) => Err(TrainError::Calculation(format!(
                "a drawing has {} numbers instead of {}",
                pixels.len(),
                self.sizes.input()
            ))),
        }
    }
}

/// Adam as Keras sets it by default: <https://keras.io/api/optimizers/adam/>.
fn adam() -> ModuleOptimizer {
    AdamConfig::new().with_beta_1(0.9).with_beta_2(0.999).with_epsilon(1e-7).init()
}

impl Trainable for DigitsTrainable {
    fn outline(&self) -> Outline {
        Outline {
            exhibit: EXHIBIT_ID,
            parameters: self.sizes.parameters(),
            train_examples: self.train.len(),
            test_examples: self.test.len(),
            example: EXAMPLE,
            metrics: MetricSpec::OF_CLASSIFIER.to_vec(),
            batch: self.batch,
            device: self.device_name,
            steps_per_epoch: self.steps_per_epoch(),
            // A batch is work enough between two looks at requests.
            steps_at_once: 1,
            first_input: InputChoice::default(),
            pictures_gradients: true,
            in_epochs: true,
            learning_rates: [1e-5, 1.0],
            largest_stable_rate: None,
        }
    }

    fn material(&self) -> Material {
        Material::plain(TestSet {
            pixels: self.dataset.test.pixels.clone(),
            channels: self.dataset.channels,
            width: self.dataset.columns,
            height: self.dataset.rows,
            labels: self.dataset.test.labels.clone(),
            classes: self.dataset.classes.clone(),
            name: self.dataset.name.clone(),
        })
    }

    fn graph(&self) -> Result<ModelGraph, TrainError> {
        graph::graph(self.sizes).map_err(TrainError::calculation)
    }

    fn begin(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError> {
        self.seed = seed;
        self.order = (0, shuffled(seed, 0, self.train.len()));
        tell(
            Stage::Preprocess,
            vec![
                fact("Training images", HumanCount(self.train.len() as u64)),
                fact("Test images", HumanCount(self.test.len() as u64)),
                fact("Image size", image_size(self.sizes)),
                fact("Brightness", "0 to 1"),
                fact("Mean brightness", format!("{:.4}", self.train.mean())),
            ],
        );
        let Architecture { filters, classes, .. } = self.sizes;
        let (kernel, window) = (self.sizes.kernel(), self.sizes.window());
        let units = HumanCount(self.sizes.pooled().len() as u64);
        tell(
            Stage::Build,
            vec![
                fact(
                    "Convolution",
                    format!("{filters} filters of {} × {}, ReLU", kernel[0], kernel[1]),
                ),
                fact("Pooling", format!("largest of {} × {}", window[0], window[1])),
                fact("Dense", format!("{units} to {classes}, softmax")),
                fact("Parameters", HumanCount(self.sizes.parameters() as u64)),
            ],
        );
        self.network = Some(Network::init(seed, self.sizes, &self.device.clone().autodiff()));
        self.optimiser = adam();
        (self.gradients, self.before, self.resting) = (None, None, None);
        tell(
            Stage::Initialise,
            vec![fact("Weights", "Glorot uniform"), fact("Biases", "zero"), fact("Seed", seed)],
        );
        Ok(())
    }

    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        let StepOrder { at, learning_rate, keep, .. } = order;
        if self.order.0 != at.epoch || self.order.1.len() != self.train.len() {
            self.order = (at.epoch, shuffled(self.seed, at.epoch, self.train.len()));
        }
        let start = (at.batch as usize).saturating_mul(self.batch).min(self.train.len());
        let end = start.saturating_add(self.batch).min(self.train.len());
        let (images, labels) = self.train.gather(&self.order.1[start..end]);
        let truth: Vec<usize> = labels.iter().map(|&label| label as usize).collect();
        let count = truth.len();

        let device = self.device.clone().autodiff();
        let images = Tensor::<2>::from_data(
            TensorData::new(images, [count, self.sizes.input().len()]),
            &device,
        );
        let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [count]), &device);
        let network = self.network()?;
        let logits = self.logits(network, images);
        let loss = cross_entropy(logits.clone(), labels);
        let gradients = GradientsParams::from_grads(loss.backward(), network);
        let missing = || TrainError::calculation("a gradient is missing");
        let kept = Gradients {
            filter_weights: gradients.get(network.filter_weights.id).ok_or_else(missing)?,
            filter_biases: gradients.get(network.filter_biases.id).ok_or_else(missing)?,
            dense_weights: gradients.get(network.dense_weights.id).ok_or_else(missing)?,
            dense_biases: gradients.get(network.dense_biases.id).ok_or_else(missing)?,
        };
        self.before = keep.then(|| network.clone());
        self.gradients = Some(kept);
        self.resting = None;

        let loss = numbers(loss)?.first().copied().unwrap_or(f32::NAN);
        let logits = numbers(logits)?;
        let right = logits
            .chunks_exact(self.sizes.classes)
            .zip(&truth)
            .filter(|(row, truth)| largest(row) == **truth)
            .count();
        // A loss that is no number would only spoil the weights that are still there to be seen.
        if loss.is_finite()
            && let Some(network) = self.network.take()
        {
            self.network = Some(self.optimiser.step(learning_rate, network, gradients));
        }
        let accuracy = right as f32 / count.max(1) as f32;
        let values = MetricValues::new(&[loss, accuracy]);
        Ok(Stepped { steps: 1, values, examples: count, over: false })
    }

    fn show(&mut self, input: &InputChoice, taps: &mut Taps) -> Result<Readout, TrainError> {
        let (before, sizes) = (self.before.take(), self.sizes);
        let image = self.chosen(input)?;
        if !graph::tensors().any(|tensor| taps.wants(tensor)) {
            return Ok(Readout::default());
        }
        let gradients = |gradients: Option<&Gradients>| match gradients {
            Some(gradients) => Ok::<_, TrainError>(Numbers {
                filter_weights: numbers(gradients.filter_weights.clone())?,
                filter_biases: numbers(gradients.filter_biases.clone())?,
                dense_weights: numbers(gradients.dense_weights.clone())?,
                dense_biases: numbers(gradients.dense_biases.clone())?,
            }),
            None => Ok(Numbers::zeros(sizes)),
        };
        if let Some(before) = before {
            let (weights, after) = (parameters(&before)?, parameters(self.network()?)?);
            let gradients = gradients(self.gradients.as_ref())?;
            let (mut of_weights, mut of_gradients) = (taps.beside(), taps.beside());
            let tap = |taps: &mut Taps, numbers, names| {
                for layer in parameter_layers(sizes, numbers, names, |name| taps.wants(name)) {
                    taps.share(&layer, Span::Signed);
                }
            };
            rayon::join(
                || activations(sizes, &image, &weights, taps),
                || {
                    rayon::join(
                        || tap(&mut of_weights, &weights, OF_WEIGHTS),
                        || tap(&mut of_gradients, &gradients, OF_GRADIENTS),
                    )
                },
            );
            taps.join(of_weights);
            taps.join(of_gradients);
            let parameters = norms(&weights, &gradients, Some(&after));
            return Ok(Readout { parameters, answer: None });
        }
        let (weights, of_parameters, norms) = match self.resting.take() {
            Some(resting) => resting,
            None => {
                let weights = parameters(self.network()?)?;
                let gradients = gradients(self.gradients.as_ref())?;
                let mut layers = parameter_layers(sizes, &weights, OF_WEIGHTS, |_| true);
                layers.extend(parameter_layers(sizes, &gradients, OF_GRADIENTS, |_| true));
                let norms = norms(&weights, &gradients, None);
                (weights, layers, norms)
            }
        };
        activations(sizes, &image, &weights, taps);
        of_parameters.iter().for_each(|layer| taps.share(layer, Span::Signed));
        let shown = Readout { parameters: norms.clone(), answer: None };
        self.resting = Some((weights, of_parameters, norms));
        Ok(shown)
    }

    fn test(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<TestReport>, TrainError> {
        let network = self.network()?.valid();
        let mut loss = 0.0_f64;
        let (classes, pixels) = (self.sizes.classes, self.sizes.input().len());
        let mut confusion = vec![0_u32; classes * classes];
        let mut mistakes = Vec::new();
        let batches = self
            .test
            .brightness
            .chunks(pixels * TEST_BATCH)
            .zip(self.test.labels.chunks(TEST_BATCH));
        for (batch, (images, labels)) in batches.enumerate() {
            if go_on().is_break() {
                return Ok(None);
            }
            let images = TensorData::new(images.to_vec(), [labels.len(), pixels]);
            let logits = numbers(self.logits(&network, Tensor::from_data(images, &self.device)))?;
            for (at, (row, &truth)) in logits.chunks_exact(classes).zip(labels).enumerate() {
                let said = largest(row);
                let probabilities = operators::softmax(row);
                // As Keras does, so that a surely wrong answer does not cost infinitely much.
                loss -= f64::from(probabilities[usize::from(truth)].max(1e-7)).ln();
                confusion[usize::from(truth) * classes + said] += 1;
                if said != usize::from(truth) {
                    mistakes.push(Mistake {
                        index: batch * TEST_BATCH + at,
                        truth,
                        said: said as u8,
                        confidence: probabilities[said],
                    });
                }
            }
        }
        mistakes.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.index.cmp(&b.index)));
        let count = self.test.len().max(1);
        Ok(Some(TestReport {
            values: MetricValues::new(&[
                (loss / count as f64) as f32,
                (count - mistakes.len()) as f32 / count as f32,
            ]),
            confusion: confusion.into(),
            mistakes: mistakes.into(),
        }))
    }

    fn evaluate(
        &mut self,
        _: f64,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        let Some(test) = self.test(go_on)? else {
            return Ok(Evaluation::BrokenOff);
        };
        let loss = test.values.loss();
        let accuracy = test.values.get(1).unwrap_or(f32::NAN);
        let facts = vec![
            fact("Test accuracy", format!("{accuracy:.4}")),
            fact("Test loss", format!("{loss:.4}")),
            fact("Mistakes", test.mistakes.len()),
        ];
        let verdict = Payload::new(ClassifierVerdict { accuracy, loss });
        Ok(Evaluation::Done(Judgement { findings: Vec::new(), test: Some(test), verdict, facts }))
    }
}

/// The size of an image in words.
fn image_size(sizes: Architecture) -> String {
    let of = if sizes.channels == 1 { "" } else { " in 3 colours" };
    format!("{} × {} pixels{of}", sizes.rows, sizes.columns)
}

fn fact(name: &'static str, value: impl ToString) -> Fact {
    Fact { name, value: value.to_string() }
}

/// The index of the largest value, the first among equals.
fn largest(values: &[f32]) -> usize {
    let mut best = 0;
    for (at, value) in values.iter().enumerate().skip(1) {
        if *value > values[best] {
            best = at;
        }
    }
    best
}

/// The parameters of a network in memory.
fn parameters(network: &Network) -> Result<Numbers, TrainError> {
    Ok(Numbers {
        filter_weights: numbers(network.filter_weights.val())?,
        filter_biases: numbers(network.filter_biases.val())?,
        dense_weights: numbers(network.dense_weights.val())?,
        dense_biases: numbers(network.dense_biases.val())?,
    })
}

/// The numbers of a tensor in memory.
fn numbers<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, TrainError> {
    tensor.without_autodiff().try_into_vec_as::<f32>().map_err(TrainError::calculation)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use burn::tensor::{activation, module::conv2d, ops::ConvOptions};

    use super::*;
    use crate::{
        exhibits::digits::{
            ACTIVATION, CONVOLUTION, DENSE_BIASES, DENSE_WEIGHT_GRADIENTS, DENSE_WEIGHTS,
            FILTER_BIASES, FILTER_WEIGHTS, FILTERS, LOGITS, POOLED, PROBABILITIES, load,
        },
        learning::{NetworkValues, StepPlace},
        stream::LayerId,
    };

    fn trainable(batch: usize) -> DigitsTrainable {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
        let config = TrainingConfig { batch, ..TrainingConfig::default() };
        let mut trainable =
            DigitsTrainable::new(load(&folder).unwrap(), &config, (Route::Fused, FILTERS));
        trainable.begin(42, &mut |_, _| {}).unwrap();
        trainable
    }

    fn step(trainable: &mut DigitsTrainable, epoch: u32, batch: u64, keep: bool) -> Stepped {
        let at = StepPlace { epoch, batch };
        trainable.step(StepOrder { at, steps: 1, learning_rate: 1e-3, keep }).unwrap()
    }

    fn values(picture: &NetworkValues, id: LayerId) -> Vec<f32> {
        let layer = picture.layers.iter().find(|layer| layer.layer == id).unwrap();
        assert_eq!(layer.values.len(), layer.shape.len(), "{}", id.name());
        layer.values.to_vec()
    }

    fn close(a: &[f32], b: &[f32]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5)
    }

    #[test]
    fn what_is_shown_is_what_the_network_computes() {
        let mut trainable = trainable(32);
        for batch in 0..5 {
            step(&mut trainable, 0, batch, false);
        }
        let network = trainable.network().unwrap().valid();
        for index in [0, 7, 1999] {
            let picture = trainable.network_values(&InputChoice::Test(index)).unwrap();
            let image = TensorData::new(trainable.test.image(index).unwrap().to_vec(), [1, 784]);
            let image = Tensor::<2>::from_data(image, &trainable.device);
            let logits = network.forward(trainable.sizes, image.clone());
            assert!(close(&values(&picture, LOGITS), &numbers(logits.clone()).unwrap()));
            let probabilities = numbers(activation::softmax(logits, 1)).unwrap();
            assert!(close(&values(&picture, PROBABILITIES), &probabilities));
            let (weights, biases) = (network.filter_weights.val(), network.filter_biases.val());
            let options = ConvOptions::new([1, 1], [0, 0], [1, 1], 1);
            let maps = conv2d(image.reshape([1, 1, 28, 28]), weights, Some(biases), options);
            assert!(close(&values(&picture, CONVOLUTION), &numbers(maps.clone()).unwrap()));
            assert!(close(
                &values(&picture, ACTIVATION),
                &numbers(activation::relu(maps)).unwrap()
            ));
            // The dense weights lie over the pooled maps: class after class, map after map.
            let (pooled, dense) = (values(&picture, POOLED), values(&picture, DENSE_WEIGHTS));
            let biases = values(&picture, DENSE_BIASES);
            let sums: Vec<f32> = dense
                .chunks_exact(pooled.len())
                .zip(biases)
                .map(|(weights, bias)| {
                    bias + weights.iter().zip(&pooled).map(|(a, b)| a * b).sum::<f32>()
                })
                .collect();
            assert!(close(&values(&picture, LOGITS), &sums));
        }
    }

    #[test]
    fn a_kept_step_shows_the_weights_from_before_it() {
        let mut trainable = trainable(32);
        let input = InputChoice::Test(3);
        let before = trainable.network_values(&input).unwrap();
        assert!(values(&before, DENSE_WEIGHT_GRADIENTS).iter().all(|gradient| *gradient == 0.0));
        step(&mut trainable, 0, 0, true);
        let during = trainable.network_values(&input).unwrap();
        let after = trainable.network_values(&input).unwrap();
        assert_eq!(values(&before, FILTER_WEIGHTS), values(&during, FILTER_WEIGHTS));
        assert_eq!(values(&before, CONVOLUTION), values(&during, CONVOLUTION));
        assert_ne!(values(&during, FILTER_WEIGHTS), values(&after, FILTER_WEIGHTS));
        assert_eq!(values(&during, DENSE_WEIGHT_GRADIENTS), values(&after, DENSE_WEIGHT_GRADIENTS));
        // The first step of Adam moves every weight that has a gradient by the learning rate.
        let moved = values(&before, FILTER_BIASES)
            .iter()
            .zip(values(&after, FILTER_BIASES))
            .filter(|(a, b)| **a != *b)
            .count();
        let size = during.parameters.iter().find(|size| size.layer == FILTER_BIASES).unwrap();
        assert!((size.update - 1e-3 * (moved as f32).sqrt()).abs() < 1e-4 && moved > FILTERS / 2);
        assert!(during.parameters.iter().all(|size| size.gradient > 0.0 && size.update > 0.0));
        assert!(after.parameters.iter().all(|size| size.gradient > 0.0 && size.update == 0.0));
        // Nothing is made twice while nothing changes.
        let again = trainable.network_values(&InputChoice::Test(4)).unwrap();
        let shared = |picture: &NetworkValues| {
            picture.layers.iter().find(|layer| layer.layer == DENSE_WEIGHTS).unwrap().values.clone()
        };
        assert!(Arc::ptr_eq(&shared(&after), &shared(&again)));
    }

    #[test]
    fn ten_epochs_read_the_bundled_digits() {
        let mut trainable = trainable(32);
        for epoch in 0..10 {
            for batch in 0..trainable.steps_per_epoch() {
                step(&mut trainable, epoch, batch, false);
            }
        }
        let tested = trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap();
        // Keras reaches 0.962 on the same digits; see assets/datasets/README.md.
        let accuracy = tested.values.get(1).unwrap();
        assert!(accuracy >= 0.955, "{accuracy}");
        assert!(tested.values.loss() < 0.15, "{}", tested.values.loss());
        assert!(trainable.test(&mut || ControlFlow::Break(())).unwrap().is_none());
    }

    #[test]
    fn the_last_batch_may_be_smaller() {
        let mut trainable = trainable(3000);
        assert_eq!(trainable.steps_per_epoch(), 3);
        assert_eq!(step(&mut trainable, 0, 2, false).examples, 2000);
        // A batch larger than the set is the set.
        trainable.batch = usize::MAX;
        assert_eq!(trainable.steps_per_epoch(), 1);
    }
}
