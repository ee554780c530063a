// Ground: softly lit, in the colours of its heights, with contour lines as wide as a pixel or two wherever one stands.

#import "shaders://view.wgsl"::VertexOutput

// Where the light comes from, and how much of the colour is there without it.
@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> light: vec4<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var<uniform> contour: vec4<f32>;

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let lit = light.w + (1.0 - light.w) * max(dot(normalize(in.world_normal), light.xyz), 0.0);
    var colour = in.color.rgb * lit;
    // Contour lines are where the level passes a whole number.
    let level = in.uv.x;
    let step = max(fwidth(level), 1e-6);
    let off = abs(fract(level - 0.5) - 0.5) / step;
    // Where lines would run together they fade into an even tone.
    let apart = 1.0 - smoothstep(0.25, 0.6, step);
    let line = (1.0 - smoothstep(0.4, 1.2, off)) * apart * contour.a;
    colour = mix(colour, contour.rgb, line);
    return vec4(colour, 1.0);
}
