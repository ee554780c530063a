//! Who may import whom, and which crates each room must not know.

use std::collections::BTreeSet;

use super::{
    paths::{lies_in, module_of, own_paths, rooms},
    source::{Source, check, fits, sources, tokens_that},
    table::{ROOMS, SECLUDED, room_of},
};

#[test]
fn every_room_uses_only_what_it_may() {
    let rooms = rooms();
    assert!(rooms.len() > 5, "{rooms:?}");
    let breaches = [
        ("stream/mod.rs", "use crate::history::Run;"),
        ("exhibits/digits/view/sheet.rs", "use super::super::super::logistic::metrics;"),
        ("world/ui/panel.rs", "use crate::world::{draw, desk};"),
        ("world/desk/mod.rs", "use super::xr::Runtime;"),
        ("nowhere.rs", ""),
    ];
    check("An import leads where none may", &breaches, |source| {
        let Some(room) = room_of(&source.path) else {
            return vec![(
                1,
                "no row of ROOMS in tests/gallery/rooms/table.rs is about this file".to_owned(),
            )];
        };
        let home = module_of(&source.path);
        let mut breaks = Vec::new();
        for (line, path) in own_paths(source) {
            let Some(top) = path.first().filter(|top| rooms.contains(top)) else {
                continue;
            };
            // What stands in the root of a room, such as `world::WorldSystems`, is for all who share it.
            let shares_root = home.first() == Some(top)
                && path.get(1).is_none_or(|item| item.starts_with(char::is_uppercase));
            // An exhibit is at home in its own folder, any other room in itself.
            let depth = if top == "exhibits" { 2 } else { 1 };
            let split =
                source.path.starts_with("world/display/") || source.path.starts_with("world/ui/");
            let depth = if split { 2 } else { depth };
            let at_home =
                home.len() >= depth && path.len() >= depth && path[..depth] == home[..depth];
            // The rooms that may not know the rest of the world still know its root.
            // Everybody speaks.
            let allowed = top == "words"
                || room.may_use.iter().any(|room| lies_in(&path, room))
                || room.may_use.contains(&"perceptarium");
            if !(at_home || shares_root || allowed) {
                breaks.push((line, path.join("::")));
            }
            for (secluded, users) in SECLUDED {
                if lies_in(&path, secluded) && !users.iter().any(|user| fits(user, &source.path)) {
                    breaks.push((line, format!("{} is not for this room", path.join("::"))));
                }
            }
        }
        breaks
    });
}

#[test]
fn every_row_of_the_table_is_about_something() {
    let sources = sources();
    let mut idle = Vec::new();
    for room in ROOMS {
        let own =
            |source: &&Source| room_of(&source.path).is_some_and(|own| own.files == room.files);
        let used: Vec<_> = sources.iter().filter(own).flat_map(own_paths).collect();
        if !sources.iter().any(|source| own(&source)) {
            idle.push(format!("{} are no files", room.files));
        }
        let unused =
            room.may_use.iter().filter(|may| !used.iter().any(|(_, path)| lies_in(path, may)));
        idle.extend(unused.map(|may| format!("{} do not use {may}", room.files)));
    }
    for (secluded, users) in SECLUDED {
        // It may always use itself.
        let own = secluded.replace("::", "/");
        for user in users.iter().filter(|user| !user.starts_with(&own)) {
            let of_user = sources.iter().filter(|source| fits(user, &source.path));
            if !of_user.flat_map(own_paths).any(|(_, path)| lies_in(&path, secluded)) {
                idle.push(format!("{user} does not use {secluded}"));
            }
        }
    }
    let crates: BTreeSet<_> = sources.iter().flat_map(crates_of).map(|(_, name)| name).collect();
    let never = ROOMS.iter().flat_map(|room| room.never);
    idle.extend(
        never.filter(|name| !crates.contains(**name)).map(|name| format!("nobody uses {name}")),
    );
    assert!(idle.is_empty(), "Rows of ROOMS or SECLUDED guard nothing: {idle:#?}");
}

#[test]
fn the_halves_of_an_exhibit_meet_only_in_its_words() {
    let breaches = [
        ("exhibits/digits/view/sheet.rs", "use super::super::data::Digits;"),
        ("exhibits/digits/model/trainable.rs", "let card = crate::exhibits::digits::view::card();"),
    ];
    check("A view knows its model, or a model its view", &breaches, |source| {
        let part = |module: Option<&String>| match module.map(String::as_str) {
            Some("data" | "model") => Some("model"),
            Some("view") => Some("view"),
            _ => None,
        };
        let home = module_of(&source.path);
        let is_exhibit = home.first().is_some_and(|room| room == "exhibits");
        let Some(half) = part(home.get(2)).filter(|_| is_exhibit) else {
            return Vec::new();
        };
        let paths = own_paths(source).into_iter();
        paths
            .filter(|(_, path)| lies_in(path, "exhibits"))
            .filter(|(_, path)| part(path.get(2)).is_some_and(|other| other != half))
            .map(|(line, path)| (line, path.join("::")))
            .collect()
    });
}

#[test]
fn an_exhibit_is_named_in_its_folder_and_in_the_list_of_all() {
    let names: Vec<_> =
        perceptarium::exhibits::ALL.iter().map(|exhibit| exhibit.id.name()).collect();
    assert!(names.len() > 3, "{names:?}");
    let breaches = [
        ("world/desk/mod.rs", r#"if exhibit.name() == "digits" {"#),
        ("program/mod.rs", r#"let advice = "say perceptarium descent --steps 5";"#),
        ("exhibits/digits/mod.rs", "use crate::exhibits::logistic::metrics;"),
    ];
    check("An exhibit is named outside its folder", &breaches, |source| {
        let own = module_of(&source.path);
        let mut breaks = Vec::new();
        for name in &names {
            let at_home = own.first().is_some_and(|room| room == "exhibits")
                && own.get(1).is_none_or(|folder| folder == name);
            if at_home {
                continue;
            }
            let quoted = |line: &str| {
                // Texts are every second piece between quotation marks.
                line.split('"')
                    .skip(1)
                    .step_by(2)
                    .any(|text| text == *name || text.contains(&format!("perceptarium {name}")))
            };
            breaks.extend(
                source
                    .code
                    .iter()
                    .filter(|(_, line)| quoted(line))
                    .map(|(number, line)| (*number, line.trim().to_owned())),
            );
            let module = ["exhibits".to_owned(), (*name).to_owned()];
            breaks.extend(
                own_paths(source)
                    .into_iter()
                    .filter(|(_, path)| path.starts_with(&module))
                    .map(|(line, path)| (line, path.join("::"))),
            );
        }
        breaks
    });
}

#[test]
fn every_room_stays_away_from_crates_it_must_not_know() {
    let breaches = [
        ("stream/mod.rs", "use bevy_ecs::prelude::*;"),
        ("world/desk/mod.rs", "use burn::tensor::Tensor;"),
        ("exhibits/digits/model/trainable.rs", "fn seen(app: &mut bevy::app::App) {}"),
    ];
    check("A crate appears where it must not", &breaches, |source| {
        let Some(room) = room_of(&source.path) else {
            return Vec::new();
        };
        let uses = crates_of(source).into_iter();
        uses.filter(|(_, name)| room.never.contains(&name.as_str())).collect()
    });
}

/// The crates that a source names, by the family they belong to: `bevy_picking` is of bevy.
fn crates_of(source: &Source) -> Vec<(usize, String)> {
    let family = |name: &str| name.split('_').next().unwrap_or(name).to_owned();
    let paths = tokens_that(source, |[_, after]| after == "::");
    paths.into_iter().map(|(line, name)| (line, family(name.trim_end_matches(':')))).collect()
}
