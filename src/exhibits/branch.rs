//! `--branch`: what is told in the terminal of a run beside itself with something changed from a step on, once a classifier has
//! learned.

use std::sync::Arc;

use super::{
    Afterwards,
    open::{branches as branches_typed, refused},
    teller::Teller,
};
use crate::{
    inside::{
        Branch, BranchAsked, BranchPoint, Branched, Changed, Future, McNemar, Price, branches_told,
    },
    program_error::ProgramError,
    stream::{InputChoice, Payload},
    words::{Phrase, Word},
};

/// Why it cannot be answered in the hall, where it hangs on a wall.
pub(super) const ONLY_IN_WORDS: Word = key!("branch-is-answered-in-words");

/// A run and its branches from one step on, as JSON has them.
#[derive(serde::Serialize)]
struct Told<'a> {
    event: &'static str,
    /// The step at which they part, and the last one.
    steps: [u64; 2],
    /// The layers of which `apart_of` tells the distances.
    layers: &'a [String],
    run: &'a [BranchPoint],
    branches: Vec<OneTold<'a>>,
    remarks: &'a [Phrase],
    price: Price,
}

/// A branch.
#[derive(serde::Serialize)]
struct OneTold<'a> {
    /// As it is typed.
    branch: String,
    points: &'a [BranchPoint],
    answers: McNemar,
    /// See [`McNemar::chance`].
    chance: f64,
    changed: &'a [Changed],
}

/// Tells what becomes of these branches of a run of so many `steps`, to be run when the training is over.
///
/// # Errors
/// If one of them is none, or begins when the run is over, or there are too many.
pub(super) fn beside_the_run(
    branches: &[String],
    steps: u64,
    classes: Arc<[String]>,
) -> Result<Afterwards, ProgramError> {
    let branches = branches_typed(branches)?;
    if branches.len() > BranchAsked::MOST_BRANCHES {
        return Err(refused(phrase!("branch-given-too-often", most = BranchAsked::MOST_BRANCHES)));
    }
    if let Some(branch) = branches.iter().find(|branch| branch.step >= steps) {
        let (asked, steps) = (
            branch.to_string(),
            Phrase::counted(usize::try_from(steps).unwrap_or(usize::MAX), "step"),
        );
        return Err(refused(phrase!("branch-after-the-last-step", asked, steps)));
    }
    Ok(Box::new(move |room, events, as_json| {
        let teller = Teller { room, events, as_json };
        for branches in by_step(&branches) {
            let asked = BranchAsked { branches, input: InputChoice::default() };
            let branched: Arc<Branched> = teller.ask(Payload::new(asked))?;
            match as_json {
                true => events.tell(&told(&branched)),
                false => teller.say(&branches_told(&branched, &classes)),
            }
        }
        Ok(())
    }))
}

/// Those that part at the same step, together; each step where it is named first.
fn by_step(branches: &[Branch]) -> Vec<Vec<Branch>> {
    let mut together: Vec<Vec<Branch>> = Vec::new();
    for branch in branches {
        let step = |of: &Vec<Branch>| of.first().map(|first| first.step);
        match together.iter_mut().find(|of| step(of) == Some(branch.step)) {
            Some(of) => of.push(branch.clone()),
            None => together.push(vec![branch.clone()]),
        }
    }
    together
}

fn told(branched: &Branched) -> Told<'_> {
    let futures = branched.asked.branches.iter().zip(&branched.futures);
    let branches = futures.map(|(branch, future)| {
        let Future { points, answers, changed, .. } = future;
        let (branch, chance) = (branch.to_string(), answers.chance());
        OneTold { branch, points, answers: *answers, chance, changed }
    });
    Told {
        event: "branches",
        steps: branched.steps,
        layers: &branched.layers,
        run: &branched.run.points,
        branches: branches.collect(),
        remarks: &branched.remarks,
        price: branched.price,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_of_a_step_are_asked_together() {
        let branches: Vec<Branch> =
            ["9:seed=1", "3:none", "9:rate=x2"].map(|text| text.parse().unwrap()).into();
        let together: Vec<Vec<String>> = by_step(&branches)
            .iter()
            .map(|of| of.iter().map(Branch::to_string).collect())
            .collect();
        assert_eq!(together, [vec!["9:seed=1", "9:rate=x2"], vec!["3:none"]]);
    }

    #[test]
    fn what_is_no_branch_and_a_ninth_are_refused_before_anything_is_learned() {
        let refused = |branches: &[&str]| {
            let branches: Vec<String> = branches.iter().map(ToString::to_string).collect();
            let refused = beside_the_run(&branches, 10, [].into()).err();
            refused.map(|why| why.to_string())
        };
        assert_eq!(refused(&["3:none"; 8]), None);
        assert!(refused(&["3:none"; 9]).unwrap().contains("8"));
        assert_eq!(refused(&["9:none"]), None);
        let late = refused(&["3:none", "10:seed=1"]).unwrap();
        assert!(late.starts_with("--branch 10:seed=1 begins when the run is over"), "{late}");
        assert!(refused(&["3:nothing"]).unwrap().starts_with("--branch cannot be so: "));
    }
}
