//! Looking inside a classifier in the hall: what the maps of the open board say is what the model says, and what is pressed
//! changes it.

use bevy::prelude::*;
use perceptarium::{
    stream::{Command, Step},
    world::{
        display::{Cloud, Field},
        link::Ask,
        timeline::Timeline,
        ui::panel::Panel,
    },
};

use crate::{halls::Hall, support::exhibit};

/// The numbers in the cells of a field that can be seen.
fn cells(hall: &mut Hall, name: &str) -> Option<Vec<f32>> {
    let world = hall.app.world_mut();
    let mut fields = world.query::<(&Name, &Field, &InheritedVisibility)>();
    let (_, field, _) =
        fields.iter(world).find(|(own, _, seen)| own.as_str() == name && seen.get())?;
    let layout = *field.layout();
    Some((0..layout.len()).filter_map(|at| field.value(layout.cell_of_index(at)?)).collect())
}

fn seen(hall: &mut Hall, name: &str) -> Vec<f32> {
    hall.wait(name, |world| {
        let mut fields = world.query::<(&Name, &InheritedVisibility, &Field)>();
        fields.iter(world).any(|(own, seen, _)| own.as_str() == name && seen.get())
    });
    hall.settle();
    cells(hall, name).unwrap()
}

/// Whether something is written anywhere.
fn written(world: &mut World, what: impl Fn(&str) -> bool) -> bool {
    world.query::<&Text>().iter(world).any(|text| what(&text.0))
}

fn says(hall: &mut Hall, what: impl Fn(&str) -> bool) -> bool {
    hall.texts().iter().any(|text| what(text))
}

#[test]
fn the_digits_say_why_and_whether_that_can_be_trusted() {
    let mut hall = Hall::of(exhibit("digits"));
    hall.press("inside");
    let integrated = seen(&mut hall, "Map 1");
    // From black, integrated gradients add up to the logit less that of the black image.
    let sum: f32 = integrated.iter().sum();
    let told = |hall: &mut Hall| {
        let texts = hall.texts();
        let sums: Vec<f32> = texts
            .iter()
            .filter_map(|text| text.split_once(" of ")?.0.replace('−', "-").parse().ok())
            .collect();
        sums
    };
    let sums = told(&mut hall);
    assert!(sums.iter().any(|told| (told - sum).abs() < 0.006), "{sum} is not among {sums:?}");
    assert!(says(&mut hall, |text| text.starts_with("It says ")));
    assert!(says(&mut hall, |text| text.ends_with(", exact")));

    // Another input, another class to compare with: other maps.
    let next = Command::Watch(perceptarium::stream::InputChoice::Test(5));
    hall.app.world_mut().write_message(Ask(next));
    hall.settle();
    let other = seen(&mut hall, "Map 1");
    assert_ne!(other, integrated);
    hall.press("inside-against-on");
    hall.settle();
    assert_ne!(seen(&mut hall, "Map 1"), other);
    assert!(says(&mut hall, |text| text.starts_with("Orange for ") && text.contains(", blue for ")));

    hall.press("inside-trust");
    let learned = seen(&mut hall, "Learned 1");
    assert_eq!(cells(&mut hall, "Shuffled 1"), None, "the lever is not pulled");
    hall.press("inside-shuffle-all");
    let shuffled = seen(&mut hall, "Shuffled 1");
    assert_ne!(shuffled, learned);
    assert!(says(&mut hall, |text| text == "all 2"), "{:?}", hall.texts());
    assert!(says(&mut hall, |text| text.starts_with("Shuffled, it says ")));

    // The whole table comes at once; what is counted is counted of test images.
    hall.press("inside-robust");
    hall.wait("accuracies", |world| {
        written(world, |text| text.starts_with("Of ") && text.ends_with(" unchanged"))
    });
    hall.settle();
    let shown = seen(&mut hall, "Input attacked");
    let attacked = seen(&mut hall, "By random signs");
    let furthest = shown.iter().zip(&attacked).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!((furthest - 0.1).abs() < 1e-5, "{furthest}");
    hall.press("inside-stronger");
    let attacked = seen(&mut hall, "By random signs");
    let furthest = shown.iter().zip(&attacked).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!((furthest - 0.2).abs() < 1e-5, "{furthest}");
    hall.press("inside-sure");
    hall.wait("the diagram", |world| written(world, |text| text.starts_with("calibration error ")));

    // Units over the test images, one of them taken out.
    hall.press("inside-units");
    hall.wait("units", |world| written(world, |text| text.starts_with("unit 1 of ")));
    assert!(!seen(&mut hall, "Strongest 1").is_empty());
    hall.press("inside-take-out");
    hall.wait("answers without a unit", |world| written(world, |text| text.starts_with("1 out: ")));
    // All images as points, coloured by what is told of them; layers beside each other and beside runs.
    hall.press("inside-points");
    hall.wait("points", |world| written(world, |text| text.starts_with("Where it puts ")));
    let points = |hall: &mut Hall| {
        let world = hall.app.world_mut();
        let mut clouds = world.query::<(&Name, &Cloud, &InheritedVisibility)>();
        let (_, cloud, seen) =
            clouds.iter(world).find(|(name, ..)| name.as_str() == "All images").unwrap();
        (cloud.len(), cloud.places().clone(), seen.get())
    };
    let (count, before, is_seen) = points(&mut hall);
    assert!(count > 100 && is_seen, "{count}");
    hall.press("inside-points-layer-on");
    hall.wait("another layer", |world| {
        let mut clouds = world.query::<(&Name, &Cloud)>();
        clouds
            .iter(world)
            .any(|(name, cloud)| name.as_str() == "All images" && *cloud.places() != before)
    });
    hall.press("inside-alike");
    hall.wait("layers", |world| written(world, |text| text == "How alike its layers are."));
    assert!(!seen(&mut hall, "How alike layers are").is_empty());
    hall.press("inside-alike-back");
    hall.wait("members", |world| written(world, |text| text.starts_with("mean of all ")));
    assert!(says(&mut hall, |text| text.starts_with("regression ")), "{:?}", hall.texts());
    // The ground of the loss, few places first.
    hall.press("inside-landscape");
    hall.wait("the ground", |world| written(world, |text| text.starts_with("loss here ")));
    let world = hall.app.world_mut();
    let mut grounds = world.query::<(&Name, &InheritedVisibility)>();
    let ground = grounds.iter(world).find(|(name, _)| name.as_str() == "Loss around the weights");
    assert!(ground.unwrap().1.get());
    // The ledger, and the run taken again.
    hall.press("inside-taught");
    hall.wait("the ledger", |world| written(world, |text| text.starts_with("booked ")));
    assert!(!seen(&mut hall, "Taught 1").is_empty());
    hall.press("inside-without");
    hall.wait("another training", |world| {
        written(world, |text| text.starts_with("less ") && text.contains("tests"))
    });
    hall.press("inside-health");
    hall.wait("health", |world| written(world, |text| text.contains("sharpness ")));
    hall.press("inside-doctor");
    hall.wait("the doctor", |world| written(world, |text| text.starts_with("Slow? ")));
    // A branch from an earlier step.
    hall.press("inside-branch");
    hall.app.world_mut().resource_mut::<Timeline>().scrub(Step(2));
    hall.settle();
    hall.press("inside-branch-half");
    hall.wait("a branch", |world| written(world, |text| text.contains(" right instead of ")));
    assert!(says(&mut hall, |text| text == "rate × 0.5 from step 2"), "{:?}", hall.texts());
    hall.press("inside-branch-layers");
    let [run, branch] = ["Layer (run)", "Layer (branch)"].map(|name| seen(&mut hall, name));
    assert!(run.len() == branch.len() && run != branch);
    hall.app.world_mut().resource_mut::<Timeline>().go_live();

    hall.press("inside");
    let world = hall.app.world_mut();
    let mut panels = world.query_filtered::<(&Name, &InheritedVisibility), With<Panel>>();
    let board = panels.iter(world).find(|(name, _)| name.as_str() == "Inside").unwrap();
    assert!(!board.1.get());
}

#[test]
fn a_plinth_leads_into_the_network_on_the_stage() {
    let mut hall = Hall::of(exhibit("digits"));
    let is_open = |hall: &mut Hall| {
        let world = hall.app.world_mut();
        let mut panels = world.query_filtered::<(&Name, &InheritedVisibility), With<Panel>>();
        panels.iter(world).find(|(name, _)| name.as_str() == "Inside").is_some_and(|it| it.1.get())
    };
    assert!(!is_open(&mut hall));
    hall.press("look-inside");
    hall.settle();
    assert!(is_open(&mut hall));
    assert!(!seen(&mut hall, "Map 1").is_empty());
}

#[test]
fn any_network_says_why_or_which_map_it_has_not() {
    let mut hall = Hall::of(exhibit("network"));
    hall.press("network-inside");
    let maps = seen(&mut hall, "Map 1");
    assert!(maps.iter().any(|value| *value != 0.0));
    assert!(says(&mut hall, |text| text.starts_with("It says ")), "{:?}", hall.texts());
}
