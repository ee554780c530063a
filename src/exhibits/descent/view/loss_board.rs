//! The right board: which loss it is, the terms that are summed now, and what can be chosen.

use bevy::{prelude::*, ui::Checked};
use indicatif::HumanCount;

use super::{
    ON_STAGE,
    attention::{DescentAttention, stand},
    board::{self, BoardText, hang_board, lines},
    ground::Terrain,
    numbers::number,
};
use crate::{
    exhibits::descent::{
        EXHIBIT_ID,
        payload::{DescentSettings, Loss, PointsOfData, RunnerStep, Surface},
    },
    stream::{Command, Payload},
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
const PROBLEMS: [(&str, &str, ProblemButton); 4] = [
    ("problem-line", "Line", ProblemButton(0)),
    ("problem-tumour", "Tumours", ProblemButton(1)),
    ("problem-ravine", "Ravine", ProblemButton(2)),
    ("problem-saddle", "Saddle", ProblemButton(3)),
];
/// Lines of words.
const LINES: usize = 6;
/// Terms of the sum that are written out.
const TERMS: usize = 2;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_systems(
        Update,
        (write_lines, show_what_is_chosen)
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

#[derive(Component)]
struct LogSwitch;

#[derive(Component)]
struct UsualRate;

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let hung = hang_board(&mut hanger, placed.entity, "Loss board", 1.0);
    let row = || Node { column_gap: px(type_size::GAP), flex_shrink: 0.0, ..default() };
    hanger.commands.entity(hung.root).with_children(|page| {
        page.spawn(row()).with_children(|line| {
            offer(line, &PROBLEMS, grow, choose);
        });
        lines(page, LINES, palette::INK_QUIET, OfLoss);
        page.spawn(Node { margin: UiRect::top(auto()), ..row() }).with_children(|line| {
            line.spawn((toggle("log-height", "log height", ButtonKind::Small), LogSwitch)).observe(
                |change: On<ValueChange<bool>>, mut attention: ResMut<DescentAttention>| {
                    attention.log = change.value;
                },
            );
            line.spawn((button("usual-rate", "α as usual", ButtonKind::Small), UsualRate))
                .observe(use_usual_rate);
            line.spawn(button("usual-start", "Usual start", ButtonKind::Small))
                .observe(use_usual_start);
        });
    });
    hanger.commands.trigger(LossBoardHung { entity: hung.panel });
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
    timeline: Res<Timeline>,
    attention: Res<DescentAttention>,
    terrain: Res<Terrain>,
    mut lines: Query<(&BoardText<OfLoss>, &mut Text)>,
) {
    let Some(surface) = run.0.material::<Surface>().filter(|_| terrain.0.is_some()) else {
        return;
    };
    let stand = stand(&run.0, attention.runner, timeline.shown_step(&run.0));
    board::write_lines(&mut lines, &loss_words(surface, stand.map(|stand| stand.step).as_ref()));
}

/// The loss, and what is summed at this step.
fn loss_words(surface: &Surface, step: Option<&RunnerStep>) -> Vec<String> {
    let title =
        surface.problems.get(surface.settings.problem).map_or("", |problem| problem.title.as_str());
    let mut lines = vec![title.to_owned(), surface.formula.clone()];
    match (&surface.data, step) {
        (Some(data), Some(step)) => lines.extend(sum_words(surface.loss, data, step)),
        (None, _) => {
            let source = surface.problems.get(surface.settings.problem);
            lines.push(source.map_or_else(String::new, |problem| problem.source.clone()));
        }
        _ => {}
    }
    if let Some(minimum) = &surface.minimum {
        lines.push(format!(
            "lowest: J = {} at {} ({})",
            number(minimum.loss),
            super::numbers::pair(minimum.theta),
            minimum.how
        ));
    }
    lines.extend(surface.data.iter().flat_map(|data| data.remarks.first()).cloned());
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
        format!("{} + … {} more", written.join(" + "), HumanCount(more as u64)),
        format!("= {}, over {} points: {}", number(sum), HumanCount(batch as u64), number(mean)),
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
        let words = loss_words(&surface, Some(&step([0.0, 1.0], (0, 3))));
        // Points (0, 1), (1, 1), (2, 4): errors −1, 0, −2.
        assert_eq!(words[2], "1.000 + 0 + … 1 more");
        assert_eq!(words[3], "= 5.000, over 3 points: 1.667");
        // A batch goes around the end.
        let words = loss_words(&surface, Some(&step([0.0, 1.0], (2, 2))));
        assert_eq!(words[3], "= 5.000, over 2 points: 2.500");
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
