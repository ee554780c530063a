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
    words::{Phrase, Word},
};

const REMEDY: Word = key!("data-give-a-png-jpeg-webp");
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
        let size = [self.channels, self.rows, self.columns];
        let (values, lost_colours) =
            as_learned(bytes, size).map_err(|why| broken(path, why, REMEDY))?;
        let name =
            path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut remarks = Vec::new();
        if lost_colours {
            remarks.push(phrase!("data-the-colours-of-are-made", name));
        }
        let mean = |values: &[u8]| {
            let sum: u64 = values.iter().map(|&value| u64::from(value)).sum();
            sum as f64 / (255.0 * values.len().max(1) as f64)
        };
        let sample = self.train.pixels.get(..SAMPLE).unwrap_or(&self.train.pixels);
        let (own, learned) = (mean(&values), mean(sample));
        if self.channels == 1 && (own - learned).abs() > MOST_APART {
            remarks.push(phrase!(
                "data-is-read-as-it-is",
                name,
                own = format_args!("{:.2}", own),
                learned = format_args!("{:.2}", learned)
            ));
        }
        Ok(Picture { name, values: values.into(), remarks })
    }
}

/// What a picture's file holds as so many channels, rows and columns, values 0..=255, and whether it had colours for which a
/// grey image has no room; as [`Dataset::picture`] reads it.
///
/// # Errors
/// What is wrong with it, in words that follow its name.
pub fn as_learned(
    bytes: &[u8],
    [channels, rows, columns]: [usize; 3],
) -> Result<(Vec<u8>, bool), Phrase> {
    // No decoder is known to panic; one that does costs its picture, not the visit.
    let read = caught(|| Ok(picture::decode(bytes, [rows, columns])));
    let read = read.unwrap_or_else(|_| Err(phrase!("data-its-decoder-gave-up")))?;
    let pixels = rows * columns;
    Ok(match (channels, read.len() > pixels) {
        (1, true) => (luma(&read, pixels), true),
        // Grey is as much red as green and blue.
        (channels, false) => (read.repeat(channels), false),
        (_, true) => (read, false),
    })
}

fn luma(colours: &[u8], pixels: usize) -> Vec<u8> {
    let value = |at: usize| colours.get(at).map_or(0, |&value| u32::from(value));
    let grey =
        |at: usize| 299 * value(at) + 587 * value(at + pixels) + 114 * value(at + 2 * pixels);
    (0..pixels).map(|at| ((grey(at) + 500) / 1000) as u8).collect()
}
