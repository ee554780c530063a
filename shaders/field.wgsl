// A field of cells: each pixel finds its cell by arithmetic and its height by walking the grid of cells.
//
// Space here is measured in cells from the plate's top left corner: x to the right, y down, z towards the viewer.

#import "shaders://view.wgsl"::{eye_position, get_local_from_world, get_world_from_local, look_through, position_world_to_clip, rays_spread}
#import "shaders://pixel.wgsl"::{line_cover, over}

struct Mark {
    rect: vec4<f32>,
    colour: vec4<f32>,
    width_px: f32,
}

struct Settings {
    size: vec2<f32>,
    cells: vec2<u32>,
    map_cells: vec2<u32>,
    pitch: vec2<u32>,
    margin: u32,
    maps: u32,
    maps_per_row: u32,
    first: u32,
    count: u32,
    colours: u32,
    signed: u32,
    scale: u32,
    relief: f32,
    dimmed: f32,
    lit_maps: vec2<u32>,
    lit: vec2<f32>,
    mark_count: u32,
    hairlines: u32,
    picture: u32,
    plate: vec4<f32>,
    trouble: vec4<f32>,
    marks: array<Mark, 8>,
    ranges: array<vec2<f32>>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<storage, read> settings: Settings;
// As bits, so that no compiler may assume that a value is a number.
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var<storage, read> values: array<u32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(2) var colours: texture_2d<f32>;

struct VertexIn {
    @builtin(instance_index) instance: u32,
#ifdef BOTH_EYES
    @builtin(view_index) eye: u32,
#endif
    @location(0) position: vec3<f32>,
}

struct VertexOut {
    @builtin(position) clip: vec4<f32>,
    // Where the eye's ray leaves the box, and the way there from the eye, in cells.
    @location(0) @interpolate(perspective, centroid) point: vec3<f32>,
    @location(1) @interpolate(perspective, centroid) ray: vec3<f32>,
    // The same place under the pixel's middle, for differences between pixels: where two triangles meet,
    // the places above lie at uneven distances.
    @location(2) centre: vec3<f32>,
}

fn in_cells(way: vec3<f32>) -> vec3<f32> {
    let cells = vec2<f32>(settings.cells);
    let per_metre = cells / settings.size;
    return vec3(way.x * per_metre.x, -way.y * per_metre.y, way.z * max(per_metre.x, per_metre.y));
}

@vertex
fn vertex(in: VertexIn) -> VertexOut {
#ifdef BOTH_EYES
    look_through(in.eye);
#endif
    let world_from_local = get_world_from_local(in.instance);
    let local_from_world = get_local_from_world(in.instance);
    let world = world_from_local * vec4(in.position, 1.0);
    let eye = (local_from_world * vec4(eye_position(), 1.0)).xyz;
    let ray = in.position - eye;
    var out: VertexOut;
    out.clip = position_world_to_clip(world.xyz);
    out.point = in_cells(in.position) + vec3(vec2<f32>(settings.cells) / 2.0, 0.0);
    out.ray = in_cells(ray);
    out.centre = out.point;
    return out;
}

// What a cell of the plate shows.
struct Cell {
    // Height as a share of the highest.
    height: f32,
    // Place on the colour map.
    place: f32,
    broken: bool,
    // Whether there is a value at all: not between maps, nor past the last.
    filled: bool,
    // How much the spotlight is on it.
    lit: f32,
    // Of a colour picture, in linear light.
    colour: vec3<f32>,
}

fn scaled(share: f32) -> f32 {
    switch settings.scale {
        case 1u: { return sqrt(share); }
        case 2u: { return log(1.0 + 999.0 * share) / log(1000.0); }
        default: { return share; }
    }
}

// Brightness as screens have it, in linear light (IEC 61966-2-1).
fn lit_of(brightness: f32) -> f32 {
    let high = pow((brightness + 0.055) / 1.055, 2.4);
    return select(high, brightness / 12.92, brightness <= 0.04045);
}

fn cell_at(place: vec2<i32>) -> Cell {
    var cell = Cell(0.0, 0.0, false, false, 0.0, vec3(0.0));
    let from_margin = place - i32(settings.margin);
    if any(from_margin < vec2(0)) {
        return cell;
    }
    let at = vec2<u32>(from_margin);
    // Division of whole numbers is slow; this is exact as far as a plate reaches.
    let map_place = vec2<u32>((vec2<f32>(at) + 0.5) / vec2<f32>(settings.pitch));
    let within = at - map_place * settings.pitch;
    let map = map_place.y * settings.maps_per_row + map_place.x;
    if any(within >= settings.map_cells) || map_place.x >= settings.maps_per_row || map >= settings.maps {
        return cell;
    }
    let planes = select(1u, 3u, settings.picture != 0u);
    let index = settings.first + (map * planes * settings.map_cells.y + within.y) * settings.map_cells.x + within.x;
    if index >= settings.count {
        return cell;
    }
    cell.filled = true;
    let lit = select(vec2(0.0), settings.lit, settings.lit_maps == vec2(map));
    cell.lit = max(lit.x, lit.y);
    if settings.picture != 0u {
        // Red, green and blue lie behind each other, each as a map of its own.
        let area = settings.map_cells.x * settings.map_cells.y;
        for (var at = 0u; at < 3u; at++) {
            let bits = values[min(index + at * area, settings.count - 1u)];
            cell.broken = cell.broken || (bits & 0x7f800000u) == 0x7f800000u;
            cell.colour[at] = lit_of(clamp(bitcast<f32>(bits), 0.0, 1.0));
        }
        return cell;
    }
    let bits = values[index];
    if (bits & 0x7f800000u) == 0x7f800000u {
        cell.broken = true;
        return cell;
    }
    let value = bitcast<f32>(bits);
    let range = settings.ranges[map];
    if settings.signed != 0u {
        let share = clamp(value / max(range.y, 1e-30), -1.0, 1.0);
        cell.height = scaled(abs(share));
        cell.place = 0.5 + 0.5 * sign(share) * cell.height;
    } else {
        let share = clamp((value - range.x) / max(range.y - range.x, 1e-30), 0.0, 1.0);
        cell.height = scaled(share);
        cell.place = cell.height;
    }
    return cell;
}

// How large a pixel is on the plate, in cells, along each axis.
struct Footprint {
    pixel: vec2<f32>,
    // Pixels across a cell where it is narrowest.
    cell_px: f32,
}

fn dimming(cell: Cell) -> f32 {
    return 1.0 - 0.72 * settings.dimmed * (1.0 - cell.lit);
}

// The colour of a cell's top at a place, or of the plate; without alpha there is nothing.
fn top_colour(cell: Cell, at: vec2<f32>, footprint: Footprint) -> vec4<f32> {
    if !cell.filled {
        return vec4(settings.plate.rgb, step(0.001, settings.plate.a));
    }
    var colour: vec3<f32>;
    if cell.broken {
        let stripe = step(0.5, fract((at.x + at.y) * 2.0));
        colour = settings.trouble.rgb * mix(0.18, 1.0, stripe);
        // Stripes too fine to be seen are one warning colour.
        colour = mix(settings.trouble.rgb, colour, smoothstep(5.0, 10.0, footprint.cell_px));
    } else if settings.picture != 0u {
        colour = cell.colour;
    } else {
        let texel = u32(round(cell.place * 254.0));
        colour = textureLoad(colours, vec2(texel, settings.colours), 0).rgb;
    }
    // Hairlines part the cells wherever there is room for them.
    let room = smoothstep(7.0, 16.0, footprint.cell_px);
    if room > 0.0 && settings.hairlines != 0u {
        let to_edge = 0.5 - abs(fract(at) - 0.5);
        let distance = min(to_edge.x / footprint.pixel.x, to_edge.y / footprint.pixel.y);
        let half_width = clamp(0.022 * footprint.cell_px, 0.55, 3.0);
        let line = clamp(half_width + 0.5 - distance, 0.0, 1.0);
        colour = over(colour, mix(settings.plate.rgb, colour, 0.12), 0.9 * room * line);
    }
    return vec4(colour * dimming(cell), 1.0);
}

// The colour of a cell's side, `depth` being how far below its top as a share of its height.
fn side_colour(cell: Cell, normal: vec2<f32>, depth: f32) -> vec4<f32> {
    var colour = settings.trouble.rgb;
    if !cell.broken {
        let texel = u32(round(cell.place * 254.0));
        colour = textureLoad(colours, vec2(texel, settings.colours), 0).rgb;
    }
    // Light comes from above and a little from the left; feet stand in their own shade.
    let light = 0.54 + 0.16 * max(-normal.y, 0.0) - 0.14 * max(normal.y, 0.0) - 0.05 * normal.x;
    return vec4(colour * light * mix(1.0, 0.62, depth) * dimming(cell), 1.0);
}

// Where a ray meets the field.
struct Hit {
    colour: vec4<f32>,
    at: vec2<f32>,
    // The same for two rays that meet the same face of the same cell; negative where nothing is met.
    face: i32,
    // Whether every other ray through the pixel meets the same face.
    sure: bool,
}

// Whether a place is further than a pixel from the edges of its cell.
fn well_inside(at: vec2<f32>, footprint: Footprint) -> bool {
    return all(0.5 - abs(fract(at) - 0.5) > footprint.pixel);
}

fn trace(point: vec3<f32>, ray: vec3<f32>, relief: f32, footprint: Footprint) -> Hit {
    let missed = Hit(vec4(0.0), point.xy, -1, false);
    let cells = vec2<f32>(settings.cells);
    let way = select(ray, vec3(1e-6), abs(ray) < vec3(1e-6));
    let one_over = 1.0 / way;
    let to_low = -point * one_over;
    let to_high = (vec3(cells, relief) - point) * one_over;
    let entries = min(to_low, to_high);
    let exits = max(to_low, to_high);
    // The eye is at -1, for an eye between the cells.
    let enter = max(max(entries.x, entries.y), max(entries.z, -1.0));
    let leave = min(exits.x, min(exits.y, exits.z));
    if enter > leave {
        return missed;
    }

    let size = vec2<i32>(settings.cells);
    var t = enter;
    let start = point.xy + way.xy * t;
    var place = clamp(vec2<i32>(floor(start + sign(way.xy) * 1e-4)), vec2(0), size - 1);
    let stride = vec2<i32>(sign(way.xy));
    let t_cell = abs(one_over.xy);
    var t_next = (vec2<f32>(place) + max(sign(way.xy), vec2(0.0)) - point.xy) * one_over.xy;
    // Which side of a cell the ray comes in by; none when it comes from above.
    var normal = vec2(0.0);
    if entries.x >= enter {
        normal = vec2(-f32(stride.x), 0.0);
    } else if entries.y >= enter {
        normal = vec2(0.0, -f32(stride.y));
    }

    for (var steps = 0; steps < 64; steps++) {
        let cell = cell_at(place);
        let height = cell.height * relief;
        let z = point.z + way.z * t;
        let id = (place.y * size.x + place.x) * 4;
        // A step too low to see may be rounding between neighbours of one height.
        if any(normal != vec2(0.0)) && z < height - 0.003 {
            let at = point.xy + way.xy * t;
            let face = select(2, 1, normal.x != 0.0);
            return Hit(side_colour(cell, normal, 1.0 - z / height), at, id + face, false);
        }
        let t_top = (height - point.z) * one_over.z;
        let t_leave = min(t_next.x, t_next.y);
        if t_top <= t_leave + 1e-6 || steps == 63 {
            let at = point.xy + way.xy * max(t_top, t);
            let sure = steps == 0 && well_inside(start, footprint) && well_inside(at, footprint);
            return Hit(top_colour(cell, at, footprint), at, id, sure);
        }
        if t_next.x < t_next.y {
            place.x += stride.x;
            t = t_next.x;
            t_next.x += t_cell.x;
            normal = vec2(-f32(stride.x), 0.0);
        } else {
            place.y += stride.y;
            t = t_next.y;
            t_next.y += t_cell.y;
            normal = vec2(0.0, -f32(stride.y));
        }
        if any(place < vec2(0)) || any(place >= size) {
            return missed;
        }
    }
    return missed;
}

fn flat_colour(at: vec2<f32>, footprint: Footprint) -> vec4<f32> {
    if any(at < vec2(0.0)) || any(at >= vec2<f32>(settings.cells)) {
        return vec4(0.0);
    }
    return top_colour(cell_at(vec2<i32>(floor(at))), at, footprint);
}

fn add(sum: vec4<f32>, colour: vec4<f32>) -> vec4<f32> {
    return sum + vec4(colour.rgb * colour.a, colour.a);
}

// The outlines at a place.
fn marked(below: vec3<f32>, at: vec2<f32>, strength: f32, footprint: Footprint) -> vec3<f32> {
    var colour = below;
    for (var i = 0u; i < settings.mark_count; i++) {
        let mark = settings.marks[i];
        let middle = (mark.rect.xy + mark.rect.zw) / 2.0;
        let half = (mark.rect.zw - mark.rect.xy) / 2.0;
        let outside = (abs(at - middle) - half) / footprint.pixel;
        let distance = length(max(outside, vec2(0.0))) + min(max(outside.x, outside.y), 0.0);
        // A dark rim keeps all but the thinnest outlines visible on every colour.
        let rim = 0.8 * strength * step(1.5, mark.width_px);
        colour = over(colour, colour * 0.25, rim * line_cover(abs(distance), mark.width_px + 2.0));
        colour = over(colour, mark.colour.rgb, mark.colour.a * strength * line_cover(abs(distance), mark.width_px));
    }
    return colour;
}

// Where a ray meets the plate, which only rays from the front do.
fn on_plate_along(point: vec3<f32>, ray: vec3<f32>) -> vec2<f32> {
    return point.xy - ray.xy * (point.z / min(ray.z, -1e-4));
}

@fragment
fn fragment(in: VertexOut) -> @location(0) vec4<f32> {
    let point_across = dpdx(in.centre);
    let point_down = dpdy(in.centre);
    let spread = select(0.0, 1.0, rays_spread());
    let ray_across = point_across * spread;
    let ray_down = point_down * spread;
    let centre_ray = in.ray + (in.centre - in.point) * spread;
    let centre_on_plate = on_plate_along(in.centre, centre_ray);
    let across = dpdx(centre_on_plate);
    let down = dpdy(centre_on_plate);
    let on_plate = on_plate_along(in.point, in.ray);

    if in.ray.z >= 0.0 {
        // From behind there is only the back of the plate.
        if settings.plate.a < 0.001 {
            discard;
        }
        return vec4(settings.plate.rgb * 0.6, 1.0);
    }

    var footprint: Footprint;
    footprint.pixel = max(vec2(length(vec2(across.x, down.x)), length(vec2(across.y, down.y))), vec2(1e-6));
    footprint.cell_px = 1.0 / max(footprint.pixel.x, footprint.pixel.y);
    // Relief that is finer than the pixels can show would only shimmer.
    let relief = settings.relief * smoothstep(2.0, 5.0, footprint.cell_px);

    var sum = vec4(0.0);
    var samples = 1.0;
    var at = on_plate;
    var on_top = true;
    if relief > 0.005 {
        // Two rays, and two more where they meet different faces.
        var offsets = array<vec2<f32>, 4>(
            vec2(0.125, 0.375), vec2(-0.125, -0.375), vec2(0.375, -0.125), vec2(-0.375, 0.125),
        );
        var face = -2;
        samples = 0.0;
        for (var i = 0; i < 4; i++) {
            let aside = offsets[i];
            let hit = trace(
                in.point + point_across * aside.x + point_down * aside.y,
                in.ray + ray_across * aside.x + ray_down * aside.y,
                relief,
                footprint,
            );
            sum = add(sum, hit.colour);
            samples += 1.0;
            if i == 0 {
                face = hit.face;
                at = hit.at;
                on_top = hit.face % 4 == 0;
                if hit.sure {
                    break;
                }
            } else if i == 1 && hit.face == face {
                at = (at + hit.at) / 2.0;
                break;
            }
        }
    } else {
        let half = footprint.pixel / 2.0;
        if all(floor(on_plate - half) == floor(on_plate + half)) {
            sum = add(sum, flat_colour(on_plate, footprint));
        } else {
            // As many samples as there are cells under the pixel, up to four by four, evenly spread.
            let wanted = ceil(2.0 * max(footprint.pixel.x, footprint.pixel.y));
            let taps = i32(clamp(wanted + 1.0, 2.0, 4.0));
            samples = f32(taps * taps);
            for (var j = 0; j < taps; j++) {
                for (var i = 0; i < taps; i++) {
                    let aside = (vec2(f32(i), f32(j)) + 0.5) / f32(taps) - 0.5;
                    sum = add(sum, flat_colour(on_plate + across * aside.x + down * aside.y, footprint));
                }
            }
        }
    }
    let alpha = sum.a / samples;
    // A side below an outline only hints at it, or the outline would seem as thick as the cell is high.
    let colour = marked(sum.rgb / max(sum.a, 1e-6), at, select(0.4, 1.0, on_top), footprint);
#ifdef ALPHA_TO_COVERAGE
    if alpha < 0.02 {
        discard;
    }
#else
    if alpha < 0.5 {
        discard;
    }
#endif
    return vec4(colour, alpha);
}
