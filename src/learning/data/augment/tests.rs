//! What becomes of images: drawn by seed, epoch and place alone, and as torchvision would have it.

use super::*;

fn augmenter(how: Augmentation, size: [usize; 3]) -> Augmenter {
    Augmenter::new(how, size)
}

const NOTHING: Augmentation = Augmentation {
    horizontal_flip: false,
    vertical_flip: false,
    shift: 0.0,
    crop: 0,
    rotate: 0.0,
    brightness: 0.0,
    contrast: 0.0,
};
const ALL: Augmentation = Augmentation {
    horizontal_flip: true,
    vertical_flip: true,
    shift: 0.2,
    crop: 1,
    rotate: 30.0,
    brightness: 0.3,
    contrast: 0.3,
};

/// Images that are not alike.
fn images(length: usize, count: usize) -> Vec<f32> {
    (0..length * count).map(|at| (at * 37 % 101) as f32 / 100.0).collect()
}

/// What a single image of 3 × 4 pixels becomes when this is drawn.
fn moved(flips: [bool; 2], shift: [isize; 2], angle: f64) -> Vec<f32> {
    let image: Vec<f32> = (1..=12).map(|value| value as f32).collect();
    augmenter(NOTHING, [1, 3, 4]).moved(&image, &Drawn { flips, shift, angle, factors: [1.0; 2] })
}

#[test]
fn what_is_drawn_depends_on_seed_epoch_and_place_alone() {
    let (augmenter, length) = (augmenter(ALL, [3, 9, 7]), 189);
    let plain = images(length, 20);
    let places: Vec<u32> = (0..20).map(|at| at * 7 % 20).collect();
    let changed = |seed, epoch| {
        let mut images = plain.clone();
        augmenter.change(&mut images, &places, seed, epoch);
        images
    };
    let first = changed(1, 0);
    assert!(first.iter().all(|value| (0.0..=1.0).contains(value)));
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| changed(1, 0)), first);
    }
    // One by one, the last first.
    for (at, place) in places.iter().enumerate().rev() {
        let mut image = plain[at * length..][..length].to_vec();
        augmenter.change(&mut image, &[*place], 1, 0);
        assert_eq!(image, first[at * length..][..length]);
    }
    for other in [changed(1, 1), changed(2, 0), plain.clone()] {
        let alike = other.chunks(length).zip(first.chunks(length)).filter(|(a, b)| a == b);
        assert_eq!(alike.count(), 0);
    }
}

#[test]
fn an_image_is_moved_turned_and_flipped() {
    let rows = |rows: [[i8; 4]; 3]| rows.concat().into_iter().map(f32::from).collect::<Vec<_>>();
    let same = rows([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]);
    assert_eq!(moved([false; 2], [0, 0], 0.0), same);
    let mirrored = rows([[4, 3, 2, 1], [8, 7, 6, 5], [12, 11, 10, 9]]);
    assert_eq!(moved([false, true], [0, 0], 0.0), mirrored);
    let down_left = rows([[0, 0, 0, 0], [2, 3, 4, 0], [6, 7, 8, 0]]);
    assert_eq!(moved([false; 2], [1, -1], 0.0), down_left);
    assert_eq!(moved([false; 2], [9, 0], 0.0), [0.0; 12]);
    let around = moved([false; 2], [0, 0], std::f64::consts::PI);
    let both = moved([true, true], [0, 0], 0.0);
    assert!(around.iter().zip(&both).all(|(one, other)| (one - other).abs() < 1e-4), "{around:?}");
    // A quarter against the clock: what was right is above; the rest of 3 × 4 pixels is cut or black.
    let quarter = moved([false; 2], [0, 0], std::f64::consts::FRAC_PI_2);
    let middle = [quarter[1], quarter[2], quarter[9], quarter[10]];
    // Means of four, since three rows and four columns lie half a pixel apart.
    let wanted = [5.5, 9.5, 3.5, 7.5];
    assert!(
        middle.iter().zip(wanted).all(|(own, wanted)| (own - wanted).abs() < 1e-4),
        "{quarter:?}"
    );
    // The same through the whole of it as through a small angle: whole pixels stay what they are.
    let nearly = moved([false; 2], [1, -1], 1e-9);
    assert!(nearly.iter().zip(&down_left).all(|(own, wanted)| (own - wanted).abs() < 1e-5));
}

#[test]
fn draws_are_even_and_within_their_bounds() {
    let of = |how: Augmentation| {
        let augmenter = augmenter(how, [1, 20, 40]);
        (0..4000).map(move |place| augmenter.drawn(5, 2, place)).collect::<Vec<_>>()
    };
    let all = of(ALL);
    for flip in [0, 1] {
        let flipped = all.iter().filter(|drawn| drawn.flips[flip]).count();
        assert!((1850..2150).contains(&flipped), "{flipped}");
    }
    let crops = of(Augmentation { crop: 2, ..NOTHING });
    for offset in -2..=2 {
        let met = crops.iter().filter(|drawn| drawn.shift[1] == offset).count();
        assert!((700..900).contains(&met), "{offset}: {met}");
    }
    let shifts = of(Augmentation { shift: 0.1, ..NOTHING });
    let ends = |at: usize| {
        let of = || shifts.iter().map(|drawn| drawn.shift[at]);
        (of().min(), of().max())
    };
    assert_eq!((ends(0), ends(1)), ((Some(-2), Some(2)), (Some(-4), Some(4))));
    let most = all.iter().map(|drawn| drawn.angle.to_degrees().abs()).fold(0.0, f64::max);
    assert!((29.0..=30.0).contains(&most), "{most}");
    // A setting draws the same whichever others there are.
    let flips = of(Augmentation { horizontal_flip: true, ..NOTHING });
    assert!(flips.iter().zip(&all).all(|(alone, among)| alone.flips[1] == among.flips[1]));
}

#[test]
fn light_changes_as_torchvisions_does() {
    // ColorJitter's functions by hand: brightness times 1.5, then contrast 0.5 about the mean of the grey.
    let mut image = vec![0.2, 0.4, 0.6, 0.8, 0.0, 1.0];
    let how = Augmentation { brightness: 0.5, contrast: 0.5, ..NOTHING };
    augmenter(how, [3, 1, 2]).lit(&mut image, [1.5, 0.5]);
    let bright = [0.3, 0.6, 0.9, 1.0, 0.0, 1.0];
    let grey =
        [0, 1].map(|at| 0.299 * bright[at] + 0.587 * bright[2 + at] + 0.114 * bright[4 + at]);
    let mean = (grey[0] + grey[1]) / 2.0;
    for (own, bright) in image.iter().zip(bright) {
        assert!((own - (0.5 * bright + 0.5 * mean)).abs() < 1e-6, "{image:?}");
    }
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "it is for whoever measures")]
fn what_it_costs() {
    for (name, size, how) in [
        ("flip and crop", [3, 32, 32], Augmentation { horizontal_flip: true, crop: 4, ..NOTHING }),
        ("all", [3, 32, 32], ALL),
        ("all", [3, 224, 224], ALL),
    ] {
        let augmenter = augmenter(how, size);
        let mut batch = images(size.iter().product(), 32);
        let start = std::time::Instant::now();
        let rounds = 50;
        for epoch in 0..rounds {
            augmenter.change(&mut batch, &(0..32).collect::<Vec<_>>(), 1, epoch);
        }
        let each = start.elapsed() / (rounds * 32);
        eprintln!("{name} of {size:?}: {each:?} an image");
        // A step of the smallest networks takes some 0.2 ms for an image of 32 × 32 pixels.
        assert!(each.as_nanos() < 100 * size.iter().product::<usize>() as u128, "{each:?}");
    }
}
