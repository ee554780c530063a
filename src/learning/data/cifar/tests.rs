//! Files of both sets, made up: whole, cut, with labels that there are not, and pickled.

use std::{fs, path::Path};

use proptest::prelude::*;

use super::{VALUES, parse, read, refuse_pickles};
use crate::learning::data::{Dataset, fixtures};

/// Records with these labels; values are the number of their plane.
fn records(labels: &[&[u8]]) -> Vec<u8> {
    let values = (0..3).flat_map(|plane| vec![plane; VALUES / 3]);
    labels.iter().flat_map(|label| label.iter().copied().chain(values.clone())).collect()
}

fn ten() -> tempfile::TempDir {
    let folder = fixtures::folder(&[("test_batch.bin", &records(&[&[9]]))]);
    for batch in 1..=5 {
        let name = format!("data_batch_{batch}.bin");
        fs::write(folder.path().join(name), records(&[&[batch], &[0]])).unwrap();
    }
    folder
}

fn defect(folder: &Path) -> String {
    read(folder).unwrap_err().to_string()
}

#[test]
fn both_sets_are_read() {
    let folder = ten();
    let names = "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";
    fs::write(folder.path().join("batches.meta.txt"), names).unwrap();
    let Dataset { channels, rows, columns, classes, train, test, .. } =
        read(folder.path()).unwrap();
    assert_eq!((channels, rows, columns), (3, 32, 32));
    assert_eq!((classes.len(), classes[3].as_str()), (10, "cat"));
    assert_eq!(*train.labels, [1, 0, 2, 0, 3, 0, 4, 0, 5, 0]);
    assert_eq!((test.pixels[1023], test.pixels[1024], test.pixels[3071]), (0, 1, 2));
    let hundred = fixtures::folder(&[
        ("train.bin", &records(&[&[19, 99], &[4, 0]])),
        ("test.bin", &records(&[&[1, 42]])),
    ]);
    let set = read(hundred.path()).unwrap();
    assert_eq!(
        (&*set.train.labels, &*set.test.labels, set.classes.len()),
        (&[99, 0][..], &[42][..], 100)
    );
}

#[test]
fn each_defect_names_its_file() {
    let folder = ten();
    let path = |name: &str| folder.path().join(name);
    let check = |words: &str| {
        let said = defect(folder.path());
        assert!(said.contains(words), "{said}");
    };
    fs::write(path("batches.meta.txt"), "cat\ndog\n").unwrap();
    check("batches.meta.txt: it names 2 classes instead of 10");
    fs::remove_file(path("batches.meta.txt")).unwrap();
    fs::write(path("test_batch.bin"), records(&[&[10]])).unwrap();
    check("test_batch.bin: label 10 of image 0 is outside the 10 classes");
    fs::write(path("data_batch_5.bin"), &records(&[&[1]])[1..]).unwrap();
    check("data_batch_5.bin: its 3072 bytes are no whole number of images of 3073 bytes");
    fs::write(path("data_batch_5.bin"), b"").unwrap();
    check("its 0 bytes are no whole number");
    fs::remove_file(path("data_batch_2.bin")).unwrap();
    check("data_batch_2.bin: there is no such file");
}

#[test]
fn pickles_are_refused_with_the_page_of_the_binary_version() {
    let folder =
        fixtures::folder(&[("data_batch_1", b"\x80\x02}q"), ("batches.meta", b"\x80\x02")]);
    for path in [folder.path(), &folder.path().join("data_batch_1")] {
        let said = refuse_pickles(path).unwrap_err().to_string();
        let words = "whose pickles are not read; fetch the binary version from https://www.cs.toronto.edu/~kriz/cifar.html";
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(refuse_pickles(ten().path()), Ok(()));
}

proptest! {
    #[test]
    fn records_are_whole_or_refused(length in 0_usize..10_000, extra in 1_usize..3, byte in any::<u8>()) {
        let (mut pixels, mut labels) = (Vec::new(), Vec::new());
        let read = parse(&vec![byte; length], extra, &mut pixels, &mut labels);
        prop_assert_eq!(read.is_ok(), length > 0 && length % (VALUES + extra) == 0);
        prop_assert_eq!(pixels.len(), labels.len() * VALUES);
    }
}
