//! The rooms and who may import whom, checked on the source itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// What a part of the source may import.
struct Room {
    /// The files it is about, by the start of their path under `src`; the longest one that fits counts.
    files: &'static str,
    /// What it may use of our own rooms, besides itself.
    may_use: &'static [&'static str],
    /// Foreign crates it must never meet, by the start of their name.
    never: &'static [&'static str],
}

const BEVY: &str = "bevy";
const BURN: &str = "burn";
const INDICATIF: &str = "indicatif";
const CLAP: &str = "clap";

/// docs/ARCHITECTURE.md tells the same in words.
const ROOMS: &[Room] = &[
    Room { files: "main.rs", may_use: &["exhibits", "program"], never: &[BEVY, BURN] },
    Room {
        files: "program.rs",
        may_use: &[
            "app",
            "asset_path",
            "check",
            "cli",
            "display_server",
            "events",
            "exhibits",
            "learning",
            "sentence",
            "stderr",
            "stream",
            "terminal",
            "program_error",
            "world",
        ],
        never: &[BEVY, BURN],
    },
    Room { files: "lib.rs", may_use: &[], never: &[BEVY, BURN] },
    Room {
        files: "check.rs",
        may_use: &["cli", "exhibits::refused", "learning", "sentence", "program_error"],
        never: &[BEVY, BURN],
    },
    Room { files: "cli/", may_use: &["sentence"], never: &[BEVY, BURN, INDICATIF] },
    Room { files: "sentence.rs", may_use: &[], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room { files: "program_error.rs", may_use: &[], never: &[BEVY, BURN] },
    Room { files: "asset_path.rs", may_use: &["sentence", "program_error"], never: &[BEVY, BURN] },
    Room { files: "display_server/", may_use: &[], never: &[BEVY, BURN] },
    Room { files: "stderr.rs", may_use: &[], never: &[BEVY, BURN] },
    Room { files: "events", may_use: &["narrator", "stream"], never: &[BEVY, BURN] },
    Room {
        files: "narrator.rs",
        may_use: &["sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "terminal/",
        may_use: &["stream", "events", "narrator", "sentence", "program_error"],
        never: &[BEVY, BURN],
    },
    Room { files: "stream/", may_use: &["sentence"], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room {
        files: "images/",
        may_use: &["inside", "narrator", "sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "inside/",
        may_use: &["sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room { files: "operators.rs", may_use: &["stream"], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room {
        files: "network/",
        may_use: &["sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "learning/",
        may_use: &["images", "inside", "network", "operators", "sentence", "stream"],
        never: &[BEVY, CLAP, INDICATIF],
    },
    Room { files: "history/", may_use: &["stream"], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room {
        files: "exhibits/mod.rs",
        may_use: &[
            "cli",
            "events",
            "images",
            "inside",
            "learning",
            "narrator",
            "stream",
            "program_error",
            "world::stage",
        ],
        never: &[BURN],
    },
    Room {
        files: "exhibits/open.rs",
        may_use: &["asset_path", "cli", "events", "inside", "learning", "stream", "program_error"],
        never: &[BURN],
    },
    // What several classifiers tell in the terminal.
    Room {
        files: "exhibits/in_words.rs",
        may_use: &[
            "cli",
            "exhibits::health",
            "exhibits::inside",
            "exhibits::landscape",
            "exhibits::one_after_the_other",
            "exhibits::points",
            "exhibits::robust",
            "exhibits::taught",
            "exhibits::units",
            "exhibits::why",
            "learning",
            "program_error",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/why.rs",
        may_use: &[
            "exhibits::open",
            "exhibits::test_image",
            "inside",
            "learning",
            "program_error",
            "stream",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/robust.rs",
        may_use: &[
            "exhibits::open",
            "exhibits::test_image",
            "inside",
            "learning",
            "program_error",
            "stream",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/units.rs",
        may_use: &["exhibits::teller", "inside", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/points.rs",
        may_use: &["exhibits::teller", "inside", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/taught.rs",
        may_use: &[
            "exhibits::open",
            "exhibits::test_image",
            "inside",
            "learning",
            "program_error",
            "stream",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/landscape.rs",
        may_use: &["exhibits::teller", "inside", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/health.rs",
        may_use: &["events", "exhibits::open", "inside", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/teller.rs",
        may_use: &["events", "exhibits::open", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/inside.rs",
        may_use: &[
            "exhibits::health",
            "exhibits::landscape",
            "exhibits::open",
            "exhibits::points",
            "exhibits::robust",
            "exhibits::taught",
            "exhibits::teller",
            "exhibits::units",
            "exhibits::why",
            "inside",
            "learning",
            "program_error",
            "stream",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/test_image.rs",
        may_use: &["exhibits::open", "learning", "program_error", "sentence", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/*/mod.rs",
        may_use: &["cli", "images", "learning", "stream", "world::stage"],
        never: &[BURN],
    },
    Room {
        files: "exhibits/*/open",
        may_use: &[
            "asset_path",
            "exhibits::in_words",
            "exhibits::one_after_the_other",
            "exhibits::refused",
            "learning",
            "network",
            "sentence",
            "terminal",
            "program_error",
        ],
        never: &[BURN],
    },
    Room { files: "exhibits/*/options", may_use: &["cli"], never: &[BEVY, BURN] },
    Room {
        files: "exhibits/*/narrator",
        may_use: &["images", "narrator", "sentence", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/*/errand",
        may_use: &[
            "events",
            "exhibits::answer",
            "exhibits::refused",
            "images",
            "stream",
            "program_error",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room { files: "exhibits/*/payload", may_use: &["sentence", "stream"], never: &[BEVY, BURN] },
    Room {
        files: "exhibits/*/data/",
        may_use: &["learning", "sentence"],
        never: &[BEVY, BURN, CLAP],
    },
    Room { files: "exhibits/*/files/", may_use: &["sentence"], never: &[BEVY, BURN] },
    Room { files: "exhibits/*/metrics", may_use: &[], never: &[BEVY, BURN] },
    Room {
        files: "exhibits/*/model/",
        may_use: &["images", "inside", "learning", "network", "operators", "sentence", "stream"],
        never: &[BEVY],
    },
    Room {
        files: "exhibits/*/view/",
        may_use: &["world", "history", "images", "network", "sentence", "stream"],
        never: &[BURN],
    },
    Room {
        files: "world/",
        may_use: &["stream", "history", "images", "inside", "operators", "sentence"],
        never: &[BURN],
    },
    Room {
        files: "world/display/",
        may_use: &["stream", "world::draw", "world::ui"],
        never: &[BURN],
    },
    Room { files: "world/draw/", may_use: &[], never: &[BURN] },
    Room { files: "world/ui/", may_use: &["world::draw", "world::interaction"], never: &[BURN] },
    Room { files: "world/desktop/", may_use: &["world", "display_server"], never: &[BURN] },
    Room { files: "world/xr/", may_use: &["sentence", "world", "stderr"], never: &[BURN] },
    Room {
        files: "app",
        may_use: &["exhibits", "history", "stderr", "stream", "world"],
        never: &[BURN, CLAP, INDICATIF],
    },
];

/// Parts that only few may use, whatever the table above allows them around it.
const SECLUDED: &[(&str, &[&str])] = &[
    ("world::xr", &["world/xr/", "app"]),
    // While a headset is worn, the spectators have the window.
    ("world::desktop", &["world/desktop/", "world/spectator/", "app"]),
    ("app", &["app", "program.rs"]),
];

/// A source file without its comments and its tests.
struct Source {
    /// Path under `src`, with slashes.
    path: String,
    /// Every line as it is.
    whole: String,
    /// The code that ships, line by line, with the number of the line.
    code: Vec<(usize, String)>,
}

impl Source {
    fn new(path: &str, whole: &str) -> Self {
        Self { path: path.to_owned(), code: shipped(whole), whole: whole.to_owned() }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(files.len() > 20, "only {} files found under {}", files.len(), root.display());
    let of_tests: Vec<_> = files.iter().flat_map(|file| modules_of_tests(file)).collect();
    files
        .iter()
        .filter(|file| !of_tests.iter().any(|module| file.with_extension("").starts_with(module)))
        .map(|file| {
            let whole = fs::read_to_string(file).unwrap();
            let relative = file.strip_prefix(&root).unwrap();
            let parts: Vec<_> = relative.iter().map(|part| part.to_str().unwrap()).collect();
            Source::new(&parts.join("/"), &whole)
        })
        .collect()
}

/// The files, without their ending, of modules that a file declares for tests only.
fn modules_of_tests(file: &Path) -> Vec<PathBuf> {
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let folder = file.parent().unwrap();
    let folder =
        if matches!(stem, "mod" | "lib" | "main") { folder.to_owned() } else { folder.join(stem) };
    let text = fs::read_to_string(file).unwrap();
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let declared = lines.windows(2).filter(|two| two[0] == "#[cfg(test)]");
    declared
        .filter_map(|two| two[1].split_once("mod ")?.1.strip_suffix(';'))
        .map(|name| folder.join(name))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The lines that are neither comments nor in a module of tests.
fn shipped(whole: &str) -> Vec<(usize, String)> {
    let lines: Vec<_> = whole.lines().collect();
    let mut code = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        let of_tests = line.trim_start().starts_with("#[cfg(") && line.contains("test");
        let next = lines.get(index + 1).copied().unwrap_or_default().trim_start();
        let module = next.starts_with("mod ") || next.starts_with("pub mod ");
        if of_tests && module && next.ends_with(';') {
            // The module has a file of its own.
            index += 1;
        } else if of_tests && module {
            // rustfmt closes a module at the indentation at which it opens.
            let indentation = &line[..line.len() - line.trim_start().len()];
            let end = format!("{indentation}}}");
            while index < lines.len() && lines[index] != end {
                index += 1;
            }
        } else if !line.trim_start().starts_with("//") {
            let line = line.split(" // ").next().unwrap_or(line);
            code.push((index + 1, line.to_owned()));
        }
        index += 1;
    }
    code
}

/// Fails with every place that breaks a rule, not only the first; and if the rule overlooks one of these breaches, each
/// the path of a file and its text.
fn check(
    rule: &str,
    breaches: &[(&str, &str)],
    mut breaks: impl FnMut(&Source) -> Vec<(usize, String)>,
) {
    for (path, text) in breaches {
        let found = breaks(&Source::new(path, text));
        assert!(!found.is_empty(), "“{rule}” overlooks src/{path}: {text}");
    }
    let mut report = String::new();
    for source in sources() {
        for (line, what) in breaks(&source) {
            writeln!(report, "  src/{}:{line}: {what}", source.path).unwrap();
        }
    }
    assert!(report.is_empty(), "{rule}:\n{report}");
}

/// Fails if what is `found` in a source lies outside of its homes; and if nothing of it is found in one of them, as it
/// would be if it were spelled otherwise.
fn check_homes(
    rule: &str,
    breaches: &[(&str, &str)],
    homes: &[&str],
    found: impl Fn(&Source) -> Vec<(usize, String)>,
) {
    for home in homes {
        let mut inside = sources().into_iter().filter(|source| fits(home, &source.path));
        assert!(
            inside.any(|source| !found(&source).is_empty()),
            "“{rule}” finds nothing in {home}"
        );
    }
    check(rule, breaches, |source| {
        let at_home = homes.iter().any(|home| fits(home, &source.path));
        if at_home { Vec::new() } else { found(source) }
    });
}

/// The lines with one of these words.
fn lines_with(source: &Source, words: &[&str]) -> Vec<(usize, String)> {
    let found = source.code.iter().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
    found.map(|(number, line)| (*number, line.trim().to_owned())).collect()
}

/// Where so many tokens in a row fit, and what they are.
fn tokens_that<const COUNT: usize>(
    source: &Source,
    fit: impl Fn([&str; COUNT]) -> bool,
) -> Vec<(usize, String)> {
    let tokens = tokens(&source.code);
    tokens
        .array_windows::<COUNT>()
        .map(|row| (row[0].0, row.each_ref().map(|(_, token)| token.as_str())))
        .filter(|(_, row)| fit(*row))
        .map(|(line, row)| (line, row.concat()))
        .collect()
}

/// Whether a path starts as a pattern does, where `*` stands for one folder.
fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => path.starts_with(pattern),
        Some((before, after)) => path
            .strip_prefix(before)
            .and_then(|rest| rest.split_once('/'))
            .is_some_and(|(_, rest)| rest.starts_with(after.trim_start_matches('/'))),
    }
}

fn room_of(path: &str) -> Option<&'static Room> {
    ROOMS.iter().filter(|room| fits(room.files, path)).max_by_key(|room| room.files.len())
}

/// Names and punctuation, which is all that imports are made of.
fn tokens(code: &[(usize, String)]) -> Vec<(usize, String)> {
    let mut tokens: Vec<(usize, String)> = Vec::new();
    for (number, line) in code {
        let mut rest = line.as_str();
        while let Some(first) = rest.chars().next() {
            let name = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let length = match name.unwrap_or(rest.len()) {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                length => length,
            };
            if !first.is_whitespace() {
                tokens.push((*number, rest[..length].to_owned()));
            }
            rest = &rest[length..];
        }
    }
    tokens
}

/// Every path of ours that the code names, from the crate's root: `["world", "ui", "palette"]`.
fn own_paths(source: &Source) -> Vec<(usize, Vec<String>)> {
    let tokens = tokens(&source.code);
    let home = module_of(&source.path);
    let mut paths = paths_from(&tokens, &home, &BTreeMap::new());
    // A module that is imported is the root of what is written behind its name.
    let modules = paths.iter().filter_map(|(_, path)| Some((path.last()?.as_str(), path)));
    let modules: BTreeMap<_, _> = modules
        .filter(|(name, _)| name.starts_with(char::is_lowercase))
        .map(|(name, path)| (name.to_owned(), path.clone()))
        .collect();
    if !modules.is_empty() {
        let more = paths_from(&tokens, &[], &modules);
        // Branches of imports have been followed.
        let new: Vec<_> = more.into_iter().filter(|path| !paths.contains(path)).collect();
        paths.extend(new);
    }
    paths
}

/// Paths that begin at the crate's root, above `home`, or at one of these modules.
fn paths_from(
    tokens: &[(usize, String)],
    home: &[String],
    modules: &BTreeMap<String, Vec<String>>,
) -> Vec<(usize, Vec<String>)> {
    let mut paths = Vec::new();
    let mut index = 0;
    while index + 2 < tokens.len() {
        let after_path = index > 0 && tokens[index - 1].1 == "::";
        let start = match tokens[index].1.as_str() {
            module if !modules.is_empty() => {
                let root = modules.get(module).filter(|_| !after_path);
                root.map(|root| (root.clone(), index + 1))
            }
            "crate" | "perceptarium" if !after_path => Some((Vec::new(), index + 1)),
            "super" if !after_path => {
                let mut above = home.to_vec();
                let mut next = index;
                while tokens.get(next).is_some_and(|(_, token)| token == "super") {
                    above.pop();
                    next += 2;
                }
                Some((above, next - 1))
            }
            _ => None,
        };
        if let Some((root, next)) = start
            && tokens.get(next).is_some_and(|(_, token)| token == "::")
        {
            branches(tokens, next + 1, &root, &mut paths);
        }
        index += 1;
    }
    paths
}

/// Follows a path and, where it opens a brace, all its branches; gives the first token after it.
fn branches(
    tokens: &[(usize, String)],
    mut index: usize,
    root: &[String],
    paths: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let mut path = root.to_vec();
    while let Some((line, token)) = tokens.get(index) {
        if token == "{" {
            index += 1;
            while tokens.get(index).is_some_and(|(_, token)| token != "}") {
                index = branches(tokens, index, &path, paths).max(index + 1);
                // A comma, or the new name after `as`.
                while tokens.get(index).is_some_and(|(_, token)| token != "," && token != "}") {
                    index += 1;
                }
                if tokens.get(index).is_some_and(|(_, token)| token == ",") {
                    index += 1;
                }
            }
            return index + 1;
        }
        if token != "self" {
            path.push(token.clone());
        }
        if tokens.get(index + 1).is_none_or(|(_, next)| next != "::") {
            paths.push((*line, path));
            return index + 1;
        }
        index += 2;
    }
    index
}

/// The module that a file is: `world/ui/mod.rs` is `["world", "ui"]`.
fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|part| !matches!(*part, "lib" | "main")).map(str::to_owned).collect()
}

/// Whether a path of modules lies in or under a room, which may be several modules deep.
fn lies_in(path: &[String], room: &str) -> bool {
    room.split("::").enumerate().all(|(depth, part)| path.get(depth).is_some_and(|own| own == part))
}

/// The rooms of the crate's root.
fn rooms() -> Vec<String> {
    let lib = sources().into_iter().find(|source| source.path == "lib.rs").unwrap();
    let modules = lib.code.iter().filter_map(|(_, line)| line.strip_prefix("pub mod "));
    modules.map(|name| name.trim_end_matches(';').to_owned()).collect()
}

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
                "no row of ROOMS in tests/gallery/rooms.rs is about this file".to_owned(),
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
            let allowed = room.may_use.iter().any(|room| lies_in(&path, room))
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
        ("program.rs", r#"let advice = "say perceptarium descent --steps 5";"#),
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

#[test]
fn only_xr_speaks_openxr() {
    let breaches = [
        ("world/body/hand.rs", "use bevy_mod_xr::session::XrTrackingRoot;"),
        ("app.rs", "let entry = openxr::Entry::linked();"),
    ];
    let words = ["openxr", "bevy_mod_xr", "bevy_xr_utils"];
    check_homes("OpenXR leaves its room", &breaches, &["world/xr/"], |source| {
        lines_with(source, &words)
    });
}

#[test]
fn raw_colours_live_in_the_palette() {
    const SPACES: [&str; 11] = [
        "Color",
        "Srgba",
        "LinearRgba",
        "Hsla",
        "Hsva",
        "Hwba",
        "Laba",
        "Lcha",
        "Oklaba",
        "Oklcha",
        "Xyza",
    ];
    // What is made from another colour, or is none, is not chosen.
    const DERIVED: [&str; 3] = ["NONE", "from", "default"];
    let breaches = [
        ("world/desk/mod.rs", "let ink = Color::hwb(0.5, 0.1, 0.1);"),
        ("world/desk/mod.rs", "let ink = Srgba { red: 1.0, ..ink };"),
        ("world/desk/mod.rs", "let ink = Color::WHITE;"),
        ("world/desk/mod.rs", "use bevy::{color::palettes::css::RED, math::Vec2};"),
    ];
    // The maps of data to colours are computed, not chosen.
    let homes = ["world/ui/palette.rs", "world/display/colour_map.rs"];
    check_homes("A raw colour outside of palette.rs", &breaches, &homes, |source| {
        tokens_that(source, |[space, joint, word, after]| match joint {
            "::" => {
                (SPACES.contains(&space) && !DERIVED.contains(&word))
                    || [space, word].contains(&"palettes")
            }
            // Another opacity is not another colour.
            "{" => SPACES.contains(&space) && after == ":" && word != "alpha",
            _ => false,
        })
    });
}

#[test]
fn sizes_of_text_live_in_one_file() {
    let breaches = [
        ("world/desk/mod.rs", "let font_size = FontSize::Px(26.0);"),
        ("world/desk/mod.rs", "let font = TextFont::from_font_size(26.0);"),
        ("world/desk/mod.rs", r#"let text = words::set("", 26.0, weight, ink);"#),
    ];
    // They are handed on in one place only, whence they come as numbers with a name.
    check_homes(
        "A text size outside of type_size.rs",
        &breaches,
        &["world/ui/words.rs"],
        |source| {
            let mut found = tokens_that(source, |[word]| {
                matches!(word, "FontSize" | "from_font_size" | "with_font_size")
            });
            let calls = source.code.iter().filter_map(|(number, line)| {
                let size = line.split("words::set(").nth(1)?.split(", ").nth(1)?;
                size.starts_with(|first: char| first.is_ascii_digit())
                    .then(|| (*number, line.clone()))
            });
            found.extend(calls);
            found
        },
    );
}

#[test]
fn tensors_stay_where_they_are_learned() {
    let breaches = [
        ("world/link.rs", "fn show(values: Tensor<2>) {}"),
        ("exhibits/digits/view/card.rs", "let numbers = answer.layer().try_into_vec_as::<f32>();"),
        ("exhibits/digits/data/mod.rs", "let data = burn::tensor::TensorData::new(pixels, [28]);"),
        ("learning/session.rs", "let loss: f32 = loss.into_scalar();"),
    ];
    // Names of the types, and all ways in which burn gives their numbers away.
    let types = ["Tensor", "TensorData", "FloatTensor", "IntTensor"];
    let ways =
        ["_data", "_data_as", "_data_dtype", "_data_async", "_scalar", "_scalar_async", "_vec_as"];
    check_homes(
        "A tensor outside of a model",
        &breaches,
        &[
            "exhibits/*/model/",
            "learning/network/",
            "learning/onnx/",
            "learning/convolution/",
            "learning/normalisation/",
        ],
        |source| {
            tokens_that(source, |[word]| {
                let way = ["into", "to"].iter().find_map(|way| word.split_once(way));
                types.contains(&word)
                    || way.is_some_and(|(before, after)| {
                        ["", "try_", "float_", "int_"].contains(&before) && ways.contains(&after)
                    })
            })
        },
    );
}

#[test]
fn nothing_that_ships_panics() {
    let words = [
        ".unwrap()",
        ".expect(",
        ".unwrap_err()",
        ".expect_err(",
        "panic!(",
        "unreachable!(",
        "unimplemented!(",
        "todo!(",
        "assert!(",
        "assert_eq!(",
        "assert_ne!(",
    ];
    let breaches = words.map(|word| ("world/desk/mod.rs", word));
    check("Something panics", &breaches, |source| {
        let mut found = lines_with(source, &words);
        // The compiler sees to these.
        found.retain(|(_, line)| !line.starts_with("const _: () = assert!"));
        found
    });
}

#[test]
fn every_file_says_what_it_is_for() {
    let breaches =
        [("world/desk/mod.rs", "use bevy::prelude::*;"), ("world/desk/mod.rs", "//! The desk.")];
    check("The first line is not `//! …`", &breaches, |source| {
        let first = source.whole.lines().next().unwrap_or_default();
        let sentence = first.strip_prefix("//! ").unwrap_or_default();
        if sentence.split(' ').count() >= 3 { Vec::new() } else { vec![(1, first.to_owned())] }
    });
}

/// What is wrong with shaders, each a name and a text, that sources name.
fn shader_faults(sources: &[Source], shaders: &BTreeMap<String, String>) -> Vec<String> {
    const SOURCE: &str = "shaders://";
    let named = |line: &str| {
        let names = line.split(SOURCE).skip(1);
        names.filter_map(|name| Some(name.split_once('"')?.0.to_owned())).collect::<Vec<_>>()
    };
    let code = sources.iter().flat_map(|source| &source.code);
    let mut wanted: Vec<_> = code.flat_map(|(_, line)| named(line)).collect();
    let mut faults = Vec::new();
    let mut reached = BTreeSet::new();
    while let Some(name) = wanted.pop() {
        match shaders.get(&name) {
            Some(text) if reached.insert(name.clone()) => {
                let imports = text.lines().filter(|line| line.starts_with("#import"));
                wanted.extend(imports.flat_map(named));
            }
            Some(_) => {}
            None => faults.push(format!("{name} is named, but is not there")),
        }
    }
    for (name, text) in shaders {
        if !reached.contains(name) {
            faults.push(format!("{name} is named nowhere"));
        }
        if !text.starts_with("// ") && !text.starts_with("//! ") {
            faults.push(format!("{name} does not say what it is for"));
        }
    }
    faults
}

#[test]
fn every_shader_is_there_used_and_says_what_it_is_for() {
    let planted = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let source = |name: &str| {
        Source::new(
            "world/desk/mod.rs",
            &format!("load(\"shaders://{name}\"); // shaders://no.wgsl"),
        )
    };
    let one = BTreeMap::from([
        planted("one.wgsl", "// One.\n#import \"shaders://two.wgsl\"::look"),
        planted("two.wgsl", "// Two."),
    ]);
    assert_eq!(shader_faults(&[source("one.wgsl")], &one), [""; 0]);
    assert_eq!(shader_faults(&[source("two.wgsl")], &one), ["one.wgsl is named nowhere"]);
    assert_eq!(
        shader_faults(&[source("one.wgsl"), source("three.wgsl")], &one),
        ["three.wgsl is named, but is not there"]
    );
    let mute = BTreeMap::from([planted("one.wgsl", "@vertex")]);
    let said = shader_faults(&[source("one.wgsl")], &mute);
    assert_eq!(said, ["one.wgsl does not say what it is for"]);

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("shaders");
    let shaders: BTreeMap<_, _> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect();
    let faults = shader_faults(&sources(), &shaders);
    assert!(faults.is_empty(), "{faults:#?}");
}

mod the_reader_of_imports {
    //! A guard that sees nothing guards nothing.

    use super::*;

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
        let code = "use super::{super::super::learning::TrainingConfig, EXHIBIT};\nuse super::super::data;\n";
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
}
