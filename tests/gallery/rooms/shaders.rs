//! Every shader is there, is used and says what it is for.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::source::{Source, sources};

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
