//! Numbers of another kind, and numbers in a row.

use super::{Made, one};
use crate::{
    learning::onnx::{node::Settings, value::Value},
    network::{
        Fault,
        onnx::{Array, Cells, Kind},
    },
};

/// As another kind of number.
pub(super) fn cast(settings: &mut Settings) -> Result<Made, Fault> {
    let number = settings.int("to", 1)?;
    let saturates = settings.yes("saturate", true)?;
    let rounds = settings.text("round_mode", "up")?;
    let kind = i32::try_from(number).ok().and_then(Kind::numbered);
    let kind = kind.ok_or_else(|| Fault::new(phrase!("onnx-it-makes-numbers-of-kind", number)))?;
    Ok(Made::of(move |reads, _| {
        let value = reads.need(0)?;
        if value.kind() == kind {
            return one(value.clone());
        }
        let array = value.array()?;
        let dims = array.dims.clone();
        let cells = array.to_floats().into_iter();
        one(Value::host(match (kind, &array.cells) {
            (Kind::F32 | Kind::F64, _) => Array::floats(kind, dims, cells),
            (Kind::Small(format), _) => {
                let cells = cells.map(|cell| format.limited_by(cell, saturates, &rounds));
                Array { kind, dims, cells: Cells::Floats(cells.collect()) }
            }
            (Kind::Bool, _) => {
                let cells = cells.map(|cell| i64::from(cell != 0.0)).collect();
                Array { kind, dims, cells: Cells::Whole(cells) }
            }
            (_, Cells::Whole(whole)) => {
                let cells = whole.iter().map(|cell| kind.wrapped(array.kind.wide(*cell)));
                Array { kind, dims, cells: Cells::Whole(cells.collect()) }
            }
            (_, _) => {
                let cells = cells.map(|cell| kind.wrapped(cell.trunc() as i128)).collect();
                Array { kind, dims, cells: Cells::Whole(cells) }
            }
        }))
    }))
}

/// From one number to another in steps.
pub(super) fn range() -> Made {
    Made::of(|reads, _| {
        let kind = reads.need(0)?.kind();
        let mut limits = [0.0; 3];
        for (at, limit) in limits.iter_mut().enumerate() {
            *limit = reads.need(at)?.number()?;
        }
        let [start, end, step] = limits;
        let count = ((end - start) / step).ceil().max(0.0);
        let fits = count <= crate::network::MOST_NUMBERS as f64;
        if !fits {
            return Err(Fault::new(phrase!("onnx-it-counts-from-to-by", start, end, step)));
        }
        let numbers = (0..count as usize).map(|at| start + at as f64 * step);
        let dims = vec![count as usize];
        one(Value::host(if kind.is_float() {
            Array::floats(kind, dims, numbers)
        } else {
            let cells = numbers.map(|number| kind.wrapped(number as i128)).collect();
            Array { kind, dims, cells: Cells::Whole(cells) }
        }))
    })
}
