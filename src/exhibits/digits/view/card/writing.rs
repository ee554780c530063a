//! Writes the card anew when the unit, the step or the input is another.

use bevy::prelude::*;

use super::panel::{Slot, TableRow};
use crate::{
    exhibits::digits::{
        LOGITS, PROBABILITIES,
        view::{
            DigitsAttention,
            architecture::Staged,
            naming::{colour, name_of},
        },
    },
    images::TestSet,
    stream::{InputChoice, Snapshot, Step},
    world::{
        inspect::{self, Explanation, Unit},
        link::{ShownRun, ShownSnapshot},
        ui::palette,
    },
};

/// Words change at most once in this time while the training goes on, in seconds.
const WRITE_EVERY_SECS: f32 = 0.1;

/// What was written last, and when it may be written again.
#[derive(Default)]
pub(super) struct LastWritten {
    what: Option<(Unit, Step)>,
    input: Option<InputChoice>,
    next_secs: f32,
}

pub(super) fn write_card(
    time: Res<Time<Real>>,
    attention: Res<DigitsAttention>,
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    staged: Res<Staged>,
    mut last: Local<LastWritten>,
    mut texts: Query<(&Slot, &mut Text, &mut TextColor, &mut Node), Without<TableRow>>,
    mut rows: Query<(&TableRow, &mut Node), Without<Slot>>,
) {
    let (Some(unit), Some(snapshot)) = (attention.pointed, shown.get()) else {
        return;
    };
    let what = Some((unit, snapshot.step));
    if last.what == what && last.input.as_ref() == Some(&snapshot.input) {
        return;
    }
    let same_unit = last.what.is_some_and(|(before, _)| before == unit);
    if same_unit && time.elapsed_secs() < last.next_secs {
        return;
    }
    last.what = what;
    last.input = Some(snapshot.input.clone());
    last.next_secs = time.elapsed_secs() + WRITE_EVERY_SECS;
    let classes = run.0.material::<TestSet>().map(|set| set.classes.clone());
    let page = page_of(&staged, snapshot, unit, |class| {
        classes
            .as_ref()
            .and_then(|classes| classes.get(class))
            .cloned()
            .unwrap_or_else(|| class.to_string())
    });
    let cell = |row: usize, column: usize| page.table.get(row).and_then(|row| row.get(column));
    for (row, mut node) in &mut rows {
        show(&mut node, row.0 < page.table.len());
    }
    for (slot, mut text, mut colour, mut node) in &mut texts {
        let (wanted, strong) = match *slot {
            Slot::Layer => (Some(&page.layer), false),
            Slot::Place => (Some(&page.place), false),
            Slot::Value => (Some(&page.value), false),
            Slot::Factors(row, column) => (cell(row, column).map(|cell| &cell.0), false),
            Slot::Product(row, column) => (
                cell(row, column).map(|cell| &cell.1),
                cell(row, column).is_some_and(|cell| cell.2),
            ),
            Slot::Line(line) => (page.lines.get(line), false),
        };
        let wanted = wanted.map_or("", String::as_str);
        show(&mut node, !wanted.is_empty());
        if text.0 != wanted {
            wanted.clone_into(&mut text.0);
        }
        if matches!(slot, Slot::Product(..)) {
            colour.set_if_neq(TextColor(if strong {
                palette::ACCENT_BRIGHT
            } else {
                palette::INK
            }));
        }
    }
}

/// What has nothing to say takes no room.
fn show(node: &mut Mut<Node>, shown: bool) {
    let display = if shown { Display::Flex } else { Display::None };
    if node.display != display {
        node.display = display;
    }
}

/// How a unit came to be; a probability with the logit that it comes from.
pub(super) fn page_of(
    staged: &Staged,
    snapshot: &Snapshot,
    unit: Unit,
    class: impl Fn(usize) -> String,
) -> Explanation {
    let Some(sizes) = staged.sizes() else {
        return Explanation::default();
    };
    let graph = staged.graph();
    let channel = |channel: usize| colour(channel).to_owned();
    let named = name_of(unit, sizes, class);
    let mut page = inspect::explanation(graph, snapshot, unit, named, channel);
    if unit.layer == PROBABILITIES {
        let logit = Unit { layer: LOGITS, ..unit };
        if let Some(dense) = inspect::arithmetic(graph, snapshot, logit) {
            page.explain(graph, logit, f32::NAN, &dense, channel);
        }
    }
    page
}
