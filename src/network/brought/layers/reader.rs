//! Reads operators one after the other as layers.

use std::collections::{HashMap, HashSet};

use super::{Made, Source, Users, plain, weighted};
use crate::network::{Fault, Operator, Plan, Stated, brought::paths::of_name, onnx::Node};

/// A name that nobody has yet.
pub(super) fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let mut free = name.to_owned();
    let mut at = 2;
    while !taken.insert(free.clone()) {
        free = format!("{name}_{at}");
        at += 1;
    }
    free
}

/// What has been read.
pub(super) struct Reader<'a> {
    plan: &'a Plan,
    users: Users<'a>,
    /// What layer makes a value: 0 is the network's input.
    values: HashMap<&'a str, usize>,
    /// What layers make that are of several operators.
    done: HashSet<&'a str>,
    /// The paths that values have in the hall.
    paths: HashMap<&'a str, &'a str>,
    taken: HashSet<String>,
    /// Arrays that a layer has already.
    used: HashSet<&'a str>,
    layers: Vec<Stated>,
    sources: Vec<Source>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        let mut users = Users::new();
        for node in &plan.model.nodes {
            for name in &node.inputs {
                users.entry(name).or_default().push(node);
            }
        }
        let input = plan.model.inputs.first().map(|port| (port.name.as_str(), 0));
        let paths = plan.shown.iter().map(|shown| (shown.value.as_str(), shown.name.name()));
        Self {
            plan,
            users,
            values: input.into_iter().collect(),
            done: HashSet::new(),
            paths: paths.collect(),
            taken: HashSet::from(["input".to_owned()]),
            used: HashSet::new(),
            layers: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// All layers and where their weights come from, if the last makes what the network does.
    pub(super) fn done(self) -> Result<(Vec<Stated>, Vec<Source>), Fault> {
        let output = self.plan.model.outputs.first();
        let made = output.and_then(|name| self.values.get(name.as_str()));
        if made != Some(&self.layers.len()) {
            return Err(Fault::new(phrase!("network-files-its-output-is-not-what")));
        }
        Ok((self.layers, self.sources))
    }

    /// Reads an operator, which may belong to a layer that has been read.
    pub(super) fn take(&mut self, node: &'a Node) -> Result<(), Fault> {
        let Some(value) = node.outputs.first().map(String::as_str) else { return Ok(()) };
        if self.done.contains(value) {
            return Ok(());
        }
        let of = |fault: Fault| fault.of(node.called());
        let other = || of(Fault::new(phrase!("network-files-it-has-no-kind-in")));
        let read = node.inputs.first().and_then(|name| self.values.get(name.as_str()).copied());
        let read = read.ok_or_else(other)?;
        if node.operator == "Identity" || self.is_pooled(node, read) {
            self.values.insert(value, read);
            return Ok(());
        }
        let weighted = weighted::layer(self.plan, &self.users, node, value).map_err(of)?;
        let made = weighted.or_else(|| plain::layer(self.plan, &self.users, node, value));
        let made = made.ok_or_else(other)?;
        let from = match made.operator {
            Operator::Add | Operator::Concatenate => {
                let all = node.inputs.iter().map(|name| self.values.get(name.as_str()).copied());
                all.collect::<Option<Vec<_>>>().ok_or_else(other)?
            }
            _ => vec![read],
        };
        self.add(node, made, from).map_err(of)
    }

    /// Whether a node only lays out what a global pooling makes, which is a row of numbers in a description.
    fn is_pooled(&self, node: &Node, read: usize) -> bool {
        let layer = read.checked_sub(1).and_then(|at| self.layers.get(at));
        layer.is_some_and(|layer| layer.operator == Operator::GlobalAveragePool)
            && ["Flatten", "Squeeze", "Reshape"].contains(&node.operator.as_str())
    }

    fn add(&mut self, node: &Node, made: Made<'a>, from: Vec<usize>) -> Result<(), Fault> {
        let Made { operator, value, outputs, row, arrays } = made;
        let path = self.path(node, value);
        let bias = arrays.iter().any(|(word, ..)| *word == "bias");
        for (word, array, turned) in arrays {
            let array =
                array.ok_or_else(|| Fault::new(phrase!("network-files-it-has-no", word)))?;
            let learned = self.plan.parameters.iter().map(|one| &one.name);
            let remembered = self.plan.memories.iter().map(|one| &one.name);
            // Layers of a description have weights of their own.
            if !learned.chain(remembered).any(|name| name == array) || !self.used.insert(array) {
                return Err(weighted::not_its_own(array));
            }
            let name = format!("{path}.{word}");
            self.sources.push(Source { name, array: array.to_owned(), turned });
        }
        self.layers.push(Stated { path, operator, from, outputs, bias, row, std: None });
        self.values.insert(value, self.layers.len());
        self.done.insert(value);
        Ok(())
    }

    /// Its path in the hall, else one of its name or its operator.
    fn path(&mut self, node: &Node, value: &str) -> String {
        let word = node.operator.to_lowercase();
        // What changes no number has no place in the hall, but a name.
        let path = self.paths.get(value).map(|path| (*path).to_owned());
        let path = path.or_else(|| of_name(&node.name)).unwrap_or_else(|| word.clone());
        let empty = path.split('.').any(str::is_empty) || path.chars().any(char::is_control);
        free(if empty { &word } else { &path }, &mut self.taken)
    }
}
