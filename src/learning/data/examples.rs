//! Images as a network takes them: brightness, and the order in which it meets them.

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::Images;

/// Streams of the generator: the first weights draw from stream 0, epoch `n` from stream `n + 1`.
const FIRST_EPOCH_STREAM: u64 = 1;
/// The brightest grey value of a file.
const WHITE: f32 = 255.0;

/// Examples as the network takes them.
#[derive(Clone, Debug)]
pub struct Examples {
    /// Brightness 0..=1, image after image, channel after channel, row by row.
    pub brightness: Vec<f32>,
    /// The class of each image.
    pub labels: Vec<u8>,
    /// Numbers of an image.
    size: usize,
}

impl Examples {
    /// Scales grey values to brightness.
    pub fn new(images: &Images) -> Self {
        Self {
            brightness: images.pixels.iter().map(|&grey| f32::from(grey) / WHITE).collect(),
            labels: images.labels.to_vec(),
            size: images.pixels.len() / images.len().max(1),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// One image, or `None` past the end.
    pub fn image(&self, index: usize) -> Option<&[f32]> {
        self.brightness.get(index.checked_mul(self.size)?..)?.get(..self.size)
    }

    /// The images and labels of these rows, one after the other.
    pub fn gather(&self, rows: &[u32]) -> (Vec<f32>, Vec<i64>) {
        let mut images = Vec::with_capacity(rows.len() * self.size);
        let mut labels = Vec::with_capacity(rows.len());
        for &row in rows {
            images.extend_from_slice(self.image(row as usize).unwrap_or_default());
            labels.push(i64::from(self.labels[row as usize]));
        }
        (images, labels)
    }

    /// Mean brightness of all pixels, 0..=1.
    pub fn mean(&self) -> f64 {
        let sum: f64 = self.brightness.iter().map(|&brightness| f64::from(brightness)).sum();
        sum / self.brightness.len().max(1) as f64
    }
}

/// The generator of the first weights of a run.
pub fn weight_generator(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// The order of the training examples in an epoch, which counts from 0.
///
/// It depends on the seed and the epoch alone, so that any epoch can be repeated.
pub fn order(seed: u64, epoch: u32, examples: usize) -> Vec<u32> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(FIRST_EPOCH_STREAM + u64::from(epoch));
    let mut order: Vec<u32> = (0..examples as u32).collect();
    order.shuffle(&mut generator);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_a_permutation_and_its_own() {
        let mut order_of_42 = order(42, 0, 1000);
        assert_eq!(order_of_42, order(42, 0, 1000));
        assert_ne!(order_of_42, order(42, 1, 1000));
        assert_ne!(order_of_42, order(43, 0, 1000));
        order_of_42.sort_unstable();
        assert!(order_of_42.into_iter().eq(0..1000));
    }

    #[test]
    fn brightness_runs_from_0_to_1() {
        let mut pixels = vec![0_u8; 784];
        pixels[783] = 255;
        let examples =
            Examples::new(&Images { pixels: pixels.into(), labels: [7].as_slice().into() });
        assert_eq!(examples.image(0).unwrap()[782..], [0.0, 1.0]);
        assert_eq!(examples.image(1), None);
        assert_eq!(examples.image(usize::MAX), None);
        assert!((examples.mean() - 1.0 / 784.0).abs() < 1e-12);
        assert_eq!(examples.gather(&[0, 0]).1, [7, 7]);
    }
}
