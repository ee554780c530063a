//! The source without its comments and tests, and how rules are checked on it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use super::paths::tokens;

/// A source file without its comments and its tests.
pub(crate) struct Source {
    /// Path under `src`, with slashes.
    pub(crate) path: String,
    /// Every line as it is.
    pub(super) whole: String,
    /// The code that ships, line by line, with the number of the line.
    pub(crate) code: Vec<(usize, String)>,
}

impl Source {
    pub(super) fn new(path: &str, whole: &str) -> Self {
        Self { path: path.to_owned(), code: shipped(whole), whole: whole.to_owned() }
    }
}

pub(crate) fn sources() -> Vec<Source> {
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
pub(super) fn check(
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
pub(super) fn check_homes(
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
pub(super) fn lines_with(source: &Source, words: &[&str]) -> Vec<(usize, String)> {
    let found = source.code.iter().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
    found.map(|(number, line)| (*number, line.trim().to_owned())).collect()
}

/// Where so many tokens in a row fit, and what they are.
pub(super) fn tokens_that<const COUNT: usize>(
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
pub(super) fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => path.starts_with(pattern),
        Some((before, after)) => path
            .strip_prefix(before)
            .and_then(|rest| rest.split_once('/'))
            .is_some_and(|(_, rest)| rest.starts_with(after.trim_start_matches('/'))),
    }
}
