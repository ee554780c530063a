//! Images as people have them: of any size, in colours, of few and of many classes, those of EMNIST, and pictures in folders.

use std::fs;

use crate::support::{complaint, events, finish, number, program};

/// A made-up set: an image of class c is bright in the c-th of as many fields, in one of its colours, and dim elsewhere.
struct Set {
    channels: usize,
    rows: usize,
    columns: usize,
    classes: usize,
    /// What labels begin with.
    first_label: usize,
    /// What stands before the names of the files, and what the test is called.
    names: (&'static str, &'static str),
}

const PLAIN: (&str, &str) = ("", "t10k");

impl Set {
    fn pixel(&self, class: usize, noise: &mut u32, at: usize) -> u8 {
        let (place, channel) = (at / self.channels, at % self.channels);
        let (row, column) = (place / self.columns, place % self.columns);
        let of_channel = self.classes.div_ceil(self.channels);
        let across = (1..).find(|side| side * side >= of_channel).unwrap().min(self.columns);
        let down = of_channel.div_ceil(across);
        let field = row * down / self.rows * across + column * across / self.columns;
        *noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let dim = (*noise >> 27) as u8;
        let lit = channel == class % self.channels && field == class / self.channels;
        if lit { 220 + dim } else { dim }
    }

    /// Some images of each class in turn, as IDX files in a folder.
    fn write(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let (before, test) = self.names;
        let mut noise = 7;
        for (part, count) in [("train", 40 * self.classes), (test, 10 * self.classes)] {
            let size = self.channels * self.rows * self.columns;
            let class = |image: usize| image % self.classes;
            let pixels: Vec<u8> = (0..count * size)
                .map(|at| self.pixel(class(at / size), &mut noise, at % size))
                .collect();
            let labels: Vec<u8> =
                (0..count).map(|image| (class(image) + self.first_label) as u8).collect();
            let sizes = [count, self.rows, self.columns, self.channels];
            let dimensions = if self.channels == 1 { 3 } else { 4 };
            let name = |what, dimensions| format!("{before}{part}-{what}-idx{dimensions}-ubyte");
            let images = name("images", dimensions);
            fs::write(folder.path().join(images), idx(&sizes[..dimensions], &pixels)).unwrap();
            fs::write(folder.path().join(name("labels", 1)), idx(&[count], &labels)).unwrap();
        }
        folder
    }
}

fn idx(sizes: &[usize], values: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| (*size as u32).to_be_bytes()));
    bytes.extend(values);
    bytes
}

#[test]
fn a_set_of_any_size_is_learned_and_its_network_declared() {
    let grey = Set { channels: 1, rows: 1, columns: 1, classes: 2, first_label: 0, names: PLAIN };
    // Filters, and the parameters that they, the biases and the dense layer have.
    let sets = [
        (
            Set { channels: 3, rows: 12, columns: 20, classes: 6, ..grey },
            5,
            5 * 28 + (5 * 5 * 9 + 1) * 6,
        ),
        (Set { rows: 3, columns: 64, classes: 4, ..grey }, 6, 6 * 10 + (6 * 31 + 1) * 4),
        // Labels of letters begin at 1, and what is 0 stands for nothing.
        (
            Set {
                rows: 28,
                columns: 28,
                classes: 26,
                first_label: 1,
                names: ("emnist-letters-", "test"),
                ..grey
            },
            32,
            32 * 10 + (32 * 169 + 1) * 27,
        ),
        (grey, 4, 4 * 2 + 5 * 2),
    ];
    for (set, filters, parameters) in sets {
        let folder = set.write();
        let output = finish(
            program()
                .args(["digits", "--mode", "terminal", "--json", "--epochs", "20", "--batch", "8"])
                .args(["--learning-rate", "0.01", "--filters", &filters.to_string(), "--data"])
                .arg(folder.path()),
        );
        assert!(output.status.success(), "{}", complaint(&output));
        let events = events(&output);
        let Set { channels, rows, columns, .. } = set;
        let what = format!("{channels} × {rows} × {columns}");
        assert_eq!(events[0]["parameters"], parameters, "{what}");
        let dims = events[1]["tensors"][0]["dims"].as_array().unwrap();
        let sizes: Vec<_> = dims.iter().map(|dim| dim["size"].as_u64().unwrap()).collect();
        assert_eq!(sizes, [channels as u64, rows as u64, columns as u64]);
        let accuracy = number(events.last().unwrap(), "test_accuracy");
        assert!(accuracy > 0.9, "{what}: {accuracy}");
    }
}

#[test]
fn a_set_that_the_hall_has_no_room_for_is_refused() {
    let square = |side, classes| Set {
        channels: 1,
        rows: side,
        columns: side,
        classes,
        first_label: 0,
        names: PLAIN,
    };
    for (set, words) in [
        (
            square(65, 2),
            "its images are 65 × 65 pixels; this exhibit reads images of 1 to 64 pixels a side",
        ),
        (square(4, 1), "it has 1 class; this exhibit tells 2 to 100 classes apart"),
        (square(11, 101), "it has 101 classes; this exhibit tells 2 to 100 classes apart"),
    ] {
        let folder = set.write();
        let output =
            finish(program().args(["digits", "--mode", "terminal", "--data"]).arg(folder.path()));
        assert_eq!(output.status.code(), Some(2));
        assert!(complaint(&output).contains(words), "{}", complaint(&output));
    }
}

#[test]
fn pictures_are_learned_as_they_lie_in_folders() {
    let folder = tempfile::tempdir().unwrap();
    let learn = || {
        let mut program = program();
        program.args(["network", "--mode", "terminal", "--model", "perceptron"]);
        finish(program.args(["--epochs", "3", "--data"]).arg(folder.path()))
    };
    let refused = learn();
    assert_eq!(refused.status.code(), Some(2));
    assert!(complaint(&refused).contains("it is empty; name a folder of IDX files"));
    for (class, red) in [("cherry", 220), ("plum", 60)] {
        fs::create_dir(folder.path().join(class)).unwrap();
        for number in 0..20 {
            let picture = image::RgbImage::from_pixel(48, 40, image::Rgb([red, number, 70]));
            picture.save(folder.path().join(format!("{class}/{number}.jpg"))).unwrap();
        }
    }
    fs::write(folder.path().join("plum/eaten.jpg"), "a text").unwrap();
    let output = learn();
    let said = complaint(&output);
    assert!(output.status.success(), "{said}");
    let left_out = "Left out: 1 file, the first plum/eaten.jpg (it is no PNG, JPEG";
    assert!(said.contains(left_out) && said.contains("a fifth of each class"), "{said}");
    fs::remove_dir_all(folder.path().join("cherry")).unwrap();
    let refused = learn();
    assert_eq!(refused.status.code(), Some(2));
    assert!(complaint(&refused).contains("“plum” is its only class; give it a folder"));
}
