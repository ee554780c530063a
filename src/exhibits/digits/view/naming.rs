//! What the numbers of the digits' network are called.

use crate::{
    exhibits::digits::{
        ACTIVATION, CONVOLUTION, DENSE_WEIGHTS, FILTER_WEIGHTS, INPUT, LOGITS, POOLED,
        PROBABILITIES, payload::Architecture,
    },
    world::inspect::Unit,
};

/// The colour of a channel.
pub(super) const fn colour(channel: usize) -> &'static str {
    match channel {
        0 => "red",
        1 => "green",
        _ => "blue",
    }
}

/// What a unit is called, and where in its layer it is.
pub(super) fn name_of(
    unit: Unit,
    sizes: Architecture,
    class: impl Fn(usize) -> String,
) -> (String, String) {
    let Unit { layer, map, row, column } = unit;
    let of_class = |what: &str, class_index| format!("{what} “{}”", class(class_index));
    match layer {
        INPUT if sizes.channels == 1 => ("Input".to_owned(), format!("row {row}, column {column}")),
        INPUT => (format!("Input, {}", colour(map)), format!("row {row}, column {column}")),
        CONVOLUTION => ("Convolution".to_owned(), format!("map {map}, row {row}, column {column}")),
        ACTIVATION => ("After ReLU".to_owned(), format!("map {map}, row {row}, column {column}")),
        POOLED => ("Pooled".to_owned(), format!("map {map}, row {row}, column {column}")),
        FILTER_WEIGHTS => {
            let (filter, channel) = (map / sizes.channels.max(1), map % sizes.channels.max(1));
            let of = if sizes.channels == 1 { "" } else { colour(channel) };
            let name = if of.is_empty() {
                "Filter weight".to_owned()
            } else {
                format!("Filter weight, {of}")
            };
            (name, format!("filter {filter}, row {row}, column {column}"))
        }
        DENSE_WEIGHTS => (
            of_class("Weight to", map / sizes.filters.max(1)),
            format!("map {}, row {row}, column {column}", map % sizes.filters.max(1)),
        ),
        LOGITS => (of_class("Logit of", column), format!("class {column}")),
        PROBABILITIES => (of_class("Probability of", column), format!("class {column}")),
        _ => (layer.name().to_owned(), format!("map {map}, row {row}, column {column}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_told_by_filter_and_colour() {
        let grey = Architecture { channels: 1, rows: 28, columns: 28, filters: 32, classes: 10 };
        let named = |sizes, layer, map| {
            let unit = Unit { layer, map, row: 1, column: 2 };
            name_of(unit, sizes, |class| class.to_string())
        };
        let words = |(name, place): (String, String)| format!("{name}: {place}");
        let told = [
            words(named(grey, FILTER_WEIGHTS, 7)),
            words(named(Architecture { channels: 3, ..grey }, FILTER_WEIGHTS, 7)),
            words(named(Architecture { channels: 3, ..grey }, INPUT, 2)),
            words(named(Architecture { filters: 5, ..grey }, DENSE_WEIGHTS, 17)),
        ];
        assert_eq!(
            told,
            [
                "Filter weight: filter 7, row 1, column 2",
                "Filter weight, green: filter 2, row 1, column 2",
                "Input, blue: row 1, column 2",
                "Weight to “3”: map 2, row 1, column 2",
            ]
        );
    }
}
