//! Weights of the digits changed by hand: what an edit makes of the answers, the run taken again with it, and taken back.

use std::{path::Path, sync::Arc};

use rayon::ThreadPoolBuilder;

use crate::{
    exhibits::digits::{FILTERS, Route, load, model::trainable::DigitsTrainable},
    inside::{
        Edit, EditAsked, EditChange, EditReport, Edited, Lesion, LesionAsked, LesionBy,
        PlannedEdit, Taught, TaughtAsked,
    },
    learning::{
        AfterEdit, Progress, Session, StepOrder, StepPlace, TrainError, Trainable as _,
        TrainingConfig,
        inside::{Keyframes, PastQuestion, Replayed as _},
    },
    stream::{
        Command, InputChoice, MOST_METRICS, Payload, Report, RunState, Step, ViewerEnd, connect,
    },
};

fn trainable() -> DigitsTrainable {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let config = TrainingConfig::default();
    let mut trainable =
        DigitsTrainable::new(load(&folder).unwrap(), &config, (Route::Fused, FILTERS));
    trainable.begin(42, &mut |_, _| {}).unwrap();
    trainable
}

/// Steps of the first epoch.
fn steps(trainable: &mut DigitsTrainable, steps: std::ops::RangeInclusive<u64>) {
    for step in steps {
        let at = StepPlace { epoch: 0, batch: step - 1 };
        trainable.step(StepOrder { at, steps: 1, learning_rate: 1e-3, keep: false }).unwrap();
    }
}

fn progress(step: u64) -> Progress {
    let at = StepPlace { epoch: 0, batch: step };
    Progress { step, at, learning_rate: 1e-3, examples: 32 * step, sums: [0.0; MOST_METRICS] }
}

fn make(unit: usize, change: EditChange) -> EditAsked {
    EditAsked::Make(Edit { layer: None, unit, change })
}

fn edit(of: &mut DigitsTrainable, asked: EditAsked, step: u64) -> Result<Edited, TrainError> {
    let done = match of.edit(&Payload::new(asked.clone()), &progress(step))? {
        AfterEdit::GoOn(done) => done,
        AfterEdit::Begin(done) => {
            assert_eq!(asked, EditAsked::Undo);
            // Begins where the edit was made.
            of.begin(42, &mut |_, _| {}).unwrap();
            done
        }
    };
    let report = done.get::<EditReport>().unwrap();
    assert_eq!((report.step, &report.asked), (step, &asked));
    Ok(report.said.clone().unwrap())
}

fn bits(of: &DigitsTrainable) -> Vec<u32> {
    of.run().unwrap().ended().iter().map(|number| number.to_bits()).collect()
}

#[test]
fn a_silenced_unit_is_a_lesion_by_zero_and_other_edits_change_what_they_name() {
    let mut digits = trainable();
    steps(&mut digits, 1..=60);
    let asked = LesionAsked { layer: None, units: vec![3], by: LesionBy::Zero, images: 2000 };
    let lesion = digits.answer(&Payload::new(asked)).unwrap();
    let lesion: Arc<Lesion> = lesion.get().cloned().unwrap();
    let numbers = |of: &DigitsTrainable| of.run().unwrap().ended().to_vec();
    let before = numbers(&digits);
    let edited = edit(&mut digits, make(3, EditChange::Scale(0.0)), 60).unwrap();
    assert_eq!((edited.numbers, edited.layer.as_str()), (10, "Pooled"));
    let [was, is] = edited.answers.unwrap();
    assert_eq!((&was, &is), (&lesion.before, &lesion.after));
    let silenced = numbers(&digits);
    let others = |one: &[f32], other: &[f32]| -> Vec<usize> {
        (0..one.len()).filter(|at| one[*at].to_bits() != other[*at].to_bits()).collect()
    };
    let of_filter = [(27..36).collect::<Vec<_>>(), vec![288 + 3]].concat();
    assert_eq!(others(&before, &silenced), of_filter);
    assert!(of_filter.iter().all(|at| silenced[*at] == 0.0));
    edit(&mut digits, make(3, EditChange::Bias(0.5)), 60).unwrap();
    assert_eq!(others(&silenced, &numbers(&digits)), [291]);
    edit(&mut digits, make(3, EditChange::Add(0.25)), 60).unwrap();
    assert!(numbers(&digits)[27..36].iter().all(|weight| *weight == 0.25));
    // The weights of class 7 that read map 4: all its places, and no other number.
    let before = numbers(&digits);
    let towards = EditChange::Towards { class: 7, factor: -2.0 };
    assert_eq!(edit(&mut digits, make(4, towards), 60).unwrap().numbers, 169);
    let after = numbers(&digits);
    let dense = 288 + 32;
    let expected: Vec<usize> =
        (0..169).map(|place| dense + 7 * 5408 + place * FILTERS + 4).collect();
    assert_eq!(others(&before, &after), expected);
    assert!(expected.iter().all(|at| after[*at] == -2.0 * before[*at]));
}

#[test]
fn a_run_with_edits_is_taken_again_bit_for_bit_and_its_ledger_books_them_apart() {
    let mut digits = trainable();
    edit(&mut digits, make(1, EditChange::Scale(2.0)), 0).unwrap();
    steps(&mut digits, 1..=30);
    edit(&mut digits, make(5, EditChange::Towards { class: 2, factor: 3.0 }), 30).unwrap();
    edit(&mut digits, make(6, EditChange::Clamp(0.05)), 30).unwrap();
    steps(&mut digits, 31..=60);
    let asked = |of: &DigitsTrainable| {
        let run = of.run().unwrap();
        let asked = TaughtAsked { input: InputChoice::Test(7), map: None, strongest: 3 };
        let about = Payload::new(asked);
        let input = of.test.image(7).unwrap();
        let class = Some(usize::from(of.test.labels[7]));
        let answer = PastQuestion::of(&about).unwrap().answer(&run, input, class, &|| true);
        (**answer.unwrap().get::<Taught>().unwrap()).clone()
    };
    for threads in [1, 2] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let run = digits.run().unwrap();
        // Its end is compared bit for bit.
        pool.install(|| Keyframes::of(&run, 1 << 20, &|| true)).unwrap().unwrap();
    }
    let taught = asked(&digits);
    assert!(taught.residual.abs() <= 5e-4, "{}", taught.residual);
    assert!(taught.by_hand.abs() > 1e-3, "{}", taught.by_hand);
    let [begun, ended] = taught.loss;
    let sum = taught.credit + taught.by_hand + taught.residual;
    assert!((ended - begun - sum).abs() < 1e-9);
    // An edit after the last step is a part of it, too.
    edit(&mut digits, make(9, EditChange::Scale(-1.0)), 60).unwrap();
    let after = asked(&digits);
    assert_ne!(after.loss[1].to_bits(), ended.to_bits());
    assert!((after.by_hand - taught.by_hand - (after.loss[1] - ended)).abs() < 1e-9);
    assert!((after.residual - taught.residual).abs() < 1e-9);
}

#[test]
fn what_is_taken_back_never_happened() {
    let mut alone = trainable();
    steps(&mut alone, 1..=40);
    let mut digits = trainable();
    steps(&mut digits, 1..=20);
    edit(&mut digits, make(3, EditChange::Scale(0.0)), 20).unwrap();
    steps(&mut digits, 21..=25);
    let with_one = bits(&digits);
    edit(&mut digits, make(4, EditChange::Add(0.5)), 25).unwrap();
    steps(&mut digits, 26..=30);
    let back = edit(&mut digits, EditAsked::Undo, 30).unwrap();
    assert_eq!(back.edit.to_string(), "25:4:add=0.5");
    assert_eq!(digits.resumed().unwrap().step, 25);
    assert_eq!(bits(&digits), with_one);
    assert_eq!(digits.run().unwrap().steps(), 25);
    let back = edit(&mut digits, EditAsked::Undo, 25).unwrap();
    assert_eq!(back.edit.to_string(), "20:3:scale=0");
    assert_eq!(digits.resumed().unwrap().step, 20);
    steps(&mut digits, 21..=40);
    assert_eq!(bits(&digits), bits(&alone));
    // And the run can be taken again from its first step.
    Keyframes::of(&digits.run().unwrap(), 1 << 20, &|| true).unwrap().unwrap();
    let refused = edit(&mut digits, EditAsked::Undo, 40).unwrap_err().to_string();
    assert!(refused.contains("no edit was made"), "{refused}");
    digits.begin(42, &mut |_, _| {}).unwrap();
    assert!(digits.resumed().is_none() && !digits.run().unwrap().is_edited());
}

#[test]
fn what_is_taken_back_before_another_step_is_as_it_was() {
    let mut digits = trainable();
    steps(&mut digits, 1..=20);
    let before = bits(&digits);
    edit(&mut digits, make(3, EditChange::Scale(0.0)), 20).unwrap();
    edit(&mut digits, make(4, EditChange::Add(0.5)), 20).unwrap();
    for _ in 0..2 {
        edit(&mut digits, EditAsked::Undo, 20).unwrap();
        assert!(digits.resumed().is_none());
    }
    assert_eq!(bits(&digits), before);
    let mut alone = trainable();
    steps(&mut alone, 1..=30);
    steps(&mut digits, 21..=30);
    assert_eq!(bits(&digits), bits(&alone));
    assert!(!digits.run().unwrap().is_edited());
}

#[test]
fn what_cannot_be_edited_is_refused_in_a_sentence_and_changes_nothing() {
    let mut digits = trainable();
    steps(&mut digits, 1..=3);
    let before = bits(&digits);
    let mut refused = |layer: Option<&str>, unit, change| {
        let edit_asked = Edit { layer: layer.map(str::to_owned), unit, change };
        edit(&mut digits, EditAsked::Make(edit_asked), 3).unwrap_err().to_string()
    };
    let half = EditChange::Scale(0.5);
    assert!(refused(None, 32, half).contains("no unit 32, only 32"));
    assert!(refused(Some("Dense"), 0, half).contains("no layer “Dense”"));
    let towards = EditChange::Towards { class: 10, factor: 0.0 };
    assert!(refused(None, 0, towards).contains("no class 10, only 10"));
    let none = digits.edit(
        &Payload::new(TaughtAsked { input: InputChoice::Test(0), map: None, strongest: 1 }),
        &progress(3),
    );
    assert!(none.unwrap_err().to_string().contains("no edit of weights"));
    // What is so already is told, and cannot be taken back.
    assert_eq!(edit(&mut digits, make(0, EditChange::Scale(1.0)), 3).unwrap().numbers, 0);
    assert!(edit(&mut digits, EditAsked::Undo, 3).is_err());
    assert_eq!(bits(&digits), before);
}

/// A session that has begun, with what is to be done at once.
fn session(edits: Vec<PlannedEdit>, commands: &[Command]) -> (ViewerEnd, Session) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let dataset = load(&folder).unwrap();
    let (room, trainer) = connect();
    for command in commands {
        assert!(room.ask(command.clone()));
    }
    let config = TrainingConfig { edits, epochs: 1, ..TrainingConfig::default() };
    let made = crate::exhibits::digits::trainable(dataset, Route::Fused);
    (room, Session::start(made, config, trainer).unwrap())
}

/// All reports up to the one that is waited for.
fn until(room: &ViewerEnd, last: impl Fn(&Report) -> bool) -> Vec<Report> {
    let begun = std::time::Instant::now();
    let mut all = Vec::new();
    loop {
        assert!(begun.elapsed().as_secs() < 60, "{all:?}");
        let Some(report) = room.report() else {
            std::thread::yield_now();
            continue;
        };
        all.push(report);
        if all.last().is_some_and(&last) {
            return all;
        }
    }
}

fn edits_in(reports: &[Report]) -> Vec<EditReport> {
    let found = reports.iter().filter_map(|report| match report {
        Report::Found(found) => found.get::<EditReport>().map(|report| (**report).clone()),
        _ => None,
    });
    found.collect()
}

fn paused(report: &Report) -> bool {
    matches!(report, Report::State { state: RunState::Paused, .. })
}

#[test]
fn an_edit_is_a_command_of_the_run_and_said_to_another_run_leads_the_same_way() {
    let finished = |report: &Report| matches!(report, Report::Finished(_));
    let by_hand = |room: &ViewerEnd| {
        until(room, paused);
        assert!(room.ask(Command::Edit(Payload::new(make(3, EditChange::Scale(0.0))))));
        assert!(room.ask(Command::Resume));
        until(room, finished)
    };
    let (room, one) = session(Vec::new(), &[Command::Advance { steps: 100 }]);
    let told = by_hand(&room);
    let made = edits_in(&told);
    let planned = made[0].said.clone().unwrap().edit;
    assert_eq!((made.len(), planned.to_string().as_str()), (1, "100:3:scale=0"));
    let (other_room, other) = session(vec![planned], &[]);
    let again = until(&other_room, finished);
    assert_eq!(edits_in(&again), made);
    let losses = |reports: &[Report]| -> Vec<u32> {
        let verdict = |report: &Report| match report {
            Report::EpochEnded(epoch) => {
                epoch.test.as_ref().map(|test| test.values.loss().to_bits())
            }
            _ => None,
        };
        reports.iter().filter_map(verdict).collect()
    };
    assert!(!losses(&told).is_empty());
    assert_eq!(losses(&told), losses(&again));
    drop((room, other_room));
    for session in [one, other] {
        assert!(session.end_within(std::time::Duration::from_secs(20)));
    }
}

#[test]
fn a_run_goes_back_to_where_it_stood_before_its_edit_and_tells_it() {
    let (room, session) = session(Vec::new(), &[Command::Advance { steps: 50 }]);
    until(&room, paused);
    let is_edit = |report: &Report| !edits_in(std::slice::from_ref(report)).is_empty();
    assert!(room.ask(Command::Edit(Payload::new(make(3, EditChange::Scale(0.0))))));
    until(&room, is_edit);
    assert!(room.ask(Command::Advance { steps: 10 }));
    until(&room, paused);
    assert!(room.ask(Command::Edit(Payload::new(EditAsked::Undo))));
    let told = until(&room, is_edit);
    let began = told.iter().any(|report| matches!(report, Report::Started(_)));
    let stands = told
        .iter()
        .any(|report| matches!(report, Report::State { state: RunState::Paused, step: Step(50) }));
    assert!(began && stands, "{told:?}");
    // What cannot be done is told, and the run goes on all the same.
    assert!(room.ask(Command::Edit(Payload::new(EditAsked::Undo))));
    let told = until(&room, is_edit);
    let refused = edits_in(&told)[0].said.clone().unwrap_err();
    assert!(refused.contains("no edit was made"), "{refused}");
    assert!(room.ask(Command::Resume));
    let told = until(&room, |report| matches!(report, Report::Finished(_)));
    let Some(Report::Finished(end)) = told.last() else { panic!("it did not end") };
    assert_eq!(end.steps, Step(250));
    // Taken back before another step, nothing has to be taken again.
    assert!(room.ask(Command::Edit(Payload::new(make(3, EditChange::Scale(0.0))))));
    until(&room, is_edit);
    assert!(room.ask(Command::Edit(Payload::new(EditAsked::Undo))));
    let told = until(&room, is_edit);
    assert!(edits_in(&told)[0].said.is_ok(), "{told:?}");
    assert!(!told.iter().any(|report| matches!(report, Report::Started(_))));
    drop(room);
    assert!(session.end_within(std::time::Duration::from_secs(20)));
}

#[test]
fn a_planned_edit_that_cannot_be_made_ends_the_run_in_a_sentence() {
    for (planned, says) in [
        (
            "100:99:scale=0",
            "--edit 100:99:scale=0 cannot be made: the layer “Pooled” has no unit 99",
        ),
        ("251:3:scale=0", "--edit 251:3:scale=0 comes too late: the run has 250 steps"),
    ] {
        let (room, session) = session(vec![planned.parse().unwrap()], &[]);
        let failed = |report: &Report| {
            matches!(report, Report::State { state: RunState::Failed { .. }, .. })
        };
        let told = until(&room, failed);
        let Some(Report::State { state: RunState::Failed { reason }, .. }) = told.last() else {
            panic!("it did not fail")
        };
        assert!(reason.contains(says), "{reason}");
        drop(room);
        assert!(session.end_within(std::time::Duration::from_secs(20)));
    }
}
