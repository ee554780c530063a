//! The doctor on clocks that are told what they say, on tables, and on labels that were made wrong.

use super::{
    super::health::{
        ByLayer, Course, Examined, Outputs, Stability, Stepping,
        tests::{examples, found},
    },
    reasons::reasons,
    speed::{advised, speed},
    *,
};
use crate::inside::{Health, ReasonKind, Shortage, Steps, Suspect, Trial, Tried};

/// A bench at which an image takes a millisecond and each batch four more, on any number of threads.
struct Told {
    worked: Vec<(usize, usize)>,
}

impl Workbench for Told {
    fn work(&mut self, batch: usize, batches: usize) -> Result<Parts, TrainError> {
        self.worked.push((batch, rayon::current_num_threads()));
        let (count, each) = (batches as f64, batch as f64);
        Ok(Parts {
            data: count * 1e-3,
            forward: count * 0.4e-3 * each,
            backward: count * 0.6e-3 * each,
            optimiser: count * 3e-3,
            watching: 0.0,
        })
    }

    fn read(&mut self, index: usize) -> Result<f64, TrainError> {
        Ok(1e-3 * (index + 1) as f64)
    }

    fn watching(&self) -> f64 {
        0.5
    }

    fn elsewhere(&self) -> Elsewhere {
        Elsewhere {
            how: "By hand.".into(),
            runtime: "A pocket calculator.".into(),
            parameters: 2,
            bytes: Some(8),
            seconds_per_image: f64::NAN,
            images: 0,
        }
    }
}

/// Logit 1 is the image's number, logit 0 its opposite.
struct Sign;

impl Examined for Sign {
    fn layers(&self) -> Vec<String> {
        vec!["sign".to_owned()]
    }
    fn classes(&self) -> usize {
        2
    }
    fn multiply_adds(&self) -> u64 {
        1
    }
    fn weights(&self) -> ByLayer {
        vec![vec![1.0]]
    }
    fn slope(&self, images: &[f32], _: &[usize]) -> Result<ByLayer, TrainError> {
        Ok(vec![vec![images.iter().sum::<f32>() / images.len() as f32 * 0.01 + 0.1]])
    }
    fn curved(&self, _: &[f32], _: &[usize], way: &[Vec<f32>]) -> Result<ByLayer, TrainError> {
        Ok(way.to_vec())
    }
    fn outputs(
        &self,
        images: &[f32],
        _: &mut dyn FnMut(usize, Outputs<'_>),
    ) -> Result<Vec<f32>, TrainError> {
        Ok(images.iter().flat_map(|number| [-number, *number]).collect())
    }
}

fn stepping(examples: usize) -> Stepping {
    let steps = Steps { rule: "SGD".to_owned(), rate: 0.1, batch: 8, examples };
    Stepping { steps, update: None, stability: Stability::Plain(20.0), weighted: false }
}

#[test]
fn the_three_questions_are_answered_from_what_was_measured() {
    // Numbers of the sign that the label says, but for two.
    let mut labels: Vec<u8> = (0..200).map(|at| at % 2).collect();
    let numbers: Vec<f32> =
        labels.iter().map(|label| if *label == 1 { 3.0 } else { -3.0 }).collect();
    (labels[17], labels[120]) = (0, 1);
    let (train, course, stepping) = (examples(numbers, labels), Course::default(), stepping(200));
    let patient = Patient {
        model: &Sign,
        train: &train,
        tests: &train,
        course: &course,
        stepping: &stepping,
    };
    let mut bench = Told { worked: Vec::new() };
    let found = diagnosis(patient, &mut bench, &|| true).unwrap().unwrap();

    let indices: Vec<usize> = found.suspects.iter().map(|suspect| suspect.index).collect();
    assert_eq!((indices, found.looked_at), (vec![17, 120], 200));
    let suspect = found.suspects[0];
    assert_eq!((suspect.label, suspect.said), (0, 1));
    assert!((suspect.confidence - 1.0 / (1.0 + (-6.0_f64).exp())).abs() < 1e-6, "{suspect:?}");
    assert!((suspect.loss - (1.0 + 6.0_f64.exp()).ln()).abs() < 1e-5, "{suspect:?}");
    let labels = found.accuracy.iter().find(|reason| reason.kind == ReasonKind::Labels).unwrap();
    assert_eq!(labels.trial, Some(Trial::LeaveOut(vec![17, 120])));

    let speed = &found.speed;
    assert!((speed.parts.step() - 12e-3).abs() < 1e-9 && speed.parts.watching == 0.5);
    assert!((speed.images_per_second - 8.0 / 12e-3).abs() < 1e-6);
    let larger = speed.tried.iter().find(|one| one.batch == 32).unwrap();
    assert!((larger.images_per_second - 32.0 / 36e-3).abs() < 1e-6, "{larger:?}");
    assert_eq!((speed.short_of, &speed.trial), (Shortage::Batch, &Some(Trial::Batch(32))));
    assert!(speed.advice.contains("1.33 times as fast with batches of 32"), "{}", speed.advice);
    // Where it was said to be tried with one thread, it was.
    for one in &speed.tried {
        assert!(bench.worked.contains(&(one.batch, one.threads)), "{one:?}");
    }
    let elsewhere = &found.elsewhere;
    assert_eq!((elsewhere.bytes, elsewhere.seconds_per_image), (Some(8), 8e-3));
    assert!(found.price.forward > 0 && found.price.backward > 0);
    let told = crate::inside::diagnosis_told(&found, &["no".to_owned(), "yes".to_owned()]);
    assert!(told.contains("called no, read as yes") && told.lines().count() <= 12, "{told}");

    assert!(diagnosis(patient, &mut bench, &|| false).unwrap().is_none());
}

#[test]
fn what_is_short_is_what_helps_most() {
    let parts = Parts { data: 1e-3, forward: 2e-3, backward: 4e-3, optimiser: 1e-3, watching: 0.0 };
    // Eight images take eight milliseconds: a thousand a second.
    let tried =
        |batch, threads, images_per_second| Tried { batch, threads, batches: 9, images_per_second };
    for (others, wanted, trial) in [
        (
            vec![tried(32, 2, 1100.0), tried(8, 4, 1800.0)],
            Shortage::Threads,
            Some(Trial::Threads(4)),
        ),
        (vec![tried(32, 2, 1500.0), tried(8, 4, 1050.0)], Shortage::Batch, Some(Trial::Batch(32))),
        (vec![tried(8, 1, 1400.0)], Shortage::Batch, Some(Trial::Threads(1))),
        (vec![tried(32, 2, 1100.0), tried(8, 1, 600.0)], Shortage::Cores, None),
        (vec![], Shortage::Cores, None),
    ] {
        let (short_of, words, found) = advised(8, 2, &parts, &others);
        assert_eq!((short_of, found), (wanted, trial), "{words}");
        assert_eq!(words.to_string().matches("times as fast").count(), others.len(), "{words}");
    }
    let slow = Parts { data: 5e-3, ..parts };
    assert_eq!(advised(8, 2, &slow, &[]).0, Shortage::Data);
    let steps = stepping(16).steps;
    let stopped = speed(&mut Told { worked: Vec::new() }, &steps, &|| false).unwrap();
    assert!(stopped.is_none());
}

fn health() -> Health {
    let train = examples(vec![1.0, -1.0], vec![1, 0]);
    let mut course = Course::default();
    (1..=500).for_each(|step| course.record(step, 500.0 / (step + 499) as f32, 0.1));
    let stepping = stepping(800);
    let patient = Patient {
        model: &Sign,
        train: &train,
        tests: &train,
        course: &course,
        stepping: &stepping,
    };
    found(patient, 2)
}

fn fit(health: &mut Health, train: f64, test: f64) {
    (health.train.images, health.train.accuracy, health.train.loss) = (500, train, 1.0 - train);
    (health.test.images, health.test.accuracy, health.test.loss) = (500, test, 1.0 - test);
}

#[test]
fn reasons_are_those_of_the_error() {
    let reason = |change: fn(&mut Health)| -> Vec<(ReasonKind, Option<Trial>)> {
        let mut health = health();
        change(&mut health);
        let found = reasons(&health, &[], 100);
        assert!(
            found.iter().all(|reason| !reason.evidence.is_empty() && !reason.remedy.is_empty())
        );
        found.into_iter().map(|reason| (reason.kind, reason.trial)).collect()
    };
    assert_eq!(reason(|health| fit(health, 1.0, 0.995)), []);
    assert_eq!(
        reason(|health| fit(health, 0.99, 0.96)),
        [
            (ReasonKind::TooLittleData, Some(Trial::Augmentation)),
            (ReasonKind::TooEarly, Some(Trial::Epochs(10)))
        ]
    );
    assert_eq!(
        reason(|health| {
            fit(health, 0.8, 0.79);
            health.losses.best_step = 120;
        }),
        [(ReasonKind::TooSimple, Some(Trial::Wider(2)))]
    );
    assert_eq!(
        reason(|health| fit(health, 0.8, 0.79)),
        [(ReasonKind::TooEarly, Some(Trial::Epochs(10)))]
    );
    let suspect = Suspect { index: 7, label: 0, said: 1, confidence: 0.99, loss: 4.6 };
    let mut health = health();
    fit(&mut health, 1.0, 0.995);
    let found = reasons(&health, &[suspect], 100);
    assert_eq!((found.len(), found[0].kind, found[0].worth), (1, ReasonKind::Labels, Some(0.01)));
}
