//! Films, people and filters in words.

use indicatif::HumanCount;

use crate::{
    exhibits::recommender::{
        payload::{Item, ListAsk, Person, Ratings, TasteAsk, Together},
        view::{attention::Who, dome_pointing::named},
    },
    stream::Step,
    words::{enumerated, of_table},
};

/// A film of the catalogue with its year; its place where there is none.
pub(super) fn title_of(ratings: &Ratings, item: u32) -> String {
    ratings.items.get(item as usize).map_or_else(|| say!("recommender-item", item), named)
}

/// What kind of film it is.
pub(super) fn genres(ratings: &Ratings, item: &Item) -> String {
    let names = item.genre_places().filter_map(|place| ratings.genres.get(place));
    names.map(|name| of_table(name)).collect::<Vec<_>>().join(" · ")
}

/// How it was rated by everybody.
pub(super) fn standing(item: &Item) -> String {
    match item.count {
        0 => say!("recommender-nobody-rated-it").to_owned(),
        1 => say!("recommender-one-rating-stars", mean = format_args!("{:.1}", item.mean)),
        count => say!(
            "recommender-ratings-3",
            mean = format_args!("{:.2}", item.mean),
            count = HumanCount(u64::from(count))
        ),
    }
}

/// Someone, as one speaks of them.
pub(super) fn who(ratings: &Ratings, who: Who) -> String {
    match who {
        Who::You => say!("recommender-you-2").to_owned(),
        Who::Known(person) => match ratings.people.get(person as usize) {
            Some(name) => say!("recommender-person-5", name),
            None => say!("recommender-nobody").to_owned(),
        },
    }
}

/// Someone, where there is little room.
pub(super) fn short_who(ratings: &Ratings, who: Who) -> String {
    match who {
        Who::You => say!("recommender-you-2").to_owned(),
        Who::Known(person) => ratings.people.get(person as usize).cloned().unwrap_or_default(),
    }
}

/// Of whom an answer is, which may be others than those whom the visitor has chosen since, or looks back from.
pub(super) fn answered_for(asked: &TasteAsk) -> [Option<Who>; 2] {
    let of = |place: usize| {
        asked.people.get(place).map(|person| match person {
            Person::Known(person) => Who::Known(*person),
            Person::Visitor(_) => Who::You,
        })
    };
    [of(0), of(1)]
}

/// Whose list it is.
pub(super) fn list_of(ratings: &Ratings, people: [Option<Who>; 2], how: Together) -> String {
    match people.map(|person| person.map(|person| who(ratings, person))) {
        [Some(first), Some(second)] => {
            say!("recommender-for-and", first, ratings = second, how = together(how))
        }
        [Some(first), None] => say!("recommender-for", first),
        _ => String::new(),
    }
}

/// How two become one list.
pub(super) fn together(together: Together) -> &'static str {
    match together {
        Together::LeastMisery => say!("recommender-least-misery-2"),
        Together::Mean => say!("recommender-mean-of-both-2"),
    }
}

/// How many films a list is chosen from, and what narrows it.
pub(super) fn filters(ratings: &Ratings, list: &ListAsk, eligible: usize, of: usize) -> String {
    let mut parts = vec![say!(
        "recommender-from-of-films",
        eligible = HumanCount(eligible as u64),
        of = HumanCount(of as u64)
    )];
    let genres: Vec<&str> = (0..64)
        .filter(|place| list.genres >> place & 1 == 1)
        .filter_map(|place| ratings.genres.get(place))
        .map(String::as_str)
        .collect();
    match genres[..] {
        [] => {}
        [a] => parts.push(a.to_owned()),
        [a, b] => parts.push(say!("recommender-or", a, b)),
        [a, ..] => parts.push(say!("recommender-or-more", a, genres_count = genres.len() - 1)),
    }
    if let Some(years) = &list.years {
        parts.push(format!("{}–{}", years.start(), years.end()));
    }
    if list.least_ratings > 0 {
        parts.push(say!("recommender-ratings-4", least_ratings = list.least_ratings));
    }
    if list.diversity > 0.0 {
        parts.push(say!(
            "recommender-diversity",
            diversity = format_args!("{:.0}", list.diversity * 100.0)
        ));
    }
    enumerated(&parts)
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
        say!("recommender-answered-at-step-as-it", step = HumanCount(step.0))
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
        let list = |people: Vec<Person>| {
            let asked = TasteAsk { people, ..TasteAsk::default() };
            list_of(&ratings, answered_for(&asked), asked.together)
        };
        assert_eq!(list(vec![Person::Known(0)]), "For person 15");
        let both = vec![Person::Visitor([].into()), Person::Known(1)];
        assert_eq!(list(both), "For you and person x, least misery");
    }
}
