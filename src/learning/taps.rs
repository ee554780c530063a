//! What a snapshot shows of a model: a trainable offers its tensors by name, and only what is looked at is copied.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::stream::{LayerId, LayerValues, Level, Shape, Slice, Span, Subscription};

/// Collects the parts of tensors that a snapshot is to hold.
#[derive(Debug, Default)]
pub struct Taps {
    /// `None` is everything, whole.
    wanted: Option<Arc<[Subscription]>>,
    layers: Vec<LayerValues>,
    /// Time that each tensor took.
    took: Vec<(LayerId, Duration)>,
}

impl Taps {
    /// Takes every tensor whole.
    pub fn everything() -> Self {
        Self::default()
    }

    /// Takes these parts and no more.
    pub fn of(wanted: Vec<Subscription>) -> Self {
        Self { wanted: Some(wanted.into()), ..Self::default() }
    }

    /// Whether anybody looks at this tensor, so that it is worth working out.
    pub fn wants(&self, tensor: LayerId) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|one| one.tensor == tensor))
    }

    /// Offers a tensor's numbers, the last dimension fastest.
    pub fn tap(&mut self, tensor: LayerId, shape: Shape, span: Span, values: &[f32]) {
        self.parts(tensor, |slice| LayerValues::part(tensor, shape, span, values, slice));
    }

    /// Offers a tensor that is made already; where all of it is wanted, its numbers are shared.
    pub fn share(&mut self, layer: &LayerValues, span: Span) {
        self.parts(layer.layer, |(slice, level)| {
            if level == Level::FINEST && slice.is_all_of(layer.shape) {
                return Some(layer.clone());
            }
            LayerValues::part(layer.layer, layer.shape, span, &layer.values, (slice, level))
        });
    }

    /// Takes the same beside it, on another thread; [`join`](Self::join) brings both together.
    pub fn beside(&self) -> Self {
        Self { wanted: self.wanted.clone(), ..Self::default() }
    }

    /// Puts what others took behind what it has.
    pub fn join(&mut self, others: Self) {
        self.layers.extend(others.layers);
        self.took.extend(others.took);
    }

    fn parts(&mut self, tensor: LayerId, part: impl Fn((Slice, Level)) -> Option<LayerValues>) {
        let start = Instant::now();
        match &self.wanted {
            None => self.layers.extend(part((Slice::ALL, Level::FINEST))),
            Some(wanted) => {
                let of_it = wanted.iter().filter(|one| one.tensor == tensor);
                self.layers.extend(of_it.filter_map(|one| part((one.slice, one.level))));
            }
        }
        self.took.push((tensor, start.elapsed()));
    }

    /// What was taken, and how long the copying of each tensor took.
    pub(super) fn done(self) -> (Vec<LayerValues>, Vec<(LayerId, Duration)>) {
        (self.layers, self.took)
    }
}

/// A whole tensor, made once to be [shared](Taps::share).
pub fn whole(tensor: LayerId, shape: Shape, span: Span, values: Vec<f32>) -> LayerValues {
    LayerValues::whole(tensor, shape, span, Arc::from(values))
}
