//! From a box to its plate: the visitor is brought before it, and the block that hides it is opened.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::{Board, Overview, light::on_board};
use crate::{
    exhibits::network::{
        EXHIBIT_ID,
        view::{
            NetworkAttention, Quantity, chosen, places,
            plates::{Hung, MOST_PLATES},
        },
    },
    stream::ModelGraph,
    world::{
        interaction::{
            aim::{AimPressed, Surface},
            intent::Intent,
        },
        stage::{Exhibited, Ground},
    },
};

/// How far before a plate one stands, in metres: the first of these where one can.
const BEFORE_M: [f32; 4] = [1.2, 1.0, 1.4, 0.8];

pub(super) fn plugin(app: &mut App) {
    app.add_observer(press);
}

/// Leads visitors to plates.
#[derive(SystemParam)]
pub(super) struct Guide<'w, 's> {
    hung: Res<'w, Hung>,
    attention: ResMut<'w, NetworkAttention>,
    overview: ResMut<'w, Overview>,
    exhibits: Query<'w, 's, (&'static Exhibited, &'static GlobalTransform)>,
    ground: Ground<'w, 's>,
    intents: MessageWriter<'w, Intent>,
}

impl Guide<'_, '_> {
    /// Brings the visitor before the first layer that has these letters in its name.
    pub(super) fn lead_to_first(&mut self, letters: &str) {
        if let Some(first) = self.overview.called(letters).first().copied() {
            self.lead_to(first);
        }
    }

    /// Brings the visitor before the plate of a box, if it has one.
    pub(super) fn lead_to(&mut self, at: usize) {
        let Some(node) = self.overview.plan.boxes.get(at).map(|place| place.node) else {
            return;
        };
        let place = self.exhibits.iter().find(|(exhibit, _)| exhibit.0 == EXHIBIT_ID);
        let opened = self.attention.opened.as_deref();
        let plate = plate_that_shows(&self.hung.graph, node, opened);
        let (Some((_, place)), Some((opened, plate, plates))) = (place, plate) else {
            return;
        };
        let Some(spot) = places::plates(plates).get(plate).copied() else {
            return;
        };
        let hangs = *place * spot.transform();
        let (look_at, way) = (hangs.translation(), hangs.back().xz().normalize_or(Vec2::Y));
        let stand = |before: &f32| look_at.xz() + way * *before;
        let free = BEFORE_M.iter().map(stand).find(|place| self.ground.is_free(*place));
        let place = free.unwrap_or(stand(&BEFORE_M[0]));
        if self.attention.opened != opened {
            self.attention.opened = opened;
        }
        if chosen::tensor(&self.hung.graph, node, self.attention.quantity).is_none() {
            // It has learned nothing, but it makes units.
            self.attention.quantity = Quantity::Units;
        }
        self.overview.went = Some((at, place));
        self.intents.write(Intent::StandBefore { place, look_at });
    }
}

/// Which block must be open for a node to have a plate of its own, which plate that is, and of how many; what is open stays
/// so if it can.
pub(super) fn plate_that_shows(
    graph: &ModelGraph,
    node: usize,
    opened: Option<&str>,
) -> Option<(Option<String>, usize, usize)> {
    let path = graph.nodes().get(node)?.path;
    let around = path.rsplit_once('.').map(|(block, _)| block);
    [opened, around].into_iter().find_map(|opened| {
        let plates = chosen::chosen(graph, opened);
        let count = plates.len().min(MOST_PLATES);
        let own = plates.iter().take(count).position(|one| one.node == node && one.block.is_none());
        Some((opened.map(str::to_owned), own?, count))
    })
}

fn press(press: On<AimPressed>, boards: Query<&Surface, With<Board>>, mut guide: Guide) {
    let Ok(board) = boards.get(press.entity) else {
        return;
    };
    let point = on_board(press.uv, board.size);
    if let Some(at) = guide.overview.grid.nearest(&guide.overview.plan, point) {
        guide.lead_to(at);
    }
}
