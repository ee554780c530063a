//! A labelled set of images in a folder, under the names that MNIST and its followers use.
//!
//! EMNIST (<https://www.nist.gov/itl/products-and-services/emnist-dataset>) puts its name and its split before them, lays
//! each image on its side, and tells in a mapping which character each label stands for; it is known by that name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    defect::broken,
    idx::{IdxImages, read_images, read_labels},
    not_idx,
};
use crate::learning::TrainError;

/// Class names of Fashion-MNIST: <https://github.com/zalandoresearch/fashion-mnist#labels>.
const FASHION: [&str; 10] = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
];
/// A file beside the images that names the classes, one a line.
const CLASSES_FILE: &str = "classes.txt";
/// Classes that a set of MNIST's size has at least: it stands for ten even if one is missing.
const MNIST_CLASSES: usize = 10;
/// Rows and columns of an image of MNIST.
const MNIST_SIDE: usize = 28;
/// Before the names of EMNIST's files, as in `emnist-letters-train-images-idx3-ubyte`.
const EMNIST: &str = "emnist-";

/// Images with their labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// Values 0..=255, image after image, channel after channel, row by row.
    pub pixels: Arc<[u8]>,
    /// The class of each image.
    pub labels: Arc<[u8]>,
}

impl Images {
    /// How many images there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image at all.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }
}

/// Images to learn from and images to be tested on, all of one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// What the set is called: the name of its folder.
    pub name: String,
    /// Channels of an image: 1 if it is grey, 3 if it is red, green and blue.
    pub channels: usize,
    /// Rows of an image.
    pub rows: usize,
    /// Columns of an image.
    pub columns: usize,
    /// What each class is called.
    pub classes: Arc<[String]>,
    /// Images to learn from.
    pub train: Images,
    /// Images to be tested on.
    pub test: Images,
}

impl Dataset {
    /// Reads the four IDX files of a folder: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and
    /// the same with `t10k-`, each also gzipped (`.gz`) or with a dot before `idx`.
    ///
    /// Files of EMNIST are read under its own names, such as `emnist-letters-test-images-idx3-ubyte.gz`, and set upright.
    ///
    /// The classes are named by `classes.txt`, else by EMNIST's mapping, else by what Fashion-MNIST calls them if the
    /// folder's name says that it is that set, else by their numbers.
    pub fn read(folder: &Path) -> Result<Self, TrainError> {
        if !folder.is_dir() {
            return Err(if folder.exists() {
                not_idx::file(folder)
            } else {
                broken(folder, "there is no such folder", "name a folder of IDX files with --data")
            });
        }
        if !is_idx(folder) {
            return Err(not_idx::folder(folder, is_idx));
        }
        let split = emnist_split(folder)?;
        let (train, train_size, train_labels) = read_part(folder, split.as_deref(), "train")?;
        let (test, test_size, test_labels) = read_part(folder, split.as_deref(), "t10k")?;
        if train_size != test_size {
            let words = |[channels, rows, columns]: [usize; 3]| match channels {
                1 => format!("{rows} × {columns}"),
                _ => format!("{rows} × {columns} × {channels}"),
            };
            let fact = format!(
                "its training images are {} pixels, its test images {}",
                words(train_size),
                words(test_size)
            );
            return Err(broken(folder, fact, "take both from the same data set"));
        }
        let name = folder_name(folder);
        let usual = if train_size == [1, MNIST_SIDE, MNIST_SIDE] { MNIST_CLASSES } else { 1 };
        let classes = match class_names(folder, (&name, split.as_deref()))? {
            Some(named) => named,
            None => numbered(&[(&train, &train_labels), (&test, &test_labels)], usual)?,
        };
        for (part, path) in [(&train, &train_labels), (&test, &test_labels)] {
            if let Some(at) =
                part.labels.iter().position(|&label| usize::from(label) >= classes.len())
            {
                let fact = format!(
                    "label {} of image {at} is outside the {} classes",
                    part.labels[at],
                    classes.len()
                );
                return Err(broken(
                    path,
                    fact,
                    "correct the labels or name more classes in classes.txt",
                ));
            }
        }
        let [channels, rows, columns] = train_size;
        Ok(Self { name, channels, rows, columns, classes, train, test })
    }
}

fn folder_name(folder: &Path) -> String {
    // A path such as `.` has no name of its own.
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    full.file_name().map_or_else(|| "data".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Reads images and labels of one part, with channels, rows and columns of an image and where the labels lie.
fn read_part(
    folder: &Path,
    split: Option<&str>,
    part: &str,
) -> Result<(Images, [usize; 3], PathBuf), TrainError> {
    let images_path = find(folder, split, (part, "images", &[3, 4]))?;
    let labels_path = find(folder, split, (part, "labels", &[1]))?;
    let mut images = read_images(&images_path)?;
    if split.is_some() {
        images = upright(images);
    }
    let labels = read_labels(&labels_path)?;
    if labels.len() != images.count {
        let fact = format!("it holds {} labels for {} images", labels.len(), images.count);
        return Err(broken(&labels_path, fact, "take images and labels from the same data set"));
    }
    let size = [images.channels, images.rows, images.columns];
    Ok((Images { pixels: images.pixels.into(), labels: labels.into() }, size, labels_path))
}

/// EMNIST's images lie on their side: rows are columns.
fn upright(images: IdxImages) -> IdxImages {
    let IdxImages { count, channels, rows, columns, pixels } = images;
    let mut turned = Vec::with_capacity(pixels.len());
    for plane in pixels.chunks_exact(rows * columns) {
        for column in 0..columns {
            turned.extend(plane.iter().skip(column).step_by(columns));
        }
    }
    IdxImages { count, channels, rows: columns, columns: rows, pixels: turned }
}

/// A file of a set: part, what it holds, and in how many dimensions it may be.
type Held<'a> = (&'a str, &'a str, &'a [u8]);

/// The four files.
const FILES: [Held<'static>; 4] = [
    ("train", "images", &[3, 4]),
    ("train", "labels", &[1]),
    ("t10k", "images", &[3, 4]),
    ("t10k", "labels", &[1]),
];

/// Where a file may lie, the usual name first.
fn places(folder: &Path, split: Option<&str>, (part, what, dimensions): Held<'_>) -> Vec<PathBuf> {
    let before = split.map_or_else(String::new, |split| format!("{EMNIST}{split}-"));
    // EMNIST calls its test a test.
    let part = if split.is_some() && part == "t10k" { "test" } else { part };
    let names = dimensions.iter().flat_map(|dimensions| {
        ['-', '.']
            .map(|mark| folder.join(format!("{before}{part}-{what}{mark}idx{dimensions}-ubyte")))
    });
    names.flat_map(|plain| [plain.with_added_extension("gz"), plain].into_iter().rev()).collect()
}

/// Whether at least one of the four files lies in a folder.
fn is_idx(folder: &Path) -> bool {
    let usual =
        || FILES.iter().flat_map(|file| places(folder, None, *file)).any(|path| path.is_file());
    usual() || !emnist_splits(folder).is_empty()
}

/// The splits of EMNIST that lie in a folder, such as `letters`.
fn emnist_splits(folder: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let split = |name: String| {
        let (split, _) = name.strip_prefix(EMNIST)?.split_once("-train-images")?;
        Some(split.to_owned())
    };
    names.filter_map(split).collect()
}

/// The one split of EMNIST that lies in a folder, if any does.
fn emnist_split(folder: &Path) -> Result<Option<String>, TrainError> {
    let splits = emnist_splits(folder);
    if splits.len() > 1 {
        let names = splits.into_iter().collect::<Vec<_>>().join(", ");
        let fact = format!("it holds several splits of EMNIST: {names}");
        return Err(broken(
            folder,
            fact,
            "put the four files of one of them into a folder of their own",
        ));
    }
    Ok(splits.into_iter().next())
}

/// The first of the usual names that is there; some programs unpack each file into a folder of its name.
fn find(folder: &Path, split: Option<&str>, held: Held<'_>) -> Result<PathBuf, TrainError> {
    let places = places(folder, split, held);
    places.iter().find(|path| path.is_file()).cloned().ok_or_else(|| {
        let fact = if places[0].is_dir() {
            "it is a folder, not a file"
        } else {
            "there is no such file, gzipped (.gz) or not"
        };
        broken(&places[0], fact, "put it there or name another folder with --data")
    })
}

/// What EMNIST's mapping calls its classes: in each line a label and the code of its character, and in lists of letters that
/// of the small letter beside it.
fn mapped(folder: &Path, split: &str) -> Option<Arc<[String]>> {
    let text = fs::read_to_string(folder.join(format!("{EMNIST}{split}-mapping.txt"))).ok()?;
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut numbers = line.split_whitespace().map(str::parse::<u32>);
        let (label, code) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        names.insert(label as usize, char::from_u32(code)?.to_string());
    }
    let most = *names.keys().next_back().filter(|most| **most < 256)?;
    // Labels that stand for nothing, as 0 where letters are counted from 1, keep their place.
    Some((0..=most).map(|label| names.remove(&label).unwrap_or_else(|| "–".to_owned())).collect())
}

/// What the classes are called, if that is said anywhere.
fn class_names(
    folder: &Path,
    (name, split): (&str, Option<&str>),
) -> Result<Option<Arc<[String]>>, TrainError> {
    let path = folder.join(CLASSES_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let names: Vec<String> = text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect();
            if names.is_empty() || names.len() > 256 {
                let fact = format!("it names {} classes", names.len());
                return Err(broken(&path, fact, "write one name a line, 1 to 256 of them"));
            }
            return Ok(Some(names.into()));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => {
            return Err(broken(
                &path,
                error.to_string(),
                "make it a readable text file or remove it",
            ));
        }
    }
    if let Some(names) = split.and_then(|split| mapped(folder, split)) {
        return Ok(Some(names));
    }
    if name.to_lowercase().contains("fashion") {
        return Ok(Some(FASHION.map(str::to_owned).into()));
    }
    Ok(None)
}

/// The classes by their numbers; a label far beyond the others is a damaged one, though a small set may lack some.
fn numbered(parts: &[(&Images, &PathBuf)], usual: usize) -> Result<Arc<[String]>, TrainError> {
    let labels = || parts.iter().flat_map(|(images, _)| images.labels.iter().copied());
    let highest = labels().max().unwrap_or(0);
    let classes = usual.max(usize::from(highest) + 1);
    let met = labels().collect::<BTreeSet<u8>>().len();
    if classes > 2 * met + MNIST_CLASSES {
        for (images, path) in parts {
            if let Some(at) = images.labels.iter().position(|label| *label == highest) {
                let fact = format!(
                    "label {highest} of image {at} would make {classes} classes, but only {met} have images"
                );
                let remedy = "correct the labels or name the classes in classes.txt";
                return Err(broken(path, fact, remedy));
            }
        }
    }
    Ok((0..classes).map(|class| class.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let first: Vec<&[u8]> =
                data.train.pixels.chunks(size).map(|plane| &plane[..2]).collect();
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
}
