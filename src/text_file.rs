//! Text files as people's editors and shells write them: with a byte order mark, in UTF-16, and
//! of any size. What is read is bounded by the bytes that come, not by what the system says of
//! the file: `/dev/zero` and `/proc` have no size.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A text file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Read(#[from] io::Error),
    #[error("it is too large: over {} MiB", .limit >> 20)]
    Large { limit: u64 },
    #[error("it is no text in UTF-8 or UTF-16")]
    NotText,
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Read(error) => error,
            other => Self::new(io::ErrorKind::InvalidData, other.to_string()),
        }
    }
}

/// The text of the file at `path`, of `limit` bytes at most.
///
/// # Errors
/// What the system says; a larger file; one that is no text.
pub fn read(path: &Path, limit: u64) -> Result<String, Error> {
    decode(read_bytes(path, limit)?)
}

/// The bytes of the file at `path`, `limit` at most.
///
/// # Errors
/// What the system says; a larger file.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > limit { Err(Error::Large { limit }) } else { Ok(bytes) }
}

/// Bytes as text: UTF-8, or what a byte order mark says (Unicode 16, section 23.8). Windows
/// PowerShell writes UTF-16 with a mark where output goes to a file. The mark is left out.
///
/// # Errors
/// Bytes that are not what their mark says, or no UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<String, Error> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        let text = String::from_utf16(&units).map_err(|_| Error::NotText)?;
        if rest.is_empty() { Ok(text) } else { Err(Error::NotText) }
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => {
            String::from_utf8(rest.to_vec()).map_err(|_| Error::NotText)
        }
        _ => String::from_utf8(bytes).map_err(|_| Error::NotText),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_how_a_text_is_written_and_is_left_out() {
        let text = "{\"ü\": \"日𝄞\"}\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little = units.iter().flat_map(|unit| unit.to_le_bytes());
        let big = units.iter().flat_map(|unit| unit.to_be_bytes());
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [0xff, 0xfe].into_iter().chain(little).collect(),
            [0xfe, 0xff].into_iter().chain(big).collect(),
        ] {
            assert_eq!(decode(bytes).expect("a text"), text);
        }
    }

    #[test]
    fn what_is_not_what_its_mark_says_is_no_text() {
        for bytes in [&b"\xff\xfea"[..], b"\xff\xfe\x00\xd8", b"\xef\xbb\xbf\xff", b"a\xff"] {
            assert!(matches!(decode(bytes.to_vec()), Err(Error::NotText)), "{bytes:?}");
        }
    }

    #[test]
    fn the_bytes_that_come_are_counted() {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let path = folder.path().join("text");
        std::fs::write(&path, "12345").expect("written");
        assert_eq!(read(&path, 5).expect("small"), "12345");
        assert!(matches!(read(&path, 4), Err(Error::Large { limit: 4 })));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_without_end_is_too_large() {
        assert!(matches!(read(Path::new("/dev/zero"), 1 << 20), Err(Error::Large { .. })));
    }
}
