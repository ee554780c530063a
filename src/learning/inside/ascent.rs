//! Images led uphill by Adam (Kingma and Ba 2014, <https://arxiv.org/abs/1412.6980>, algorithm 1), each brought back to
//! 0..=1 after each step, and what holds them back so that they resemble real ones (Olah, Mordvintsev and Schubert 2017,
//! <https://doi.org/10.23915/distill.00007>; Mahendran and Vedaldi 2015, <https://arxiv.org/abs/1412.0035>, section 3).

use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::learning::TrainError;

/// The step, as in Lucid's examples.
const RATE: f64 = 0.05;
const FIRST_DECAY: f64 = 0.9;
const SECOND_DECAY: f64 = 0.999;
const EPSILON: f64 = 1e-8;
/// The streams that beginnings and shifts draw from begin here, one for each dream.
const DREAM_STREAM: u64 = 1 << 50;
/// Beginnings are grey and so far around it.
const GREY: f32 = 0.5;
const AROUND: f32 = 0.05;

/// What holds a dream back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HeldBack {
    /// Rows and columns by which it may be shifted at each step before it is looked at, the edges joined.
    pub(super) shift: usize,
    /// What Σ (x − its neighbour)² over neighbours in rows and columns costs.
    pub(super) smooth: f32,
    /// What Σ x² costs.
    pub(super) dark: f32,
}

impl HeldBack {
    pub(super) const NOT: Self = Self { shift: 0, smooth: 0.0, dark: 0.0 };
    /// Shifts of one pixel and the weight of differences that design/INSIDE.md names (section 3). After four epochs the
    /// digits' dreams reach 0.25 to 1.1 of the highest logit of a real digit so, and 2.0 to 3.3 of it plain.
    pub(super) const USUAL: Self = Self { shift: 1, smooth: 0.5, dark: 0.05 };
    /// About the highest logit of a real digit, for which these weights were found.
    const REACH: f32 = 12.0;

    /// The same for a number that reaches so far on a real image: what holds back a unit of 0.8 as it does a logit of 12 leaves
    /// nothing of its dream.
    pub(super) fn reaching(self, value: f32) -> Self {
        let by = value / Self::REACH;
        let by = if by > 0.0 { by.min(1.0) } else { 1.0 };
        Self { smooth: by * self.smooth, dark: by * self.dark, ..self }
    }
}

/// Several images on their way.
pub(super) struct Ascent {
    size: [usize; 3],
    held: HeldBack,
    pub(super) images: Vec<f32>,
    first: Vec<f64>,
    second: Vec<f64>,
    taken: i32,
    generators: Vec<ChaCha8Rng>,
}

impl Ascent {
    /// So many grey ones with a little noise, each by a stream of its own, so that fewer are some of more.
    pub(super) fn of(size: [usize; 3], count: usize, seed: u64, held: HeldBack) -> Self {
        let length = size.iter().product::<usize>();
        let mut generators: Vec<ChaCha8Rng> = Vec::with_capacity(count);
        let mut images = Vec::with_capacity(count * length);
        for dream in 0..count {
            let mut generator = ChaCha8Rng::seed_from_u64(seed);
            generator.set_stream(DREAM_STREAM + dream as u64);
            images.extend((0..length).map(|_| {
                let drawn: f32 = generator.random();
                GREY + AROUND * (2.0 * drawn - 1.0)
            }));
            generators.push(generator);
        }
        let none = vec![0.0; images.len()];
        Self { size, held, images, first: none.clone(), second: none, taken: 0, generators }
    }

    /// Lets one of them begin at this image, with its own noise.
    pub(super) fn begin_at(&mut self, dream: usize, image: &[f32]) {
        let length = self.size.iter().product::<usize>().max(1);
        let own = self.images.chunks_mut(length).nth(dream).unwrap_or_default();
        for (own, pixel) in own.iter_mut().zip(image) {
            *own = (*own - GREY + pixel).clamp(0.0, 1.0);
        }
    }

    /// Takes a step, where `gradients` says the gradient of what is made large by each of several images.
    pub(super) fn step(
        &mut self,
        gradients: impl FnOnce(&[f32]) -> Result<Vec<f32>, TrainError>,
    ) -> Result<(), TrainError> {
        let length = self.size.iter().product::<usize>().max(1);
        let shifts = self.shifts();
        let images = self.images.chunks(length).zip(&shifts);
        let shifted = images.flat_map(|(image, [by, _])| rolled(image, self.size, *by));
        let slopes = gradients(&shifted.collect::<Vec<f32>>())?;
        let slopes = slopes.chunks(length).zip(&shifts);
        let slopes = slopes.flat_map(|(slopes, [_, back])| rolled(slopes, self.size, *back));
        let images = self.images.chunks(length);
        let held = images.flat_map(|image| held_back(image, self.size, self.held));
        let slopes = slopes.zip(held).map(|(slope, held)| f64::from(slope) - f64::from(held));
        let slopes: Vec<f64> = slopes.collect();
        self.climb(&slopes);
        Ok(())
    }

    /// For each image by how many rows and columns it is shifted, and by how many it comes back.
    fn shifts(&mut self) -> Vec<[[usize; 2]; 2]> {
        let ([_, rows, columns], most) = (self.size, self.held.shift);
        let shift = |generator: &mut ChaCha8Rng| {
            let [down, across] = [rows, columns].map(|side| {
                let drawn = generator.random_range(0..=2 * most);
                // Backwards is forwards by what is left to whole sides.
                (drawn + side * most - most) % side.max(1)
            });
            let back = [(rows - down) % rows.max(1), (columns - across) % columns.max(1)];
            [[down, across], back]
        };
        self.generators.iter_mut().map(shift).collect()
    }

    /// Adam's step along these slopes.
    fn climb(&mut self, slopes: &[f64]) {
        self.taken += 1;
        let (one, two) = (1.0 - FIRST_DECAY.powi(self.taken), 1.0 - SECOND_DECAY.powi(self.taken));
        let moments = self.first.iter_mut().zip(&mut self.second);
        for ((pixel, (first, second)), slope) in self.images.iter_mut().zip(moments).zip(slopes) {
            *first = FIRST_DECAY * *first + (1.0 - FIRST_DECAY) * slope;
            *second = SECOND_DECAY * *second + (1.0 - SECOND_DECAY) * slope * slope;
            let step = RATE * (*first / one) / ((*second / two).sqrt() + EPSILON);
            // What is no number stays none.
            *pixel = (f64::from(*pixel) + step).clamp(0.0, 1.0) as f32;
        }
    }
}

/// An image shifted down and to the right, what leaves it coming in at the other side.
fn rolled(image: &[f32], [_, rows, columns]: [usize; 3], [down, across]: [usize; 2]) -> Vec<f32> {
    let mut rolled = Vec::with_capacity(image.len());
    for map in image.chunks((rows * columns).max(1)) {
        let mut map = map.to_vec();
        map.rotate_right(down * columns);
        map.chunks_mut(columns.max(1)).for_each(|row| row.rotate_right(across));
        rolled.extend(map);
    }
    rolled
}

/// The slope of what holds an image back, by each pixel.
pub(super) fn held_back(image: &[f32], [_, rows, columns]: [usize; 3], held: HeldBack) -> Vec<f32> {
    let mut slopes: Vec<f32> = image.iter().map(|pixel| 2.0 * held.dark * pixel).collect();
    if held.smooth == 0.0 {
        return slopes;
    }
    let maps =
        image.chunks((rows * columns).max(1)).zip(slopes.chunks_mut((rows * columns).max(1)));
    for (map, slopes) in maps {
        let apart = |at: usize, other: usize| {
            2.0 * held.smooth * (map.get(at).unwrap_or(&0.0) - map.get(other).unwrap_or(&0.0))
        };
        for (at, slope) in slopes.iter_mut().enumerate() {
            let (row, column) = (at / columns, at % columns);
            let neighbours = [
                (row > 0).then(|| at - columns),
                (row + 1 < rows).then_some(at + columns),
                (column > 0).then(|| at - 1),
                (column + 1 < columns).then_some(at + 1),
            ];
            *slope += neighbours.into_iter().flatten().map(|other| apart(at, other)).sum::<f32>();
        }
    }
    slopes
}
