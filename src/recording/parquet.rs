//! Metrics of a recording as a Parquet file, with the columns of the CSV: where one is not measured it is null.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Repetition, Type as Physical},
    data_type::{DoubleType, Int64Type},
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::Type,
};

use super::{
    export::{each_row, metrics_of},
    fault::RecordingFault,
    format::column,
    metrics::Row,
    recorded::Recorded,
};
use crate::stream::MetricSpec;

/// Rows that are held in memory and written together.
const ROWS_TOGETHER: usize = 1 << 16;

/// Columns of whole numbers, which every row has.
const COUNTS: [&str; 4] = ["run", "step", "epoch", "merged"];

/// Rows that wait to be written, column by column.
#[derive(Default)]
struct Waiting {
    counts: [Vec<i64>; COUNTS.len()],
    /// The learning rate and each metric, where a row has it.
    numbers: Vec<Vec<Option<f64>>>,
}

/// Writes the metrics of all runs of a recording, a row for each step that was told and each test after an epoch.
///
/// # Errors
/// If the recording cannot be read on, or the file not be written: the sentence says which.
pub fn metrics_parquet(
    recorded: &Recorded,
    to: &mut (dyn Write + Send),
) -> Result<(), RecordingFault> {
    let names: Vec<String> = metrics_of(recorded.runs()).iter().map(column).collect();
    let schema = schema(&names).map_err(fault)?;
    let properties = Arc::new(WriterProperties::new());
    let mut file = SerializedFileWriter::new(to, Arc::new(schema), properties).map_err(fault)?;
    let mut waiting = Waiting { numbers: vec![Vec::new(); names.len() + 1], ..Waiting::default() };
    each_row(recorded, |_, row, of_run| {
        waiting.take(row, of_run, &names);
        if waiting.counts[0].len() < ROWS_TOGETHER {
            return Ok(());
        }
        write(&mut waiting, file.next_row_group().map_err(fault)?)
    })?;
    if !waiting.counts[0].is_empty() {
        write(&mut waiting, file.next_row_group().map_err(fault)?)?;
    }
    file.close().map(drop).map_err(fault)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err gives")]
fn fault(error: parquet::errors::ParquetError) -> RecordingFault {
    RecordingFault::Table(error.to_string())
}

fn schema(metrics: &[String]) -> parquet::errors::Result<Type> {
    let field = |name: &str, kind, repetition| {
        Type::primitive_type_builder(name, kind).with_repetition(repetition).build().map(Arc::new)
    };
    let counts = COUNTS.iter().map(|name| field(name, Physical::INT64, Repetition::REQUIRED));
    let numbers = ["learning_rate"].into_iter().chain(metrics.iter().map(String::as_str));
    let numbers = numbers.map(|name| field(name, Physical::DOUBLE, Repetition::OPTIONAL));
    let fields = counts.chain(numbers).collect::<parquet::errors::Result<Vec<_>>>()?;
    Type::group_type_builder("metrics").with_fields(fields).build()
}

impl Waiting {
    fn take(&mut self, row: &Row, of_run: &[MetricSpec], names: &[String]) {
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let counts = [row.run.into(), whole(row.step), row.epoch.into(), whole(row.merged)];
        for (column, count) in self.counts.iter_mut().zip(counts) {
            column.push(count);
        }
        let metrics = names.iter().map(|name| row.value(of_run, name).map(f64::from));
        let numbers = [row.learning_rate].into_iter().chain(metrics);
        for (column, number) in self.numbers.iter_mut().zip(numbers) {
            column.push(number);
        }
    }
}

/// Writes what waits as one group of rows.
fn write<W: Write + Send>(
    waiting: &mut Waiting,
    mut group: SerializedRowGroupWriter<'_, W>,
) -> Result<(), RecordingFault> {
    let Waiting { counts, numbers } = waiting;
    for column in counts {
        if let Some(mut writer) = group.next_column().map_err(fault)? {
            writer.typed::<Int64Type>().write_batch(column, None, None).map_err(fault)?;
            writer.close().map_err(fault)?;
        }
        column.clear();
    }
    for column in numbers {
        if let Some(mut writer) = group.next_column().map_err(fault)? {
            let there: Vec<i16> = column.iter().map(|number| number.is_some().into()).collect();
            let values: Vec<f64> = column.iter().flatten().copied().collect();
            let typed = writer.typed::<DoubleType>();
            typed.write_batch(&values, Some(&there), None).map_err(fault)?;
            writer.close().map_err(fault)?;
        }
        column.clear();
    }
    group.close().map(drop).map_err(fault)
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};

    use super::*;
    use crate::recording::tests::{STEPS, file, open, written};

    #[test]
    fn metrics_are_taken_along_as_parquet() {
        let written = written(&file());
        let mut bytes = Vec::new();
        metrics_parquet(&open(&written).unwrap(), &mut bytes).unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len() as u64, STEPS);
        let fourth = rows[3].to_string();
        for said in ["step: 4", "loss: 0.25", "accuracy: 0.5", "test_loss: null"] {
            assert!(fourth.contains(said), "{fourth}");
        }
    }
}
