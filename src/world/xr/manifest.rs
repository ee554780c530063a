//! The file that names the active OpenXR runtime, and what is wrong with it; the loader itself says only that there is
//! no runtime.

use std::{
    env,
    path::{Path, PathBuf},
};

/// What keeps the active runtime from being loaded, if it is its manifest or its library; in words that end a sentence.
pub(super) fn defect() -> Option<String> {
    let named = env::var_os("XR_RUNTIME_JSON").filter(|path| !path.is_empty()).map(PathBuf::from);
    let manifest = named.or_else(|| usual_places().into_iter().find(|path| path.exists()))?;
    Some(defect_of(&manifest))
}

/// Where the loader looks, in its order.
fn usual_places() -> Vec<PathBuf> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty());
    let own = variable("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(Path::new(&variable("HOME")?).join(".config")));
    let systems = variable("XDG_CONFIG_DIRS").unwrap_or_else(|| "/etc/xdg".into());
    let folders = own
        .into_iter()
        .chain(env::split_paths(&systems))
        .chain(["/usr/local/etc", "/etc"].map(PathBuf::from));
    let names =
        [format!("active_runtime.{}.json", env::consts::ARCH), "active_runtime.json".to_owned()];
    folders
        .flat_map(|folder| names.clone().map(|name| folder.join("openxr/1").join(name)))
        .collect()
}

fn defect_of(manifest: &Path) -> String {
    let at = manifest.display();
    let Ok(text) = std::fs::read_to_string(manifest) else {
        return say!("xr-no-openxr-runtime-is-active", at);
    };
    let json = match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(json) => json,
        Err(error) => {
            let line = error.line();
            return say!("xr-the-file-that-names-the", at, line);
        }
    };
    let Some(library) = json["runtime"]["library_path"].as_str() else {
        return say!("xr-the-file-that-names-the-openxr", at);
    };
    // A mere name is looked for by the system; a path begins at the file.
    let path = manifest.parent().unwrap_or(Path::new("")).join(library);
    if library.contains('/') && !path.exists() {
        let path = path.display();
        return say!("xr-the-library-of-the-openxr", path, at);
    }
    let library =
        if library.contains('/') { path.display().to_string() } else { library.to_owned() };
    say!("xr-the-library-of-the-openxr-runtime", library, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = folder.path().join("active_runtime.json");
        let library = folder.path().join("there.so");
        std::fs::write(&library, "no library").unwrap();
        let missing = folder.path().join("gone.so");
        for (text, told, path) in [
            ("{\n\"runtime\": {", "broken in line 2", &manifest),
            ("{}", "names no library", &manifest),
            (r#"{"runtime": {"library_path": "./gone.so"}}"#, "is missing", &missing),
            (r#"{"runtime": {"library_path": "./there.so"}}"#, "cannot be loaded", &library),
        ] {
            std::fs::write(&manifest, text).unwrap();
            let said = defect_of(&manifest).replace("/./", "/");
            assert!(said.contains(told) && said.contains(&path.display().to_string()), "{said}");
        }
        let nowhere = defect_of(&folder.path().join("nowhere.json"));
        assert!(nowhere.starts_with("no OpenXR runtime is active, as "), "{nowhere}");
    }
}
