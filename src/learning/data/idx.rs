//! Reads one IDX file, gzipped or not: the format of MNIST and of the sets that follow it.
//!
//! An IDX file is a magic number (two zero bytes, the type of the values, the number of dimensions),
//! one big-endian 32-bit count for each dimension, and the values. The sets of this family hold
//! unsigned bytes (type 8): images have three dimensions, labels one. Described on the page of MNIST,
//! <https://yann.lecun.com/exdb/mnist/>.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::Path,
};

use flate2::read::MultiGzDecoder;

use super::{
    defect::{Defect, GZIP_MAGIC, IDX_START, UNSIGNED_BYTES, broken},
    not_idx,
};
use crate::learning::TrainError;
use crate::words::{InPhrase, Phrase, Word};

/// No set of this family unpacks to more; a gzip file that does is not one of them.
const MOST_BYTES: u64 = 2 << 30;
/// Rows or columns beyond this are not a picture but a damaged header.
const LARGEST_SIDE: u32 = 4096;

/// The images of a file, one after the other, channel after channel, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IdxImages {
    pub(super) count: usize,
    /// 1 if they are grey, 3 if they are red, green and blue.
    pub(super) channels: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Values 0..=255.
    pub(super) pixels: Vec<u8>,
}

/// Reads a file of images.
pub(super) fn read_images(path: &Path) -> Result<IdxImages, TrainError> {
    parse_images(&read(path)?).map_err(|defect| defect.of(path))
}

/// Reads a file of labels.
pub(super) fn read_labels(path: &Path) -> Result<Vec<u8>, TrainError> {
    parse_labels(&read(path)?).map_err(|defect| defect.of(path))
}

/// Reads a file whole and unpacks it if it is gzipped, whatever its name says.
fn read(path: &Path) -> Result<Vec<u8>, TrainError> {
    let unreadable = |error: std::io::Error| {
        let remedy = match error.kind() {
            ErrorKind::NotFound => phrase!("data-put-the-file-there-or"),
            ErrorKind::PermissionDenied => phrase!("data-make-it-readable-or-name"),
            _ => phrase!("data-fetch-the-file-again"),
        };
        broken(path, error.in_phrase(), remedy)
    };
    let mut packed = Vec::new();
    File::open(path)
        .map_err(unreadable)?
        .take(MOST_BYTES)
        .read_to_end(&mut packed)
        .map_err(unreadable)?;
    unpack(packed).map_err(|defect| defect.of(path))
}

/// Unpacks gzipped bytes and leaves others alone.
pub(super) fn unpack(packed: Vec<u8>) -> Result<Vec<u8>, Defect> {
    if !packed.starts_with(&GZIP_MAGIC) {
        return Ok(packed);
    }
    let mut bytes = Vec::new();
    let damaged = |error: std::io::Error| {
        Defect::new(
            phrase!("data-its-gzip-stream-is-damaged", error),
            phrase!("data-fetch-the-file-again"),
        )
    };
    MultiGzDecoder::new(packed.as_slice())
        .take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(damaged)?;
    if bytes.len() as u64 == MOST_BYTES {
        return Err(Defect::new(
            phrase!("data-it-unpacks-to-more-than"),
            phrase!("data-give-a-smaller-data-set"),
        ));
    }
    Ok(bytes)
}

/// Reads the unpacked bytes of a file of images.
pub(super) fn parse_images(bytes: &[u8]) -> Result<IdxImages, Defect> {
    if bytes.get(..4) == Some(&[0, 0, UNSIGNED_BYTES, 4]) {
        return parse_colours(bytes);
    }
    let ([count, rows, columns], pixels) = split_header::<3>(bytes, key!("data-images"))?;
    check_sides(rows, columns)?;
    let expected = u64::from(count) * u64::from(rows) * u64::from(columns);
    check_length(pixels.len(), expected, phrase!("data-images-of-pixels", count, rows, columns))?;
    // The sizes fit, since that many bytes are in memory.
    let [count, rows, columns] = [count, rows, columns].map(|size| size as usize);
    Ok(IdxImages { count, channels: 1, rows, columns, pixels: pixels.to_vec() })
}

/// Reads images in four dimensions: with their channels last, as pictures lie in memory, or first, as `PyTorch` has them.
fn parse_colours(bytes: &[u8]) -> Result<IdxImages, Defect> {
    let (sizes, pixels) = split_header::<4>(bytes, key!("data-images"))?;
    let [count, a, b, c] = sizes;
    let is_channels = |size: u32| size == 1 || size == 3;
    let (channels, rows, columns) = match (is_channels(c), is_channels(a)) {
        (true, _) => (c, a, b),
        (false, true) => (a, b, c),
        (false, false) => {
            let fact = phrase!("data-its-header-says-images-of", a, b, c);
            return Err(Defect::new(fact, phrase!("data-write-grey-images-or-red")));
        }
    };
    check_sides(rows, columns)?;
    let expected = sizes.iter().map(|size| u64::from(*size)).product();
    let promise = phrase!("data-images-of-pixels-in-channels", count, rows, columns, channels);
    check_length(pixels.len(), expected, promise)?;
    let [count, channels, rows, columns] =
        [count, channels, rows, columns].map(|size| size as usize);
    let mut planes = pixels.to_vec();
    if is_channels(c) && channels > 1 {
        let size = channels * rows * columns;
        for (planes, image) in planes.chunks_exact_mut(size).zip(pixels.chunks_exact(size)) {
            for (channel, plane) in planes.chunks_exact_mut(rows * columns).enumerate() {
                let values = image.iter().skip(channel).step_by(channels);
                plane.iter_mut().zip(values).for_each(|(to, from)| *to = *from);
            }
        }
    }
    Ok(IdxImages { count, channels, rows, columns, pixels: planes })
}

fn check_sides(rows: u32, columns: u32) -> Result<(), Defect> {
    if rows == 0 || columns == 0 || rows > LARGEST_SIDE || columns > LARGEST_SIDE {
        let fact = phrase!("data-its-header-says-images-of-rows", rows, columns);
        return Err(Defect::new(fact, phrase!("data-fetch-the-file-again")));
    }
    Ok(())
}

/// Reads the unpacked bytes of a file of labels.
pub(super) fn parse_labels(bytes: &[u8]) -> Result<Vec<u8>, Defect> {
    let ([count], labels) = split_header::<1>(bytes, key!("data-labels-2"))?;
    check_length(labels.len(), u64::from(count), phrase!("data-labels", count))?;
    Ok(labels.to_vec())
}

/// Takes the header off: the sizes of the dimensions, and the values after them.
fn split_header<const DIMENSIONS: usize>(
    bytes: &[u8],
    wanted: Word,
) -> Result<([u32; DIMENSIONS], &[u8]), Defect> {
    if bytes.is_empty() {
        return Err(Defect::new(phrase!("data-it-is-empty"), phrase!("data-fetch-the-file-again")));
    }
    let Some((&[zero, zero_too, kind, dimensions], mut rest)) = bytes.split_first_chunk() else {
        return Err(Defect::new(
            phrase!("data-it-ends-within-its-header"),
            phrase!("data-fetch-the-file-again"),
        ));
    };
    if [zero, zero_too, kind] != IDX_START || usize::from(dimensions) != DIMENSIONS {
        let is_idx = matches!((zero, zero_too, kind), (0, 0, 8..=14));
        if let Some(defect) = not_idx::defect(bytes).filter(|_| !is_idx) {
            return Err(defect);
        }
        let held = match (zero, zero_too, kind, dimensions) {
            (0, 0, UNSIGNED_BYTES, 1) => phrase!("data-labels-2"),
            (0, 0, UNSIGNED_BYTES, 3 | 4) => phrase!("data-images"),
            (0, 0, 8..=14, _) => phrase!("data-idx-values-of-type-in", kind, dimensions),
            _ => phrase!(
                "data-something-that-is-not-idx",
                zero = format_args!("{:02x}", zero),
                zero_too = format_args!("{:02x}", zero_too),
                kind = format_args!("{:02x}", kind),
                dimensions = format_args!("{:02x}", dimensions)
            ),
        };
        let fact = phrase!("data-it-should-hold-as-unsigned", wanted, held);
        return Err(Defect::new(fact, phrase!("data-check-which-file-is-which")));
    }
    let mut sizes = [0; DIMENSIONS];
    for size in &mut sizes {
        let Some((big_endian, after)) = rest.split_first_chunk() else {
            return Err(Defect::new(
                phrase!("data-it-ends-within-its-header"),
                phrase!("data-fetch-the-file-again"),
            ));
        };
        *size = u32::from_be_bytes(*big_endian);
        rest = after;
    }
    if sizes[0] == 0 {
        return Err(Defect::new(
            phrase!("data-it-holds-no", wanted),
            phrase!("data-give-a-set-with-at"),
        ));
    }
    Ok((sizes, rest))
}

/// Compares what the header promises with what is there, before anything is allocated.
fn check_length(present: usize, expected: u64, promise: Phrase) -> Result<(), Defect> {
    match (present as u64).cmp(&expected) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(Defect::new(
            phrase!("data-its-header-promises-but-only", promise, present, expected),
            phrase!("data-the-file-is-truncated-fetch"),
        )),
        std::cmp::Ordering::Greater => Err(Defect::new(
            phrase!("data-its-header-promises-but-instead", promise, present, expected),
            phrase!("data-the-file-is-too-long"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::learning::data::fixtures::zipped;

    fn images(count: u32, rows: u32, columns: u32, pixels: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, 3];
        for size in [count, rows, columns] {
            bytes.extend(size.to_be_bytes());
        }
        bytes.extend(pixels);
        bytes
    }

    fn labels(count: u32, labels: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, 1];
        bytes.extend(count.to_be_bytes());
        bytes.extend(labels);
        bytes
    }

    #[test]
    fn good_files_are_read() {
        let read = parse_images(&images(2, 2, 3, &[7; 12])).unwrap();
        assert_eq!(
            read,
            IdxImages { count: 2, channels: 1, rows: 2, columns: 3, pixels: vec![7; 12] }
        );
        assert_eq!(parse_labels(&labels(3, &[1, 2, 3])).unwrap(), [1, 2, 3]);
        let file = labels(3, &[1, 2, 3]);
        assert_eq!(unpack(zipped(&file)).unwrap(), file);
    }

    #[test]
    fn each_defect_is_named() {
        let of_images = |bytes: &[u8]| parse_images(bytes).unwrap_err().fact;
        let of_labels = |bytes: &[u8]| parse_labels(bytes).unwrap_err().fact;
        assert_eq!(of_images(&[]), "it is empty");
        assert_eq!(of_images(&[0, 0, 8, 3, 0]), "it ends within its header");
        assert!(of_images(&labels(1, &[1])).contains("but holds labels"));
        assert!(of_labels(&images(1, 1, 1, &[1])).contains("but holds images"));
        assert_eq!(of_labels(b"PK\x03\x04zip"), "it is a ZIP archive");
        assert_eq!(of_images(b"<!DOCTYPE html>"), "it is a web page");
        assert!(of_images(b"label,pixel0\n").contains("not IDX (it begins with 6c616265)"));
        assert!(of_images(&[0, 0, 13, 3, 0, 0, 0, 0]).contains("type 13 in 3 dimensions"));
        assert!(of_labels(&labels(0, &[])).contains("no labels"));
        assert!(of_labels(&labels(3, &[1])).contains("only 1 of 3 bytes"));
        assert!(of_labels(&labels(1, &[1, 2])).contains("2 instead of 1 bytes"));
        assert!(of_images(&images(1, 0, 3, &[])).contains("0 rows and 3 columns"));
        // Read as 2^96 bytes this would ask for all memory there is.
        assert!(of_images(&images(u32::MAX, u32::MAX, u32::MAX, &[1])).contains("rows"));
        assert!(of_images(&images(u32::MAX, 4096, 4096, &[1])).contains("only 1 of"));
        let cut = zipped(&labels(500, &[3; 500]));
        assert!(unpack(cut[..cut.len() - 9].to_vec()).unwrap_err().fact.contains("gzip"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(read) = parse_images(&bytes) {
                prop_assert_eq!(read.pixels.len(), read.count * read.rows * read.columns);
            }
            let read = parse_labels(&bytes);
            prop_assert!(read.is_err() || read.is_ok_and(|labels| labels.len() + 8 == bytes.len()));
            if !bytes.starts_with(&GZIP_MAGIC) {
                prop_assert_eq!(unpack(bytes.clone()).unwrap(), bytes);
            }
        }

        #[test]
        fn a_header_never_lies(
            count in 0_u32..6, rows in 0_u32..6, columns in 0_u32..6, present in 0_usize..220,
            flips in proptest::collection::vec((0_usize..16, any::<u8>()), 0..3),
        ) {
            let mut bytes = images(count, rows, columns, &vec![9; present]);
            for (at, value) in flips {
                bytes[at] = value;
            }
            if let Ok(read) = parse_images(&bytes) {
                prop_assert_eq!(read.pixels.len(), present);
                prop_assert_eq!(read.count * read.rows * read.columns, present);
                prop_assert!(read.count > 0);
            }
        }

        #[test]
        fn a_damaged_gzip_stream_never_panics(
            labels_in in proptest::collection::vec(0_u8..10, 1..300),
            at in 0_usize..1000, value in any::<u8>(), cut in 0_usize..1000,
        ) {
            let mut bytes = zipped(&labels(labels_in.len() as u32, &labels_in));
            let at = at % bytes.len();
            bytes[at] = value;
            bytes.truncate(1 + cut % bytes.len());
            if let Ok(read) = unpack(bytes).and_then(|bytes| parse_labels(&bytes)) {
                // What is read after all has passed the checksum of the stream.
                prop_assert_eq!(read, labels_in);
            }
        }
    }
}
