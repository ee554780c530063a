// Shows a panel's page: unlit, and averaged over the footprint that each pixel has on it, since the page has no mipmaps.
// A board catches a little light at its upper edge and darkens towards the lower one; what is written on it does not.

#import "shaders://view.wgsl"::{dithered, VertexOutput}

struct Look {
    presence: f32,
    // Of a board: its width, height and the radius of its corners in dmm, then 1; zeros where there are words alone.
    board: vec4<f32>,
    plate: vec4<f32>,
    edge: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var page: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var page_sampler: sampler;
@group(#{MATERIAL_BIND_GROUP}) @binding(2) var<uniform> look: Look;

// At most this many taps along each axis of the footprint, each of them bilinear.
const MOST_TAPS = 4.0;
// How much darker the plate is at its lower edge than at its upper one.
const FALL = 0.5;
// How bright the light at the edge is, as a share of the rule's, and how far it reaches inwards, in dmm: less than words do.
const EDGE = 0.55;
const EDGE_DMM = 4.5;

// How far a place on a board is from its edge, in dmm.
fn from_edge(uv: vec2<f32>) -> f32 {
    let half = look.board.xy * 0.5;
    let corner = abs(uv - 0.5) * look.board.xy - half + look.board.z;
    return look.board.z - length(max(corner, vec2<f32>(0.0))) - min(max(corner.x, corner.y), 0.0);
}

// The edges and the back of a board, lit from above.
fn beside_page(normal: vec3<f32>, back: f32) -> vec3<f32> {
    let light = 0.5 + 0.5 * normal.y;
    let turned = 1.0 - abs(normal.y);
    let front = mix(look.edge.rgb * (0.35 + 1.15 * light * light), look.plate.rgb, back);
    return mix(front, look.plate.rgb * 0.6, back * turned);
}

@fragment
fn fragment(mesh: VertexOutput) -> @location(0) vec4<f32> {
    let along_x = dpdx(mesh.uv);
    let along_y = dpdy(mesh.uv);
    if mesh.uv.x > 1.5 {
        return vec4(beside_page(mesh.world_normal, mesh.uv.y), 1.0) * look.presence;
    }
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
    var seen = sum / (taps.x * taps.y);
    // Where nothing covers there is nothing to be lit.
    if look.board.w * seen.a > 0.0 {
        // What is brighter than the plate is written on it, and stays as it is.
        let over = dot(seen.rgb - look.plate.rgb * seen.a, vec3<f32>(0.2126, 0.7152, 0.0722));
        let bare = clamp(1.0 - over / 0.02, 0.0, 1.0);
        let fall = look.plate.rgb * (FALL * mesh.uv.y * bare);
        let lit = EDGE * exp(-max(from_edge(mesh.uv), 0.0) / EDGE_DMM) * (1.0 - 0.8 * mesh.uv.y);
        let colour = seen.rgb + (look.edge.rgb * lit - fall) * seen.a;
        seen = vec4(max(dithered(colour, mesh.position.xy), vec3<f32>(0.0)) * step(0.004, seen.a), seen.a);
    }
    return seen * look.presence;
}
