//! Files of safetensors: the length of a header, the header in JSON, and the numbers.
//!
//! <https://huggingface.co/docs/safetensors/index#format>; those who write them sort arrays by type and name.

use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
};

use safetensors::{Dtype, tensor::Metadata};

use crate::words::Phrase;

use super::{
    arrays::{Float, NamedArrays, Promise, gather},
    refusal::Refusal,
};

/// A header of as many arrays as are read is shorter.
const LONGEST_HEADER: u64 = 32 << 20;
/// Bytes of the header's length.
const START: u64 = 8;

/// Whether a file that begins so is one: a length and the brace of its header.
pub(super) fn begins(start: &[u8]) -> bool {
    let length = start.first_chunk::<8>().map(|length| u64::from_le_bytes(*length));
    length.is_some_and(|length| length <= 100_000_000) && start.get(8) == Some(&b'{')
}

/// A file whose header has been read and hangs together with its length.
#[derive(Debug)]
pub struct SafeFile {
    file: File,
    header: Metadata,
    /// Where the numbers begin, and how long the file is.
    begin: u64,
    whole: u64,
}

impl SafeFile {
    /// Reads the header.
    ///
    /// # Errors
    /// If the file is no safetensors, damaged or cut short.
    pub fn open(mut file: File) -> Result<Self, Refusal> {
        let unreadable = |error| Refusal::unreadable(&error);
        let whole = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        let mut length = [0; START as usize];
        file.read_exact(&mut length).map_err(unreadable)?;
        let length = u64::from_le_bytes(length);
        if length > LONGEST_HEADER {
            return Err(Refusal::new(
                phrase!("network-files-its-header-is-longer-than"),
                phrase!("network-files-give-a-smaller-network"),
            ));
        }
        let mut header = Vec::new();
        (&mut file).take(length).read_to_end(&mut header).map_err(unreadable)?;
        if header.len() as u64 != length {
            return Err(Refusal::damaged());
        }
        let header: Metadata = serde_json::from_slice(&header).map_err(|_| Refusal::damaged())?;
        let begin = START + length;
        // The header is whole in itself: each array begins where the one before it ends.
        if begin.checked_add(header.data_len() as u64) != Some(whole) {
            return Err(Refusal::damaged());
        }
        Ok(Self { file, header, begin, whole })
    }

    /// What its header says of itself under a name.
    pub fn says(&self, name: &str) -> Option<&str> {
        self.header.metadata().as_ref()?.get(name).map(String::as_str)
    }

    /// The names of its arrays, in the order in which they lie.
    pub fn names(&self) -> Vec<String> {
        self.header.offset_keys()
    }

    /// The numbers of an array of `f32` of these dimensions, if that is what lies under the name.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn singles(&mut self, name: &str, dims: &[usize]) -> Result<Option<Vec<f32>>, Refusal> {
        let info = self.header.info(name);
        let info = info.filter(|info| info.dtype == Dtype::F32 && info.shape == dims);
        let Some(place) = info.map(|info| info.data_offsets) else {
            return Ok(None);
        };
        let bytes = self.bytes(place)?;
        let whole = bytes.len() == dims.iter().product::<usize>() * size_of::<f32>();
        Ok(whole.then(|| bytes.as_chunks().0.iter().map(|one| f32::from_le_bytes(*one)).collect()))
    }

    fn bytes(&mut self, (start, end): (usize, usize)) -> Result<Vec<u8>, Refusal> {
        let unreadable = |error| Refusal::unreadable(&error);
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(self.begin + start as u64)).map_err(unreadable)?;
        let of_it = end.saturating_sub(start) as u64;
        (&mut self.file).take(of_it).read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }
}

pub(super) fn read(file: File) -> Result<NamedArrays, Refusal> {
    let mut file = SafeFile::open(file)?;
    let (mut promises, mut places) = (Vec::new(), Vec::new());
    for name in file.names() {
        let info = file.header.info(&name).ok_or_else(Refusal::damaged)?;
        let float = float(info.dtype)
            .map_err(|fact| Refusal::new(fact, phrase!("network-files-save-it-as-float32")))?;
        promises.push(Promise { name, dims: info.shape.clone(), float });
        places.push(info.data_offsets);
    }
    let whole = file.whole;
    gather(promises, whole, |at| file.bytes(places.get(at).copied().unwrap_or_default()))
}

/// What numbers of a type are, or that nobody here reads them.
fn float(dtype: Dtype) -> Result<Option<Float>, Phrase> {
    Ok(match dtype {
        Dtype::F16 => Some(Float::Half),
        Dtype::BF16 => Some(Float::Brain),
        Dtype::F32 => Some(Float::Single),
        Dtype::F64 => Some(Float::Double),
        Dtype::BOOL
        | Dtype::U8
        | Dtype::U16
        | Dtype::U32
        | Dtype::U64
        | Dtype::I8
        | Dtype::I16
        | Dtype::I32
        | Dtype::I64 => None,
        other => {
            return Err(phrase!(
                "network-files-it-holds-numbers-of-type",
                other = other.to_string()
            ));
        }
    })
}
