//! What others write is told apart, and what is written here others can read.

use mcap::{MessageStream, WriteOptions, Writer};

use super::*;
use crate::recording::{format, metrics_table, runs_table};

#[test]
fn other_files_are_told_apart() {
    let png = [0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13];
    for bytes in [&b""[..], b"MCAP", &png, &format::MAGIC] {
        let fault = open(&written(bytes)).unwrap_err();
        assert!(matches!(fault, RecordingFault::NoRecording(_)), "{fault}");
    }
    let mut foreign = Vec::new();
    Writer::new(io::Cursor::new(&mut foreign)).unwrap().finish().unwrap();
    let fault = open(&written(&foreign)).unwrap_err();
    assert!(matches!(fault, RecordingFault::NoRecording(_)), "{fault}");
    let folder = tempfile::tempdir().unwrap();
    let fault = Recorded::open(folder.path(), PayloadKinds::default(), &mut |_, _| {}).unwrap_err();
    assert!(
        matches!(fault, RecordingFault::NoRecording(_) | RecordingFault::Unreadable(..)),
        "{fault}"
    );
}

#[test]
fn a_recording_of_another_version_is_told_by_its_number() {
    let mut bytes = Vec::new();
    let mut writer = WriteOptions::new()
        .profile(format::PROFILE)
        .compression(None)
        .create(io::Cursor::new(&mut bytes))
        .unwrap();
    let schema = writer.add_schema("perceptarium.Frame/9", format::ENCODING, b"").unwrap();
    writer.add_channel(schema, "reports", format::ENCODING, &BTreeMap::new()).unwrap();
    writer.finish().unwrap();
    drop(writer);
    let fault = open(&written(&bytes)).unwrap_err();
    let RecordingFault::Version(_, found) = &fault else { panic!("{fault}") };
    assert!(found.contains('9'), "{fault}");
}

#[test]
fn other_programs_read_the_metrics() {
    let bytes = file();
    let mut losses = Vec::new();
    let mut topics = BTreeMap::new();
    for message in MessageStream::new(&bytes).unwrap() {
        let message = message.unwrap();
        if message.channel.topic != "metrics" {
            assert_eq!(message.channel.message_encoding, format::ENCODING);
            *topics.entry(message.channel.topic.clone()).or_insert(0) += 1;
            continue;
        }
        let schema = message.channel.schema.as_ref().unwrap();
        assert_eq!(schema.encoding, "jsonschema");
        let schema: serde_json::Value = serde_json::from_slice(&schema.data).unwrap();
        assert_eq!(schema["properties"]["test_accuracy"]["type"], "number");
        let row: serde_json::Value = serde_json::from_slice(&message.data).unwrap();
        assert_eq!(row["step"], message.sequence);
        losses.push(row["loss"].as_f64().unwrap());
    }
    assert_eq!(topics["snapshots"], STEPS / APART + 1);
    // A table of the steps between two snapshots or flushes, and four reports.
    assert!((30..=50).contains(&topics["reports"]), "{topics:?}");
    // A step a millisecond, of which the first of each five is told.
    assert!((60..=70).contains(&losses.len()), "{}", losses.len());
    assert_eq!((losses[0], losses[1]), (1.0, 0.166_666_67));
}

#[test]
fn metrics_and_runs_are_taken_along_as_tables() {
    let file = written(&file());
    let recorded = open(&file).unwrap();
    let mut table = Vec::new();
    metrics_table(&recorded, &mut table).unwrap();
    let table = String::from_utf8(table).unwrap();
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len() as u64, STEPS + 1);
    assert_eq!(
        lines[0],
        "run,step,epoch,learning_rate,merged,loss,accuracy,test_loss,test_accuracy"
    );
    assert_eq!(lines[4], "0,4,1,0.001,1,0.25,0.5,,");
    let mut table = Vec::new();
    runs_table(&[recorded], &mut table).unwrap();
    let table = String::from_utf8(table).unwrap();
    let run = table.lines().nth(1).unwrap();
    assert!(run.contains(",0,example,42,flex,0.001,32,10,54410,8000,2000,2,300,true"), "{run}");
}
