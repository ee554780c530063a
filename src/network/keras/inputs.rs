//! What networks of Keras take, as images of channels, rows and columns.

use serde_json::Value as Json;

use super::{
    Fault,
    builder::Builder,
    entries::Entry,
    flow::{Flow, counted},
    settings::{self, Settings, wrong},
};

pub(super) fn input(b: &mut Builder, entry: &Entry<'_>, prefix: &str) -> Result<Flow, Fault> {
    let path = entry.path(prefix);
    let settings = Settings(entry.config);
    let shape = settings
        .get("batch_shape")
        .ok_or_else(|| Fault::new(phrase!("keras-its-inputlayer-has-no-batch")))?;
    let flow =
        images(b, &path, shape).map_err(|fault| fault.of(phrase!("keras-inputlayer", path)))?;
    if settings.get("dtype").and_then(Json::as_str).is_some_and(|kind| kind.contains("int")) {
        b.wants_bytes(&flow, key!("keras-its-input-is-of-whole"));
    }
    Ok(flow)
}

/// Images as a network takes them; a row of numbers is one of as many rows as columns, grey or in three colours.
pub(super) fn images(b: &mut Builder, name: &str, shape: &Json) -> Result<Flow, Fault> {
    let sizes: Option<Vec<Option<usize>>> = shape.as_array().and_then(|sizes| {
        let size = |size: &Json| match size {
            Json::Null => Some(None),
            size => settings::size(size).map(Some),
        };
        sizes.iter().skip(1).map(size).collect()
    });
    let known: Vec<usize> = sizes.iter().flatten().copied().flatten().collect();
    counted(&known)?;
    match sizes.as_deref() {
        Some([rows, columns, channels]) => Ok(b.input(name, [*rows, *columns, *channels])),
        Some([Some(rows), Some(columns)]) => {
            let grey = b.input(name, [Some(*rows), Some(*columns), Some(1)]);
            let flat = b.reshaped(&format!("{name}_reshape"), &grey.name, &[*rows, *columns])?;
            Ok(Flow::new(flat, vec![Some(*rows), Some(*columns)]))
        }
        Some([Some(length)]) => {
            let square = |count: usize| Some(count.isqrt()).filter(|side| side * side == count);
            let sizes = [
                (1, square(*length)),
                (3, square(length / 3).filter(|_| length.is_multiple_of(3))),
            ];
            let size = sizes.into_iter().find_map(|(channels, side)| Some((channels, side?)));
            let (channels, side) = size.ok_or_else(|| wrong("batch_shape", shape))?;
            b.remarks.others.push(phrase!("keras-input-its-numbers-are-those", length, side));
            let image = b.input(name, [Some(side), Some(side), Some(channels)]);
            let flat = b.node("Flatten", &format!("{name}_flatten"), vec![image.name], []);
            let maps = (channels > 1).then_some([channels, side, side]);
            Ok(Flow { name: flat, dims: vec![Some(*length)], maps })
        }
        _ => Err(wrong("batch_shape", shape)),
    }
}
