//! Operators of ONNX, put behind each other.

use super::onnx::{Array, Attribute, Node};

#[derive(Default)]
pub(super) struct Expansion {
    pub(super) nodes: Vec<Node>,
    pub(super) constants: Vec<(String, Array)>,
}

pub(super) type Attributes<'a> = &'a [(&'a str, Attribute)];

impl Expansion {
    pub(super) fn node(
        &mut self,
        operator: &str,
        reads: Vec<String>,
        makes: String,
        attributes: Attributes<'_>,
    ) {
        self.nodes_of(operator, reads, vec![makes], attributes);
    }

    /// One that makes several arrays; it is called as the first of them.
    pub(super) fn nodes_of(
        &mut self,
        operator: &str,
        reads: Vec<String>,
        makes: Vec<String>,
        attributes: Attributes<'_>,
    ) {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let name = makes.first().map_or_else(String::new, |made| made.replace('.', "/"));
        self.nodes.push(Node {
            name: format!("/{name}"),
            operator: operator.to_owned(),
            inputs: reads,
            outputs: makes,
            attributes: attributes.collect(),
            ..Node::default()
        });
    }

    /// An array that is always the same; gives its name.
    pub(super) fn constant(&mut self, name: String, array: Array) -> String {
        self.constants.push((name.clone(), array));
        name
    }

    /// The same numbers in these dimensions, of which −1 is as large as it must be.
    pub(super) fn reshaped(&mut self, reads: String, makes: String, dims: &[i64]) {
        let array = Array::whole(vec![dims.len()], dims.to_vec());
        let dims = self.constant(format!("{makes}/dims"), array);
        self.node("Reshape", vec![reads, dims], makes, &[]);
    }
}

pub(super) fn ints(sizes: &[usize]) -> Attribute {
    Attribute::Ints(sizes.iter().map(|size| *size as i64).collect())
}
