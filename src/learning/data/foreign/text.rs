//! Texts that are no tables: web pages, JSON, and what stands for a file that is elsewhere.

use serde::de::IgnoredAny;

use super::{Foreign, WORKBOOK};

const WEB_PAGE: Foreign =
    Foreign::detour(key!("data-it-is-a-web-page"), key!("data-fetch-the-file-again-not"));
const SERVER_ERROR: Foreign =
    Foreign::detour(key!("data-it-is-a-servers-error"), key!("data-fetch-the-file-again-from"));
const JSON: Foreign = Foreign::format(key!("data-it-is-json"), key!("data-convert-it-to-csv"));
/// As much as [`foreign`] is given of a longer file.
const WHOLE_HEAD: usize = 64 << 10;

/// Starts of a text, in small letters, after blanks, a byte order mark and comments of markup.
const STARTS: &[(&str, Foreign)] = &[
    // https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
    (
        "version https://git-lfs",
        Foreign::detour(key!("data-it-is-a-git-lfs"), key!("data-fetch-the-file-with-git")),
    ),
    ("<!doctype html", WEB_PAGE),
    (
        "{\\rtf1",
        Foreign::format(key!("data-it-is-a-document-rtf"), key!("data-save-its-table-as-csv")),
    ),
];

/// What a text is, if it is no table.
pub(super) fn foreign(head: &[u8]) -> Option<Foreign> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let small = head.get(..4096).unwrap_or(head).to_ascii_lowercase();
    let small = String::from_utf8_lossy(&small);
    let small = without_comments(&small);
    let known = STARTS.iter().find(|(start, _)| small.starts_with(start));
    known
        .map(|(_, foreign)| *foreign)
        .or_else(|| markup(small))
        .or_else(|| is_arff(small).then_some(ARFF))
        .or_else(|| is_json(head).then_some(JSON))
}

fn without_comments(mut text: &str) -> &str {
    while let Some((_, after)) = text.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
        text = after.trim_start();
    }
    text
}

/// Web pages and XML, but no table whose names are in angle brackets, as stock exchanges write them.
fn markup(text: &str) -> Option<Foreign> {
    const TAGS: [&str; 9] =
        ["html", "head", "body", "table", "title", "meta", "script", "div", "p"];
    let (tag, after) = text.strip_prefix('<')?.split_once('>')?;
    if after.trim_start_matches(' ').starts_with([',', ';', '\t', '|', ':']) || parts_fields(tag) {
        return None;
    }
    let name = tag.split(|letter: char| letter.is_whitespace() || letter == '/').next()?;
    if TAGS.contains(&name) {
        return Some(WEB_PAGE);
    }
    // As S3 and its like answer: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    if name == "error" || name == "?xml" && after.contains("<error>") {
        return Some(SERVER_ERROR);
    }
    if name != "?xml" {
        return None;
    }
    let document = without_comments(after.trim_start());
    Some(if document.contains("<html") || document.contains("<!doctype html") {
        WEB_PAGE
    } else if document.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        // XML Spreadsheet 2003.
        WORKBOOK
    } else {
        Foreign::format(key!("data-it-is-xml"), key!("data-convert-it-to-csv"))
    })
}

/// Whether what would be a tag holds what parts the fields of a table. Between the attributes of a tag stand blanks
/// alone (WHATWG HTML, 13.1.2.3), and what is in quotation marks is a value.
fn parts_fields(tag: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    for letter in tag.chars() {
        let parts = match letter {
            ',' | ';' | '|' => true,
            '\t' => !before.is_whitespace(),
            _ => letter == ':' && before == ':',
        };
        match quote {
            None if parts => return true,
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            Some(mark) if mark == letter => quote = None,
            _ => {}
        }
        before = letter;
    }
    false
}

const ARFF: Foreign =
    Foreign::format(key!("data-it-is-an-arff-file"), key!("data-save-it-as-csv-the"));

/// <https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/>: comments, then the relation.
fn is_arff(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.find(|line| !line.starts_with('%')).is_some_and(|line| {
        line.strip_prefix("@relation").is_some_and(|name| name.starts_with([' ', '\t', '\'']))
    })
}

/// An object or a list of RFC 8259, or a line of one each; a name in brackets is neither.
fn is_json(head: &[u8]) -> bool {
    let [b'{' | b'[', rest @ ..] = head else {
        return false;
    };
    // An object tells itself by its first name, even if it is cut short or spoilt further on.
    let inside = match (head, rest.trim_ascii_start()) {
        ([b'[', ..], [b'{', inside @ ..]) | ([b'{', ..], inside) => Some(inside.trim_ascii_start()),
        _ => None,
    };
    let name = inside.and_then(|inside| inside.strip_prefix(b"\""));
    let after_name = name.and_then(|name| name.split(|&byte| byte == b'"').nth(1));
    if after_name.is_some_and(|after| after.trim_ascii_start().starts_with(b":")) {
        return true;
    }
    let mut values = serde_json::Deserializer::from_slice(head).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => {
            let after = head.get(values.byte_offset()..).unwrap_or_default().trim_ascii_start();
            matches!(after, [] | [b'{' | b'[', ..])
        }
        Some(Err(error)) => error.is_eof() && head.len() >= WHOLE_HEAD / 2,
        None => false,
    }
}
