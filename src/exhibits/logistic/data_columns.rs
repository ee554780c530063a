//! Columns that grow while a table is read, and find out on the way whether they hold numbers or categories.

use std::fmt;

/// A column with more different values that are no numbers is text, not a category.
pub(super) const MOST_CATEGORIES: usize = 50;
/// The place of a category that is missing.
pub(super) const NO_CATEGORY: u8 = u8::MAX;
/// One text to so many numbers is taken for a slip.
const NUMBERS_PER_SLIP: u64 = 100;
/// At most so many letters of a value are shown.
const LONGEST_SHOWN: usize = 40;

/// A column that can be learned from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    /// How many values are missing.
    pub(super) missing: usize,
    /// Its values, row by row.
    pub(super) values: Values,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Values {
    /// Numbers; what is missing is no number.
    Numbers(Vec<f64>),
    /// For each row which of the names; [`NO_CATEGORY`] where it is missing.
    Categories { names: Vec<String>, codes: Vec<u8> },
}

/// What a column has turned out to be.
pub(super) enum Turned {
    /// It can be learned from.
    Good(Column),
    /// It is text that differs from row to row.
    Text(String),
    /// No row has a value.
    Empty(String),
    /// It holds numbers but for a few texts, the first in this line.
    Slip { name: String, line: u64, text: String, numbers: u64 },
}

/// What is wrong with a field.
#[derive(Debug, PartialEq)]
pub(super) enum Fault {
    /// It is not UTF-8.
    NotText,
    /// It is a number that is not finite.
    NotFinite(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => f.write_str("is not UTF-8"),
            Self::NotFinite(text) => write!(f, "holds {}, which is not finite", shown(text)),
        }
    }
}

/// A field as it is understood.
#[derive(Debug, PartialEq)]
pub(super) enum Field<'a> {
    Missing,
    Number(f64),
    Text(&'a str),
}

impl<'a> Field<'a> {
    /// Reads a field; a comma stands in a number where `commas` allows it.
    pub(super) fn read(bytes: &'a [u8], commas: bool) -> Result<Self, Fault> {
        let missing: [&[u8]; 6] = [b"", b"?", b"na", b"n/a", b"nan", b"null"];
        if bytes.len() <= 4 && missing.iter().any(|word| bytes.eq_ignore_ascii_case(word)) {
            return Ok(Self::Missing);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotText)?;
        let number = text.parse::<f64>().ok().or_else(|| {
            // As German or French programs write it.
            let pointed =
                (commas && text.matches(',').count() == 1).then(|| text.replace(',', "."));
            pointed.and_then(|text| text.parse().ok())
        });
        match number {
            Some(number) if number.is_finite() => Ok(Self::Number(number)),
            Some(_) => Err(Fault::NotFinite(text.to_owned())),
            None => Ok(Self::Text(text)),
        }
    }

    /// Its value as a category is called; `None` if it is missing.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Missing => None,
            Self::Number(number) => Some(number.to_string()),
            Self::Text(text) => Some((*text).to_owned()),
        }
    }
}

/// A column that is being read.
pub(super) struct Growing {
    name: String,
    missing: usize,
    numbers: u64,
    texts: u64,
    /// The line of the first value that is no number, and the value.
    first_text: Option<(u64, String)>,
    held: Held,
}

/// What a column seems to hold so far.
enum Held {
    /// Numbers, and which ones as long as they are few.
    Numbers {
        values: Vec<f64>,
        different: Vec<f64>,
    },
    Categories {
        names: Vec<String>,
        codes: Vec<u8>,
    },
    /// Neither: nothing is kept.
    Text,
}

impl Growing {
    pub(super) fn new(name: String) -> Self {
        let held = Held::Numbers { values: Vec::new(), different: Vec::new() };
        Self { name, missing: 0, numbers: 0, texts: 0, first_text: None, held }
    }

    /// Takes the value of the next row.
    pub(super) fn push(&mut self, field: &Field<'_>, line: u64) {
        match field {
            Field::Missing => self.missing += 1,
            Field::Number(_) => self.numbers += 1,
            Field::Text(text) => {
                self.texts += 1;
                self.first_text.get_or_insert_with(|| (line, (*text).to_owned()));
                self.become_categories();
            }
        }
        match &mut self.held {
            Held::Numbers { values, different } => {
                let number = if let Field::Number(number) = field { *number } else { f64::NAN };
                values.push(number);
                let new = different.len() <= MOST_CATEGORIES && !number.is_nan();
                if new && !different.contains(&number) {
                    different.push(number);
                }
            }
            Held::Categories { names, codes } => match field.name() {
                None => codes.push(NO_CATEGORY),
                Some(name) => match code(names, name) {
                    Some(code) => codes.push(code),
                    None => self.held = Held::Text,
                },
            },
            Held::Text => {}
        }
    }

    /// Takes the numbers so far for the names of categories, if they are few.
    fn become_categories(&mut self) {
        let Held::Numbers { values, different } = &self.held else {
            return;
        };
        if different.len() > MOST_CATEGORIES {
            self.held = Held::Text;
            return;
        }
        let place = |value: &f64| different.iter().position(|known| known == value);
        let codes = values.iter().map(|value| place(value).map_or(NO_CATEGORY, |at| at as u8));
        let codes = codes.collect();
        let names = different.iter().map(f64::to_string).collect();
        self.held = Held::Categories { names, codes };
    }

    /// Says what it is once all rows are read.
    pub(super) fn turn(self) -> Turned {
        let Self { name, missing, numbers, texts, first_text, held } = self;
        match held {
            Held::Numbers { .. } if numbers == 0 => Turned::Empty(name),
            Held::Numbers { mut values, .. } => {
                values.shrink_to_fit();
                Turned::Good(Column { name, missing, values: Values::Numbers(values) })
            }
            Held::Categories { names, codes } => {
                let (names, codes) = sorted(names, codes);
                Turned::Good(Column { name, missing, values: Values::Categories { names, codes } })
            }
            Held::Text => match first_text {
                Some((line, text)) if texts * NUMBERS_PER_SLIP <= numbers => {
                    Turned::Slip { name, line, text, numbers }
                }
                _ => Turned::Text(name),
            },
        }
    }
}

/// The place of a name among those known, as a new one if need be; `None` if there are too many.
fn code(names: &mut Vec<String>, name: String) -> Option<u8> {
    let known = names.iter().position(|known| *known == name);
    let place = known.or_else(|| {
        (names.len() < MOST_CATEGORIES).then(|| {
            names.push(name);
            names.len() - 1
        })
    });
    place.map(|place| place as u8)
}

/// Puts categories in the order of their names.
fn sorted(names: Vec<String>, codes: Vec<u8>) -> (Vec<String>, Vec<u8>) {
    let (names, places) = in_order(names);
    let place = |code: u8| places.get(usize::from(code)).map_or(NO_CATEGORY, |place| *place as u8);
    (names, codes.into_iter().map(place).collect())
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

/// A name or value as it is shown in a sentence, whatever it may hold.
pub(super) fn shown(name: &str) -> String {
    let mut letters = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let start: String = letters.by_ref().take(LONGEST_SHOWN).collect();
    let more = if letters.next().is_some() { "…" } else { "" };
    format!("“{start}{more}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(fields: &[&str]) -> Turned {
        let mut column = Growing::new("c".to_owned());
        for (line, text) in (2..).zip(fields) {
            column.push(&Field::read(text.as_bytes(), false).unwrap(), line);
        }
        column.turn()
    }

    #[test]
    fn fields_are_missing_or_numbers_or_text() {
        for word in ["", "NA", "NaN", "nan", "?", "null", "NULL", "n/a"] {
            assert_eq!(Field::read(word.as_bytes(), false), Ok(Field::Missing), "{word}");
        }
        assert_eq!(Field::read(b"-1.5e3", false), Ok(Field::Number(-1500.0)));
        assert_eq!(Field::read(b"3,5", true), Ok(Field::Number(3.5)));
        assert_eq!(Field::read(b"3,5", false), Ok(Field::Text("3,5")));
        assert_eq!(Field::read(b"nana", false), Ok(Field::Text("nana")));
        assert_eq!(Field::read(b"inf", false), Err(Fault::NotFinite("inf".to_owned())));
        assert_eq!(Field::read(b"1e999", false), Err(Fault::NotFinite("1e999".to_owned())));
        assert_eq!(Field::read(b"\xff", false), Err(Fault::NotText));
    }

    #[test]
    fn numbers_before_a_text_become_categories_too() {
        let Turned::Good(column) = grown(&["2", "1", "", "b", "1.0", "a"]) else {
            panic!("a category");
        };
        assert_eq!(column.missing, 1);
        let names = ["1", "2", "a", "b"].map(str::to_owned).to_vec();
        let codes = vec![1, 0, NO_CATEGORY, 3, 0, 2];
        assert_eq!(column.values, Values::Categories { names, codes });
    }

    #[test]
    fn text_that_always_differs_is_none_and_a_slip_is_told() {
        let texts: Vec<String> = (0..60).map(|at| format!("name {at}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert!(matches!(grown(&texts), Turned::Text(_)));
        let mut numbers: Vec<String> = (0..200).map(|at| at.to_string()).collect();
        numbers[150] = "1o".to_owned();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let Turned::Slip { line, text, numbers, .. } = grown(&numbers) else {
            panic!("a slip");
        };
        assert_eq!((line, text.as_str(), numbers), (152, "1o", 199));
        assert!(matches!(grown(&["", "NA"]), Turned::Empty(_)));
    }

    #[test]
    fn names_that_are_numbers_are_in_the_order_of_numbers() {
        let names = ["10", "9", "-1"].map(str::to_owned).to_vec();
        let (sorted, places) = in_order(names);
        assert_eq!((sorted.join(" "), places), ("-1 9 10".to_owned(), vec![2, 1, 0]));
    }
}
