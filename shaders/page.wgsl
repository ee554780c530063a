// Draws the marks of a page: rounded rectangles, their frames, and letters, each edge smoothed over one pixel.

struct Mark {
    @location(0) centre: vec2<f32>,
    @location(1) size: vec2<f32>,
    @location(2) axes: vec4<f32>,
    @location(3) clip: vec4<f32>,
    @location(4) colour: vec4<f32>,
    @location(5) radius: vec4<f32>,
    @location(6) frame: vec4<f32>,
    @location(7) letter: vec3<f32>,
}

struct Drawn {
    @builtin(position) pixel: vec4<f32>,
    @location(0) place: vec2<f32>,
    @location(1) @interpolate(flat) size: vec2<f32>,
    @location(2) @interpolate(flat) clip: vec4<f32>,
    @location(3) @interpolate(flat) colour: vec4<f32>,
    @location(4) @interpolate(flat) radius: vec4<f32>,
    @location(5) @interpolate(flat) frame: vec4<f32>,
    @location(6) @interpolate(flat) letter: vec3<f32>,
}

@group(0) @binding(0) var letters: texture_2d<f32>;
@group(0) @binding(1) var letters_sampler: sampler;

// Room around a rectangle for the soft outer half of its edge, in pixels.
const EDGE: f32 = 1.0;

@vertex
fn vertex(@builtin(vertex_index) corner: u32, mark: Mark) -> Drawn {
    let unit = vec2(f32(corner & 1u), f32(corner >> 1u)) - 0.5;
    let wide = mark.size + select(2.0 * EDGE, 0.0, mark.letter.z > 0.0);
    let place = unit * wide;
    let at = mark.centre + mark.axes.xy * place.x + mark.axes.zw * place.y;
    return Drawn(
        vec4(at, 0.0, 1.0), place, mark.size, mark.clip, mark.colour, mark.radius, mark.frame, mark.letter,
    );
}

// How far a point lies outside a rectangle with rounded corners around the origin, negative inside.
fn outside(place: vec2<f32>, half_size: vec2<f32>, radius: vec4<f32>) -> f32 {
    let on_the_right = select(radius.xw, radius.yz, place.x > 0.0);
    let corner = min(select(on_the_right.x, on_the_right.y, place.y > 0.0), min(half_size.x, half_size.y));
    let beyond = abs(place) - half_size + corner;
    return length(max(beyond, vec2(0.0))) + min(max(beyond.x, beyond.y), 0.0) - corner;
}

fn cover(outside: f32) -> f32 {
    return clamp(0.5 - outside, 0.0, 1.0);
}

@fragment
fn fragment(in: Drawn) -> @location(0) vec4<f32> {
    if any(in.pixel.xy < in.clip.xy) || any(in.pixel.xy > in.clip.zw) {
        discard;
    }
    var colour = in.colour;
    if in.letter.z > 0.0 {
        let texels = in.letter.xy + in.place + 0.5 * in.size;
        colour *= textureSampleLevel(letters, letters_sampler, texels / vec2<f32>(textureDimensions(letters)), 0.0);
    } else {
        var covered = cover(outside(in.place, 0.5 * in.size, in.radius));
        if any(in.frame > vec4(0.0)) {
            let hole = 0.5 * (in.size - in.frame.xy - in.frame.zw);
            let middle = 0.5 * (in.frame.xy - in.frame.zw);
            let widths = max(max(in.frame.x, in.frame.y), max(in.frame.z, in.frame.w));
            covered *= 1.0 - cover(outside(in.place - middle, hole, max(in.radius - widths, vec4(0.0))));
        }
        colour.a *= covered;
    }
    return vec4(colour.rgb * colour.a, colour.a);
}
