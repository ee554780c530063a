//! Whole command lines, from what is typed to options or to one sentence.

use std::{ffi::OsString, path::PathBuf};

use super::*;

fn read(line: &str) -> Result<(Options, usize), NoOptions> {
    let words = std::iter::once("perceptarium").chain(line.split_whitespace());
    parse(words.map(OsString::from), &known())
}

fn known() -> Vec<ExhibitOptions> {
    crate::exhibits::ALL.iter().map(|exhibit| exhibit.options).collect()
}

#[test]
fn the_language_may_stand_anywhere() {
    let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
    let rows = [
        ("p --lang zh replay a.mcap", "p replay a.mcap", "--lang zh"),
        ("p compare a b --lang=en --json", "p compare a b --json", "--lang=en"),
        ("p digits --lang xx", "p digits --lang xx", ""),
        ("p digits --lang", "p digits --lang", ""),
        ("p", "p", ""),
    ];
    for (typed, rest, said) in rows {
        let (found, language) = without_language(words(typed));
        assert_eq!(found, words(rest));
        let said = if said.is_empty() { Vec::new() } else { words(said) };
        assert_eq!(language, said);
    }
}

#[test]
fn nothing_given_is_the_digits_as_in_the_readme() {
    let (options, place) = read("").unwrap();
    assert_eq!((known()[place].name, options.exhibit), ("digits", None));
    assert_eq!(options.mode, Mode::Auto);
    assert_eq!(options.device, "flex");
    assert_eq!((options.seed, options.epochs, options.batch), (42, None, None));
    assert_eq!((options.learning_rate, options.folds), (None, None));
    assert_eq!((options.data, options.threads, options.at_step), (None, None, None));
    assert_eq!(options.history_mib << 20, 268_435_456);
    assert_eq!(options.size, Size { width: 1280, height: 720 });
}

#[test]
fn everything_given_is_understood() {
    let (options, place) = read(
        "digits --mode window --device ndarray --data here --seed 7 --epochs 3 --batch 16 \
         --learning-rate 2e-3 --threads 2 --json --screenshot a.png --at-step 500 \
         --history-mib 64 --size 1920x1080",
    )
    .unwrap();
    assert_eq!((place, options.mode), (0, Mode::Window));
    assert_eq!(options.data, Some(PathBuf::from("here")));
    assert_eq!((options.seed, options.epochs, options.batch), (7, Some(3), Some(16)));
    assert_eq!(options.learning_rate, Some(0.002));
    assert_eq!(options.threads, Some(2));
    assert!(options.json);
    assert_eq!(options.screenshot, Some(PathBuf::from("a.png")));
    assert_eq!(options.at_step, Some(500));
    assert_eq!(options.history_bytes(), 64 << 20);
    assert_eq!(options.size, Size { width: 1920, height: 1080 });
}

#[test]
fn a_training_elsewhere_is_attached_to_with_what_a_hall_has() {
    let token = "0123456789abcdef0123456789ABCDEF";
    let line = format!("attach --port 4711 --token {token} --mode terminal --json");
    let (options, place) = read(&line).unwrap();
    assert!(options.attach && options.json);
    assert_eq!((known()[place].name, options.port), ("network", 4711));
    assert_eq!(options.token.as_deref(), Some(token));
    // Whoever needs larger letters needs them there, too.
    for all in [
        "--text-size 150 --contrast high --dwell 1",
        "--sound on --captions on --guide off",
        "--record a.mcap",
    ] {
        assert!(read(&format!("attach {all}")).is_ok(), "{all}");
    }
    let (options, _) = read("attach").unwrap();
    assert_eq!((options.port, options.token), (7345, None));
    assert!(!read("network").unwrap().0.attach);
    for (line, words) in [
        ("attach --data here", "--data"),
        ("attach --model lenet5", "--model"),
        ("attach --seed 7", "--seed"),
        ("attach --screenshot a.png", "--screenshot"),
        ("network --port 7", "--port"),
        ("--token 0123456789abcdef0123456789abcdef", "--token"),
        ("attach --token 12", "32"),
        ("attach --port 70000", "65535"),
    ] {
        let Err(NoOptions::Refused(why)) = read(line) else { panic!("{line} is taken") };
        assert!(why.contains(words), "{line}: {why}");
    }
}

#[test]
fn what_an_exhibit_does_not_take_is_refused() {
    let names: Vec<_> = known().iter().map(|options| options.name).collect();
    let all = format!("There is no exhibit “recommended”: choose {}.", names.join(", "));
    let rows = [
        ("recommended", all.as_str()),
        (
            "digits --steps 3",
            "--steps is for the descent, but the exhibit is digits: say perceptarium descent --steps ….",
        ),
        (
            "digits --folds 3",
            "--folds is for the recommender and logistic, but the exhibit is digits: leave it out.",
        ),
        (
            "descent --why 3",
            "--why is for the digits and a network of one's own, but the exhibit is descent: leave it out.",
        ),
        (
            "descent --robust 3",
            "--robust is for the digits and a network of one's own, but the exhibit is descent: leave it out.",
        ),
        (
            "recommender --units last",
            "--units is for the digits and a network of one's own, but the exhibit is recommender: leave it out.",
        ),
        (
            "descent --points logits",
            "--points is for the digits and a network of one's own, but the exhibit is descent: leave it out.",
        ),
        (
            "descent --taught 3",
            "--taught is for the digits and a network of one's own, but the exhibit is descent: leave it out.",
        ),
        (
            "descent --health",
            "--health is for the digits and a network of one's own, but the exhibit is descent: leave it out.",
        ),
        (
            "descent --landscape",
            "--landscape is for the digits and a network of one's own, but the exhibit is descent: leave it out.",
        ),
        (
            "logistic --header",
            "--header says how a table of your own is written: name one with --data, for recommender, descent or logistic.",
        ),
        (
            "digits --header --data here",
            "--header says how a table of your own is written: name one with --data, for recommender, descent or logistic.",
        ),
        (
            "descent --epochs 3",
            "--epochs is for what is learned again and again, but a descent is counted in steps: say --steps.",
        ),
        (
            "recommender --batch 3",
            "--batch is for what learns in batches, but the recommender learns one rating at a time: leave it out.",
        ),
    ];
    for (line, sentence) in rows {
        assert_eq!(read(line), Err(NoOptions::Refused(sentence.to_owned())), "{line}");
    }
}

#[test]
fn another_exhibit_is_visited_with_nothing_of_the_first() {
    let (options, place) =
        read("descent --steps 9 --seed 3 --learning-rate 0.1 --data here").unwrap();
    let known = known();
    let other = options.of_another(&known[place]);
    assert_eq!((other.seed, other.learning_rate, other.data), (3, None, None));
    assert_eq!(other.own.get_one::<u64>("steps"), None);
    assert_eq!(options.own.get_one::<u64>("steps"), Some(&9));
}

#[test]
fn what_cannot_be_done_is_said_in_one_sentence() {
    let rows = [
        (
            "--learning-rate 0",
            "--learning-rate cannot be “0”: give a number from 1e-30 to 1e30, such as 0.001.",
        ),
        (
            "--learning-rate -1",
            "--learning-rate cannot be “-1”: give a number from 1e-30 to 1e30, such as 0.001.",
        ),
        (
            "--learning-rate inf",
            "--learning-rate cannot be “inf”: give a number from 1e-30 to 1e30, such as 0.001.",
        ),
        (
            "--learning-rate NaN",
            "--learning-rate cannot be “NaN”: give a number from 1e-30 to 1e30, such as 0.001.",
        ),
        ("--batch 0", "--batch cannot be “0”: give a whole number from 1 to 4294967295."),
        ("--epochs 0", "--epochs cannot be “0”: give a whole number from 1 to 4294967295."),
        ("--epochs ten", "--epochs cannot be “ten”: give a whole number from 1 to 4294967295."),
        ("--threads 0", "--threads cannot be “0”: give a whole number from 1 to 1024."),
        ("--seed -3", "--seed cannot be “-3”: give a whole number from 0 to 18446744073709551615."),
        (
            "--mode cinema",
            "--mode cannot be “cinema”: choose one of auto, headset, window, terminal.",
        ),
        ("--folds 1", "--folds cannot be “1”: give a whole number from 2 to 100."),
        (
            "--scale 5..1",
            "--scale cannot be “5..1”: give the fewest and the most stars, such as 0.5..5, from -1000000 to 1000000.",
        ),
        (
            "--problem hill",
            "--problem cannot be “hill”: choose one of line, tumour, rosenbrock, saddle.",
        ),
        (
            "--runners adam,eve",
            "--runners cannot be “eve”: choose one of gradient-descent, stochastic, momentum, rmsprop, adam.",
        ),
        (
            "--start -1.2",
            "--start cannot be “-1.2”: give two numbers from -1e30 to 1e30 with a comma between them, such as 10,-4.",
        ),
        ("--steps 0", "--steps cannot be “0”: give a whole number from 1 to 1000000."),
        ("--c 0", "--c cannot be “0”: give a number from 1e-10 to 1e10, such as 1."),
        (
            "--drop-correlated 2",
            "--drop-correlated cannot be “2”: give a number from 0 to 1, such as 0.95.",
        ),
        (
            "--split half",
            "--split cannot be “half”: choose one of shuffled, stratified, sklearn42.",
        ),
        (
            "--epochs 99999999999",
            "--epochs cannot be “99999999999”: give a whole number from 1 to 4294967295.",
        ),
        ("--steps 1e30", "--steps cannot be “1e30”: give a whole number from 1 to 1000000."),
        (
            "--start 1e308,-1e308",
            "--start cannot be “1e308,-1e308”: give two numbers from -1e30 to 1e30 with a comma between them, such as 10,-4.",
        ),
        (
            "--learning-rate 1e308",
            "--learning-rate cannot be “1e308”: give a number from 1e-30 to 1e30, such as 0.001.",
        ),
        ("--c 1e-400", "--c cannot be “1e-400”: give a number from 1e-10 to 1e10, such as 1."),
        (
            "--regularisation 1e9",
            "--regularisation cannot be “1e9”: give a number from 0 to 100, such as 0.02.",
        ),
        ("--init-std -1", "--init-std cannot be “-1”: give a number from 0 to 10, such as 0.1."),
        ("--factors 1001", "--factors cannot be “1001”: give a whole number from 1 to 1000."),
        (
            "--top 99999999999",
            "--top cannot be “99999999999”: give a whole number from 1 to 4294967295.",
        ),
        ("--features 0", "--features cannot be “0”: give a whole number from 1 to 4294967295."),
        (
            "--at-step 1.5",
            "--at-step cannot be “1.5”: give a whole number of steps from 0 to 4294967295.",
        ),
        (
            "--render-scale 5",
            "--render-scale cannot be “5”: give a number from 0.25 to 4, such as 1.2.",
        ),
        (
            "--spectator-hz 1e9",
            "--spectator-hz cannot be “1e9”: give a number from 1 to 240, such as 30.",
        ),
        ("--mode", "--mode needs a value: see perceptarium --help."),
        (
            "--size 10x10",
            "--size cannot be “10x10”: give width and height in pixels, such as 1280x720, from 320x180 to 8192x8192.",
        ),
        (
            "--size big",
            "--size cannot be “big”: give width and height in pixels, such as 1280x720, from 320x180 to 8192x8192.",
        ),
        (
            "--history-mib 0",
            "--history-mib cannot be “0”: give a whole number of MiB from 1 to 1048576.",
        ),
        ("--sed 3", "There is no option “--sed”: did you mean --seed?"),
        (
            "digits digits",
            "“digits” is one exhibit too many: name one, and visit the others in the hall by their plinths or number keys.",
        ),
        ("digits fish", "“fish” is not understood: see perceptarium --help."),
        ("--seed 1 --seed 2", "--seed can be given only once."),
        (
            "--header --no-header",
            "--header and --no-header say the opposite of each other: leave one of them out.",
        ),
        ("--at-step 3", "--at-step says when to take a picture: give --screenshot FILE too."),
        (
            "--screenshot a.png --mode terminal",
            "--screenshot takes a picture of the window's hall: leave --mode out or say --mode window.",
        ),
        (
            "--demo --mode terminal",
            "--demo walks through the hall, which is in a window or a headset: leave out --mode terminal and --screenshot.",
        ),
        (
            "--demo --screenshot a.png",
            "--demo walks through the hall, which is in a window or a headset: leave out --mode terminal and --screenshot.",
        ),
    ];
    for (line, sentence) in rows {
        assert_eq!(read(line), Err(NoOptions::Refused(sentence.to_owned())), "{line}");
    }
}

#[test]
fn whatever_is_typed_is_quoted_on_one_short_line() {
    let long = "9".repeat(5000);
    let rows = [
        ["--epochs", "1\n2", "--epochs cannot be “1\\n2”: give"],
        ["--mode", "a\u{202e}b\nc", "--mode cannot be “a\\u{202e}b\\nc”: choose"],
        ["--epochs", &long, "9…”: give a whole number"],
        ["--ep\nochs", "1", "There is no option “--ep\\nochs”: did you mean --epochs?"],
        ["digits", "a\nb", "“a\\nb” is not understood"],
    ];
    for [option, value, words] in rows {
        let arguments = ["perceptarium", option, value].map(OsString::from);
        let Err(NoOptions::Refused(sentence)) = parse(arguments, &known()) else {
            panic!("{option} {value} is taken");
        };
        assert!(sentence.contains(words), "{sentence}");
        assert!(!sentence.contains('\n') && sentence.chars().count() < 200, "{sentence}");
    }
}

#[test]
fn help_and_version_are_no_trouble() {
    for line in ["--help", "--version"] {
        assert!(matches!(read(line), Err(NoOptions::Told(_))), "{line}");
    }
    let Err(NoOptions::Told(help)) = read("--help") else { panic!("no help") };
    assert!(help.starts_with("A hall in which you watch models learn"), "{help}");
}

#[test]
fn a_stranger_is_shown_what_to_do_unless_nobody_is_there_to_see_it() {
    for (line, guides) in [
        ("", true),
        ("--json", false),
        ("--demo", false),
        ("--guide off", false),
        ("--screenshot a.png", false),
        ("--json --guide on", true),
        ("--demo --guide on", false),
    ] {
        assert_eq!(read(line).map(|(options, _)| options.guides()), Ok(guides), "{line}");
    }
}
