//! A brought network fitted to the data that it is to learn: its input, its last layer, and arrays that several share.

use std::collections::HashMap;

use crate::network::{
    FROZEN, Fault, First,
    onnx::{Array, Attribute, Kind, Model, Node},
};
use crate::words::Phrase;

/// A network that takes images of the data and tells as many classes as they have.
#[derive(Clone, Debug)]
pub struct Fit {
    pub model: Model,
    /// Channels, rows and columns of the data.
    pub input: [usize; 3],
    pub classes: usize,
    /// What begins anew, instead of with what the file holds.
    pub fresh: HashMap<String, First>,
    /// Whether it takes only one image at once.
    pub single: bool,
    pub remarks: Vec<Phrase>,
}

/// What a network is given for a pixel whose brightness goes from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pixels {
    /// The same.
    #[default]
    Unit,
    /// −1 to 1.
    Signed,
    /// Less the mean and by the deviation of each colour in `ImageNet`
    /// (<https://docs.pytorch.org/vision/stable/models.html>).
    ImageNet,
}

/// Before the names of what makes pixels of brightness: it is not learned.
pub(super) const PIXELS: &str = "pixels.";

/// Channels, rows and columns of the images that a network takes, where it says so.
///
/// # Errors
/// If it takes no images.
pub fn image_size(model: &Model) -> Result<[Option<usize>; 3], Fault> {
    let [port] = model.inputs.as_slice() else {
        let names: Vec<&str> = model.inputs.iter().map(|port| port.name.as_str()).collect();
        return Err(Fault::new(phrase!(
            "network-files-it-takes-inputs-but-images",
            names_count = names.len(),
            names = Phrase::listed(&names)
        )));
    };
    match (port.kind, port.dims.as_slice()) {
        (Some(Kind::F32) | None, [_, channels, rows, columns]) => match channels {
            None | Some(1 | 3) => Ok([*channels, *rows, *columns]),
            Some(channels) => {
                Err(Fault::new(phrase!("network-files-its-input-is-of-channels", channels)))
            }
        },
        (Some(Kind::F32) | None, _) => Err(Fault::new(phrase!(
            "network-files-its-input-has-dimensions-but",
            dims_count = port.dims.len()
        ))),
        (Some(_), _) => Err(Fault::new(phrase!("network-files-its-input-is-of-other"))),
    }
}

/// The network with the input and the classes of the data.
///
/// # Errors
/// If its end is no layer that tells classes.
pub fn fitted(
    mut model: Model,
    data: [usize; 3],
    classes: usize,
    pixels: Pixels,
) -> Result<Fit, Fault> {
    let wanted = image_size(&model)?;
    let [channels, rows, columns] = data;
    for (word, wants, has) in [
        (phrase!("network-files-rows"), wanted[1], rows),
        (phrase!("network-files-columns"), wanted[2], columns),
    ] {
        if wants.is_some_and(|wants| wants != has) {
            return Err(Fault::new(phrase!(
                "network-files-it-is-for-images-of",
                wants = wants.unwrap_or(0),
                word,
                has
            )));
        }
    }
    let mut remarks = Vec::new();
    if model.outputs.len() > 1 {
        remarks.push(phrase!(
            "network-files-outputs-only-the-first-of",
            outputs_count = model.outputs.len()
        ));
        model.outputs.truncate(1);
    }
    untie(&mut model);
    logits(&mut model);
    let mut fresh = HashMap::new();
    let single = model.inputs.first().and_then(|port| port.dims.first().copied().flatten());
    let single = single == Some(1);
    remarks.extend(pixels_for(&mut model, wanted[0].unwrap_or(channels), pixels)?);
    if let Some(remark) = channels_for(&mut model, wanted[0], channels)? {
        remarks.push(remark);
    }
    if let Some(remark) = head(&mut model, classes, &mut fresh)? {
        remarks.push(remark);
    }
    if single {
        remarks.push(phrase!(
            "network-files-batch-one-image",
            axes = "dynamic_axes={\"input\": {0: \"batch\"}}"
        ));
    }
    Ok(Fit { model, input: data, classes, fresh, single, remarks })
}

/// Gives each node an array of its own where a file stores equal ones once, and makes constants arrays.
///
/// Layers that share an array would be tied for ever otherwise, since exporters store equal first weights once.
fn untie(model: &mut Model) {
    let mut nodes = Vec::with_capacity(model.nodes.len());
    for node in std::mem::take(&mut model.nodes) {
        let array = match (node.operator.as_str(), node.attributes.get("value")) {
            ("Identity", _) => {
                node.inputs.first().and_then(|name| model.initialiser(name)).cloned()
            }
            ("Constant", Some(Attribute::Array(array))) => Some(array.clone()),
            _ => None,
        };
        match (array, node.outputs.first()) {
            (Some(array), Some(name)) => model.initialisers.push((name.clone(), array)),
            _ => nodes.push(node),
        }
    }
    model.nodes = nodes;
}

/// Lets the network end before its softmax: it is trained by its logits.
fn logits(model: &mut Model) {
    let Some(output) = model.outputs.first().cloned() else { return };
    let last = model.nodes.iter().rposition(|node| node.outputs.contains(&output));
    let Some(node) = last.and_then(|at| model.nodes.get(at)) else { return };
    if ["Softmax", "LogSoftmax"].contains(&node.operator.as_str())
        && let (Some(read), Some(at)) = (node.inputs.first().cloned(), last)
    {
        model.nodes.remove(at);
        model.outputs = vec![read];
    }
}

/// Pixels as the network was trained with, made of brightness before anything else.
fn pixels_for(model: &mut Model, channels: usize, pixels: Pixels) -> Result<Option<Phrase>, Fault> {
    let (mean, deviation): (Vec<f32>, Vec<f32>) = match pixels {
        Pixels::Unit => return Ok(None),
        Pixels::Signed => (vec![0.5; channels], vec![0.5; channels]),
        Pixels::ImageNet if channels == 3 => (vec![0.485, 0.456, 0.406], vec![0.229, 0.224, 0.225]),
        Pixels::ImageNet => {
            return Err(Fault::new(phrase!(
                "network-files-its-images-have-channels-but",
                channels
            )));
        }
    };
    let Some(port) = model.inputs.first_mut() else { return Ok(None) };
    let pixels_of = std::mem::replace(&mut port.name, "brightness".to_owned());
    let dims = vec![1, channels, 1, 1];
    for (word, operator, reads, makes, numbers) in [
        ("mean", "Sub", "brightness".to_owned(), format!("{PIXELS}centred"), mean),
        ("deviation", "Div", format!("{PIXELS}centred"), pixels_of, deviation),
    ] {
        let array = format!("{PIXELS}{word}");
        let node = Node {
            name: format!("/pixels/{word}"),
            operator: operator.to_owned(),
            inputs: vec![reads, array.clone()],
            outputs: vec![makes],
            ..Node::default()
        };
        let at = usize::from(word == "deviation");
        model.nodes.insert(at, node);
        model.initialisers.push((array, Array::singles(dims.clone(), numbers)));
    }
    Ok(Some(match pixels {
        Pixels::ImageNet => phrase!("network-files-pixels-less-imagenets-mean-by"),
        _ => phrase!("network-files-pixels-1-to-1"),
    }))
}

/// Grey images for a network of colours, or the other way round.
fn channels_for(
    model: &mut Model,
    wants: Option<usize>,
    has: usize,
) -> Result<Option<Phrase>, Fault> {
    let Some(wants) = wants.filter(|wants| *wants != has) else { return Ok(None) };
    if (wants, has) != (3, 1) {
        return Err(Fault::new(phrase!("network-files-it-is-for-images-of-channels", wants, has)));
    }
    let Some(port) = model.inputs.first_mut() else { return Ok(None) };
    let colours = std::mem::replace(&mut port.name, "grey".to_owned());
    if let Some(channels) = port.dims.get_mut(1) {
        *channels = Some(1);
    }
    let concat = Node {
        name: "/colours/Concat".to_owned(),
        operator: "Concat".to_owned(),
        inputs: vec!["grey".to_owned(); 3],
        outputs: vec![colours],
        attributes: [("axis".to_owned(), Attribute::Int(1))].into_iter().collect(),
        ..Node::default()
    };
    model.nodes.insert(0, concat);
    Ok(Some(phrase!("network-files-colours-it-is-for-colour")))
}

/// Lets arrays that begin anew learn, whoever froze what stood there.
fn thaw(model: &mut Model, fresh: &mut HashMap<String, First>) {
    let frozen: Vec<String> =
        fresh.keys().filter(|name| name.starts_with(FROZEN)).cloned().collect();
    for name in frozen {
        let free = name.trim_start_matches(FROZEN).to_owned();
        let arrays = model.initialisers.iter_mut().map(|(called, _)| called);
        let read = model.nodes.iter_mut().flat_map(|node| &mut node.inputs);
        arrays
            .chain(read)
            .filter(|called| **called == name)
            .for_each(|called| called.clone_from(&free));
        if let Some(first) = fresh.remove(&name) {
            fresh.insert(free, first);
        }
    }
}

/// A last layer for the classes of the data, where the file's tells others.
fn head(
    model: &mut Model,
    classes: usize,
    fresh: &mut HashMap<String, First>,
) -> Result<Option<Phrase>, Fault> {
    let output = model.outputs.first().cloned().unwrap_or_default();
    let node = model.nodes.iter().rev().find(|node| node.outputs.contains(&output));
    let node = node.ok_or_else(|| Fault::new(phrase!("network-files-its-output-is-made-by")))?;
    let turned = node.attributes.get("transB") == Some(&Attribute::Int(1));
    let weights = match node.operator.as_str() {
        "Gemm" | "MatMul" => node.inputs.get(1).cloned(),
        // A product and its bias.
        "Add" => model
            .nodes
            .iter()
            .find(|before| {
                before.operator == "MatMul"
                    && before.outputs.first().is_some_and(|made| node.inputs.contains(made))
            })
            .and_then(|before| before.inputs.get(1).cloned()),
        _ => None,
    };
    let biases: Vec<String> =
        node.inputs.iter().filter(|name| Some(*name) != weights.as_ref()).cloned().collect();
    let array = weights.as_ref().and_then(|name| model.initialiser(name));
    let Some(dims) = array.map(|array| array.dims.clone()).filter(|dims| dims.len() == 2) else {
        return Ok(None);
    };
    let (inputs, tells) = if turned { (dims[1], dims[0]) } else { (dims[0], dims[1]) };
    if tells == classes {
        return Ok(None);
    }
    let bound = First::Within(1.0 / (inputs.max(1) as f32).sqrt());
    let made = if turned { vec![classes, inputs] } else { vec![inputs, classes] };
    for (name, array) in &mut model.initialisers {
        let dims = if Some(&*name) == weights.as_ref() {
            made.clone()
        } else if biases.contains(name) && array.len() == tells {
            vec![classes]
        } else {
            continue;
        };
        let count = dims.iter().product();
        *array = Array::singles(dims, vec![0.0; count]);
        fresh.insert(name.clone(), bound.clone());
    }
    thaw(model, fresh);
    Ok(Some(phrase!("network-files-last-layer-it-is-new", tells, classes)))
}
