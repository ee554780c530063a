//! The way of numbers to the graphics card: handed over without a copy, written into buffers that never change size.
//!
//! Setting the data of a [`ShaderBuffer`] copies it on the main thread and wakes everything that uses the
//! asset. Here the main world only hands over an `Arc`; the render world writes it into the buffer that exists.

use std::sync::Arc;

use bevy::{
    asset::RenderAssetUsages,
    prelude::*,
    render::{
        ExtractSchedule, MainWorld, Render, RenderApp, RenderSystems,
        render_asset::RenderAssets,
        render_resource::{
            BufferUsages, ShaderType,
            encase::{StorageBuffer, internal::WriteInto},
        },
        renderer::RenderQueue,
        storage::{GpuShaderBuffer, ShaderBuffer},
    },
};

pub(super) fn plugin(app: &mut App) {
    // Each display hands over buffers of its own.
    app.init_resource::<Uploads>().allow_ambiguous_resource::<Uploads>();
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render_app
        .init_resource::<Waiting>()
        .add_systems(ExtractSchedule, fetch_uploads)
        .add_systems(Render, write_buffers.in_set(RenderSystems::PrepareResources));
    app.world_mut().resource_mut::<Uploads>().taken = true;
}

/// What is to be written into buffers after this frame's update.
#[derive(Resource, Default)]
pub(super) struct Uploads {
    waiting: Vec<Upload>,
    /// Whether there is a renderer that takes them.
    taken: bool,
}

impl Uploads {
    /// Writes numbers at the start of a buffer; what does not fit is left out.
    pub(super) fn floats(&mut self, buffer: &Handle<ShaderBuffer>, values: Arc<[f32]>) {
        self.put(Upload { buffer: buffer.clone(), data: Data::Floats(values) });
    }

    /// Writes words at the start of a buffer; what does not fit is left out.
    pub(super) fn words(&mut self, buffer: &Handle<ShaderBuffer>, values: Arc<[u32]>) {
        self.put(Upload { buffer: buffer.clone(), data: Data::Words(values) });
    }

    /// Writes a structure, laid out as the shader reads it, at the start of a buffer.
    pub(super) fn structure(
        &mut self,
        buffer: &Handle<ShaderBuffer>,
        value: &(impl ShaderType + WriteInto),
    ) -> Result {
        if self.taken {
            let mut bytes = StorageBuffer::new(Vec::new());
            bytes.write(value)?;
            self.put(Upload { buffer: buffer.clone(), data: Data::Bytes(bytes.into_inner()) });
        }
        Ok(())
    }

    fn put(&mut self, upload: Upload) {
        if self.taken {
            put_newest(&mut self.waiting, upload);
        }
    }
}

/// One write; its strong handle keeps the buffer until the write is done.
struct Upload {
    buffer: Handle<ShaderBuffer>,
    data: Data,
}

enum Data {
    Floats(Arc<[f32]>),
    Words(Arc<[u32]>),
    Bytes(Vec<u8>),
}

/// A buffer of `bytes` zeros that the shader reads and only [`Uploads`] writes.
pub(super) fn fixed_buffer(bytes: usize) -> ShaderBuffer {
    // A binding of no bytes is not allowed, and writes come in words.
    let mut buffer =
        ShaderBuffer::with_size(bytes.next_multiple_of(4).max(16), RenderAssetUsages::RENDER_WORLD);
    buffer.buffer_description.usage = BufferUsages::STORAGE | BufferUsages::COPY_DST;
    buffer
}

/// A buffer of exactly the size of `value`.
pub(super) fn buffer_for(value: &impl ShaderType) -> ShaderBuffer {
    fixed_buffer(value.size().get() as usize)
}

/// Only the newest write into a buffer matters, since each starts at its beginning.
fn put_newest(waiting: &mut Vec<Upload>, upload: Upload) {
    match waiting.iter_mut().find(|earlier| earlier.buffer == upload.buffer) {
        Some(earlier) => *earlier = upload,
        None => waiting.push(upload),
    }
}

/// Writes whose buffers may not exist yet on the graphics card.
#[derive(Resource, Default)]
struct Waiting(Vec<Upload>);

fn fetch_uploads(mut main_world: ResMut<MainWorld>, mut waiting: ResMut<Waiting>) {
    let Some(mut uploads) = main_world.get_resource_mut::<Uploads>() else {
        return;
    };
    for upload in uploads.waiting.drain(..) {
        put_newest(&mut waiting.0, upload);
    }
}

fn write_buffers(
    mut waiting: ResMut<Waiting>,
    buffers: Res<RenderAssets<GpuShaderBuffer>>,
    queue: Res<RenderQueue>,
) {
    waiting.0.retain(|upload| {
        let Some(gpu) = buffers.get(&upload.buffer) else {
            return true;
        };
        let bytes: &[u8] = match &upload.data {
            Data::Floats(values) => bytemuck::cast_slice(values),
            Data::Words(values) => bytemuck::cast_slice(values),
            Data::Bytes(bytes) => bytes,
        };
        let room = usize::try_from(gpu.buffer.size()).unwrap_or(usize::MAX);
        queue.write_buffer(&gpu.buffer, 0, &bytes[..bytes.len().min(room)]);
        false
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(buffer: &Handle<ShaderBuffer>, value: f32) -> Upload {
        Upload { buffer: buffer.clone(), data: Data::Floats(Arc::from([value])) }
    }

    #[test]
    fn only_the_newest_write_into_a_buffer_waits() {
        let mut assets = Assets::<ShaderBuffer>::default();
        let (first, second) = (assets.add(fixed_buffer(4)), assets.add(fixed_buffer(4)));
        let mut waiting = Vec::new();
        for upload in [floats(&first, 1.0), floats(&second, 2.0), floats(&first, 3.0)] {
            put_newest(&mut waiting, upload);
        }
        assert_eq!(waiting.len(), 2);
        assert!(matches!(&waiting[0].data, Data::Floats(values) if values[0] == 3.0));
    }

    #[test]
    fn without_a_renderer_nothing_piles_up() {
        let mut uploads = Uploads::default();
        uploads.floats(&Handle::default(), Arc::from([1.0]));
        assert!(uploads.waiting.is_empty());
    }
}
