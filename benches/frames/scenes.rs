//! What is taught while frames are measured: each exhibit with its bundled data, and networks of three kinds, for as long
//! as the bench goes on.

use std::{ffi::OsString, path::Path};

use perceptarium::{
    cli,
    exhibits::descent::payload::DescentSettings,
    exhibits::{
        self, descent,
        digits::{self, Route},
        logistic, network, recommender,
    },
    learning::{TrainableMaker, TrainingConfig},
    stream::ExhibitId,
};

/// 500 maps in each of 61 layers.
const MAPS: &str = r#"
[[layers]]
kind = "conv2d"
out_channels = 500
kernel_size = 4
stride = 4

[[layers]]
kind = "block"
name = "stage"
repeat = 30

[[layers.layers]]
kind = "depthwise_conv2d"
kernel_size = 3
padding = 1

[[layers.layers]]
kind = "relu"

[[layers]]
kind = "global_avg_pool2d"

[[layers]]
kind = "linear"
"#;

/// A network that ships, or that a file describes, with the data that it learns of itself.
fn network(model: &str, plan: TrainingConfig) -> (ExhibitId, TrainableMaker, TrainingConfig) {
    let exhibit = exhibits::ALL.iter().find(|exhibit| exhibit.id == network::EXHIBIT_ID);
    let exhibit = exhibit.expect("an exhibit of this name");
    let words = ["perceptarium", "network", "--epochs", "100000", "--model", model];
    let words = words.map(OsString::from).into_iter();
    let (options, _) = cli::parse(words, &[exhibit.options]).expect("options that fit");
    let opened = exhibits::open(exhibit, &options).expect("a network that can be opened");
    let plan = TrainingConfig { beside_renderer: plan.beside_renderer, ..opened.config };
    (network::EXHIBIT_ID, opened.trainable, plan)
}

/// What is in the hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scene {
    Digits,
    /// The same with a field of 1,000,000 cells before the visitor.
    Cells,
    Recommender,
    Descent,
    Logistic,
    /// The residual network that ships.
    Network,
    /// One of more than 30,000 maps of 7 × 7.
    Maps,
    /// The transformer that ships.
    Text,
}

impl Scene {
    pub(crate) const ALL: [Self; 8] = [
        Self::Digits,
        Self::Cells,
        Self::Recommender,
        Self::Descent,
        Self::Logistic,
        Self::Network,
        Self::Maps,
        Self::Text,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::Cells => "cells",
            Self::Recommender => "recommender",
            Self::Descent => "descent",
            Self::Logistic => "logistic",
            Self::Network => "network",
            Self::Maps => "maps",
            Self::Text => "text",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scene| scene.name() == name)
    }

    /// The exhibit, what is learned in it, and how.
    pub(crate) fn trainable(self, assets: &Path) -> (ExhibitId, TrainableMaker, TrainingConfig) {
        let plan =
            TrainingConfig { epochs: 100_000, beside_renderer: true, ..TrainingConfig::default() };
        let data = assets.join("datasets");
        let table = data.join("breast-cancer-wisconsin/breast-cancer-wisconsin.csv");
        match self {
            Self::Digits | Self::Cells => {
                let dataset = digits::load(&data.join("mnist-10k")).expect("the bundled digits");
                (digits::EXHIBIT_ID, digits::trainable(dataset, Route::default()), plan)
            }
            Self::Recommender => {
                let folder = data.join("movielens-latest-small");
                let ratings = recommender::load(&folder, &recommender::ReadOptions::default())
                    .expect("the bundled ratings");
                let trainable = recommender::trainable(ratings, recommender::Settings::default());
                (
                    recommender::EXHIBIT_ID,
                    trainable,
                    TrainingConfig { learning_rate: 0.005, ..plan },
                )
            }
            Self::Descent => {
                let problems = descent::load(&table, None, &descent::LineColumns::default())
                    .expect("the bundled table");
                // At this rate nobody arrives while frames are measured.
                let plan = TrainingConfig { epochs: 1, batch: 16, learning_rate: 1e-6, ..plan };
                let trainable =
                    descent::trainable(problems, DescentSettings::default(), Some(1_000_000_000));
                (descent::EXHIBIT_ID, trainable, plan)
            }
            Self::Logistic => {
                let raw = logistic::load(&table, &logistic::ReadOptions::default(), &mut |_, _| {})
                    .expect("the bundled table");
                let plan = TrainingConfig { learning_rate: 0.3, ..plan };
                let ready = logistic::ready(raw, logistic::Settings::default(), plan.seed)
                    .expect("the bundled table");
                (logistic::EXHIBIT_ID, logistic::trainable(ready), plan)
            }
            Self::Network => network("resnet", plan),
            Self::Text => network("transformer", plan),
            Self::Maps => {
                let file = std::env::temp_dir().join("perceptarium-maps.toml");
                std::fs::write(&file, MAPS).expect("a folder for what is temporary");
                network(file.to_str().expect("a path in letters"), plan)
            }
        }
    }
}
