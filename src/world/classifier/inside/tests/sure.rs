//! The page of sureness: bars reach how often it is right, ticks stand at how sure it is.

use bevy::prelude::*;

use super::{asked_of, control, opened, say, says};
use crate::{
    inside::{Bin, Price, Sure, SureAsked, Temperature},
    world::classifier::inside::sure::SureBar,
};

fn sure(asked: &SureAsked, confidence: f32) -> Sure {
    let mut bins =
        vec![Bin { images: 0, confidence: f32::NAN, accuracy: f32::NAN }; SureAsked::BINS];
    bins[14] = Bin { images: 1900, confidence: 0.99, accuracy: 0.5 };
    bins[7] = Bin { images: 5, confidence: 0.5, accuracy: 1.0 };
    Sure {
        asked: asked.clone(),
        images: 1905,
        bins,
        accuracy: 0.96,
        confidence,
        ece: 0.011,
        temperature: Some(Temperature {
            value: 1.05,
            iterations: 4,
            fitted_on: 952,
            tried_on: 953,
            ece: [0.012, 0.009],
            loss: [0.14, 0.13],
        }),
        remarks: Vec::new(),
        price: Price { forward: 1905, backward: 0, seconds: 0.05 },
    }
}

#[test]
fn bars_reach_how_often_it_is_right() {
    let mut app = opened();
    asked_of::<crate::inside::WhyAsked>(&mut app);
    control(&mut app, "inside-sure");
    let open = asked_of::<SureAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    let said = sure(about, 0.98);
    say(&mut app, about, 50, Ok(said));
    for wanted in [
        "It is surer than it is right.",
        "1,900",
        "93–100 %",
        "right 96.0 %",
        "sure 98.0 %",
        "best temperature 1.05",
        "error 0.012 → 0.009",
    ] {
        says(&mut app, wanted);
    }
    let mut bars = app.world_mut().query::<(&SureBar, &Node, &Visibility)>();
    let px = |value: Val| if let Val::Px(px) = value { px } else { f32::NAN };
    let right = |app: &App, bin: usize, bars: &mut QueryState<(&SureBar, &Node, &Visibility)>| {
        let found = bars
            .iter(app.world())
            .find(|(bar, ..)| matches!(bar, SureBar::Right(at) if *at == bin));
        px(found.unwrap().1.width)
    };
    let [full, half, none] = [7, 14, 0].map(|bin| right(&app, bin, &mut bars));
    assert!(full > 200.0 && (half - full / 2.0).abs() < 1.0 && none == 0.0, "{full} {half} {none}");
    let ticks = bars.iter(app.world()).filter(|(bar, _, seen)| {
        matches!(bar, SureBar::Confident(_)) && **seen != Visibility::Hidden
    });
    let left: Vec<f32> = ticks.map(|(_, node, _)| px(node.left)).collect();
    assert_eq!(left.len(), 2, "a bin without images has none");
    assert!((left[0] - left[1]).abs() > full * 0.45);
}
