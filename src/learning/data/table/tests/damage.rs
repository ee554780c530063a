//! Whatever a file holds, it is read soundly or refused in one sentence.

use proptest::prelude::*;

use super::*;
use crate::learning::data::fixtures::{Damage, damage, good_table};

fn survives(bytes: &[u8], options: &TableOptions) -> Result<(), TestCaseError> {
    match read_with(bytes, options) {
        Ok(sheet) => is_sound(&sheet).map_err(TestCaseError::fail),
        Err(_) => Ok(()),
    }
}

fn options() -> impl Strategy<Value = TableOptions> {
    let mark = prop::sample::select(vec![None, Some(DecimalMark::Comma), Some(DecimalMark::Point)]);
    (any::<Option<bool>>(), mark)
        .prop_map(|(header, decimal_mark)| TableOptions { header, decimal_mark })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, options in options()) {
        survives(&bytes, &options)?;
        survives(&zipped(&bytes), &options)?;
    }

    #[test]
    fn any_text_is_read_or_refused(
        head in prop::sample::select(vec!["x,y,label\n", "sep=|\n", "label;x\r", "x\tlabel\n", ",a\n", ""]),
        text in "([0-9a-cé.\"'$%-]{0,4}[,;\t\n\r|]){0,80}",
        options in options(),
    ) {
        survives(format!("{head}{text}").as_bytes(), &options)?;
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        packed: bool,
        damages in prop::collection::vec(any::<Damage>(), 1..4),
    ) {
        let mut bytes = if packed { zipped(&good_table()) } else { good_table() };
        damages.into_iter().for_each(|one| damage(&mut bytes, one));
        survives(&bytes, &TableOptions::default())?;
    }
}

#[test]
fn the_file_to_be_damaged_is_good() {
    let sheet = read_with(&good_table(), &TableOptions::default()).unwrap();
    is_sound(&sheet).unwrap();
    assert_eq!((sheet.rows, sheet.columns.len()), (200, 4));
}
