// Floor, horizon and dome: a faint polar grid that runs out into the distance, light and shadow below what stands or hangs
// there, a band of light all around, and a sky in which each star is a step of the run.

#import "shaders://view.wgsl"::{dithered, VertexOutput}

// A footprint on the floor, with the light and the shadow around it.
struct Shade {
    // Where its origin is (x, z), and the cosine and sine of its turn to the left.
    place: vec4<f32>,
    // Half its width and depth, then 0; of an arc its radius, half its depth, and the cosine and sine of its half angle.
    shape: vec4<f32>,
    // Light, its reach, shadow, its reach.
    look: vec4<f32>,
}

struct Hall {
    zenith: vec4<f32>,
    night: vec4<f32>,
    horizon: vec4<f32>,
    ground: vec4<f32>,
    grid: vec4<f32>,
    pool: vec4<f32>,
    star: vec4<f32>,
    // Radius of the floor in metres, how many shades there are, and how much light.
    measures: vec4<f32>,
    shades: array<Shade, 12>,
    // Height of the star in each direction, in radians, four at a time; below 0 there is none.
    stars: array<vec4<f32>, 128>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> hall: Hall;

const TAU: f32 = 6.283185307;
// Directions in which there can be a star.
const STARS: f32 = 512.0;
// How wide a star is, in radians: two pixels of a headset, so that it does not twinkle as one moves.
const STAR: f32 = 0.0021;
// Spokes of the grid.
const SPOKES: f32 = 24.0;

// A line at every whole number, `width` wide, softened over the `footprint` of the pixel that it falls in.
fn line(at: f32, width: f32, footprint: f32) -> f32 {
    let distance = abs(fract(at - 0.5) - 0.5);
    let covered = clamp((width * 0.5 + footprint * 0.5 - distance) / footprint, 0.0, 1.0);
    // Lines closer than a few pixels become an even tone instead of a moiré.
    return mix(covered, width, clamp(footprint * 3.0 - 0.6, 0.0, 1.0));
}

// How far a place on the floor is from a footprint, in metres.
fn distance_from(shade: Shade, floor_place: vec2<f32>) -> f32 {
    let way = floor_place - shade.place.xy;
    let turn = shade.place.zw;
    let place = vec2<f32>(way.x * turn.x - way.y * turn.y, way.x * turn.y + way.y * turn.x);
    if shade.shape.z == 0.0 {
        return length(max(abs(place) - shade.shape.xy, vec2<f32>(0.0)));
    }
    let away = length(place);
    // Past the ends of an arc, its end is nearest.
    let end = vec2<f32>(shade.shape.w, -shade.shape.z) * shade.shape.x;
    let within = -place.y >= shade.shape.z * away;
    let nearest = select(length(vec2<f32>(abs(place.x), place.y) - end), abs(away - shade.shape.x), within);
    return max(nearest - shade.shape.y, 0.0);
}

// The floor here; `across` says how far it is to the next pixels.
fn floor_at(place: vec2<f32>, across: vec2<f32>, down: vec2<f32>) -> vec3<f32> {
    let radius = max(length(place), 1e-3);
    let outwards = place / radius;
    let aside = vec2<f32>(-outwards.y, outwards.x);
    let ring_footprint = max(abs(dot(across, outwards)) + abs(dot(down, outwards)), 1e-5);
    let turn_footprint = max((abs(dot(across, aside)) + abs(dot(down, aside))) / (TAU * radius) * SPOKES, 1e-5);

    let rings = line(radius, 0.014, ring_footprint);
    let turn = atan2(place.x, -place.y) / TAU * SPOKES + 0.5;
    let spokes = line(turn, 0.014 * SPOKES / TAU / max(radius, 0.5), turn_footprint);
    let marks = max(rings, spokes * smoothstep(0.9, 1.1, radius));

    // The made floor ends in an edge of light; the plain beyond it is darker and runs out into the horizon.
    let bound = hall.measures.x;
    let on_floor = clamp((bound - radius) / ring_footprint + 0.5, 0.0, 1.0);
    let edge = clamp((0.025 + ring_footprint * 0.5 - abs(radius - bound)) / ring_footprint, 0.0, 1.0)
        * min(0.05 / ring_footprint, 1.0);

    // Light lies in the middle, where the visitor stands, and below what is shown.
    var light = exp(-radius * radius / 22.0);
    var dark = 1.0;
    var pool = 0.0;
    let shades = select(0u, u32(hall.measures.y), radius < bound);
    for (var index = 0u; index < shades; index += 1u) {
        let look = hall.shades[index].look;
        let away = distance_from(hall.shades[index], place);
        let reach = away / look.y;
        pool += look.x * exp(-reach * reach);
        dark *= 1.0 - look.z * exp(-away / look.w);
    }
    let calm = mix(hall.night.rgb, hall.ground.rgb, (0.25 + 0.75 * light) * (0.45 + 0.55 * on_floor));
    let lit = calm + hall.pool.rgb * pool * 0.8;
    let seen = (0.10 + 0.75 * light + 0.5 * pool) * (0.25 + 0.75 * on_floor);
    let made = mix(lit, max(hall.grid.rgb, lit), marks * min(seen, 1.0)) * dark;
    let far = 1.0 - exp(-max(radius - 4.0, 0.0) / 26.0);
    return mix(made, hall.horizon.rgb, far * far) + hall.grid.rgb * edge * 0.8;
}

// The sky: u once around, v the height in radians.
fn sky_at(u: f32, v: f32) -> vec3<f32> {
    let sky = mix(hall.zenith.rgb, hall.night.rgb, exp(-2.2 * v));
    let band = mix(sky, hall.horizon.rgb, 0.62 * exp(-26.0 * v) + 0.38 * exp(-6.0 * v));
    let at = fract(u) * STARS;
    let index = u32(at);
    let height = hall.stars[index / 4u][index % 4u];
    let off = vec2<f32>((fract(at) - 0.5) * TAU / STARS * cos(v), v - height) / STAR;
    let star = select(0.0, exp(-dot(off, off)), height >= 0.0);
    return band + hall.star.rgb * star * 0.16;
}

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let place = in.world_position.xz;
    let across = dpdx(place);
    let down = dpdy(place);
    var colour: vec3<f32>;
    if in.world_normal.y > 0.5 {
        colour = floor_at(place, across, down);
    } else {
        colour = sky_at(in.uv.x, in.uv.y);
    }
    return vec4<f32>(dithered(colour * hall.measures.z, in.position.xy), 1.0);
}
