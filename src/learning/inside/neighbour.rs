//! The nearest real image of a class, by pixels.

use crate::{inside::Neighbour, learning::data::Examples};

/// The image of a class that is nearest to an input, by the sum of the squares of all differences: of those that are learned
/// from and those that are tested on, but for one of the latter. The first of equals.
pub(super) fn nearest(
    input: &[f32],
    class: usize,
    (train, tests): (&Examples, &Examples),
    but: Option<usize>,
) -> Option<Neighbour> {
    let of_class = |examples: &Examples, but: Option<usize>| {
        let labels = examples.labels.iter().enumerate();
        let indices =
            labels.filter(|(at, label)| usize::from(**label) == class && Some(*at) != but);
        let distances = indices.filter_map(|(index, _)| {
            let pixels = examples.image(index)?.iter().zip(input);
            let square = |(a, b): (&f32, &f32)| (f64::from(*a) - f64::from(*b)).powi(2);
            Some((index, pixels.map(square).sum::<f64>()))
        });
        distances.reduce(|best, one| if one.1 < best.1 { one } else { best })
    };
    let found = [(false, of_class(train, None)), (true, of_class(tests, but))];
    let found = found.into_iter().filter_map(|(is_test, found)| {
        let (index, square) = found?;
        let image = if is_test { tests } else { train }.image(index)?.into();
        Some((Neighbour { is_test, index, distance: square.sqrt() as f32, image }, square))
    });
    found.reduce(|best, one| if one.1 < best.1 { one } else { best }).map(|(found, _)| found)
}
