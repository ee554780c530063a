//! Which layers hang as plates: all of them while there is room, else blocks that open when they are pressed.

use crate::{
    network::PROBABILITIES,
    stream::{ModelGraph, Node, Op, Role, TensorSpec},
};

use super::Quantity;

/// The most plates that are large enough to be read.
pub(super) const MOST: usize = 40;

/// A plate: a layer, or a block by its last layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The node that it shows, by its place in the graph.
    pub(super) node: usize,
    /// The path of the block that it stands for, if it is closed.
    pub(super) block: Option<String>,
    /// How many layers it stands for.
    pub(super) layers: usize,
}

/// The plates of a graph, in the order of computation.
///
/// Blocks come from paths: `layer1.0.conv1` lies in `layer1.0`, and that in `layer1`. `opened` and all that it lies in are
/// open.
pub(super) fn chosen(graph: &ModelGraph, opened: Option<&str>) -> Vec<Chosen> {
    let layers = || graph.nodes().iter().enumerate().filter(|(_, node)| is_layer(graph, node));
    let all = layers().count() <= MOST;
    let mut plates: Vec<Chosen> = Vec::new();
    for (node, layer) in layers() {
        let block = if all { None } else { closed(layer.path, opened) };
        match plates.last_mut() {
            Some(last) if block.is_some() && last.block == block => {
                last.node = node;
                last.layers += 1;
            }
            _ => plates.push(Chosen { node, block, layers: 1 }),
        }
    }
    plates
}

/// The outermost block around a path that is not open.
fn closed(path: &str, opened: Option<&str>) -> Option<String> {
    let ends = path.match_indices('.').map(|(at, _)| at);
    let is_open = |block: &str| {
        opened.is_some_and(|opened| {
            opened.strip_prefix(block).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    ends.filter_map(|end| path.get(..end)).find(|block| !is_open(block)).map(str::to_owned)
}

/// Whether a node makes units that are worth a plate; the outputs have bars of their own.
pub(super) fn is_layer(graph: &ModelGraph, node: &Node) -> bool {
    let makes = node.outputs.first().and_then(|made| graph.tensor(*made));
    let plain = !matches!(node.op, Op::Reshape | Op::Loss { .. } | Op::Input);
    let drops = matches!(&node.op, Op::Other { name } if name == "dropout");
    let makes = makes.filter(|made| made.name != PROBABILITIES);
    plain && !drops && makes.is_some_and(|made| made.role == Role::Activation)
}

/// The tensor that a plate shows of its node; none where the node has nothing of the kind.
pub(super) fn tensor(graph: &ModelGraph, node: usize, of: Quantity) -> Option<&TensorSpec> {
    let node = graph.nodes().get(node)?;
    let weights = || {
        let learned =
            node.inputs.iter().copied().filter(|id| {
                graph.tensor(*id).is_some_and(|tensor| tensor.role == Role::Parameter)
            });
        learned.into_iter().next()
    };
    match of {
        Quantity::Units => graph.tensor(*node.outputs.first()?),
        Quantity::Weights => graph.tensor(weights()?),
        Quantity::Gradients => {
            let of = weights()?;
            graph.tensors().iter().find(|tensor| tensor.role == Role::Gradient(of))
        }
    }
}

/// The plate that shows a tensor, or the block in which it is made.
pub(super) fn plate_of(graph: &ModelGraph, plates: &[Chosen], node: usize) -> Option<usize> {
    // A node that has no plate of its own is seen in the next that has one.
    let shown = plates.iter().position(|plate| plate.node >= node)?;
    let (of_node, of_plate) = (graph.nodes().get(node)?, plates.get(shown)?);
    match &of_plate.block {
        Some(block) => of_node.path.starts_with(block.as_str()).then_some(shown),
        None => (of_plate.node == node).then_some(shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::description;

    fn graph(blocks: usize) -> ModelGraph {
        let layers = "[[layers]]\nkind = \"conv2d\"\nname = \"stem\"\nout_channels = 2\nkernel_size = 1\n\
             [[layers]]\nkind = \"block\"\nname = \"stage\"\nrepeat = REPEAT\n\
             [[layers.layers]]\nkind = \"block\"\nname = \"inner\"\n\
             [[layers.layers.layers]]\nkind = \"relu\"\n\
             [[layers.layers.layers]]\nkind = \"tanh\"\n\
             [[layers.layers]]\nkind = \"add\"\nname = \"add\"\nfrom = [\"inner\", \"input\"]\n\
             [[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nname = \"end\"\n";
        let text = layers.replace("REPEAT", &blocks.to_string());
        description(&text).unwrap().network([1, 4, 4], 3).unwrap().graph().unwrap()
    }

    fn told(graph: &ModelGraph, opened: Option<&str>) -> Vec<String> {
        let plates = chosen(graph, opened).into_iter();
        plates
            .map(|plate| match plate.block {
                Some(block) => format!("{block} × {}", plate.layers),
                None => graph.nodes()[plate.node].path.to_owned(),
            })
            .collect()
    }

    #[test]
    fn of_a_small_network_every_layer_hangs() {
        let told = told(&graph(2), None);
        assert_eq!(told.len(), 8);
        assert_eq!(told[0], "stem");
        assert_eq!(told[4], "stage.1.inner.relu1");
        assert_eq!(told[7], "end", "the flatten has nothing of its own to show");
    }

    #[test]
    fn of_a_large_one_blocks_hang_and_the_opened_one_is_taken_apart() {
        let graph = graph(20);
        assert_eq!(told(&graph, None), ["stem", "stage × 60", "end"]);
        let opened = told(&graph, Some("stage"));
        assert_eq!((opened.len(), opened[1].as_str()), (22, "stage.0 × 3"));
        let deeper = told(&graph, Some("stage.1.inner"));
        assert_eq!(
            deeper[1..5],
            ["stage.0 × 3", "stage.1.inner.relu1", "stage.1.inner.tanh1", "stage.1.add"]
        );
    }

    #[test]
    fn what_lies_in_a_closed_block_is_seen_there() {
        let graph = graph(20);
        let plates = chosen(&graph, Some("stage"));
        let at = graph.nodes().iter().position(|node| node.path == "stage.3.inner.tanh1").unwrap();
        let plate = plate_of(&graph, &plates, at).unwrap();
        assert_eq!(plates[plate].block.as_deref(), Some("stage.3"));
        let weights = tensor(&graph, plates[0].node, Quantity::Weights).unwrap();
        assert_eq!(weights.name.name(), "stem.weight");
        let gradients = tensor(&graph, plates[0].node, Quantity::Gradients).unwrap();
        assert_eq!(gradients.name.name(), "stem.weight gradient");
        assert!(tensor(&graph, at, Quantity::Weights).is_none());
    }
}
