//! Trouble in words: notices on a board in the hall, newest on top, until somebody dismisses them.

use bevy::prelude::*;

use super::{
    controls::{Activate, ButtonKind, button, card},
    palette,
    panel::{Foremost, Hanger, PanelPlan},
    type_size, words,
};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Notice>().add_observer(dismiss).add_systems(
        PostUpdate,
        (take_down_old, post, show_board_in_use).chain().before(bevy::ui::UiSystems::Prepare),
    );
}

/// Something a visitor should read; written by whoever knows of it.
#[derive(Message, Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub severity: Severity,
    /// What happened and what to do, in a sentence or two.
    pub text: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Info,
    /// One can live with it.
    Amber,
    Red,
}

impl Severity {
    fn ink(self) -> Color {
        match self {
            Self::Info => palette::ACCENT,
            Self::Amber => palette::AMBER,
            Self::Red => palette::RED,
        }
    }
}

/// The panel that notices are posted on.
#[derive(Component, Clone, Copy, Debug)]
pub struct Noticeboard {
    root: Entity,
}

/// A notice on the board, and how often it was posted.
#[derive(Component)]
struct Posted {
    notice: Notice,
    times: u32,
    /// When it was pinned, in seconds since the hall opened.
    at_secs: f32,
}

/// The button that takes a notice down.
#[derive(Component)]
struct Dismisses(Entity);

/// How long news that need no answer hang, in seconds: long enough to read two lines twice.
const NEWS_SECS: f32 = 8.0;
/// More than this would be a log, which is the terminal's business.
const MOST_NOTICES: usize = 4;

/// Hangs the board: out of sight while it is empty. Give what it returns a `Transform`.
pub fn hang_noticeboard(hanger: &mut Hanger, size_m: Vec2, read_from_m: f32) -> Entity {
    let hung = hanger.hang(PanelPlan::clear("Noticeboard", size_m, read_from_m));
    hanger.commands.entity(hung.panel).insert((
        Noticeboard { root: hung.root },
        Foremost,
        Visibility::Hidden,
    ));
    hung.panel
}

fn post(
    mut notices: MessageReader<Notice>,
    boards: Query<&Noticeboard>,
    pages: Query<&Children>,
    posted: Query<&Posted>,
    time: Res<Time<Real>>,
    mut commands: Commands,
) {
    if boards.is_empty() {
        // Notices wait for the board.
        return;
    }
    let news: Vec<&Notice> = notices.read().collect();
    if news.is_empty() {
        return;
    }
    for board in &boards {
        // Newest first.
        let mut on_board: Vec<(Option<Entity>, Notice, u32)> = pages
            .get(board.root)
            .into_iter()
            .flatten()
            .filter_map(|&entity| {
                posted.get(entity).ok().map(|old| (Some(entity), old.notice.clone(), old.times))
            })
            .collect();
        for &notice in &news {
            let mut times = 1;
            if let Some(same) = on_board.iter().position(|(_, old, _)| old == notice) {
                let (entity, _, before) = on_board.remove(same);
                times += before;
                if let Some(entity) = entity {
                    commands.entity(entity).despawn();
                }
            }
            on_board.insert(0, (None, notice.clone(), times));
        }
        for (place, (entity, notice, times)) in on_board.into_iter().enumerate() {
            match entity {
                Some(entity) if place >= MOST_NOTICES => commands.entity(entity).despawn(),
                None if place < MOST_NOTICES => {
                    let slip = pin(&mut commands, notice, times, time.elapsed_secs());
                    commands.entity(board.root).insert_children(place, &[slip]);
                }
                _ => {}
            }
        }
    }
}

/// Writes one notice, not yet on a board.
fn pin(commands: &mut Commands, notice: Notice, times: u32, at_secs: f32) -> Entity {
    let ink = notice.severity.ink();
    let text = if times > 1 { format!("{} (×{times})", notice.text) } else { notice.text.clone() };
    let slip =
        commands.spawn((Name::new("Notice"), Posted { notice, times, at_secs }, card())).id();
    commands.entity(slip).insert(Node {
        width: percent(100),
        padding: UiRect::axes(px(18), px(14)),
        border: UiRect::all(px(2)),
        border_radius: BorderRadius::all(px(14)),
        column_gap: px(18),
        align_items: AlignItems::Center,
        flex_shrink: 0.0,
        ..default()
    });
    let bar = commands
        .spawn((
            Node {
                width: px(8),
                min_height: px(type_size::ROW),
                align_self: AlignSelf::Stretch,
                border_radius: BorderRadius::MAX,
                flex_shrink: 0.0,
                ..default()
            },
            BackgroundColor(ink),
            Pickable::IGNORE,
        ))
        .id();
    let says = commands
        .spawn(words::body(text))
        .insert(Node { flex_grow: 1.0, flex_basis: px(0), ..default() })
        .id();
    let away =
        commands.spawn((button("dismiss", "Dismiss", ButtonKind::Small), Dismisses(slip))).id();
    commands.entity(slip).add_children(&[bar, says, away]);
    slip
}

/// News go by themselves; trouble hangs until somebody has read it.
fn take_down_old(slips: Query<(Entity, &Posted)>, time: Res<Time<Real>>, mut commands: Commands) {
    for (slip, posted) in &slips {
        if posted.notice.severity == Severity::Info
            && time.elapsed_secs() - posted.at_secs > NEWS_SECS
        {
            commands.entity(slip).despawn();
        }
    }
}

fn dismiss(press: On<Activate>, buttons: Query<&Dismisses>, mut commands: Commands) {
    if let Ok(dismisses) = buttons.get(press.entity)
        && let Ok(mut slip) = commands.get_entity(dismisses.0)
    {
        slip.try_despawn();
    }
}

/// An empty board does not hang in the way.
fn show_board_in_use(mut boards: Query<(&Noticeboard, &mut Visibility)>, pages: Query<&Children>) {
    for (board, mut visibility) in &mut boards {
        let used = pages.get(board.root).is_ok_and(|slips| !slips.is_empty());
        visibility.set_if_neq(if used { Visibility::Inherited } else { Visibility::Hidden });
    }
}

#[cfg(test)]
mod tests {
    use bevy::ecs::system::RunSystemOnce;

    use super::*;
    use crate::world::headless::{frames, hall};

    fn board() -> (App, Entity) {
        let mut app = hall();
        let board = app
            .world_mut()
            .run_system_once(|mut hanger: Hanger| {
                hang_noticeboard(&mut hanger, vec2(1.0, 0.6), 1.0)
            })
            .unwrap();
        app.update();
        (app, board)
    }

    fn say(app: &mut App, text: &str) {
        app.world_mut().write_message(Notice { severity: Severity::Amber, text: text.into() });
        app.update();
    }

    /// What the board says from top to bottom, and how often each.
    fn says(app: &mut App, board: Entity) -> Vec<(String, u32)> {
        let world = app.world();
        let root = world.get::<Noticeboard>(board).unwrap().root;
        let slips = world.get::<Children>(root).into_iter().flatten();
        slips
            .map(|&slip| world.get::<Posted>(slip).unwrap())
            .map(|posted| (posted.notice.text.clone(), posted.times))
            .collect()
    }

    #[test]
    fn the_newest_is_on_top_and_the_oldest_makes_room() {
        let (mut app, board) = board();
        for text in ["a", "b", "c", "d", "e", "c"] {
            say(&mut app, text);
        }
        let expected =
            [("c", 2), ("e", 1), ("d", 1), ("b", 1)].map(|(text, times)| (text.to_owned(), times));
        assert_eq!(says(&mut app, board), expected);
    }

    #[test]
    fn news_go_by_themselves_and_trouble_stays() {
        let (mut app, board) = board();
        say(&mut app, "trouble");
        let news = Notice { severity: Severity::Info, text: "news".into() };
        app.world_mut().write_message(news);
        app.update();
        assert_eq!(says(&mut app, board).len(), 2);
        let world = app.world_mut();
        for mut posted in world.query::<&mut Posted>().iter_mut(world) {
            posted.at_secs -= NEWS_SECS + 1.0;
        }
        frames(&mut app, 2);
        assert_eq!(says(&mut app, board), [("trouble".to_owned(), 1)]);
    }

    #[test]
    fn an_empty_board_is_out_of_sight() {
        let (mut app, board) = board();
        let seen = |app: &App| app.world().get::<InheritedVisibility>(board).unwrap().get();
        assert!(!seen(&app));
        say(&mut app, "a");
        frames(&mut app, 1);
        assert!(seen(&app));
        let world = app.world_mut();
        let away = world.query_filtered::<Entity, With<Dismisses>>().single(world).unwrap();
        world.trigger(Activate { entity: away });
        frames(&mut app, 2);
        assert!(!seen(&app));
        assert!(says(&mut app, board).is_empty());
    }
}
