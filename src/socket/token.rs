//! What whoever connects must name to be let in: 128 bits that nobody can guess.

use crate::words::Phrase;
use std::{fmt, hint::black_box, str::FromStr};

/// Bytes of a token.
const BYTES: usize = 16;

/// What whoever listens shows, and whoever connects names.
#[derive(Clone, Copy)]
pub struct Token([u8; BYTES]);

impl Token {
    /// One from the randomness of the operating system.
    ///
    /// # Errors
    /// One sentence if the system has none.
    pub fn random() -> Result<Self, Phrase> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)
            .map_err(|why| phrase!("attach-no-randomness", why = why.to_string()))?;
        Ok(Self(bytes))
    }

    /// Whether somebody has named it, in hexadecimal digits; how long that takes tells nothing of how much was right.
    pub(crate) fn is(&self, named: &str) -> bool {
        let own = self.to_string();
        let named = named.as_bytes();
        if named.len() != own.len() {
            return false;
        }
        let pairs = own.bytes().zip(named);
        let differs = pairs.fold(0, |differs, (own, named)| {
            black_box(differs | (own ^ named.to_ascii_lowercase()))
        });
        black_box(differs) == 0
    }
}

/// As it is shown: 32 hexadecimal digits.
impl fmt::Display for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// Not itself: what is written for those who look for faults is kept.
impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(…)")
    }
}

impl FromStr for Token {
    type Err = Phrase;

    fn from_str(text: &str) -> Result<Self, Phrase> {
        let wrong = || phrase!("attach-a-token-has-32-digits");
        let digits: Vec<u8> = text
            .chars()
            .map(|digit| digit.to_digit(16).map(|digit| digit as u8))
            .collect::<Option<_>>()
            .ok_or_else(wrong)?;
        let (pairs, rest) = digits.as_chunks::<2>();
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| (high << 4) | low).collect();
        match <[u8; BYTES]>::try_from(bytes) {
            Ok(bytes) if rest.is_empty() => Ok(Self(bytes)),
            _ => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_all_its_digits_and_by_nothing_else() {
        let token = Token::random().unwrap();
        let text = token.to_string();
        assert_eq!(text.len(), 32);
        assert!(token.is(&text) && token.is(&text.to_uppercase()));
        assert!(text.parse::<Token>().unwrap().is(&text));
        for wrong in ["", &text[1..], &format!("{text}0"), "é", &"0".repeat(31)] {
            assert!(!token.is(wrong), "{wrong}");
            assert!(wrong.parse::<Token>().is_err(), "{wrong}");
        }
        for at in 0..32 {
            let mut other = text.clone().into_bytes();
            other[at] = if other[at] == b'0' { b'1' } else { b'0' };
            assert!(!token.is(std::str::from_utf8(&other).unwrap()));
        }
        assert!(!format!("{token:?}").contains(&text));
        assert!(!Token::random().unwrap().is(&text));
    }
}
