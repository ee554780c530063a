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

    let faults = shader_faults(&sources(), &all_shaders());
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The texts of all shaders by their names.
fn all_shaders() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("shaders");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let read = |entry: fs::DirEntry| {
        let text = fs::read_to_string(entry.path()).unwrap();
        (entry.file_name().into_string().unwrap(), text)
    };
    entries.map(read).collect()
}

/// Conditions of branches and loops in a shader that hang on its uniforms alone, line by line.
///
/// Mesa's software driver bakes such uniforms into a copy of the shader whenever one of them is bound, and up to its version
/// 22.3 at least it keeps every copy: a window that shows panels grew by 13 MB a second. What depends on the pixel as well,
/// or is chosen by `select`, is left alone.
fn on_uniforms_alone(shader: &str) -> Vec<&str> {
    let declared = shader.lines().filter_map(|line| line.split_once("var<uniform> "));
    let uniforms: Vec<&str> =
        declared.filter_map(|(_, rest)| Some(rest.split_once(':')?.0.trim())).collect();
    let condition = |line: &str| {
        let line = line.trim_start().trim_start_matches("} else ");
        let (word, rest) = line.split_once(' ')?;
        match word {
            "if" | "while" => Some((rest.to_owned(), String::new())),
            "for" => {
                let counter = rest.split(['(', ' ', '=', ':']).filter(|word| !word.is_empty());
                Some((rest.split(';').nth(1)?.to_owned(), counter.clone().nth(1)?.to_owned()))
            }
            _ => None,
        }
    };
    const BUILT_IN: [&str; 9] = ["u32", "f32", "i32", "select", "any", "all", "min", "max", "abs"];
    let alone = |line: &&str| {
        let Some((condition, counter)) = condition(line) else { return false };
        let names = condition
            .split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '.'))
            .filter(|name| name.starts_with(|letter: char| letter.is_alphabetic()))
            .map(|name| name.split('.').next().unwrap_or(name))
            .filter(|name| !BUILT_IN.contains(name) && *name != counter);
        let (of_uniforms, others): (Vec<_>, Vec<_>) =
            names.partition(|name| uniforms.contains(name));
        !of_uniforms.is_empty() && others.is_empty()
    };
    shader.lines().filter(alone).collect()
}

#[test]
fn no_way_through_a_shader_hangs_on_uniforms_alone() {
    let planted = "@group(1) @binding(0) var<uniform> look: Look;
        if look.board.w > 0.0 {
        if look.board.w * seen.a > 0.0 {
        } else if u32(look.count) == 2u {
        for (var index = 0u; index < u32(look.count); index += 1u) {
        for (var index = 0u; index < shades; index += 1u) {
        let lit = select(1.0, light, look.light != 0.0);";
    let lines = on_uniforms_alone(planted);
    let found: Vec<_> = lines.iter().map(|line| line.trim()).collect();
    let wrong = [
        "if look.board.w > 0.0 {",
        "} else if u32(look.count) == 2u {",
        "for (var index = 0u; index < u32(look.count); index += 1u) {",
    ];
    assert_eq!(found, wrong);
    for (name, text) in all_shaders() {
        assert_eq!(on_uniforms_alone(&text), [""; 0], "{name}");
    }
}
