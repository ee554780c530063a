//! The weights of a network of Keras, as HDF5 has them.

use hdf5_pure::{AttrValue, DType, Dataset, Datatype, DatatypeByteOrder, File, Layout};

use super::Fault;
use crate::network::{MOST_NUMBERS, onnx::Array};

/// The weights of all layers.
pub(super) struct Weights {
    file: File,
    /// How many numbers may still be read.
    left: usize,
}

impl Weights {
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, Fault> {
        let file = File::from_bytes(bytes);
        let file = file.map_err(|_| Fault::new(phrase!("keras-its-model-weights-h5-is")))?;
        Ok(Self { file, left: MOST_NUMBERS })
    }

    /// Whether the weights at this place are those of a layer of this name, as newer versions of Keras note there.
    pub(super) fn belong(&self, place: &str, name: &str) -> bool {
        let group = self.file.group(&format!("{place}/vars"));
        match group.and_then(|group| group.attrs()).as_ref().map(|of| of.get("name")) {
            Ok(Some(AttrValue::VarLenString(called))) => called == name,
            _ => true,
        }
    }

    /// One array of the layer at this place.
    pub(super) fn array(&mut self, place: &str, at: usize) -> Result<Array, Fault> {
        let place = format!("{place}/vars/{at}");
        let found = self.file.dataset(&place);
        let found = found.map_err(|_| Fault::new(phrase!("keras-its-weights-have-no", place)))?;
        let array = self.numbers(&found).map_err(|fault| fault.of(format!("“{place}”")))?;
        self.left -= array.len();
        Ok(array)
    }

    fn numbers(&self, of: &Dataset) -> Result<Array, Fault> {
        let damaged = |_| Fault::new(phrase!("keras-the-weights-are-damaged"));
        let sizes = of.shape().map_err(damaged)?;
        let mut dims = Vec::with_capacity(sizes.len());
        let mut count = 1_usize;
        for size in sizes {
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            dims.push(size);
            count =
                count.checked_mul(size).filter(|count| *count <= self.left).ok_or_else(|| {
                    Fault::new(phrase!(
                        "keras-the-network-has-more-than",
                        most_numbers = MOST_NUMBERS
                    ))
                })?;
        }
        let little = matches!(
            of.datatype().map_err(damaged)?,
            Datatype::FloatingPoint { byte_order: DatatypeByteOrder::LittleEndian, .. }
        );
        let width = match of.dtype().map_err(damaged)? {
            DType::F32 if little => 4,
            DType::F64 if little => 8,
            _ => return Err(Fault::new(phrase!("keras-its-numbers-are-not-of"))),
        };
        // The places of numbers are all that is taken from the library, so that no file makes it read more than there is.
        let Layout::Contiguous { address: Some(address), size } = of.layout().map_err(damaged)?
        else {
            return Err(Fault::new(phrase!("keras-its-numbers-lie-apart-or")));
        };
        let from = usize::try_from(address).ok();
        let bytes = from.and_then(|from| self.file.as_bytes().get(from..)?.get(..count * width));
        let bytes = bytes.filter(|bytes| bytes.len() as u64 == size);
        let bytes = bytes.ok_or_else(|| Fault::new(phrase!("keras-the-weights-are-cut-short")))?;
        let cells = match width {
            4 => bytes.as_chunks().0.iter().map(|cell| f32::from_le_bytes(*cell)).collect(),
            _ => bytes.as_chunks().0.iter().map(|cell| f64::from_le_bytes(*cell) as f32).collect(),
        };
        Ok(Array::singles(dims, cells))
    }
}
