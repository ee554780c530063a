//! What the board asks, shows and says, in an app without window and GPU: a linear network answers, whose maps are known.

use std::{sync::Arc, thread, time::Duration};

use bevy::prelude::*;

use crate::{
    inside::{
        Attribution, Baseline, Completeness, Deletion, Method, Price, Shuffled, Target, Why,
        WhyAsked,
    },
    stream::{Command, Content, InputChoice, Payload, RunId, Step},
    words::Phrase,
    world::{
        classifier::tests::{
            First, hall, named, point, press, started, stepped, take, test_set, texts,
        },
        display::{Field, Spans},
        interaction::intent::Intent,
        link::{Answer, Ask, Question},
        timeline::Timeline,
        ui::controls::{Activate, ControlName},
    },
};

mod alike;
mod branch;
mod landscape;
mod points;
mod robust;
mod sure;
mod taught;
mod units;

pub(super) use points::points;

use super::state::{ALL_LAYERS, Inside, MAPS};

const SIDE: usize = 28;
const CLASSES: usize = 10;

/// The weight of a pixel for a class.
fn weight(class: usize, pixel: usize) -> f32 {
    ((class * 31 + pixel * 7) % 13) as f32 / 600.0 - 0.01 + class as f32 * 1e-4
}

/// What a network without a hidden layer answers: its maps are weight times brightness.
fn answer(asked: &WhyAsked) -> Why {
    let pixels = SIDE * SIDE;
    let input: Arc<[f32]> = vec![1.0; pixels].into();
    let logits: Vec<f32> =
        (0..CLASSES).map(|class| (0..pixels).map(|pixel| weight(class, pixel)).sum()).collect();
    let said = (0..CLASSES).max_by(|a, b| logits[*a].total_cmp(&logits[*b])).unwrap();
    let target = if asked.target == Target::Said { Target::Logit(said) } else { asked.target };
    let of = |pixel: usize| match target {
        Target::Logit(class) | Target::Probability(class) => weight(class, pixel),
        Target::Difference(one, other) => weight(one, pixel) - weight(other, pixel),
        Target::Said => unreachable!(),
    };
    let values: Arc<[f32]> = (0..pixels).map(of).collect();
    let value: f32 = values.iter().sum();
    let maps = asked.methods.iter().filter(|method| **method != Method::HiResCam);
    let maps = maps.map(|method| Attribution {
        method: *method,
        size: [SIDE, SIDE],
        values: values.clone(),
        layer: None,
        biases: (*method == Method::GradientTimesInput).then_some(-0.25),
        completeness: Some(Completeness { sum: value, expected: value, exact: true }),
        deletion: Deletion { pixels: 78, drop: 2.0, random: 0.5 },
        unshuffled: asked.shuffled.map(|_| [0.125, 0.5]),
        remark: None,
        price: Price { forward: 1, backward: 1, seconds: 0.003 },
    });
    let shuffled = match asked.shuffled {
        None => &[][..],
        Some(Shuffled::Layers(layers)) => &["dense", "conv"][..layers.min(2)],
        Some(Shuffled::Labels) => &["labels"],
    };
    Why {
        asked: asked.clone(),
        target,
        size: [1, SIDE, SIDE],
        input,
        baseline: vec![0.0; pixels].into(),
        logits: logits.into(),
        value,
        baseline_value: 0.0,
        maps: maps.collect(),
        refused: vec![(Method::HiResCam, "there is no convolution".into())],
        shuffled: shuffled.iter().map(ToString::to_string).collect(),
        price: Price { forward: 600, backward: 12, seconds: 0.024 },
    }
}

/// Questions that nobody has looked at yet: as messages they would be gone after two frames.
#[derive(Resource, Default)]
struct Asked(Vec<Question>);

fn listen(mut questions: MessageReader<Question>, mut asked: ResMut<Asked>) {
    asked.0.extend(questions.read().cloned());
}

/// A hall whose run has taken some steps, with the board closed.
fn closed() -> App {
    let (mut app, _) = hall();
    app.init_resource::<Asked>().add_systems(Last, listen);
    take(&mut app, [test_set(), started(0)].into_iter().chain((1..=50).map(stepped)));
    app
}

fn control(app: &mut App, name: &str) {
    let mut controls = app.world_mut().query::<(Entity, &ControlName)>();
    let found = controls.iter(app.world()).find(|(_, control)| control.0 == name);
    let entity = found.unwrap_or_else(|| panic!("no control {name}")).0;
    app.world_mut().trigger(Activate { entity });
    wait(app);
}

fn opened() -> App {
    let mut app = closed();
    control(&mut app, "inside");
    app
}

/// Longer than the board waits before it asks or writes again.
fn wait(app: &mut App) {
    for _ in 0..4 {
        app.update();
        thread::sleep(Duration::from_millis(60));
    }
    app.update();
}

/// What was asked since it was looked at last.
fn asked_of<Q: Content>(app: &mut App) -> Vec<Arc<Q>> {
    let asked = std::mem::take(&mut app.world_mut().resource_mut::<Asked>().0);
    asked.iter().filter_map(|question| question.about.get::<Q>().cloned()).collect()
}

fn asked(app: &mut App) -> Vec<Arc<WhyAsked>> {
    asked_of(app)
}

fn say<Q: Content, A: Content>(app: &mut App, about: &Arc<Q>, step: u64, said: Result<A, String>) {
    let about = Payload::shared(about.clone());
    let answer = Answer {
        about,
        run: RunId::default(),
        step: Step(step),
        said: said.map(Payload::new).map_err(Phrase::from),
    };
    app.world_mut().write_message(answer);
    wait(app);
}

/// Answers the one question that is open, of which step that may be.
fn answer_one(app: &mut App, step: u64) -> Arc<WhyAsked> {
    let open = asked(app);
    let [about] = &open[..] else { panic!("{open:?}") };
    let said = answer(about);
    say(app, about, step, Ok(said));
    about.clone()
}

/// Answers the questions for all maps, one after the other; says what the first was, and all methods.
fn answered(app: &mut App) -> (Arc<WhyAsked>, Vec<Method>) {
    let all: Vec<_> = (0..MAPS).map(|_| answer_one(app, 50)).collect();
    (all[0].clone(), all.iter().flat_map(|asked| asked.methods.clone()).collect())
}

#[track_caller]
fn says(app: &mut App, wanted: &str) {
    let texts = texts(app);
    assert!(texts.iter().any(|text| text == wanted), "“{wanted}” is missing in {texts:?}");
}

/// A press in the middle of a field.
fn press_on(app: &mut App, name: &str) {
    let entity = named(app, name);
    press(app, entity, Vec2::splat(0.5));
}

/// Whether a button is lit.
fn is_lit(app: &mut App, name: &str) -> bool {
    let mut controls = app.world_mut().query::<(&ControlName, Has<bevy::ui::Checked>)>();
    controls.iter(app.world()).any(|(control, checked)| control.0 == name && checked)
}

fn field_seen(app: &mut App, name: &str) -> bool {
    let entity = named(app, name);
    *app.world().get::<Visibility>(entity).unwrap() != Visibility::Hidden
}

#[test]
fn nothing_is_asked_while_the_board_is_closed() {
    let mut app = closed();
    wait(&mut app);
    assert!(asked(&mut app).is_empty());
    control(&mut app, "inside");
    assert_eq!(asked(&mut app).len(), 1);
    app.world_mut().write_message(Intent::Back);
    wait(&mut app);
    assert!(!app.world().resource::<Inside<First>>().open);
    take(&mut app, [stepped(51)]);
    assert!(asked(&mut app).is_empty());
    // What was open then is asked anew.
    control(&mut app, "inside");
    assert_eq!(asked(&mut app).len(), 1);
    control(&mut app, "inside");
    assert!(!app.world().resource::<Inside<First>>().open, "the button closes it, too");
}

#[test]
fn one_question_is_open_at_a_time_and_follows_input_class_and_step() {
    let mut app = opened();
    let open = asked(&mut app);
    let [first] = &open[..] else { panic!("{open:?}") };
    let wanted = WhyAsked {
        input: InputChoice::Test(0),
        target: Target::Said,
        baseline: Baseline::Black,
        methods: vec![Method::IntegratedGradients],
        shuffled: None,
        seed: first.seed,
    };
    assert_eq!(**first, wanted);
    // Whatever changes meanwhile waits for the answer.
    app.world_mut().write_message(Ask(Command::Watch(InputChoice::Test(7))));
    control(&mut app, "inside-baseline-on");
    assert!(asked(&mut app).is_empty());
    say(&mut app, first, 50, Ok(answer(first)));
    let open = asked(&mut app);
    let [second] = &open[..] else { panic!("{open:?}") };
    assert_eq!((&second.input, second.baseline), (&InputChoice::Test(7), Baseline::Mean));
    // An answer to what is no longer open is not heard.
    say(&mut app, first, 50, Ok(answer(first)));
    assert!(asked(&mut app).is_empty());
    say(&mut app, second, 50, Ok(answer(second)));
    let methods =
        [answer_one(&mut app, 50), answer_one(&mut app, 50)].map(|asked| asked.methods[0]);
    assert!(!methods.contains(&second.methods[0]) && methods[0] != methods[1], "{methods:?}");
    wait(&mut app);
    assert!(asked(&mut app).is_empty(), "nothing is new");

    let bars = named(&mut app, "Output bars");
    press(&mut app, bars, Vec2::new(0.5, 0.75));
    wait(&mut app);
    assert_eq!(answered(&mut app).0.target, Target::Logit(7));
    control(&mut app, "inside-against-on");
    let against = answered(&mut app).0.target;
    assert!(matches!(against, Target::Difference(7, 9)), "the likeliest comes first: {against:?}");
    says(&mut app, "Orange for 7, blue for 9.");
    // Only what hangs otherwise is asked anew.
    control(&mut app, "inside-method-3");
    assert_eq!(answer_one(&mut app, 50).methods, [Method::Gradient]);

    // Each step once, and no more often than answers may cost: three of 24 ms in a second and a half.
    take(&mut app, [stepped(51)]);
    wait(&mut app);
    assert!(asked(&mut app).len() <= 1);
    take(&mut app, [stepped(52)]);
    assert!(asked(&mut app).is_empty());
}

#[test]
fn maps_of_several_steps_say_so() {
    let mut app = opened();
    answered(&mut app);
    take(&mut app, [stepped(51)]);
    // Each of them waits for its own cost: 24 ms, of which a third of 5 % is a second and a half.
    thread::sleep(Duration::from_secs_f64(1.5));
    wait(&mut app);
    let again = answer_one(&mut app, 51);
    assert_eq!(again.methods, [Method::IntegratedGradients]);
    assert!(texts(&mut app).iter().any(|text| text.starts_with("steps 50–51")));
}

#[test]
fn maps_share_one_range_and_say_what_they_are() {
    let mut app = opened();
    says(&mut app, "It takes some seconds.");
    answered(&mut app);
    for wanted in [
        "It says 9 (14 %), truly 4.",
        "Orange speaks for 9, blue against it.",
        "step 50, 24 ms",
        "Baseline: black",
        "Integrated gradients",
        "0, exact",
        "−2.00",
        "−0.50",
        "there is no convolution",
    ] {
        says(&mut app, wanted);
    }
    assert!(!texts(&mut app).contains(&"It takes some seconds.".to_owned()));
    let field = |app: &mut App, name: &str| {
        let entity = named(app, name);
        let seen = *app.world().get::<Visibility>(entity).unwrap();
        (app.world().get::<Field>(entity).unwrap().spans, seen)
    };
    let (first, seen) = field(&mut app, "Map 1");
    let Spans::Fixed(range) = first else { panic!("{first:?}") };
    assert!(range.low == -range.high && range.high > 0.0, "{range:?}");
    assert_eq!((field(&mut app, "Map 3").0, seen), (first, Visibility::Inherited));
    assert_eq!(field(&mut app, "Map 2").1, Visibility::Hidden, "it is refused");

    // A pixel is marked everywhere, and told with its sign.
    let map = named(&mut app, "Map 1");
    point(&mut app, map, Vec2::new(3.5, 1.5) / 28.0);
    wait(&mut app);
    let marks = |app: &mut App, name: &str| {
        let entity = named(app, name);
        app.world().get::<Field>(entity).unwrap().marks.last().unwrap().rect
    };
    let wanted = Rect::new(3.0, 1.0, 4.0, 2.0);
    for name in ["Map 1", "Map 3", "Input that is explained"] {
        let found = marks(&mut app, name);
        assert!((found.min - wanted.min).length() + (found.max - wanted.max).length() < 1e-4);
    }
    let value = super::phrases::pixel(1, 3, weight(9, 31));
    says(&mut app, &value);
    says(&mut app, "Integrated gradients; the input there is 1.00");
}

#[test]
fn a_refusal_is_told_in_words() {
    let mut app = opened();
    for _ in 0..MAPS {
        let open = asked(&mut app);
        say(&mut app, &open[0], 50, Err::<Why, _>("a text has no pixels".to_owned()));
        says(&mut app, "The maps cannot be drawn: a text has no pixels.");
    }
    wait(&mut app);
    assert!(asked(&mut app).is_empty(), "it is not asked again and again");
}

#[test]
fn maps_of_another_step_than_the_hall_shows_say_so() {
    let mut app = opened();
    answered(&mut app);
    app.world_mut().resource_mut::<Timeline>().scrub(Step(20));
    // Each map waits for its own cost.
    thread::sleep(Duration::from_secs_f64(1.5));
    wait(&mut app);
    says(&mut app, "This is of step 50, as it is now, not of 20.");
    // What was then is asked, and answered from the nearest weights that are kept.
    for _ in 0..MAPS {
        let open = std::mem::take(&mut app.world_mut().resource_mut::<Asked>().0);
        let [question] = &open[..] else { panic!("{open:?}") };
        assert_eq!(question.at, Some(Step(20)));
        let about = question.about.get::<WhyAsked>().unwrap().clone();
        let said = answer(&about);
        say(&mut app, &about, 16, Ok(said));
    }
    says(&mut app, "This is of step 16, the nearest kept, not of 20.");
    // The rest of the time is the visitor's: nothing is asked again of a step that stays.
    thread::sleep(Duration::from_secs_f64(1.5));
    wait(&mut app);
    assert!(asked(&mut app).is_empty());
    app.world_mut().resource_mut::<Timeline>().go_live();
    wait(&mut app);
    let open = std::mem::take(&mut app.world_mut().resource_mut::<Asked>().0);
    assert_eq!(open.first().map(|question| question.at), Some(None), "what is now is asked again");
}

#[test]
fn the_lever_asks_the_shuffled_network_for_the_same_number() {
    let mut app = opened();
    answered(&mut app);
    control(&mut app, "inside-trust");
    let (before, _) = answered(&mut app);
    assert_eq!(before.shuffled, None);
    assert!(asked(&mut app).is_empty());
    says(&mut app, "no layer");
    control(&mut app, "inside-shuffle-more");
    let (after, methods) = answered(&mut app);
    assert_eq!(methods, [Method::IntegratedGradients, Method::HiResCam, Method::Occlusion]);
    assert_eq!(after.shuffled, Some(Shuffled::Layers(1)));
    assert_eq!((before.target, after.target), (Target::Said, Target::Logit(9)));
    for wanted in ["the last", "dense", "+0.12", "+0.50", "Shuffled, it says 9 (14 %)."] {
        says(&mut app, wanted);
    }
    control(&mut app, "inside-shuffle-all");
    let (all, _) = answered(&mut app);
    assert_eq!(all.shuffled, Some(Shuffled::Layers(ALL_LAYERS)));
    says(&mut app, "all 2");
    says(&mut app, "dense, conv");
    control(&mut app, "inside-shuffle-none");
    assert!(asked(&mut app).is_empty());
    says(&mut app, "Do maps show what was learned?");
    // Both follow the steps, one after the other.
    control(&mut app, "inside-shuffle-fewer");
    control(&mut app, "inside-shuffle-more");
    answered(&mut app);
    take(&mut app, [stepped(51)]);
    thread::sleep(Duration::from_secs(3));
    wait(&mut app);
    let both: Vec<_> = (0..2 * MAPS).map(|_| answer_one(&mut app, 51)).collect();
    assert_eq!(both.iter().filter(|asked| asked.shuffled.is_some()).count(), MAPS);
}

#[test]
fn the_labels_are_shuffled_by_a_button_that_is_lit_and_lets_go() {
    let mut app = opened();
    answered(&mut app);
    control(&mut app, "inside-trust");
    let (before, _) = answered(&mut app);
    control(&mut app, "inside-shuffle-more");
    answered(&mut app);
    says(&mut app, "+0.12");
    control(&mut app, "inside-shuffle-labels");
    assert!(is_lit(&mut app, "inside-shuffle-labels"));
    // Maps of shuffled layers are not shown as those of labels while these are learned.
    for wanted in ["Shuffled labels", "labels", "It learns shuffled labels; that takes seconds."] {
        says(&mut app, wanted);
    }
    assert!(!texts(&mut app).contains(&"+0.12".to_owned()));
    assert!(!field_seen(&mut app, "Shuffled 1"));
    let (after, methods) = answered(&mut app);
    assert_eq!(methods, [Method::IntegratedGradients, Method::HiResCam, Method::Occlusion]);
    assert_eq!(after.shuffled, Some(Shuffled::Labels));
    assert_eq!((before.target, after.target), (Target::Said, Target::Logit(9)));
    for wanted in [
        "+0.12",
        "+0.50",
        "trained again",
        "Shuffled, it says 9 (14 %).",
        "Right: it learned shuffled labels; 1 is alike.",
    ] {
        says(&mut app, wanted);
    }
    assert!(field_seen(&mut app, "Shuffled 1"));
    control(&mut app, "inside-shuffle-labels");
    assert!(!is_lit(&mut app, "inside-shuffle-labels"));
    assert!(asked(&mut app).is_empty());
    says(&mut app, "no layer");
    says(&mut app, "Do maps show what was learned?");
    assert!(!field_seen(&mut app, "Shuffled 1"));
}

#[test]
fn a_network_that_is_not_trained_again_says_so() {
    let mut app = opened();
    answered(&mut app);
    control(&mut app, "inside-trust");
    answered(&mut app);
    control(&mut app, "inside-shuffle-labels");
    let open = asked(&mut app);
    let why = "this run goes on from a file after 7 steps, and those are not known";
    say(&mut app, &open[0], 50, Err::<Why, _>(why.to_owned()));
    says(&mut app, &format!("The maps cannot be drawn: {why}."));
    control(&mut app, "inside-shuffle-none");
    says(&mut app, "Do maps show what was learned?");
}
