//! The page of branches: asked from the step that one went back to, one after the other, with curves, table and images.

use bevy::prelude::*;

use super::{asked_of, closed, control, field_seen, opened, say, says, texts, wait};
use crate::{
    history::{KeptRun, Run},
    inside::{
        Apart, BranchAsked, BranchPoint, Branched, Changed, Future, McNemar, Price, UnitLayer,
        UnitNumbers, WhyAsked,
    },
    stream::{Report, Step, StepReport},
    world::{
        classifier::{
            Classifier as _,
            tests::{First, epoch_ended, started, stepped, take},
        },
        kept_runs::KeptRuns,
        timeline::Timeline,
    },
};

fn point(step: u64, accuracy: f32, apart: f64) -> BranchPoint {
    let apart_of = vec![Apart(apart)];
    BranchPoint { step, loss: 1.0 - accuracy, accuracy, apart, apart_of, otherwise: 1 }
}

fn branched(asked: &BranchAsked) -> Branched {
    let run = Future {
        points: vec![point(17, 0.5, 0.0), point(50, 0.75, 0.0)],
        answers: McNemar { both: 15, only_run: 0, only_other: 0, neither: 5 },
        changed: Vec::new(),
        logits: vec![0.0; 10],
        units: vec![UnitNumbers(vec![0.5; 8])],
    };
    let other = Future {
        points: vec![point(17, 0.5, 0.0), point(50, 0.875, 0.25)],
        answers: McNemar { both: 14, only_run: 1, only_other: 3, neither: 2 },
        changed: vec![Changed { index: 2, class: 3, read_as: [5, 3] }],
        ..run.clone()
    };
    Branched {
        asked: asked.clone(),
        steps: [17, 50],
        layers: vec!["dense".to_owned()],
        shown: vec![UnitLayer { name: "maps".to_owned(), size: [2, 2, 2] }],
        run,
        futures: asked.branches.iter().map(|_| other.clone()).collect(),
        remarks: Vec::new(),
        price: Price { forward: 1, backward: 1, seconds: 2.0 },
    }
}

fn asked(app: &mut App) -> Vec<String> {
    let open = asked_of::<BranchAsked>(app);
    open.iter().flat_map(|asked| &asked.branches).map(ToString::to_string).collect()
}

fn at_the_page() -> App {
    let mut app = opened();
    asked_of::<WhyAsked>(&mut app);
    control(&mut app, "inside-branch");
    app
}

#[test]
fn a_branch_is_asked_from_the_step_that_one_went_back_to() {
    let mut app = at_the_page();
    says(&mut app, "What if it had been otherwise?");
    control(&mut app, "inside-branch-half");
    assert!(asked(&mut app).is_empty(), "what is now has no future");
    app.world_mut().resource_mut::<Timeline>().scrub(Step(17));
    wait(&mut app);
    control(&mut app, "inside-branch-half");
    let open = asked_of::<BranchAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    assert_eq!(about.branches[0].to_string(), "17:rate=x0.5");
    // Another waits until this one is answered.
    control(&mut app, "inside-branch-orders");
    assert!(asked(&mut app).is_empty());
    let said = branched(about);
    say(&mut app, about, 50, Ok(said));
    let all = ["17:rate=x0.5+seed=2", "17:rate=x0.5+seed=3", "17:rate=x0.5+seed=4"];
    assert_eq!(asked(&mut app), all);
    control(&mut app, "inside-branch-back");
    for wanted in [
        "87.5 % right instead of 75.0 %.",
        "weights apart by 0.25, answers that differ: 1",
        "the run as it is",
        "rate × 0.5 from step 17",
        "run right",
        "1 of 2",
        "5→3",
    ] {
        says(&mut app, wanted);
    }
    assert!(field_seen(&mut app, "Otherwise 1") && !field_seen(&mut app, "Otherwise 2"));
    assert!(!field_seen(&mut app, "Layer (run)"));
    control(&mut app, "inside-branch-measure");
    control(&mut app, "inside-branch-measure");
    says(&mut app, "dense 0.25");
    control(&mut app, "inside-branch-layers");
    assert!(field_seen(&mut app, "Layer (run)") && field_seen(&mut app, "Layer (branch)"));
    says(&mut app, "maps in the branch");
    control(&mut app, "inside-branch-layers");
    assert!(!field_seen(&mut app, "Layer (branch)"));
}

#[test]
fn who_leaves_ends_what_is_under_way() {
    let mut app = at_the_page();
    app.world_mut().resource_mut::<Timeline>().scrub(Step(17));
    wait(&mut app);
    control(&mut app, "inside-branch-silent");
    assert_eq!(asked(&mut app), ["17:silence=0"]);
    control(&mut app, "inside-health");
    let open = asked_of::<BranchAsked>(&mut app);
    assert!(matches!(&open[..], [none] if none.branches.is_empty()), "{open:?}");
    control(&mut app, "inside-branch");
    assert!(asked(&mut app).is_empty());
    control(&mut app, "inside-branch-tenth");
    let open = asked_of::<BranchAsked>(&mut app);
    say(&mut app, &open[0], 50, Err::<Branched, _>("its past is not known".to_owned()));
    says(&mut app, "It cannot be branched: its past is not known.");
    control(&mut app, "inside-branch-clear");
    assert!(!texts(&mut app).iter().any(|text| text.contains("cannot be branched")));
}

/// A recorded run of an epoch that was begun so.
fn kept(name: &str, seed: u64, learning_rate: f64) -> KeptRun {
    let Report::Started(mut of) = started(0) else { panic!("no run begins") };
    (of.seed, of.learning_rate) = (seed, learning_rate);
    let mut run = Run::new(0);
    let Report::Stepped(step) = stepped(50) else { panic!("no step is taken") };
    let step = Report::Stepped(StepReport { learning_rate, ..step });
    [Report::Started(of), step, epoch_ended()].into_iter().for_each(|said| run.take(said));
    KeptRun { name: name.to_owned(), run }
}

#[test]
fn recorded_runs_lie_over_this_one_until_something_is_branched() {
    let mut app = closed();
    let runs =
        vec![kept("one.mcap", 5, 0.01), kept("two.mcap", 6, 0.01), kept("same.mcap", 9, 0.001)];
    app.insert_resource(KeptRuns { of: Some(First::EXHIBIT), runs });
    control(&mut app, "inside");
    control(&mut app, "inside-branch");
    says(&mut app, "3 kept runs beside this one");
    take(&mut app, [epoch_ended()]);
    for wanted in [
        "this run 80.0 %",
        "learning rate 0.01: 2 seeds 80.0 %",
        "seed 9: same.mcap 80.0 %",
        "Pull the timeline back to a step, and change something there.",
    ] {
        says(&mut app, wanted);
    }
    control(&mut app, "inside-branch-measure");
    says(&mut app, "seed 9: same.mcap 0.40");
    // Of a recorded run there is no distance of weights.
    control(&mut app, "inside-branch-measure");
    says(&mut app, "this run 80.0 %");
    app.world_mut().resource_mut::<Timeline>().scrub(Step(17));
    wait(&mut app);
    control(&mut app, "inside-branch-half");
    assert_eq!(asked(&mut app), ["17:rate=x0.5"]);
    assert!(!texts(&mut app).iter().any(|text| text.contains("same.mcap")));
    control(&mut app, "inside-branch-clear");
    says(&mut app, "seed 9: same.mcap 80.0 %");
}
