//! Whether a snapshot is of the graph that was declared.

use std::collections::BTreeMap;

use super::bounds::MOST_TENSORS;
use crate::{
    stream::{LayerId, LayerValues, ModelGraph, Role, Shape, Snapshot, TensorSpec},
    words::Phrase,
};

/// # Errors
/// What is wrong, in words that end a sentence.
pub(super) fn check(snapshot: &Snapshot, graph: &ModelGraph) -> Result<(), Phrase> {
    let specs: BTreeMap<LayerId, &TensorSpec> =
        graph.tensors().iter().map(|tensor| (tensor.name, tensor)).collect();
    for layer in &snapshot.layers {
        check_layer(layer, specs.get(&layer.layer).copied())?;
    }
    if snapshot.parameters.len() > MOST_TENSORS {
        return Err(phrase!("attach-a-graph-is-too-large"));
    }
    match snapshot.parameters.iter().find(|sizes| !specs.contains_key(&sizes.layer)) {
        Some(sizes) => Err(phrase!("attach-the-graph-lacks", name = sizes.layer.name())),
        None => Ok(()),
    }
}

fn check_layer(layer: &LayerValues, spec: Option<&TensorSpec>) -> Result<(), Phrase> {
    let name = layer.layer.name();
    let spec = spec.filter(|spec| spec.role != Role::Constant);
    let declared: Shape = spec.ok_or_else(|| phrase!("attach-the-graph-lacks", name))?.shape();
    let whole = layer.part.as_ref().map_or(layer.shape, |part| part.of);
    if whole != declared {
        return Err(phrase!("attach-is-of-another-shape", name, whole, declared));
    }
    let range = layer.range;
    if !(range.low <= range.high && range.low.is_finite() && range.high.is_finite()) {
        return Err(phrase!("attach-a-range-is-none", name));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{
        Axis, GraphBuilder, InputChoice, ParameterSizes, Range, RunId, Span, Step,
    };

    const UNITS: LayerId = LayerId::new("units");

    fn graph() -> ModelGraph {
        let mut graph = GraphBuilder::default();
        graph.tensor(UNITS, Role::Activation, &[Axis::Row.of(2), Axis::Column.of(3)]);
        graph.constant(LayerId::new("half"), &[Axis::Feature.of(1)], [0.5].into());
        graph.build().unwrap()
    }

    fn snapshot(layer: LayerValues) -> Snapshot {
        Snapshot {
            run: RunId::default(),
            step: Step(1),
            input: InputChoice::default(),
            layers: vec![layer],
            parameters: Vec::new(),
            answer: None,
        }
    }

    fn whole(name: LayerId, rows: usize, columns: usize) -> LayerValues {
        let numbers = vec![1.0; rows * columns].into();
        LayerValues::whole(name, Shape::maps(1, rows, columns), Span::Signed, numbers)
    }

    #[test]
    fn a_snapshot_shows_tensors_of_the_graph_as_they_were_declared() {
        assert_eq!(check(&snapshot(whole(UNITS, 2, 3)), &graph()), Ok(()));
        let other = check(&snapshot(whole(LayerId::new("others"), 2, 3)), &graph());
        assert!(other.unwrap_err().contains("others"));
        let turned = check(&snapshot(whole(UNITS, 3, 2)), &graph()).unwrap_err();
        assert!(turned.contains("1 × 3 × 2") && turned.contains("1 × 2 × 3"), "{turned}");
        assert!(check(&snapshot(whole(LayerId::new("half"), 1, 1)), &graph()).is_err());
        let range = Range { low: 1.0, high: 0.0 };
        let upside_down = LayerValues { range, ..whole(UNITS, 2, 3) };
        assert!(check(&snapshot(upside_down), &graph()).is_err());
        let sizes = ParameterSizes {
            layer: LayerId::new("unknown"),
            weights: 1.0,
            gradient: 1.0,
            update: 0.0,
        };
        let mut with = snapshot(whole(UNITS, 2, 3));
        with.parameters.push(sizes);
        assert!(check(&with, &graph()).unwrap_err().contains("unknown"));
    }
}
