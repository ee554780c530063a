//! Files of NumPy, made up: of every version, type and packing, and such that promise what is not there.

use std::io::{Cursor, Write as _};

use flate2::{Compression, write::DeflateEncoder};
use proptest::prelude::*;

use super::{Archive, Array, parse, read};
use crate::learning::data::fixtures::{self, Damage, damage};

/// An array's file: version, type, shape as it is written, and numbers.
fn npy(version: u8, kind: &str, shape: &str, bytes: &[u8]) -> Vec<u8> {
    let header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n");
    let length = header.len() as u32;
    let length = if version == 1 { &length.to_le_bytes()[..2] } else { &length.to_le_bytes()[..] };
    [b"\x93NUMPY", &[version, 0][..], length, header.as_bytes(), bytes].concat()
}

/// An archive of these files, deflated or stored.
fn zip(files: &[(&str, &[u8])], is_deflated: bool) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, file) in files {
        let packed = if is_deflated {
            let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(file).unwrap();
            packed.finish().unwrap()
        } else {
            file.to_vec()
        };
        let at = bytes.len() as u32;
        let method = [if is_deflated { 8 } else { 0 }, 0];
        let [checksum, size, length] =
            [crc32fast::hash(file), packed.len() as u32, file.len() as u32].map(u32::to_le_bytes);
        let lengths = [name.len() as u8, 0, 0, 0];
        // NumPy leaves the sizes before a file open.
        let open: &[u8] = &[0xff; 8];
        for part in [b"PK\x03\x04-\0\0\0", &method[..], &[0; 4], &checksum, open, &lengths] {
            bytes.extend(part);
        }
        bytes.extend(name.as_bytes());
        bytes.extend(packed);
        for part in [b"PK\x01\x02-\0-\0\0\0", &method[..], &[0; 4], &checksum, &size, &length] {
            directory.extend(part);
        }
        directory.extend([&lengths[..], &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let (at, size) = ((bytes.len() as u32).to_le_bytes(), (directory.len() as u32).to_le_bytes());
    let count = [files.len() as u8, 0];
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &at, &[0, 0]].concat());
    bytes
}

/// Three images of 2 × 2 to learn from and one to be tested on, as arrays' files by name.
fn small(x_train: Vec<u8>, x_test: Vec<u8>) -> Vec<u8> {
    let (y_train, y_test) = (npy(1, "|u1", "(3,)", &[0, 2, 1]), npy(1, "|u1", "(1,)", &[2]));
    zip(
        &[
            ("x_test.npy", &x_test),
            ("x_train.npy", &x_train),
            ("y_train.npy", &y_train),
            ("y_test.npy", &y_test),
        ],
        true,
    )
}

fn usual() -> Vec<u8> {
    small(npy(1, "|u1", "(3, 2, 2)", &[7; 12]), npy(1, "|u1", "(1, 2, 2)", &[1, 2, 3, 4]))
}

fn defect(bytes: Vec<u8>) -> String {
    parse(Cursor::new(bytes)).unwrap_err().fact.to_string()
}

#[test]
fn keras_digits_are_read() {
    let (_folder, path) = fixtures::file("fashion_mnist.npz", &usual());
    let set = read(&path).unwrap();
    assert_eq!(
        (set.channels, set.rows, set.columns, set.name.as_str()),
        (1, 2, 2, "fashion_mnist")
    );
    assert_eq!((&*set.train.labels, &*set.test.labels), (&[0, 2, 1][..], &[2][..]));
    assert_eq!((&*set.test.pixels, set.classes[1].as_str()), (&[1, 2, 3, 4][..], "Trouser"));
    let (_folder, path) = fixtures::file("mine.npz", &usual());
    assert_eq!(*read(&path).unwrap().classes, ["0", "1", "2"].map(str::to_owned));
}

#[test]
fn every_version_type_and_packing_is_read() {
    let numbers = [0.0, 1.0, 128.0, 255.0];
    let of = |kind: &str, bytes: fn(f64) -> Vec<u8>| {
        (kind.to_owned(), numbers.into_iter().flat_map(bytes).collect::<Vec<u8>>())
    };
    let kinds = [
        of("|u1", |number| vec![number as u8]),
        of("<i4", |number| (number as i32).to_le_bytes().to_vec()),
        of("<i8", |number| (number as i64).to_le_bytes().to_vec()),
        of("<f4", |number| (number as f32).to_le_bytes().to_vec()),
        of("<f8", |number| number.to_le_bytes().to_vec()),
        of("<f4", |number| (number as f32 / 255.0).to_le_bytes().to_vec()),
    ];
    for (version, (kind, bytes)) in (1..=3).cycle().zip(kinds) {
        let test = npy(version, &kind, "(1, 2, 2)", &bytes);
        let train = npy(version, &kind, "(3, 2, 2)", &bytes.repeat(3));
        let ([_, test], _) = parse(Cursor::new(small(train, test))).unwrap();
        assert_eq!(*test.pixels, [0, 1, 128, 255], "{kind} {version}");
    }
    let file = npy(1, "|u1", "()", &[5]);
    for is_deflated in [true, false] {
        let mut archive = Archive::open(Cursor::new(zip(&[("a", &file)], is_deflated))).unwrap();
        assert_eq!(archive.read("a").unwrap(), Some(file.clone()));
        assert_eq!(archive.read("b").unwrap(), None);
    }
}

#[test]
fn channels_may_be_first_or_last() {
    let pixels = [1, 11, 21, 2, 12, 22];
    let last = npy(2, "|u1", "(1, 1, 2, 3)", &pixels);
    let train = npy(2, "|u1", "(3, 1, 2, 3)", &pixels.repeat(3));
    let ([_, test], size) = parse(Cursor::new(small(train, last))).unwrap();
    assert_eq!((size, &*test.pixels), ([3, 1, 2], &[1, 2, 11, 12, 21, 22][..]));
    let train = npy(2, "|u1", "(3, 3, 2, 5)", &[0; 90]);
    let ([train, _], size) =
        parse(Cursor::new(small(train, npy(2, "|u1", "(1, 3, 2, 5)", &[0; 30])))).unwrap();
    assert_eq!((size, train.len()), ([3, 2, 5], 3));
}

#[test]
fn each_defect_is_named() {
    let x_test = || npy(1, "|u1", "(1, 2, 2)", &[0; 4]);
    let of = |train: Vec<u8>| defect(small(train, x_test()));
    let f4 = |number: f32| number.to_le_bytes().repeat(12);
    assert!(of(npy(1, "|u1", "(3, 2, 2)", &[7; 11])).contains("promises 3 × 2 × 2, but 11 bytes"));
    assert!(of(npy(1, "|u1", "(18446744073709551615, 2, 2)", &[7; 11])).contains("promises"));
    assert!(of(npy(1, "|u1", "(12,)", &[7; 12])).contains("its x_train is 12"));
    assert!(of(npy(1, "|u1", "(3, x)", &[7; 12])).contains("type, order and shape"));
    assert!(of(npy(1, "|u1", "(0, 2, 2)", &[])).contains("its x_train is 0 × 2 × 2"));
    assert!(of(npy(1, ">i4", "(3, 2, 2)", &[0; 48])).contains("big-endian"));
    assert!(of(npy(1, "<c8", "(3, 2, 2)", &[0; 96])).contains("of type “<c8”"));
    assert!(of(npy(4, "|u1", "(3, 2, 2)", &[7; 12])).contains("no version from 1 to 3"));
    assert!(of(npy(1, "<f4", "(3, 2, 2)", &f4(256.5))).contains("number 0 is 256.5, outside"));
    assert!(of(npy(1, "<f4", "(3, 2, 2)", &f4(f32::NAN))).contains("number 0 is NaN"));
    assert!(of(npy(1, "|u1", "(2, 2, 2)", &[7; 8])).contains("3 labels for 2 images"));
    assert!(of(npy(1, "|u1", "(3, 2, 1)", &[7; 6])).contains("its test images 1 × 2 × 2"));
    let mut fortran = npy(1, "|u1", "(3, 2, 2)", &[7; 12]);
    let at = memchr::memmem::find(&fortran, b"False").unwrap();
    fortran[at..at + 5].copy_from_slice(b"True ");
    assert!(of(fortran).contains("Fortran's order"));
    assert!(of(b"\x93NUMPY".to_vec()).contains("cut short within its header"));
    assert!(defect(b"PK\x03\x04".to_vec()).contains("no whole ZIP"));
    assert!(defect(zip(&[], true)).contains("it holds no arrays"));
    let said = defect(zip(&[("arr_0.npy", &x_test()), ("arr_1.npy", &x_test())], false));
    assert_eq!(said, "it holds “arr_0”, “arr_1”");
    let bytes = npy(1, "<i8", "(1,)", &300_i64.to_le_bytes());
    let files = [("x_train.npy", x_test()), ("y_train.npy", bytes.clone())];
    let mut files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, file)| (*name, &file[..])).collect();
    let test = x_test();
    files.extend([("x_test.npy", &test[..]), ("y_test.npy", &bytes[..])]);
    assert!(defect(zip(&files, true)).contains("its y_train has 300 for image 0"));
}

#[test]
fn promises_of_an_archive_are_not_believed() {
    let whole = zip(&[("x_train.npy", &npy(1, "|u1", "(3, 2, 2)", &[7; 12]))], true);
    let entry = memchr::memmem::rfind(&whole, b"PK\x01\x02").unwrap();
    let said = |at: usize, value: u32| {
        let mut bytes = whole.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        let read = Archive::open(Cursor::new(bytes)).and_then(|mut file| file.read("x_train.npy"));
        read.unwrap_err().fact
    };
    assert!(said(entry + 24, u32::MAX).contains("4,294,967,295 bytes, more than 2 GiB"));
    // Below the limit it only takes as much memory as there is in the file.
    assert!(said(entry + 24, 2 << 30).contains("is damaged or cut short"));
    assert!(said(entry + 20, 3).contains("is damaged or cut short"));
    assert!(said(entry + 16, 3).contains("is damaged or cut short"));
    assert!(said(entry + 42, 9).contains("is not where the directory says"));
    assert!(said(entry + 8, 0x0008_0001).contains("is encrypted"));
    assert!(said(entry + 28, 0xffff).contains("directory is damaged"));
    let end = whole.len() - 22;
    assert!(said(end + 12, 0x7fff_ffff).contains("does not lie within it"));
    assert!(said(end + 16, u32::MAX).contains("more than 4 GiB"));
}

proptest! {
    #[test]
    fn any_bytes_are_an_array_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        let file = [b"\x93NUMPY\x01\0", &bytes[..]].concat();
        for file in [&bytes, &file] {
            if let Ok(array) = Array::new(file) {
                prop_assert_eq!(array.shape.iter().product::<usize>(), array.len());
            }
        }
    }

    #[test]
    fn no_damage_makes_more_of_a_file(damages in proptest::collection::vec(any::<Damage>(), 1..5)) {
        let mut bytes = usual();
        for one in damages {
            damage(&mut bytes, one);
        }
        if let Ok(([train, test], size)) = parse(Cursor::new(bytes)) {
            let values = size.iter().product::<usize>();
            prop_assert_eq!(train.pixels.len() + test.pixels.len(), (train.len() + test.len()) * values);
        }
    }

    #[test]
    fn no_damage_makes_more_of_an_array(
        damages in proptest::collection::vec(any::<Damage>(), 1..5), version in 1_u8..4,
    ) {
        let mut bytes = npy(version, "<i4", "(2, 2, 1)", &[1; 16]);
        for one in damages {
            damage(&mut bytes, one);
        }
        if let Ok(array) = Array::new(&bytes) {
            prop_assert_eq!(array.values().count(), array.len());
            let values = array.bytes(1.0);
            prop_assert!(values.is_err() || values.is_ok_and(|values| values.len() == array.len()));
        }
    }
}
