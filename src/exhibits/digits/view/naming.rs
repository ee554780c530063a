//! What the numbers of the digits' network are called.

use crate::{
    exhibits::digits::{
        ACTIVATION, CONVOLUTION, DENSE_WEIGHTS, FILTER_WEIGHTS, INPUT, LOGITS, POOLED,
        PROBABILITIES, payload::Architecture,
    },
    world::inspect::Unit,
};

/// The colour of a channel.
pub(super) fn colour(channel: usize) -> &'static str {
    match channel {
        0 => say!("digits-red"),
        1 => say!("digits-green"),
        _ => say!("digits-blue"),
    }
}

/// What a unit is called, and where in its layer it is.
pub(super) fn name_of(
    unit: Unit,
    sizes: Architecture,
    class: impl Fn(usize) -> String,
) -> (String, String) {
    let Unit { layer, map, row, column } = unit;
    match layer {
        INPUT if sizes.channels == 1 => {
            (say!("digits-input").to_owned(), say!("digits-row-column", row, column))
        }
        INPUT => {
            (say!("digits-input-2", map = colour(map)), say!("digits-row-column", row, column))
        }
        CONVOLUTION => {
            (say!("digits-convolution").to_owned(), say!("digits-map-row-column", map, row, column))
        }
        ACTIVATION => {
            (say!("digits-after-relu").to_owned(), say!("digits-map-row-column", map, row, column))
        }
        POOLED => {
            (say!("digits-pooled").to_owned(), say!("digits-map-row-column", map, row, column))
        }
        FILTER_WEIGHTS => {
            let (filter, channel) = (map / sizes.channels.max(1), map % sizes.channels.max(1));
            let of = if sizes.channels == 1 { "" } else { colour(channel) };
            let name = if of.is_empty() {
                say!("digits-filter-weight").to_owned()
            } else {
                say!("digits-filter-weight-2", of)
            };
            (name, say!("digits-filter-row-column", filter, row, column))
        }
        DENSE_WEIGHTS => (
            say!("digits-weight-to", class = class(map / sizes.filters.max(1))),
            say!("digits-map-row-column", map = map % sizes.filters.max(1), row, column),
        ),
        LOGITS => (say!("digits-logit-of", class = class(column)), say!("digits-class", column)),
        PROBABILITIES => {
            (say!("digits-probability-of", class = class(column)), say!("digits-class", column))
        }
        _ => (layer.shown().to_owned(), say!("digits-map-row-column", map, row, column)),
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
