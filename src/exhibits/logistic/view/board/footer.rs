//! The foot of the board: what would be learned otherwise, the button that begins it, and why a change failed.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
};

use super::StepPage;
use crate::{
    exhibits::logistic::{
        payload::Table,
        view::wanted::{Wanted, can_learn, differences, learn, penalty_words, solver_words},
    },
    history::Run,
    sentence::number,
    stream::RunState,
    words::enumerated,
    world::{
        link::ShownRun,
        ui::{
            controls::{Activate, ButtonKind, button, mark, show},
            palette,
            panel::Hanger,
            sheet::{from_left, from_right, write},
            tabs::{MARGIN_DMM, writing},
            type_size, words,
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, writing::<StepPage, _>((write_foot, tell_trouble)));
}

/// How much of a page the foot takes, in dmm.
pub(super) const FOOT_DMM: f32 = type_size::ROW + type_size::GAP;

/// The button that begins to learn.
#[derive(Component)]
struct Learn;

/// The button that takes wishes back.
#[derive(Component)]
struct Undo;

/// What would change.
#[derive(Component)]
struct ChangeText;

/// The plate over the page on which trouble is told, and its words.
#[derive(Component)]
struct ChangeFailed;

#[derive(Component)]
struct ChangeFailedText;

pub(super) fn hang(hanger: &mut Hanger, root: Entity) {
    hanger.commands.entity(root).with_children(|root| {
        let foot = Node {
            right: px(MARGIN_DMM),
            bottom: px(MARGIN_DMM),
            top: Val::Auto,
            height: px(type_size::ROW),
            column_gap: px(type_size::GAP),
            align_items: AlignItems::Center,
            ..from_left(MARGIN_DMM, 0.0)
        };
        root.spawn(foot).with_children(|foot| {
            foot.spawn(Node {
                flex_grow: 1.0,
                flex_basis: px(0),
                min_width: px(0),
                overflow: Overflow::clip_x(),
                ..default()
            })
            .with_child((words::caption(""), TextLayout::no_wrap(), ChangeText));
            foot.spawn((button("wish-undo", say!("logistic-undo"), ButtonKind::Small), Undo))
                .observe(undo);
            foot.spawn((
                button("wish-learn", say!("logistic-learn-this"), ButtonKind::Small),
                Learn,
            ))
            .observe(learn);
        });
        let plate = Node {
            display: Display::None,
            left: px(MARGIN_DMM),
            bottom: px(MARGIN_DMM + FOOT_DMM),
            top: Val::Auto,
            padding: UiRect::axes(px(20), px(16)),
            border: UiRect::all(px(3)),
            border_radius: BorderRadius::all(px(14)),
            ..from_right(MARGIN_DMM, 0.0)
        };
        root.spawn((
            plate,
            ChangeFailed,
            BackgroundColor(palette::PLATE),
            BorderColor::all(palette::RED),
            Pickable::IGNORE,
        ))
        .with_child((words::body(""), ChangeFailedText));
    });
}

fn undo(_: On<Activate>, run: Res<ShownRun>, mut wanted: ResMut<Wanted>) {
    if let Some(table) = run.0.material::<Table>() {
        wanted.set_if_neq(Wanted(table.settings.clone()));
    }
}

fn write_foot(
    run: Res<ShownRun>,
    wanted: Res<Wanted>,
    says: Query<&mut Text, With<ChangeText>>,
    buttons: Query<
        (Entity, Has<Learn>, Has<Checked>, Has<InteractionDisabled>),
        Or<(With<Learn>, With<Undo>)>,
    >,
    mut commands: Commands,
) {
    let able = can_learn(&run, &wanted);
    for text in says {
        write(text, foot_words(&run.0, &wanted));
    }
    for (button, is_learn, checked, disabled) in &buttons {
        if is_learn {
            mark::<Checked>(&mut commands, button, checked, able);
        }
        mark::<InteractionDisabled>(&mut commands, button, disabled, !able);
    }
}

/// What would change, or how the model is learned.
fn foot_words(run: &Run, wanted: &Wanted) -> String {
    let Some(table) = run.material::<Table>() else {
        return String::new();
    };
    let differences = differences(&table.settings, &wanted.0, table);
    if differences.is_empty() {
        let solver = solver_words(table.settings.solver);
        return say!("logistic-now", settings = penalty_words(&table.settings), solver);
    }
    say!("logistic-new", differences = enumerated(&differences))
}

/// Says on the board itself why a run failed, in the words in which it was told.
fn tell_trouble(
    run: Res<ShownRun>,
    mut plates: Query<&mut Node, With<ChangeFailed>>,
    texts: Query<&mut Text, With<ChangeFailedText>>,
) {
    let reason = trouble(&run.0);
    for mut plate in &mut plates {
        show(&mut plate, reason.is_some());
    }
    if let Some(reason) = reason {
        for text in texts {
            write(text, reason.clone());
        }
    }
}

/// Why the run came to no end, if so.
pub(super) fn trouble(run: &Run) -> Option<String> {
    run.material::<Table>()?;
    match run.state() {
        RunState::Failed { reason } => Some(reason.to_string()),
        RunState::Diverged { learning_rate, proposed } => Some(say!(
            "logistic-the-training-diverged-with-learning",
            learning_rate = number(*learning_rate),
            proposed = number(*proposed)
        )),
        _ => None,
    }
}
