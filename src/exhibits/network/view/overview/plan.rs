//! The network as a plan: a box for each layer in columns and lanes, and the ways between them; nothing in it is in metres.

use std::collections::BTreeMap;

use super::super::chosen::is_layer;
use crate::stream::{ModelGraph, Role, TensorId, TensorSpec};

/// Where every layer stands, and what leads where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// The layers, in the order of computation.
    pub(super) boxes: Vec<Place>,
    /// From box to box.
    pub(super) ways: Vec<Way>,
    /// As many as the longest path has layers.
    pub(super) columns: usize,
    /// One for the main path, and one more for each branch beside another.
    pub(super) lanes: usize,
    /// Arches above each other over the main path.
    pub(super) arches: usize,
}

/// The place of one layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its node of the graph.
    pub(super) node: usize,
    /// How many layers lie before it on the longest way to it.
    pub(super) column: usize,
    /// 0 on the main path.
    pub(super) lane: usize,
    /// How many numbers it makes.
    pub(super) units: usize,
}

/// A way from one box to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// The box that is read.
    pub(super) from: usize,
    /// The box that reads it.
    pub(super) to: usize,
    /// Over boxes of its own lane it is an arch, and this is how many arches lie below it.
    pub(super) arch: Option<usize>,
}

impl Plan {
    /// The plan of a graph. The main path is the longest one to the last layer.
    pub(super) fn of(graph: &ModelGraph) -> Self {
        let layers = graph.nodes().iter().enumerate().filter(|(_, node)| is_layer(graph, node));
        let layers: Vec<usize> = layers.map(|(at, _)| at).collect();
        let reads = reads(graph, &layers);
        let mut columns = Vec::with_capacity(layers.len());
        for read in &reads {
            let before = read.iter().filter_map(|from: &usize| columns.get(*from));
            columns.push(before.max().map_or(0, |column| column + 1));
        }
        let lanes = lanes(&reads, &columns);
        let units = |node: usize| {
            let made =
                graph.nodes().get(node).and_then(|node| graph.tensor(*node.outputs.first()?));
            made.map_or(0, TensorSpec::len)
        };
        let places = layers.iter().zip(&columns).zip(&lanes);
        let boxes: Vec<Place> = places
            .map(|((&node, &column), &lane)| Place { node, column, lane, units: units(node) })
            .collect();
        let mut ways: Vec<Way> = Vec::new();
        for (to, read) in reads.iter().enumerate() {
            ways.extend(read.iter().map(|&from| Way { from, to, arch: None }));
        }
        let arches = raise_arches(&boxes, &mut ways);
        Self {
            columns: columns.iter().max().map_or(0, |most| most + 1),
            lanes: lanes.iter().max().map_or(0, |most| most + 1),
            boxes,
            ways,
            arches,
        }
    }
}

/// Which boxes each box reads, each once; past nodes that are no layers, what these read first.
fn reads(graph: &ModelGraph, layers: &[usize]) -> Vec<Vec<usize>> {
    let makers: BTreeMap<TensorId, usize> = graph
        .nodes()
        .iter()
        .enumerate()
        .flat_map(|(at, node)| node.outputs.iter().map(move |made| (*made, at)))
        .collect();
    let origin = |mut tensor: TensorId| {
        // Each node lies before the one that reads it, so that this ends.
        for _ in graph.nodes() {
            let node = *makers.get(&tensor)?;
            if let Ok(at) = layers.binary_search(&node) {
                return Some(at);
            }
            tensor = *graph.nodes().get(node)?.inputs.first()?;
        }
        None
    };
    let learned =
        |id: &TensorId| graph.tensor(*id).is_some_and(|tensor| tensor.role == Role::Parameter);
    let nodes = layers.iter().filter_map(|node| graph.nodes().get(*node));
    nodes
        .map(|node| {
            let mut read = Vec::new();
            for from in node.inputs.iter().filter(|id| !learned(id)).filter_map(|id| origin(*id)) {
                if !read.contains(&from) {
                    read.push(from);
                }
            }
            read
        })
        .collect()
}

/// Boxes beside the main path that follow each other, and the columns that they need: up to where they join it again.
struct Branch {
    boxes: Vec<usize>,
    first: usize,
    last: usize,
}

/// The lane of each box: 0 on the main path, and for branches the first that is free as far as they reach.
fn lanes(reads: &[Vec<usize>], columns: &[usize]) -> Vec<usize> {
    let column = |at: usize| columns.get(at).copied().unwrap_or(0);
    let mut is_main = vec![false; reads.len()];
    let mut next = reads.len().checked_sub(1);
    while let Some(at) = next {
        if let Some(main) = is_main.get_mut(at) {
            *main = true;
        }
        // Of equally long ways the one that is named first.
        next =
            reads.get(at).and_then(|read| read.iter().rev().copied().max_by_key(|at| column(*at)));
    }
    let mut branches: Vec<Branch> = Vec::new();
    for (at, read) in reads.iter().enumerate().filter(|(at, _)| !is_main.get(*at).unwrap_or(&true))
    {
        let goes_on =
            |branch: &&mut Branch| branch.boxes.last().is_some_and(|end| read.contains(end));
        match branches.iter_mut().find(goes_on) {
            Some(branch) => branch.boxes.push(at),
            None => branches.push(Branch { boxes: vec![at], first: column(at), last: 0 }),
        }
    }
    for branch in &mut branches {
        let end = branch.boxes.last().copied().unwrap_or(0);
        let joins = reads.iter().enumerate().filter(|(_, read)| read.contains(&end));
        let joins = joins.map(|(at, _)| column(at).saturating_sub(1)).max();
        branch.last = column(end).max(joins.unwrap_or(0));
    }
    let mut lanes = vec![0; reads.len()];
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    for branch in &branches {
        let is_free = |lane: &Vec<(usize, usize)>| {
            lane.iter().all(|(first, last)| branch.last < *first || *last < branch.first)
        };
        let lane = taken.iter().position(is_free).unwrap_or_else(|| {
            taken.push(Vec::new());
            taken.len() - 1
        });
        if let Some(lane) = taken.get_mut(lane) {
            lane.push((branch.first, branch.last));
        }
        for at in &branch.boxes {
            if let Some(of_box) = lanes.get_mut(*at) {
                *of_box = lane + 1;
            }
        }
    }
    lanes
}

/// Makes arches of ways over boxes of their own lane, the shorter below the longer, and says how many lie above each other
/// over the main path.
fn raise_arches(boxes: &[Place], ways: &mut [Way]) -> usize {
    let mut over: Vec<(usize, usize, usize, &mut Way)> = ways
        .iter_mut()
        .filter_map(|way| {
            let (from, to) = (boxes.get(way.from)?, boxes.get(way.to)?);
            let skips = from.lane == to.lane && to.column > from.column + 1;
            skips.then_some((from.lane, from.column, to.column, way))
        })
        .collect();
    over.sort_by_key(|(_, from, to, _)| to - from);
    let mut levels: Vec<Vec<(usize, usize, usize)>> = Vec::new();
    for (lane, from, to, way) in over {
        let is_free = |level: &Vec<(usize, usize, usize)>| {
            level.iter().all(|(other, a, b)| *other != lane || to <= *a || *b <= from)
        };
        let level = levels.iter().position(is_free).unwrap_or_else(|| {
            levels.push(Vec::new());
            levels.len() - 1
        });
        if let Some(level) = levels.get_mut(level) {
            level.push((lane, from, to));
        }
        way.arch = Some(level);
    }
    levels.iter().filter(|level| level.iter().any(|(lane, ..)| *lane == 0)).count()
}
