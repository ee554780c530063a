//! How finely the visitor's view is drawn: as finely as the graphics processor manages in time.
//!
//! Where frames take it too long, first samples are given up, whose loss is seen least since cells, letters, lines and
//! points smooth their own edges, then resolution, down to what words need. Where there is time to spare for a
//! while, they come back one by one. What a step costs is measured, not guessed from a card's name.

use std::time::Duration;

use bevy::{
    camera::Viewport,
    ecs::message::MessageUpdateSystems,
    prelude::*,
    render::{
        renderer::{RenderAdapter, RenderDevice},
        settings::WgpuFeatures,
    },
};

use super::{
    draw::GpuTime,
    frame_watch::{FrameWatch, FrameWatchSystems},
    head::{Eye, OffscreenTarget, WindowCamera},
    interaction::intent::Intent,
    ui::notice::{Notice, Severity},
};

/// From the finest to the coarsest; a headset's words can still be read at the last.
const LADDER: [Quality; 5] = [
    Quality { samples: 4, share: 1.0 },
    Quality { samples: 2, share: 1.0 },
    Quality { samples: 1, share: 1.0 },
    Quality { samples: 1, share: 0.85 },
    Quality { samples: 1, share: 0.7 },
];
/// Frames that a decision looks back on, and how many of them may be slower than what is decided by.
const LOOKED_AT: usize = 45;
const SLOWER: usize = 2;
/// Frames after a step that say nothing yet: those that were under way, and the first of what is new.
const TO_SETTLE: u32 = 20;
/// The share of a period that the graphics processor may take; the runtime needs the rest to show the picture.
const ALLOWED: f32 = 0.8;
/// The share of a period that it must be expected to stay below for a step to be taken back.
const SPARE: f32 = 0.65;
/// How much longer a step back may make frames: samples or pixels at most double.
const DEARER: f32 = 1.9;
/// How long there must be time to spare before a step is taken back, at first and after it was in vain.
const CALM: Duration = Duration::from_secs(5);
const LONGEST_CALM: Duration = Duration::from_secs(160);
/// A step that is given up again so soon was in vain.
const IN_VAIN: Duration = Duration::from_secs(10);
/// Between pictures of a window.
const WINDOW_PERIOD: Duration = Duration::from_micros(16_667);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<AdaptiveQuality>()
        .add_systems(Startup, ask_device)
        .add_systems(First, adapt.after(MessageUpdateSystems))
        .add_systems(Last, tell.after(FrameWatchSystems));
}

/// How finely a view is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Samples of each pixel.
    pub samples: u32,
    /// The share of a headset's width and height that is drawn; a window is always drawn whole.
    pub share: f32,
}

/// How finely views are drawn now, and what that is decided by.
#[derive(Resource, Clone, Debug)]
pub struct AdaptiveQuality {
    ladder: Vec<Quality>,
    step: usize,
    lately_ms: Vec<f32>,
    to_settle: u32,
    /// How long there was time to spare, and how long there must be.
    spare: Duration,
    calm: Duration,
    /// Since the last step was taken back.
    since_finer: Duration,
}

impl Default for AdaptiveQuality {
    fn default() -> Self {
        Self {
            ladder: LADDER.to_vec(),
            step: 0,
            lately_ms: Vec::with_capacity(LOOKED_AT),
            to_settle: TO_SETTLE,
            spare: Duration::ZERO,
            calm: CALM,
            since_finer: IN_VAIN,
        }
    }
}

impl AdaptiveQuality {
    /// Always this, whatever it takes; for measuring.
    pub fn fixed(quality: Quality) -> Self {
        Self { ladder: vec![quality], ..Self::default() }
    }

    /// How finely views are to be drawn.
    pub fn now(&self) -> Quality {
        self.ladder.get(self.step).copied().unwrap_or(LADDER[0])
    }

    /// Takes account of a frame that took the graphics processor so long, with so much time for each.
    fn frame(&mut self, gpu_ms: f32, period: Duration) {
        self.since_finer += period;
        if self.to_settle > 0 {
            self.to_settle -= 1;
            return;
        }
        self.lately_ms.push(gpu_ms);
        if self.lately_ms.len() < LOOKED_AT {
            return;
        }
        self.lately_ms.sort_by(f32::total_cmp);
        let slow = self.lately_ms[LOOKED_AT - 1 - SLOWER];
        self.lately_ms.clear();
        let period_ms = period.as_secs_f32() * 1e3;
        if slow > ALLOWED * period_ms {
            self.spare = Duration::ZERO;
            if self.step + 1 < self.ladder.len() {
                if self.since_finer < IN_VAIN {
                    self.calm = (self.calm * 2).min(LONGEST_CALM);
                }
                self.go(self.step + 1);
            }
        } else if self.step > 0 && slow * DEARER < SPARE * period_ms {
            self.spare += period * LOOKED_AT as u32;
            if self.spare >= self.calm {
                self.since_finer = Duration::ZERO;
                self.go(self.step - 1);
            }
        } else {
            self.spare = Duration::ZERO;
        }
    }

    fn go(&mut self, step: usize) {
        self.step = step;
        self.spare = Duration::ZERO;
        self.to_settle = TO_SETTLE;
    }

    /// What is given up, in words; empty where nothing is.
    pub(super) fn words(&self, in_headset: bool) -> String {
        let Quality { samples, share } = self.now();
        if self.step == 0 {
            return String::new();
        }
        let each = if samples == 1 {
            say!("hall-one-sample").into()
        } else {
            say!("hall-samples", samples)
        };
        if in_headset && share < 1.0 {
            say!("hall-a-pixel-has-and-of", each, share = format_args!("{:.0}", share * 100.0))
        } else {
            say!("hall-a-pixel-has", each)
        }
    }
}

/// Leaves out what the device cannot do.
fn ask_device(
    device: Option<Res<RenderDevice>>,
    adapter: Option<Res<RenderAdapter>>,
    mut quality: ResMut<AdaptiveQuality>,
) {
    let (Some(device), Some(adapter)) = (device, adapter) else {
        return;
    };
    // Only one and four are promised of every device.
    let more = device.features().contains(WgpuFeatures::TEXTURE_ADAPTER_SPECIFIC_FORMAT_FEATURES);
    let can = |samples| {
        more && [wgpu::TextureFormat::Rgba8UnormSrgb, wgpu::TextureFormat::Depth32Float].iter().all(
            |format| {
                adapter.get_texture_format_features(*format).flags.sample_count_supported(samples)
            },
        )
    };
    quality.ladder.retain(|quality| matches!(quality.samples, 1 | 4) || can(quality.samples));
}

fn adapt(
    time: Res<GpuTime>,
    watch: Res<FrameWatch>,
    offscreen: Option<Res<OffscreenTarget>>,
    mut quality: ResMut<AdaptiveQuality>,
    mut views: Query<(&mut Camera, &mut Msaa, Has<Eye>), Or<(With<Eye>, With<WindowCamera>)>>,
) {
    // A picture without a window is nobody's to wait for: it is as fine as can be.
    if let Some(ms) = time.ms().filter(|_| offscreen.is_none()) {
        quality.frame(ms, watch.headset_period().unwrap_or(WINDOW_PERIOD));
    }
    let Quality { samples, share } = quality.now();
    for (mut camera, mut msaa, is_eye) in &mut views {
        let wanted = match samples {
            1 => Msaa::Off,
            2 => Msaa::Sample2,
            _ => Msaa::Sample4,
        };
        msaa.set_if_neq(wanted);
        let Some(whole) = camera.physical_target_size().filter(|_| is_eye) else {
            continue;
        };
        let drawn = drawn_px(whole, share);
        let viewport = (drawn != whole).then(|| Viewport { physical_size: drawn, ..default() });
        let is = camera.viewport.as_ref().map(|viewport| viewport.physical_size);
        if is != viewport.as_ref().map(|viewport| viewport.physical_size) {
            camera.viewport = viewport;
        }
    }
}

/// A share of a picture, in whole pixels, at least one.
fn drawn_px(whole: UVec2, share: f32) -> UVec2 {
    (whole.as_vec2() * share).round().as_uvec2().clamp(UVec2::ONE, whole)
}

/// Says in words what frames take, when the visitor wants to know.
fn tell(
    mut intents: MessageReader<Intent>,
    watch: Res<FrameWatch>,
    quality: Res<AdaptiveQuality>,
    mut notices: MessageWriter<Notice>,
) {
    if intents.read().any(|intent| *intent == Intent::FrameTimes) {
        notices.write(Notice {
            severity: Severity::Info,
            text: watch.words(&quality.words(watch.headset_period().is_some())).into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERIOD: Duration = Duration::from_nanos(11_111_111);

    /// Frames for so many seconds that take so long at each step.
    fn draw(quality: &mut AdaptiveQuality, seconds: f32, ms: [f32; 5]) {
        for _ in 0..(seconds * 90.0) as usize {
            quality.frame(ms[quality.step], PERIOD);
        }
    }

    #[test]
    fn a_card_that_has_time_gives_nothing_up() {
        let mut quality = AdaptiveQuality::default();
        draw(&mut quality, 60.0, [8.5; 5]);
        assert_eq!(quality.now(), LADDER[0]);
        assert_eq!(quality.words(true), "");
    }

    #[test]
    fn samples_go_before_resolution_and_no_further_than_needed() {
        let mut quality = AdaptiveQuality::default();
        draw(&mut quality, 3.0, [16.1, 11.0, 7.6, 5.5, 4.0]);
        assert_eq!(quality.now(), Quality { samples: 1, share: 1.0 });
        assert_eq!(quality.words(true), " A pixel has one sample.");
        draw(&mut quality, 10.0, [30.0, 22.0, 15.0, 11.0, 8.0]);
        assert_eq!(quality.now().share, 0.7);
        assert_eq!(
            quality.words(true),
            " A pixel has one sample, and 70 % of the width and height are drawn."
        );
        assert_eq!(quality.words(false), " A pixel has one sample.");
        draw(&mut quality, 10.0, [60.0; 5]);
        assert_eq!(quality.now(), LADDER[4], "words must stay legible");
    }

    #[test]
    fn what_was_given_up_comes_back_when_there_is_time_for_it() {
        let mut quality = AdaptiveQuality::default();
        draw(&mut quality, 10.0, [30.0; 5]);
        draw(&mut quality, 60.0, [5.0, 3.5, 2.5, 2.0, 1.5]);
        assert_eq!(quality.now(), LADDER[0]);
    }

    #[test]
    fn a_step_that_was_in_vain_is_tried_ever_more_seldom() {
        let mut quality = AdaptiveQuality::default();
        // Four samples cost far more than twice as much as two.
        let card = [12.0, 3.0, 2.5, 2.0, 1.5];
        let mut finest = 0;
        for _ in 0..600 {
            let before = quality.step;
            draw(&mut quality, 1.0, card);
            finest += usize::from(before > 0 && quality.step == 0);
        }
        assert!((2..=8).contains(&finest), "{finest} times in ten minutes");
    }

    #[test]
    fn a_slow_frame_now_and_then_decides_nothing() {
        let mut quality = AdaptiveQuality::default();
        for frame in 0..9_000 {
            quality.frame(if frame % 40 == 0 { 30.0 } else { 8.0 }, PERIOD);
        }
        assert_eq!(quality.now(), LADDER[0]);
    }

    #[test]
    fn a_share_of_a_picture_is_whole_pixels() {
        assert_eq!(drawn_px(uvec2(2064, 2208), 0.85), uvec2(1754, 1877));
        assert_eq!(drawn_px(uvec2(2064, 2208), 1.0), uvec2(2064, 2208));
        assert_eq!(drawn_px(uvec2(1, 1), 0.1), uvec2(1, 1));
    }
}
