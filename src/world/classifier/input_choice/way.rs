//! Ways through the test images: back, on, and to any other.

/// Where a button leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum InputButton {
    Back,
    On,
    Anywhere,
}

impl InputButton {
    /// The test image that it leads to, of `count` images.
    pub(super) fn from(self, index: usize, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        let index = index.min(last);
        Some(match self {
            Self::Back => index.checked_sub(1).unwrap_or(last),
            Self::On => (index + 1) % count,
            Self::Anywhere => (index + stride(count)) % count,
        })
    }
}

/// A stride that meets every one of `count` images before it meets one again: the whole number next to the golden
/// section of `count` that shares no divisor with it, so that neighbours in the order lie far apart.
fn stride(count: usize) -> usize {
    let golden = (count as f64 * 0.618_034) as usize;
    (golden.max(1)..=count.max(1)).find(|&stride| common_divisor(stride, count) == 1).unwrap_or(1)
}

fn common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_meets_every_image_once_before_it_meets_one_again() {
        for count in [1, 2, 3, 10, 1999, 2000, 10_000] {
            let mut met = vec![false; count];
            let mut index = 0;
            for _ in 0..count {
                assert!(!std::mem::replace(&mut met[index], true), "{index} of {count} again");
                index = InputButton::Anywhere.from(index, count).unwrap();
            }
            assert_eq!(index, 0);
        }
    }

    #[test]
    fn ways_go_round_and_lead_nowhere_without_images() {
        assert_eq!(InputButton::Back.from(0, 5), Some(4));
        assert_eq!(InputButton::On.from(4, 5), Some(0));
        assert_eq!(InputButton::On.from(99, 5), Some(0), "an index of a larger set");
        for way in [InputButton::Back, InputButton::On, InputButton::Anywhere] {
            assert_eq!(way.from(0, 0), None);
        }
    }
}
