//! Layers in blocks by their paths, each reading others by names that can be seen from where it stands.

use std::ops::Range;

use super::{
    Stated,
    layer::{self, Names},
};
use crate::network::Fault;

/// No blocks are deeper in each other.
const DEEPEST: usize = 8;

/// Layer or block of a description.
#[derive(Clone, Debug)]
pub(super) struct Entry {
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

    /// Writes it as a table of this name, its layers behind it.
    pub(super) fn write(&self, out: &mut String, table: &str) {
        out.push_str(&format!("\n[[{table}]]\n"));
        let (kind, others) = self
            .lines
            .split_first()
            .map_or(("", &[][..]), |(kind, others)| (kind.as_str(), others));
        for line in [kind, &format!("name = {}", layer::quoted(&self.name))]
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

fn alike(some: &[Entry], others: &[Entry]) -> bool {
    let same = |(one, other): (&Entry, &Entry)| one.name == other.name && one.is_like(other);
    some.len() == others.len() && some.iter().zip(others).all(same)
}

/// The layers that are put into blocks.
pub(super) struct Scope<'a> {
    pub(super) layers: &'a [Stated],
}

impl Scope<'_> {
    /// The entries of a block at some depth, whose `input` stands for a value, and what its last layer makes.
    pub(super) fn block(
        &self,
        range: Range<usize>,
        (depth, input): (usize, usize),
        outside: &Names,
    ) -> Result<(Vec<Entry>, usize), Fault> {
        if depth > DEEPEST {
            return Err(Fault::new(phrase!("network-files-its-blocks-are-too-deep")));
        }
        let mut names = outside.clone();
        names.insert("input".to_owned(), input);
        let (mut last, mut own, mut entries) = (input, Vec::<&str>::new(), Vec::new());
        let mut at = range.start;
        while at < range.end {
            let layer = self
                .layers
                .get(at)
                .ok_or_else(|| Fault::new(phrase!("network-files-a-layer-is-missing")))?;
            let mut parts = layer.path.split('.').skip(depth);
            let name = parts.next().unwrap_or_default();
            if own.contains(&name) || name == "input" {
                return Err(Fault::new(phrase!("network-files-is-the-name-of-several", name)));
            }
            own.push(name);
            let entry = if parts.next().is_none() {
                let lines = layer::stated(layer, at + 1 == self.layers.len(), &names, last)?;
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
        let mut fault = Fault::new(phrase!("network-files-a-block-reads-nothing"));
        for input in inputs {
            let tried = layer::from(&[input], names, last)
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
