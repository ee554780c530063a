//! What models are worth together, in words.

use std::fmt::Write as _;

use crate::words::column;

use super::{Member, MemberOf, Together};

/// What each member is worth alone and adds, what all are worth together, and which images they disagree on most.
pub fn together_told(together: &Together, classes: &[String]) -> String {
    let class = |at: usize| classes.get(at).map_or_else(|| at.to_string(), Clone::clone);
    let percent = |share: f32| format!("{:.2} %", 100.0 * share);
    let [fitted, tried] = together.images;
    // A `String` takes everything that is written to it.
    let mut lines = say!("inside-on-test-images-with-weights", tried, fitted);
    for member in &together.members {
        let Member { of, alone, adds, weight } = member;
        let (accuracy, points) = (percent(alone.accuracy), 100.0 * adds);
        writeln!(
            lines,
            "{}",
            say!(
                "inside-right-loss-adds-points-weight",
                of = format_args!("{:>24}", column(member_name(*of))),
                accuracy,
                loss = format_args!("{:.4}", alone.loss),
                points = format_args!("{:+.2}", points),
                weight = format_args!("{:.2}", weight)
            )
        )
        .ok();
    }
    for (name, scored) in
        [(say!("inside-mean"), together.averaged), (say!("inside-weighted-sum"), together.stacked)]
    {
        let accuracy = percent(scored.accuracy);
        writeln!(
            lines,
            "{}",
            say!(
                "inside-right-loss",
                name = format_args!("{:>24}", column(name)),
                accuracy,
                loss = format_args!("{:.4}", scored.loss)
            )
        )
        .ok();
    }
    writeln!(
        lines,
        "{}",
        say!(
            "inside-right",
            value = format_args!("{:>24}", column(say!("inside-vote"))),
            voted = percent(together.voted)
        )
    )
    .ok();
    for one in &together.contested {
        let said: Vec<String> = one.said.iter().map(|said| class(*said as usize)).collect();
        writeln!(
            lines,
            "{}",
            say!(
                "inside-a-read-as-together",
                value =
                    format_args!("{:>24}", column(say!("inside-test-image", index = one.index))),
                label = class(one.label),
                said = said.join(" · "),
                together = class(one.together)
            )
        )
        .ok();
    }
    for remark in &together.remarks {
        writeln!(lines, "{:>24}  {remark}", "").ok();
    }
    writeln!(lines, "{:>24}  {}", column(say!("inside-altogether")), together.price).ok();
    lines
}

/// What a member is called.
pub fn member_name(of: MemberOf) -> String {
    match of {
        MemberOf::Now => say!("inside-this-run").to_owned(),
        MemberOf::Run { seed, steps } => say!("inside-seed-step", seed, steps),
        MemberOf::Logistic => say!("inside-logistic-regression").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inside::{Contested, Price, Scored, TogetherAsked};

    #[test]
    fn members_and_what_they_are_together_are_told() {
        let scored = |accuracy, loss| Scored { accuracy, loss };
        let member =
            |of, accuracy| Member { of, alone: scored(accuracy, 0.25), adds: 0.01, weight: 0.5 };
        let together = Together {
            asked: TogetherAsked { images: 200, contested: 1, seed: 1 },
            images: [100, 100],
            members: vec![
                member(MemberOf::Now, 0.96),
                member(MemberOf::Run { seed: 7, steps: 2500 }, 0.95),
                member(MemberOf::Logistic, 0.9),
            ],
            averaged: scored(0.97, 0.2),
            voted: 0.965,
            stacked: scored(0.975, 0.1875),
            differ: vec![0.0; 9],
            contested: vec![Contested {
                index: 8,
                label: 1,
                said: vec![1, 0, 0],
                together: 0,
                apart: 0.5,
            }],
            remarks: vec!["so it is".into()],
            price: Price { forward: 400, backward: 0, seconds: 0.5 },
        };
        let told = together_told(&together, &["cat".to_owned(), "dog".to_owned()]);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(
            lines,
            [
                "on 100 test images, with weights found on 100 others",
                "this run  96.00 % right, loss 0.2500, adds +1.00 points, weight 0.50",
                "seed 7, step 2500  95.00 % right, loss 0.2500, adds +1.00 points, weight 0.50",
                "logistic regression  90.00 % right, loss 0.2500, adds +1.00 points, weight 0.50",
                "mean  97.00 % right, loss 0.2000",
                "weighted sum  97.50 % right, loss 0.1875",
                "vote  96.50 % right",
                "test image 8  a dog, read as dog · cat · cat, together cat",
                "so it is",
                "altogether  400 forward and 0 backward passes, 500.0 ms",
            ]
        );
    }
}
