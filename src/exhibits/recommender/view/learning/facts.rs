//! What a data set of ratings looks like, in numbers that can be read: counted once, when the data arrive.

use crate::sentence::counted;
use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::exhibits::recommender::payload::{Item, Rated, Ratings, StarScale};

/// A histogram of stars has at most so many rows.
const MOST_STAR_ROWS: usize = 10;
/// So many decades are told apart; what came before them is one group.
const MOST_DECADES: usize = 12;

/// What is counted of all ratings.
pub(super) struct Facts {
    /// The ratings themselves.
    pub(super) ratings: Arc<Ratings>,
    /// How the stars are spread.
    pub(super) stars: Stars,
    /// How many ratings each film has, the most first.
    pub(super) per_item: Vec<u32>,
    /// How many ratings each person gave, the most first.
    pub(super) per_person: Vec<u32>,
    /// Films by the decade in which they appeared, the earliest first, those without a year last.
    pub(super) decades: Vec<Group>,
    /// Films by genre, in the order of [`Ratings::genres`].
    pub(super) genres: Vec<Group>,
}

/// How stars are spread.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stars {
    /// How often each place of the scale was given.
    pub(super) counts: Vec<u32>,
    /// How many there are.
    pub(super) total: usize,
    /// Their mean; 0 without any.
    pub(super) mean: f64,
    /// Their standard deviation.
    pub(super) spread: f64,
}

/// Films that belong together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// What they are called together.
    pub(super) name: String,
    /// How many there are.
    pub(super) films: usize,
    /// How many ratings they have.
    pub(super) ratings: u64,
    /// The sum of those ratings, in stars.
    sum: f64,
}

/// How a person rates a genre.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Liking {
    /// The genre.
    pub(super) genre: String,
    /// The mean of their ratings less that of all ratings, in stars.
    pub(super) more: f64,
    /// How many ratings of theirs it rests on.
    pub(super) ratings: usize,
}

impl Facts {
    /// Counts everything once.
    pub(super) fn of(ratings: &Arc<Ratings>) -> Self {
        let per_item = ratings.items.iter().map(|item| item.count).collect();
        let per_person = (0..ratings.people.len()).map(|person| ratings.of(person).len() as u32);
        Self {
            ratings: ratings.clone(),
            stars: Stars::of(ratings.scale, ratings.stars.iter().copied()),
            per_item: most_first(per_item),
            per_person: most_first(per_person.collect()),
            decades: decades(&ratings.items),
            genres: genres(ratings),
        }
    }

    /// What somebody likes by genre, the most liked first.
    pub(super) fn likings(&self, rated: &[Rated]) -> Vec<Liking> {
        let mut sums = vec![(0.0, 0); self.genres.len()];
        for rating in rated {
            let item = self.ratings.items.get(rating.item as usize);
            for place in item.into_iter().flat_map(Item::genre_places) {
                if let Some((sum, count)) = sums.get_mut(place) {
                    *sum += f64::from(rating.stars);
                    *count += 1;
                }
            }
        }
        let rated = self.genres.iter().zip(sums).filter(|(_, (_, count))| *count > 0);
        let mut likings: Vec<_> = rated
            .filter_map(|(genre, (sum, count))| {
                let more = sum / count as f64 - genre.mean()?;
                Some(Liking { genre: genre.name.clone(), more, ratings: count })
            })
            .collect();
        likings.sort_by(|a, b| b.more.total_cmp(&a.more));
        likings
    }
}

impl Stars {
    /// Counts them.
    pub(super) fn of(scale: StarScale, stars: impl Iterator<Item = f32>) -> Self {
        let mut counts = vec![0; scale.count()];
        let (mut total, mut sum, mut squares) = (0, 0.0, 0.0);
        for stars in stars {
            counts[scale.nearest(stars)] += 1;
            total += 1;
            sum += f64::from(stars);
            squares += f64::from(stars).powi(2);
        }
        let of_all = (total as f64).max(1.0);
        let mean = sum / of_all;
        Self { counts, total, mean, spread: (squares / of_all - mean * mean).max(0.0).sqrt() }
    }

    /// How many lie within these places of the scale.
    pub(super) fn within(&self, places: &Range<usize>) -> u32 {
        self.counts[places.clone()].iter().sum()
    }

    /// The share that lies within these places of the scale.
    pub(super) fn share(&self, places: &Range<usize>) -> f32 {
        self.within(places) as f32 / self.total.max(1) as f32
    }
}

impl Group {
    fn called(name: String) -> Self {
        Self { name, films: 0, ratings: 0, sum: 0.0 }
    }

    fn add(&mut self, item: &Item) {
        self.films += 1;
        self.ratings += u64::from(item.count);
        self.sum += f64::from(item.mean) * f64::from(item.count);
    }

    /// The mean of their ratings, in stars, if there are any.
    pub(super) fn mean(&self) -> Option<f64> {
        (self.ratings > 0).then(|| self.sum / self.ratings as f64)
    }
}

fn most_first(mut counts: Vec<u32>) -> Vec<u32> {
    counts.sort_unstable_by(|a, b| b.cmp(a));
    counts
}

/// At least half of those that are counted have at most this; `counts` has the most first.
pub(super) fn half_at_most(counts: &[u32]) -> u32 {
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

/// The places of a scale that share a row of its histogram, the fewest stars first.
pub(super) fn star_rows(scale: StarScale) -> Vec<Range<usize>> {
    let count = scale.count();
    let each = count.div_ceil(MOST_STAR_ROWS);
    (0..count).step_by(each).map(|from| from..(from + each).min(count)).collect()
}

/// Stars with as many decimals as their scale needs.
pub(super) fn stars_words(scale: StarScale, stars: f32) -> String {
    let whole = scale.step.fract() == 0.0 && scale.low.fract() == 0.0;
    if whole { format!("{stars:.0}") } else { format!("{stars:.1}") }
}

/// What a row of a histogram stands for.
pub(super) fn row_words(scale: StarScale, places: &Range<usize>) -> String {
    let at = |place| stars_words(scale, scale.stars(place));
    match places.len() {
        0 | 1 => at(places.start),
        _ => format!("{}–{}", at(places.start), at(places.end - 1)),
    }
}

/// How many ratings, in words.
pub(super) fn ratings_words(count: usize) -> String {
    counted(count, "rating")
}

/// A difference in stars with its sign.
pub(super) fn signed(stars: f64) -> String {
    format!("{stars:+.2}").replace('-', "−")
}

fn decades(items: &[Item]) -> Vec<Group> {
    let mut by_decade: BTreeMap<u16, Group> = BTreeMap::new();
    let mut without = Group::called(say!("recommender-no-year").to_owned());
    for item in items {
        match item.year.map(|year| year - year % 10) {
            Some(decade) => by_decade
                .entry(decade)
                .or_insert_with(|| Group::called(say!("recommender-decade", decade)))
                .add(item),
            None => without.add(item),
        }
    }
    let room = MOST_DECADES - usize::from(without.films > 0);
    let mut decades: Vec<Group> = by_decade.into_values().collect();
    if decades.len() > room {
        let early = decades.len() - room + 1;
        let merged = decades.drain(..early).reduce(|mut all, next| {
            all.films += next.films;
            all.ratings += next.ratings;
            all.sum += next.sum;
            Group { name: say!("recommender-to", name = next.name), ..all }
        });
        decades.splice(0..0, merged);
    }
    decades.extend(Some(without).filter(|group| group.films > 0));
    decades
}

fn genres(ratings: &Ratings) -> Vec<Group> {
    let mut genres: Vec<_> = ratings.genres.iter().cloned().map(Group::called).collect();
    for item in ratings.items.iter() {
        for place in item.genre_places() {
            if let Some(genre) = genres.get_mut(place) {
                genre.add(item);
            }
        }
    }
    genres
}

#[cfg(test)]
mod tests {
    use super::{super::tests::ratings, *};

    #[test]
    fn stars_films_and_people_are_counted() {
        let facts = Facts::of(&ratings());
        assert_eq!(facts.stars.counts, [0, 1, 0, 0, 0, 1, 1, 0, 1, 0]);
        assert_eq!((facts.stars.total, facts.stars.mean), (4, 3.0));
        assert!((facts.stars.spread - (6.5_f64 / 4.0).sqrt()).abs() < 1e-12);
        assert_eq!(
            (facts.per_item.as_slice(), facts.per_person.as_slice()),
            (&[2, 1, 1][..], &[3, 1][..])
        );
        let groups = |groups: &[Group]| {
            groups
                .iter()
                .map(|group| (group.name.clone(), group.films, group.mean()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            groups(&facts.decades),
            [("1990s".to_owned(), 2, Some(3.0)), ("no year".to_owned(), 1, Some(3.0))]
        );
        assert_eq!(
            groups(&facts.genres),
            [("Drama".to_owned(), 2, Some(3.0)), ("War".to_owned(), 2, Some(2.0))]
        );
    }

    #[test]
    fn taste_by_genre_is_theirs_less_that_of_all() {
        let ratings = ratings();
        let likings = Facts::of(&ratings).likings(&ratings.of(1).collect::<Vec<_>>());
        assert_eq!(likings, [Liking { genre: "Drama".to_owned(), more: 0.5, ratings: 1 }]);
        let both = Facts::of(&ratings).likings(&ratings.of(0).collect::<Vec<_>>());
        assert_eq!(both.iter().map(|liking| liking.more).collect::<Vec<_>>(), [0.0, -0.25]);
    }

    #[test]
    fn half_of_them_have_at_most_the_median() {
        for (counts, half) in [(&[9, 5, 3, 3, 1][..], 3), (&[9, 5, 3, 1], 3), (&[2], 2), (&[], 0)] {
            assert_eq!(half_at_most(counts), half, "{counts:?}");
            let at_most = counts.iter().filter(|count| **count <= half).count();
            assert!(2 * at_most >= counts.len());
        }
    }

    #[test]
    fn early_decades_share_a_row_and_none_is_lost() {
        let item = |year| Item { year: Some(year), count: 1, mean: 3.0, ..Item::default() };
        let items: Vec<Item> = (1900..2020).step_by(5).chain([1880, 1890]).map(item).collect();
        let decades = decades(&items);
        assert_eq!(decades.len(), MOST_DECADES);
        assert_eq!((decades[0].name.as_str(), decades[0].films), ("to 1900s", 4));
        assert_eq!(decades.iter().map(|group| group.films).sum::<usize>(), items.len());
    }

    #[test]
    fn fine_scales_share_rows_and_say_so() {
        let stars = StarScale::default();
        let rows = star_rows(stars);
        assert_eq!((rows.len(), row_words(stars, &rows[9])), (10, "5.0".to_owned()));
        let hundred = StarScale { low: 0.0, high: 100.0, step: 1.0 };
        let rows = star_rows(hundred);
        assert_eq!((rows.len(), row_words(hundred, &rows[0])), (10, "0–10".to_owned()));
        assert_eq!(rows.iter().map(ExactSizeIterator::len).sum::<usize>(), 101);
    }
}
