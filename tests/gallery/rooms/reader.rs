//! A guard that sees nothing guards nothing: what the reader of imports sees.

use super::{paths::own_paths, source::Source, table::room_of};

fn paths(file: &str, code: &str) -> Vec<String> {
    own_paths(&Source::new(file, code)).into_iter().map(|(_, path)| path.join("::")).collect()
}

#[test]
fn follows_every_branch() {
    let code = "use std::fs;\nuse crate::{\n    stream::{Step, ids::{self, RunId}}, // why\n    world as hall,\n};\n";
    let expected = ["stream::Step", "stream::ids", "stream::ids::RunId", "world"];
    assert_eq!(paths("history/mod.rs", code), expected);
}

#[test]
fn sees_paths_in_the_middle_of_code() {
    assert_eq!(
        paths("cli.rs", "let step = crate::stream::Step(crate::app::FIRST);"),
        ["stream::Step", "app::FIRST"]
    );
}

#[test]
fn follows_a_module_that_is_imported() {
    let code =
        "use crate::{world::{self, desk}, app};\nworld::xr::install(desk::Desk, app::FIRST);\n";
    let found = paths("exhibits/mod.rs", code);
    for path in ["world::xr::install", "world::desk::Desk", "app::FIRST"] {
        assert!(found.contains(&path.to_owned()), "{path} is not in {found:?}");
    }
}

#[test]
fn climbs_with_super() {
    let code =
        "use super::{super::super::learning::TrainingConfig, EXHIBIT};\nuse super::super::data;\n";
    let found = paths("exhibits/digits/view/probe.rs", code);
    assert_eq!(found.last().map(String::as_str), Some("exhibits::digits::data"));
    assert!(found.contains(&"exhibits::digits::view::EXHIBIT".to_owned()), "{found:?}");
}

#[test]
fn leaves_comments_and_tests_out() {
    let code = "//! crate::world\nfn a() {}\n#[cfg(test)]\nmod tests {\n    use crate::app;\n}\nuse crate::cli;\n";
    assert_eq!(paths("stream/mod.rs", code), ["cli"]);
}

#[test]
fn finds_the_closest_row() {
    assert_eq!(
        room_of("exhibits/digits/view/stack.rs").map(|room| room.files),
        Some("exhibits/*/view/")
    );
    assert_eq!(
        room_of("exhibits/digits/model/trainable.rs").map(|room| room.files),
        Some("exhibits/*/model/")
    );
    assert_eq!(room_of("world/ui/panel.rs").map(|room| room.files), Some("world/ui/"));
    assert!(room_of("nowhere.rs").is_none());
}
