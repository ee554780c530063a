// One colour, by itself or under the hall's light: from above, a little from everywhere, and no shadows.

#import "shaders://view.wgsl"::VertexOutput

struct Settings {
    colour: vec4<f32>,
    // Whether the light falls on it, and how much it glows besides.
    light: vec2<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> settings: Settings;

// Where the light comes from: above, a little to the right and behind the visitor.
const LIGHT: vec3<f32> = vec3(0.1562, 0.9370, 0.3123);
const FROM_LIGHT: f32 = 0.287;
const FROM_EVERYWHERE: f32 = 0.22;

@fragment
fn fragment(in: VertexOutput, @builtin(front_facing) front: bool) -> @location(0) vec4<f32> {
    let colour = settings.colour * in.color;
    let normal = normalize(in.world_normal) * select(-1.0, 1.0, front);
    let light = FROM_EVERYWHERE + FROM_LIGHT * max(dot(normal, LIGHT), 0.0) + settings.light.y;
    return vec4(colour.rgb * select(1.0, light, settings.light.x != 0.0), colour.a);
}
