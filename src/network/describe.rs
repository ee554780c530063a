//! Reads the description of a network: TOML with `PyTorch`'s words, its layers in the order of computation.
//!
//! ```toml
//! name = "A small one"
//!
//! [[layers]]
//! kind = "conv2d"
//! out_channels = 8
//! kernel_size = 3
//!
//! [[layers]]
//! kind = "block"
//! name = "stage"
//! repeat = 2
//!
//! [[layers.layers]]
//! kind = "relu"
//!
//! [training]
//! optimiser = "adam"
//! ```
//!
//! A layer reads the one before it, unless `from` names another of its block, an earlier one outside, or `input`, what its
//! block reads; `add` and `concat` take a list. The settings of each kind stand in `infer`.

use std::collections::HashMap;

use toml::{Table, Value};

use crate::words::Phrase;

use super::{
    Augmentation, COLOURS, Layer, MOST_LAYERS, MOST_NUMBERS, Network, Operator, Parameter, Size,
    fault::{Fault, nearest, one},
    infer::{self, ATTENTION, KINDS},
    made::Made,
    optimiser::{Training, training},
    settings::{Settings, kind_of},
    tokens,
};

/// The description of a network, whose sizes follow from the data.
#[derive(Clone, Debug)]
pub struct Description {
    /// What it is called.
    pub name: String,
    /// How it is trained.
    pub training: Training,
    /// What images it is made for, where it says so.
    input: [Option<usize>; 3],
    /// Characters that it is shown at once, if it is for text.
    context: Option<usize>,
    layers: Vec<Table>,
}

/// Reads a description.
///
/// # Errors
/// One sentence with the layer, the setting and the nearest known word. Sizes are looked at by
/// [`network`](Description::network).
pub fn description(text: &str) -> Result<Description, Fault> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(0, |span| {
            text.get(..span.start).map_or(0, |before| before.matches('\n').count() + 1)
        });
        Fault::new(phrase!("network-files-line-is-no-toml", line, trim = error.message().trim()))
    })?;
    let mut settings = Settings::new(table);
    let name = settings.text("name")?.unwrap_or_else(|| "Network".to_owned());
    let mut input = settings.table("input")?;
    let sizes = [input.count("channels", 1)?, input.count("rows", 1)?, input.count("columns", 1)?];
    let context = input.count("context", 1)?;
    if context.is_some() && sizes != [None; 3] {
        let sentence = phrase!("network-files-context-is-of-text-but");
        return Err(Fault::new(sentence).of("[input]"));
    }
    input.end().map_err(|fault| fault.of("[input]"))?;
    let mut training =
        training(settings.table("training")?).map_err(|fault| fault.of("[training]"))?;
    let augmentation = Augmentation::read(settings.table("augmentation")?);
    training.augmentation = augmentation.map_err(|fault| fault.of("[augmentation]"))?;
    let layers = settings.tables("layers")?;
    settings.end()?;
    if layers.is_empty() {
        return Err(Fault::new(phrase!("network-files-it-has-no-layers-begin")));
    }
    Ok(Description { name, training, input: sizes, context, layers })
}

impl Description {
    /// Channels, rows and columns of the images that it is made for, where it says so in `[input]`.
    pub const fn input(&self) -> [Option<usize>; 3] {
        self.input
    }

    /// Rows and columns that pictures should have for it, if it says so; where it says one of both, they are square.
    pub fn picture_size(&self) -> Option<[usize; 2]> {
        let [_, rows, columns] = self.input;
        Some([rows.or(columns)?, columns.or(rows)?])
    }

    /// How many characters it is shown at once, where `[input]` says that it is for text.
    pub const fn context(&self) -> Option<usize> {
        self.context
    }

    /// The network for images of this size that are of so many classes.
    ///
    /// # Errors
    /// One sentence with the layer and both sizes.
    pub fn network(&self, input: [usize; 3], classes: usize) -> Result<Network, Fault> {
        if self.context.is_some() {
            return Err(Fault::new(phrase!("network-files-input-says-context-so-it")));
        }
        let is_coloured = self.input[0] == Some(3) && input[0] == 1;
        let given = [if is_coloured { 3 } else { input[0] }, input[1], input[2]];
        for ((wanted, size), word) in self.input.iter().zip(given).zip([
            phrase!("network-files-channels"),
            phrase!("network-files-rows"),
            phrase!("network-files-columns"),
        ]) {
            if let Some(wanted) = wanted.filter(|wanted| *wanted != size) {
                return Err(Fault::new(phrase!(
                    "network-files-input-is-for-images-of",
                    wanted,
                    word,
                    size
                )));
            }
        }
        let [channels, rows, columns] = input;
        let input = Size::Maps { channels, rows, columns };
        self.built((input, is_coloured), classes, Size::Vector(classes))
    }

    /// The network for text of an alphabet of so many characters.
    ///
    /// # Errors
    /// One sentence with the layer and both sizes.
    pub fn text_network(&self, characters: usize) -> Result<Network, Fault> {
        let tokens = self
            .context
            .ok_or_else(|| Fault::new(phrase!("network-files-input-does-not-say-context")))?;
        let ends = Size::Tokens { tokens, features: characters };
        self.built((Size::Text(tokens), false), characters, ends)
    }

    /// The layers behind an input that is given to three colours or not.
    fn built(
        &self,
        (input, is_coloured): (Size, bool),
        classes: usize,
        ends: Size,
    ) -> Result<Network, Fault> {
        let name = self.name.clone();
        let network = Network { name, input, classes, layers: Vec::new() };
        let mut builder = Builder { network };
        if let (true, Size::Maps { rows, columns, .. }) = (is_coloured, input) {
            builder.colours(rows, columns);
        }
        let read = builder.network.layers.len();
        builder.block(&self.layers, "", read, &HashMap::new())?;
        let network = builder.network;
        let last = network.size_of(network.layers.len()).unwrap_or(network.input);
        if last != ends {
            let are = match input {
                Size::Text(_) => phrase!("network-files-the-text-has-characters", classes),
                _ => phrase!("network-files-the-data-have-classes", classes),
            };
            return Err(Fault::new(phrase!("network-files-the-last-layer-makes-but", last, are)));
        }
        Ok(network)
    }
}

/// Puts layers behind each other.
struct Builder {
    network: Network,
}

impl Builder {
    /// Gives grey images to all three channels; no layer that is described can have that name.
    fn colours(&mut self, rows: usize, columns: usize) {
        self.network.layers.push(Layer {
            path: COLOURS.to_owned(),
            operator: Operator::Concatenate,
            from: vec![0; 3],
            size: Size::Maps { channels: 3, rows, columns },
            parameters: Vec::new(),
        });
    }

    /// The layers of a block that reads `input`; gives what its last one makes.
    fn block(
        &mut self,
        tables: &[Table],
        prefix: &str,
        input: usize,
        outside: &HashMap<String, usize>,
    ) -> Result<usize, Fault> {
        let mut names: HashMap<String, usize> = outside.clone();
        names.insert("input".to_owned(), input);
        let (mut last, mut own, mut counted) = (input, Vec::<String>::new(), HashMap::new());
        for table in tables {
            let mut settings = Settings::new(table.clone());
            let place = |name: &str| phrase!("network-files-layer", prefix, name);
            let number = || {
                phrase!(
                    "network-files-layer-of",
                    own_count = own.len() + 1,
                    value = if prefix.is_empty() {
                        phrase!("network-files-the-network")
                    } else {
                        Phrase::from(prefix)
                    }
                )
            };
            let kind = settings.text("kind").map_err(|fault| fault.of(number()))?;
            let kind = kind
                .ok_or_else(|| Fault::new(phrase!("network-files-it-needs-a-kind")).of(number()))?;
            let base = infer::word(&kind);
            let count = counted.entry(base.to_owned()).and_modify(|count| *count += 1).or_insert(1);
            let name = match settings.text("name").map_err(|fault| fault.of(number()))? {
                Some(name) => name,
                None => format!("{base}{count}"),
            };
            let place = place(&name);
            let of = |fault: Fault| fault.of(&place);
            if name.is_empty() || name.contains(|letter: char| letter == '.' || letter.is_control())
            {
                return Err(of(Fault::new(phrase!("network-files-a-name-has-letters-and"))));
            }
            if own.contains(&name) || name == "input" {
                return Err(of(Fault::new(phrase!("network-files-another-layer-has-this-name"))));
            }
            let from = self.from(&mut settings, last, &names).map_err(&of)?;
            last = if kind == "block" {
                let repeat = settings.count("repeat", 1).map_err(&of)?;
                let layers = settings.tables("layers").map_err(&of)?;
                settings.end().map_err(&of)?;
                if layers.is_empty() {
                    return Err(of(Fault::new(phrase!(
                        "network-files-it-has-no-layers-begin-each"
                    ))));
                }
                let mut read = one(&from).map_err(&of)?;
                for turn in 0..repeat.unwrap_or(1) {
                    let path = match repeat {
                        Some(_) => format!("{prefix}{name}.{turn}."),
                        None => format!("{prefix}{name}."),
                    };
                    read = self.block(&layers, &path, read, &names)?;
                }
                read
            } else if KINDS.contains(&kind.as_str()) {
                self.layer(&kind, format!("{prefix}{name}"), from, settings).map_err(&of)?
            } else {
                let advice = nearest(&kind, &KINDS);
                return Err(of(Fault::new(phrase!(
                    "network-files-there-is-no-kind",
                    kind,
                    advice
                ))));
            };
            names.insert(name.clone(), last);
            own.push(name);
        }
        Ok(last)
    }

    fn layer(
        &mut self,
        kind: &str,
        path: String,
        from: Vec<usize>,
        mut settings: Settings,
    ) -> Result<usize, Fault> {
        let reads =
            from.iter().filter_map(|value| self.network.size_of(*value)).collect::<Vec<_>>();
        if kind == ATTENTION {
            let parts = tokens::attention(&path, one(&reads)?, &mut settings)?;
            settings.end()?;
            let before = one(&from)?;
            let first = self.network.layers.len();
            let value = |of: &usize| of.checked_sub(1).map_or(before, |part| first + part + 1);
            return parts.into_iter().try_fold(first, |_, part| {
                let from = part.reads.iter().map(value).collect();
                self.push(format!("{path}.{}", part.name), part.made, from)
            });
        }
        let made = infer::layer(kind, &path, &reads, self.network.classes, &mut settings)?;
        settings.end()?;
        self.push(path, made, from)
    }

    /// Puts a layer behind the others; gives what it makes.
    fn push(&mut self, path: String, made: Made, from: Vec<usize>) -> Result<usize, Fault> {
        let layer = Layer {
            path,
            operator: made.operator,
            from,
            size: made.size,
            parameters: made.parameters,
        };
        let learned = layer.parameters.iter().map(Parameter::len);
        let learned = learned.fold(self.network.learned(), usize::saturating_add);
        if self.network.layers.len() >= MOST_LAYERS {
            return Err(Fault::new(phrase!(
                "network-files-a-network-has-at-most",
                most_layers = MOST_LAYERS
            )));
        }
        if learned > MOST_NUMBERS || layer.size.len() > MOST_NUMBERS {
            return Err(Fault::new(phrase!(
                "network-files-it-makes-of-what-it",
                size = layer.size,
                learned,
                most_numbers = MOST_NUMBERS
            )));
        }
        self.network.layers.push(layer);
        Ok(self.network.layers.len())
    }

    /// What a layer reads.
    fn from(
        &self,
        settings: &mut Settings,
        last: usize,
        names: &HashMap<String, usize>,
    ) -> Result<Vec<usize>, Fault> {
        let find = |value: &Value| match value {
            Value::String(name) => names.get(name).copied().ok_or_else(|| {
                let mut known: Vec<&str> = names.keys().map(String::as_str).collect();
                known.sort_unstable();
                Fault::new(phrase!(
                    "network-files-no-layer-before-it-is",
                    name,
                    name2 = nearest(name, &known)
                ))
            }),
            other => {
                let is = kind_of(other);
                Err(Fault::new(phrase!("network-files-from-is-but-it-must", is)))
            }
        };
        match settings.take("from") {
            None => Ok(vec![last]),
            Some(Value::Array(list)) if list.is_empty() => {
                Err(Fault::new(phrase!("network-files-from-is-an-empty-list")))
            }
            Some(Value::Array(list)) => list.iter().map(find).collect(),
            Some(name) => find(&name).map(|value| vec![value]),
        }
    }
}
