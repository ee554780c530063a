//! Why it is slow: a few batches of the run's own work with a clock around each part, then the same with another batch and
//! other threads.

use std::{num::NonZero, thread::available_parallelism};

use rayon::ThreadPoolBuilder;

use super::{Workbench, median};
use crate::{
    inside::{Parts, Shortage, Speed, Steps, Trial, Tried},
    learning::TrainError,
    words::Phrase,
};

/// Batches whose time is taken; the median of each part is told.
const BATCHES: usize = 9;
/// Batches that are not counted before, so that memory is warm.
const WARM: usize = 2;
/// How many times as large a batch is tried.
const LARGER: usize = 4;
/// A gain that is worth a sentence: clocks differ by some percent from one time to the next.
const WORTH: f64 = 1.15;
/// A part of the time that finding images may take.
const MUCH_DATA: f64 = 0.4;

/// Seconds of a batch part by part, each the median.
fn measured(bench: &mut dyn Workbench, batch: usize, batches: usize) -> Result<Parts, TrainError> {
    bench.work(batch, WARM)?;
    let mut all = Vec::with_capacity(batches);
    for _ in 0..batches {
        all.push(bench.work(batch, 1)?);
    }
    let of = |part: fn(&Parts) -> f64| median(all.iter().map(part).collect());
    Ok(Parts {
        data: of(|parts| parts.data),
        forward: of(|parts| parts.forward),
        backward: of(|parts| parts.backward),
        optimiser: of(|parts| parts.optimiser),
        watching: bench.watching(),
    })
}

fn per_second(batch: usize, parts: &Parts) -> f64 {
    batch as f64 / parts.step().max(f64::MIN_POSITIVE)
}

/// Where the time goes, and images that were worked on.
pub(super) fn speed(
    bench: &mut dyn Workbench,
    steps: &Steps,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<(Speed, usize)>, TrainError> {
    let threads = rayon::current_num_threads();
    let cores = available_parallelism().map_or(1, NonZero::get);
    let batch = steps.batch.max(1);
    let parts = measured(bench, batch, BATCHES)?;
    let mut tried = Vec::new();
    let larger = (batch * LARGER).min(steps.examples);
    let others = [(larger, threads), (batch, cores), (batch, 1)];
    for (other, with) in others {
        if (other, with) == (batch, threads)
            || tried.iter().any(|one: &Tried| (one.batch, one.threads) == (other, with))
        {
            continue;
        }
        if !go_on() {
            return Ok(None);
        }
        let found = match with == threads {
            true => measured(bench, other, BATCHES)?,
            false => {
                let pool = ThreadPoolBuilder::new().num_threads(with).build();
                // Where the machine gives no more threads there is nothing to measure.
                let Ok(pool) = pool else { continue };
                pool.install(|| measured(bench, other, BATCHES))?
            }
        };
        tried.push(Tried {
            batch: other,
            threads: with,
            batches: BATCHES,
            images_per_second: per_second(other, &found),
        });
    }
    let worked = (WARM + BATCHES) * (batch + tried.iter().map(|one| one.batch).sum::<usize>());
    let (short_of, advice, trial) = advised(batch, threads, &parts, &tried);
    let speed = Speed {
        batches: BATCHES,
        batch,
        parts,
        images_per_second: per_second(batch, &parts),
        threads,
        cores,
        tried,
        short_of,
        advice,
        trial,
    };
    Ok(Some((speed, worked)))
}

/// What is short by what was measured, the largest gain first.
pub(super) fn advised(
    batch: usize,
    threads: usize,
    parts: &Parts,
    tried: &[Tried],
) -> (Shortage, Phrase, Option<Trial>) {
    let now = per_second(batch, parts);
    let gain = |one: &Tried| one.images_per_second / now;
    let best = tried.iter().max_by(|one, other| gain(one).total_cmp(&gain(other)));
    let all = tried.iter().map(|one| {
        phrase!(
            "studies-times-as-fast-with-batches",
            one = format_args!("{:.2}", gain(one)),
            batch = one.batch,
            threads = Phrase::counted(one.threads, "thread")
        )
    });
    let all = Phrase::listed(all);
    let measured =
        if all.is_empty() { Phrase::default() } else { phrase!("studies-measured", all) };
    match best.filter(|one| gain(one) >= WORTH) {
        Some(one) if one.threads > threads => (
            Shortage::Threads,
            phrase!("studies-cores-stand-idle-say-threads", threads = one.threads, measured),
            Some(Trial::Threads(one.threads)),
        ),
        Some(one) if one.threads < threads => (
            Shortage::Batch,
            phrase!("studies-its-steps-are-too-small", threads = one.threads, measured),
            Some(Trial::Threads(one.threads)),
        ),
        Some(one) => (
            Shortage::Batch,
            phrase!("studies-larger-batches-go-quicker-though", batch = one.batch, measured),
            Some(Trial::Batch(one.batch)),
        ),
        None if parts.data > MUCH_DATA * parts.step() => {
            (Shortage::Data, phrase!("studies-finding-images-takes-most-of", measured), None)
        }
        None => (Shortage::Cores, phrase!("studies-it-calculates-as-fast-as", measured), None),
    }
}
