//! Which test images are shown, and in which order.

use crate::stream::TestReport;

/// An order of the test images.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// Those read wrongly, the surest first.
    #[default]
    Misread,
    /// The largest cross-entropy first.
    MostLoss,
    /// The smallest first.
    LeastLoss,
    /// As they lie in the set.
    AsTheyLie,
}

impl Order {
    pub(super) const ALL: [Self; 4] =
        [Self::Misread, Self::MostLoss, Self::LeastLoss, Self::AsTheyLie];

    /// What the images are called that are shown so.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Misread => say!("classifier-misread"),
            Self::MostLoss => say!("classifier-most-loss"),
            Self::LeastLoss => say!("classifier-least-loss"),
            Self::AsTheyLie => say!("classifier-all-images"),
        }
    }

    /// The same where there is less room.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Misread => say!("classifier-wrong"),
            Self::MostLoss => say!("classifier-loss-2"),
            Self::LeastLoss => say!("classifier-loss-3"),
            Self::AsTheyLie => say!("classifier-all"),
        }
    }
}

/// The test images in this order, by their places in the set; of one class, if one is named.
///
/// Of equals the first in the set comes first. Without a test there is only the order in which they lie.
pub(super) fn chosen(
    order: Order,
    class: Option<usize>,
    labels: &[u8],
    test: Option<&TestReport>,
) -> Vec<usize> {
    let is_of_class = |index: &usize| {
        let label = labels.get(*index).map(|&label| usize::from(label));
        label.is_some() && (class.is_none() || label == class)
    };
    let by_loss = |most_first: bool| {
        let losses = test.map(|test| &*test.losses).unwrap_or_default();
        let mut all: Vec<usize> = (0..losses.len()).filter(is_of_class).collect();
        let loss = |index: &usize| losses.get(*index).copied().unwrap_or(f32::NAN);
        // Both sorts keep the order of equals.
        if most_first {
            all.sort_by(|a, b| loss(b).total_cmp(&loss(a)));
        } else {
            all.sort_by(|a, b| loss(a).total_cmp(&loss(b)));
        }
        all
    };
    match order {
        Order::Misread => {
            let mistakes = test.map(|test| &*test.mistakes).unwrap_or_default();
            mistakes.iter().map(|mistake| mistake.index).filter(is_of_class).collect()
        }
        Order::MostLoss => by_loss(true),
        Order::LeastLoss => by_loss(false),
        Order::AsTheyLie => (0..labels.len()).filter(is_of_class).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{MetricValues, Mistake};

    const LABELS: [u8; 6] = [0, 1, 2, 0, 1, 2];

    fn test() -> TestReport {
        let mistake =
            |index, confidence| Mistake { index, truth: LABELS[index], said: 0, confidence };
        TestReport {
            values: MetricValues::new(&[1.0, 0.5]),
            confusion: [].into(),
            mistakes: [mistake(4, 0.9), mistake(1, 0.8), mistake(5, 0.4)].into(),
            said: [0, 0, 2, 0, 0, 0].into(),
            losses: [0.1, 2.0, 0.1, 0.0, 3.0, 1.0].into(),
        }
    }

    #[test]
    fn images_come_by_mistake_and_by_loss() {
        let of = |order| chosen(order, None, &LABELS, Some(&test()));
        assert_eq!(of(Order::Misread), [4, 1, 5], "the surest first");
        assert_eq!(of(Order::MostLoss), [4, 1, 5, 0, 2, 3], "of equals the first in the set");
        assert_eq!(of(Order::LeastLoss), [3, 0, 2, 5, 1, 4]);
        assert_eq!(of(Order::AsTheyLie), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_class_is_picked_out_of_every_order() {
        let of = |order, class| chosen(order, Some(class), &LABELS, Some(&test()));
        assert_eq!(of(Order::Misread, 1), [4, 1]);
        assert_eq!(of(Order::Misread, 0), [0; 0]);
        assert_eq!(of(Order::MostLoss, 2), [5, 2]);
        assert_eq!(of(Order::LeastLoss, 0), [3, 0]);
        assert_eq!(of(Order::AsTheyLie, 2), [2, 5]);
        assert_eq!(of(Order::AsTheyLie, 3), [0; 0]);
    }

    #[test]
    fn before_a_test_images_lie_as_they_lie() {
        let of = |order| chosen(order, None, &LABELS, None).len();
        assert_eq!(Order::ALL.map(of), [0, 0, 0, 6]);
        // What a test tells of images that are not there is passed over.
        assert_eq!(chosen(Order::MostLoss, None, &LABELS[..2], Some(&test())), [1, 0]);
        assert_eq!(chosen(Order::Misread, None, &LABELS[..2], Some(&test())), [1]);
    }
}
