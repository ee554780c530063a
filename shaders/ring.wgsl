// The ring at an aim that rests: dark all around, and lit clockwise from the top as far as its time has gone.

#import "shaders://view.wgsl"::{get_tag, get_world_from_local, look_through, position_world_to_clip}

struct Settings {
    lit: vec4<f32>,
    dark: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> settings: Settings;

// Radii as shares of the quad's width: of the dark ring, and of the lit one within it.
const DARK: vec2<f32> = vec2(0.30, 0.48);
const LIT: vec2<f32> = vec2(0.34, 0.44);
// How much is seen of what has not gone yet.
const FAINT: f32 = 0.25;
const TURN: f32 = 6.2831853;

struct VertexIn {
    @builtin(instance_index) instance: u32,
#ifdef BOTH_EYES
    @builtin(view_index) eye: u32,
#endif
    @location(0) position: vec3<f32>,
}

struct VertexOut {
    @builtin(position) clip: vec4<f32>,
    // Within the quad, from its middle.
    @location(0) at: vec2<f32>,
    @location(1) @interpolate(flat) share: f32,
}

@vertex
fn vertex(in: VertexIn) -> VertexOut {
#ifdef BOTH_EYES
    look_through(in.eye);
#endif
    var out: VertexOut;
    let place = get_world_from_local(in.instance) * vec4(in.position, 1.0);
    out.clip = position_world_to_clip(place.xyz);
    out.at = in.position.xy;
    out.share = unpack2x16unorm(get_tag(in.instance)).x;
    return out;
}

// How much of a pixel lies between two radii, with an edge as soft as a pixel is wide.
fn between(radius: f32, bounds: vec2<f32>, soft: f32) -> f32 {
    let inner = smoothstep(bounds.x - soft, bounds.x + soft, radius);
    return inner * (1.0 - smoothstep(bounds.y - soft, bounds.y + soft, radius));
}

@fragment
fn fragment(in: VertexOut) -> @location(0) vec4<f32> {
    let radius = length(in.at);
    let soft = max(fwidth(radius) * 0.5, 1e-4);
    let dark = between(radius, DARK, soft);
    let lit = between(radius, LIT, soft);
    // Clockwise from the top, from 0 to 1.
    let angle = atan2(in.at.x, in.at.y) / TURN;
    let gone = select(FAINT, 1.0, fract(angle + 1.0) <= in.share);
    let colour = mix(settings.dark.rgb, settings.lit.rgb, lit * gone);
    return vec4(colour, dark);
}
