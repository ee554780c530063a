//! All words stand in the files of words: those that the code asks for are there, all that are there are asked for, and
//! a hall in another language has none of this one.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs, process,
};

use perceptarium::{
    exhibits,
    words::{AREAS, Language},
};

use crate::{
    angles::pages,
    halls::{Hall, LANGUAGE, language},
    rooms::sources,
};

/// Messages whose keys are made up while the program runs, by how they begin.
const MADE_UP: &[&str] = &[
    "count-",
    "layer-",
    "list-",
    "many-",
    "metric-",
    "network-word-",
    "none-",
    "one-",
    "options-",
    "table-",
    "terms-",
];

/// Files with texts of two words or more that nobody reads in the hall: names of columns and kinds of data that are
/// looked for, code that is written, formats of others.
const NO_WORDS: &[&str] = &[
    "exhibits/recommender/data/",
    "exhibits/logistic/data/mod.rs",
    "exhibits/logistic/model/split.rs",
    "exhibits/descent/data/pairs.rs",
    "exhibits/descent/view/curves.rs",
    "exhibits/network/options.rs",
    "exhibits/recommender/files/profile.rs",
    "exhibits/recommender/view/dome_families.rs",
    "learning/data/",
    "learning/device.rs",
    "network/weights/pytorch.rs",
    "network/write/",
    "network/augmentation.rs",
    "cli/options.rs",
    "cli/check.rs",
    "cli/replay.rs",
    "recording/format.rs",
    "recording/writer.rs",
    "serve/http/",
    "world/draw/",
    "words/",
    "learning/training_loop/requests.rs",
    "world/head.rs",
    "world/ui/letters.rs",
    "world/classifier/inside/board.rs",
    "world/classifier/inside/points/hang.rs",
    "world/classifier/inside/taught/hang.rs",
    "exhibits/digits/view/layers.rs",
];
/// What a text follows that is no words: names of things in the hall, of layers and metrics, which are told by keys of
/// their own, numbers of things, the log, and where the program would have to stop.
const NAMES: &[&str] = &[
    "Name::new(",
    "Landmark(",
    "half(",
    "placed.entity, ",
    "hung.entity, ",
    "LayerId::new(",
    "PanelPlan::plate(",
    "PanelPlan::clear(",
    "name: ",
    "meaning: ",
    "counted(",
    "several(",
    "expect(",
    "error!(",
    "warn!(",
    "info!(",
    "debug!(",
    "reason = ",
];

/// The keys of a language, with their texts.
fn messages(language: Language) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::<String, String>::new();
    for area in AREAS {
        let text = if language == Language::English { area.english } else { area.chinese };
        let mut last = None;
        for line in text.lines() {
            match line.split_once(" =") {
                Some((key, text)) if !line.starts_with([' ', '#']) => {
                    messages.insert(key.to_owned(), text.trim().to_owned());
                    last = Some(key.to_owned());
                }
                _ => {
                    let message = last.as_ref().and_then(|key| messages.get_mut(key));
                    if let Some(message) = message.filter(|_| line.starts_with(' ')) {
                        message.push_str(line);
                    }
                }
            }
        }
    }
    messages
}

/// The keys that the Python package sends to the hall, which begin as those of attached trainings do.
fn asked_in_python() -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    for folder in ["", "pytorch", "keras3"] {
        let folder = format!("{}/python/perceptarium/{folder}", env!("CARGO_MANIFEST_DIR"));
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "py") {
                let code = fs::read_to_string(path).unwrap();
                let texts = code.split('"').filter(|text| text.starts_with("attach-"));
                asked.extend(texts.map(str::to_owned));
            }
        }
    }
    assert!(asked.len() > 15, "{asked:?}");
    asked
}

/// The keys that the code asks for.
fn asked() -> BTreeSet<String> {
    let mut asked = asked_in_python();
    for source in sources() {
        let code: String =
            source.code.iter().map(|(_, line)| line.trim().to_owned() + "\n").collect();
        for macros in ["say!(", "key!(", "phrase!("] {
            for after in code.split(macros).skip(1) {
                let key =
                    after.trim_start().strip_prefix('"').and_then(|key| key.split('"').next());
                asked.extend(key.map(str::to_owned));
            }
        }
    }
    asked
}

#[test]
fn every_message_that_is_asked_for_is_there_and_every_other_is_gone() {
    let (asked, there) = (asked(), messages(Language::English));
    assert!(asked.len() > 2000, "only {} messages are asked for", asked.len());
    let missing: Vec<_> = asked.iter().filter(|key| !there.contains_key(*key)).collect();
    assert!(missing.is_empty(), "no file of words has {missing:?}");
    let made_up = |key: &str| MADE_UP.iter().any(|start| key.starts_with(start));
    let idle: Vec<_> = there.keys().filter(|key| !asked.contains(*key) && !made_up(key)).collect();
    assert!(idle.is_empty(), "nobody asks for {idle:?}");
}

/// Whether a text has words that somebody would read: two of them beside each other.
fn is_words(text: &str) -> bool {
    let mut outside = String::new();
    let mut depth = 0;
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            other if depth == 0 => outside.push(other),
            _ => {}
        }
    }
    let is_word =
        |word: &str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_alphabetic());
    let words: Vec<_> =
        outside.split(' ').map(|word| word.trim_matches([',', '.', ':', ';'])).collect();
    words.windows(2).any(|two| two.iter().all(|word| is_word(word)))
}

#[test]
fn no_words_stand_in_the_code() {
    assert!(is_words("Press it again") && is_words("{count} of them"));
    assert!(!is_words("learning-rate") && !is_words("{:>5}  {}") && !is_words("θ ← θ − α"));
    let mut found = Vec::new();
    for source in sources() {
        if NO_WORDS.iter().any(|path| source.path.starts_with(path)) {
            continue;
        }
        for (number, line) in &source.code {
            if line.trim_start().starts_with("#[") {
                continue;
            }
            let pieces: Vec<_> = line.split('"').collect();
            for (before, text) in pieces.iter().zip(&pieces[1..]).step_by(2) {
                let named = NAMES.iter().any(|name| before.trim_end().ends_with(name.trim_end()));
                // The noun comes behind what is counted.
                let counted = ["counted(", "several("].iter().any(|call| before.contains(call));
                if is_words(text) && !named && !counted {
                    found.push(format!("src/{}:{number}: {text}", source.path));
                }
            }
        }
    }
    assert!(found.is_empty(), "these belong into assets/words: {found:#?}");
}

/// Runs these tests of this program in a hall of another language.
#[track_caller]
fn run_in(language: Language, tests: &[&str]) {
    let done = process::Command::new(env::current_exe().unwrap())
        .args(tests)
        .args(["--exact", "--test-threads=2"])
        .env(LANGUAGE, language.tag())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "in {}: {said}", language.tag());
    assert!(said.contains(&format!("{} passed", tests.len())), "{said}");
}

#[test]
fn a_hall_in_chinese_can_be_read_as_one_in_english() {
    if language() == Language::English {
        run_in(
            Language::Chinese,
            &[
                "words::a_chinese_pupil_needs_no_english_word",
                "composition::the_first_view_of_the_digits_is_composed",
                "composition::the_first_view_of_the_descent_is_composed",
                "composition::the_first_view_of_the_table_is_composed",
                "composition::the_first_view_of_the_films_is_composed",
                "composition::the_first_view_of_a_network_is_composed",
                "composition::a_view_stays_composed_when_its_run_is_over",
                "composition::no_card_is_cut_wherever_one_points",
                "angles::every_page_of_every_exhibit_is_large_enough_to_read_and_press",
            ],
        );
    }
}

#[test]
fn a_hall_in_which_words_are_longer_can_be_read_too() {
    if language() == Language::English {
        run_in(
            Language::Pseudo,
            &[
                "composition::the_first_view_of_the_digits_is_composed",
                "composition::the_first_view_of_the_descent_is_composed",
                "composition::the_first_view_of_the_table_is_composed",
                "composition::the_first_view_of_the_films_is_composed",
                "composition::the_first_view_of_a_network_is_composed",
                "composition::a_view_stays_composed_when_its_run_is_over",
                "composition::no_card_is_cut_wherever_one_points",
            ],
        );
    }
}

/// Names and signs that are written in Latin letters in Chinese textbooks, too, keys of the keyboard, and columns of the
/// bundled table.
const LATIN: &[&str] = &[
    "ReLU",
    "softmax",
    "Adam",
    "AdamW",
    "SGD",
    "RMSProp",
    "ONNX",
    "Keras",
    "PyTorch",
    "PCA",
    "SNE",
    "AUC",
    "RMSE",
    "MAE",
    "FGSM",
    "PGD",
    "MiB",
    "KiB",
    "FashionMNIST",
    "Esc",
    "Home",
    "Shift",
    "Glorot",
    "logit",
    "logits",
    "English",
    "scikit",
    "learn",
    "CNN",
    "CSV",
    "SmoothGrad",
    "HiResCAM",
    "Grad",
    "CAM",
    "Shapley",
    "CKA",
    "BFGS",
    "max",
    "exp",
    "log",
    "min",
    "PNG",
    "VR",
    "relu",
    "conv",
    "batch",
    "norm",
    "pool",
    "flatten",
    "dense",
    "linear",
    "add",
];

/// A text without the options of the command line in it.
fn without_options(text: &str) -> String {
    let mut pieces = text.split("--");
    let mut left = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_code = |letter: char| letter.is_ascii() && !"),".contains(letter);
        left.push_str(piece.trim_start_matches(is_code));
    }
    left
}

/// Runs of Latin letters of three or more.
fn latin(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| word.len() > 2)
}

/// Latin words of the English texts that the Chinese of the same messages do not have.
fn english_words() -> BTreeSet<String> {
    let (english, chinese) = (messages(Language::English), messages(Language::Chinese));
    let mut ours = BTreeSet::new();
    for (key, text) in &english {
        let kept: BTreeSet<&str> = latin(&chinese[key]).collect();
        let own = latin(text).filter(|word| !kept.contains(word) && !LATIN.contains(word));
        ours.extend(own.map(str::to_owned));
    }
    ours
}

/// The texts of a hall in which such words stand; where the data speak, those that are not theirs alone.
fn in_english(hall: &mut Hall, ours: &BTreeSet<String>, data_speak: bool) -> Vec<String> {
    let is_chinese =
        |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let texts = hall.texts().into_iter().filter(|text| {
        let told = without_options(text);
        // Titles of papers stay as they were published.
        let is_cited = text.contains("Journal") || text.contains("Dokl.");
        latin(&told).any(|word| ours.contains(word))
            && !is_cited
            && (!data_speak || is_chinese(text))
    });
    texts.collect()
}

#[test]
fn a_chinese_pupil_needs_no_english_word() {
    if language() != Language::Chinese {
        return;
    }
    let ours = english_words();
    let mut found = BTreeSet::new();
    for exhibit in exhibits::ALL {
        let name = exhibit.id.name();
        let mut hall = Hall::of(exhibit);
        // Titles of films and columns of tables are the data's own.
        let data_speak = matches!(name, "recommender" | "logistic");
        let mut look = |hall: &mut Hall, page: &str| {
            let texts = in_english(hall, &ours, data_speak);
            found.extend(texts.into_iter().map(|text| format!("{name}, {page}: {text}")));
        };
        look(&mut hall, "as it opens");
        for page in pages(name) {
            hall.press(page);
            look(&mut hall, page);
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_language_changes_while_the_hall_is_open() {
    // All halls of a process speak the same language, so this one has a process of its own.
    if env::var(LANGUAGE).is_err() {
        run_in(Language::English, &["words::the_language_changes_while_the_hall_is_open"]);
        return;
    }
    let chinese = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let ours = english_words();
    let mut left = Vec::new();
    for exhibit in exhibits::ALL {
        let name = exhibit.id.name();
        let mut hall = Hall::of(exhibit);
        for page in pages(name) {
            hall.press(page);
        }
        hall.press("language");
        // What is written seldom has its turn.
        hall.settle();
        let data_speak = matches!(name, "recommender" | "logistic");
        let seen = hall.seen_texts();
        let mut texts = in_english(&mut hall, &ours, data_speak);
        texts.retain(|text| seen.contains(text));
        left.extend(texts.into_iter().map(|text| format!("{name}, still in English: {text}")));
        hall.press("language");
        hall.settle();
        let texts = hall.seen_texts().into_iter().filter(|text| text.contains(chinese));
        // Only the button that leads there is in Chinese.
        let texts = texts.filter(|text| text != "中文");
        left.extend(texts.map(|text| format!("{name}, still in Chinese: {text}")));
    }
    assert!(left.is_empty(), "{left:#?}");
}
