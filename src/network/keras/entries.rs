//! Layers as `config.json` describes them, and where their weights lie.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::Fault;
use crate::network::onnx::named;

/// A layer or a model in a model, as the file describes it.
pub(super) struct Entry<'a> {
    pub(super) json: &'a Json,
    pub(super) class: &'a str,
    pub(super) config: &'a Json,
    pub(super) name: &'a str,
    /// Where its weights lie.
    pub(super) place: String,
}

impl<'a> Entry<'a> {
    pub(super) fn new(json: &'a Json, place: String) -> Result<Self, Fault> {
        let missing = || Fault::new(phrase!("keras-its-config-json-has-a"));
        let class = json.get("class_name").and_then(Json::as_str).ok_or_else(missing)?;
        let config = json.get("config").filter(|config| config.is_object()).ok_or_else(missing)?;
        let name = config.get("name").or_else(|| json.get("name"));
        let name = name.and_then(Json::as_str).ok_or_else(missing)?;
        Ok(Self { json, class, config, name, place })
    }

    /// Whether it is an operation of `keras.ops`, which has no weights and is not counted among layers.
    pub(super) fn is_operation(&self) -> bool {
        self.module().starts_with("keras.src.ops")
    }

    pub(super) fn module(&self) -> &str {
        self.json.get("module").and_then(Json::as_str).unwrap_or("")
    }

    /// Whether it is a part of Keras, and not of someone's own.
    pub(super) fn is_of_keras(&self) -> bool {
        let module = self.module();
        let registered = self.json.get("registered_name").and_then(Json::as_str).unwrap_or("");
        (module == "keras" || module.starts_with("keras.")) && !registered.contains('>')
    }

    pub(super) fn is_model(&self) -> bool {
        matches!(self.class, "Sequential" | "Functional" | "Model")
    }

    pub(super) fn path(&self, prefix: &str) -> String {
        format!("{prefix}{}", named(self.name.to_owned()))
    }
}

/// The layers of a model with the places of their weights: the class in snake case and a number in the order of layers.
pub(super) fn entries<'a>(layers: &'a [Json], place: &str) -> Result<Vec<Entry<'a>>, Fault> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut entries = Vec::with_capacity(layers.len());
    for json in layers {
        let mut entry = Entry::new(json, String::new())?;
        if !entry.is_operation() {
            let word = snake_case(entry.class);
            let count = counts.entry(word.clone()).or_default();
            let number = if *count == 0 { String::new() } else { format!("_{count}") };
            *count += 1;
            let around = if place.is_empty() { String::new() } else { format!("{place}/") };
            entry.place = format!("{around}layers/{word}{number}");
        }
        entries.push(entry);
    }
    Ok(entries)
}

/// `conv2d_transpose` of `Conv2DTranspose`, by the rules of `keras.src.utils.naming.to_snake_case`.
pub(super) fn snake_case(class: &str) -> String {
    let letters: Vec<char> =
        class.chars().filter(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    // A capital and small letters begin a word, whatever stands before them; then a capital behind a small letter does.
    let small = |at: usize| letters.get(at).is_some_and(char::is_ascii_lowercase);
    let mut words = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if at > 0 && letter.is_ascii_uppercase() && (small(at + 1) || small(at - 1)) {
            words.push('_');
        }
        words.push(*letter);
    }
    words.to_lowercase()
}
