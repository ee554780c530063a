//! What is taught while frames are measured: each exhibit with its bundled data, for as long as the bench goes on.

use std::path::Path;

use perceptarium::{
    exhibits::descent::payload::DescentSettings,
    exhibits::{
        descent,
        digits::{self, Route},
        logistic, recommender,
    },
    learning::{TrainableMaker, TrainingConfig},
    stream::ExhibitId,
};

/// What is in the hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scene {
    Digits,
    /// The same with a field of 1,000,000 cells before the visitor.
    Cells,
    Recommender,
    Descent,
    Logistic,
}

impl Scene {
    pub(crate) const ALL: [Self; 5] =
        [Self::Digits, Self::Cells, Self::Recommender, Self::Descent, Self::Logistic];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::Cells => "cells",
            Self::Recommender => "recommender",
            Self::Descent => "descent",
            Self::Logistic => "logistic",
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
        }
    }
}
