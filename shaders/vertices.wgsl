// Vertices of meshes whose shader places none itself.

#import "shaders://view.wgsl"::{get_local_from_world, get_world_from_local, look_through, position_world_to_clip, VertexOutput}

struct VertexIn {
    @builtin(instance_index) instance: u32,
#ifdef BOTH_EYES
    @builtin(view_index) eye: u32,
#endif
    @location(0) position: vec3<f32>,
#ifdef NORMALS
    @location(1) normal: vec3<f32>,
#endif
#ifdef UVS
    @location(2) uv: vec2<f32>,
#endif
#ifdef COLOURS
    @location(3) color: vec4<f32>,
#endif
}

@vertex
fn vertex(in: VertexIn) -> VertexOutput {
#ifdef BOTH_EYES
    look_through(in.eye);
#endif
    var out: VertexOutput;
    out.world_position = get_world_from_local(in.instance) * vec4(in.position, 1.0);
    out.position = position_world_to_clip(out.world_position.xyz);
    out.color = vec4(1.0);
#ifdef NORMALS
    // The transposed inverse keeps normals upright under uneven scale.
    out.world_normal = normalize((vec4(in.normal, 0.0) * get_local_from_world(in.instance)).xyz);
#endif
#ifdef UVS
    out.uv = in.uv;
#endif
#ifdef COLOURS
    out.color = in.color;
#endif
    return out;
}
