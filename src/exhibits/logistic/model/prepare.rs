//! A table made ready for a run: split, filled, scored, selected and standardised.

use std::{
    ops::{Range, RangeInclusive},
    sync::Arc,
};

use crate::{
    exhibits::logistic::{
        data::{Raw, Source},
        model::{
            components::{components, largest_curvature},
            design::Design,
            objective::{Objective, ParameterLayout},
            scores::Scores,
            select::{products, standings, terms},
            settings::Settings,
            split::split,
            units::Units,
            values::{FeatureValues as _, Filled, learned_of},
        },
        payload::{DrawnRows, Feature, FeatureUse, Missing, Penalty, Table, TableSettings},
    },
    learning::TrainError,
    sentence::{and_more, grouped, shown},
    words::Phrase,
};

/// At most so many rows are drawn, and so few that their values are not more than this: 16 MiB.
const MOST_DRAWN: usize = 5000;
const MOST_DRAWN_VALUES: usize = 1 << 22;
/// The values of C that are tried: powers of √10 from 10⁻³ to 10².
const GRID: RangeInclusive<i32> = -6..=4;
/// Distances between larger values are not squared in single precision without standardising.
const LARGEST_RAW: f64 = 1e15;
/// What is known of each feature is shown, and so kept.
const MOST_FEATURES: usize = 20_000;
/// L-BFGS remembers twenty times as many numbers.
const MOST_PARAMETERS: usize = 10 * (MOST_FEATURES + 1);

/// Everything that a run needs of a table.
pub(super) struct Prepared {
    pub(super) settings: Settings,
    pub(super) seed: u64,
    pub(super) table: Arc<Table>,
    pub(super) shape: ParameterLayout,
    /// Rows that are learned from, fold after fold.
    pub(super) train: Half,
    /// Where each fold ends among them.
    pub(super) fold_ends: Vec<usize>,
    pub(super) test: Half,
    /// The places in the file of the test rows.
    pub(super) test_rows: Vec<usize>,
    /// The rows that are drawn.
    pub(super) drawn: Design,
    /// What terms are measured in, unless the model shall see them standardised.
    pub(super) units: Option<Units>,
    /// How many times larger than they are stored, for neighbours, features are: as a stored row.
    pub(super) distances: Vec<f32>,
}

/// Rows and their classes.
pub(super) struct Half {
    pub(super) design: Design,
    pub(super) labels: Vec<u16>,
}

/// Rows of those features that are used, standardised.
fn standardised(values: &Filled<'_>, used: &[usize], scores: &[Scores]) -> Design {
    let mut design = Design::with_capacity(used.len(), values.rows());
    for row in 0..values.rows() {
        design.push(used.iter().map(|&feature| {
            let scores = &scores[feature];
            ((values.at(row, feature) - scores.mean) / scores.deviation) as f32
        }));
    }
    design
}

impl Prepared {
    /// Makes a table ready by these settings; an error says in one sentence why that cannot be.
    pub(super) fn new(raw: &Raw, settings: Settings, seed: u64) -> Result<Self, TrainError> {
        let wish = &settings.table;
        let sources = raw.sources();
        if sources.len() > MOST_FEATURES {
            let fact = phrase!(
                "logistic-model-it-has-features-with-all",
                sources_count = grouped(sources.len())
            );
            let remedy = phrase!(
                "logistic-model-give-a-table-of-at",
                most_features = grouped(MOST_FEATURES)
            );
            return Err(raw.unusable(fact, remedy));
        }
        let mut remarks = raw.remarks.clone();
        let used_rows = used_rows(raw, &sources, wish.missing, &mut remarks);
        let count = used_rows.len();
        if count < settings.folds {
            let fact =
                phrase!("logistic-model-of-its-rows-are-left", count, folds = settings.folds);
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
        let standings = standings(raw, &settings, &scores, &filled(&halves.train), &mut remarks)?;
        remark_on_constants(&names, &standings, &mut remarks);
        let used: Vec<usize> =
            (0..names.len()).filter(|at| standings[*at] == FeatureUse::Used).collect();
        if used.is_empty() {
            let fact = phrase!("logistic-model-no-feature-is-left-that");
            return Err(raw.unusable(fact, phrase!("logistic-model-use-at-least-one-that")));
        }
        let mut terms = terms(raw, &names, &used, wish.pairwise)?;
        check_parameters(raw, ParameterLayout { classes: raw.classes.len(), terms: terms.len() })?;
        let mut units = (!wish.standardise).then(|| Units {
            means: used.iter().map(|at| scores[*at].mean).collect(),
            deviations: used.iter().map(|at| scores[*at].deviation).collect(),
        });
        let train = standardised(&filled(&halves.train), &used, &scores);
        let mut distances = vec![1.0; train.features(0).len()];
        let products = products(&train, &mut terms, &used, units.as_ref());
        if let Some(units) = &mut units {
            let stored = distances.iter_mut().zip(&units.deviations);
            stored.for_each(|(times, deviation)| *times = *deviation as f32);
            let of_products = products.iter().flat_map(|(_, spread)| spread);
            let (means, deviations): (Vec<f64>, Vec<f64>) = of_products.copied().unzip();
            units.means.extend(means);
            units.deviations.extend(deviations);
        }
        let products = products.map(|(products, _)| products);
        let finished = |design: Design| design.with_products(products.clone());
        let train = Half { design: finished(train), labels: train_labels };
        let test = standardised(&filled(&halves.test), &used, &scores);
        let test = Half { design: finished(test), labels: labels(&halves.test) };
        let drawn_rows =
            even_sample(&in_order, MOST_DRAWN.min(MOST_DRAWN_VALUES / sources.len().max(1)));
        let drawn_values = filled(&drawn_rows);
        let drawn = finished(standardised(&drawn_values, &used, &scores));
        let shape = ParameterLayout { classes: raw.classes.len(), terms: terms.len() };
        let usual_rate =
            usual_rate(&train.design, &settings, shape, train.labels.len(), units.as_ref());
        remark_on_rate(wish.standardise, usual_rate, &mut remarks);
        let features = features(raw, &sources, names, scores, standings);
        let table = Table {
            name: raw.name.clone(),
            label: raw.label.clone(),
            classes: raw.classes.clone(),
            rows_read: raw.rows_read,
            rows: count,
            remarks,
            settings: TableSettings {
                chosen: Some(
                    features.iter().map(|feature| feature.standing == FeatureUse::Used).collect(),
                ),
                ..settings.table.clone()
            },
            terms: terms.into(),
            drawn: drawn_rows_of(raw, &drawn_values, &drawn, &halves.test, &used),
            grid: grid(&settings).into(),
            folds: settings.folds,
            usual_rate,
            features: features.into(),
        };
        Ok(Self {
            drawn,
            units,
            distances,
            test_rows: halves.test.iter().map(|row| raw.place(*row as usize)).collect(),
            fold_ends: halves.fold_ends,
            table: Arc::new(table),
            settings,
            seed,
            shape,
            train,
            test,
        })
    }

    /// Coefficients and intercepts per unit of the terms, of a model as it is calculated with.
    pub(super) fn outer(&self, point: Vec<f64>) -> Vec<f64> {
        match &self.units {
            Some(units) => units.outer(point),
            None => point,
        }
    }

    /// The other way round.
    pub(super) fn inner(&self, point: Vec<f64>) -> Vec<f64> {
        match &self.units {
            Some(units) => units.inner(point),
            None => point,
        }
    }

    /// The slopes of J per unit of the terms.
    pub(super) fn slope(&self, gradient: Vec<f64>) -> Vec<f64> {
        match &self.units {
            Some(units) => units.slope(gradient),
            None => gradient,
        }
    }

    /// The least of all subgradients per unit of the terms, where the model per unit has this gradient.
    pub(super) fn least_subgradient(&self, outer: &[f64], gradient: Vec<f64>) -> Vec<f64> {
        let objective = Objective { deviations: None, ..self.objective() };
        objective.least_subgradient(outer, &self.slope(gradient))
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
            deviations: self.units.as_ref().map(|units| units.deviations.as_slice()),
        }
    }
}

/// Rows without a missing value, or all.
fn used_rows(
    raw: &Raw,
    sources: &[Source],
    missing: Missing,
    remarks: &mut Vec<Phrase>,
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
        remarks.push(phrase!(
            "logistic-model-of-rows-lack-a-value",
            dropped = grouped(dropped),
            rows = grouped(rows as usize)
        ));
    }
    kept
}

fn few_rows_remedy(raw: &Raw, missing: Missing) -> Phrase {
    let lacking = raw.columns.iter().any(|column| column.missing > 0);
    if missing == Missing::Drop && lacking {
        phrase!("logistic-model-fill-what-is-missing-with")
    } else {
        phrase!("logistic-model-give-more-rows-or-fewer")
    }
}

/// One class teaches nothing; one that is only among the test rows cannot be told.
fn check_classes(raw: &Raw, labels: &[u16], remarks: &mut Vec<Phrase>) -> Result<(), TrainError> {
    let mut counts = vec![0_usize; raw.classes.len()];
    labels.iter().for_each(|label| counts[usize::from(*label)] += 1);
    let present: Vec<usize> = (0..counts.len()).filter(|class| counts[*class] > 0).collect();
    if let [class] = present.as_slice() {
        let fact =
            phrase!("logistic-model-all-rows-that-are-left", classes = shown(&raw.classes[*class]));
        return Err(raw.unusable(fact, phrase!("logistic-model-give-more-rows-of-the")));
    }
    for class in (0..counts.len()).filter(|class| counts[*class] == 0) {
        let name = shown(&raw.classes[class]);
        remarks.push(phrase!("logistic-model-no-row-of-the-class", name));
    }
    Ok(())
}

/// So many numbers must be held many times over.
fn check_parameters(raw: &Raw, shape: ParameterLayout) -> Result<(), TrainError> {
    if shape.parameters() <= MOST_PARAMETERS {
        return Ok(());
    }
    let fact = phrase!(
        "logistic-model-features-and-classes-are-numbers",
        terms = grouped(shape.terms),
        classes = shape.classes,
        parameters = grouped(shape.parameters()),
        most_parameters = grouped(MOST_PARAMETERS)
    );
    let most = MOST_PARAMETERS / shape.classes - 1;
    Err(raw.unusable(fact, phrase!("logistic-model-use-the-best-ones-such", most)))
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
            let fact = phrase!("logistic-model-the-numbers-in-are-too", names = shown(&names[at]));
            Err(raw.unusable(fact, phrase!("logistic-model-give-them-in-a-larger")))
        }
        None => Ok(()),
    }
}

fn remark_on_constants(names: &[String], standings: &[FeatureUse], remarks: &mut Vec<Phrase>) {
    /// At most so many are named.
    const NAMED: usize = 12;
    let constant: Vec<String> = names
        .iter()
        .zip(standings)
        .filter(|(_, standing)| **standing == FeatureUse::Constant)
        .map(|(name, _)| shown(name))
        .collect();
    if !constant.is_empty() {
        let more = constant.len().saturating_sub(NAMED);
        let named = and_more(Phrase::listed(constant.iter().take(NAMED)), more);
        remarks.push(phrase!("logistic-model-the-same-in-all-training", named));
    }
}

fn remark_on_rate(standardised: bool, usual_rate: f64, remarks: &mut Vec<Phrase>) {
    if !standardised && usual_rate < 0.01 {
        remarks.push(phrase!(
            "logistic-model-without-standardising-descent-goes-down",
            usual_rate = format_args!("{:e}", usual_rate)
        ));
    }
}

/// 1/L to two digits, rounded down and at most 1; L is the greatest curvature that J can have: a quarter of the largest eigenvalue of
/// XᵀX/n for two classes and half of it for several (Böhning, Annals of the Institute of Statistical Mathematics 44,
/// 1992), and the penalty's.
fn usual_rate(
    design: &Design,
    settings: &Settings,
    shape: ParameterLayout,
    rows: usize,
    units: Option<&Units>,
) -> f64 {
    let share = if shape.classes == 2 { 0.25 } else { 0.5 };
    let of_penalty = match settings.table.penalty {
        Penalty::L2 => 1.0 / (settings.table.c * rows as f64),
        Penalty::L1 | Penalty::None => 0.0,
    };
    let rate = 1.0 / (share * largest_curvature(design, shape.terms, units) + of_penalty);
    if !rate.is_finite() || rate <= 0.0 {
        return 1.0;
    }
    // No rate above 1 can be asked for in the hall.
    let rate = rate.min(1.0);
    let unit = 10.0_f64.powf(rate.log10().floor() - 1.0);
    // From the words, so that it is told with two digits.
    format!("{:.1e}", (rate / unit).floor() * unit).parse().unwrap_or(rate)
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
fn even_sample(rows: &[u32], most: usize) -> Vec<u32> {
    let count = rows.len().min(most);
    (0..count).map(|at| rows[at * rows.len() / count]).collect()
}

fn features(
    raw: &Raw,
    sources: &[Source],
    names: Vec<String>,
    scores: Vec<Scores>,
    standings: Vec<FeatureUse>,
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
fn drawn_rows_of(
    raw: &Raw,
    values: &Filled<'_>,
    design: &Design,
    test: &[u32],
    used: &[usize],
) -> DrawnRows {
    let rows = values.rows;
    let features = values.sources.len();
    let mut held_out = vec![false; raw.rows()];
    test.iter().for_each(|row| held_out[*row as usize] = true);
    let held_out: Vec<bool> = rows.iter().map(|row| held_out[*row as usize]).collect();
    // The model does not know the others.
    let learned: Vec<usize> = (0..rows.len()).filter(|row| !held_out[*row]).collect();
    let found = components(design, &learned, used.len());
    let place = |row: usize| {
        let values = design.features(row);
        let along = move |part: &[f64]| -> f64 {
            part.iter().zip(values).map(|(a, b)| a * f64::from(*b)).sum()
        };
        found.directions.chunks_exact(used.len()).map(move |part| along(part) as f32)
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
        components: (0..rows.len()).flat_map(place).collect(),
        explained: found.explained,
        directions: directions.into(),
    }
}
