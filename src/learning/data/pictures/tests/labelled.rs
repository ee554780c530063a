//! Pictures whose classes stand in a table: every way to write one, what is left out, and what is refused.

use std::{fs, path::Path};

use image::ImageFormat;
use proptest::prelude::*;

use super::{file, plain, put};
use crate::learning::data::Dataset;

/// Pictures as bright as their number, in a folder.
fn fill(folder: &Path, count: u8) {
    for number in 0..count {
        put(folder, &format!("{number}.png"), &file(&plain(6, 5, [number; 3]), ImageFormat::Png));
    }
}

fn open(place: &Path) -> Dataset {
    Dataset::open(place, Some([4, 4]), 3).unwrap()
}

/// Brightness and class of each image of both parts, in the order of brightness.
fn told(set: &Dataset) -> Vec<(u8, &str)> {
    let of = |part: usize| {
        let images = [&set.train, &set.test][part];
        let bright = images.pixels.iter().step_by(16 * set.channels).copied();
        bright.zip(images.labels.iter().map(|label| set.classes[usize::from(*label)].as_str()))
    };
    let mut told: Vec<_> = of(0).chain(of(1)).collect();
    told.sort_unstable();
    told
}

#[test]
fn every_way_to_write_a_table_gives_the_same_set() {
    let class = |number: u8| if number.is_multiple_of(3) { "ant" } else { "Bee" };
    let wanted: Vec<_> = (0..10).map(|number| (number, class(number))).collect();
    let rows = |write: &dyn Fn(u8, &str) -> String| {
        (0..10).map(|number| write(number, class(number)) + "\n").collect::<String>()
    };
    let mut sets = Vec::new();
    for (within, name, text) in [
        (
            "",
            "labels.csv",
            "file,label\n".to_owned() + &rows(&|at, class| format!("{at}.png,{class}")),
        ),
        ("", "labels.csv", rows(&|at, class| format!("{at}.png,{class}"))),
        (
            "",
            "l.csv",
            "Class;File Name\r\n".to_owned() + &rows(&|at, class| format!("{class};./{at}.png")),
        ),
        ("", "l.tsv", "image\tlabel\n".to_owned() + &rows(&|at, class| format!("{at}\t{class}"))),
        (
            "images",
            "l.csv",
            "image_id,breed\n".to_owned() + &rows(&|at, class| format!("{at},{class}")),
        ),
        (
            "images",
            "l.csv",
            "id,path,species\n".to_owned()
                + &rows(&|at, class| format!("{},images/{at}.png,{class}", 9 - at)),
        ),
        ("train_images", "train.csv", rows(&|at, class| format!("{at},{class}"))),
        (
            "in/deep",
            "l.csv",
            "Bild,Art\n".to_owned() + &rows(&|at, class| format!("deep\\{at}.png,\"{class}\"")),
        ),
        (
            "a",
            "l.csv",
            "\u{feff},filename,label,width\n".to_owned()
                + &rows(&|at, class| format!("{at},{at}.png,{class},6")),
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fill(&folder.path().join(within), 10);
        put(folder.path(), name, text.as_bytes());
        let mut set = open(folder.path());
        set.name.clear();
        assert_eq!(told(&set), wanted, "{text}");
        // By their bytes, as folders are sorted.
        assert_eq!(*set.classes, ["Bee", "ant"].map(str::to_owned));
        assert_eq!(set.remarks, ["Tested on: a fifth of each class, drawn by seed 3"]);
        let named = Dataset { name: String::new(), ..open(&folder.path().join(name)) };
        assert_eq!(named, set);
        sets.push(set);
    }
    assert!(sets.windows(2).all(|two| two[0] == two[1]));
    // Folders of the classes give the very same.
    let folder = tempfile::tempdir().unwrap();
    for number in 0..10 {
        let picture = file(&plain(6, 5, [number; 3]), ImageFormat::Png);
        put(folder.path(), &format!("{}/{number}.png", class(number)), &picture);
    }
    // A table beside them is not asked.
    put(folder.path(), "notes.csv", b"file,label\n0.png,wasp\n");
    assert_eq!(Dataset { name: String::new(), ..open(folder.path()) }, sets[0]);
}

#[test]
fn numbers_are_classes_in_their_order_and_parts_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    fill(&folder.path().join("images"), 9);
    let rows = "0,2,train\n1,10,train\n2,2,Training\n3,10,val\n4,2,valid\n5,10,test\n6,2,test\n7,-1,train\n";
    let table = folder.path().join("t.csv");
    for heading in ["image,label,split\n", "image,label,Data Set\n", ""] {
        fs::write(&table, heading.to_owned() + rows).unwrap();
        let set = open(&table);
        assert_eq!(*set.classes, ["-1", "2", "10"].map(str::to_owned));
        assert_eq!((&*set.train.labels, &*set.test.labels), (&[0, 1, 1, 2][..], &[1, 2][..]));
        let said = ["val", "valid"]
            .map(|part| format!("Left out: 1 row of “{part}”, as “test” is tested on"));
        assert_eq!(set.remarks, said);
    }
    // Without a test the validation is one.
    fs::write(&table, "image,label,split\n0,a,train\n1,b,train\n2,a,val\n").unwrap();
    assert_eq!((open(&table).test.len(), open(&table).remarks.len()), (1, 0));
}

#[test]
fn rows_that_cannot_be_used_are_left_out_and_told() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 6);
    put(folder.path(), "text.png", b"a text");
    put(folder.path(), "twin.png", b"");
    put(folder.path(), "twin.jpg", b"");
    let rows = "file,label\ngone.png,a\n0.png,a\n1.png,a\n2.png,b\n3.png,b\n4.png,\n0.png,b\ntext.png,a\ntwin,a\n";
    put(folder.path(), "labels.csv", rows.as_bytes());
    let set = open(folder.path());
    assert_eq!(told(&set), [(0, "a"), (1, "a"), (2, "b"), (3, "b")]);
    let said =
        "Left out: 5 files, the first gone.png (there is no such picture), 4.png, 0.png and 2 more";
    assert_eq!(set.remarks[0], said);
}

#[test]
fn what_is_no_list_of_pictures_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 8);
    let table = folder.path().join("t.csv");
    let check = |text: &str, words: &str| {
        fs::write(&table, text).unwrap();
        let said = Dataset::open(folder.path(), None, 1).unwrap_err().to_string();
        assert!(said.contains("t.csv: ") && said.contains(words), "{said} | {words}");
        assert!(!said.contains('\n'), "{said}");
    };
    check("x,y\n1.5,20\n2.5,30\n", "it has no column of names of pictures, only “x”, “y”; call");
    check(
        "file,width,height\n0.png,6,5\n",
        "it has no column of labels, only “file”, “width”, “height”; call",
    );
    check(
        "file\n0.png\n",
        "it has no column of labels, only “file”; call the one with the classes “label”",
    );
    check("file,label\n0.png,a\n1.png,a\n", "“a” is its only class; name pictures of two or more");
    check(
        "file,label\nx.png,a\ny.png,b\n",
        "none of its 2 pictures is there, the first “x.png”; put them",
    );
    check("x.png,a\ny.png,b\n", "none of its 2 pictures is there, the first “x.png”; put them");
    check(
        "file,label\n0.png,a\n../1.png,b\n",
        "line 3 leads to “../1.png”; write each name as a path within",
    );
    for out in ["/home/me/1.png", "C:\\me\\1.png", "\\\\host\\1.png", "a/../../1.png"] {
        check(&format!("file,label\n0.png,a\n{out},b\n"), "line 3 leads to “");
    }
    check(
        "file,label,split\n0.png,a,train\n1.png,b,later\n",
        "line 3 is for “later”; write train, val",
    );
    check(
        "file,label,split\n0.png,a,test\n1.png,b,test\n",
        "none of its rows is to be learned from; write",
    );
    check(
        "file,label,split\n0.png,a,train\n1.png,b,train\n2.png,c,test\n",
        "it has “c”, which the training",
    );
    check("file,label\n0.png,a,3\n1.png,b\n", "line 2 has 3 fields instead of");
    check(
        &("pixel,".repeat(784) + "label\n"),
        "it has 785 columns; a list of pictures has one with",
    );
    put(folder.path(), "void.png", b"text");
    check(
        "file,label\n0.png,a\nvoid.png,b\n",
        "none of its 1 picture of “b” can be read, void.png: it is no PNG",
    );
    let many: String = (0..257).map(|class| format!("{class}.png,class {class}\n")).collect();
    for number in 8..257_u32 {
        put(folder.path(), &format!("{number}.png"), b"");
    }
    check(&many, "it has 257 classes; give at most 256 classes");
    put(folder.path(), "other.tsv", b"");
    let said = Dataset::open(folder.path(), None, 1).unwrap_err().to_string();
    assert!(said.contains("it holds several tables: “other.tsv”, “t.csv”; name the one"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_text_does_harm(text in "(file|label|split|train|test|[0-3a-b./\\\\:\",;\t\n]){0,40}") {
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path(), 4);
        put(folder.path(), "t.csv", text.as_bytes());
        match Dataset::open(folder.path(), Some([2, 2]), 1) {
            Ok(set) => prop_assert!(set.train.len() + set.test.len() <= 4 && !set.test.is_empty()),
            Err(error) => prop_assert!(!error.to_string().contains('\n')),
        }
    }
}
