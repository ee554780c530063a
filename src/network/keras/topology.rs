//! Which layer reads which: Sequential models have no edges at all, functional ones name for each call of a layer the calls
//! that it reads; models within models are read as if their layers stood in their place.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::{
    Fault,
    builder::{Builder, Call, Flow},
    layers::{self, Operand},
    settings::{Settings, wrong},
};
use crate::network::onnx::named;

/// A layer or a model in a model, as the file describes it.
struct Entry<'a> {
    json: &'a Json,
    class: &'a str,
    config: &'a Json,
    name: &'a str,
    /// Where its weights lie.
    place: String,
}

impl<'a> Entry<'a> {
    fn new(json: &'a Json, place: String) -> Result<Self, Fault> {
        let missing =
            || Fault::new("its config.json has a layer without class_name, config or name");
        let class = json.get("class_name").and_then(Json::as_str).ok_or_else(missing)?;
        let config = json.get("config").filter(|config| config.is_object()).ok_or_else(missing)?;
        let name = config.get("name").or_else(|| json.get("name"));
        let name = name.and_then(Json::as_str).ok_or_else(missing)?;
        Ok(Self { json, class, config, name, place })
    }

    /// Whether it is an operation of `keras.ops`, which has no weights and is not counted among layers.
    fn is_operation(&self) -> bool {
        self.module().starts_with("keras.src.ops")
    }

    fn module(&self) -> &str {
        self.json.get("module").and_then(Json::as_str).unwrap_or("")
    }

    /// Whether it is a part of Keras, and not of someone's own.
    fn is_of_keras(&self) -> bool {
        let module = self.module();
        let registered = self.json.get("registered_name").and_then(Json::as_str).unwrap_or("");
        (module == "keras" || module.starts_with("keras.")) && !registered.contains('>')
    }

    fn is_model(&self) -> bool {
        matches!(self.class, "Sequential" | "Functional" | "Model")
    }

    fn path(&self, prefix: &str) -> String {
        format!("{prefix}{}", named(self.name.to_owned()))
    }
}

/// The whole network of a file.
pub(super) fn whole(b: &mut Builder, config: &Json) -> Result<(), Fault> {
    let entry = Entry::new(config, String::new())?;
    if !entry.is_model() || !entry.is_of_keras() {
        return Err(Fault::new(format!(
            "it is a {} of someone's own code, which is not executed",
            named(entry.class.to_owned())
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
        let fact = "it is a model of someone's own code, which is not executed";
        Fault::new(fact).of(&format!("“{}”", model.path("")))
    })?;
    let entries = entries(layers, &model.place)?;
    if model.class == "Sequential" {
        sequential(b, model, &entries, prefix, reads)
    } else {
        functional(b, model, &entries, prefix, reads)
    }
}

/// The layers of a model with the places of their weights: the class in snake case and a number in the order of layers.
fn entries<'a>(layers: &'a [Json], place: &str) -> Result<Vec<Entry<'a>>, Fault> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut entries = Vec::with_capacity(layers.len());
    for json in layers {
        let mut entry = Entry::new(json, String::new())?;
        if !entry.is_operation() {
            let word = snake_case(entry.class);
            let count = counts.entry(word.clone()).or_default();
            let number = if *count == 0 { String::new() } else { format!("_{count}") };
            *count += 1;
            let around = if place.is_empty() { String::new() } else { format!("{place}/") };
            entry.place = format!("{around}layers/{word}{number}");
        }
        entries.push(entry);
    }
    Ok(entries)
}

/// `conv2d_transpose` of `Conv2DTranspose`, by the rules of `keras.src.utils.naming.to_snake_case`.
pub(super) fn snake_case(class: &str) -> String {
    let letters: Vec<char> =
        class.chars().filter(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    // A capital and small letters begin a word, whatever stands before them; then a capital behind a small letter does.
    let mut words = String::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let small = |at: usize| letters.get(at).is_some_and(char::is_ascii_lowercase);
        if at > 0 && letter.is_ascii_uppercase() && small(at + 1) {
            words.push('_');
        } else if letter.is_ascii_uppercase() && at > 0 && small(at - 1) {
            words.push('_');
        }
        words.push(letter);
        at += 1;
    }
    words.to_lowercase()
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
            let shape = built.filter(|shape| shape.is_array()).ok_or_else(|| {
                Fault::new("it does not say what images it takes: begin it with keras.Input(shape) or call it once")
            })?;
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
        told.ok_or_else(|| Fault::new(format!("its {word} are not as functional models have them")))
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
            return Err(Fault::new(format!(
                "“{}” takes {} inputs, but is given {}",
                model.path(""),
                inputs.len(),
                flows.len()
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
                |fault: Fault| fault.of(&format!("{} “{}”", entry.class, entry.path(prefix)));
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
                if of.get("kwargs").and_then(|of| of.get("training")) == Some(&Json::Bool(false)) {
                    b.remarks.frozen.push(entry.path(prefix));
                }
                let flow = |operand| match operand {
                    Operand::Flow(flow) => Ok(flow),
                    Operand::Number(_) => {
                        Err(place(Fault::new("it is given a number, which is not known here")))
                    }
                };
                called(b, entry, prefix, operands.into_iter().map(flow).collect::<Result<_, _>>()?)?
            };
            made.insert((entry.name, call), flows);
        }
        if left.len() == before {
            return Err(Fault::new("its layers read each other in a circle, or what is not there"));
        }
        waiting = left;
    }
    ends("output_layers")?
        .into_iter()
        .map(|(name, call, at)| {
            let flow = made.get(&(name, call)).and_then(|flows| flows.get(at)).cloned();
            flow.ok_or_else(|| Fault::new("its output is made by none of its layers"))
        })
        .collect()
}

/// `["name", 0, 0]`: a layer, which call of it, which of what it makes.
type History<'a> = (&'a str, usize, usize);

fn history(json: &Json) -> Option<History<'_>> {
    let count = |at: usize| json.get(at)?.as_u64().and_then(|count| usize::try_from(count).ok());
    Some((json.get(0)?.as_str()?, count(1)?, count(2)?))
}

/// One of them, or a list.
fn histories(json: &Json) -> Option<Vec<History<'_>>> {
    match history(json) {
        Some(one) => Some(vec![one]),
        None => json.as_array()?.iter().map(history).collect(),
    }
}

/// What a call reads; `None` if something of it is not yet there.
fn operands(
    call: &Json,
    made: &HashMap<(&str, usize), Vec<Flow>>,
) -> Result<Option<Vec<Operand>>, Fault> {
    let (Some(args), kwargs) = (call.get("args").and_then(Json::as_array), call.get("kwargs"))
    else {
        return Err(Fault::new("what it reads is not told as Keras 3 does"));
    };
    let named = kwargs.and_then(Json::as_object).into_iter().flat_map(serde_json::Map::values);
    // Of settings of a call only tensors count; those that say whether it trains are looked at by who calls.
    let named = named.filter(|value| value.is_array() || value.is_object());
    let mut waiting: Vec<&Json> = args.iter().chain(named).collect();
    waiting.reverse();
    let mut all = Vec::new();
    while let Some(value) = waiting.pop() {
        match value {
            Json::Array(values) => waiting.extend(values.iter().rev()),
            Json::Number(number) => all.push(Operand::Number(number.as_f64().unwrap_or(f64::NAN))),
            Json::Object(_)
                if value.get("class_name").and_then(Json::as_str) == Some("__keras_tensor__") =>
            {
                let told =
                    value.get("config").and_then(|config| history(config.get("keras_history")?));
                let (name, call, at) = told.ok_or_else(|| wrong("keras_history", value))?;
                let Some(flows) = made.get(&(name, call)) else { return Ok(None) };
                let flow =
                    flows.get(at).ok_or_else(|| Fault::new("it reads what no layer makes"))?;
                all.push(Operand::Flow(flow.clone()));
            }
            Json::Null => {}
            other => return Err(wrong("call", other)),
        }
    }
    Ok(Some(all))
}

/// What a layer, or a model within the model, makes of what it reads.
fn called(
    b: &mut Builder,
    entry: &Entry<'_>,
    prefix: &str,
    flows: Vec<Flow>,
) -> Result<Vec<Flow>, Fault> {
    let path = entry.path(prefix);
    let place = |fault: Fault| fault.of(&format!("{} “{path}”", named(entry.class.to_owned())));
    if !entry.is_of_keras() {
        return Err(place(Fault::new("it is of someone's own code, which is not executed")));
    }
    let settings = Settings(entry.config);
    if !settings.flag("trainable", true).map_err(place)? {
        b.remarks.frozen.push(path.clone());
    }
    if entry.is_model() {
        return network(b, entry, &format!("{path}."), Some(flows));
    }
    b.count()?;
    if !b.weights().belong(&entry.place, entry.name) {
        return Err(place(Fault::new("its weights are those of another layer")));
    }
    let call = Call { path: &path, place: &entry.place, settings };
    layers::layer(b, entry.class, call, flows).map(|flow| vec![flow]).map_err(place)
}

fn input(b: &mut Builder, entry: &Entry<'_>, prefix: &str) -> Result<Flow, Fault> {
    let path = entry.path(prefix);
    let settings = Settings(entry.config);
    let shape = settings
        .get("batch_shape")
        .ok_or_else(|| Fault::new("its InputLayer has no batch_shape"))?;
    let flow =
        images(b, &path, shape).map_err(|fault| fault.of(&format!("InputLayer “{path}”")))?;
    if settings.get("dtype").and_then(Json::as_str).is_some_and(|kind| kind.contains("int")) {
        b.wants_bytes(&flow, "its input is of whole numbers");
    }
    Ok(flow)
}

/// Images as a network takes them; a row of numbers is one of as many rows as columns, grey or in three colours.
fn images(b: &mut Builder, name: &str, shape: &Json) -> Result<Flow, Fault> {
    let sizes: Option<Vec<Option<usize>>> = shape.as_array().and_then(|sizes| {
        let size = |size: &Json| match size {
            Json::Null => Some(None),
            size => super::settings::size(size).map(Some),
        };
        sizes.iter().skip(1).map(size).collect()
    });
    match sizes.as_deref() {
        Some([rows, columns, channels]) => Ok(b.input(name, [*rows, *columns, *channels])),
        Some([Some(rows), Some(columns)]) => {
            let grey = b.input(name, [Some(*rows), Some(*columns), Some(1)]);
            let flat = b.reshaped(&format!("{name}_reshape"), &grey.name, &[*rows, *columns])?;
            Ok(Flow::new(flat, vec![Some(*rows), Some(*columns)]))
        }
        Some([Some(length)]) => {
            let square = |count: usize| Some(count.isqrt()).filter(|side| side * side == count);
            let sizes = [
                (1, square(*length)),
                (3, square(length / 3).filter(|_| length.is_multiple_of(3))),
            ];
            let size = sizes.into_iter().find_map(|(channels, side)| Some((channels, side?)));
            let (channels, side) = size.ok_or_else(|| wrong("batch_shape", shape))?;
            b.remarks.others.push(format!(
                "Input: its {length} numbers are those of {side} rows of {side} pixels"
            ));
            let image = b.input(name, [Some(side), Some(side), Some(channels)]);
            let flat = b.node("Flatten", &format!("{name}_flatten"), vec![image.name], []);
            let maps = (channels > 1).then_some([channels, side, side]);
            Ok(Flow { name: flat, dims: vec![Some(*length)], maps })
        }
        _ => Err(wrong("batch_shape", shape)),
    }
}
