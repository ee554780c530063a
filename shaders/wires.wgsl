// Thin lines in the air: ribbons turned towards the eye, soft along their edges and at their ends.

#import "shaders://view.wgsl"::{eye_position, get_world_from_local, look_through, pixel_m, position_world_to_clip}

struct Line {
    start: vec3<f32>,
    strength: f32,
    end: vec3<f32>,
}

struct Settings {
    colour: vec4<f32>,
    width: f32,
    count: u32,
    lines: array<Line>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<storage, read> settings: Settings;

struct VertexIn {
    @builtin(instance_index) instance: u32,
#ifdef BOTH_EYES
    @builtin(view_index) eye: u32,
#endif
    // Which line, how far along, which side.
    @location(0) position: vec3<f32>,
}

struct VertexOut {
    @builtin(position) clip: vec4<f32>,
    @location(0) along: f32,
    @location(1) side: f32,
    @location(2) strength: f32,
}

@vertex
fn vertex(in: VertexIn) -> VertexOut {
#ifdef BOTH_EYES
    look_through(in.eye);
#endif
    var out: VertexOut;
    let index = u32(in.position.x + 0.5);
    if index >= settings.count {
        out.clip = vec4(0.0, 0.0, 0.0, 1.0);
        return out;
    }
    let line = settings.lines[index];
    let world_from_local = get_world_from_local(in.instance);
    let start = (world_from_local * vec4(line.start, 1.0)).xyz;
    let end = (world_from_local * vec4(line.end, 1.0)).xyz;
    let at = mix(start, end, in.position.y);
    let to_eye = eye_position() - at;
    let aside = cross(end - start, to_eye);
    // Seen exactly from its end a line has no side.
    let side = aside / max(length(aside), 1e-9);
    // Never thinner than about a pixel: what would be, grows fainter instead.
    let width = max(settings.width, 1.6 * pixel_m(length(to_eye)));
    out.clip = position_world_to_clip(at + side * in.position.z * width * 0.5);
    out.along = in.position.y;
    out.side = in.position.z;
    out.strength = clamp(line.strength, 0.0, 1.0) * settings.width / width;
    return out;
}

@fragment
fn fragment(in: VertexOut) -> @location(0) vec4<f32> {
    let ends = smoothstep(0.0, 0.06, in.along) * smoothstep(0.0, 0.06, 1.0 - in.along);
    let edge = 1.0 - in.side * in.side;
    return vec4(settings.colour.rgb, settings.colour.a * in.strength * ends * edge);
}
