//! The sentence that is said of a file which cannot be used, and the remark on one that can in part.

use super::*;

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
        ["ratings.csv: 2 of 201 lines are broken, and the first of them, line 17, \
            has 2 fields instead of 3; they were left out"]
    );
    broken[41] = "nonsense".to_owned();
    let said = defect(&broken.join("\n"));
    assert!(
        said.contains("3 of 201 lines are broken, and the first of them, line 17, has"),
        "{said}"
    );
    assert!(defect("user,item,rating\n3,10,4\n\n,20,3\n").contains("line 4 of 4 names no user"));
    assert!(defect("user,item,rating\n3,10,4\n7,20,\n").contains("line 3 of 3 names no rating"));
}

#[test]
fn ratings_that_are_none_are_named_with_their_line() {
    for (stars, fact) in [
        ("good", "the rating in line 101 holds “good”, but 199 other values there are numbers"),
        ("inf", "the rating in line 101 holds “inf”, which is not finite"),
        ("1e9", "the rating “1000000000” in line 101 is too large for a rating"),
        ("50%", "the rating in line 101 holds “50%”, but “1” in line 2"),
    ] {
        let mut lines = lines();
        lines[100] = format!("12,3,{stars}");
        let said = defect(&lines.join("\n"));
        assert!(said.contains(fact), "{said}");
    }
    let mut unrated = lines();
    (unrated[100], unrated[101]) = ("12,3,NaN".to_owned(), "12,5,-".to_owned());
    let ratings = ratings_in(&unrated.join("\n"));
    assert_eq!(ratings.len(), 198);
    assert_eq!(
        *ratings.remarks,
        [
            "ratings.csv: line 101 of 201 names no rating; it was left out",
            "In “rating” this counts as missing: “-”",
            "1 row without a rating: left out"
        ]
    );
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
    let missing = "no column for the user and rating, only “movieId”, “title”; name the column";
    assert!(said.contains(missing), "{said}");
    assert!(defect("PK\x03\x04...").contains("ZIP archive"));
    let bytes = |bytes: &[u8]| defect_with(bytes, &ReadOptions::default());
    assert!(bytes(b"\xff\xfeu\0s\0").contains("UTF-16"));
    assert!(
        bytes(b"user,item,rating\n1,a,3\n2,b\xe9,3\n").contains("line 3, column 2, is not UTF-8")
    );
    let good = lines().join("\n").repeat(50);
    let packed = zipped(good.as_bytes());
    assert!(bytes(&packed[..packed.len() / 2]).contains("gzip stream is damaged or cut short"));
    assert!(bytes(&packed[..5]).contains("gzip stream is damaged or cut short"));
    let endless = format!("user,item,rating\n1,2,3\n1,\"3,{}", "4\n5,".repeat(600_000));
    assert!(defect(&endless).contains("the row at line 3 goes on for more than 1 MiB"));
}

#[test]
fn forms_that_are_not_read_are_told() {
    for (text, words) in [
        (
            "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n",
            "it is of the form of the Netflix Prize",
        ),
        (
            "user_id:token\titem_id:token\trating:float\n1\t2\t3\n",
            "it is an atomic file of RecBole",
        ),
        (
            "Date,Name,Year,Letterboxd URI,Rating\n2023-01-01,A,1980,u,4\n",
            "one person's own ratings from Letterboxd",
        ),
        (
            "Const,Your Rating,Date Rated,Title\ntt1,7,2020-01-01,A\ntt2,8,2020-01-02,B\n",
            "own ratings from IMDb",
        ),
        (
            "Book Id,Title,Author,My Rating\n1,A,B,4\n2,C,D,5\n",
            "one person's own ratings from Goodreads",
        ),
        ("A1,B1,5.0\nA1,B2,4.0\nA2,B1,3.0\n", "line 1 seems to hold values"),
    ] {
        let said = defect(text);
        assert!(said.contains(words), "{said}");
    }
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
    assert!(said(b"movieId,title\na,Al\xefen\n").contains("line 2, column 2, is not UTF-8"));
}
