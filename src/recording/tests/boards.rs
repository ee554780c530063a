//! Event files as those who read them see them.

use std::fs;

use super::{STEPS, file, open, written};
use crate::recording::event_files;

/// A number of protocol buffers at the beginning of bytes, and what follows.
fn varint(bytes: &[u8]) -> (u64, &[u8]) {
    let length = bytes.iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    let number =
        bytes[..length].iter().rev().fold(0, |sum, byte| sum << 7 | u64::from(byte & 0x7f));
    (number, &bytes[length..])
}

/// The fields of a message by their numbers, each as its bytes.
fn fields(mut message: &[u8]) -> Vec<(u64, Vec<u8>)> {
    let mut found = Vec::new();
    while !message.is_empty() {
        let (key, rest) = varint(message);
        let (content, rest) = match key & 7 {
            0 => {
                let (number, rest) = varint(rest);
                (number.to_le_bytes().to_vec(), rest)
            }
            1 => (rest[..8].to_vec(), &rest[8..]),
            2 => {
                let (length, rest) = varint(rest);
                (rest[..length as usize].to_vec(), &rest[length as usize..])
            }
            5 => (rest[..4].to_vec(), &rest[4..]),
            other => panic!("{other}"),
        };
        found.push((key >> 3, content));
        message = rest;
    }
    found
}

fn field(message: &[u8], number: u64) -> Option<Vec<u8>> {
    fields(message).into_iter().find(|(known, _)| *known == number).map(|(_, content)| content)
}

/// The data of every record, whose checksums are right.
fn records(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let sound = |data: &[u8], sum: &[u8]| {
        let sum = u32::from_le_bytes(sum.try_into().unwrap());
        assert_eq!(sum.wrapping_sub(0xa282_ead8).rotate_left(15), crc32c::crc32c(data));
    };
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let length = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
        sound(&bytes[..8], &bytes[8..12]);
        sound(&bytes[12..12 + length], &bytes[12 + length..16 + length]);
        found.push(bytes[12..12 + length].to_vec());
        bytes = &bytes[16 + length..];
    }
    found
}

#[test]
fn metrics_are_taken_along_as_event_files() {
    let written = written(&file());
    let folder = tempfile::tempdir().unwrap();
    event_files(&open(&written).unwrap(), folder.path()).unwrap();
    let name = written.path.file_stem().unwrap();
    let files: Vec<_> = fs::read_dir(folder.path().join(name)).unwrap().collect();
    assert_eq!(files.len(), 1);
    let path = files[0].as_ref().unwrap().path();
    assert!(path.file_name().unwrap().to_str().unwrap().starts_with("events.out.tfevents."));
    let events = records(&fs::read(path).unwrap());
    assert_eq!(field(&events[0], 3).unwrap(), b"brain.Event:2");
    // Loss, accuracy and learning rate of each step.
    assert_eq!(events.len() as u64, 1 + 3 * STEPS);
    let mut last = f64::MIN;
    let losses = events.iter().skip(1).filter_map(|event| {
        let time = f64::from_le_bytes(field(event, 1).unwrap().try_into().unwrap());
        assert!(time >= last);
        last = time;
        let value = field(&field(event, 5).unwrap(), 1).unwrap();
        let tag = String::from_utf8(field(&value, 1).unwrap()).unwrap();
        let step = u64::from_le_bytes(field(event, 2).unwrap().try_into().unwrap());
        let value = f32::from_le_bytes(field(&value, 2).unwrap().try_into().unwrap());
        (tag == "train/loss").then_some((step, value))
    });
    let losses: Vec<_> = losses.collect();
    let expected: Vec<_> = (1..=STEPS).map(|step| (step, 1.0 / step as f32)).collect();
    assert_eq!(losses, expected);
}
