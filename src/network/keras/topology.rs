//! Which layer reads which: Sequential models have no edges at all, functional ones name for each call of a layer the calls
//! that it reads; models within models are read as if their layers stood in their place.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::{
    Fault,
    builder::{Builder, Call},
    edges::{histories, operands},
    entries::{Entry, entries},
    flow::Flow,
    inputs::{images, input},
    layers::{self, Operand},
    settings::Settings,
};
use crate::network::onnx::named;

/// The whole network of a file.
pub(super) fn whole(b: &mut Builder, config: &Json) -> Result<(), Fault> {
    let entry = Entry::new(config, String::new())?;
    if !entry.is_model() || !entry.is_of_keras() {
        return Err(Fault::new(phrase!(
            "keras-it-is-a-of-someones",
            class = named(entry.class.to_owned())
        )));
    }
    for flow in network(b, &entry, "", None)? {
        let path = format!("{}_output", flow.name);
        let flow = b.plain(&path, flow)?;
        b.output(flow);
    }
    Ok(())
}

/// What a model makes of what it reads, or of images if it is the outermost.
fn network(
    b: &mut Builder,
    model: &Entry<'_>,
    prefix: &str,
    reads: Option<Vec<Flow>>,
) -> Result<Vec<Flow>, Fault> {
    b.count()?;
    let layers = model.config.get("layers").and_then(Json::as_array);
    let layers = layers.ok_or_else(|| {
        let fact = phrase!("keras-it-is-a-model-of");
        Fault::new(fact).of(format!("“{}”", model.path("")))
    })?;
    let entries = entries(layers, &model.place)?;
    if model.class == "Sequential" {
        sequential(b, model, &entries, prefix, reads)
    } else {
        functional(b, model, &entries, prefix, reads)
    }
}

fn sequential(
    b: &mut Builder,
    model: &Entry<'_>,
    entries: &[Entry<'_>],
    prefix: &str,
    reads: Option<Vec<Flow>>,
) -> Result<Vec<Flow>, Fault> {
    let mut flows = match (reads, entries.first()) {
        (Some(flows), _) => flows,
        (None, Some(first)) if first.class == "InputLayer" => vec![input(b, first, prefix)?],
        (None, _) => {
            let built = model.config.get("build_input_shape");
            let built = built.or_else(|| model.json.get("build_config")?.get("input_shape"));
            let shape = built
                .filter(|shape| shape.is_array())
                .ok_or_else(|| Fault::new(phrase!("keras-it-does-not-say-what")))?;
            vec![images(b, "input", shape)?]
        }
    };
    for entry in entries.iter().filter(|entry| entry.class != "InputLayer") {
        flows = called(b, entry, prefix, flows)?;
    }
    Ok(flows)
}

/// A call of a layer: its place among the layers, which call of it, and what it says of it.
type Waiting<'a> = (usize, usize, &'a Json);

fn functional(
    b: &mut Builder,
    model: &Entry<'_>,
    entries: &[Entry<'_>],
    prefix: &str,
    reads: Option<Vec<Flow>>,
) -> Result<Vec<Flow>, Fault> {
    let ends = |word: &str| {
        let told = model.config.get(word).and_then(histories);
        told.ok_or_else(|| Fault::new(phrase!("keras-its-are-not-as-functional", word)))
    };
    let inputs = ends("input_layers")?;
    let mut made: HashMap<(&str, usize), Vec<Flow>> = HashMap::new();
    match reads {
        Some(flows) if flows.len() == inputs.len() => {
            made.extend(
                inputs.iter().zip(flows).map(|((name, ..), flow)| ((*name, 0), vec![flow])),
            );
        }
        Some(flows) => {
            return Err(Fault::new(phrase!(
                "keras-takes-inputs-but-is-given",
                path = model.path(""),
                inputs_count = inputs.len(),
                flows_count = flows.len()
            )));
        }
        None => {
            for entry in entries.iter().filter(|entry| entry.class == "InputLayer") {
                let flow = input(b, entry, prefix)?;
                made.insert((entry.name, 0), vec![flow]);
            }
        }
    }
    let mut waiting: Vec<Waiting<'_>> = Vec::new();
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.class != "InputLayer") {
        let calls = entry.json.get("inbound_nodes").and_then(Json::as_array);
        waiting.extend(calls.into_iter().flatten().enumerate().map(|(call, of)| (at, call, of)));
    }
    // Layers are told in the order of computation, but for those that are used again.
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut left = Vec::new();
        for (at, call, of) in waiting {
            let Some(entry) = entries.get(at) else { continue };
            let place =
                |fault: Fault| fault.of(format!("{} “{}”", entry.class, entry.path(prefix)));
            let Some(operands) = operands(of, &made).map_err(place)? else {
                left.push((at, call, of));
                continue;
            };
            let flows = if entry.is_operation() {
                b.count()?;
                let path = entry.path(prefix);
                vec![
                    layers::operation(b, (entry.class, entry.config), &path, operands)
                        .map_err(place)?,
                ]
            } else {
                let flow = |operand| match operand {
                    Operand::Flow(flow) => Ok(flow),
                    Operand::Number(_) => {
                        Err(place(Fault::new(phrase!("keras-it-is-given-a-number"))))
                    }
                };
                called(b, entry, prefix, operands.into_iter().map(flow).collect::<Result<_, _>>()?)?
            };
            made.insert((entry.name, call), flows);
        }
        if left.len() == before {
            return Err(Fault::new(phrase!("keras-its-layers-read-each-other")));
        }
        waiting = left;
    }
    ends("output_layers")?
        .into_iter()
        .map(|(name, call, at)| {
            let flow = made.get(&(name, call)).and_then(|flows| flows.get(at)).cloned();
            flow.ok_or_else(|| Fault::new(phrase!("keras-its-output-is-made-by")))
        })
        .collect()
}

/// What a layer, or a model within the model, makes of what it reads.
fn called(
    b: &mut Builder,
    entry: &Entry<'_>,
    prefix: &str,
    flows: Vec<Flow>,
) -> Result<Vec<Flow>, Fault> {
    let path = entry.path(prefix);
    let place = |fault: Fault| fault.of(format!("{} “{path}”", named(entry.class.to_owned())));
    if !entry.is_of_keras() {
        return Err(place(Fault::new(phrase!("keras-it-is-of-someones-own"))));
    }
    let settings = Settings(entry.config);
    let around = b.frozen;
    if !settings.flag("trainable", true).map_err(place)? {
        b.remarks.freeze(&path);
        b.frozen = true;
    }
    let made = if entry.is_model() {
        network(b, entry, &format!("{path}."), Some(flows))
    } else {
        layer(b, entry, &path, flows).map_err(place)
    };
    b.frozen = around;
    made
}

/// What a layer that is no model makes.
fn layer(
    b: &mut Builder,
    entry: &Entry<'_>,
    path: &str,
    flows: Vec<Flow>,
) -> Result<Vec<Flow>, Fault> {
    b.count()?;
    if !b.weights().belong(&entry.place, entry.name) {
        return Err(Fault::new(phrase!("keras-its-weights-are-those-of")));
    }
    let call = Call { path, place: &entry.place, settings: Settings(entry.config) };
    layers::layer(b, entry.class, call, flows).map(|flow| vec![flow])
}
