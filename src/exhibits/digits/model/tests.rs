//! The digits taught by a session, seen from the room.

use std::{
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use crate::{
    exhibits::digits::{DENSE_WEIGHTS, EXAMPLE, EXHIBIT_ID, POOLED, Route, load, trainable},
    images::{ClassifierVerdict, TestSet},
    learning::{
        DeviceName, Outline, Session, StepOrder, Stepped, TrainError, Trainable, TrainableMaker,
        TrainingConfig,
        data::{Dataset, Images},
    },
    stream::{
        Command, EpochReport, Fact, Finished, InputChoice, LayerValues, Level, Material,
        MetricValues, Payload, Report, RunState, Shape, Slice, Snapshot, Stage, Step, StepReport,
        Subscription, ViewerEnd, connect,
    },
};

const PATIENCE: Duration = Duration::from_secs(20);

/// The first bundled digits: enough to learn something in a second.
fn few_digits(train: usize, test: usize) -> Arc<Dataset> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let all = load(&folder).unwrap();
    let first = |images: &Images, count: usize| Images {
        pixels: images.pixels[..count * 784].into(),
        labels: images.labels[..count].into(),
    };
    let (train, test) = (first(&all.train, train), first(&all.test, test));
    Arc::new(Dataset { train, test, ..Arc::unwrap_or_clone(all) })
}

fn start(dataset: Arc<Dataset>, config: TrainingConfig) -> (ViewerEnd, Session) {
    let (room, trainer) = connect();
    let session = Session::start(trainable(dataset, Route::Fused), config, trainer).unwrap();
    (room, session)
}

/// Everything reported up to the first report that `last` accepts.
fn reports_until(room: &ViewerEnd, last: impl Fn(&Report) -> bool) -> Vec<Report> {
    let mut reports = Vec::new();
    while let Some(report) = room.report_within(PATIENCE) {
        let done = last(&report);
        reports.push(report);
        if done {
            return reports;
        }
    }
    panic!("nothing more after {:?}", reports.last());
}

fn in_state(word: &'static str) -> impl Fn(&Report) -> bool {
    move |report| matches!(report, Report::State { state, .. } if state.word() == word)
}

fn losses(reports: &[Report]) -> Vec<u32> {
    steps(reports).iter().map(|step| step.values.loss().to_bits()).collect()
}

fn steps(reports: &[Report]) -> Vec<StepReport> {
    reports
        .iter()
        .filter_map(|report| if let Report::Stepped(step) = report { Some(*step) } else { None })
        .collect()
}

fn epochs(reports: &[Report]) -> Vec<EpochReport> {
    reports
        .iter()
        .filter_map(
            |report| {
                if let Report::EpochEnded(epoch) = report { Some(epoch.clone()) } else { None }
            },
        )
        .collect()
}

fn finished(report: &Report) -> bool {
    matches!(report, Report::Finished(_))
}

fn snapshot(room: &ViewerEnd) -> Arc<Snapshot> {
    let start = Instant::now();
    loop {
        if let Some(snapshot) = room.newest_snapshot() {
            return snapshot;
        }
        assert!(start.elapsed() < PATIENCE, "no snapshot");
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn it_learns_and_tells_every_stage() {
    let (room, session) =
        start(few_digits(1000, 300), TrainingConfig { epochs: 2, ..TrainingConfig::default() });
    let reports = reports_until(&room, finished);
    let Report::Material(material) = &reports[0] else { panic!("{:?}", reports[0]) };
    assert_eq!(material.content.get::<TestSet>().unwrap().len(), 300);
    assert!(
        matches!(reports[1], Report::Started(ref run) if run.parameters == 54_410 && run.steps_per_epoch == 32)
    );
    let mut stages: Vec<Stage> = reports
        .iter()
        .filter_map(|report| {
            if let Report::Stage(stage) = report { stage.done.then_some(stage.stage) } else { None }
        })
        .collect();
    stages.dedup();
    assert_eq!(stages, Stage::ALL);
    let (steps, epochs) = (steps(&reports), epochs(&reports));
    assert_eq!((steps.len(), epochs.len()), (64, 2));
    assert_eq!(steps[63].step, Step(64));
    // The loss of a network that knows nothing is the logarithm of the number of classes.
    assert!((steps[0].values.loss() - 10_f32.ln()).abs() < 0.3, "{}", steps[0].values.loss());
    let test = epochs[1].test.as_ref().unwrap();
    let tested = test.values.get(1).unwrap();
    assert!(tested > 0.8 && epochs[1].train.loss() < epochs[0].train.loss());
    assert_eq!(test.confusion.iter().sum::<u32>(), 300);
    let wrong = test.mistakes.len();
    assert!((tested - (300 - wrong) as f32 / 300.0).abs() < 1e-6);
    assert!(test.mistakes.is_sorted_by(|a, b| a.confidence >= b.confidence));
    let Some(Report::Finished(Finished { steps: Step(64), verdict, .. })) = reports.last() else {
        panic!("{:?}", reports.last());
    };
    let accuracy = verdict.get::<ClassifierVerdict>().unwrap().accuracy;
    assert!((accuracy - tested).abs() < f32::EPSILON);
    drop(room);
    assert!(session.end_within(Duration::from_secs(1)));
}

#[test]
fn same_seed_same_bits_on_any_threads_watched_or_not() {
    let dataset = few_digits(330, 50);
    let run = |seed, threads, snapshots_per_second| {
        let config = TrainingConfig {
            seed,
            epochs: 2,
            threads: Some(threads),
            snapshots_per_second,
            ..TrainingConfig::default()
        };
        let (room, _session) = start(dataset.clone(), config);
        losses(&reports_until(&room, finished))
    };
    let alone = run(1, 1, 0.0);
    assert_eq!(alone.len(), 22);
    assert_eq!(alone, run(1, 2, 0.0));
    assert_eq!(alone, run(1, 2, 1e6));
    assert_ne!(alone, run(2, 2, 0.0));
}

#[test]
fn what_is_subscribed_to_comes_and_nothing_else() {
    let (room, _session) = start(few_digits(640, 20), TrainingConfig::default());
    let told = reports_until(&room, |report| matches!(report, Report::Graph(_)));
    let Some(Report::Graph(graph)) = told.last() else {
        panic!("{told:?}");
    };
    let tensors = graph.tensors().len();
    assert!(room.ask(Command::Pause));
    reports_until(&room, in_state("paused"));
    assert_eq!(newest_layers(&room).len(), tensors, "everything until somebody subscribes");
    let coarse = Subscription {
        slice: Slice::maps(32, 32),
        level: Level(1),
        ..Subscription::whole(DENSE_WEIGHTS, 60.0)
    };
    assert!(room.ask(Command::Subscribe(vec![Subscription::whole(POOLED, 60.0), coarse])));
    let layers = newest_layers(&room);
    let told: Vec<_> = layers.iter().map(|layer| (layer.layer, layer.shape)).collect();
    assert_eq!(told, [(POOLED, Shape::maps(32, 13, 13)), (DENSE_WEIGHTS, Shape::maps(32, 7, 7))]);
    assert_eq!(layers[1].of(), Shape::maps(320, 13, 13));
    // The same bits, whoever looks.
    assert!(room.ask(Command::Subscribe(Vec::new())));
    assert!(newest_layers(&room).is_empty());
}

/// The layers of the next snapshot.
fn newest_layers(room: &ViewerEnd) -> Vec<LayerValues> {
    snapshot(room).layers.clone()
}

#[test]
fn flex_and_ndarray_agree_to_a_ten_thousandth() {
    let dataset = few_digits(320, 20);
    let run = |device| {
        let (room, _session) = start(
            dataset.clone(),
            TrainingConfig { epochs: 4, device, ..TrainingConfig::default() },
        );
        steps(&reports_until(&room, finished))
    };
    let (flex, ndarray) = (run(DeviceName::Flex), run(DeviceName::NdArray));
    assert_eq!(flex.len(), 40);
    for (flex, ndarray) in flex.iter().zip(&ndarray) {
        assert!(
            (flex.values.loss() - ndarray.values.loss()).abs() < 1e-4,
            "{}: {} {}",
            flex.step,
            flex.values.loss(),
            ndarray.values.loss()
        );
    }
}

#[test]
fn it_pauses_steps_and_goes_on() {
    let (room, session) = start(few_digits(640, 20), TrainingConfig::default());
    assert!(room.ask(Command::Pause));
    let paused = reports_until(&room, in_state("paused"));
    let before = steps(&paused).len();
    thread::sleep(Duration::from_millis(50));
    assert!(room.report().is_none(), "a paused run says nothing");
    while room.newest_snapshot().is_some() {}
    assert!(room.ask(Command::Advance { steps: 3 }));
    let advanced = reports_until(&room, in_state("paused"));
    assert_eq!(steps(&advanced).len(), 3);
    thread::sleep(Duration::from_millis(50));
    assert_eq!(snapshot(&room).step, Step(before as u64 + 3));
    assert!(room.ask(Command::SetLearningRate(0.01)));
    assert!(room.ask(Command::SetLearningRate(f64::NAN)));
    assert!(room.ask(Command::Resume));
    let resumed = reports_until(&room, |report| matches!(report, Report::Stepped(_)));
    assert!((steps(&resumed)[0].learning_rate - 0.01).abs() < f64::EPSILON);
    drop(room);
    assert!(session.end_within(Duration::from_secs(1)));
}

#[test]
fn a_speed_limit_is_kept_and_still_answers() {
    let (room, session) = start(few_digits(640, 20), TrainingConfig::default());
    assert!(room.ask(Command::LimitSpeed { steps_per_second: Some(20.0) }));
    thread::sleep(Duration::from_millis(100));
    while room.report().is_some() {}
    let begun = Instant::now();
    thread::sleep(Duration::from_millis(500));
    let mut taken = 0;
    while let Some(report) = room.report() {
        taken += usize::from(matches!(report, Report::Stepped(_)));
    }
    let seconds = begun.elapsed().as_secs_f64();
    assert!(taken > 0 && (taken as f64) < seconds * 20.0 + 3.0, "{taken} in {seconds} s");
    assert!(room.ask(Command::LimitSpeed { steps_per_second: Some(0.01) }));
    assert!(room.ask(Command::Pause));
    let asked = Instant::now();
    reports_until(&room, in_state("paused"));
    assert!(asked.elapsed() < Duration::from_secs(2));
    drop(room);
    assert!(session.end_within(Duration::from_secs(1)));
}

#[test]
fn a_drawing_is_shown_at_once_even_when_all_is_over() {
    let (room, _session) =
        start(few_digits(64, 20), TrainingConfig { epochs: 1, ..TrainingConfig::default() });
    reports_until(&room, finished);
    while room.newest_snapshot().is_some() {}
    let drawing = InputChoice::Drawn(vec![0.5; 784].into());
    assert!(room.ask(Command::Watch(drawing.clone())));
    let shown = snapshot(&room);
    assert_eq!((&shown.input, shown.step), (&drawing, Step(2)));
    // What cannot be shown changes nothing.
    assert!(room.ask(Command::Watch(InputChoice::Test(20))));
    assert!(room.ask(Command::Watch(InputChoice::Drawn(vec![0.5; 3].into()))));
    assert!(room.ask(Command::Watch(InputChoice::Test(19))));
    assert_eq!(snapshot(&room).input, InputChoice::Test(19));
    assert!(room.ask(Command::Restart { seed: 5, learning_rate: Some(0.002) }));
    let reports = reports_until(&room, finished);
    assert!(reports.iter().any(
        |report| matches!(report, Report::Started(run) if run.run.number == 1 && run.seed == 5)
    ));
}

#[test]
fn stopping_tests_once_more_and_keeps_what_was_learned() {
    let (room, _session) =
        start(few_digits(640, 20), TrainingConfig { epochs: 1000, ..TrainingConfig::default() });
    reports_until(&room, |report| matches!(report, Report::Stepped(step) if step.step.0 == 5));
    assert!(room.ask(Command::Stop));
    let reports = reports_until(&room, finished);
    assert!(matches!(reports.last(), Some(Report::Finished(end)) if end.steps.0 >= 5));
}

#[test]
fn a_loss_that_is_no_number_stops_the_run_and_a_restart_leads_on() {
    let config = TrainingConfig { learning_rate: 1e30, epochs: 50, ..TrainingConfig::default() };
    let (room, _session) = start(few_digits(320, 20), config);
    let reports = reports_until(&room, in_state("diverged"));
    assert!(steps(&reports).iter().all(|step| step.values.loss().is_finite()));
    let Some(Report::State { state: RunState::Diverged { learning_rate, proposed }, step }) =
        reports.last()
    else {
        panic!("{:?}", reports.last());
    };
    assert_eq!(*proposed, 1e-3);
    assert!((learning_rate - 1e30).abs() < 1e20 && step.0 == steps(&reports).len() as u64);
    assert!(room.ask(Command::Restart { seed: 1, learning_rate: Some(*proposed) }));
    reports_until(&room, |report| matches!(report, Report::Stepped(step) if step.step.0 == 3));
}

#[test]
fn a_frozen_viewer_stalls_nothing_and_loses_no_report() {
    // Small steps, so that a slow machine takes enough of them too.
    let config = TrainingConfig { epochs: 1000, batch: 4, ..TrainingConfig::default() };
    let (room, _session) = start(few_digits(640, 20), config);
    // Nothing is fetched until more has happened than the channel holds.
    thread::sleep(Duration::from_secs(4));
    assert!(room.ask(Command::Stop));
    let reports = reports_until(&room, finished);
    let numbers: Vec<u64> = steps(&reports).iter().map(|step| step.step.0).collect();
    assert!(numbers.iter().copied().eq(1..=numbers.len() as u64));
    assert!(numbers.len() > 1024, "only {} steps", numbers.len());
    assert!(
        matches!(reports.last(), Some(Report::Finished(end)) if end.cost.snapshots_dropped > 0)
    );
}

/// A trainable that breaks at its third step.
struct Broken(u32);

impl Trainable for Broken {
    fn outline(&self) -> Outline {
        Outline { pictures_gradients: true, ..Outline::plain(EXHIBIT_ID, EXAMPLE, 1, 9) }
    }

    fn material(&self) -> Material {
        let (width, height) = (1, 1);
        Material::plain(TestSet {
            pixels: [].into(),
            channels: 1,
            width,
            height,
            labels: [].into(),
            classes: [].into(),
            name: String::new(),
            of_text: false,
            perhaps_learned: false,
        })
    }

    fn begin(&mut self, _: u64, _: &mut dyn FnMut(Stage, Vec<Fact>)) -> Result<(), TrainError> {
        Ok(())
    }

    fn step(&mut self, _: StepOrder) -> Result<Stepped, TrainError> {
        self.0 += 1;
        assert!(self.0 != 3, "the chalk broke");
        let values = MetricValues::new(&[1.0]);
        Ok(Stepped { steps: 1, values, examples: 1, over: false })
    }

    fn answer(&mut self, _: &Payload) -> Result<Payload, TrainError> {
        panic!("the sponge is dry")
    }
}

#[test]
fn a_question_that_breaks_the_model_is_refused_and_harms_no_run() {
    let (room, trainer) = connect();
    assert!(room.ask(Command::Advance { steps: 1 }));
    let broken: TrainableMaker = Box::new(|_| Ok(Box::new(Broken(0))));
    let _session = Session::start(broken, TrainingConfig::default(), trainer).unwrap();
    reports_until(&room, in_state("paused"));
    let about = Payload::new(ClassifierVerdict { accuracy: 0.5, loss: 1.0, privacy: None });
    let asked = room.query(about).unwrap();
    let start = Instant::now();
    let reply = loop {
        match room.reply() {
            Some(reply) => break reply,
            None => assert!(start.elapsed() < PATIENCE, "no reply came"),
        }
        thread::sleep(Duration::from_millis(2));
    };
    assert_eq!(reply.id, asked);
    let refusal = reply.said.unwrap_err();
    assert!(refusal.contains("the sponge is dry"), "{refusal}");
    // It goes on as if nobody had asked.
    assert!(room.ask(Command::Advance { steps: 1 }));
    let reports = reports_until(&room, in_state("paused"));
    assert!(!reports.iter().any(in_state("failed")));
}

#[test]
fn a_panic_is_a_failed_run_and_the_thread_lives_on() {
    let (room, trainer) = connect();
    let session =
        Session::start(Box::new(|_| Ok(Box::new(Broken(0)))), TrainingConfig::default(), trainer)
            .unwrap();
    let reports = reports_until(&room, in_state("failed"));
    let Some(Report::State { state: RunState::Failed { reason }, step }) = reports.last() else {
        panic!("{:?}", reports.last());
    };
    assert!(reason.contains("the chalk broke"), "{reason}");
    assert_eq!(*step, Step(2));
    assert!(room.ask(Command::Restart { seed: 1, learning_rate: None }));
    reports_until(&room, in_state("training"));
    drop(room);
    assert!(session.end_within(Duration::from_secs(1)));
}

#[test]
fn a_lesson_that_cannot_be_prepared_is_a_failed_run() {
    let (room, trainer) = connect();
    let trainable: TrainableMaker = Box::new(|_| Err(TrainError::calculation("no chalk")));
    let session = Session::start(trainable, TrainingConfig::default(), trainer).unwrap();
    reports_until(&room, in_state("failed"));
    drop(room);
    assert!(session.end_within(Duration::from_secs(1)));
}
