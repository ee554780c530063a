//! A visitor's profile as a file: what they rated, by the names that the data set gives, so that it outlives a run.

use std::{collections::HashMap, fs::File, io::Read, path::Path};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{FileError, save};
use crate::{
    exhibits::recommender::payload::{Item, Rated, Ratings},
    sentence::visible,
    words::{InPhrase, Phrase},
};

/// The only version there is.
pub(super) const VERSION: u64 = 1;
/// No profile is larger, for its ratings were given by hand.
const MOST_BYTES: u64 = 64 << 20;

#[derive(Debug, Serialize, Deserialize)]
struct ProfileFile {
    version: u64,
    data_set: DataSet,
    ratings: Vec<Entry>,
}

/// What a profile was made for.
#[derive(Debug, Serialize, Deserialize)]
struct DataSet {
    name: String,
    /// Tells data sets apart that have the same name.
    items: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    item: String,
    title: String,
    stars: f32,
    /// Whether it stands for taste that was raised or lowered over a region of the map.
    #[serde(default)]
    sculpted: bool,
}

/// Saves what a visitor rated: each rating, and whether it was sculpted.
///
/// # Errors
/// [`FileError::Unwritable`]; a profile that was there before is then as it was.
pub fn save_profile(
    path: &Path,
    ratings: &Ratings,
    entries: &[(Rated, bool)],
) -> Result<(), FileError> {
    let known = entries.iter().filter_map(|(rated, sculpted)| {
        let item = ratings.items.get(rated.item as usize)?;
        let (id, title) = (item.id.clone(), item.title.clone());
        Some(Entry { item: id, title, stars: rated.stars, sculpted: *sculpted })
    });
    let data_set = DataSet { name: ratings.name.clone(), items: fingerprint(&ratings.items) };
    let profile = ProfileFile { version: VERSION, data_set, ratings: known.collect() };
    save(path, |out| {
        serde_json::to_writer_pretty(&mut *out, &profile)?;
        out.write_all(b"\n")
    })
}

/// Loads what a visitor rated; where an item occurs twice, the last counts.
///
/// # Errors
/// One sentence with the file, what is wrong with it and what to do.
pub fn load_profile(path: &Path, ratings: &Ratings) -> Result<Vec<(Rated, bool)>, FileError> {
    let profile = parsed(path, &read(path)?)?;
    if profile.data_set.items != fingerprint(&ratings.items) {
        return Err(FileError::OtherDataSet {
            path: path.to_owned(),
            made_for: profile.data_set.name,
            here: ratings.name.clone(),
        });
    }
    let places: HashMap<&str, u32> =
        ratings.items.iter().map(|item| item.id.as_str()).zip(0..).collect();
    let mut entries: Vec<(Rated, bool)> = Vec::new();
    let mut known = HashMap::new();
    for entry in profile.ratings {
        let rated = rated(path, &entry, &places, ratings)?;
        let place = *known.entry(rated.item).or_insert(entries.len());
        if place == entries.len() {
            entries.push((rated, entry.sculpted));
        } else {
            entries[place] = (rated, entry.sculpted);
        }
    }
    Ok(entries)
}

fn read(path: &Path) -> Result<String, FileError> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text));
    match read {
        Ok(_) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Err(FileError::NoProfile {
                path: path.to_owned(),
                reason: phrase!("recommender-model-it-is-no-text"),
            })
        }
        Err(error) => {
            Err(FileError::Unreadable { path: path.to_owned(), reason: error.in_phrase() })
        }
    }
}

fn parsed(path: &Path, text: &str) -> Result<ProfileFile, FileError> {
    let no_profile = |error: serde_json::Error| FileError::NoProfile {
        path: path.to_owned(),
        reason: defect(&error),
    };
    let value: Value = serde_json::from_str(text).map_err(no_profile)?;
    // Another version may have other fields, so it is asked first.
    let version = value.get("version").and_then(Value::as_u64);
    if let Some(version) = version.filter(|version| *version != VERSION) {
        return Err(FileError::Version { path: path.to_owned(), version });
    }
    // From the text, so that an error has its line.
    serde_json::from_str(text).map_err(no_profile)
}

/// What is wrong with a text and where, though it may quote pages of it.
fn defect(error: &serde_json::Error) -> Phrase {
    const LONGEST: usize = 80;
    let whole = error.to_string();
    let what = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(what, _)| what);
    let start: String = what.chars().take(LONGEST).collect();
    let more = if what.chars().nth(LONGEST).is_some() { "…" } else { "" };
    phrase!(
        "recommender-model-in-line-column",
        start = visible(&start),
        more,
        line = error.line(),
        column = error.column()
    )
}

fn rated(
    path: &Path,
    entry: &Entry,
    places: &HashMap<&str, u32>,
    ratings: &Ratings,
) -> Result<Rated, FileError> {
    let path = path.to_owned();
    let (title, stars) = (entry.title.clone(), entry.stars);
    let Some(&item) = places.get(entry.item.as_str()) else {
        return Err(FileError::UnknownItem { path, id: entry.item.clone(), title });
    };
    let (low, high) = (ratings.scale.low, ratings.scale.high);
    if !(low..=high).contains(&stars) {
        return Err(FileError::OutsideScale { path, title, stars, low, high });
    }
    Ok(Rated { item, stars })
}

/// Tells sets of items apart by their names, in whatever order they come.
fn fingerprint(items: &[Item]) -> String {
    let sum = items.iter().map(|item| hash(&item.id)).fold(0, u64::wrapping_add);
    format!("{}-{sum:016x}", items.len())
}

/// FNV-1a (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>), well mixed so that sums of it tell apart
/// (the end of `SplitMix64`, <https://prng.di.unimi.it/splitmix64.c>). Rust's own hashes may change with its version.
fn hash(text: &str) -> u64 {
    let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ fnv >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;
    use crate::exhibits::recommender::payload::StarScale;

    fn ratings(ids: &[&str]) -> Ratings {
        let item =
            |id: &&str| Item { id: (*id).into(), title: format!("Film {id}"), ..Item::default() };
        Ratings {
            name: "films".into(),
            scale: StarScale::default(),
            items: ids.iter().map(item).collect(),
            ..Ratings::default()
        }
    }

    fn rated(item: u32, stars: f32) -> Rated {
        Rated { item, stars }
    }

    #[test]
    fn a_profile_comes_back_as_it_was_even_if_the_items_moved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("profile.json");
        let entries = [(rated(2, 4.5), false), (rated(0, 0.7), true)];
        save_profile(&path, &ratings(&["1", "29", "31"]), &entries).unwrap();
        assert_eq!(load_profile(&path, &ratings(&["1", "29", "31"])).unwrap(), entries);
        let moved = load_profile(&path, &ratings(&["31", "1", "29"])).unwrap();
        assert_eq!(moved, [(rated(0, 4.5), false), (rated(1, 0.7), true)]);
    }

    #[test]
    fn each_defect_is_one_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("profile.json");
        let here = ratings(&["1", "29"]);
        let defect = |text: &str| {
            fs::write(&path, text).unwrap();
            let sentence = load_profile(&path, &here).unwrap_err().to_string();
            assert!(sentence.contains("profile.json") && !sentence.contains('\n'), "{sentence}");
            sentence
        };
        save_profile(&path, &here, &[(rated(1, 3.5), false)]).unwrap();
        let good = fs::read_to_string(&path).unwrap();
        let changed = |from: &str, to: &str| {
            assert!(good.contains(from), "{good}");
            defect(&good.replace(from, to))
        };
        assert!(defect("").contains("is not a profile"));
        assert!(defect("{\"version\": 1").contains("line 1"));
        assert!(defect("[]").contains("is not a profile"));
        assert!(changed("\"version\": 1", "\"version\": 2").contains("version 2, but"));
        assert!(changed("2-", "3-").contains("made for the data set “films”"));
        assert!(changed("\"29\"", "\"30\"").contains("“Film 29” (id “30”), which is not in"));
        assert!(changed("3.5", "7.5").contains("7.5 stars to “Film 29”, outside the scale 0.5..5"));
        assert!(changed("3.5", "\"many\"").contains("line 11"));
        let pages = format!("\"{}\"", "many\\n".repeat(2000));
        let said = changed("3.5", &pages);
        assert!(said.contains("… in line 11, column") && said.len() < 400, "{said}");
        let said = changed("Film 29\"", "\\n\\u202e evil\", \"item\": \"x\"");
        assert!(said.len() < 400, "{said}");
        fs::write(&path, b"\xff\xfe").unwrap();
        assert!(load_profile(&path, &here).unwrap_err().to_string().contains("no text"));
        fs::remove_file(&path).unwrap();
        let absent = load_profile(&path, &here).unwrap_err();
        assert!(matches!(absent, FileError::Unreadable { .. }), "{absent}");
    }

    #[test]
    fn other_items_have_another_fingerprint() {
        let of = |ids: &[&str]| fingerprint(&ratings(ids).items);
        assert_eq!(of(&["1", "2"]), of(&["2", "1"]));
        assert_ne!(of(&["1", "2"]), of(&["1", "3"]));
        assert_ne!(of(&["1", "2"]), of(&["1", "2", "3"]));
        assert_ne!(of(&["12", "3"]), of(&["1", "23"]));
    }

    proptest! {
        #[test]
        fn whatever_a_file_holds_only_ratings_of_this_data_set_come_out(
            at in 0_usize..400, byte: u8, cut in 0_usize..400,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("profile.json");
            let here = ratings(&["1", "29"]);
            save_profile(&path, &here, &[(rated(1, 3.5), false), (rated(0, 1.0), true)]).unwrap();
            let mut bytes = fs::read(&path).unwrap();
            let place = at % bytes.len();
            bytes[place] = byte;
            bytes.truncate(bytes.len() - cut.saturating_sub(300) % bytes.len());
            fs::write(&path, bytes).unwrap();
            for (rated, _) in load_profile(&path, &here).unwrap_or_default() {
                prop_assert!(rated.item < 2 && (0.5..=5.0).contains(&rated.stars));
            }
        }
    }
}
