//! How what was learned is judged: by the ratings that were held out of it, fold after fold.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::StarScale;
use crate::stream::Content;

impl Content for FoldReport {
    const KIND: &'static str = "recommender.fold";
}

impl Content for RatingsVerdict {
    const KIND: &'static str = "recommender.verdict";
}

/// One fold of a cross-validation of a recommender, after an epoch of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FoldReport {
    /// From 1.
    pub fold: usize,
    /// Of how many.
    pub folds: usize,
    /// The epoch that has ended, from 1.
    pub epoch: u32,
    /// Root of the mean squared error over the ratings it learns from, while learning, in stars.
    pub train_rmse: f64,
    /// The same over the ratings that are held out, after the epoch.
    pub test_rmse: f64,
    /// How it is judged, after its last epoch.
    pub outcome: Option<FoldOutcome>,
}

/// How one fold of a recommender is judged, by the ratings that it has not seen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FoldOutcome {
    /// How many ratings were held out.
    pub ratings: usize,
    /// Root of the mean squared error, in stars.
    pub rmse: f64,
    /// Mean absolute error, in stars.
    pub mae: f64,
    /// Root of the mean squared error of the biases alone, μ + bᵤ + bᵢ, in stars.
    pub bias_rmse: f64,
    /// How good its lists are.
    pub lists: ListQuality,
    /// How good lists of what the biases alone predict are.
    pub bias_lists: ListQuality,
    /// How good it is to give everybody what has most ratings.
    pub popular_lists: ListQuality,
    /// How often what was predicted: `predicted[truth * scale.count() + nearest]`.
    #[serde(with = "crate::stream::array")]
    pub predicted: Arc<[u32]>,
    /// The scale of that table.
    pub scale: StarScale,
    /// Seconds of learning, and of learning and judging together, on its thread.
    pub seconds: (f64, f64),
}

/// How good lists of ten items are, means over people.
///
/// Each list is made from all items that the person has not rated in training; one counts as liked when the person's
/// held-out rating is at least four fifths of the best rating, such as four of five stars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListQuality {
    /// Share of the list that was liked.
    pub precision: f64,
    /// Share of what was liked that is on the list.
    pub recall: f64,
    /// Normalised discounted cumulative gain: what was liked counts more the higher it stands, 0..=1.
    pub ndcg: f64,
}

/// Means over the folds of a cross-validation, and their standard deviations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RatingsVerdict {
    /// How many folds.
    pub folds: usize,
    /// Root of the mean squared error, in stars.
    pub rmse: f64,
    /// Its standard deviation from fold to fold.
    pub rmse_std: f64,
    /// Mean absolute error, in stars.
    pub mae: f64,
    /// Its standard deviation from fold to fold.
    pub mae_std: f64,
    /// Root of the mean squared error of the biases alone, in stars.
    pub bias_rmse: f64,
    /// How good its lists are.
    pub lists: ListQuality,
    /// How good lists of what the biases alone predict are.
    pub bias_lists: ListQuality,
    /// How good it is to give everybody what has most ratings.
    pub popular_lists: ListQuality,
    /// Wall time of the cross-validation, in seconds.
    pub seconds: f64,
}
