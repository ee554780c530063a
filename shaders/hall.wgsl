// Floor and walls: a faint polar grid on the floor, and walls that fade into the night above.

#import "shaders://view.wgsl"::VertexOutput

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> night: vec4<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var<uniform> floor_colour: vec4<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(2) var<uniform> grid_colour: vec4<f32>;
// Floor radius and wall height in metres.
@group(#{MATERIAL_BIND_GROUP}) @binding(3) var<uniform> measures: vec4<f32>;

const TAU: f32 = 6.283185307;

// A line at every whole number, `width` wide, softened over the pixel it falls in.
fn line(at: f32, width: f32) -> f32 {
    let footprint = max(fwidth(at), 1e-5);
    let distance = abs(fract(at - 0.5) - 0.5);
    let covered = clamp((width * 0.5 + footprint * 0.5 - distance) / footprint, 0.0, 1.0);
    // Lines closer than a few pixels become an even tone instead of a moiré.
    return mix(covered, width, clamp(footprint * 3.0 - 0.6, 0.0, 1.0));
}

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let place = in.world_position.xyz;
    let radius = length(place.xz);
    if abs(in.world_normal.y) > 0.5 {
        let rings = line(radius, 0.012);
        let spokes = line(atan2(place.x, -place.z) / TAU * 24.0 + 0.5, 0.012 * 24.0 / TAU / max(radius, 0.5));
        let marks = max(rings, spokes * smoothstep(0.9, 1.1, radius));
        // Light pools in the middle, where the visitor stands, and fades towards the walls.
        let pool = exp(-radius * radius / 22.0);
        let ground = mix(night.rgb, floor_colour.rgb, 0.25 + 0.75 * pool);
        return vec4<f32>(mix(ground, grid_colour.rgb, marks * (0.15 + 0.85 * pool)), 1.0);
    }
    let height = clamp(place.y / measures.y, 0.0, 1.0);
    // A soft glow where wall and floor meet keeps the horizon still and findable.
    let glow = exp(-height * 9.0) * 0.55;
    return vec4<f32>(mix(night.rgb * (1.0 - 0.35 * height), floor_colour.rgb, glow), 1.0);
}
