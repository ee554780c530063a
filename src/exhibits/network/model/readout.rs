//! What is shown of a network for one image: what each layer makes of it, its weights and their gradients.

use crate::{
    exhibits::network::model::NetworkTrainable,
    learning::{Readout, Taps, TrainError},
    network::{INPUT, PROBABILITIES},
    operators::softmax,
    stream::{InputChoice, LayerId, ModelGraph, Role, Shape, Span},
};

impl NetworkTrainable {
    /// Right after a step that was kept, with the weights before it; else as they are now.
    pub(super) fn read_out(
        &mut self,
        input: &InputChoice,
        taps: &mut Taps,
    ) -> Result<Readout, TrainError> {
        let weights = self.before.take().unwrap_or_else(|| self.model.weights().clone());
        let image = self.chosen(input)?;
        let graph = self.graph.clone();
        let shape_of = |name| shape(&graph, name);
        let wanted: Vec<bool> = self.names.layers.iter().map(|name| taps.wants(*name)).collect();
        if wanted.contains(&true) || taps.wants(PROBABILITIES) || taps.wants(INPUT) {
            let wants = |layer: usize| wanted.get(layer).copied().unwrap_or(false);
            let names = &self.names.layers;
            let logits = self.model.look(&weights, &image, wants, |layer, numbers| {
                if let Some((name, (shape, span))) =
                    names.get(layer).and_then(|name| Some((*name, shape_of(*name)?)))
                {
                    taps.tap(name, shape, span, numbers);
                }
            })?;
            if let Some((shape, _)) = shape_of(INPUT) {
                taps.tap(INPUT, shape, Span::Unit, &image);
            }
            taps.tap(PROBABILITIES, Shape::flat(logits.len()), Span::Unit, &softmax(&logits));
        }
        let of_weights = self.names.parameters.iter().zip(&weights.parameters);
        let of_gradients = self.names.gradients.iter().zip(self.model.gradients());
        let remembered = self.names.memories.iter().zip(&weights.memories);
        for (name, numbers) in of_weights.chain(of_gradients).chain(remembered) {
            if taps.wants(*name)
                && let Some((shape, _)) = shape_of(*name)
            {
                taps.tap(*name, shape, Span::Signed, numbers);
            }
        }
        Ok(Readout::default())
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
            InputChoice::Drawn(pixels) if pixels.len() == self.plan().input.len() => {
                // What is no number is dark.
                let bright = |pixel: &f32| if pixel.is_nan() { 0.0 } else { pixel.clamp(0.0, 1.0) };
                Ok(pixels.iter().map(bright).collect())
            }
            InputChoice::Other(_) => {
                Err(TrainError::calculation("a network for images is shown images"))
            }
            InputChoice::Drawn(pixels) => Err(TrainError::Calculation(format!(
                "a drawing has {} numbers instead of {}",
                pixels.len(),
                self.plan().input
            ))),
        }
    }
}

/// How a tensor lies, and what its numbers can be.
fn shape(graph: &ModelGraph, name: LayerId) -> Option<(Shape, Span)> {
    let (_, tensor) = graph.called(name)?;
    let span = if tensor.signed || matches!(tensor.role, Role::Gradient(_)) {
        Span::Signed
    } else {
        Span::FromZero
    };
    Some((tensor.shape(), span))
}
