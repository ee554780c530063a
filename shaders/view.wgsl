// The eye that is drawn and the mesh that is drawn, for every shader of the hall.

struct View {
    clip_from_world: mat4x4<f32>,
    clip_from_view: mat4x4<f32>,
    world_from_view: mat4x4<f32>,
    // Left, top, width and height, in pixels.
    viewport: vec4<f32>,
    world_position: vec3<f32>,
}

struct Instance {
    world_from_local: mat4x4<f32>,
    local_from_world: mat4x4<f32>,
    tag: u32,
}

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> instances: array<Instance>;

// What `vertices.wgsl` hands to a fragment.
struct VertexOutput {
    @builtin(position) position: vec4<f32>,
    @location(0) world_position: vec4<f32>,
    @location(1) world_normal: vec3<f32>,
    @location(2) uv: vec2<f32>,
    @location(3) color: vec4<f32>,
}

fn get_world_from_local(instance: u32) -> mat4x4<f32> {
    return instances[instance].world_from_local;
}

fn get_local_from_world(instance: u32) -> mat4x4<f32> {
    return instances[instance].local_from_world;
}

fn get_tag(instance: u32) -> u32 {
    return instances[instance].tag;
}

fn position_world_to_clip(place: vec3<f32>) -> vec4<f32> {
    return view.clip_from_world * vec4(place, 1.0);
}
