//! From a box to its plate: the visitor is brought before it, and the block that hides it is opened.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::{Board, Overview, light::on_board};
use crate::{
    exhibits::network::{
        EXHIBIT_ID,
        view::{
            AttentionSystems, NetworkAttention, ON_STAGE, Quantity, chosen, places,
            plates::{Hung, MOST_PLATES},
        },
    },
    stream::ModelGraph,
    world::{
        Head,
        interaction::{
            aim::{AimPressed, Surface},
            back::{BackSystems, GoesBack},
            intent::Intent,
        },
        stage::{Exhibited, Ground},
    },
};

/// How far before a plate one stands, in metres: the first of these where one can.
const BEFORE_M: [f32; 4] = [1.2, 1.0, 1.4, 0.8];

/// Who stands no further than so many metres from where a plate has led them is still there.
const STILL_THERE_M: f32 = 0.4;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(press).add_systems(
        Update,
        come_back.before(AttentionSystems).in_set(BackSystems::Choice).in_set(ON_STAGE),
    );
}

/// Back from the plate to the view of the whole.
fn come_back(
    mut back: GoesBack,
    mut overview: ResMut<Overview>,
    heads: Query<&GlobalTransform, With<Head>>,
    mut commands: Commands,
) {
    let is_there = overview.went.is_some_and(|(_, place)| {
        heads.iter().any(|head| head.translation().xz().distance(place) < STILL_THERE_M)
    });
    if back.take(is_there) {
        overview.went = None;
        // It is read as well as written here.
        commands.write_message(Intent::Recentre);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_led_to_a_plate_comes_back_and_who_has_gone_on_is_left_alone() {
        let recentred = |stands: Vec3| {
            let mut app = App::new();
            let overview = Overview { went: Some((0, vec2(1.0, -2.0))), ..default() };
            app.add_message::<Intent>().insert_resource(overview).add_systems(Update, come_back);
            app.world_mut().spawn((Head, GlobalTransform::from_translation(stands)));
            app.world_mut().write_message(Intent::Back);
            app.update();
            app.update();
            let said = app.world().resource::<Messages<Intent>>();
            let mut reader = said.get_cursor();
            (reader.read(said).any(|intent| *intent == Intent::Recentre), app)
        };
        let (back, app) = recentred(vec3(1.1, 1.6, -2.1));
        assert!(back && app.world().resource::<Overview>().went.is_none());
        assert!(!recentred(vec3(0.0, 1.6, 1.0)).0);
    }
}
