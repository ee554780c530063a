//! The page of points: what is asked, how points look, what is chosen and what is said of it.

use std::{sync::Arc, thread, time::Duration};

use bevy::prelude::*;

use super::{asked_of, control, field_seen, opened, say, says, wait};
use crate::{
    inside::{
        Points, PointsAsked, PointsLayout, PointsOf, PointsTrust, Price, Shared, SharedAsked,
        SharedUnit, UnitLayer,
    },
    stream::InputChoice,
    world::{
        classifier::{
            input_choice::Watched,
            inside::{points::ImagePoints, state::Inside},
            tests::First,
        },
        display::Cloud,
        interaction::aim::AimPressed,
    },
};

/// Two training images and two test images, of which the second of each is misread, on five axes.
pub(in super::super) fn points(spread: f32) -> Points {
    let layer = |name: &str| UnitLayer { name: name.to_owned(), size: [10, 1, 1] };
    Points {
        asked: PointsAsked { layer: None, layout: PointsLayout::Components, all: true, seed: 1 },
        layer: layer("logits"),
        layers: vec![layer("conv"), layer("pool")],
        of: PointsOf { train: vec![10, 11].into(), tests: vec![0, 7].into() },
        axes: 5,
        places: (0..20).map(|at| spread * (at as f32 - 9.5) / 10.0).collect(),
        explained: vec![0.3, 0.2, 0.1, 0.05, 0.05],
        labels: vec![4; 4].into(),
        said: vec![4, 9, 4, 9].into(),
        losses: vec![0.1, 2.5, 0.1, 2.5].into(),
        trust: PointsTrust {
            queries: 4,
            neighbours: 1,
            trustworthiness: 0.87,
            kept: 0.11,
            same_class: 0.43,
            noise: None,
            moved: Some(0.005),
        },
        remarks: Vec::new(),
        price: Price { forward: 4, backward: 0, seconds: 0.1 },
    }
}

fn shared(asked: &SharedAsked) -> Shared {
    Shared {
        asked: asked.clone(),
        size: [1, 28, 28],
        mean: vec![0.5; 784].into(),
        images: vec![0.25; 784].into(),
        labels: vec![0, 0, 0, 0, 2],
        said: vec![0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
        loss: 1.0,
        units: vec![SharedUnit { unit: 13, here: 2.0, elsewhere: 0.5, apart: 2.5 }],
        price: Price::default(),
    }
}

/// A hall at the page, with its first answer.
fn at_points() -> App {
    let mut app = opened();
    asked_of::<crate::inside::WhyAsked>(&mut app);
    control(&mut app, "inside-points");
    let open = asked_of::<PointsAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    assert_eq!((&about.layer, about.layout), (&None, PointsLayout::Components));
    say(&mut app, about, 50, Ok(points(1.0)));
    app
}

fn cloud(app: &mut App) -> (Entity, Arc<[f32]>) {
    let mut clouds = app.world_mut().query_filtered::<(Entity, &Cloud), With<ImagePoints>>();
    let (entity, cloud) = clouds.iter(app.world()).next().unwrap();
    (entity, cloud.places().clone())
}

#[test]
fn all_images_are_points_and_a_tour_turns_them() {
    let mut app = at_points();
    for wanted in [
        "Where it puts 4 images.",
        "3 axes 60 %, 5 70 %",
        "trust 0.87, kept 11 %",
        "moved 0.5 %",
        "components",
        "by class",
        "step 50, 100 ms",
    ] {
        says(&mut app, wanted);
    }
    let (_, before) = cloud(&mut app);
    assert_eq!(before.len(), 12, "three numbers of each");
    control(&mut app, "inside-points-tour");
    wait(&mut app);
    let (_, after) = cloud(&mut app);
    assert!(before != after, "it turns by itself");
    control(&mut app, "inside-points-tour");
    let (_, still) = cloud(&mut app);
    wait(&mut app);
    assert!(cloud(&mut app).1 == still);
}

#[test]
fn another_layer_and_layout_are_asked_for() {
    let mut app = at_points();
    control(&mut app, "inside-points-layer-on");
    let open = asked_of::<PointsAsked>(&mut app);
    assert_eq!(open[0].layer.as_deref(), Some("conv"));
    say(&mut app, &open[0], 50, Ok(Points { asked: (*open[0]).clone(), ..points(1.0) }));
    control(&mut app, "inside-layout-on");
    let open = asked_of::<PointsAsked>(&mut app);
    assert_eq!(open[0].layout, PointsLayout::Neighbours { attraction: 1.0 });
    says(&mut app, "t-SNE");
    let trust = PointsTrust { noise: Some(0.1), ..points(1.0).trust };
    let told = Points {
        asked: (*open[0]).clone(),
        axes: 3,
        explained: Vec::new(),
        trust,
        places: vec![0.5; 12].into(),
        ..points(1.0)
    };
    say(&mut app, &open[0], 50, Ok(told));
    says(&mut app, "moved 0.5 %, noise 10.0 %");
    says(&mut app, "Who is beside whom counts; sizes of islands and gaps mean nothing.");
}

#[test]
fn neighbours_are_asked_for_until_they_have_settled() {
    let mut app = at_points();
    control(&mut app, "inside-layout-on");
    let mut open = asked_of::<PointsAsked>(&mut app);
    for moved in [None, Some(0.2), Some(0.02), Some(0.005)] {
        let [about] = &open[..] else { panic!("before {moved:?}: {open:?}") };
        let trust = PointsTrust { moved, noise: Some(0.1), ..points(1.0).trust };
        let told = Points { asked: (**about).clone(), trust, ..points(1.0) };
        let about = about.clone();
        say(&mut app, &about, 50, Ok(told));
        // The hall's run trains: whoever goes on waits for the share of the time that answers may take.
        thread::sleep(Duration::from_secs_f64(2.0));
        wait(&mut app);
        open = asked_of::<PointsAsked>(&mut app);
    }
    assert!(open.is_empty(), "it has settled");
}

#[test]
fn what_chosen_images_share_is_asked_and_told() {
    let mut app = at_points();
    let (entity, _) = cloud(&mut app);
    let press = |app: &mut App, part: u32| {
        let aim = Entity::PLACEHOLDER;
        let pressed =
            AimPressed { entity, aim, uv: Vec2::ZERO, part: Some(part), point: Vec3::ZERO };
        app.world_mut().trigger(pressed);
        wait(app);
    };
    press(&mut app, 3);
    let watched = app.world().resource::<Watched<First>>().choice();
    assert_eq!(*watched, InputChoice::Test(7), "the hall looks at it");
    let open = asked_of::<SharedAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    assert_eq!((&about.of.train[..], &about.of.tests[..]), (&[][..], &[7][..]));
    say(&mut app, about, 50, Ok(shared(about)));
    says(&mut app, "one: 2 4; said 1 4, 1 9");
    says(&mut app, "units 14 by 2.50 sd");
    assert!(field_seen(&mut app, "Mean of the chosen") && field_seen(&mut app, "Chosen 1"));
    assert!(!field_seen(&mut app, "Chosen 2"));
    control(&mut app, "inside-points-nearest");
    let open = asked_of::<SharedAsked>(&mut app);
    assert_eq!((&open[0].of.train[..], &open[0].of.tests[..]), (&[11, 10][..], &[7, 0][..]));
    say(&mut app, &open[0], 50, Ok(shared(&open[0])));
    press(&mut app, 3);
    let open = asked_of::<SharedAsked>(&mut app);
    assert_eq!(open[0].of.tests[..], [0], "pressed again it is let go");
    say(&mut app, &open[0], 50, Ok(shared(&open[0])));
    control(&mut app, "inside-points-let-go");
    assert!(asked_of::<SharedAsked>(&mut app).is_empty());
    assert!(app.world().resource::<Inside<First>>().wanted.points.chosen.is_empty());
}
