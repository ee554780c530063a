//! The recommender in the terminal: what it reaches on the shipped ratings, what it prints, how it refuses bad files.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use perceptarium::{
    exhibits::recommender::payload::{Layout, LayoutProgress, TasteAnswer, TasteAsk},
    exhibits::recommender::{self, ReadOptions, Settings},
    learning::{Session, TrainingConfig},
    stream::{Command, InputChoice, Report, RunState, connect},
};
use serde_json::Value;

use crate::support::{complaint, events, finish, named, number, program, run};

/// The events of a recommender that learns in the terminal, with these options.
fn learned(options: &[&str]) -> Vec<Value> {
    let output =
        finish(program().args(["recommender", "--mode", "terminal", "--json"]).args(options));
    assert!(output.status.success(), "{}", complaint(&output));
    events(&output)
}

/// A few people with two tastes, as a CSV that MovieLens could have written.
pub(crate) fn small_ratings() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut ratings = "userId,movieId,rating,timestamp\n".to_owned();
    for person in 0..12 {
        for film in 0..10 {
            if (person * 7 + film * 3) % 4 != 0 {
                let likes = (person + film) % 2 == 0;
                let stars = if likes { 4.5 } else { 2.0 } + f64::from(person * film % 2) / 2.0;
                ratings += &format!("{person},{film},{stars},{}\n", 1_000_000 + film);
            }
        }
    }
    let films = (0..10).map(|film| format!("{film},\"Film {film} ({})\",Drama\n", 1990 + film));
    let films: String = std::iter::once("movieId,title,genres\n".to_owned()).chain(films).collect();
    fs::write(folder.path().join("ratings.csv"), ratings).unwrap();
    fs::write(folder.path().join("movies.csv"), films).unwrap();
    folder
}

#[test]
fn the_shipped_ratings_are_learned_as_well_as_by_the_reference() {
    let events = learned(&[]);
    let started = &events[0];
    assert_eq!(
        (&started["event"], &started["exhibit"]),
        (&"started".into(), &"recommender".into())
    );
    assert_eq!(started["ratings"], 100_004);
    // (671 people + 9,066 films) × (100 factors + 1 bias).
    assert_eq!(started["parameters"], (671 + 9066) * 101);

    let epochs = named(&events, "epoch");
    assert_eq!(epochs.len(), 20);
    assert!(number(epochs[19], "train_loss") < number(epochs[0], "train_loss"));

    let folds = named(&events, "fold");
    assert_eq!(folds.len(), 5);
    assert_eq!(folds.iter().map(|fold| fold["ratings"].as_u64().unwrap()).sum::<u64>(), 100_004);

    // Surprise 1.1.5 reaches RMSE 0.8961 and MAE 0.6900 on the same file: assets/datasets/README.md.
    let [finished] = named(&events, "finished")[..] else { panic!("{events:?}") };
    let figure = |name: &str| number(finished, name);
    assert!((figure("rmse") - 0.8961).abs() < 0.008, "{finished}");
    assert!((figure("mae") - 0.6900).abs() < 0.008, "{finished}");
    let mean = folds.iter().map(|fold| number(fold, "rmse")).sum::<f64>() / 5.0;
    assert!((figure("rmse") - mean).abs() < 1e-9);
    assert!(figure("rmse") < figure("bias_rmse") + 0.01, "{finished}");
    for name in ["precision_at_10", "recall_at_10", "ndcg_at_10", "popular_ndcg_at_10"] {
        assert!((0.0..1.0).contains(&figure(name)) && figure(name) > 0.0, "{name}: {finished}");
    }
    assert_eq!(finished["exhibit"], "recommender");
    assert!(figure("seconds") > 0.0 && figure("rmse_std") > 0.0);
}

#[test]
fn a_list_is_printed_with_its_reasons_and_written_to_files() {
    let data = small_ratings();
    let list = data.path().join("list.csv");
    let factors = data.path().join("learned");
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let options = [
        "--data",
        &text(data.path()),
        "--epochs",
        "30",
        "--factors",
        "4",
        "--user",
        "3",
        "--top",
        "2",
        "--save-list",
        &text(&list),
        "--save-factors",
        &text(&factors),
    ];
    let events = learned(&options);
    let films = named(&events, "recommended");
    assert!(!films.is_empty() && films.len() <= 2, "{events:?}");
    for film in &films {
        assert_eq!(film["user"], "3");
        let terms = film["terms"].as_object().unwrap();
        let sum: f64 = terms.values().map(|term| term.as_f64().unwrap()).sum();
        let stars = number(film, "stars");
        assert!((sum.clamp(2.0, 5.0) - stars).abs() < 1e-9, "{film}");
        assert!(film["title"].as_str().unwrap().starts_with("Film "), "{film}");
        assert!(!film["moved_by"].as_array().unwrap().is_empty(), "{film}");
    }
    let written = fs::read_to_string(&list).unwrap();
    assert_eq!(written.lines().count(), films.len() + 1, "{written}");
    let items = fs::read_to_string(data.path().join("learned-items.csv")).unwrap();
    let people = fs::read_to_string(data.path().join("learned-people.csv")).unwrap();
    assert_eq!((items.lines().count(), people.lines().count()), (11, 13));

    let output = finish(program().args(["recommender", "--mode", "terminal"]).args(&options[..10]));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("stars  Film") && printed.contains("taste"), "{printed}");
}

#[test]
fn what_cannot_be_done_is_said_in_one_sentence() {
    let data = small_ratings();
    let path = data.path().to_str().unwrap();
    let broken = data.path().join("broken.csv");
    let file = |text: &str| {
        fs::write(&broken, text).unwrap();
        broken.to_str().unwrap().to_owned()
    };
    let with = |text: &str| vec!["--data".to_owned(), file(text)];
    let rows: Vec<(Vec<String>, &[&str])> = vec![
        (vec!["--user".into(), "nobody".into(), "--data".into(), path.into()], &["nobody"]),
        (vec!["--top".into(), "5".into()], &["--user"]),
        (vec!["--batch".into(), "5".into()], &["--batch"]),
        (vec!["--data".into(), "/nowhere".into()], &["/nowhere"]),
    ];
    let refused = |options: &[String], words: &[&str]| {
        let output = run(["recommender", "--mode", "terminal"]
            .into_iter()
            .map(str::to_owned)
            .chain(options.iter().cloned()));
        let told = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{options:?}: {told}");
        assert_eq!(told.lines().count(), 1, "{told}");
        for word in words {
            assert!(told.contains(word), "“{word}” is missing in: {told}");
        }
    };
    for (options, words) in rows {
        refused(&options, words);
    }
    refused(&with(""), &["broken.csv", "empty"]);
    refused(&with("a,b\n1,2\n"), &["broken.csv", "column"]);
    refused(&with("user,item,rating\n1,1,4\n1,2,many\n"), &["broken.csv", "line 3", "many"]);
    refused(&with("user,item,rating\n1,1,4\n1,2,3\n1,3,5\n"), &["broken.csv", "one person"]);
    let output = run(["digits", "--mode", "terminal", "--folds", "3"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint(&output).contains("--folds is for the recommender"));
}

#[test]
fn films_find_their_neighbours_while_the_run_is_paused() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/movielens-latest-small");
    let ratings = recommender::load(&data, &ReadOptions::default()).unwrap();
    let config =
        TrainingConfig { epochs: 1, batch: 1, learning_rate: 0.005, ..TrainingConfig::default() };
    let (room, trainer) = connect();
    room.ask(Command::Pause);
    let _session =
        Session::start(recommender::trainable(ratings, Settings::default()), config, trainer)
            .unwrap();
    let ask = TasteAsk { layout: Layout::Neighbours(1), ..TasteAsk::default() };
    room.ask(Command::Watch(InputChoice::of(ask)));
    let (begun, mut paused, mut epochs) = (Instant::now(), false, Vec::new());
    let done = loop {
        assert!(begun.elapsed() < Duration::from_secs(240), "{epochs:?}");
        if let Some(Report::State { state, .. }) = room.report_within(Duration::from_millis(20)) {
            paused = state == RunState::Paused;
        }
        let Some(snapshot) = room.newest_snapshot() else { continue };
        match snapshot
            .answer::<TasteAnswer>()
            .and_then(|answer| answer.laid.clone())
            .map(|laid| laid.progress)
        {
            Some(LayoutProgress::Moving { epoch, .. }) => epochs.push(epoch),
            Some(LayoutProgress::Done { kept, kept_before }) => break (kept, kept_before),
            Some(LayoutProgress::Refused(reason)) => panic!("{reason}"),
            Some(LayoutProgress::Searching { .. }) | None => {}
        }
    };
    assert!(paused && epochs.len() > 3 && epochs.is_sorted(), "it is seen on its way: {epochs:?}");
    assert!(done.0 > done.1, "{done:?}");
}
