//! Whether test examples and what a test tells of them fit each other.

use std::sync::Arc;

use crate::{
    images::TestSet,
    stream::{Mistake, TestReport},
    words::Phrase,
};

/// The most classes, as a class is told in a byte.
const MOST_CLASSES: usize = 256;
/// The widest and highest image, in pixels.
const MOST_SIDE: usize = 4096;

/// Whether every image is whole and its class is one of the classes.
///
/// # Errors
/// What is wrong, in words that end a sentence.
pub(super) fn check(set: &TestSet) -> Result<(), Phrase> {
    let sides = [set.width, set.height];
    let size = set.channels.min(4) * set.width.min(MOST_SIDE) * set.height.min(MOST_SIDE);
    let are_images = matches!(set.channels, 1 | 3)
        && sides.iter().all(|side| (1..=MOST_SIDE).contains(side))
        && set.labels.len().checked_mul(size) == Some(set.pixels.len());
    let classes = set.classes.len();
    let are_classes = (1..=MOST_CLASSES).contains(&classes)
        && set.labels.iter().all(|label| usize::from(*label) < classes);
    let are_letters =
        !set.of_text || set.pixels.iter().all(|letter| usize::from(*letter) < classes);
    if are_images && are_classes && are_letters && !set.is_empty() {
        Ok(())
    } else {
        Err(phrase!("attach-examples-do-not-fit"))
    }
}

/// Whether a test is of these examples; without examples, only its values are told.
///
/// # Errors
/// What is wrong, in words that end a sentence.
pub(super) fn check_test(test: &mut TestReport, set: Option<&TestSet>) -> Result<(), Phrase> {
    let Some(set) = set else {
        (test.confusion, test.said, test.losses) = (Arc::from([]), Arc::from([]), Arc::from([]));
        test.mistakes = Arc::from([]);
        return Ok(());
    };
    let (classes, images) = (set.classes.len(), set.len());
    let is_class = |class: &u8| usize::from(*class) < classes;
    let is_mistake = |mistake: &Mistake| {
        mistake.index < images && is_class(&mistake.truth) && is_class(&mistake.said)
    };
    let fits = test.confusion.len() == classes * classes
        && test.mistakes.iter().all(is_mistake)
        && test.mistakes.len() <= images
        && [0, images].contains(&test.said.len())
        && [0, images].contains(&test.losses.len())
        && test.said.iter().all(is_class);
    if fits { Ok(()) } else { Err(phrase!("attach-a-test-does-not-fit")) }
}

/// Memory that a test takes, in bytes.
pub(super) fn bytes(test: &TestReport) -> usize {
    size_of_val(&*test.confusion)
        + size_of_val(&*test.mistakes)
        + size_of_val(&*test.said)
        + size_of_val(&*test.losses)
        + size_of::<TestReport>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::MetricValues;

    fn set() -> TestSet {
        TestSet {
            pixels: vec![7; 3 * 4].into(),
            channels: 1,
            width: 2,
            height: 2,
            labels: vec![0, 1, 1].into(),
            classes: ["a", "b"].map(str::to_owned).to_vec().into(),
            name: "three".to_owned(),
            of_text: false,
            perhaps_learned: false,
        }
    }

    fn test() -> TestReport {
        TestReport {
            values: MetricValues::new(&[0.5, 0.9]),
            confusion: vec![1, 0, 1, 1].into(),
            mistakes: vec![Mistake { index: 1, truth: 1, said: 0, confidence: 0.6 }].into(),
            said: vec![0, 0, 1].into(),
            losses: vec![0.1, 0.9, 0.2].into(),
        }
    }

    #[test]
    fn examples_are_whole_and_of_known_classes() {
        assert_eq!(check(&set()), Ok(()));
        let wrong: [fn(&mut TestSet); 7] = [
            |set| set.width = 3,
            |set| set.channels = usize::MAX,
            |set| set.height = usize::MAX,
            |set| set.labels = vec![0, 1, 2].into(),
            |set| set.classes = Arc::from([]),
            |set| set.of_text = true,
            |set| (set.labels, set.pixels) = (Arc::from([]), Arc::from([])),
        ];
        for change in wrong {
            let mut set = set();
            change(&mut set);
            assert!(check(&set).is_err(), "{set:?}");
        }
    }

    #[test]
    fn a_test_is_of_the_examples_that_are_known() {
        assert_eq!(check_test(&mut test(), Some(&set())), Ok(()));
        let wrong: [fn(&mut TestReport); 5] = [
            |test| test.confusion = vec![1; 9].into(),
            |test| test.said = vec![0, 0, 2].into(),
            |test| test.said = vec![0].into(),
            |test| test.losses = vec![0.0; 4].into(),
            |test| {
                let mistake = Mistake { index: 3, truth: 1, said: 0, confidence: 0.6 };
                test.mistakes = vec![mistake].into();
            },
        ];
        for change in wrong {
            let mut test = test();
            change(&mut test);
            assert!(check_test(&mut test, Some(&set())).is_err(), "{test:?}");
        }
        let mut bare = test();
        check_test(&mut bare, None).unwrap();
        assert!(bare.confusion.is_empty() && bare.mistakes.is_empty());
        assert_eq!(bare.values, test().values);
    }
}
