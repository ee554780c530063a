//! The different words of a column as long as they are few, and which of them stands in each row.

/// More different values than this are no categories.
pub const MOST_CATEGORIES: usize = 50;
/// In place of a word where a row has none.
pub const NO_WORD: u8 = u8::MAX;

/// The words of a column.
#[derive(Debug, Default)]
pub(super) struct WordColumn {
    pub(super) names: Vec<String>,
    /// For each row that has been read which of the names.
    pub(super) codes: Vec<u8>,
    /// The row whose word was one too many; no codes are kept from then on.
    pub(super) too_many: Option<u32>,
}

impl WordColumn {
    /// Takes the word of a row, or that it has none.
    pub(super) fn push(&mut self, word: Option<&str>, row: u32) {
        if self.too_many.is_some() {
            return;
        }
        self.codes.resize(row as usize, NO_WORD);
        let Some(word) = word else {
            return;
        };
        let code = self.names.iter().position(|known| known == word).unwrap_or(self.names.len());
        if code == MOST_CATEGORIES {
            (self.too_many, self.codes) = (Some(row), Vec::new());
            return;
        }
        if code == self.names.len() {
            self.names.push(word.to_owned());
        }
        self.codes.push(code as u8);
    }

    /// The code of each of so many rows.
    pub(super) fn codes(&mut self, rows: usize) -> &[u8] {
        self.codes.resize(rows, NO_WORD);
        &self.codes
    }
}

/// Names in order, by number if all are numbers, and where each of the old places has gone.
pub(super) fn in_order(names: Vec<String>) -> (Vec<String>, Vec<usize>) {
    let numbers: Option<Vec<f64>> = names.iter().map(|name| name.parse().ok()).collect();
    let mut order: Vec<usize> = (0..names.len()).collect();
    match numbers {
        Some(numbers) => order.sort_by(|&one, &other| numbers[one].total_cmp(&numbers[other])),
        None => order.sort_by(|&one, &other| names[one].cmp(&names[other])),
    }
    let mut places = vec![0; names.len()];
    for (place, &old) in order.iter().enumerate() {
        places[old] = place;
    }
    let mut old: Vec<Option<String>> = names.into_iter().map(Some).collect();
    let names = order.iter().filter_map(|&at| old[at].take()).collect();
    (names, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_until_they_are_too_many() {
        let mut words = WordColumn::default();
        words.push(Some("b"), 1);
        words.push(None, 2);
        words.push(Some("a"), 3);
        words.push(Some("b"), 4);
        assert_eq!(words.codes(6), [NO_WORD, 0, NO_WORD, 1, 0, NO_WORD]);
        for row in 6..60 {
            words.push(Some(&row.to_string()), row);
        }
        assert_eq!((words.too_many, words.names.len()), (Some(54), 50));
    }

    #[test]
    fn names_that_are_numbers_are_in_the_order_of_numbers() {
        let names = ["10", "9", "-1"].map(str::to_owned).to_vec();
        let (sorted, places) = in_order(names);
        assert_eq!((sorted.join(" "), places), ("-1 9 10".to_owned(), vec![2, 1, 0]));
    }
}
