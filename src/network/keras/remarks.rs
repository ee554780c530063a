//! What of a network is not as in Keras.

use crate::sentence::listed;

/// What a visitor has to know, by the layers that it is about.
#[derive(Default)]
pub(super) struct Remarks {
    /// Layers that change pictures or numbers at random while they train.
    pub(super) random: Vec<String>,
    /// Layers that leave out whole maps.
    pub(super) whole_maps: Vec<String>,
    /// Layers that Keras would not train.
    frozen: Vec<String>,
    pub(super) others: Vec<String>,
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
    pub(super) fn told(self) -> Vec<String> {
        let Self { random, whole_maps, frozen, mut others } = self;
        for (names, said) in [
            (random, "Left out: {}, at work only while Keras trains"),
            (whole_maps, "Dropout: {} leaves out single numbers here, not whole maps"),
            (frozen, "Frozen: {} stay as they are, as in Keras"),
        ] {
            if !names.is_empty() {
                others.push(said.replace("{}", &listed(&names)));
            }
        }
        others
    }
}
