//! The sentences of the board: what a network says, what colours mean, of which step maps are, and what is pointed at.

use crate::{
    inside::{Attribution, Baseline, Method, Price, Shuffled, Target, Why},
    sentence::grouped,
    stream::Step,
    world::{classifier::sheet, ui::words},
};

/// Letters of a class's name, and of a layer's, that have room.
const LETTERS: usize = 10;
const LAYER_LETTERS: usize = 9;
/// Letters of a line beside the range of colours.
const LINE_LETTERS: usize = 46;

/// What a class is called.
pub(super) fn class(classes: &[String], class: usize) -> String {
    words::squeezed(&sheet::class_name(classes, class), LETTERS)
}

/// What a method is called, as the beginning of a line.
pub(super) fn method(method: Method) -> String {
    capital(method.name())
}

/// A name as the beginning of a line.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.clone()).collect()
}

/// What stands above a map.
pub(super) fn heading(of: Method, map: Option<&Attribution>) -> String {
    let layer = map.and_then(|map| map.layer.as_ref());
    let at = layer.map(|layer| format!(", {}", words::squeezed(layer, LAYER_LETTERS)));
    method(of) + &at.unwrap_or_default()
}

/// What an input without evidence is taken to be.
pub(super) fn baseline(of: Baseline, classes: &[String]) -> String {
    match of {
        Baseline::Black => "black".to_owned(),
        Baseline::Mean => "mean image".to_owned(),
        Baseline::MeanOf(of) => format!("mean {}", class(classes, of)),
        Baseline::Blurred => "blurred".to_owned(),
        Baseline::Test(index) => format!("image {}", grouped(index + 1)),
    }
}

/// A number with its sign, also where it is positive.
pub(super) fn signed(value: f32) -> String {
    let figure = sheet::figure(value);
    if value > 0.0 { format!("+{figure}") } else { figure }
}

/// The class with the largest logit, and its probability.
fn said(logits: &[f32]) -> Option<(usize, f32)> {
    let (class, most) = logits.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    let all: f32 = logits.iter().map(|logit| (logit - most).exp()).sum();
    Some((class, 1.0 / all))
}

/// What the network says of the input.
pub(super) fn says(why: &Why, truth: Option<usize>, classes: &[String]) -> String {
    let Some((said, sure)) = said(&why.logits) else {
        return "It says nothing.".to_owned();
    };
    let is = match truth {
        Some(truth) if truth == said => ", rightly".to_owned(),
        Some(truth) => format!(", truly {}", class(classes, truth)),
        None => String::new(),
    };
    format!("It says {} ({}){is}.", class(classes, said), sheet::whole_percent(sure))
}

/// What the network says once something is shuffled.
pub(super) fn says_shuffled(why: &Why, classes: &[String]) -> String {
    said(&why.logits).map_or_else(String::new, |(said, sure)| {
        format!("Shuffled, it says {} ({}).", class(classes, said), sheet::whole_percent(sure))
    })
}

/// What the two colours mean.
pub(super) fn colours(target: Target, classes: &[String]) -> String {
    let class = |of| class(classes, of);
    match target {
        Target::Difference(of, against) => {
            format!("Orange for {}, blue for {}.", class(of), class(against))
        }
        Target::Probability(of) => format!("Orange makes {} likelier, blue less.", class(of)),
        Target::Logit(of) => format!("Orange speaks for {}, blue against it.", class(of)),
        Target::Said => "Orange speaks for it, blue against it.".to_owned(),
    }
}

/// Of which step answers are, from the oldest that is shown to the newest, at which the run is meanwhile, and what the newest
/// cost.
pub(super) fn step(
    [oldest, newest]: [Step; 2],
    run: Step,
    price: Price,
    share: Option<f64>,
) -> String {
    let share = share.map(|share| format!(", {}", sheet::percent_of(share as f32)));
    if oldest < newest {
        // There is no room for more.
        return format!("steps {}–{}, {}", steps(oldest), steps(newest), milliseconds(price));
    }
    let of = format!("step {}", steps(newest));
    let now = if run > newest { format!(" of {}", steps(run)) } else { String::new() };
    format!("{of}{now}, {}{}", milliseconds(price), share.unwrap_or_default())
}

/// How many steps.
pub(super) fn steps(step: Step) -> String {
    grouped(usize::try_from(step.0).unwrap_or(usize::MAX))
}

/// That an answer is of another step than the one that the hall shows: the nearest that is kept, or the run's own.
pub(super) fn lags(of: Step, shown: Step, is_kept: bool) -> String {
    let what = if is_kept { "the nearest kept" } else { "as it is now" };
    format!("This is of step {}, {what}, not of {}.", steps(of), steps(shown))
}

/// How long it took to answer.
pub(super) fn milliseconds(price: Price) -> String {
    match price.seconds * 1000.0 {
        ms if ms < 1.0 => "<1 ms".to_owned(),
        ms if ms < 9999.5 => format!("{} ms", grouped(ms.round() as usize)),
        ms => format!("{} s", grouped((ms / 1000.0).round() as usize)),
    }
}

/// What a map adds up to, and by how much it misses what it should.
pub(super) fn sum(map: &Attribution) -> [String; 2] {
    let Some(sums) = map.completeness else {
        return ["not promised".to_owned(), "–".to_owned()];
    };
    let error = sums.error();
    let error =
        if error == 0.0 { "0".to_owned() } else { format!("{error:.0e}").replace('-', "−") };
    let how = if sums.exact { "exact" } else { "approx." };
    let (sum, expected) = (sheet::figure(sums.sum), sheet::figure(sums.expected));
    [format!("{sum} of {expected}"), format!("{error}, {how}")]
}

/// A pixel of a map: where it is and what it says.
pub(super) fn pixel(row: usize, column: usize, value: f32) -> String {
    let sign = match value {
        value if value > 0.0 => ", for it",
        value if value < 0.0 => ", against it",
        _ => "",
    };
    format!("row {row}, column {column}: {}{sign}", signed(value))
}

/// A pixel of the input.
pub(super) fn pixel_of_input(row: usize, column: usize, ink: f32) -> String {
    format!("row {row}, column {column}: {} of 1", sheet::figure(ink))
}

/// What there is to be known of a map that is pointed at.
pub(super) fn remark(map: &Attribution, ink: Option<f32>) -> String {
    let of = method(map.method);
    let told = match (&map.remark, ink) {
        (Some(remark), _) => format!("{of}: {remark}"),
        (None, Some(ink)) => format!("{of}; the input there is {}", sheet::figure(ink)),
        (None, None) => of,
    };
    words::shortened(&told, LINE_LETTERS)
}

/// What is shuffled: how many layers, or the labels.
pub(super) fn shuffled(wanted: Option<Shuffled>, shuffled: &[String]) -> String {
    let layers = match wanted {
        None => 0,
        Some(Shuffled::Layers(layers)) => layers,
        Some(Shuffled::Labels) => return "labels".to_owned(),
    };
    match (layers, shuffled.len()) {
        (0, _) => "no layer".to_owned(),
        (wanted, count) if wanted > count && count > 0 => format!("all {}", grouped(count)),
        (1, _) => "the last".to_owned(),
        (wanted, _) => format!("the last {}", grouped(wanted)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inside::{Completeness, Deletion};

    fn map() -> Attribution {
        Attribution {
            method: Method::IntegratedGradients,
            size: [1, 2],
            values: [0.5, -0.25].into(),
            layer: None,
            biases: None,
            completeness: Some(Completeness { sum: 6.31, expected: 6.31, exact: true }),
            deletion: Deletion { pixels: 1, drop: 1.0, random: 0.5 },
            unshuffled: None,
            remark: None,
            price: Price { forward: 3, backward: 4, seconds: 0.0021 },
        }
    }

    #[test]
    fn a_map_says_what_it_adds_up_to() {
        let mut map = map();
        assert_eq!(sum(&map), ["6.31 of 6.31", "0, exact"]);
        map.completeness = Some(Completeness { sum: 6.298, expected: 6.31, exact: false });
        assert_eq!(sum(&map), ["6.30 of 6.31", "−1e−2, approx."]);
        map.completeness = None;
        assert_eq!(sum(&map)[0], "not promised");
    }

    #[test]
    fn steps_and_prices_are_told() {
        let price = map().price;
        assert_eq!(step([Step(1368); 2], Step(1368), price, None), "step 1,368, 2 ms");
        let lagging = step([Step(3); 2], Step(9), price, Some(0.021));
        assert_eq!(lagging, "step 3 of 9, 2 ms, 2.1 %");
        let apart = step([Step(1), Step(3)], Step(9), price, None);
        assert_eq!(apart, "steps 1–3, 2 ms");
        let told = lags(Step(1368), Step(100), false);
        assert_eq!(told, "This is of step 1,368, as it is now, not of 100.");
    }

    #[test]
    fn signs_are_told_in_words() {
        assert_eq!(pixel(3, 4, 0.25), "row 3, column 4: +0.25, for it");
        assert_eq!(pixel(3, 4, -0.25), "row 3, column 4: −0.25, against it");
        assert_eq!(pixel(3, 4, 0.0), "row 3, column 4: 0");
        let classes = ["7".to_owned(), "Ankle boot of leather".to_owned()];
        assert_eq!(colours(Target::Logit(0), &classes), "Orange speaks for 7, blue against it.");
        assert!(colours(Target::Difference(1, 1), &classes).chars().count() <= LINE_LETTERS);
        assert!(colours(Target::Probability(1), &classes).chars().count() <= LINE_LETTERS);
    }

    #[test]
    fn the_lever_says_how_far_it_is() {
        let names = ["dense".to_owned(), "conv".to_owned()];
        let layers = |count| Some(Shuffled::Layers(count));
        assert_eq!(shuffled(None, &[]), "no layer");
        assert_eq!(shuffled(layers(1), &names[..1]), "the last");
        assert_eq!(shuffled(layers(2), &names), "the last 2");
        assert_eq!(shuffled(layers(1000), &names), "all 2");
        assert_eq!(shuffled(Some(Shuffled::Labels), &[]), "labels");
    }
}
