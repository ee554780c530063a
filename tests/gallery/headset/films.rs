//! The recommender in a headset: films are searched, rated and explained by hand, and another exhibit is visited.

use perceptarium::world::body::Side;
use serde_json::Value;

use super::visit::Visit;
use crate::{recommender::small_ratings, support::number};

/// The keys that write “film 7” on the board: on the second layer the key of U writes 7.
const FILM_7: [&str; 7] = ["key-f", "key-i", "key-l", "key-m", "key-space", "key-figures", "key-u"];

#[test]
fn films_are_searched_rated_and_explained_by_hand() {
    let data = small_ratings();
    let options = ["recommender", "--mode", "headset", "--factors", "8"];
    let mut visit = Visit::begin(data.path(), &options);
    let list_of = |visit: &mut Visit, who: &str| {
        let list = visit.event("list", |event| event["who"] == who);
        assert!(number(&list, "eligible") <= 10.0 && list["of"] == 10, "{list}");
        list
    };
    // It may have been told before the headset was put on.
    visit
        .events
        .newest("the first person's list", |event| event["event"] == "list" && event["who"] == "0");

    // A field brings keys that hands can press.
    visit.press(Side::Right, "unfold-taste");
    visit.press(Side::Right, "taste-tab-you");
    visit.press(Side::Right, "search-field");
    for key in FILM_7 {
        visit.press(Side::Right, key);
    }
    visit.press(Side::Right, "key-done");
    // What was found moves to where the keys were.
    visit.frames(4);
    visit.press(Side::Right, "search-row-1");
    visit.press(Side::Left, "rate-4");
    let rated = visit.event("rated", |_| true);
    let film = rated["item"].clone();
    assert!(film.as_str().unwrap().starts_with("Film 7 ") && rated["ratings"] == 1, "{rated}");
    assert!((3.5..=4.5).contains(&number(&rated, "stars")), "{rated}");
    let list = list_of(&mut visit, "you");
    assert_eq!(list["eligible"], 9, "what is rated is not recommended: {list}");
    let titles: &Vec<Value> = list["top"].as_array().unwrap();
    assert!(!titles.is_empty() && !titles.contains(&film), "{list}");

    // The first of the list is explained, with what lies near it in taste.
    visit.press(Side::Right, "taste-tab-list");
    visit.press(Side::Right, "film-row-1");
    visit.place("why-near");

    // A plinth leads to another exhibit, which is opened meanwhile.
    visit.press(Side::Left, "visit-digits");
    visit.event("visited", |event| event["exhibit"] == "digits");
    let started = visit.event("started", |_| true);
    assert_eq!(started["exhibit"], "digits");
    visit.press(Side::Right, "pause");
    visit.state("paused");
    visit.close();
}
