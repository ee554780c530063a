//! A picture of one's own beside a set: as those of the set are read, and what is said of one that differs from them.

use std::path::Path;

use image::ImageFormat;

use super::{file, plain, put, turned};
use crate::learning::data::{Dataset, Images, pictures::read};

const SIZE: [usize; 2] = [4, 4];

fn grey(brightness: u8) -> Dataset {
    let images = || Images { pixels: vec![brightness; 32].into(), labels: [0, 1].into() };
    Dataset {
        name: "grey".to_owned(),
        channels: 1,
        rows: 4,
        columns: 4,
        classes: ["a", "b"].map(str::to_owned).into(),
        train: images(),
        test: images(),
        remarks: Vec::new(),
    }
}

#[test]
fn it_is_read_as_the_same_file_in_a_folder_is() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = folder.path().join("set");
    let sideways =
        image::RgbImage::from_fn(40, 20, |x, y| image::Rgb([x as u8 * 6, y as u8 * 9, 70]));
    let sideways = turned(&file(&sideways.into(), ImageFormat::Jpeg), 6);
    let paper = file(&plain(9, 7, [200; 3]), ImageFormat::WebP);
    for part in ["train", "test"] {
        put(&pictures, &format!("{part}/a/own.jpg"), &sideways);
        put(&pictures, &format!("{part}/b/own.webp"), &paper);
    }
    let set = read(&pictures, SIZE, 1).unwrap();
    assert_eq!(set.channels, 3);
    let shown = set.test_set();
    for (index, name) in ["a/own.jpg", "b/own.webp"].into_iter().enumerate() {
        let picture = set.picture(&pictures.join("test").join(name)).unwrap();
        assert_eq!(Some(&*picture.values), shown.image(index), "{name}");
        assert_eq!((picture.name.as_str(), picture.remarks.len()), (&name[2..], 0));
    }
}

#[test]
fn colours_become_grey_where_the_images_are_and_what_is_bright_stays_so() {
    let of = |set: Dataset, colour| {
        set.picture_of(Path::new("one.png"), &file(&plain(8, 8, colour), ImageFormat::Png)).unwrap()
    };
    let red = of(grey(80), [255, 0, 0]);
    // Pillow's `convert("L")` gives the same.
    assert_eq!(*red.values, [76; 16]);
    assert!(red.remarks[0].starts_with("The colours of one.png are made grey"));
    assert_eq!(red.remarks.len(), 1);
    let paper = of(grey(20), [230; 3]);
    assert_eq!(*paper.values, [230; 16]);
    let [said] = &paper.remarks[..] else { panic!("{:?}", paper.remarks) };
    assert!(said.starts_with("one.png is read as it is: its mean brightness is 0.90"), "{said}");
    assert!(said.contains("0.08") && said.contains("give its negative"), "{said}");
    assert!(of(grey(200), [230; 3]).remarks.is_empty());
}

#[test]
fn what_is_no_picture_is_told_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "note.png", b"a text");
    put(folder.path(), "empty.png", b"");
    for (name, why) in [
        ("note.png", "it is no PNG, JPEG, WebP, BMP or GIF"),
        ("empty.png", "it is empty"),
        (".", "it is no file"),
        ("none.png", "there is no such file"),
    ] {
        let path = folder.path().join(name);
        let said = grey(1).picture(&path).unwrap_err().to_string();
        let path = path.to_string_lossy();
        assert!(said.contains(why) && said.contains(&*path) && said.contains("; give a"), "{said}");
    }
}
