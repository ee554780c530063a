//! How long a text must be seen to be read.

use super::{atoms, width};

/// Seconds for a word: 160 words a minute, the slower of the speeds of the BBC's subtitle guidelines ("Timing").
const WORD_SECS: f32 = 0.375;
/// Seconds for a Chinese character: nine a second, as Netflix' timed text style guide for simplified Chinese has it for
/// adults.
const CHARACTER_SECS: f32 = 1.0 / 9.0;
/// What it takes to look there from elsewhere, in seconds.
const LOOK_SECS: f32 = 1.0;

/// How long a text must be seen, by whoever looked elsewhere when it came, in seconds.
pub fn reading_secs(text: &str) -> f32 {
    let parts = atoms(text).into_iter().map(|atom| {
        let is_wide = width(&atom.text) > atom.text.chars().count();
        if is_wide { CHARACTER_SECS } else { WORD_SECS }
    });
    LOOK_SECS + parts.sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_word_by_word_or_character_by_character() {
        assert_eq!(reading_secs("Epoch 2 finished: digits"), 1.0 + 4.0 * 0.375);
        let chinese = reading_secs("第2轮结束：数字");
        assert!((chinese - (1.0 + 6.0 / 9.0 + 0.375)).abs() < 1e-5, "{chinese}");
        assert_eq!(reading_secs(""), 1.0);
    }
}
