//! Branches of a run in words, line by line.

use std::fmt::Write as _;

use super::{BranchPoint, Branched, Future};
use crate::{
    sentence::{counted, grouped},
    words::column,
};

/// Steps at which a future is told beside the run, evenly over all.
const STEPS_TOLD: usize = 6;
/// Images that are named of those that are answered otherwise.
const NAMED: usize = 8;

/// A run and its branches in words: what each came to, how far their weights are apart, and where their answers differ.
pub fn branches_told(branched: &Branched, classes: &[String]) -> String {
    let [from, to] = branched.steps.map(steps);
    // A `String` takes everything that is written to it.
    let mut lines = say!("branch-told-head", from, to);
    writeln!(lines, "{}", row(say!("branch-the-run"), branched.run.points.last())).ok();
    for (branch, future) in branched.asked.branches.iter().zip(&branched.futures) {
        writeln!(lines, "{}", row(&branch.told(), future.points.last())).ok();
        lines += &on_the_way(&branched.run, future);
        lines += &apart(branched, future);
        lines += &answers(future, classes);
    }
    for remark in &branched.remarks {
        writeln!(lines, "{remark}").ok();
    }
    lines + &branched.price.to_string() + "\n"
}

fn steps(steps: u64) -> String {
    grouped(usize::try_from(steps).unwrap_or(usize::MAX))
}

/// What a future came to.
fn row(name: &str, last: Option<&BranchPoint>) -> String {
    let figures = last.map_or_else(String::new, |point| {
        say!(
            "branch-told-row",
            accuracy = format_args!("{:.2}", 100.0 * point.accuracy),
            loss = format_args!("{:.4}", point.loss)
        )
    });
    format!("{:>44}  {figures}", column(name))
}

/// By how many points more of the test images are read right than by the run, at some steps.
fn on_the_way(run: &Future, future: &Future) -> String {
    let pairs: Vec<_> = run.points.iter().zip(&future.points).collect();
    let every = pairs.len().div_ceil(STEPS_TOLD).max(1);
    // Counted from the end, so that the last is among them.
    let told = pairs.iter().rev().step_by(every).map(|(run, other)| {
        let points = format!("{:+.2}", 100.0 * (other.accuracy - run.accuracy));
        say!("branch-told-point", step = steps(other.step), points)
    });
    let told = told.collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>();
    let told = say!("branch-told-way", points = told.join(say!("list-between")));
    format!("{:>44}  {told}\n", "")
}

/// How far the weights of a future are from those of the run, layer by layer.
fn apart(branched: &Branched, future: &Future) -> String {
    let Some(last) = future.points.last() else { return String::new() };
    let of_layers = branched.layers.iter().zip(&last.apart_of);
    let of_layers = of_layers.map(|(layer, apart)| {
        say!("branch-told-layer", layer, apart = format_args!("{:.4}", apart.0))
    });
    let of_layers = of_layers.collect::<Vec<_>>().join(say!("list-between"));
    let whole = format!("{:.4}", last.apart);
    format!("{:>44}  {}\n", "", say!("branch-told-apart", whole, of_layers))
}

/// Where its answers differ.
fn answers(future: &Future, classes: &[String]) -> String {
    let table = future.answers;
    let mut lines = format!(
        "{:>44}  {}\n",
        "",
        say!(
            "branch-told-answers",
            changed = counted(future.changed.len(), "test image"),
            both = grouped(table.both),
            run = grouped(table.only_run),
            other = grouped(table.only_other),
            neither = grouped(table.neither),
            chance = format_args!("{:.3}", table.chance())
        )
    );
    let class = |at: usize| classes.get(at).map_or_else(|| at.to_string(), Clone::clone);
    for one in future.changed.iter().take(NAMED) {
        let [run, other] = one.read_as.map(class);
        let (index, is) = (one.index, class(one.class));
        let said = say!("branch-told-image", index, is, run, other);
        writeln!(lines, "{:>44}  {said}", "").ok();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        inside::{Apart, BranchAsked, Changed, McNemar, Price},
        stream::InputChoice,
    };

    fn branched() -> Branched {
        let point = |step, accuracy, apart| BranchPoint {
            step,
            loss: 0.25,
            accuracy,
            apart,
            apart_of: vec![Apart(apart), Apart(2.0 * apart)],
            otherwise: 1,
        };
        let run = Future {
            points: vec![point(250, 0.5, 0.0), point(1250, 0.95, 0.0)],
            answers: McNemar { both: 19, only_run: 0, only_other: 0, neither: 1 },
            changed: Vec::new(),
            logits: Vec::new(),
            units: Vec::new(),
        };
        let other = Future {
            points: vec![point(250, 0.5, 0.0), point(1250, 0.925, 0.125)],
            answers: McNemar { both: 18, only_run: 1, only_other: 0, neither: 1 },
            changed: vec![Changed { index: 7, class: 1, read_as: [1, 0] }],
            ..run.clone()
        };
        Branched {
            asked: BranchAsked {
                branches: vec!["250:rate=x0.5".parse().unwrap()],
                input: InputChoice::Test(0),
            },
            steps: [250, 1250],
            layers: vec!["conv".to_owned(), "dense".to_owned()],
            shown: Vec::new(),
            run,
            futures: vec![other],
            remarks: vec!["so it is".into()],
            price: Price { forward: 9, backward: 8, seconds: 0.0021 },
        }
    }

    #[test]
    fn a_branch_is_told_beside_the_run() {
        let told = branches_told(&branched(), &["cat".to_owned(), "dog".to_owned()]);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(
            lines,
            [
                "branched after step 250, both told at step 1,250",
                "the run as it is  95.00 % right, loss 0.2500",
                "rate × 0.5 from step 250  92.50 % right, loss 0.2500",
                "accuracy less the run's: +0.00 at step 250, -2.50 at step 1,250",
                "weights apart by 0.1250 of their length (conv 0.1250, dense 0.2500)",
                "1 test image answered otherwise: 18 right in both, 1 only in the run, 0 only in the branch, 1 in neither (p 1.000)",
                "test image 7, a dog: dog in the run, cat in the branch",
                "so it is",
                "9 forward and 8 backward passes, 2.1 ms",
            ]
        );
    }
}
