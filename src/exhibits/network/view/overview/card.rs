//! What is said of a box that is pointed at, or of the first that is found: its name, what it does and what it costs.

use bevy::prelude::*;

use super::{FindField, Overview, OverviewSystems, cost::Cost, family, go::plate_that_shows, hang};
use crate::{
    exhibits::network::{
        EXHIBIT_ID,
        view::plates::{Hung, shape_words},
    },
    world::{
        exhibit_sessions::Belongs,
        interaction::aim::Untouchable,
        stage::PlinthPlaced,
        ui::{
            controls::{self, Field},
            palette,
            panel::{Foremost, Ground, Hanger, PanelPlan},
            type_size, words,
        },
    },
};

/// Width and height, in metres.
const SIZE_M: Vec2 = Vec2::new(0.84, 0.50);
/// Where its middle is: upright above the board, turned as that is.
const PLACE_M: Vec3 = Vec3::new(1.33, 1.28, -1.0);
/// Lines of the card.
const LINES: usize = 6;
/// The longest name that fits.
const NAME_LETTERS: usize = 26;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_card).add_systems(Update, write.in_set(OverviewSystems::Show));
}

/// The panel of the card.
#[derive(Component)]
struct BoxCard;

/// A line of it, by its number.
#[derive(Component)]
struct CardLine(usize);

fn hang_card(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let card = hanger.hang(PanelPlan {
        name: "A layer of the overview",
        size_m: SIZE_M,
        read_from_m: hang::READ_FROM_M,
        // The plate is as large as its words, so it stands on nothing.
        ground: Ground::Clear,
    });
    let turn = Quat::from_rotation_y(hang::TURN);
    let place = Transform::from_translation(PLACE_M).with_rotation(turn);
    hanger.commands.entity(card.panel).insert((
        BoxCard,
        Belongs::to(EXHIBIT_ID),
        Untouchable,
        Foremost,
        place,
        Visibility::Hidden,
    ));
    hanger.commands.entity(card.root).entry::<Node>().and_modify(|mut page| {
        page.justify_content = JustifyContent::FlexEnd;
        page.align_items = AlignItems::Center;
    });
    hanger.commands.entity(card.root).with_children(|root| {
        let mut plate = root.spawn(controls::card());
        plate.entry::<Node>().and_modify(|mut plate| {
            plate.row_gap = px(2);
            plate.padding = UiRect::axes(px(18), px(12));
            plate.align_self = AlignSelf::Center;
        });
        plate.with_children(|page| {
            for line in 0..LINES {
                let (weight, ink) = if line == 0 {
                    (FontWeight::SEMIBOLD, palette::INK)
                } else {
                    (FontWeight::NORMAL, palette::INK_QUIET)
                };
                let text = words::set("", type_size::CAPTION, weight, ink);
                page.spawn((text, TextLayout::no_wrap(), CardLine(line)));
            }
        });
    });
}

fn write(
    overview: Res<Overview>,
    hung: Res<Hung>,
    fields: Query<Ref<Field>, With<FindField>>,
    mut cards: Query<&mut Visibility, With<BoxCard>>,
    mut texts: Query<(&CardLine, &mut Text, &mut TextColor, &mut Node)>,
) {
    if !overview.is_changed()
        && !hung.is_changed()
        && !fields.iter().any(|field| field.is_changed())
    {
        return;
    }
    let letters = fields.iter().any(|field| !field.text.trim().is_empty());
    let (ink, lines) = match (overview.pointed, letters) {
        (Some(at), _) => told(&overview, &hung, at, String::new()),
        (None, true) => {
            let count = overview.found.len();
            match overview.found.first() {
                None => (palette::AMBER, vec![say!("network-no-layer-is-called-so").to_owned()]),
                Some(first) if count == 1 => told(&overview, &hung, *first, String::new()),
                Some(first) => told(&overview, &hung, *first, say!("network-the-first-of", count)),
            }
        }
        (None, false) => (palette::INK, Vec::new()),
    };
    let seen = if lines.is_empty() { Visibility::Hidden } else { Visibility::Inherited };
    for mut card in &mut cards {
        card.set_if_neq(seen);
    }
    for (line, mut text, mut colour, mut node) in &mut texts {
        let wanted = lines.get(line.0).map_or("", String::as_str);
        controls::show(&mut node, !wanted.is_empty());
        if text.0 != wanted {
            wanted.clone_into(&mut text.0);
        }
        if line.0 == 0 {
            colour.set_if_neq(TextColor(ink));
        }
    }
}

/// The colour of a box's family, and what is said of it.
fn told(overview: &Overview, hung: &Hung, at: usize, more: String) -> (Color, Vec<String>) {
    let graph = &overview.graph;
    let place = overview.plan.boxes.get(at);
    let node = place.and_then(|place| Some((place.node, graph.nodes().get(place.node)?)));
    let Some((at, node)) = node else {
        return (palette::INK, Vec::new());
    };
    let made = node.outputs.first().and_then(|made| graph.tensor(*made));
    let shape = made.map_or_else(String::new, |made| shape_words(made.shape()));
    let mut lines = vec![words::shortened(node.path, NAME_LETTERS), family::words(&node.op)];
    if let Some(cost) = Cost::of(graph, at) {
        lines.push(format!("{shape} · {}", cost.memory()));
        lines.push(cost.learned());
        lines.extend(cost.time());
    }
    if plate_that_shows(&hung.graph, at, None).is_none() {
        lines.push(say!("network-no-room-for-its-plate").to_owned());
    } else if !more.is_empty() {
        lines.push(more);
    }
    (family::colour(&node.op), lines)
}
