//! Sets as they are found in folders: their names, spellings and defects.

use std::{fs, path::Path};

use super::Dataset;
use crate::learning::data::fixtures;

fn idx(sizes: &[u32], values: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    bytes.extend(values);
    bytes
}

/// A folder of two training images and one test image of 2 × 2 pixels.
fn folder() -> tempfile::TempDir {
    fixtures::folder(&[
        ("train-images-idx3-ubyte", &idx(&[2, 2, 2], &[1, 2, 3, 4, 5, 6, 7, 8])),
        ("train-labels-idx1-ubyte", &idx(&[2], &[0, 9])),
        ("t10k-images-idx3-ubyte", &idx(&[1, 2, 2], &[9, 9, 9, 9])),
        ("t10k-labels-idx1-ubyte", &idx(&[1], &[3])),
    ])
}

#[test]
fn emnist_is_set_upright_and_told_by_its_mapping() {
    let folder = fixtures::folder(&[
        ("emnist-letters-train-images-idx3-ubyte", &idx(&[1, 2, 3], &[1, 2, 3, 4, 5, 6])),
        ("emnist-letters-train-labels-idx1-ubyte", &idx(&[1], &[2])),
        ("emnist-letters-test-images-idx3-ubyte", &idx(&[1, 2, 3], &[0; 6])),
        ("emnist-letters-test-labels-idx1-ubyte", &idx(&[1], &[1])),
        ("emnist-letters-mapping.txt", b"1 65 97\n2 66 98\n"),
    ]);
    let data = Dataset::read(folder.path()).unwrap();
    assert_eq!((data.channels, data.rows, data.columns), (1, 3, 2));
    assert_eq!(*data.train.pixels, [1, 4, 2, 5, 3, 6]);
    assert_eq!(*data.classes, ["–", "A", "B"].map(str::to_owned));
    let other = folder.path().join("emnist-digits-train-images-idx3-ubyte");
    fs::write(other, idx(&[1, 1, 1], &[0])).unwrap();
    let said = defect(folder.path());
    assert!(said.contains("several splits of EMNIST: digits, letters"), "{said}");
}

#[test]
fn a_label_far_beyond_the_others_is_a_damaged_one() {
    let folder = folder();
    let labels = folder.path().join("train-labels-idx1-ubyte");
    fs::write(&labels, idx(&[2], &[0, 77])).unwrap();
    let said = defect(folder.path());
    let wanted = "label 77 of image 1 would make 78 classes, but only 3 have images";
    assert!(said.contains(wanted) && said.contains("train-labels"), "{said}");
    let names: String = (0..78).map(|class| format!("class {class}\n")).collect();
    fs::write(folder.path().join("classes.txt"), names).unwrap();
    assert_eq!(Dataset::read(folder.path()).unwrap().classes.len(), 78);
}

#[test]
fn colours_come_channel_after_channel() {
    let of = |sizes: [u32; 3], pixels: &[u8]| {
        let [a, b, c] = sizes;
        fixtures::folder(&[
            ("train-images-idx4-ubyte", &idx(&[1, a, b, c], pixels)),
            ("train-labels-idx1-ubyte", &idx(&[1], &[1])),
            ("t10k-images-idx4-ubyte", &idx(&[1, a, b, c], pixels)),
            ("t10k-labels-idx1-ubyte", &idx(&[1], &[0])),
        ])
    };
    // Two pixels side by side, red, green, blue each; and the same as planes, of two rows.
    let pixels = vec![1, 11, 21, 2, 12, 22];
    let planes = vec![1, 2, 0, 0, 11, 12, 0, 0, 21, 22, 0, 0];
    for (sizes, pixels) in [([1, 2, 3], pixels), ([3, 2, 2], planes)] {
        let folder = of(sizes, &pixels);
        let data = Dataset::read(folder.path()).unwrap();
        let size = data.rows * data.columns;
        assert_eq!((data.channels, data.classes.len()), (3, 2));
        let first: Vec<&[u8]> = data.train.pixels.chunks(size).map(|plane| &plane[..2]).collect();
        assert_eq!(first, [[1, 2], [11, 12], [21, 22]]);
    }
    let said = defect(of([5, 4, 2], &[0; 40]).path());
    assert!(said.contains("no channels of 1 or 3"), "{said}");
}

fn defect(folder: &Path) -> String {
    Dataset::read(folder).unwrap_err().to_string()
}

#[test]
fn the_bundled_digits_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let digits = Dataset::read(&folder).unwrap();
    assert_eq!((digits.rows, digits.columns, digits.classes.len()), (28, 28, 10));
    assert_eq!((digits.train.len(), digits.test.len()), (8000, 2000));
    assert_eq!(digits.name, "mnist-10k");
}

#[test]
fn plain_and_dotted_names_and_classes_are_found() {
    let folder = folder();
    let data = Dataset::read(folder.path()).unwrap();
    assert_eq!((data.train.len(), data.test.len(), data.classes.len()), (2, 1, 10));
    fs::rename(
        folder.path().join("t10k-images-idx3-ubyte"),
        folder.path().join("t10k-images.idx3-ubyte"),
    )
    .unwrap();
    fs::write(
        folder.path().join("classes.txt"),
        (0..12).map(|n| format!("class {n}\n")).collect::<String>(),
    )
    .unwrap();
    assert_eq!(Dataset::read(folder.path()).unwrap().classes[11], "class 11");
    let fashion = folder.path().join("Fashion-MNIST");
    fs::create_dir(&fashion).unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() && file.file_name() != "classes.txt" {
            fs::copy(file.path(), fashion.join(file.file_name())).unwrap();
        }
    }
    assert_eq!(Dataset::read(&fashion).unwrap().classes[9], "Ankle boot");
}

#[test]
fn what_is_given_in_place_of_a_folder_is_told() {
    let outer = tempfile::tempdir().unwrap();
    let check = |name: &str, bytes: &[u8], words: &str| {
        let file = outer.path().join(name);
        fs::write(&file, bytes).unwrap();
        let said = [defect(&file), defect(outer.path())];
        assert!(said.iter().any(|said| said.contains(words)), "{said:?} {words}");
        fs::remove_file(file).unwrap();
    };
    let pixels: Vec<_> = (0..784).map(|pixel| format!("pixel{pixel}")).collect();
    let kaggle = format!("label,{}\n", pixels.join(","));
    check("train.csv", kaggle.as_bytes(), "it is a CSV of 785 columns; convert it to IDX");
    check("train.csv", kaggle.as_bytes(), "but “train.csv”; convert it to IDX");
    check("mnist.zip", b"PK\x03\x04", "it is a ZIP archive; unpack it and name the folder");
    check("mnist.zip", b"PK\x03\x04", "but “mnist.zip”; unpack it");
    check("mnist.npz", b"\x93NUMPY\x01\0", "NumPy array; convert it to IDX");
    check("3.PNG", b"\x89PNG\r\n\x1a\n", "pictures in files of their own; convert");
    check("notes.txt", b"a text", "it is not a folder; name a folder with train-images");
    check("notes.txt", b"a text", "no IDX files of MNIST's names; name a folder with");
    let within = outer.path().join("MNIST");
    fs::rename(folder().keep(), &within).unwrap();
    let said = defect(outer.path());
    assert!(said.ends_with(&format!("within it; name {}", within.display())), "{said}");
    // As an archive's tool leaves them that unpacks each file into a folder.
    let labels = within.join("t10k-labels-idx1-ubyte");
    fs::rename(&labels, within.join("t10k-labels.idx1-ubyte")).unwrap();
    fs::create_dir(&labels).unwrap();
    assert_eq!(Dataset::read(&within).unwrap().test.len(), 1);
    fs::remove_file(within.join("t10k-labels.idx1-ubyte")).unwrap();
    assert!(defect(&within).contains("it is a folder, not a file"));
}

#[test]
fn each_defect_is_one_sentence_that_names_the_file() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    assert!(defect(&path("absent")).contains("there is no such folder"));
    assert!(defect(&path("t10k-labels-idx1-ubyte")).contains("it is one IDX file; name the"));

    fs::write(path("t10k-labels-idx1-ubyte"), idx(&[2], &[1, 2])).unwrap();
    assert!(defect(folder.path()).contains("2 labels for 1 images"));
    fs::write(path("classes.txt"), "zero\none\ntwo\n").unwrap();
    fs::write(path("t10k-labels-idx1-ubyte"), idx(&[1], &[1])).unwrap();
    let outside = defect(folder.path());
    assert!(outside.contains("label 9 of image 1 is outside the 3 classes"), "{outside}");
    assert!(outside.contains("train-labels-idx1-ubyte"), "{outside}");
    fs::write(path("classes.txt"), "\n").unwrap();
    assert!(defect(folder.path()).contains("names 0 classes"));
    fs::remove_file(path("classes.txt")).unwrap();
    fs::write(path("t10k-images-idx3-ubyte"), idx(&[1, 1, 2], &[1, 2])).unwrap();
    assert!(defect(folder.path()).contains("test images 1 × 2"));
    fs::write(path("t10k-images-idx3-ubyte"), idx(&[1], &[1])).unwrap();
    assert!(defect(folder.path()).contains("holds labels"));
    fs::remove_file(path("t10k-images-idx3-ubyte")).unwrap();
    assert!(defect(folder.path()).contains("there is no such file"));
}
