//! The plan of networks of many forms, and how it lies on the board.

use std::fmt::Write as _;

use bevy::prelude::*;

use super::{Overview, go::plate_that_shows, grid::Grid, plan::Plan};
use crate::{network::description, stream::ModelGraph};

/// The board of the hall is about so large, in metres.
const BOARD_M: Vec2 = Vec2::new(0.46, 0.26);

fn graph(text: &str) -> ModelGraph {
    description(text).unwrap().network([2, 6, 6], 3).unwrap().graph().unwrap()
}

/// The end that all of them have.
const END: &str = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nname = \"end\"\n";

fn layer(kind: &str, name: &str, more: &str) -> String {
    format!("[[layers]]\nkind = \"{kind}\"\nname = \"{name}\"\n{more}\n")
}

/// A chain of so many activations and the end.
fn chain(layers: usize) -> ModelGraph {
    let chain: String = (1..layers).map(|at| layer("relu", &format!("relu{at}"), "")).collect();
    graph(&format!("{chain}{END}"))
}

/// Blocks that add what they read.
fn residual(blocks: usize) -> ModelGraph {
    let mut text = format!("[[layers]]\nkind = \"block\"\nname = \"stage\"\nrepeat = {blocks}\n");
    for (kind, name, more) in
        [("relu", "a", ""), ("tanh", "b", ""), ("add", "sum", "from = [\"b\", \"input\"]")]
    {
        text.push_str(&layer(kind, name, more).replace("[[layers]]", "[[layers.layers]]"));
    }
    graph(&format!("{}{text}{END}", layer("relu", "stem", "")))
}

/// An inception: four ways of 1, 2, 3 and 2 layers that are put behind each other.
fn inception() -> ModelGraph {
    let mut text = layer("relu", "stem", "");
    for (way, layers) in [1, 2, 3, 2].into_iter().enumerate() {
        for at in 0..layers {
            let from = if at == 0 { "from = \"stem\"" } else { "" };
            text.push_str(&layer("relu", &format!("way{way}_{at}"), from));
        }
    }
    text.push_str(&layer(
        "concat",
        "join",
        "from = [\"way0_0\", \"way1_1\", \"way2_2\", \"way3_1\"]",
    ));
    graph(&format!("{text}{END}"))
}

/// Each layer reads all before it.
fn dense(layers: usize) -> ModelGraph {
    let mut text = layer("relu", "x0", "") + &layer("tanh", "x1", "");
    let mut all = "\"x0\", \"x1\"".to_owned();
    for at in 2..layers {
        text.push_str(&layer("add", &format!("x{at}"), &format!("from = [{all}]")));
        write!(all, ", \"x{at}\"").unwrap();
    }
    graph(&format!("{text}{END}"))
}

fn all() -> Vec<(&'static str, ModelGraph)> {
    vec![
        ("a chain of 3", chain(3)),
        ("a chain of 400", chain(400)),
        ("2 residual blocks", residual(2)),
        ("130 residual blocks", residual(130)),
        ("an inception", inception()),
        ("a dense one", dense(30)),
    ]
}

#[test]
fn every_layer_has_a_box_of_its_own_after_those_that_it_reads() {
    for (what, graph) in all() {
        let plan = Plan::of(&graph);
        assert!(plan.boxes.windows(2).all(|two| two[0].node < two[1].node), "{what}");
        for way in &plan.ways {
            assert!(plan.boxes[way.from].column < plan.boxes[way.to].column, "{what}: {way:?}");
        }
        let grid = Grid::new(&plan, BOARD_M);
        let board = Rect::from_center_size(Vec2::ZERO, BOARD_M).inflate(1e-5);
        let rects: Vec<Rect> = plan.boxes.iter().map(|place| grid.rect(place)).collect();
        for (at, rect) in rects.iter().enumerate() {
            assert!(rect.size().min_element() > 0.001, "{what}: {rect:?} is too small to be seen");
            assert!(board.contains(rect.min) && board.contains(rect.max), "{what}: {rect:?}");
            let met = rects[at + 1..].iter().find(|other| !rect.intersect(**other).is_empty());
            assert_eq!(met, None, "{what}: {rect:?}");
            assert_eq!(grid.nearest(&plan, rect.center()), Some(at), "{what}");
        }
        assert_eq!(grid.nearest(&plan, BOARD_M * 2.0), None, "{what}");
        for (from, to, _) in grid.lines(&plan) {
            assert!(board.contains(from) && board.contains(to), "{what}: {from} to {to}");
        }
    }
    assert_eq!(Plan::of(&chain(400)).boxes.len(), 400);
}

#[test]
fn what_is_skipped_lies_below_an_arch() {
    // Between the third and the fourth of six, all of 3 × 3 ways but the one to the next pass each other.
    for (what, graph, arches) in
        [("residual", residual(2), 1), ("chain", chain(9), 0), ("dense", dense(6), 8)]
    {
        let plan = Plan::of(&graph);
        assert_eq!((plan.lanes, plan.arches), (1, arches), "{what}");
        // In one row, so that each arch is in one piece.
        let grid = Grid::new(&plan, Vec2::new(9.0, 0.2));
        for way in &plan.ways {
            let skips = plan.boxes[way.to].column > plan.boxes[way.from].column + 1;
            assert_eq!(way.arch.is_some(), skips, "{what}: {way:?}");
        }
        let crowns = grid.lines(&plan).into_iter().filter(|(_, _, strength)| *strength > 0.8);
        for (from, to, _) in crowns.filter(|(from, to, _)| from.y == to.y && from.x < to.x) {
            let rects = plan.boxes.iter().map(|place| grid.rect(place));
            let below = |rect: &Rect| rect.center().x > from.x && rect.center().x < to.x;
            let passed: Vec<Rect> = rects.filter(below).collect();
            assert!(!passed.is_empty(), "{what}");
            assert!(passed.iter().all(|rect| rect.max.y < from.y), "{what}: {from}");
        }
    }
}

#[test]
fn the_longest_way_is_straight_and_branches_lie_beside_it() {
    let graph = inception();
    let plan = Plan::of(&graph);
    let lane = |path: &str| {
        let node = graph.nodes().iter().position(|node| node.path == path).unwrap();
        plan.boxes.iter().find(|place| place.node == node).unwrap().lane
    };
    for main in ["stem", "way2_0", "way2_1", "way2_2", "join", "end"] {
        assert_eq!(lane(main), 0, "{main}");
    }
    assert_eq!((lane("way0_0"), lane("way1_0"), lane("way1_1"), lane("way3_1")), (1, 2, 2, 3));
    assert_eq!((plan.columns, plan.lanes, plan.arches), (6, 4, 0));
}

#[test]
fn a_folded_layer_is_shown_where_its_block_is_opened() {
    let graph = residual(30);
    let node = |path: &str| graph.nodes().iter().position(|node| node.path == path).unwrap();
    let (opened, plate, plates) = plate_that_shows(&graph, node("stage.7.b"), None).unwrap();
    // The stem, seven closed blocks, and the first layer of the eighth.
    assert_eq!((opened.as_deref(), plate, plates), (Some("stage.7"), 9, 34));
    let kept = plate_that_shows(&graph, node("stem"), Some("stage.3")).unwrap();
    assert_eq!((kept.0.as_deref(), kept.1), (Some("stage.3"), 0), "what is open stays so");
    let flat = chain(400);
    assert!(plate_that_shows(&flat, 5, None).is_some());
    assert!(plate_that_shows(&flat, 399, None).is_none(), "there is no block to open");
}

#[test]
fn letters_find_layers_in_their_order() {
    let graph = residual(3);
    let overview =
        Overview { plan: Plan::of(&graph), graph: std::sync::Arc::new(graph), ..default() };
    assert_eq!(overview.called(" SUM"), [3, 6, 9]);
    assert_eq!(overview.called("stage.1."), [4, 5, 6]);
    assert!(overview.called("  ").is_empty());
    assert!(overview.called("conv").is_empty());
}
