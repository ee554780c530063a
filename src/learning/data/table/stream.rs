//! The bytes of a table as a splitter of rows wants them: every line ends with a line feed, and the file with a mark.

use std::io::{ErrorKind, Read};

use memchr::memchr;

/// No row is longer; what seems to be has a quotation mark that is never closed.
pub(super) const LONGEST_ROW: usize = 1 << 20;
/// The last line of every stream, which no text holds: it is not UTF-8. Where it turns up within a field, the field was
/// never closed.
pub(super) const END_MARK: &[u8] = b"\xff\xfeend\xfe\xff";

/// Bytes with line feeds alone at the ends of lines, and [`END_MARK`] as the last line; a row that goes on and on ends
/// them with an error.
pub(super) struct Stream<R> {
    inner: R,
    /// How many bytes may still be read for this row.
    pub(super) allowance: usize,
    /// Whether the last byte was a carriage return, whose line feed is left out.
    returned: bool,
    /// The last byte that was given.
    last: u8,
    /// What is left of the end, once it has been reached.
    end: Option<Vec<u8>>,
}

impl<R: Read> Stream<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, allowance: LONGEST_ROW, returned: false, last: b'\n', end: None }
    }

    /// Makes each end of a line one line feed; how many bytes are left.
    fn even(&mut self, bytes: &mut [u8]) -> usize {
        let mut from = usize::from(self.returned && bytes.first() == Some(&b'\n'));
        self.returned = false;
        let mut kept = 0;
        while let Some(at) = memchr(b'\r', &bytes[from..]) {
            let end = from + at;
            bytes[end] = b'\n';
            bytes.copy_within(from..=end, kept);
            kept += at + 1;
            from = end + 1;
            match bytes.get(from) {
                Some(b'\n') => from += 1,
                Some(_) => {}
                None => self.returned = true,
            }
        }
        if from > 0 {
            bytes.copy_within(from.., kept);
        }
        kept + bytes.len() - from
    }
}

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if let Some(end) = &mut self.end {
                let count = end.len().min(buffer.len());
                buffer[..count].copy_from_slice(&end[..count]);
                end.drain(..count);
                return Ok(count);
            }
            let most = buffer.len().min(self.allowance);
            let Some(bytes) = buffer.get_mut(..most).filter(|bytes| !bytes.is_empty()) else {
                return Err(ErrorKind::FileTooLarge.into());
            };
            let read = match self.inner.read(bytes) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                read => read?,
            };
            if read == 0 {
                let before: &[u8] = if self.last == b'\n' { b"" } else { b"\n" };
                self.end = Some([before, END_MARK, b"\n"].concat());
                continue;
            }
            self.allowance -= read;
            let kept = self.even(&mut bytes[..read]);
            if kept > 0 {
                self.last = bytes[kept - 1];
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives one byte at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(buffer.len());
            self.0.read(&mut buffer[..count])
        }
    }

    fn streamed(bytes: &[u8], at_once: usize) -> Vec<u8> {
        let mut all = Vec::new();
        Stream::new(Slow(bytes, at_once)).read_to_end(&mut all).unwrap();
        let end = [END_MARK, b"\n"].concat();
        assert!(all.ends_with(&end));
        all.truncate(all.len() - end.len());
        all
    }

    #[test]
    fn lines_end_with_line_feeds_alone() {
        for at_once in [1, 2, 3, 100] {
            assert_eq!(streamed(b"a\r\nb\rc\n\r\n\r\rd", at_once), b"a\nb\nc\n\n\n\nd\n");
            assert_eq!(streamed(b"a\r\n", at_once), b"a\n");
            assert_eq!(streamed(b"", at_once), b"");
        }
    }

    proptest! {
        #[test]
        fn pieces_of_any_size_give_the_same(text in "[a\r\n]{0,30}", at_once in 1_usize..9) {
            let mut expected = text.replace("\r\n", "\n").replace('\r', "\n");
            if !expected.is_empty() && !expected.ends_with('\n') {
                expected.push('\n');
            }
            prop_assert_eq!(streamed(text.as_bytes(), at_once), expected.as_bytes());
        }
    }
}
