//! A list and the factors that were learned as CSV, for spreadsheets and notebooks.

use std::io::{self, ErrorKind, Write};

use csv::Writer;

use crate::exhibits::recommender::payload::{Item, Listed, Ratings, TasteAnswer};
use crate::words::Phrase;

/// The parts of a prediction, as the columns are called.
const TERMS: [&str; 4] = ["mean", "person_bias", "item_bias", "taste"];

/// Writes a list with the sum behind each prediction; for two people both sums, `_1` and `_2`.
///
/// # Errors
/// Whatever the writer says.
pub fn write_list(out: impl Write, ratings: &Ratings, answer: &TasteAnswer) -> io::Result<()> {
    let mut table = Writer::from_writer(out);
    let mut names =
        ["rank", "item", "title", "year", "genres", "stars"].map(str::to_owned).to_vec();
    let people = answer.people.len();
    for person in 1..=people {
        let suffix = if people > 1 { format!("_{person}") } else { String::new() };
        names.extend(TERMS.map(|term| format!("{term}{suffix}")));
    }
    table.write_record(&names)?;
    for (listed, rank) in answer.list.iter().zip(1..) {
        table.write_record(row(listed, rank, ratings, people)?)?;
    }
    table.flush()
}

fn row(listed: &Listed, rank: usize, ratings: &Ratings, people: usize) -> io::Result<Vec<String>> {
    let item = ratings.items.get(listed.item as usize);
    let item = item
        .ok_or_else(|| unfit(phrase!("recommender-model-there-is-no-item", item = listed.item)))?;
    if listed.terms.len() != people {
        return Err(unfit(phrase!(
            "recommender-model-sums-for-people",
            terms_count = listed.terms.len(),
            people
        )));
    }
    let year = item.year.map_or(String::new(), |year| year.to_string());
    let stars = listed.stars.to_string();
    let (id, title) = (item.id.clone(), item.title.clone());
    let mut fields = vec![rank.to_string(), id, title, year, genres(item, ratings), stars];
    for terms in &listed.terms {
        let parts = [terms.mean, terms.person, terms.item, terms.taste];
        fields.extend(parts.map(|part| part.to_string()));
    }
    Ok(fields)
}

fn genres(item: &Item, ratings: &Ratings) -> String {
    let names = item.genre_places().filter_map(|place| ratings.genres.get(place));
    names.map(String::as_str).collect::<Vec<_>>().join("|")
}

/// Writes the bias and the factors of each item; the factors lie item after item.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] where there are not as many for each; whatever the writer says.
pub fn write_item_factors(
    out: impl Write,
    ratings: &Ratings,
    biases: &[f64],
    factors: &[f64],
) -> io::Result<()> {
    let names = ratings.items.iter().map(|item| [item.id.as_str(), item.title.as_str()]);
    write_factors(out, ["item", "title"], names, biases, factors)
}

/// Writes the bias and the factors of each person; the factors lie person after person.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] where there are not as many for each; whatever the writer says.
pub fn write_people_factors(
    out: impl Write,
    ratings: &Ratings,
    biases: &[f64],
    factors: &[f64],
) -> io::Result<()> {
    let names = ratings.people.iter().map(|person| [person.as_str()]);
    write_factors(out, ["user"], names, biases, factors)
}

fn write_factors<'a, const N: usize>(
    out: impl Write,
    columns: [&str; N],
    names: impl ExactSizeIterator<Item = [&'a str; N]>,
    biases: &[f64],
    factors: &[f64],
) -> io::Result<()> {
    let rows = names.len();
    if biases.len() != rows || rows == 0 || !factors.len().is_multiple_of(rows) {
        let (biases, factors) = (biases.len(), factors.len());
        return Err(unfit(phrase!(
            "recommender-model-biases-and-factors-for-rows",
            biases,
            factors,
            rows
        )));
    }
    let width = factors.len() / rows;
    let mut table = Writer::from_writer(out);
    for column in columns.into_iter().chain(["bias"]) {
        table.write_field(column)?;
    }
    for factor in 1..=width {
        table.write_field(format!("f{factor}"))?;
    }
    table.write_record(None::<&[u8]>)?;
    for ((names, bias), row) in names.zip(biases).zip(0..) {
        names.iter().try_for_each(|name| table.write_field(name))?;
        table.write_field(bias.to_string())?;
        for factor in &factors[row * width..][..width] {
            table.write_field(factor.to_string())?;
        }
        table.write_record(None::<&[u8]>)?;
    }
    table.flush()
}

fn unfit(fact: Phrase) -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, fact.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::exhibits::recommender::payload::{Taste, Terms};

    fn ratings() -> Ratings {
        let item = |id: &str, title: &str, year, genres| Item {
            id: id.into(),
            title: title.into(),
            year,
            genres,
            ..Item::default()
        };
        Ratings {
            items: [
                item("1", "Toy Story", Some(1995), 0b101),
                item("50", "Cry, \"Wolf\"", None, 0),
            ]
            .into(),
            genres: ["Adventure", "Drama", "Fantasy"].map(str::to_owned).into(),
            people: ["7".to_owned(), "9".to_owned()].into(),
            ..Ratings::default()
        }
    }

    fn answer(people: usize) -> TasteAnswer {
        let taste = Taste { predicted: Arc::default(), bias: 0.0, place: [0.0; 3], ratings: 0 };
        let terms = Terms { mean: 3.5, person: -0.25, item: 0.1, taste: 0.5 };
        let listed = |item, stars| Listed { item, stars, terms: vec![terms; people] };
        TasteAnswer {
            people: vec![taste; people],
            list: vec![listed(1, 3.85), listed(0, 3.0)],
            ..TasteAnswer::default()
        }
    }

    fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_list_has_its_sums() {
        let written = text(|out| write_list(out, &ratings(), &answer(1)));
        let expected = "rank,item,title,year,genres,stars,mean,person_bias,item_bias,taste\n\
            1,50,\"Cry, \"\"Wolf\"\"\",,,3.85,3.5,-0.25,0.1,0.5\n\
            2,1,Toy Story,1995,Adventure|Fantasy,3,3.5,-0.25,0.1,0.5\n";
        assert_eq!(written, expected);
    }

    #[test]
    fn a_list_for_two_has_both_sums() {
        let written = text(|out| write_list(out, &ratings(), &answer(2)));
        assert!(
            written
                .lines()
                .next()
                .unwrap()
                .ends_with("taste_1,mean_2,person_bias_2,item_bias_2,taste_2")
        );
        assert!(
            written
                .lines()
                .all(|line| line.ends_with("taste_2") || line.ends_with(",0.5,3.5,-0.25,0.1,0.5"))
        );
        let mut lacking = answer(2);
        lacking.list[0].terms.pop();
        let error = write_list(Vec::new(), &ratings(), &lacking).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }

    #[test]
    fn factors_come_back_to_the_last_bit() {
        let factors = [0.1 + 0.2, 1e-300, -4.0, 1.0 / 3.0];
        let written = text(|out| write_item_factors(out, &ratings(), &[0.5, -0.5], &factors));
        let mut table = csv::Reader::from_reader(written.as_bytes());
        assert_eq!(table.headers().unwrap(), ["item", "title", "bias", "f1", "f2"].as_slice());
        let rows: Vec<_> = table.records().map(Result::unwrap).collect();
        let numbers =
            rows.iter().flat_map(|row| [&row[3], &row[4]].map(|field| field.parse().unwrap()));
        assert_eq!(numbers.collect::<Vec<f64>>(), factors);
        assert_eq!(&rows[1][1], "Cry, \"Wolf\"");
        let written = text(|out| write_people_factors(out, &ratings(), &[0.5, -0.5], &[1.0, 2.0]));
        assert_eq!(written, "user,bias,f1\n7,0.5,1\n9,-0.5,2\n");
        let unfit = write_people_factors(Vec::new(), &ratings(), &[0.5], &[1.0, 2.0]).unwrap_err();
        assert_eq!(unfit.to_string(), "1 biases and 2 factors for 2 rows");
    }
}
