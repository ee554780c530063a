//! Which features the model uses, and the products of them.

use std::sync::Arc;

use crate::{
    exhibits::logistic::{
        data::Raw,
        model::{
            correlation::Columns,
            design::{Design, Products},
            scores::Scores,
            settings::Settings,
            units::Units,
            values::Filled,
        },
        payload::{FeatureUse, Term},
    },
    learning::TrainError,
    sentence::grouped,
    words::Phrase,
};

/// With products there are at most so many terms.
const MOST_TERMS: usize = 2000;

/// Whether each feature is used, and if not, why.
///
/// What the visitor has chosen counts; otherwise all features are used that are not constant, less those that say nearly
/// the same as a better one and those that are not among the best, where the options ask for that.
pub(super) fn standings(
    raw: &Raw,
    settings: &Settings,
    scores: &[Scores],
    values: &Filled<'_>,
    remarks: &mut Vec<Phrase>,
) -> Result<Vec<FeatureUse>, TrainError> {
    let chosen = settings.table.chosen.as_deref();
    if let Some(chosen) = chosen.filter(|chosen| chosen.len() != scores.len()) {
        let (of, has) = (chosen.len(), scores.len());
        let fact = phrase!("logistic-model-features-were-chosen-from-but", of, has);
        return Err(raw.unusable(fact, phrase!("logistic-model-choose-anew")));
    }
    let wanted = |at: usize| chosen.is_none_or(|chosen| chosen[at]);
    let mut standings: Vec<FeatureUse> = scores
        .iter()
        .enumerate()
        .map(|(at, scores)| match (scores.deviation == 0.0, wanted(at)) {
            (true, _) => FeatureUse::Constant,
            (false, true) => FeatureUse::Used,
            (false, false) => FeatureUse::LeftOut,
        })
        .collect();
    let ranked = ranked(scores);
    if let Some(limit) = settings.drop_correlated {
        let columns = Columns::of(values, scores);
        if columns.rows < values.rows.len() {
            let (of, all) = (grouped(columns.rows), grouped(values.rows.len()));
            remarks.push(phrase!("logistic-model-correlations-are-those-of-rows", of, all));
        }
        let mut better: Vec<usize> = Vec::new();
        for &at in ranked.iter().filter(|at| scores[**at].deviation > 0.0) {
            // One that the visitor wants is kept, one that they left out may have this as its reason.
            let kept = chosen.is_some() && wanted(at);
            match columns.alike(&better, at, limit).filter(|_| !kept) {
                Some((with, r)) => standings[at] = FeatureUse::Correlated { with, r },
                None if standings[at] == FeatureUse::Used => better.push(at),
                None => {}
            }
        }
    }
    if let Some(most) = settings.features.filter(|_| chosen.is_none()) {
        let used = ranked.iter().filter(|at| standings[**at] == FeatureUse::Used);
        let rest: Vec<usize> = used.skip(most).copied().collect();
        rest.into_iter().for_each(|at| standings[at] = FeatureUse::LeftOut);
    }
    Ok(standings)
}

/// Features by what they tell, the best first; of equals the first in the file.
fn ranked(scores: &[Scores]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&one, &other| scores[other].information.total_cmp(&scores[one].information));
    order
}

/// The terms of a model: the features that are used, then their products.
pub(super) fn terms(
    raw: &Raw,
    names: &[String],
    used: &[usize],
    pairwise: bool,
) -> Result<Vec<Term>, TrainError> {
    let count =
        used.len() + if pairwise { used.len() * used.len().saturating_sub(1) / 2 } else { 0 };
    if pairwise && count > MOST_TERMS {
        let fact = phrase!(
            "logistic-model-features-and-their-products-are",
            used_count = used.len(),
            count = grouped(count),
            most_terms = grouped(MOST_TERMS)
        );
        let remedy = phrase!("logistic-model-use-fewer-such-as-the");
        return Err(raw.unusable(fact, remedy));
    }
    let single = used.iter().map(|&at| Term { name: names[at].clone(), features: (at, None) });
    let mut terms: Vec<Term> = single.collect();
    if pairwise {
        for (place, &one) in used.iter().enumerate() {
            terms.extend(used[place + 1..].iter().map(|&other| Term {
                name: format!("{} × {}", names[one], names[other]),
                features: (one, Some(other)),
            }));
        }
    }
    Ok(terms)
}

/// The products of the features of a design, and the mean and standard deviation of each; leaves out what is the same in
/// all rows, also of the terms. With units they are products of the features as they are.
pub(super) fn products(
    train: &Design,
    terms: &mut Vec<Term>,
    used: &[usize],
    units: Option<&Units>,
) -> Option<(Arc<Products>, Vec<(f64, f64)>)> {
    let place = |feature: usize| used.iter().position(|&at| at == feature).unwrap_or(0) as u32;
    let pairs: Vec<(u32, u32)> = terms
        .iter()
        .filter_map(|term| term.features.1.map(|other| (place(term.features.0), place(other))))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let unit = |at: u32| {
        let at = at as usize;
        units.map_or((0.0, 1.0), |units| (units.means[at], units.deviations[at]))
    };
    let rows = train.rows().max(1) as f64;
    let product = |row: &[f32], (a, b): &(u32, u32)| {
        let of = |at: u32| {
            let (mean, deviation) = unit(at);
            mean + deviation * f64::from(row[at as usize])
        };
        of(*a) * of(*b)
    };
    let mut means = vec![0.0; pairs.len()];
    for at in 0..train.rows() {
        let row = train.features(at);
        means.iter_mut().zip(&pairs).for_each(|(sum, pair)| *sum += product(row, pair) / rows);
    }
    let mut variances = vec![0.0; pairs.len()];
    for at in 0..train.rows() {
        let row = train.features(at);
        for ((sum, pair), mean) in variances.iter_mut().zip(&pairs).zip(&means) {
            *sum += (product(row, pair) - mean).powi(2) / rows;
        }
    }
    // Single precision has seven digits; what varies less than that does not vary.
    let varies = |at: usize| variances[at].sqrt() > 1e-6 * means[at].abs().max(1e-30);
    let kept: Vec<usize> = (0..pairs.len()).filter(|at| varies(*at)).collect();
    let singles = used.len();
    let mut at = 0;
    terms.retain(|term| {
        let keep = term.features.1.is_none() || varies(at - singles);
        at += 1;
        keep
    });
    // (μa + σa·a)(μb + σb·b) less its mean and over its deviation, multiplied out, so that nothing cancels.
    let factors = |at: &usize| {
        let ((mean_a, a), (mean_b, b)) = (unit(pairs[*at].0), unit(pairs[*at].1));
        let (mean, deviation) = (means[*at], variances[*at].sqrt());
        [a * b, a * mean_b, mean_a * b, mean_a * mean_b - mean]
            .map(|part| (part / deviation) as f32)
    };
    let products = Products {
        features: used.len(),
        pairs: kept.iter().map(|at| pairs[*at]).collect(),
        factors: kept.iter().map(factors).collect(),
    };
    let spread = kept.iter().map(|at| (means[*at], variances[*at].sqrt())).collect();
    Some((Arc::new(products), spread))
}
