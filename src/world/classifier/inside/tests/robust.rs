//! The page of attacks: images, what each is read as, and a table with bars.

use std::sync::Arc;

use bevy::prelude::*;

use super::{asked_of, control, field_seen, opened, say, says, texts};
use crate::{
    inside::{Attack, Attacked, Flip, Neighbour, Price, Reading, Robust, RobustAsked, Withstood},
    stream::InputChoice,
    world::classifier::inside::robust::RobustBar,
};

/// FGSM flips the answer from a strength of 0.1 on.
fn robust(asked: &RobustAsked) -> Robust {
    let image: Arc<[f32]> = vec![0.5; 4].into();
    let reading = |class| Reading { class, probability: 0.75, loss: 1.0 };
    let attacked = asked.strengths.iter().flat_map(|strength| {
        let attacks = [Attack::Fgsm, Attack::Pgd, Attack::RandomSigns];
        let image = image.clone();
        attacks.map(move |attack| Attacked {
            attack,
            strength: *strength,
            image: image.clone(),
            reading: reading(if attack == Attack::Fgsm && *strength >= 0.1 { 9 } else { 4 }),
            zero_gradient: None,
        })
    });
    let withstood = Attack::ALL.into_iter().enumerate().map(|(row, attack)| {
        let accuracy = (0..asked.strengths.len()).map(|at| 0.9 - 0.1 * (row + at) as f32).collect();
        Withstood { attack, accuracy }
    });
    Robust {
        size: [1, 2, 2],
        input: image.clone(),
        class: 4,
        unchanged: Reading { probability: 0.97, ..reading(4) },
        attacked: attacked.collect(),
        images: 500,
        steps: 20,
        accuracy: 0.95,
        withstood: withstood.collect(),
        flip: Some(Flip {
            image: image.clone(),
            class: 9,
            distance: 0.5,
            size: 0.51,
            iterations: 3,
            nearest: Some(Neighbour { is_test: false, index: 12, distance: 6.5, image }),
        }),
        remarks: Vec::new(),
        price: Price { forward: 9000, backward: 9000, seconds: 0.8 },
        asked: asked.clone(),
    }
}

#[test]
fn attacks_are_shown_and_counted_at_each_strength() {
    let mut app = opened();
    asked_of::<crate::inside::WhyAsked>(&mut app);
    control(&mut app, "inside-robust");
    says(&mut app, "It takes some seconds.");
    let open = asked_of::<RobustAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    assert_eq!(**about, RobustAsked::usual(InputChoice::Test(0)));
    let said = robust(about);
    say(&mut app, about, 50, Ok(said));
    for wanted in [
        "±0.1 by FGSM turns 4 into 9.",
        "Of 500 test images, 95 % unchanged",
        "shown: ±0.1",
        "As it is",
        "4 97 %",
        "9 75 %",
        "Nearest 9",
        "6.50 away",
        "80 %",
    ] {
        says(&mut app, wanted);
    }
    for name in ["Input attacked", "By PGD", "Nearest"] {
        assert!(field_seen(&mut app, name), "{name} is missing");
    }
    control(&mut app, "inside-weaker");
    says(&mut app, "It withstands ±0.05 a pixel.");
    assert!(!texts(&mut app).contains(&"9 75 %".to_owned()));
    control(&mut app, "inside-weaker");
    says(&mut app, "shown: ±0.05");
    assert!(asked_of::<RobustAsked>(&mut app).is_empty(), "all strengths were asked for");
    // The longest bar is that of the highest accuracy.
    let mut bars = app.world_mut().query::<(&RobustBar, &Node)>();
    let width = |node: &Node| if let Val::Px(width) = node.width { width } else { 0.0 };
    let all = bars.iter(app.world()).map(|(bar, node)| (width(node), (bar.0, bar.1)));
    let longest = all.reduce(|most, one| if one.0 > most.0 { one } else { most });
    assert!(longest.is_some_and(|(width, at)| width > 100.0 && at == (0, 0)), "{longest:?}");
}

#[test]
fn what_cannot_be_attacked_says_why() {
    let mut app = opened();
    asked_of::<crate::inside::WhyAsked>(&mut app);
    control(&mut app, "inside-robust");
    let open = asked_of::<RobustAsked>(&mut app);
    say(&mut app, &open[0], 50, Err::<Robust, _>("a text has no pixels".to_owned()));
    says(&mut app, "It cannot be attacked: a text has no pixels.");
    assert!(!field_seen(&mut app, "By FGSM"));
}
