//! What one person rated, and when.

use jiff::{Timestamp, civil::Date, tz::Offset};

use crate::exhibits::recommender::{
    payload::{Rated, Ratings},
    view::attention::{Profile, Who},
};

const SECS_PER_DAY: i64 = 86_400;
/// A timeline of more than so many days goes by months, and of more than so many months by years.
const MOST_DAYS: i64 = 45;
const MOST_MONTHS: i64 = 30;

/// Somebody's ratings.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rating {
    /// Who they are, and what they are called.
    pub(super) who: Option<Who>,
    pub(super) name: String,
    /// What they rated, in the order of the file.
    pub(super) rated: Vec<Rated>,
    /// When, in seconds since 1970; empty where nobody noted it.
    pub(super) times: Vec<i64>,
}

impl Rating {
    /// Of whoever is looked at.
    pub(super) fn of(who: Who, ratings: &Ratings, profile: &Profile) -> Self {
        match who {
            Who::You => Self {
                who: Some(who),
                name: say!("recommender-you").to_owned(),
                rated: profile.entries.iter().map(|entry| entry.rated).collect(),
                times: Vec::new(),
            },
            Who::Known(person) => {
                let person = person as usize;
                let start = ratings.starts.get(person).copied().unwrap_or(0);
                let rated: Vec<_> = ratings.of(person).collect();
                let times = ratings.times.get(start..start + rated.len()).unwrap_or_default();
                let name = ratings.people.get(person);
                let name = name.map_or_else(
                    || say!("recommender-nobody").to_owned(),
                    |name| say!("recommender-person-2", name),
                );
                Self { who: Some(who), name, rated, times: times.to_vec() }
            }
        }
    }
}

/// How many ratings were given in each year, month or day, from the first to the last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Calendar {
    /// What a bar stands for.
    pub(super) unit: &'static str,
    /// Ratings in each.
    pub(super) counts: Vec<u32>,
    /// The first and the last of them.
    pub(super) ends: (String, String),
}

impl Calendar {
    /// None without times.
    pub(super) fn of(times: &[i64]) -> Option<Self> {
        let (first, last) = (*times.iter().min()?, *times.iter().max()?);
        let days = last.div_euclid(SECS_PER_DAY) - first.div_euclid(SECS_PER_DAY);
        let (unit, place, name): (_, fn(i64) -> i64, fn(i64) -> String) = if days <= MOST_DAYS {
            (say!("recommender-day"), |time| time.div_euclid(SECS_PER_DAY), day_words)
        } else if month(last) - month(first) <= MOST_MONTHS {
            (say!("recommender-month"), month, |time| day_words(time)[..7].to_owned())
        } else {
            (
                say!("recommender-year"),
                |time| date(time).year().into(),
                |time| date(time).year().to_string(),
            )
        };
        let mut counts = vec![0; (place(last) - place(first) + 1) as usize];
        for &time in times {
            counts[(place(time) - place(first)) as usize] += 1;
        }
        Some(Self { unit, counts, ends: (name(first), name(last)) })
    }
}

/// Months since the year 0.
fn month(time: i64) -> i64 {
    let date = date(time);
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

fn day_words(time: i64) -> String {
    date(time).to_string()
}

/// The day of a moment, in universal time; before and after all that can be told, the first and the last.
fn date(time: i64) -> Date {
    let end = if time < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Offset::UTC.to_datetime(Timestamp::from_second(time).unwrap_or(end)).date()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::ratings, *};

    #[test]
    fn dates_are_those_of_the_calendar() {
        // As `date -u -d @N` says.
        for (time, words) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_260_759_144, "2009-12-14"),
            (-1, "1969-12-31"),
        ] {
            assert_eq!(day_words(time), words);
        }
    }

    #[test]
    fn ratings_fall_into_days_months_or_years() {
        let day = SECS_PER_DAY;
        let calendar = |times: &[i64]| Calendar::of(times).unwrap();
        let days = calendar(&[0, 10, 2 * day]);
        assert_eq!((days.unit, days.counts), ("day", vec![2, 0, 1]));
        let months = calendar(&[0, 40 * day, 60 * day]);
        assert_eq!((months.unit, months.counts), ("month", vec![1, 1, 1]));
        assert_eq!(months.ends, ("1970-01".to_owned(), "1970-03".to_owned()));
        let years = calendar(&[1000 * day, 0]);
        assert_eq!((years.unit, years.counts), ("year", vec![1, 0, 1]));
        assert_eq!(Calendar::of(&[]), None);
    }

    #[test]
    fn a_person_has_their_own_ratings_and_times() {
        let ratings = ratings();
        let other = Rating::of(Who::Known(1), &ratings, &Profile::default());
        assert_eq!((other.name.as_str(), other.rated.len()), ("Person 8", 1));
        assert_eq!(other.times, [1_158_400_000]);
        let nobody = Rating::of(Who::Known(9), &ratings, &Profile::default());
        assert!(nobody.rated.is_empty() && nobody.times.is_empty());
        let mut profile = Profile::default();
        profile.rate(2, 5.0, false);
        let you = Rating::of(Who::You, &ratings, &profile);
        assert_eq!((you.name.as_str(), you.rated.len(), you.times.len()), ("You", 1, 0));
    }
}
