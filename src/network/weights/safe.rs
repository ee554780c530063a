//! Files of safetensors: the length of a header, the header in JSON, and the numbers.
//!
//! <https://huggingface.co/docs/safetensors/index#format>; those who write them sort arrays by type and name.

use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
};

use safetensors::{Dtype, tensor::Metadata};

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

pub(super) fn read(mut file: File) -> Result<NamedArrays, Refusal> {
    let unreadable = |error| Refusal::unreadable(&error);
    let whole = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    let mut length = [0; START as usize];
    file.read_exact(&mut length).map_err(unreadable)?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST_HEADER {
        return Err(Refusal::new("its header is longer than 32 MiB", "give a smaller network"));
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
    let (mut promises, mut places) = (Vec::new(), Vec::new());
    for name in header.offset_keys() {
        let info = header.info(&name).ok_or_else(Refusal::damaged)?;
        let float = float(info.dtype).map_err(|fact| Refusal::new(fact, "save it as float32"))?;
        promises.push(Promise { name, dims: info.shape.clone(), float });
        places.push(info.data_offsets);
    }
    gather(promises, whole, |at| {
        let (start, end) = places.get(at).copied().unwrap_or_default();
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(begin + start as u64)).map_err(unreadable)?;
        (&mut file).take((end - start) as u64).read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    })
}

/// What numbers of a type are, or that nobody here reads them.
fn float(dtype: Dtype) -> Result<Option<Float>, String> {
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
        other => return Err(format!("it holds numbers of type {other}")),
    })
}
