//! The kinds of layers that read text, character by character: tables of numbers, and attention.
//!
//! | Kind | Settings, with what they are if left out |
//! | --- | --- |
//! | `embedding` | `embedding_dim`, `std` 1: a row of numbers for each character of the text |
//! | `positional_embedding` | `std` 1: a row for each place, added to what it reads |
//! | `multihead_attention` | `num_heads`, `bias` true: each token looks at itself and those before it |
//!
//! Attention becomes four layers, named and begun as `PyTorch`'s `MultiheadAttention` is
//! (<https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html>): queries, keys and values, the weights
//! that softmax (Q Kᵀ / √d) gives each pair of tokens, the means of the values by them, and a last projection.

use super::{
    First, Layer, Operator, Parameter, Size,
    expansion::{Expansion, ints},
    fault::Fault,
    made::{Made, learnable},
    onnx::{Array, Attribute},
    settings::Settings,
};
use crate::words::Word;

/// A layer that is part of what was described as one.
pub(super) struct Part {
    /// Behind the path of the whole.
    pub(super) name: &'static str,
    pub(super) made: Made,
    /// What it reads: 0 is what the whole reads, n the part n − 1.
    pub(super) reads: Vec<usize>,
}

/// Tokens, and the numbers of each.
pub(super) fn tokens(size: Size, what: Word) -> Result<[usize; 2], Fault> {
    match size {
        Size::Tokens { tokens, features } => Ok([tokens, features]),
        _ => Err(Fault::new(phrase!("network-files-it-reads-but-takes-tokens", size, what))),
    }
}

/// Deviation of the normal distribution that a table begins with, as `torch.nn.Embedding` does.
const STD: f64 = 1.0;
/// No table begins with larger numbers.
const STDS: [f64; 2] = [0.0, 1e3];

pub(super) fn embedding(
    path: &str,
    read: Size,
    classes: usize,
    settings: &mut Settings,
) -> Result<Made, Fault> {
    let Size::Text(tokens) = read else {
        return Err(Fault::new(phrase!("network-files-it-reads-but-an-embedding", read)));
    };
    let features = settings.needed("embedding_dim")?;
    table(path, [classes, features], Operator::Embedding, tokens, settings)
}

pub(super) fn positions(path: &str, read: Size, settings: &mut Settings) -> Result<Made, Fault> {
    let [tokens, features] = tokens(read, key!("network-files-a-positional-embedding"))?;
    table(path, [tokens, features], Operator::Positions, tokens, settings)
}

fn table(
    path: &str,
    [rows, features]: [usize; 2],
    operator: Operator,
    tokens: usize,
    settings: &mut Settings,
) -> Result<Made, Fault> {
    let std = settings.number("std", STDS)?.unwrap_or(STD);
    let dims = learnable(vec![rows, features])?;
    let first = First::Normal(std as f32);
    let parameters = vec![Parameter { name: format!("{path}.weight"), dims, first }];
    Ok(Made { operator, size: Size::Tokens { tokens, features }, parameters })
}

pub(super) fn attention(
    path: &str,
    read: Size,
    settings: &mut Settings,
) -> Result<Vec<Part>, Fault> {
    let [tokens, features] = tokens(read, key!("network-files-an-attention"))?;
    let heads = settings.needed("num_heads")?;
    if !features.is_multiple_of(heads) {
        return Err(Fault::new(phrase!("network-files-heads-do-not-divide-its", heads, features)));
    }
    let bias = settings.yes("bias")?.unwrap_or(true);
    let linear = |names: [String; 2], outputs: usize, bound: f64| -> Result<Made, Fault> {
        let [weight, shift] = names;
        let dims = learnable(vec![outputs, features])?;
        let first = First::Within(bound as f32);
        let mut parameters = vec![Parameter { name: weight, dims, first }];
        if bias {
            let first = First::Constant(0.0);
            parameters.push(Parameter { name: shift, dims: vec![outputs], first });
        }
        let size = Size::Tokens { tokens, features: outputs };
        Ok(Made { operator: Operator::Linear, size, parameters })
    };
    let width = features as f64;
    // Xavier's bound of 3 E outputs and E inputs, and what a linear layer begins with.
    let of_all = (6.0 / (4.0 * width)).sqrt();
    let names = |of: &str| ["weight", "bias"].map(|word| format!("{path}.{of}{word}"));
    let weights = Size::Maps { channels: heads, rows: tokens, columns: tokens };
    let mean = Size::Tokens { tokens, features };
    let all = linear(names("in_proj_"), features.saturating_mul(3), of_all)?;
    let last = linear(names("out_proj."), features, 1.0 / width.sqrt())?;
    let scores = Made::plain(Operator::AttentionWeights { heads, features }, weights);
    let values = Made::plain(Operator::AttentionValues { heads }, mean);
    Ok(vec![
        Part { name: "in_proj", made: all, reads: vec![0] },
        Part { name: "weights", made: scores, reads: vec![1] },
        Part { name: "values", made: values, reads: vec![2, 1] },
        Part { name: "out_proj", made: last, reads: vec![3] },
    ])
}

/// How tokens become operators: all tokens of all examples are rows of one matrix, so that each layer that takes them one by
/// one is an operator of matrices; only attention lays them out by example, head and token.
impl Expansion {
    /// Rows of a table: those of the characters, or those of the places, which are added.
    pub(super) fn table(&mut self, layer: &Layer, reads: &[String], made: String) {
        let [read, table] = reads else { return };
        let (tokens, features) = (layer.size.tokens() as i64, layer.size.channels() as i64);
        if layer.operator == Operator::Embedding {
            let characters = format!("{made}/characters");
            self.reshaped(read.clone(), characters.clone(), &[-1]);
            self.node("Gather", vec![table.clone(), characters], made, &[]);
        } else {
            let [examples, added] = ["examples", "sum"].map(|word| format!("{made}/{word}"));
            self.reshaped(read.clone(), examples.clone(), &[-1, tokens, features]);
            self.node("Add", vec![examples, table.clone()], added.clone(), &[]);
            self.reshaped(added, made, &[-1, features]);
        }
    }

    /// softmax (Q Kᵀ / √d), where d are the features of a head; what lies behind a token has no weight.
    pub(super) fn attention_weights(
        &mut self,
        [heads, features, tokens]: [usize; 3],
        reads: &[String],
        made: String,
    ) {
        let of = |word: &str| format!("{made}/{word}");
        let each = features / heads.max(1);
        let whole = Array::whole(vec![3], vec![features as i64; 3]);
        let sizes = self.constant(of("sizes"), whole);
        let parts = ["queries", "keys", "rest"].map(of).to_vec();
        let split = [reads, &[sizes]].concat();
        self.nodes_of("Split", split, parts, &[("axis", Attribute::Int(1))]);
        let queries = self.by_head(of("queries"), [heads, each, tokens], [0, 2, 1, 3]);
        let keys = self.by_head(of("keys"), [heads, each, tokens], [0, 2, 3, 1]);
        self.node("MatMul", vec![queries, keys], of("products"), &[]);
        let scale = Array::singles(Vec::new(), vec![1.0 / (each.max(1) as f32).sqrt()]);
        let scale = self.constant(of("scale"), scale);
        self.node("Mul", vec![of("products"), scale], of("scores"), &[]);
        let cell = |at: usize| if at % tokens > at / tokens { f32::NEG_INFINITY } else { 0.0 };
        let mask = (0..tokens * tokens).map(cell).collect();
        let mask = self.constant(of("mask"), Array::singles(vec![tokens; 2], mask));
        self.node("Add", vec![of("scores"), mask], of("seen"), &[]);
        self.node("Softmax", vec![of("seen")], made, &[("axis", Attribute::Int(-1))]);
    }

    /// The means of the values by the weights, heads beside each other.
    pub(super) fn attention_values(
        &mut self,
        [heads, features, tokens]: [usize; 3],
        reads: &[String],
        made: String,
    ) {
        let [weights, all] = reads else { return };
        let of = |word: &str| format!("{made}/{word}");
        let [start, end] = [2, 3].map(|part| {
            let place = Array::whole(vec![1], vec![(part * features) as i64]);
            self.constant(of(&format!("from{part}")), place)
        });
        let axis = self.constant(of("axis"), Array::whole(vec![1], vec![1]));
        self.node("Slice", vec![all.clone(), start, end, axis], of("values"), &[]);
        let sizes = [heads, features / heads.max(1), tokens];
        let values = self.by_head(of("values"), sizes, [0, 2, 1, 3]);
        self.node("MatMul", vec![weights.clone(), values], of("means"), &[]);
        let turn = ints(&[0, 2, 1, 3]);
        self.node("Transpose", vec![of("means")], of("beside"), &[("perm", turn)]);
        self.reshaped(of("beside"), made, &[-1, features as i64]);
    }

    /// Rows of all heads, laid out as examples × tokens × heads × features and turned.
    fn by_head(
        &mut self,
        rows: String,
        [heads, each, tokens]: [usize; 3],
        turn: [usize; 4],
    ) -> String {
        let [laid, turned] = ["heads", "turned"].map(|word| format!("{rows}/{word}"));
        self.reshaped(rows, laid.clone(), &[-1, tokens as i64, heads as i64, each as i64]);
        self.node("Transpose", vec![laid], turned.clone(), &[("perm", ints(&turn))]);
        turned
    }
}
