//! The page of the loss: few places come first, what is pointed at is told, and a state that is pressed is gone to.

use bevy::prelude::*;

use super::{asked_of, control, opened, say, says, wait};
use crate::{
    inside::{Landscape, LandscapeAsked, OnPath, Plane, PlaneAxis, Price},
    stream::Step,
    world::{
        classifier::{
            inside::landscape::{IsLand, WayPoints},
            tests::{named, point},
        },
        display::{Cloud, Wires},
        interaction::{aim::AimPressed, relief::Relief},
        timeline::Timeline,
    },
};

/// A bowl of 0.1 in its middle.
fn landscape(asked: &LandscapeAsked) -> Landscape {
    let axis = PlaneAxis { low: -2.0, high: 2.0, explained: Some(0.9), curvature: None };
    let side = asked.side;
    let at = |place: usize| 4.0 * place as f32 / (side - 1) as f32 - 2.0;
    let losses = (0..side * side).map(|place| {
        let (across, away) = (at(place % side), at(place / side));
        0.1 + across * across + away * away
    });
    let state = |step: u64, across: f32, loss: f32| OnPath {
        step: Step(step),
        at: [across, 0.0],
        loss,
        shadow: 0.1 + across * across,
        off: 1.0,
    };
    Landscape {
        asked: asked.clone(),
        axes: [axis, PlaneAxis { explained: Some(0.056), ..axis }],
        losses: losses.collect(),
        loss: 0.1,
        path: vec![state(0, -1.0, 2.3), state(20, -0.5, 0.6), state(50, 0.0, 0.1)],
        remarks: Vec::new(),
        price: Price { forward: 24_500, backward: 0, seconds: 0.5 },
    }
}

/// A hall at the page, with an answer of few places; what is open then.
fn at_landscape() -> (App, std::sync::Arc<LandscapeAsked>) {
    let mut app = opened();
    asked_of::<crate::inside::WhyAsked>(&mut app);
    control(&mut app, "inside-landscape");
    let open = asked_of::<LandscapeAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    assert_eq!((about.plane, about.side), (Plane::Path, 7));
    say(&mut app, about, 50, Ok(landscape(about)));
    says(&mut app, "The loss around its weights, so far.");
    let open = asked_of::<LandscapeAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    (app, about.clone())
}

#[test]
fn a_surface_stands_soon_and_sharpens() {
    let (mut app, about) = at_landscape();
    assert_eq!(about.side, 11);
    say(&mut app, &about, 50, Ok(landscape(&about)));
    let open = asked_of::<LandscapeAsked>(&mut app);
    assert_eq!(open[0].side, 21);
    say(&mut app, &open[0], 50, Ok(landscape(&open[0])));
    assert!(asked_of::<LandscapeAsked>(&mut app).is_empty(), "it is as sharp as it gets");
    for wanted in [
        "The loss around its weights.",
        "across 90.0 % of the way",
        "away 5.6 % of the way",
        "loss here 0.10",
        "plane 0.10 to 8.10",
        "21 × 21 places",
        "500 test images",
        "3 states of its way",
        "first loss 2.30",
        "on the plane 1.10",
    ] {
        says(&mut app, wanted);
    }
    let mut reliefs = app.world_mut().query_filtered::<&Relief, With<IsLand>>();
    let relief = reliefs.iter(app.world()).next().unwrap();
    assert_eq!((relief.columns, relief.rows), (21, 21));
    let height = |column: usize, row: usize| relief.point(column, row).unwrap().y;
    assert!(height(10, 10) < 1e-3 && height(0, 0) > 0.3, "a bowl");
    control(&mut app, "inside-plane-on");
    let open = asked_of::<LandscapeAsked>(&mut app);
    assert_eq!((open[0].plane, open[0].side), (Plane::Random, 7), "another plane begins anew");
}

#[test]
fn the_way_hangs_at_its_true_height_and_leads_back() {
    let (mut app, _) = at_landscape();
    let points = named(&mut app, "States of the weights");
    let ground = named(&mut app, "Loss around the weights");
    let cloud = app.world().get::<Cloud>(points).unwrap();
    let tops: Vec<Vec3> = (0..3).map(|at| cloud.place(at).unwrap()).collect();
    assert!(tops[0].y > tops[1].y && tops[1].y > tops[2].y && tops[0].x < tops[2].x);
    let mut wires = app.world_mut().query::<(&Name, &Wires)>();
    let lines: Vec<usize> = wires
        .iter(app.world())
        .filter(|(name, _)| name.as_str() == "Way of the weights")
        .map(|(_, wires)| wires.lines().len())
        .collect();
    assert_eq!(lines.iter().sum::<usize>(), 2 + 3, "from state to state, and a stem of each");
    let mut marked = app.world_mut().query_filtered::<Entity, With<WayPoints>>();
    assert!(marked.iter(app.world()).any(|entity| entity == points));

    point(&mut app, ground, Vec2::splat(0.5));
    wait(&mut app);
    says(&mut app, "A loss of 0.10 at 0 across, 0 away.");
    let pressed = AimPressed {
        entity: points,
        aim: Entity::PLACEHOLDER,
        uv: Vec2::ZERO,
        part: Some(1),
        point: Vec3::ZERO,
    };
    app.world_mut().trigger(pressed);
    wait(&mut app);
    assert_eq!(app.world().resource::<Timeline>().scrubbed_to(), Some(Step(20)));
    let cloud = app.world().get::<Cloud>(points).unwrap();
    assert_eq!(cloud.chosen, Some(1), "the state of the shown step is marked");
    says(&mut app, "This is of step 50, as it is now, not of 20.");
}

#[test]
fn without_a_number_there_is_no_ground_but_words() {
    let mut app = opened();
    asked_of::<crate::inside::WhyAsked>(&mut app);
    control(&mut app, "inside-landscape");
    let open = asked_of::<LandscapeAsked>(&mut app);
    let bad =
        Landscape { losses: vec![f32::NAN; 49].into(), path: Vec::new(), ..landscape(&open[0]) };
    say(&mut app, &open[0], 50, Ok(bad));
    says(&mut app, "no loss is a number");
    let ground = named(&mut app, "Loss around the weights");
    assert_eq!(*app.world().get::<Visibility>(ground).unwrap(), Visibility::Hidden);
}
