//! Whatever a file holds, it is read soundly or refused: arbitrary bytes, arbitrary text, and good files damaged.

use proptest::{prelude::*, sample::Index};

use super::*;
use crate::learning::data::fixtures::{Damage, damage};

/// Good files in every form, to be damaged.
fn good(form: usize) -> Vec<(&'static str, Vec<u8>)> {
    let rows: String =
        (0..400).map(|at| format!("{}::{}::{}::{}\n", at / 6, at % 7, at % 5 + 1, at)).collect();
    let movies =
        "0::Matrix, The (1999)::Action|Drama\n1::Pi (1998)::Drama\n2::Und\u{e9} (1960)::\n";
    let csv = |head: &str, text: &str| {
        format!("{head}\n{}", text.replace(", ", " ").replace("::", ",")).into_bytes()
    };
    match form {
        0 => vec![("ratings.dat", rows.into_bytes()), ("movies.dat", movies.as_bytes().to_vec())],
        1 => vec![
            ("u.data", rows.replace("::", "\t").into_bytes()),
            ("u.item", b"0|A (1999)|01-Jan-1999||u|0|1\n1|B (1998)|||u|1|0\n".to_vec()),
            ("u.genre", b"unknown|0\nDrama|1\n".to_vec()),
        ],
        2 => vec![
            ("ratings.csv", csv("userId,movieId,rating,timestamp", &rows)),
            ("movies.csv", csv("movieId,title,genres", movies)),
        ],
        _ => vec![("ratings.csv.gz", zipped(&csv("userId,movieId,rating,timestamp", &rows)))],
    }
}

/// Reads a folder of damaged files: it may be refused in a sentence, but what is read is sound.
fn survives(files: &[(&str, Vec<u8>)]) -> Result<(), TestCaseError> {
    let files: Vec<_> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    match read(folder(&files).path(), &ReadOptions::default()) {
        Ok(ratings) => is_sound(&ratings).map_err(TestCaseError::fail),
        Err(error) => {
            prop_assert!(!error.to_string().contains('\n'), "{error}");
            Ok(())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_or_refused(
        name in prop::sample::select(vec!["ratings.csv", "u.data", "ratings.dat", "ratings.csv.gz"]),
        bytes: Vec<u8>,
    ) {
        survives(&[(name, bytes)])?;
    }

    #[test]
    fn any_text_is_read_or_refused(
        head in prop::sample::select(vec!["user,item,rating\n", "user;item;stars;title;genres\n", ""]),
        text in "([0-9a-cé\"]{0,3}([,;\t|]|::|\n)){0,60}",
        movies in "(movieId,title,year,genres\n)?([0-9a-c,|\"(]{0,9}\n){0,20}",
    ) {
        survives(&[("ratings.csv", format!("{head}{text}").into_bytes()), ("movies.csv", movies.into_bytes())])?;
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        form in 0_usize..4,
        damages in prop::collection::vec(any::<(Index, Damage)>(), 1..4),
    ) {
        let mut files = good(form);
        for (which, one) in damages {
            let which = which.index(files.len());
            damage(&mut files[which].1, one);
        }
        survives(&files)?;
    }
}

#[test]
fn the_files_to_be_damaged_are_good() {
    for form in 0..4 {
        let files = good(form);
        let files: Vec<_> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        assert_eq!(ratings_of(&files).len(), 400, "{}", files[0].0);
    }
}
