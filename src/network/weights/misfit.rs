//! What of a network does not fit the arrays of a file, as one sentence with the layer and both sizes.

use super::{
    arrays::{NamedArray, NamedArrays},
    matching::Match,
    taken::{Place, Taken},
};
use crate::{
    network::{
        Network,
        fault::{Fault, closest},
    },
    sentence::shown,
    words::Phrase,
};

/// Letters of the longest name that is compared with others.
const LONGEST: usize = 200;

/// Says the first thing that does not fit, where `fresh` tells what the seed draws.
pub(super) fn check(
    network: &Network,
    taken: &[Taken],
    found: &Match,
    file: &NamedArrays,
    fresh: impl Fn(&Taken) -> bool,
) -> Result<(), Fault> {
    let used = |name: &str| {
        let own = name.strip_prefix(found.prefix.as_str()).unwrap_or(name);
        taken.iter().any(|one| one.name == own)
    };
    for (one, place) in taken.iter().zip(&found.places).filter(|(one, _)| !fresh(one)) {
        let of = |words: Phrase| {
            Err(Fault::new(words)
                .of(phrase!("network-files-layer-2", network = path(network, one.layer))))
        };
        let (name, size) = (&one.name, words(&one.dims));
        match place.and_then(|place| file.arrays.get(place)) {
            // It is only remarked on.
            None if !matches!(one.place, Place::Parameter(_)) => {}
            None => {
                let known = file.arrays.iter().filter(|array| array.name.len() < LONGEST);
                let known = known.map(|array| array.name.as_str()).filter(|name| !used(name));
                let wanted = format!("{}{name}", found.prefix);
                let near = closest(&wanted, known);
                let near = near.and_then(|near| file.arrays.iter().find(|of| of.name == near));
                let near = near.map_or_else(Phrase::default, |near| {
                    phrase!(
                        "network-files-the-nearest-is-of",
                        name = shown(&near.name),
                        dims = words(&near.dims)
                    )
                });
                return of(phrase!("network-files-the-weights-have-no-of", wanted, size, near));
            }
            Some(array) if array.dims != one.dims => {
                let others = words(&array.dims);
                let called = shown(&array.name);
                return of(phrase!("network-files-its-is-but-in-the", name, size, called, others));
            }
            Some(array) => {
                if let Some(fact) = unusable(one.place, array) {
                    return of(phrase!(
                        "network-files-of-the-weights",
                        name = shown(&array.name),
                        fact
                    ));
                }
            }
        }
    }
    surplus_bias(network, found, file)
}

/// A layer whose bias is in the file, but not in the description, would calculate something else.
fn surplus_bias(network: &Network, found: &Match, file: &NamedArrays) -> Result<(), Fault> {
    if found.is_by_order {
        return Ok(());
    }
    for layer in network.layers.iter().filter(|layer| layer.parameters.len() == 1) {
        let bias = format!("{}{}.bias", found.prefix, layer.path);
        if let Some(array) = file.arrays.iter().find(|array| array.name == bias) {
            return Err(Fault::new(phrase!(
                "network-files-the-weights-have-a-of",
                bias,
                dims = words(&array.dims)
            ))
            .of(phrase!("network-files-layer-3", path = layer.path)));
        }
    }
    Ok(())
}

/// Why nothing can be calculated with numbers.
fn unusable(place: Place, array: &NamedArray) -> Option<Phrase> {
    if array.numbers.iter().any(|number| !number.is_finite()) {
        return Some(phrase!("network-files-has-numbers-that-are-not"));
    }
    let below = place == Place::Variance && array.numbers.iter().any(|number| *number < 0.0);
    below.then_some(phrase!("network-files-has-variances-below-0"))
}

/// Dimensions as they are said: `8 × 3 × 3 × 3`.
fn words(dims: &[usize]) -> Phrase {
    let sides: Vec<_> = dims.iter().map(ToString::to_string).collect();
    if sides.is_empty() { phrase!("network-files-one-number") } else { sides.join(" × ").into() }
}

fn path(network: &Network, layer: usize) -> &str {
    network.layers.get(layer).map_or("", |layer| &layer.path)
}
