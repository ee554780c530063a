//! Reads what files write into a title: the year behind it, and the article that was moved to its end.

/// Articles that films are sorted without, as MovieLens writes them behind a comma.
const ARTICLES: [&str; 22] = [
    "The", "A", "An", "La", "Le", "Les", "L'", "Un", "Une", "El", "Los", "Las", "Il", "Lo", "I",
    "Gli", "Der", "Die", "Das", "Den", "Det", "Het",
];
/// What stands before another title in brackets.
const ALSO_KNOWN_AS: &str = "a.k.a. ";
/// No film is older, and what is younger is no year.
const YEARS: std::ops::RangeInclusive<u16> = 1870..=2100;

/// The title as one says it, and the year that stood behind it in brackets.
pub(super) fn parted(written: &str) -> (String, Option<u16>) {
    let title = written.split_whitespace().collect::<Vec<_>>().join(" ");
    match year_behind(&title) {
        Some((before, year)) => (in_spoken_order(before), Some(year)),
        None => (in_spoken_order(&title), None),
    }
}

/// The year in a year, a date or a time, such as `01-Jan-1995`.
pub(super) fn year(written: &str) -> Option<u16> {
    let numbers = written.split(|letter: char| !letter.is_ascii_digit());
    let mut years = numbers.filter(|number| number.len() == 4).filter_map(|year| year.parse().ok());
    years.find(|year| YEARS.contains(year))
}

/// What stands before "(1995)" or "(1995–1998)" at the end, and its first year.
fn year_behind(title: &str) -> Option<(&str, u16)> {
    let (before, bracket) = title.strip_suffix(')')?.rsplit_once('(')?;
    let (first, after) = bracket.split_at_checked(4)?;
    let is_span = after.is_empty() || after.starts_with(['-', '–']);
    let year = year(first).filter(|_| is_span)?;
    let before = before.trim_end();
    (!before.is_empty()).then_some((before, year))
}

/// Puts articles back to the front, in the title and in each of its brackets.
fn in_spoken_order(title: &str) -> String {
    let mut spoken = String::with_capacity(title.len());
    for part in title.split_inclusive(['(', ')']) {
        let text = part.trim_end_matches(['(', ')']);
        let words = text.trim();
        let start = text.len() - text.trim_start().len();
        let (blanks, rest) = part.split_at(start);
        spoken.push_str(blanks);
        spoken.push_str(&article_first(words));
        spoken.push_str(&rest[words.len()..]);
    }
    spoken
}

/// "Matrix, The" as "The Matrix".
fn article_first(title: &str) -> String {
    if let Some(other) = title.strip_prefix(ALSO_KNOWN_AS) {
        return format!("{ALSO_KNOWN_AS}{}", article_first(other));
    }
    match title.rsplit_once(", ") {
        Some((name, article)) if ARTICLES.contains(&article) && !name.is_empty() => {
            let gap = if article.ends_with('\'') { "" } else { " " };
            format!("{article}{gap}{name}")
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_cut_off() {
        for (written, title, year) in [
            ("Toy Story (1995)", "Toy Story", Some(1995)),
            ("  Toy   Story (1995) ", "Toy Story", Some(1995)),
            ("Black Mirror (2011–2019)", "Black Mirror", Some(2011)),
            ("Fawlty Towers (1975-)", "Fawlty Towers", Some(1975)),
            ("2001: A Space Odyssey", "2001: A Space Odyssey", None),
            ("Seven (a.k.a. Se7en) (1995)", "Seven (a.k.a. Se7en)", Some(1995)),
            ("Number (12345)", "Number (12345)", None),
            ("Room (9999)", "Room (9999)", None),
            ("(1995)", "(1995)", None),
            ("Größe (199ü)", "Größe (199ü)", None),
            ("", "", None),
        ] {
            assert_eq!(parted(written), (title.to_owned(), year), "{written}");
        }
        assert_eq!(year("01-Jan-1995"), Some(1995));
        assert_eq!(year("1995.0"), Some(1995));
        assert_eq!(year("NA"), None);
    }

    #[test]
    fn articles_come_back_to_the_front() {
        for (written, spoken) in [
            ("Matrix, The", "The Matrix"),
            ("Cry, the Beloved Country", "Cry, the Beloved Country"),
            ("Good, the Bad and the Ugly, The", "The Good, the Bad and the Ugly"),
            ("Avventura, L'", "L'Avventura"),
            ("Das Boot", "Das Boot"),
            ("Boot, Das (Boat, The)", "Das Boot (The Boat)"),
            (
                "City of Lost Children, The (Cité des enfants perdus, La)",
                "The City of Lost Children (La Cité des enfants perdus)",
            ),
            ("Fog (a.k.a. Mist, The) )(", "Fog (a.k.a. The Mist) )("),
            (", The", ", The"),
        ] {
            assert_eq!(parted(written).0, spoken, "{written}");
        }
    }
}
