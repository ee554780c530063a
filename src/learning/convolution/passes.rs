//! The three passes of a convolution: what it makes of its input, and the gradients by its input and by its weights, each
//! as multiplications with the matrix of patches.
//!
//! Images and channels are dealt out to the threads in pieces whose sizes depend on the convolution alone, and sums over
//! pieces are taken in their order: any number of threads gives the same bits.

use std::{cell::RefCell, ops::Range};

use rayon::prelude::*;

use super::{
    layout::Layout,
    multiply::{Rows, SLACK, dot, multiply},
};

/// Rows of the matrix of patches that are worked on at once: of the way there, and of both ways back.
const PATCHES: usize = 384;
const PATCHES_BACK: usize = 72;
/// Pieces that the gradient of weights is dealt out in, if the batch allows.
const PIECES: usize = 16;

/// Buffers of a thread.
#[derive(Default)]
struct Scratch {
    laid: Vec<f32>,
    patches: Vec<f32>,
    sums: Vec<f32>,
    spread: Vec<f32>,
    panel: Vec<f32>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
    /// Weights that lie differently: as many numbers as the largest convolution has, kept, since fresh memory costs more
    /// than to fill it.
    static TURNED: RefCell<Vec<f32>> = RefCell::default();
}

/// Lends room for so many weights, of which nobody knows what they are.
fn with_turned<R>(count: usize, with: impl FnOnce(&mut [f32]) -> R) -> R {
    let mut turned = TURNED.take();
    let made = with(room(&mut turned, count));
    TURNED.set(turned);
    made
}

/// So many zeros.
fn zeros(buffer: &mut Vec<f32>, count: usize) -> &mut [f32] {
    buffer.clear();
    buffer.resize(count, 0.0);
    buffer
}

/// So many numbers of which nobody knows what they are.
fn room(buffer: &mut Vec<f32>, count: usize) -> &mut [f32] {
    if buffer.len() < count {
        buffer.resize(count, 0.0);
    }
    &mut buffer[..count]
}

/// Pieces of so many channels, the last one may have fewer.
fn pieces(channels: usize, of: usize) -> impl Iterator<Item = Range<usize>> + Clone {
    let of = of.max(1);
    (0..channels).step_by(of).map(move |first| first..(first + of).min(channels))
}

/// Where rows of a length begin.
fn rows(count: usize, length: usize) -> Vec<usize> {
    (0..count).map(|row| row * length).collect()
}

impl Layout {
    fn channels(&self) -> usize {
        self.groups * self.inputs
    }

    fn filters(&self) -> usize {
        self.groups * self.outputs
    }

    /// Lays out channels of some images, image after image; `images` holds all channels of them.
    fn laid<'a>(
        &self,
        images: &[f32],
        channels: Range<usize>,
        buffer: &'a mut Vec<f32>,
    ) -> &'a mut [f32] {
        let (one, of_image) = (self.of_channel(), self.channels() * self.of_channel());
        let length = channels.len() * self.plane();
        let laid = zeros(buffer, images.len() / of_image * length + SLACK);
        for (image, laid) in images.chunks_exact(of_image).zip(laid.chunks_exact_mut(length)) {
            self.lay_out(&image[channels.start * one..channels.end * one], laid);
        }
        laid
    }

    /// The matrix of patches of channels that are laid out, gathered if need be.
    fn patches<'a>(
        &self,
        laid: &'a [f32],
        channels: usize,
        buffer: &'a mut Vec<f32>,
    ) -> (&'a [f32], Vec<usize>) {
        if self.gathers {
            let images = (laid.len() - SLACK) / (self.plane() * channels);
            let (count, width) = (channels * self.taps.len(), images * self.of_output());
            let patches = room(buffer, count * width + SLACK);
            self.gather(laid, channels, patches);
            (patches, rows(count, width))
        } else {
            let plane = self.plane();
            let starts = (0..channels)
                .flat_map(|channel| self.taps.iter().map(move |tap| channel * plane + tap));
            (laid, starts.collect())
        }
    }

    /// Filters of a group of some images as rows over all their positions; gaps are zeros.
    fn spread_out<'a>(
        &self,
        outputs: &[f32],
        filters: Range<usize>,
        buffer: &'a mut Vec<f32>,
    ) -> &'a mut [f32] {
        let (one, positions) = (self.of_output(), self.positions());
        let images = outputs.len() / (self.filters() * one);
        let width = images * positions;
        let spread = zeros(buffer, filters.len() * width + SLACK);
        for (image, outputs) in outputs.chunks_exact(self.filters() * one).enumerate() {
            let outputs = outputs[filters.start * one..filters.end * one].chunks_exact(one);
            for (filter, outputs) in outputs.enumerate() {
                let at = filter * width + image * positions;
                self.spread(outputs, &mut spread[at..at + positions]);
            }
        }
        spread
    }
}

/// What a convolution makes of its input.
///
/// # Shapes
/// input `[batch, channels, rows, columns]`, weights `[filters, channels / groups, rows, columns]`, biases `[filters]` →
/// `[batch, filters, rows, columns]`
pub(super) fn forward(
    layout: &Layout,
    input: &[f32],
    weights: &[f32],
    biases: Option<&[f32]>,
) -> Vec<f32> {
    let (one, taps) = (layout.of_output(), layout.taps.len());
    let of_filter = layout.inputs * taps;
    let mut output = vec![0.0; layout.batch * layout.filters() * one];
    let images = input.par_chunks(layout.together * layout.channels() * layout.of_channel());
    let outputs = output.par_chunks_mut(layout.together * layout.filters() * one);
    images.zip(outputs).for_each(|(images, outputs)| {
        SCRATCH.with_borrow_mut(|scratch| {
            let Scratch { laid, patches, sums, panel, .. } = scratch;
            let count = outputs.len() / (layout.filters() * one);
            let width = count * layout.positions();
            for group in 0..layout.groups {
                let sums = room(sums, layout.outputs * width);
                let filters = group * layout.outputs..(group + 1) * layout.outputs;
                if let Some(biases) = biases {
                    for (sums, bias) in sums.chunks_exact_mut(width).zip(&biases[filters.clone()]) {
                        sums.fill(*bias);
                    }
                }
                for channels in pieces(layout.inputs, PATCHES / taps) {
                    let first = group * layout.inputs;
                    let laid =
                        layout.laid(images, first + channels.start..first + channels.end, laid);
                    let (numbers, starts) = layout.patches(laid, channels.len(), patches);
                    let factors: Vec<usize> = filters
                        .clone()
                        .map(|filter| filter * of_filter + channels.start * taps)
                        .collect();
                    let left = Rows { numbers: weights, starts: &factors };
                    let fresh = biases.is_none() && channels.start == 0;
                    let right = Rows { numbers, starts: &starts };
                    multiply(left, right, width, (sums, fresh), panel);
                }
                for (image, outputs) in outputs.chunks_exact_mut(layout.filters() * one).enumerate()
                {
                    let outputs = outputs.chunks_exact_mut(one).skip(filters.start);
                    for (sums, outputs) in sums.chunks_exact(width).zip(outputs) {
                        layout.strip(&sums[image * layout.positions()..], outputs);
                    }
                }
            }
        });
    });
    output
}

/// The gradient by the input of that by the output, in the shape of the input.
pub(super) fn by_input(layout: &Layout, weights: &[f32], gradient: &[f32]) -> Vec<f32> {
    with_turned(weights.len(), |turned| by_input_with(layout, weights, gradient, turned))
}

fn by_input_with(
    layout: &Layout,
    weights: &[f32],
    gradient: &[f32],
    turned: &mut [f32],
) -> Vec<f32> {
    let (one, taps) = (layout.of_output(), layout.taps.len());
    let of_filter = layout.inputs * taps;
    if let Some(convolution) = layout.turned() {
        turned.par_chunks_mut(layout.outputs * taps).enumerate().for_each(|(at, turned)| {
            let (group, channel) = (at / layout.inputs, at % layout.inputs);
            let filters = weights.chunks_exact(of_filter).skip(group * layout.outputs);
            for (turned, filter) in turned.chunks_exact_mut(taps).zip(filters) {
                let filter = &filter[channel * taps..(channel + 1) * taps];
                for (turned, weight) in turned.iter_mut().zip(filter.iter().rev()) {
                    *turned = *weight;
                }
            }
        });
        return forward(&convolution, gradient, turned, None);
    }
    // Of each group a row for each tap of each channel: what the filters do there.
    let of_group = layout.outputs * of_filter;
    for (from, to) in weights.chunks_exact(of_group).zip(turned.chunks_exact_mut(of_group)) {
        transpose_on_all(from, of_filter, to);
    }
    let turned = &*turned;
    let mut found = vec![0.0; layout.batch * layout.channels() * layout.of_channel()];
    let images = found.par_chunks_mut(layout.together * layout.channels() * layout.of_channel());
    let gradients = gradient.par_chunks(layout.together * layout.filters() * one);
    images.zip(gradients).for_each(|(images, gradients)| {
        SCRATCH.with_borrow_mut(|scratch| {
            let Scratch { laid, sums, spread, panel, .. } = scratch;
            let count = gradients.len() / (layout.filters() * one);
            let width = count * layout.positions();
            for group in 0..layout.groups {
                let filters = group * layout.outputs..(group + 1) * layout.outputs;
                let numbers = &*layout.spread_out(gradients, filters, spread);
                let starts = rows(layout.outputs, width);
                for channels in pieces(layout.inputs, PATCHES_BACK / taps) {
                    let high = channels.len() * taps;
                    let factors: Vec<usize> = (0..high)
                        .map(|at| (group * of_filter + channels.start * taps + at) * layout.outputs)
                        .collect();
                    let left = Rows { numbers: turned, starts: &factors };
                    let sums = room(sums, high * width);
                    let right = Rows { numbers, starts: &starts };
                    multiply(left, right, width, (sums, true), panel);
                    let length = channels.len() * layout.plane();
                    let laid = zeros(laid, count * length + SLACK);
                    layout.scatter(sums, channels.len(), laid);
                    let (one, first) = (layout.of_channel(), group * layout.inputs);
                    let images = images.chunks_exact_mut(layout.channels() * one);
                    for (image, laid) in images.zip(laid.chunks_exact(length)) {
                        let (from, to) = (first + channels.start, first + channels.end);
                        layout.take_back(laid, &mut image[from * one..to * one]);
                    }
                }
            }
        });
    });
    found
}

/// The gradient by the weights of that by the output, in the shape of the weights.
pub(super) fn by_weights(layout: &Layout, input: &[f32], gradient: &[f32]) -> Vec<f32> {
    let taps = layout.taps.len();
    let of_filter = layout.inputs * taps;
    let of_group = layout.outputs * of_filter;
    let (of_image, of_outputs) =
        (layout.channels() * layout.of_channel(), layout.filters() * layout.of_output());
    let few = layout.outputs < 4;
    // What is worked on at once, as rows of positions, or position after position where there are many filters.
    let together = layout.together;
    let spread: Vec<Vec<f32>> = gradient
        .par_chunks(together * of_outputs)
        .flat_map_iter(|gradients| {
            (0..layout.groups).map(move |group| {
                let filters = group * layout.outputs..(group + 1) * layout.outputs;
                let mut rows = Vec::new();
                let length = layout.spread_out(gradients, filters, &mut rows).len() - SLACK;
                if few {
                    return rows;
                }
                let mut columns = vec![0.0; length + SLACK];
                transpose(&rows[..length], length / layout.outputs, &mut columns[..length]);
                columns
            })
        })
        .collect();
    let pieces_of: Vec<Range<usize>> = pieces(layout.inputs, PATCHES_BACK / taps).collect();
    let steps = layout.batch.div_ceil(together);
    // Images are dealt out only where there are few channels.
    let spans = (PIECES / (layout.groups * pieces_of.len())).clamp(1, steps);
    let of_span = steps.div_ceil(spans);
    let tasks: Vec<(usize, &Range<usize>, usize)> = (0..layout.groups)
        .flat_map(|group| pieces_of.iter().map(move |channels| (group, channels)))
        .flat_map(|(group, channels)| {
            (0..steps).step_by(of_span).map(move |first| (group, channels, first))
        })
        .collect();
    let shares: Vec<Vec<f32>> = tasks
        .par_iter()
        .map(|&(group, channels, first)| {
            let high = channels.len() * taps;
            let mut sums = vec![0.0; high * layout.outputs];
            SCRATCH.with_borrow_mut(|scratch| {
                let Scratch { laid, patches, panel, .. } = scratch;
                for step in first..(first + of_span).min(steps) {
                    let Some(spread) = spread.get(step * layout.groups + group) else { continue };
                    let from = step * together * of_image;
                    let images = &input[from..(from + together * of_image).min(input.len())];
                    let begin = group * layout.inputs;
                    let laid =
                        layout.laid(images, begin + channels.start..begin + channels.end, laid);
                    let (numbers, starts) = layout.patches(laid, channels.len(), patches);
                    let width = (spread.len() - SLACK) / layout.outputs;
                    if few {
                        for (start, sums) in starts.iter().zip(sums.chunks_mut(layout.outputs)) {
                            let patches = &numbers[*start..start + width];
                            for (sum, gradients) in sums.iter_mut().zip(spread.chunks_exact(width))
                            {
                                *sum += dot(patches, gradients);
                            }
                        }
                    } else {
                        let right = Rows { numbers: spread, starts: &rows(width, layout.outputs) };
                        let left = Rows { numbers, starts: &starts };
                        multiply(left, right, layout.outputs, (&mut sums, false), panel);
                    }
                }
            });
            let mut turned = vec![0.0; sums.len()];
            transpose(&sums, layout.outputs, &mut turned);
            turned
        })
        .collect();
    let mut found = vec![0.0; layout.groups * of_group];
    found.par_chunks_mut(of_filter).enumerate().for_each(|(filter, found)| {
        let (group, filter) = (filter / layout.outputs, filter % layout.outputs);
        for (&(of, channels, _), share) in tasks.iter().zip(&shares) {
            if of == group {
                let high = channels.len() * taps;
                let share = &share[filter * high..(filter + 1) * high];
                let found = &mut found[channels.start * taps..channels.end * taps];
                for (found, share) in found.iter_mut().zip(share) {
                    *found += share;
                }
            }
        }
    });
    found
}

/// Side of the squares that a matrix is turned in.
const SQUARE: usize = 16;

/// A matrix with rows of this length, turned: rows become columns.
fn transpose(from: &[f32], length: usize, to: &mut [f32]) {
    let count = from.len() / length.max(1);
    for (at, to) in to.chunks_mut(SQUARE * count).enumerate() {
        transpose_columns(from, length, at * SQUARE, to);
    }
}

/// The same on all threads.
fn transpose_on_all(from: &[f32], length: usize, to: &mut [f32]) {
    let count = from.len() / length.max(1);
    let parts = to.par_chunks_mut(SQUARE * count).enumerate();
    parts.for_each(|(at, to)| transpose_columns(from, length, at * SQUARE, to));
}

/// Some columns of a matrix, from the first on, as rows.
fn transpose_columns(from: &[f32], length: usize, first: usize, to: &mut [f32]) {
    let count = from.len() / length.max(1);
    let columns = to.len() / count.max(1);
    for top in (0..count).step_by(SQUARE) {
        for column in 0..columns {
            let mut at = top * length + first + column;
            for to in &mut to[column * count + top..column * count + (top + SQUARE).min(count)] {
                *to = from[at];
                at += length;
            }
        }
    }
}
