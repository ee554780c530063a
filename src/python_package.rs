//! `perceptarium python-package DIR`: writes out the Python package that lets this program watch a training in PyTorch or
//! Keras. The program carries it, so that a classroom without a registry has the one that speaks its protocol.

use std::{
    fs,
    io::{Write as _, stdout},
};

use crate::{
    cli::PythonPackageOptions, exhibits::refused, program_error::ProgramError, sentence::shown_path,
};

/// The wheel, as `python/build_wheel.py` makes it.
const WHEEL: &[u8] = include_bytes!("../assets/python/perceptarium-0.1.0-py3-none-any.whl");
/// Installers read name, version and what it runs on from this.
const FILE: &str = "perceptarium-0.1.0-py3-none-any.whl";

/// Writes it into the folder, which is made if it is not there, and says how to install it.
///
/// # Errors
/// One sentence if the folder or the file cannot be written.
pub(crate) fn run(options: &PythonPackageOptions) -> Result<(), ProgramError> {
    let folder = &options.package_folder;
    let file = folder.join(FILE);
    let unwritable = |error: std::io::Error| {
        refused(phrase!("start-the-python-package-cannot-be", file = shown_path(&file), error))
    };
    fs::create_dir_all(folder).map_err(unwritable)?;
    fs::write(&file, WHEEL).map_err(unwritable)?;
    let said = say!("start-the-python-package-is-in", file = shown_path(&file));
    // Whoever asked may have left already.
    writeln!(stdout(), "{said}").ok();
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, io::Read as _, path::Path};

    use super::*;

    /// Every module under a folder, by its path from there.
    fn modules(folder: &Path, root: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                modules(&path, root, found);
            } else if path.extension().is_some_and(|end| end == "py") || path.ends_with("py.typed")
            {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }

    #[test]
    fn the_wheel_holds_the_modules_as_they_are() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
        let mut expected = BTreeMap::new();
        modules(&root.join("perceptarium"), &root, &mut expected);
        let mut wheel = zip::ZipArchive::new(std::io::Cursor::new(WHEEL)).unwrap();
        let mut found = BTreeMap::new();
        for at in 0..wheel.len() {
            let mut entry = wheel.by_index(at).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            found.insert(entry.name().unwrap().into_owned(), bytes);
        }
        let about = found.keys().filter(|name| name.contains(".dist-info/")).count();
        assert_eq!(about, 4, "METADATA, WHEEL, RECORD and top_level.txt");
        found.retain(|name, _| !name.contains(".dist-info/"));
        assert!(expected.len() > 20);
        let differs = "run python/build_wheel.py assets/python";
        assert_eq!(
            found.keys().collect::<Vec<_>>(),
            expected.keys().collect::<Vec<_>>(),
            "{differs}"
        );
        assert!(found == expected, "{differs}");
    }

    #[test]
    fn it_is_written_where_it_is_asked_for_or_a_sentence_says_why_not() {
        let folder = tempfile::tempdir().unwrap();
        let package_folder = folder.path().join("a/b");
        run(&PythonPackageOptions { package_folder: package_folder.clone() }).unwrap();
        assert_eq!(fs::read(package_folder.join(FILE)).unwrap(), WHEEL);
        let in_a_file = package_folder.join(FILE).join("c");
        let why = run(&PythonPackageOptions { package_folder: in_a_file }).unwrap_err();
        assert!(why.exit_code() == 2 && why.to_string().contains(FILE), "{why}");
    }
}
