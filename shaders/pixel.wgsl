// Lines and edges measured in pixels, whatever the slant at which a plate is seen.

// The plate's coordinates per pixel, turned round: maps a way on the plate to a way in pixels.
fn pixels_from_plate(across: vec2<f32>, down: vec2<f32>) -> mat2x2<f32> {
    let determinant = across.x * down.y - across.y * down.x;
    let safe = select(determinant, 1e-20, abs(determinant) < 1e-20);
    return mat2x2<f32>(vec2(down.y, -across.y) / safe, vec2(-down.x, across.x) / safe);
}

// How much of a pixel a line covers whose middle is `distance` pixels away.
fn line_cover(distance: f32, width: f32) -> f32 {
    return clamp(0.5 * width + 0.5 - distance, 0.0, 1.0) * min(width, 1.0);
}

// How much of a pixel lies inside an edge that is `inside` pixels away, negative outside.
fn edge_cover(inside: f32) -> f32 {
    return clamp(inside + 0.5, 0.0, 1.0);
}

// Distance of the origin from the segment between two points.
fn distance_to_segment(a: vec2<f32>, b: vec2<f32>) -> f32 {
    let way = b - a;
    let along = clamp(-dot(a, way) / max(dot(way, way), 1e-12), 0.0, 1.0);
    return length(a + along * way);
}

fn over(below: vec3<f32>, colour: vec3<f32>, cover: f32) -> vec3<f32> {
    return mix(below, colour, clamp(cover, 0.0, 1.0));
}
