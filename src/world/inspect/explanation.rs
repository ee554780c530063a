//! The arithmetic of a unit in words: a table of products and lines of sums.

use super::{Arithmetic, Product, Unit, arithmetic, value};
use crate::{
    stream::{ModelGraph, Op, Role, Snapshot},
    words::{Word, enumerated},
    world::ui::{sheet::figure, words::squeezed},
};

/// The strongest channels that a convolution names besides the one that is shown.
const NAMED_CHANNELS: usize = 2;
/// The strongest maps that a linear unit names.
const NAMED_MAPS: usize = 5;
/// Letters of a name of a layer, at most.
const NAME_LETTERS: usize = 34;
/// The largest terms of a sum that are named.
const NAMED_TERMS: usize = 6;

/// How a number came to be, as a card says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// Which layer.
    pub layer: String,
    /// Where in it, and of which step.
    pub place: String,
    /// The number.
    pub value: String,
    /// Factors, product, and whether it is the one that counts.
    pub table: Vec<Vec<(String, String, bool)>>,
    /// Sums, functions and shares.
    pub lines: Vec<String>,
}

/// How a unit came to be, with its layer and place as they are called.
pub fn explanation(
    graph: &ModelGraph,
    snapshot: &Snapshot,
    unit: Unit,
    (layer, place): (String, String),
    channel: impl Fn(usize) -> String,
) -> Explanation {
    let number = value(snapshot, unit);
    let mut page = Explanation {
        layer,
        place: say!("inspect-step", place, step = snapshot.step),
        value: number.map_or_else(|| "?".to_owned(), figure),
        ..Explanation::default()
    };
    match arithmetic(graph, snapshot, unit) {
        Some(arithmetic) => {
            page.explain(graph, unit, number.unwrap_or(f32::NAN), &arithmetic, channel);
        }
        None => page.lines.push(say!("inspect-what-it-was-made-of").to_owned()),
    }
    page
}

impl Explanation {
    /// Adds the table and the lines of one calculation.
    pub fn explain(
        &mut self,
        graph: &ModelGraph,
        unit: Unit,
        value: f32,
        arithmetic: &Arithmetic,
        channel: impl Fn(usize) -> String,
    ) {
        match arithmetic {
            Arithmetic::Given => self.lines.push(
                match graph.called(unit.layer).map(|(_, tensor)| tensor.role) {
                    Some(Role::Input) => say!("inspect-the-brightness-of-this-pixel"),
                    Some(Role::Parameter) => say!("inspect-learned-each-step-moves-it"),
                    Some(Role::Gradient(_)) => say!("inspect-the-slope-of-the-loss"),
                    _ => say!("inspect-made-by-an-operator-whose"),
                }
                .to_owned(),
            ),
            Arithmetic::Convolution { products, bias, sum } => {
                let sums: Vec<f32> = products.iter().map(|of| sum_of(of)).collect();
                // Of several channels, the one that adds or takes most is shown whole.
                let most = sums.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
                let shown = most.map_or(0, |(channel, _)| channel);
                self.table = products.get(shown).map(|of| table(of)).unwrap_or_default();
                if sums.len() > 1 {
                    let mut order: Vec<usize> = (0..sums.len()).filter(|at| *at != shown).collect();
                    order.sort_by(|a, b| sums[*b].abs().total_cmp(&sums[*a].abs()).then(a.cmp(b)));
                    let (named, others) = order.split_at(NAMED_CHANNELS.min(order.len()));
                    let told = |at: &usize| {
                        say!("list-of", name = channel(*at), value = figure(sums[*at]))
                    };
                    self.lines.push(say!("inspect-shown-here", shown = told(&shown)));
                    self.lines.push(enumerated(&named.iter().map(told).collect::<Vec<_>>()));
                    if !others.is_empty() {
                        let rest: f32 = others.iter().map(|at| sums[*at]).sum();
                        let count = others.len();
                        self.lines.push(say!(
                            "inspect-the-other-channels",
                            count,
                            rest = figure(rest)
                        ));
                    }
                }
                self.lines.push(say!(
                    "inspect-bias",
                    sum = figure(sum - bias),
                    bias = figure(*bias),
                    sum2 = figure(*sum)
                ));
            }
            Arithmetic::Relu { before } => {
                self.lines.push(say!(
                    "inspect-max-0",
                    before = figure(*before),
                    before2 = figure(before.max(0.0))
                ));
            }
            Arithmetic::MaxPooling { of } => {
                let count = of.iter().map(Vec::len).sum::<usize>();
                let largest = of.iter().flatten().copied().fold(f32::NEG_INFINITY, f32::max);
                self.table = of
                    .iter()
                    .map(|row| {
                        row.iter()
                            .map(|number| (String::new(), figure(*number), *number == largest))
                            .collect()
                    })
                    .collect();
                self.lines.push(say!(
                    "inspect-the-largest-of-the",
                    count = counted(count),
                    largest = figure(largest)
                ));
            }
            Arithmetic::Products { products, bias, sum } => {
                let product = |product: &Product| {
                    format!("{} × {}", figure(product.input), figure(product.weight))
                };
                self.terms(
                    products.iter().map(product),
                    products.iter().map(|product| product.value()),
                );
                let bias = bias.map(|bias| say!("inspect-bias-2", bias = figure(bias)));
                let count = say!("inspect-of-products", products_count = products.len());
                let all: Vec<String> = std::iter::once(count).chain(bias).collect();
                self.lines.push(format!("{} = {}", all.join(" + "), figure(*sum)));
            }
            Arithmetic::Linear { parts, bias, sum } => {
                let (named, others) = parts.split_at(NAMED_MAPS.min(parts.len()));
                let rest: f32 = others.iter().map(|(_, part)| part).sum();
                let mut lines: Vec<String> = named
                    .iter()
                    .map(|(map, part)| say!("inspect-map", map, part = figure(*part)))
                    .collect();
                lines.insert(0, say!("inspect-bias-3", bias = figure(*bias)));
                // Two to a line, so that the card stays small.
                self.lines.extend(lines.chunks(2).map(|pair| pair.join(",  ")));
                if !others.is_empty() {
                    self.lines.push(say!(
                        "inspect-the-other-maps",
                        others_count = others.len(),
                        rest = figure(rest)
                    ));
                }
                let of = if is_logit(graph, unit) { say!("inspect-the-logit-z") } else { "" };
                self.lines.push(say!("inspect-together", of, sum = figure(*sum)));
            }
            Arithmetic::Softmax { logit, .. } if *logit == f32::NEG_INFINITY => {
                // So a mask takes out what must not be seen.
                self.lines.push(say!("inspect-hidden-as-it-comes-later").to_owned());
            }
            Arithmetic::Softmax { logit, exponentials, total, largest } => {
                let share = (logit - largest).exp();
                // The largest logit is taken off everywhere, which changes no share and keeps e^z finite.
                self.lines.push(say!(
                    "inspect-e-z-largest-e",
                    logit = figure(*logit),
                    largest = figure(*largest),
                    share = figure(share)
                ));
                let numbers = exponentials.iter().copied();
                self.terms(numbers.clone().map(figure), numbers);
                self.lines.push(say!(
                    "inspect-its-share-of-all",
                    exponentials_count = counted(exponentials.len()),
                    share = figure(share),
                    total = figure(*total),
                    figure = figure(value)
                ));
            }
            Arithmetic::LinearProduct(product) => {
                self.lines.push(say!("inspect-unit-this-weight").to_owned());
                self.lines.push(format!(
                    "{} × {} = {}",
                    figure(product.input),
                    figure(product.weight),
                    figure(product.value())
                ));
                self.lines.push(say!("inspect-is-what-it-adds-to").to_owned());
            }
            Arithmetic::AveragePooling { count, sum } => {
                let mean = sum / (*count).max(1) as f32;
                let line = format!("{} / {count} = {}", figure(*sum), figure(mean));
                self.lines.push(say!("inspect-the-mean-of-numbers", count, line));
            }
            Arithmetic::Function { name, before } => {
                self.lines.push(format!("{name}({}) = {}", figure(*before), figure(value)));
            }
            Arithmetic::Normalisation { before, moments, scale, shift } => {
                let even = match moments {
                    Some(moments) => {
                        let of = moments.count.map_or_else(
                            || say!("inspect-remembered-of-many-batches").to_owned(),
                            |count| say!("inspect-of-numbers", count),
                        );
                        let (mean, deviation) = (figure(moments.mean), figure(moments.deviation()));
                        self.lines.push(say!("inspect-mean-deviation", mean, deviation, of));
                        self.lines.push(say!(
                            "inspect-mean-deviation-2",
                            before = figure(*before),
                            even = figure(moments.even(*before))
                        ));
                        moments.even(*before)
                    }
                    None => {
                        let even = (value - shift) / scale;
                        let before = figure(*before);
                        self.lines.push(say!(
                            "inspect-among-the-others-is",
                            before,
                            even = figure(even)
                        ));
                        even
                    }
                };
                self.lines.push(say!(
                    "inspect-weight-bias",
                    even = figure(even),
                    scale = figure(*scale),
                    shift = figure(*shift),
                    figure = figure(value)
                ));
            }
            Arithmetic::Elementwise { name, parts } => {
                self.parts(parts);
                let numbers: Vec<String> = parts.iter().map(|(_, part)| figure(*part)).collect();
                let told = match sign(name) {
                    Some(sign) => numbers.join(sign),
                    None => format!("{name}({})", numbers.join(", ")),
                };
                self.lines.push(format!("{told} = {}", figure(value)));
            }
            Arithmetic::Reduction { takes, numbers, sum } => {
                let count = counted(numbers.len());
                let all = numbers.iter().copied();
                match takes.as_str() {
                    "mean" => {
                        self.terms(all.clone().map(figure), all);
                        let (sum, of) = (figure(*sum), numbers.len());
                        let line = format!("{sum} / {of} = {}", figure(value));
                        self.lines.push(say!("inspect-the-mean-of-numbers", count, line));
                    }
                    "sum" => {
                        self.terms(all.clone().map(figure), all);
                        self.lines.push(say!(
                            "inspect-the-sum-of-numbers",
                            count,
                            sum = figure(*sum)
                        ));
                    }
                    _ => {
                        let which = if takes == "max" {
                            say!("inspect-largest")
                        } else {
                            say!("inspect-smallest")
                        };
                        self.lines.push(say!(
                            "inspect-the-of-numbers",
                            which,
                            count,
                            figure = figure(value)
                        ));
                    }
                }
            }
            Arithmetic::Taken { from, number } => {
                let shape = graph.called(from.layer).map(|(_, tensor)| tensor.shape());
                self.lines.push(say!(
                    "inspect-taken-from",
                    name = squeezed(from.layer.shown(), NAME_LETTERS)
                ));
                self.lines.push(say!("list-of", name = from.place(shape), value = figure(*number)));
            }
            Arithmetic::Sum { parts } => {
                let most = if parts.len() > NAMED_TERMS + 1 { NAMED_TERMS } else { parts.len() };
                let (named, others) = parts.split_at(most);
                self.parts(named);
                if !others.is_empty() {
                    let rest: f32 = others.iter().map(|(_, part)| part).sum();
                    let line =
                        say!("inspect-and-more", others_count = others.len(), rest = figure(rest));
                    self.lines.push(line);
                }
                self.lines.push(say!("inspect-together-2", figure = figure(value)));
            }
        }
    }

    /// A number of each layer.
    fn parts(&mut self, parts: &[(&'static str, f32)]) {
        let line = |(layer, part): &(&'static str, f32)| {
            say!("list-of", name = squeezed(layer, NAME_LETTERS), value = figure(*part))
        };
        self.lines.extend(parts.iter().map(line));
    }

    /// The largest terms of a sum, two to a line, and what the others add.
    fn terms(
        &mut self,
        told: impl Iterator<Item = String>,
        terms: impl ExactSizeIterator<Item = f32>,
    ) {
        let count = terms.len();
        let named = if count > NAMED_TERMS + 1 { NAMED_TERMS } else { count };
        let values: Vec<f32> = terms.collect();
        let lines: Vec<String> = told
            .take(named)
            .zip(&values)
            .map(|(told, value)| {
                let value = figure(*value);
                if told == value { told } else { format!("{told} = {value}") }
            })
            .collect();
        self.lines.extend(lines.chunks(2).map(|pair| pair.join(",  ")));
        let rest = values.iter().skip(named).copied().map(f64::from).sum::<f64>();
        if count > named {
            let line =
                say!("inspect-and-more-2", count = count - named, rest = figure(rest as f32));
            self.lines.push(line);
        }
    }
}

/// Between the numbers of a function that has a sign.
fn sign(function: &str) -> Option<&'static str> {
    Some(match function {
        "mul" => " × ",
        "div" => " / ",
        "sub" => " − ",
        "pow" => " ^ ",
        _ => return None,
    })
}

/// Whether shares are made of it.
fn is_logit(graph: &ModelGraph, unit: Unit) -> bool {
    let made = graph.called(unit.layer).map(|(id, _)| id);
    graph
        .nodes()
        .iter()
        .any(|node| matches!(node.op, Op::Softmax { .. }) && node.inputs.first().copied() == made)
}

/// The products of one window, with what comes of each.
fn table(products: &[Vec<Product>]) -> Vec<Vec<(String, String, bool)>> {
    let cell = |product: &Product| {
        let factors = format!("{} × {}", figure(product.input), figure(product.weight));
        (factors, format!("= {}", figure(product.value())), false)
    };
    products.iter().map(|row| row.iter().map(cell).collect()).collect()
}

fn sum_of(products: &[Vec<Product>]) -> f32 {
    products.iter().flatten().map(|product| product.value()).sum()
}

/// A number of things, in a word where it is short.
fn counted(count: usize) -> String {
    const WORDS: [Word; 11] = [
        key!("inspect-none"),
        key!("inspect-one"),
        key!("inspect-two"),
        key!("inspect-three"),
        key!("inspect-four"),
        key!("inspect-five"),
        key!("inspect-six"),
        key!("inspect-seven"),
        key!("inspect-eight"),
        key!("inspect-nine"),
        key!("inspect-ten"),
    ];
    WORDS.get(count).map_or_else(|| count.to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::LayerId;

    const ACTIVATION: LayerId = LayerId::new("active");

    fn explain(page: &mut Explanation, unit: Unit, value: f32, arithmetic: &Arithmetic) {
        page.explain(&ModelGraph::default(), unit, value, arithmetic, |at| format!("channel {at}"));
    }

    #[test]
    fn words_are_the_numbers_of_the_calculation() {
        let unit = Unit { layer: ACTIVATION, map: 7, row: 3, column: 12 };
        let mut page = Explanation::default();
        explain(&mut page, unit, 0.0, &Arithmetic::Relu { before: -0.31 });
        assert_eq!(page.lines, ["max(0, −0.31) = 0"]);

        let mut page = Explanation::default();
        let parts = (0..32).map(|map| (map, 32.0 - map as f32)).collect();
        explain(&mut page, unit, 0.0, &Arithmetic::Linear { parts, bias: 0.5, sum: 528.5 });
        assert_eq!(page.lines[0], "bias: 0.50,  map 0: 32.0");
        assert_eq!(page.lines[3], "the other 27 maps: 378");
        assert_eq!(page.lines[4], "together 528");

        let mut page = Explanation::default();
        explain(
            &mut page,
            unit,
            2.0,
            &Arithmetic::MaxPooling { of: vec![vec![0.0, 2.0], vec![1.0, 0.5]] },
        );
        let marked: Vec<_> =
            page.table.iter().flatten().filter(|cell| cell.2).map(|cell| &cell.1).collect();
        assert_eq!(marked, ["2.00"]);
    }

    #[test]
    fn of_many_channels_the_strongest_are_named() {
        let unit = Unit { layer: ACTIVATION, map: 0, row: 0, column: 0 };
        let products =
            (0..5).map(|at| vec![vec![Product { input: at as f32, weight: 1.0 }]]).collect();
        let mut page = Explanation::default();
        explain(&mut page, unit, 10.5, &Arithmetic::Convolution { products, bias: 0.5, sum: 10.5 });
        assert_eq!(
            page.lines,
            [
                "channel 4: 4.00, shown here",
                "channel 3: 3.00, channel 2: 2.00",
                "the other 2 channels: 1.00",
                "Σ 10.0 + bias 0.50 = 10.5"
            ]
        );
        let mut page = Explanation::default();
        explain(
            &mut page,
            unit,
            2.5,
            &Arithmetic::Normalisation { before: 7.0, moments: None, scale: 2.0, shift: 0.5 },
        );
        assert_eq!(page.lines[1], "1.00 × weight 2.00 + bias 0.50 = 2.50");
    }
}
