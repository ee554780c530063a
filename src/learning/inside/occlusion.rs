//! Occlusion: what the explained number loses when a window is set to the baseline (Zeiler and Fergus 2013,
//! <https://arxiv.org/abs/1311.2901>, section 4.2).

use super::{
    gradient::MOST_MULTIPLY_ADDS,
    scene::{Found, Scene},
};
use crate::{inside::Method, learning::TrainError};

/// A window's side is a seventh of the image's: 4 pixels of 28.
const WINDOWS_A_SIDE: usize = 7;
/// The most places of a window along a side: all 25 of 28 pixels.
const MOST_ALONG: usize = 28;

/// Windows over an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Windows {
    /// Rows and columns of a window.
    pub(super) size: [usize; 2],
    /// How far it goes each time.
    pub(super) stride: [usize; 2],
}

impl Windows {
    /// For an image of these sides, so that one map stays within its price.
    pub(super) fn of(sides: [usize; 2], multiply_adds: u64) -> Self {
        let affordable = (MOST_MULTIPLY_ADDS / multiply_adds.max(1)).isqrt() as usize;
        let along = affordable.clamp(WINDOWS_A_SIDE, MOST_ALONG);
        let size = sides.map(|side| ((side + WINDOWS_A_SIDE / 2) / WINDOWS_A_SIDE).max(1));
        let stride = [0, 1].map(|at| {
            let way = sides[at].saturating_sub(size[at]);
            way.div_ceil(along.saturating_sub(1).max(1)).max(1)
        });
        Self { size, stride }
    }

    /// Where windows begin along a side; the last one ends with it.
    fn starts(&self, at: usize, side: usize) -> Vec<usize> {
        let last = side.saturating_sub(self.size[at]);
        let mut starts: Vec<usize> = (0..last).step_by(self.stride[at]).collect();
        starts.push(last);
        starts
    }

    /// Row and column where each window begins.
    pub(super) fn places(&self, [rows, columns]: [usize; 2]) -> Vec<[usize; 2]> {
        let columns = self.starts(1, columns);
        let rows = self.starts(0, rows);
        rows.iter().flat_map(|row| columns.iter().map(|column| [*row, *column])).collect()
    }
}

/// z(x) − z(x with a window at the baseline), for each pixel the mean over the windows that cover it.
pub(super) fn occlusion(scene: &Scene<'_>) -> Result<Found, TrainError> {
    let [_, rows, columns] = scene.size;
    let windows = Windows::of([rows, columns], scene.meter.model().multiply_adds());
    let shares = occluded(scene, &windows)?;
    let mut found = scene.found(Method::Occlusion, shares.into_iter());
    found.remark(phrase!(
        "studies-windows-of-pixels-apart",
        size = windows.size[0],
        size2 = windows.size[1],
        value = match windows.stride {
            [one, other] if one == other => one.into(),
            [down, along] => phrase!("studies-and", down, along),
        }
    ));
    Ok(found)
}

/// For each place what is lost.
pub(super) fn occluded(scene: &Scene<'_>, windows: &Windows) -> Result<Vec<f64>, TrainError> {
    let [_, rows, columns] = scene.size;
    let mut sums = vec![(0.0_f64, 0_u32); rows * columns];
    let places = windows.places([rows, columns]);
    for places in places.chunks(scene.meter.at_once()) {
        let inputs: Vec<f32> =
            places.iter().flat_map(|place| covered(scene, windows.size, *place)).collect();
        let values = scene.meter.values(scene.goal, &inputs)?;
        for (value, [row, column]) in values.iter().zip(places) {
            let lost = f64::from(scene.value) - f64::from(*value);
            for row in sums.chunks_mut(columns.max(1)).skip(*row).take(windows.size[0]) {
                for (sum, count) in row.iter_mut().skip(*column).take(windows.size[1]) {
                    *sum += lost;
                    *count += 1;
                }
            }
        }
    }
    Ok(sums.into_iter().map(|(sum, count)| sum / f64::from(count)).collect())
}

/// The input with the window that begins there at the baseline, in all channels.
fn covered(scene: &Scene<'_>, size: [usize; 2], [row, column]: [usize; 2]) -> Vec<f32> {
    let [_, rows, columns] = scene.size;
    let mut input = scene.input.to_vec();
    let lines = input.chunks_mut(columns.max(1)).zip(scene.baseline.chunks(columns.max(1)));
    for (at, (line, baseline)) in lines.enumerate() {
        let at = at % rows.max(1);
        if at >= row && at < row + size[0] {
            let cells = line.iter_mut().zip(baseline).skip(column).take(size[1]);
            cells.for_each(|(pixel, from)| *pixel = *from);
        }
    }
    input
}
