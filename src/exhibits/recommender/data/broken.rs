//! Counts the lines of a table that cannot be read, and tells when there are too many.

use crate::{
    learning::{TrainError, data::table::Rows},
    sentence::grouped,
    words::Phrase,
};

/// With more broken lines than one in so many, a file is not what it seems.
const MOST_BROKEN: u64 = 100;

/// Lines that cannot be read.
#[derive(Debug, Default)]
pub(super) struct Broken {
    lines: u64,
    /// The number of the first, and what is wrong with it.
    first: Option<(u64, Phrase)>,
}

impl Broken {
    /// Counts the row at which a table is; `why` goes on after "line 17".
    pub(super) fn add(&mut self, table: &Rows, why: Phrase) {
        self.lines += table.lines();
        self.first.get_or_insert_with(|| (table.line(), why));
    }

    /// At the end of the table: nothing, a remark, or the refusal of the file.
    pub(super) fn judged(self, table: &Rows) -> Result<Option<Phrase>, TrainError> {
        let Some((line, why)) = self.first else {
            return Ok(None);
        };
        let all = table.lines_read();
        let (lines, of) = (grouped(self.lines as usize), grouped(all as usize));
        let many = phrase!("recommender-model-of-lines-are-broken-and", lines, of, line, why);
        let fact = if self.lines == 1 {
            phrase!("recommender-model-line-of", line, of, why)
        } else {
            many
        };
        if self.lines * MOST_BROKEN > all {
            let remedy = phrase!("recommender-model-correct-it-only-where-at");
            return Err(TrainError::unusable(table.path(), fact, remedy));
        }
        let name = table.path().file_name().unwrap_or_default().to_string_lossy();
        let left_out = if self.lines == 1 {
            phrase!("recommender-model-it-was-left-out")
        } else {
            phrase!("recommender-model-they-were-left-out")
        };
        let remark = phrase!("list-apart", first = fact, second = left_out);
        Ok(Some(phrase!("list-of", name = name.as_ref(), value = remark)))
    }
}
