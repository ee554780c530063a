//! Says what became of the branch that is looked at, and from which step another one would part.

use bevy::prelude::*;

use super::{first, hang::BranchText, kept};
use crate::{
    history::KeptRun,
    inside::{BranchPoint, Branched, Future},
    sentence::grouped,
    stream::Step,
    words::enumerated,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                branches::{Found, Group, Measure},
                frame::{Frame, Telling},
                phrases,
                wish::Wish,
            },
            sheet::{figure, percent_of},
        },
        kept_runs::KeptRuns,
        ui::{sheet, words},
    },
};

/// Letters of a layer's name that have room.
const LAYER_LETTERS: usize = 12;
/// Letters of the line below the headline.
const SECOND_LETTERS: usize = 62;

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    mut texts: Query<(&BranchText, &mut Text), With<Of<C>>>,
) {
    let wanted = &wish.inside.wanted;
    let chosen = wanted.branch.chosen();
    let said = chosen.and_then(Group::said);
    let layer = said.zip(wanted.branch.layer).and_then(|(said, at)| said.shown.get(at));
    for (line, text) in &mut texts {
        let says = match line {
            BranchText::Unit => say!("branch-unit", unit = wanted.unit),
            BranchText::Chosen => match wanted.branch.groups.len() {
                0 => String::new(),
                count => say!("branch-of", at = wanted.branch.at + 1, count),
            },
            BranchText::Layer(place) => layer.map_or_else(String::new, |layer| {
                let name = phrases::layer_name(&layer.name, LAYER_LETTERS);
                match place {
                    0 => say!("branch-layer-of-run", name),
                    _ => say!("branch-layer-of-branch", name),
                }
            }),
        };
        sheet::write(text, says);
    }
}

pub(super) fn frame<C: Classifier>(
    wish: Wish<C>,
    kept: Option<Res<KeptRuns>>,
    mut frame: ResMut<Frame<C>>,
) {
    let kept = kept.as_ref().map_or(&[][..], |kept| kept.of(C::EXHIBIT));
    let telling = match wish.inside.wanted.branch.chosen() {
        None if !kept.is_empty() => beside(&wish, kept),
        None => {
            let instead = match wish.scrubbed_to() {
                Some(step) => say!("branch-press", step),
                None => say!("branch-go-back").to_owned(),
            };
            question(Some(instead))
        }
        Some(group) => {
            // Where others are drawn, words in their place would cover them.
            let alone = wish.inside.wanted.branch.groups.iter().all(|of| of.said().is_none());
            match &group.found {
                Found::Said(said) => became(&wish, said),
                Found::Pending => waits(say!("branch-taken", told = group.told()), alone),
                Found::Refused(why) => {
                    waits(say!("branch-cannot-be", why) + say!("list-stop"), alone)
                }
            }
        }
    };
    Frame::tell(&mut frame, telling);
}

/// What recorded runs came to beside this one.
fn beside<C: Classifier>(wish: &Wish<C>, kept: &[KeptRun]) -> Telling {
    let second = match wish.scrubbed_to() {
        Some(step) => say!("branch-press", step),
        None => say!("branch-go-back").to_owned(),
    };
    Telling { headline: kept::headline(kept), second, ..Telling::default() }
}

fn question(instead: Option<String>) -> Telling {
    let headline = say!("branch-what-if").to_owned();
    Telling { headline, instead, on_the_left: true, ..Telling::default() }
}

/// What stands in the place of curves, or below the headline where there are some.
fn waits(says: String, alone: bool) -> Telling {
    match alone {
        true => question(Some(says)),
        false => Telling { second: words::shortened(&says, SECOND_LETTERS), ..question(None) },
    }
}

/// How far the weights of each layer are apart.
fn layers(said: &Branched, point: &BranchPoint) -> String {
    let each = said.layers.iter().zip(&point.apart_of).map(|(layer, apart)| {
        format!("{} {}", phrases::layer_name(layer, LAYER_LETTERS), figure(apart.0 as f32))
    });
    words::shortened(&enumerated(&each.collect::<Vec<_>>()), SECOND_LETTERS)
}

/// What a branch came to beside the run.
fn became<C: Classifier>(wish: &Wish<C>, said: &Branched) -> Telling {
    let last = |future: &Future| future.points.last().cloned();
    let ends = last(&said.run).zip(first(said).and_then(last));
    let Some((run, other)) = ends else { return question(None) };
    let headline =
        say!("branch-came-to", other = percent_of(other.accuracy), run = percent_of(run.accuracy));
    let second = match wish.inside.wanted.branch.measure {
        Measure::Apart => layers(said, &other),
        Measure::Accuracy | Measure::Loss => say!(
            "branch-apart",
            apart = figure(other.apart as f32),
            others = grouped(other.otherwise)
        ),
    };
    let step = phrases::step([Step(said.steps[1]); 2], wish.run.0.step(), said.price, None);
    Telling { headline, second, step, ..Telling::default() }
}
