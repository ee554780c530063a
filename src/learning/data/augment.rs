//! Changes the images of a batch as a description says, anew for each image and epoch.
//!
//! What becomes of an image is drawn by the seed, the epoch and its place among the examples alone, so that threads, looks
//! and a run that goes on later change no bit of it.

use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::network::Augmentation;

/// Sets its generator apart from those of weights, orders, splits and dropout.
const DOMAIN: &[u8; 16] = b"image augmenting";
/// How bright red, green and blue are (ITU-R BT.601), as torchvision weighs them.
const LUMA: [f32; 3] = [0.299, 0.587, 0.114];

/// Augmentation of images of one size.
#[derive(Clone, Debug)]
pub struct Augmenter {
    how: Augmentation,
    /// Channels, rows and columns.
    size: [usize; 3],
}

/// What was drawn for one image.
#[derive(Debug)]
struct Drawn {
    flips: [bool; 2],
    /// Rows and columns by which it moves down and right.
    shift: [isize; 2],
    /// In radians, against the clock.
    angle: f64,
    /// Factors of brightness and contrast.
    factors: [f32; 2],
}

impl Augmenter {
    /// Of images of so many channels, rows and columns.
    pub fn new(how: Augmentation, size: [usize; 3]) -> Self {
        Self { how, size }
    }

    /// Whether images stay as they are.
    pub fn is_nothing(&self) -> bool {
        self.how.is_nothing()
    }

    /// Changes the images of a batch, brightness 0..=1 image after image, whose places among the examples are these.
    pub fn change(&self, images: &mut [f32], places: &[u32], seed: u64, epoch: u32) {
        if self.is_nothing() {
            return;
        }
        let length = self.size.iter().product::<usize>().max(1);
        images.par_chunks_mut(length).zip(places).for_each(|(image, place)| {
            let drawn = self.drawn(seed, epoch, *place);
            let moved = self.moved(image, &drawn);
            image.copy_from_slice(&moved);
            self.lit(image, drawn.factors);
        });
    }

    /// All is drawn for each image, so that one setting draws the same whichever others there are.
    fn drawn(&self, seed: u64, epoch: u32, place: u32) -> Drawn {
        let mut key = [0; 32];
        let (domain, rest) = key.split_at_mut(DOMAIN.len());
        domain.copy_from_slice(DOMAIN);
        for (byte, of_seed) in rest.iter_mut().zip(seed.to_le_bytes()) {
            *byte = of_seed;
        }
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(u64::from(epoch) << 32 | u64::from(place));
        let draws: [f64; 9] = std::array::from_fn(|_| generator.random());
        let [left, top, down, right, crop_down, crop_right, turn, bright, contrast] = draws;
        let [_, rows, columns] = self.size;
        let around = |draw: f64, most: f64| (2.0 * draw - 1.0) * most;
        // As torchvision: a share is rounded, and each offset of a crop is as likely as any other.
        let offset = |shift: f64, crop: f64, length: usize| {
            let of_crop = (crop * (2 * self.how.crop + 1) as f64).floor() as isize;
            around(shift, self.how.shift * length as f64).round() as isize + of_crop
                - self.how.crop as isize
        };
        Drawn {
            flips: [self.how.vertical_flip && top < 0.5, self.how.horizontal_flip && left < 0.5],
            shift: [offset(down, crop_down, rows), offset(right, crop_right, columns)],
            angle: around(turn, self.how.rotate).to_radians(),
            factors: [
                (1.0 + around(bright, self.how.brightness)) as f32,
                (1.0 + around(contrast, self.how.contrast)) as f32,
            ],
        }
    }

    /// The image moved, then turned about its middle, then flipped; what comes in is black.
    fn moved(&self, image: &[f32], drawn: &Drawn) -> Vec<f32> {
        let [_, rows, columns] = self.size;
        let (sine, cosine) = drawn.angle.sin_cos();
        let middle = [rows, columns].map(|length| (length as f64 - 1.0) / 2.0);
        let mut moved = Vec::with_capacity(image.len());
        for map in image.chunks((rows * columns).max(1)) {
            let pixel = |row: isize, column: isize| {
                let row = usize::try_from(row).ok().filter(|row| *row < rows)?;
                let column = usize::try_from(column).ok().filter(|column| *column < columns)?;
                map.get(row * columns + column).copied()
            };
            let pixel = |row: isize, column: isize| pixel(row, column).unwrap_or(0.0);
            for row in 0..rows {
                let row = if drawn.flips[0] { rows - 1 - row } else { row };
                for column in 0..columns {
                    let column = if drawn.flips[1] { columns - 1 - column } else { column };
                    moved.push(if drawn.angle == 0.0 {
                        pixel(row as isize - drawn.shift[0], column as isize - drawn.shift[1])
                    } else {
                        let (y, x) = (row as f64 - middle[0], column as f64 - middle[1]);
                        let y_before = cosine * y + sine * x + middle[0] - drawn.shift[0] as f64;
                        let x_before = cosine * x - sine * y + middle[1] - drawn.shift[1] as f64;
                        between(pixel, y_before, x_before)
                    });
                }
            }
        }
        moved
    }

    /// Brighter or darker, then with more or less contrast about the mean brightness.
    fn lit(&self, image: &mut [f32], [brightness, contrast]: [f32; 2]) {
        if self.how.brightness > 0.0 {
            image.iter_mut().for_each(|value| *value = (*value * brightness).clamp(0.0, 1.0));
        }
        if self.how.contrast > 0.0 {
            let [channels, rows, columns] = self.size;
            let pixels = (rows * columns).max(1);
            let weight = |channel: usize| match channels {
                3 => LUMA.get(channel).copied().unwrap_or(0.0),
                _ => 1.0 / channels.max(1) as f32,
            };
            let maps = image.chunks(pixels).enumerate();
            let sums = maps.map(|(channel, map)| weight(channel) * map.iter().sum::<f32>());
            let mean = sums.sum::<f32>() / pixels as f32;
            for value in image {
                *value = (mean + contrast * (*value - mean)).clamp(0.0, 1.0);
            }
        }
    }
}

/// The value between four pixels, by how near each is.
fn between(pixel: impl Fn(isize, isize) -> f32, y: f64, x: f64) -> f32 {
    let (row, column) = (y.floor(), x.floor());
    let (down, right) = ((y - row) as f32, (x - column) as f32);
    let (row, column) = (row as isize, column as isize);
    let of_row = |row| pixel(row, column) * (1.0 - right) + pixel(row, column + 1) * right;
    of_row(row) * (1.0 - down) + of_row(row + 1) * down
}

#[cfg(test)]
mod tests;
