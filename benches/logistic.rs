//! How fast a table is read, fitted and judged: `cargo bench --profile dev --bench logistic`.
//!
//! Figures of small things are the median of several runs with the least in brackets, in milliseconds of the clock, on
//! as many threads as there are cores. The bundled tumours are fitted as scikit-learn's reference is; made-up rows by the
//! million, or with columns by the thousand, show that time and memory stay bounded.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

mod memory;

use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    ops::ControlFlow,
    path::Path,
    sync::Arc,
    time::Instant,
};

use perceptarium::{
    exhibits::logistic::payload::{
        Penalty, RowAsk, Solver, Split, TableSettings, TableVerdict, TuneReport,
    },
    exhibits::logistic::{self, Raw, ReadOptions, Ready, Settings},
    learning::{Evaluation, StepOrder, StepPlace, Trainable, TrainingConfig},
    stream::{InputChoice, Payload},
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Repetitions of what takes milliseconds.
const MANY: usize = 51;
/// Repetitions of what takes a tenth of a second.
const SOME: usize = 5;
/// Made-up rows and columns.
const ROWS: usize = 1_000_000;
const COLUMNS: usize = 30;

fn ready(raw: &Arc<Raw>, table: TableSettings) -> Ready {
    let settings = Settings { table, ..Settings::default() };
    logistic::ready(raw.clone(), settings, 42).expect("a table that can be learned from")
}

fn begun(ready: Ready) -> Box<dyn Trainable> {
    let mut trainable = logistic::trainable(ready)(&TrainingConfig::default()).expect("a lesson");
    trainable.begin(42, &mut |_, _| ()).expect("zeros");
    trainable
}

/// Judges to the end: each fold, and the verdict.
fn judged(trainable: &mut dyn Trainable) -> (Vec<TuneReport>, TableVerdict) {
    let mut folds = Vec::new();
    let mut note = |findings: Vec<Payload>| {
        folds.extend(findings.iter().filter_map(Payload::get::<TuneReport>).map(|fold| **fold));
    };
    loop {
        match trainable.evaluate(0.1, &mut || ControlFlow::Continue(())).expect("a slice") {
            Evaluation::Going(findings) => note(findings),
            Evaluation::Done(judged) => {
                note(judged.findings);
                if let Some(verdict) = judged.verdict.get::<TableVerdict>() {
                    return (folds, (**verdict).clone());
                }
            }
            Evaluation::BrokenOff => {}
        }
    }
}

/// Takes a step; whether there are any left.
fn step(trainable: &mut dyn Trainable, epoch: u32, learning_rate: f64) -> bool {
    let at = StepPlace { epoch, batch: 0 };
    !trainable.step(StepOrder { at, steps: 1, learning_rate, keep: false }).expect("a step").over
}

/// Median and least of what something measures, such as milliseconds.
fn repeated(repetitions: usize, mut what: impl FnMut() -> f64) -> String {
    let mut all: Vec<f64> = (0..repetitions).map(|_| what()).collect();
    all.sort_by(f64::total_cmp);
    format!("{:.3} ms ({:.3})", all[all.len() / 2], all[0])
}

fn milliseconds(what: impl FnOnce()) -> f64 {
    let start = Instant::now();
    what();
    start.elapsed().as_secs_f64() * 1e3
}

/// Rows whose class is a noisy function of half of their columns, written as a CSV.
fn write_made_up(path: &Path) {
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    let names: Vec<String> = (0..COLUMNS).map(|at| format!("x{at}")).collect();
    writeln!(file, "{},label", names.join(",")).expect("a line");
    let mut row = [0.0_f64; COLUMNS];
    for _ in 0..ROWS {
        let mut score = generator.random_range(-4.0..4.0);
        for (at, value) in row.iter_mut().enumerate() {
            *value = generator.random_range(-1.0..1.0);
            if at % 2 == 0 {
                score += *value * (at as f64 / 10.0 - 1.0);
            }
            write!(file, "{value:.5},").expect("a field");
        }
        writeln!(file, "{}", u8::from(score > 0.0)).expect("a line");
    }
}

fn bundled() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = folder.join("assets/datasets/breast-cancer-wisconsin/breast-cancer-wisconsin.csv");
    let read = || logistic::load(&path, &ReadOptions::default(), &mut |_, _| ());
    let raw = read().expect("the bundled table");
    let reference = || TableSettings { split: Split::Sklearn42, ..TableSettings::default() };
    println!("bundled, {} rows:", raw.rows());
    println!("  reading: {}", repeated(SOME, || milliseconds(|| drop(read()))));
    let prepare = || milliseconds(|| drop(std::hint::black_box(ready(&raw, reference()))));
    println!("  splitting, scoring, standardising: {}", repeated(SOME, prepare));
    for (name, table) in [
        ("as the reference", reference()),
        ("L1", TableSettings { penalty: Penalty::L1, ..reference() }),
        ("products, 465 terms", TableSettings { pairwise: true, ..reference() }),
    ] {
        let mut trainable = begun(ready(&raw, table));
        let repetitions = if name == "as the reference" { MANY } else { SOME };
        let (mut fits, mut last) = (Vec::new(), None);
        let whole = repeated(repetitions, || {
            milliseconds(|| {
                let (folds, verdict) = judged(trainable.as_mut());
                fits.push(verdict.fit_milliseconds);
                last = Some((folds, verdict));
            })
        });
        fits.sort_by(f64::total_cmp);
        let (folds, verdict) = last.expect("a verdict");
        println!(
            "  {name}: {} iterations of L-BFGS, {:.3} ms ({:.3})",
            verdict.iterations,
            fits[fits.len() / 2],
            fits[0]
        );
        println!("    judged with {} fits over folds and both baselines: {whole}", folds.len());
        println!(
            "    accuracy {:.4}, log loss {:.4}, AUC {:.4}",
            verdict.accuracy,
            verdict.log_loss,
            verdict.auc.unwrap_or(f64::NAN)
        );
    }
    let mut trainable = begun(ready(&raw, reference()));
    let mut epoch = 0;
    let one = repeated(MANY, || {
        epoch += 1;
        milliseconds(|| {
            std::hint::black_box(step(trainable.as_mut(), epoch, 0.3));
        })
    });
    println!("  a step of descent over all rows: {one}");
    let picture = repeated(MANY, || {
        epoch += 1;
        step(trainable.as_mut(), epoch, 0.3);
        milliseconds(|| {
            std::hint::black_box(
                trainable.network_values(&InputChoice::of(RowAsk(Some(7)))).expect("a picture"),
            );
        })
    });
    println!("  a picture of new coefficients: {picture}");
}

/// Few rows of thousands of columns, one in fifty of which has to do with the class, as measured on a chip for genes.
fn wide(rows: usize, columns: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("wide.csv");
    let mut generator = ChaCha8Rng::seed_from_u64(2);
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    let names: Vec<String> = (0..columns).map(|at| format!("g{at}")).collect();
    writeln!(file, "{},label", names.join(",")).expect("a line");
    for row in 0..rows {
        let class = row % 2;
        for at in 0..columns {
            let shift = if at % 50 == 0 { class as f64 } else { 0.0 };
            write!(file, "{:.4},", shift + generator.random_range(-1.0..1.0)).expect("a field");
        }
        writeln!(file, "{class}").expect("a line");
    }
    file.flush().expect("a whole file");
    println!("made up, {rows} rows of {columns} columns:");
    let whole = Instant::now();
    let raw = logistic::load(&path, &ReadOptions::default(), &mut |_, _| ()).expect("a table");
    println!("  reading: {:.3} s", whole.elapsed().as_secs_f64());
    let start = Instant::now();
    let ready = ready(&raw, TableSettings { solver: Solver::Lbfgs, ..TableSettings::default() });
    println!("  scoring, standardising, components: {:.3} s", start.elapsed().as_secs_f64());
    let drawn = ready.table().drawn.rows.len();
    let mut trainable = begun(ready);
    let start = Instant::now();
    let mut steps = 1;
    while step(trainable.as_mut(), steps, 0.1) {
        steps += 1;
    }
    println!("  {steps} steps of L-BFGS: {:.3} s", start.elapsed().as_secs_f64());
    let picture = milliseconds(|| {
        std::hint::black_box(
            trainable.network_values(&InputChoice::of(RowAsk(Some(7)))).expect("a picture"),
        );
    });
    println!("  a picture of {drawn} rows: {picture:.1} ms");
    let start = Instant::now();
    let (folds, verdict) = judged(trainable.as_mut());
    println!(
        "  the fit: {:.1} ms; judged with {} fits over folds and both baselines: {:.2} s",
        verdict.fit_milliseconds,
        folds.len(),
        start.elapsed().as_secs_f64(),
    );
    println!(
        "  all: {:.2} s, peak memory {:.0} MiB",
        whole.elapsed().as_secs_f64(),
        memory::mib("VmHWM")
    );
}

fn made_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("made-up.csv");
    write_made_up(&path);
    let bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
    println!("made up, {ROWS} rows of {COLUMNS} columns, {} MB:", bytes / 1_000_000);
    let start = Instant::now();
    let raw = logistic::load(&path, &ReadOptions::default(), &mut |_, _| ()).expect("a table");
    println!(
        "  reading: {:.2} s, peak memory {:.0} MiB",
        start.elapsed().as_secs_f64(),
        memory::mib("VmHWM")
    );
    let start = Instant::now();
    let table = TableSettings { solver: Solver::Lbfgs, ..TableSettings::default() };
    let ready = ready(&raw, table);
    println!("  splitting, scoring, standardising: {:.2} s", start.elapsed().as_secs_f64());
    println!("  drawn: {} of {} rows", ready.table().drawn.rows.len(), ready.table().rows);
    let mut trainable = begun(ready);
    let start = Instant::now();
    let mut steps = 1;
    while step(trainable.as_mut(), steps, 0.1) {
        steps += 1;
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "  {steps} steps of L-BFGS: {seconds:.2} s, {:.1} ms each",
        1e3 * seconds / f64::from(steps)
    );
    let start = Instant::now();
    let (folds, verdict) = judged(trainable.as_mut());
    println!(
        "  judged with {} fits over folds and both baselines: {:.1} s",
        folds.len(),
        start.elapsed().as_secs_f64(),
    );
    println!(
        "  accuracy {:.4}, log loss {:.4}, AUC {:.4}",
        verdict.accuracy,
        verdict.log_loss,
        verdict.auc.unwrap_or(f64::NAN)
    );
    println!("  peak memory {:.0} MiB", memory::mib("VmHWM"));
}

fn main() {
    // As in a session, this thread is one of those that calculate.
    let pool = rayon::ThreadPoolBuilder::new().use_current_thread().build();
    let _pool = pool.expect("threads");
    println!("{} threads; median and, in brackets, the least", rayon::current_num_threads());
    bundled();
    for (rows, columns) in [(72, 1900), (72, 7129), (200, 20_000)] {
        wide(rows, columns);
    }
    made_up();
}
