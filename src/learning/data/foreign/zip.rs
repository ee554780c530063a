//! What a ZIP archive holds, by the names in it (PKWARE, APPNOTE.TXT, 4.3.7): a workbook is one, too.

use super::{FROM_PYTHON, Foreign, UNPACK, WORKBOOK};

/// Of an entry, of an archive without any, and of one in several parts.
const SIGNATURES: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];
/// Where an entry's header has the length of its name, and where the name begins.
const LENGTH_AT: usize = 26;
const NAME_AT: usize = 30;

/// An archive, if these bytes begin one.
pub(super) fn archive(head: &[u8]) -> Option<Foreign> {
    SIGNATURES.iter().find(|signature| head.starts_with(signature))?;
    let any = |holds: &dyn Fn(&[u8]) -> bool| names(head).any(holds);
    let document =
        Foreign::format(key!("data-it-is-a-document-of"), key!("data-save-its-table-as-csv"));
    let found = if any(&|name| name.starts_with(b"word/") || name.starts_with(b"ppt/")) {
        document
    } else if any(&|name| name.starts_with(b"xl/") || name == b"[Content_Types].xml") {
        // ECMA-376, Office Open XML.
        WORKBOOK
    } else if any(&|name| name == b"mimetype") {
        // OpenDocument 1.3, part 2, 3.3: the first entry, and not packed.
        let first = head.get(..256).unwrap_or(head);
        let is_sheet = first.windows(11).any(|window| window == b"spreadsheet");
        if is_sheet { WORKBOOK } else { document }
    } else if any(&|name| name.ends_with(b".npy")) {
        Foreign::format(key!("data-it-is-an-archive-of"), FROM_PYTHON)
    } else {
        Foreign::detour(key!("data-it-is-a-zip-archive"), UNPACK)
    };
    Some(found)
}

/// The names of the entries whose headers lie in these bytes.
fn names(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let headers = head.windows(4).enumerate().filter(|(_, bytes)| *bytes == SIGNATURES[0]);
    headers.filter_map(|(at, _)| {
        let header = head.get(at..)?;
        let length = header.get(LENGTH_AT..)?.first_chunk()?;
        header.get(NAME_AT..)?.get(..usize::from(u16::from_le_bytes(*length)))
    })
}
