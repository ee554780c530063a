//! Windows that convolutions and poolings move over maps: their pads, which Keras tells by a word, and how many there are.

use super::{Fault, builder::ints, settings::Settings};
use crate::{network::onnx::Attribute, sentence::shown};

/// Windows of a layer, rows before columns.
pub(super) struct Windows {
    pub(super) kernel: [usize; 2],
    pub(super) strides: [usize; 2],
    pub(super) dilations: [usize; 2],
    /// Whether maps are padded so that steps of one keep their size.
    pub(super) same: bool,
}

impl Windows {
    /// Of a convolution.
    pub(super) fn of_kernel(settings: Settings<'_>) -> Result<Self, Fault> {
        Ok(Self {
            kernel: settings.pair("kernel_size", [1; 2])?,
            strides: settings.pair("strides", [1; 2])?,
            dilations: settings.pair("dilation_rate", [1; 2])?,
            same: same(settings)?,
        })
    }

    /// Of a pooling.
    pub(super) fn of_pool(settings: Settings<'_>) -> Result<Self, Fault> {
        let kernel = settings.pair("pool_size", [2; 2])?;
        let strides = settings.pair("strides", kernel)?;
        Ok(Self { kernel, strides, dilations: [1; 2], same: same(settings)? })
    }

    /// How far a window reaches.
    pub(super) fn reach(&self, axis: usize) -> usize {
        (self.kernel[axis] - 1) * self.dilations[axis] + 1
    }

    /// Attributes of an operator on maps of this size, and the size of what it makes.
    pub(super) fn on(
        &self,
        space: [Option<usize>; 2],
    ) -> Result<([(&'static str, Attribute); 4], [Option<usize>; 2]), Fault> {
        let (mut low, mut high, mut made) = ([0; 2], [0; 2], [None; 2]);
        let mut by_size = false;
        for axis in 0..2 {
            let (reach, stride) = (self.reach(axis), self.strides[axis]);
            made[axis] = match (space[axis], self.same) {
                (size, true) => {
                    let count = size.map(|size| size.div_ceil(stride));
                    let needed = match (count.zip(size), stride) {
                        (Some((count, size)), _) => {
                            (count.max(1) - 1) * stride + reach
                                - size.min((count.max(1) - 1) * stride + reach)
                        }
                        (None, 1) => reach - 1,
                        (None, _) => {
                            by_size = true;
                            0
                        }
                    };
                    // The odd one lies behind.
                    (low[axis], high[axis]) = (needed / 2, needed - needed / 2);
                    count
                }
                (Some(size), false) => {
                    let left = size.checked_sub(reach).ok_or_else(|| {
                        Fault::new(phrase!("keras-its-window-reaches-but-is", reach, size))
                    })?;
                    Some(left / stride + 1)
                }
                (None, false) => None,
            };
        }
        let pads = if by_size {
            ("auto_pad", Attribute::Text("SAME_UPPER".to_owned()))
        } else {
            ("pads", ints(&[low, high].concat()))
        };
        let attributes = [
            ("kernel_shape", ints(&self.kernel)),
            ("strides", ints(&self.strides)),
            ("dilations", ints(&self.dilations)),
            pads,
        ];
        Ok((attributes, made))
    }
}

fn same(settings: Settings<'_>) -> Result<bool, Fault> {
    match settings.text("padding", "valid")? {
        "valid" => Ok(false),
        "same" => Ok(true),
        other => Err(Fault::new(phrase!("keras-its-padding-is-not-known", other = shown(other)))),
    }
}
