//! What is foretold of the digits without some images, against the run really taken again.

use rayon::ThreadPool;

use super::*;
use crate::learning::inside::{Derivatives, Foretold, correlation, forecast, permuted};

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

/// What going back through the run finds of a test image.
fn derivatives(run: &DigitsRun, index: usize) -> Arc<Derivatives> {
    let input = run.test.image(index).unwrap().to_vec();
    let class = usize::from(run.test.labels[index]);
    let (found, _) = forecast(run, &Subject { input, class }, &|| true).unwrap().unwrap();
    let Foretold::Known(found) = found else { panic!("{found:?}") };
    found
}

/// How alike the order is in which changes were foretold and came.
fn ranked(pairs: &[(f64, f64)]) -> f32 {
    let [foretold, really] = [|pair: &(f64, f64)| pair.0 as f32, |pair: &(f64, f64)| pair.1 as f32]
        .map(|of| pairs.iter().map(of).collect::<Vec<f32>>());
    correlation(&foretold, &really)
}

/// By what forecasts must be multiplied to come nearest to what came.
fn scale(pairs: &[(f64, f64)]) -> f64 {
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    sum(&|(foretold, really)| foretold * really) / sum(&|(foretold, _)| foretold * foretold)
}

/// Threads of its own, which wait for no other test's.
fn threads(count: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(count).build().unwrap()
}

#[test]
fn twenty_random_removals_are_foretold_in_the_order_and_of_the_size_that_they_have() {
    threads(1).install(removals_are_foretold);
}

fn removals_are_foretold() {
    let mut trainable = trainable();
    steps(&mut trainable, 1..=150);
    let run = trainable.run().unwrap();
    let tested = trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap();
    let removals: Vec<Vec<u32>> = (0..20).map(drawn).collect();
    let real: Vec<Vec<f64>> =
        removals.iter().map(|left_out| really(&run, &tested.losses, left_out)).collect();
    // One that is read rightly and surely, one less so, and one that is read wrongly.
    for index in [0, 115, 8] {
        let found = derivatives(&run, index);
        let pairs: Vec<(f64, f64)> = removals
            .iter()
            .zip(&real)
            .map(|(left_out, real)| (found.without(left_out), real[index]))
            .collect();
        let (alike, scale) = (ranked(&pairs), scale(&pairs));
        assert!(alike >= 0.8, "{index}: {alike} of {pairs:?}");
        assert!((0.6..1.6).contains(&scale), "{index}: {scale} of {pairs:?}");
        // Images that no step has seen do nothing, and neither do those of the first twenty.
        let seen: Vec<u32> = (21..=150).flat_map(|step| run.seen(step)).copied().collect();
        let of = |image: usize| found.of_images[image];
        assert!((0..8000).all(|image| (of(image) != 0.0) == seen.contains(&(image as u32))));
    }
}

#[test]
fn an_answer_tells_what_was_foretold_with_its_own_check_by_the_same_bits() {
    let (pool, mut trainable) = (threads(2), trainable());
    pool.install(|| steps(&mut trainable, 1..=60));
    let run = trainable.run().unwrap();
    let left_out = of_class(&run, 9)[..40].to_vec();
    let found = pool.install(|| without(&run, 8, left_out.clone()));
    let told = found.forecast.expect("it holds for a short run");
    assert_eq!((told.first_step, told.checked.runs), (21, 20));
    assert!(told.checked.rank_correlation >= 0.8, "{told:?}");
    let again = pool.install(|| derivatives(&run, 8));
    assert_eq!(told.change, again.without(&left_out));
    let run = trainable.run().unwrap();
    let alone =
        threads(1).install(|| without(&DigitsRun { books: Books::default(), ..run }, 8, left_out));
    assert_eq!(alone.forecast, found.forecast);
    assert_eq!((alone.before, alone.after), (found.before, found.after));
}

/// Takes steps at one rate.
fn steps_at(trainable: &mut DigitsTrainable, count: u64, learning_rate: f64) {
    for step in 0..count {
        let at = StepPlace { epoch: (step / 250) as u32, batch: step % 250 };
        trainable.step(StepOrder { at, steps: 1, learning_rate, keep: false }).unwrap();
    }
}

#[test]
#[ignore = "a measurement: STEPS and RATE say of which runs"]
#[expect(clippy::print_stderr, reason = "a measurement says what it measured")]
fn how_well_removals_are_foretold() {
    let told = |name: &str, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    let rate = told("RATE", "0.001").parse::<f64>().unwrap();
    let pool = threads(2);
    for count in told("STEPS", "250 500").split(' ').map(|count| count.parse::<u64>().unwrap()) {
        let mut trainable = trainable();
        pool.install(|| steps_at(&mut trainable, count, rate));
        let run = trainable.run().unwrap();
        let tested = trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap();
        // Some images by their number, and some of those with the highest losses.
        let mut images = vec![0, 7, 8, 115, 131, 247, 320, 1000, 1999];
        let mut doubtful: Vec<usize> = (0..2000).collect();
        doubtful.sort_by(|a, b| tested.losses[*b].total_cmp(&tested.losses[*a]));
        images.extend(doubtful.iter().skip(60).step_by(40).take(5));
        let mut groups: Vec<(String, Vec<u32>)> =
            (0..20).map(|number| (format!("drawn {number}"), drawn(number))).collect();
        for class in [9, 4, 1] {
            let all = of_class(&run, class);
            groups.push((format!("forty of {class}"), all.iter().copied().take(40).collect()));
            groups.push((format!("half of {class}"), all.iter().copied().step_by(2).collect()));
        }
        let begun = std::time::Instant::now();
        let real: Vec<Vec<f64>> = pool.install(|| {
            groups.iter().map(|(_, group)| really(&run, &tested.losses, group)).collect()
        });
        eprintln!(
            "{count} steps at {rate}: accuracy {:?}, {} runs {:.1} s",
            tested.values.get(1),
            groups.len(),
            begun.elapsed().as_secs_f64()
        );
        for (place, index) in images.into_iter().enumerate() {
            let begun = std::time::Instant::now();
            let found = pool.install(|| derivatives(&run, index));
            let seconds = begun.elapsed().as_secs_f64();
            let pairs: Vec<(f64, f64)> = groups
                .iter()
                .zip(&real)
                .map(|((_, group), real)| (found.without(group), real[index]))
                .collect();
            let (drawn, others) = pairs.split_at(20);
            eprintln!(
                "  image {index}, loss {:.4}: rank {:.3}, scale {:.2}, {seconds:.1} s",
                tested.losses[index],
                ranked(drawn),
                scale(drawn)
            );
            for ((name, _), (foretold, real)) in groups.iter().skip(20).zip(others) {
                eprintln!("    {name}: foretold {foretold:.4}, really {real:.4}");
            }
            if place < 3 {
                let credits = pool.install(|| taught(&run, index, None)).images;
                let booked = |group: &[u32]| -> f64 {
                    group.iter().map(|image| -f64::from(credits[*image as usize])).sum()
                };
                let groups = groups.iter().take(20).zip(&real);
                let credits: Vec<(f64, f64)> =
                    groups.map(|((_, group), real)| (booked(group), real[index])).collect();
                eprintln!("    booked: rank {:.3}, scale {:.4}", ranked(&credits), scale(&credits));
            }
        }
    }
}
