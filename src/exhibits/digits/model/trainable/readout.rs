//! What is shown of the network: units for one input, weights from before the step, and gradients.

use super::state::DigitsTrainable;
use crate::{
    exhibits::digits::model::{
        forward_pass::{Numbers, OF_GRADIENTS, OF_WEIGHTS, activations, norms, parameter_layers},
        graph,
        learner::{Gradients, parameters},
    },
    learning::{Readout, Taps, TrainError},
    stream::{InputChoice, Span},
};

impl DigitsTrainable {
    /// The image that is to be shown.
    pub(super) fn chosen(&self, input: &InputChoice) -> Result<Vec<f32>, TrainError> {
        match input {
            InputChoice::Test(index) => {
                self.test.image(*index).map(<[f32]>::to_vec).ok_or_else(|| {
                    TrainError::Calculation(phrase!(
                        "digits-model-there-is-no-test-image",
                        index,
                        test_count = self.test.len()
                    ))
                })
            }
            InputChoice::Drawn(pixels) if pixels.len() == self.sizes.input().len() => {
                // What is no number is dark.
                let bright = |pixel: &f32| if pixel.is_nan() { 0.0 } else { pixel.clamp(0.0, 1.0) };
                Ok(pixels.iter().map(bright).collect())
            }
            InputChoice::Other(_) => {
                Err(TrainError::calculation(phrase!("digits-model-a-network-for-digits-is")))
            }
            InputChoice::Drawn(pixels) => Err(TrainError::Calculation(phrase!(
                "digits-model-a-drawing-has-numbers-instead",
                pixels_count = pixels.len(),
                input = self.sizes.input()
            ))),
        }
    }

    /// Shows the network as it was before a kept step, else as it is; layers of weights and gradients are made once.
    pub(super) fn read_out(
        &mut self,
        input: &InputChoice,
        taps: &mut Taps,
    ) -> Result<Readout, TrainError> {
        let (before, sizes) = (self.before.take(), self.sizes);
        let image = self.chosen(input)?;
        if !graph::tensors().any(|tensor| taps.wants(tensor)) {
            return Ok(Readout::default());
        }
        let gradients = |gradients: Option<&Gradients>| match gradients {
            Some(gradients) => gradients.numbers(),
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
}
