//! What is said of each act, in one line in the title's place.

use super::programme::Act;
use crate::{words::Phrase, world::guide::Telling};

/// What is said while this goes on; nothing while the exhibit's title is to be read.
pub(super) fn of(act: Act, telling: Telling) -> Option<Phrase> {
    match act {
        Act::Arrive | Act::Back | Act::Close => None,
        Act::Renew => Some(phrase!("guide-demo-renews")),
        Act::Watch => Some(phrase!("guide-demo-invites")),
        Act::Point => Some(phrase!("guide-demo-points")),
        Act::Press => Some(phrase!("guide-demo-presses", what = telling.press)),
        Act::Pull => Some(phrase!("guide-demo-pulls")),
        Act::Live => Some(phrase!("guide-demo-is-live")),
        Act::Inside => Some(phrase!("guide-demo-looks-inside")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{words::width, world::guide::Tellings};

    #[test]
    fn each_is_one_line_in_the_titles_place() {
        let telling = Tellings::default().of(None);
        for act in
            [Act::Renew, Act::Watch, Act::Point, Act::Press, Act::Pull, Act::Live, Act::Inside]
        {
            let words = of(act, telling).unwrap().to_string();
            assert!(width(&words) <= 70 && !words.contains('\n'), "{words}");
        }
        assert_eq!(of(Act::Arrive, telling), None);
    }
}
