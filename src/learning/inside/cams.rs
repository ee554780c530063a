//! Maps of places: the last maps of a network, weighed by how the explained number changes with them.

use super::{
    SpatialMaps,
    scene::{Found, Scene},
};
use crate::inside::{Completeness, Method};
use crate::words::Word;

/// Why a network has no such map.
pub(super) const NO_MAPS: Word = key!("studies-the-network-has-no-convolution");

/// `Σ_k ∂z/∂A_kij · A_kij`: each place by its own slope (Draelos and Carin 2020, <https://arxiv.org/abs/2011.08891>). With the
/// biases behind the maps it sums to z where everything behind them is affine.
pub(super) fn hires(scene: &Scene<'_>, maps: &SpatialMaps) -> Found {
    let mut sums = vec![0.0_f64; maps.size[1] * maps.size[2]];
    let places = sums.len().max(1);
    for (map, slopes) in maps.values.chunks(places).zip(maps.gradient.chunks(places)) {
        for (sum, (unit, slope)) in sums.iter_mut().zip(map.iter().zip(slopes)) {
            *sum += f64::from(*unit) * f64::from(*slope);
        }
    }
    let mut found = Found::over(Method::HiResCam, maps, sums);
    match maps.rest.filter(|_| scene.goal.is_linear()) {
        Some(rest) => {
            let sum = scene.sum(&found.values) + f64::from(rest);
            found.biases = Some(rest);
            found.completeness =
                Some(Completeness { sum: sum as f32, expected: scene.value, exact: true });
        }
        None if scene.goal.is_linear() => {
            found.remark(phrase!("studies-it-need-not-sum-to"));
        }
        None => found.remark(phrase!("studies-a-probability-is-no-sum")),
    }
    found
}

/// `Σ_k α_k A_kij` with `α_k` the mean slope of a whole map (Selvaraju and others 2017, <https://arxiv.org/abs/1610.02391>,
/// equations 1 and 2), without the ReLU: what speaks against the class is shown too.
pub(super) fn grad_cam(maps: &SpatialMaps) -> Found {
    let mut sums = vec![0.0_f64; maps.size[1] * maps.size[2]];
    let places = sums.len().max(1);
    for (map, weight) in maps.values.chunks(places).zip(map_weights(maps)) {
        for (sum, unit) in sums.iter_mut().zip(map) {
            *sum += weight * f64::from(*unit);
        }
    }
    let mut found = Found::over(Method::GradCam, maps, sums);
    found.remark(phrase!("studies-not-rectified-each-whole-map"));
    found
}

/// The weight of each map: its mean slope.
pub(super) fn map_weights(maps: &SpatialMaps) -> Vec<f64> {
    let places = (maps.size[1] * maps.size[2]).max(1);
    let mean =
        |slopes: &[f32]| slopes.iter().map(|slope| f64::from(*slope)).sum::<f64>() / places as f64;
    maps.gradient.chunks(places).map(mean).collect()
}
