//! Writes networks as ONNX, so that others open what was learned here.

use std::cell::RefCell;

use rten_onnx::{
    onnx::{
        AttributeProto, AttributeType, DataType, Dimension, GraphProto, ModelProto, NodeProto,
        OperatorSetIdProto, StringStringEntryProto, TensorProto, TensorShapeProto, TypeProto,
        TypeProtoTensor, ValueInfoProto,
    },
    protobuf::{EncodeMessage as _, ProtobufError, ValueWriter},
};

use super::{Array, Attribute, Cells, Fault, Kind, Model, Node, Port};

/// The version of the format that is written: the first with opset 17.
const IR_VERSION: i64 = 8;

/// What every graph is called that is written here.
const GRAPH: &str = "graph";
/// Numbers of fields: the name of a graph, the graph of a model.
const GRAPH_NAME: u8 = 2;
const MODEL_GRAPH: u8 = 7;

/// The bytes of a file that holds this network. Outputs are written as `f32` of unknown sizes.
///
/// # Errors
/// If an attribute or an array is of a kind that is not written.
pub fn bytes(model: &Model) -> Result<Vec<u8>, Fault> {
    let unknown = |name: &String| {
        let dims = vec![None; model.output_rank];
        port(&Port { name: name.clone(), kind: Some(Kind::F32), dims })
    };
    let graph = GraphProto {
        node: model.nodes.iter().map(node).collect::<Result<_, _>>()?,
        initializer: model
            .initialisers
            .iter()
            .map(|(name, array)| tensor(Some(name), array))
            .collect::<Result<_, _>>()?,
        input: model.inputs.iter().map(port).collect(),
        output: model.outputs.iter().map(unknown).collect(),
        ..GraphProto::default()
    };
    let facts = model.facts.iter().map(|(key, value)| StringStringEntryProto {
        key: Some(key.clone()),
        value: Some(value.clone()),
    });
    let proto = ModelProto {
        ir_version: Some(IR_VERSION),
        producer_name: Some(model.producer.clone()),
        opset_import: vec![OperatorSetIdProto {
            domain: Some(String::new()),
            version: Some(model.opset),
        }],
        metadata_props: facts.collect(),
        ..ModelProto::default()
    };
    let unwritable = |error: ProtobufError| Fault::new(error.to_string());
    let mut bytes = proto.write_buf().map_err(unwritable)?;
    let mut inner = Vec::new();
    graph.encode(ValueWriter::new(&mut inner)).map_err(unwritable)?;
    // ONNX wants a name for a graph, which the writer has no field for.
    field(&mut inner, GRAPH_NAME, GRAPH.as_bytes());
    field(&mut bytes, MODEL_GRAPH, &inner);
    Ok(bytes)
}

/// Adds a field of bytes to a message: its number, its length and itself.
fn field(message: &mut Vec<u8>, number: u8, bytes: &[u8]) {
    message.push(number << 3 | 2);
    let mut length = bytes.len();
    while length >= 0x80 {
        message.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    message.push(length as u8);
    message.extend(bytes);
}

fn port(port: &Port) -> ValueInfoProto {
    let dim = |(at, size): (usize, &Option<usize>)| match size {
        Some(size) => Dimension { dim_value: Some(*size as i64), ..Dimension::default() },
        None => Dimension { dim_param: Some(format!("d{at}")), ..Dimension::default() },
    };
    let shape = TensorShapeProto { dim: port.dims.iter().enumerate().map(dim).collect() };
    let tensor = TypeProtoTensor {
        elem_type: Some(DataType(if port.kind == Some(Kind::I64) { 7 } else { 1 })),
        shape: Some(shape),
    };
    ValueInfoProto {
        name: Some(port.name.clone()),
        r#type: Some(TypeProto { tensor_type: Some(tensor), ..TypeProto::default() }),
    }
}

fn node(node: &Node) -> Result<NodeProto, Fault> {
    let setting = |(name, value): (&String, &Attribute)| {
        let mut proto = AttributeProto { name: Some(name.clone()), ..AttributeProto::default() };
        proto.r#type = Some(match value {
            Attribute::Int(int) => {
                proto.i = Some(*int);
                AttributeType::INT
            }
            Attribute::Float(float) => {
                proto.f = Some(*float);
                AttributeType::FLOAT
            }
            Attribute::Text(text) => {
                proto.s = Some(text.clone());
                AttributeType::STRING
            }
            Attribute::Ints(ints) => {
                proto.ints.clone_from(ints);
                AttributeType::INTS
            }
            Attribute::Floats(floats) => {
                proto.floats.clone_from(floats);
                AttributeType::FLOATS
            }
            Attribute::Texts(texts) => {
                proto.strings.clone_from(texts);
                AttributeType::STRINGS
            }
            Attribute::Array(array) => {
                proto.t = Some(tensor(None, array)?);
                AttributeType::TENSOR
            }
            Attribute::Graph => {
                return Err(Fault::new(phrase!("onnx-holds-a-network-which-is", name)));
            }
        });
        Ok(proto)
    };
    Ok(NodeProto {
        domain: Some(node.domain.clone()),
        name: Some(node.name.clone()),
        op_type: Some(node.operator.clone()),
        input: node.inputs.clone(),
        output: node.outputs.clone(),
        attribute: node.attributes.iter().map(setting).collect::<Result<_, _>>()?,
    })
}

fn tensor(name: Option<&String>, array: &Array) -> Result<TensorProto, Fault> {
    let (number, raw): (_, Vec<u8>) = match (&array.cells, array.kind) {
        (Cells::Singles(cells), _) => {
            (1, cells.iter().flat_map(|cell| cell.to_le_bytes()).collect())
        }
        (Cells::Floats(cells), Kind::F64) => {
            (11, cells.iter().flat_map(|cell| cell.to_le_bytes()).collect())
        }
        (Cells::Whole(cells), Kind::I64) => {
            (7, cells.iter().flat_map(|cell| cell.to_le_bytes()).collect())
        }
        (Cells::Whole(cells), Kind::Bool) => (9, cells.iter().map(|cell| *cell as u8).collect()),
        (_, kind) => {
            return Err(Fault::new(phrase!(
                "onnx-numbers-of-are-not-written",
                kind = format_args!("{:?}", kind)
            )));
        }
    };
    Ok(TensorProto {
        dims: array.dims.iter().map(|size| *size as i64).collect(),
        data_type: Some(DataType(number)),
        raw_data: Some(RefCell::new(raw)),
        name: name.cloned(),
        ..TensorProto::default()
    })
}
