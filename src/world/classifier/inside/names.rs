//! What the controls of the board are called, each as no other in the hall.

use super::{state::MAPS, tab::Tab};

/// The names of the controls of a classifier's board.
#[derive(Clone, Copy, Debug)]
pub struct InsideNames {
    /// The button that opens the board, and closes it.
    pub open: &'static str,
    /// Its tabs.
    pub tabs: [&'static str; Tab::ALL.len()],
    /// The toggle that explains the probability of a class instead of its logit.
    pub probability: &'static str,
    /// The buttons that lead to another class to compare with: back and on.
    pub against: [&'static str; 2],
    /// Those that lead to another baseline.
    pub baselines: [&'static str; 2],
    /// Those that lead to another method, one for each map.
    pub methods: [&'static str; MAPS],
    /// The same on the page of trust.
    pub trust_methods: [&'static str; MAPS],
    /// The lever of what is shuffled: no layer, one fewer, one more, all; and the labels.
    pub layers: [&'static str; 5],
    /// The buttons that lead to another strength of an attack: weaker and stronger.
    pub strengths: [&'static str; 2],
    /// Those that lead to another layer of units, and to another unit: back and on.
    pub unit_layers: [&'static str; 2],
    /// The same of units.
    pub units: [&'static str; 2],
    /// The button that takes a unit away or puts it back, the one that puts all back, and that of what stands in their place.
    pub lesions: [&'static str; 3],
    /// The button that leads to changing weights by hand, and those that do: times 0, a half, 2 and −1, more, bounded, without bias,
    /// cut from the class that is looked at, and as before the last.
    pub to_weights: &'static str,
    /// The buttons themselves.
    pub weights: [&'static str; 9],
    /// The button that trains again without the strongest images.
    pub without: &'static str,
    /// The button that asks the doctor.
    pub doctor: &'static str,
    /// The button that tries a remedy beside the run.
    pub trial: &'static str,
    /// The buttons that lead to another plane of the loss: back and on.
    pub planes: [&'static str; 2],
    /// Those that lead to another layer whose images are points, and to another layout of them.
    pub point_layers: [&'static str; 2],
    /// The same of layouts.
    pub layouts: [&'static str; 2],
    /// Those that lead to another meaning of the points' colours.
    pub point_colours: [&'static str; 2],
    /// The buttons of the points: turning through all axes, turning by hand to the left and to the right, choosing neighbours,
    /// letting go of all that were chosen.
    pub points: [&'static str; 5],
    /// The buttons that lead to what layers are compared with: back and on.
    pub alike: [&'static str; 2],
    /// The buttons that branch the run: rates times a tenth, a half, 2 and 10, another order, what is looked at with three orders,
    /// the unit silent, its weights times 0; and the one that keeps no branch.
    pub branch_changes: [&'static str; 9],
    /// The buttons that lead to another branch, back and on, to another measure, and to layers.
    pub branch_choice: [&'static str; 4],
}

/// The names of a board's controls, all with the same beginning.
macro_rules! inside_names {
    ($of:literal) => {
        $crate::world::classifier::InsideNames {
            open: concat!($of, "inside"),
            tabs: [
                concat!($of, "inside-why"),
                concat!($of, "inside-trust"),
                concat!($of, "inside-units"),
                concat!($of, "inside-points"),
                concat!($of, "inside-alike"),
                concat!($of, "inside-taught"),
                concat!($of, "inside-landscape"),
                concat!($of, "inside-robust"),
                concat!($of, "inside-sure"),
                concat!($of, "inside-health"),
                concat!($of, "inside-branch"),
            ],
            probability: concat!($of, "inside-probability"),
            against: [concat!($of, "inside-against-back"), concat!($of, "inside-against-on")],
            baselines: [concat!($of, "inside-baseline-back"), concat!($of, "inside-baseline-on")],
            methods: [
                concat!($of, "inside-method-1"),
                concat!($of, "inside-method-2"),
                concat!($of, "inside-method-3"),
            ],
            trust_methods: [
                concat!($of, "inside-trust-method-1"),
                concat!($of, "inside-trust-method-2"),
                concat!($of, "inside-trust-method-3"),
            ],
            layers: [
                concat!($of, "inside-shuffle-none"),
                concat!($of, "inside-shuffle-fewer"),
                concat!($of, "inside-shuffle-more"),
                concat!($of, "inside-shuffle-all"),
                concat!($of, "inside-shuffle-labels"),
            ],
            strengths: [concat!($of, "inside-weaker"), concat!($of, "inside-stronger")],
            unit_layers: [concat!($of, "inside-layer-back"), concat!($of, "inside-layer-on")],
            units: [concat!($of, "inside-unit-back"), concat!($of, "inside-unit-on")],
            lesions: [
                concat!($of, "inside-take-out"),
                concat!($of, "inside-all-back"),
                concat!($of, "inside-by-mean"),
            ],
            to_weights: concat!($of, "inside-weights"),
            weights: [
                concat!($of, "inside-weights-zero"),
                concat!($of, "inside-weights-half"),
                concat!($of, "inside-weights-double"),
                concat!($of, "inside-weights-negate"),
                concat!($of, "inside-weights-add"),
                concat!($of, "inside-weights-clamp"),
                concat!($of, "inside-weights-bias"),
                concat!($of, "inside-weights-cut"),
                concat!($of, "inside-weights-undo"),
            ],
            without: concat!($of, "inside-without"),
            doctor: concat!($of, "inside-doctor"),
            trial: concat!($of, "inside-try"),
            planes: [concat!($of, "inside-plane-back"), concat!($of, "inside-plane-on")],
            point_layers: [
                concat!($of, "inside-points-layer-back"),
                concat!($of, "inside-points-layer-on"),
            ],
            layouts: [concat!($of, "inside-layout-back"), concat!($of, "inside-layout-on")],
            point_colours: [
                concat!($of, "inside-points-colour-back"),
                concat!($of, "inside-points-colour-on"),
            ],
            points: [
                concat!($of, "inside-points-tour"),
                concat!($of, "inside-points-left"),
                concat!($of, "inside-points-right"),
                concat!($of, "inside-points-nearest"),
                concat!($of, "inside-points-let-go"),
            ],
            alike: [concat!($of, "inside-alike-back"), concat!($of, "inside-alike-on")],
            branch_changes: [
                concat!($of, "inside-branch-tenth"),
                concat!($of, "inside-branch-half"),
                concat!($of, "inside-branch-double"),
                concat!($of, "inside-branch-tenfold"),
                concat!($of, "inside-branch-order"),
                concat!($of, "inside-branch-orders"),
                concat!($of, "inside-branch-silent"),
                concat!($of, "inside-branch-zero"),
                concat!($of, "inside-branch-clear"),
            ],
            branch_choice: [
                concat!($of, "inside-branch-back"),
                concat!($of, "inside-branch-on"),
                concat!($of, "inside-branch-measure"),
                concat!($of, "inside-branch-layers"),
            ],
        }
    };
}
pub(crate) use inside_names;
