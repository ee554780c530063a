//! One picture as a network takes it: decoded, set upright, cropped and scaled.

use std::{
    fs::{self, File},
    io::{Cursor, Read as _},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, Pixel as _, Rgb,
    RgbImage, RgbaImage, imageops, imageops::FilterType, metadata::Orientation,
};
use memchr::memmem;

use crate::sentence::grouped;
use crate::words::{InPhrase, Phrase, Word};

/// The most pixels of a picture: more than the largest cameras have.
pub(super) const MOST_PIXELS: u64 = 1 << 27;
/// Pictures of more pixels are decoded one after the other.
const MANY_PIXELS: u64 = 1 << 24;
/// The most bytes of a picture's file.
const MOST_FILE_BYTES: u64 = 256 << 20;
/// The most bytes that a decoder may ask for: that many pixels of four channels in 16 bits.
const MOST_DECODED_BYTES: u64 = MOST_PIXELS * 8;
/// What is wrong with most that cannot be read.
const DAMAGED: Word = key!("data-it-is-damaged-or-cut");

/// Reads a picture as so many rows and columns: values 0..=255, row by row, once if it is grey, else red, green and blue.
///
/// # Errors
/// What is wrong with it, in words that follow its name.
pub(super) fn read(path: &Path, size: [usize; 2]) -> Result<Vec<u8>, Phrase> {
    decode(&bytes(path)?, size)
}

/// What a picture's file holds.
///
/// # Errors
/// As [`read`].
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Phrase> {
    let metadata = fs::metadata(path).map_err(|error| error.in_phrase())?;
    if !metadata.is_file() {
        return Err(phrase!("data-it-is-no-file"));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.in_phrase())?;
    let read = file.take(MOST_FILE_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| error.in_phrase())?;
    if bytes.len() as u64 > MOST_FILE_BYTES {
        return Err(phrase!("data-it-is-longer-than-256"));
    }
    Ok(bytes)
}

/// Reads the bytes of a picture's file, as [`read`] does.
pub(super) fn decode(bytes: &[u8], [rows, columns]: [usize; 2]) -> Result<Vec<u8>, Phrase> {
    let (Ok(rows), Ok(columns)) = (u32::try_from(rows), u32::try_from(columns)) else {
        return Err(phrase!("data-it-cannot-be-made-that"));
    };
    // Held until the picture is small.
    let (upright, _alone) = upright(bytes)?;
    let (x, y, width, height) = window(upright.width(), upright.height(), rows, columns);
    let cropped = upright.crop_imm(x, y, width, height);
    let flat = if cropped.color().has_alpha() {
        on_white(&cropped.into_rgba8())
    } else {
        cropped.into_rgb8()
    };
    // With its support widened where it shrinks, as torchvision resizes.
    let scaled = imageops::resize(&flat, columns, rows, FilterType::Triangle);
    let is_grey = scaled.pixels().all(|Rgb([red, green, blue])| red == green && green == blue);
    let channels = if is_grey { 1 } else { 3 };
    Ok((0..channels)
        .flat_map(|channel| scaled.pixels().map(move |pixel| pixel.0[channel]))
        .collect())
}

/// Decodes a picture and turns it as its EXIF data say: Exif 2.32, tag 274.
///
/// A large one is locked, so that as many threads as there are do not have one each.
fn upright(bytes: &[u8]) -> Result<(DynamicImage, Option<MutexGuard<'static, ()>>), Phrase> {
    static LARGE: Mutex<()> = Mutex::new(());
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|error| error.to_string())?;
    let format = match reader.format() {
        Some(
            format @ (ImageFormat::Png
            | ImageFormat::Jpeg
            | ImageFormat::WebP
            | ImageFormat::Bmp
            | ImageFormat::Gif),
        ) => format,
        Some(other) => {
            return Err(phrase!(
                "data-its-format-is-not-read",
                other = format_args!("{:?}", other)
            ));
        }
        None if bytes.is_empty() => return Err(phrase!("data-it-is-empty")),
        None => return Err(phrase!("data-it-is-no-png-jpeg")),
    };
    if format == ImageFormat::Jpeg && !jpeg_ends(bytes) {
        return Err(DAMAGED.into());
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_DECODED_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| words(&error))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(phrase!("data-it-has-no-pixels"));
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(phrase!(
            "data-it-has-pixels-more-than",
            height = grouped(height as usize),
            width = grouped(width as usize),
            most_pixels = grouped(MOST_PIXELS as usize)
        ));
    }
    let alone = (u64::from(width) * u64::from(height) > MANY_PIXELS)
        .then(|| LARGE.lock().unwrap_or_else(PoisonError::into_inner));
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| words(&error))?;
    picture.apply_orientation(orientation);
    Ok((picture, alone))
}

fn words(error: &ImageError) -> Phrase {
    match error {
        ImageError::Limits(_) => {
            phrase!("data-it-has-more-than-pixels", most_pixels = grouped(MOST_PIXELS as usize))
        }
        ImageError::Unsupported(_) => phrase!("data-its-format-has-a-part"),
        _ => DAMAGED.into(),
    }
}

/// Whether a JPEG ends with its mark, FF D9, after its first scan (ITU-T T.81, annex B): the decoder fills what is missing
/// with grey.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xff, mark, high, low]) = bytes.get(at..at + 4) {
        if mark == 0xda {
            return memmem::find(&bytes[at..], b"\xff\xd9").is_some();
        }
        // Marks may be filled up, and then none has a length.
        at += if mark == 0xff { 1 } else { 2 + usize::from(u16::from_be_bytes([high, low])) };
    }
    // Whatever this is, the decoder says so.
    memmem::find(bytes, b"\xff\xd9").is_some()
}

/// The largest part in the middle that is as wide for its height as is wanted: x, y, width and height.
fn window(width: u32, height: u32, rows: u32, columns: u32) -> (u32, u32, u32, u32) {
    let [wide, high, rows, columns] = [width, height, rows, columns].map(u64::from);
    let rounded = |dividend: u64, divisor: u64| (dividend + divisor / 2) / divisor.max(1);
    // Neither is larger than the picture's own.
    let cropped = |size: u64, most: u32| u32::try_from(size).unwrap_or(most).clamp(1, most.max(1));
    let (width_kept, height_kept) = if wide * rows > high * columns {
        (cropped(rounded(high * columns, rows), width), height)
    } else {
        (width, cropped(rounded(wide * rows, columns), height))
    };
    ((width - width_kept) / 2, (height - height_kept) / 2, width_kept, height_kept)
}

/// A picture that can be seen through, before white, as most viewers show it.
fn on_white(picture: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let pixel = picture.get_pixel(x, y);
        let alpha = u16::from(pixel.channels()[3]);
        let blend =
            |value: u8| ((u16::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        let [red, green, blue] = pixel.to_rgb().0.map(blend);
        Rgb([red, green, blue])
    })
}
