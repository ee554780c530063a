//! The words that stand for a missing value.

/// What counts as missing in any column: the list of pandas' `read_csv`
/// (<https://pandas.pydata.org/docs/reference/api/pandas.read_csv.html>, `na_values`), spelled just so, since `Nan` is a
/// name and `INF` a word; and the question mark of the UCI repository.
const ANYWHERE: [&str; 20] = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
    "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null", "?",
];

/// What else is plainly no value in a column of numbers, in lower case; workbooks' errors among them.
const AMONG_NUMBERS: [&str; 33] = [
    "-",
    "−",
    "\\N",
    "(null)",
    "nat",
    "--",
    "---",
    "–",
    "—",
    ".",
    "..",
    "...",
    "…",
    "*",
    "na",
    "n.a.",
    "n.a",
    "n/d",
    "nd",
    "n.d.",
    "none",
    "nil",
    "missing",
    "unknown",
    "not available",
    "no data",
    "#n/a",
    "#value!",
    "#div/0!",
    "#ref!",
    "#num!",
    "#name?",
    "#null!",
];

/// The longest word of either list, in bytes.
const LONGEST: usize = 13;

/// Whether a field is missing, whatever its column holds.
pub fn is_missing(field: &[u8]) -> bool {
    field.is_empty()
        || field.len() <= LONGEST && ANYWHERE.iter().any(|word| word.as_bytes() == field)
}

/// Whether a field is missing if the others in its column are numbers.
pub(super) fn is_missing_among_numbers(field: &[u8]) -> bool {
    let same = |word: &&str| word.as_bytes().eq_ignore_ascii_case(field);
    field.len() <= LONGEST && (AMONG_NUMBERS.iter().chain(&ANYWHERE).any(same))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_missing_values() {
        for word in ["", "NA", "NaN", "nan", "None", "#N/A", "<NA>", "?"] {
            assert!(
                is_missing(word.as_bytes()) && is_missing_among_numbers(word.as_bytes()),
                "{word}"
            );
        }
        for word in ["Nan", "NAN", "none", "-", ".", "missing", "Missing", "#DIV/0!", "—"] {
            assert!(
                !is_missing(word.as_bytes()) && is_missing_among_numbers(word.as_bytes()),
                "{word}"
            );
        }
        for word in ["INF", "nana", "0", "n", "--5"] {
            assert!(
                !is_missing(word.as_bytes()) && !is_missing_among_numbers(word.as_bytes()),
                "{word}"
            );
        }
    }
}
