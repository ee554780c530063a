//! The numbers that the model sees: rows of terms, products of two features made on the way.

use std::sync::Arc;

/// Rows are padded with zeros to a multiple of this, so that no processor has lanes left over.
pub(super) const LANES: usize = 8;

/// Rows of terms.
///
/// Only features are stored, standardised whatever the model shall see (`model::units`), since single precision is 1 in
/// 10⁷ of such values; products would take hundreds of times the memory.
#[derive(Clone, Debug)]
pub(super) struct Design {
    /// Numbers in a stored row.
    stored: usize,
    /// Rows × stored.
    values: Vec<f32>,
    products: Option<Arc<Products>>,
}

/// Products of two features, standardised themselves: a·b·p + a·q + b·r + s, as the features themselves may be the
/// standardised ones or not.
#[derive(Clone, Debug)]
pub(super) struct Products {
    /// How many features are before them.
    pub(super) features: usize,
    /// Which two features each is of.
    pub(super) pairs: Vec<(u32, u32)>,
    /// p, q, r and s of each.
    pub(super) factors: Vec<[f32; 4]>,
}

impl Design {
    /// Makes room for rows of so many features.
    pub(super) fn with_capacity(features: usize, rows: usize) -> Self {
        let stored = features.next_multiple_of(LANES);
        Self { stored, values: Vec::with_capacity(stored * rows), products: None }
    }

    /// Adds a row of features.
    pub(super) fn push(&mut self, row: impl Iterator<Item = f32>) {
        let end = self.values.len() + self.stored;
        self.values.extend(row.take(self.stored));
        self.values.resize(end, 0.0);
    }

    /// The same rows with products besides.
    pub(super) fn with_products(self, products: Option<Arc<Products>>) -> Self {
        Self { products, ..self }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.values.len().checked_div(self.stored).unwrap_or(0)
    }

    /// Numbers in a row of terms, padding included.
    pub(super) fn stride(&self) -> usize {
        let terms = |products: &Arc<Products>| products.features + products.pairs.len();
        self.products
            .as_ref()
            .map_or(self.stored, |products| terms(products).next_multiple_of(LANES))
    }

    /// Room for a row with products.
    pub(super) fn scratch(&self) -> Vec<f32> {
        if self.products.is_some() { vec![0.0; self.stride()] } else { Vec::new() }
    }

    /// The features of a row alone, padded.
    #[inline(always)]
    pub(super) fn features(&self, at: usize) -> &[f32] {
        &self.values[at * self.stored..(at + 1) * self.stored]
    }

    /// A row of terms, padded; products are made in the scratch.
    #[inline(always)]
    pub(super) fn row<'a>(&'a self, at: usize, scratch: &'a mut [f32]) -> &'a [f32] {
        let row = self.features(at);
        let Some(products) = &self.products else {
            return row;
        };
        let (features, rest) = scratch.split_at_mut(products.features);
        features.copy_from_slice(&row[..products.features]);
        for ((value, (a, b)), [p, q, r, s]) in
            rest.iter_mut().zip(&products.pairs).zip(&products.factors)
        {
            let (a, b) = (row[*a as usize], row[*b as usize]);
            *value = (p * b + q) * a + (r * b + s);
        }
        scratch
    }
}
