//! What is foretold of the digits without some images, against the run really taken again.

use super::*;
use crate::learning::inside::{Foretold, foretell, permuted};

/// How the loss of each test image changes where the run is really taken again without these training images.
fn really(run: &DigitsRun, before: &[f32], left_out: &[u32]) -> Vec<f64> {
    let changed = run.without(left_out);
    let mut state = changed.begin().unwrap();
    (1..=changed.steps()).for_each(|step| changed.take(&mut state, step).unwrap());
    let losses = changed.tested(&state).unwrap().losses;
    losses.iter().zip(before).map(|(after, before)| f64::from(after - before)).collect()
}

/// A hundredth of the training images, drawn anew for each number.
fn drawn(number: u64) -> Vec<u32> {
    let all: Vec<u32> = (0..8000).collect();
    permuted(&all, number, 7).into_iter().take(80).collect()
}

/// Training images of a class, in their order.
fn of_class(run: &DigitsRun, class: u8) -> Vec<u32> {
    (0..8000).filter(|index| run.labels()[*index as usize] == class).collect()
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let ranks = |of: &dyn Fn(&(f64, f64)) -> f64| -> Vec<f64> {
        let all: Vec<f64> = pairs.iter().map(of).collect();
        all.iter().map(|one| all.iter().filter(|other| *other < one).count() as f64).collect()
    };
    let [a, b] = [ranks(&|pair| pair.0), ranks(&|pair| pair.1)];
    let middle = (pairs.len() as f64 - 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle)).sum()
    };
    product(&a, &b) / (product(&a, &a) * product(&b, &b)).sqrt()
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "a measurement says what it measured")]
fn how_well_removals_are_foretold_after_250_500_and_2500_steps() {
    let images = [0, 7, 8, 115, 131, 247, 320, 1000, 1999];
    let wanted = std::env::var("STEPS").unwrap_or_else(|_| "250 500".to_owned());
    for count in wanted.split(' ').map(|count| count.parse::<u64>().unwrap()) {
        let mut trainable = trainable();
        steps(&mut trainable, 1..=count);
        let run = trainable.run().unwrap();
        let tested = trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap();
        let mut doubtful: Vec<usize> = (0..2000).collect();
        doubtful.sort_by(|a, b| tested.losses[*b].total_cmp(&tested.losses[*a]));
        let mut images = images.to_vec();
        images.extend(doubtful.iter().skip(60).step_by(40).take(5));
        let mut groups: Vec<(String, Vec<u32>)> =
            (0..20).map(|number| (format!("drawn {number}"), drawn(number))).collect();
        for class in [9, 4, 1] {
            let all = of_class(&run, class);
            groups.push((format!("forty of {class}"), all.iter().copied().take(40).collect()));
            groups.push((format!("half of {class}"), all.iter().copied().step_by(2).collect()));
        }
        let begun = std::time::Instant::now();
        let real: Vec<Vec<f64>> =
            groups.iter().map(|(_, group)| really(&run, &tested.losses, group)).collect();
        eprintln!("{count} steps: {} runs {:.1} s", groups.len(), begun.elapsed().as_secs_f64());
        for index in images {
            let begun = std::time::Instant::now();
            let input = run.test.image(index).unwrap().to_vec();
            let class = usize::from(run.test.labels[index]);
            let (found, _) = foretell(&run, &Subject { input, class }, &|| true).unwrap().unwrap();
            let Foretold::Known(found) = found else { panic!("{found:?}") };
            let seconds = begun.elapsed().as_secs_f64();
            let pairs: Vec<(f64, f64)> = groups
                .iter()
                .zip(&real)
                .map(|((_, group), real)| (found.without(group), real[index]))
                .collect();
            let [xx, xy, yy] = pairs[..20].iter().fold([0.0; 3], |[xx, xy, yy], (x, y)| {
                [xx + x * x, xy + x * y, yy + y * y]
            });
            eprintln!(
                "  image {index}, a {class}, loss {:.4}: rank {:.3}, rms foretold {:.5} real {:.5}, slope {:.2}, cosine {:.2}, {seconds:.1} s",
                tested.losses[index],
                correlation(&pairs[..20]),
                (xx / 20.0).sqrt(),
                (yy / 20.0).sqrt(),
                xy / xx,
                xy / (xx * yy).sqrt(),
            );
            for ((name, _), (foretold, real)) in groups.iter().zip(&pairs).skip(20) {
                eprint!("    {name}: {foretold:.4} really {real:.4};");
            }
            eprintln!();
        }
    }
}
