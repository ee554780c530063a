//! How long the graphics processor works on a frame: two timestamps around all that is submitted for it, read when
//! they are there, so that nobody waits.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use bevy::{
    prelude::*,
    render::{
        RenderApp, RenderStartup,
        renderer::{
            PendingCommandBuffers, RenderAdapterInfo, RenderDevice, RenderGraph,
            RenderGraphSystems, RenderQueue,
        },
    },
};
use wgpu::{
    Buffer, BufferDescriptor, BufferUsages, CommandEncoderDescriptor, DeviceType, Features,
    MapMode, QuerySet, QuerySetDescriptor, QueryType,
};

use super::pass::submit;

/// Frames whose times are on their way at once; while all are, frames go untimed.
const SLOTS: u32 = 4;
/// Two times of eight bytes.
const BYTES: u64 = 16;
const NEEDED: Features = Features::TIMESTAMP_QUERY.union(Features::TIMESTAMP_QUERY_INSIDE_ENCODERS);

/// What the graphics processor took for the last frame that is known of, in both worlds.
#[derive(Resource, Clone, Debug, Default)]
pub struct GpuTime(Arc<AtomicU32>);

impl GpuTime {
    /// In milliseconds; none where it cannot be told, as on software devices.
    pub fn ms(&self) -> Option<f32> {
        let micros = self.0.load(Ordering::Relaxed);
        (micros > 0).then_some(micros as f32 / 1e3)
    }
}

pub(super) fn install(app: &mut App) {
    let time = GpuTime::default();
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.insert_resource(time.clone()).add_systems(RenderStartup, prepare).add_systems(
            RenderGraph,
            (
                begin.in_set(RenderGraphSystems::Begin),
                end.after(RenderGraphSystems::Render).before(RenderGraphSystems::Submit),
                (fetch, read_gpu_time).chain().in_set(RenderGraphSystems::Submit).after(submit),
            )
                .run_if(resource_exists::<Stamps>),
        );
    }
    app.insert_resource(time);
}

/// The timestamps of frames under way; there are none where the device has no clock.
#[derive(Resource)]
pub struct Stamps {
    times: QuerySet,
    slots: Vec<Slot>,
    /// The one that this frame is timed with.
    now: Option<usize>,
    nanoseconds_per_tick: f64,
}

struct Slot {
    resolved: Buffer,
    readable: Buffer,
    busy: bool,
    arrived: Arc<AtomicBool>,
}

fn prepare(
    mut commands: Commands,
    device: Res<RenderDevice>,
    queue: Res<RenderQueue>,
    adapter: Res<RenderAdapterInfo>,
) {
    if adapter.device_type == DeviceType::Cpu || !device.features().contains(NEEDED) {
        return;
    }
    let buffer = |usage| {
        device.wgpu_device().create_buffer(&BufferDescriptor {
            label: Some("timestamps"),
            size: BYTES,
            usage,
            mapped_at_creation: false,
        })
    };
    let slots = (0..SLOTS).map(|_| Slot {
        resolved: buffer(BufferUsages::QUERY_RESOLVE | BufferUsages::COPY_SRC),
        readable: buffer(BufferUsages::COPY_DST | BufferUsages::MAP_READ),
        busy: false,
        arrived: Arc::default(),
    });
    commands.insert_resource(Stamps {
        times: device.wgpu_device().create_query_set(&QuerySetDescriptor {
            label: Some("frames"),
            ty: QueryType::Timestamp,
            count: 2 * SLOTS,
        }),
        slots: slots.collect(),
        now: None,
        nanoseconds_per_tick: f64::from(queue.get_timestamp_period()),
    });
}

fn begin(
    mut stamps: ResMut<Stamps>,
    device: Res<RenderDevice>,
    mut pending: ResMut<PendingCommandBuffers>,
) {
    stamps.now = stamps.slots.iter().position(|slot| !slot.busy);
    if let Some(now) = stamps.now {
        let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
        encoder.write_timestamp(&stamps.times, 2 * now as u32);
        // Finished buffers are submitted in the order in which they come, encoders only after all of them.
        pending.push([encoder.finish()]);
    }
}

fn end(stamps: Res<Stamps>, device: Res<RenderDevice>, mut pending: ResMut<PendingCommandBuffers>) {
    if let Some(now) = stamps.now {
        let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
        let (first, slot) = (2 * now as u32, &stamps.slots[now]);
        encoder.write_timestamp(&stamps.times, first + 1);
        encoder.resolve_query_set(&stamps.times, first..first + 2, &slot.resolved, 0);
        encoder.copy_buffer_to_buffer(&slot.resolved, 0, &slot.readable, 0, BYTES);
        pending.push_encoder(encoder);
    }
}

fn fetch(mut stamps: ResMut<Stamps>) {
    if let Some(now) = stamps.now.take() {
        let slot = &mut stamps.slots[now];
        slot.busy = true;
        let arrived = slot.arrived.clone();
        slot.readable.slice(..).map_async(MapMode::Read, move |result| {
            arrived.store(result.is_ok(), Ordering::Release);
        });
    }
}

/// Takes over the times that have come by now.
pub fn read_gpu_time(mut stamps: ResMut<Stamps>, time: Res<GpuTime>) {
    let nanoseconds_per_tick = stamps.nanoseconds_per_tick;
    for slot in &mut stamps.slots {
        if !slot.busy || !slot.arrived.swap(false, Ordering::Acquire) {
            continue;
        }
        let ticks: Vec<u64> = slot
            .readable
            .slice(..)
            .get_mapped_range()
            .chunks_exact(8)
            .map(|bytes| bytes.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)))
            .collect();
        slot.readable.unmap();
        slot.busy = false;
        if let [from, to] = ticks[..] {
            let micros = to.saturating_sub(from) as f64 * nanoseconds_per_tick / 1e3;
            time.0.store((micros as u32).max(1), Ordering::Relaxed);
        }
    }
}
