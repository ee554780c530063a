// Level bars under one another, each in its groove.

#import "shaders://view.wgsl"::VertexOutput
#import "shaders://pixel.wgsl"::{edge_cover, line_cover, over}

struct Settings {
    ground: vec4<f32>,
    groove: vec4<f32>,
    bar: vec4<f32>,
    pointed_colour: vec4<f32>,
    truth_colour: vec4<f32>,
    trouble: vec4<f32>,
    count: u32,
    truth: u32,
    pointed: u32,
    chosen: u32,
    gap: f32,
    aspect: f32,
    values: array<vec4<f32>, 25>,
    broken: vec2<u32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<storage, read> settings: Settings;

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let across = dpdx(in.uv);
    let down = dpdy(in.uv);
    let pixel = max(vec2(length(vec2(across.x, down.x)), length(vec2(across.y, down.y))), vec2(1e-7));

    var colour = settings.ground.rgb;
    if settings.count == 0u {
        return vec4(colour, 1.0);
    }
    let rows = f32(settings.count);
    let bar = min(u32(max(in.uv.y, 0.0) * rows), settings.count - 1u);
    let within = in.uv.y * rows - f32(bar);
    let row_px = 1.0 / (rows * pixel.y);
    let in_bar = edge_cover((within - settings.gap) * row_px) * edge_cover((1.0 - settings.gap - within) * row_px);

    // The whole groove is 1; quarters are ticked.
    colour = over(colour, settings.groove.rgb, 0.45 * in_bar);
    for (var quarter = 1; quarter < 4; quarter++) {
        let distance = abs(in.uv.x - f32(quarter) * 0.25) / pixel.x;
        colour = over(colour, settings.groove.rgb, 0.8 * line_cover(distance, 1.0) * in_bar);
    }

    if ((settings.broken[bar / 32u] >> (bar % 32u)) & 1u) != 0u {
        let stripe = step(0.5, fract((in.uv.x * settings.aspect + in.uv.y) * rows * 1.5));
        colour = over(colour, settings.trouble.rgb, in_bar * mix(0.25, 1.0, stripe));
    } else {
        let value = settings.values[bar / 4u][bar % 4u];
        var fill = settings.bar.rgb;
        if bar == settings.truth {
            fill = settings.truth_colour.rgb;
        }
        if bar == settings.chosen {
            fill = mix(fill, settings.pointed_colour.rgb, 0.75);
        }
        if bar == settings.pointed {
            fill = mix(fill, vec3(1.0), 0.35);
        }
        colour = over(colour, fill, in_bar * edge_cover((value - in.uv.x) / pixel.x));
    }

    // The true class carries a mark at its foot that is there even when its bar is empty: a line as high as its row, which
    // no value is.
    if bar == settings.truth {
        colour = over(colour, settings.truth_colour.rgb, edge_cover(2.5 - in.uv.x / pixel.x));
    }
    if bar == settings.pointed {
        let to_edge = min(
            min(within, 1.0 - within) * row_px,
            min(in.uv.x, 1.0 - in.uv.x) / pixel.x,
        );
        colour = over(colour, settings.pointed_colour.rgb, edge_cover(1.8 - to_edge));
    }
    return vec4(colour, 1.0);
}
