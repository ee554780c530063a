//! Finds films by their titles, genres and decades while one types.

use crate::exhibits::recommender::payload::Ratings;

/// Every title folded to plain small letters, those with most ratings first, laid out to be searched in one pass.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// ` word word year` of each film, a line each.
    folded: String,
    /// Where each line starts in it.
    starts: Vec<usize>,
    /// The film of each line.
    items: Vec<u32>,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The beginnings of words of the title.
    pub(super) text: String,
    /// A place in [`Ratings::genres`].
    pub(super) genre: Option<usize>,
    /// The first year of ten.
    pub(super) decade: Option<u16>,
}

impl Wanted {
    /// Whether nothing in particular is looked for.
    pub(super) fn is_anything(&self) -> bool {
        self.text.trim().is_empty() && self.genre.is_none() && self.decade.is_none()
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SearchResult {
    /// The films with most ratings among them, those first.
    pub(super) items: Vec<u32>,
    /// How many there are.
    pub(super) of: usize,
}

impl Titles {
    pub(super) fn of(ratings: &Ratings) -> Self {
        let mut items: Vec<u32> = (0..ratings.items.len() as u32).collect();
        items.sort_by_key(|&item| std::cmp::Reverse(ratings.items[item as usize].count));
        let mut folded = String::new();
        let mut starts = Vec::with_capacity(items.len());
        for &item in &items {
            let item = &ratings.items[item as usize];
            starts.push(folded.len());
            for word in words_of(&item.title) {
                folded.push(' ');
                folded.push_str(&word);
            }
            if let Some(year) = item.year {
                folded.push_str(&format!(" {year}"));
            }
            folded.push('\n');
        }
        Self { folded, starts, items }
    }

    /// The first `most` films that answer, and how many do.
    pub(super) fn find(&self, ratings: &Ratings, wanted: &Wanted, most: usize) -> SearchResult {
        let mut needles: Vec<String> =
            words_of(&wanted.text).map(|word| format!(" {word}")).collect();
        // The longest is the rarest, mostly.
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
        let fits = |line: usize| {
            let item = &ratings.items[self.items[line] as usize];
            wanted.genre.is_none_or(|genre| item.genres >> genre & 1 == 1)
                && wanted.decade.is_none_or(|decade| {
                    item.year
                        .is_some_and(|year| (decade..decade.saturating_add(10)).contains(&year))
                })
        };
        let mut found = SearchResult::default();
        let mut take = |line: usize| {
            if fits(line) {
                found.of += 1;
                if found.items.len() < most {
                    found.items.push(self.items[line]);
                }
            }
        };
        let Some((rarest, others)) = needles.split_first() else {
            (0..self.items.len()).for_each(take);
            return found;
        };
        let (mut line, mut last) = (0, None);
        for (at, _) in self.folded.match_indices(rarest.as_str()) {
            // Matches come in order, so the line is never before the last one.
            while self.starts.get(line + 1).is_some_and(|start| *start <= at) {
                line += 1;
            }
            if last.replace(line) == Some(line) {
                continue;
            }
            let end = self.starts.get(line + 1).copied().unwrap_or(self.folded.len());
            let text = &self.folded[self.starts[line]..end];
            if others.iter().all(|needle| text.contains(needle.as_str())) {
                take(line);
            }
        }
        found
    }
}

/// The words of a text in plain small letters, without what stands on, in and between them.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            // It joins what it stands between, as in Schindler's.
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            letter if letter.is_alphanumeric() => fold(letter, &mut plain),
            _ => plain.push(' '),
        }
    }
    plain.split_whitespace().map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// A letter without its accent and small; letters of other scripts stay as they are.
fn fold(letter: char, plain: &mut String) {
    for small in letter.to_lowercase() {
        match small {
            'à'..='å' | 'ā' | 'ă' | 'ą' => plain.push('a'),
            'æ' => plain.push_str("ae"),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => plain.push('c'),
            'ď' | 'đ' | 'ð' => plain.push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => plain.push('e'),
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => plain.push('g'),
            'ĥ' | 'ħ' => plain.push('h'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => plain.push('i'),
            'ĵ' => plain.push('j'),
            'ķ' => plain.push('k'),
            'ĺ' | 'ļ' | 'ľ' | 'ł' => plain.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => plain.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => plain.push('o'),
            'œ' => plain.push_str("oe"),
            'ŕ' | 'ŗ' | 'ř' => plain.push('r'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => plain.push('s'),
            'ß' => plain.push_str("ss"),
            'ţ' | 'ť' | 'ț' => plain.push('t'),
            'þ' => plain.push_str("th"),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => plain.push('u'),
            'ŵ' => plain.push('w'),
            'ý' | 'ÿ' | 'ŷ' => plain.push('y'),
            'ź' | 'ż' | 'ž' => plain.push('z'),
            // What becomes a letter and its mark, as in İ.
            '\u{300}'..='\u{36f}' => {}
            small => plain.push(small),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::recommender::payload::Item;

    fn catalogue() -> Ratings {
        let item = |title: &str, year, genres, count| Item {
            title: title.to_owned(),
            year,
            genres,
            count,
            ..Item::default()
        };
        Ratings {
            items: vec![
                item("Amélie (Fabuleux destin d'Amélie Poulain, Le)", Some(2001), 0b01, 89),
                item("Matrix, The", Some(1999), 0b10, 259),
                item("Matrix Reloaded, The", Some(2003), 0b10, 101),
                item("Schindler's List", Some(1993), 0b01, 244),
                item("Animatrix, The", None, 0b10, 9),
            ]
            .into(),
            genres: ["Drama".to_owned(), "Action".to_owned()].into(),
            ..Ratings::default()
        }
    }

    fn finds(text: &str, genre: Option<usize>, decade: Option<u16>) -> Vec<u32> {
        let ratings = catalogue();
        let wanted = Wanted { text: text.to_owned(), genre, decade };
        Titles::of(&ratings).find(&ratings, &wanted, 10).items
    }

    #[test]
    fn beginnings_of_words_are_found_those_that_most_people_know_first() {
        assert_eq!(finds("matr", None, None), [1, 2], "not in the middle of a word");
        assert_eq!(finds("the MAT", None, None), [1, 2]);
        assert_eq!(finds("reload matrix", None, None), [2], "in any order");
        assert_eq!(finds("amelie", None, None), [0]);
        assert_eq!(finds("AMÉLIE poul", None, None), [0]);
        assert_eq!(finds("schindlers", None, None), [3]);
        assert_eq!(finds("schindler's", None, None), [3]);
        assert_eq!(finds("1999", None, None), [1]);
        assert!(finds("zzz", None, None).is_empty());
    }

    #[test]
    fn genre_and_decade_narrow_what_is_found() {
        assert_eq!(finds("", None, None), [1, 3, 2, 0, 4]);
        assert_eq!(finds("", Some(0), None), [3, 0]);
        assert_eq!(finds("matrix", Some(1), Some(2000)), [2]);
        assert_eq!(finds(" ", None, Some(1990)), [1, 3], "a film without a year is of no decade");
    }

    #[test]
    fn all_are_counted_and_some_are_told() {
        let ratings = catalogue();
        let found = Titles::of(&ratings).find(&ratings, &Wanted::default(), 2);
        assert_eq!(found, SearchResult { items: vec![1, 3], of: 5 });
    }
}
