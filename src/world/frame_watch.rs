//! Watches the frames of the hall: how long they take, which the headset missed, and what is given up so that none is.
//!
//! A headset says when each picture will be seen. Where the next one is seen later than one period after the last, a
//! frame was missed, whoever was to blame. Spectators give way first: while frames are missed the window draws half as
//! often, and a quarter as often if that is not enough; after ten calm seconds it gets a step back. On request the
//! visitor is told all of it in words.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use bevy::{
    ecs::message::MessageUpdateSystems,
    prelude::*,
    render::{ExtractSchedule, Render, RenderApp, RenderSystems},
};

use super::draw::GpuTime;

/// Frames that are remembered: ten seconds of a headset's 90 a second.
const REMEMBERED: usize = 900;
/// Frames missed within a second that make spectators give way.
const MISSED_TO_GIVE_WAY: u32 = 3;
const SECOND: Duration = Duration::from_secs(1);
/// How long none may be missed until a step is taken back.
const CALM: Duration = Duration::from_secs(10);
/// Steps that spectators give way; each halves their rate.
const STEPS: u32 = 2;

pub(super) fn plugin(app: &mut App) {
    let drawing = Drawing::default();
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .insert_resource(drawing.clone())
            .insert_resource(DrawingBegan(Instant::now()))
            .add_systems(ExtractSchedule, |mut began: ResMut<DrawingBegan>| {
                began.0 = Instant::now();
            })
            .add_systems(
                Render,
                note_drawing.after(RenderSystems::Render).before(RenderSystems::Cleanup),
            );
    }
    app.insert_resource(drawing)
        .init_resource::<FrameWatch>()
        .add_systems(First, begin.before(MessageUpdateSystems))
        .add_systems(Last, end.in_set(FrameWatchSystems));
}

/// How long the renderer worked on the last frame, in microseconds.
#[derive(Resource, Clone, Default)]
struct Drawing(Arc<AtomicU32>);

#[derive(Resource)]
struct DrawingBegan(Instant);

/// What counts the frame that ends.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FrameWatchSystems;

fn note_drawing(began: Res<DrawingBegan>, drawing: Res<Drawing>) {
    let micros = u32::try_from(began.0.elapsed().as_micros()).unwrap_or(u32::MAX);
    drawing.0.store(micros, Ordering::Relaxed);
}

/// One frame, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Frame {
    /// From its beginning to that of the next.
    whole: f32,
    /// The hall itself: run, views, panels.
    thinking: f32,
    /// The renderer, waiting for the screen included, until the graphics card has its orders.
    drawing: f32,
    /// The graphics processor; nothing where it cannot be told.
    gpu: f32,
}

/// The last frames, and what is given up.
#[derive(Resource, Debug)]
pub struct FrameWatch {
    frames: VecDeque<Frame>,
    began: Instant,
    seen: Option<Duration>,
    period: Duration,
    missed: Missed,
}

impl Default for FrameWatch {
    fn default() -> Self {
        Self {
            frames: VecDeque::with_capacity(REMEMBERED),
            began: Instant::now(),
            seen: None,
            period: Duration::ZERO,
            missed: Missed::default(),
        }
    }
}

impl FrameWatch {
    /// Told of each frame of a headset: when its picture will be seen, and how long one is seen.
    pub fn headset_shows(&mut self, at: Duration, period: Duration) {
        self.period = period;
        if let Some(last) = self.seen.replace(at) {
            self.missed.frame(missed_between(last, at, period), at);
        }
    }

    /// The headset is no longer worn: nothing is missed, and nothing given up.
    pub fn headset_rests(&mut self) {
        if self.seen.is_some() {
            self.seen = None;
            self.missed = Missed::default();
        }
    }

    /// Between two pictures of the headset that is worn, as its runtime last said.
    pub fn headset_period(&self) -> Option<Duration> {
        self.seen.map(|_| self.period).filter(|period| !period.is_zero())
    }

    /// The share of their rate that spectators get.
    pub fn spectators_share(&self) -> f32 {
        0.5_f32.powi(self.missed.steps.try_into().unwrap_or(0))
    }

    /// All of it in words.
    ///
    /// `quality` says what the picture has given up.
    pub fn words(&self, quality: &str) -> String {
        let of = |part: fn(&Frame) -> f32| {
            let mut values: Vec<f32> = self.frames.iter().map(part).collect();
            values.sort_by(f32::total_cmp);
            let at = |share: f32| {
                let place = (values.len().saturating_sub(1) as f32 * share).round() as usize;
                values.get(place).copied().unwrap_or(0.0)
            };
            (at(0.5), at(0.99))
        };
        let (whole, whole_p99) = of(|frame| frame.whole);
        let (thinking, thinking_p99) = of(|frame| frame.thinking);
        let (drawing, drawing_p99) = of(|frame| frame.drawing);
        let mut words = say!(
            "hall-the-last-frames-came-every",
            frames_count = self.frames.len(),
            whole = format_args!("{:.1}", whole),
            whole_p99 = format_args!("{:.1}", whole_p99),
            thinking = format_args!("{:.1}", thinking),
            thinking_p99 = format_args!("{:.1}", thinking_p99),
            drawing = format_args!("{:.1}", drawing),
            drawing_p99 = format_args!("{:.1}", drawing_p99)
        );
        let (gpu, gpu_p99) = of(|frame| frame.gpu);
        if gpu > 0.0 {
            words += &say!(
                "hall-the-graphics-card-works-ms",
                gpu = format_args!("{:.1}", gpu),
                gpu_p99 = format_args!("{:.1}", gpu_p99)
            );
        }
        words += quality;
        if self.seen.is_some() {
            let Missed { missed, of, steps, .. } = self.missed;
            words += &say!("hall-the-headset-missed-of", missed, of);
            words += match steps {
                0 => say!("hall-nothing-is-given-up"),
                1 => say!("hall-the-window-draws-half-as"),
                _ => say!("hall-the-window-draws-a-quarter"),
            };
        }
        words
    }
}

/// How many pictures of a headset were shown again between two that were drawn.
fn missed_between(last: Duration, now: Duration, period: Duration) -> u32 {
    if period.is_zero() {
        return 0;
    }
    let periods = now.saturating_sub(last).as_secs_f64() / period.as_secs_f64();
    (periods.round() as u32).saturating_sub(1)
}

/// Frames of the headset so far, and how far spectators give way for them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Missed {
    missed: u32,
    of: u32,
    steps: u32,
    /// Missed since `second`.
    lately: u32,
    second: Duration,
    /// Since when none was missed, or a step was taken.
    calm_since: Duration,
}

impl Missed {
    fn frame(&mut self, missed: u32, now: Duration) {
        self.missed += missed;
        self.of += missed + 1;
        if now.saturating_sub(self.second) > SECOND {
            self.second = now;
            self.lately = 0;
        }
        self.lately += missed;
        if missed > 0 {
            self.calm_since = now;
        }
        if self.lately >= MISSED_TO_GIVE_WAY && self.steps < STEPS {
            self.steps += 1;
            self.lately = 0;
        } else if self.steps > 0 && now.saturating_sub(self.calm_since) >= CALM {
            self.steps -= 1;
            self.calm_since = now;
        }
    }
}

fn begin(mut watch: ResMut<FrameWatch>, drawing: Res<Drawing>, gpu: Res<GpuTime>) {
    let now = Instant::now();
    let whole = now.duration_since(watch.began).as_secs_f32() * 1e3;
    watch.began = now;
    let drawn = drawing.0.load(Ordering::Relaxed) as f32 / 1e3;
    if let Some(last) = watch.frames.back_mut() {
        last.whole = whole;
        last.drawing = drawn;
        last.gpu = gpu.ms().unwrap_or(0.0);
    }
}

fn end(mut watch: ResMut<FrameWatch>) {
    let thinking = watch.began.elapsed().as_secs_f32() * 1e3;
    if watch.frames.len() == REMEMBERED {
        watch.frames.pop_front();
    }
    watch.frames.push_back(Frame { thinking, ..default() });
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERIOD: Duration = Duration::from_nanos(11_111_111);

    /// Frames that are seen after so many periods each.
    fn seen(watch: &mut FrameWatch, periods: impl IntoIterator<Item = u32>) {
        for periods in periods {
            let at = watch.seen.unwrap_or_default() + PERIOD * periods;
            watch.headset_shows(at, PERIOD);
        }
    }

    #[test]
    fn a_picture_that_is_seen_late_was_missed_before() {
        let ms = Duration::from_millis;
        assert_eq!(missed_between(ms(100), ms(111), PERIOD), 0);
        assert_eq!(missed_between(ms(100), ms(123), PERIOD), 1);
        assert_eq!(missed_between(ms(100), ms(145), PERIOD), 3);
        assert_eq!(missed_between(ms(100), ms(90), PERIOD), 0, "a clock that was set back");
        assert_eq!(missed_between(ms(100), ms(145), Duration::ZERO), 0, "no period is known");
    }

    #[test]
    fn spectators_give_way_while_frames_are_missed_and_get_it_back_when_calm() {
        let mut watch = FrameWatch::default();
        seen(&mut watch, [1; 90]);
        assert_eq!(watch.spectators_share(), 1.0);
        seen(&mut watch, [2, 2, 1, 1, 2]);
        assert_eq!(watch.spectators_share(), 0.5);
        seen(&mut watch, [1; 91]);
        seen(&mut watch, [4]);
        assert_eq!(watch.spectators_share(), 0.25);
        seen(&mut watch, [5; 20]);
        assert_eq!(watch.spectators_share(), 0.25, "there is no more to give");
        seen(&mut watch, [1; 905]);
        assert_eq!(watch.spectators_share(), 0.5);
        seen(&mut watch, [1; 905]);
        assert_eq!(watch.spectators_share(), 1.0);
    }

    #[test]
    fn a_single_late_frame_now_and_then_costs_nobody_anything() {
        let mut watch = FrameWatch::default();
        for _ in 0..20 {
            seen(&mut watch, [1; 60]);
            seen(&mut watch, [2]);
        }
        assert_eq!(watch.spectators_share(), 1.0);
        assert_eq!((watch.missed.missed, watch.missed.of), (20, 20 * 62 - 1));
    }

    #[test]
    fn what_is_said_are_medians_and_what_was_missed() {
        let mut watch = FrameWatch::default();
        let frame = |whole| Frame { whole, thinking: 2.0, drawing: 1.25, gpu: 0.0 };
        watch.frames.extend((0..99).map(|_| frame(11.1)));
        watch.frames.push_back(frame(30.0));
        let window = "The last 100 frames came every 11.1 ms (1 in 100 after 11.1). The hall takes 2.0 ms of that (2.0), drawing and waiting for the screen 1.2 (1.2).";
        assert_eq!(watch.words(""), window);
        seen(&mut watch, [1, 1, 3]);
        let worn = " The headset missed 2 of 4. Nothing is given up.";
        assert_eq!(watch.words(""), window.to_owned() + worn);
        watch.headset_rests();
        assert_eq!(watch.words(""), window);
        watch.frames.iter_mut().for_each(|frame| frame.gpu = 6.5);
        assert_eq!(
            watch.words(""),
            window.to_owned() + " The graphics card works 6.5 ms on one (6.5)."
        );
    }
}
