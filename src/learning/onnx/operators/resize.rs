//! Maps of another size: for each new place shares of old ones, axis by axis, as a matrix.
//!
//! Modes, coordinates and coefficients are those of <https://onnx.ai/onnx/operators/onnx__Resize.html>; the cubic
//! coefficients are Keys' (IEEE ASSP 29, 1981).

use burn::backend::{Dispatch, ops::FloatTensorOps as _};

use super::{Made, one};
use crate::{
    learning::onnx::{
        node::{Reads, Settings},
        value::{Value, axis, constant, dims, fits, mask, reshaped, strides, walked},
    },
    network::Fault,
};

/// How new places lie among old ones, and what they take of them.
struct Resize {
    mode: String,
    coordinates: String,
    nearest: String,
    cubic: f64,
    excludes_outside: bool,
    antialias: bool,
    outside: f64,
    axes: Option<Vec<i64>>,
    policy: String,
    /// Before opset 11: scales were the second input, and places counted from their corners.
    old: bool,
    scales: Option<Vec<f32>>,
}

/// One axis that changes.
struct Axis {
    old: usize,
    new: usize,
    scale: f64,
    /// The part of the old one that is taken, from 0 to 1.
    region: [f64; 2],
}

pub(super) fn resize(settings: &mut Settings) -> Result<Made, Fault> {
    let old = settings.opset < 11;
    let resize = Resize {
        mode: settings.text("mode", "nearest")?,
        coordinates: settings.text(
            "coordinate_transformation_mode",
            if old { "asymmetric" } else { "half_pixel" },
        )?,
        nearest: settings.text("nearest_mode", if old { "floor" } else { "round_prefer_floor" })?,
        cubic: settings.float("cubic_coeff_a", -0.75)?,
        excludes_outside: settings.yes("exclude_outside", false)?,
        antialias: settings.yes("antialias", false)?,
        outside: settings.float("extrapolation_value", 0.0)?,
        axes: settings.ints("axes")?,
        policy: settings.text("keep_aspect_ratio_policy", "stretch")?,
        old,
        scales: match settings.take("scales") {
            Some(crate::network::onnx::Attribute::Floats(scales)) => Some(scales),
            _ => None,
        },
    };
    if !["nearest", "linear", "cubic"].contains(&resize.mode.as_str()) {
        return Err(Fault::new(phrase!("onnx-its-mode-is-not-known", mode = resize.mode)));
    }
    Ok(Made::of(move |reads, context| {
        let mut tensor = reads.on(0, context)?;
        let size = dims(&tensor);
        let all = resize.axes(reads, &size)?;
        let mut made = size.clone();
        let mut outside = vec![Vec::new(); size.len()];
        for (at, axis) in &all {
            let (at, axis) = (*at, axis);
            made[at] = axis.new;
            if axis.new == axis.old
                && axis.scale == 1.0
                && resize.coordinates != "tf_crop_and_resize"
            {
                continue;
            }
            let (shares, beyond) = resize.shares(axis);
            outside[at] = beyond;
            let now = dims(&tensor);
            let before = now.iter().take(at).product::<usize>();
            let behind = now.iter().skip(at + 1).product::<usize>();
            let mut next = now.clone();
            next[at] = axis.new;
            fits(&next)?;
            // New places × old ones, times what lies along the axis.
            let flat = reshaped(tensor, &[before, axis.old, behind]);
            let shares = constant(shares, &[1, axis.new, axis.old], context.device);
            tensor = reshaped(Dispatch::float_matmul(shares, flat), &next);
        }
        if resize.coordinates == "tf_crop_and_resize" && outside.iter().flatten().any(|yes| *yes) {
            let steps = strides(&made);
            let beyond: Vec<bool> = walked(&made, &steps, 0)
                .into_iter()
                .map(|cell| {
                    (0..made.len()).any(|at| {
                        outside[at].get(cell / steps[at] % made[at]).is_some_and(|yes| *yes)
                    })
                })
                .collect();
            let beyond = mask(beyond, &made, context.device);
            tensor = Dispatch::float_mask_fill(tensor, beyond, resize.outside.into());
        }
        one(Value::Device(tensor))
    }))
}

impl Resize {
    /// The axes that change, each with its place.
    fn axes(&self, reads: &Reads<'_>, size: &[usize]) -> Result<Vec<(usize, Axis)>, Fault> {
        let axes = match &self.axes {
            Some(axes) => {
                axes.iter().map(|at| axis(*at, size.len())).collect::<Result<Vec<_>, _>>()?
            }
            None => (0..size.len()).collect(),
        };
        let given = |at: usize| reads.get(at).filter(|value| !value.dims().contains(&0));
        let regions = match given(1) {
            Some(value) if !self.old => value.to_floats()?,
            _ => Vec::new(),
        };
        let scales = given(if self.old { 1 } else { 2 }).map(Value::to_floats).transpose()?;
        let scales = scales.or_else(|| {
            self.scales.as_ref().map(|scales| scales.iter().copied().map(f64::from).collect())
        });
        let mut sizes = given(3).map(Value::to_floats).transpose()?;
        if let Some(sizes) = &mut sizes
            && self.policy != "stretch"
        {
            let ratios = sizes.iter().zip(&axes).map(|(new, at)| new / size[*at] as f64);
            let ratio = if self.policy == "not_larger" {
                ratios.fold(f64::INFINITY, f64::min)
            } else {
                ratios.fold(0.0, f64::max)
            };
            for (new, at) in sizes.iter_mut().zip(&axes) {
                *new = (ratio * size[*at] as f64).round();
            }
        }
        let count = scales.as_ref().or(sizes.as_ref()).map_or(0, Vec::len);
        if count != axes.len() {
            return Err(Fault::new(phrase!(
                "onnx-it-is-given-sizes-for",
                count,
                axes_count = axes.len()
            )));
        }
        let of = |(place, at): (usize, &usize)| {
            let old = size[*at];
            let scale = match (&scales, &sizes) {
                (Some(scales), _) => scales[place],
                (None, Some(sizes)) => sizes[place] / old as f64,
                (None, None) => 1.0,
            };
            let region = match (regions.get(place), regions.get(place + axes.len())) {
                (Some(from), Some(to)) => [*from, *to],
                _ => [0.0, 1.0],
            };
            let new = match (&scales, &sizes) {
                (None, Some(sizes)) => sizes[place],
                _ if self.coordinates == "tf_crop_and_resize" => {
                    (old as f64 * (region[1] - region[0]) * scale).floor()
                }
                _ => (old as f64 * scale).floor(),
            };
            let fits = new.is_finite() && (1.0..=65_536.0).contains(&new) && scale > 0.0 && old > 0;
            let new = fits
                .then_some(new as usize)
                .ok_or_else(|| Fault::new(phrase!("onnx-it-makes-places-of", new, old)))?;
            let scale = match (&self.policy[..], &scales) {
                ("stretch", _) | (_, Some(_)) => scale,
                _ => new as f64 / old as f64,
            };
            Ok((*at, Axis { old, new, scale, region }))
        };
        axes.iter().enumerate().map(of).collect()
    }

    /// Where a new place lies among the old ones.
    fn place(&self, axis: &Axis, new: usize) -> f64 {
        let (x, old, count) = (new as f64, axis.old as f64, axis.new as f64);
        match self.coordinates.as_str() {
            "asymmetric" => x / axis.scale,
            "align_corners" | "pytorch_half_pixel" if axis.new == 1 => 0.0,
            "align_corners" => {
                let count = if self.old { count } else { old * axis.scale };
                x * (old - 1.0) / (count - 1.0)
            }
            "half_pixel_symmetric" => {
                let wanted = old * axis.scale;
                let adjustment = count / wanted;
                let center = old / 2.0;
                center * (1.0 - adjustment) + (x + 0.5) / axis.scale - 0.5
            }
            "tf_crop_and_resize" => {
                let [from, to] = axis.region;
                if axis.new > 1 {
                    from * (old - 1.0) + x * (to - from) * (old - 1.0) / (count - 1.0)
                } else {
                    0.5 * (from + to) * (old - 1.0)
                }
            }
            "tf_half_pixel_for_nn" => (x + 0.5) / axis.scale,
            _ => (x + 0.5) / axis.scale - 0.5,
        }
    }

    /// New places × old ones; and which new ones lie outside.
    fn shares(&self, axis: &Axis) -> (Vec<f32>, Vec<bool>) {
        let mut shares = vec![0.0; axis.new * axis.old];
        let mut beyond = vec![false; axis.new];
        for (new, row) in shares.chunks_mut(axis.old).enumerate() {
            let place = self.place(axis, new);
            let last = (axis.old - 1) as f64;
            if let Some(beyond) = beyond.get_mut(new) {
                *beyond = place < 0.0 || place > last;
            }
            let mut add = |at: i64, share: f64| {
                let at = at.clamp(0, axis.old as i64 - 1);
                if let Some(cell) = usize::try_from(at).ok().and_then(|at| row.get_mut(at)) {
                    *cell += share as f32;
                }
            };
            if self.mode == "nearest" {
                let at = match self.nearest.as_str() {
                    "floor" => place.floor(),
                    "ceil" => place.ceil(),
                    "round_prefer_ceil" => (place + 0.5).floor(),
                    _ => (place - 0.5).ceil(),
                };
                add(at as i64, 1.0);
                continue;
            }
            for (at, share) in self.neighbours(axis, place) {
                add(at, share);
            }
        }
        (shares, beyond)
    }

    /// The old places around one, with their shares.
    fn neighbours(&self, axis: &Axis, place: f64) -> Vec<(i64, f64)> {
        let linear = self.mode == "linear";
        // What is made smaller is looked at through a wider window.
        let widened = if self.antialias { axis.scale.min(1.0) } else { 1.0 };
        let reach = (if linear { 1.0 } else { 2.0 }) / widened;
        let first = (place - reach).floor() as i64 + i64::from(!self.antialias);
        let last = (place + reach).ceil() as i64;
        let weight = |distance: f64| {
            let x = (distance * widened).abs();
            let a = self.cubic;
            match (linear, x) {
                (true, x) => (1.0 - x).max(0.0),
                (false, x) if x <= 1.0 => ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0,
                (false, x) if x < 2.0 => ((a * x - 5.0 * a) * x + 8.0 * a) * x - 4.0 * a,
                _ => 0.0,
            }
        };
        let inside = |at: &i64| (0..axis.old as i64).contains(at);
        let all = (first..=last).filter(|at| !self.excludes_outside || inside(at));
        let mut all: Vec<(i64, f64)> = all.map(|at| (at, weight(at as f64 - place))).collect();
        let total = all.iter().map(|(_, share)| share).sum::<f64>();
        if (self.excludes_outside || self.antialias) && total != 0.0 {
            all.iter_mut().for_each(|(_, share)| *share /= total);
        }
        all
    }
}
