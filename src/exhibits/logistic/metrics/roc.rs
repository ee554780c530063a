//! The receiver operating characteristic of a class, and the area under it.

use super::predictions::{Predictions, mean};

/// The receiver operating characteristic: what every threshold would bring.
#[derive(Clone, Debug, PartialEq)]
pub struct Roc {
    /// From (0, 0), where nothing is called positive, to (1, 1), where everything is.
    pub points: Vec<RocPoint>,
    /// Area under the curve: the probability that a positive row is told a higher one than a negative row, where equal
    /// ones count half (Hanley and `McNeil`, Radiology 143, 1982).
    pub auc: f64,
}

/// One threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RocPoint {
    /// Rows with at least this probability are called positive; infinite at the first point.
    pub threshold: f64,
    /// Share of the negative rows that are called positive.
    pub false_positive_rate: f64,
    /// Share of the positive rows that are called positive: the recall.
    pub true_positive_rate: f64,
}

impl Predictions<'_> {
    /// The curve of a class against all others; `None` where all rows are of the class, or none is.
    pub fn roc(&self, class: usize) -> Option<Roc> {
        let mut rows: Vec<(bool, f64)> = self.against(class).collect();
        let positives = rows.iter().filter(|(is, _)| *is).count();
        let negatives = rows.len() - positives;
        if positives == 0 || negatives == 0 {
            return None;
        }
        rows.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let (positives, negatives) = (positives as f64, negatives as f64);
        let (mut called_rightly, mut called_wrongly, mut area) = (0.0, 0.0, 0.0);
        let mut points = vec![RocPoint {
            threshold: f64::INFINITY,
            false_positive_rate: 0.0,
            true_positive_rate: 0.0,
        }];
        // Rows of equal probability are called together, which is a slanted line on the curve.
        for equals in rows.chunk_by(|(_, one), (_, other)| one == other) {
            let more_right = equals.iter().filter(|(is, _)| *is).count() as f64;
            let more_wrong = equals.len() as f64 - more_right;
            area += more_wrong * (called_rightly + more_right / 2.0);
            called_rightly += more_right;
            called_wrongly += more_wrong;
            points.push(RocPoint {
                threshold: equals.first().map_or(0.0, |(_, told)| *told),
                false_positive_rate: called_wrongly / negatives,
                true_positive_rate: called_rightly / positives,
            });
        }
        Some(Roc { points, auc: area / (positives * negatives) })
    }

    /// Area under the curve of the second of two classes, or the mean over the classes that occur beside others, each
    /// against the rest; `None` where no class does.
    pub fn auc(&self) -> Option<f64> {
        if self.classes == 2 {
            return self.roc(1).map(|roc| roc.auc);
        }
        mean((0..self.classes).filter_map(|class| self.roc(class)).map(|roc| roc.auc))
    }
}
