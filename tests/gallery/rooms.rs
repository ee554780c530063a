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
            "cli",
            "display_server",
            "events",
            "exhibits",
            "learning",
            "sentence",
            "stderr",
            "stream",
            "terminal",
            "trouble",
            "world",
        ],
        never: &[BEVY, BURN],
    },
    Room { files: "lib.rs", may_use: &[], never: &[BEVY, BURN] },
    Room { files: "cli/", may_use: &["sentence"], never: &[BEVY, BURN, INDICATIF] },
    Room { files: "sentence.rs", may_use: &[], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room { files: "trouble.rs", may_use: &[], never: &[BEVY, BURN] },
    Room { files: "asset_path.rs", may_use: &["sentence", "trouble"], never: &[BEVY, BURN] },
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
        may_use: &["stream", "events", "narrator", "sentence", "trouble"],
        never: &[BEVY, BURN],
    },
    Room { files: "stream/", may_use: &["sentence"], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room { files: "learning/", may_use: &["sentence", "stream"], never: &[BEVY, CLAP, INDICATIF] },
    Room { files: "history/", may_use: &["stream"], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room {
        files: "exhibits/mod.rs",
        may_use: &["cli", "events", "learning", "narrator", "stream", "trouble", "world::stage"],
        never: &[BURN],
    },
    Room {
        files: "exhibits/open.rs",
        may_use: &["asset_path", "cli", "events", "learning", "stream", "trouble"],
        never: &[BURN],
    },
    Room {
        files: "exhibits/*/mod.rs",
        may_use: &["cli", "learning", "stream", "world::stage"],
        never: &[BURN],
    },
    Room {
        files: "exhibits/*/open",
        may_use: &["exhibits::refused", "learning", "sentence", "terminal", "trouble"],
        never: &[BURN],
    },
    Room { files: "exhibits/*/options", may_use: &["cli"], never: &[BEVY, BURN] },
    Room {
        files: "exhibits/*/narrator",
        may_use: &["narrator", "sentence", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/*/errand",
        may_use: &["events", "exhibits::refused", "stream", "trouble"],
        never: &[BEVY, BURN, CLAP],
    },
    Room { files: "exhibits/*/payload", may_use: &["sentence", "stream"], never: &[BEVY, BURN] },
    Room {
        files: "exhibits/*/data/",
        may_use: &["learning", "sentence", "stream"],
        never: &[BEVY, CLAP],
    },
    Room {
        files: "exhibits/*/files/",
        may_use: &["learning", "sentence", "stream"],
        never: &[BEVY, BURN],
    },
    Room { files: "exhibits/*/metrics", may_use: &["stream"], never: &[BEVY, BURN] },
    Room {
        files: "exhibits/*/model/",
        may_use: &["learning", "sentence", "stream"],
        never: &[BEVY],
    },
    Room {
        files: "exhibits/*/view/",
        may_use: &["world", "history", "sentence", "stream"],
        never: &[BURN],
    },
    Room { files: "world/", may_use: &["stream", "history", "sentence"], never: &[BURN] },
    Room {
        files: "world/display/",
        may_use: &["stream", "world::draw", "world::ui"],
        never: &[BURN],
    },
    Room { files: "world/draw/", may_use: &[], never: &[BURN] },
    Room {
        files: "world/ui/",
        may_use: &["stream", "world::draw", "world::interaction"],
        never: &[BURN],
    },
    Room {
        files: "world/desktop/",
        may_use: &["stream", "world", "display_server"],
        never: &[BURN],
    },
    Room {
        files: "world/xr/",
        may_use: &["sentence", "stream", "world", "stderr"],
        never: &[BURN],
    },
    Room {
        files: "app",
        may_use: &[
            "cli", "events", "exhibits", "history", "learning", "stderr", "stream", "trouble",
            "world",
        ],
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
            Source { path: parts.join("/"), code: shipped(&whole), whole }
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

/// Fails with every place that breaks a rule, not only the first.
fn check(rule: &str, mut breaks: impl FnMut(&Source) -> Vec<(usize, String)>) {
    let mut report = String::new();
    for source in sources() {
        for (line, what) in breaks(&source) {
            writeln!(report, "  src/{}:{line}: {what}", source.path).unwrap();
        }
    }
    assert!(report.is_empty(), "{rule}:\n{report}");
}

/// The lines with one of these words outside of some paths.
fn lines_with(source: &Source, words: &[&str], allowed: &[&str]) -> Vec<(usize, String)> {
    if allowed.iter().any(|pattern| fits(pattern, &source.path)) {
        return Vec::new();
    }
    let found = source.code.iter().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
    found.map(|(number, line)| (*number, line.trim().to_owned())).collect()
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
    let mut paths = Vec::new();
    let mut index = 0;
    while index + 2 < tokens.len() {
        let after_path = index > 0 && tokens[index - 1].1 == "::";
        let start = match tokens[index].1.as_str() {
            "crate" | "perceptarium" if !after_path => Some((Vec::new(), index + 1)),
            "super" if !after_path => {
                let mut above = home.clone();
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
            branches(&tokens, next + 1, &root, &mut paths);
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
    check("An import leads where none may", |source| {
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
fn the_halves_of_an_exhibit_meet_only_in_its_words() {
    check("A view knows its model, or a model its view", |source| {
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
    check("An exhibit is named outside its folder", |source| {
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
    let mut uses: BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for source in sources() {
        let home = module_of(&source.path);
        for (_, path) in own_paths(&source) {
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
    assert!(circles.is_empty(), "Files import each other:\n{circles}");
}

#[test]
fn every_room_stays_away_from_crates_it_must_not_know() {
    check("A crate appears where it must not", |source| {
        let Some(room) = room_of(&source.path) else {
            return Vec::new();
        };
        let tokens = tokens(&source.code);
        let uses = tokens.windows(2).filter(|two| {
            let [(_, name), (_, after)] = two else {
                return false;
            };
            let is = |name: &str| room.never.iter().any(|never| crate_of(name) == *never);
            after == "::" && is(name)
        });
        uses.map(|two| (two[0].0, two[0].1.clone())).collect()
    });
}

/// The family a crate belongs to: `bevy_picking` is of bevy.
fn crate_of(name: &str) -> &str {
    name.split('_').next().unwrap_or(name)
}

#[test]
fn only_xr_and_app_speak_openxr() {
    let words = ["openxr", "bevy_mod_xr", "bevy_xr_utils"];
    check("OpenXR leaves its room", |source| lines_with(source, &words, &["world/xr/", "app"]));
}

#[test]
fn raw_colours_live_in_the_palette() {
    let words = [
        "Color::srgb",
        "Color::linear_rgb",
        "Color::hsl",
        "Color::hsv",
        "Color::hwb",
        "Color::lab",
        "Color::lch",
        "Color::oklab",
        "Color::oklch",
        "Color::xyz",
        "Color::WHITE",
        "Color::BLACK",
        "Srgba::hex",
        "Srgba::rgb",
        "LinearRgba::rgb",
        "bevy::color::palettes",
    ];
    // The maps of data to colours are computed, not chosen.
    let allowed = ["world/ui/palette.rs", "world/display/colour_map.rs"];
    check("A raw colour outside of palette.rs", |source| lines_with(source, &words, &allowed));
}

#[test]
fn sizes_of_text_live_in_one_file() {
    check("A text size outside of type_size.rs", |source| {
        let sizes = lines_with(source, &["FontSize::Px("], &["world/ui/type_size.rs"]);
        sizes
            .into_iter()
            .filter(|(_, line)| {
                line.split("FontSize::Px(")
                    .skip(1)
                    .any(|size| size.starts_with(|c: char| c.is_ascii_digit()))
            })
            .collect()
    });
}

#[test]
fn tensors_are_read_where_they_are_learned() {
    let words = ["into_data(", "to_data(", "into_scalar("];
    let allowed = ["learning/", "exhibits/*/model/"];
    check("A tensor is read outside of learning", |source| lines_with(source, &words, &allowed));
}

#[test]
fn nothing_that_ships_unwraps() {
    let words = [".unwrap()", ".expect(", ".unwrap_err()", ".expect_err("];
    check("A value is unwrapped", |source| lines_with(source, &words, &[]));
}

#[test]
fn every_file_says_what_it_is_for() {
    check("The first line is not `//! …`", |source| {
        let first = source.whole.lines().next().unwrap_or_default();
        let sentence = first.strip_prefix("//! ").unwrap_or_default();
        if sentence.split(' ').count() >= 3 { Vec::new() } else { vec![(1, first.to_owned())] }
    });
}

#[test]
fn every_shader_says_what_it_is_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("shaders");
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("// ") || text.starts_with("//! "), "{}", path.display());
    }
}

mod the_reader_of_imports {
    //! A guard that sees nothing guards nothing.

    use super::*;

    fn paths(file: &str, code: &str) -> Vec<String> {
        let source = Source { path: file.to_owned(), code: shipped(code), whole: code.to_owned() };
        own_paths(&source).into_iter().map(|(_, path)| path.join("::")).collect()
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
    fn climbs_with_super() {
        let code = "use super::{super::super::learning::Plan, EXHIBIT};\nuse super::super::data;\n";
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
            room_of("exhibits/digits/model/lesson.rs").map(|room| room.files),
            Some("exhibits/*/model/")
        );
        assert_eq!(room_of("world/ui/panel.rs").map(|room| room.files), Some("world/ui/"));
        assert!(room_of("nowhere.rs").is_none());
    }
}
