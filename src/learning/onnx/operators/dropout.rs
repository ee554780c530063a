//! Dropout: while it trains, numbers are left out at random and the others raised, so that their sum stays.

use burn::backend::{Dispatch, ops::FloatTensorOps as _};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use super::{Made, one};
use crate::{
    learning::onnx::{
        Seat,
        node::Settings,
        value::{Value, constant},
    },
    network::{
        Fault,
        onnx::{Array, Cells, Kind},
    },
};

/// Words of 32 bits that a draw takes.
const WORDS_OF_DRAW: u128 = 2;

/// Leaves out so many draws.
fn pass_over(generator: &mut ChaCha8Rng, draws: usize) {
    if draws > 0 {
        generator.set_word_pos(generator.get_word_pos() + WORDS_OF_DRAW * draws as u128);
    }
}

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
                return Err(Fault::new(phrase!("onnx-it-leaves-out-numbers-at")));
            }
            return whole(value);
        };
        if ratio <= 0.0 {
            return whole(value);
        }
        let raised = (1.0 / (1.0 - ratio)) as f32;
        // Masks of a batch are drawn example after example.
        let seat = context.seat.unwrap_or(Seat { place: 0, of: 1 });
        pass_over(generator, seat.place * count);
        let cells: Vec<i64> =
            (0..count).map(|_| i64::from(generator.random::<f64>() >= ratio)).collect();
        pass_over(generator, seat.of.saturating_sub(seat.place + 1) * count);
        let mask = cells.iter().map(|cell| *cell as f32 * raised).collect();
        let mask = constant(mask, &size, context.device);
        let made = Value::Device(Dispatch::float_mul(value.device(context.device)?, mask));
        Ok(vec![made, kept(cells)])
    }))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    #[test]
    fn draws_that_are_passed_over_are_those_that_would_have_been_drawn() {
        let generator = |stream: u64| {
            let mut generator = ChaCha8Rng::seed_from_u64(5);
            generator.set_stream(stream);
            generator
        };
        let mut drawn = generator(3);
        let all: Vec<f64> = (0..200).map(|_| drawn.random()).collect();
        // Within a block of the generator, at its edges and beyond.
        for (first, passed) in [(0, 0), (0, 1), (3, 5), (0, 32), (31, 1), (7, 100), (64, 64)] {
            let mut other = generator(3);
            (0..first).for_each(|_| {
                other.random::<f64>();
            });
            pass_over(&mut other, passed);
            assert_eq!(other.random::<f64>(), all[first + passed], "{first} {passed}");
        }
    }
}
