//! What others wrote, as a sentence quotes it: on one line, with nothing in it that cannot be seen.

use std::path::Path;

use crate::words::Phrase;

pub use crate::words::{counted, grouped};

/// A quotation longer than this would hide the sentence around it.
const LONGEST_SHOWN: usize = 40;

/// A text in quotation marks, shortened.
pub fn shown(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(LONGEST_SHOWN).collect();
    let more = if letters.next().is_some() { "…" } else { "" };
    format!("“{}{more}”", visible(&start))
}

/// At most so many names are listed.
pub const MOST_LISTED: usize = 12;

/// Names in quotation marks, at most [`MOST_LISTED`] of them.
pub fn listed<S: AsRef<str>>(names: &[S]) -> Phrase {
    let named = names.iter().take(MOST_LISTED).map(|name| shown(name.as_ref()));
    and_more(Phrase::listed(named), names.len().saturating_sub(MOST_LISTED))
}

/// A list from which so many are left out.
pub fn and_more(named: Phrase, more: usize) -> Phrase {
    if more > 0 { phrase!("list-and-more", named, more = grouped(more)) } else { named }
}

/// A phrase on one line: what others wrote in it has escapes in place of what cannot be seen.
pub fn on_one_line(phrase: Phrase) -> Phrase {
    phrase.with_texts(visible)
}

/// A path, whole, since whoever reads of it must find it.
pub fn shown_path(path: &Path) -> String {
    visible(&path.to_string_lossy())
}

/// A text whole, but with escapes in place of line breaks, terminal codes, marks that turn the direction of writing, and
/// whatever else leaves no ink but a plain space.
pub fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            // Rust escapes them for its own sake.
            '"' | '\'' | '\\' => visible.push(letter),
            // Letters by their category, but without ink: the fillers of Hangul and the empty Braille cell.
            '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' => {
                visible.extend(letter.escape_unicode());
            }
            // Not first, since only there Rust escapes a mark that combines with the letter before it.
            _ => visible.extend(String::from_iter(['a', letter]).escape_debug().skip(1)),
        }
    }
    visible
}

/// A number as one would type it: with an exponent where it would be a long row of zeros.
pub fn number(number: f64) -> String {
    let usual = number == 0.0 || (1e-5..1e7).contains(&number.abs());
    if usual { number.to_string() } else { format!("{number:e}") }
}

/// A share in percent, with one decimal where it is small.
pub fn percent_of(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 9.95 { format!("{percent:.1} %") } else { format!("{percent:.0} %") }
}

/// A character as one can see it: blanks and ends of lines have signs.
pub fn character_sign(letter: char) -> String {
    match letter {
        ' ' => "␣".to_owned(),
        '\n' => "↵".to_owned(),
        '\t' => "⇥".to_owned(),
        letter if letter.is_control() => format!("U+{:04X}", letter as u32),
        letter => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_quotation_is_one_short_line_that_hides_nothing() {
        let rows = [
            ("Amélie’s “x” \"y\" \\", "“Amélie’s “x” \"y\" \\”"),
            ("a\nb\r\tc", "“a\\nb\\r\\tc”"),
            ("\u{1b}[31mred\0", "“\\u{1b}[31mred\\0”"),
            ("evil\u{202e}gnp.exe", "“evil\\u{202e}gnp.exe”"),
            ("\u{feff}zero\u{200b}width\u{ad}", "“\\u{feff}zero\\u{200b}width\\u{ad}”"),
            ("no\u{a0}break\u{2028}", "“no\\u{a0}break\\u{2028}”"),
            ("e\u{301} 日本 🙂", "“e\u{301} 日本 🙂”"),
            ("\u{3164}", "“\\u{3164}”"),
            ("", "“”"),
        ];
        for (text, quoted) in rows {
            assert_eq!(shown(text), quoted);
        }
        assert_eq!(shown(&"é".repeat(40)), format!("“{}”", "é".repeat(40)));
        assert_eq!(shown(&"é".repeat(41)), format!("“{}…”", "é".repeat(40)));
    }

    #[test]
    fn a_path_is_whole() {
        let path = format!("/tmp/{}/a\nb", "long".repeat(50));
        assert_eq!(shown_path(Path::new(&path)), path.replace('\n', "\\n"));
    }

    #[test]
    fn numbers_are_short() {
        let rows = [(1e30, "1e30"), (1e-9, "1e-9"), (0.001, "0.001"), (10.0, "10"), (0.0, "0")];
        for (value, words) in rows {
            assert_eq!(number(value), words);
        }
        assert_eq!(number(-1.5e300), "-1.5e300");
    }

    #[test]
    fn lists_are_readable() {
        let names: Vec<String> = (0..14).map(|at| at.to_string()).collect();
        assert!(listed(&names).to_string().ends_with("“11” and 2 more"));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_line(text in "\\PC{0,20}|(?s).{0,60}") {
            let quoted = shown(&text);
            prop_assert!(!quoted.chars().any(char::is_control), "{quoted:?}");
            prop_assert!(quoted.matches('…').count() <= 1 + text.matches('…').count());
        }
    }

    #[test]
    fn small_shares_keep_a_decimal() {
        assert_eq!([0.0, 0.0123, 0.0994, 0.5].map(percent_of), ["0.0 %", "1.2 %", "9.9 %", "50 %"]);
    }
}
