//! Where a layer puts all images, in words: how they are laid out, and what of it can be trusted.

use std::fmt::Write as _;

use super::{Points, PointsLayout, PointsTrust, UnitLayer};

/// A layer's size in words.
fn sized(layer: &UnitLayer) -> String {
    let [units, rows, columns] = layer.size;
    match (units, rows * columns) {
        (1, 1) => "1 number".to_owned(),
        (_, 1) => format!("{units} numbers"),
        (1, _) => format!("1 map of {rows} × {columns}"),
        (..) => format!("{units} maps of {rows} × {columns}"),
    }
}

/// The layer, how many images it puts where, by which layout, and what can be trusted of that.
pub fn points_told(found: &Points) -> String {
    let (train, tests) = (found.of.train.len(), found.of.tests.len());
    // A `String` takes everything that is written to it.
    let mut lines = format!("layer {}, {}: ", found.layer.name, sized(&found.layer));
    writeln!(lines, "where it puts {train} training and {tests} test images").ok();
    match found.asked.layout {
        PointsLayout::Components => {
            let shares = found.explained.iter().map(|share| format!("{:.1}", 100.0 * share));
            let shares = shares.collect::<Vec<_>>().join(", ");
            let sum = 100.0 * found.explained.iter().sum::<f32>();
            writeln!(
                lines,
                "{:>14}  hold {shares} % of how images differ, {sum:.1} % together",
                "components"
            )
            .ok();
        }
        PointsLayout::Neighbours { attraction } => {
            writeln!(
                lines,
                "{:>14}  beside each other in three dimensions, attraction {attraction}; sizes of islands and distances between them mean nothing",
                "neighbours"
            )
            .ok();
        }
    }
    trusted(&mut lines, found.trust);
    let name = |layer: &UnitLayer| format!("{} ({})", layer.name, sized(layer));
    let others: Vec<String> = found.layers.iter().map(name).collect();
    if !others.is_empty() {
        writeln!(lines, "{:>14}  {}", "layers", others.join(", ")).ok();
    }
    for remark in &found.remarks {
        writeln!(lines, "{:>14}  {remark}", "").ok();
    }
    writeln!(lines, "{:>14}  {}", "altogether", found.price).ok();
    lines
}

/// What can be trusted of three dimensions.
fn trusted(lines: &mut String, trust: PointsTrust) {
    if trust.queries > 0 {
        writeln!(
            lines,
            "{:>14}  trustworthiness {:.3}, {:.1} % of the layer's neighbours kept, {:.1} % of those shown are of the same class; {} nearest of {} images",
            "of three axes",
            trust.trustworthiness,
            100.0 * trust.kept,
            100.0 * trust.same_class,
            trust.neighbours,
            trust.queries
        )
        .ok();
    }
    if let Some(noise) = trust.noise {
        writeln!(
            lines,
            "{:>14}  the same numbers laid out from another beginning lie {noise:.2} of the distance from the middle apart",
            "chance"
        )
        .ok();
    }
    if let Some(moved) = trust.moved {
        writeln!(
            lines,
            "{:>14}  {moved:.2} of the distance from the middle since they were asked for last",
            "moved"
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
            remarks: vec!["so it is".to_owned()],
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
