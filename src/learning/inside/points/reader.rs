//! A layer by what it makes of images, the logits among them, with what that costs.

use crate::{
    inside::UnitLayer,
    learning::{
        TrainError,
        inside::{
            HiddenLayer,
            hidden::{found, open},
            meter::Meter,
        },
    },
    sentence::{grouped, shown},
    words::Phrase,
};

/// Numbers that a layer makes of an image at most, so that the directions in which images differ fit into memory.
pub(in crate::learning::inside) const MOST_NUMBERS: usize = 1 << 18;
/// Numbers of a layer that are kept at once.
const MOST_AT_ONCE: usize = 1 << 20;
/// What the logits are called.
const LOGITS: &str = "logits";

/// A layer whose numbers are read.
pub(in crate::learning::inside) struct Reader<'a> {
    meter: &'a Meter<'a>,
    layer: UnitLayer,
    /// `None` for the logits.
    hidden: Option<Box<dyn HiddenLayer + 'a>>,
}

impl<'a> Reader<'a> {
    /// Of the layer of this name, or of the logits; and all hidden layers that could be asked about.
    ///
    /// # Errors
    /// If there is none of this name, or it is too large.
    pub(in crate::learning::inside) fn of(
        meter: &'a Meter<'a>,
        asked: Option<&str>,
    ) -> Result<(Self, Vec<UnitLayer>), TrainError> {
        let model = meter.model();
        let Some(name) = asked else {
            let layer = UnitLayer { name: LOGITS.to_owned(), size: [model.classes(), 1, 1] };
            let reader = Self { meter, layer, hidden: None };
            return Ok((reader, model.unit_layers()?.layers));
        };
        let (all, layer) = found(model, Some(name))?;
        if layer.numbers() > MOST_NUMBERS {
            return Err(TrainError::Calculation(phrase!(
                "studies-the-layer-makes-of-an",
                name = shown(&layer.name),
                numbers = Phrase::counted(layer.numbers(), "number"),
                most_numbers = grouped(MOST_NUMBERS)
            )));
        }
        let hidden = open(model, &layer.name)?;
        Ok((Self { meter, layer, hidden: Some(hidden) }, all.layers))
    }

    pub(in crate::learning::inside) fn layer(&self) -> &UnitLayer {
        &self.layer
    }

    /// How many images are looked at together.
    pub(in crate::learning::inside) fn at_once(&self) -> usize {
        self.meter.at_once().min((MOST_AT_ONCE / self.layer.numbers().max(1)).max(1))
    }

    /// What the layer makes of images, image after image.
    ///
    /// # Errors
    /// If it cannot be computed.
    pub(in crate::learning::inside) fn values(
        &self,
        images: &[f32],
    ) -> Result<Vec<f32>, TrainError> {
        match &self.hidden {
            Some(hidden) => self.meter.unit_values(hidden.as_ref(), images),
            None => self.meter.logits(images),
        }
    }

    /// The logits of images of which the layer makes this.
    ///
    /// # Errors
    /// If it cannot be computed.
    pub(in crate::learning::inside) fn logits(
        &self,
        images: &[f32],
        values: &[f32],
    ) -> Result<Vec<f32>, TrainError> {
        match &self.hidden {
            Some(hidden) => self.meter.unit_logits(hidden.as_ref(), images, values),
            None => Ok(values.to_vec()),
        }
    }
}
