//! A curve of any length in a fixed number of columns, each keeping least, mean and greatest.

/// How many columns a curve has at most.
pub(super) const COLUMNS: usize = 512;

/// What fell into one column.
#[derive(Clone, Copy, Debug)]
struct Bin {
    count: u32,
    steps: f64,
    sum: f64,
    least: f32,
    greatest: f32,
    /// Whether a value was not a finite number.
    broken: bool,
}

impl Bin {
    const EMPTY: Self = Self {
        count: 0,
        steps: 0.0,
        sum: 0.0,
        least: f32::INFINITY,
        greatest: f32::NEG_INFINITY,
        broken: false,
    };

    fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.steps += other.steps;
        self.sum += other.sum;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
        self.broken |= other.broken;
    }
}

/// One column as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    /// Mean step of its values.
    pub(super) step: f64,
    pub(super) least: f32,
    pub(super) mean: f32,
    pub(super) greatest: f32,
    /// Whether a value in it was not a finite number.
    pub(super) broken: bool,
}

/// A curve, binned as it grows: when the columns no longer reach, each pair of them becomes one.
pub(super) struct Bins {
    bins: Vec<Bin>,
    steps_per_bin: u64,
}

impl Default for Bins {
    fn default() -> Self {
        Self { bins: Vec::new(), steps_per_bin: 1 }
    }
}

impl Bins {
    /// Adds the value of a step; steps may come in any order.
    pub(super) fn push(&mut self, step: u64, value: f32) {
        while step / self.steps_per_bin >= COLUMNS as u64 {
            self.halve();
        }
        let place = (step / self.steps_per_bin) as usize;
        if self.bins.len() <= place {
            self.bins.resize(place + 1, Bin::EMPTY);
        }
        let new = if value.is_finite() {
            let sum = f64::from(value);
            Bin { count: 1, steps: step as f64, sum, least: value, greatest: value, broken: false }
        } else {
            Bin { broken: true, ..Bin::EMPTY }
        };
        self.bins[place].add(&new);
    }

    fn halve(&mut self) {
        self.bins = self
            .bins
            .chunks(2)
            .map(|pair| {
                let mut both = pair[0];
                pair[1..].iter().for_each(|second| both.add(second));
                both
            })
            .collect();
        self.steps_per_bin *= 2;
    }

    /// How many steps share a column.
    pub(super) fn steps_per_column(&self) -> u64 {
        self.steps_per_bin
    }

    /// The columns that hold something, from left to right.
    pub(super) fn columns(&self) -> impl Iterator<Item = Column> + '_ {
        self.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0 || bin.broken).map(
            |(place, bin)| {
                if bin.count == 0 {
                    let step = (place as f64 + 0.5) * self.steps_per_bin as f64;
                    return Column { step, least: 0.0, mean: 0.0, greatest: 0.0, broken: true };
                }
                let count = f64::from(bin.count);
                Column {
                    step: bin.steps / count,
                    least: bin.least,
                    mean: (bin.sum / count) as f32,
                    greatest: bin.greatest,
                    broken: bin.broken,
                }
            },
        )
    }

    /// Least and greatest mean of a column, if there is any.
    pub(super) fn extent(&self) -> Option<(f32, f32)> {
        self.columns()
            .filter(|column| !column.broken)
            .map(|column| (column.mean, column.mean))
            .reduce(|(low, high), (mean, _)| (low.min(mean), high.max(mean)))
    }

    /// The value shown nearest to a step.
    pub(super) fn nearest(&self, step: f64) -> Option<Column> {
        self.columns().min_by(|a, b| (a.step - step).abs().total_cmp(&(b.step - step).abs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_curves_are_kept_as_they_are() {
        let mut bins = Bins::default();
        (1..=300).for_each(|step| bins.push(step, step as f32));
        assert_eq!(bins.steps_per_column(), 1);
        let columns: Vec<_> = bins.columns().collect();
        assert_eq!(columns.len(), 300);
        assert_eq!((columns[9].step, columns[9].mean), (10.0, 10.0));
    }

    #[test]
    fn a_million_steps_fit_and_lose_no_extreme() {
        let mut bins = Bins::default();
        for step in 0..1_000_000_u64 {
            bins.push(step, if step == 654_321 { 99.0 } else { (step % 7) as f32 });
        }
        let columns: Vec<_> = bins.columns().collect();
        assert!(columns.len() <= COLUMNS && columns.len() > COLUMNS / 4);
        assert_eq!(columns.iter().map(|column| column.greatest).fold(0.0, f32::max), 99.0);
        assert!(
            columns.iter().all(|column| column.least == 0.0 && (column.mean - 3.0).abs() < 0.1)
        );
        assert!(columns.windows(2).all(|pair| pair[0].step < pair[1].step));
    }

    #[test]
    fn sparse_points_stay_where_they_are() {
        let mut bins = Bins::default();
        (1..=10).for_each(|epoch| bins.push(epoch * 250, epoch as f32));
        let steps: Vec<_> = bins.columns().map(|column| column.step).collect();
        assert_eq!(steps, (1..=10).map(|epoch| f64::from(epoch) * 250.0).collect::<Vec<_>>());
        assert_eq!(bins.nearest(600.0).map(|column| column.mean), Some(2.0));
    }

    #[test]
    fn what_is_no_number_is_marked_and_spoils_nothing() {
        let mut bins = Bins::default();
        bins.push(1, 2.0);
        bins.push(2, f32::NAN);
        let columns: Vec<_> = bins.columns().collect();
        assert!(!columns[0].broken && columns[1].broken);
        assert_eq!(bins.extent(), Some((2.0, 2.0)));
    }
}
