//! A table on its way to a verdict: its columns and rows, how a model is fitted to them, and what the model says.

use std::{borrow::Cow, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    stream::Content,
    words::{self, Phrase},
};

impl Content for TableSettings {
    const KIND: &'static str = "logistic.settings";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Content for Table {
    const KIND: &'static str = "logistic.table";
}

impl Content for TableAnswer {
    const KIND: &'static str = "logistic.answer";

    fn bytes(&self) -> usize {
        size_of_val(&*self.probabilities)
    }
}

impl Content for TuneReport {
    const KIND: &'static str = "logistic.tuned";
}

impl Content for TableTest {
    const KIND: &'static str = "logistic.test";
}

impl Content for TableVerdict {
    const KIND: &'static str = "logistic.verdict";
}

/// The row whose sum is asked for, by its place among those that are drawn; `None` is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowAsk(pub Option<usize>);

impl Content for RowAsk {
    const KIND: &'static str = "logistic.row";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// How a model is fitted to a table; a change of it begins a new run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableSettings {
    /// Which features are used, one for each of [`Table::features`]; `None` is the choice that the program makes.
    pub chosen: Option<Arc<[bool]>>,
    /// Whether products of two features are features too.
    pub pairwise: bool,
    /// What keeps coefficients small.
    pub penalty: Penalty,
    /// The inverse strength of the penalty, as in scikit-learn; positive and finite.
    pub c: f64,
    /// How the minimum is looked for.
    pub solver: Solver,
    /// Whether features are brought to mean 0 and standard deviation 1, as measured on the training rows.
    pub standardise: bool,
    /// What happens to rows with missing values.
    pub missing: Missing,
    /// Which rows are held out.
    pub split: Split,
}

impl Default for TableSettings {
    fn default() -> Self {
        Self {
            chosen: None,
            pairwise: false,
            penalty: Penalty::L2,
            c: 1.0,
            solver: Solver::FullBatch,
            standardise: true,
            missing: Missing::Drop,
            split: Split::Shuffled,
        }
    }
}

/// What is added to the loss to keep coefficients small; the intercept is never penalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, clap::ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Penalty {
    /// Nothing.
    None,
    /// ½ Σ w².
    L2,
    /// Σ |w|.
    L1,
}

/// How the minimum of the objective is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, clap::ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Solver {
    /// Gradient descent over all rows at each step, to watch; what is judged is finished by L-BFGS.
    FullBatch,
    /// Gradient descent over some rows at each step, to watch; what is judged is finished by L-BFGS.
    MiniBatch,
    /// L-BFGS alone.
    Lbfgs,
}

/// What happens to missing values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, clap::ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// The row is left out.
    Drop,
    /// The mean of the training rows takes their place.
    Mean,
    /// The median of the training rows takes their place.
    Median,
}

/// Which fifth of the rows is held out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, clap::ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// The last fifth after a shuffle by the run's seed.
    Shuffled,
    /// The same, class by class.
    Stratified,
    /// The 114 rows that scikit-learn's `train_test_split(random_state=42)` holds out of the tumour data.
    Sklearn42,
}

/// A table, prepared for a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Table {
    /// What the data set is called.
    pub name: String,
    /// The column that is to be told.
    pub label: String,
    /// What each class is called; of two, the second is the one whose probability is told.
    pub classes: Arc<[String]>,
    /// Rows in the file.
    pub rows_read: usize,
    /// Rows that are used, after those with missing values are gone.
    pub rows: usize,
    /// What is odd about the data, one sentence each.
    pub remarks: Vec<Phrase>,
    /// All features that there are, in the order of the file.
    pub features: Arc<[Feature]>,
    /// How the model is fitted, with the choice of features filled in.
    pub settings: TableSettings,
    /// The features that the model has, products included: coefficients are in this order.
    pub terms: Arc<[Term]>,
    /// The rows that are drawn: as many as there are, or an even sample of them.
    pub drawn: DrawnRows,
    /// The values of C that are tried, rising.
    pub grid: Arc<[f64]>,
    /// How many folds each of them is tried on.
    pub folds: usize,
    /// A learning rate with which full-batch gradient descent surely goes down.
    pub usual_rate: f64,
}

impl Table {
    /// What a class is called in the language of the hall.
    pub fn class(&self, class: usize) -> Cow<'_, str> {
        self.classes.get(class).map_or("?".into(), |name| words::of_table(name))
    }
}

/// A column that numbers come from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Feature {
    /// Its name in the file; of a category `column=value`.
    pub name: String,
    /// Whether it says if a category is this one.
    pub category: bool,
    /// Missing values in the file.
    pub missing: usize,
    /// Mean over the training rows.
    #[serde(with = "crate::stream::number")]
    pub mean: f64,
    /// Standard deviation over the training rows, n in the denominator as scikit-learn has it.
    #[serde(with = "crate::stream::number")]
    pub deviation: f64,
    /// Least value over the training rows.
    #[serde(with = "crate::stream::number")]
    pub low: f64,
    /// Greatest value over the training rows.
    #[serde(with = "crate::stream::number")]
    pub high: f64,
    /// Training rows of each class in bins of equal width from `low` to `high`: `bins[class * BINS + bin]`.
    pub bins: Arc<[u32]>,
    /// Mutual information with the label, in nats, over ten quantile bins of the training rows.
    #[serde(with = "crate::stream::number")]
    pub information: f64,
    /// F of the analysis of variance between classes; infinite where nothing varies within them.
    #[serde(with = "crate::stream::number")]
    pub anova_f: f64,
    /// Whether the model uses it, and if not, why.
    pub standing: FeatureUse,
}

impl Feature {
    /// How many bins a distribution has.
    pub const BINS: usize = 24;
}

/// Whether a feature is used.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureUse {
    /// The model uses it.
    Used,
    /// It has the same value in all training rows.
    Constant,
    /// A feature that tells more about the label says nearly the same.
    Correlated {
        /// Which feature.
        with: usize,
        /// Pearson's r.
        r: f64,
    },
    /// The visitor left it out.
    LeftOut,
}

/// A number that a coefficient belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its name, of a product `a × b`.
    pub name: String,
    /// The feature, and of a product the other one.
    pub features: (usize, Option<usize>),
}

/// Rows that are drawn in the hall; all arrays are row by row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DrawnRows {
    /// Their places in the file, from 0.
    #[serde(with = "crate::stream::array")]
    pub rows: Arc<[usize]>,
    /// The class of each.
    #[serde(with = "crate::stream::array")]
    pub labels: Arc<[u16]>,
    /// Whether each is held out for the test.
    #[serde(with = "crate::stream::array")]
    pub held_out: Arc<[bool]>,
    /// Values as in the file, missing ones replaced: rows × features.
    #[serde(with = "crate::stream::array")]
    pub values: Arc<[f32]>,
    /// The first three principal components of the standardised features that are used: rows × 3.
    #[serde(with = "crate::stream::array")]
    pub components: Arc<[f32]>,
    /// The share of the variance that each component holds.
    pub explained: [f32; 3],
    /// The direction of each component in the standardised features: 3 × features.
    #[serde(with = "crate::stream::array")]
    pub directions: Arc<[f32]>,
}

/// What a fitted model says, made for a snapshot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TableAnswer {
    /// Coefficients, classes × terms; one row for two classes. In standard deviations where features are standardised.
    #[serde(with = "crate::stream::array")]
    pub coefficients: Arc<[f64]>,
    /// One for each row of coefficients.
    #[serde(with = "crate::stream::array")]
    pub intercepts: Arc<[f64]>,
    /// The probability of each class for each drawn row: rows × classes.
    #[serde(with = "crate::stream::array")]
    pub probabilities: Arc<[f32]>,
    /// Norm of the objective's gradient.
    #[serde(with = "crate::stream::number")]
    pub gradient_norm: f64,
    /// Mean cross-entropy over the training rows, in nats, without the penalty.
    #[serde(with = "crate::stream::number")]
    pub train_log_loss: f64,
    /// The chosen row's sum.
    pub sum: Option<RowSum>,
}

/// How a row comes to its probability.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RowSum {
    /// Which of the drawn rows.
    pub row: usize,
    /// w·x of each term, for each row of coefficients: as coefficients.
    #[serde(with = "crate::stream::array")]
    pub parts: Arc<[f64]>,
    /// Intercept and parts together, for each row of coefficients.
    #[serde(with = "crate::stream::array")]
    pub scores: Arc<[f64]>,
    /// The probability of each class.
    #[serde(with = "crate::stream::array")]
    pub probabilities: Arc<[f64]>,
}

/// One fold of the search for C.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TuneReport {
    /// The inverse strength of the penalty.
    pub c: f64,
    /// Its place in [`Table::grid`].
    pub place: usize,
    /// From 1.
    pub fold: usize,
    /// Of how many.
    pub folds: usize,
    /// Rows that it learned from and that were held out.
    pub rows: (usize, usize),
    /// Mean cross-entropy over the fold's own training rows, in nats.
    #[serde(with = "crate::stream::number")]
    pub train_log_loss: f64,
    /// Mean cross-entropy over the rows held out of the fold, in nats.
    #[serde(with = "crate::stream::number")]
    pub log_loss: f64,
    /// Share of the held-out rows told rightly.
    pub accuracy: f64,
    /// Area under the receiver operating characteristic over them, as in [`TableVerdict`]; `None` where they are all of
    /// one class.
    pub auc: Option<f64>,
    /// Steps of L-BFGS, from where the fold ended for the C before.
    pub iterations: usize,
    /// How long they took, in milliseconds.
    pub fit_milliseconds: f64,
}

/// How a table's model is judged on the rows that were held out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TableTest {
    /// The place in the file of each held-out row.
    #[serde(with = "crate::stream::array")]
    pub rows: Arc<[usize]>,
    /// The class of each.
    #[serde(with = "crate::stream::array")]
    pub labels: Arc<[u16]>,
    /// The probability of each class: rows × classes.
    #[serde(with = "crate::stream::array")]
    pub probabilities: Arc<[f64]>,
    /// Coefficients of the finished model, as in [`TableAnswer`].
    #[serde(with = "crate::stream::array")]
    pub coefficients: Arc<[f64]>,
    /// Its intercepts.
    #[serde(with = "crate::stream::array")]
    pub intercepts: Arc<[f64]>,
}

/// What a table's model came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableVerdict {
    /// Share of held-out rows told rightly.
    pub accuracy: f64,
    /// Mean cross-entropy over the held-out rows, in nats.
    #[serde(with = "crate::stream::number")]
    pub log_loss: f64,
    /// Area under the receiver operating characteristic; of several classes the mean of one against the rest.
    pub auc: Option<f64>,
    /// Precision of the second of two classes, which counts as positive, or the mean over the classes that have one.
    pub precision: Option<f64>,
    /// Recall, likewise.
    pub recall: Option<f64>,
    /// F1, likewise.
    pub f1: Option<f64>,
    /// Why some of these four are not defined.
    pub not_defined: NotDefined,
    /// Share told rightly by always saying the most frequent class.
    pub majority_accuracy: f64,
    /// Share told rightly by the nearest training rows.
    pub neighbours_accuracy: f64,
    /// The C with the least mean log loss over the folds.
    pub best_c: f64,
    /// Steps of L-BFGS of the model that is judged.
    pub iterations: usize,
    /// How long they took, in milliseconds.
    pub fit_milliseconds: f64,
    /// Whether the model that is judged is the minimum of its objective.
    pub converged: bool,
    /// The largest component of the objective's gradient there, per standard deviation of a term.
    pub largest_slope: f64,
    /// At most so far, in nats, the objective is above its minimum, where such a bound is known.
    pub above_minimum: Option<f64>,
}

impl TableVerdict {
    /// How far the model that is judged is from the minimum, in words, if it is not there.
    pub fn not_converged(&self) -> Option<String> {
        let slope = say!(
            "logistic-not-reached-the-largest-component",
            largest_slope = format_args!("{:.1e}", self.largest_slope)
        );
        let words = match self.above_minimum {
            Some(above) => say!(
                "logistic-the-objective-at-most-nats",
                slope,
                above = format_args!("{:.1e}", above)
            ),
            None => slope,
        };
        (!self.converged).then_some(words)
    }
}

/// Why figures of the held-out rows are not defined, in words that follow “not defined”; of several classes a mean may
/// be that of some only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotDefined {
    /// Of the area under the curve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auc: Option<Phrase>,
    /// Of the precision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Phrase>,
    /// Of the recall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall: Option<Phrase>,
    /// Of F1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub f1: Option<Phrase>,
}

impl NotDefined {
    /// A sentence for each, by the name of the figure.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        let each = [
            ("AUC", &self.auc),
            (say!("logistic-precision"), &self.precision),
            (say!("logistic-recall"), &self.recall),
            ("F1", &self.f1),
        ];
        each.into_iter().filter_map(|(name, why)| {
            Some(say!("logistic-is-not-defined", name, why = why.as_ref()?))
        })
    }
}
