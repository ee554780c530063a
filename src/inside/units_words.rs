//! What the units of a layer know, in words: a table with a line for each unit, those first that the answers rest on most.

use std::fmt::Write as _;

use crate::words::{column, enumerated};

use super::{Unit, UnitImage, UnitLayer, Units};

/// Units that are told at most, so that a table fits a terminal.
const MOST_LINES: usize = 20;
/// Top images that are told of a unit.
const MOST_IMAGES: usize = 3;

/// A layer's size in words.
fn sized(layer: &UnitLayer) -> String {
    let [units, rows, columns] = layer.size;
    match (units, rows * columns) {
        (1, 1) => say!("inside-1-unit").to_owned(),
        (_, 1) => say!("inside-units", units),
        (1, _) => say!("inside-1-map-of", rows, columns),
        (..) => say!("inside-maps-of", units, rows, columns),
    }
}

/// The layer, its units, what they add up to, and the layers that could be asked about instead.
pub fn units_told(found: &Units) -> String {
    // A `String` takes everything that is written to it.
    let mut lines = say!("inside-layer", name = found.layer.name, layer = sized(&found.layer));
    writeln!(lines, "{}", say!("inside-what-each-knows-by-test", images = found.images)).ok();
    writeln!(
        lines,
        "{}",
        say!(
            "inside-strongest-on",
            value = format_args!("{:>6}", say!("inside-unit")),
            value2 = format_args!("{:>7}", say!("inside-active")),
            value3 = format_args!("{:>9}", say!("inside-mean")),
            value4 = format_args!("{:>8}", say!("inside-by-zero")),
            value5 = format_args!("{:>8}", say!("inside-by-mean")),
            value6 = format_args!("{:>17}", say!("inside-shapley-value"))
        )
    )
    .ok();
    let order = order(found);
    for at in order.iter().take(MOST_LINES) {
        if let Some(unit) = found.units.get(*at) {
            writeln!(lines, "{at:>6}  {}", figures(found, *at, unit)).ok();
        }
    }
    if let Some(more) = order.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        writeln!(
            lines,
            "{}",
            say!("inside-and-more-that-the-answers", value = format_args!("{:>6}", ""), more)
        )
        .ok();
    }
    if found.tried_on > 0 {
        writeln!(
            lines,
            "{}",
            say!(
                "inside-accuracy-of-images-by-zero",
                value = format_args!("{:>14}", column(say!("inside-all-units"))),
                accuracy = format_args!("{:.4}", found.accuracy),
                tried_on = found.tried_on
            )
        )
        .ok();
    }
    if let Some(shapley) = &found.shapley {
        let how = match shapley.permutations {
            Some(count) => say!("inside-over-drawn-orders-of-the", count),
            None => say!("inside-over-all-sets-of-units").to_owned(),
        };
        writeln!(
            lines,
            "{}",
            say!(
                "inside-add-up-to-of-points",
                value = format_args!("{:>14}", column(say!("inside-shapley-values"))),
                value2 = format_args!("{:.2}", 100.0 * shapley.values.iter().sum::<f64>()),
                value3 = format_args!("{:.2}", 100.0 * (shapley.all - shapley.none)),
                all = format_args!("{:.4}", shapley.all),
                none = format_args!("{:.4}", shapley.none),
                name = shapley.by.name(),
                how,
                images = shapley.images
            )
        )
        .ok();
    }
    let others: Vec<String> = found
        .layers
        .iter()
        .map(|layer| say!("list-within", whole = layer.name, of = sized(layer)))
        .collect();
    writeln!(lines, "{:>14}  {}", column(say!("inside-layers")), enumerated(&others)).ok();
    for remark in &found.remarks {
        writeln!(lines, "{:>14}  {remark}", "").ok();
    }
    writeln!(lines, "{:>14}  {}", column(say!("inside-altogether")), found.price).ok();
    lines
}

/// The units, those first that the answers rest on most.
fn order(found: &Units) -> Vec<usize> {
    let worth = |at: &usize| match &found.shapley {
        Some(shapley) => shapley.values.get(*at).copied().unwrap_or(f64::NAN),
        None => found.units.get(*at).map_or(f64::NAN, |unit| f64::from(unit.drop_by_mean)),
    };
    let mut order: Vec<usize> = (0..found.units.len()).collect();
    order.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    order
}

fn figures(found: &Units, at: usize, unit: &Unit) -> String {
    let points = |drop: f32| match found.tried_on {
        0 => "–".to_owned(),
        _ => format!("{:.2}", 100.0 * drop),
    };
    let shapley = found.shapley.as_ref().and_then(|shapley| {
        let (value, error) = (shapley.values.get(at)?, shapley.errors.get(at)?);
        Some(match shapley.permutations {
            Some(_) => format!("{:.2} ± {:.2}", 100.0 * value, 100.0 * error),
            None => format!("{:.2}", 100.0 * value),
        })
    });
    let image = |image: &UnitImage| format!("{} ({:.2})", image.index, image.value);
    let top: Vec<String> = unit.top.iter().take(MOST_IMAGES).map(image).collect();
    format!(
        "{:>5.1} %  {:>9.4}  {:>8}  {:>8}  {:>17}  {}",
        100.0 * unit.active,
        unit.mean,
        points(unit.drop_by_zero),
        points(unit.drop_by_mean),
        shapley.unwrap_or_else(|| "–".to_owned()),
        enumerated(&top)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inside::{LesionBy, PixelField, Price, Shapley, UnitsAsked};

    fn unit(index: usize, drop: f32) -> Unit {
        let field = PixelField { first: [0, 0], size: [4, 4] };
        let image = UnitImage { index, value: 1.5, place: [0, 1], field };
        Unit {
            top: vec![image],
            median: Vec::new(),
            near_zero: Vec::new(),
            active: 0.5,
            mean: 0.25,
            drop_by_zero: drop,
            drop_by_mean: f32::NAN,
        }
    }

    #[test]
    fn units_are_told_in_the_order_of_what_they_are_worth() {
        let layer = UnitLayer { name: "Pooled".to_owned(), size: [2, 13, 13] };
        let asked = UnitsAsked { layer: None, images: 10, top: 1, seed: 0 };
        let mut found = Units {
            asked,
            layer: layer.clone(),
            layers: vec![layer, UnitLayer { name: "dense".to_owned(), size: [7, 1, 1] }],
            images: 10,
            tried_on: 10,
            accuracy: 0.9,
            units: vec![unit(4, 0.1), unit(8, 0.0)],
            shapley: Some(Shapley {
                by: LesionBy::Mean,
                permutations: Some(100),
                images: 10,
                all: 0.9,
                none: 0.1,
                values: vec![0.3, 0.5],
                errors: vec![0.01, 0.02],
            }),
            remarks: vec!["so it is".into()],
            price: Price { forward: 9, backward: 0, seconds: 0.0021 },
        };
        let told = units_told(&found);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(
            lines,
            [
                "layer Pooled, 2 maps of 13 × 13: what each knows, by 10 test images",
                "unit   active       mean   by zero   by mean      Shapley value  strongest on",
                "1   50.0 %     0.2500      0.00       NaN       50.00 ± 2.00  8 (1.50)",
                "0   50.0 %     0.2500     10.00       NaN       30.00 ± 1.00  4 (1.50)",
                "all units  accuracy 0.9000 of 10 images; by zero and by mean it falls by so many points without the unit",
                "Shapley values  add up to 80.00 of 80.00 points, the accuracy 0.9000 with all units less 0.1000 with its mean in the place of each; over 100 drawn orders of the units, 10 images",
                "layers  Pooled (2 maps of 13 × 13), dense (7 units)",
                "so it is",
                "altogether  9 forward and 0 backward passes, 2.1 ms",
            ]
        );
        found.units = (0..25).map(|at| unit(at, 0.0)).collect();
        (found.shapley, found.tried_on) = (None, 0);
        let told = units_told(&found);
        assert!(told.contains("and 5 more") && told.contains(" – "), "{told}");
        assert_eq!(told.lines().filter(|line| line.contains("50.0 %")).count(), MOST_LINES);
    }
}
