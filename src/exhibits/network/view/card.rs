//! The card: beside a number that is pointed at, how it came to be, with the numbers of this very step.

use bevy::prelude::*;

use super::{
    NetworkAttention, ON_STAGE,
    plates::{Hung, PlateSystems},
    pointing::place,
};
use crate::{
    exhibits::network::EXHIBIT_ID,
    stream::Step,
    world::{
        Head, WorldSystems,
        exhibit_sessions::Belongs,
        inspect::{self, Explanation, Unit},
        interaction::aim::{AimHits, Untouchable},
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        subscriptions::Shows,
        ui::{
            controls, palette,
            panel::{Foremost, Ground, Hanger, PanelPlan},
            type_size, words,
        },
    },
};

/// The distance that the card is made for, in metres; nearer or further it is scaled so that it looks as large.
const READ_FROM_M: f32 = 2.2;
/// Width and height, in metres at that distance.
const SIZE_M: Vec2 = Vec2::new(1.5, 0.9);
/// How far from the unit towards the head it hangs, as a share of the way.
const NEARER: f32 = 0.35;
/// Between the unit and the card's edge, as the tangent of the angle seen.
const ASIDE: f32 = 0.06;
/// Its middle stays between these heights, in metres.
const HEIGHTS_M: (f32, f32) = (1.05, 2.3);
/// Lines under the heading.
const LINES: usize = 9;
/// Words change at most once in this time while the training goes on, in seconds.
const WRITE_EVERY_SECS: f32 = 0.1;
/// Letters of the layer's name, at most.
const NAME_LETTERS: usize = 34;
/// What the operator of a unit reads, at most: numbers, scale, shift, mean and variance.
const MOST_READ: usize = 6;
/// Products of a window that are written out: rows and columns.
const MOST_TABLE: usize = 5;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_systems(
        Update,
        (hang_beside, ask_for_what_is_read, write)
            .chain()
            .after(PlateSystems)
            .in_set(WorldSystems::Show)
            .in_set(ON_STAGE),
    );
}

/// The panel, and for which unit it hangs where.
#[derive(Component, Default)]
struct Card {
    of: Option<(Unit, Entity)>,
    at: Vec3,
}

/// While the card hangs, what the operator of its unit reads at a place is asked for whole.
#[derive(Component)]
struct Reads(usize);

/// A text of the card.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum CardText {
    Layer,
    Value,
    Place,
    Line(usize),
}

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let card = hanger.hang(PanelPlan {
        name: "Arithmetic of a network",
        size_m: SIZE_M,
        read_from_m: READ_FROM_M,
        // The plate is as large as its words, so it stands on nothing.
        ground: Ground::Clear,
    });
    hanger.commands.entity(card.panel).insert((
        Card::default(),
        Belongs::to(EXHIBIT_ID),
        Untouchable,
        Foremost,
        Transform::default(),
        Visibility::Hidden,
    ));
    for place in 0..MOST_READ {
        hanger.commands.spawn((
            Reads(place),
            Transform::default(),
            Visibility::Inherited,
            ChildOf(card.panel),
        ));
    }
    hanger.commands.entity(card.root).entry::<Node>().and_modify(|mut page| {
        page.justify_content = JustifyContent::Center;
    });
    hanger.commands.entity(card.root).with_children(|root| {
        let mut plate = root.spawn(controls::card());
        plate.entry::<Node>().and_modify(|mut plate| {
            plate.row_gap = px(3);
            plate.align_self = AlignSelf::Start;
        });
        plate.with_children(|page| {
            page.spawn(Node {
                column_gap: px(20),
                justify_content: JustifyContent::SpaceBetween,
                align_items: AlignItems::Baseline,
                ..default()
            })
            .with_children(|line| {
                line.spawn((words::figure(""), TextLayout::no_wrap(), CardText::Layer));
                let ink = palette::ACCENT_BRIGHT;
                let value = words::set("", type_size::CAPTION, FontWeight::SEMIBOLD, ink);
                line.spawn((value, TextLayout::no_wrap(), CardText::Value));
            });
            page.spawn((words::caption(""), CardText::Place));
            for line in 0..LINES {
                let text = words::set("", type_size::CAPTION, FontWeight::NORMAL, palette::INK);
                page.spawn((text, CardText::Line(line)));
            }
        });
    });
}

/// Beside its unit, on the way to the head; on the right of what lies left of the middle, and the other way round.
fn beside(unit: Vec3, head: Vec3) -> (Vec3, f32) {
    let way = unit - head;
    let ahead = way.normalize_or(Vec3::NEG_Z);
    let right = ahead.cross(Vec3::Y).normalize_or(Vec3::X);
    let distance = way.length() * (1.0 - NEARER);
    let aside = SIZE_M.x / 2.0 / READ_FROM_M + ASIDE;
    let aside = if unit.x / (-unit.z).max(0.1) < 0.1 { aside } else { -aside };
    let mut at = head + (ahead + right * aside) * distance;
    at.y = at.y.clamp(HEIGHTS_M.0, HEIGHTS_M.1);
    (at, distance / READ_FROM_M)
}

fn hang_beside(
    attention: Res<NetworkAttention>,
    aims: AimHits,
    shows: Query<&Shows>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    card: Option<Single<(&mut Card, &mut Transform, &mut Visibility)>>,
) {
    let (Some(head), Some(card)) = (head, card) else {
        return;
    };
    let (mut card, mut transform, mut seen) = card.into_inner();
    let head = head.translation();
    let hit = aims.iter().find(|hit| shows.contains(hit.surface));
    let of = attention.pointed.zip(hit).map(|(unit, hit)| (unit, hit.surface));
    if card.of != of {
        card.of = of;
        if let (Some(_), Some(hit)) = (of, hit) {
            let (at, scale) = beside(hit.point, head);
            card.at = at;
            transform.scale = Vec3::splat(scale);
        }
        seen.set_if_neq(if of.is_some() { Visibility::Inherited } else { Visibility::Hidden });
    }
    if card.of.is_some() {
        let wanted = Transform::from_translation(card.at)
            .with_scale(transform.scale)
            .looking_to(card.at - head, Vec3::Y);
        transform.set_if_neq(wanted);
    }
}

fn ask_for_what_is_read(
    attention: Res<NetworkAttention>,
    hung: Res<Hung>,
    reads: Query<(Entity, &Reads, Option<&Shows>)>,
    mut commands: Commands,
) {
    if !attention.is_changed() && !hung.is_changed() {
        return;
    }
    let graph = &hung.graph;
    let made = attention.pointed.and_then(|unit| graph.called(unit.layer));
    let node =
        made.and_then(|(id, _)| graph.nodes().iter().find(|node| node.outputs.contains(&id)));
    for (entity, reads, shows) in &reads {
        let read = node.and_then(|node| graph.tensor(*node.inputs.get(reads.0)?));
        match read.map(|tensor| Shows(tensor.name)) {
            Some(wanted) if shows != Some(&wanted) => {
                commands.entity(entity).insert(wanted);
            }
            None if shows.is_some() => {
                commands.entity(entity).remove::<Shows>();
            }
            _ => {}
        }
    }
}

fn write(
    time: Res<Time<Real>>,
    attention: Res<NetworkAttention>,
    (shown, run): (Res<ShownSnapshot>, Res<ShownRun>),
    hung: Res<Hung>,
    mut last: Local<(Option<(Unit, Step)>, f32)>,
    mut texts: Query<(&CardText, &mut Text, &mut Node)>,
) {
    let (Some(unit), Some(snapshot)) = (attention.pointed, shown.get()) else {
        last.0 = None;
        return;
    };
    let same_unit = last.0.is_some_and(|(before, _)| before == unit);
    if same_unit && (!shown.is_changed() || time.elapsed_secs() < last.1) {
        return;
    }
    *last = (Some((unit, snapshot.step)), time.elapsed_secs() + WRITE_EVERY_SECS);
    let named =
        (words::squeezed(unit.layer.shown(), NAME_LETTERS), place(unit, &hung, snapshot, &run));
    let channel = |channel: usize| say!("network-channel", channel);
    let page = inspect::explanation(&hung.graph, snapshot, unit, named, channel);
    let lines = lines(&page);
    for (slot, mut text, mut node) in &mut texts {
        let wanted = match *slot {
            CardText::Layer => page.layer.as_str(),
            CardText::Value => page.value.as_str(),
            CardText::Place => page.place.as_str(),
            CardText::Line(line) => lines.get(line).map_or("", String::as_str),
        };
        controls::show(&mut node, !wanted.is_empty());
        if text.0 != wanted {
            wanted.clone_into(&mut text.0);
        }
    }
}

/// The table, a line for each row that has room, and the sums.
fn lines(page: &Explanation) -> Vec<String> {
    let fits = page.table.len() <= MOST_TABLE
        && page.table.iter().all(|row| row.len() <= MOST_TABLE)
        && page.table.len() + page.lines.len() <= LINES;
    let row = |row: &Vec<(String, String, bool)>| {
        let cell = |(factors, product, _): &(String, String, bool)| {
            if factors.is_empty() { product.clone() } else { factors.clone() }
        };
        row.iter().map(cell).collect::<Vec<_>>().join("   ")
    };
    let table = page.table.iter().filter(|_| fits).map(row);
    table.chain(page.lines.iter().cloned()).take(LINES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_hides_no_unit() {
        let head = Vec3::new(0.0, 1.6, 0.9);
        for unit in [Vec3::new(-2.7, 2.2, -2.2), Vec3::new(0.4, 1.1, -3.4)] {
            let (at, scale) = beside(unit, head);
            let (to_card, to_unit) = (at - head, unit - head);
            let flat = |way: Vec3| Vec2::new(way.x, way.z);
            let apart = flat(to_card).angle_to(flat(to_unit)).abs();
            assert!(apart > (SIZE_M.x / 2.0 * scale / flat(to_card).length()).atan(), "{unit}");
        }
    }

    #[test]
    fn a_large_window_gives_way_to_its_sums() {
        let cell = || ("0.1 × 0.2".to_owned(), "= 0.02".to_owned(), false);
        let page = |side: usize| Explanation {
            table: (0..side).map(|_| (0..side).map(|_| cell()).collect()).collect(),
            lines: vec!["Σ".to_owned()],
            ..Explanation::default()
        };
        assert_eq!(lines(&page(3)).len(), 4);
        assert_eq!(lines(&page(3))[0], "0.1 × 0.2   0.1 × 0.2   0.1 × 0.2");
        assert_eq!(lines(&page(7)), ["Σ"]);
    }
}
