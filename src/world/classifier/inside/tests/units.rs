//! The page of units: images, numbers, bars, and what is answered without those that are taken out.

use bevy::prelude::*;

use super::{
    Ask, Command, InputChoice, asked_of, control, field_seen, opened, press_on, say, says, wait,
};
use crate::{
    inside::{
        Answered, Changed, Dream, DreamAsked, DreamTarget, Dreamed, Edit, EditAsked, EditChange,
        EditReport, Edited, Grown, GrownAsked, GrownFrame, Lesion, LesionAsked, LesionBy,
        PixelField, PlannedEdit, Price, Real, Unit, UnitImage, UnitLayer, Units, UnitsAsked,
        WhyAsked,
    },
    stream::{Payload, Report},
    world::{
        classifier::{
            ClassAttention,
            inside::state::Inside,
            tests::{First, take},
        },
        ui::controls::{Activate, ControlName},
    },
};

fn layer(name: &str) -> UnitLayer {
    UnitLayer { name: name.to_owned(), size: [3, 13, 13] }
}

/// Three units, of which the second is the most important.
fn units(asked: &UnitsAsked) -> Units {
    let image = |index: usize| UnitImage {
        index,
        value: 2.0,
        place: [0, 0],
        field: PixelField { first: [7, 14], size: [7, 14] },
    };
    let unit = |drop: f32| Unit {
        top: vec![image(7), image(8)],
        median: vec![image(9)],
        near_zero: Vec::new(),
        active: 0.625,
        mean: 0.1,
        drop_by_zero: drop,
        drop_by_mean: drop / 2.0,
    };
    Units {
        layer: layer(asked.layer.as_deref().unwrap_or("pooled")),
        layers: vec![layer("convolution"), layer("pooled")],
        images: 2000,
        tried_on: 2000,
        accuracy: 0.96,
        units: vec![unit(0.01), unit(0.05), unit(-0.005)],
        shapley: None,
        remarks: Vec::new(),
        price: Price { forward: 2000, backward: 0, seconds: 0.2 },
        asked: asked.clone(),
    }
}

fn dream(about: &DreamAsked) -> Dream {
    Dream {
        asked: about.clone(),
        size: [1, 2, 2],
        steps: 128,
        dreams: vec![Dreamed { image: vec![0.5; 4].into(), value: 3.5, high_frequency: 0.0 }],
        images: 2000,
        best: Some(Real { index: 7, value: 2.0, high_frequency: 0.0 }),
        remarks: Vec::new(),
        price: Price::default(),
    }
}

#[test]
fn a_unit_is_looked_at_and_taken_out() {
    let mut app = opened();
    asked_of::<WhyAsked>(&mut app);
    control(&mut app, "inside-units");
    // All pages of the tab ask at once; nothing is taken out yet.
    let mut all = std::mem::take(&mut app.world_mut().resource_mut::<super::Asked>().0);
    let dreamed =
        all.iter().position(|question| question.about.get::<DreamAsked>().is_some()).unwrap();
    let dreamed = all.remove(dreamed).about.get::<DreamAsked>().unwrap().clone();
    assert_eq!(dreamed.target, DreamTarget::Unit { layer: None, unit: 0 });
    let [about] = &all[..] else { panic!("{all:?}") };
    let about = about.about.get::<UnitsAsked>().unwrap().clone();
    let (told, seen) = (units(&about), dream(&dreamed));
    say(&mut app, &about, 50, Ok(told));
    say(&mut app, &dreamed, 50, Ok(seen));
    for wanted in [
        "96.0 % of 2,000 right with all units",
        "pooled 13 × 13",
        "unit 1 of 3",
        "active on 62.5 %",
        "as zero: −1.00 points",
        "dream: 3.50",
        "best real image: 2.00",
    ] {
        says(&mut app, wanted);
    }
    assert!(field_seen(&mut app, "Strongest 2") && field_seen(&mut app, "Dream"));
    assert!(!field_seen(&mut app, "Strongest 3") && !field_seen(&mut app, "Silent 1"));
    // On from the second in rank to the last, and round to the first, without which most is lost.
    control(&mut app, "inside-unit-on");
    says(&mut app, "unit 3 of 3");
    says(&mut app, "as zero: +0.50 points");
    control(&mut app, "inside-unit-on");
    says(&mut app, "unit 2 of 3");
    asked_of::<DreamAsked>(&mut app);

    control(&mut app, "inside-take-out");
    let open = asked_of::<LesionAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    assert_eq!((&about.units, about.by), (&vec![1], LesionBy::Zero));
    let of = |accuracy: f32| Answered { accuracy, confusion: Vec::new() };
    let changed = |index| Changed { index, class: 4, read_as: [4, 9] };
    let said = Lesion {
        asked: (**about).clone(),
        layer: layer("pooled"),
        images: 2000,
        before: of(0.96),
        after: of(0.91),
        changed: vec![changed(1), changed(2), Changed { index: 3, class: 0, read_as: [0, 1] }],
        remarks: Vec::new(),
        price: Price::default(),
    };
    say(&mut app, about, 50, Ok(said));
    says(&mut app, "1 out: 96.0 %→91.0 %, 4→9 2×");
    control(&mut app, "inside-all-back");
    assert!(asked_of::<LesionAsked>(&mut app).is_empty());

    // Another layer is asked for anew, and nothing of it is out.
    control(&mut app, "inside-layer-back");
    let mut all = std::mem::take(&mut app.world_mut().resource_mut::<super::Asked>().0);
    all.retain(|question| question.about.get::<UnitsAsked>().is_some());
    assert_eq!(all[0].about.get::<UnitsAsked>().unwrap().layer.as_deref(), Some("convolution"));
    assert!(app.world().resource::<Inside<First>>().wanted.out.is_empty());
}

#[test]
fn a_press_on_an_image_looks_at_it() {
    let mut app = opened();
    asked_of::<WhyAsked>(&mut app);
    control(&mut app, "inside-units");
    let mut all = std::mem::take(&mut app.world_mut().resource_mut::<super::Asked>().0);
    all.retain(|question| question.about.get::<UnitsAsked>().is_some());
    let about = all[0].about.get::<UnitsAsked>().unwrap().clone();
    let told = units(&about);
    say(&mut app, &about, 50, Ok(told));
    press_on(&mut app, "Strongest 2");
    wait(&mut app);
    let asks = app.world().resource::<Messages<Ask>>();
    let wanted = Command::Watch(InputChoice::Test(8));
    let looked = asks.get_cursor().read(asks).any(|Ask(command)| *command == wanted);
    let watched = app.world().resource::<crate::world::classifier::input_choice::Watched<First>>();
    assert!(looked || *watched.choice() == InputChoice::Test(8));
}

#[test]
fn units_that_cannot_be_told_say_why() {
    let mut app = opened();
    asked_of::<WhyAsked>(&mut app);
    control(&mut app, "inside-units");
    let mut all = std::mem::take(&mut app.world_mut().resource_mut::<super::Asked>().0);
    all.retain(|question| question.about.get::<UnitsAsked>().is_some());
    let about = all[0].about.get::<UnitsAsked>().unwrap().clone();
    say(&mut app, &about, 50, Err::<Units, _>("a text has no such images".to_owned()));
    says(&mut app, "Its units cannot be told: a text has no such images.");
}

/// The edits that a press on a control asks for.
fn edits_by(app: &mut App, name: &str) -> Vec<EditAsked> {
    let mut controls = app.world_mut().query::<(Entity, &ControlName)>();
    let found = controls.iter(app.world()).find(|(_, control)| control.0 == name);
    let entity = found.unwrap_or_else(|| panic!("no control {name}")).0;
    app.world_mut().trigger(Activate { entity });
    let asks = app.world().resource::<Messages<Ask>>();
    let mut cursor = asks.get_cursor();
    let edits = cursor.read(asks).filter_map(|Ask(command)| match command {
        Command::Edit(asked) => asked.get::<EditAsked>().map(|asked| (**asked).clone()),
        _ => None,
    });
    let edits = edits.collect();
    wait(app);
    edits
}

#[test]
fn weights_of_a_unit_are_changed_by_hand_and_every_page_asks_anew() {
    let mut app = opened();
    asked_of::<WhyAsked>(&mut app);
    control(&mut app, "inside-units");
    let open = asked_of::<UnitsAsked>(&mut app);
    let about = open.first().unwrap().clone();
    say(&mut app, &about, 50, Ok(units(&about)));
    asked_of::<DreamAsked>(&mut app);
    control(&mut app, "inside-weights");
    says(&mut app, "Change the weights that make it:");
    says(&mut app, "Changes at once; undo takes it back.");
    let edit = |change| Edit { layer: Some("pooled".to_owned()), unit: 0, change };
    let zero = EditChange::Scale(0.0);
    assert_eq!(edits_by(&mut app, "inside-weights-zero"), [EditAsked::Make(edit(zero))]);
    let class = app.world().resource::<ClassAttention<First>>().class;
    let cut = EditChange::Towards { class, factor: 0.0 };
    assert_eq!(edits_by(&mut app, "inside-weights-cut"), [EditAsked::Make(edit(cut))]);
    let report = |asked, said| Report::Found(Payload::new(EditReport { step: 50, asked, said }));
    let of = |accuracy: f32| Answered { accuracy, confusion: Vec::new() };
    let edited = Edited {
        edit: PlannedEdit { step: 50, edit: edit(zero) },
        layer: "pooled".to_owned(),
        numbers: 10,
        answers: Some([of(0.96), of(0.9)]),
    };
    assert!(asked_of::<UnitsAsked>(&mut app).is_empty(), "it is known");
    take(&mut app, [report(EditAsked::Make(edit(zero)), Ok(edited))]);
    wait(&mut app);
    says(&mut app, "--edit 50:pooled/0:scale=0");
    says(&mut app, "right: 96.0 %→90.0 %");
    assert_eq!(asked_of::<UnitsAsked>(&mut app).len(), 1, "the weights are others");
    assert_eq!(edits_by(&mut app, "inside-weights-undo"), [EditAsked::Undo]);
    take(&mut app, [report(EditAsked::Undo, Err("no state is kept".into()))]);
    wait(&mut app);
    says(&mut app, "No state is kept.");
    control(&mut app, "inside-weights");
    says(&mut app, "accuracy lost without each unit");
}

#[test]
fn behind_the_layers_dreams_of_the_classes_grow_along_the_run() {
    let mut app = opened();
    asked_of::<WhyAsked>(&mut app);
    control(&mut app, "inside-units");
    let open = asked_of::<UnitsAsked>(&mut app);
    let about = open.first().unwrap().clone();
    say(&mut app, &about, 50, Ok(units(&about)));
    asked_of::<DreamAsked>(&mut app);
    control(&mut app, "inside-layer-on");
    says(&mut app, "classes");
    let open = asked_of::<GrownAsked>(&mut app);
    let about = open.first().unwrap().clone();
    let frame = |step: u64| GrownFrame {
        step,
        images: (0..8).map(|at| at as f32 / 8.0).collect(),
        values: [step as f32, -1.0].into(),
    };
    let grown = Grown {
        asked: *about,
        size: [1, 2, 2],
        dreams: 2,
        steps_each: 4,
        frames: vec![frame(0), frame(30)],
        remarks: Vec::new(),
        price: Price::default(),
    };
    say(&mut app, &about, 50, Ok(grown));
    says(&mut app, "Images that grow with the training");
    says(&mut app, "along 2 states, 4 steps uphill each");
    says(&mut app, "from 0 at step 0 to 30.0");
    assert!(field_seen(&mut app, "Grown 2") && !field_seen(&mut app, "Grown 3"));
    assert!(!field_seen(&mut app, "Strongest 1"));
    // Its last frame stands for a while, whenever one begins to look.
    wait(&mut app);
    says(&mut app, "liked best after step 30");
    control(&mut app, "inside-unit-on");
    says(&mut app, "from −1.00 at step 0 to −1.00");
    let dreams = asked_of::<DreamAsked>(&mut app);
    assert!(dreams.iter().any(|asked| asked.target == DreamTarget::Class(1)), "{dreams:?}");
    control(&mut app, "inside-layer-back");
    assert!(!field_seen(&mut app, "Grown 2"));
    says(&mut app, "pooled 13 × 13");
}
