//! Turns names into numbers in the order in which they first appear.

use std::collections::HashMap;

/// Names as they first appear, each with its place.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    places: HashMap<Box<str>, u32>,
    pub(super) names: Vec<String>,
    last: u32,
}

impl NameIndex {
    /// The place of a name, new or not.
    pub(super) fn place_of(&mut self, name: &str) -> u32 {
        // The same person rates many things in a row.
        if self.names.get(self.last as usize).is_some_and(|last| last == name) {
            return self.last;
        }
        self.last = self.find(name).unwrap_or_else(|| {
            let place = self.names.len() as u32;
            self.names.push(name.to_owned());
            self.places.insert(name.into(), place);
            place
        });
        self.last
    }

    /// The place of a name, if it appeared.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.places.get(name).copied()
    }
}

/// A number that went through a column of fractions is still the same name: `1.0` is `1`.
pub(super) fn same_id(name: &str) -> &str {
    let is_whole =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    match name.split_once('.') {
        Some((whole, zeros)) if is_whole(whole) && zeros.bytes().all(|zero| zero == b'0') => whole,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_zeros_behind_them_are_the_same() {
        for (written, name) in
            [("1.0", "1"), ("12.", "12"), ("1.5", "1.5"), ("v1.0", "v1.0"), (".0", ".0")]
        {
            assert_eq!(same_id(written), name);
        }
    }

    #[test]
    fn names_are_counted_as_they_appear() {
        let mut names = NameIndex::default();
        let places = ["7", "3", "3", "7", "9"].map(|name| names.place_of(name));
        assert_eq!(places, [0, 1, 1, 0, 2]);
        assert_eq!(names.names, ["7", "3", "9"]);
        assert_eq!((names.find("9"), names.find("8")), (Some(2), None));
    }
}
