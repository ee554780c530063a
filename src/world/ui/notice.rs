//! Trouble in words: notices on a board in the hall, newest on top, until somebody dismisses them.

use bevy::{
    prelude::*,
    ui::{UiGlobalTransform, UiSystems},
};

use crate::words::reading_secs;

use crate::words::Phrase;

use super::{
    controls::{Activate, ButtonKind, button, card},
    palette,
    panel::{Foremost, Hanger, PanelPlan},
    type_size, words,
};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Notice>()
        .add_message::<NewsAreOver>()
        .add_message::<NoLongerSo>()
        .add_observer(dismiss)
        .add_systems(
            PostUpdate,
            (
                (take_down_old, post, show_board_in_use).chain().before(UiSystems::Prepare),
                hide_what_is_cut.after(UiSystems::Layout),
            ),
        );
}

/// Something a visitor should read; written by whoever knows of it.
#[derive(Message, Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub severity: Severity,
    /// What happened and what to do, in a sentence or two; it follows the language while it hangs.
    pub text: Phrase,
}

/// What was told last has come about: news that need no answer are taken down; written by whoever told them.
#[derive(Message, Clone, Copy, Debug)]
pub struct NewsAreOver;

/// What this notice says is so no longer: it is taken down; written by whoever posted it.
#[derive(Message, Clone, Debug)]
pub struct NoLongerSo(pub Notice);

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
    /// Until when it hangs if it needs no answer, in seconds since the hall opened.
    until_secs: f32,
}

/// The button that takes a notice down.
#[derive(Component)]
struct Dismisses(Entity);

/// How long news that need no answer hang at least, in seconds: long enough to read two lines twice. What is longer hangs as
/// long as it takes to read.
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
            if notice.severity == Severity::Info {
                // Of news only the newest is read: what was told before hangs in the way.
                let old = on_board.extract_if(.., |(_, old, _)| {
                    old.severity == Severity::Info && *old != *notice
                });
                for slip in old.filter_map(|(slip, ..)| slip) {
                    commands.entity(slip).despawn();
                }
            }
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
    let until_secs = at_secs + reading_secs(&notice.text.to_string()).max(NEWS_SECS);
    let ink = notice.severity.ink();
    let text = match times {
        0 | 1 => notice.text.clone(),
        _ => phrase!("list-within", whole = notice.text, of = format_args!("×{times}")),
    };
    let slip =
        commands.spawn((Name::new("Notice"), Posted { notice, times, until_secs }, card())).id();
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
    let away = commands
        .spawn((button("dismiss", say!("ui-dismiss"), ButtonKind::Small), Dismisses(slip)))
        .id();
    commands.entity(slip).add_children(&[bar, says, away]);
    slip
}

/// News go by themselves, or when they are over; trouble hangs until somebody has read it, or it is no longer so.
fn take_down_old(
    slips: Query<(Entity, &Posted)>,
    time: Res<Time<Real>>,
    mut over: MessageReader<NewsAreOver>,
    mut no_longer: MessageReader<NoLongerSo>,
    mut commands: Commands,
) {
    let over = over.read().count() > 0;
    let no_longer: Vec<&Notice> = no_longer.read().map(|NoLongerSo(notice)| notice).collect();
    for (slip, posted) in &slips {
        let is_news = posted.notice.severity == Severity::Info;
        if no_longer.contains(&&posted.notice)
            || is_news && (over || time.elapsed_secs() > posted.until_secs)
        {
            commands.entity(slip).despawn();
        }
    }
}

/// A notice for which the board has no more room waits unseen until those above it are gone: half a sentence says nothing.
fn hide_what_is_cut(
    boards: Query<&Noticeboard>,
    pages: Query<(&Children, &ComputedNode)>,
    mut slips: Query<(&ComputedNode, &UiGlobalTransform, &mut Visibility), With<Posted>>,
) {
    for (children, page) in boards.iter().filter_map(|board| pages.get(board.root).ok()) {
        for (place, slip) in children.iter().enumerate() {
            if let Ok((node, middle, mut seen)) = slips.get_mut(slip) {
                let end = middle.translation.y + node.size().y / 2.0;
                let fits = place == 0 || end <= page.size().y + 1.0;
                let wanted = if fits { Visibility::Inherited } else { Visibility::Hidden };
                seen.set_if_neq(wanted);
            }
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
            .map(|posted| (posted.notice.text.to_string(), posted.times))
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
            posted.until_secs -= NEWS_SECS + 1.0;
        }
        frames(&mut app, 2);
        assert_eq!(says(&mut app, board), [("trouble".to_owned(), 1)]);
    }

    #[test]
    fn long_news_hang_as_long_as_they_take_to_read() {
        let (mut app, _) = board();
        let text = "word ".repeat(40);
        let posted = |app: &mut App| {
            let world = app.world_mut();
            world.query::<&Posted>().single(world).map(|posted| posted.until_secs).ok()
        };
        let news = Notice { severity: Severity::Info, text: text.into() };
        app.world_mut().write_message(news);
        let before = app.world().resource::<Time<Real>>().elapsed_secs();
        app.update();
        assert!(posted(&mut app).is_some_and(|until| until >= before + 16.0));
    }

    #[test]
    fn of_news_only_the_newest_hangs_until_it_is_over() {
        let (mut app, board) = board();
        say(&mut app, "trouble");
        let news = |app: &mut App, text: &str| {
            let severity = Severity::Info;
            app.world_mut().write_message(Notice { severity, text: text.into() });
            app.update();
        };
        for text in ["60 frames a second", "59 frames a second", "59 frames a second"] {
            news(&mut app, text);
        }
        let expected = [("59 frames a second", 2), ("trouble", 1)];
        assert_eq!(says(&mut app, board), expected.map(|(text, times)| (text.to_owned(), times)));
        app.world_mut().write_message(NewsAreOver);
        app.update();
        assert_eq!(says(&mut app, board), [("trouble".to_owned(), 1)]);
    }

    #[test]
    fn a_notice_that_has_no_room_waits_unseen_until_there_is_some() {
        let (mut app, board) = board();
        crate::world::headless::lay_out(&mut app);
        let long = |word: &str| format!("{word} {}", ["second"; 60].join(" "));
        for text in ["first", "second", "third"] {
            say(&mut app, &long(text));
        }
        let seen = |app: &mut App| {
            frames(app, 4);
            let world = app.world();
            let root = world.get::<Noticeboard>(board).unwrap().root;
            let slips = world.get::<Children>(root).unwrap().iter();
            let is_seen = |slip| world.get::<InheritedVisibility>(slip).unwrap().get();
            slips.map(is_seen).collect::<Vec<_>>()
        };
        assert_eq!(seen(&mut app), [true, false, false], "the newest alone has room");
        let world = app.world_mut();
        let root = world.get::<Noticeboard>(board).unwrap().root;
        let newest = world.get::<Children>(root).unwrap()[0];
        world.entity_mut(newest).despawn();
        assert_eq!(seen(&mut app), [true, false]);
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
