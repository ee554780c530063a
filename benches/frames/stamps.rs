//! How long the graphics processor works on a frame: two timestamps around all that Bevy's render graph submits.

use bevy::{
    prelude::*,
    render::{
        RenderApp,
        renderer::{
            PendingCommandBuffers, RenderAdapterInfo, RenderDevice, RenderGraph,
            RenderGraphSystems, RenderQueue,
        },
    },
};
use wgpu::{
    Buffer, BufferDescriptor, BufferUsages, CommandEncoderDescriptor, DeviceType, Features,
    MapMode, PollType, QuerySet, QuerySetDescriptor, QueryType,
};

/// Two times of eight bytes.
const BYTES: u64 = 16;

/// The two timestamps and where they are read.
#[derive(Resource)]
struct Stamps {
    times: QuerySet,
    resolved: Buffer,
    readable: Buffer,
    nanoseconds_per_tick: f64,
}

/// Lets frames be stamped, where that says something: on a graphics processor that can.
pub(crate) fn prepare(app: &mut App) {
    let Some(render) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    let world = render.world();
    let device = world.resource::<RenderDevice>().wgpu_device();
    let is_software = world.resource::<RenderAdapterInfo>().device_type == DeviceType::Cpu;
    let needed = Features::TIMESTAMP_QUERY | Features::TIMESTAMP_QUERY_INSIDE_ENCODERS;
    if is_software || !device.features().contains(needed) {
        return;
    }
    let buffer = |usage| {
        device.create_buffer(&BufferDescriptor {
            label: Some("timestamps"),
            size: BYTES,
            usage,
            mapped_at_creation: false,
        })
    };
    let stamps = Stamps {
        times: device.create_query_set(&QuerySetDescriptor {
            label: Some("frame"),
            ty: QueryType::Timestamp,
            count: 2,
        }),
        resolved: buffer(BufferUsages::QUERY_RESOLVE | BufferUsages::COPY_SRC),
        readable: buffer(BufferUsages::COPY_DST | BufferUsages::MAP_READ),
        nanoseconds_per_tick: f64::from(world.resource::<RenderQueue>().get_timestamp_period()),
    };
    render.world_mut().insert_resource(stamps);
    render.add_systems(
        RenderGraph,
        (
            begin.in_set(RenderGraphSystems::Begin),
            end.after(RenderGraphSystems::Render).before(RenderGraphSystems::Submit),
        ),
    );
}

fn begin(
    stamps: Res<Stamps>,
    device: Res<RenderDevice>,
    mut pending: ResMut<PendingCommandBuffers>,
) {
    let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
    encoder.write_timestamp(&stamps.times, 0);
    // Finished buffers are submitted in the order in which they come, encoders only after all of them.
    pending.push([encoder.finish()]);
}

fn end(stamps: Res<Stamps>, device: Res<RenderDevice>, mut pending: ResMut<PendingCommandBuffers>) {
    let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
    encoder.write_timestamp(&stamps.times, 1);
    encoder.resolve_query_set(&stamps.times, 0..2, &stamps.resolved, 0);
    encoder.copy_buffer_to_buffer(&stamps.resolved, 0, &stamps.readable, 0, BYTES);
    pending.push_encoder(encoder);
}

/// Milliseconds between the two stamps of the last frame, which must be done.
pub(crate) fn read_ms(render_world: &World) -> Option<f64> {
    let stamps = render_world.get_resource::<Stamps>()?;
    let device = render_world.resource::<RenderDevice>();
    let slice = stamps.readable.slice(..);
    slice.map_async(MapMode::Read, |_| {});
    device.poll(PollType::wait_indefinitely()).unwrap();
    let ticks: Vec<u64> = slice
        .get_mapped_range()
        .chunks_exact(8)
        .map(|bytes| u64::from_ne_bytes(bytes.try_into().unwrap()))
        .collect();
    stamps.readable.unmap();
    Some(ticks[1].saturating_sub(ticks[0]) as f64 * stamps.nanoseconds_per_tick / 1e6)
}
