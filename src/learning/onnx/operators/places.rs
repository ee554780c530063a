//! Numbers by their places: cut with steps, padded, repeated, spread, triangles.

use super::{
    Made, one,
    pairs::expanded,
    shapes::{given, part, sizes},
};
use crate::{
    learning::onnx::{
        node::Settings,
        value::{Value, axis, broadcast, moved, spread, strides, walked},
    },
    network::Fault,
};

/// By its name; `None` if it is none of these.
pub(super) fn place(name: &str, settings: &mut Settings) -> Result<Option<Made>, Fault> {
    Ok(Some(match name {
        "Slice" => slice(settings)?,
        "Pad" => pad(settings)?,
        "Tile" => Made::of(|reads, context| {
            let value = reads.need(0)?;
            let times = sizes(&reads.need(1)?.to_whole()?)?;
            let size = value.dims();
            if times.len() != size.len() {
                return Err(Fault::new(phrase!(
                    "onnx-it-repeats-times",
                    size = format_args!("{:?}", size),
                    times = format_args!("{:?}", times)
                )));
            }
            let made: Vec<i64> = size.iter().zip(&times).map(|(a, b)| (a * b) as i64).collect();
            let made = sizes(&made)?;
            let of = |at: usize, place: usize| size.get(at).map(|size| place % size);
            let places = placed(&size, &made, of);
            one(moved(value, &places, made, 0.0, context.device)?)
        }),
        "Expand" => Made::of(|reads, context| {
            let value = reads.need(0)?;
            let size = value.dims();
            let made = broadcast(&size, &sizes(&reads.need(1)?.to_whole()?)?)?;
            if let Value::Device(tensor) = value
                && !made.contains(&0)
            {
                return one(Value::Device(expanded(tensor.clone(), &made)));
            }
            let places: Vec<_> = spread(&size, &made).into_iter().map(Some).collect();
            one(moved(value, &places, made, 0.0, context.device)?)
        }),
        "Trilu" => trilu(settings)?,
        _ => return Ok(None),
    }))
}

/// For each cell of `made` the one of `size` that `of` says for each axis; `None` where it says none.
pub(super) fn placed(
    size: &[usize],
    made: &[usize],
    of: impl Fn(usize, usize) -> Option<usize>,
) -> Vec<Option<usize>> {
    let mut cells = vec![Some(0)];
    for (at, (length, stride)) in made.iter().zip(strides(size)).enumerate() {
        let steps: Vec<Option<usize>> =
            (0..*length).map(|place| of(at, place).map(|from| from * stride)).collect();
        cells = cells
            .iter()
            .flat_map(|cell| steps.iter().map(move |step| Some((*cell)? + (*step)?)))
            .collect();
    }
    cells
}

fn slice(settings: &mut Settings) -> Result<Made, Fault> {
    let old = [settings.ints("starts")?, settings.ints("ends")?, settings.ints("axes")?];
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let size = value.dims();
        let [starts, ends, axes] = &old;
        let needed = |at: usize, old: &Option<Vec<i64>>| {
            given(reads, at, old.as_ref())?
                .ok_or_else(|| Fault::new(phrase!("onnx-it-does-not-say-where")))
        };
        let (starts, ends) = (needed(1, starts)?, needed(2, ends)?);
        let axes = given(reads, 3, axes.as_ref())?;
        let axes = axes.unwrap_or_else(|| (0..starts.len() as i64).collect());
        let steps = given(reads, 4, None)?.unwrap_or_else(|| vec![1; starts.len()]);
        if [ends.len(), axes.len(), steps.len()] != [starts.len(); 3] {
            return Err(Fault::new(phrase!("onnx-its-starts-ends-axes-and")));
        }
        // Where each axis begins, how far each step goes, how many there are.
        let mut cuts: Vec<(usize, i64, usize)> = size.iter().map(|size| (0, 1, *size)).collect();
        for (((start, end), at), step) in starts.iter().zip(&ends).zip(&axes).zip(&steps) {
            let at = axis(*at, size.len())?;
            let length = size.get(at).copied().unwrap_or(0) as i64;
            let from_end =
                |place: i64| if place < 0 { place.saturating_add(length) } else { place };
            let (start, end) = (from_end(*start), from_end(*end));
            let (first, count) = match *step {
                0 => return Err(Fault::new(phrase!("onnx-it-cuts-in-steps-of"))),
                step if step > 0 => {
                    let (start, end) = (start.clamp(0, length), end.clamp(0, length));
                    (start, (end - start).max(0) as u64)
                }
                _ => {
                    let (start, end) = (start.clamp(-1, length - 1), end.clamp(-1, length - 1));
                    (start, (start - end).max(0) as u64)
                }
            };
            let count = count.div_ceil(step.unsigned_abs()) as usize;
            if let Some(cut) = cuts.get_mut(at) {
                *cut = (first.max(0) as usize, *step, count);
            }
        }
        let changed: Vec<usize> = (0..size.len())
            .filter(|at| {
                cuts.get(*at).is_some_and(|cut| (cut.0, cut.1, cut.2) != (0, 1, size[*at]))
            })
            .collect();
        if changed.iter().all(|at| cuts.get(*at).is_some_and(|cut| cut.1 == 1)) {
            let mut left = value.clone();
            for at in changed {
                if let Some((first, _, count)) = cuts.get(at) {
                    left = part(&left, at, *first..first + count, context)?;
                }
            }
            return one(left);
        }
        let made: Vec<usize> = cuts.iter().map(|cut| cut.2).collect();
        let of = |at: usize, place: usize| {
            let (first, step, _) = cuts.get(at)?;
            usize::try_from(*first as i64 + place as i64 * step).ok()
        };
        let places = placed(&size, &made, of);
        one(moved(value, &places, made, 0.0, context.device)?)
    }))
}

fn pad(settings: &mut Settings) -> Result<Made, Fault> {
    let mode = settings.text("mode", "constant")?;
    let old = settings.ints("pads")?;
    let old_number = settings.maybe_float("value")?;
    if !["constant", "reflect", "edge", "wrap"].contains(&mode.as_str()) {
        return Err(Fault::new(phrase!("onnx-its-mode-is-not-known", mode)));
    }
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let size = value.dims();
        let pads = given(reads, 1, old.as_ref())?
            .ok_or_else(|| Fault::new(phrase!("onnx-it-does-not-say-how")))?;
        let axes = given(reads, 3, None)?.unwrap_or_else(|| (0..size.len() as i64).collect());
        let number = reads.get(2).filter(|value| !value.dims().contains(&0));
        let number = number.map(Value::number).transpose()?.or(old_number).unwrap_or(0.0);
        if pads.len() != 2 * axes.len() {
            return Err(Fault::new(phrase!(
                "onnx-its-pads-are-not-two",
                pads = format_args!("{:?}", pads)
            )));
        }
        let mut before = vec![0_i64; size.len()];
        let mut made: Vec<i64> = size.iter().map(|size| *size as i64).collect();
        let (low, high) = pads.split_at(axes.len());
        for ((at, low), high) in axes.iter().zip(low).zip(high) {
            let at = axis(*at, size.len())?;
            if let (Some(before), Some(made)) = (before.get_mut(at), made.get_mut(at)) {
                *before = *low;
                *made = made.saturating_add(*low).saturating_add(*high);
            }
        }
        let made = sizes(&made)?;
        let of = |at: usize, place: usize| {
            let (length, before) = (*size.get(at)? as i64, *before.get(at)?);
            let place = place as i64 - before;
            let inside = (0..length).contains(&place);
            let from = match mode.as_str() {
                _ if inside => place,
                "edge" => place.clamp(0, length - 1),
                "wrap" => place.rem_euclid(length.max(1)),
                "reflect" => {
                    let turn = (2 * (length - 1)).max(1);
                    let within = place.rem_euclid(turn);
                    if within < length { within } else { turn - within }
                }
                _ => return None,
            };
            usize::try_from(from).ok()
        };
        let places = placed(&size, &made, of);
        one(moved(value, &places, made, number, context.device)?)
    }))
}

fn trilu(settings: &mut Settings) -> Result<Made, Fault> {
    let upper = settings.yes("upper", true)?;
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let size = value.dims();
        let shift = reads.get(1).map(Value::number).transpose()?.unwrap_or(0.0) as i64;
        let [.., rows, columns] = size.as_slice() else {
            return Err(Fault::new(phrase!("onnx-it-takes-matrices")));
        };
        let of_one = rows * columns;
        let all = walked(&size, &strides(&size), 0);
        let places = all.into_iter().map(|cell| {
            let within = cell % of_one.max(1);
            let (row, column) = ((within / columns) as i64, (within % columns) as i64);
            let side = column - row - shift;
            Some(cell).filter(|_| if upper { side >= 0 } else { side <= 0 })
        });
        let places: Vec<_> = places.collect();
        one(moved(value, &places, size, 0.0, context.device)?)
    }))
}
