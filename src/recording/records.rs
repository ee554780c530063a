//! Records of MCAP as they lie in bytes: a kind, a length and so many bytes, read without trusting any of them.

/// A record, and where its content begins in the bytes it was read from.
pub(super) struct Record<'a> {
    pub(super) kind: u8,
    pub(super) at: usize,
    pub(super) content: &'a [u8],
}

/// Bytes of a record's kind and length.
pub(super) const PREFIX: usize = 9;
/// Bytes of a message before its data.
const MESSAGE_PREFIX: usize = 22;

/// The kind and the length of the record that bytes begin with.
pub(super) fn prefix(bytes: &[u8; PREFIX]) -> (u8, u64) {
    let [kind, length @ ..] = *bytes;
    (kind, u64::from_le_bytes(length))
}

/// The record at a place; none if not all of it is there.
pub(super) fn record(bytes: &[u8], at: usize) -> Option<Record<'_>> {
    let (first, rest) = bytes.get(at..)?.split_first_chunk::<PREFIX>()?;
    let (kind, length) = prefix(first);
    let content = rest.get(..usize::try_from(length).ok()?)?;
    Some(Record { kind, at: at + PREFIX, content })
}

/// Takes fields from the beginning of a record, one after the other; none when it is too short.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const COUNT: usize>(&mut self) -> Option<[u8; COUNT]> {
        let (taken, rest) = self.0.split_first_chunk::<COUNT>()?;
        self.0 = rest;
        Some(*taken)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = self.u32()? as usize;
        std::str::from_utf8(self.bytes(length)?).ok()
    }
}

/// A message: its channel, the step it belongs to, its time in nanoseconds since the recording began, and its data.
pub(super) struct MessageRecord<'a> {
    pub(super) channel: u16,
    pub(super) step: u32,
    pub(super) time: u64,
    /// Where its data begin in the record.
    pub(super) at: usize,
    pub(super) data: &'a [u8],
}

pub(super) fn message(content: &[u8]) -> Option<MessageRecord<'_>> {
    let mut fields = Fields(content);
    let (channel, step) = (fields.u16()?, fields.u32()?);
    let (time, _published) = (fields.u64()?, fields.u64()?);
    Some(MessageRecord { channel, step, time, at: MESSAGE_PREFIX, data: fields.0 })
}

/// What stands before a chunk's records.
pub(super) struct ChunkHeader {
    pub(super) uncompressed: u64,
    pub(super) checksum: u32,
    pub(super) compression: String,
    /// Bytes of its records, as they say.
    pub(super) length: u64,
    /// Bytes before them.
    pub(super) at: usize,
}

/// Reads what stands before a chunk's records; none where that is not all there.
pub(super) fn chunk(content: &[u8]) -> Option<ChunkHeader> {
    let mut fields = Fields(content);
    let (_start, _end) = (fields.u64()?, fields.u64()?);
    let (uncompressed, checksum) = (fields.u64()?, fields.u32()?);
    let compression = fields.text()?.to_owned();
    let length = fields.u64()?;
    let at = content.len() - fields.0.len();
    Some(ChunkHeader { uncompressed, checksum, compression, length, at })
}
