//! Where pictures lie that a table names: beside it or in a folder there, with or without their endings.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use super::folders::{collect, is_picture, lying_in};
use crate::learning::TrainError;
use crate::words::Phrase;

/// So many names are looked for to tell where all of them lie.
const SAMPLE: usize = 200;

/// The pictures in a folder and in folders within it.
pub(super) struct Places {
    files: Vec<PathBuf>,
    /// Places in `files` by the path within the folder, without its ending.
    by_name: HashMap<String, Vec<usize>>,
    /// The folder itself and those in it, as they stand before names.
    bases: Vec<String>,
}

impl Places {
    /// Looks for all pictures, whatever becomes of them.
    ///
    /// # Errors
    /// One sentence if a folder cannot be read.
    pub(super) fn of(folder: &Path) -> Result<Self, TrainError> {
        let mut files = Vec::new();
        collect(folder, 0, &mut files)?;
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::with_capacity(files.len());
        for (at, file) in files.iter().enumerate() {
            by_name.entry(plain(&within(folder, file).with_extension(""))).or_default().push(at);
        }
        let mut bases = vec![String::new()];
        let [_, folders] = lying_in(folder)?;
        bases.extend(folders.iter().map(|base| plain(&within(folder, base)) + "/"));
        Ok(Self { files, by_name, bases })
    }

    /// What stands before the most of these names; the folder itself, if it is as good as any.
    pub(super) fn base<'a>(&self, names: impl Iterator<Item = &'a str>) -> &str {
        let sampled: Vec<&str> = names.take(SAMPLE).collect();
        let mut best = ("", 0);
        for base in &self.bases {
            let found = sampled.iter().filter(|name| self.find(base, name).is_ok()).count();
            if found > best.1 {
                best = (base, found);
            }
            if best.1 == sampled.len() {
                break;
            }
        }
        best.0
    }

    /// How many different pictures these names lead to.
    pub(super) fn different<'a>(&self, names: impl Iterator<Item = &'a str> + Clone) -> usize {
        let base = self.base(names.clone());
        let mut found: Vec<_> =
            names.take(SAMPLE).filter_map(|name| self.find(base, name).ok()).collect();
        found.sort_unstable();
        found.dedup();
        found.len()
    }

    /// The picture of this name.
    ///
    /// # Errors
    /// Why there is none, in words that follow its name.
    pub(super) fn find(&self, base: &str, name: &str) -> Result<&Path, Phrase> {
        let name = name.replace('\\', "/");
        let name = name.strip_prefix("./").unwrap_or(&name);
        let whole = format!("{base}{name}");
        let places = |name: &str| self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        let files = |name: &str| places(name).iter().filter_map(|at| self.files.get(*at));
        if is_picture(Path::new(name)) {
            let stem = whole.rsplit_once('.').map_or("", |(stem, _)| stem);
            let exact = files(stem).find(|file| file.extension() == Path::new(name).extension());
            if let Some(exact) = exact {
                return Ok(exact);
            }
        }
        let mut alike = files(&whole);
        match (alike.next(), alike.next()) {
            (Some(only), None) => Ok(only),
            (Some(_), Some(_)) => Err(phrase!("data-several-pictures-have-that-name")),
            (None, _) => Err(phrase!("data-there-is-no-such-picture")),
        }
    }
}

fn within(folder: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(folder).unwrap_or(path).to_owned()
}

/// A path with slashes, as tables have it.
fn plain(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
