//! Films, people and filters in words.

use indicatif::HumanCount;

use crate::{
    exhibits::recommender::{
        payload::{Item, ListAsk, Ratings, Together},
        view::{
            attention::{TasteAttention, Who},
            dome_pointing::named,
        },
    },
    stream::Step,
};

/// A film of the catalogue with its year; its place where there is none.
pub(super) fn title_of(ratings: &Ratings, item: u32) -> String {
    ratings.items.get(item as usize).map_or_else(|| format!("item {item}"), named)
}

/// What kind of film it is.
pub(super) fn genres(ratings: &Ratings, item: &Item) -> String {
    let names: Vec<&str> = item
        .genre_places()
        .filter_map(|place| ratings.genres.get(place))
        .map(String::as_str)
        .collect();
    names.join(" · ")
}

/// How it was rated by everybody.
pub(super) fn standing(item: &Item) -> String {
    match item.count {
        0 => "nobody rated it".to_owned(),
        1 => format!("one rating, {:.1} stars", item.mean),
        count => format!("{:.2} ★, {} ratings", item.mean, HumanCount(u64::from(count))),
    }
}

/// Someone, as one speaks of them.
pub(super) fn who(ratings: &Ratings, who: Who) -> String {
    match who {
        Who::You => "you".to_owned(),
        Who::Known(person) => match ratings.people.get(person as usize) {
            Some(name) => format!("person {name}"),
            None => "nobody".to_owned(),
        },
    }
}

/// Someone, where there is little room.
pub(super) fn short_who(ratings: &Ratings, who: Who) -> String {
    match who {
        Who::You => "you".to_owned(),
        Who::Known(person) => ratings.people.get(person as usize).cloned().unwrap_or_default(),
    }
}

/// Whose list it is.
pub(super) fn list_of(ratings: &Ratings, attention: &TasteAttention) -> String {
    let first = who(ratings, attention.who);
    match attention.with {
        None => format!("For {first}"),
        Some(with) => {
            let how = together(attention.together);
            format!("For {first} and {}, {how}", who(ratings, with))
        }
    }
}

/// How two become one list.
pub(super) fn together(together: Together) -> &'static str {
    match together {
        Together::LeastMisery => "least misery",
        Together::Mean => "mean of both",
    }
}

/// How many films a list is chosen from, and what narrows it.
pub(super) fn filters(ratings: &Ratings, list: &ListAsk, eligible: usize, of: usize) -> String {
    let mut parts =
        vec![format!("From {} of {} films", HumanCount(eligible as u64), HumanCount(of as u64))];
    let genres: Vec<&str> = (0..64)
        .filter(|place| list.genres >> place & 1 == 1)
        .filter_map(|place| ratings.genres.get(place))
        .map(String::as_str)
        .collect();
    match genres[..] {
        [] => {}
        [a] => parts.push(a.to_owned()),
        [a, b] => parts.push(format!("{a} or {b}")),
        [a, ..] => parts.push(format!("{a} or {} more", genres.len() - 1)),
    }
    if let Some(years) = &list.years {
        parts.push(format!("{}–{}", years.start(), years.end()));
    }
    if list.least_ratings > 0 {
        parts.push(format!("{}+ ratings", list.least_ratings));
    }
    if list.diversity > 0.0 {
        parts.push(format!("diversity {:.0} %", list.diversity * 100.0));
    }
    parts.join(", ")
}

/// Mean and spread of stars; nothing of none.
pub(super) fn mean_and_spread(stars: impl Iterator<Item = f32>) -> Option<(f64, f64)> {
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
    for stars in stars.map(f64::from) {
        sum += stars;
        squares += stars * stars;
        count += 1.0;
    }
    let mean = sum / count;
    (count > 0.0).then(|| (mean, (squares / count - mean * mean).max(0.0).sqrt()))
}

/// The first and the last year of these films.
pub(super) fn years(items: &[Item]) -> Option<(u16, u16)> {
    let years = items.iter().filter_map(|item| item.year);
    years.fold(None, |span, year| {
        let (low, high) = span.unwrap_or((year, year));
        Some((low.min(year), high.max(year)))
    })
}

/// Stars as they are given, without a nought that says nothing: `4`, `3.5`.
pub(super) fn given(stars: f32) -> String {
    format!("{stars}")
}

/// Of which step an answer is, where the visitor looks at another.
pub(super) fn answered_at(step: Option<Step>) -> String {
    step.map_or_else(String::new, |step| {
        format!("Answered at step {}, as it is now", HumanCount(step.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filtered_is_said() {
        let ratings = Ratings {
            genres: ["Drama", "Horror", "War"].map(str::to_owned).into(),
            ..Ratings::default()
        };
        let mut list = ListAsk::default();
        assert_eq!(filters(&ratings, &list, 8912, 9066), "From 8,912 of 9,066 films");
        list.genres = 0b110;
        list.years = Some(1970..=1989);
        list.least_ratings = 20;
        list.diversity = 0.25;
        assert_eq!(
            filters(&ratings, &list, 212, 9066),
            "From 212 of 9,066 films, Horror or War, 1970–1989, 20+ ratings, diversity 25 %"
        );
        list.genres = 0b111;
        assert!(filters(&ratings, &list, 9, 9066).contains("Drama or 2 more"));
    }

    #[test]
    fn mean_and_spread_of_stars() {
        let (mean, spread) = mean_and_spread([4.0, 2.0].into_iter()).unwrap();
        assert_eq!((mean, spread), (3.0, 1.0));
        assert!(mean_and_spread(std::iter::empty()).is_none());
    }

    #[test]
    fn a_list_says_whose_it_is() {
        let ratings =
            Ratings { people: ["15".to_owned(), "x".to_owned()].into(), ..Ratings::default() };
        let mut attention = TasteAttention::default();
        assert_eq!(list_of(&ratings, &attention), "For person 15");
        attention.who = Who::You;
        attention.with = Some(Who::Known(1));
        assert_eq!(list_of(&ratings, &attention), "For you and person x, least misery");
    }
}
