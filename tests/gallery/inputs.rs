//! Inputs that a visitor chooses: test images by what the network makes of them, and pictures of one's own.

use std::{ffi::OsString, fs, path::Path, sync::Arc, time::Instant};

use bevy::{ecs::message::Messages, prelude::*, window::FileDragAndDrop};
use perceptarium::{
    images::{Picture, TestSet},
    network::{INPUT, PROBABILITIES},
    stream::{Command, InputChoice, Report, Snapshot},
    world::{
        display::{Chart, Field},
        interaction::intent::Intent,
        link::{ShownRun, ShownSnapshot},
    },
};

use crate::{
    halls::Hall,
    support::{LONG, asked, complaint, events, exhibit, finish, named, number, program, turn},
};

const EYE: Vec3 = Vec3::new(0.0, 1.6, 0.0);

/// Where on the board an image is, in uv.
fn image(hall: &mut Hall, place: usize) -> Vec2 {
    let world = hall.app.world_mut();
    let mut fields = world.query::<(&Name, &Field)>();
    let (_, field) =
        fields.iter(world).find(|(name, _)| name.as_str() == "Browsed images").unwrap();
    field.layout().rect_of_map(place).center()
}

/// Presses an image of the board, waits until the network looks at it, and gives its place in the set and the cross-entropy
/// of its true class.
fn looked_at(hall: &mut Hall, place: usize) -> (usize, f32) {
    let uv = image(hall, place);
    hall.aim_at(EYE, "Browsed images", uv, true);
    let snapshot = hall.app.world().resource::<ShownSnapshot>().get().unwrap();
    let InputChoice::Test(index) = snapshot.input else { panic!("{:?}", snapshot.input) };
    let set = hall.app.world().resource::<ShownRun>().0.material::<TestSet>().unwrap();
    let shares = snapshot.layer(PROBABILITIES).unwrap();
    (index, -shares.values[usize::from(set.labels[index])].max(1e-7).ln())
}

/// The loss that is told of the image that is pointed at.
fn told(hall: &mut Hall) -> f32 {
    let texts = hall.texts();
    let told = texts.iter().find_map(|text| text.strip_prefix("true ")?.split_once(", loss "));
    let (_, loss) = told.expect("no loss is told");
    loss.replace('−', "-").parse().unwrap()
}

fn says(hall: &mut Hall, wanted: &str) -> bool {
    hall.texts().iter().any(|text| text == wanted)
}

#[test]
fn test_images_are_browsed_by_loss_class_and_page() {
    let mut hall = Hall::of(exhibit("network"));
    hall.stand_at(EYE);
    let curves = |hall: &mut Hall| {
        let world = hall.app.world_mut();
        let mut charts = world.query_filtered::<&InheritedVisibility, With<Chart>>();
        charts.iter(world).filter(|seen| seen.get()).count()
    };
    assert_eq!(curves(&mut hall), 2);
    hall.press("network-browse");
    hall.press("network-browse-most-loss");
    assert_eq!(curves(&mut hall), 0, "the board takes their place");
    let mut losses = Vec::new();
    let mut met = Vec::new();
    for place in [0, 1, 5, 11] {
        let (index, loss) = looked_at(&mut hall, place);
        let told = told(&mut hall);
        assert!((told - loss).abs() < 0.006 + loss * 0.01, "{told} is told of {index}, not {loss}");
        losses.push(loss);
        met.push(index);
    }
    assert!(losses.is_sorted_by(|a, b| a + 1e-4 >= *b) && losses[0] > losses[3], "{losses:?}");
    // The last page of all begins where the smallest losses end.
    for _ in 0..9 {
        hall.press("network-browse-page-on");
    }
    assert!(says(&mut hall, "page 9/9"));
    let (last, least) = looked_at(&mut hall, 3);
    hall.press("network-browse-least-loss");
    assert!(says(&mut hall, "page 1/9"), "another order begins anew");
    assert_eq!(looked_at(&mut hall, 0), (last, least), "of a hundred the last is the first");
    assert!(least < losses[3] && !met.contains(&last));

    hall.press("network-browse-all");
    hall.press("network-browse-class-on");
    let (labels, of_class) = {
        let set = hall.app.world().resource::<ShownRun>().0.material::<TestSet>().unwrap();
        let labels = set.labels.clone();
        let of_class: Vec<usize> = (0..labels.len()).filter(|at| labels[*at] == 0).collect();
        (labels, of_class)
    };
    let count = format!("All images: {} of {}", of_class.len(), labels.len());
    hall.aim_away();
    assert!(says(&mut hall, &count), "“{count}” is missing in {:?}", hall.texts());
    assert_eq!(looked_at(&mut hall, 2).0, of_class[2]);
    hall.press("network-browse-close");
    assert_eq!(curves(&mut hall), 2);
}

#[test]
fn a_map_has_its_numbers_each_time_it_comes_near_while_the_run_rests() {
    let mut hall = Hall::of(exhibit("digits"));
    hall.stand_at(EYE);
    for time in ["the first time", "the second time"] {
        hall.aim_at(EYE, "Convolution", vec2(0.06, 0.06), true);
        hall.settle();
        let world = hall.app.world_mut();
        let mut fields = world.query::<(&Name, &Field)>();
        let (_, field) =
            fields.iter(world).find(|(name, _)| name.as_str() == "Chosen map").unwrap();
        let cell = field.layout().cell_at(vec2(0.5, 0.5)).unwrap();
        assert!(field.value(cell).is_some_and(f32::is_finite), "{time}");
        hall.aim_away();
        hall.say(Intent::Back);
        hall.settle();
    }
}

/// Pictures in two classes that are alike within each, and not small: train and test.
fn pictures(folder: &Path) {
    for (part, count) in [("train", 12), ("test", 3)] {
        for (class, red) in [("cherry", 220), ("plum", 60)] {
            fs::create_dir_all(folder.join(part).join(class)).unwrap();
            for number in 0..count {
                let picture = image::RgbImage::from_fn(50, 40, |x, y| {
                    image::Rgb([red, (x * 3 + number * 5) as u8, (y * 4) as u8])
                });
                let name = format!("{part}/{class}/{number}.png");
                picture.save(folder.join(name)).unwrap();
            }
        }
    }
}

fn words(folder: &Path, more: &[&str]) -> Vec<OsString> {
    let words = ["--model", "perceptron", "--epochs", "3"].iter().chain(more).map(OsString::from);
    words.chain(["--data".into(), folder.into()]).collect()
}

#[test]
fn a_picture_of_ones_own_is_read_as_the_same_test_image_is() {
    let _turn = turn();
    let folder = tempfile::tempdir().unwrap();
    pictures(folder.path());
    let own = folder.path().join("own.png");
    // The second plum of the test.
    fs::copy(folder.path().join("test/plum/1.png"), &own).unwrap();
    let (viewer, session) = asked(exhibit("network"), &words(folder.path(), &[]), &[]);
    while !matches!(viewer.report_within(LONG).expect("it ends"), Report::Finished(_)) {}
    assert!(viewer.ask(Command::Watch(InputChoice::Test(4))));
    let begun = Instant::now();
    let snapshot: Arc<Snapshot> = loop {
        if let Some(one) = viewer.newest_snapshot().filter(|one| one.input == InputChoice::Test(4))
        {
            break one;
        }
        assert!(begun.elapsed() < LONG, "no snapshot of the test image came");
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    drop(viewer);
    assert!(session.end_within(LONG));
    let shares = &snapshot.layer(PROBABILITIES).unwrap().values;

    let run = |more: &[&str]| {
        let mut program = program();
        program.args(["network", "--mode", "terminal"]).args(words(folder.path(), more));
        let output = finish(program.arg("--look-at").arg(&own));
        assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
        output
    };
    let told = events(&run(&["--json"]));
    let read = named(&told, "picture_read");
    let [read] = read[..] else { panic!("{} are read", read.len()) };
    let likelier = if shares[0] > shares[1] { "cherry" } else { "plum" };
    assert_eq!((&read["picture"], &read["read_as"]), (&"own.png".into(), &likelier.into()));
    let probabilities = read["probabilities"].as_array().unwrap();
    assert_eq!(probabilities.len(), 2);
    for of in probabilities {
        let at = usize::from(of["class"] == "plum");
        let apart = number(of, "probability") - f64::from(shares[at]);
        assert!(apart.abs() < 1e-6, "{of}, and as a test image {}", shares[at]);
    }
    // In the hall it is what one sees first.
    let mut hall = program();
    hall.args(["network", "--json", "--at-step", "1", "--size", "320x180", "--screenshot"]);
    hall.arg(folder.path().join("hall.png")).args(words(folder.path(), &[]));
    let output = finish(hall.arg("--look-at").arg(&own));
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    let told = events(&output);
    assert_eq!(named(&told, "input")[0]["shown"], "picture own.png");
    let output = run(&[]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.starts_with(&format!("own.png is read as {likelier}\n")), "{told}");
    let largest = format!(" {:.2} %  {likelier}\n", 100.0 * shares[0].max(shares[1]));
    assert!(told.contains(&largest) && told.lines().count() == 3, "{told}");
}

#[test]
fn what_is_no_picture_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    pictures(folder.path());
    let broken = folder.path().join("broken.png");
    let mut bytes = fs::read(folder.path().join("test/plum/1.png")).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(&broken, bytes).unwrap();
    let note = folder.path().join("note.jpg");
    fs::write(&note, "no picture").unwrap();
    // It says that it has 200,000 × 200,000 pixels.
    let vast = folder.path().join("vast.png");
    let mut header =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x03\x0d\x40\0\x03\x0d\x40\x08\x02\0\0\0".to_vec();
    header.extend(crc32fast::hash(&header[12..]).to_be_bytes());
    header.extend(b"\0\0\0\0IDAT");
    header.extend(crc32fast::hash(b"IDAT").to_be_bytes());
    fs::write(&vast, header).unwrap();
    for (file, why) in [
        (broken.as_path(), "it is damaged or cut short"),
        (&note, "it is no PNG, JPEG, WebP, BMP or GIF"),
        (&vast, "it has 200,000 × 200,000 pixels, more than 134,217,728"),
        (folder.path(), "it is no file"),
        (&folder.path().join("none.png"), "there is no such file"),
    ] {
        let mut program = program();
        program.args(["network", "--mode", "terminal"]).args(words(folder.path(), &[]));
        let output = finish(program.arg("--look-at").arg(file));
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        let path = file.to_string_lossy();
        assert!(said.contains(why) && said.contains(&*path), "{said}");
        assert!(said.contains("give a PNG") && said.lines().count() == 1, "{said}");
    }
    let mut program = program();
    program.args(["network", "--mode", "terminal", "--model", "transformer", "--look-at"]);
    let said = complaint(&finish(program.arg(&note)));
    assert!(said.contains("this network reads a text; leave --look-at out"), "{said}");
}

#[test]
fn a_picture_that_is_dropped_is_looked_at_and_one_that_cannot_be_read_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    pictures(folder.path());
    let mut hall = Hall::told(exhibit("network"), &words(folder.path(), &[]));
    let set = hall.app.world().resource::<ShownRun>().0.material::<TestSet>().unwrap().clone();
    let drop = |hall: &mut Hall, path: &Path| {
        let world = hall.app.world_mut();
        let window = world.query_filtered::<Entity, With<Window>>().single(world).unwrap();
        let mut dropped = world.resource_mut::<Messages<FileDragAndDrop>>();
        dropped.write(FileDragAndDrop::DroppedFile { window, path_buf: path.to_owned() });
    };
    let picture = |world: &World| {
        let snapshot = world.resource::<ShownSnapshot>().get()?.clone();
        match &snapshot.input {
            InputChoice::Other(asked) => Some((asked.get::<Picture>()?.clone(), snapshot)),
            _ => None,
        }
    };
    drop(&mut hall, &folder.path().join("test/plum/1.png"));
    hall.wait("the picture", |world| picture(world).is_some());
    hall.settle();
    let (looked_at, snapshot) = picture(hall.app.world()).unwrap();
    assert_eq!(*looked_at.values, *set.image(4).unwrap(), "as the test image is read");
    let input = snapshot.layer(INPUT).unwrap();
    let wanted: Vec<f32> =
        set.image(4).unwrap().iter().map(|value| f32::from(*value) / 255.0).collect();
    assert_eq!(*input.values, *wanted);
    for wanted in ["Your picture\n1.png", "your picture"] {
        assert!(says(&mut hall, wanted), "“{wanted}” is missing in {:?}", hall.texts());
    }
    let note = folder.path().join("note.jpg");
    fs::write(&note, "no picture").unwrap();
    for (path, why) in
        [(note.as_path(), "it is no PNG, JPEG, WebP, BMP or GIF"), (folder.path(), "it is no file")]
    {
        drop(&mut hall, path);
        let path = path.to_string_lossy().into_owned();
        let told = move |world: &mut World| {
            let mut texts = world.query::<&Text>();
            texts.iter(world).any(|text| text.0.contains(why) && text.0.contains(&path))
        };
        hall.wait("a notice", told);
    }
    hall.settle();
    let (still, _) = picture(hall.app.world()).expect("the input stays");
    assert_eq!(still, looked_at);
}
