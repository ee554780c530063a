//! One number for each window of maps, or for each map.

use super::{
    Fault,
    builder::{Builder, Call},
    flow::Flow,
    windows::Windows,
};

pub(super) fn pool(
    b: &mut Builder,
    operator: &str,
    call: Call<'_>,
    flow: Flow,
) -> Result<Flow, Fault> {
    let (space, channels) = flow.image()?;
    let ([shape, strides, dilations, pads], [rows, columns]) =
        Windows::of_pool(call.settings)?.on(space)?;
    // Of a mean, pads are no part, as in Keras.
    let reads = vec![flow.name];
    let name = match operator {
        "AveragePool" => b.node(operator, call.path, reads, [shape, strides, pads]),
        _ => b.node(operator, call.path, reads, [shape, strides, dilations, pads]),
    };
    Ok(Flow::new(name, vec![rows, columns, Some(channels)]))
}

pub(super) fn global(
    b: &mut Builder,
    operator: &str,
    call: Call<'_>,
    flow: Flow,
) -> Result<Flow, Fault> {
    let (_, channels) = flow.image()?;
    let name = b.node(operator, call.path, vec![flow.name], []);
    if call.settings.flag("keepdims", false)? {
        return Ok(Flow::new(name, vec![Some(1), Some(1), Some(channels)]));
    }
    let flat = b.node("Flatten", &format!("{}_flatten", call.path), vec![name], []);
    Ok(Flow::new(flat, vec![Some(channels)]))
}
