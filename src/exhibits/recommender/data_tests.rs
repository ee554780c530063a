//! Files of ratings in every form, sound and broken: what is read from them, and the sentence that is said instead.

use std::{
    collections::HashSet,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;

use super::{
    data::{Columns, ReadOptions, grouped, read},
    data_columns::shown,
};
use crate::stream::Ratings;

/// Whether ratings are as their documentation says.
fn is_sound(ratings: &Ratings) -> Result<(), String> {
    let hold = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    let (items, people, all) = (ratings.items.len(), ratings.people.len(), ratings.len());
    let scale = ratings.scale;
    hold(!ratings.name.is_empty(), "it has a name")?;
    hold(items >= 2 && people >= 2, "there is something to learn")?;
    hold(scale.low < scale.high && scale.step > 0.0 && scale.step.is_finite(), "the scale rises")?;
    hold((2..=101).contains(&scale.count()), "the scale has few steps")?;
    hold(
        (scale.stars(scale.count() - 1) - scale.high).abs() < 0.02 * (scale.high - scale.low),
        "steps end at the top",
    )?;
    hold(ratings.starts.len() == people + 1 && ratings.starts[0] == 0, "each person begins")?;
    hold(ratings.starts[people] == all, "the last person ends with the list")?;
    hold(ratings.starts.is_sorted_by(|a, b| a < b), "each person has ratings")?;
    hold(ratings.rated.len() == all, "each rating has an item")?;
    hold(ratings.times.is_empty() || ratings.times.len() == all, "all times or none")?;
    hold(
        ratings.stars.iter().all(|stars| (scale.low..=scale.high).contains(stars)),
        "stars are in the scale",
    )?;
    hold(ratings.rated.iter().all(|&item| (item as usize) < items), "each item is there")?;
    for person in 0..people {
        let rated: HashSet<_> = ratings.of(person).map(|rated| rated.item).collect();
        hold(rated.len() == ratings.of(person).len(), "nobody rates an item twice")?;
    }
    let (mut counts, mut sums) = (vec![0; items], vec![0.0; items]);
    for (&item, &stars) in ratings.rated.iter().zip(&*ratings.stars) {
        counts[item as usize] += 1;
        sums[item as usize] += f64::from(stars);
    }
    let genres = ratings.genres.len();
    hold(
        genres <= 64 && ratings.genres.iter().all(|genre| !genre.is_empty()),
        "genres have names",
    )?;
    for (at, item) in ratings.items.iter().enumerate() {
        let mean = sums[at] / f64::from(counts[at]);
        hold(counts[at] > 0 && item.count == counts[at], "items are counted")?;
        hold((f64::from(item.mean) - mean).abs() <= 1e-6 * mean.abs().max(1.0), "means are right")?;
        hold(!item.id.is_empty() && !item.title.is_empty(), "items have names")?;
        hold(item.genre_places().all(|place| place < genres), "genres of items are there")?;
    }
    let ids: HashSet<_> = ratings.items.iter().map(|item| &item.id).collect();
    hold(ids.len() == items, "items have names of their own")?;
    hold(ratings.people.iter().collect::<HashSet<_>>().len() == people, "people too")?;
    hold(
        ratings.remarks.iter().all(|remark| remark.len() > 10 && !remark.contains('\n')),
        "remarks are sentences",
    )
}

fn bundled() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/movielens-latest-small")
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// The ratings of a folder with these files.
fn ratings_of(files: &[(&str, &[u8])]) -> Ratings {
    let ratings = read(folder(files).path(), &ReadOptions::default()).unwrap();
    is_sound(&ratings).unwrap();
    ratings
}

/// The ratings of a CSV with this text.
fn ratings_in(text: &str) -> Ratings {
    ratings_of(&[("ratings.csv", text.as_bytes())])
}

/// The sentence that is said of a CSV.
fn defect_with(bytes: &[u8], options: &ReadOptions) -> String {
    let folder = folder(&[("ratings.csv", bytes)]);
    let error = read(&folder.path().join("ratings.csv"), options).unwrap_err();
    let sentence = error.to_string();
    assert!(!sentence.contains('\n'), "{sentence}");
    sentence
}

fn defect(text: &str) -> String {
    let sentence = defect_with(text.as_bytes(), &ReadOptions::default());
    assert!(sentence.contains("ratings.csv: ") && sentence.contains("; "), "{sentence}");
    sentence
}

/// Who rated what with how many stars, by name.
fn named(ratings: &Ratings) -> Vec<(&str, &str, f32)> {
    let of = |person: usize| {
        let rated = ratings.of(person);
        rated.map(move |rated| {
            let item = &ratings.items[rated.item as usize];
            (ratings.people[person].as_str(), item.id.as_str(), rated.stars)
        })
    };
    (0..ratings.people.len()).flat_map(of).collect()
}

fn genres_of(ratings: &Ratings, item: usize) -> String {
    let names = ratings.items[item].genre_places().map(|place| ratings.genres[place].as_str());
    names.collect::<Vec<_>>().join("|")
}

const FOUR: [(&str, &str, f32); 4] =
    [("3", "10", 4.0), ("3", "20", 2.5), ("7", "20", 5.0), ("7", "10", 0.5)];

#[test]
fn the_bundled_ratings_are_all_there() {
    let ratings = read(&bundled(), &ReadOptions::default()).unwrap();
    is_sound(&ratings).unwrap();
    assert_eq!(ratings.name, "movielens-latest-small");
    assert_eq!((ratings.len(), ratings.items.len(), ratings.people.len()), (100_004, 9_066, 671));
    assert_eq!((ratings.scale.low, ratings.scale.high, ratings.scale.step), (0.5, 5.0, 0.5));
    assert_eq!(ratings.times.len(), 100_004);
    assert_eq!(ratings.genres.len(), 19);
    assert!((ratings.sparsity() - 0.983_56).abs() < 1e-5);
    assert_eq!(
        *ratings.remarks,
        [
            "movies.csv.gz: 5 items have no title and go by the name in the file of ratings, such as “108583”"
        ]
    );
}

#[test]
fn the_bundled_films_are_as_the_file_says() {
    let ratings = read(&bundled(), &ReadOptions::default()).unwrap();
    assert_eq!(named(&ratings)[..3], [("1", "2294", 2.0), ("1", "2455", 2.5), ("1", "3671", 3.0)]);
    assert_eq!(ratings.times[..2], [1_260_759_108, 1_260_759_113]);
    let place = |id| ratings.items.iter().position(|item| item.id == id).unwrap();
    for (id, title, year, genres) in [
        ("1", "Toy Story", Some(1995), "Adventure|Animation|Children|Comedy|Fantasy"),
        ("11", "The American President", Some(1995), "Comedy|Drama|Romance"),
        (
            "29",
            "The City of Lost Children (La Cité des enfants perdus)",
            Some(1995),
            "Adventure|Drama|Fantasy|Mystery|Sci-Fi",
        ),
        ("1233", "Das Boot (The Boat)", Some(1981), "Action|Drama|War"),
        ("3267", "El Mariachi", Some(1992), "Action|Crime|Thriller|Western"),
        ("108548", "108548", None, "Comedy"),
        ("143410", "143410", None, ""),
        ("134025", "Open Secret", Some(2013), ""),
    ] {
        let (item, genres_here) = (&ratings.items[place(id)], genres_of(&ratings, place(id)));
        assert_eq!((item.title.as_str(), item.year, genres_here.as_str()), (title, year, genres));
    }
    let toy_story = &ratings.items[place("1")];
    assert_eq!(toy_story.count, 247);
    assert!((toy_story.mean - 3.872_47).abs() < 1e-4, "{}", toy_story.mean);
}

#[test]
fn the_three_forms_of_movielens_say_the_same() {
    let modern = ratings_of(&[
        ("ratings.csv", b"userId,movieId,rating,timestamp\n3,10,4.0,100\n3,20,2.5,101\n7,20,5,102\n7,10,0.5,103\n"),
        ("movies.csv", "movieId,title,genres\r\n10,\"Été, L' (1995)\",Comedy|Drama\r\n20,Pi (1998),(no genres listed)\r\n".as_bytes()),
    ]);
    let tabs = ratings_of(&[
        ("u.data", b"3\t10\t4.0\t100\r\n3\t20\t2.5\t101\r\n7\t20\t5\t102\r\n7\t10\t0.5\t103\r\n"),
        ("u.item", b"10|\xc9t\xe9, L' (1995)|01-Jan-1995||http://x|0|1|1\n20|Pi (1998)|01-Jan-1998||http://y|1|0|0\n"),
        ("u.genre", b"unknown|0\nComedy|1\nDrama|2\n\n"),
    ]);
    let colons = ratings_of(&[
        ("ratings.dat.gz", &zipped(b"3::10::4.0::100\n3::20::2.5::101\n7::20::5::102\n7::10::0.5::103")),
        ("movies.dat", b"10::\xc9t\xe9, L' (1995)::Comedy|Drama\n20::Pi (1998)::\n30::Alien: Not Seen (1979)::Horror\n"),
    ]);
    for ratings in [&modern, &tabs, &colons] {
        assert_eq!(named(ratings), FOUR);
        assert_eq!(*ratings.times, [100, 101, 102, 103]);
        assert_eq!((ratings.items[0].title.as_str(), ratings.items[0].year), ("L'Été", Some(1995)));
        assert_eq!((ratings.items[1].title.as_str(), ratings.items[1].year), ("Pi", Some(1998)));
        assert_eq!(*ratings.genres, ["Comedy", "Drama"]);
        assert_eq!((genres_of(ratings, 0).as_str(), ratings.items[1].genres), ("Comedy|Drama", 0));
        assert_eq!((ratings.items[0].count, ratings.items[0].mean), (2, 2.25));
    }
    assert_eq!((modern.remarks.len(), tabs.remarks.len()), (0, 0));
    assert_eq!(*colons.remarks, ["movies.dat: 1 item has no rating and is left out"]);
}

#[test]
fn without_u_genre_the_nineteen_usual_genres_count() {
    let flags = "0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|1|0";
    let items =
        format!("10|A (1995)|01-Jan-1995||u|{flags}\n20|B|02-Feb-1996||u|1{}\n", "|0".repeat(18));
    let ratings =
        ratings_of(&[("u.data", b"3\t10\t4\t1\n7\t20\t5\t2\n"), ("u.item", items.as_bytes())]);
    assert_eq!(*ratings.genres, ["Comedy", "War"]);
    assert_eq!((ratings.items[0].genres, ratings.items[1].genres), (0b11, 0));
    assert_eq!(ratings.items[1].year, Some(1996));
}

#[test]
fn any_csv_that_names_its_columns_is_read() {
    for text in [
        "user_id,item_id,rating\n3,10,4\n3,20,2.5\n7,20,5\n7,10,.5\n",
        "\u{feff}\"Item\";\"Stars\";\"User\"\r\n10;4,0;3\r\n20;2,5;3\r\n\r\n20;5;7\r\n10;0,5;7",
        "score\tuid\tiid\n4\t3\t10\n 2.5 \t3\t20\n5\t7\t20\n5e-1\t7\t10\n",
        "note,User-ID,ISBN,Book-Rating\n\"a,\nb\",3,10,4\n,3,20,2.5\n\"\"\"\",7,20,5\nx::y,7,10,0.5\n",
    ] {
        let ratings = ratings_in(text);
        assert_eq!(named(&ratings), FOUR, "{text}");
        assert!(ratings.times.is_empty() && ratings.remarks.is_empty(), "{:?}", ratings.remarks);
        assert_eq!(ratings.items[0].title, "10");
    }
}

#[test]
fn columns_are_named_by_options() {
    let name = |name: &str| Some(name.to_owned());
    let columns = Columns { user: name("who"), item: name("what"), rating: name("How Good") };
    let options = ReadOptions { columns, ..ReadOptions::default() };
    let text = b"who,userId,what,how good\n3,1,10,4\n3,1,20,2.5\n7,1,20,5\n7,1,10,0.5\n";
    let files = folder(&[("mine.csv.gz", &zipped(text))]);
    let ratings = read(&files.path().join("mine.csv.gz"), &options).unwrap();
    assert_eq!(named(&ratings), FOUR);
    assert_eq!(ratings.name, "mine");
    let said = defect_with(b"userId,movieId,rating\n3,10,4\n", &options);
    assert!(said.contains("no column “who”, only “userId”, “movieId”, “rating”; name one of these with --user-column"), "{said}");
    let mut options = options;
    options.columns.item = name("who");
    assert!(defect_with(text, &options).contains("“who” cannot stand for two things"));
}

#[test]
fn titles_may_stand_beside_the_ratings() {
    let ratings = ratings_in(
        "user,item,rating,Title,genre,Year\n3,10,4,\"Matrix, The\",\"Action, Sci-Fi\",1999\n7,20,2,Pi (1998),,\n7,10,1,Other,Drama,2000\n",
    );
    assert_eq!(
        (ratings.items[0].title.as_str(), ratings.items[0].year),
        ("The Matrix", Some(1999))
    );
    assert_eq!((ratings.items[1].title.as_str(), ratings.items[1].year), ("Pi", Some(1998)));
    assert_eq!((genres_of(&ratings, 0).as_str(), ratings.items[1].genres), ("Action|Sci-Fi", 0));
}

#[test]
fn people_come_together_and_the_last_rating_counts() {
    let ratings = ratings_in(
        "user,item,rating,time\n3,10,1,100\n7,20,5,2012-01-01\n3,20,2.5,102\n7,10,0.5,103\n3,10,4,104\n",
    );
    assert_eq!(named(&ratings), [FOUR[1], FOUR[0], FOUR[2], FOUR[3]]);
    assert_eq!(*ratings.times, [102, 104, 1_325_376_000, 103]);
    assert_eq!(
        *ratings.remarks,
        ["1 rating was given anew later by the same person: the last counts"]
    );
}

#[test]
fn times_that_cannot_be_read_are_left_out() {
    let ratings = ratings_in(
        "user,item,rating,timestamp\n3,10,4,100\n3,20,2.5,soon\n7,20,5,102\n7,10,0.5,x\n",
    );
    assert_eq!(named(&ratings), FOUR);
    assert!(ratings.times.is_empty());
    assert_eq!(
        *ratings.remarks,
        ["Times are left out, for “soon” in line 3 is neither seconds since 1970 nor a date"]
    );
}

/// Ratings of 25 people for 8 items, a line each.
fn lines() -> Vec<String> {
    let line = |at: usize| format!("{},{},{}", at / 8, at % 8, at % 5 + 1);
    std::iter::once("user,item,rating".to_owned()).chain((0..200).map(line)).collect()
}

#[test]
fn few_broken_lines_are_left_out_and_many_refuse_the_file() {
    let mut broken = lines();
    broken[16] = "1,2".to_owned();
    let ratings = ratings_in(&broken.join("\n"));
    assert_eq!(ratings.len(), 199);
    assert_eq!(
        *ratings.remarks,
        ["ratings.csv: line 17 of 201 has 2 fields instead of 3; it was left out"]
    );
    broken[40] = ",3,4".to_owned();
    let ratings = ratings_in(&broken.join("\r\n"));
    assert_eq!(
        *ratings.remarks,
        [
            "ratings.csv: 2 of 201 lines are broken, and the first of them, line 17, has 2 fields instead of 3; they were left out"
        ]
    );
    broken[41] = "nonsense".to_owned();
    let said = defect(&broken.join("\n"));
    assert!(said.contains("3 of 201 lines are broken, and the first of them, line 17, has 2 fields instead of 3; correct"), "{said}");
    assert!(defect("user,item,rating\n3,10,4\n\n,20,3\n").contains("line 4 of 4 names no user"));
    assert!(defect("user,item,rating\n3,10,4\n7,20,\n").contains("line 3 of 3 names no rating"));
}

#[test]
fn ratings_that_are_none_are_named_with_their_line() {
    for (stars, fact) in [
        ("good", "is not a number"),
        ("NaN", "is not a number"),
        ("inf", "is not a number"),
        ("1e9", "is too large"),
    ] {
        let mut lines = lines();
        lines[100] = format!("12,3,{stars}");
        let said = defect(&lines.join("\n"));
        assert!(said.contains(&format!("the rating “{stars}” in line 101 {fact}")), "{said}");
    }
    let options = ReadOptions { scale: Some(1.0..=4.0), ..ReadOptions::default() };
    let said = defect_with(lines().join("\n").as_bytes(), &options);
    assert!(said.contains("the rating “5” in line 6 is outside the scale 1..4"), "{said}");
    let options = ReadOptions { scale: Some(4.0..=1.0), ..ReadOptions::default() };
    assert!(defect_with(b"", &options).starts_with("--scale is 4..1, but"));
    let options = ReadOptions { scale: Some(0.0..=10.0), ..ReadOptions::default() };
    let files = folder(&[("ratings.csv", lines().join("\n").as_bytes())]);
    let scale = read(files.path(), &options).unwrap().scale;
    assert_eq!((scale.low, scale.high, scale.step), (0.0, 10.0, 1.0));
}

#[test]
fn what_is_no_file_of_ratings_is_named() {
    assert!(defect("").contains("it is empty"));
    assert!(defect("\u{feff} \n\n").contains("it is empty"));
    assert!(defect("userId,movieId,rating\n").contains("no ratings below its first line"));
    assert!(
        defect("userId,movieId,rating\n1,2,3\n1,3,4\n")
            .contains("all its ratings are of one person, “1”")
    );
    assert!(
        defect("userId,movieId,rating\n1,2,3\n2,2,4\n")
            .contains("all its ratings are of one item, “2”")
    );
    assert!(defect("userId,movieId,rating\n1,2,3\n2,3,3\n").contains("every rating in it is 3"));
    let said = defect("movieId,title\n1,Toy Story\n");
    assert!(said.contains("no column for the user and rating, only “movieId”, “title”; name the column with --user-column and --rating-column"), "{said}");
    assert!(defect("PK\x03\x04...").contains("ZIP archive"));
    let bytes = |bytes: &[u8]| defect_with(bytes, &ReadOptions::default());
    assert!(bytes(b"\xff\xfeu\0s\0").contains("UTF-16"));
    assert!(bytes(b"user,item,rating\n1,a,3\n2,b\xe9,3\n").contains("line 3 is not UTF-8"));
    let good = lines().join("\n").repeat(50);
    let packed = zipped(good.as_bytes());
    assert!(bytes(&packed[..packed.len() / 2]).contains("gzip stream is damaged or cut short"));
    assert!(bytes(&packed[..5]).contains("gzip stream is damaged or cut short"));
    let endless = format!("user,item,rating\n1,2,3\n1,\"3,{}", "4\n5,".repeat(600_000));
    assert!(defect(&endless).contains("the row at line 3 goes on for more than 1 MiB"));
}

#[test]
fn paths_without_ratings_are_named() {
    let said = |path: &Path| read(path, &ReadOptions::default()).unwrap_err().to_string();
    let empty = folder(&[("readme.txt", b"hello")]);
    assert!(said(empty.path()).contains("it holds no ratings.csv, u.data or ratings.dat"));
    assert!(said(&empty.path().join("absent")).contains("there is no such file or folder"));
}

#[test]
fn titles_that_are_not_there_are_remarked_on_and_broken_ones_named() {
    let ratings = b"userId,movieId,rating\n1,a,3\n2,b,4\n";
    let read_with = |movies: &[u8]| {
        let files = folder(&[("ratings.csv", ratings), ("movies.csv", movies)]);
        read(files.path(), &ReadOptions::default())
    };
    let some = read_with(b"movieId,title\na,Alien\n").unwrap();
    assert_eq!((some.items[0].title.as_str(), some.items[1].title.as_str()), ("Alien", "b"));
    assert_eq!(
        *some.remarks,
        [
            "movies.csv: 1 item has no title and goes by the name in the file of ratings, such as “b”"
        ]
    );
    let said = |movies: &[u8]| read_with(movies).unwrap_err().to_string();
    assert!(
        said(b"movieId,titel\na,Alien\n")
            .contains("movies.csv: it has no column for the title, only “movieId”, “titel”")
    );
    assert!(said(b"name;title\n").contains("no column for the item, only “name”, “title”"));
    assert!(
        said(b"movieId,title\na,Alien,1979\n").contains("line 2 of 2 has 3 fields instead of 2")
    );
    assert!(said(b"movieId,title\na,Al\xefen\n").contains("line 2 is not UTF-8"));
}

#[test]
fn of_too_many_genres_the_commonest_are_kept() {
    let genre = |at: usize| if at == 0 { "Drama".to_owned() } else { format!("Drama|Odd {at:03}") };
    let movies: String = (0..100).map(|at| format!("{at},Film {at},{}\n", genre(at))).collect();
    let rows: String = (0..100).map(|at| format!("{},{at},{}\n", at % 9, at % 5)).collect();
    let ratings = ratings_of(&[
        ("ratings.csv", format!("user,item,rating\n{rows}").as_bytes()),
        ("movies.csv", format!("movieId,title,genres\n{movies}").as_bytes()),
    ]);
    assert_eq!((ratings.genres.len(), ratings.genres[0].as_str()), (64, "Drama"));
    assert!(ratings.items.iter().all(|item| item.genres & 1 == 1));
    assert_eq!(*ratings.remarks, ["movies.csv: of 100 genres only the 64 commonest are kept"]);
}

#[test]
fn large_numbers_and_long_names_are_readable() {
    for (number, words) in
        [(0, "0"), (999, "999"), (1000, "1,000"), (100_004, "100,004"), (9_876_543, "9,876,543")]
    {
        assert_eq!(grouped(number), words);
    }
    assert_eq!(shown("a\nb"), "“a b”");
    assert_eq!(shown(&"é".repeat(41)), format!("“{}…”", "é".repeat(40)));
}

/// Good files in every form, to be damaged.
fn good(form: usize) -> Vec<(&'static str, Vec<u8>)> {
    let rows: String =
        (0..60).map(|at| format!("{}::{}::{}::{}\n", at / 6, at % 7, at % 5 + 1, at)).collect();
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
        damages in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..4, any::<u8>()), 1..4),
    ) {
        let mut files = good(form);
        for (which, at, how, byte) in damages {
            let which = which.index(files.len());
            let bytes = &mut files[which].1;
            if bytes.is_empty() {
                continue;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        survives(&files)?;
    }
}

#[test]
fn the_files_to_be_damaged_are_good() {
    for form in 0..4 {
        let files = good(form);
        let files: Vec<_> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        assert_eq!(ratings_of(&files).len(), 60, "{}", files[0].0);
    }
}
