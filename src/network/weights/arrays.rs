//! Arrays of numbers by their names, as files of weights have them.

use half::{bf16, f16};

use super::refusal::{Refusal, SAVE};
use crate::{
    network::MOST_NUMBERS,
    sentence::{grouped, shown},
    words::Phrase,
};

/// The most arrays of a file.
const MOST_ARRAYS: usize = 1 << 16;

/// The most numbers that a byte of a file stands for: what deflate can make of it.
const MOST_OF_BYTE: u64 = 1032;

/// Arrays in the order of their file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedArrays {
    /// Those of floating-point numbers.
    pub arrays: Vec<NamedArray>,
    /// Whether their order is the one in which their layers were made.
    pub in_order: bool,
    /// What whoever opened the file should know, each a sentence.
    pub remarks: Vec<Phrase>,
}

/// One array.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedArray {
    /// Its name, such as `layer1.0.conv2.weight`.
    pub name: String,
    /// Its dimensions, the last one fastest.
    pub dims: Vec<usize>,
    /// Its numbers.
    pub numbers: Vec<f32>,
}

/// Floating-point numbers of a file, little end first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Float {
    Half,
    Brain,
    Single,
    Double,
}

impl Float {
    const fn bytes(self) -> usize {
        match self {
            Self::Half | Self::Brain => 2,
            Self::Single => 4,
            Self::Double => 8,
        }
    }

    fn numbers(self, bytes: &[u8]) -> Vec<f32> {
        /// The bytes as arrays of as many.
        fn each<const SIZE: usize>(bytes: &[u8], number: fn([u8; SIZE]) -> f32) -> Vec<f32> {
            bytes.as_chunks().0.iter().map(|chunk| number(*chunk)).collect()
        }
        match self {
            Self::Half => each(bytes, |two| f16::from_le_bytes(two).to_f32()),
            Self::Brain => each(bytes, |two| bf16::from_le_bytes(two).to_f32()),
            Self::Single => each(bytes, f32::from_le_bytes),
            Self::Double => each(bytes, |eight| f64::from_le_bytes(eight) as f32),
        }
    }
}

/// What a file says of an array before its numbers are read.
#[derive(Debug)]
pub(super) struct Promise {
    pub(super) name: String,
    pub(super) dims: Vec<usize>,
    /// None if it counts something, as `num_batches_tracked` does.
    pub(super) float: Option<Float>,
}

/// Whether a file of so many arrays is read.
pub(super) fn few_enough(arrays: usize) -> Result<(), Refusal> {
    if arrays <= MOST_ARRAYS {
        return Ok(());
    }
    let fact = phrase!(
        "network-files-it-holds-arrays-more-than",
        arrays = grouped(arrays),
        most_arrays = grouped(MOST_ARRAYS)
    );
    Err(Refusal::new(fact, phrase!("network-files-give-the-weights-of-one")))
}

/// Reads the numbers of all that a file of so many bytes promises; `read` gives the bytes of the array at a place.
pub(super) fn gather(
    promises: Vec<Promise>,
    file: u64,
    mut read: impl FnMut(usize) -> Result<Vec<u8>, Refusal>,
) -> Result<NamedArrays, Refusal> {
    few_enough(promises.len())?;
    let floats = promises.iter().filter(|promise| promise.float.is_some());
    let mut lengths = floats.map(|promise| {
        promise.dims.iter().try_fold(1_usize, |length, side| length.checked_mul(*side))
    });
    let all = lengths.try_fold(0_usize, |all, length| all.checked_add(length?));
    match all {
        Some(0) => {
            return Err(Refusal::new(phrase!("network-files-it-holds-no-weights"), SAVE));
        }
        _ if all.is_none_or(|all| all > MOST_NUMBERS) => {
            let fact = phrase!(
                "network-files-it-holds-more-than-numbers",
                most_numbers = grouped(MOST_NUMBERS)
            );
            return Err(Refusal::new(fact, phrase!("network-files-give-a-smaller-network")));
        }
        // Packed or repeated numbers take less room than others, but some.
        Some(all) if all as u64 / MOST_OF_BYTE > file => {
            let fact = phrase!("network-files-it-promises-numbers-more-than", all = grouped(all));
            return Err(Refusal::new(fact, phrase!("network-files-fetch-or-save-it-again")));
        }
        _ => {}
    }
    let (mut arrays, mut halved, mut doubled) = (Vec::new(), 0, 0);
    for (at, Promise { name, dims, float }) in promises.into_iter().enumerate() {
        let Some(float) = float else {
            continue;
        };
        let bytes = read(at)?;
        if Some(bytes.len()) != dims.iter().product::<usize>().checked_mul(float.bytes()) {
            return Err(Refusal::new(
                phrase!("network-files-its-is-cut-short", name = shown(&name)),
                phrase!("network-files-fetch-or-save-it-again"),
            ));
        }
        match float {
            Float::Half | Float::Brain => halved += 1,
            Float::Single => {}
            Float::Double => doubled += 1,
        }
        arrays.push(NamedArray { name, dims, numbers: float.numbers(&bytes) });
    }
    let mut remarks = Vec::new();
    for (bits, count) in [(16, halved), (64, doubled)] {
        if count > 0 {
            remarks.push(phrase!(
                "network-files-numbers-of-bits-in-became",
                bits,
                count = Phrase::counted(count, "array")
            ));
        }
    }
    Ok(NamedArrays { arrays, in_order: false, remarks })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn promised(dims: &[usize], file: u64) -> Refusal {
        let promise = Promise { name: "a".into(), dims: dims.to_vec(), float: Some(Float::Single) };
        gather(vec![promise], file, |_| panic!("it is read")).unwrap_err()
    }

    #[test]
    fn too_many_numbers_are_refused_before_one_is_read() {
        let vast = "it holds more than 268,435,456 numbers; give a smaller network";
        for dims in [&[1 << 28, 2][..], &[usize::MAX, 3], &[1 << 40]] {
            assert_eq!(promised(dims, 1 << 60).to_string(), vast);
        }
        assert_eq!(
            promised(&[1 << 21], 1000).to_string(),
            "it promises 2,097,152 numbers, more than it can hold; fetch or save it again"
        );
        assert!(few_enough(65_536).is_ok());
        assert_eq!(
            few_enough(65_537).unwrap_err().to_string(),
            "it holds 65,537 arrays, more than 65,536; give the weights of one network"
        );
    }
}
