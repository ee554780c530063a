//! Pointing at a point says which image it is, pressing chooses it and looks at it, and what is chosen is asked about.

use std::marker::PhantomData;

use bevy::prelude::*;

use super::{
    Told,
    cloud::{ImagePoints, Images},
};
use crate::{
    inside::Points,
    sentence::grouped,
    stream::Command,
    world::{
        classifier::{
            Classifier,
            inside::{phrases, state::Inside},
            sheet::figure,
        },
        display::Cloud,
        interaction::aim::{AimHits, AimPressed},
        link::Ask,
    },
};

/// A point must be pointed at so long before its image is asked for, in seconds.
const STAYS_SECS: f64 = 0.15;
/// Neighbours that are chosen with a point.
pub(super) const NEIGHBOURS: usize = 11;

/// The point that is pointed at, and since when.
#[derive(Resource)]
pub(in super::super) struct PointsPointed<C: Classifier> {
    pub(super) at: Option<u32>,
    since: f64,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for PointsPointed<C> {
    fn default() -> Self {
        Self { at: None, since: 0.0, of: PhantomData }
    }
}

/// Lets points be pressed.
pub(super) fn hear<C: Classifier>(commands: &mut Commands, cloud: Entity) {
    commands.entity(cloud).observe(press::<C>);
}

/// Chooses a point or lets go of it; a test image becomes the one that the hall looks at.
fn press<C: Classifier>(
    pressed: On<AimPressed>,
    told: Res<Told<C>>,
    mut inside: ResMut<Inside<C>>,
    mut asks: MessageWriter<Ask>,
) {
    let Some(part) = pressed.part else { return };
    let chosen = &mut inside.wanted.points.chosen;
    let before = chosen.len();
    chosen.retain(|other| *other != part);
    if chosen.len() < before {
        return;
    }
    chosen.push(part);
    if let Some(image) = told.image(part) {
        asks.write(Ask(Command::Watch(image)));
    }
}

/// Notes what is pointed at, and lights it.
pub(super) fn light<C: Classifier>(
    aims: AimHits,
    time: Res<Time<Real>>,
    cloud: Option<Single<(Entity, &mut Cloud), Images<C>>>,
    mut pointed: ResMut<PointsPointed<C>>,
) {
    let Some(cloud) = cloud else { return };
    let (entity, mut cloud) = cloud.into_inner();
    let at = aims.iter().filter(|hit| hit.surface == entity).find_map(|hit| hit.part);
    if pointed.at != at {
        (pointed.at, pointed.since) = (at, time.elapsed_secs_f64());
    }
    if cloud.pointed != at {
        cloud.pointed = at;
    }
}

/// Which images are asked about: those that are chosen, or the one that is pointed at for a while.
pub(super) fn want<C: Classifier>(
    time: Res<Time<Real>>,
    told: Res<Told<C>>,
    pointed: Res<PointsPointed<C>>,
    mut inside: ResMut<Inside<C>>,
) {
    let stays = time.elapsed_secs_f64() - pointed.since >= STAYS_SECS;
    let chosen = &inside.wanted.points.chosen;
    let parts = match (&chosen[..], pointed.at) {
        ([], None) => Vec::new(),
        ([], Some(at)) if stays => vec![at],
        ([], Some(_)) => return,
        (chosen, _) => chosen.to_vec(),
    };
    let wanted = told.of(&parts);
    if inside.wanted.points.of != wanted {
        inside.wanted.points.of = wanted;
    }
}

/// The points that lie nearest to one, itself first, as they are seen.
pub(super) fn nearest(places: &[f32], part: u32, count: usize) -> Vec<u32> {
    let (places, _) = places.as_chunks::<3>();
    let Some(middle) = places.get(part as usize).copied().map(Vec3::from_array) else {
        return Vec::new();
    };
    let distance = |at: &u32| {
        places
            .get(*at as usize)
            .map_or(f32::INFINITY, |place| Vec3::from_array(*place).distance_squared(middle))
    };
    let mut parts: Vec<u32> = (0..places.len() as u32).collect();
    parts.sort_by(|a, b| (*a != part).cmp(&(*b != part)).then(distance(a).total_cmp(&distance(b))));
    parts.truncate(count + 1);
    parts
}

/// Chooses the points that are seen nearest to the one that was chosen last.
pub(super) fn choose_neighbours<C: Classifier>(
    inside: &mut Inside<C>,
    clouds: &Query<&Cloud, With<ImagePoints>>,
) {
    let chosen = &mut inside.wanted.points.chosen;
    let (Some(last), Some(cloud)) = (chosen.last().copied(), clouds.iter().next()) else {
        return;
    };
    let near = nearest(cloud.places(), last, NEIGHBOURS);
    chosen.extend(near.into_iter().filter(|part| *part != last));
    let mut seen = Vec::new();
    chosen.retain(|part| {
        let is_new = !seen.contains(part);
        seen.push(*part);
        is_new
    });
}

/// What a point is.
pub(super) fn words(points: &Points, classes: &[String], part: u32) -> Option<String> {
    let at = part as usize;
    let (kind, index) = match at.checked_sub(points.of.train.len()) {
        None => (say!("boards-training"), points.of.train.get(at)?),
        Some(test) => (say!("boards-test"), points.of.tests.get(test)?),
    };
    let class = |of: u16| phrases::class(classes, usize::from(of));
    let (label, said) = (*points.labels.get(at)?, *points.said.get(at)?);
    let read = match label == said {
        true => say!("boards-read-right").to_owned(),
        false => say!("boards-read-as", said = class(said)),
    };
    let loss = figure(points.losses.get(at).copied().unwrap_or(f32::NAN));
    Some(say!(
        "boards-image-loss",
        kind,
        index = grouped(*index as usize + 1),
        label = class(label),
        read,
        loss
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_those_that_are_seen_nearest() {
        let places = [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.1, 0.0, 0.0, f32::NAN, 0.0, 0.0];
        assert_eq!(nearest(&places, 0, 2), [0, 2, 1]);
        assert_eq!(nearest(&places, 1, 1), [1, 2]);
        assert_eq!(nearest(&places, 0, 9), [0, 2, 1, 3], "what has no place comes last");
        assert!(nearest(&places, 7, 1).is_empty());
    }

    #[test]
    fn a_point_is_told_in_words() {
        let points = super::super::super::tests::points(1.0);
        let classes = [];
        assert_eq!(
            words(&points, &classes, 0).unwrap(),
            "Training image 11, 4, read right, loss 0.10"
        );
        assert_eq!(
            words(&points, &classes, 1).unwrap(),
            "Training image 12, 4 read as 9, loss 2.50"
        );
        assert_eq!(words(&points, &classes, 2).unwrap(), "Test image 1, 4, read right, loss 0.10");
        assert!(words(&points, &classes, 99).is_none());
    }
}
