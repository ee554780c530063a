//! The layout by neighbours beside the training: one thread lays items out, from the factors as they were when it was
//! asked for, while ratings go on being learned.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::{
    exhibits::recommender::{
        model::{
            kin::KNOWN,
            nearest::{directions, nearest},
            svd::FactorTable,
        },
        payload::{Laid, Layout, LayoutProgress},
    },
    learning::layout::{LEAST_ITEMS, Point, Start, kept, lay_out, spread, turn_onto},
    words::Phrase,
};

/// Items that are laid out at most: comparing all with all takes time with the square of their number.
const MOST_ITEMS: usize = 20_000;

/// What a layout begins from.
pub(super) struct Known<'a> {
    /// The items' factors.
    pub(super) items: &'a FactorTable,
    /// The number of ratings of each.
    pub(super) counts: &'a [u32],
    /// Where each lies on the map of the components, three numbers each.
    pub(super) map: &'a [f32],
    /// Optimiser steps of the run so far.
    pub(super) step: u64,
}

/// A layout to be shown.
pub(super) struct ShownLayout {
    /// Where each item lies, three numbers each, not finite for those that take no part; none before they move.
    pub(super) places: Option<Arc<[f32]>>,
    /// How far it has come.
    pub(super) laid: Laid,
}

/// The layouts of a run, one at a time.
#[derive(Default)]
pub(super) struct Layouts {
    /// The number of the layout that was begun last.
    begun: Option<u32>,
    work: Option<Work>,
    /// Where the last one left its items, in the units of t-SNE, to begin the next one from.
    earlier: Option<(Arc<[u32]>, Vec<Point>)>,
    /// Whether something was told that has not been shown.
    news: bool,
}

impl Layouts {
    /// Forgets all of a run that is over; what was asked for in it is not begun again.
    pub(super) fn forget(&mut self) {
        (self.work, self.earlier, self.news) = (None, None, false);
    }

    /// Whether pictures are worth taking though nothing is learned.
    pub(super) fn is_busy(&self) -> bool {
        self.news
    }

    /// Begins what is asked for, breaks off what is not, and says what there is to be shown in its place.
    pub(super) fn show(&mut self, wanted: Layout, known: &Known<'_>) -> Option<ShownLayout> {
        let Layout::Neighbours(number) = wanted else {
            self.leave();
            return None;
        };
        if self.begun != Some(number) {
            self.leave();
            self.work = Some(Work::begin(known, self.earlier.as_ref()));
            self.begun = Some(number);
        }
        let shown = self.work.as_ref()?.shown();
        let over =
            matches!(shown.laid.progress, LayoutProgress::Done { .. } | LayoutProgress::Refused(_));
        self.news = !over;
        Some(shown)
    }

    /// Ends what is not finished; it can be begun again by the same number, from where it was.
    fn leave(&mut self) {
        self.news = false;
        let Some(work) = &self.work else {
            return;
        };
        let state = work.desk.state();
        if let Some(places) = &state.ended_at {
            self.earlier = Some((work.items.clone(), places.clone()));
        }
        let done = matches!(state.progress, LayoutProgress::Done { .. });
        drop(state);
        if !done {
            (self.work, self.begun) = (None, None);
        }
    }
}

/// One layout, and the thread that makes it; it ends when this is dropped.
struct Work {
    /// Which items take part.
    items: Arc<[u32]>,
    step: u64,
    desk: Arc<Desk>,
    /// One thread: its sums come out the same, and the training keeps the others.
    _pool: Option<ThreadPool>,
}

impl Work {
    fn begin(known: &Known<'_>, earlier: Option<&(Arc<[u32]>, Vec<Point>)>) -> Self {
        let items: Arc<[u32]> = most_rated(known.counts).into();
        let (map, _) = known.map.as_chunks::<3>();
        let on_map: Vec<Point> =
            items.iter().map(|&item| map.get(item as usize).copied().unwrap_or_default()).collect();
        let start = match earlier {
            Some((same, places)) if *same == items => Start::Earlier(places.clone()),
            _ => Start::Map(on_map.clone()),
        };
        let desk = Arc::new(Desk::new(items.len()));
        let rows = items.iter().map(|&item| known.items.row(item as usize));
        let task = Task {
            directions: directions(rows),
            width: known.items.width,
            all: known.counts.len(),
            items: items.clone(),
            on_map,
            start,
            desk: desk.clone(),
        };
        let pool = match task.refusal() {
            Some(reason) => {
                desk.refuse(reason);
                None
            }
            None => task.set_off(),
        };
        Self { items, step: known.step, desk, _pool: pool }
    }

    fn shown(&self) -> ShownLayout {
        let state = self.desk.state();
        let laid = Laid {
            step: self.step,
            items: self.items.len(),
            progress: state.progress.clone(),
            seconds: state.seconds,
        };
        ShownLayout { places: state.places.clone(), laid }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.desk.stop.store(true, Ordering::Relaxed);
    }
}

/// The items of which something is known, the most rated ones if they are too many, in their own order.
///
/// The factors of the others are still the noise that they began as, and noise has no neighbours: it would only fill the
/// space between those that have.
fn most_rated(counts: &[u32]) -> Vec<u32> {
    let is_known = |item: &u32| counts[*item as usize] >= KNOWN;
    let mut items: Vec<u32> = (0..counts.len() as u32).filter(is_known).collect();
    if items.len() > MOST_ITEMS {
        items.sort_by_key(|&item| std::cmp::Reverse(counts[item as usize]));
        items.truncate(MOST_ITEMS);
        items.sort_unstable();
    }
    items
}

/// What both threads know of a layout.
struct Desk {
    stop: AtomicBool,
    state: Mutex<State>,
}

struct State {
    progress: LayoutProgress,
    /// Where all items lie.
    places: Option<Arc<[f32]>>,
    /// Where those that take part lie, in the units of t-SNE.
    ended_at: Option<Vec<Point>>,
    seconds: f64,
}

impl Desk {
    fn new(of: usize) -> Self {
        let progress = LayoutProgress::Searching { done: 0, of };
        let state = State { progress, places: None, ended_at: None, seconds: 0.0 };
        Self { stop: AtomicBool::new(false), state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What a thread left behind that panicked is whole: each part is written at once.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refuse(&self, reason: Phrase) {
        self.state().progress = LayoutProgress::Refused(reason);
    }

    fn go_on(&self) -> ControlFlow<()> {
        let stop = self.stop.load(Ordering::Relaxed);
        if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// All that the thread needs.
struct Task {
    directions: Vec<f64>,
    width: usize,
    items: Arc<[u32]>,
    /// How many items there are, with those that take no part.
    all: usize,
    on_map: Vec<Point>,
    start: Start,
    desk: Arc<Desk>,
}

impl Task {
    /// Why it cannot be done.
    fn refusal(&self) -> Option<Phrase> {
        let items = self.items.len();
        if items < LEAST_ITEMS {
            return Some(phrase!(
                "recommender-model-films-have-ratings-it-takes",
                items,
                known = KNOWN,
                least_items = LEAST_ITEMS
            ));
        }
        let differ = self.directions.iter().any(|value| *value != 0.0)
            && self.directions.iter().all(|value| value.is_finite())
            && spread(&self.on_map) > 0.0;
        (!differ).then(|| phrase!("recommender-model-no-taste-has-been-learned"))
    }

    fn set_off(self) -> Option<ThreadPool> {
        let desk = self.desk.clone();
        let named = ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "layout".to_owned());
        match named.build() {
            Ok(pool) => {
                pool.spawn(move || {
                    if catch_unwind(AssertUnwindSafe(|| self.work())).is_err() {
                        desk.refuse(phrase!("recommender-model-the-layout-broke-off-in"));
                    }
                });
                Some(pool)
            }
            Err(error) => {
                desk.refuse(phrase!(
                    "recommender-model-no-thread-could-be-had",
                    error = error.to_string()
                ));
                None
            }
        }
    }

    /// Works until it is done or told to stop.
    fn work(&self) {
        let (began, desk) = (Instant::now(), &self.desk);
        let of = self.items.len();
        let search = &mut |done| {
            let mut state = desk.state();
            state.progress = LayoutProgress::Searching { done, of };
            state.seconds = began.elapsed().as_secs_f64();
            drop(state);
            desk.go_on()
        };
        let Some(nearest) = nearest(&self.directions, self.width, search) else {
            return;
        };
        let (first, schedule) = (self.start.places(), self.start.schedule());
        let epochs = schedule.epochs;
        let laid = lay_out(&nearest, &first, schedule, &mut |epoch, places| {
            let shown = self.spread_out(places);
            let mut state = desk.state();
            state.progress = LayoutProgress::Moving { epoch, epochs };
            state.places = Some(shown);
            state.ended_at = Some(places.to_vec());
            state.seconds = began.elapsed().as_secs_f64();
            drop(state);
            desk.go_on()
        });
        let Some(places) = laid else {
            return;
        };
        if !places.as_flattened().iter().all(|value| value.is_finite()) {
            desk.refuse(phrase!("recommender-model-the-films-flew-apart-their"));
            return;
        }
        let judged = LayoutProgress::Done {
            kept: kept(&nearest, &places),
            kept_before: kept(&nearest, &self.on_map),
        };
        let mut state = desk.state();
        state.progress = judged;
        state.seconds = began.elapsed().as_secs_f64();
    }

    /// Where all items lie: turned as near as can be to the map of the components, and as wide as it, so that items
    /// travel from one to the other and no further.
    fn spread_out(&self, places: &[Point]) -> Arc<[f32]> {
        let turn = turn_onto(&self.on_map, places);
        let scale = spread(&self.on_map) / spread(places).max(f32::MIN_POSITIVE);
        let mut all = vec![f32::NAN; 3 * self.all];
        let (slots, _) = all.as_chunks_mut::<3>();
        for (&item, place) in self.items.iter().zip(places) {
            if let Some(slot) = slots.get_mut(item as usize) {
                *slot = turn.map(|row| {
                    row.iter().zip(place).map(|(share, value)| *share as f32 * value).sum::<f32>()
                        * scale
                });
            }
        }
        all.into()
    }
}
