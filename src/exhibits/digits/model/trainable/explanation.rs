//! Why the network, as it is now, answers as it does.

use super::{readout::parameters, state::DigitsTrainable};
use crate::{
    exhibits::digits::model::inside::Inside,
    inside::WhyAsked,
    learning::{
        Taps, TrainError,
        inside::{Baselines, Means, explain},
    },
    stream::{InputChoice, Payload},
};

impl DigitsTrainable {
    /// To a question for reasons the reasons; to whatever else is looked at what a snapshot of it would say.
    pub(super) fn explanation(&mut self, about: &Payload) -> Result<Payload, TrainError> {
        if let Some(asked) = about.get::<WhyAsked>() {
            let input = self.chosen(&asked.input)?;
            let baselines = Baselines { means: self.means(), tests: &self.test };
            return Ok(Payload::new(explain(&self.inside()?, asked, &input, baselines)?));
        }
        let shown = self.read_out(&InputChoice::Other(about.clone()), &mut Taps::of(Vec::new()))?;
        shown.answer.ok_or_else(|| TrainError::calculation("this model answers no questions"))
    }

    /// The network as it can be explained.
    pub(super) fn inside(&self) -> Result<Inside, TrainError> {
        Ok(Inside::of(self.sizes, parameters(self.network()?)?))
    }

    pub(super) fn means(&self) -> &Means {
        self.means.get_or_init(|| Means::of(&self.train, self.sizes.classes))
    }
}
