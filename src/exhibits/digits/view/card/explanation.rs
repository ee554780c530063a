//! The words of the card: the arithmetic of a unit as a table of products and lines of sums.

use crate::{
    exhibits::digits::{
        INPUT, LOGITS, PROBABILITIES,
        view::{
            architecture::Staged,
            layers::figure,
            naming::{colour, name_of},
        },
    },
    stream::Snapshot,
    world::inspect::{self, Arithmetic, Product, Unit},
};

/// The strongest maps that a class's sum names.
const NAMED_MAPS: usize = 5;

/// All that a card says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CardContent {
    pub(super) layer: String,
    pub(super) place: String,
    pub(super) value: String,
    /// Factors, product, and whether it is the one that counts.
    pub(super) table: Vec<Vec<(String, String, bool)>>,
    pub(super) lines: Vec<String>,
}

pub(super) fn page_of(
    staged: &Staged,
    snapshot: &Snapshot,
    unit: Unit,
    class: impl Fn(usize) -> String,
) -> CardContent {
    let Some(sizes) = staged.sizes() else {
        return CardContent::default();
    };
    let (name, place) = name_of(unit, sizes, class);
    let layer = unit.layer;
    let value = inspect::value(snapshot, unit);
    let mut page = CardContent {
        layer: name,
        place: format!("{place}, step {}", snapshot.step),
        value: value.map_or_else(|| "?".to_owned(), figure),
        ..CardContent::default()
    };
    let graph = staged.graph();
    if let Some(arithmetic) = inspect::arithmetic(graph, snapshot, unit) {
        explain_on(&mut page, unit, value.unwrap_or(f32::NAN), &arithmetic);
    }
    if layer == PROBABILITIES
        && let Some(dense) = inspect::arithmetic(graph, snapshot, Unit { layer: LOGITS, ..unit })
    {
        explain_on(&mut page, Unit { layer: LOGITS, ..unit }, f32::NAN, &dense);
    }
    page
}

/// Adds the table and the lines of one calculation.
pub(super) fn explain_on(page: &mut CardContent, unit: Unit, value: f32, arithmetic: &Arithmetic) {
    match arithmetic {
        Arithmetic::Given => page.lines.push(
            match unit.layer {
                INPUT => "The brightness of this pixel, from 0 to 1",
                _ => "Learned: each step moves it against its gradient",
            }
            .to_owned(),
        ),
        Arithmetic::Convolution { products, bias, sum } => {
            let sums: Vec<f32> = products.iter().map(|of| sum_of(of)).collect();
            // Of several channels, the one that adds or takes most is shown whole.
            let most = sums.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
            let shown = most.map_or(0, |(channel, _)| channel);
            page.table = products.get(shown).map(|of| table(of)).unwrap_or_default();
            if sums.len() > 1 {
                let told = sums.iter().enumerate();
                let told =
                    told.map(|(channel, sum)| format!("{} {}", colour(channel), figure(*sum)));
                page.lines.push(format!(
                    "{}: shown, of {}",
                    colour(shown),
                    told.collect::<Vec<_>>().join(", ")
                ));
            }
            page.lines.push(format!(
                "Σ {} + bias {} = {}",
                figure(sum - bias),
                figure(*bias),
                figure(*sum)
            ));
        }
        Arithmetic::Relu { before } => {
            page.lines.push(format!("max(0, {}) = {}", figure(*before), figure(before.max(0.0))));
        }
        Arithmetic::MaxPooling { of } => {
            let count = of.iter().map(Vec::len).sum::<usize>();
            let largest = of.iter().flatten().copied().fold(f32::NEG_INFINITY, f32::max);
            page.table = of
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|number| (String::new(), figure(*number), *number == largest))
                        .collect()
                })
                .collect();
            page.lines.push(format!("The largest of the {}: {}", counted(count), figure(largest)));
        }
        Arithmetic::Linear { parts, bias, sum } => {
            let (named, others) = parts.split_at(NAMED_MAPS.min(parts.len()));
            let rest: f32 = others.iter().map(|(_, part)| part).sum();
            let mut lines: Vec<String> =
                named.iter().map(|(map, part)| format!("map {map}: {}", figure(*part))).collect();
            lines.insert(0, format!("bias: {}", figure(*bias)));
            // Two to a line, so that the card stays small.
            page.lines.extend(lines.chunks(2).map(|pair| pair.join(",  ")));
            if !others.is_empty() {
                page.lines.push(format!("the other {} maps: {}", others.len(), figure(rest)));
            }
            page.lines.push(format!("together the logit z = {}", figure(*sum)));
        }
        Arithmetic::Softmax { logit, total, largest, of } => {
            let share = (logit - largest).exp();
            // The largest logit is taken off everywhere, which changes no share and keeps e^z finite.
            page.lines.push(format!(
                "e^(z − largest) = e^({} − {}) = {}",
                figure(*logit),
                figure(*largest),
                figure(share)
            ));
            page.lines.push(format!(
                "its share of all {}: {} / {} = {}",
                counted(*of),
                figure(share),
                figure(*total),
                figure(value)
            ));
        }
        Arithmetic::LinearProduct(product) => {
            page.lines.push("pooled unit × this weight".to_owned());
            page.lines.push(format!(
                "{} × {} = {}",
                figure(product.input),
                figure(product.weight),
                figure(product.value())
            ));
            page.lines.push("is what it adds to the logit".to_owned());
        }
    }
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
    const WORDS: [&str; 11] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
