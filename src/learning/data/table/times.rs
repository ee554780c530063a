//! Reads when something happened, however a column says it: seconds or milliseconds since 1970, or dates.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    fmt::{rfc2822, strtime},
    tz::Offset,
};

/// Above this, about the year 5138 in seconds, a number counts milliseconds.
const MOST_SECONDS: i64 = 100_000_000_000;
/// Whole numbers between these are dates such as 20130501 if all of a column are.
const DAYS_AS_NUMBERS: std::ops::RangeInclusive<i64> = 19_000_101..=21_001_231;
/// Years before this have too few digits to be told from days.
const EARLIEST_YEAR: i16 = 1000;
/// Forms of dates that say which number is the month; [`strtime`] has their letters.
const PLAIN_FORMS: [&str; 11] = [
    // As Amazon's reviews have it: 01 31, 2013.
    "%m %d, %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    // As Twitter and `date` have it.
    "%a %b %d %H:%M:%S %z %Y",
];
/// Forms in which two numbers may be month and day or day and month.
const OPEN_FORMS: [(&str, &str); 6] = [
    // Two digits first, as four may be fewer.
    ("%m/%d/%y", "%d/%m/%y"),
    ("%m/%d/%Y", "%d/%m/%Y"),
    ("%m-%d-%y", "%d-%m-%y"),
    ("%m-%d-%Y", "%d-%m-%Y"),
    ("%m.%d.%y", "%d.%m.%y"),
    ("%m.%d.%Y", "%d.%m.%Y"),
];
/// What may follow a date.
const TIMES_OF_DAY: [&str; 5] = ["", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p"];

/// A column of times that is being read.
#[derive(Debug, Default)]
pub struct Times {
    /// Seconds since 1970; of dates that are open, with the month first.
    seconds: Vec<i64>,
    /// The same with the day first, from the first date that is open.
    day_first: Vec<i64>,
    /// The first row that is only a date if the day, or the month, comes first.
    needs_day_first: Option<(u32, String)>,
    needs_month_first: Option<(u32, String)>,
    /// The first date that is either.
    open: Option<(u32, String)>,
    /// The first that is none.
    none: Option<(u32, String)>,
    /// Whether there is anything but whole numbers that look like days.
    not_days: bool,
}

/// Why a column says no times.
#[derive(Debug, PartialEq)]
pub enum Untold {
    /// This is none.
    None(u32, String),
    /// This may be two different days.
    Open(u32, String),
    /// One of them has the month first, the other the day.
    Mixed((u32, String), (u32, String)),
}

/// What a field says: seconds since 1970.
enum Said {
    Time(i64),
    /// With the month first, and with the day first.
    Open(Option<i64>, Option<i64>),
}

impl Times {
    /// Takes the field of the next row.
    pub fn push(&mut self, field: &[u8]) {
        if self.none.is_some() {
            return;
        }
        let row = self.seconds.len() as u32;
        let text = std::str::from_utf8(field).unwrap_or_default();
        let written = || (row, String::from_utf8_lossy(field).into_owned());
        if let Ok(number) = text.parse::<i64>() {
            self.not_days |= !DAYS_AS_NUMBERS.contains(&number);
            self.add(number, number);
            return;
        }
        self.not_days = true;
        match said(text) {
            Some(Said::Time(seconds)) => self.add(seconds, seconds),
            Some(Said::Open(month_first, day_first)) => {
                if self.day_first.is_empty() {
                    self.day_first.clone_from(&self.seconds);
                    self.open = Some(written());
                }
                match (month_first, day_first) {
                    (None, _) => drop(self.needs_day_first.get_or_insert_with(written)),
                    (_, None) => drop(self.needs_month_first.get_or_insert_with(written)),
                    _ => {}
                }
                self.add(month_first.unwrap_or_default(), day_first.unwrap_or_default());
            }
            None => self.none = Some(written()),
        }
    }

    fn add(&mut self, month_first: i64, day_first: i64) {
        self.seconds.push(month_first);
        if self.open.is_some() {
            self.day_first.push(day_first);
        }
    }

    /// The times in seconds since 1970, once all rows are read; empty if there was none.
    ///
    /// # Errors
    /// If a field is no time, or the fields do not tell day from month.
    pub fn finish(self) -> Result<Vec<i64>, Untold> {
        if let Some((row, text)) = self.none {
            return Err(Untold::None(row, text));
        }
        match (self.open, self.needs_month_first, self.needs_day_first) {
            (Some(_), Some(month), Some(day)) => Err(Untold::Mixed(month, day)),
            (Some((row, text)), None, None) => Err(Untold::Open(row, text)),
            (Some(_), None, Some(_)) => Ok(self.day_first),
            (None, ..) if !self.not_days => {
                let days: Option<Vec<i64>> =
                    self.seconds.iter().map(|number| of_number(*number)).collect();
                Ok(days.unwrap_or(self.seconds))
            }
            _ => Ok(self.seconds.into_iter().map(of_count).collect()),
        }
    }
}

/// A count of seconds or milliseconds, in seconds.
fn of_count(number: i64) -> i64 {
    if number.unsigned_abs() > MOST_SECONDS as u64 { number / 1000 } else { number }
}

/// A day written as one number.
fn of_number(number: i64) -> Option<i64> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let date = Date::new(year as i16, month as i8, day as i8).ok()?;
    Some(utc(date.to_datetime(jiff::civil::Time::midnight())))
}

fn said(text: &str) -> Option<Said> {
    if let Ok(number) = text.parse::<f64>() {
        return (number.abs() <= MOST_SECONDS as f64).then_some(Said::Time(number as i64));
    }
    let time =
        of_iso(text).or_else(|| rfc2822::parse(text).ok().map(|time| time.timestamp().as_second()));
    let time = time.or_else(|| PLAIN_FORMS.iter().find_map(|form| in_form(form, text)));
    time.map(Said::Time).or_else(|| {
        OPEN_FORMS.iter().find_map(|(month_first, day_first)| {
            match (in_form(month_first, text), in_form(day_first, text)) {
                (None, None) => None,
                // Whatever comes first, it is the same day.
                (Some(one), Some(other)) if one == other => Some(Said::Time(one)),
                (month_first, day_first) => Some(Said::Open(month_first, day_first)),
            }
        })
    })
}

/// ISO 8601, with an offset or without, which is taken for UTC.
fn of_iso(text: &str) -> Option<i64> {
    let time = text.parse::<Timestamp>().map(Timestamp::as_second);
    time.or_else(|_| text.parse::<DateTime>().map(utc)).ok()
}

fn in_form(form: &str, text: &str) -> Option<i64> {
    TIMES_OF_DAY.iter().find_map(|time| {
        let read = strtime::parse(format!("{form}{time}"), text).ok()?;
        // 31/1/13 is no day of the year 31.
        read.year().filter(|year| *year >= EARLIEST_YEAR)?;
        let time = read.to_timestamp().map(Timestamp::as_second);
        time.or_else(|_| read.to_datetime().map(utc)).ok()
    })
}

fn utc(time: DateTime) -> i64 {
    Offset::UTC.to_timestamp(time).map_or(0, Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[&str]) -> Result<Vec<i64>, Untold> {
        let mut times = Times::default();
        fields.iter().for_each(|field| times.push(field.as_bytes()));
        times.finish()
    }

    #[test]
    fn each_form_is_read() {
        for (field, seconds) in [
            ("1260759144", 1_260_759_144),
            ("-5", -5),
            ("1260759144.0", 1_260_759_144),
            ("1260759144123", 1_260_759_144),
            ("1970-01-01", 0),
            ("19700102", 86_400),
            ("2000-03-01", 951_868_800),
            ("2005-04-02 23:53:47", 1_112_486_027),
            ("2005-04-02T23:53:47.250Z", 1_112_486_027),
            ("2005-04-02T23:53:47+02:00", 1_112_478_827),
            ("2005-04-02 23:53", 1_112_485_980),
            ("1969-12-31 23:59:59", -1),
            ("04 2, 2005", 1_112_400_000),
            ("Apr 2, 2005", 1_112_400_000),
            ("April 02, 2005", 1_112_400_000),
            ("2 Apr 2005", 1_112_400_000),
            ("02-Apr-2005", 1_112_400_000),
            ("2005/04/02", 1_112_400_000),
            ("4/23/2005", 1_114_214_400),
            ("23/4/2005 01:00", 1_114_218_000),
            ("23.04.2005", 1_114_214_400),
            ("4/23/05 1:00 PM", 1_114_261_200),
            ("23/4/05", 1_114_214_400),
            ("23.04.05", 1_114_214_400),
            ("5/5/2005", 1_115_251_200),
            ("Sat, 02 Apr 2005 23:53:47 +0200", 1_112_478_827),
            ("Sat Apr 02 23:53:47 +0200 2005", 1_112_478_827),
        ] {
            assert_eq!(read(&[field]), Ok(vec![seconds]), "{field}");
        }
    }

    #[test]
    fn day_and_month_are_told_apart_by_the_column() {
        assert_eq!(read(&["03/04/2005", "23/04/2005"]), Ok(vec![1_112_486_400, 1_114_214_400]));
        assert_eq!(read(&["03/04/2005", "04/23/2005"]), Ok(vec![1_109_894_400, 1_114_214_400]));
        assert_eq!(read(&["23/4/05", "3/4/05"]), Ok(vec![1_114_214_400, 1_112_486_400]));
        assert_eq!(read(&["3/4/13"]), Err(Untold::Open(0, "3/4/13".to_owned())));
        let first = |row, text: &str| (row, text.to_owned());
        assert_eq!(read(&["1", "03/04/2005"]), Err(Untold::Open(1, "03/04/2005".to_owned())));
        let mixed = Untold::Mixed(first(0, "04/23/2005"), first(1, "23/04/2005"));
        assert_eq!(read(&["04/23/2005", "23/04/2005"]), Err(mixed));
        assert_eq!(read(&["20050402", "1260759144"]), Ok(vec![20_050_402, 1_260_759_144]));
        assert_eq!(read(&[]), Ok(vec![]));
    }

    #[test]
    fn what_is_no_time_is_told() {
        for field in [
            "2005-13-02",
            "2005-04-02 25:00:00",
            "noon",
            "2005-04-99999999999999999999",
            "nan",
            "1e300",
            "",
        ] {
            assert_eq!(read(&["5", field]), Err(Untold::None(1, field.to_owned())), "{field}");
        }
        let mut times = Times::default();
        times.push(b"\xff");
        assert!(times.finish().is_err());
    }
}
