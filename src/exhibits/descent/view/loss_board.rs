//! The right board: which loss it is and what can be chosen; the terms that are summed now stand with the step in numbers.

use bevy::{prelude::*, ui::Checked};
use indicatif::HumanCount;

use super::{
    ON_STAGE,
    attention::{DescentAttention, stand},
    board::{
        BoardText, MakesWayForNumbers, hang_board, heading, lines, write_lines as write_board,
    },
    ground::Terrain,
    numbers::number,
    places::{LOSS_M, board},
    rule_board::NumbersHung,
};
use crate::{
    exhibits::descent::{
        EXHIBIT_ID,
        payload::{DescentSettings, Loss, PointsOfData, RunnerStep, Surface},
    },
    stream::{Command, Payload},
    words::Word,
    world::{
        WorldSystems,
        link::{Ask, ShownRun},
        stage::PlinthPlaced,
        timeline::Timeline,
        ui::{
            controls::{
                Activate, ButtonKind, ControlText, Offers, ValueChange, button, grow, mark, offer,
                toggle,
            },
            palette,
            panel::Hanger,
            sheet, type_size,
        },
    },
};

/// The buttons of the problems, and what they say until the first surface has come.
const PROBLEMS: [(&str, Word, ProblemButton); 4] = [
    ("problem-line", key!("descent-line"), ProblemButton(0)),
    ("problem-tumour", key!("descent-tumours"), ProblemButton(1)),
    ("problem-ravine", key!("descent-ravine"), ProblemButton(2)),
    ("problem-saddle", key!("descent-saddle"), ProblemButton(3)),
];
/// Lines of words: those that say which loss it is, and those that stand with a step in numbers.
const LINES: usize = 3;
const SUMMED: usize = 3;
/// Height of a button of a problem, in dmm.
const TAB_DMM: f32 = type_size::ROW + 4.0;
/// Terms of the sum that are written out.
const TERMS: usize = 2;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_observer(hang_sum).add_systems(
        Update,
        (write_lines, write_sum, show_what_is_chosen)
            .run_if(sheet::seldom())
            .in_set(WorldSystems::Show)
            .in_set(ON_STAGE),
    );
}

/// The board, for what is drawn on it.
#[derive(EntityEvent)]
pub(super) struct LossBoardHung {
    pub(super) entity: Entity,
}

/// A problem, by its place among those of the surface.
#[derive(Clone, Copy)]
struct ProblemButton(usize);

/// Marks the lines of this board.
#[derive(Clone, Copy)]
struct OfLoss;

/// Marks those of the sum.
#[derive(Clone, Copy)]
struct OfSum;

#[derive(Component)]
struct LogSwitch;

#[derive(Component)]
struct UsualRate;

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let place = board(1.0, LOSS_M.y, None);
    let hung = hang_board(&mut hanger, placed.entity, "Loss board", LOSS_M, place);
    hanger.commands.entity(hung.panel).insert((MakesWayForNumbers, Visibility::Inherited));
    let row = || Node { column_gap: px(type_size::GAP), flex_shrink: 0.0, ..default() };
    hanger.commands.entity(hung.root).with_children(|page| {
        page.spawn(row()).with_children(|line| {
            offer(line, &PROBLEMS, as_tab, choose);
        });
        page.spawn(heading(OfLoss));
        lines(page, LINES, palette::INK_QUIET, OfLoss);
        page.spawn(Node { margin: UiRect::top(auto()), ..row() }).with_children(|line| {
            let mut log = line.spawn((
                toggle("log-height", say!("descent-log-height"), ButtonKind::Small),
                LogSwitch,
            ));
            log.observe(
                |change: On<ValueChange<bool>>, mut attention: ResMut<DescentAttention>| {
                    attention.log = change.value;
                },
            );
            log.entry::<Node>().and_modify(|mut node| narrow(&mut node));
            let mut rate = line.spawn((
                button("usual-rate", say!("descent-as-usual"), ButtonKind::Small),
                UsualRate,
            ));
            rate.observe(use_usual_rate);
            rate.entry::<Node>().and_modify(|mut node| narrow(&mut node));
            let mut start =
                line.spawn(button("usual-start", say!("descent-usual-start"), ButtonKind::Small));
            start.observe(use_usual_start);
            start.entry::<Node>().and_modify(|mut node| narrow(&mut node));
        });
    });
    hanger.commands.trigger(LossBoardHung { entity: hung.panel });
}

/// They share the line, and hang high.
fn as_tab(node: &mut Node) {
    grow(node);
    node.min_height = px(TAB_DMM);
    narrow(node);
}

/// All of a line have room on it.
fn narrow(node: &mut Node) {
    node.padding = UiRect::axes(px(9), px(0));
}

fn hang_sum(hung: On<NumbersHung>, mut commands: Commands) {
    let column = Node { flex_direction: FlexDirection::Column, row_gap: px(1), ..default() };
    commands.spawn((column, ChildOf(hung.entity))).with_children(|page| {
        page.spawn(heading(OfSum));
        lines(page, SUMMED, palette::INK_QUIET, OfSum);
    });
}

fn choose(
    ProblemButton(problem): ProblemButton,
) -> impl Fn(On<Activate>, Res<ShownRun>, MessageWriter<Ask>) {
    move |_, run, mut asks| {
        if let Some(surface) = run.0.material::<Surface>() {
            let settings = DescentSettings { problem, start: None, ..surface.settings.clone() };
            asks.write(Ask(Command::Change(Payload::new(settings))));
        }
    }
}

fn use_usual_rate(_: On<Activate>, run: Res<ShownRun>, mut asks: MessageWriter<Ask>) {
    if let Some(surface) = run.0.material::<Surface>() {
        asks.write(Ask(Command::SetLearningRate(surface.usual_rate)));
    }
}

fn use_usual_start(_: On<Activate>, run: Res<ShownRun>, mut asks: MessageWriter<Ask>) {
    if let Some(surface) = run.0.material::<Surface>() {
        let settings = DescentSettings { start: None, ..surface.settings.clone() };
        asks.write(Ask(Command::Change(Payload::new(settings))));
    }
}

fn show_what_is_chosen(
    run: Res<ShownRun>,
    attention: Res<DescentAttention>,
    mut problems: Offers<ProblemButton>,
    log: Query<(Entity, Has<Checked>), With<LogSwitch>>,
    mut usual: Query<&mut ControlText, With<UsualRate>>,
    mut commands: Commands,
) {
    let Some(surface) = run.0.material::<Surface>() else {
        return;
    };
    problems.light(|problem| problem.0 == surface.settings.problem);
    for (entity, checked) in &log {
        mark::<Checked>(&mut commands, entity, checked, attention.log);
    }
    for mut words in &mut usual {
        let wanted = format!("α = {}", surface.usual_rate);
        if words.0 != wanted {
            words.0 = wanted;
        }
    }
}

fn write_lines(
    run: Res<ShownRun>,
    terrain: Res<Terrain>,
    mut lines: Query<(&BoardText<OfLoss>, &mut Text)>,
) {
    if let Some(surface) = run.0.material::<Surface>().filter(|_| terrain.0.is_some()) {
        write_board(&mut lines, &loss_words(surface));
    }
}

fn write_sum(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    attention: Res<DescentAttention>,
    terrain: Res<Terrain>,
    mut lines: Query<(&BoardText<OfSum>, &mut Text)>,
) {
    let Some(surface) = run.0.material::<Surface>().filter(|_| terrain.0.is_some()) else {
        return;
    };
    let stand = stand(&run.0, attention.runner, timeline.shown_step(&run.0));
    write_board(&mut lines, &summed_words(surface, stand.map(|stand| stand.step).as_ref()));
}

/// The loss and where it is from, or what is to be said of its data.
fn loss_words(surface: &Surface) -> Vec<String> {
    let problem = surface.problems.get(surface.settings.problem);
    let mut lines = vec![
        problem.map_or_else(String::new, |problem| problem.title.to_string()),
        surface.formula.to_string(),
    ];
    match &surface.data {
        Some(data) => lines.extend(data.remarks.first().map(ToString::to_string)),
        None => lines.push(problem.map_or_else(String::new, |problem| problem.source.to_string())),
    }
    lines
}

/// What is summed at this step, and the lowest that it can come to.
fn summed_words(surface: &Surface, step: Option<&RunnerStep>) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(data), Some(step)) = (&surface.data, step) {
        lines.extend(sum_words(surface.loss, data, step));
    }
    if let Some(minimum) = &surface.minimum {
        lines.push(say!(
            "descent-lowest-j-at",
            loss = number(minimum.loss),
            theta = super::numbers::pair(minimum.theta),
            how = minimum.how
        ));
    }
    lines
}

/// The first terms of the sum, how many more there are, and what they come to.
fn sum_words(loss: Loss, data: &PointsOfData, step: &RunnerStep) -> Vec<String> {
    let count = data.points.len();
    let (first, batch) = step.batch;
    let places = (0..batch).map(|at| (first + at) % count.max(1));
    let terms: Vec<f64> = places
        .filter_map(|place| data.points.get(place))
        .map(|point| term(loss, *point, step.theta))
        .collect();
    let written: Vec<String> = terms.iter().take(TERMS).map(|term| number(*term)).collect();
    let more = terms.len().saturating_sub(TERMS);
    let sum: f64 = terms.iter().sum();
    let mean = sum / terms.len().max(1) as f64;
    vec![
        say!("descent-more", written = written.join(" + "), more = HumanCount(more as u64)),
        say!(
            "descent-over-points",
            sum = number(sum),
            batch = HumanCount(batch as u64),
            mean = number(mean)
        ),
    ]
}

/// One term: a squared error, or a cross-entropy in nats.
pub(super) fn term(loss: Loss, [x, y]: [f64; 2], theta: [f64; 2]) -> f64 {
    let score = theta[0] + theta[1] * x;
    match loss {
        Loss::MeanSquaredError => (score - y).powi(2),
        // −ln σ(z) for class 1 and −ln (1 − σ(z)) for class 0, as ln (1 + e^±z) without overflow.
        Loss::CrossEntropy => {
            let against = if y > 0.5 { -score } else { score };
            against.max(0.0) + (-against.abs()).exp().ln_1p()
        }
        Loss::TestFunction => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::line_surface, *};
    use crate::exhibits::descent::payload::Fate;

    fn step(theta: [f64; 2], batch: (usize, usize)) -> RunnerStep {
        let (loss, gradient, update) = (0.0, [0.0; 2], [0.0; 2]);
        RunnerStep { theta, loss, gradient, rate: 0.1, update, batch, fate: Fate::Going }
    }

    #[test]
    fn terms_sum_to_the_loss_that_the_formula_names() {
        let surface = line_surface();
        let words = summed_words(&surface, Some(&step([0.0, 1.0], (0, 3))));
        // Points (0, 1), (1, 1), (2, 4): errors −1, 0, −2.
        assert_eq!(words[0], "1.000 + 0 + … 1 more");
        assert_eq!(words[1], "= 5.000, over 3 points: 1.667");
        // A batch goes around the end.
        let words = summed_words(&surface, Some(&step([0.0, 1.0], (2, 2))));
        assert_eq!(words[1], "= 5.000, over 2 points: 2.500");
    }

    #[test]
    fn cross_entropy_is_that_of_the_sigmoid() {
        for (score, y) in [(0.3, 1.0), (-2.0, 1.0), (4.0, 0.0), (-700.0, 0.0), (800.0, 0.0)] {
            let term = term(Loss::CrossEntropy, [1.0, y], [score, 0.0]);
            let p = 1.0 / (1.0 + f64::exp(-score));
            let wanted = if y > 0.5 { -p.ln() } else { -(1.0 - p).ln() };
            if wanted.is_finite() {
                assert!((term - wanted).abs() < 1e-9 * wanted.max(1.0), "{score}");
            } else {
                assert!((term - score).abs() < 1e-9);
            }
        }
    }
}
