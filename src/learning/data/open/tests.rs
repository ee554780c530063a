//! One entry for sets of every kind, and what is said of all else.

use std::{fs, path::Path};

use crate::learning::data::Dataset;

fn said(path: &Path) -> String {
    let said = Dataset::open(path, None, 1).unwrap_err().to_string();
    assert!(!said.contains('\n'), "{said}");
    said
}

#[test]
fn every_kind_is_found_out() {
    let digits = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    assert_eq!(Dataset::open(&digits, Some([8, 8]), 1).unwrap().rows, 28);
    let folder = tempfile::tempdir().unwrap();
    for (class, colour) in [("dark", 10), ("light", 200)] {
        fs::create_dir(folder.path().join(class)).unwrap();
        for number in 0..5 {
            let picture = image::GrayImage::from_pixel(50, 40, image::Luma([colour]));
            picture.save(folder.path().join(class).join(format!("{number}.png"))).unwrap();
        }
    }
    let set = Dataset::open(folder.path(), None, 1).unwrap();
    assert_eq!((set.rows, set.columns, set.train.len(), set.test.len()), (32, 32, 8, 2));
    let set = Dataset::open(folder.path(), Some([7, 9]), 1).unwrap();
    assert_eq!((set.channels, set.rows, set.columns), (1, 7, 9));
    assert_eq!(*set.test.pixels, [[10; 63], [200; 63]].concat());
    assert_eq!(set.test_set().classes[1], "light");
}

#[test]
fn what_is_no_set_is_told() {
    let outer = tempfile::tempdir().unwrap();
    assert!(said(&outer.path().join("absent")).contains("there is no such file or folder; name a"));
    assert!(said(outer.path()).contains("it is empty; name a folder of IDX files, of CIFAR's"));
    let check = |name: &str, bytes: &[u8], of_file: &str, of_folder: &str| {
        let file = outer.path().join(name);
        fs::write(&file, bytes).unwrap();
        for (path, words) in [(&*file, of_file), (outer.path(), of_folder)] {
            let said = said(path);
            assert!(said.contains(words), "{said} | {words}");
        }
        fs::remove_file(file).unwrap();
    };
    let other = "it holds no images that are known, but “";
    check(
        "a.csv",
        b"a,b\n1,2\n",
        "it has no column of names of pictures, only “a”, “b”; call",
        other,
    );
    check("a.toml", b"a = 1\n", "it is a text; name a folder of IDX", other);
    check("a.bin", b"\0\x01\x02\xff", "it is of no kind that is known; name", other);
    check("a.zip", b"PK\x03\x04\0\0", "it is a ZIP archive; unpack it", "but “a.zip”; unpack that");
    check("a.npz", b"PK\x03\x04\0\0", "no whole ZIP archive", "the data lie within it; name ");
    check("x-idx3", &[0, 0, 8, 3], "it is one IDX file; name the folder", other);
    check("data_batch_1", b"\x80\x02}", "cifar.html", "cifar.html");
    check(
        "a.png",
        b"\x89PNG\r\n\x1a\n\0",
        "it is a picture; name a folder",
        "no folder for a class",
    );
    check("void", b"", "it is empty; name", other);
    let cifar = outer.path().join("cifar-100-binary");
    fs::create_dir(&cifar).unwrap();
    fs::write(cifar.join("train.bin"), [0; 5]).unwrap();
    let words = format!("the data lie within it; name {}", cifar.display());
    assert!(said(outer.path()).ends_with(&words), "{}", said(outer.path()));
    assert!(said(&cifar).contains("test.bin") || said(&cifar).contains("train.bin"));
}
