// Curves: each pixel looks up the points near it and measures its distance to the lines between them.

#import "shaders://view.wgsl"::VertexOutput
#import "shaders://pixel.wgsl"::{pixels_from_plate, line_cover, edge_cover, distance_to_segment, over}

struct Series {
    colour: vec4<f32>,
    first: u32,
    count: u32,
    width_px: f32,
    dots: u32,
}

struct Settings {
    ends: vec4<f32>,
    ground: vec4<f32>,
    grid: vec4<f32>,
    trouble: vec4<f32>,
    shown_colour: vec4<f32>,
    pointed_colour: vec4<f32>,
    shown_step: f32,
    pointed_step: f32,
    lines: u32,
    series_count: u32,
    x_tick_count: u32,
    y_tick_count: u32,
    series: array<Series, 5>,
    ticks: array<vec4<f32>, 12>,
}

// Step, least, mean and greatest value of a column.
@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<storage, read> settings: Settings;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var<storage, read> points: array<vec4<f32>>;

// A column with a value that was no number.
const BROKEN: f32 = -1e29;
const DOT_RADIUS_PX: f32 = 3.2;
// A plate of fewer pixels in height has thinner lines and smaller dots.
const FULL_HEIGHT_PX: f32 = 120.0;
// How much of a curve's colour fills the span between least and greatest.
const BAND: f32 = 0.22;

fn x_place(step: f32) -> f32 {
    return (step - settings.ends.x) / (settings.ends.y - settings.ends.x);
}

// From the top, as uv.
fn y_place(value: f32) -> f32 {
    return 1.0 - (value - settings.ends.z) / (settings.ends.w - settings.ends.z);
}

// The first point of a series at or right of a place.
fn first_from(series: Series, place: f32) -> u32 {
    var low = series.first;
    var high = series.first + series.count;
    while low < high {
        let middle = (low + high) / 2u;
        if x_place(points[middle].x) < place {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    return low;
}

fn with_series(below: vec3<f32>, series: Series, uv: vec2<f32>, pixels: mat2x2<f32>, pixel: vec2<f32>) -> vec3<f32> {
    let shrink = min(1.0 / (pixel.y * FULL_HEIGHT_PX), 1.0);
    let width = max(series.width_px * shrink, 1.0);
    let dot_radius = max(DOT_RADIUS_PX * shrink, 0.7);
    let reach = (max(width, 2.0 * dot_radius) + 1.5) * pixel.x;
    let end = series.first + series.count;
    // One point further left, since a line may come from there.
    var i = max(first_from(series, uv.x - reach), series.first + 1u) - 1u;
    var distance = 1e9;
    var dot_distance = 1e9;
    var band = 0.0;
    var broken = 0.0;
    for (var steps = 0; steps < 40 && i < end; steps++) {
        let point = points[i];
        let here = vec2(x_place(point.x), y_place(point.z));
        if point.z < BROKEN {
            broken = max(broken, edge_cover(1.5 - abs(here.x - uv.x) / pixel.x));
        } else {
            let a = pixels * (here - uv);
            dot_distance = min(dot_distance, length(a));
            if i + 1u < end {
                let next = points[i + 1u];
                if next.z >= BROKEN {
                    let there = vec2(x_place(next.x), y_place(next.z));
                    distance = min(distance, distance_to_segment(a, pixels * (there - uv)));
                    if here.x <= uv.x && uv.x < there.x {
                        let along = (uv.x - here.x) / max(there.x - here.x, 1e-9);
                        let top = mix(y_place(point.w), y_place(next.w), along);
                        let bottom = mix(y_place(point.y), y_place(next.y), along);
                        band = edge_cover((uv.y - top) / pixel.y) * edge_cover((bottom - uv.y) / pixel.y);
                    }
                }
            }
        }
        if here.x > uv.x + reach {
            break;
        }
        i += 1u;
    }
    var colour = below;
    // Few points far apart have no spread of their own.
    if series.dots == 0u {
        colour = over(colour, series.colour.rgb, BAND * band);
    }
    colour = over(colour, series.colour.rgb, line_cover(distance, width));
    if series.dots != 0u || series.count == 1u {
        colour = over(colour, settings.ground.rgb, edge_cover(dot_radius + 1.5 * shrink - dot_distance));
        colour = over(colour, series.colour.rgb, edge_cover(dot_radius - dot_distance));
    }
    // What is no number has no height: it stands as a mark at the upper rim.
    return over(colour, settings.trouble.rgb, broken * edge_cover(6.0 - uv.y / pixel.y));
}

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let uv = in.uv;
    let across = dpdx(uv);
    let down = dpdy(uv);
    let pixel = max(vec2(length(vec2(across.x, down.x)), length(vec2(across.y, down.y))), vec2(1e-7));
    let pixels = pixels_from_plate(across, down);

    var colour = settings.ground.rgb;
    for (var i = 0u; i < settings.x_tick_count; i++) {
        let distance = abs(uv.x - x_place(settings.ticks[i].x)) / pixel.x;
        colour = over(colour, settings.grid.rgb, line_cover(distance, 1.0));
    }
    for (var i = 0u; i < settings.y_tick_count; i++) {
        let distance = abs(uv.y - y_place(settings.ticks[i].y)) / pixel.y;
        colour = over(colour, settings.grid.rgb, line_cover(distance, 1.0));
    }
    // The axes themselves, just inside the plate.
    let to_axis = min(uv.x / pixel.x, (1.0 - uv.y) / pixel.y);
    colour = over(colour, settings.grid.rgb * 2.0, edge_cover(1.5 - to_axis));

    for (var i = 0u; i < settings.series_count; i++) {
        let series = settings.series[i];
        if series.count > 0u {
            colour = with_series(colour, series, uv, pixels, pixel);
        }
    }
    if (settings.lines & 2u) != 0u {
        let distance = abs(uv.x - x_place(settings.pointed_step)) / pixel.x;
        colour = over(colour, settings.pointed_colour.rgb, 0.7 * line_cover(distance, 1.0));
    }
    if (settings.lines & 1u) != 0u {
        let distance = abs(uv.x - x_place(settings.shown_step)) / pixel.x;
        colour = over(colour, settings.shown_colour.rgb, 0.9 * line_cover(distance, 1.4));
    }
    return vec4(colour, 1.0);
}
