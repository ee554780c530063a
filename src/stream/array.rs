//! Long rows of numbers beside a message's words: raw and little-endian in the body of a frame, and a list where a
//! message is written as plain JSON.
//!
//! A field with `#[serde(with = "array")]` is written as a safetensors view, `{"dtype", "shape", "data_offsets"}`,
//! while a frame is being made or read ([`wire`](super::wire)); the body belongs to the thread that does it.

use std::cell::RefCell;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _},
    ser::Error as _,
};

/// Arrays begin at multiples of this in the body, so that others can look at them where they lie.
const ALIGNED: usize = 8;
/// The most arrays of one frame.
pub const MOST_ARRAYS: usize = 4096;

thread_local! {
    static BODY: RefCell<Option<Body>> = const { RefCell::new(None) };
}

/// The body of the frame that this thread makes or reads.
#[derive(Debug, Default)]
struct Body {
    bytes: Vec<u8>,
    arrays: usize,
}

/// Runs something while arrays go into a body or come out of it, and gives the body back.
pub(super) fn with_body<R>(bytes: Vec<u8>, what: impl FnOnce() -> R) -> (R, Vec<u8>) {
    let outer = BODY.replace(Some(Body { bytes, arrays: 0 }));
    let result = what();
    let body = BODY.replace(outer);
    (result, body.map(|body| body.bytes).unwrap_or_default())
}

/// Whether a frame is being made or read, and not plain JSON.
pub(super) fn in_frame() -> bool {
    BODY.with_borrow(Option::is_some)
}

/// A number that bodies hold.
pub trait Number: Copy + Serialize + DeserializeOwned {
    /// Its name in safetensors, such as `F32`.
    const DTYPE: &'static str;
    /// Its size in bytes.
    const BYTES: usize;

    /// Writes numbers behind each other.
    fn put(numbers: &[Self], bytes: &mut Vec<u8>);

    /// Reads as many numbers as there are.
    fn take<A: FromIterator<Self>>(bytes: &[u8]) -> A;
}

macro_rules! numbers {
    ($($number:ty = $dtype:literal),*) => {$(
        impl Number for $number {
            const DTYPE: &'static str = $dtype;
            const BYTES: usize = size_of::<Self>();

            fn put(numbers: &[Self], bytes: &mut Vec<u8>) {
                bytes.reserve(size_of_val(numbers));
                for number in numbers {
                    bytes.extend_from_slice(&number.to_le_bytes());
                }
            }

            fn take<A: FromIterator<Self>>(bytes: &[u8]) -> A {
                let (numbers, _) = bytes.as_chunks::<{ size_of::<Self>() }>();
                numbers.iter().map(|bytes| Self::from_le_bytes(*bytes)).collect()
            }
        }
    )*};
}

numbers!(u8 = "U8", u16 = "U16", u32 = "U32", u64 = "U64", i64 = "I64", f32 = "F32", f64 = "F64");

/// Places of things, which are numbers of 64 bits in a body.
impl Number for usize {
    const DTYPE: &'static str = "U64";
    const BYTES: usize = 8;

    fn put(numbers: &[Self], bytes: &mut Vec<u8>) {
        for number in numbers {
            bytes.extend_from_slice(&(*number as u64).to_le_bytes());
        }
    }

    fn take<A: FromIterator<Self>>(bytes: &[u8]) -> A {
        let (numbers, _) = bytes.as_chunks::<8>();
        numbers.iter().map(|bytes| u64::from_le_bytes(*bytes) as Self).collect()
    }
}

/// What is true and what is not, a byte each.
impl Number for bool {
    const DTYPE: &'static str = "BOOL";
    const BYTES: usize = 1;

    fn put(numbers: &[Self], bytes: &mut Vec<u8>) {
        bytes.extend(numbers.iter().map(|number| u8::from(*number)));
    }

    fn take<A: FromIterator<Self>>(bytes: &[u8]) -> A {
        bytes.iter().map(|byte| *byte != 0).collect()
    }
}

/// Where an array lies in the body.
#[derive(Serialize, Deserialize)]
struct BodyRange {
    dtype: String,
    shape: [usize; 1],
    data_offsets: [usize; 2],
}

/// An array as it may be written.
#[derive(Deserialize)]
#[serde(untagged, bound = "T: Number")]
enum WrittenArray<T: Number> {
    InBody(BodyRange),
    Plain(Vec<T>),
}

/// Writes an array.
///
/// # Errors
/// If the frame has more than [`MOST_ARRAYS`].
pub fn serialize<T: Number, A: AsRef<[T]>, S: Serializer>(
    array: &A,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let numbers = array.as_ref();
    let view = BODY.with_borrow_mut(|body| {
        let body = body.as_mut()?;
        body.arrays += 1;
        if body.arrays > MOST_ARRAYS {
            return Some(Err(S::Error::custom(say!(
                "stream-a-frame-holds-more-than",
                most_arrays = MOST_ARRAYS
            ))));
        }
        let start = body.bytes.len().next_multiple_of(ALIGNED);
        body.bytes.resize(start, 0);
        T::put(numbers, &mut body.bytes);
        let data_offsets = [start, body.bytes.len()];
        Some(Ok(BodyRange { dtype: T::DTYPE.to_owned(), shape: [numbers.len()], data_offsets }))
    });
    match view {
        Some(view) => view?.serialize(serializer),
        None => serializer.collect_seq(numbers),
    }
}

/// Reads an array.
///
/// # Errors
/// If it is of another type, or does not lie in the body with the length that it says.
pub fn deserialize<'de, T, A, D>(deserializer: D) -> Result<A, D::Error>
where
    T: Number,
    A: FromIterator<T> + AsRef<[T]>,
    D: Deserializer<'de>,
{
    let BodyRange { dtype, shape: [count], data_offsets: [start, end] } =
        match WrittenArray::<T>::deserialize(deserializer)? {
            WrittenArray::InBody(view) => view,
            WrittenArray::Plain(numbers) => return Ok(numbers.into_iter().collect()),
        };
    if dtype != T::DTYPE {
        return Err(D::Error::custom(say!(
            "stream-an-array-is-of-instead",
            dtype,
            dtype2 = T::DTYPE
        )));
    }
    BODY.with_borrow_mut(|body| {
        let body =
            body.as_mut().ok_or_else(|| D::Error::custom(say!("stream-an-array-lies-in-no")))?;
        body.arrays += 1;
        if body.arrays > MOST_ARRAYS {
            return Err(D::Error::custom(say!(
                "stream-a-frame-holds-more-than",
                most_arrays = MOST_ARRAYS
            )));
        }
        let bytes = body.bytes.get(start..end).ok_or_else(|| {
            D::Error::custom(say!(
                "stream-an-array-lies-from-byte",
                start,
                end,
                bytes_count = body.bytes.len()
            ))
        })?;
        if count.checked_mul(T::BYTES) != Some(bytes.len()) {
            return Err(D::Error::custom(say!(
                "stream-an-array-of-has-bytes",
                count,
                dtype,
                bytes_count = bytes.len()
            )));
        }
        Ok(T::take(bytes))
    })
}
