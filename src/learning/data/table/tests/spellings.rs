//! Whatever way a table is spelled in, the same numbers are read.

use proptest::prelude::*;

use super::*;

/// How a table is written.
#[derive(Clone, Copy, Debug)]
struct Spelling {
    separator: char,
    decimal: char,
    /// Between thousands, if anything is.
    group: Option<char>,
    quoted: bool,
    line_end: &'static str,
    byte_order_mark: bool,
    packed: bool,
    trailing: bool,
    separator_line: bool,
    currency: bool,
    row_numbers: bool,
}

fn spelling() -> impl Strategy<Value = Spelling> {
    let marks = prop::sample::select(vec![
        (',', '.', None),
        (',', '.', Some(',')),
        (',', ',', Some('.')),
        (';', ',', None),
        (';', ',', Some('.')),
        (';', ',', Some(' ')),
        (';', '.', None),
        (';', '.', Some('\'')),
        ('\t', '.', None),
        ('\t', ',', Some('\u{202f}')),
        ('|', '.', Some(',')),
    ]);
    let line_end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (marks, line_end, any::<[bool; 7]>()).prop_map(
        |((separator, decimal, group), line_end, flags)| {
            let [quoted, byte_order_mark, packed, trailing, separator_line, currency, row_numbers] =
                flags;
            // A mark that parts fields must be quoted within them.
            let quoted = quoted || decimal == separator || group == Some(separator);
            Spelling {
                separator,
                decimal,
                group,
                quoted,
                line_end,
                byte_order_mark,
                packed,
                trailing,
                separator_line,
                currency,
                row_numbers,
            }
        },
    )
}

impl Spelling {
    fn number(&self, cents: Option<i64>) -> String {
        let Some(cents) = cents else {
            return String::new();
        };
        let whole = (cents.abs() / 100).to_string();
        let mut grouped = String::new();
        for (at, digit) in whole.char_indices() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.extend(self.group);
            }
            grouped.push(digit);
        }
        let sign = if cents < 0 { "-" } else { "" };
        let currency = if self.currency { "$" } else { "" };
        format!("{sign}{currency}{grouped}{}{:02}", self.decimal, cents.abs() % 100)
    }

    fn written(&self, columns: &[Vec<Option<i64>>], words: &[&str]) -> Vec<u8> {
        let mut text = if self.separator_line {
            format!("sep={}{}", self.separator, self.line_end)
        } else {
            String::new()
        };
        let field =
            |field: &str| if self.quoted { format!("\"{field}\"") } else { field.to_owned() };
        let mut line = |fields: Vec<String>, number: &str| {
            let mut fields: Vec<String> = fields.iter().map(|one| field(one)).collect();
            if self.row_numbers {
                fields.insert(0, field(number));
            }
            if self.trailing {
                fields.push(String::new());
            }
            text += &fields.join(&self.separator.to_string());
            text += self.line_end;
        };
        let names =
            (0..columns.len()).map(|at| format!("column named {}", (b'a' + at as u8) as char));
        line(names.chain(["word".to_owned()]).collect(), "");
        for (row, word) in words.iter().enumerate() {
            let numbers = columns.iter().map(|column| self.number(column[row]));
            line(numbers.chain([(*word).to_owned()]).collect(), &row.to_string());
        }
        let mut bytes = if self.byte_order_mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        bytes.extend(text.into_bytes());
        if self.packed { zipped(&bytes) } else { bytes }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_spelling_reads_back_the_same_numbers(
        spelling in spelling(),
        rows in prop::collection::vec((
            [prop::option::weighted(0.9, -999_999_999_i64..999_999_999), prop::option::weighted(0.9, -9_999_i64..9_999)],
            prop::sample::select(vec!["red", "green", "dark blue", "größer"]),
        ), 3..40),
    ) {
        let columns: Vec<Vec<Option<i64>>> =
            (0..2).map(|at| rows.iter().map(|(numbers, _)| numbers[at]).collect()).collect();
        prop_assume!(columns.iter().all(|column| column.iter().any(Option::is_some)));
        let words: Vec<&str> = rows.iter().map(|(_, word)| *word).collect();
        let bytes = spelling.written(&columns, &words);
        let sheet = read_with(&bytes, &TableOptions::default())
            .map_err(|sentence| TestCaseError::fail(format!("{sentence}\n{}", String::from_utf8_lossy(&bytes))))?;
        is_sound(&sheet).map_err(TestCaseError::fail)?;
        prop_assert_eq!(sheet.columns.len(), 3, "{:?}", sheet.remarks);
        for (read, column) in sheet.columns.iter().zip(&columns) {
            let ColumnValues::Numbers(numbers) = &read.values else {
                return Err(TestCaseError::fail("no numbers"));
            };
            for (number, cents) in numbers.iter().zip(column) {
                let expected = cents.map(|cents| cents as f64 / 100.0);
                prop_assert_eq!((!number.is_nan()).then_some(*number), expected);
            }
        }
        let ColumnValues::Categories { names, codes } = &sheet.columns[2].values else {
            return Err(TestCaseError::fail("no words"));
        };
        for (code, word) in codes.iter().zip(&words) {
            prop_assert_eq!(names[usize::from(*code)].as_str(), *word);
        }
    }
}
