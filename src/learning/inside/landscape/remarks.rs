//! What there is to be known of a landscape besides its numbers, in sentences.

use super::{super::Parameters, bent::Bent};
use crate::{
    inside::{LandscapeAsked, OnPath, Plane},
    sentence::{counted, percent_of},
};

/// Of the plane of a path: shares of 6/(π²k²) for k = 1 and 2.
pub(super) const OF_WALKS: &str = "a random walk through many dimensions would put 61 and 15 % of its way on two such axes, and bend the same (Antognini and Sohl-Dickstein 2018)";
/// Of random directions.
pub(super) const OF_RANDOM: &str = "biases stay as they are, and so do filters of one number; how sharp a random plane looks says little, as saddles look like bowls or like flats in it";

/// Of what was not taken: images of so many that could have been, places, and states of so many.
pub(super) fn of_bounds(
    asked: &LandscapeAsked,
    taken: &LandscapeAsked,
    [images, states, all]: [usize; 3],
) -> Vec<String> {
    let mut remarks = Vec::new();
    if taken.images < images {
        let images = counted(taken.images, "test image");
        remarks.push(format!("the loss is a mean over {images}, as more would be dear"));
    }
    if taken.side < asked.side {
        let side = taken.side;
        remarks.push(format!("looked at in {side} × {side} places, as more would be dear"));
    }
    if states < all {
        remarks.push(format!(
            "{states} of {} of the way are told, as more would be dear",
            counted(all, "state")
        ));
    }
    remarks
}

/// Of a way: where it leaves the plane.
pub(super) fn of_path(path: &[OnPath], plane: Plane, own: &Parameters) -> Vec<String> {
    let mut remarks = Vec::new();
    let apart = |on: &&OnPath| (f64::from(on.loss) - f64::from(on.shadow)).abs();
    let told = path.iter().filter(|on| apart(on).is_finite());
    let worst = told.max_by(|one, other| apart(one).total_cmp(&apart(other)));
    if let Some(on) = worst.filter(|on| on.loss.to_bits() != on.shadow.to_bits()) {
        remarks.push(format!(
            "the way does not lie on the plane: after step {} its loss is {:.4}, where the plane says {:.4}",
            on.step, on.loss, on.shadow
        ));
    }
    let share = |on: &OnPath| {
        let [across, away, off] = [on.at[0], on.at[1], on.off].map(f64::from);
        let whole = (across * across + away * away + off * off).sqrt();
        (whole > 0.0).then_some(off / whole)
    };
    let late = path.iter().skip(path.len() * 4 / 5).filter_map(share);
    let most = late.reduce(f64::max).filter(|most| *most > 0.01 && plane == Plane::Path);
    if let Some(most) = most {
        remarks.push(format!(
            "in the last fifth of the way up to {} of the distance to its end is off the plane",
            percent_of(most)
        ));
    }
    if own.numbers.len() > own.learned {
        remarks.push(
            "normalisations remember on the whole plane what they do now; the true losses of the way are with what they did then"
                .to_owned(),
        );
    }
    remarks
}

/// Of directions of curvature.
pub(super) fn of_bent(bent: &Bent) -> Vec<String> {
    let mut remarks = Vec::new();
    let [images, all] = bent.images;
    if images < all {
        let images = counted(images, "image");
        remarks.push(format!(
            "the curvature is that of the loss over {images}, as more would be dear"
        ));
    }
    if !bent.settled {
        remarks.push(
            "the directions of the largest curvature had not settled when the search ended"
                .to_owned(),
        );
    }
    if bent.curvatures.iter().any(|curvature| *curvature < 0.0) {
        remarks.push("the loss bends downwards along an axis: there is no minimum here".to_owned());
    }
    remarks
}

/// Of losses that are none.
pub(super) fn of_losses(losses: &[f32]) -> Option<String> {
    let none = losses.iter().filter(|loss| !loss.is_finite()).count();
    (none > 0).then(|| {
        format!(
            "in {} of {} the loss is no number, or beyond all",
            none,
            counted(losses.len(), "place")
        )
    })
}
