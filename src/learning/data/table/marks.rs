//! Decides for a whole column whether the comma or the point stands before decimals.

use super::{
    TableOptions,
    number::{
        COMMA_GROUPS, COMMA_IS_DECIMAL, COMMA_IS_EITHER, LONG_WHOLE, Number, POINT_GROUPS,
        POINT_IS_DECIMAL, POINT_IS_EITHER, SHORT_WHOLE,
    },
};

const PROVES_COMMA: u8 = COMMA_IS_DECIMAL | POINT_GROUPS;
const PROVES_POINT: u8 = POINT_IS_DECIMAL | COMMA_GROUPS;
const OPEN: u8 = COMMA_IS_EITHER | POINT_IS_EITHER;
const WHOLE: u8 = SHORT_WHOLE | LONG_WHOLE;

/// What stands before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// As in `1,234.5`.
    Point,
    /// As in `1.234,5`.
    Comma,
}

/// A field that proves something, and its row.
pub(super) type Proof = (u32, String);

/// What the marks in the numbers of a column have said so far.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    seen: u8,
    /// The first fields that prove the comma, prove the point, and leave it open.
    comma: Option<Proof>,
    point: Option<Proof>,
    open: Option<Proof>,
}

/// Why a column cannot be read.
#[derive(Debug, PartialEq)]
pub(super) enum Unclear {
    /// One field says this, another that.
    Both { comma: Proof, point: Proof },
    /// A mark may be either.
    Either(Proof),
    /// A number has another mark than was said by the option.
    Against(Proof),
}

impl Evidence {
    /// Takes note of a number.
    #[inline]
    pub(super) fn add(&mut self, number: &Number, row: u32, field: &[u8]) {
        if number.marks & !self.seen != 0 {
            self.add_new(number.marks, row, field);
        }
    }

    #[cold]
    fn add_new(&mut self, marks: u8, row: u32, field: &[u8]) {
        self.seen |= marks;
        let proof = || (row, String::from_utf8_lossy(field).into_owned());
        for (mask, place) in [
            (PROVES_COMMA, &mut self.comma),
            (PROVES_POINT, &mut self.point),
            (OPEN, &mut self.open),
        ] {
            if marks & mask != 0 {
                place.get_or_insert_with(proof);
            }
        }
    }

    /// What the numbers of the column prove.
    pub(super) fn proven(&self) -> Option<DecimalMark> {
        match (&self.comma, &self.point) {
            (Some(_), None) => Some(DecimalMark::Comma),
            (None, Some(_)) => Some(DecimalMark::Point),
            _ => None,
        }
    }

    /// Decides: by the option, by what the column proves, by what the other columns do, by how fields are parted.
    ///
    /// Where commas part fields, a comma within a number stands between thousands, and a point before decimals. Where
    /// semicolons do, a mark before three digits is only understood if another number of the table says which it is:
    /// `1,500` beside `2` is as likely as `1,500` beside `950`. What is open is not guessed.
    pub(super) fn decide(
        self,
        options: &TableOptions,
        others: Option<DecimalMark>,
        separator: u8,
    ) -> Result<DecimalMark, Unclear> {
        let has = |marks| self.seen & marks != 0;
        let open = self.open.clone();
        let unclear = || Unclear::Either(open.unwrap_or_default());
        match (options.decimal_mark, self.comma, self.point) {
            (_, Some(comma), Some(point)) => return Err(Unclear::Both { comma, point }),
            (Some(DecimalMark::Comma), None, Some(proof))
            | (Some(DecimalMark::Point), Some(proof), None) => {
                return Err(Unclear::Against(proof));
            }
            (Some(given), ..) => return Ok(given),
            (None, Some(_), None) => return Ok(DecimalMark::Comma),
            (None, None, Some(_)) => return Ok(DecimalMark::Point),
            (None, None, None) => {}
        }
        match (has(COMMA_IS_EITHER), has(POINT_IS_EITHER), others) {
            (true, false, Some(DecimalMark::Comma)) if has(WHOLE) => Err(unclear()),
            (true, _, Some(others)) => Ok(others),
            (true, _, None) if separator == b',' => Ok(DecimalMark::Point),
            (true, _, None) => Err(unclear()),
            (false, true, Some(DecimalMark::Comma)) => Ok(DecimalMark::Comma),
            (false, true, None) if separator == b';' => Err(unclear()),
            (false, ..) => Ok(DecimalMark::Point),
        }
    }
}

/// What all columns together say, where some prove the one and none the other.
pub(super) fn of_all<'a>(columns: impl Iterator<Item = &'a Evidence>) -> Option<DecimalMark> {
    let mut said = None;
    for proven in columns.filter_map(Evidence::proven) {
        if said.is_some_and(|said| said != proven) {
            return None;
        }
        said = Some(proven);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::{super::number::number, *};

    fn evidence(fields: &str) -> Evidence {
        let mut evidence = Evidence::default();
        for (row, field) in (0..).zip(fields.split(' ')) {
            evidence.add(&number(field.as_bytes()).unwrap(), row, field.as_bytes());
        }
        evidence
    }

    fn decided(
        fields: &str,
        others: Option<DecimalMark>,
        separator: u8,
    ) -> Result<DecimalMark, Unclear> {
        evidence(fields).decide(&TableOptions::default(), others, separator)
    }

    #[test]
    fn a_column_decides_as_a_whole() {
        use DecimalMark::{Comma, Point};
        for (fields, separator, decimal) in [
            ("1 2 3", b';', Point),
            ("1,234 2,5", b';', Comma),
            ("1,234 2.5", b';', Point),
            ("1.234 2,5", b';', Comma),
            ("1.234 2.5", b';', Point),
            ("0,123 1,234", b',', Comma),
            ("1,234 1,234,567", b';', Point),
            ("1.234 1.234.567", b'\t', Comma),
            // Without proof: by the separator, and by the whole numbers beside.
            ("1,234 2,345", b',', Point),
            ("1,234 950", b',', Point),
            ("1.234 950", b',', Point),
            ("1.234 950", b'\t', Point),
            ("1.234 1,234", b',', Point),
        ] {
            assert_eq!(decided(fields, None, separator), Ok(decimal), "{fields}");
        }
        assert_eq!(decided("1,234 2,345", Some(Comma), b';'), Ok(Comma));
        assert_eq!(decided("1,234 2,345", Some(Point), b';'), Ok(Point));
        assert_eq!(decided("1.234 950", Some(Comma), b';'), Ok(Comma));
        assert_eq!(decided("1.234 950", Some(Point), b';'), Ok(Point));
        assert_eq!(decided("1.234 1,234", Some(Comma), b';'), Ok(Comma));
    }

    #[test]
    fn what_is_open_is_not_guessed() {
        let either = |row, field: &str| Err(Unclear::Either((row, field.to_owned())));
        assert_eq!(decided("1,234 2,345", None, b';'), either(0, "1,234"));
        assert_eq!(decided("12345 1,234", None, b';'), either(1, "1,234"));
        assert_eq!(decided("950 1,234", Some(DecimalMark::Comma), b';'), either(1, "1,234"));
        assert_eq!(decided("1,500 2", None, b';'), either(0, "1,500"));
        assert_eq!(decided("1.234 950", None, b';'), either(0, "1.234"));
        assert_eq!(decided("1.234 2.345", None, b';'), either(0, "1.234"));
        assert_eq!(decided("1.234 1,234", None, b';'), either(0, "1.234"));
        let both = Unclear::Both { comma: (1, "2,5".to_owned()), point: (0, "2.5".to_owned()) };
        assert_eq!(decided("2.5 2,5", None, b';'), Err(both));
    }

    #[test]
    fn the_option_decides_what_is_open_and_contradicts_nothing() {
        let with = |mark, fields: &str| {
            let options = TableOptions { decimal_mark: Some(mark), ..TableOptions::default() };
            evidence(fields).decide(&options, None, b';')
        };
        assert_eq!(with(DecimalMark::Comma, "1,234 2,345"), Ok(DecimalMark::Comma));
        assert_eq!(with(DecimalMark::Point, "1,234 2,345"), Ok(DecimalMark::Point));
        assert_eq!(with(DecimalMark::Comma, "7 2.5"), Err(Unclear::Against((1, "2.5".to_owned()))));
    }
}
