//! Reads ONNX files and the arrays that lie beside them (<https://github.com/onnx/onnx/blob/main/onnx/onnx.proto>).

use std::{
    fs::File,
    io::{BufReader, Read as _, Seek as _, SeekFrom},
    path::{Component, Path},
};

use rten_onnx::{
    onnx::{
        AttributeProto, AttributeType, DataLocation, GraphProto, ModelProto, NodeProto,
        TensorProto, TypeProto, ValueInfoProto,
    },
    protobuf::{DecodeMessage as _, ValueReader},
};

use super::{
    Array, Attribute, Cells, Fault, Kind, Model, Node, OPSETS, Port,
    array::counted,
    scan::{Message, scan},
};
use crate::words::InPhrase;

/// The most nodes of a network.
const MOST_NODES: usize = 65_536;

/// Reads a network.
///
/// # Errors
/// One sentence that says what is wrong with the file; nothing is allocated for what a damaged one claims to hold.
pub fn model(path: &Path) -> Result<Model, Fault> {
    scanned(path, Message::Model)?;
    let read = ModelProto::parse_file(opened(path)?).map_err(unreadable)?;
    let opset = read.opset_import.iter().find(|set| ours(set.domain.as_deref()));
    let Some(graph) = read.graph else {
        return Err(Fault::new(phrase!("onnx-it-holds-no-network-save")));
    };
    let opset = opset.and_then(|set| set.version).unwrap_or(1);
    let [oldest, newest] = OPSETS;
    if !(oldest..=newest).contains(&opset) {
        return Err(Fault::new(phrase!(
            "onnx-it-is-of-opset-but",
            opset,
            oldest,
            newest,
            clamp = opset.clamp(oldest, newest)
        )));
    }
    let facts = read.metadata_props.into_iter().filter_map(|fact| Some((fact.key?, fact.value?)));
    let producer = [read.producer_name, read.producer_version].into_iter().flatten();
    let producer = producer.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Ok(Model { producer, opset, facts: facts.collect(), ..network(graph, path.parent())? })
}

/// Reads one array, as conformance cases keep their inputs and outputs.
///
/// # Errors
/// One sentence that says what is wrong with the file.
pub fn array(path: &Path) -> Result<Array, Fault> {
    scanned(path, Message::Array)?;
    let read = TensorProto::decode(ValueReader::from_file(opened(path)?)).map_err(unreadable)?;
    numbers(read, path.parent())
}

fn opened(path: &Path) -> Result<File, Fault> {
    File::open(path).map_err(|error| Fault::new(error.in_phrase()))
}

fn scanned(path: &Path, message: Message) -> Result<(), Fault> {
    // What is no plain file may never end.
    let about = path.metadata().map_err(|error| Fault::new(error.in_phrase()))?;
    if !about.is_file() {
        return Err(Fault::new(phrase!("onnx-it-is-no-plain-file")));
    }
    let file = opened(path)?;
    scan(&mut BufReader::new(file), message, about.len())
}

fn unreadable(_: impl std::fmt::Display) -> Fault {
    Fault::new(phrase!("onnx-it-is-damaged-or-no"))
}

/// A name as it can be shown and printed: without line breaks, terminal codes and marks that turn the direction of writing.
pub(in crate::network) fn named(name: String) -> String {
    let hidden = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if name.contains(hidden) { name.replace(hidden, "_") } else { name }
}

/// Whether operators of this domain are ONNX's own.
fn ours(domain: Option<&str>) -> bool {
    matches!(domain, None | Some("" | "ai.onnx"))
}

fn network(graph: GraphProto, folder: Option<&Path>) -> Result<Model, Fault> {
    if graph.node.len() > MOST_NODES {
        let count = graph.node.len();
        return Err(Fault::new(phrase!(
            "onnx-it-has-nodes-but-at",
            count,
            most_nodes = MOST_NODES
        )));
    }
    let mut initialisers = Vec::with_capacity(graph.initializer.len());
    for tensor in graph.initializer {
        let name = named(tensor.name.clone().unwrap_or_default());
        let array = numbers(tensor, folder).map_err(|fault| fault.of(format!("“{name}”")))?;
        initialisers.push((name, array));
    }
    let has = |name: &str| initialisers.iter().any(|(called, _)| called == name);
    // Before version 4 of the format, what a network has was listed as what it is given, too.
    let inputs = graph.input.into_iter().map(port).filter(|port| !has(&port.name)).collect();
    let outputs: Vec<Port> = graph.output.into_iter().map(port).collect();
    let output_rank = outputs.first().map_or(0, |port| port.dims.len());
    let outputs = outputs.into_iter().map(|port| port.name).collect();
    let nodes = graph.node.into_iter().map(|node| self::node(node, folder));
    let nodes = nodes.collect::<Result<_, _>>()?;
    Ok(Model { inputs, outputs, output_rank, nodes, initialisers, ..Model::default() })
}

fn port(read: ValueInfoProto) -> Port {
    let Some(TypeProto { tensor_type: Some(tensor), .. }) = read.r#type else {
        let name = named(read.name.unwrap_or_default());
        return Port { name, kind: None, dims: Vec::new() };
    };
    let dims = tensor.shape.map(|shape| shape.dim).unwrap_or_default();
    let size = |size: Option<i64>| size.and_then(|size| usize::try_from(size).ok());
    Port {
        name: named(read.name.unwrap_or_default()),
        kind: tensor.elem_type.and_then(|kind| Kind::numbered(kind.0)),
        dims: dims.into_iter().map(|dim| size(dim.dim_value)).collect(),
    }
}

fn node(read: NodeProto, folder: Option<&Path>) -> Result<Node, Fault> {
    let mut node = Node {
        name: named(read.name.unwrap_or_default()),
        operator: named(read.op_type.unwrap_or_default()),
        domain: if ours(read.domain.as_deref()) {
            String::new()
        } else {
            named(read.domain.unwrap_or_default())
        },
        inputs: read.input.into_iter().map(named).collect(),
        outputs: read.output.into_iter().map(named).collect(),
        ..Node::default()
    };
    for attribute in read.attribute {
        let name = named(attribute.name.clone().unwrap_or_default());
        let value = setting(attribute, folder)
            .map_err(|fault| fault.of(phrase!("onnx-attribute-of", node = node.called(), name)))?;
        node.attributes.insert(name, value);
    }
    Ok(node)
}

fn setting(read: AttributeProto, folder: Option<&Path>) -> Result<Attribute, Fault> {
    let missing = || Fault::new(phrase!("onnx-the-attribute-has-no-value"));
    Ok(match read.r#type {
        Some(AttributeType::INT) => Attribute::Int(read.i.unwrap_or(0)),
        Some(AttributeType::FLOAT) => Attribute::Float(read.f.unwrap_or(0.0)),
        Some(AttributeType::STRING) => Attribute::Text(read.s.unwrap_or_default()),
        Some(AttributeType::INTS) => Attribute::Ints(read.ints),
        Some(AttributeType::FLOATS) => Attribute::Floats(read.floats),
        Some(AttributeType::STRINGS) => Attribute::Texts(read.strings),
        Some(AttributeType::TENSOR) => {
            Attribute::Array(numbers(read.t.ok_or_else(missing)?, folder)?)
        }
        Some(AttributeType::GRAPH) => Attribute::Graph,
        _ => return Err(Fault::new(phrase!("onnx-the-attribute-is-of-a"))),
    })
}

/// The numbers of an array, wherever the file keeps them.
fn numbers(read: TensorProto, folder: Option<&Path>) -> Result<Array, Fault> {
    let (dims, count) = counted(&read.dims)?;
    let number = read.data_type.map_or(0, |kind| kind.0);
    let kind = Kind::numbered(number).ok_or_else(|| match number {
        8 => Fault::new(phrase!("onnx-it-holds-texts-which-are")),
        14 | 15 => Fault::new(phrase!("onnx-it-holds-complex-numbers-which")),
        _ => Fault::new(phrase!("onnx-its-numbers-are-of-kind", number)),
    })?;
    let bytes = (count * kind.bits()).div_ceil(8);
    let raw = if read.data_location == Some(DataLocation::EXTERNAL) {
        let place = |key: &str| {
            let mut all = read.external_data.iter();
            all.find(|entry| entry.key.as_deref() == Some(key))
                .and_then(|entry| entry.value.clone())
        };
        Some(beside(folder, place, bytes)?)
    } else {
        read.raw_data.map(std::cell::RefCell::into_inner)
    };
    let wrong = |is: usize, wanted: usize| {
        Fault::new(phrase!("onnx-it-has-bytes-instead-of", is, wanted, count))
    };
    if let Some(raw) = raw.filter(|raw| !raw.is_empty() || count == 0) {
        if raw.len() != bytes {
            return Err(wrong(raw.len(), bytes));
        }
        return Ok(Array { kind, dims, cells: from_bytes(kind, &raw, count) });
    }
    let cells = match kind {
        Kind::F32 => Cells::Singles(read.float_data.into()),
        Kind::F64 => Cells::Floats(read.double_data),
        Kind::Small(format) if kind.bits() >= 8 => {
            Cells::Floats(read.int32_data.iter().map(|bits| format.number(*bits as u32)).collect())
        }
        Kind::Whole { bits: 64, signed: true } => Cells::Whole(read.int64_data),
        Kind::Whole { bits: 8..=32, .. } | Kind::Bool => {
            let cells = read.int32_data.iter();
            Cells::Whole(cells.map(|cell| kind.wrapped(i128::from(*cell))).collect())
        }
        _ => Cells::Whole(Vec::new()),
    };
    let has = match &cells {
        Cells::Singles(cells) => cells.len(),
        Cells::Floats(cells) => cells.len(),
        Cells::Whole(cells) => cells.len(),
    };
    if has != count {
        return Err(Fault::new(phrase!("onnx-it-has-numbers-instead-of", has, count)));
    }
    Ok(Array { kind, dims, cells })
}

/// Numbers from their little-endian bytes; those of fewer than eight bits share a byte, the first one low.
fn from_bytes(kind: Kind, raw: &[u8], count: usize) -> Cells {
    fn each<const N: usize>(raw: &[u8]) -> impl Iterator<Item = [u8; N]> + '_ {
        raw.as_chunks::<N>().0.iter().copied()
    }
    let whole = |bits: usize, cell: u64| {
        // The low bits count, and wrap around by the kind.
        let cell = if bits == 64 { i128::from(cell) } else { i128::from(cell & ((1 << bits) - 1)) };
        kind.wrapped(cell)
    };
    let parts = |bits: usize| {
        let mask = (1_u8 << bits) - 1;
        let of = move |byte: u8| (0..8 / bits).map(move |at| byte >> (at * bits) & mask);
        raw.iter().flat_map(move |byte| of(*byte)).take(count)
    };
    match kind {
        Kind::F32 => Cells::Singles(each(raw).map(f32::from_le_bytes).collect::<Vec<_>>().into()),
        Kind::F64 => Cells::Floats(each(raw).map(f64::from_le_bytes).collect()),
        Kind::Small(format) => Cells::Floats(match format.bits() {
            16 => each(raw).map(|cell| format.number(u16::from_le_bytes(cell).into())).collect(),
            4 => parts(4).map(|cell| format.number(cell.into())).collect(),
            _ => raw.iter().map(|cell| format.number((*cell).into())).collect(),
        }),
        Kind::Bool => Cells::Whole(raw.iter().map(|cell| i64::from(*cell != 0)).collect()),
        Kind::Whole { bits, .. } => Cells::Whole(match bits {
            64 => each(raw).map(|cell| whole(64, u64::from_le_bytes(cell))).collect(),
            32 => each(raw).map(|cell| whole(32, u32::from_le_bytes(cell).into())).collect(),
            16 => each(raw).map(|cell| whole(16, u16::from_le_bytes(cell).into())).collect(),
            8 => raw.iter().map(|cell| whole(8, (*cell).into())).collect(),
            bits => parts(bits as usize).map(|cell| whole(bits as usize, cell.into())).collect(),
        }),
    }
}

/// So many bytes of a file in the folder of the network, and of no other.
fn beside(
    folder: Option<&Path>,
    place: impl Fn(&str) -> Option<String>,
    bytes: usize,
) -> Result<Vec<u8>, Fault> {
    let name = place("location").unwrap_or_default();
    let mut parts = Path::new(&name).components();
    let (Some(Component::Normal(file)), None) = (parts.next(), parts.next()) else {
        return Err(Fault::new(phrase!("onnx-its-numbers-lie-in-but", name)));
    };
    let path = folder.unwrap_or_else(|| Path::new("")).join(file);
    let unusable =
        |error: std::io::Error| Fault::new(phrase!("onnx-its-numbers-lie-in-which", name, error));
    let offset = place("offset").map_or(Some(0), |text| text.parse::<u64>().ok());
    let length = place("length").map_or(Some(bytes as u64), |text| text.parse::<u64>().ok());
    let (Some(offset), Some(length)) = (offset, length) else {
        return Err(Fault::new(phrase!("onnx-its-place-in-is-no", name)));
    };
    // A link could lead anywhere.
    let about = path.symlink_metadata().map_err(unusable)?;
    let fits = offset.checked_add(length).is_some_and(|end| end <= about.len());
    if !about.is_file() || !fits || length != bytes as u64 {
        return Err(Fault::new(phrase!("onnx-it-needs-bytes-of-which", bytes, name)));
    }
    let mut file = opened(&path)?;
    file.seek(SeekFrom::Start(offset)).map_err(unusable)?;
    let mut numbers = vec![0; bytes];
    file.read_exact(&mut numbers).map_err(unusable)?;
    Ok(numbers)
}
