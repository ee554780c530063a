//! What classifiers share, in an app without window and GPU: what is drawn, pointed at and pressed.

use std::sync::{Arc, Mutex};

use bevy::{asset::AssetPlugin, prelude::*, ui_widgets::ValueChange};

use super::{
    ClassAttention, Classifier, Names, Of, Places, arc::Spot, browser_names, inside_names, plugin,
};
use crate::{
    history::Run,
    images::TestSet,
    stream::{
        Command, EpochReport, ExhibitId, InputChoice, LayerId, Material, MetricValues, Mistake,
        Report, RunId, Started, Step, StepReport, TestReport, WatchCost,
    },
    words::Word,
    world::{
        display::{self, Bars, Chart, Field, Scale},
        hall_events::{HallEvent, HallListener},
        interaction::aim::{AimDragged, AimLeft, AimMoved, AimPressed},
        link::{Ask, AskedPixels, ShownRun, ShownSnapshot},
        stage::{self, ActiveExhibit, PlinthPlaced},
        timeline::Timeline,
        ui::{controls::ControlName, panel::PanelMaterial},
    },
};

/// A classifier, and another one beside it.
pub(super) struct First;
struct Second;

const NAMES: Names = Names {
    previous_input: "previous",
    random_input: "random",
    next_input: "next",
    clear_pad: "clear",
    centre: "centre",
    loss_log: "log",
    browser: browser_names!(""),
    inside: inside_names!(""),
    to_draw: Word::plain("Draw"),
};

const PLACES: Places = Places {
    input_choice: Spot::new(-3.0, 1.6, 0.84, 0.41),
    pad: Spot::new(-3.0, 1.1, 0.62, 0.62),
    pad_controls: Spot::new(-3.0, 0.6, 0.84, 0.3),
    outputs: Spot::new(1.6, 1.6, 0.8, 1.6),
    loss: Spot::new(2.7, 2.5, 1.36, 0.7),
    accuracy: Spot::new(2.7, 1.8, 1.36, 0.7),
    confusion: Spot::new(2.4, 1.0, 0.64, 0.91),
    mistakes: Spot::new(3.0, 1.0, 0.64, 0.91),
    browser: Spot::new(2.7, 1.7, 1.36, 2.33),
    inside: Spot::new(-0.72, 1.72, 3.46, 2.34),
};

impl Classifier for First {
    const EXHIBIT: ExhibitId = ExhibitId::new("first");
    const PROBABILITIES: LayerId = LayerId::new("shares");
    const PLACES: Places = PLACES;
    const NAMES: Names = NAMES;
}

impl Classifier for Second {
    const EXHIBIT: ExhibitId = ExhibitId::new("second");
    const PROBABILITIES: LayerId = LayerId::new("outputs");
    const PLACES: Places = PLACES;
    const NAMES: Names = Names {
        loss_log: "other-log",
        browser: browser_names!("other-"),
        inside: inside_names!("other-"),
        ..NAMES
    };
}

const STEPS_PER_EPOCH: u64 = 50;
const CLASSES: usize = 10;

pub(super) fn started(run: u32) -> Report {
    Report::Started(Started {
        run: RunId { number: run, ..RunId::default() },
        exhibit: First::EXHIBIT,
        seed: 1,
        train_examples: 1600,
        test_examples: 60,
        batch: 32,
        epochs: 2,
        steps_per_epoch: STEPS_PER_EPOCH,
        ..Started::example()
    })
}

pub(super) fn stepped(step: u64) -> Report {
    Report::Stepped(StepReport {
        step: Step(step),
        epoch: 1,
        values: MetricValues::new(&[2.0 / step as f32, 0.5]),
        learning_rate: 0.001,
        steps_per_second: 1.0,
        examples_per_second: 32.0,
        cost: WatchCost::default(),
        merged: 1,
    })
}

pub(super) fn epoch_ended() -> Report {
    let mut confusion = vec![0; CLASSES * CLASSES];
    confusion[4 * CLASSES + 9] = 12;
    let mistake = |index| Mistake { index, truth: 4, said: 9, confidence: 0.97 };
    Report::EpochEnded(EpochReport {
        epoch: 1,
        step: Step(STEPS_PER_EPOCH),
        train: MetricValues::new(&[0.5, 0.8]),
        examples_per_second: 32.0,
        test: Some(TestReport {
            values: MetricValues::new(&[0.4, 0.8]),
            confusion: confusion.into(),
            mistakes: (40..52).map(mistake).collect(),
            said: (0..60).map(|at| if (40..52).contains(&at) { 9 } else { 4 }).collect(),
            losses: (0..60)
                .map(|at| if (40..52).contains(&at) { at as f32 } else { 0.01 })
                .collect(),
        }),
    })
}

pub(super) fn test_set() -> Report {
    Report::Material(Material::plain(TestSet {
        pixels: vec![255; 60 * 784].into(),
        channels: 1,
        width: 28,
        height: 28,
        labels: vec![4; 60].into(),
        classes: (0..CLASSES).map(|class| class.to_string()).collect(),
        name: "test".to_owned(),
        of_text: false,
        perhaps_learned: false,
    }))
}

/// An app in which the exhibit hangs, and what the hall has told of scrubbing.
pub(super) fn hall() -> (App, Arc<Mutex<Vec<Option<Step>>>>) {
    let scrubbed = Arc::new(Mutex::new(Vec::new()));
    let heard = scrubbed.clone();
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, AssetPlugin::default()))
        .init_asset::<Shader>()
        .init_asset::<PanelMaterial>()
        .add_plugins(display::plugin)
        .init_resource::<ShownSnapshot>()
        .init_resource::<Timeline>()
        .init_resource::<AskedPixels>()
        .insert_resource(ShownRun(Run::new(1 << 20)))
        .insert_resource(HallListener::new(move |event| {
            if let HallEvent::Scrubbed { step } = event {
                heard.lock().unwrap().push(step);
            }
        }))
        .add_message::<Ask>()
        .add_plugins(plugin::<First>);
    place(&mut app, First::EXHIBIT);
    (app, scrubbed)
}

fn place(app: &mut App, exhibit: ExhibitId) {
    let entity = app.world_mut().spawn((Transform::default(), Visibility::default())).id();
    app.world_mut().trigger(PlinthPlaced { entity, exhibit });
}

pub(super) fn take(app: &mut App, reports: impl IntoIterator<Item = Report>) {
    for report in reports {
        app.world_mut().resource_mut::<ShownRun>().0.take(report);
    }
    // Text waits for its moment, a fifth of a second.
    for _ in 0..3 {
        app.update();
        std::thread::sleep(std::time::Duration::from_millis(140));
    }
    app.update();
}

pub(super) fn named(app: &mut App, name: &str) -> Entity {
    let mut names = app.world_mut().query::<(Entity, &Name)>();
    names
        .iter(app.world())
        .find(|(_, found)| found.as_str() == name)
        .map(|(entity, _)| entity)
        .unwrap()
}

pub(super) fn texts(app: &mut App) -> Vec<String> {
    app.world_mut().query::<&Text>().iter(app.world()).map(|text| text.0.clone()).collect()
}

pub(super) fn press(app: &mut App, entity: Entity, uv: Vec2) {
    app.world_mut().trigger(AimPressed {
        entity,
        aim: Entity::PLACEHOLDER,
        uv,
        part: None,
        point: Vec3::ZERO,
    });
}

pub(super) fn point(app: &mut App, entity: Entity, uv: Vec2) {
    app.world_mut().trigger(AimMoved {
        entity,
        aim: Entity::PLACEHOLDER,
        uv,
        part: None,
        point: Vec3::ZERO,
    });
}

#[test]
fn curves_follow_the_run_and_begin_again_with_the_next() {
    let (mut app, _) = hall();
    take(
        &mut app,
        [test_set(), started(0)].into_iter().chain((1..=50).map(stepped)).chain([epoch_ended()]),
    );
    let loss = named(&mut app, "Loss curves");
    let chart = app.world().get::<Chart>(loss).unwrap();
    assert_eq!(chart.nearest(0, 4.0), Some((4.0, 0.5)));
    assert_eq!(chart.nearest(1, 0.0), Some((50.0, 0.4)));
    assert_eq!(chart.shown_step, Some(50.0));
    assert_eq!(chart.x.ends(), (0.0, 100.0));
    let words = texts(&mut app);
    for wanted in ["training", "test", "step 50", "12 of 60", "100 %"] {
        assert!(words.iter().any(|text| text == wanted), "{wanted} is missing in {words:?}");
    }
    take(&mut app, [started(1), stepped(1)]);
    let chart = app.world().get::<Chart>(loss).unwrap();
    assert_eq!((chart.nearest(0, 40.0), chart.nearest(1, 40.0)), (Some((1.0, 2.0)), None));
    assert!(texts(&mut app).iter().any(|text| text == "after the first epoch"));
}

#[test]
fn pressing_and_dragging_on_a_chart_scrubs_and_is_told() {
    let (mut app, scrubbed) = hall();
    take(&mut app, [started(0)].into_iter().chain((1..=50).map(stepped)));
    let loss = named(&mut app, "Loss curves");
    press(&mut app, loss, Vec2::new(0.2, 0.5));
    assert_eq!(app.world().resource::<Timeline>().scrubbed_to(), Some(Step(20)));
    app.world_mut().trigger(AimDragged {
        entity: loss,
        aim: Entity::PLACEHOLDER,
        uv: Vec2::new(0.9, 0.5),
        part: None,
        point: Vec3::ZERO,
    });
    assert_eq!(app.world().resource::<Timeline>().scrubbed_to(), None);
    assert_eq!(*scrubbed.lock().unwrap(), [Some(Step(20)), None]);

    point(&mut app, loss, Vec2::new(0.1, 0.5));
    take(&mut app, []);
    let words = texts(&mut app);
    assert!(["step 10", "0.20"].iter().all(|wanted| words.iter().any(|text| text == wanted)));
    app.world_mut().trigger(AimLeft { entity: loss, aim: Entity::PLACEHOLDER });
    assert_eq!(app.world().get::<Chart>(loss).unwrap().pointed_step, None);
}

#[test]
fn the_loss_can_be_seen_by_its_logarithm() {
    let (mut app, _) = hall();
    take(&mut app, [started(0), stepped(1)]);
    let mut controls = app.world_mut().query::<(Entity, &ControlName)>();
    let toggle = controls.iter(app.world()).find(|(_, name)| name.0 == "log").unwrap().0;
    let loss = named(&mut app, "Loss curves");
    for (value, scale) in [(true, Scale::Logarithmic), (false, Scale::Linear)] {
        app.world_mut().trigger(ValueChange { source: toggle, value, is_final: true });
        assert_eq!(app.world().get::<Chart>(loss).unwrap().y.scale, scale);
    }
}

#[test]
fn classes_mistakes_and_counts_answer_the_aim() {
    let (mut app, _) = hall();
    take(
        &mut app,
        [test_set(), started(0)].into_iter().chain((1..=50).map(stepped)).chain([epoch_ended()]),
    );

    let bars = named(&mut app, "Output bars");
    point(&mut app, bars, Vec2::new(0.5, 0.75));
    assert_eq!(app.world().resource::<ClassAttention<First>>().pointed, Some(7));
    press(&mut app, bars, Vec2::new(0.5, 0.75));
    app.update();
    assert_eq!(app.world().get::<Bars>(bars).unwrap().chosen, Some(7));

    let matrix = named(&mut app, "Confusion matrix");
    point(&mut app, matrix, Vec2::new(0.95, 0.45));
    take(&mut app, []);
    assert!(texts(&mut app).iter().any(|text| text == "true 4, read as 9: 12 images"));

    let wall = named(&mut app, "Wall of mistakes");
    let field = app.world().get::<Field>(wall).unwrap();
    let (first, none) =
        (field.layout().rect_of_map(0).center(), field.layout().rect_of_map(12).center());
    point(&mut app, wall, first);
    take(&mut app, []);
    let words = texts(&mut app);
    assert!(words.iter().any(|text| text == "true 4, read as 9 (97 %)"));
    let below = |text: &String| text == "said" || text.ends_with("12 images");
    assert!(!words.iter().any(below), "its caption lies on that of the matrix: {words:?}");
    press(&mut app, wall, none);
    press(&mut app, wall, first);
    let mut asks = app.world_mut().resource_mut::<Messages<Ask>>();
    let asked: Vec<Command> = asks.drain().map(|Ask(command)| command).collect();
    assert_eq!(asked, [Command::Watch(InputChoice::Test(40))]);
}

#[test]
fn two_of_a_kind_leave_each_other_alone() {
    let (mut app, _) = hall();
    app.insert_resource(ActiveExhibit(First::EXHIBIT)).add_plugins(plugin::<Second>);
    stage::gate(&mut app, First::EXHIBIT);
    stage::gate(&mut app, Second::EXHIBIT);
    place(&mut app, Second::EXHIBIT);
    let watch = |app: &mut App, index| {
        app.world_mut().write_message(Ask(Command::Watch(InputChoice::Test(index))));
    };
    let drawn = |app: &mut App| {
        let mut charts = app.world_mut().query::<(&Name, &Chart, Has<Of<First>>)>();
        let losses = charts.iter(app.world()).filter(|(name, ..)| name.as_str() == "Loss curves");
        let mut drawn = [None, None];
        for (_, chart, first) in losses {
            drawn[usize::from(!first)] = chart.nearest(0, 40.0).map(|(step, _)| step);
        }
        drawn
    };
    let asked = |app: &App| {
        let asked = app.world().resource::<AskedPixels>().0.clone().unwrap();
        (asked.0, asked.1[0])
    };
    take(&mut app, [test_set(), started(0)].into_iter().chain((1..=50).map(stepped)));
    assert_eq!(drawn(&mut app), [Some(40.0), None]);
    assert_eq!(asked(&app), (InputChoice::Test(0), 1.0));
    watch(&mut app, 7);
    app.update();
    assert_eq!(asked(&app).0, InputChoice::Test(7));

    // The other one comes on the stage, with a run and images of its own; what was asked last was not its own.
    watch(&mut app, 9);
    let mut other = Run::new(1 << 20);
    let Report::Material(mut dark) = test_set() else { unreachable!() };
    let mut set = TestSet::clone(dark.content.get::<TestSet>().unwrap());
    set.pixels = vec![0; set.pixels.len()].into();
    dark.content = crate::stream::Payload::new(set);
    let reports = [Report::Material(dark), started(1)];
    reports.into_iter().chain((1..=3).map(stepped)).for_each(|report| other.take(report));
    app.insert_resource(ShownRun(other)).insert_resource(ActiveExhibit(Second::EXHIBIT));
    app.insert_resource(AskedPixels::default());
    take(&mut app, []);
    assert_eq!(drawn(&mut app), [Some(40.0), Some(3.0)]);
    assert_eq!(asked(&app), (InputChoice::Test(0), 0.0));
}
