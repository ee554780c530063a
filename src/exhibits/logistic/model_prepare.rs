//! A table made ready for a run: split, filled, scored, selected and standardised.

use std::{
    ops::{Range, RangeInclusive},
    sync::Arc,
};

use super::{
    data::{Raw, Source},
    model::Settings,
    model_components::{components, largest_curvature},
    model_design::Design,
    model_objective::{Objective, Shape},
    model_scores::Scores,
    model_select::{products, standings, terms},
    model_split::split,
    model_values::{Filled, Values as _, learned_of},
};
use crate::{
    learning::TrainError,
    sentence::{grouped, shown},
    stream::{DrawnRows, Feature, Missing, Penalty, Standing, Table, TableSettings},
};

/// At most so many rows are drawn.
pub(super) const MOST_DRAWN: usize = 5000;
/// The values of C that are tried: powers of √10 from 10⁻³ to 10².
const GRID: RangeInclusive<i32> = -6..=4;
/// Larger values are not squared in single precision without standardising.
const LARGEST_RAW: f64 = 1e15;
/// More features than this are not compared with each other.
const MOST_FEATURES: usize = 2000;

/// Everything that a run needs of a table.
pub(super) struct Prepared {
    pub(super) settings: Settings,
    pub(super) seed: u64,
    pub(super) table: Arc<Table>,
    pub(super) shape: Shape,
    /// Rows that are learned from, fold after fold.
    pub(super) train: Half,
    /// Where each fold ends among them.
    pub(super) fold_ends: Vec<usize>,
    pub(super) test: Half,
    /// The places in the file of the test rows.
    pub(super) test_rows: Vec<usize>,
    /// The rows that are drawn.
    pub(super) drawn: Design,
    pub(super) usual_rate: f64,
}

/// Rows and their classes.
pub(super) struct Half {
    pub(super) design: Design,
    pub(super) labels: Vec<u16>,
}

/// How the features that are used become what the model sees.
struct Scaling<'a> {
    used: &'a [usize],
    scores: &'a [Scores],
    standardise: bool,
}

impl Scaling<'_> {
    fn row(&self, values: &Filled<'_>, row: usize) -> impl Iterator<Item = f64> {
        self.used.iter().map(move |&feature| {
            let value = values.at(row, feature);
            let scores = &self.scores[feature];
            if self.standardise { (value - scores.mean) / scores.deviation } else { value }
        })
    }

    fn design(&self, values: &Filled<'_>) -> Design {
        let mut design = Design::with_capacity(self.used.len(), values.rows());
        for row in 0..values.rows() {
            design.push(self.row(values, row).map(|value| value as f32));
        }
        design
    }
}

impl Prepared {
    /// Makes a table ready by these settings; an error says in one sentence why that cannot be.
    pub(super) fn new(raw: &Raw, settings: Settings, seed: u64) -> Result<Self, TrainError> {
        let wish = &settings.table;
        let sources = raw.sources();
        if sources.len() > MOST_FEATURES {
            let fact = format!("it has {} features with all categories", grouped(sources.len()));
            return Err(raw.unusable(fact, "give a table of at most 2,000"));
        }
        let mut remarks = raw.remarks.clone();
        let used_rows = used_rows(raw, &sources, wish.missing, &mut remarks);
        let count = used_rows.len();
        if count < settings.folds {
            let fact =
                format!("{} of its rows are left, fewer than {} folds", count, settings.folds);
            return Err(raw.unusable(fact, few_rows_remedy(raw, wish.missing)));
        }
        let in_order = used_rows.clone();
        let halves = split(raw, used_rows, wish.split, settings.folds, seed)?;
        let labels = |rows: &[u32]| -> Vec<u16> {
            rows.iter().map(|row| raw.labels[*row as usize]).collect()
        };
        let train_labels = labels(&halves.train);
        check_classes(raw, &train_labels, &mut remarks)?;
        let (instead, scores) = learned_of(raw, &sources, &halves.train, wish.missing);
        let names: Vec<String> = sources.iter().map(|source| raw.feature_name(*source)).collect();
        check_sizes(raw, &names, &scores, wish.standardise)?;
        let filled = |rows| Filled { raw, sources: &sources, instead: &instead, rows };
        let standings = standings(raw, &settings, &scores, &filled(&halves.train))?;
        remark_on_constants(&names, &standings, &mut remarks);
        let used: Vec<usize> =
            (0..names.len()).filter(|at| standings[*at] == Standing::Used).collect();
        if used.is_empty() {
            let fact = "no feature is left that is not constant";
            return Err(raw.unusable(fact, "use at least one that varies"));
        }
        let mut terms = terms(raw, &names, &used, wish.pairwise)?;
        let scaling = Scaling { used: &used, scores: &scores, standardise: wish.standardise };
        let train = scaling.design(&filled(&halves.train));
        let products = products(&train, &mut terms, &used, wish.standardise);
        let finished = |design: Design| design.with_products(products.clone());
        let train = Half { design: finished(train), labels: train_labels };
        let test = Half {
            design: finished(scaling.design(&filled(&halves.test))),
            labels: labels(&halves.test),
        };
        let drawn_rows = even_sample(&in_order);
        let shape = Shape { classes: raw.classes.len(), terms: terms.len() };
        let usual_rate = usual_rate(&train.design, &settings, shape, train.labels.len());
        remark_on_rate(wish.standardise, usual_rate, &mut remarks);
        let features = features(raw, &sources, names, scores.clone(), standings);
        let drawn_values = filled(&drawn_rows);
        let table = Table {
            name: raw.name.clone(),
            label: raw.label.clone(),
            classes: raw.classes.clone(),
            rows_read: raw.rows_read,
            rows: count,
            remarks,
            settings: TableSettings {
                chosen: Some(
                    features.iter().map(|feature| feature.standing == Standing::Used).collect(),
                ),
                ..settings.table.clone()
            },
            terms: terms.into(),
            drawn: drawn(raw, &drawn_values, &halves.test, &used, &scores),
            grid: grid(&settings).into(),
            folds: settings.folds,
            features: features.into(),
        };
        Ok(Self {
            drawn: finished(scaling.design(&drawn_values)),
            test_rows: halves.test.iter().map(|row| raw.place(*row as usize)).collect(),
            fold_ends: halves.fold_ends,
            table: Arc::new(table),
            settings,
            seed,
            shape,
            train,
            test,
            usual_rate,
        })
    }

    /// What is minimised over all training rows.
    pub(super) fn objective(&self) -> Objective<'_> {
        let all = std::iter::once(0..self.train.labels.len()).collect();
        self.objective_over(all, self.settings.table.c)
    }

    /// The same over some of the training rows, at another C.
    pub(super) fn objective_over(&self, ranges: Vec<Range<usize>>, c: f64) -> Objective<'_> {
        Objective {
            design: &self.train.design,
            labels: &self.train.labels,
            ranges,
            shape: self.shape,
            penalty: self.settings.table.penalty,
            c,
        }
    }
}

/// Rows without a missing value, or all.
fn used_rows(
    raw: &Raw,
    sources: &[Source],
    missing: Missing,
    remarks: &mut Vec<String>,
) -> Vec<u32> {
    let rows = raw.rows() as u32;
    if missing != Missing::Drop || raw.columns.iter().all(|column| column.missing == 0) {
        return (0..rows).collect();
    }
    let whole =
        |row: &u32| sources.iter().all(|source| !raw.value(*source, *row as usize).is_nan());
    let kept: Vec<u32> = (0..rows).filter(whole).collect();
    let dropped = rows as usize - kept.len();
    if dropped > 0 {
        remarks.push(format!(
            "{} of {} rows lack a value and were left out; --missing mean or median keeps them",
            grouped(dropped),
            grouped(rows as usize),
        ));
    }
    kept
}

fn few_rows_remedy(raw: &Raw, missing: Missing) -> &'static str {
    let lacking = raw.columns.iter().any(|column| column.missing > 0);
    if missing == Missing::Drop && lacking {
        "fill what is missing with --missing mean or --missing median"
    } else {
        "give more rows, or fewer --folds"
    }
}

/// One class teaches nothing; one that is only among the test rows cannot be told.
fn check_classes(raw: &Raw, labels: &[u16], remarks: &mut Vec<String>) -> Result<(), TrainError> {
    let mut counts = vec![0_usize; raw.classes.len()];
    labels.iter().for_each(|label| counts[usize::from(*label)] += 1);
    let present: Vec<usize> = (0..counts.len()).filter(|class| counts[*class] > 0).collect();
    if let [class] = present.as_slice() {
        let fact = format!(
            "all rows that are left to learn from are of the class {}",
            shown(&raw.classes[*class])
        );
        return Err(raw.unusable(fact, "give more rows of the others, or say --split stratified"));
    }
    for class in (0..counts.len()).filter(|class| counts[*class] == 0) {
        let name = shown(&raw.classes[class]);
        remarks.push(format!("No row of the class {name} is among those that are learned from"));
    }
    Ok(())
}

/// Numbers whose squares are beyond all numbers cannot be calculated with.
fn check_sizes(
    raw: &Raw,
    names: &[String],
    scores: &[Scores],
    standardise: bool,
) -> Result<(), TrainError> {
    let too_large = |scores: &Scores| {
        let largest = scores.low.abs().max(scores.high.abs());
        !scores.deviation.is_finite()
            || !scores.mean.is_finite()
            || (!standardise && largest > LARGEST_RAW)
    };
    match scores.iter().position(too_large) {
        Some(at) => {
            let fact = format!("the numbers in {} are too large", shown(&names[at]));
            Err(raw.unusable(fact, "give them in a larger unit"))
        }
        None => Ok(()),
    }
}

fn remark_on_constants(names: &[String], standings: &[Standing], remarks: &mut Vec<String>) {
    /// At most so many are named.
    const NAMED: usize = 12;
    let constant: Vec<String> = names
        .iter()
        .zip(standings)
        .filter(|(_, standing)| **standing == Standing::Constant)
        .map(|(name, _)| shown(name))
        .collect();
    if !constant.is_empty() {
        let more = constant.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named = constant[..constant.len().min(NAMED)].join(", ");
        remarks.push(format!("The same in all training rows, and so not used: {named}{more}"));
    }
}

fn remark_on_rate(standardised: bool, usual_rate: f64, remarks: &mut Vec<String>) {
    if !standardised && usual_rate < 0.01 {
        remarks.push(format!(
            "Without standardising, descent goes down for sure only up to a learning rate of {usual_rate:e}"
        ));
    }
}

/// 1/L to two digits, rounded down and at most 1; L is the greatest curvature that J can have: a quarter of the largest eigenvalue of
/// XᵀX/n for two classes and half of it for several (Böhning, Annals of the Institute of Statistical Mathematics 44,
/// 1992), and the penalty's.
fn usual_rate(design: &Design, settings: &Settings, shape: Shape, rows: usize) -> f64 {
    let share = if shape.classes == 2 { 0.25 } else { 0.5 };
    let of_penalty = match settings.table.penalty {
        Penalty::L2 => 1.0 / (settings.table.c * rows as f64),
        Penalty::L1 | Penalty::None => 0.0,
    };
    let rate = 1.0 / (share * largest_curvature(design, shape.terms) + of_penalty);
    if !rate.is_finite() || rate <= 0.0 {
        return 1.0;
    }
    // No rate above 1 can be asked for in the hall.
    let rate = rate.min(1.0);
    let unit = 10.0_f64.powf(rate.log10().floor() - 1.0);
    (rate / unit).floor() * unit
}

/// What is tried for C; without a penalty it plays no part.
fn grid(settings: &Settings) -> Vec<f64> {
    if settings.table.penalty == Penalty::None {
        return vec![settings.table.c];
    }
    // From the words, so that a thousandth is exactly that.
    let power = |half: i32| {
        let exact = 10.0_f64.powi(half.div_euclid(2));
        if half.rem_euclid(2) == 0 { exact } else { exact * 10.0_f64.sqrt() }
    };
    GRID.map(power).collect()
}

/// As many rows as can be drawn, evenly over the table.
fn even_sample(rows: &[u32]) -> Vec<u32> {
    if rows.len() <= MOST_DRAWN {
        return rows.to_vec();
    }
    (0..MOST_DRAWN).map(|at| rows[at * rows.len() / MOST_DRAWN]).collect()
}

fn features(
    raw: &Raw,
    sources: &[Source],
    names: Vec<String>,
    scores: Vec<Scores>,
    standings: Vec<Standing>,
) -> Vec<Feature> {
    let parts = sources.iter().zip(names).zip(scores.into_iter().zip(standings));
    parts
        .map(|((source, name), (scores, standing))| Feature {
            name,
            category: source.category.is_some(),
            missing: raw.columns[source.column].missing,
            mean: scores.mean,
            deviation: scores.deviation,
            low: scores.low,
            high: scores.high,
            bins: scores.bins.into(),
            information: scores.information,
            anova_f: scores.anova_f,
            standing,
        })
        .collect()
}

/// The rows that are drawn, and where they lie by their standardised features.
fn drawn(
    raw: &Raw,
    values: &Filled<'_>,
    test: &[u32],
    used: &[usize],
    scores: &[Scores],
) -> DrawnRows {
    let rows = values.rows;
    let features = values.sources.len();
    let mut held_out = vec![false; raw.rows()];
    test.iter().for_each(|row| held_out[*row as usize] = true);
    let held_out: Vec<bool> = rows.iter().map(|row| held_out[*row as usize]).collect();
    let scaling = Scaling { used, scores, standardise: true };
    let standardised: Vec<Vec<f64>> =
        (0..rows.len()).map(|row| scaling.row(values, row).collect()).collect();
    // The model does not know the others.
    let learned: Vec<Vec<f64>> = standardised
        .iter()
        .zip(&held_out)
        .filter(|(_, held_out)| !**held_out)
        .map(|(row, _)| row.clone())
        .collect();
    let found = components(&learned, used.len());
    let place = |row: &Vec<f64>| {
        let parts = found.directions.chunks_exact(used.len());
        parts
            .map(|part| part.iter().zip(row).map(|(a, b)| a * b).sum::<f64>() as f32)
            .collect::<Vec<_>>()
    };
    let mut directions = vec![0.0_f32; 3 * features];
    for (which, part) in found.directions.chunks_exact(used.len()).enumerate() {
        for (&feature, value) in used.iter().zip(part) {
            directions[which * features + feature] = *value as f32;
        }
    }
    let all = (0..rows.len()).flat_map(|row| (0..features).map(move |feature| (row, feature)));
    DrawnRows {
        rows: rows.iter().map(|row| raw.place(*row as usize)).collect(),
        labels: rows.iter().map(|row| raw.labels[*row as usize]).collect(),
        held_out: held_out.into(),
        values: all.map(|(row, feature)| values.at(row, feature) as f32).collect(),
        components: standardised.iter().flat_map(place).collect(),
        explained: found.explained,
        directions: directions.into(),
    }
}
