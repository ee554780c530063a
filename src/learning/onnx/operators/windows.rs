//! Windows that convolutions and poolings move over what they read: their sizes, steps, pads and places.

use crate::{
    learning::onnx::{node::Settings, value::fits},
    network::{Fault, onnx::Node},
};

/// Settings of windows, as a node has them.
#[derive(Clone, Debug)]
pub(super) struct Windows {
    kernel: Option<Vec<usize>>,
    strides: Option<Vec<usize>>,
    dilations: Option<Vec<usize>>,
    pads: Option<Vec<i64>>,
    auto_pad: String,
    pub(super) rounds_up: bool,
}

/// Windows on what has these dimensions.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) kernel: Vec<usize>,
    pub(super) strides: Vec<usize>,
    pub(super) dilations: Vec<usize>,
    /// Before and behind, for each dimension.
    pub(super) pads: Vec<(usize, usize)>,
    /// How many windows lie along each dimension.
    pub(super) made: Vec<usize>,
}

impl Windows {
    pub(super) fn read(settings: &mut Settings) -> Result<Self, Fault> {
        let windows = Self {
            kernel: settings.sizes("kernel_shape")?,
            strides: settings.sizes("strides")?,
            dilations: settings.sizes("dilations")?,
            pads: settings.ints("pads")?,
            auto_pad: settings.text("auto_pad", "NOTSET")?,
            rounds_up: settings.yes("ceil_mode", false)?,
        };
        let known = ["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"];
        if !known.contains(&windows.auto_pad.as_str()) {
            return Err(Fault::new(phrase!(
                "onnx-its-auto-pad-is-not",
                auto_pad = windows.auto_pad
            )));
        }
        let steps = [&windows.strides, &windows.dilations, &windows.kernel];
        if steps.into_iter().flatten().flatten().any(|step| *step == 0) {
            return Err(Fault::new(phrase!("onnx-its-windows-have-a-size")));
        }
        Ok(windows)
    }

    /// Whether pads follow from the size.
    pub(super) fn same(&self) -> bool {
        self.auto_pad.starts_with("SAME")
    }

    /// Strides and dilations of so many dimensions.
    pub(super) fn steps(&self, rank: usize) -> Result<(Vec<usize>, Vec<usize>), Fault> {
        let of = |steps: &Option<Vec<usize>>| match steps {
            Some(steps) if steps.len() == rank => Ok(steps.clone()),
            Some(steps) => Err(Fault::new(phrase!(
                "onnx-its-steps-are-not",
                steps = format_args!("{:?}", steps),
                rank
            ))),
            None => Ok(vec![1; rank]),
        };
        Ok((of(&self.strides)?, of(&self.dilations)?))
    }

    /// So many pads, the odd one where `auto_pad` wants it.
    pub(super) fn shared(&self, total: i64) -> (i64, i64) {
        let half = total.div_euclid(2);
        if self.auto_pad == "SAME_UPPER" { (half, total - half) } else { (total - half, half) }
    }

    pub(super) fn pads_at(&self, at: usize, rank: usize) -> (i64, i64) {
        let pad = |at: usize| {
            self.pads.as_ref().filter(|_| self.auto_pad == "NOTSET").and_then(|all| all.get(at))
        };
        (pad(at).copied().unwrap_or(0), pad(at + rank).copied().unwrap_or(0))
    }

    /// On these dimensions; the size of a window is the setting's, or else `kernel`.
    pub(super) fn on(&self, space: &[usize], kernel: Option<&[usize]>) -> Result<Placed, Fault> {
        let rank = space.len();
        let kernel = self.kernel.as_deref().or(kernel).unwrap_or(&[]).to_vec();
        if kernel.len() != rank || !(1..=3).contains(&rank) {
            return Err(Fault::new(phrase!(
                "onnx-its-windows-do-not-fit",
                kernel = format_args!("{:?}", kernel),
                space = format_args!("{:?}", space)
            )));
        }
        let (strides, dilations) = self.steps(rank)?;
        let mut padded = Vec::with_capacity(rank);
        let mut pads = Vec::with_capacity(rank);
        let mut made = Vec::with_capacity(rank);
        for at in 0..rank {
            let (size, stride) = (space[at], strides[at]);
            let reach = dilations[at].saturating_mul(kernel[at].max(1) - 1).saturating_add(1);
            let (low, high) = if self.same() {
                let needed = (size.div_ceil(stride).max(1) - 1) * stride;
                let total = (needed + reach).saturating_sub(size) as i64;
                let (low, high) = self.shared(total);
                (low, high)
            } else {
                self.pads_at(at, rank)
            };
            let (Ok(low), Ok(high)) = (usize::try_from(low), usize::try_from(high)) else {
                return Err(Fault::new(phrase!("onnx-its-pads-are-below-zero")));
            };
            let room = size.saturating_add(low).saturating_add(high);
            let Some(left) = room.checked_sub(reach) else {
                return Err(Fault::new(phrase!(
                    "onnx-its-window-of-does-not",
                    kernel = format_args!("{:?}", kernel),
                    space = format_args!("{:?}", space)
                )));
            };
            let mut windows = left / stride + 1;
            // A window that begins in the pads behind is none.
            if self.rounds_up && !left.is_multiple_of(stride) && windows * stride < size + low {
                windows += 1;
            }
            pads.push((low, high));
            padded.push(room);
            made.push(windows);
        }
        fits(&padded)?;
        fits(&[made.as_slice(), &kernel].concat())?;
        Ok(Placed { kernel, strides, dilations, pads, made })
    }
}

impl Placed {
    /// For each window, for each of its cells, the place it lies on; `None` in the pads.
    pub(super) fn places(&self, space: &[usize]) -> Vec<Option<usize>> {
        let rank = space.len();
        let windows = grid(&self.made);
        let cells = grid(&self.kernel);
        let mut places = Vec::with_capacity(windows.len() * cells.len());
        for window in &windows {
            for cell in &cells {
                let place = (0..rank).try_fold(0, |place, at| {
                    let from = window[at] * self.strides[at] + cell[at] * self.dilations[at];
                    let from = from.checked_sub(self.pads[at].0)?;
                    (from < space[at]).then_some(place * space[at] + from)
                });
                places.push(place);
            }
        }
        places
    }

    /// For each window the number of its cells within what is read and, if wanted, its pads.
    pub(super) fn counts(&self, space: &[usize], with_pads: bool) -> Vec<usize> {
        let along = |at: usize| -> Vec<usize> {
            let (low, high) = self.pads[at];
            let (first, last) =
                if with_pads { (0, space[at] + low + high) } else { (low, low + space[at]) };
            (0..self.made[at])
                .map(|window| {
                    let places = (0..self.kernel[at])
                        .map(|cell| window * self.strides[at] + cell * self.dilations[at]);
                    places.filter(|place| (first..last).contains(place)).count()
                })
                .collect()
        };
        let mut counts = vec![1];
        for at in 0..space.len() {
            let next = along(at);
            counts =
                counts.iter().flat_map(|count| next.iter().map(move |next| count * next)).collect();
        }
        counts
    }
}

/// All places of these dimensions, the last one fastest.
fn grid(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for size in sizes {
        all = all
            .iter()
            .flat_map(|place: &Vec<usize>| {
                (0..*size).map(move |at| place.iter().copied().chain([at]).collect())
            })
            .collect();
    }
    all
}

/// How far windows reach along a dimension of what they read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Numbers from the first that a window reads to behind its last.
    pub size: usize,
    /// From one window to the next.
    pub step: usize,
    /// Numbers of the pad before the first.
    pub before: usize,
}

/// The reach of a node's windows along each dimension of this space, where its weights have so many numbers along each if
/// the node does not say; `None` where it has none that fit.
pub fn reach(node: &Node, opset: i64, space: &[usize], kernel: &[usize]) -> Option<Vec<Reach>> {
    let windows = Windows::read(&mut Settings::new(node, opset)).ok()?;
    let placed = windows.on(space, (!kernel.is_empty()).then_some(kernel)).ok()?;
    let along = placed.kernel.iter().zip(&placed.dilations).zip(&placed.strides).zip(&placed.pads);
    let reach = along.map(|(((kernel, dilation), step), (before, _))| Reach {
        size: (kernel.max(&1) - 1) * dilation + 1,
        step: *step,
        before: *before,
    });
    Some(reach.collect())
}
