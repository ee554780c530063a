// The eyes that are drawn and the mesh that is drawn, for every shader of the hall.

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

// Both eyes where one pass draws both, else the same one twice.
@group(0) @binding(0) var<uniform> views: array<View, 2>;
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

// The one of both that a vertex is drawn for.
var<private> eye: u32 = 0u;

// Tells everything below which eye that is: the first thing that a vertex shader does.
fn look_through(which: u32) {
    eye = which;
}

fn eye_position() -> vec3<f32> {
    return views[eye].world_position;
}

// How high a pixel is this far away from the eye, in metres.
fn pixel_m(away: f32) -> f32 {
    return 2.0 * away / (views[eye].clip_from_view[1][1] * views[eye].viewport.w);
}

// A way in the plane of the eye, to the right and up, in the world.
fn aside(way: vec2<f32>) -> vec3<f32> {
    return views[eye].world_from_view[0].xyz * way.x + views[eye].world_from_view[1].xyz * way.y;
}

// Whether rays spread from the eye; those of an orthographic view do not. The same for both eyes.
fn rays_spread() -> bool {
    return views[0].clip_from_view[3][3] != 1.0;
}

fn position_world_to_clip(place: vec3<f32>) -> vec4<f32> {
    return views[eye].clip_from_world * vec4(place, 1.0);
}

// Half a step of a byte to and fro, by interleaved gradient noise (Jimenez, "Next generation post processing in Call of
// Duty: Advanced Warfare", 2014): dark gradients would be seen as bands. In linear light a step grows with the colour.
fn dithered(colour: vec3<f32>, pixel: vec2<f32>) -> vec3<f32> {
    let noise = fract(52.9829189 * fract(dot(pixel, vec2<f32>(0.06711056, 0.00583715)))) - 0.5;
    return colour + noise * (0.077 + 8.0 * min(colour, vec3<f32>(0.02))) / 255.0;
}
