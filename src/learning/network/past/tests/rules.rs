//! Each rule: its steps by reach against the steps themselves, and its ledger against the change of the loss.

use super::*;

/// Rules with the rate they begin with; names are those of a description.
const RULES: [(&str, f64); 8] = [
    ("optimiser = \"sgd\"", 0.2),
    ("optimiser = \"sgd\"\nmomentum = 0.9", 0.05),
    ("optimiser = \"sgd\"\nmomentum = 0.8\nnesterov = true", 0.05),
    ("optimiser = \"adam\"", 0.01),
    ("optimiser = \"adam\"\nbeta1 = 0.8", 0.01),
    ("optimiser = \"adamw\"\nweight_decay = 0", 0.01),
    ("optimiser = \"rmsprop\"", 0.003),
    ("optimiser = \"rmsprop\"\nmomentum = 0.7", 0.002),
];
/// Those with decay.
const DECAYING: [(&str, f64); 5] = [
    ("optimiser = \"sgd\"\nmomentum = 0.8\nnesterov = true\nweight_decay = 0.02", 0.05),
    ("optimiser = \"sgd\"\nweight_decay = 0.02", 0.2),
    ("optimiser = \"adam\"\nweight_decay = 0.01", 0.01),
    ("optimiser = \"adamw\"\nweight_decay = 0.05", 0.01),
    ("optimiser = \"rmsprop\"\nmomentum = 0.7\nweight_decay = 0.01", 0.002),
];
/// What the first steps of `RMSProp` leave, each ten times as long as its rate: their ways cross many kinks of the loss.
const OF_RMSPROP: f64 = 2e-3;

#[test]
fn what_each_rule_did_is_its_reach_times_what_it_remembers() {
    for (settings, first) in RULES.into_iter().chain(DECAYING) {
        let (pictures, mut model) = (pictures(Augmentation::default()), model(DROPPED, settings));
        let run = run(&mut model, &pictures, (24, first));
        let mut state = run.begin().unwrap();
        let mut momentum = vec![0.0_f64; run.size()];
        for step in 1..=24 {
            let old = state.clone();
            let before = run.parameters(&old).unwrap();
            run.take(&mut state, step).unwrap();
            let after = run.parameters(&state).unwrap();
            // What burn's gradient of the batch is there.
            let mut there = run.model.at(&old);
            there.step(run.learned_from(step).unwrap(), step - 1, 0.0).unwrap();
            let gradient = there.gradients().concat();
            let reach = run.reach(&old, &state, step).unwrap().unwrap();
            let beside = run.beside(step);
            let largest = reach.each.iter().copied().fold(0.0, f32::max);
            assert!(largest > 0.0 && beside.remembered == 0);
            for (at, kept) in momentum.iter_mut().enumerate() {
                let weight = f64::from(before[at]);
                let taken = reach.taken.get(at).map_or(1.0, |by| f64::from(*by));
                let added = reach.added * taken * (f64::from(gradient[at]) + beside.decay * weight);
                *kept = reach.kept * *kept + added;
                let way = f64::from(reach.each[at]) * (*kept + reach.ahead * added);
                let wanted = weight * (1.0 - beside.shrunk) - way;
                let apart = (f64::from(after[at]) - wanted).abs();
                assert!(
                    apart < 1e-6 * weight.abs().max(way.abs()).max(0.1),
                    "{settings}, step {step}, {at}: {} {wanted}",
                    after[at]
                );
            }
        }
    }
}

#[test]
fn credits_of_each_rule_and_what_no_image_did_add_up_to_the_change_of_the_loss() {
    for (settings, first) in RULES.into_iter().chain(DECAYING) {
        let (pictures, mut model) = (pictures(CHANGED), model(DROPPED, settings));
        let run = run(&mut model, &pictures, (60, first));
        let mut moved = 0.0_f64;
        for index in [0, 4, 8] {
            let found = taught(&run, index, None).unwrap();
            let decays = DECAYING.iter().any(|(own, _)| *own == settings);
            assert_eq!(found.apart != 0.0, decays, "{settings}");
            moved = moved.max((found.loss[0] - found.loss[1]).abs());
            let most = if settings.contains("rmsprop") { OF_RMSPROP } else { 5e-4 };
            assert!(found.residual.abs() <= most, "{settings}: {}", found.residual);
            let said = found.remarks.iter().any(|one| one.starts_with("weight decay"));
            assert_eq!(said, decays, "{:?}", found.remarks);
            let sums = [
                found.images.iter().map(|credit| f64::from(*credit)).sum::<f64>(),
                found.stretches.iter().map(|one| one.sides.net()).sum(),
                found.layers.iter().map(|one| one.sides.net()).sum(),
                found.classes.iter().map(|sides| sides.net()).sum(),
            ];
            for sum in sums {
                assert!((sum - found.credit).abs() < 1e-5, "{settings}: {sums:?} {}", found.credit);
            }
            let maps: f64 = found.maps.iter().map(|sides| sides.net()).sum();
            assert!((maps - found.layers[0].sides.net()).abs() < 1e-9, "{:?}", found.layers);
            // Without momentum all of it comes at once.
            let is_plain = !settings.contains("momentum") && !settings.contains("adam");
            assert_eq!(found.at_once == 1.0, is_plain, "{settings}: {}", found.at_once);
        }
        assert!(moved > 0.05, "{settings}: {moved}");
    }
}

#[test]
fn what_normalisations_remember_is_booked_apart_and_the_rest_adds_up() {
    for settings in ["optimiser = \"adam\"", "optimiser = \"sgd\"\nmomentum = 0.9"] {
        let (pictures, mut model) = (pictures(CHANGED), model(NORMALISED, settings));
        let run = run(&mut model, &pictures, (60, 0.01));
        assert_eq!(run.passes(8).unwrap(), 64);
        // The bias of the first convolution is taken away by the normalisation behind it; the second has none.
        assert!(run.silent.len() == 1 && run.silent[0] == (27..30), "{:?}", run.silent);
        for index in [0, 4] {
            let found = taught(&run, index, None).unwrap();
            assert!(found.residual.abs() <= 5e-4, "{settings}: {}", found.residual);
            assert!(found.apart.abs() > 1e-3, "{settings}: {}", found.apart);
            let said = |words: &str| found.remarks.iter().any(|one| one.contains(words));
            assert!(said("what normalisations remember"), "{:?}", found.remarks);
            assert!(said("changed anew in each epoch") && said("maps are those of “second”"));
            assert!(said("hangs on all of its batch"), "{:?}", found.remarks);
        }
        let whole = taught(&run, 2, None).unwrap();
        let of_map = taught(&run, 2, Some(1)).unwrap();
        let sum: f64 = of_map.stretches.iter().map(|one| one.sides.net()).sum();
        assert!((sum - whole.maps[1].net()).abs() < 1e-9 && of_map.credit == whole.credit);
        // On another number of threads the same.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let alone = pool.install(|| taught(&run, 2, None)).unwrap();
        assert_eq!((alone.images, alone.residual), (whole.images, whole.residual));
    }
}

#[test]
fn what_takes_too_much_is_refused_before_it_is_begun() {
    let pictures = pictures(Augmentation::default());
    let mut plan = (**model(NORMALISED, "optimiser = \"adam\"").plan()).clone();
    // Of a network in which an image takes so much: 64 passes for products, 16 again and 5 along the way.
    plan.multiply_adds = 2_000_000_000;
    let mut dear = of_plan(plan);
    let run = run(&mut dear, &pictures, (60, 0.01));
    let refused = taught(&run, 1, None).unwrap_err().to_string();
    let wanted = "to book 60 steps of this network takes 26,760 billion multiply-adds, more than the 10,000 billion that there \
                  may be: ask within its first 22 steps";
    assert!(refused.ends_with(wanted), "{refused}");
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "a measurement says what it measured")]
fn what_the_ledgers_of_all_rules_leave() {
    for layers in [PERCEPTRON, DROPPED, NORMALISED] {
        for (settings, first) in RULES.into_iter().chain(DECAYING) {
            let (pictures, mut model) = (pictures(CHANGED), model(layers, settings));
            let run = run(&mut model, &pictures, (60, first));
            let found = [0, 4, 8].map(|index| taught(&run, index, None).unwrap());
            let left = found.iter().fold(0.0_f64, |most, one| most.max(one.residual.abs()));
            let apart = found.iter().fold(0.0_f64, |most, one| most.max(one.apart.abs()));
            let moved =
                found.iter().fold(0.0_f64, |most, one| most.max((one.loss[1] - one.loss[0]).abs()));
            let settings = settings.replace('\n', ", ");
            eprintln!("{settings}: leaves {left:.1e} of {moved:.3}, apart {apart:.4}");
            assert!(left <= OF_RMSPROP, "{settings}: {left}");
        }
        eprintln!();
    }
}
