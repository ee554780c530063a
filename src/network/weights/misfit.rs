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
        let of = |words: String| {
            Err(Fault::new(words).of(&format!("layer “{}”", path(network, one.layer))))
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
                let near = near.map_or_else(String::new, |near| {
                    format!("; the nearest is {} of {}", shown(&near.name), words(&near.dims))
                });
                return of(format!("the weights have no “{wanted}” of {size}{near}"));
            }
            Some(array) if array.dims != one.dims => {
                let others = words(&array.dims);
                let called = shown(&array.name);
                return of(format!(
                    "its {name} is {size}, but in the weights {called} is {others}"
                ));
            }
            Some(array) => {
                if let Some(fact) = unusable(one.place, array) {
                    return of(format!("{} of the weights {fact}", shown(&array.name)));
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
            return Err(Fault::new(format!(
                "the weights have a “{bias}” of {}, but it has none: leave bias = false out",
                words(&array.dims)
            ))
            .of(&format!("layer “{}”", layer.path)));
        }
    }
    Ok(())
}

/// Why nothing can be calculated with numbers.
fn unusable(place: Place, array: &NamedArray) -> Option<&'static str> {
    if array.numbers.iter().any(|number| !number.is_finite()) {
        return Some("has numbers that are not finite");
    }
    let below = place == Place::Variance && array.numbers.iter().any(|number| *number < 0.0);
    below.then_some("has variances below 0")
}

/// Dimensions as they are said: `8 × 3 × 3 × 3`.
fn words(dims: &[usize]) -> String {
    let sides: Vec<_> = dims.iter().map(ToString::to_string).collect();
    if sides.is_empty() { "one number".to_owned() } else { sides.join(" × ") }
}

fn path(network: &Network, layer: usize) -> &str {
    network.layers.get(layer).map_or("", |layer| &layer.path)
}
