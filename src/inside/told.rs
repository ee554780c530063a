//! Reasons in words, line by line.

use std::fmt::Write as _;

use crate::words::column;

use super::{Attribution, Baseline, Target, Why};

/// What a model answers, and for each method what its map adds up to, what deleting by it does, and what it cost.
pub fn told(why: &Why, classes: &[String]) -> String {
    let class = |at: usize| classes.get(at).map_or_else(|| at.to_string(), Clone::clone);
    let target = match why.target {
        Target::Said => say!("inside-what-it-says").to_owned(),
        Target::Logit(at) => say!("inside-the-logit-of", at = class(at)),
        Target::Probability(at) => say!("inside-the-probability-of", at = class(at)),
        Target::Difference(one, other) => {
            say!("inside-the-logit-of-less-that", one = class(one), other = class(other))
        }
    };
    let baseline = match why.asked.baseline {
        Baseline::Black => say!("inside-a-black-image").to_owned(),
        Baseline::Mean => say!("inside-the-mean-of-the-training").to_owned(),
        Baseline::MeanOf(at) => say!("inside-the-mean-of-the-training-images", at = class(at)),
        Baseline::Blurred => say!("inside-the-image-blurred").to_owned(),
        Baseline::Test(at) => say!("inside-test-image-2", at),
    };
    // A `String` takes everything that is written to it.
    let mut lines = say!(
        "inside-is-of",
        target,
        value = format_args!("{:.4}", why.value),
        baseline,
        baseline_value = format_args!("{:.4}", why.baseline_value)
    );
    for map in &why.maps {
        writeln!(lines, "{:>20}  {}", column(map.method.name()), figures(map)).ok();
        if let Some(remark) = &map.remark {
            writeln!(lines, "{:>20}  {remark}", "").ok();
        }
    }
    for (method, sentence) in &why.refused {
        writeln!(
            lines,
            "{}",
            say!("inside-none", name = format_args!("{:>20}", column(method.name())), sentence)
        )
        .ok();
    }
    writeln!(lines, "{:>20}  {}", column(say!("inside-altogether")), why.price).ok();
    lines
}

fn figures(map: &Attribution) -> String {
    let mut words = match &map.completeness {
        Some(sum) => say!(
            "inside-adds-up-to-of",
            sum = format_args!("{:.4}", sum.sum),
            expected = format_args!("{:.4}", sum.expected)
        ),
        None => String::new(),
    };
    if let Some(biases) = map.biases {
        write!(words, "{}", say!("inside-of-it-biases", biases = format_args!("{:.4}", biases)))
            .ok();
    }
    let deletion = &map.deletion;
    write!(
        words,
        "{}",
        say!(
            "inside-pixels-less-take-random-ones",
            pixels = deletion.pixels,
            drop = format_args!("{:.4}", deletion.drop),
            random = format_args!("{:.4}", deletion.random),
            value = format_args!("{:.1}", 1e3 * map.price.seconds)
        )
    )
    .ok();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        inside::{Completeness, Deletion, Method, Price, WhyAsked},
        stream::InputChoice,
    };

    #[test]
    fn each_map_is_told_with_what_can_be_checked_of_it() {
        let price = Price { forward: 9, backward: 1, seconds: 0.0021 };
        let why = Why {
            asked: WhyAsked {
                input: InputChoice::Test(3),
                target: Target::Said,
                baseline: Baseline::Mean,
                methods: vec![Method::HiResCam, Method::GradCam],
                shuffled: None,
                seed: 1,
            },
            target: Target::Difference(0, 1),
            size: [1, 1, 2],
            input: [0.5, 1.0].into(),
            baseline: [0.0; 2].into(),
            logits: [2.0, 1.0].into(),
            value: 1.0,
            baseline_value: 0.25,
            maps: vec![Attribution {
                method: Method::HiResCam,
                size: [1, 2],
                values: [0.25, 0.5].into(),
                layer: Some("pool".to_owned()),
                biases: Some(0.25),
                completeness: Some(Completeness { sum: 1.0, expected: 1.0, exact: true }),
                deletion: Deletion { pixels: 1, drop: 0.5, random: 0.125 },
                unshuffled: None,
                remark: Some("so it is".into()),
                price,
            }],
            refused: vec![(Method::GradCam, "it has no maps".into())],
            shuffled: Vec::new(),
            price,
        };
        let told = told(&why, &["cat".to_owned(), "dog".to_owned()]);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(
            lines,
            [
                "the logit of cat less that of dog is 1.0000, of the mean of the training images 0.2500",
                "HiResCAM  adds up to 1.0000 of 1.0000, of it biases 0.2500, 1 pixels less take 0.5000, random ones 0.1250, 2.1 ms",
                "so it is",
                "Grad-CAM  none: it has no maps",
                "altogether  9 forward and 1 backward passes, 2.1 ms",
            ]
        );
    }
}
