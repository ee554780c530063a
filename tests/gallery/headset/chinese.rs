//! A walk through the hall in Chinese, in a headset: what both eyes see of the first exhibit beside stored pictures, and each
//! other exhibit visited by its plinth.

use std::path::Path;

use perceptarium::{exhibits, world::body::Side};

use super::visit::Visit;
use crate::{pictures, support::small_data};

#[test]
fn every_exhibit_is_visited_in_chinese() {
    // A run as short as this ends at the same step in every picture.
    let data = small_data(640, 100);
    let options = ["--mode", "headset", "--lang", "zh", "--epochs", "1"];
    let mut visit = Visit::begin(data.path(), &options);
    visit.state("finished");
    // Hands would be in the picture.
    let hands = |visit: &mut Visit, active: bool| {
        visit.do_this(|worn| (worn.left.active, worn.right.active) = (active, active));
        // Colours and bars ease to where they belong.
        visit.frames(8);
    };
    hands(&mut visit, false);
    let mut last = visit.pictures(&["left", "right"]);
    for eye in ["left", "right"] {
        pictures::compare(&last[eye], &format!("headset-{eye}-eye.zh-CN.png"));
    }
    for exhibit in exhibits::ALL.iter().filter(|exhibit| exhibit.id.name() != "digits") {
        let name = exhibit.id.name();
        hands(&mut visit, true);
        visit.press(Side::Left, &format!("visit-{name}"));
        visit.event("visited", |event| event["exhibit"] == name);
        visit.event("started", |event| event["exhibit"] == name);
        visit.press(Side::Right, "pause");
        visit.state("paused");
        hands(&mut visit, false);
        let seen = visit.pictures(&["left", "right"]);
        for (eye, picture) in &seen {
            // Kept for whoever wants to look at them.
            let file = format!("chinese-{name}-{eye}.png");
            picture.save(Path::new(env!("CARGO_TARGET_TMPDIR")).join(file)).unwrap();
            let changed = pictures::difference(picture, &last[eye]);
            assert!(changed > 2.0, "{name} looks to the {eye} eye as what was before: {changed}");
        }
        last = seen;
    }
    visit.close();
}
