//! What reads a text: rows of a table, and attention of tokens to those before them.

use super::{Arithmetic, Of, Product, numbers::largest_first, numbers::sum_of, sums};
use crate::world::inspect::index;

/// Tokens, the features of each, and those of a head, where queries, keys and values lie beside each other.
fn sizes(of: &Of<'_>, place: usize, heads: usize) -> Option<[usize; 3]> {
    let [tokens, all] = index::sizes(of.input(place)?)[..] else { return None };
    let features = all / 3;
    Some([tokens, features, features / heads.max(1)])
}

/// The share of one token in what another sees, in a head: softmax of q·k / √d over itself and those before it.
pub(super) fn weight(of: &Of<'_>, heads: usize) -> Option<Arithmetic> {
    let [_, features, each] = sizes(of, 0, heads)?;
    let [head, looks, seen] = of.index()[..] else { return None };
    let score = |token: usize| {
        let products = (0..each).map(|at| {
            let query = of.number(0, looks * 3 * features + head * each + at)?;
            let key = of.number(0, (token * 3 + 1) * features + head * each + at)?;
            Some(query * key)
        });
        let products = products.collect::<Option<Vec<_>>>()?;
        Some(sum_of(products.into_iter()) / (each as f32).sqrt())
    };
    let scores = (0..=looks).map(score).collect::<Option<Vec<_>>>()?;
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    // What lies behind is not seen.
    let logit = scores.get(seen).copied().unwrap_or(f32::NEG_INFINITY);
    let exponentials: Vec<f32> = scores.iter().map(|score| (score - largest).exp()).collect();
    let total = sum_of(exponentials.iter().copied());
    Some(Arithmetic::Softmax { logit, exponentials: largest_first(exponentials), total, largest })
}

/// The mean of the values of all tokens by their shares.
pub(super) fn mean(of: &Of<'_>, heads: usize) -> Option<Arithmetic> {
    let [tokens, features, each] = sizes(of, 1, heads)?;
    let [looks, feature] = of.index()[..] else { return None };
    let head = feature / each.max(1);
    let product = |token: usize| {
        let share = of.number(0, (head * tokens + looks) * tokens + token)?;
        let value = of.number(1, (token * 3 + 2) * features + feature)?;
        Some(Product { input: value, weight: share })
    };
    let all = (0..=looks).map(product).collect::<Option<Vec<_>>>()?;
    Some(sums::products(all, None))
}

/// The number of a table in the row that a character names.
pub(super) fn row(of: &Of<'_>) -> Option<Arithmetic> {
    let table = of.input(1)?;
    let [token, feature] = of.index()[..] else { return Some(Arithmetic::Given) };
    let [_, features] = index::sizes(table)[..] else { return None };
    let flat = of.number(0, token)? as usize * features + feature;
    Some(Arithmetic::Taken { from: index::unit(table, flat), number: of.number(1, flat)? })
}
