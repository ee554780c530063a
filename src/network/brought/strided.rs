//! Numbers that are only moved: where each comes from, as strides over dimensions if they can be told so.

use crate::stream::Op;

/// Dimensions of a view, at most.
const MOST_DIMS: usize = 8;

/// The places that an operator takes numbers from, in their order, as offset and strides; none where they follow no such
/// rule.
pub fn strided(name: &str, places: &[usize]) -> Option<Op> {
    let offset = *places.first()?;
    let (mut sizes, mut strides) = (Vec::new(), Vec::new());
    // Places of the first number of each block; blocks follow the same rule.
    let mut firsts = places.to_vec();
    while firsts.len() > 1 {
        let stride = signed(*firsts.get(1)?)? - signed(offset)?;
        let ruled = |block: &[usize]| {
            let first = block.first().copied().unwrap_or(0);
            let mut places = block.iter().enumerate();
            places.all(|(at, place)| {
                signed(*place) == signed(first).map(|first| first + stride * at as isize)
            })
        };
        let longest = (2..=firsts.len()).take_while(|size| firsts.get(..*size).is_some_and(ruled));
        let longest = longest.last().unwrap_or(1);
        let divides =
            |size: &usize| firsts.len().is_multiple_of(*size) && firsts.chunks(*size).all(ruled);
        let size = (2..=longest).rev().find(divides)?;
        sizes.insert(0, size);
        strides.insert(0, stride);
        firsts = firsts.iter().step_by(size).copied().collect();
        if sizes.len() > MOST_DIMS {
            return None;
        }
    }
    Some(Op::Strided { name: name.to_owned(), sizes, strides, offset })
}

fn signed(place: usize) -> Option<isize> {
    isize::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places that sizes, strides and an offset tell.
    fn places(op: &Op) -> Vec<usize> {
        let Op::Strided { sizes, strides, offset, .. } = op else { panic!("{op:?}") };
        let mut all = vec![*offset as isize];
        for (size, stride) in sizes.iter().zip(strides) {
            all = all
                .iter()
                .flat_map(|place| (0..*size as isize).map(move |at| place + at * stride))
                .collect();
        }
        all.into_iter().map(|place| place as usize).collect()
    }

    #[test]
    fn what_is_turned_cut_repeated_or_reversed_follows_a_rule() {
        let turned: Vec<usize> = (0..12).map(|at| at % 3 * 4 + at / 3).collect();
        let cut: Vec<usize> = (0..6).map(|at| 10 + at / 2 * 7 + at % 2).collect();
        let repeated: Vec<usize> = (0..16).map(|at| at / 8 * 2 + at % 4 / 2).collect();
        let reversed: Vec<usize> = (0..5).rev().collect();
        for all in [turned, cut, repeated, reversed, vec![3], (0..100).collect()] {
            let op = strided("slice", &all).unwrap();
            assert_eq!(places(&op), all);
        }
        let Some(Op::Strided { sizes, .. }) = strided("slice", &(0..100).collect::<Vec<_>>())
        else {
            panic!()
        };
        assert_eq!(sizes, [100], "what is not moved has one dimension");
    }

    #[test]
    fn what_follows_none_is_not_told() {
        assert_eq!(strided("gather", &[0, 1, 5, 2]), None);
        assert_eq!(strided("gather", &[]), None);
    }
}
