//! The page of likeness: a matrix with its floors, and what a cell says.

use bevy::prelude::*;

use super::{Asked, asked_of, control, field_seen, opened, say, says, wait};
use crate::{
    inside::{
        Alike, AlikeAsked, AlikeColumn, AlikeWith, Contested, Member, MemberOf, Price, Scored,
        Together, TogetherAsked,
    },
    stream::Step,
    world::{
        classifier::tests::{named, point},
        display::Field,
    },
};

fn alike(asked: &AlikeAsked) -> Alike {
    let columns = match asked.with {
        AlikeWith::Layers => {
            ["conv", "logits"].map(|name| AlikeColumn::Layer(name.to_owned())).into()
        }
        AlikeWith::Steps => vec![AlikeColumn::Step(Step(0)), AlikeColumn::Step(Step(40))],
        AlikeWith::Runs => Vec::new(),
    };
    let count = columns.len();
    Alike {
        asked: asked.clone(),
        layers: vec!["conv".to_owned(), "logits".to_owned()],
        columns,
        alignment: [1.0, 0.4, 0.4, 1.0][..2 * count].to_vec(),
        with_pixels: vec![0.6, 0.2],
        with_shuffled: vec![0.7, 0.1],
        remarks: match asked.with {
            AlikeWith::Runs => vec!["no run went before this one".into()],
            _ => Vec::new(),
        },
        price: Price { forward: 500, backward: 0, seconds: 0.2 },
    }
}

fn together(asked: &TogetherAsked) -> Together {
    let scored = |accuracy| Scored { accuracy, loss: 0.1 };
    let member = |of, accuracy, adds| Member { of, alone: scored(accuracy), adds, weight: 0.5 };
    Together {
        asked: asked.clone(),
        images: [1000, 1000],
        members: vec![
            member(MemberOf::Now, 0.96, 0.01),
            member(MemberOf::Run { seed: 7, steps: 2500 }, 0.95, -0.005),
        ],
        averaged: scored(0.97),
        voted: 0.965,
        stacked: scored(0.975),
        differ: vec![0.0, 0.04, 0.04, 0.0],
        contested: vec![Contested {
            index: 3,
            label: 4,
            said: vec![1, 0],
            together: 0,
            apart: 0.3,
        }],
        remarks: Vec::new(),
        price: Price::default(),
    }
}

#[test]
fn a_matrix_is_shown_with_its_floors() {
    let mut app = opened();
    asked_of::<crate::inside::WhyAsked>(&mut app);
    control(&mut app, "inside-alike");
    let open = asked_of::<AlikeAsked>(&mut app);
    assert_eq!(open[0].with, AlikeWith::Layers);
    say(&mut app, &open[0], 50, Ok(alike(&open[0])));
    for wanted in ["How alike its layers are.", "conv", "logits", "conv 0.60 · 0.70", "with layers"]
    {
        says(&mut app, wanted);
    }
    let matrix = named(&mut app, "How alike layers are");
    let layout = app.world().get::<Field>(matrix).unwrap().layout();
    assert_eq!(layout.size_cells(), UVec2::new(5, 2), "two layers, a gap, two floors");
    point(&mut app, matrix, Vec2::new(0.3, 0.25));
    wait(&mut app);
    says(&mut app, "conv with logits: 0.40");
    point(&mut app, matrix, Vec2::new(0.9, 0.75));
    wait(&mut app);
    says(&mut app, "logits with itself unlearned: 0.10");

    control(&mut app, "inside-alike-on");
    let open = asked_of::<AlikeAsked>(&mut app);
    assert_eq!(open[0].with, AlikeWith::Steps);
    assert!(!field_seen(&mut app, "How alike layers are"), "nothing of another question");
    say(&mut app, &open[0], 50, Ok(alike(&open[0])));
    point(&mut app, matrix, Vec2::new(0.3, 0.25));
    wait(&mut app);
    says(&mut app, "conv with step 40: 0.40");

    control(&mut app, "inside-alike-on");
    let open = std::mem::take(&mut app.world_mut().resource_mut::<Asked>().0);
    let (alikes, fused): (Vec<_>, Vec<_>) =
        open.iter().partition(|question| question.about.get::<AlikeAsked>().is_some());
    let about = alikes[0].about.get::<AlikeAsked>().unwrap().clone();
    say(&mut app, &about, 50, Ok(alike(&about)));
    assert!(!field_seen(&mut app, "How alike layers are"));
    says(&mut app, "No run went before this one");
    let about = fused[0].about.get::<TogetherAsked>().unwrap().clone();
    say(&mut app, &about, 50, Ok(together(&about)));
    for wanted in [
        "right alone · adds",
        "this run 96.0 % · +1.0",
        "seed 7 95.0 % · −0.5",
        "mean of all 97.0 %",
        "vote 96.5 %",
        "weighted 97.5 %",
        "1 0",
    ] {
        says(&mut app, wanted);
    }
    assert!(field_seen(&mut app, "Contested 1") && !field_seen(&mut app, "Contested 2"));
    control(&mut app, "inside-alike-on");
    assert!(!field_seen(&mut app, "Contested 1"), "it belongs to the runs");
}
