//! The model per unit of its terms, and as it is calculated with: on terms of mean 0 and standard deviation 1.
//!
//! With z = (x − μ)/σ a score is Σ wⱼ xⱼ + b = Σ uⱼ zⱼ + c, where uⱼ = σⱼ wⱼ and c = b + Σ wⱼ μⱼ: the same model in numbers
//! of one size, so that single precision holds its terms and L-BFGS finds its minimum whatever they are measured in.

/// Mean and standard deviation of each term that the model shall see as it is.
#[derive(Clone, Debug)]
pub(super) struct Units {
    pub(super) means: Vec<f64>,
    pub(super) deviations: Vec<f64>,
}

impl Units {
    /// Score by score, weights with their means and deviations, and the intercept behind them.
    fn each(&self, list: &mut [f64], mut one: impl FnMut(&mut [f64], &mut f64)) {
        for part in list.chunks_exact_mut(self.means.len() + 1) {
            if let Some((intercept, weights)) = part.split_last_mut() {
                one(weights, intercept);
            }
        }
    }

    fn both(&self) -> impl Iterator<Item = (&f64, &f64)> {
        self.means.iter().zip(&self.deviations)
    }

    /// From w and b to u and c.
    pub(super) fn inner(&self, mut list: Vec<f64>) -> Vec<f64> {
        self.each(&mut list, |weights, intercept| {
            for (weight, (mean, deviation)) in weights.iter_mut().zip(self.both()) {
                *intercept += *weight * mean;
                *weight *= deviation;
            }
        });
        list
    }

    /// From u and c to w and b.
    pub(super) fn outer(&self, mut list: Vec<f64>) -> Vec<f64> {
        self.each(&mut list, |weights, intercept| {
            for (weight, (mean, deviation)) in weights.iter_mut().zip(self.both()) {
                *weight /= deviation;
                *intercept -= *weight * mean;
            }
        });
        list
    }

    /// From slopes along u and c to those along w and b, by the chain rule.
    pub(super) fn slope(&self, mut list: Vec<f64>) -> Vec<f64> {
        self.each(&mut list, |slopes, of_intercept| {
            for (slope, (mean, deviation)) in slopes.iter_mut().zip(self.both()) {
                *slope = *slope * deviation + *of_intercept * mean;
            }
        });
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_are_inverse_and_the_score_is_the_same() {
        let units = Units { means: vec![1950.0, 2e-3], deviations: vec![20.0, 1e-4] };
        let (outer, x) = (vec![0.03, -700.0, 2.0, -0.01, 40.0, 1.0], [1961.0, 2.1e-3]);
        let inner = units.inner(outer.clone());
        let z = [(x[0] - 1950.0) / 20.0, (x[1] - 2e-3) / 1e-4];
        for (outer, inner) in outer.chunks(3).zip(inner.chunks(3)) {
            let score = outer[0] * x[0] + outer[1] * x[1] + outer[2];
            let same = inner[0] * z[0] + inner[1] * z[1] + inner[2];
            assert!((score - same).abs() < 1e-9, "{score} {same}");
        }
        let back = units.outer(inner);
        assert!(back.iter().zip(&outer).all(|(a, b)| (a - b).abs() < 1e-12 * b.abs().max(1.0)));
    }
}
