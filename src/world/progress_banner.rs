//! The progress banner above an exhibit: its title, and how far its run has come through its five stages.

use bevy::prelude::*;

use super::{
    WorldSystems,
    link::ShownRun,
    stage::{
        ExhibitList, PlinthPlaced,
        plan::{RING_RADIUS_M, facing_middle},
    },
    ui::{
        controls::{Fraction, fraction},
        palette,
        panel::{Ground, Hanger, PanelPlan},
        type_size, words,
    },
};
use crate::{
    history::Run,
    stream::{Fact, Stage},
};

/// Width and height of the title, and of each stage, in metres.
const TITLE_M: Vec2 = vec2(4.5, 0.34);
const STAGE_M: Vec2 = vec2(1.26, 0.57);
/// Heights of their middles above the floor, in metres.
const TITLE_HEIGHT_M: f32 = 3.89;
const STAGE_HEIGHT_M: f32 = 3.38;
/// Stages stand on an arc that is flatter than that of the exhibit, so that they are one line in a window too: its
/// radius, and from one stage to the next along it, in metres.
const ARC_RADIUS_M: f32 = 9.0;
const STAGE_PITCH_M: f32 = 1.27;
/// How far to the left of straight ahead their middle is, in metres: the curves on the right reach higher.
const STAGES_LEFT_M: f32 = 0.12;
/// The distance it is set for, in metres: the first view of a window stands behind the middle.
const READ_FROM_M: f32 = 4.4;
/// Facts that are told of a stage, and how many letters of them fit side by side with the other stages.
const FACTS: usize = 2;
const FACT_LETTERS: usize = 22;
/// How often it is looked at, in seconds.
const EVERY_SECS: f32 = 0.25;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_banner).add_systems(Update, show_stages.in_set(WorldSystems::Show));
}

/// A part of the strip that belongs to a stage.
#[derive(Component, Clone, Copy, Debug)]
struct OfStage(Stage);

/// Which of a stage's facts a text tells; its name has none.
#[derive(Component, Clone, Copy, Debug)]
struct TellsFact(Option<usize>);

/// Where a run is with a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    ToCome,
    GoingOn,
    Done,
}

fn hang_banner(placed: On<PlinthPlaced>, listed: Res<ExhibitList>, mut hanger: Hanger) {
    let Some(title) = listed.0.iter().find(|other| other.exhibit == placed.exhibit) else {
        return;
    };
    let sign = hanger.hang(PanelPlan {
        name: "Progress banner",
        size_m: TITLE_M,
        read_from_m: READ_FROM_M,
        ground: Ground::Clear,
    });
    hanger
        .commands
        .entity(sign.panel)
        .insert((facing_middle(0.0, RING_RADIUS_M, TITLE_HEIGHT_M), ChildOf(placed.entity)));
    hanger.commands.entity(sign.root).with_children(|page| {
        page.spawn((words::title(title.title), TextLayout::no_wrap()))
            .insert(Node { align_self: AlignSelf::Center, ..default() });
    });
    for (place, stage) in Stage::ALL.into_iter().enumerate() {
        let sign = hanger.hang(PanelPlan {
            name: stage_words(stage),
            size_m: STAGE_M,
            read_from_m: READ_FROM_M,
            ground: Ground::Clear,
        });
        hanger.commands.entity(sign.panel).insert((stage_place(place), ChildOf(placed.entity)));
        hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
            page.row_gap = px(2);
        });
        let facts = if title.tells_stages { FACTS } else { 0 };
        hanger.commands.entity(sign.root).with_children(|page| tell_stage(page, stage, facts));
    }
}

/// Where the stage with this number stands: on the arc, whose middle lies behind the visitor.
fn stage_place(place: usize) -> Transform {
    let along_m =
        (place as f32 - (Stage::ALL.len() - 1) as f32 / 2.0) * STAGE_PITCH_M - STAGES_LEFT_M;
    let bearing = (along_m / ARC_RADIUS_M).to_degrees();
    let mut on_arc = facing_middle(bearing, ARC_RADIUS_M, STAGE_HEIGHT_M);
    on_arc.translation.z += ARC_RADIUS_M - RING_RADIUS_M;
    on_arc
}

/// A bar, the stage's name, and room for what is told of it.
fn tell_stage(page: &mut ChildSpawnerCommands, stage: Stage, facts: usize) {
    page.spawn((fraction(0.0), OfStage(stage)));
    page.spawn((
        words::set(
            stage_words(stage),
            type_size::CAPTION,
            FontWeight::SEMIBOLD,
            palette::INK_FAINT,
        ),
        OfStage(stage),
        TellsFact(None),
    ));
    for fact in 0..facts {
        page.spawn((
            words::caption(""),
            TextLayout::no_wrap(),
            OfStage(stage),
            TellsFact(Some(fact)),
        ));
    }
}

fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Preprocess => "Preprocess",
        Stage::Build => "Build",
        Stage::Initialise => "Initialise",
        Stage::Train => "Train",
        Stage::Evaluate => "Evaluate",
    }
}

fn show_stages(
    time: Res<Time<Real>>,
    run: Res<ShownRun>,
    mut next_secs: Local<f32>,
    mut bars: Query<(&OfStage, &mut Fraction)>,
    mut texts: Query<(&OfStage, &TellsFact, &mut Text, &mut TextColor)>,
) {
    if time.elapsed_secs() < *next_secs {
        return;
    }
    *next_secs = time.elapsed_secs() + EVERY_SECS;
    for (of, mut bar) in &mut bars {
        bar.set_if_neq(Fraction(share_done(&run.0, of.0)));
    }
    for (of, tells, mut text, mut ink) in &mut texts {
        let Some(fact) = tells.0 else {
            ink.set_if_neq(TextColor(match progress(&run.0, of.0) {
                Progress::ToCome => palette::INK_FAINT,
                Progress::GoingOn => palette::ACCENT,
                Progress::Done => palette::INK,
            }));
            continue;
        };
        let stages = run.0.stages();
        let facts = stages.iter().find(|stage| stage.stage == of.0).map(|stage| &stage.facts);
        let wanted = facts.and_then(|facts| fitting(facts).nth(fact)).unwrap_or_default();
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}

fn progress(run: &Run, stage: Stage) -> Progress {
    match run.stages().iter().find(|report| report.stage == stage) {
        None => Progress::ToCome,
        Some(report) if report.done => Progress::Done,
        Some(_) => Progress::GoingOn,
    }
}

/// How much of a stage is done: of training the share of its steps, of all others nothing or all.
fn share_done(run: &Run, stage: Stage) -> f32 {
    match (progress(run, stage), run.started()) {
        (Progress::Done, _) => 1.0,
        (Progress::GoingOn, Some(started)) if stage == Stage::Train => {
            let all = started.steps_per_epoch * u64::from(started.epochs);
            run.step().0 as f32 / all.max(1) as f32
        }
        _ => 0.0,
    }
}

/// The first facts that fit on a line each.
fn fitting(facts: &[Fact]) -> impl Iterator<Item = String> {
    facts
        .iter()
        .map(|fact| format!("{}: {}", fact.name, fact.value))
        .filter(|words| words.chars().count() <= FACT_LETTERS)
        .take(FACTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Report, StageReport};

    #[test]
    fn long_facts_leave_their_place_to_shorter_ones() {
        let fact = |name, value: &str| Fact { name, value: value.to_owned() };
        let facts = [
            fact("Convolution", "32 filters of 3 × 3, ReLU"),
            fact("Parameters", "54410"),
            fact("Seed", "42"),
            fact("Biases", "zero"),
        ];
        assert_eq!(fitting(&facts).collect::<Vec<_>>(), ["Parameters: 54410", "Seed: 42"]);
    }

    #[test]
    fn a_stage_is_to_come_then_goes_on_then_is_done() {
        let mut run = Run::new(0);
        assert_eq!(progress(&run, Stage::Build), Progress::ToCome);
        for (done, expected, share) in
            [(false, Progress::GoingOn, 0.0), (true, Progress::Done, 1.0)]
        {
            run.take(Report::Stage(StageReport { stage: Stage::Build, done, facts: Vec::new() }));
            assert_eq!(progress(&run, Stage::Build), expected);
            assert_eq!(share_done(&run, Stage::Build), share);
        }
    }
}
