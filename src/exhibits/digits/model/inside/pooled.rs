//! The pooled units of the digits, map by map: what they make of images, the logits that follow from them, and their slopes.

use rayon::prelude::*;

use super::{Inside, product};
use crate::{
    exhibits::digits::POOLED,
    learning::{
        TrainError,
        inside::{Field, Handles, HiddenLayer, Slopes, UnitLayer, UnitLayers},
    },
};

/// The pooled units of a network.
struct Maps<'a> {
    inside: &'a Inside,
    layer: UnitLayer,
}

impl Inside {
    fn pooled_layer(&self) -> UnitLayer {
        let pooled = self.sizes.pooled();
        let size = [self.sizes.filters, pooled.rows, pooled.columns];
        UnitLayer { name: POOLED.name().to_owned(), size }
    }

    pub(super) fn pooled_layers(&self) -> UnitLayers {
        UnitLayers { layers: vec![self.pooled_layer()], usual: 0 }
    }

    pub(super) fn pooled_maps(&self, layer: &str) -> Option<Box<dyn HiddenLayer + '_>> {
        let maps = Maps { inside: self, layer: self.pooled_layer() };
        (maps.layer.name == layer).then(|| Box::new(maps) as Box<dyn HiddenLayer + '_>)
    }

    /// Numbers of pooled units with one map after the other, where in the arithmetic the filter lies innermost.
    pub(super) fn by_map<'a>(&self, units: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        turned(units, self.sizes.filters)
    }

    /// The other way round.
    fn by_place<'a>(&self, maps: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        let pooled = self.sizes.pooled();
        turned(maps, pooled.rows * pooled.columns)
    }
}

/// A table with rows of this length, column after column.
fn turned(table: &[f32], row: usize) -> impl Iterator<Item = f32> {
    (0..row).flat_map(move |at| table.iter().skip(at).step_by(row.max(1)).copied())
}

impl HiddenLayer for Maps<'_> {
    fn layer(&self) -> &UnitLayer {
        &self.layer
    }

    fn field(&self) -> Option<Field> {
        let (kernel, window) = (self.inside.sizes.kernel(), self.inside.sizes.window());
        let size = [0, 1].map(|axis| (kernel[axis] + window[axis]) as i64 - 1);
        Some(Field { first: [0; 2], step: window.map(|side| side as i64), size })
    }

    fn handles(&self, unit: usize) -> Option<Handles> {
        Some(self.inside.handles_of_map(unit))
    }

    fn values(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let pooled = self.inside.stage.forward(inputs);
        let images = pooled.values.par_chunks(self.layer.numbers().max(1));
        Ok(images.flat_map_iter(|units| self.inside.by_map(units)).collect())
    }

    fn logits(&self, _: &[f32], values: &[f32]) -> Result<Vec<f32>, TrainError> {
        let numbers = self.layer.numbers().max(1);
        let logits = values.par_chunks(numbers).flat_map_iter(|maps| {
            let units: Vec<f32> = self.inside.by_place(maps).collect();
            let classes = self.inside.by_class.chunks(numbers);
            let classes = classes.zip(&self.inside.numbers.dense_biases);
            classes.map(move |(weights, bias)| (product(&units, weights) + f64::from(*bias)) as f32)
        });
        Ok(logits.collect())
    }

    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        let numbers = self.layer.numbers().max(1);
        let pooled = self.inside.stage.forward(inputs);
        let mut gradients = vec![0.0; inputs.len()];
        let images = gradients.chunks_mut(self.inside.image_len());
        let asked = pooled.winners.chunks(numbers).zip(of.chunks(numbers));
        for (gradient, (winners, of)) in images.zip(asked) {
            let of: Vec<f32> = self.inside.by_place(of).collect();
            self.inside.stage.to_winners(&of, winners, gradient);
        }
        Ok(gradients)
    }

    fn slopes(&self) -> Result<Option<Slopes>, TrainError> {
        let classes = self.inside.by_class.chunks(self.layer.numbers().max(1));
        Ok(Some(Slopes {
            by_class: classes.flat_map(|weights| self.inside.by_map(weights)).collect(),
            rest: self.inside.numbers.dense_biases.clone(),
        }))
    }
}
