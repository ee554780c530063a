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

/// The name of a layer as it is read, of so many letters at most.
pub(super) fn layer_name(name: &str, letters: usize) -> String {
    let known = match name {
        // What an answer is read from.
        "logits" => Some(say!("boards-logits")),
        _ => crate::words::layer(name),
    };
    words::squeezed(known.unwrap_or(name), letters)
}

/// What stands above a map.
pub(super) fn heading(of: Method, map: Option<&Attribution>) -> String {
    let layer = map.and_then(|map| map.layer.as_ref());
    match layer {
        Some(layer) => {
            let layer = layer_name(layer, LAYER_LETTERS);
            say!("list-comma", first = method(of), second = layer)
        }
        None => method(of),
    }
}

/// What an input without evidence is taken to be.
pub(super) fn baseline(of: Baseline, classes: &[String]) -> String {
    match of {
        Baseline::Black => say!("boards-black").to_owned(),
        Baseline::Mean => say!("boards-mean-image").to_owned(),
        Baseline::MeanOf(of) => say!("boards-mean", classes = class(classes, of)),
        Baseline::Blurred => say!("boards-blurred").to_owned(),
        Baseline::Test(index) => say!("boards-image", index = grouped(index + 1)),
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
        return say!("boards-it-says-nothing").to_owned();
    };
    let is = match truth {
        Some(truth) if truth == said => say!("boards-rightly").to_owned(),
        Some(truth) => say!("boards-truly", classes = class(classes, truth)),
        None => String::new(),
    };
    say!("boards-it-says", classes = class(classes, said), sure = sheet::whole_percent(sure), is)
}

/// What the network says once something is shuffled.
pub(super) fn says_shuffled(why: &Why, classes: &[String]) -> String {
    said(&why.logits).map_or_else(String::new, |(said, sure)| {
        say!(
            "boards-shuffled-it-says",
            classes = class(classes, said),
            sure = sheet::whole_percent(sure)
        )
    })
}

/// What the two colours mean.
pub(super) fn colours(target: Target, classes: &[String]) -> String {
    let class = |of| class(classes, of);
    match target {
        Target::Difference(of, against) => {
            say!("boards-orange-for-blue-for", of = class(of), against = class(against))
        }
        Target::Probability(of) => say!("boards-orange-makes-likelier-blue-less", of = class(of)),
        Target::Logit(of) => say!("boards-orange-speaks-for-blue-against", of = class(of)),
        Target::Said => say!("boards-orange-speaks-for-it-blue").to_owned(),
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
    if oldest < newest {
        // There is no room for more.
        return say!(
            "boards-steps",
            oldest = steps(oldest),
            newest = steps(newest),
            price = milliseconds(price)
        );
    }
    let of = say!("boards-step-2", newest = steps(newest));
    let now = if run > newest { say!("boards-of-2", run = steps(run)) } else { String::new() };
    let told = say!("list-comma", first = of + &now, second = milliseconds(price));
    match share {
        Some(share) => say!("list-comma", first = told, second = sheet::percent_of(share as f32)),
        None => told,
    }
}

/// How many steps.
pub(super) fn steps(step: Step) -> String {
    grouped(usize::try_from(step.0).unwrap_or(usize::MAX))
}

/// That an answer is of another step than the one that the hall shows: the nearest that is kept, or the run's own.
pub(super) fn lags(of: Step, shown: Step, is_kept: bool) -> String {
    let what = if is_kept { say!("boards-the-nearest-kept") } else { say!("boards-as-it-is-now") };
    say!("boards-this-is-of-step-not", of = steps(of), what, shown = steps(shown))
}

/// How long it took to answer.
pub(super) fn milliseconds(price: Price) -> String {
    match price.seconds * 1000.0 {
        ms if ms < 1.0 => say!("boards-1-ms").to_owned(),
        ms if ms < 9999.5 => format!("{} ms", grouped(ms.round() as usize)),
        ms => format!("{} s", grouped((ms / 1000.0).round() as usize)),
    }
}

/// What a map adds up to, and by how much it misses what it should.
pub(super) fn sum(map: &Attribution) -> [String; 2] {
    let Some(sums) = map.completeness else {
        return [say!("boards-not-promised").to_owned(), "–".to_owned()];
    };
    let error = sums.error();
    let error =
        if error == 0.0 { "0".to_owned() } else { format!("{error:.0e}").replace('-', "−") };
    let how = if sums.exact { say!("boards-exact") } else { say!("boards-approx") };
    let (sum, expected) = (sheet::figure(sums.sum), sheet::figure(sums.expected));
    [say!("boards-of-3", sum, expected), say!("list-comma", first = error, second = how)]
}

/// A pixel of a map: where it is and what it says.
pub(super) fn pixel(row: usize, column: usize, value: f32) -> String {
    let sign = match value {
        value if value > 0.0 => say!("boards-for-it"),
        value if value < 0.0 => say!("boards-against-it"),
        _ => "",
    };
    say!("boards-row-column", row, column, signed = signed(value), sign)
}

/// A pixel of the input.
pub(super) fn pixel_of_input(row: usize, column: usize, ink: f32) -> String {
    say!("boards-row-column-of-1", row, column, ink = sheet::figure(ink))
}

/// What there is to be known of a map that is pointed at.
pub(super) fn remark(map: &Attribution, ink: Option<f32>) -> String {
    let of = method(map.method);
    let told = match (&map.remark, ink) {
        (Some(remark), _) => say!("list-of", name = of, value = remark),
        (None, Some(ink)) => say!("boards-the-input-there-is", of, ink = sheet::figure(ink)),
        (None, None) => of,
    };
    words::shortened(&told, LINE_LETTERS)
}

/// What is shuffled: how many layers, or the labels.
pub(super) fn shuffled(wanted: Option<Shuffled>, shuffled: &[String]) -> String {
    let layers = match wanted {
        None => 0,
        Some(Shuffled::Layers(layers)) => layers,
        Some(Shuffled::Labels) => return say!("boards-labels").to_owned(),
    };
    match (layers, shuffled.len()) {
        (0, _) => say!("boards-no-layer").to_owned(),
        (wanted, count) if wanted > count && count > 0 => {
            say!("boards-all", count = grouped(count))
        }
        (1, _) => say!("boards-the-last").to_owned(),
        (wanted, _) => say!("boards-the-last-2", wanted = grouped(wanted)),
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
