//! What a line may be broken between: words, and Chinese characters with their punctuation.

/// A part of a text that stays on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    /// Whether a blank stands before it, if it does not begin a line.
    pub spaced: bool,
    /// It itself.
    pub text: String,
}

/// What never begins a line, and what never ends one.
const CLOSING: &str = "，。：；？！、）》”’…";
const OPENING: &str = "（《“‘";

/// The parts of a text that stay on one line each.
pub fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    for word in text.split_whitespace() {
        let mut spaced = !atoms.is_empty();
        let mut last: Option<char> = None;
        for letter in word.chars() {
            let is_free = |letter: char| letter as u32 > 0x2e7f;
            let sticks = last.is_some_and(|last| {
                CLOSING.contains(letter)
                    || OPENING.contains(last)
                    || !(is_free(letter) || is_free(last) || OPENING.contains(letter))
            });
            match atoms.last_mut() {
                Some(atom) if sticks => atom.text.push(letter),
                _ => atoms.push(Atom { spaced, text: letter.to_string() }),
            }
            (spaced, last) = (false, Some(letter));
        }
    }
    atoms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let part = |atom: Atom| if atom.spaced { format!(" {}", atom.text) } else { atom.text };
        atoms(text).into_iter().map(part).collect()
    }

    #[test]
    fn words_stay_whole_and_chinese_breaks_between_characters() {
        assert_eq!(parts("one step"), ["one", " step"]);
        assert_eq!(parts("学习率0.01，好"), ["学", "习", "率", "0.01，", "好"]);
        assert_eq!(parts("用（SGD）训"), ["用", "（SGD）", "训"]);
        assert_eq!(parts("  "), [""; 0]);
    }
}
