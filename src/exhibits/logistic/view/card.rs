//! The card beside a row that is pointed at: what it is, and what the model says of it.

use bevy::prelude::*;

use super::{
    attention::TableAttention,
    pointing::row_words,
    samples::{Fitted, SampleSystems, Samples},
};
use crate::{
    exhibits::logistic::{EXHIBIT_ID, payload::TableAnswer},
    world::{
        Head, WorldSystems,
        display::Cloud,
        interaction::aim::Untouchable,
        link::ShownSnapshot,
        stage::{OnStage, PlinthPlaced},
        ui::{
            controls, palette,
            panel::{Foremost, Hanger, PanelPlan},
            type_size, words,
        },
    },
};

/// The distance that the card is made for, in metres; nearer or further it is scaled so that it looks as large.
const READ_FROM_M: f32 = 1.6;
/// Width and height at that distance, in metres.
const SIZE_M: Vec2 = vec2(0.86, 0.22);
/// It hangs before boards, however far away the row is.
const FURTHEST_M: f32 = 1.6;
/// From the row to the card's middle, as tangents of angles: to the side and up.
const ASIDE: Vec2 = vec2(0.24, 0.09);
/// Rows further to the right than this, as a tangent from the middle of the hall, have the card on their left, where no
/// window cuts it.
const TURN_OVER: f32 = 0.1;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_card).add_systems(
        Update,
        (place_card, write_card)
            .chain()
            .after(SampleSystems)
            .in_set(WorldSystems::Show)
            .in_set(OnStage(EXHIBIT_ID)),
    );
}

/// The panel.
#[derive(Component)]
struct Card {
    /// The exhibit's place, which it hangs under.
    exhibit: Entity,
}

/// The plate that its words stand on, at that edge of the panel that is next to the row.
#[derive(Component)]
struct Plate;

/// A text of the card, from the top.
#[derive(Component)]
struct RowCardText(usize);

fn hang_card(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let card = hanger.hang(PanelPlan::clear("Row", SIZE_M, READ_FROM_M));
    hanger.commands.entity(card.panel).insert((
        Card { exhibit: placed.entity },
        Foremost,
        Untouchable,
        Transform::default(),
        Visibility::Hidden,
        ChildOf(placed.entity),
    ));
    hanger.commands.entity(card.root).with_children(|root| {
        root.spawn((controls::card(), Plate)).with_children(|page| {
            page.spawn((words::figure(""), TextLayout::no_wrap(), RowCardText(0)));
            let told = words::set("", type_size::CAPTION, FontWeight::NORMAL, palette::INK);
            page.spawn((told, TextLayout::no_wrap(), RowCardText(1)));
        });
    });
}

/// Where a card hangs for a row, seen from `head`, its scale, and whether it is to the right of the row.
fn beside(row: Vec3, head: Vec3) -> (Vec3, f32, bool) {
    let way = row - head;
    let ahead = way.normalize_or(Vec3::NEG_Z);
    let right = ahead.cross(Vec3::Y).normalize_or(Vec3::X);
    let distance = way.length().min(FURTHEST_M);
    let on_the_right = row.x / (-row.z).max(0.1) <= TURN_OVER;
    let aside = if on_the_right { ASIDE.x } else { -ASIDE.x };
    let at = head + (ahead + right * aside + Vec3::Y * ASIDE.y) * distance;
    (at, distance / READ_FROM_M, on_the_right)
}

fn place_card(
    attention: Res<TableAttention>,
    samples: Option<Single<(&Cloud, &GlobalTransform), With<Samples>>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    places: Query<&GlobalTransform>,
    card: Option<Single<(&Card, &mut Transform, &mut Visibility)>>,
    mut plates: Query<&mut Node, With<Plate>>,
) {
    let (Some(samples), Some(head), Some(card)) = (samples, head, card) else {
        return;
    };
    let (samples, space) = *samples;
    let (card, mut transform, mut seen) = card.into_inner();
    let row = attention.pointed.and_then(|row| samples.place(row));
    let Some(row) = row.map(|place| space.transform_point(place)) else {
        seen.set_if_neq(Visibility::Hidden);
        return;
    };
    let (at, scale, on_the_right) = beside(row, head.translation());
    let edge = if on_the_right { AlignSelf::Start } else { AlignSelf::End };
    for mut plate in plates.iter_mut().filter(|plate| plate.align_self != edge) {
        plate.align_self = edge;
    }
    let in_world = Transform::from_translation(at)
        .with_scale(Vec3::splat(scale))
        .looking_to(at - head.translation(), Vec3::Y);
    let exhibit = places.get(card.exhibit).copied().unwrap_or_default();
    let wanted = GlobalTransform::from(in_world).reparented_to(&exhibit);
    transform.set_if_neq(wanted);
    seen.set_if_neq(Visibility::Inherited);
}

fn write_card(
    attention: Res<TableAttention>,
    fitted: Res<Fitted>,
    shown: Res<ShownSnapshot>,
    mut texts: Query<(&RowCardText, &mut Text)>,
) {
    if !attention.is_changed() && !shown.is_changed() {
        return;
    }
    let (Some(row), Some((table, _))) = (attention.pointed, &fitted.0) else {
        return;
    };
    let answer = shown.own_answer::<TableAnswer>();
    let words = row_words(table, answer.map(AsRef::as_ref), attention.class, row as usize);
    for (line, mut text) in &mut texts {
        let wanted = words.as_ref().and_then(|words| words.get(line.0)).cloned();
        text.set_if_neq(Text(wanted.unwrap_or_default()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_hangs_before_boards_and_beside_its_row() {
        let (at, scale, _) = beside(vec3(0.0, 1.6, -4.0), vec3(0.0, 1.6, 0.0));
        assert!(at.x > 0.3 && at.y > 1.6 && (at.z + FURTHEST_M).abs() < 1e-5);
        assert_eq!(scale, 1.0);
        let (at, scale, _) = beside(vec3(0.0, 1.6, -1.0), vec3(0.0, 1.6, 0.0));
        assert!((at.z + 1.0).abs() < 1e-5 && scale < 0.7);
        let (at, _, on_the_right) = beside(vec3(1.0, 1.6, -2.0), vec3(0.0, 1.6, 0.0));
        assert!(!on_the_right && at.x / -at.z < 0.4, "{at}");
    }
}
