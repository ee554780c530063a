//! Nobody in a folder imports in a circle.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{
    paths::{module_of, own_paths},
    source::{Source, sources},
};

#[test]
fn nobody_in_a_folder_imports_in_a_circle() {
    let circle = ["pen", "ink", "paper"].map(|name| format!("world/desk/{name}.rs"));
    let uses =
        ["use super::ink::Blot;", "use super::paper::fibre;", "use super::pen::{self, Nib};"];
    let planted: Vec<_> =
        circle.iter().zip(uses).map(|(path, text)| Source::new(path, text)).collect();
    assert!(circles(&planted).contains("world/desk: "), "a circle of three is overlooked");
    assert_eq!(circles(&planted[..2]), "", "two thirds of a circle are none");
    let circles = circles(&sources());
    assert!(circles.is_empty(), "Files import each other:\n{circles}");
}

/// The folders in which files or folders import each other, with those that do.
fn circles(sources: &[Source]) -> String {
    let mut uses: BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for source in sources {
        let home = module_of(&source.path);
        for (_, path) in own_paths(source) {
            // Where both part ways, each lies in a file or a folder of the same folder.
            let shared = home.iter().zip(&path).take_while(|(own, other)| own == other).count();
            let (Some(own), Some(other)) = (home.get(shared), path.get(shared)) else {
                continue;
            };
            // Names of types and constants lie in the folder's own `mod.rs`.
            if shared > 0 && other.starts_with(|first: char| first.is_lowercase()) {
                let folder = uses.entry(home[..shared].to_vec()).or_default();
                folder.entry(own.clone()).or_default().insert(other.clone());
            }
        }
    }
    let mut circles = String::new();
    for (folder, uses) in &uses {
        // Whoever is used by nobody left, or uses nobody left, lies in no circle.
        let mut left = uses.clone();
        loop {
            let all: BTreeSet<_> = left.keys().cloned().collect();
            let before = left.values().map(BTreeSet::len).sum::<usize>() + left.len();
            for others in left.values_mut() {
                others.retain(|other| all.contains(other));
            }
            left.retain(|_, others| !others.is_empty());
            let used: BTreeSet<_> = left.values().flatten().cloned().collect();
            left.retain(|one, _| used.contains(one));
            if left.values().map(BTreeSet::len).sum::<usize>() + left.len() == before {
                break;
            }
        }
        if !left.is_empty() {
            writeln!(circles, "  {}: {left:?}", folder.join("/")).unwrap();
        }
    }
    circles
}
