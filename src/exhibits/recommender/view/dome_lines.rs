//! Thin lines from the chosen film to its nearest neighbours in taste.

use bevy::prelude::*;

use super::{
    attention::TasteAttention,
    dome::{DomeSystems, Films},
};
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID,
        payload::{TasteAnswer, Why},
    },
    world::{
        WorldSystems,
        display::{Cloud, Wires},
        link::ShownSnapshot,
        stage::PlinthPlaced,
        ui::palette,
    },
};

/// Lines that can be drawn at once.
const MOST_LINES: usize = 16;
/// Width of a line, in metres.
const LINE_M: f32 = 0.004;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_lines).add_systems(
        Update,
        join_neighbours.in_set(WorldSystems::Show).in_set(super::ON_STAGE).after(DomeSystems),
    );
}

#[derive(Component)]
struct NeighbourLines;

fn hang_lines(placed: On<PlinthPlaced>, mut commands: Commands) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let mut wires = Wires::new(MOST_LINES);
    (wires.colour, wires.width) = (palette::ACCENT, LINE_M);
    commands.spawn((Name::new("Neighbours"), NeighbourLines, wires, ChildOf(placed.entity)));
}

fn join_neighbours(
    attention: Res<TasteAttention>,
    shown: Res<ShownSnapshot>,
    films: Option<Single<Ref<Cloud>, With<Films>>>,
    wires: Option<Single<&mut Wires, With<NeighbourLines>>>,
) {
    let (Some(films), Some(mut wires)) = (films, wires) else {
        return;
    };
    if !attention.is_changed() && !shown.is_changed() && !films.is_changed() {
        return;
    }
    let why = shown.answer::<TasteAnswer>().and_then(|answer| answer.why.as_ref());
    // The answer may still be about the film that was chosen before.
    let lines = why
        .filter(|why| Some(why.item) == attention.chosen)
        .map_or_else(Vec::new, |why| lines(why, &films));
    if wires.lines() != lines {
        wires.set(&lines);
    }
}

/// The nearer in taste, the stronger.
fn lines(why: &Why, films: &Cloud) -> Vec<(Vec3, Vec3, f32)> {
    let Some(from) = films.place(why.item) else {
        return Vec::new();
    };
    let nearest = why.neighbours.first().map_or(1.0, |neighbour| neighbour.distance);
    why.neighbours
        .iter()
        .filter_map(|neighbour| {
            let strength = (nearest / neighbour.distance.max(1e-9)).clamp(0.25, 1.0) as f32;
            Some((from, films.place(neighbour.item)?, strength))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::recommender::payload::Neighbour;

    #[test]
    fn nearer_neighbours_have_stronger_lines() {
        let mut films = Cloud::new(0.03, Vec::new(), Color::NONE);
        films.show_places(&[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 2.0, 0.0, 0.0].into());
        let neighbour = |item, distance| Neighbour { item, distance };
        let why = Why {
            item: 0,
            people: Vec::new(),
            neighbours: vec![neighbour(2, 0.2), neighbour(1, 0.4), neighbour(9, 0.5)],
            also_liked: Vec::new(),
        };
        let lines = lines(&why, &films);
        assert_eq!(lines.len(), 2, "one is not on the dome");
        assert_eq!(lines[0], (Vec3::ZERO, vec3(2.0, 0.0, 0.0), 1.0));
        assert_eq!(lines[1].2, 0.5);
    }
}
