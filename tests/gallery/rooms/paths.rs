//! Which paths of our own rooms a source names, in imports and in the middle of code.

use std::collections::BTreeMap;

use super::source::{Source, sources};

/// Names and punctuation, which is all that imports are made of.
pub(super) fn tokens(code: &[(usize, String)]) -> Vec<(usize, String)> {
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
pub(super) fn own_paths(source: &Source) -> Vec<(usize, Vec<String>)> {
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
pub(super) fn paths_from(
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
pub(super) fn branches(
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
pub(super) fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|part| !matches!(*part, "lib" | "main")).map(str::to_owned).collect()
}

/// Whether a path of modules lies in or under a room, which may be several modules deep.
pub(super) fn lies_in(path: &[String], room: &str) -> bool {
    room.split("::").enumerate().all(|(depth, part)| path.get(depth).is_some_and(|own| own == part))
}

/// The rooms of the crate's root.
pub(super) fn rooms() -> Vec<String> {
    let lib = sources().into_iter().find(|source| source.path == "lib.rs").unwrap();
    let modules = lib.code.iter().filter_map(|(_, line)| line.strip_prefix("pub mod "));
    modules.map(|name| name.trim_end_matches(';').to_owned()).collect()
}
