//! The numbers on which a unit of a network hangs: the filter or the row of a product that makes it, its bias, and the weights
//! by which the last product reads it.

use super::{Inside, parameters::filters_of};
use crate::{
    inside::UnitLayer,
    learning::inside::{Filters, Handles},
    network::{
        Parameter, Plan,
        onnx::{Attribute, Node},
    },
};

/// Operators that make each unit of one unit, in its place.
const KEEPING: [&str; 14] = [
    "Relu",
    "LeakyRelu",
    "Elu",
    "Selu",
    "Gelu",
    "HardSigmoid",
    "HardSwish",
    "Sigmoid",
    "Tanh",
    "MaxPool",
    "AveragePool",
    "GlobalAveragePool",
    "Dropout",
    "Identity",
];
/// Operators behind which the units lie in one row, unit after unit.
const FLATTENING: [&str; 3] = ["Flatten", "Reshape", "Squeeze"];
/// Operators of dense layers.
const PRODUCTS: [&str; 2] = ["Gemm", "MatMul"];

/// The arrays of an inside's parameters in one row: the place of each parameter's first number.
struct Row<'i> {
    plan: &'i Plan,
    /// By the places of the parameters among the plan's.
    firsts: Vec<(usize, usize)>,
}

impl<'i> Row<'i> {
    fn of(inside: &'i Inside) -> Self {
        let plan = &*inside.model.plan;
        let mut first = 0;
        let mut firsts = Vec::new();
        for at in &*inside.learning {
            firsts.push((*at, first));
            first += plan.parameters.get(*at).map_or(0, Parameter::len);
        }
        Self { plan, firsts }
    }

    /// The place among the plan's and the first number of the parameter of a name.
    fn parameter(&self, name: &str) -> Option<(usize, usize)> {
        let place = self.plan.parameters.iter().position(|of| of.name == name)?;
        self.firsts.iter().find(|(at, _)| *at == place).copied()
    }

    /// Its numbers that make one of so many units.
    fn filter(&self, name: &str, units: usize, unit: usize) -> Option<Vec<usize>> {
        let (at, first) = self.parameter(name)?;
        let size = filters_of(self.plan, self.plan.parameters.get(at)?);
        let filters = Filters::of(first, size).filter(|filters| filters.count() == units)?;
        Some(filters.places(unit).collect())
    }

    /// The one number that a parameter has for a unit.
    fn single(&self, name: &str, units: usize, unit: usize) -> Option<usize> {
        let (at, first) = self.parameter(name)?;
        (self.plan.parameters.get(at)?.len() == units).then_some(first + unit)
    }
}

/// The numbers on which a unit of a layer hangs; `None` where no weights make it alone.
pub(super) fn of_unit(
    inside: &Inside,
    value: &str,
    layer: &UnitLayer,
    unit: usize,
) -> Option<Handles> {
    let row = Row::of(inside);
    let units = layer.units();
    let (weights, bias) = makers(&row, value, units, unit)?;
    let towards = readers(&row, value, layer, unit).unwrap_or_default();
    Some(Handles { weights, bias, towards })
}

/// The numbers that make a unit, and its bias.
fn makers(
    row: &Row<'_>,
    value: &str,
    units: usize,
    unit: usize,
) -> Option<(Vec<usize>, Option<usize>)> {
    let mut value = value;
    let mut bias = None;
    // Each round goes one operator back.
    for _ in 0..row.plan.model.nodes.len() {
        let node = row.plan.model.nodes.iter().find(|node| made_by(node, value))?;
        let input = |at: usize| node.inputs.get(at).map_or("", String::as_str);
        match node.operator.as_str() {
            keeps if KEEPING.contains(&keeps) => value = input(0),
            // Its factor is what counts: whatever the filter is times, the normalisation takes back.
            "BatchNormalization" => {
                let factor = row.single(input(1), units, unit)?;
                return Some((vec![factor], row.single(input(2), units, unit)));
            }
            "Add" => {
                let (added, other) = match row.parameter(input(0)) {
                    Some(_) => (input(0), input(1)),
                    None => (input(1), input(0)),
                };
                bias = Some(row.single(added, units, unit)?);
                value = other;
            }
            _ => {
                let weights = row.filter(input(1), units, unit)?;
                let own = node.inputs.get(2).and_then(|name| row.single(name, units, unit));
                return Some((weights, bias.or(own)));
            }
        }
    }
    None
}

fn made_by(node: &Node, value: &str) -> bool {
    node.outputs.first().is_some_and(|made| made == value)
}

/// For each class the weights by which its logit reads a unit, where the layer leads to the last product directly.
fn readers(row: &Row<'_>, value: &str, layer: &UnitLayer, unit: usize) -> Option<Vec<Vec<usize>>> {
    let model = &row.plan.model;
    let mut value = value;
    for _ in 0..model.nodes.len() {
        let mut reading =
            model.nodes.iter().filter(|node| node.inputs.iter().any(|of| of == value));
        let node = reading.next()?;
        if reading.next().is_some() {
            return None;
        }
        let passes = [FLATTENING.as_slice(), &["Dropout", "Identity"]].concat();
        if passes.contains(&node.operator.as_str()) {
            value = node.outputs.first()?;
            continue;
        }
        let made = node.outputs.first()?;
        let adds =
            model.nodes.iter().find(|node| node.operator == "Add" && node.inputs.contains(made));
        let last = adds.and_then(|node| node.outputs.first()).unwrap_or(made);
        if !PRODUCTS.contains(&node.operator.as_str()) || !model.outputs.contains(last) {
            return None;
        }
        let name = node.inputs.get(1)?;
        let (at, first) = row.parameter(name)?;
        let [rows, columns] = row.plan.parameters.get(at)?.dims.as_slice() else { return None };
        let turned = node.attributes.get("transB") == Some(&Attribute::Int(1));
        let (classes, numbers) = if turned { (*rows, *columns) } else { (*columns, *rows) };
        if numbers != layer.numbers() || classes != row.plan.classes {
            return None;
        }
        let places = unit * layer.places()..(unit + 1) * layer.places();
        let place = |class: usize, at: usize| match turned {
            true => first + class * numbers + at,
            false => first + at * classes + class,
        };
        let of_class = |class| places.clone().map(|at| place(class, at)).collect();
        return Some((0..classes).map(of_class).collect());
    }
    None
}
