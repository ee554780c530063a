//! Sets of pictures: parts, classes, what is left out, and what is refused.

use std::{fs, path::Path};

use image::ImageFormat;
use proptest::prelude::*;

use super::{file, plain, put};
use crate::learning::data::{
    Dataset,
    pictures::{read, split::held_out},
};

const SIZE: [usize; 2] = [4, 4];

fn defect(folder: &Path) -> String {
    read(folder, SIZE, 1).unwrap_err().to_string()
}

/// Pictures of each class, as bright as their number.
fn fill(folder: &Path, classes: &[&str], count: u8) {
    for class in classes {
        for number in 0..count {
            let picture = file(&plain(6, 5, [number; 3]), ImageFormat::Png);
            put(folder, &format!("{class}/{number}.png"), &picture);
        }
    }
}

fn first_pixels(set: &Dataset) -> [Vec<u8>; 2] {
    let size = set.channels * set.rows * set.columns;
    [&set.train, &set.test].map(|part| part.pixels.iter().step_by(size).copied().collect())
}

#[test]
fn a_folder_a_class_is_a_set() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), &["Zebra", "ant", "bee/more"], 10);
    put(folder.path(), "ant/.hidden.png", b"");
    put(folder.path(), "ant/notes.txt", b"no picture");
    put(folder.path(), ".git/config", b"");
    let set = read(folder.path(), SIZE, 3).unwrap();
    // By their bytes, as torchvision sorts: capitals come first.
    assert_eq!(*set.classes, ["Zebra", "ant", "bee"].map(str::to_owned));
    assert_eq!((set.channels, set.rows, set.columns), (1, 4, 4));
    assert_eq!((set.train.len(), set.test.len()), (24, 6));
    assert_eq!(set.remarks, ["Tested on: a fifth of each class, drawn by seed 3"]);
    let [train, test] = first_pixels(&set);
    let mut all = [train, test].concat();
    all.sort_unstable();
    assert!(all.into_iter().eq((0..10).flat_map(|number| [number; 3])));
    assert_eq!(read(folder.path(), SIZE, 3).unwrap(), set);
    assert_ne!(read(folder.path(), SIZE, 4).unwrap().test, set.test);
    for threads in [1, 4] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| read(folder.path(), SIZE, 3)).unwrap(), set);
    }
    // One of colour makes all of three channels.
    put(folder.path(), "bee/more/red.png", &file(&plain(9, 9, [255, 0, 1]), ImageFormat::Png));
    let set = read(folder.path(), SIZE, 3).unwrap();
    assert_eq!((set.channels, set.train.pixels.len()), (3, set.train.len() * 48));
}

#[test]
fn parts_with_folders_of_their_own_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for (part, count) in [("Train", 5), ("val", 3), ("test", 2)] {
        fill(&folder.path().join(part), &["a", "b"], count);
    }
    let set = read(folder.path(), SIZE, 1).unwrap();
    assert_eq!((set.train.len(), set.test.len()), (10, 4));
    assert_eq!(*set.test.labels, [0, 0, 1, 1]);
    assert_eq!(set.remarks, ["Left out: the folder “val”, as “test” is tested on"]);
    // The test of a competition has no classes.
    fs::remove_dir_all(folder.path().join("test")).unwrap();
    fill(folder.path(), &["test"], 2);
    let set = read(folder.path(), SIZE, 1).unwrap();
    assert_eq!((set.train.len(), set.test.len(), set.remarks.len()), (10, 6, 0));
    fill(&folder.path().join("val"), &["c"], 1);
    let said = defect(folder.path());
    assert!(
        said.ends_with("val: it has “c”, which the training lacks; give both the same classes"),
        "{said}"
    );
    // A class of that name is none of the parts.
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), &["plane", "train"], 5);
    assert_eq!(read(folder.path(), SIZE, 1).unwrap().classes.len(), 2);
}

#[test]
fn broken_pictures_are_left_out_and_told() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), &["a", "b"], 5);
    let jpeg = file(&plain(40, 40, [9, 200, 9]), ImageFormat::Jpeg);
    put(folder.path(), "a/cut.jpg", &jpeg[..jpeg.len() / 2]);
    let set = read(folder.path(), SIZE, 1).unwrap();
    assert_eq!((set.channels, set.train.len() + set.test.len()), (1, 10));
    let said = "Left out: 1 file, the first a/cut.jpg (it is damaged or cut short)";
    assert_eq!(set.remarks[0], said);
    for name in ["b/text.png", "b/phone.heic", "b/more.png", "b/z.gif"] {
        put(folder.path(), name, b"a text");
    }
    let set = read(folder.path(), SIZE, 1).unwrap();
    let said = "Left out: 5 files, the first a/cut.jpg (it is damaged or cut short), b/more.png, \
                b/phone.heic and 2 more";
    assert_eq!(set.remarks[0], said);
}

#[test]
fn what_is_no_set_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let check = |words: &str| {
        let said = defect(folder.path());
        assert!(said.contains(words) && !said.contains('\n'), "{said} | {words}");
    };
    put(folder.path(), "one.png", b"");
    check("it holds pictures, but no folder for a class; put the pictures of each class");
    fill(folder.path(), &["only"], 3);
    check("“only” is its only class; give it a folder for each of two classes or more");
    fs::create_dir(folder.path().join("void")).unwrap();
    check("void: it holds no pictures; put pictures of that class there");
    put(folder.path(), "void/a.jpg", b"text");
    check("void: none of its 1 picture can be read, a.jpg: it is no PNG, JPEG, WebP, BMP or GIF;");
    fs::remove_dir_all(folder.path().join("void")).unwrap();
    fs::remove_dir_all(folder.path().join("only")).unwrap();
    fill(folder.path(), &["a", "b"], 1);
    check("none of its pictures is left to be tested on; give each class two");
    let names: Vec<String> = (0..255).map(|class| format!("class {class}")).collect();
    fill(folder.path(), &names.iter().map(String::as_str).collect::<Vec<_>>(), 1);
    check("it has 257 folders of classes; give at most 256 classes");
    let outer = tempfile::tempdir().unwrap();
    fill(&outer.path().join("inner"), &["a", "b"], 2);
    let said = defect(outer.path());
    assert!(said.contains("the classes lie in a folder within it; name "), "{said}");
    let said = read(&outer.path().join("inner"), [1 << 20, 1 << 40], 1).unwrap_err().to_string();
    assert!(said.contains("its 4 pictures of 1048576 × 1099511627776 pixels would take"), "{said}");
}

proptest! {
    #[test]
    fn a_split_depends_on_the_seed_alone(
        labels in proptest::collection::vec(0_u8..6, 0..200), seed in any::<u64>(),
    ) {
        let tested = held_out(&labels, seed);
        prop_assert_eq!(&held_out(&labels, seed), &tested);
        for class in 0..6 {
            let of_class = |part: bool| {
                labels.iter().zip(&tested).filter(|(label, tested)| (**label, **tested) == (class, part)).count()
            };
            let (train, test) = (of_class(false), of_class(true));
            prop_assert!(train + test < 2 || (train > 0 && test > 0));
            prop_assert!(train + test != 1 || train == 1);
            prop_assert!(train + test < 5 || test.abs_diff((train + test) / 5) <= 1);
        }
    }
}
