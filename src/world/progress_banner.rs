//! The progress banner above an exhibit: its title, and how far its run has come through its five stages; what was found in
//! a stage is told in the title's place while one points at it, and so is what the hall has to say of itself.

use bevy::prelude::*;

use super::{
    WorldSystems,
    interaction::aim::AimedAt,
    link::ShownRun,
    stage::{
        ExhibitList, PlinthPlaced,
        plan::{RING_RADIUS_M, facing_middle},
    },
    ui::{
        controls::{Fraction, fraction, show},
        palette,
        panel::{Ground, Hanger, PanelPlan},
        type_size, words,
    },
};
use crate::{
    history::Run,
    stream::{Fact, Stage},
    words::{Phrase, width},
};

/// Width and height of the title, and of each stage, in metres.
const TITLE_M: Vec2 = vec2(4.5, 0.34);
const STAGE_M: Vec2 = vec2(1.26, 0.24);
/// Heights of their middles above the floor, in metres.
const TITLE_HEIGHT_M: f32 = 3.77;
const STAGE_HEIGHT_M: f32 = 3.44;
/// Stages stand on an arc that is flatter than that of the exhibit, so that they are one line in a window too: its
/// radius, and from one stage to the next along it, in metres.
const ARC_RADIUS_M: f32 = 9.0;
const STAGE_PITCH_M: f32 = 1.27;
/// How far to the left of straight ahead their middle is, in metres: the curves on the right reach higher.
const STAGES_LEFT_M: f32 = 0.12;
/// The distance it is set for, in metres: the first view of a window stands behind the middle.
const READ_FROM_M: f32 = 4.4;
/// How many letters of a stage's facts fit where the title stands.
const FACT_LETTERS: usize = 70;
/// What stands between two facts.
const BETWEEN: &str = " · ";
/// How often it is looked at, in seconds.
const EVERY_SECS: f32 = 0.25;

/// What is said in the title's place until it is taken back: one line.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Caption(pub Option<Phrase>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Caption>()
        .add_observer(hang_banner)
        .add_systems(Update, (show_stages, tell_pointed).in_set(WorldSystems::Show));
}

/// A part of the strip that belongs to a stage.
#[derive(Component, Clone, Copy, Debug)]
struct OfStage(Stage);

/// The name of a stage.
#[derive(Component, Clone, Copy, Debug)]
struct StageName;

/// The panel of a stage whose facts are told.
#[derive(Component, Clone, Copy, Debug)]
struct TellsFacts(Stage);

/// A line of the sign: the title, or what is told in its place.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum SignLine {
    Title,
    Facts,
}

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
        page.spawn((words::title(title.title), TextLayout::no_wrap(), SignLine::Title))
            .insert(Node { align_self: AlignSelf::Center, ..default() });
        page.spawn((words::body(""), TextLayout::no_wrap(), SignLine::Facts)).insert(Node {
            align_self: AlignSelf::Center,
            display: Display::None,
            ..default()
        });
    });
    for (place, stage) in Stage::ALL.into_iter().enumerate() {
        let sign = hanger.hang(PanelPlan {
            name: stage_words(stage),
            size_m: STAGE_M,
            read_from_m: READ_FROM_M,
            ground: Ground::Clear,
        });
        hanger.commands.entity(sign.panel).insert((stage_place(place), ChildOf(placed.entity)));
        if title.tells_stages {
            hanger.commands.entity(sign.panel).insert(TellsFacts(stage));
        }
        hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
            page.row_gap = px(2);
        });
        hanger.commands.entity(sign.root).with_children(|page| tell_stage(page, stage));
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

/// A bar and the stage's name.
fn tell_stage(page: &mut ChildSpawnerCommands, stage: Stage) {
    page.spawn((fraction(0.0), OfStage(stage)));
    page.spawn((
        words::set(
            stage_words(stage),
            type_size::CAPTION,
            FontWeight::SEMIBOLD,
            palette::INK_FAINT,
        ),
        OfStage(stage),
        StageName,
    ));
}

fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Preprocess => say!("hall-preprocess"),
        Stage::Build => say!("hall-build"),
        Stage::Initialise => say!("hall-initialise"),
        Stage::Train => say!("hall-train"),
        Stage::Evaluate => say!("hall-evaluate"),
    }
}

fn show_stages(
    time: Res<Time<Real>>,
    run: Res<ShownRun>,
    mut next_secs: Local<f32>,
    mut bars: Query<(&OfStage, &mut Fraction)>,
    mut names: Query<(&OfStage, &mut TextColor), With<StageName>>,
) {
    if time.elapsed_secs() < *next_secs {
        return;
    }
    *next_secs = time.elapsed_secs() + EVERY_SECS;
    for (of, mut bar) in &mut bars {
        bar.set_if_neq(Fraction(share_done(&run.0, of.0)));
    }
    for (of, mut ink) in &mut names {
        ink.set_if_neq(TextColor(match progress(&run.0, of.0) {
            Progress::ToCome => palette::INK_FAINT,
            Progress::GoingOn => palette::ACCENT,
            Progress::Done => palette::INK,
        }));
    }
}

/// Tells the facts of the stage that is pointed at in place of the title, or else what the hall says of itself.
fn tell_pointed(
    aims: Query<&AimedAt>,
    stages: Query<&TellsFacts>,
    run: Res<ShownRun>,
    caption: Res<Caption>,
    mut last: Local<Option<Stage>>,
    hung: Query<(), Added<SignLine>>,
    mut lines: Query<(&SignLine, &mut Node, &mut Text)>,
) {
    let pointed = aims.iter().find_map(|aim| stages.get(aim.0?.surface).ok());
    let pointed = pointed.map(|stage| stage.0);
    if *last == pointed && !caption.is_changed() && hung.is_empty() {
        return;
    }
    *last = pointed;
    let found = pointed.and_then(|stage| run.0.stages().iter().find(|told| told.stage == stage));
    let facts = found.map(|told| told_of(&told.facts)).filter(|told| !told.is_empty());
    let facts = facts.or_else(|| caption.0.as_ref().map(ToString::to_string));
    for (line, mut node, mut text) in &mut lines {
        show(&mut node, (*line == SignLine::Facts) == facts.is_some());
        if *line == SignLine::Facts {
            text.set_if_neq(Text(facts.clone().unwrap_or_default()));
        }
    }
}

/// Of a training elsewhere the first stages may be over before anybody is told of them.
fn progress(run: &Run, stage: Stage) -> Progress {
    match run.stages().iter().find(|report| report.stage == stage) {
        None if run.stages().iter().any(|report| report.stage > stage) => Progress::Done,
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
            // Of a run whose end is not known nothing can be told.
            if all == 0 { 0.0 } else { run.step().0 as f32 / all as f32 }
        }
        _ => 0.0,
    }
}

/// As many facts as fit on a line; a long one leaves its place to those after it.
fn told_of(facts: &[Fact]) -> String {
    let mut told = String::new();
    for fact in facts {
        let words = say!("list-of", name = fact.name, value = fact.value);
        let between = if told.is_empty() { "" } else { BETWEEN };
        let letters = [told.as_str(), between, &words].map(width);
        if letters.iter().sum::<usize>() <= FACT_LETTERS {
            told.push_str(between);
            told.push_str(&words);
        }
    }
    told
}

/// The middle of its upper edge.
#[cfg(test)]
pub(super) fn top_m() -> Vec3 {
    facing_middle(0.0, RING_RADIUS_M, TITLE_HEIGHT_M + TITLE_M.y / 2.0).translation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Report, StageReport};

    #[test]
    fn long_facts_leave_their_place_to_shorter_ones() {
        let fact = |name: &str, value: &str| Fact::new(name, value);
        let facts = [
            fact(
                "Convolution",
                "32 filters of 3 × 3, then each unit but the negative ones, at stride 1",
            ),
            fact("Parameters", "54410"),
            fact("Seed", "42"),
            fact("Biases", "zero"),
        ];
        assert_eq!(told_of(&facts), "Parameters: 54410 · Seed: 42 · Biases: zero");
        assert_eq!(told_of(&[]), "");
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
        let before_and_behind = [Stage::Preprocess, Stage::Initialise].map(|of| progress(&run, of));
        assert_eq!(before_and_behind, [Progress::Done, Progress::ToCome]);
    }
}
