//! Reads when a rating was given, however a file says it.

/// Above this, about the year 5138 in seconds, a number counts milliseconds.
const MOST_SECONDS: i64 = 100_000_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// Seconds since 1970 in seconds, in milliseconds, or in a date such as `2005-04-02 23:53:47`.
pub(super) fn seconds(written: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(written).ok()?;
    if let Ok(number) = text.parse::<i64>() {
        return Some(if number.unsigned_abs() > MOST_SECONDS as u64 {
            number / 1000
        } else {
            number
        });
    }
    if let Ok(number) = text.parse::<f64>() {
        return (number.abs() <= MOST_SECONDS as f64).then_some(number as i64);
    }
    of_date(text)
}

fn of_date(text: &str) -> Option<i64> {
    let (date, time) = text.split_at_checked(10)?;
    let [year, month, day] = numbers(date, '-')?;
    let time = time.trim_start_matches(['T', ' ']).trim_end_matches('Z');
    let time = time.split('.').next().unwrap_or_default();
    let [hour, minute, second] = match time.matches(':').count() {
        0 if time.is_empty() => [0; 3],
        1 => numbers(&format!("{time}:0"), ':')?,
        _ => numbers(time, ':')?,
    };
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
    let fits = fits && hour < 24 && minute < 60 && second <= 60;
    let days = days_since_1970(year, month, day);
    fits.then_some(days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second)
}

/// Three numbers of at most four digits.
fn numbers(text: &str, between: char) -> Option<[i64; 3]> {
    let numbers: Option<Vec<i64>> = text.split(between).map(short_number).collect();
    numbers?.try_into().ok()
}

fn short_number(digits: &str) -> Option<i64> {
    let is_short = digits.len() <= 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_short.then(|| digits.parse().ok()).flatten()
}

/// Days in the Gregorian calendar, counted from March so that the leap day ends the year:
/// <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_milliseconds_and_dates_are_read() {
        for (written, expected) in [
            ("1260759144", Some(1_260_759_144)),
            ("-5", Some(-5)),
            ("1260759144.0", Some(1_260_759_144)),
            ("1260759144123", Some(1_260_759_144)),
            ("1970-01-01", Some(0)),
            ("2000-03-01", Some(951_868_800)),
            ("2005-04-02 23:53:47", Some(1_112_486_027)),
            ("2005-04-02T23:53:47.250Z", Some(1_112_486_027)),
            ("2005-04-02 23:53", Some(1_112_485_980)),
            ("1969-12-31 23:59:59", Some(-1)),
            ("2005-13-02", None),
            ("2005-04-02 25:00:00", None),
            ("2005-04-02 noon", None),
            ("2005-04-99999999999999999999", None),
            ("nan", None),
            ("1e300", None),
            ("", None),
        ] {
            assert_eq!(seconds(written.as_bytes()), expected, "{written}");
        }
        assert_eq!(seconds(b"\xff"), None);
    }
}
