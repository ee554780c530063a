//! Writes a network as the description that is read as it: its layers in blocks by their paths, and how it is trained.

use std::{collections::BTreeMap, ops::Range};

use toml::Table;

use super::{
    Fault, Function, Network, Operator, Rule, Schedule, Size, Takes, Training, description,
    optimiser::training, settings::Settings,
};

/// No blocks are deeper in each other; beyond that paths are written as names.
const DEEPEST: usize = 8;

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
}

/// Layer or block of a description.
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    /// Its settings, one a line; of a block `repeat` and `from`.
    lines: Vec<String>,
    /// The layers of a block.
    layers: Vec<Entry>,
}

impl Entry {
    /// Whether another is the same but for its name.
    fn is_like(&self, other: &Self) -> bool {
        self.lines == other.lines && alike(&self.layers, &other.layers)
    }
}

fn alike(some: &[Entry], others: &[Entry]) -> bool {
    let same = |(one, other): (&Entry, &Entry)| one.name == other.name && one.is_like(other);
    some.len() == others.len() && some.iter().zip(others).all(same)
}

impl Network {
    /// The text of a description that is read as this very network for images of its size and as many classes.
    ///
    /// # Errors
    /// If names of layers hide each other, so that none could be written.
    pub fn text(&self, training: &Training) -> Result<String, Fault> {
        let layers: Vec<Stated> = self
            .layers
            .iter()
            .map(|layer| Stated {
                path: layer.path.clone(),
                operator: layer.operator.clone(),
                from: layer.from.clone(),
                outputs: layer.size.channels(),
                bias: layer.parameters.len() > 1,
                row: matches!(layer.size, Size::Vector(_)),
            })
            .collect();
        let text = text(&self.name, self.input, &layers, training)?;
        match self.reads(&text) {
            Ok(network) if network == *self => Ok(text),
            _ => Err(Fault::new("its layers have names that hide each other: give them others")),
        }
    }

    /// What a text is read as for images of the size of this network's and as many classes.
    pub(super) fn reads(&self, text: &str) -> Result<Self, Fault> {
        let Size::Maps { channels, rows, columns } = self.input else {
            return Err(Fault::new("a network for images is shown maps"));
        };
        description(text)?.network([channels, rows, columns], self.classes)
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
    let scope = Scope { layers };
    let (entries, _) = scope.block(0..layers.len(), (0, 0), &BTreeMap::new())?;
    for entry in &entries {
        entry.write(&mut out, "layers");
    }
    out += "\n[training]\n";
    out += &training.text();
    Ok(out)
}

impl Entry {
    fn write(&self, out: &mut String, table: &str) {
        out.push_str(&format!("\n[[{table}]]\n"));
        let (kind, others) = self
            .lines
            .split_first()
            .map_or(("", &[][..]), |(kind, others)| (kind.as_str(), others));
        for line in [kind, &format!("name = {}", quoted(&self.name))]
            .into_iter()
            .chain(others.iter().map(String::as_str))
        {
            out.push_str(line);
            out.push('\n');
        }
        for layer in &self.layers {
            layer.write(out, &format!("{table}.layers"));
        }
    }
}

/// The layers that are put into blocks.
struct Scope<'a> {
    layers: &'a [Stated],
}

/// The names that can be read, and what they stand for.
type Names = BTreeMap<String, usize>;

impl Scope<'_> {
    /// The entries of a block at some depth, whose `input` stands for a value, and what its last layer makes.
    fn block(
        &self,
        range: Range<usize>,
        (depth, input): (usize, usize),
        outside: &Names,
    ) -> Result<(Vec<Entry>, usize), Fault> {
        if depth > DEEPEST {
            return Err(Fault::new("its blocks are too deep in each other"));
        }
        let mut names = outside.clone();
        names.insert("input".to_owned(), input);
        let (mut last, mut own, mut entries) = (input, Vec::<&str>::new(), Vec::new());
        let mut at = range.start;
        while at < range.end {
            let layer = self.layers.get(at).ok_or_else(|| Fault::new("a layer is missing"))?;
            let mut parts = layer.path.split('.').skip(depth);
            let name = parts.next().unwrap_or_default();
            if own.contains(&name) || name == "input" {
                return Err(Fault::new(format!("“{name}” is the name of several layers")));
            }
            own.push(name);
            let entry = if parts.next().is_none() {
                let lines = stated(layer, at + 1 == self.layers.len(), &names, last)?;
                at += 1;
                last = at;
                Entry { name: name.to_owned(), lines, layers: Vec::new() }
            } else {
                let within = |layer: &&Stated| {
                    let mut parts = layer.path.split('.').skip(depth);
                    parts.next() == Some(name) && parts.next().is_some()
                };
                let rest = self.layers.get(at..range.end).unwrap_or_default();
                let inner = at..at + rest.iter().take_while(within).count();
                at = inner.end;
                let (entry, made) = self.inner(name, inner, (depth, last), &names)?;
                last = made;
                entry
            };
            names.insert(name.to_owned(), last);
            entries.push(entry);
        }
        Ok((entries, last))
    }

    /// A block within another, which reads whatever lets all its layers be written.
    fn inner(
        &self,
        name: &str,
        range: Range<usize>,
        (depth, last): (usize, usize),
        names: &Names,
    ) -> Result<(Entry, usize), Fault> {
        let layers = self.layers.get(range.clone()).unwrap_or_default();
        let mut inputs: Vec<usize> = Vec::new();
        let read = layers.iter().flat_map(|layer| &layer.from).copied();
        for value in read.filter(|value| *value <= range.start).chain([last]) {
            if !inputs.contains(&value) {
                inputs.push(value);
            }
        }
        let mut fault = Fault::new("a block reads nothing");
        for input in inputs {
            let tried = from(&[input], names, last)
                .and_then(|from| Ok((from, self.block(range.clone(), (depth + 1, input), names)?)));
            match tried {
                Ok((from, (layers, made))) => {
                    let mut lines = vec!["kind = \"block\"".to_owned()];
                    lines.extend(from);
                    let entry = Entry { name: name.to_owned(), lines, layers };
                    return Ok((entry.repeated(), made));
                }
                Err(why) => fault = why,
            }
        }
        Err(fault)
    }
}

impl Entry {
    /// The same block as one that is repeated, where it holds nothing but equal ones with numbers for names.
    fn repeated(mut self) -> Self {
        let Some(first) = self.layers.first().cloned() else { return self };
        let numbered = self.layers.iter().enumerate().all(|(at, layer)| {
            layer.name == at.to_string() && !layer.layers.is_empty() && layer.is_like(&first)
        });
        // A turn reads the one before it, and nothing else.
        if numbered && first.lines.len() == 1 {
            self.lines.push(format!("repeat = {}", self.layers.len()));
            self.layers = first.layers;
        }
        self
    }
}

/// What a layer reads as a setting, none where it reads the one before it.
fn from(values: &[usize], names: &Names, last: usize) -> Result<Option<String>, Fault> {
    let name = |value: &usize| {
        let input = names.get_key_value("input").filter(|(_, of)| *of == value);
        let any = || names.iter().find(|(_, of)| *of == value);
        let found = input.or_else(any).map(|(name, _)| quoted(name));
        found.ok_or_else(|| Fault::new("a layer reads what has no name there"))
    };
    match values {
        [one] if *one == last => Ok(None),
        [one] => Ok(Some(format!("from = {}", name(one)?))),
        several => {
            let several = several.iter().map(name).collect::<Result<Vec<_>, _>>()?;
            Ok(Some(format!("from = [{}]", several.join(", "))))
        }
    }
}

/// The settings of a layer, the kind first; what would be taken anyway is left out.
fn stated(layer: &Stated, is_last: bool, names: &Names, last: usize) -> Result<Vec<String>, Fault> {
    let mut lines = Vec::new();
    let mut kind = |kind: &str| lines.push(format!("kind = \"{kind}\""));
    match &layer.operator {
        Operator::Convolution { kernel, stride, padding, dilation, groups } => {
            kind("conv2d");
            lines.push(format!("out_channels = {}", layer.outputs));
            lines.push(format!("kernel_size = {}", two(*kernel)));
            let usual = [("stride", stride, 1), ("padding", padding, 0), ("dilation", dilation, 1)];
            let others = usual.into_iter().filter(|(_, sizes, usual)| **sizes != [*usual; 2]);
            lines.extend(others.map(|(name, sizes, _)| format!("{name} = {}", two(*sizes))));
            if *groups != 1 {
                lines.push(format!("groups = {groups}"));
            }
        }
        Operator::Linear => {
            kind("linear");
            // The last has as many as there are classes.
            if !is_last {
                lines.push(format!("out_features = {}", layer.outputs));
            }
        }
        Operator::BatchNorm { epsilon, momentum } => {
            kind("batch_norm");
            lines.push(format!("eps = {epsilon:?}"));
            lines.push(format!("momentum = {momentum:?}"));
        }
        Operator::GroupNorm { groups: 1, epsilon } if layer.row => {
            kind("layer_norm");
            lines.push(format!("eps = {epsilon:?}"));
        }
        Operator::GroupNorm { groups, epsilon } => {
            kind("group_norm");
            lines.push(format!("num_groups = {groups}"));
            lines.push(format!("eps = {epsilon:?}"));
        }
        Operator::Pool { takes, kernel, stride, padding } => {
            kind(if *takes == Takes::Largest { "max_pool2d" } else { "avg_pool2d" });
            lines.push(format!("kernel_size = {}", two(*kernel)));
            if stride != kernel {
                lines.push(format!("stride = {}", two(*stride)));
            }
            if *padding != [0; 2] {
                lines.push(format!("padding = {}", two(*padding)));
            }
        }
        Operator::GlobalAveragePool => kind("global_avg_pool2d"),
        Operator::Activation(function) => {
            kind(function.name());
            if let Function::LeakyRelu(slope) = function {
                lines.push(format!("negative_slope = {slope:?}"));
            }
        }
        Operator::Dropout { probability } => {
            kind("dropout");
            lines.push(format!("p = {probability:?}"));
        }
        Operator::Flatten => kind("flatten"),
        Operator::Add => kind("add"),
        Operator::Concatenate => kind("concat"),
    }
    let weighted = matches!(layer.operator, Operator::Convolution { .. } | Operator::Linear);
    if weighted && !layer.bias {
        lines.push("bias = false".to_owned());
    }
    lines.extend(from(&layer.from, names, last)?);
    Ok(lines)
}

/// One number where both are equal.
fn two([rows, columns]: [usize; 2]) -> String {
    if rows == columns { rows.to_string() } else { format!("[{rows}, {columns}]") }
}

/// A text in quotation marks, as TOML has it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            _ if letter.is_control() => {
                out += &format!("\\U{:08X}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

impl Training {
    /// The settings of the table `[training]`, one a line, none left out.
    pub fn text(&self) -> String {
        let Self { rule, learning_rate, weight_decay, schedule, batch, epochs } = self;
        let (name, settings) = match rule {
            Rule::Sgd { momentum, nesterov } => {
                ("sgd", format!("momentum = {momentum:?}\nnesterov = {nesterov}"))
            }
            Rule::Adam { betas: [beta1, beta2], epsilon } => {
                ("adam", format!("beta1 = {beta1:?}\nbeta2 = {beta2:?}\neps = {epsilon:?}"))
            }
            Rule::AdamW { betas: [beta1, beta2], epsilon } => {
                ("adamw", format!("beta1 = {beta1:?}\nbeta2 = {beta2:?}\neps = {epsilon:?}"))
            }
            Rule::RmsProp { alpha, epsilon, momentum } => (
                "rmsprop",
                format!("alpha = {alpha:?}\neps = {epsilon:?}\nmomentum = {momentum:?}"),
            ),
        };
        let schedule = match schedule {
            Schedule::Constant => "\"constant\"".to_owned(),
            Schedule::Cosine => "\"cosine\"".to_owned(),
            Schedule::Step { epochs, gamma } => {
                format!("\"step\"\nstep_size = {epochs}\ngamma = {gamma:?}")
            }
        };
        format!(
            "optimiser = \"{name}\"\n{settings}\nlearning_rate = {learning_rate:?}\nweight_decay = {weight_decay:?}\n\
             schedule = {schedule}\nbatch_size = {batch}\nepochs = {epochs}\n"
        )
    }

    /// Reads such settings.
    ///
    /// # Errors
    /// One sentence with the setting.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let table: Table = text.parse().map_err(|_| Fault::new("its training is no TOML"))?;
        training(Settings::new(table))
    }
}

#[cfg(test)]
mod tests;
