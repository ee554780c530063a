//! The files of words, one for each part of the program and language; they travel inside the program.

/// The messages of one part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// What its keys begin with, and its file is called.
    pub name: &'static str,
    /// Its messages in English, as Fluent writes them.
    pub english: &'static str,
    /// The same in simplified Chinese.
    pub chinese: &'static str,
}

macro_rules! areas {
    ($($name:literal),+ $(,)?) => {
        [$(Area {
            name: $name,
            english: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/words/en/", $name, ".ftl")),
            chinese: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/words/zh-CN/", $name, ".ftl")),
        }),+]
    };
}

/// All of them.
pub const AREAS: &[Area] = &areas![
    "access",
    "answers",
    "attach",
    "boards",
    "body",
    "branch",
    "classifier",
    "cli",
    "compare",
    "count",
    "data",
    "descent-view",
    "descent-model",
    "desk",
    "digits-view",
    "digits-model",
    "exhibit-sessions",
    "guide",
    "hall",
    "images",
    "inside",
    "inspect",
    "interaction",
    "keras",
    "keyboard",
    "learning",
    "layer",
    "list",
    "metric",
    "logistic-view",
    "logistic-model",
    "network-view",
    "network-files",
    "network-learning",
    "network-model",
    "onnx",
    "options",
    "recording",
    "recommender-view",
    "recommender-model",
    "serve",
    "sound",
    "spectator",
    "table",
    "stage",
    "start",
    "stream",
    "studies",
    "system",
    "terminal",
    "terms",
    "ui",
    "xr",
];
