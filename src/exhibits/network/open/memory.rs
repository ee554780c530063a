//! The memory that a network takes while it learns, looked at before it is taken.

use std::fs;

use crate::network::{Plan, Rule, Training};
use crate::words::Phrase;

/// Bytes of a number.
const NUMBER: u64 = 4;
/// What is left to everything else on the machine.
const SPARE: f64 = 0.9;

/// About how many bytes a network takes while it learns in batches of so many images.
///
/// Each weight is there as itself, on the device, as gradient there and here, and as often as its rule remembers it; each
/// number that an image becomes as itself and as gradient, and about once more on the way.
///
/// Where only the last layer learns, the others are here and on the device, and images come one by one.
pub(super) fn needed(plan: &Plan, batch: usize, rule: Rule, frozen: bool) -> u64 {
    if frozen {
        let numbers = plan.learned() as u64 + plan.units() as u64 + plan.input.len() as u64;
        return numbers.saturating_mul(2 * NUMBER);
    }
    let remembered = match rule {
        Rule::Sgd { momentum, .. } => u64::from(momentum > 0.0),
        Rule::Adam { .. } | Rule::AdamW { .. } => 2,
        Rule::RmsProp { momentum, .. } => 1 + u64::from(momentum > 0.0),
    };
    let weights = plan.learned() as u64 * (4 + remembered);
    let at_once = if plan.single { 1 } else { batch as u64 };
    let units = (plan.units() as u64 + plan.input.len() as u64).saturating_mul(at_once);
    weights.saturating_add(units.saturating_mul(3)).saturating_mul(NUMBER)
}

/// Bytes that are free, where the system says so.
fn free() -> Option<u64> {
    let told = fs::read_to_string("/proc/meminfo").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// Why a network cannot learn here, in words that follow its name, and what would fit.
pub(super) fn too_large(
    plan: &Plan,
    batch: usize,
    training: &Training,
) -> Option<(Phrase, Phrase)> {
    refused(plan, batch, (training.rule, training.frozen), free()?)
}

fn refused(
    plan: &Plan,
    batch: usize,
    (rule, frozen): (Rule, bool),
    free: u64,
) -> Option<(Phrase, Phrase)> {
    let fits = |batch: usize| needed(plan, batch, rule, frozen) as f64 <= free as f64 * SPARE;
    if fits(batch) {
        return None;
    }
    let said = |bytes: u64| format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30));
    let fact = phrase!(
        "network-model-it-takes-about-while-it",
        plan = said(needed(plan, batch, rule, frozen)),
        batch,
        free = said(free)
    );
    let smaller = std::iter::successors(Some(batch / 2), |batch| Some(batch / 2));
    let smaller = smaller.take_while(|batch| *batch > 0).find(|batch| fits(*batch));
    let remedy = match smaller {
        Some(batch) => phrase!("network-model-try-batch", batch),
        None => phrase!("network-model-take-a-smaller-network-or"),
    };
    Some((fact, remedy))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::description;

    #[test]
    fn what_does_not_fit_is_told_with_what_would() {
        let layers = "[[layers]]\nkind = \"conv2d\"\nout_channels = 64\nkernel_size = 3\npadding = 1\n\
                      [[layers]]\nkind = \"global_avg_pool2d\"\n[[layers]]\nkind = \"linear\"\n";
        let network = description(layers).unwrap().network([1, 32, 32], 10).unwrap();
        let plan = network.plan().unwrap();
        let rule = Rule::Adam { betas: [0.9, 0.999], epsilon: 1e-8 };
        let weights = (64 * 9 + 64 + 650) * 6 * 4;
        let image = (64 * 1024 + 64 + 10 + 1024) * 3 * 4;
        assert_eq!(needed(&plan, 10, rule, false), weights + 10 * image);
        assert_eq!(
            needed(&plan, 10, rule, true),
            8 * (64 * 9 + 64 + 650 + 64 * 1024 + 64 + 10 + 1024)
        );
        assert_eq!(refused(&plan, 64, (rule, false), 1 << 30), None);
        let (fact, remedy) = refused(&plan, 64, (rule, false), 20 << 20).unwrap();
        assert!(
            fact.starts_with("it takes about 0.0 GiB while it learns in batches of 64"),
            "{fact}"
        );
        assert_eq!(remedy, "try --batch 16");
        let (_, remedy) = refused(&plan, 64, (rule, false), 1 << 10).unwrap();
        assert!(remedy.starts_with("take a smaller network"), "{remedy}");
    }
}
