//! What a layer makes of all images, gone through some images at a time: kept if it fits into memory, made anew else.

use rayon::prelude::*;

use super::{chosen::Chosen, reader::Reader};
use crate::learning::{
    TrainError,
    inside::{Baselines, goal, hidden::awaited},
};

/// Numbers that are kept at most: 64 MiB.
pub(super) const MOST_KEPT: usize = 1 << 24;
/// Rows that components are begun from at most, where not all are kept.
const MOST_SAMPLED: usize = 1024;
/// Numbers whose sums a thread does in one go.
const RANGE: usize = 512;
/// A variance of this share of the mean square is what rounding left.
const NOTHING: f64 = 1e-12;

/// Images, and the layer that reads them.
pub(super) struct Source<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) chosen: &'a Chosen,
    pub(super) examples: Baselines<'a>,
    pub(super) go_on: &'a dyn Fn() -> bool,
}

impl Source<'_> {
    /// Goes over all images: `see` hears the place of the first of some, their pixels, and what the layer makes of them.
    fn over(
        &self,
        see: &mut dyn FnMut(usize, &[f32], &[f32]) -> Result<(), TrainError>,
    ) -> Result<(), TrainError> {
        let places: Vec<usize> = (0..self.chosen.len()).collect();
        for some in places.chunks(self.reader.at_once()) {
            awaited(self.go_on)?;
            let images = some.iter().flat_map(|place| self.chosen.image(*place, self.examples));
            let images: Vec<f32> = images.copied().collect();
            let values = self.reader.values(&images)?;
            see(some.first().copied().unwrap_or_default(), &images, &values)?;
        }
        Ok(())
    }
}

/// What a layer makes of all images.
pub(super) struct Table<'a> {
    source: Source<'a>,
    /// Images.
    pub(super) rows: usize,
    /// Numbers of each.
    pub(super) numbers: usize,
    /// Rows × numbers, if they fit.
    kept: Option<Vec<f32>>,
    /// Else some of the rows.
    sample: Vec<f32>,
    /// The mean of each number.
    mean: Vec<f32>,
    /// The sum of the variances of all numbers.
    pub(super) variance: f64,
    /// Whether every number is one.
    pub(super) is_finite: bool,
    /// Whether images differ.
    pub(super) differs: bool,
    /// What is said of each image.
    pub(super) said: Vec<u16>,
    /// Its loss.
    pub(super) losses: Vec<f32>,
}

impl<'a> Table<'a> {
    /// Looks at all images once, and keeps so many numbers at most.
    pub(super) fn of(
        source: Source<'a>,
        labels: &[u16],
        most_kept: usize,
    ) -> Result<Self, TrainError> {
        let (rows, numbers) = (source.chosen.len(), source.reader.layer().numbers().max(1));
        let keeps = rows.saturating_mul(numbers) <= most_kept;
        let stride = rows.div_ceil((most_kept / numbers).clamp(1, MOST_SAMPLED)).max(1);
        let mut sums = Sums::of(numbers);
        let (mut kept, mut sample) = (Vec::new(), Vec::new());
        let (mut said, mut losses) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
        source.over(&mut |first, images, values| {
            sums.add(values);
            if keeps {
                kept.extend_from_slice(values);
            } else {
                let some = values.chunks(numbers).enumerate();
                let some = some.filter(|(at, _)| (first + at).is_multiple_of(stride));
                some.for_each(|(_, row)| sample.extend_from_slice(row));
            }
            let logits = source.reader.logits(images, values)?;
            let classes = (logits.len() * numbers / values.len().max(1)).max(1);
            for (logits, label) in logits.chunks(classes).zip(labels.iter().skip(first)) {
                said.push(goal::said(logits).unwrap_or_default() as u16);
                losses.push(goal::loss(logits, usize::from(*label)) as f32);
            }
            Ok(())
        })?;
        let (mean, variance, square) = sums.found(rows);
        Ok(Self {
            source,
            rows,
            numbers,
            kept: keeps.then_some(kept),
            sample,
            mean,
            variance,
            is_finite: square.is_finite(),
            differs: variance > NOTHING * square,
            said,
            losses,
        })
    }

    pub(super) fn is_kept(&self) -> bool {
        self.kept.is_some()
    }

    pub(super) fn go_on(&self) -> &dyn Fn() -> bool {
        self.source.go_on
    }

    /// Some of the rows, less the mean of all: every one, if all are kept.
    pub(super) fn some(&self) -> Vec<f32> {
        self.centred(self.kept.as_ref().unwrap_or(&self.sample))
    }

    /// Rows less the mean of all.
    fn centred(&self, rows: &[f32]) -> Vec<f32> {
        let (mut rows, mean) = (rows.to_vec(), self.mean.as_slice());
        rows.par_chunks_mut(self.numbers).for_each(|row| {
            row.iter_mut().zip(mean).for_each(|(number, mean)| *number -= mean);
        });
        rows
    }

    /// Goes over all rows less their mean: `see` hears the place of the first of some, and these.
    pub(super) fn over(
        &self,
        see: &mut dyn FnMut(usize, &[f32]) -> Result<(), TrainError>,
    ) -> Result<(), TrainError> {
        let Some(kept) = &self.kept else {
            return self.source.over(&mut |first, _, values| see(first, &self.centred(values)));
        };
        let at_once = self.source.reader.at_once();
        for (some, values) in kept.chunks(at_once * self.numbers).enumerate() {
            awaited(self.source.go_on)?;
            see(some * at_once, &self.centred(values))?;
        }
        Ok(())
    }

    /// These rows less the mean, one after the other.
    pub(super) fn rows_at(&self, places: &[usize]) -> Result<Vec<f32>, TrainError> {
        if let Some(kept) = &self.kept {
            let row = |place: &usize| kept.chunks_exact(self.numbers).nth(*place);
            let rows: Vec<f32> = places.iter().filter_map(row).flatten().copied().collect();
            return Ok(self.centred(&rows));
        }
        let (chosen, examples) = (self.source.chosen, self.source.examples);
        let mut rows = Vec::with_capacity(places.len() * self.numbers);
        for some in places.chunks(self.source.reader.at_once()) {
            awaited(self.source.go_on)?;
            let images = some.iter().flat_map(|place| chosen.image(*place, examples));
            let images: Vec<f32> = images.copied().collect();
            rows.extend(self.source.reader.values(&images)?);
        }
        Ok(self.centred(&rows))
    }
}

/// Sums of each number and of all squares, in the order of the rows.
struct Sums {
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    fn of(numbers: usize) -> Self {
        Self { sums: vec![0.0; numbers], squares: vec![0.0; numbers] }
    }

    fn add(&mut self, values: &[f32]) {
        let numbers = self.sums.len();
        let ranges = self.sums.par_chunks_mut(RANGE).zip(self.squares.par_chunks_mut(RANGE));
        ranges.enumerate().for_each(|(range, (sums, squares))| {
            for row in values.chunks_exact(numbers) {
                let row = row.iter().skip(range * RANGE);
                for ((sum, square), number) in sums.iter_mut().zip(squares.iter_mut()).zip(row) {
                    let number = f64::from(*number);
                    *sum += number;
                    *square += number * number;
                }
            }
        });
    }

    /// The means, the sum of the variances, and the sum of the mean squares.
    fn found(&self, rows: usize) -> (Vec<f32>, f64, f64) {
        let count = rows.max(1) as f64;
        let mean = self.sums.iter().map(|sum| (sum / count) as f32).collect();
        let square: f64 = self.squares.iter().map(|square| square / count).sum();
        let variance = self
            .sums
            .iter()
            .zip(&self.squares)
            .map(|(sum, square)| (square / count - (sum / count).powi(2)).max(0.0));
        (mean, variance.sum(), square)
    }
}
