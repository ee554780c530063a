//! Writes a network as the description that is read as it: its layers in blocks by their paths, and how it is trained.

mod blocks;
mod layer;
#[cfg(test)]
mod tests;
mod training;

use std::collections::BTreeMap;

use self::{blocks::Scope, layer::quoted};
use super::{Fault, Network, Operator, Size, Training, description};

/// What of a layer is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// Where it stands, such as `layer1.0.conv2`.
    pub path: String,
    pub operator: Operator,
    /// What it reads: 0 is the network's input, n the output of layer n − 1.
    pub from: Vec<usize>,
    /// Its channels or units.
    pub outputs: usize,
    /// Whether it adds a bias.
    pub bias: bool,
    /// Whether it makes a row of numbers.
    pub row: bool,
}

impl Network {
    /// The text of a description that is read as this very network for images of its size and as many classes.
    ///
    /// # Errors
    /// If names of layers hide each other, so that none could be written.
    pub fn text(&self, training: &Training) -> Result<String, Fault> {
        let layers: Vec<Stated> = self
            .layers
            .iter()
            .map(|layer| Stated {
                path: layer.path.clone(),
                operator: layer.operator.clone(),
                from: layer.from.clone(),
                outputs: layer.size.channels(),
                bias: layer.parameters.len() > 1,
                row: matches!(layer.size, Size::Vector(_)),
            })
            .collect();
        let text = text(&self.name, self.input, &layers, training)?;
        match self.reads(&text) {
            Ok(network) if network == *self => Ok(text),
            _ => Err(Fault::new("its layers have names that hide each other: give them others")),
        }
    }

    /// What a text is read as for images of the size of this network's and as many classes.
    pub(super) fn reads(&self, text: &str) -> Result<Self, Fault> {
        let Size::Maps { channels, rows, columns } = self.input else {
            return Err(Fault::new("a network for images is shown maps"));
        };
        description(text)?.network([channels, rows, columns], self.classes)
    }
}

/// The text of a description with these layers.
///
/// # Errors
/// If a layer reads what has no name there.
pub(super) fn text(
    name: &str,
    input: Size,
    layers: &[Stated],
    training: &Training,
) -> Result<String, Fault> {
    let mut out = format!(
        "# A network as Perceptarium wrote it, without its weights: give those with --weights.\nname = {}\n",
        quoted(name)
    );
    if let Size::Maps { channels, rows, columns } = input {
        let sizes = format!("channels = {channels}\nrows = {rows}\ncolumns = {columns}\n");
        out += &format!("\n# Leave this out to take images of any size.\n[input]\n{sizes}");
    }
    let scope = Scope { layers };
    let (entries, _) = scope.block(0..layers.len(), (0, 0), &BTreeMap::new())?;
    for entry in &entries {
        entry.write(&mut out, "layers");
    }
    out += "\n[training]\n";
    out += &training.text();
    Ok(out)
}
