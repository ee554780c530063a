// Shows a panel's page: unlit, and averaged over the footprint that each pixel has on it, since the page has no mipmaps.

#import "shaders://view.wgsl"::VertexOutput

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var page: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var page_sampler: sampler;
@group(#{MATERIAL_BIND_GROUP}) @binding(2) var<uniform> presence: f32;

// At most this many taps along each axis of the footprint, each of them bilinear.
const MOST_TAPS = 4.0;

@fragment
fn fragment(mesh: VertexOutput) -> @location(0) vec4<f32> {
    let along_x = dpdx(mesh.uv);
    let along_y = dpdy(mesh.uv);
    let texels = vec2<f32>(textureDimensions(page));
    let footprint = vec2<f32>(length(along_x * texels), length(along_y * texels));
    // A tap is two texels wide by itself, so spacing taps by a texel leaves no gap.
    let taps = clamp(ceil(footprint), vec2<f32>(1.0), vec2<f32>(MOST_TAPS));

    var sum = vec4<f32>(0.0);
    for (var j = 0.5; j < taps.y; j += 1.0) {
        for (var i = 0.5; i < taps.x; i += 1.0) {
            let at = vec2<f32>(i, j) / taps - 0.5;
            sum += textureSampleLevel(page, page_sampler, mesh.uv + along_x * at.x + along_y * at.y, 0.0);
        }
    }
    // Premultiplied by opacity, in linear light: averaging and fading are plain multiplications.
    return sum * (presence / (taps.x * taps.y));
}
