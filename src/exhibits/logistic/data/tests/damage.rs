//! Whatever a file holds, it is read soundly or refused: arbitrary bytes, arbitrary text, and a good file damaged.

use proptest::prelude::*;

use super::*;
use crate::learning::data::fixtures::{Damage, damage, good_table};

/// Reads a damaged file: it may be refused in a sentence, but what is read is sound.
fn survives(name: &str, bytes: &[u8], label: Option<&str>) -> Result<(), TestCaseError> {
    let (_folder, path) = file(name, bytes);
    let options = ReadOptions { label: label.map(str::to_owned), ..ReadOptions::default() };
    match read(&path, &options, &mut |_, _| ()) {
        Ok(raw) => is_sound(&raw).map_err(TestCaseError::fail),
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
        name in prop::sample::select(vec!["t.csv", "t.csv.gz"]),
        bytes: Vec<u8>,
    ) {
        survives(name, &bytes, None)?;
    }

    #[test]
    fn any_text_is_read_or_refused(
        head in prop::sample::select(vec!["x,y,label\n", "label;x\n", "x\tlabel\n", ""]),
        text in "([0-9a-cé.\"-]{0,3}[,;\t\n]){0,80}",
    ) {
        survives("t.csv", format!("{head}{text}").as_bytes(), Some("label"))?;
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        packed: bool,
        damages in prop::collection::vec(any::<Damage>(), 1..4),
    ) {
        let mut bytes = if packed { zipped(&good_table()) } else { good_table() };
        damages.into_iter().for_each(|one| damage(&mut bytes, one));
        survives("t.csv", &bytes, Some("label"))?;
    }
}

#[test]
fn the_file_to_be_damaged_is_good() {
    let raw = table(&String::from_utf8(good_table()).unwrap(), "label");
    assert_eq!((raw.rows(), raw.columns.len(), raw.classes.len()), (200, 3, 3));
    assert_eq!(raw.sources().len(), 5);
}
