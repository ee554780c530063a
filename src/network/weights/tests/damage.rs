//! Files that nobody should have made.

use super::*;

/// Reads a file and tries it on a network.
fn try_on(network: &Network, file: &Path) -> bool {
    match read(file) {
        Ok(arrays) => network.with_weights(arrays).is_ok(),
        Err(refusal) => {
            let words = refusal.to_string();
            assert!(!words.contains('\n') && words.len() < 300, "{words}");
            false
        }
    }
}

#[test]
fn nothing_that_is_cut_short_is_taken_for_whole() {
    let network = network(NET, 4);
    let files = ["state.pt", "legacy.pt"].map(|name| fs::read(path(name)).unwrap());
    let safe = safe(&arrays("state.pt"));
    for bytes in files.iter().chain([&safe]) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        assert!(try_on(&network, file.path()));
        for length in (0..bytes.len()).rev() {
            file.as_file().set_len(length as u64).unwrap();
            assert!(!try_on(&network, file.path()), "{length} of {} bytes", bytes.len());
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, start in 0..6_usize) {
        let magic: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\x80\x02", b"\x20\0\0\0\0\0\0\0{", b"(", b"}"];
        drop(read_bytes(&[magic[start], &bytes].concat()));
    }

    #[test]
    fn no_damage_panics(file in 0..5_usize, changes: Vec<(proptest::sample::Index, u8)>) {
        let names = ["state.pt", "legacy.pt", "module.pt", "checkpoint.pt", "safe"];
        let mut bytes = match names[file] {
            "safe" => safe(&arrays("state.pt")),
            name => fs::read(path(name)).unwrap(),
        };
        for (at, byte) in changes.into_iter().take(8) {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        try_on(&network(NET, 4), file.path());
    }
}
