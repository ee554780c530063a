//! Pictures that were taken, beside pictures that are kept.

use std::{fs, path::Path};

use bevy::math::UVec2;
use image::RgbImage;

/// Compares with a stored picture, in blocks, as words such as the speed differ from run to run.
///
/// With `PERCEPTARIUM_NEW_PICTURES=1` the stored picture is replaced.
pub(crate) fn compare(taken: &RgbImage, name: &str) {
    /// Side of a block in pixels.
    const BLOCK: u32 = 20;
    /// How much a block may differ, and how much all may on average, of 255.
    const OF_ONE: f64 = 40.0;
    const OF_ALL: f64 = 2.0;
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gallery/pictures").join(name);
    if std::env::var_os("PERCEPTARIUM_NEW_PICTURES").is_some() {
        fs::create_dir_all(stored.parent().unwrap()).unwrap();
        taken.save(&stored).unwrap();
    }
    let expected = image::open(&stored).unwrap().to_rgb8();
    assert_eq!(taken.dimensions(), expected.dimensions());
    let blocks = |picture: &RgbImage| {
        let (width, height) = (picture.width() / BLOCK, picture.height() / BLOCK);
        let mut sums = vec![[0.0; 3]; (width * height) as usize];
        for (x, y, pixel) in picture.enumerate_pixels() {
            let sum = &mut sums[(y / BLOCK * width + x / BLOCK) as usize];
            for (sum, value) in sum.iter_mut().zip(pixel.0) {
                *sum += f64::from(value) / f64::from(BLOCK * BLOCK);
            }
        }
        sums.into_iter().flatten().collect::<Vec<_>>()
    };
    let (taken, expected) = (blocks(taken), blocks(&expected));
    let differences: Vec<_> =
        taken.iter().zip(&expected).map(|(taken, expected)| (taken - expected).abs()).collect();
    let worst = differences.iter().copied().fold(0.0, f64::max);
    let mean = differences.iter().sum::<f64>() / differences.len() as f64;
    assert!(
        worst < OF_ONE && mean < OF_ALL,
        "blocks differ by {worst:.1} at worst, {mean:.2} on average"
    );
    // An empty hall would fit an empty picture.
    let brightest = taken.iter().copied().fold(0.0, f64::max);
    assert!(brightest > 30.0, "nothing is to be seen");
}

/// How much two pictures of a size differ on average, of 255.
pub(crate) fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let differences = one.iter().zip(other.iter()).map(|(one, other)| one.abs_diff(*other));
    differences.map(f64::from).sum::<f64>() / one.len() as f64
}

/// By how many pixels to the left what the left eye sees within a rectangle fits best into what the right eye sees.
pub(crate) fn shift(left: &RgbImage, right: &RgbImage, from: UVec2, to: UVec2) -> i32 {
    let most = left.width() as i32 / 8;
    let size = UVec2::from(left.dimensions());
    let (from, to) = (from.min(size), to.min(size));
    assert!((to.x - from.x) * (to.y - from.y) > 100, "{from}..{to} of {size} is hardly seen");
    let unlike = |shift: i32| -> u64 {
        let columns = (from.x..to.x).filter_map(|x| Some((x, x.checked_add_signed(-shift)?)));
        let columns: Vec<_> = columns.filter(|(_, x)| *x < size.x).collect();
        let sum: u64 = (from.y..to.y)
            .flat_map(|y| columns.iter().map(move |(x, moved)| (*x, *moved, y)))
            .flat_map(|(x, moved, y)| {
                let (one, other) = (left.get_pixel(x, y).0, right.get_pixel(moved, y).0);
                one.into_iter().zip(other).map(|(one, other)| u64::from(one.abs_diff(other)))
            })
            .sum();
        // Per column, as fewer of them are left near the edges.
        sum * 1000 / columns.len().max(1) as u64
    };
    (-most..=most).min_by_key(|shift| unlike(*shift)).unwrap()
}
