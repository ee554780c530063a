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
        InputChoice::Test(index) => say!("classifier-test-image", index = index + 1),
        InputChoice::Drawn(pixels) => {
            let inked = pixels.iter().filter(|pixel| **pixel > 0.0).count();
            say!("classifier-drawing-px", inked)
        }
        InputChoice::Other(asked) if asked.kind().ends_with(".typed") => {
            say!("classifier-typed-text").to_owned()
        }
        InputChoice::Other(asked) => match picture_of(asked) {
            Some(picture) => say!("classifier-picture", name = picture.name),
            None => say!("classifier-what-the-step-learned-from").to_owned(),
        },
    }
}

/// An input in words for the visitor; of a test image, its number, of how many, and its class.
pub(super) fn name_of(input: &InputChoice, test_set: Option<&TestSet>) -> String {
    match (input, test_set) {
        (InputChoice::Drawn(_), _) => say!("classifier-your-drawing").to_owned(),
        (InputChoice::Other(asked), _) if asked.kind().ends_with(".typed") => {
            say!("classifier-your-text").to_owned()
        }
        (InputChoice::Other(asked), _) => match picture_of(asked) {
            Some(picture) => {
                say!("classifier-your-picture", name = words::squeezed(&picture.name, LETTERS))
            }
            None => say!("classifier-what-the-step-learned-from-2").to_owned(),
        },
        (InputChoice::Test(index), None) => {
            say!("classifier-test-image-2", index = HumanCount((index + 1) as u64))
        }
        (InputChoice::Test(index), Some(set)) => {
            let class =
                set.labels.get(*index).and_then(|class| set.classes.get(usize::from(*class)));
            let (one, is) = if set.of_text {
                (say!("classifier-passage"), say!("classifier-then"))
            } else {
                (say!("classifier-image"), say!("classifier-is-a"))
            };
            let index = HumanCount((index + 1) as u64);
            let set_count = HumanCount(set.len() as u64);
            let class = class.map_or("?", String::as_str);
            if set.perhaps_learned {
                say!("classifier-example-of", index, set_count, is, class)
            } else {
                say!("classifier-test-of", one, index, set_count, is, class)
            }
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
            perhaps_learned: false,
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
