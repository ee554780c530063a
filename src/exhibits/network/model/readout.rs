//! What is shown of a network for one example: what each layer makes of it, its weights and their gradients.

use crate::{
    exhibits::network::model::NetworkTrainable,
    learning::{Readout, Taps, TrainError},
    network::{INPUT, NEXT, PROBABILITIES, TEXT},
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
        let example = self.lessons.chosen(input, self.plan().input.len())?;
        let graph = self.graph.clone();
        let shape_of = |name| shape(&graph, name);
        let wanted: Vec<bool> = self.names.layers.iter().map(|name| taps.wants(*name)).collect();
        let shown = if self.writer.is_some() { TEXT } else { INPUT };
        if wanted.contains(&true)
            || [PROBABILITIES, NEXT, shown].into_iter().any(|name| taps.wants(name))
        {
            let wants = |layer: usize| wanted.get(layer).copied().unwrap_or(false);
            let names = &self.names.layers;
            let logits = self.model.look(&weights, &example, wants, |layer, numbers| {
                if let Some((name, (shape, span))) =
                    names.get(layer).and_then(|name| Some((*name, shape_of(*name)?)))
                {
                    taps.tap(name, shape, span, numbers);
                }
            })?;
            if let Some((shape, _)) = shape_of(shown) {
                let span = if shown == INPUT { Span::Unit } else { Span::FromZero };
                taps.tap(shown, shape, span, &example);
            }
            // Of a text the last token tells what comes next.
            let last = logits.len().saturating_sub(self.plan().classes);
            let last = logits.get(last..).unwrap_or_default();
            if shown == TEXT {
                taps.tap(NEXT, Shape::flat(last.len()), Span::Signed, last);
            }
            let shares = softmax(last);
            taps.tap(PROBABILITIES, Shape::flat(shares.len()), Span::Unit, &shares);
        }
        let parameters = weights.parameters.iter().map(|numbers| &**numbers);
        let of_weights = self.names.parameters.iter().zip(parameters);
        let of_gradients = self.names.gradients.iter().zip(self.model.gradients());
        let remembered = self.names.memories.iter().zip(&weights.memories);
        for (name, numbers) in of_weights.chain(of_gradients).chain(remembered) {
            if taps.wants(*name)
                && let Some((shape, _)) = shape_of(*name)
            {
                taps.tap(*name, shape, Span::Signed, numbers);
            }
        }
        let answer = match &mut self.writer {
            Some(writer) => Some(writer.go_on(&self.model, &weights, &example)?),
            None => None,
        };
        Ok(Readout { answer, ..Readout::default() })
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
