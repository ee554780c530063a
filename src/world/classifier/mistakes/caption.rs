//! What is said of mistakes: how many there are, and what each of them is.

use indicatif::HumanCount;

use super::wall;
use crate::{stream::Mistake, world::classifier::sheet};

/// How many images of all are read wrongly.
pub(super) fn count(wrong: usize, all: usize) -> String {
    format!("{} of {}", HumanCount(wrong as u64), HumanCount(all as u64))
}

/// That not all of them are drawn, where that is so.
pub(super) fn drawn(wrong: usize) -> String {
    let room = wall::PLACES;
    if wrong > room { format!("drawn {room}/{}", HumanCount(wrong as u64)) } else { String::new() }
}

/// What a mistake is: the true class, the one that was said, and with which probability.
pub(super) fn of(mistake: &Mistake, classes: &[String]) -> String {
    let name = |class: u8| sheet::class_name(classes, usize::from(class));
    let sure = sheet::whole_percent(mistake.confidence);
    format!("true {}, read as {} ({sure})", name(mistake.truth), name(mistake.said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_when_there_is_no_room_for_all() {
        assert_eq!(count(74, 2000), "74 of 2,000");
        assert_eq!(drawn(74), "drawn 12/74");
        assert_eq!(drawn(12), "");
    }

    #[test]
    fn a_mistake_says_truth_answer_and_certainty() {
        let classes: Vec<String> = (0..10).map(|class| class.to_string()).collect();
        let mistake = Mistake { index: 3, truth: 4, said: 9, confidence: 0.968 };
        assert_eq!(of(&mistake, &classes), "true 4, read as 9 (97 %)");
    }
}
