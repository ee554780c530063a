//! Images that are looked at, gradients of them in small batches, and what the model says to them.

use super::{
    super::{accuracy::drawn, temperature::probabilities},
    ByLayer, Examined, Outputs,
    activity::Heard,
    layers::{add, norm_of_all, scaled},
};
use crate::{
    inside::Ends,
    learning::{TrainError, data::Examples},
};

/// Small batches that are compared with all images together.
const SMALL_BATCHES: usize = 16;

/// Images that are looked at.
pub(super) struct Shown {
    pub(super) images: Vec<f32>,
    pub(super) labels: Vec<usize>,
}

impl Shown {
    pub(super) fn of(examples: &Examples, count: usize, seed: u64) -> Self {
        let indices = drawn(examples, count, seed);
        let image = |at: &usize| examples.image(*at).unwrap_or_default();
        let label = |at: &usize| examples.labels.get(*at).copied().map(usize::from);
        Self {
            images: indices.iter().flat_map(image).copied().collect(),
            labels: indices.iter().filter_map(label).collect(),
        }
    }

    /// So many of them at a time.
    fn chunks(&self, count: usize) -> impl Iterator<Item = (&[f32], &[usize])> {
        let size = self.images.len() / self.labels.len().max(1);
        self.images.chunks((size * count).max(1)).zip(self.labels.chunks(count.max(1)))
    }
}

/// Gradients of small batches and of all together.
pub(super) struct Slopes {
    /// Of the mean loss of all images.
    pub(super) gradient: ByLayer,
    /// Images of a small batch.
    pub(super) small: usize,
    /// The mean square of the norms of whole small batches' gradients.
    pub(super) mean_square_small: f64,
}

/// Gradients of the images by small batches; `None` where `go_on` broke it off.
pub(super) fn slopes(
    model: &dyn Examined,
    shown: &Shown,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Slopes>, TrainError> {
    let count = shown.labels.len();
    let small = (count / SMALL_BATCHES).max(1);
    let mut gradient: Option<ByLayer> = None;
    let (mut squares, mut batches) = (0.0, 0_u32);
    for (images, labels) in shown.chunks(small) {
        if !go_on() {
            return Ok(None);
        }
        let slope = model.slope(images, labels)?;
        if labels.len() == small {
            squares += norm_of_all(&slope).powi(2);
            batches += 1;
        }
        let share = labels.len() as f32 / count as f32;
        match &mut gradient {
            Some(gradient) => add(gradient, &slope, share),
            None => gradient = Some(scaled(&slope, share)),
        }
    }
    let mean_square_small = squares / f64::from(batches);
    Ok(Some(Slopes { gradient: gradient.unwrap_or_default(), small, mean_square_small }))
}

/// What the model says to images; what comes out of its activations and of the softmax in the end is heard.
pub(super) fn told(
    model: &dyn Examined,
    shown: &Shown,
    heard: &mut [Heard],
) -> Result<Vec<f32>, TrainError> {
    let logits = model.outputs(&shown.images, &mut |layer, outputs| {
        if let Some(heard) = heard.get_mut(layer) {
            heard.hear(&outputs);
        }
    })?;
    let classes = model.classes();
    if let Some(last) = heard.last_mut() {
        let shares = logits.chunks(classes.max(1)).flat_map(|row| probabilities(row, 1.0));
        let shares: Vec<f32> = shares.map(|share| share as f32).collect();
        let (ends, activation) = (Ends::Shares, "softmax");
        last.hear(&Outputs { activation, ends, units: classes, places: 1, values: &shares });
    }
    Ok(logits)
}
