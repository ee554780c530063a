//! What is read from sound files, in every form that ratings come in.

use super::*;

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
        ("movies.csv", "movieId,title,genres\r\n10,\"Été, L' (1995)\",Comedy|Drama\r\n\
            20,Pi (1998),(no genres listed)\r\n".as_bytes()),
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
    assert!(
        said.contains("no column “who”, only “userId”, “movieId”, “rating”; name one"),
        "{said}"
    );
    let mut options = options;
    options.columns.item = name("who");
    assert!(defect_with(text, &options).contains("“who” cannot stand for two things"));
}

#[test]
fn titles_may_stand_beside_the_ratings() {
    let ratings = ratings_in(
        "user,item,rating,Title,genre,Year\n3,10,4,\"Matrix, The\",\"Action, Sci-Fi\",1999\n\
        7,20,2,Pi (1998),,\n7,10,1,Other,Drama,2000\n",
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
        ["1 rating is of a person and an item that have another: the one given last counts"]
    );
}

#[test]
fn the_rating_given_later_counts_wherever_it_stands() {
    let rows = |time: &str| {
        format!("user,item,rating,{time}\n3,10,4,200\n7,20,5,1\n3,10,1,100\n7,10,2,1\n7,20,3,1\n")
    };
    let by_time = ratings_in(&rows("timestamp"));
    assert_eq!(named(&by_time), [("3", "10", 4.0), ("7", "10", 2.0), ("7", "20", 3.0)]);
    assert_eq!(
        *by_time.remarks,
        ["2 ratings are of a person and an item that have another: the one given last counts"]
    );
    let by_place = ratings_in(&rows("note"));
    assert_eq!(named(&by_place), [("3", "10", 1.0), ("7", "10", 2.0), ("7", "20", 3.0)]);
    assert_eq!(
        *by_place.remarks,
        ["2 ratings are of a person and an item that have another: the last in the file counts"]
    );
}

#[test]
fn ids_that_went_through_fractions_meet() {
    let ratings = ratings_of(&[
        ("ratings.csv", b"userId,movieId,rating\n1.0,10.0,4\n1,20,3\n2,10,5\n"),
        ("movies.csv", b"movieId,title\n10,Heat\n20.0,Pi\n"),
    ]);
    assert_eq!(named(&ratings), [("1", "10", 4.0), ("1", "20", 3.0), ("2", "10", 5.0)]);
    assert_eq!((ratings.items[0].title.as_str(), ratings.items[1].title.as_str()), ("Heat", "Pi"));
}

#[test]
fn a_table_without_names_is_read_by_place_when_that_is_said() {
    let options = ReadOptions {
        table: TableOptions { header: Some(false), ..TableOptions::default() },
        ..ReadOptions::default()
    };
    let files = folder(&[("mine.csv", b"A,10,4.0,100\nA,20,2.5,101\nB,20,5.0,102\n")]);
    let ratings = read(&files.path().join("mine.csv"), &options).unwrap();
    assert_eq!(named(&ratings), [("A", "10", 4.0), ("A", "20", 2.5), ("B", "20", 5.0)]);
    assert_eq!(*ratings.times, [100, 101, 102]);
    let by_number = Columns {
        item: Some("1".to_owned()),
        user: Some("column 2".to_owned()),
        rating: Some("3".to_owned()),
    };
    let ratings =
        read(&files.path().join("mine.csv"), &ReadOptions { columns: by_number, ..options })
            .unwrap();
    assert_eq!(named(&ratings)[0], ("10", "A", 4.0));
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
