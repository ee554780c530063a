//! What the buttons begin: a branch at the step that the visitor went back to.

use super::{
    BranchWanted, Found, Group, Measure,
    press::{Here, Press},
};
use crate::inside::{Branch, BranchAsked, Edit, EditChange, Turn};

/// How often the same change is taken with another order, for a band.
const SEEDS: u64 = 3;

impl BranchWanted {
    /// Does what was pressed; nothing where the visitor has not gone back to a step that has a future.
    pub(in super::super) fn begin(&mut self, press: Press, here: &Here) {
        if press == Press::Clear {
            // Without a branch there is no distance.
            let measure = match self.measure {
                Measure::Apart => Measure::default(),
                measure => measure,
            };
            *self = Self { measure, ..Self::default() };
            return;
        }
        let Some(branches) = self.branches(press, here) else { return };
        let asked = BranchAsked { branches, input: here.input.clone() };
        let known = self.groups.iter().position(|group| group.asked == asked);
        self.at = known.unwrap_or_else(|| {
            self.groups.push(Group { asked, run: here.run, found: Found::Pending });
            self.forget();
            self.groups.len().saturating_sub(1)
        });
    }

    fn branches(&self, press: Press, here: &Here) -> Option<Vec<Branch>> {
        let one = |turn: Turn| Some(vec![Branch { step: here.step?, turns: vec![turn] }]);
        match press {
            Press::Rate(factor) => one(Turn::RateTimes(factor)),
            Press::Seed => one(Turn::Seed(here.seed.wrapping_add(self.seeds_used() + 1))),
            Press::Silence => {
                one(Turn::Silence { layer: here.layer.clone(), units: vec![here.unit] })
            }
            Press::Zero => {
                let (layer, unit) = (here.layer.clone(), here.unit);
                one(Turn::Edit(Edit { layer, unit, change: EditChange::Scale(0.0) }))
            }
            Press::Seeds => {
                let chosen = self.chosen().and_then(|group| group.asked.branches.first());
                let step = chosen.map(|of| of.step).or(here.step)?;
                let turns = chosen.into_iter().flat_map(|of| &of.turns);
                let turns: Vec<Turn> =
                    turns.filter(|turn| !matches!(turn, Turn::Seed(_))).cloned().collect();
                let with = |seed: u64| Branch {
                    step,
                    turns: turns.iter().cloned().chain([Turn::Seed(seed)]).collect(),
                };
                Some((1..=SEEDS).map(|on| with(here.seed.wrapping_add(on))).collect())
            }
            Press::Clear => None,
        }
    }

    /// How many groups are of another order alone.
    fn seeds_used(&self) -> u64 {
        let is_seed = |group: &&Group| match &group.asked.branches[..] {
            [one] => matches!(one.turns[..], [Turn::Seed(_)]),
            _ => false,
        };
        self.groups.iter().filter(is_seed).count() as u64
    }

    /// Forgets the first groups until no more futures are kept than may be.
    fn forget(&mut self) {
        let count = |groups: &[Group]| -> usize {
            groups.iter().map(|group| group.asked.branches.len()).sum()
        };
        while count(&self.groups) > BranchAsked::MOST_BRANCHES && self.groups.len() > 1 {
            self.groups.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{InputChoice, RunId};

    fn here(step: Option<u64>) -> Here {
        let (run, input) = (RunId::default(), InputChoice::Test(0));
        Here { step, run, seed: 42, input, layer: Some("pool".to_owned()), unit: 3 }
    }

    fn typed(wanted: &BranchWanted) -> Vec<String> {
        let all = wanted.groups.iter().flat_map(|group| &group.asked.branches);
        all.map(Branch::to_string).collect()
    }

    #[test]
    fn a_press_asks_for_a_branch_at_the_step_that_one_went_back_to() {
        let mut wanted = BranchWanted::default();
        wanted.begin(Press::Rate(0.5), &here(None));
        assert!(wanted.groups.is_empty(), "what is now has no future");
        let presses = [Press::Rate(0.5), Press::Seed, Press::Seed, Press::Silence, Press::Zero];
        presses.into_iter().for_each(|press| wanted.begin(press, &here(Some(9))));
        assert_eq!(
            typed(&wanted),
            ["9:rate=x0.5", "9:seed=43", "9:seed=44", "9:silence=pool/3", "9:pool/3:scale=0"]
        );
        assert_eq!(wanted.at, 4);
        // What is there is looked at again.
        wanted.begin(Press::Rate(0.5), &here(Some(9)));
        assert_eq!((wanted.groups.len(), wanted.at), (5, 0));
        wanted.step(false);
        assert_eq!(wanted.at, 4);
        wanted.begin(Press::Clear, &here(None));
        assert!(wanted.groups.is_empty());
    }

    #[test]
    fn the_same_change_is_taken_with_three_seeds_and_eight_futures_are_kept() {
        let mut wanted = BranchWanted::default();
        wanted.begin(Press::Rate(2.0), &here(Some(9)));
        wanted.begin(Press::Seeds, &here(None));
        assert_eq!(
            typed(&wanted),
            ["9:rate=x2", "9:rate=x2+seed=43", "9:rate=x2+seed=44", "9:rate=x2+seed=45"]
        );
        assert_eq!(wanted.groups[1].told(), "rate × 2, 3 seeds from step 9");
        for step in 10..15 {
            wanted.begin(Press::Rate(2.0), &here(Some(step)));
        }
        let kept = typed(&wanted);
        assert_eq!((kept.len(), kept[0].as_str(), wanted.at), (8, "9:rate=x2+seed=43", 5));
        wanted.begin(Press::Rate(2.0), &here(Some(15)));
        assert_eq!(typed(&wanted).len(), 6, "what belongs together goes together");
    }

    #[test]
    fn an_answer_is_kept_once_and_who_leaves_waits_for_nothing() {
        let mut wanted = BranchWanted::default();
        wanted.begin(Press::Rate(2.0), &here(Some(9)));
        wanted.begin(Press::Seed, &here(Some(9)));
        let first = wanted.pending().unwrap().asked.clone();
        wanted.keep(&first, Found::Refused("no".into()));
        wanted.keep(&first, Found::Refused("once more".into()));
        assert_eq!(wanted.groups[0].found, Found::Refused("no".into()));
        assert!(wanted.waits());
        wanted.give_up();
        assert_eq!((wanted.groups.len(), wanted.waits()), (1, false));
        wanted.of_run(RunId::default().next());
        assert!(wanted.groups.is_empty());
    }
}
