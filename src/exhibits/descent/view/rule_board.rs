//! The left board: the rule, who follows it and how far each has come; and one step worked out in numbers, for whoever
//! presses a runner.
//!
//! The hall's typeface has no nabla; the white triangle that points down (U+25BD) looks the same.

use bevy::{prelude::*, ui::Checked};
use indicatif::HumanCount;

use super::{
    ON_STAGE,
    attention::{DescentAttention, Stand, runs, stand},
    board::{
        BoardText, MakesWayForNumbers, hang_board, heading, lines, write_lines as write_board,
    },
    ink,
    numbers::{number, pair},
    places::{NUMBERS_M, RULE_M, board},
};
use crate::{
    exhibits::descent::{
        EXHIBIT_ID,
        payload::{DescentSettings, Fate, Runner, Surface},
    },
    stream::{Command, Payload},
    world::{
        WorldSystems,
        interaction::back::{BackSystems, GoesBack},
        link::{Ask, ShownRun},
        stage::PlinthPlaced,
        timeline::Timeline,
        ui::{
            controls::{Activate, ButtonKind, ControlText, ValueChange, button, mark, toggle},
            palette,
            panel::Hanger,
            sheet, type_size, words,
        },
    },
};

/// The buttons of each runner: one writes out its step, one lets it run or not.
const NAMES: [(&str, &str); 5] = [
    ("runner-descent", "runs-descent"),
    ("runner-stochastic", "runs-stochastic"),
    ("runner-momentum", "runs-momentum"),
    ("runner-rmsprop", "runs-rmsprop"),
    ("runner-adam", "runs-adam"),
];
/// Lines of a step in numbers.
const LINES: usize = 7;
/// Width of the button with a runner's name, in dmm.
const NAME_DMM: f32 = 228.0;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_systems(
        Update,
        (
            close.in_set(BackSystems::Choice),
            (
                (write_lines, write_runners).run_if(sheet::seldom()),
                show_numbers.run_if(resource_changed::<DescentAttention>),
            )
                .in_set(WorldSystems::Show),
        )
            .in_set(ON_STAGE),
    );
}

/// The button that writes out a runner's step.
#[derive(Component, Clone, Copy)]
struct Chooses(Runner);

/// The button that lets a runner run.
#[derive(Component, Clone, Copy)]
struct Runs(Runner);

/// How a runner stands, in words.
#[derive(Component, Clone, Copy)]
struct Stands(Runner);

/// Marks the lines of this board: a step in numbers.
#[derive(Clone, Copy)]
struct OfRule;

/// The board of a step in numbers.
#[derive(Component)]
struct Numbers;

/// The page of a step in numbers, for what is summed in it.
#[derive(EntityEvent)]
pub(super) struct NumbersHung {
    pub(super) entity: Entity,
}

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let place = board(-1.0, RULE_M.y, None);
    let hung = hang_board(&mut hanger, placed.entity, "Rule board", RULE_M, place);
    hanger.commands.entity(hung.root).with_children(|page| {
        page.spawn((words::heading("θ ← θ − α ▽J(θ)"), TextLayout::no_wrap()));
        page.spawn(column(8.0)).with_children(|rows| {
            for (runner, (chooses, lets_run)) in Runner::ALL.into_iter().zip(NAMES) {
                rows.spawn(line()).with_children(|line| write_row(line, runner, chooses, lets_run));
            }
        });
    });
    // Lower than the loss, so that whoever sits can read its first line.
    let place = board(1.0, NUMBERS_M.y, Some(0.1));
    let numbers = hang_board(&mut hanger, placed.entity, "Step in numbers", NUMBERS_M, place);
    hanger.commands.entity(numbers.panel).insert((Numbers, Visibility::Hidden));
    hanger.commands.entity(numbers.root).with_children(|page| {
        page.spawn(column(1.0)).with_children(|page| {
            page.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..line() })
                .with_children(|line| {
                    line.spawn(heading(OfRule));
                    let close = button("close-numbers", say!("boards-close"), ButtonKind::Small);
                    line.spawn(close).observe(
                        |_: On<Activate>, mut attention: ResMut<DescentAttention>| {
                            attention.numbers = false;
                        },
                    );
                });
            lines(page, LINES, palette::INK, OfRule);
        });
    });
    hanger.commands.trigger(NumbersHung { entity: numbers.root });
}

fn close(mut back: GoesBack, mut attention: ResMut<DescentAttention>) {
    if back.take(attention.numbers) {
        attention.numbers = false;
    }
}

fn show_numbers(
    attention: Res<DescentAttention>,
    mut boards: Query<
        (&mut Visibility, Has<Numbers>),
        Or<(With<Numbers>, With<MakesWayForNumbers>)>,
    >,
) {
    for (mut seen, numbers) in &mut boards {
        let shown = numbers == attention.numbers;
        seen.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
    }
}

fn column(gap_dmm: f32) -> Node {
    Node {
        flex_direction: FlexDirection::Column,
        row_gap: px(gap_dmm),
        flex_shrink: 0.0,
        ..default()
    }
}

fn line() -> Node {
    Node {
        column_gap: px(type_size::GAP),
        align_items: AlignItems::Center,
        flex_shrink: 0.0,
        ..default()
    }
}

fn write_row(
    line: &mut ChildSpawnerCommands,
    runner: Runner,
    chooses: &'static str,
    lets_run: &'static str,
) {
    line.spawn((
        Node {
            width: px(16),
            height: px(16),
            border_radius: BorderRadius::MAX,
            flex_shrink: 0.0,
            ..default()
        },
        BackgroundColor(ink(runner)),
        Pickable::IGNORE,
    ));
    let mut name = line.spawn((button(chooses, runner.name(), ButtonKind::Small), Chooses(runner)));
    name.entry::<Node>().and_modify(|mut node| {
        node.width = px(NAME_DMM);
        node.flex_shrink = 0.0;
    });
    name.observe(move |_: On<Activate>, mut attention: ResMut<DescentAttention>| {
        attention.choose(runner);
    });
    let mut runs =
        line.spawn((toggle(lets_run, say!("descent-on"), ButtonKind::Small), Runs(runner)));
    runs.observe(let_run);
    line.spawn((words::caption(""), TextLayout::no_wrap(), Stands(runner)));
}

/// Lets a runner run or not, in a new run from the same start; one stays at least.
fn let_run(
    change: On<ValueChange<bool>>,
    buttons: Query<&Runs>,
    run: Res<ShownRun>,
    mut asks: MessageWriter<Ask>,
) {
    let (Ok(Runs(runner)), Some(surface)) =
        (buttons.get(change.source), run.0.material::<Surface>())
    else {
        return;
    };
    let mut settings: DescentSettings = surface.settings.clone();
    if let Some(runs) = settings.runners.get_mut(runner.index()) {
        *runs = change.value;
    }
    let anybody = Runner::ALL.into_iter().any(|other| {
        settings.runners[other.index()] && !(surface.data.is_none() && other == Runner::Stochastic)
    });
    if anybody {
        asks.write(Ask(Command::Change(Payload::new(settings))));
    }
}

fn write_runners(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    attention: Res<DescentAttention>,
    mut stands: Query<(&Stands, &mut Text, &mut TextColor)>,
    chooses: Query<(Entity, &Chooses, Has<Checked>)>,
    mut switches: Query<(Entity, &Runs, &mut ControlText, Has<Checked>)>,
    mut commands: Commands,
) {
    let Some(surface) = run.0.material::<Surface>() else {
        return;
    };
    let step = timeline.shown_step(&run.0);
    for (Stands(runner), text, mut colour) in &mut stands {
        let stand = stand(&run.0, *runner, step);
        let (wanted, wanted_ink) = how(surface, *runner, stand);
        sheet::write(text, wanted);
        colour.set_if_neq(TextColor(wanted_ink));
    }
    for (entity, chooses, checked) in &chooses {
        mark::<Checked>(
            &mut commands,
            entity,
            checked,
            attention.numbers && chooses.0 == attention.runner,
        );
    }
    for (entity, Runs(runner), mut words, checked) in &mut switches {
        let runs = runs(surface, *runner);
        mark::<Checked>(&mut commands, entity, checked, runs);
        let label = if runs { say!("descent-on") } else { say!("descent-off") };
        if words.0 != label {
            words.0 = label.to_owned();
        }
    }
}

/// How a runner stands, in a few words.
fn how(surface: &Surface, runner: Runner, stand: Option<Stand>) -> (String, Color) {
    let Some(stand) = stand else {
        let why = match (surface.data.is_none(), runner) {
            (true, Runner::Stochastic) => say!("descent-no-data"),
            _ if runs(surface, runner) => say!("descent-at-the-start"),
            _ => "",
        };
        return (why.to_owned(), palette::INK_FAINT);
    };
    let after = |taken: u64| HumanCount(taken + 1).to_string();
    match (stand.ended, stand.step.fate) {
        (true, Fate::Converged) => {
            (say!("descent-down-in", taken = after(stand.taken)), palette::TRUTH)
        }
        (true, Fate::Diverged) => {
            (say!("descent-off-at", taken = after(stand.taken)), palette::RED)
        }
        _ => (format!("J {}", number(stand.step.loss)), palette::INK_QUIET),
    }
}

fn write_lines(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    attention: Res<DescentAttention>,
    mut lines: Query<(&BoardText<OfRule>, &mut Text)>,
) {
    let Some(surface) = run.0.material::<Surface>() else {
        return;
    };
    let stand = stand(&run.0, attention.runner, timeline.shown_step(&run.0));
    write_board(&mut lines, &step_words(surface, attention.runner, stand));
}

/// The step in numbers, and what is to be said of it.
fn step_words(surface: &Surface, runner: Runner, stand: Option<Stand>) -> Vec<String> {
    let name = runner.name();
    let Some(Stand { step, taken, ended }) = stand else {
        return vec![say!("descent-has-not-taken-a-step", name)];
    };
    let next = step.next();
    let product = step.gradient.map(|gradient| step.rate * gradient);
    let plain = matches!(runner, Runner::GradientDescent | Runner::Stochastic);
    let (rule, change) = if plain {
        (String::new(), format!("α ▽J = {}", pair(product)))
    } else {
        (format!("   Δθ = {}", rule(runner)), format!("Δθ = {}", pair(step.update)))
    };
    let sign = if plain { "θ − α ▽J" } else { say!("descent-changed") };
    vec![
        say!("descent-step", name, taken = HumanCount(taken + 1)),
        format!("θ = {}   J = {} {}", pair(step.theta), number(step.loss), surface.unit)
            .trim_end()
            .to_owned(),
        format!("▽J = {}", pair(step.gradient)),
        format!("α = {}{rule}", step.rate),
        change,
        format!("{sign} = {}", pair(next)),
        fate_words(surface, runner, &step, ended),
    ]
}

/// How the others come to their step.
const fn rule(runner: Runner) -> &'static str {
    match runner {
        Runner::GradientDescent | Runner::Stochastic => "−α ▽J",
        Runner::Momentum => "−α v, v ← 0.9 v + ▽J",
        Runner::RmsProp => "−α ▽J / √E[▽J²]",
        Runner::Adam => "−α m̂/√v̂",
    }
}

fn fate_words(
    surface: &Surface,
    runner: Runner,
    step: &crate::exhibits::descent::payload::RunnerStep,
    ended: bool,
) -> String {
    match step.fate {
        // The heading says after how many steps, and the terminal all of it at length.
        Fate::Converged if ended => {
            say!("descent-converged", tolerance = format_args!("{:e}", surface.tolerance))
                .replace('-', "−")
        }
        Fate::Diverged if ended => match surface.largest_stable_rate_of(runner) {
            Some(limit) if step.rate > limit => {
                say!("descent-diverged-above", limit = number(limit))
            }
            _ => say!("descent-diverged").to_owned(),
        },
        _ => surface.largest_stable_rate_of(runner).map_or_else(
            || {
                say!("descent-converged-is-j", tolerance = format_args!("{:e}", surface.tolerance))
                    .replace('-', "−")
            },
            |limit| {
                let side =
                    if step.rate > limit { say!("descent-above") } else { say!("descent-below") };
                say!("descent-is-the-largest-stable-rate", side, limit = number(limit))
            },
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{run_of, surface},
        *,
    };
    use crate::stream::Step;

    #[test]
    fn the_printed_numbers_add_up() {
        let run = run_of(20);
        let stand = stand(&run, Runner::GradientDescent, Step(3)).unwrap();
        let words = step_words(&surface(), Runner::GradientDescent, Some(stand));
        let numbers = |line: &str, after: &str| -> Vec<f64> {
            let from = line.split(after).nth(1).unwrap();
            let inside = from.split(['(', ')']).nth(1).unwrap();
            inside.split(", ").map(|text| text.replace('−', "-").parse().unwrap()).collect()
        };
        let theta = numbers(&words[1], "θ = ");
        let product = numbers(&words[4], "α ▽J = ");
        let next = numbers(&words[5], "θ − α ▽J = ");
        for at in 0..2 {
            let size = theta[at].abs().max(1e-3);
            assert!((theta[at] - product[at] - next[at]).abs() < 2e-3 * size, "{words:?}");
        }
    }

    #[test]
    fn every_fate_is_said() {
        let (run, surface) = (run_of(2000), surface());
        let last = stand(&run, Runner::GradientDescent, Step(2000)).unwrap();
        assert!(last.ended);
        let words = step_words(&surface, Runner::GradientDescent, Some(last));
        assert!(words[6].starts_with("Converged: "), "{words:?}");
        let (how, _) = how(&surface, Runner::GradientDescent, Some(last));
        assert!(how.starts_with("↓ "), "{how}");
        let mut flown = last;
        (flown.step.fate, flown.step.rate) = (Fate::Diverged, 0.9);
        let words = step_words(&surface, Runner::GradientDescent, Some(flown));
        assert!(words[6].starts_with("Diverged: ") && words[6].contains("the largest stable"));
        // Two lines of 39 letters are left for it.
        assert!(words[6].chars().count() <= 78, "{}", words[6]);
    }

    #[test]
    fn what_counts_as_converged_is_told_as_a_condition_until_it_is_so() {
        let mut free = surface();
        free.largest_stable_rate = None;
        let run = run_of(20);
        let stand = stand(&run, Runner::GradientDescent, Step(3)).unwrap();
        let words = step_words(&free, Runner::GradientDescent, Some(stand));
        assert!(words[6].starts_with("Counts as converged when ‖▽J‖ <"), "{words:?}");
    }
}
