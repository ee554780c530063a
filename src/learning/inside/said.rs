//! What a test said of each image, and how two of them differ.

use std::sync::Arc;

use crate::{
    inside::{Changed, McNemar},
    stream::TestReport,
};

/// What each test image was taken for, and what those are that were taken for something else, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    said: Arc<[u8]>,
    mistakes: Vec<(usize, usize)>,
}

impl Said {
    /// What a test found.
    pub(super) fn of(report: &TestReport) -> Self {
        let mut mistakes: Vec<(usize, usize)> =
            report.mistakes.iter().map(|one| (one.index, usize::from(one.truth))).collect();
        mistakes.sort_unstable();
        Self { said: Arc::clone(&report.said), mistakes }
    }

    /// Whether only counts were told.
    pub(super) fn is_untold(&self) -> bool {
        self.said.is_empty()
    }

    /// How many images are taken for something else.
    pub(super) fn otherwise(&self, other: &Self) -> usize {
        self.said.iter().zip(other.said.iter()).filter(|(one, other)| one != other).count()
    }

    /// McNemar's table of this one and another.
    pub(super) fn beside(&self, other: &Self) -> McNemar {
        let mut table = McNemar::default();
        for (index, (one, another)) in self.said.iter().zip(other.said.iter()).enumerate() {
            let truth = self.truth(index, usize::from(*one));
            let right = [one, another].map(|said| usize::from(*said) == truth);
            *match right {
                [true, true] => &mut table.both,
                [true, false] => &mut table.only_run,
                [false, true] => &mut table.only_other,
                [false, false] => &mut table.neither,
            } += 1;
        }
        table
    }

    /// The images that the other takes for something else, by their index; what this one says comes first.
    pub(super) fn changes(&self, other: &Self) -> Vec<Changed> {
        let pairs = self.said.iter().zip(other.said.iter()).enumerate();
        pairs
            .filter(|(_, (one, other))| one != other)
            .map(|(index, (one, another))| {
                let (before, after) = (usize::from(*one), usize::from(*another));
                Changed { index, class: self.truth(index, before), read_as: [before, after] }
            })
            .collect()
    }

    /// What a test image is, where it was read wrongly; else what it was read as.
    fn truth(&self, index: usize, said: usize) -> usize {
        let at = self.mistakes.binary_search_by_key(&index, |(at, _)| *at);
        at.ok().and_then(|at| self.mistakes.get(at)).map_or(said, |(_, truth)| *truth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{MetricValues, Mistake};

    /// What was said of images of classes 0, 1, 2, 1.
    fn of(said: [u8; 4]) -> Said {
        let wrong = (0..4).zip([0, 1, 2, 1]).zip(said).filter(|((_, truth), said)| truth != said);
        let mistakes: Vec<Mistake> = wrong
            .map(|((index, truth), said)| Mistake { index, truth, said, confidence: 0.5 })
            .rev()
            .collect();
        Said::of(&TestReport {
            values: MetricValues::new(&[0.5, 0.5]),
            confusion: Vec::new().into(),
            mistakes: mistakes.into(),
            said: said.into(),
            losses: Vec::new().into(),
        })
    }

    #[test]
    fn two_readers_differ_where_they_say_something_else() {
        let (one, other) = (of([0, 1, 0, 0]), of([0, 0, 0, 1]));
        assert_eq!(one.otherwise(&other), 2);
        let table = McNemar { both: 1, only_run: 1, only_other: 1, neither: 1 };
        assert_eq!(one.beside(&other), table);
        assert_eq!(
            one.changes(&other),
            [
                Changed { index: 1, class: 1, read_as: [1, 0] },
                Changed { index: 3, class: 1, read_as: [0, 1] },
            ]
        );
        assert_eq!(one.beside(&one), McNemar { both: 2, neither: 2, ..McNemar::default() });
    }
}
