//! What calls of layers in a functional model read: other calls, told by name and number.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::{Fault, flow::Flow, layers::Operand, settings::wrong};

/// `["name", 0, 0]`: a layer, which call of it, which of what it makes.
pub(super) type History<'a> = (&'a str, usize, usize);

fn history(json: &Json) -> Option<History<'_>> {
    let count = |at: usize| json.get(at)?.as_u64().and_then(|count| usize::try_from(count).ok());
    Some((json.get(0)?.as_str()?, count(1)?, count(2)?))
}

/// One of them, or a list.
pub(super) fn histories(json: &Json) -> Option<Vec<History<'_>>> {
    match history(json) {
        Some(one) => Some(vec![one]),
        None => json.as_array()?.iter().map(history).collect(),
    }
}

/// What a call reads; `None` if something of it is not yet there.
pub(super) fn operands(
    call: &Json,
    made: &HashMap<(&str, usize), Vec<Flow>>,
) -> Result<Option<Vec<Operand>>, Fault> {
    let (Some(args), kwargs) = (call.get("args").and_then(Json::as_array), call.get("kwargs"))
    else {
        return Err(Fault::new(phrase!("keras-what-it-reads-is-not")));
    };
    let named = kwargs.and_then(Json::as_object).into_iter().flat_map(serde_json::Map::values);
    // Of settings of a call only tensors count; those that say whether it trains are looked at by who calls.
    let named = named.filter(|value| value.is_array() || value.is_object());
    let mut waiting: Vec<&Json> = args.iter().chain(named).collect();
    waiting.reverse();
    let mut all = Vec::new();
    while let Some(value) = waiting.pop() {
        match value {
            Json::Array(values) => waiting.extend(values.iter().rev()),
            Json::Number(number) => all.push(Operand::Number(number.as_f64().unwrap_or(f64::NAN))),
            Json::Object(_)
                if value.get("class_name").and_then(Json::as_str) == Some("__keras_tensor__") =>
            {
                let told =
                    value.get("config").and_then(|config| history(config.get("keras_history")?));
                let (name, call, at) = told.ok_or_else(|| wrong("keras_history", value))?;
                let Some(flows) = made.get(&(name, call)) else { return Ok(None) };
                let flow = flows
                    .get(at)
                    .ok_or_else(|| Fault::new(phrase!("keras-it-reads-what-no-layer")))?;
                all.push(Operand::Flow(flow.clone()));
            }
            Json::Null => {}
            other => return Err(wrong("call", other)),
        }
    }
    Ok(Some(all))
}
