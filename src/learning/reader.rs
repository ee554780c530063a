//! A model that only reads images any more: many at once, beside the training, as its weights are now.

use super::TrainError;
use crate::{
    images::{Pictures, PicturesRead},
    operators::softmax,
};

/// What makes logits, images × classes, of so many images of brightness 0..=1, one after the other.
type Logits = Box<dyn Fn(Vec<f32>, usize) -> Result<Vec<f32>, TrainError>>;

/// A classifier as it is at one step; it owns all that it needs, and stays on the training thread.
pub struct Reader {
    /// Numbers of an image, and how many classes there are.
    numbers: usize,
    classes: usize,
    logits: Logits,
}

impl Reader {
    /// Of images of so many numbers that are of so many classes.
    pub fn new(
        numbers: usize,
        classes: usize,
        logits: impl Fn(Vec<f32>, usize) -> Result<Vec<f32>, TrainError> + 'static,
    ) -> Self {
        Self { numbers, classes, logits: Box::new(logits) }
    }

    /// What images are read as, in one pass; what is no number is dark.
    ///
    /// # Errors
    /// If they are of another size, or the calculation fails.
    pub fn read(&self, pictures: &Pictures) -> Result<PicturesRead, TrainError> {
        let (count, found) = (pictures.count, pictures.brightness.len());
        if count.checked_mul(self.numbers) != Some(found) || count == 0 {
            let wanted = self.numbers;
            return Err(TrainError::calculation(phrase!(
                "learning-pictures-of-another-size",
                found,
                count,
                wanted
            )));
        }
        let bright = |value: &f32| if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
        let logits = (self.logits)(pictures.brightness.iter().map(bright).collect(), count)?;
        let each = logits.chunks_exact(self.classes.max(1));
        let probabilities: Vec<f32> = each.flat_map(softmax).collect();
        Ok(PicturesRead { probabilities: probabilities.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_read_one_by_one_and_only_whole() {
        // The second class is as likely as the image is bright.
        let reader = Reader::new(2, 2, |images, count| {
            assert_eq!(images.len(), 2 * count);
            Ok(images.chunks(2).flat_map(|image| [0.0, image[0] + image[1]]).collect())
        });
        let read = |count, brightness: &[f32]| {
            reader.read(&Pictures { count, brightness: brightness.into() })
        };
        let both = read(2, &[0.0, 0.0, 1.0, 7.0]).unwrap().probabilities;
        assert_eq!(both[..2], [0.5, 0.5]);
        // What is brighter than white is white.
        let expected = 1.0 / (1.0 + (-2.0_f32).exp());
        assert!((both[3] - expected).abs() < 1e-6 && both.len() == 4, "{both:?}");
        assert_eq!(read(1, &[f32::NAN, 0.0]).unwrap().probabilities[..], [0.5, 0.5]);
        for (count, brightness) in [(1, &[0.5; 3][..]), (0, &[]), (usize::MAX, &[0.5; 2])] {
            assert!(read(count, brightness).is_err(), "{count}");
        }
    }
}
