//! How fast a table is read, by the way its numbers are spelled: `cargo bench --profile dev --bench tables`.
//!
//! A million rows of thirty numbers and a class, made up, on one thread: seconds of the clock, the least of three
//! readings with the most in brackets, and the most memory that the process has had so far.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

mod memory;

use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::Path,
    time::Instant,
};

use perceptarium::exhibits::logistic::{self, ReadOptions};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

const ROWS: usize = 1_000_000;
const COLUMNS: usize = 30;
const READINGS: usize = 3;

/// How the numbers of a row are written, and what parts them.
type Spelling = (&'static str, char, fn(f64) -> String);

const SPELLINGS: [Spelling; 4] = [
    ("decimal points, commas between fields", ',', |value| format!("{value:.5}")),
    ("the same in quotes", ',', |value| format!("\"{value:.5}\"")),
    ("whole numbers", ',', |value| format!("{:.0}", value * 1e5)),
    ("decimal commas, semicolons between fields", ';', |value| {
        format!("{value:.5}").replace('.', ",")
    }),
];

fn write(path: &Path, (_, separator, spelled): Spelling) {
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    let between = separator.to_string();
    let names: Vec<String> = (0..COLUMNS).map(|at| format!("x{at}")).collect();
    writeln!(file, "{}{between}label", names.join(&between)).expect("a line");
    for row in 0..ROWS {
        let numbers = (0..COLUMNS).map(|_| spelled(generator.random_range(-1.0..1.0)));
        let numbers: Vec<String> = numbers.collect();
        writeln!(file, "{}{between}{}", numbers.join(&between), row % 2).expect("a line");
    }
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("made-up.csv");
    println!("{ROWS} rows of {COLUMNS} numbers:");
    for spelling in SPELLINGS {
        write(&path, spelling);
        let bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        let mut seconds: Vec<f64> = (0..READINGS)
            .map(|_| {
                let start = Instant::now();
                let read = logistic::load(&path, &ReadOptions::default(), &mut |_, _| ());
                assert_eq!(read.expect("a table").rows(), ROWS);
                start.elapsed().as_secs_f64()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        println!(
            "  {}, {} MB: {:.2} s ({:.2}), peak memory {:.0} MiB",
            spelling.0,
            bytes / 1_000_000,
            seconds[0],
            seconds[READINGS - 1],
            memory::mib("VmHWM")
        );
    }
}
