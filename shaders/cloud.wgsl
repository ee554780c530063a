// A cloud of points of light: discs or other shapes turned towards the eye, with a small bright core and a soft edge.

#import "shaders://view.wgsl"::{aside, eye_position, get_world_from_local, look_through, pixel_m, position_world_to_clip}
#import "shaders://pixel.wgsl"::line_cover

struct Settings {
    colours: array<vec4<f32>, 16>,
    ring: vec4<f32>,
    count: u32,
    pointed: u32,
    chosen: u32,
    largest: f32,
    places_left: f32,
    looks_left: f32,
    strength: f32,
    // Rows and columns of the pictures that some points are, and the point that has the first of them.
    picture_rows: u32,
    picture_columns: u32,
    picture_first: u32,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<storage, read> settings: Settings;
// As bits, so that no compiler may assume that a place is a number: where each point is to be, and where it comes from.
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var<storage, read> places: array<u32>;
// How each point is to look, and how it looked.
@group(#{MATERIAL_BIND_GROUP}) @binding(2) var<storage, read> looks: array<u32>;

// Brightness in bytes, picture after picture, row by row, four to a word.
@group(#{MATERIAL_BIND_GROUP}) @binding(3) var<storage, read> pictures: array<u32>;

struct VertexIn {
    @builtin(instance_index) instance: u32,
#ifdef BOTH_EYES
    @builtin(view_index) eye: u32,
#endif
    // Which point, and which corner of its square.
    @location(0) position: vec3<f32>,
}

struct VertexOut {
    @builtin(position) clip: vec4<f32>,
    // The place on the disc, in radii of its core.
    @location(0) at: vec2<f32>,
    @location(1) @interpolate(flat) colour: vec3<f32>,
    // How bright it is, how far its glow reaches and how large a pixel is, both in radii of its core.
    @location(2) @interpolate(flat) light: vec3<f32>,
    // The radii of its rings in radii of its core, 0 for none, and their strength.
    @location(3) @interpolate(flat) rings: vec3<f32>,
    // Which shape it has, and whether it is only an outline.
    @location(4) @interpolate(flat) shape: vec2<u32>,
    // Which picture it is.
    @location(5) @interpolate(flat) picture: u32,
}

// A core is at least so many pixels in radius; what is smaller grows fainter instead, so that it does not flicker.
const LEAST_PX = 0.85;
// A glow reaches so many radii of the core.
const GLOW = 3.4;
// The pointed and the chosen point can be seen from afar.
const LEAST_POINTED_PX = 4.0;
// Rings have a gap to the core, in pixels.
const RING_GAP_PX = 3.5;
// An outline begins at this share of the radius.
const HOLLOW_FROM = 0.58;
const DIAMOND = 1u;
const SQUARE = 2u;
const TRIANGLE = 3u;
const NO_PICTURE = 0xffffffffu;
// Half the side of a square that covers as much as the disc, in radii of that.
const HALF_SIDE = 0.886;
// A pixel of the screen is at most the mean of so many of a picture along each axis.
const MOST_TAPS = 4.0;

fn is_number(bits: u32) -> bool {
    return (bits & 0x7f800000u) != 0x7f800000u;
}

fn hidden() -> VertexOut {
    var out: VertexOut;
    out.clip = vec4(0.0, 0.0, 0.0, 1.0);
    return out;
}

// How far a place is from the middle of a shape, in radii of the disc that covers as much.
fn radii(at: vec2<f32>, shape: u32) -> f32 {
    let away = abs(at);
    switch shape {
        case DIAMOND: { return (away.x + away.y) * 0.798; }
        case SQUARE: { return max(away.x, away.y) * 1.128; }
        case TRIANGLE: { return max(-at.y, 0.866 * away.x + 0.5 * at.y) * 1.286; }
        default: { return length(at); }
    }
}

// How far the corners of a shape stand out, in radii of that disc.
fn corners(shape: u32) -> f32 {
    switch shape {
        case DIAMOND: { return 1.26; }
        case TRIANGLE: { return 1.56; }
        default: { return 1.0; }
    }
}

@vertex
fn vertex(in: VertexIn) -> VertexOut {
#ifdef BOTH_EYES
    look_through(in.eye);
#endif
    let index = u32(in.position.x + 0.5);
    if index >= settings.count {
        return hidden();
    }
    let first = index * 6u;
    let to_bits = vec3(places[first], places[first + 1u], places[first + 2u]);
    let from_bits = vec3(places[first + 3u], places[first + 4u], places[first + 5u]);
    if !(is_number(to_bits.x) && is_number(to_bits.y) && is_number(to_bits.z)) {
        return hidden();
    }
    let place = mix(bitcast<vec3<f32>>(to_bits), bitcast<vec3<f32>>(from_bits), settings.places_left);
    // Colour, size, brightness, marks.
    let bytes = unpack4xU8(looks[index * 2u]);
    let before = unpack4xU8(looks[index * 2u + 1u]);
    let shares = mix(vec2<f32>(bytes.yz), vec2<f32>(before.yz), settings.looks_left) / 255.0;
    if shares.x <= 0.0 {
        return hidden();
    }

    let world_from_local = get_world_from_local(in.instance);
    let centre = (world_from_local * vec4(place, 1.0)).xyz;
    let scale = length(world_from_local[0].xyz);
    let pixel = pixel_m(distance(eye_position(), centre));
    let pointed = index == settings.pointed;
    let chosen = index == settings.chosen;
    let lit = pointed || chosen;
    let meant = settings.largest * shares.x * scale;
    let least = select(LEAST_PX, LEAST_POINTED_PX, lit);
    let radius = max(meant, least * pixel);

    var out: VertexOut;
    let faint = select(min(meant / radius, 1.0), 1.0, lit);
    let brightness = select(shares.y, 1.0, lit) * settings.strength;
    out.colour = settings.colours[min(bytes.x, 15u)].rgb;
    var reach = select(1.6, GLOW, brightness > 0.08);
    let pixel_share = pixel / radius;
    let first_ring = 1.0 + RING_GAP_PX * pixel_share + 0.25;
    let ringed = (bytes.w & 1u) != 0u || lit;
    let doubled = (bytes.w & 2u) != 0u || chosen;
    out.rings = vec3(
        select(0.0, first_ring, ringed),
        select(0.0, first_ring + 3.0 * pixel_share, doubled),
        select(0.75, 1.0, lit) * settings.strength,
    );
    reach = max(reach, max(out.rings.x, out.rings.y) + 2.0 * pixel_share);
    // Room for the soft edge.
    reach = max(reach, 1.0 + pixel_share);
    out.shape = vec2(bytes.w >> 3u & 3u, bytes.w >> 2u & 1u);
    out.picture = NO_PICTURE;
    let length = settings.picture_rows * settings.picture_columns;
    let picture = index - settings.picture_first;
    if (bytes.w & 32u) != 0u && index >= settings.picture_first && length > 0u
        && ((picture + 1u) * length + 3u) / 4u <= arrayLength(&pictures) {
        out.picture = picture;
        out.shape = vec2(SQUARE, 0u);
    }
    out.light = vec3(brightness * mix(faint, 1.0, 0.25), reach, pixel_share);
    out.at = in.position.yz * reach * corners(out.shape.x);
    out.clip = position_world_to_clip(centre + aside(out.at) * radius);
    return out;
}

// How bright a picture is at a place from 0 to 1 to the right and down, over so much of its side.
fn ink(picture: u32, at: vec2<f32>, over: f32) -> f32 {
    let size = vec2<f32>(f32(settings.picture_columns), f32(settings.picture_rows));
    let taps = clamp(ceil(over * size), vec2(1.0), vec2(MOST_TAPS));
    let first = picture * settings.picture_rows * settings.picture_columns;
    var sum = 0.0;
    for (var y = 0.5; y < taps.y; y += 1.0) {
        for (var x = 0.5; x < taps.x; x += 1.0) {
            let place = at + (vec2(x, y) / taps - 0.5) * over;
            let texel = vec2<u32>(clamp(place * size, vec2(0.0), size - 1.0));
            let byte = first + texel.y * settings.picture_columns + texel.x;
            sum += f32(pictures[byte / 4u] >> (byte % 4u * 8u) & 255u);
        }
    }
    return sum / (255.0 * taps.x * taps.y);
}

@fragment
fn fragment(in: VertexOut) -> @location(0) vec4<f32> {
    let brightness = in.light.x;
    let pixel_share = in.light.z;
    if in.picture != NO_PICTURE && in.rings.x == 0.0 {
        let at = vec2(in.at.x, -in.at.y) * (0.5 / HALF_SIDE) + 0.5;
        if any(at < vec2(0.0)) || any(at > vec2(1.0)) {
            return vec4(0.0);
        }
        let white = ink(in.picture, at, pixel_share * 0.5 / HALF_SIDE);
        return vec4(mix(in.colour, vec3(1.0), 0.5) * white * brightness, white * 0.9);
    }
    let q = radii(in.at, in.shape.x);
    let edge = max(pixel_share, 1e-6);
    var core = clamp(0.5 + (1.0 - q) / edge, 0.0, 1.0);
    if in.shape.y != 0u {
        core *= clamp(0.5 + (q - HOLLOW_FROM) / edge, 0.0, 1.0);
    }
    // Even the faintest is not quite dark.
    let light = 0.012 + 0.988 * brightness * brightness;
    let white = 0.45 * brightness * brightness * exp(-2.5 * q * q);
    let fall = max(1.0 - q / in.light.y, 0.0);
    let glow = 0.16 * light * fall * fall * fall;
    var colour = mix(in.colour, vec3(1.0), white) * light * core + in.colour * glow;
    var cover = core * min(0.2 + brightness, 1.0) * 0.8;

    if in.rings.x > 0.0 {
        var ring = line_cover(abs(q - in.rings.x) / pixel_share, 1.4);
        if in.rings.y > 0.0 {
            ring = max(ring, line_cover(abs(q - in.rings.y) / pixel_share, 1.4));
        }
        let strength = ring * in.rings.z * settings.ring.a;
        colour = mix(colour, settings.ring.rgb, strength);
        cover = max(cover, strength);
    }
    return vec4(colour, cover);
}
