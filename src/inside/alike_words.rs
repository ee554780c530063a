//! How alike layers are, in words: a row for each layer, its floors behind it.

use std::fmt::Write as _;

use crate::words::{self, enumerated};

use super::{Alike, AlikeColumn};

/// Of each layer how alike it is to what it is compared with, to the pixels, and to itself before it learned anything.
pub fn alike_told(alike: &Alike) -> String {
    let column = |of: &AlikeColumn| match of {
        AlikeColumn::Layer(name) => name.clone(),
        AlikeColumn::Step(step) => say!("inside-step", step = step.0),
        AlikeColumn::Run { seed, steps } => say!("inside-seed-after-steps", seed, steps),
    };
    let names: Vec<String> = alike.columns.iter().map(column).collect();
    // A `String` takes everything that is written to it.
    let mut lines = say!("inside-how-alike-layers-are-on", images = alike.asked.images);
    let rows = alike.layers.iter().zip(&alike.with_pixels).zip(&alike.with_shuffled).enumerate();
    for (row, ((layer, pixels), shuffled)) in rows {
        let cells = names.iter().enumerate().filter_map(|(at, name)| {
            let value = alike.alignment.get(row * names.len() + at)?;
            Some(format!("{name} {value:.2}"))
        });
        let floors = [
            say!("inside-pixels", pixels = format_args!("{:.2}", pixels)),
            say!("inside-itself-unlearned", shuffled = format_args!("{:.2}", shuffled)),
        ];
        let all: Vec<String> = cells.chain(floors).collect();
        writeln!(lines, "{:>24}  {}", words::column(layer), enumerated(&all)).ok();
    }
    for remark in &alike.remarks {
        writeln!(lines, "{:>24}  {remark}", "").ok();
    }
    writeln!(lines, "{:>24}  {}", words::column(say!("inside-altogether")), alike.price).ok();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        inside::{AlikeAsked, AlikeWith, Price},
        stream::Step,
    };

    #[test]
    fn a_layer_is_told_with_its_floors() {
        let alike = Alike {
            asked: AlikeAsked { with: AlikeWith::Steps, images: 60, seed: 1 },
            layers: vec!["pool".to_owned(), "logits".to_owned()],
            columns: vec![AlikeColumn::Step(Step(0)), AlikeColumn::Run { seed: 7, steps: 9 }],
            alignment: vec![0.25, 1.0, 0.5, f32::NAN],
            with_pixels: vec![0.75, 0.125],
            with_shuffled: vec![0.5, 0.25],
            remarks: vec!["so it is".into()],
            price: Price { forward: 4, backward: 0, seconds: 0.001 },
        };
        let told = alike_told(&alike);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(
            lines,
            [
                "how alike layers are, on 60 test images",
                "pool  step 0 0.25, seed 7 after 9 steps 1.00, pixels 0.75, itself unlearned 0.50",
                "logits  step 0 0.50, seed 7 after 9 steps NaN, pixels 0.12, itself unlearned 0.25",
                "so it is",
                "altogether  4 forward and 0 backward passes, 1.0 ms",
            ]
        );
    }
}
