//! Each alarm on a table that differs from a healthy one in its own numbers alone.

use super::{
    super::alarms::alarms,
    toy::{Toy, patient, spread},
    *,
};
use crate::inside::{Activity, AlarmKind, Trial};

/// A run in the middle of its way: all as it should be.
fn healthy() -> Health {
    let (toy, of) = (Toy::default(), spread(32, 4, 0.1, 1.0));
    let course = Course::default();
    let mut health = found(patient(&toy, &of, &course).borrowed(), 32);
    health.steps = Steps { rule: "SGD".to_owned(), rate: 0.1, batch: 32, examples: 8000 };
    let losses = &mut health.losses;
    (losses.step, losses.seen, losses.first, losses.recent) = (400, 400, 2.3, 0.4);
    (losses.best, losses.best_step, losses.worst, losses.worst_step) = (0.35, 380, 2.5, 3);
    losses.chance = 2.3;
    (health.train.images, health.train.loss, health.train.accuracy) = (500, 0.35, 0.9);
    (health.test.images, health.test.loss, health.test.accuracy) = (500, 0.45, 0.88);
    (health.balance.most, health.balance.least) = ([1, 900], [5, 700]);
    for layer in &mut health.layers {
        (layer.weight_norm, layer.gradient_norm) = (4.0, 0.1);
        (layer.parameters, layer.update_ratio) = (100, Some(1e-3));
        layer.activity = Some(Activity {
            activation: "ReLU".to_owned(),
            ends: Ends::Zero,
            units: 16,
            dead: Some(0.1),
            dormant: 0.2,
            saturated: None,
            mean: 0.5,
            largest: 3.0,
        });
    }
    health
}

fn raised(change: impl FnOnce(&mut Health)) -> Vec<crate::inside::Alarm> {
    let mut health = healthy();
    change(&mut health);
    alarms(&health, 10)
}

fn is_flat(health: &mut Health) {
    (health.losses.recent, health.losses.best) = (2.29, 2.28);
    (health.train.loss, health.train.accuracy) = (2.29, 0.12);
    (health.test.loss, health.test.accuracy) = (2.3, 0.11);
}

#[test]
fn a_healthy_run_raises_none() {
    assert_eq!(raised(|_| {}), []);
}

#[test]
fn each_fault_raises_its_own_alarm_and_no_other() {
    type Fault = fn(&mut Health);
    let faults: [(AlarmKind, Fault); 14] = [
        (AlarmKind::NotLearning, is_flat),
        (AlarmKind::NotLearning, |health| {
            is_flat(health);
            health.noise = Some(crate::inside::Noise {
                batches: [32, 512],
                variance: 1.0,
                signal: -0.1,
                scale: None,
            });
        }),
        (AlarmKind::Diverging, |health| health.losses.recent = 2.0),
        (AlarmKind::Diverging, |health| {
            (health.losses.recent, health.losses.best) = (5.0, 4.9);
        }),
        (AlarmKind::Diverging, |health| health.losses.no_number = Some(12)),
        (AlarmKind::RateTooHigh, |health| health.layers[1].update_ratio = Some(1.5)),
        (AlarmKind::RateTooHigh, |health| {
            is_flat(health);
            (health.losses.worst, health.losses.recent) = (80.0, 40.0);
            health.layers[0].update_ratio = Some(0.02);
        }),
        (AlarmKind::RateTooLow, |health| {
            is_flat(health);
            health.layers.iter_mut().for_each(|layer| layer.update_ratio = Some(1e-7));
        }),
        (AlarmKind::DeadLayer, |health| {
            is_flat(health);
            health.layers[0].activity.as_mut().unwrap().dead = Some(1.0);
            health.layers[0].gradient_norm = 0.0;
        }),
        (AlarmKind::VanishingGradient, |health| {
            is_flat(health);
            health.layers[0].gradient_norm = 1e-9;
        }),
        (AlarmKind::ExplodingGradient, |health| health.layers[0].gradient_norm = 500.0),
        (AlarmKind::Saturated, |health| {
            is_flat(health);
            let activity = health.layers[1].activity.as_mut().unwrap();
            (activity.ends, activity.saturated) = (Ends::MinusOneAndOne, Some(0.95));
            health.layers[0].gradient_norm = 1e-9;
        }),
        (AlarmKind::LearnedByHeart, |health| {
            (health.train.loss, health.train.accuracy) = (0.01, 1.0);
            (health.test.loss, health.test.accuracy) = (1.2, 0.7);
        }),
        (AlarmKind::Imbalance, |health| health.balance.least = [5, 9]),
    ];
    for (kind, fault) in faults {
        let alarms = raised(fault);
        assert_eq!(alarms.iter().map(|alarm| alarm.kind).collect::<Vec<_>>(), [kind]);
        let alarm = &alarms[0];
        assert!(alarm.step == 400 && !alarm.cause.is_empty() && !alarm.remedy.is_empty());
        let said = alarm.to_string();
        assert!(said.starts_with(kind.name()) && said.contains("at step 400 "), "{said}");
    }
    let noisy = raised(|health| {
        is_flat(health);
        health.noise = Some(crate::inside::Noise {
            batches: [32, 512],
            variance: 1.0,
            signal: 1e-4,
            scale: Some(1e4),
        });
    });
    assert_eq!(noisy.len(), 1);
    assert_eq!((noisy[0].kind, noisy[0].measured), (AlarmKind::BatchNoise, 1e4));
    assert_eq!((&noisy[0].trial, &*noisy[0].explains), (&Some(Trial::Batch(256)), &[][..]));
}

#[test]
fn what_is_natural_raises_none() {
    // A run that is nearly perfect is sure, has tiny gradients, and batches that are noise.
    assert_eq!(
        raised(|health| {
            (health.losses.recent, health.losses.best) = (1e-3, 9e-4);
            (health.train.loss, health.train.accuracy) = (1e-3, 1.0);
            (health.test.loss, health.test.accuracy) = (0.1, 0.96);
            health.layers.iter_mut().for_each(|layer| layer.update_ratio = Some(1e-6));
            health.layers[0].gradient_norm = 1e-12;
            let activity = health.layers[1].activity.as_mut().unwrap();
            (activity.ends, activity.saturated) = (Ends::Shares, Some(0.97));
            health.noise = Some(crate::inside::Noise {
                batches: [32, 512],
                variance: 1.0,
                signal: 1e-7,
                scale: Some(1e7),
            });
        }),
        []
    );
    // Rare classes that are weighted, and a first step of Adam.
    assert_eq!(
        raised(|health| {
            (health.balance.least, health.balance.weighted) = ([5, 2], true);
            (health.losses.seen, health.losses.recent) = (1, 2.3);
            health.layers[0].update_ratio = Some(0.06);
        }),
        []
    );
}

#[test]
fn a_cause_names_what_it_explains() {
    let alarms = raised(|health| {
        is_flat(health);
        health.losses.recent = 40.0;
        health.losses.worst = 80.0;
        health.layers[0].update_ratio = Some(0.02);
        health.layers[1].activity.as_mut().unwrap().dead = Some(1.0);
        health.layers[1].gradient_norm = 0.0;
    });
    assert_eq!(alarms.len(), 1);
    let alarm = &alarms[0];
    assert_eq!(alarm.kind, AlarmKind::RateTooHigh);
    for kind in [AlarmKind::DeadLayer, AlarmKind::Diverging, AlarmKind::VanishingGradient] {
        assert!(alarm.explains.contains(&kind), "{alarm:?}");
    }
    // A hundredth of the rate, as the loss has burst.
    assert_eq!(alarm.trial, Some(Trial::LearningRate(1e-3)));
    assert!(alarm.to_string().ends_with("."), "{alarm}");
}
