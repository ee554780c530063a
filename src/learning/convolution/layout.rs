//! Images laid out so that a tap of a filter is an offset: with their margins of zeros, and for strides above one taken
//! apart into phases, of which each holds every `stride`-th row and column.
//!
//! With that, what a tap reads for all outputs is a view of the buffer that begins at the tap's offset: a row of the
//! matrix of patches (im2col) that nobody needs to write. Its columns are the outputs, row by row, with gaps where a row
//! of a phase is longer than one of the outputs; where such gaps would be wide, patches are gathered without them.

use burn::tensor::ops::ConvOptions;

use super::multiply::SLACK;

/// Sizes of a convolution and of its layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) batch: usize,
    pub(super) groups: usize,
    /// Channels that an output reads: those of a group.
    pub(super) inputs: usize,
    /// Filters of a group.
    pub(super) outputs: usize,
    /// Rows and columns of a channel of the input.
    size: [usize; 2],
    /// Rows and columns of a channel of the output.
    pub(super) out: [usize; 2],
    stride: [usize; 2],
    /// Rows and columns of a filter.
    kernel: [usize; 2],
    options: ConvOptions<2>,
    /// Zeros above and to the left of an image.
    before: [usize; 2],
    /// Rows and columns of a phase.
    phase: [usize; 2],
    /// Where in the layout of a channel each tap begins.
    pub(super) taps: Vec<usize>,
    /// Whether patches are gathered.
    pub(super) gathers: bool,
    /// Images that are worked on at once; part of the result, since gradients of weights are grouped by it.
    pub(super) together: usize,
}

/// Columns of outputs up to which patches are gathered.
const NARROW: usize = 9;
/// Outputs of a channel that are worked on at once, if there are so many.
const ABREAST: usize = 64;
/// Numbers that are copied at once.
const STRIDE_OF_COPIES: usize = 8;

impl Layout {
    /// Of an input `[batch, channels, rows, columns]` and weights `[filters, channels / groups, rows, columns]`; none where
    /// they do not fit together or nothing comes out.
    pub(super) fn new(
        input: [usize; 4],
        weights: [usize; 4],
        options: &ConvOptions<2>,
    ) -> Option<Self> {
        let [batch, channels, rows, columns] = input;
        let [filters, inputs, down, across] = weights;
        let ConvOptions { stride, padding, dilation, groups } = options.clone();
        let (size, kernel) = ([rows, columns], [down, across]);
        let fits = groups > 0 && channels == inputs * groups && filters.is_multiple_of(groups);
        let some = [batch, inputs, filters, rows, columns, down, across];
        if !fits || some.contains(&0) || stride.contains(&0) || dilation.contains(&0) {
            return None;
        }
        let side = |side: usize| {
            let reach = (kernel[side] - 1) * dilation[side] + 1;
            let (before, after) = padding[side];
            let out = (size[side] + before + after).checked_sub(reach)? / stride[side] + 1;
            let needed = (out - 1) * stride[side] + reach;
            Some((out, needed.div_ceil(stride[side])))
        };
        let ((out_rows, phase_rows), (out_columns, phase_columns)) = (side(0)?, side(1)?);
        let gathers = out_columns <= NARROW && phase_columns > out_columns
            || out_rows * out_columns < ABREAST;
        let together = if gathers { ABREAST.div_ceil(out_rows * out_columns) } else { 1 };
        let mut layout = Self {
            batch,
            groups,
            inputs,
            outputs: filters / groups,
            size,
            out: [out_rows, out_columns],
            stride,
            kernel,
            options: options.clone(),
            before: [padding[0].0, padding[1].0],
            phase: [phase_rows, phase_columns],
            taps: Vec::with_capacity(down * across),
            gathers,
            together: together.min(batch),
        };
        for row in 0..down {
            for column in 0..across {
                let tap = layout.place(row * dilation[0], column * dilation[1]);
                layout.taps.push(tap);
            }
        }
        Some(layout)
    }

    /// The convolution of the gradient by the output that gives the one by the input: with filters that are turned around,
    /// and what is left of the margins. None where it strides or pads by more than its filters reach.
    pub(super) fn turned(&self) -> Option<Self> {
        let mut options = self.options.clone();
        for (side, (before, after)) in options.padding.iter_mut().enumerate() {
            let reach = (self.kernel[side] - 1) * options.dilation[side];
            *before = reach.checked_sub(*before)?;
            *after = reach.checked_sub(*after)?;
        }
        let filters = self.groups * self.outputs;
        let [down, across] = self.kernel;
        let input = [self.batch, filters, self.out[0], self.out[1]];
        let weights = [self.groups * self.inputs, self.outputs, down, across];
        let turned = Self::new(input, weights, &options)?;
        (self.stride == [1, 1] && turned.out == self.size).then_some(turned)
    }

    /// Numbers of a channel of the input.
    pub(super) fn of_channel(&self) -> usize {
        self.size[0] * self.size[1]
    }

    /// Numbers of a channel of the output.
    pub(super) fn of_output(&self) -> usize {
        self.out[0] * self.out[1]
    }

    /// Numbers of a channel as it is laid out.
    pub(super) fn plane(&self) -> usize {
        self.stride[0] * self.stride[1] * self.phase[0] * self.phase[1]
    }

    /// Columns of the matrix of patches that an image takes, gaps included.
    pub(super) fn positions(&self) -> usize {
        if self.gathers {
            self.of_output()
        } else {
            (self.out[0] - 1) * self.phase[1] + self.out[1]
        }
    }

    /// From one row of outputs to the next in the columns of the matrix of patches.
    fn pitch(&self) -> usize {
        if self.gathers { self.out[1] } else { self.phase[1] }
    }

    /// Where a row and column of the image with its margins lie.
    fn place(&self, row: usize, column: usize) -> usize {
        let ([down, across], [rows, columns]) = (self.stride, self.phase);
        let phase = row % down * across + column % across;
        (phase * rows + row / down) * columns + column / across
    }

    /// Calls with each row of each phase: where what it holds of the image begins in the layout, in which row and with
    /// which column of the image.
    fn each_row(&self, mut call: impl FnMut(usize, usize, usize)) {
        let ([down, across], [top, left]) = (self.stride, self.before);
        for row in 0..self.size[0] {
            for phase in 0..across {
                // The first column of the image in this phase.
                let column = (phase + across - left % across) % across;
                let place = self.place(row + top, column + left);
                let fits = (row + top) / down < self.phase[0];
                if fits && column < self.size[1] && (column + left) / across < self.phase[1] {
                    call(place, row, column);
                }
            }
        }
    }

    /// How many columns of the image, every `stride`-th from this on, lie in the layout.
    fn columns_from(&self, column: usize) -> usize {
        let all = (self.size[1] - column).div_ceil(self.stride[1]);
        all.min(self.phase[1] - (column + self.before[1]) / self.stride[1])
    }

    /// Lays out channels, one after the other.
    pub(super) fn lay_out(&self, channels: &[f32], laid: &mut [f32]) {
        let across = self.stride[1];
        let planes = laid.chunks_exact_mut(self.plane());
        for (channel, plane) in channels.chunks_exact(self.of_channel()).zip(planes) {
            self.each_row(|place, row, column| {
                let count = self.columns_from(column);
                let from = &channel[row * self.size[1] + column..(row + 1) * self.size[1]];
                let to = &mut plane[place..place + count];
                if across == 1 {
                    to.copy_from_slice(&from[..count]);
                } else {
                    for (to, from) in to.iter_mut().zip(from.iter().step_by(across)) {
                        *to = *from;
                    }
                }
            });
        }
    }

    /// The way back of [`lay_out`](Self::lay_out); what no output reads stays as it is.
    pub(super) fn take_back(&self, laid: &[f32], channels: &mut [f32]) {
        let across = self.stride[1];
        let planes = laid.chunks_exact(self.plane());
        for (channel, plane) in channels.chunks_exact_mut(self.of_channel()).zip(planes) {
            self.each_row(|place, row, column| {
                let from = &plane[place..place + self.columns_from(column)];
                let to = &mut channel[row * self.size[1] + column..(row + 1) * self.size[1]];
                for (to, from) in to.iter_mut().step_by(across).zip(from) {
                    *to = *from;
                }
            });
        }
    }

    /// Gathers what taps read of images that are laid out: `[channels × taps, images × outputs]`.
    ///
    /// `laid` is images × channels × [`plane`](Self::plane); both buffers have [`SLACK`] more numbers.
    pub(super) fn gather(&self, laid: &[f32], channels: usize, patches: &mut [f32]) {
        let [rows, columns] = self.out;
        let images = (laid.len() - SLACK) / (self.plane() * channels);
        let width = images * rows * columns;
        let all = (0..channels).flat_map(|channel| self.taps.iter().map(move |tap| (channel, tap)));
        for (to, (channel, tap)) in all.enumerate() {
            for image in 0..images {
                let from = (image * channels + channel) * self.plane() + tap;
                let to = to * width + image * rows * columns;
                for row in 0..rows {
                    let (from, to) = (from + row * self.phase[1], to + row * columns);
                    // Whole pieces are copied; what is too much of the last is overwritten by what comes after it.
                    for piece in (0..columns).step_by(STRIDE_OF_COPIES) {
                        let from = &laid[from + piece..from + piece + STRIDE_OF_COPIES];
                        patches[to + piece..to + piece + STRIDE_OF_COPIES].copy_from_slice(from);
                    }
                }
            }
        }
    }

    /// Adds what taps gave to the places that they read: the way back of [`gather`](Self::gather), or of views.
    pub(super) fn scatter(&self, patches: &[f32], channels: usize, laid: &mut [f32]) {
        let [rows, columns] = self.out;
        let images = (laid.len() - SLACK) / (self.plane() * channels);
        let positions = self.positions();
        // Without gathering, all rows of an image are one, gaps included.
        let (rows, columns) = if self.gathers { (rows, columns) } else { (1, positions) };
        let mut patches = patches.chunks_exact(columns);
        for channel in 0..channels {
            for tap in &self.taps {
                for image in 0..images {
                    let to = (image * channels + channel) * self.plane() + tap;
                    for (row, patches) in (0..rows).zip(&mut patches) {
                        let to = to + row * self.phase[1];
                        for (to, patch) in laid[to..to + columns].iter_mut().zip(patches) {
                            *to += patch;
                        }
                    }
                }
            }
        }
    }

    /// Spreads a channel of outputs over the columns of the matrix of patches; gaps stay as they are.
    pub(super) fn spread(&self, outputs: &[f32], positions: &mut [f32]) {
        let rows = outputs.chunks_exact(self.out[1]);
        for (from, to) in rows.zip(positions.chunks_mut(self.pitch())) {
            to[..self.out[1]].copy_from_slice(from);
        }
    }

    /// Takes a channel of outputs out of the columns of the matrix of patches.
    pub(super) fn strip(&self, positions: &[f32], outputs: &mut [f32]) {
        let rows = outputs.chunks_exact_mut(self.out[1]);
        for (to, from) in rows.zip(positions.chunks(self.pitch())) {
            to.copy_from_slice(&from[..self.out[1]]);
        }
    }
}
