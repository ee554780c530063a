//! The image that somebody sends: a PNG or JPEG file, or a list of its pixels, brought to what the model reads.

use std::{
    io::Cursor,
    sync::{Mutex, MutexGuard},
};

use image::{ImageFormat, ImageReader};
use serde::Deserialize;

use super::lock::held;
use crate::words::Phrase;

/// Brings the bytes of a picture's file to so many channels, rows and columns, values 0..=255, channel after channel; and
/// whether its colours were lost by that.
pub type Decode = fn(&[u8], [usize; 3]) -> Result<(Vec<u8>, bool), Phrase>;

/// The most pixels of a picture.
const MOST_PIXELS: u64 = 1 << 24;
/// Pictures of more pixels are decoded one after the other, so that many take no more memory than one.
const MANY_PIXELS: u64 = 1 << 18;

/// Why an image cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It is neither a file nor a list.
    Kind,
    /// What is wrong with it, in one sentence.
    Wrong(Phrase),
}

/// Pixels as JSON: a list, or an object with one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Pixels {
    Bare(Vec<f32>),
    Named { pixels: Vec<f32> },
}

/// The brightness 0..=1 of an image of so many channels, rows and columns, channel after channel.
pub(super) fn read(bytes: &[u8], size: [usize; 3], decode: Decode) -> Result<Vec<f32>, Unreadable> {
    match image::guess_format(bytes) {
        Ok(ImageFormat::Png | ImageFormat::Jpeg) => from_file(bytes, size, decode),
        _ => match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'[' | b'{') => from_list(bytes, size),
            _ => Err(Unreadable::Kind),
        },
    }
}

fn from_file(bytes: &[u8], size: [usize; 3], decode: Decode) -> Result<Vec<f32>, Unreadable> {
    let wrong = |why: Phrase| Unreadable::Wrong(phrase!("serve-image-unreadable", why));
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let reader = reader.map_err(|why| wrong(why.to_string().into()))?;
    let (width, height) = reader.into_dimensions().map_err(|why| wrong(why.to_string().into()))?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        let most = MOST_PIXELS;
        return Err(Unreadable::Wrong(phrase!("serve-image-too-large", width, height, most)));
    }
    let _alone = alone(pixels > MANY_PIXELS);
    let (values, _) = decode(bytes, size).map_err(wrong)?;
    Ok(values.into_iter().map(|value| f32::from(value) / 255.0).collect())
}

/// Held while a large picture is decoded.
fn alone(is_large: bool) -> Option<MutexGuard<'static, ()>> {
    static LARGE: Mutex<()> = Mutex::new(());
    is_large.then(|| held(&LARGE))
}

fn from_list(bytes: &[u8], [channels, rows, columns]: [usize; 3]) -> Result<Vec<f32>, Unreadable> {
    let wanted = channels * rows * columns;
    let read = serde_json::from_slice(bytes);
    let Ok(Pixels::Bare(pixels) | Pixels::Named { pixels }) = read else {
        return Err(Unreadable::Wrong(phrase!("serve-no-pixels")));
    };
    if pixels.len() != wanted {
        let found = pixels.len();
        let why = phrase!("serve-other-pixels", found, wanted, channels, rows, columns);
        return Err(Unreadable::Wrong(why));
    }
    if !pixels.iter().all(|pixel| (0.0..=1.0).contains(pixel)) {
        return Err(Unreadable::Wrong(phrase!("serve-pixels-beyond")));
    }
    Ok(pixels)
}

#[cfg(test)]
mod tests {
    use image::{ExtendedColorType, ImageEncoder as _, codecs::png::PngEncoder};

    use super::*;
    use crate::learning::data::as_learned;

    fn wrong(bytes: &[u8]) -> String {
        match read(bytes, [1, 2, 2], as_learned) {
            Err(Unreadable::Wrong(why)) => why.to_string(),
            other => panic!("{other:?}"),
        }
    }

    fn png(width: u32, height: u32, values: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new(&mut bytes);
        encoder.write_image(values, width, height, ExtendedColorType::L8).unwrap();
        bytes
    }

    #[test]
    fn a_file_and_a_list_are_the_same_image() {
        let file = png(2, 2, &[0, 51, 102, 255]);
        let expected = [0.0, 0.2, 0.4, 1.0];
        for bytes in [&file[..], b" [0, 0.2, 0.4, 1]", br#"{"pixels": [0, 0.2, 0.4, 1.0]}"#] {
            let read = read(bytes, [1, 2, 2], as_learned).unwrap();
            assert!(read.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{read:?}");
        }
    }

    #[test]
    fn what_is_no_image_is_told_in_words() {
        assert_eq!(read(b"hello", [1, 2, 2], as_learned), Err(Unreadable::Kind));
        assert_eq!(read(b"", [1, 2, 2], as_learned), Err(Unreadable::Kind));
        assert!(wrong(b"[1, 2").contains("list"));
        assert!(wrong(b"[0, 1, 1]").contains('3'));
        assert!(wrong(b"[0, 1, 1, 255]").contains("255"));
        let cut = &png(2, 2, &[0; 4])[..40];
        assert!(!wrong(cut).is_empty());
    }

    #[test]
    fn a_picture_that_says_it_is_huge_is_not_decoded() {
        // The size stands in the first chunk, with a checksum of its own.
        let mut bytes = png(2, 2, &[0; 4]);
        bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&bytes[12..29]);
        let checksum = hasher.finalize();
        bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert!(wrong(&bytes).contains("60"));
    }
}
