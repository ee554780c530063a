//! Sums of many numbers: products of rows and columns, shares, moments, reductions.

use super::{
    super::{
        factors::Factors,
        index::{self, reduced, repeated, sizes, through},
    },
    Arithmetic, Moments, Of, Product,
    numbers::{largest_first, sum_of},
};

/// A sum of products, the largest first.
pub(super) fn products(mut products: Vec<Product>, bias: Option<f32>) -> Arithmetic {
    let sum = sum_of(products.iter().map(|product| product.value()).chain(bias));
    products.sort_by(|a, b| b.value().abs().total_cmp(&a.value().abs()));
    Arithmetic::Products { products, bias, sum }
}

pub(super) fn linear(of: &Of<'_>) -> Option<Arithmetic> {
    let from = of.input(0)?;
    let inputs = of.numbers.all(from)?;
    let weights = of.numbers.all(of.input(1)?)?;
    let weights = weights.chunks_exact(inputs.len().max(1)).nth(of.flat)?;
    let bias = if of.input(2).is_some() { Some(of.number(2, of.flat)?) } else { None };
    let shape = from.shape();
    if shape.maps == 1 {
        let all = inputs.iter().zip(weights);
        return Some(products(
            all.map(|(input, weight)| Product { input: *input, weight: *weight }).collect(),
            bias,
        ));
    }
    // Where there are maps, what a map adds together says more than each of its units.
    let size = (shape.rows * shape.columns).max(1);
    let groups = inputs.chunks(size).zip(weights.chunks(size));
    let added = |(inputs, weights): (&[f32], &[f32])| {
        sum_of(inputs.iter().zip(weights).map(|(input, weight)| input * weight))
    };
    let mut parts: Vec<(usize, f32)> = groups.map(added).enumerate().collect();
    let bias = bias.unwrap_or(0.0);
    let sum = sum_of(parts.iter().map(|(_, part)| *part).chain([bias]));
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    Some(Arithmetic::Linear { parts, bias, sum })
}

pub(super) fn product(of: &Of<'_>, transposed: [bool; 2]) -> Option<Arithmetic> {
    let (a, b) = (of.input(0)?, of.input(1)?);
    let index = of.index();
    let factors = Factors::of(&index, [&sizes(a), &sizes(b)], transposed)?;
    let product = |at| {
        let [a, b] = factors.pair(at);
        Some(Product { input: of.number(0, a)?, weight: of.number(1, b)? })
    };
    let all = (0..factors.count).map(product).collect::<Option<Vec<_>>>()?;
    let bias = match of.input(2) {
        Some(bias) => Some(of.number(2, repeated(&index, &sizes(bias)))?),
        None => None,
    };
    Some(products(all, bias))
}

pub(super) fn softmax(of: &Of<'_>, axes: &[usize]) -> Option<Arithmetic> {
    let sizes = sizes(of.input(0)?);
    // What reads another shape of the same numbers is flat.
    let index = index::along(of.flat, &sizes);
    let all = through(&index, &sizes, axes).into_iter().map(|flat| of.number(0, flat));
    let logits = all.collect::<Option<Vec<f32>>>()?;
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> = logits.iter().map(|logit| (logit - largest).exp()).collect();
    Some(Arithmetic::Softmax {
        logit: of.before()?,
        total: sum_of(exponentials.iter().copied()),
        exponentials: largest_first(exponentials),
        largest,
    })
}

pub(super) fn reduction(of: &Of<'_>, takes: &str, axes: &[usize]) -> Option<Arithmetic> {
    let sizes = sizes(of.input(0)?);
    let all = reduced(of.flat, &sizes, axes).into_iter().map(|flat| of.number(0, flat));
    let numbers = all.collect::<Option<Vec<f32>>>()?;
    let sum = sum_of(numbers.iter().copied());
    Some(Arithmetic::Reduction { takes: takes.to_owned(), numbers: largest_first(numbers), sum })
}

pub(super) fn normalisation(of: &Of<'_>, together: usize, epsilon: f32) -> Option<Arithmetic> {
    let from = of.input(0)?;
    let (flat, total) = (of.flat, from.len().max(1));
    // Of what is learned there is one for each number that lies together, or one for each channel or group.
    let learned = |place: usize| -> Option<f32> {
        let length = of.input(place)?.len();
        let at = if length == together && total.is_multiple_of(length) && is_layer(of) {
            flat % length
        } else {
            flat * length / total
        };
        of.number(place, at)
    };
    let moments = if let Some(group) = flat.checked_div(together) {
        let first = group * together;
        let numbers = of.numbers.all(from)?.get(first..first + together)?;
        let mean = numbers.iter().copied().map(f64::from).sum::<f64>() / together as f64;
        let off = numbers.iter().map(|number| (f64::from(*number) - mean).powi(2));
        let variance = (off.sum::<f64>() / together as f64) as f32;
        Some(Moments { mean: mean as f32, variance, epsilon, count: Some(together) })
    } else {
        let remembered = learned(3).zip(learned(4));
        remembered.map(|(mean, variance)| Moments { mean, variance, epsilon, count: None })
    };
    Some(Arithmetic::Normalisation {
        before: of.before()?,
        moments,
        scale: learned(1)?,
        shift: if of.input(2).is_some() { learned(2)? } else { 0.0 },
    })
}

fn is_layer(of: &Of<'_>) -> bool {
    matches!(&of.node.op, crate::stream::Op::Normalisation { over, .. } if over == "layer")
}
