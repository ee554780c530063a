//! What an input is called, for visitors and for other programs.

use indicatif::HumanCount;

use crate::{
    images::{Picture, TestSet},
    stream::{InputChoice, Payload},
    world::ui::words,
};

/// Letters of a picture's name that have room.
const LETTERS: usize = 16;

fn picture_of(asked: &Payload) -> Option<&Picture> {
    asked.get::<Picture>().map(AsRef::as_ref)
}

/// An input in words for other programs, the same in every language.
pub(super) fn told_as(input: &InputChoice) -> String {
    match input {
        InputChoice::Test(index) => format!("test image {}", index + 1),
        InputChoice::Drawn(pixels) => {
            let inked = pixels.iter().filter(|pixel| **pixel > 0.0).count();
            format!("drawing, {inked} px")
        }
        InputChoice::Other(asked) if asked.kind().ends_with(".typed") => "typed text".to_owned(),
        InputChoice::Other(asked) => match picture_of(asked) {
            Some(picture) => format!("picture {}", picture.name),
            None => "what the step learned from".to_owned(),
        },
    }
}

/// An input in words for the visitor; of a test image, its number, of how many, and its class.
pub(super) fn name_of(input: &InputChoice, test_set: Option<&TestSet>) -> String {
    match (input, test_set) {
        (InputChoice::Drawn(_), _) => "Your drawing".to_owned(),
        (InputChoice::Other(asked), _) if asked.kind().ends_with(".typed") => {
            "Your text".to_owned()
        }
        (InputChoice::Other(asked), _) => match picture_of(asked) {
            Some(picture) => format!("Your picture\n{}", words::squeezed(&picture.name, LETTERS)),
            None => "What the step\nlearned from".to_owned(),
        },
        (InputChoice::Test(index), None) => {
            format!("Test image {}", HumanCount((index + 1) as u64))
        }
        (InputChoice::Test(index), Some(set)) => {
            let class =
                set.labels.get(*index).and_then(|class| set.classes.get(usize::from(*class)));
            let (one, is) = if set.of_text { ("passage", "then") } else { ("image", "a") };
            format!(
                "Test {one} {}\nof {}, {is} {}",
                HumanCount((index + 1) as u64),
                HumanCount(set.len() as u64),
                class.map_or("?", String::as_str)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_named() {
        let set = TestSet {
            pixels: vec![0; 1200].into(),
            channels: 1,
            width: 1,
            height: 1,
            labels: vec![1; 1200].into(),
            classes: vec!["0".to_owned(), "1".to_owned()].into(),
            name: "ones".to_owned(),
            of_text: false,
        };
        assert_eq!(
            name_of(&InputChoice::Test(1004), Some(&set)),
            "Test image 1,005\nof 1,200, a 1"
        );
        assert_eq!(name_of(&InputChoice::Drawn(vec![].into()), Some(&set)), "Your drawing");
        let name = "IMG_2024_holiday.jpg".to_owned();
        let picture = Picture { name, values: [0].into(), remarks: Vec::new() };
        let picture = InputChoice::of(picture);
        assert_eq!(name_of(&picture, Some(&set)), "Your picture\nIMG_2024…day.jpg");
        assert_eq!(told_as(&picture), "picture IMG_2024_holiday.jpg");
    }
}
