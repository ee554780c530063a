//! Dropout: while it trains, numbers are left out at random and the others raised, so that their sum stays.

use burn::backend::{Dispatch, ops::FloatTensorOps as _};
use rand::RngExt as _;

use super::{Made, one};
use crate::{
    learning::onnx::{
        node::Settings,
        value::{Value, constant},
    },
    network::{
        Fault,
        onnx::{Array, Cells, Kind},
    },
};

pub(super) fn dropout(settings: &mut Settings) -> Result<Made, Fault> {
    let old = settings.maybe_float("ratio")?;
    // Before opset 7 it said whether it was a test.
    settings.take("is_test");
    settings.take("seed");
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let size = value.dims();
        let count = size.iter().product::<usize>();
        let ratio = reads.get(1).map(Value::number).transpose()?.or(old).unwrap_or(0.5);
        let marked = match reads.get(2) {
            Some(value) => value.number()? != 0.0,
            None => false,
        };
        let kept = |cells: Vec<i64>| {
            Value::host(Array { kind: Kind::Bool, dims: size.clone(), cells: Cells::Whole(cells) })
        };
        let whole = |value: &Value| match reads.wanted() {
            0 | 1 => one(value.clone()),
            _ => Ok(vec![value.clone(), kept(vec![1; count])]),
        };
        let Some(generator) = context.training.as_deref_mut() else {
            if marked && ratio > 0.0 && context.as_marked {
                return Err(Fault::new(
                    "it leaves out numbers at random, which no two programs do alike",
                ));
            }
            return whole(value);
        };
        if ratio <= 0.0 {
            return whole(value);
        }
        let raised = (1.0 / (1.0 - ratio)) as f32;
        let cells: Vec<i64> =
            (0..count).map(|_| i64::from(generator.random::<f64>() >= ratio)).collect();
        let mask = cells.iter().map(|cell| *cell as f32 * raised).collect();
        let mask = constant(mask, &size, context.device);
        let made = Value::Device(Dispatch::float_mul(value.device(context.device)?, mask));
        Ok(vec![made, kept(cells)])
    }))
}
