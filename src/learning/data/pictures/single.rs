//! A picture that is in no set, brought to the size and the colours of the images of one.

use std::path::Path;

use super::picture;
use crate::{
    images::Picture,
    learning::{
        TrainError,
        data::{defect::broken, images::Dataset},
        panics::caught,
    },
};

const REMEDY: &str = "give a PNG, JPEG, WebP, BMP or GIF that can be opened";
/// Mean brightness may differ by so much before it is told, 0..=1.
const MOST_APART: f64 = 0.4;
/// So many values of a set tell how bright its images are.
const SAMPLE: usize = 1 << 22;

impl Dataset {
    /// Reads a picture as those in folders are read: turned as its EXIF says, cropped in the middle and scaled; of one that
    /// has colours where the images have none, the luma is taken (ITU-R BT.601).
    ///
    /// # Errors
    /// One sentence with the path if it cannot be read.
    pub fn picture(&self, path: &Path) -> Result<Picture, TrainError> {
        let bytes = picture::bytes(path).map_err(|why| broken(path, why, REMEDY))?;
        self.picture_of(path, &bytes)
    }

    /// The same of what a file holds.
    ///
    /// # Errors
    /// As [`picture`](Self::picture).
    pub fn picture_of(&self, path: &Path, bytes: &[u8]) -> Result<Picture, TrainError> {
        // No decoder is known to panic; one that does costs its picture, not the visit.
        let read = caught(|| Ok(picture::decode(bytes, [self.rows, self.columns])));
        let read = read.unwrap_or_else(|_| Err("its decoder gave up".to_owned()));
        let read = read.map_err(|why| broken(path, why, REMEDY))?;
        let pixels = self.rows * self.columns;
        let name =
            path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut remarks = Vec::new();
        let values: Vec<u8> = match (self.channels, read.len() > pixels) {
            (1, true) => {
                remarks.push(format!(
                    "The colours of {name} are made grey, as the images that are learned are grey"
                ));
                luma(&read, pixels)
            }
            // Grey is as much red as green and blue.
            (channels, false) => read.repeat(channels),
            (_, true) => read,
        };
        let mean = |values: &[u8]| {
            let sum: u64 = values.iter().map(|&value| u64::from(value)).sum();
            sum as f64 / (255.0 * values.len().max(1) as f64)
        };
        let sample = self.train.pixels.get(..SAMPLE).unwrap_or(&self.train.pixels);
        let (own, learned) = (mean(&values), mean(sample));
        if self.channels == 1 && (own - learned).abs() > MOST_APART {
            remarks.push(format!(
                "{name} is read as it is: its mean brightness is {own:.2}, that of the images that are learned {learned:.2}; \
                 if one is dark on light and the other light on dark, give its negative"
            ));
        }
        Ok(Picture { name, values: values.into(), remarks })
    }
}

fn luma(colours: &[u8], pixels: usize) -> Vec<u8> {
    let value = |at: usize| colours.get(at).map_or(0, |&value| u32::from(value));
    let grey =
        |at: usize| 299 * value(at) + 587 * value(at + pixels) + 114 * value(at + 2 * pixels);
    (0..pixels).map(|at| ((grey(at) + 500) / 1000) as u8).collect()
}
