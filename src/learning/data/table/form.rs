//! Finds out how the rows of a table are written: what parts the fields, and whether the first row names the columns.

use std::io::Cursor;

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use super::{
    TableOptions,
    missing::is_missing,
    number::number,
    opened::{BUFFER_BYTES, Opened},
    stream::{END_MARK, Stream},
};

/// Does not occur in text, so that a row stays whole.
const UNIT_SEPARATOR: u8 = 0x1f;
/// What may part fields. Of equals the first counts, as a comma may stand in numbers and sentences.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];
/// So many rows are looked at.
const SAMPLE_ROWS: usize = 100;
/// Before a separator in a first line of its own, as Excel writes and reads it.
const SEPARATOR_LINE: &[u8] = b"sep=";

/// How the rows of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// This byte stands between fields, and fields may be quoted.
    Csv(u8),
    /// `u.data`: tabs between fields, no names, no quotes.
    Tabs,
    /// `u.item`: bars between fields, no names, no quotes.
    Bars,
    /// `ratings.dat` and `movies.dat`: `::` between fields, no names, no quotes.
    Colons,
}

impl Form {
    /// The byte at which rows are parted.
    pub(super) fn separator(self) -> u8 {
        match self {
            Self::Csv(separator) => separator,
            Self::Tabs => b'\t',
            Self::Bars => b'|',
            Self::Colons => UNIT_SEPARATOR,
        }
    }

    /// Whether it is one of MovieLens' older forms, which name no columns and quote nothing.
    pub fn is_bare(self) -> bool {
        !matches!(self, Self::Csv(_))
    }

    /// Rows of bytes in this form.
    pub(super) fn reader<R: std::io::Read>(self, bytes: R) -> Reader<Stream<R>> {
        ReaderBuilder::new()
            .delimiter(self.separator())
            .quoting(!self.is_bare())
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(Stream::new(bytes))
    }
}

/// What the beginning of a CSV tells.
#[derive(Debug, PartialEq)]
pub(super) struct Sniffed {
    pub(super) separator: u8,
    /// How long the line is that only says what parts the fields, in bytes.
    pub(super) separator_line: usize,
    /// Whether the first row seems to hold values instead of names.
    pub(super) starts_with_values: bool,
    /// Fields of the first row.
    pub(super) first_fields: usize,
    /// Fields of most rows below it.
    pub(super) usual_fields: Option<usize>,
    /// Whether the last of these is empty in all rows.
    pub(super) ends_empty: bool,
    /// Whether two fields beside each other seem to be one number, whose thousands the separator parts.
    pub(super) splits_thousands: bool,
    /// How many rows have so many.
    pub(super) usual_rows: usize,
}

impl Sniffed {
    /// Looks at the beginning of a file.
    pub(super) fn of(opened: &Opened, options: &TableOptions) -> Self {
        let (line, given) = separator_line(&opened.head);
        let head = &opened.head[line..];
        let sampled = |separator: u8| (separator, sample(head, opened.whole, separator));
        let (separator, rows) = match given {
            Some(separator) => sampled(separator),
            None => likeliest(SEPARATORS.map(sampled)),
        };
        let (first, below) =
            rows.split_first().map_or((None, &[][..]), |(first, below)| (Some(first), below));
        let usual_fields = usual_length(below);
        let last_is_empty = |row: &ByteRecord| {
            row.iter().next_back().is_none_or(|field| field.trim_ascii().is_empty())
        };
        Self {
            separator,
            separator_line: line,
            starts_with_values: match options.header {
                Some(given) => !given,
                None => first.is_some_and(|first| seems_to_hold_values(first, below)),
            },
            usual_rows: below.iter().filter(|row| Some(row.len()) == usual_fields).count(),
            first_fields: first.map_or(0, ByteRecord::len),
            usual_fields,
            splits_thousands: splits_thousands(below),
            ends_empty: !below.is_empty()
                && below.iter().filter(|row| Some(row.len()) == usual_fields).all(last_is_empty),
        }
    }
}

/// How long the line `sep=;` is if there is one, and what it says.
fn separator_line(head: &[u8]) -> (usize, Option<u8>) {
    let end = head.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(head.len());
    let line = head[..end].trim_ascii_end();
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let is_one = line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(SEPARATOR_LINE));
    // A tab at the end of the line is the separator, not a blank.
    let said = match line.get(4..) {
        Some([separator]) => Some(*separator),
        Some([]) if head[..end].contains(&b'\t') => Some(b'\t'),
        _ => None,
    };
    match said.filter(|said| is_one && said.is_ascii_punctuation() || *said == b'\t') {
        Some(separator) => {
            let feed = if head[end..].starts_with(b"\r\n") { 2 } else { 1 };
            ((end + feed).min(head.len()), Some(separator))
        }
        None => (0, None),
    }
}

/// The first rows that are not blank.
fn sample(head: &[u8], whole: bool, separator: u8) -> Vec<ByteRecord> {
    let mut reader = Form::Csv(separator).reader(Cursor::new(head));
    let mut rows: Vec<ByteRecord> = Vec::new();
    let mut ended = false;
    while rows.len() < SAMPLE_ROWS {
        let mut row = ByteRecord::new();
        // What breaks off here is told when the rows are read one by one.
        if !reader.read_byte_record(&mut row).unwrap_or(false) || row.iter().eq([END_MARK]) {
            ended = true;
            break;
        }
        if row.iter().any(|field| !field.trim_ascii().is_empty()) {
            rows.push(row);
        }
        reader.get_mut().allowance = super::stream::LONGEST_ROW;
    }
    if ended && !whole && rows.len() > 1 {
        rows.pop();
    }
    rows
}

/// What parts the fields: most rows have as many of them as most others, and most of them are numbers.
fn likeliest(candidates: [(u8, Vec<ByteRecord>); 4]) -> (u8, Vec<ByteRecord>) {
    let rank = |rows: &[ByteRecord]| -> (f64, f64, usize) {
        let (first, below) = match rows.split_first() {
            Some((first, below)) if first.len() > 1 => (first.len(), below),
            _ => return (0.0, 0.0, 0),
        };
        let usual = usual_length(below).unwrap_or(first);
        let alike = below.iter().filter(|row| row.len() == usual).count();
        let alike = if below.is_empty() { 1.0 } else { alike as f64 / below.len() as f64 };
        let fields = || below.iter().flatten();
        let numbers = fields().filter(|field| number(field.trim_ascii()).is_some()).count();
        let numbers = numbers as f64 / fields().count().max(1) as f64;
        (if usual > 1 { alike } else { 0.1 }, numbers, first)
    };
    let mut best = ((0.0, 0.0, 0), (b',', Vec::new()));
    let [.., (_, commas)] = &candidates;
    best.1.1.clone_from(commas);
    for (separator, rows) in candidates {
        let ranked = rank(&rows);
        if ranked.partial_cmp(&best.0) == Some(std::cmp::Ordering::Greater) {
            best = (ranked, (separator, rows));
        }
    }
    best.1
}

/// How many fields most rows have; the fewest of equals.
fn usual_length(rows: &[ByteRecord]) -> Option<usize> {
    let mut lengths: Vec<usize> = rows.iter().map(ByteRecord::len).collect();
    lengths.sort_unstable();
    let equals = lengths.chunk_by(|a, b| a == b);
    equals.min_by_key(|equal| std::cmp::Reverse(equal.len())).map(|equal| equal[0])
}

/// Whether in each row a field of at most three digits has three digits behind it, which somewhere begin with a zero.
fn splits_thousands(rows: &[ByteRecord]) -> bool {
    let digits = |field: &[u8], lengths: std::ops::RangeInclusive<usize>| {
        let field = field.trim_ascii();
        lengths.contains(&field.len()) && field.iter().all(u8::is_ascii_digit)
    };
    let field = |row: &ByteRecord, at: usize| row.get(at).unwrap_or_default().to_vec();
    let columns = rows.first().map_or(0, ByteRecord::len);
    (1..columns).any(|at| {
        rows.iter().all(|row| digits(&field(row, at - 1), 1..=3) && digits(&field(row, at), 3..=3))
            && rows.iter().any(|row| field(row, at).first() == Some(&b'0'))
    })
}

/// Whether a first row is of the kind of those below it: numbers above numbers, or values that come again, and no word
/// above numbers. Numbers in even steps, such as years or places, are names.
fn seems_to_hold_values(first: &ByteRecord, below: &[ByteRecord]) -> bool {
    let numbers: Vec<f64> = first
        .iter()
        .filter_map(|field| number(field.trim_ascii()))
        .map(|number| number.value)
        .collect();
    let in_steps = match numbers.as_slice() {
        // Two are always in even steps.
        [first, second] => {
            second - first == 1.0 && (*first <= 1.0 || (1900.0..2100.0).contains(first))
        }
        [first, second, ..] => {
            first != second && numbers.windows(2).all(|two| two[1] - two[0] == second - first)
        }
        _ => false,
    } && numbers.iter().all(|number| number.fract() == 0.0);
    if in_steps {
        return false;
    }
    if below.is_empty() {
        return numbers.len() == first.len();
    }
    // Files that were put one after the other repeat their names, above numbers; rows of words may come again.
    let others: Vec<&ByteRecord> = below.iter().filter(|row| *row != first).collect();
    if seen_as(first, &others).1 > 0 {
        return false;
    }
    let (values, names) = seen_as(first, &below.iter().collect::<Vec<_>>());
    values > 0 && names == 0
}

/// How many fields of a row are of the kind of those below it, and how many are words above numbers.
fn seen_as(first: &ByteRecord, below: &[&ByteRecord]) -> (usize, usize) {
    let (mut values, mut names) = (0, 0);
    for (at, field) in first.iter().enumerate() {
        let field = field.trim_ascii();
        let fields = || {
            below
                .iter()
                .filter_map(|row| row.get(at))
                .map(<[u8]>::trim_ascii)
                .filter(|field| !is_missing(field))
        };
        let is_number = number(field).is_some();
        if fields().next().is_some() && fields().all(|field| number(field).is_some()) {
            values += usize::from(is_number);
            names += usize::from(!is_number && !is_missing(field));
        } else if !is_missing(field) && fields().any(|other| other == field) {
            values += 1;
        }
    }
    (values, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(text: &str) -> (char, bool) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        std::fs::write(&path, text).unwrap();
        let sniffed = Sniffed::of(&Opened::new(&path).unwrap(), &TableOptions::default());
        (char::from(sniffed.separator), sniffed.starts_with_values)
    }

    #[test]
    fn what_parts_the_fields_is_found_in_the_rows() {
        for (text, separator) in [
            ("a,b\n1,2\n", ','),
            ("a;b\n1,5;2\n3,5;4\n", ';'),
            ("1,5;2,3\n1,7;2,9\n", ';'),
            ("a\tb\n1,5\t2\n", '\t'),
            ("a|b\nx, y|2\n", '|'),
            ("movieId,title,genres\n1,Toy Story,Adventure|Comedy\n2,Heat,Drama|Crime\n", ','),
            ("note;x\n\"a;b\";1\nhello, you;2\n", ';'),
            ("\"temp; in C\",x,label\n1,2,3\n", ','),
            ("sep=|\na|b;c\n1|2\n", '|'),
            ("sep=\t\na\tb;c\n1\t2\n", '\t'),
            ("\"sep=;\"\r\na;b\r\n1;2\r\n", ';'),
            ("single\n1,5\n", ','),
            ("a,b\r1,2\r3,4", ','),
            ("x,y", ','),
        ] {
            assert_eq!(sniffed(text).0, separator, "{text:?}");
        }
    }

    #[test]
    fn a_first_row_of_values_is_told_from_names() {
        for (text, values) in [
            ("a,b\n1,2\n", false),
            ("5.0,3.5,round\n4.9,3.1,round\n", true),
            ("5.0,3.5,1\n4.9,3.1,1\n", true),
            ("A0,32,3.0,13411\nA0,33,4.0,13412\n", true),
            ("name,2001,2002\nA,1,2\nB,3,4\n", false),
            ("0,1,2\n5,6,7\n", false),
            ("gone,Berg\nstay,Dorn\ngone,Berg\n", true),
            ("city,state\nBerg,x\nDorn,y\n", false),
            ("x,y\n,\n1,\n", false),
            ("id,x\n1,2\nid,x\n3,4\n", false),
            ("12,40\n15,52\n", true),
            ("1990,2000\n1,2\n", true),
            ("1,2\n", false),
            ("3,2.5\n", true),
        ] {
            assert_eq!(sniffed(text).1, values, "{text:?}");
        }
    }
}
