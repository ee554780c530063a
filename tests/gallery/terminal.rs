//! The real program in the terminal: what it prints, how it ends, and what it says to bad input.

use std::{
    ffi::OsString,
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::Stdio,
};

use serde_json::Value;

use crate::{
    hall_events::kept,
    support::{bundled, complaint, events, finish, number, program, run, small_data},
};

/// The events of a short run on a small data set, with these options besides.
fn short_run(data: &Path, options: &[&str]) -> Vec<Value> {
    let arguments = ["--mode", "terminal", "--json", "--epochs", "2"];
    let output = finish(program().args(arguments).arg("--data").arg(data).args(options));
    assert!(output.status.success(), "{}", complaint(&output));
    events(&output)
}

/// What happens, without the figures: "epoch 1", "state training".
fn story(events: &[Value]) -> Vec<String> {
    events
        .iter()
        .map(|event| match (&event["event"], &event["state"], &event["epoch"]) {
            (Value::String(name), Value::String(state), _) => format!("{name} {state}"),
            (Value::String(name), _, Value::Number(epoch)) => format!("{name} {epoch}"),
            (Value::String(name), ..) => name.clone(),
            _ => panic!("an event without a name: {event}"),
        })
        .collect()
}

#[test]
fn a_run_is_told_from_start_to_end() {
    let data = small_data(320, 100);
    let events = short_run(data.path(), &[]);
    let expected =
        ["started", "graph", "state training", "epoch 1", "epoch 2", "state finished", "finished"];
    assert_eq!(story(&events), expected);
    let [.., first, last, _, finished] = &events[..] else { unreachable!() };
    assert!(number(last, "train_loss") < number(first, "train_loss"), "{events:?}");
    assert_eq!(finished["steps"], 20);
    for figure in ["test_accuracy", "test_loss"] {
        assert_eq!(number(finished, figure), number(last, figure), "{figure}");
    }
    assert!(number(finished, "seconds") > 0.0);
}

#[test]
fn both_devices_learn() {
    let data = small_data(320, 100);
    for device in ["flex", "ndarray"] {
        let events = short_run(data.path(), &["--device", device]);
        assert_eq!(events[0]["device"], device);
        assert_eq!(events.last().unwrap()["steps"], 20);
    }
}

#[test]
fn without_a_display_the_terminal_is_chosen_and_says_why() {
    let data = small_data(64, 32);
    let output = finish(program().args(["--epochs", "1", "--data"]).arg(data.path()));
    assert!(output.status.success(), "{}", complaint(&output));
    let told = complaint(&output);
    let first = told.lines().next().unwrap_or_default();
    assert_eq!(
        first,
        "perceptarium: The training is told in the terminal, as no window can open: neither DISPLAY nor WAYLAND_DISPLAY names a display."
    );
}

#[test]
fn any_working_directory_will_do() {
    let elsewhere = tempfile::tempdir().unwrap();
    let output = finish(
        program()
            .args(["--mode", "terminal", "--json", "--learning-rate", "1e30"])
            .env_remove("CARGO_MANIFEST_DIR")
            .current_dir(elsewhere.path()),
    );
    // It stops early, but it has found the data.
    assert_eq!(events(&output)[0]["train_images"], 8000, "{}", complaint(&output));
}

#[test]
fn a_loss_that_is_no_number_ends_with_code_1() {
    let data = small_data(320, 100);
    let output = finish(
        program()
            .args(["--mode", "terminal", "--json", "--learning-rate", "1e30", "--data"])
            .arg(data.path()),
    );
    assert_eq!(output.status.code(), Some(1));
    let events = events(&output);
    let last = events.last().unwrap();
    assert_eq!(last["state"], "diverged", "{events:?}");
    assert_eq!(last["learning_rate"], 1e30);
    let told = complaint(&output);
    let sentence = told.lines().last().unwrap_or_default();
    let step = &last["step"];
    assert!(sentence.contains(&format!("at step {step}")), "{told}");
    assert!(sentence.contains("with learning rate 1e30:"), "{told}");
    assert!(sentence.ends_with("such as --learning-rate 0.001."), "{told}");
    assert_eq!(last["proposed_learning_rate"], 0.001);
    assert!(!told.contains("panicked"), "{told}");
}

#[test]
fn a_reader_of_events_may_leave() {
    let data = small_data(320, 100);
    let mut program = program()
        .args(["--mode", "terminal", "--json", "--epochs", "100000", "--data"])
        .arg(data.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("started"), "{first}");
    // The pipe is closed now; the next event must end the program, in peace.
    let status = program.wait().unwrap();
    let mut told = String::new();
    program.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(status.success(), "{told}");
    assert!(!told.contains("panicked"), "{told}");
}

#[test]
fn help_is_what_it_was() {
    let output = run(["--help"]);
    assert!(output.status.success());
    kept("help", &String::from_utf8(output.stdout).unwrap());
    assert!(run(["--version"]).status.success());
}

/// Runs the program, which must refuse in one sentence and exit code 2; gives the sentence.
#[track_caller]
fn refused<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> String {
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let output = run(&arguments);
    let told = complaint(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed something");
    assert_eq!(told.lines().count(), 1, "{arguments:?}: {told}");
    assert!(told.starts_with("perceptarium: "), "{arguments:?}: {told}");
    told
}

/// The same, and the sentence has these words.
#[track_caller]
fn check_refused<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>, words: &[&str]) {
    let told = refused(arguments);
    for word in words {
        assert!(told.contains(word), "“{word}” is missing in {told}");
    }
}

/// What the program says to each of these command lines, all of which it must refuse.
fn refusals(lines: &[&[&str]]) -> String {
    let said =
        |line: &&[&str]| format!("{}\n    {}", line.join(" "), refused(line.iter().copied()));
    lines.iter().map(said).collect()
}

/// The events of a descent with these options, to its end.
fn descent(options: &[&str]) -> Vec<Value> {
    let arguments = ["descent", "--mode", "terminal", "--json"];
    let output = finish(program().args(arguments).args(options));
    assert!(output.status.success(), "{}", complaint(&output));
    events(&output)
}

/// How one runner ended.
fn ended<'a>(events: &'a [Value], runner: &str) -> &'a Value {
    let runners = events.last().unwrap()["runners"].as_array().unwrap();
    runners.iter().find(|ended| ended["runner"] == runner).expect(runner)
}

#[test]
fn a_descent_tells_the_steps_of_each_runner_and_where_it_ended() {
    let events = descent(&["--steps", "1500"]);
    let expected = ["started", "graph", "state training", "state finished", "finished"];
    assert_eq!(story(&events), expected);
    assert_eq!((&events[0]["points"], &events[0]["parameters"]), (&569.into(), &2.into()));
    let end = events.last().unwrap();
    assert_eq!((&end["exhibit"], &end["problem"]), (&"descent".into(), &"line".into()));
    assert_eq!((&end["x"], &end["y"]), (&"mean radius".into(), &"worst radius".into()));
    let minimum = &end["minimum"];
    assert_eq!(minimum["how"], "normal equations");
    for runner in ["gradient_descent", "momentum", "rms_prop", "adam"] {
        let ended = ended(&events, runner);
        assert_eq!(ended["fate"], "converged", "{ended}");
        assert_eq!(ended["steps"], ended["steps_to_convergence"]);
        for at in 0..2 {
            let apart =
                ended["theta"][at].as_f64().unwrap() - minimum["theta"][at].as_f64().unwrap();
            assert!(apart.abs() < 1e-6, "{ended} {minimum}");
        }
    }
    let stochastic = ended(&events, "stochastic");
    assert_eq!((&stochastic["fate"], &stochastic["steps"]), (&"going".into(), &1500.into()));
    assert_eq!(stochastic["steps_to_convergence"], Value::Null);
}

#[test]
fn a_descent_says_who_flew_off_and_why() {
    let options = ["--learning-rate", "0.1", "--runners", "gradient-descent,adam"];
    let events = descent(&options);
    let flown = ended(&events, "gradient_descent");
    assert_eq!(flown["fate"], "diverged");
    assert!(flown["why"].as_str().unwrap().contains("above 2/λmax = 0.0807"), "{flown}");
    assert_eq!(ended(&events, "adam")["fate"], "converged");
    // It is no accident, but what was asked to be seen.
    assert_eq!(story(&events).last().map(String::as_str), Some("finished"));
}

#[test]
fn a_line_goes_through_any_table() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    fs::write(&file, "name;height (cm);weight (kg)\na;160;55\nb;170;66\nc;180;81\nd;190;88\n")
        .unwrap();
    let path = file.to_str().unwrap();
    let events = descent(&["--data", path]);
    assert_eq!(events.last().unwrap()["x"], "height (cm)");
    assert_eq!(ended(&events, "gradient_descent")["fate"], "converged");

    let rows: [(&[u8], &[&str], &[&str]); 10] = [
        (b"", &[], &["empty"]),
        (b"a,b\n1,2\n2,3\n3,4\n", &["--x", "c"], &["no column “c”", "“a”, “b”", "--x"]),
        (b"a,b\nx,y\nx,y\nx,y\n", &[], &["no column of numbers", "two columns"]),
        (b"a,b\n1,2\n2,3,4\n3,4\n", &[], &["line 3", "3 fields instead of 2"]),
        (b"a,b\n1,2\n2\n3,4\n", &[], &["line 3", "1 field"]),
        (b"a,b\n1,2\n2,\xff\n3,4\n", &[], &["line 3", "“b”", "UTF-8"]),
        (b"a,b\n1,2\n2,inf\n3,4\n", &[], &["line 3", "“b”", "not finite"]),
        (b"a,b\n1,2\n2,NaN\n3,4\n", &[], &["only 2 rows with both numbers"]),
        (b"a,b\n5,2\n5,3\n5,4\n", &[], &["“a”", "5 in every row"]),
        (b"a,b\n1,2\n2,x\n3,4\n", &["--x", "a", "--y", "b"], &["line 3", "“b”", "“x”", "numbers"]),
    ];
    for (bytes, options, words) in rows {
        fs::write(&file, bytes).unwrap();
        let start = ["descent", "--mode", "terminal", "--data", path];
        let arguments: Vec<_> = start.iter().chain(options).copied().collect();
        check_refused(arguments, words);
    }
}

#[test]
fn options_that_cannot_be_are_refused() {
    let lines: [&[&str]; 23] = [
        &["--epochs", "99999999999"],
        &["--device", "tpu"],
        &["--learning-rate", "0"],
        &["--learning-rate", "-0.1"],
        &["--learning-rate", "inf"],
        &["--learning-rate", "much"],
        &["--batch", "0"],
        &["--epochs", "0"],
        &["--threads", "0"],
        &["--mode", "cinema"],
        &["--mode", "window"],
        &["spirals"],
        &["--at-step", "5"],
        &["--screenshot", "/nowhere/at/all.png"],
        &["descent", "--runners", "stochastic", "--problem", "saddle"],
        &["descent", "--start", "1e9,0"],
        &["descent", "--start", "1"],
        &["descent", "--problem", "tumour", "--x", "a"],
        &["descent", "--problem", "saddle", "--batch", "4"],
        &["descent", "--epochs", "3"],
        &["descent", "--factors", "3"],
        &["recommender", "--steps", "3"],
        &["digits", "--problem", "line"],
    ];
    kept("refused-options", &refusals(&lines));
    // Why none is found depends on what is installed.
    check_refused(["--mode", "headset"], &["--mode headset", "--mode window"]);
}

#[test]
fn a_folder_without_assets_is_named() {
    let empty = tempfile::tempdir().unwrap();
    let output =
        finish(program().args(["--mode", "terminal"]).env("BEVY_ASSET_ROOT", empty.path()));
    let told = complaint(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains(&empty.path().display().to_string()), "{told}");
}

const TRAIN_IMAGES: &str = "train-images-idx3-ubyte";
const TRAIN_LABELS: &str = "train-labels-idx1-ubyte";
const TEST_IMAGES: &str = "t10k-images-idx3-ubyte";
const TEST_LABELS: &str = "t10k-labels-idx1-ubyte";

/// Changes one file of a data set.
fn change(folder: &Path, file: &str, edit: impl FnOnce(&mut Vec<u8>)) {
    let path = folder.join(file);
    let mut bytes = fs::read(&path).unwrap();
    edit(&mut bytes);
    fs::write(path, bytes).unwrap();
}

#[test]
fn data_that_cannot_be_is_refused() {
    type Damage = fn(&Path);
    let rows: [(Damage, &[&str]); 13] = [
        (|folder| fs::remove_file(folder.join(TRAIN_IMAGES)).unwrap(), &["train-images"]),
        (|folder| fs::remove_file(folder.join(TEST_LABELS)).unwrap(), &["t10k-labels"]),
        (
            |folder| change(folder, TRAIN_IMAGES, |bytes| bytes.truncate(bytes.len() - 10)),
            &[TRAIN_IMAGES],
        ),
        (|folder| change(folder, TRAIN_IMAGES, |bytes| bytes.truncate(7)), &[TRAIN_IMAGES]),
        (|folder| change(folder, TRAIN_IMAGES, Vec::clear), &[TRAIN_IMAGES]),
        (|folder| change(folder, TEST_LABELS, |bytes| bytes.extend([1, 2, 3])), &[TEST_LABELS]),
        (|folder| change(folder, TEST_IMAGES, |bytes| bytes[2] = 0x0d), &[TEST_IMAGES]),
        (
            // The images lie where the labels should.
            |folder| {
                fs::copy(folder.join(TRAIN_IMAGES), folder.join(TRAIN_LABELS)).unwrap();
            },
            &[TRAIN_LABELS],
        ),
        (
            |folder| {
                change(folder, TRAIN_LABELS, |bytes| {
                    bytes.pop();
                    bytes[7] -= 1;
                });
            },
            &["63", "64"],
        ),
        (|folder| change(folder, TRAIN_LABELS, |bytes| bytes[20] = 77), &[TRAIN_LABELS, "77"]),
        (
            |folder| {
                for (file, header) in [(TEST_IMAGES, 16), (TEST_LABELS, 8)] {
                    change(folder, file, |bytes| {
                        bytes.truncate(header);
                        bytes[4..8].fill(0);
                    });
                }
            },
            &["t10k"],
        ),
        (|folder| change(folder, TRAIN_IMAGES, |bytes| bytes[4..8].fill(0xff)), &[TRAIN_IMAGES]),
        (
            |folder| {
                fs::write(folder.join(format!("{TRAIN_IMAGES}.gz")), b"no gzip at all")
                    .and_then(|()| fs::remove_file(folder.join(TRAIN_IMAGES)))
                    .unwrap();
            },
            &[TRAIN_IMAGES],
        ),
    ];
    for (damage, words) in rows {
        let data = small_data(64, 32);
        damage(data.path());
        let arguments = [
            "--mode".into(),
            "terminal".into(),
            "--data".into(),
            data.path().as_os_str().to_owned(),
        ];
        check_refused(arguments, words);
    }
}

/// The data of `tests/field`, which people ran into.
fn field(name: &str) -> OsString {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/field").join(name).into()
}

#[test]
fn a_web_page_under_the_name_of_a_data_file_is_told() {
    let arguments = ["--mode".into(), "terminal".into(), "--data".into(), field("images/html")];
    check_refused(
        arguments,
        &["train-images-idx3-ubyte.gz: it is a web page; fetch the file again"],
    );
}

#[test]
fn a_rate_that_is_proposed_is_one_that_works() {
    // Without digits, whose usual rate is proposed above and learned with everywhere else.
    let rows: [&[&str]; 2] =
        [&["recommender", "--epochs", "1", "--folds", "2", "--factors", "4"], &["logistic"]];
    for arguments in rows {
        let run_at = |rate: &str| {
            let fixed = ["--mode", "terminal", "--json", "--learning-rate", rate];
            finish(program().args(arguments).args(fixed))
        };
        let diverged = run_at("1e30");
        assert_eq!(diverged.status.code(), Some(1), "{}", complaint(&diverged));
        let told = complaint(&diverged);
        let proposed = told.trim_end().trim_end_matches('.').rsplit(' ').next().unwrap();
        let again = run_at(proposed);
        assert!(again.status.success(), "{proposed}: {}", complaint(&again));
    }
    // A descent that flies off is no accident, and proposes a rate all the same.
    let flown = run(["descent", "--mode", "terminal", "--learning-rate", "1e30"]);
    let told = complaint(&flown);
    assert!(told.contains("α = 1e30") && told.contains("try --learning-rate 0.05"), "{told}");
    let runners = ["--learning-rate", "0.05", "--runners", "gradient-descent,momentum"];
    let events = descent(&runners);
    assert_eq!(ended(&events, "gradient_descent")["fate"], "converged");
    assert_eq!(ended(&events, "momentum")["fate"], "converged");
}

#[test]
fn what_was_typed_is_quoted_on_one_line() {
    let lines: [&[&str]; 5] = [
        &["recommender", "--mode", "terminal", "--user", "a\nb"],
        &["spirals\n\u{202e}"],
        &["--mode", "terminal", "--data", "/no/such\nfolder"],
        &["--device", "t\np\u{1b}u"],
        &["--screenshot", "/no\nwhere/a.png"],
    ];
    kept("refused-characters", &lines.map(|line| refused(line.iter().copied())).concat());
}

#[test]
fn a_data_folder_that_is_none_is_named() {
    let file = bundled().join(format!("{TRAIN_LABELS}.gz"));
    for folder in [Path::new("/no/such/folder"), file.as_path()] {
        let arguments =
            ["--mode".into(), "terminal".into(), "--data".into(), folder.as_os_str().to_owned()];
        check_refused(arguments, &[&folder.display().to_string()]);
    }
}

#[test]
fn the_reasons_for_an_answer_are_told_once_it_has_learned() {
    let data = small_data(320, 100);
    for exhibit in [&["digits"][..], &["network", "--model", "lenet5"]] {
        let options = [exhibit, &["--why", "7"]].concat();
        let events = short_run(data.path(), &options);
        let why = events.iter().find(|event| event["event"] == "why").unwrap();
        assert_eq!(why["test_image"], 7);
        let (maps, logits) = (why["maps"].as_array().unwrap(), why["logits"].as_array().unwrap());
        assert_eq!((maps.len(), logits.len()), (7, 10));
        for map in maps {
            let size: Vec<_> =
                map["size"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
            let values = map["values"].as_array().unwrap();
            assert_eq!(values.len() as u64, size.iter().product::<u64>());
            assert!(values.iter().all(Value::is_number));
        }
        let output = finish(
            program()
                .args(&options)
                .args(["--mode", "terminal", "--epochs", "1", "--data"])
                .arg(data.path()),
        );
        let told = String::from_utf8(output.stdout.clone()).unwrap();
        assert!(output.status.success(), "{}", complaint(&output));
        assert!(told.contains("test image 7, which is ") && told.contains("HiResCAM"), "{told}");
    }
    for (arguments, words) in [
        (&["digits", "--why", "100"][..], "--why is 100, but there are 100 images"),
        (&["digits", "--robust", "100"], "--robust is 100, but there are 100 images"),
        (&["digits", "--taught", "100"], "--taught is 100, but there are 100 images"),
        (&["network", "--model", "transformer", "--taught", "1"], "leave --taught out"),
        (&["network", "--model", "transformer", "--robust", "1"], "leave --robust out"),
        (&["descent", "--why", "1"], "--why is for the digits and a network"),
        (&["network", "--model", "transformer", "--why", "1"], "leave --why out"),
    ] {
        let mut program = program();
        program.args(["--mode", "terminal"]).args(arguments);
        if arguments[0] == "digits" {
            program.arg("--data").arg(data.path());
        }
        let output = finish(&mut program);
        assert_eq!(output.status.code(), Some(2), "{}", complaint(&output));
        assert!(complaint(&output).contains(words), "{}", complaint(&output));
    }
}

#[test]
fn where_images_lie_is_told_once_it_has_learned() {
    let data = small_data(320, 100);
    for (exhibit, layer) in
        [(&["digits"][..], "Pooled"), (&["network", "--model", "lenet5"], "logits")]
    {
        let options = [exhibit, &["--points", layer]].concat();
        let events = short_run(data.path(), &options);
        let told: Vec<&Value> = events.iter().filter(|event| event["event"] == "points").collect();
        let layouts: Vec<&Value> = told.iter().map(|points| &points["asked"]["layout"]).collect();
        assert_eq!(layouts.len(), 2, "{layouts:?}");
        assert_eq!(layouts[0], "Components");
        for points in &told {
            let count = |of: &Value| of.as_array().unwrap().len();
            let axes = points["axes"].as_u64().unwrap() as usize;
            assert_eq!((count(&points["of"]["train"]), count(&points["of"]["tests"])), (320, 100));
            assert_eq!(count(&points["places"]), 420 * axes);
            let trusted = points["trust"]["trustworthiness"].as_f64().unwrap();
            assert!(trusted > 0.5 && trusted <= 1.0, "{trusted}");
        }
        let output = finish(
            program()
                .args(&options)
                .args(["--mode", "terminal", "--epochs", "1", "--data"])
                .arg(data.path()),
        );
        let told = String::from_utf8(output.stdout.clone()).unwrap();
        assert!(output.status.success(), "{}", complaint(&output));
        for words in ["320 training and 100 test images", "components  hold ", "trustworthiness "] {
            assert!(told.contains(words), "{told}");
        }
        assert!(told.contains("attraction 1; sizes of islands"), "{told}");
    }
    for (arguments, words) in [
        (&["digits", "--points", "Dense"][..], "there is no layer “Dense”"),
        (&["network", "--model", "transformer", "--points", "logits"], "leave --points out"),
        (&["descent", "--points", "logits"], "--points is for the digits and a network"),
    ] {
        let mut program = program();
        program.args(["--mode", "terminal"]).args(arguments);
        if arguments[0] != "descent" {
            program.args(["--epochs", "1"]);
        }
        if arguments[0] == "digits" {
            program.arg("--data").arg(data.path());
        }
        let output = finish(&mut program);
        assert!(!output.status.success());
        assert!(complaint(&output).contains(words), "{}", complaint(&output));
    }
}

#[test]
fn what_units_know_is_told_once_it_has_learned() {
    let data = small_data(320, 100);
    for (exhibit, layer) in
        [(&["digits"][..], "Pooled"), (&["network", "--model", "lenet5"], "last")]
    {
        let options = [exhibit, &["--units", layer]].concat();
        let events = short_run(data.path(), &options);
        let units = events.iter().find(|event| event["event"] == "units").unwrap();
        assert_eq!((&units["images"], &units["tried_on"]), (&100.into(), &100.into()));
        let [all, none] = ["all", "none"].map(|of| units["shapley"][of].as_f64().unwrap());
        let values = units["shapley"]["values"].as_array().unwrap();
        let sum: f64 = values.iter().filter_map(Value::as_f64).sum();
        assert!((sum - (all - none)).abs() < 1e-12, "{units}");
        assert_eq!(units["units"].as_array().unwrap().len(), values.len());
        let output = finish(
            program()
                .args(&options)
                .args(["--mode", "terminal", "--epochs", "1", "--data"])
                .arg(data.path()),
        );
        let told = String::from_utf8(output.stdout.clone()).unwrap();
        assert!(output.status.success(), "{}", complaint(&output));
        assert!(told.contains("maps of ") && told.contains("Shapley values  add up to"), "{told}");
    }
    for (arguments, words) in [
        (&["digits", "--units", "Dense"][..], "there is no layer “Dense”"),
        (&["network", "--model", "transformer", "--units", "last"], "leave --units out"),
        (&["descent", "--units", "last"], "--units is for the digits and a network"),
    ] {
        let mut program = program();
        program.args(["--mode", "terminal"]).args(arguments);
        if arguments[0] != "descent" {
            program.args(["--epochs", "1"]);
        }
        if arguments[0] == "digits" {
            program.arg("--data").arg(data.path());
        }
        let output = finish(&mut program);
        assert!(!output.status.success());
        assert!(complaint(&output).contains(words), "{}", complaint(&output));
    }
}

#[test]
fn what_it_withstands_is_told_once_it_has_learned() {
    let data = small_data(320, 100);
    for exhibit in [&["digits"][..], &["network", "--model", "lenet5"]] {
        let options = [exhibit, &["--robust", "7", "--why", "7"]].concat();
        let events = short_run(data.path(), &options);
        assert!(events.iter().any(|event| event["event"] == "why"));
        let robust = events.iter().find(|event| event["event"] == "robust").unwrap();
        assert_eq!(
            (&robust["test_image"], &robust["calibration"]["images"]),
            (&7.into(), &100.into())
        );
        assert_eq!(robust["attacked"].as_array().unwrap().len(), 12);
        for withstood in robust["withstood"].as_array().unwrap() {
            let accuracies = withstood["accuracy"].as_array().unwrap();
            assert!(accuracies.len() == 4 && accuracies.iter().all(Value::is_number));
        }
        assert_eq!(robust["calibration"]["bins"].as_array().unwrap().len(), 15);
    }
    let output = finish(
        program()
            .args(["digits", "--robust", "7", "--mode", "terminal", "--epochs", "1", "--data"])
            .arg(data.path()),
    );
    let told = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{}", complaint(&output));
    for words in ["test image 7, which is ", "PGD of 0.1", "random signs", "sure of 100 images"] {
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn what_taught_it_is_told_once_it_has_learned() {
    let data = small_data(320, 100);
    for (exhibit, maps) in [(&["digits"][..], 32), (&["network", "--model", "lenet5"], 16)] {
        let events = short_run(data.path(), &[exhibit, &["--taught", "7"]].concat());
        let taught = events.iter().find(|event| event["event"] == "taught").unwrap();
        let ledger = &taught["ledger"];
        let numbers = |name: &str| ledger[name].as_array().unwrap().len();
        assert_eq!(
            (&taught["test_image"], numbers("images"), numbers("classes")),
            (&7.into(), 320, 10)
        );
        assert_eq!((numbers("helped"), numbers("hindered"), numbers("maps")), (12, 12, maps));
        assert!(ledger["residual"].as_f64().unwrap().abs() < 5e-4, "{taught}");
        assert_eq!(ledger["apart"], 0.0);
        let without = &taught["without"];
        assert_eq!(without["asked"]["left_out"].as_array().unwrap().len(), 12);
        assert_eq!(without["floor"], 0.0);
        assert_ne!(without["before"]["loss"], without["after"]["loss"]);
    }
    let output = finish(
        program()
            .args(["digits", "--taught", "7", "--mode", "terminal", "--epochs", "1", "--data"])
            .arg(data.path()),
    );
    let told = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{}", complaint(&output));
    for words in ["test image 7, which is ", "all credits add up to", "without 12", "no forecast"] {
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn weights_edited_by_hand_are_told_and_said_again_lead_the_same_way() {
    let data = small_data(320, 100);
    for exhibit in [&["digits"][..], &["network", "--model", "lenet5"]] {
        let loss = |events: &[Value]| {
            number(events.iter().find(|event| event["event"] == "finished").unwrap(), "test_loss")
        };
        let plain = short_run(data.path(), exhibit);
        let edits = ["--edit", "5:3:scale=0", "--edit", "10:3:bias=0.5"];
        let edited = short_run(data.path(), &[exhibit, &edits].concat());
        let told: Vec<&Value> = edited.iter().filter(|event| event["event"] == "edited").collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!((&told[0]["step"], &told[0]["edit"]), (&5.into(), &"5:3:scale=0".into()));
        assert_eq!((&told[1]["numbers"], &told[1]["undone"]), (&1.into(), &false.into()));
        assert_eq!(told[0]["accuracy"].as_array().unwrap().len(), 2);
        let again = short_run(data.path(), &[exhibit, &edits].concat());
        assert_eq!(loss(&edited).to_bits(), loss(&again).to_bits());
        assert_ne!(loss(&edited).to_bits(), loss(&plain).to_bits());
    }
    check_refused(["digits", "--edit", "5:3"], &["--edit cannot be so: ", "say 3:scale=0"]);
    check_refused(["digits", "--edit", "5:3:grow=1"], &["is no change of weights"]);
    check_refused(
        ["descent", "--edit", "5:3:scale=0"],
        &["--edit is for the digits and a network"],
    );
    let output = finish(
        program()
            .args(["digits", "--edit", "21:3:scale=0", "--mode", "terminal", "--epochs", "2"])
            .arg("--data")
            .arg(data.path()),
    );
    assert!(!output.status.success());
    let words = "--edit 21:3:scale=0 comes too late: the run has 20 steps";
    assert!(complaint(&output).contains(words), "{}", complaint(&output));
}

#[test]
fn all_that_is_inside_is_told_once_it_has_learned() {
    let data = small_data(320, 100);
    // The word alone stands for the digits.
    for exhibit in [&["inside"][..], &["network", "--model", "lenet5", "--inside"]] {
        let events = short_run(data.path(), exhibit);
        let told: Vec<&str> = events.iter().filter_map(|event| event["event"].as_str()).collect();
        let count = |name: &str| told.iter().filter(|event| **event == name).count();
        let all = ["why", "robust", "units", "together", "health", "landscape"];
        assert!(all.iter().all(|name| count(name) == 1), "{told:?}");
        assert_eq!((count("points"), count("alike")), (2, 3), "{told:?}");
        assert_eq!((count("taught"), count("refused")), (1, 0), "{told:?}");
        let why = events.iter().find(|event| event["event"] == "why").unwrap();
        assert_ne!(why["class"], why["read_as"], "a misread image, of which there are some");
    }
    check_refused(["descent", "--inside"], &["--inside is for the digits and a network"]);
}

#[test]
fn the_loss_around_its_way_is_told_once_it_has_learned() {
    let data = small_data(320, 100);
    for exhibit in [&["digits"][..], &["network", "--model", "lenet5"]] {
        let options = [exhibit, &["--landscape"]].concat();
        let events = short_run(data.path(), &options);
        let landscape = events.iter().find(|event| event["event"] == "landscape").unwrap();
        let asked = &landscape["asked"];
        assert_eq!((&asked["plane"], &asked["images"]), (&"Path".into(), &100.into()));
        let side = asked["side"].as_u64().unwrap();
        let losses = landscape["losses"].as_array().unwrap();
        assert_eq!(losses.len() as u64, side * side);
        assert!(losses.iter().all(|loss| loss.as_f64().is_some_and(|loss| loss > 0.0)));
        // Twenty steps, from the first weights to the last.
        let path = landscape["path"].as_array().unwrap();
        assert_eq!((path.len(), &path[0]["step"], &path[20]["step"]), (21, &0.into(), &20.into()));
        assert_eq!(path[20]["loss"], landscape["loss"]);
        assert!(number(&path[0], "loss") > number(&path[20], "loss"), "{path:?}");
        let explained: Vec<f64> = landscape["axes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|axis| number(axis, "explained"))
            .collect();
        assert!(explained[0] > explained[1] && explained[0] + explained[1] < 1.0, "{explained:?}");
    }
    let output = finish(
        program()
            .args(["digits", "--landscape", "--mode", "terminal", "--epochs", "1", "--data"])
            .arg(data.path()),
    );
    let told = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{}", complaint(&output));
    for words in ["plane  path, 21 × 21 places", "of the way's squared distances", "random walk"] {
        assert!(told.contains(words), "{told}");
    }
    for (arguments, words) in [
        (&["network", "--model", "transformer", "--landscape"][..], "leave --landscape out"),
        (&["descent", "--landscape"], "--landscape is for the digits and a network"),
    ] {
        check_refused(arguments, &[words]);
    }
}
