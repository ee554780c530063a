//! Which array of a file is which of a network: by name, or where names tell nothing by the order of their sizes.

use std::collections::{HashMap, HashSet};

use super::{arrays::NamedArrays, taken::Taken};

/// For each array that a network takes its place in the file, if it is there.
pub(super) struct Match {
    pub(super) places: Vec<Option<usize>>,
    /// What stands before all names in the file.
    pub(super) prefix: String,
    /// Whether the order decided, not the names.
    pub(super) is_by_order: bool,
}

/// The parts of a longer name are looked at from behind, at most so many.
const DEEPEST: usize = 16;

impl Match {
    /// By the names, with the beginning that makes most of them fit, such as `module.`.
    pub(super) fn by_name(taken: &[Taken], file: &NamedArrays) -> Self {
        let wanted: HashSet<&str> = taken.iter().map(|one| one.name.as_str()).collect();
        let mut prefixes: HashMap<&str, (usize, usize)> = HashMap::new();
        for (at, array) in file.arrays.iter().enumerate() {
            let name = array.name.as_str();
            let stops = name.match_indices('.').take(DEEPEST).map(|(stop, _)| stop + 1);
            for start in std::iter::once(0).chain(stops) {
                let (prefix, rest) = name.split_at_checked(start).unwrap_or(("", name));
                if wanted.contains(rest) {
                    prefixes.entry(prefix).or_insert((0, at)).0 += 1;
                }
            }
        }
        // Of those that make equally many fit, the one that comes first.
        let best = prefixes.into_iter().max_by_key(|(_, (fits, at))| (*fits, usize::MAX - at));
        let prefix = best.map_or("", |(prefix, _)| prefix);
        let own = file.arrays.iter().enumerate();
        let own = own.filter_map(|(at, array)| Some((array.name.strip_prefix(prefix)?, at)));
        let own: HashMap<&str, usize> = own.collect();
        let places = taken.iter().map(|one| own.get(one.name.as_str()).copied()).collect();
        Self { places, prefix: prefix.to_owned(), is_by_order: false }
    }

    /// By the order, if the file has the same sizes one after the other and no name says otherwise; the layer `last` may
    /// tell other classes.
    pub(super) fn by_order(
        &self,
        taken: &[Taken],
        file: &NamedArrays,
        last: Option<usize>,
    ) -> Option<Self> {
        let fits = taken.len() == file.arrays.len()
            && taken.iter().zip(&file.arrays).all(|(one, array)| {
                let new = Some(one.layer) == last && one.dims.get(1..) == array.dims.get(1..);
                one.dims == array.dims || new
            });
        let agrees = |(at, place): (usize, &Option<usize>)| place.is_none_or(|place| place == at);
        let agree = self.places.iter().enumerate().all(agrees);
        (file.in_order && fits && agree).then(|| Self {
            places: (0..taken.len()).map(Some).collect(),
            prefix: String::new(),
            is_by_order: true,
        })
    }
}
