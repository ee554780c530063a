//! Neighbours beside each other: t-SNE in three dimensions from the layout before, or from the first three components, and
//! once more from another beginning, which says how much of what moves is chance.

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::learning::{
    TrainError,
    inside::hidden::awaited,
    layout::{
        LEAST_ITEMS, Nearest, Point, Schedule, Start, lay_out, nearest, neighbours_needed, spread,
    },
    normal_pair,
};

/// Components among which neighbours are looked for: of the digits' pooled maps they keep 82 % of the nearest fifteen
/// (shared/design/INSIDE.md §4).
pub(super) const FILTER: usize = 50;
/// Epochs of an answer: 1.4 s for 10,000 images; a question that is asked again goes on from there.
const EPOCHS: u32 = 120;
/// Epochs of a layout that begins before its momentum grows.
const CAREFUL: u32 = 40;
/// How far another beginning is from the first, as a share of its spread.
const ELSEWHERE: f64 = 0.1;
/// The stream that other beginnings are drawn from.
const ELSEWHERE_STREAM: u64 = 1 << 46;
/// Images of a neighbour layout at most, since all are compared with all.
pub(super) const MOST_IMAGES: usize = 10_000;

/// Where images end up.
pub(super) struct Laid {
    pub(super) places: Vec<Point>,
    /// From another beginning, if it was asked for.
    pub(super) elsewhere: Option<Vec<Point>>,
}

/// Lays images out by what they are along components.
///
/// # Errors
/// If they are too few, or nobody waits.
pub(super) fn neighbours(
    along: &[f32],
    width: usize,
    (last, attraction, seed): (Option<&[Point]>, f32, u64),
    with_noise: bool,
    go_on: &dyn Fn() -> bool,
) -> Result<Laid, TrainError> {
    let images = along.len() / width.max(1);
    if images < LEAST_ITEMS {
        return Err(TrainError::Calculation(phrase!(
            "studies-images-are-too-few-to",
            images,
            least_items = LEAST_ITEMS
        )));
    }
    let gone = || awaited(&|| false).err().unwrap_or(TrainError::CannotChange);
    let needed = neighbours_needed(images);
    let nearest = nearest(along, width, needed, go_on).ok_or_else(gone)?;
    if nearest.iter().any(|near| near.len() < needed) {
        return Err(TrainError::calculation(phrase!("studies-the-images-are-too-far")));
    }
    let map = first_three(along, width);
    let first = match last {
        Some(last) => last.to_vec(),
        None => Start::Map(map.clone()).places(),
    };
    let mut firsts = vec![(first, schedule(attraction, last.is_none()))];
    if with_noise {
        let start = Start::Map(elsewhere(&map, seed)).places();
        firsts.push((start, schedule(attraction, true)));
    }
    let mut laid = settled(&nearest, firsts, go_on)?.into_iter();
    Ok(Laid { places: laid.next().unwrap_or_default(), elsewhere: laid.next() })
}

const fn schedule(attraction: f32, begins: bool) -> Schedule {
    Schedule {
        epochs: EPOCHS,
        exaggeration: attraction,
        // Never over.
        exaggerated: EPOCHS + 1,
        careful: if begins { CAREFUL } else { 0 },
    }
}

/// The first three components of each image; zero where there are fewer.
pub(super) fn first_three(along: &[f32], width: usize) -> Vec<Point> {
    let point = |row: &[f32]| [0, 1, 2].map(|axis| row.get(axis).copied().unwrap_or_default());
    along.chunks_exact(width.max(1)).map(point).collect()
}

/// A map with every point a little elsewhere.
fn elsewhere(map: &[Point], seed: u64) -> Vec<Point> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(ELSEWHERE_STREAM);
    let by = ELSEWHERE * f64::from(spread(map));
    let moved = |place: &Point| {
        let ((x, y), (z, _)) = (normal_pair(&mut generator), normal_pair(&mut generator));
        let [a, b, c] = *place;
        [a + (by * x) as f32, b + (by * y) as f32, c + (by * z) as f32]
    };
    map.iter().map(moved).collect()
}

/// Layouts beside each other, each on one thread, so that its sums come out the same.
fn settled(
    nearest: &Nearest,
    firsts: Vec<(Vec<Point>, Schedule)>,
    go_on: &dyn Fn() -> bool,
) -> Result<Vec<Vec<Point>>, TrainError> {
    /// Time between two looks at whether somebody waits.
    const PAUSE: Duration = Duration::from_millis(5);
    let (stop, broken) = (AtomicBool::new(false), phrase!("studies-the-layout-broke-off"));
    thread::scope(|scope| {
        let mut work = Vec::new();
        for (first, schedule) in firsts {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
            let pool = pool.map_err(|error| TrainError::Thread(error.to_string()))?;
            let stop = &stop;
            let go = move |_: u32, _: &[Point]| match stop.load(Ordering::Relaxed) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            };
            let run = move || pool.install(|| lay_out(nearest, &first, schedule, &mut { go }));
            let named = thread::Builder::new().name("points".to_owned());
            let thread = named.spawn_scoped(scope, run);
            work.push(thread.map_err(|error| TrainError::Thread(error.to_string()))?);
        }
        while work.iter().any(|thread| !thread.is_finished()) {
            if !go_on() {
                stop.store(true, Ordering::Relaxed);
            }
            thread::sleep(PAUSE);
        }
        let stopped = stop.load(Ordering::Relaxed);
        let laid = work.into_iter().map(|thread| {
            let found = thread.join().map_err(|_| TrainError::calculation(&broken))?;
            awaited(&|| !stopped)?;
            found.ok_or_else(|| TrainError::calculation(&broken))
        });
        laid.collect()
    })
}
