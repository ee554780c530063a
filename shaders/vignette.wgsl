// The vignette before the eyes: dark all over, or dark around a middle that stays clear.
//
// How wide the middle is depends on the direction from the eye that is drawn, not on the place on the box, so both
// eyes see its edge in the same direction, as if it were infinitely far away, and it cannot be stared at.

#import "shaders://view.wgsl"::{eye_position, get_tag, get_world_from_local, look_through, position_world_to_clip}

// Where the edge begins, in radians from straight ahead: outside of every view, and when it is narrowest.
const OPEN: f32 = 1.5;
const NARROW: f32 = 0.44;
// Over how much the clear middle passes into the dark, in radians.
const SOFT: f32 = 0.26;

struct VertexIn {
    @builtin(instance_index) instance: u32,
#ifdef BOTH_EYES
    @builtin(view_index) eye: u32,
#endif
    @location(0) position: vec3<f32>,
}

struct VertexOut {
    @builtin(position) clip: vec4<f32>,
    // From the eye, in the world.
    @location(0) away: vec3<f32>,
    @location(1) @interpolate(flat) ahead: vec3<f32>,
    @location(2) @interpolate(flat) levels: vec2<f32>,
}

@vertex
fn vertex(in: VertexIn) -> VertexOut {
#ifdef BOTH_EYES
    look_through(in.eye);
#endif
    var out: VertexOut;
    let world_from_local = get_world_from_local(in.instance);
    let place = (world_from_local * vec4(in.position, 1.0)).xyz;
    out.away = place - eye_position();
    out.clip = position_world_to_clip(place);
    out.ahead = -normalize(world_from_local[2].xyz);
    out.levels = unpack2x16unorm(get_tag(in.instance));
    return out;
}

@fragment
fn fragment(in: VertexOut) -> @location(0) vec4<f32> {
    let direction = normalize(in.away);
    let angle = acos(clamp(dot(direction, in.ahead), -1.0, 1.0));
    let edge = mix(OPEN, NARROW, smoothstep(0.0, 1.0, in.levels.y));
    let around = smoothstep(edge, edge + SOFT, angle) * step(1e-4, in.levels.y);
    return vec4(vec3(0.0), max(in.levels.x, around));
}
