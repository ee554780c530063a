//! The hidden layers of a network whose units can be looked at, and one of them with what leads to it and follows from it.

use std::collections::{HashMap, HashSet};

use super::{Inside, field::fields, handles, homogeneous::Homogeneous, part, spatial::Spatial};
use crate::{
    inside::UnitLayer,
    learning::{
        TrainError,
        inside::{Field, Handles, HiddenLayer, Slopes, UnitLayers},
        onnx::{Mode, Program, Value, numbers},
    },
};

/// A layer that is found, by the name of its value among those of the operators.
struct Found {
    layer: UnitLayer,
    value: String,
    /// Whether it makes a row of numbers, and not maps that may have one place.
    is_row: bool,
    field: Option<Field>,
}

/// One of them, parted from the rest.
struct Hidden<'i> {
    inside: &'i Inside,
    found: Found,
    leading: Program,
    following: Program,
}

impl Inside {
    /// All layers that are shown and make maps or one row of numbers of an image, but the logits; and which of them is meant
    /// where none is named.
    fn found(&self) -> Result<(Vec<Found>, usize), TrainError> {
        let plan = &self.model.plan;
        let sizes = self.sizes()?;
        let fields = fields(plan, &sizes);
        let shown = plan.shown_by_value();
        let spatial = Spatial::of(plan, &sizes);
        let is_last_maps = |value: &str| spatial.as_ref().is_some_and(|of| of.value == value);
        let mut found: Vec<Found> = Vec::new();
        let mut names = HashSet::new();
        let made = plan.model.nodes.iter().flat_map(|node| &node.outputs);
        for value in made.filter(|value| !plan.model.outputs.contains(value)) {
            let (size, is_row) = match sizes.get(value).map(Vec::as_slice) {
                Some(&[1, channels, rows, columns]) => ([channels, rows, columns], false),
                Some(&[1, units]) => ([units, 1, 1], true),
                _ => continue,
            };
            let place = shown.get(value.as_str());
            let name = place.and_then(|at| plan.shown.get(*at)).map(|shown| shown.name.name());
            let name = match name {
                Some(name) => name,
                None if is_last_maps(value) => value,
                None => continue,
            };
            if size.contains(&0) || !names.insert(name) {
                continue;
            }
            let layer = UnitLayer { name: name.to_owned(), size };
            let field = fields.get(value).copied();
            found.push(Found { layer, value: value.clone(), is_row, field });
        }
        let last_maps = found.iter().position(|found| is_last_maps(&found.value));
        let usual = last_maps.unwrap_or(found.len().saturating_sub(1));
        Ok((found, usual))
    }

    /// What each operator makes of one image, by its dimensions.
    pub(super) fn sizes(&self) -> Result<HashMap<String, Vec<usize>>, TrainError> {
        let black = vec![0.0; self.input_len()];
        let values = self.model.values(&self.plain, black, 1, &self.model.device)?;
        let mut sizes = HashMap::new();
        if let Some(input) = values.get(&self.input_name()) {
            sizes.insert(self.input_name(), input.dims());
        }
        let device = &self.model.device;
        self.model.program.run(values, device, Mode::Evaluation, &mut |_, name, value| {
            if matches!(value, Value::Device(_)) {
                sizes.insert(name.to_owned(), value.dims());
            }
            Ok(())
        })?;
        Ok(sizes)
    }

    pub(super) fn all_unit_layers(&self) -> Result<UnitLayers, TrainError> {
        let (found, usual) = self.found()?;
        Ok(UnitLayers { layers: found.into_iter().map(|found| found.layer).collect(), usual })
    }

    pub(super) fn hidden_layer(
        &self,
        name: &str,
    ) -> Result<Option<Box<dyn HiddenLayer + '_>>, TrainError> {
        let (found, _) = self.found()?;
        let Some(found) = found.into_iter().find(|found| found.layer.name == name) else {
            return Ok(None);
        };
        let plan = &self.model.plan;
        let leading = part::leading_to(plan, &found.value)?;
        let following = part::following(plan, &found.value)?;
        Ok(Some(Box::new(Hidden { inside: self, found, leading, following })))
    }
}

impl Hidden<'_> {
    /// Dimensions of what the layer makes of so many images.
    fn dims(&self, count: usize) -> Vec<usize> {
        let [units, rows, columns] = self.found.layer.size;
        match self.found.is_row {
            true => vec![count, units],
            false => vec![count, units, rows, columns],
        }
    }

    /// Numbers of as many images as go through at once, and of what the layer makes of them.
    fn at_once(&self) -> [usize; 2] {
        let count = self.inside.at_once();
        [self.inside.input_len(), self.found.layer.numbers().max(1)].map(|of| count * of)
    }
}

impl HiddenLayer for Hidden<'_> {
    fn layer(&self) -> &UnitLayer {
        &self.found.layer
    }

    fn field(&self) -> Option<Field> {
        self.found.field
    }

    fn values(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let Inside { model, plain, .. } = self.inside;
        let [length, _] = self.at_once();
        let mut made = Vec::new();
        for inputs in inputs.chunks(length) {
            let count = inputs.len() / self.inside.input_len();
            let values = model.values(plain, inputs.to_vec(), count, &model.device)?;
            let (values, _) =
                self.leading.run(values, &model.device, Mode::Evaluation, &mut |_, _, _| Ok(()))?;
            let value = values.first().ok_or_else(|| {
                TrainError::calculation(phrase!("network-learning-it-makes-nothing"))
            })?;
            // One row of all numbers, whatever their dimensions.
            let row = value.rows([1, count * self.found.layer.numbers()], &model.device)?;
            made.extend(numbers(row.into_dispatch())?);
        }
        Ok(made)
    }

    fn logits(&self, inputs: &[f32], values: &[f32]) -> Result<Vec<f32>, TrainError> {
        let Inside { model, plain, .. } = self.inside;
        let [length, of_values] = self.at_once();
        let mut logits = Vec::new();
        for (inputs, made) in inputs.chunks(length).zip(values.chunks(of_values)) {
            let count = inputs.len() / self.inside.input_len();
            let mut values = model.values(plain, inputs.to_vec(), count, &model.device)?;
            let made = Value::images(made.to_vec(), &self.dims(count), &model.device);
            values.insert(self.found.value.clone(), made);
            let (made, _) =
                self.following
                    .run(values, &model.device, Mode::Evaluation, &mut |_, _, _| Ok(()))?;
            let made = made.first().ok_or_else(|| {
                TrainError::calculation(phrase!("network-learning-it-has-no-output"))
            })?;
            let rows = made.rows([count, model.plan.classes], &model.device)?;
            logits.extend(numbers(rows.into_dispatch())?);
        }
        Ok(logits)
    }

    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        let name = self.inside.input_name();
        let [length, of_values] = self.at_once();
        let mut gradients = Vec::with_capacity(inputs.len());
        for (inputs, of) in inputs.chunks(length).zip(of.chunks(of_values)) {
            let values = self.inside.values(inputs)?;
            let see = &mut |_: &str, _: &Value| Ok(());
            let found = self.inside.gradients_by(&self.leading, values, &[&name], of, see)?;
            gradients.extend(found.into_iter().flatten());
        }
        Ok(gradients)
    }

    fn handles(&self, unit: usize) -> Option<Handles> {
        handles::of_unit(self.inside, &self.found.value, &self.found.layer, unit)
    }

    fn slopes(&self) -> Result<Option<Slopes>, TrainError> {
        let plan = &self.inside.model.plan;
        if !Homogeneous::of(plan).is_affine_behind(&self.found.value) {
            return Ok(None);
        }
        // Behind it everything is affine, so that the slope is the same wherever it is taken.
        let black = vec![0.0; self.inside.input_len()];
        let nothing = vec![0.0; self.found.layer.numbers()];
        let rest = self.logits(&black, &nothing)?;
        let mut by_class = Vec::with_capacity(rest.len() * nothing.len());
        for class in 0..rest.len() {
            let of: Vec<f32> =
                (0..rest.len()).map(|at| if at == class { 1.0 } else { 0.0 }).collect();
            let mut values = self.inside.values(&black)?;
            let made = Value::images(nothing.clone(), &self.dims(1), &self.inside.device);
            values.insert(self.found.value.clone(), made);
            let by = [self.found.value.as_str()];
            let see = &mut |_: &str, _: &Value| Ok(());
            let found = self.inside.gradients_by(&self.following, values, &by, &of, see)?;
            by_class.extend(found.into_iter().flatten());
        }
        Ok(Some(Slopes { by_class, rest }))
    }
}
