//! Where a layer puts all images, in words: how they are laid out, and what of it can be trusted.

use std::fmt::Write as _;

use crate::words::{column, enumerated};

use super::{Points, PointsLayout, PointsTrust, UnitLayer};

/// A layer's size in words.
fn sized(layer: &UnitLayer) -> String {
    let [units, rows, columns] = layer.size;
    match (units, rows * columns) {
        (1, 1) => say!("inside-1-number").to_owned(),
        (_, 1) => say!("inside-numbers", units),
        (1, _) => say!("inside-1-map-of", rows, columns),
        (..) => say!("inside-maps-of", units, rows, columns),
    }
}

/// The layer, how many images it puts where, by which layout, and what can be trusted of that.
pub fn points_told(found: &Points) -> String {
    let (train, tests) = (found.of.train.len(), found.of.tests.len());
    // A `String` takes everything that is written to it.
    let mut lines = say!("inside-layer", name = found.layer.name, layer = sized(&found.layer));
    writeln!(lines, "{}", say!("inside-where-it-puts-training-and", train, tests)).ok();
    match found.asked.layout {
        PointsLayout::Components => {
            let shares = found.explained.iter().map(|share| format!("{:.1}", 100.0 * share));
            let shares = enumerated(&shares.collect::<Vec<_>>());
            let sum = 100.0 * found.explained.iter().sum::<f32>();
            writeln!(
                lines,
                "{}",
                say!(
                    "inside-hold-of-how-images-differ",
                    value = format_args!("{:>14}", column(say!("inside-components"))),
                    shares,
                    sum = format_args!("{:.1}", sum)
                )
            )
            .ok();
        }
        PointsLayout::Neighbours { attraction } => {
            writeln!(
                lines,
                "{}",
                say!(
                    "inside-beside-each-other-in-three",
                    value = format_args!("{:>14}", column(say!("inside-neighbours"))),
                    attraction
                )
            )
            .ok();
        }
    }
    trusted(&mut lines, found.trust);
    let name = |layer: &UnitLayer| say!("list-within", whole = layer.name, of = sized(layer));
    let others: Vec<String> = found.layers.iter().map(name).collect();
    if !others.is_empty() {
        writeln!(lines, "{:>14}  {}", column(say!("inside-layers")), enumerated(&others)).ok();
    }
    for remark in &found.remarks {
        writeln!(lines, "{:>14}  {remark}", "").ok();
    }
    writeln!(lines, "{:>14}  {}", column(say!("inside-altogether")), found.price).ok();
    lines
}

/// What can be trusted of three dimensions.
fn trusted(lines: &mut String, trust: PointsTrust) {
    if trust.queries > 0 {
        writeln!(
            lines,
            "{}",
            say!(
                "inside-trustworthiness-of-the-layers-neighbours",
                value = format_args!("{:>14}", column(say!("inside-of-three-axes"))),
                trustworthiness = format_args!("{:.3}", trust.trustworthiness),
                value2 = format_args!("{:.1}", 100.0 * trust.kept),
                value3 = format_args!("{:.1}", 100.0 * trust.same_class),
                neighbours = trust.neighbours,
                queries = trust.queries
            )
        )
        .ok();
    }
    if let Some(noise) = trust.noise {
        writeln!(
            lines,
            "{}",
            say!(
                "inside-the-same-numbers-laid-out",
                value = format_args!("{:>14}", column(say!("inside-chance"))),
                noise = format_args!("{:.2}", noise)
            )
        )
        .ok();
    }
    if let Some(moved) = trust.moved {
        writeln!(
            lines,
            "{}",
            say!(
                "inside-of-the-distance-from-the",
                value = format_args!("{:>14}", column(say!("inside-moved"))),
                moved = format_args!("{:.2}", moved)
            )
        )
        .ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inside::{PointsAsked, PointsOf, Price};

    #[test]
    fn points_are_told_with_what_can_be_trusted() {
        let layer = UnitLayer { name: "Pooled".to_owned(), size: [2, 13, 13] };
        let asked =
            PointsAsked { layer: None, layout: PointsLayout::Components, all: true, seed: 0 };
        let trust = PointsTrust {
            queries: 3,
            neighbours: 2,
            trustworthiness: 0.9,
            kept: 0.5,
            same_class: 1.0,
            noise: None,
            moved: Some(0.25),
        };
        let mut found = Points {
            asked,
            layer: layer.clone(),
            layers: vec![layer],
            of: PointsOf { train: [1, 2].into(), tests: [0].into() },
            axes: 3,
            places: [0.0; 9].into(),
            explained: vec![0.5, 0.25, 0.05],
            labels: [0; 3].into(),
            said: [0; 3].into(),
            losses: [0.0; 3].into(),
            trust,
            remarks: vec!["so it is".into()],
            price: Price { forward: 9, backward: 0, seconds: 0.0021 },
        };
        let told = points_told(&found);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(
            lines,
            [
                "layer Pooled, 2 maps of 13 × 13: where it puts 2 training and 1 test images",
                "components  hold 50.0, 25.0, 5.0 % of how images differ, 80.0 % together",
                "of three axes  trustworthiness 0.900, 50.0 % of the layer's neighbours kept, 100.0 % of those shown are of the same class; 2 nearest of 3 images",
                "moved  0.25 of the distance from the middle since they were asked for last",
                "layers  Pooled (2 maps of 13 × 13)",
                "so it is",
                "altogether  9 forward and 0 backward passes, 2.1 ms",
            ]
        );
        found.asked.layout = PointsLayout::Neighbours { attraction: 1.0 };
        (found.trust.noise, found.trust.moved, found.trust.queries) = (Some(0.5), None, 0);
        let told = points_told(&found);
        assert!(told.contains("attraction 1; sizes of islands"), "{told}");
        assert!(told.contains("chance") && told.contains("lie 0.50 of the distance"), "{told}");
        assert!(!told.contains("trustworthiness") && !told.contains("moved"), "{told}");
    }
}
