//! What of a network is not as in Keras.

use crate::sentence::listed;
use crate::words::Phrase;

/// What a visitor has to know, by the layers that it is about.
#[derive(Default)]
pub(super) struct Remarks {
    /// Layers that change pictures or numbers at random while they train.
    pub(super) random: Vec<String>,
    /// Layers that leave out whole maps.
    pub(super) whole_maps: Vec<String>,
    /// Layers that Keras would not train.
    frozen: Vec<String>,
    pub(super) others: Vec<Phrase>,
}

impl Remarks {
    /// Notes a layer that Keras would not train, unless the model around it is noted.
    pub(super) fn freeze(&mut self, path: &str) {
        let within = |around: &String| {
            path.strip_prefix(around.as_str()).is_some_and(|rest| rest.starts_with('.'))
        };
        if !self.frozen.iter().any(within) {
            self.frozen.push(path.to_owned());
        }
    }

    /// A sentence for each.
    pub(super) fn told(self) -> Vec<Phrase> {
        let Self { random, whole_maps, frozen, mut others } = self;
        let told = |names: &[String], said: fn(Phrase) -> Phrase| {
            (!names.is_empty()).then(|| said(listed(names)))
        };
        others.extend(told(&random, |names| phrase!("keras-left-out", names)));
        others.extend(told(&whole_maps, |names| phrase!("keras-dropout-of-numbers", names)));
        others.extend(told(&frozen, |names| phrase!("keras-frozen", names)));
        others
    }
}
