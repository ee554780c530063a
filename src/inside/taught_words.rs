//! Which images taught an answer and what became of it without them, in words, line by line.

use std::fmt::Write as _;

use crate::words::column;

use super::{Credited, Forecast, Sides, Taught, Without};

/// Images that are told in words on either side.
const ROWS: usize = 6;
/// Classes that are told in words.
const CLASSES: usize = 3;

/// What the ledger adds up to, by layer, by class, and the strongest images on both sides.
pub fn taught_told(taught: &Taught, classes: &[String]) -> String {
    let [begun, ended] = taught.loss;
    // A `String` takes everything that is written to it.
    let mut lines = String::new();
    let mut line = |name: &str, words: &str| {
        writeln!(lines, "{:>24}  {words}", column(name)).ok();
    };
    line(
        say!("inside-loss"),
        &say!(
            "inside-of-before-the-first-step",
            classes = called(classes, taught.class),
            begun = format_args!("{:.4}", begun),
            ended = format_args!("{:.4}", ended),
            steps = taught.steps
        ),
    );
    line(
        say!("inside-ledger"),
        &say!(
            "inside-all-credits-add-up-to",
            credit = format_args!("{:.4}", taught.credit),
            ended = format_args!("{:.4}", ended - begun),
            apart = apart(taught.apart),
            residual = format_args!("{:.1e}", taught.residual)
        ),
    );
    if taught.by_hand != 0.0 {
        line(
            say!("inside-by-hand"),
            &say!(
                "inside-edits-of-weights-changed-the",
                by_hand = format_args!("{:+.4}", taught.by_hand)
            ),
        );
    }
    line(
        say!("inside-when"),
        &say!(
            "inside-of-all-credit-came-in",
            value = format_args!("{:.1}", 100.0 * taught.at_once)
        ),
    );
    for layer in &taught.layers {
        line(&layer.layer, &sides(layer.sides));
    }
    let mut strongest: Vec<(usize, Sides)> = taught.classes.iter().copied().enumerate().collect();
    strongest.sort_by(|(_, one), (_, other)| other.net().abs().total_cmp(&one.net().abs()));
    for (class, of) in strongest.into_iter().take(CLASSES) {
        line(&say!("inside-images-of", classes = called(classes, class)), &sides(of));
    }
    line(say!("inside-helped-hindered-most"), say!("inside-training-image-class-credit-most"));
    for row in 0..ROWS {
        let [one, other] = [&taught.helped, &taught.hindered]
            .map(|side| side.get(row).map_or_else(String::new, |image| credited(image, classes)));
        if !(one.is_empty() && other.is_empty()) {
            line("", format!("{one:<36}  {other}").trim_end());
        }
    }
    for remark in &taught.remarks {
        line("", &remark.to_string());
    }
    let memory = taught.memory as f64 / f64::from(1 << 20);
    line(
        say!("inside-altogether"),
        &say!("list-comma", first = taught.price, second = format_args!("{memory:.0} MiB")),
    );
    lines
}

/// What really happened without some images, beside what the ledger had booked on them and what had been foretold.
pub fn without_told(without: &Without, classes: &[String]) -> String {
    let (before, after) = (&without.before, &without.after);
    let left_out = without.asked.left_out.len();
    let mut lines = String::new();
    let mut line = |name: &str, words: &str| {
        writeln!(lines, "{:>24}  {words}", column(name)).ok();
    };
    line(
        &say!("inside-without", left_out),
        &say!(
            "inside-trained-again-for-steps-loss",
            steps = without.steps,
            loss = format_args!("{:.4}", after.loss),
            loss2 = format_args!("{:.4}", before.loss),
            classes = called(classes, after.said),
            classes2 = called(classes, before.said)
        ),
    );
    line(
        say!("inside-test-images-2"),
        &say!(
            "inside-accuracy-instead-of-loss-instead",
            accuracy = format_args!("{:.4}", after.accuracy),
            accuracy2 = format_args!("{:.4}", before.accuracy),
            test_loss = format_args!("{:.4}", after.test_loss),
            test_loss2 = format_args!("{:.4}", before.test_loss),
            changed_count = without.changed.len()
        ),
    );
    line(
        say!("inside-booked"),
        &say!(
            "inside-on-these-images-and-is",
            booked = format_args!("{:.4}", without.booked),
            loss = format_args!("{:.4}", after.loss - before.loss)
        ),
    );
    if let Some(Forecast { change, first_step, checked }) = without.forecast {
        line(
            say!("inside-foretold"),
            &say!(
                "inside-without-these-images-from-what",
                change = format_args!("{:+.4}", change),
                first_step
            ),
        );
        line(
            say!("inside-checked"),
            &say!(
                "inside-rank-correlation-of-what-was",
                rank_correlation = format_args!("{:.2}", checked.rank_correlation),
                runs = checked.runs
            ),
        );
    }
    line(
        say!("inside-floor"),
        &say!("inside-an-untouched-repetition-differs-by", floor = without.floor),
    );
    for remark in &without.remarks {
        line("", &remark.to_string());
    }
    line(say!("inside-altogether"), &without.price.to_string());
    lines
}

/// What no image did, where there is such.
fn apart(apart: f64) -> String {
    if apart == 0.0 {
        String::new()
    } else {
        say!("inside-what-no-image-did-to", apart = format_args!("{:.4}", apart))
    }
}

fn called(classes: &[String], class: usize) -> String {
    classes.get(class).map_or_else(|| class.to_string(), Clone::clone)
}

fn sides(of: Sides) -> String {
    say!(
        "inside-that-helped-that-hindered",
        net = format_args!("{:+.4}", of.net()),
        helped = format_args!("{:+.4}", of.helped),
        hindered = format_args!("{:+.4}", of.hindered)
    )
}

fn credited(image: &Credited, classes: &[String]) -> String {
    let class = called(classes, image.class);
    say!(
        "inside-step-2",
        index = image.index,
        class,
        credit = format_args!("{:+.4}", image.credit),
        step = image.step
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        inside::{
            Changed, ForecastChecked, Learned, OfLayer, Price, Stretch, TaughtAsked, WithoutAsked,
        },
        stream::InputChoice,
    };

    fn price() -> Price {
        Price { forward: 9, backward: 1, seconds: 0.0021 }
    }

    #[test]
    fn a_ledger_is_told_with_what_it_leaves_and_both_sides() {
        let sides = Sides { helped: -3.0, hindered: 1.0 };
        let image = Credited { index: 7, class: 1, credit: -1.5, step: 3, image: [0.5].into() };
        let taught = Taught {
            asked: TaughtAsked { input: InputChoice::Test(3), map: None, strongest: 1 },
            steps: 4,
            size: [1; 3],
            class: 0,
            loss: [2.5, 0.5],
            credit: -2.0001,
            by_hand: 0.0,
            apart: 0.0,
            residual: 0.0001,
            images: [-1.5, -0.5].into(),
            helped: vec![image],
            hindered: Vec::new(),
            unseen: 0,
            classes: vec![Sides::default(), sides],
            stretches: vec![Stretch { first: 1, last: 4, sides, loss: 0.5 }],
            layers: vec![OfLayer { layer: "Dense".to_owned(), sides }],
            maps: Vec::new(),
            at_once: 0.25,
            memory: 3 << 20,
            remarks: vec!["so it is".into()],
            price: price(),
        };
        let told = taught_told(&taught, &["cat".to_owned(), "dog".to_owned()]);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(
            lines,
            [
                "loss  of cat 2.5000 before the first step, 0.5000 after 4",
                "ledger  all credits add up to -2.0001 of -2.0000, which leaves 1.0e-4; a negative one helped",
                "when  25.0 % of all credit came in the step in which the image was seen, the rest later, through momentum",
                "Dense  -2.0000 = -3.0000 that helped, +1.0000 that hindered",
                "images of dog  -2.0000 = -3.0000 that helped, +1.0000 that hindered",
                "images of cat  +0.0000 = +0.0000 that helped, +0.0000 that hindered",
                "helped, hindered most  training image (class) credit, most of it seen in step",
                "7 (dog) -1.5000, step 3",
                "so it is",
                "altogether  9 forward and 1 backward passes, 2.1 ms, 3 MiB",
            ]
        );
        let decayed = Taught { apart: 0.25, ..taught };
        let told = taught_told(&decayed, &[]);
        let words = "-2.0001 of -2.0000, what no image did to 0.2500, which leaves 1.0e-4";
        assert!(told.contains(words), "{told}");
    }

    #[test]
    fn what_really_happened_is_told_beside_what_was_booked() {
        let before = Learned {
            loss: 0.5,
            logits: [1.0, 0.0].into(),
            said: 0,
            accuracy: 0.75,
            test_loss: 0.25,
            confusion: [3, 0, 1, 0].into(),
        };
        let after = Learned { loss: 0.625, said: 1, accuracy: 0.5, ..before.clone() };
        let without = Without {
            asked: WithoutAsked {
                input: InputChoice::Test(3),
                left_out: vec![7, 9],
                foretold: true,
            },
            steps: 4,
            class: 0,
            floor: 0.0,
            before,
            after,
            changed: vec![Changed { index: 2, class: 0, read_as: [0, 1] }],
            booked: -1.5,
            forecast: Some(Forecast {
                change: 0.0625,
                first_step: 3,
                checked: ForecastChecked { rank_correlation: 0.96, runs: 20 },
            }),
            remarks: Vec::new(),
            price: price(),
        };
        let told = without_told(&without, &["cat".to_owned(), "dog".to_owned()]);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(
            lines,
            [
                "without 2  trained again for 4 steps: loss 0.6250 instead of 0.5000, read as dog instead of cat",
                "test images  accuracy 0.5000 instead of 0.7500, loss 0.2500 instead of 0.2500, 1 answers are others",
                "booked  -1.5000 on these images, and 0.1250 is what really came: credit is an account of what happened, no forecast",
                "foretold  +0.0625 without these images, from what their gradients since step 3 do to all later ones",
                "checked  rank correlation 0.96 of what was foretold and what came in 20 runs without a drawn hundredth of the images",
                "floor  an untouched repetition differs by 0 in every parameter",
                "altogether  9 forward and 1 backward passes, 2.1 ms",
            ]
        );
    }
}
