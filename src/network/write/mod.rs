//! Writes a network as the description that is read as it: its layers in blocks by their paths, and how it is trained.

mod blocks;
mod layer;
#[cfg(test)]
mod tests;
mod training;

use std::collections::BTreeMap;

use self::{blocks::Scope, layer::quoted};
use super::{COLOURS, Fault, First, Network, Operator, Size, Training, description};

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
    /// Deviation of the numbers that its table begins with, if it has one.
    pub std: Option<f32>,
}

impl Network {
    /// The text of a description that is read as this very network for images of its size and as many classes.
    ///
    /// # Errors
    /// If names of layers hide each other, so that none could be written.
    pub fn text(&self, training: &Training) -> Result<String, Fault> {
        let layers = self.stated();
        let input = match (self.input, self.layers.first()) {
            (Size::Maps { rows, columns, .. }, Some(first)) if first.path == COLOURS => {
                Size::Maps { channels: 3, rows, columns }
            }
            (input, _) => input,
        };
        let text = text(&self.name, input, &layers, training)?;
        match self.reads(&text) {
            Ok(network) if network == *self => Ok(text),
            _ => Err(Fault::new(phrase!("network-files-its-layers-have-names-that"))),
        }
    }

    /// Its layers as they are described: those of an attention as one.
    fn stated(&self) -> Vec<Stated> {
        let mut stated: Vec<Stated> = Vec::new();
        // The layer, counted from 1, that makes each value of the network.
        let mut places = vec![0];
        let mut layers = self.layers.iter();
        while let Some(layer) = layers.next() {
            if layer.path == COLOURS {
                // It comes of the channels in [input].
                places.push(0);
                continue;
            }
            let mut next = Stated {
                path: layer.path.clone(),
                operator: layer.operator.clone(),
                from: layer.from.iter().filter_map(|value| places.get(*value).copied()).collect(),
                outputs: layer.size.channels(),
                bias: layer.parameters.len() > 1,
                row: matches!(layer.size, Size::Vector(_) | Size::Tokens { .. }),
                std: layer.parameters.first().and_then(|parameter| match parameter.first {
                    First::Normal(std) => Some(std),
                    _ => None,
                }),
            };
            places.push(stated.len() + 1);
            let whole = layer.path.strip_suffix(".in_proj");
            if let (Some(whole), Some(weights)) = (whole, layers.as_slice().first())
                && let Operator::AttentionWeights { .. } = weights.operator
            {
                whole.clone_into(&mut next.path);
                next.operator = weights.operator.clone();
                let rest = layers.by_ref().take(3);
                places.extend(rest.map(|_| stated.len() + 1));
            }
            stated.push(next);
        }
        stated
    }

    /// What a text is read as for images of the size of this network's and as many classes.
    pub(super) fn reads(&self, text: &str) -> Result<Self, Fault> {
        match self.input {
            Size::Maps { channels, rows, columns } => {
                description(text)?.network([channels, rows, columns], self.classes)
            }
            _ => description(text)?.text_network(self.classes),
        }
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
    if let Size::Text(context) = input {
        out += &format!("\n[input]\ncontext = {context}\n");
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
