//! Bodies of `multipart/form-data` (RFC 7578).

use crate::reference::faults::fault;
use crate::reference::protocol::http::Request;

pub struct Part {
    pub name: String,
    /// The name of the file.
    pub file: Option<String>,
    pub media_type: Option<String>,
    pub content: Vec<u8>,
}

/// The parts of a request's body; none if it is no whole body of parts.
pub fn parts(request: &Request) -> Option<Vec<Part>> {
    if request.media_type().as_deref() != Some("multipart/form-data") {
        return None;
    }
    let declared = request.header("content-type")?;
    let boundary = declared.split(';').find_map(|word| word.trim().strip_prefix("boundary="))?;
    let boundary = boundary.trim_matches('"');
    if boundary.is_empty() {
        return None;
    }
    let delimiter = format!("--{boundary}");
    let mut rest = request.body.strip_prefix(delimiter.as_bytes())?;
    let delimiter = format!("\r\n{delimiter}");
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let end = position(rest, delimiter.as_bytes())?;
        parts.push(part(rest[..end].strip_prefix(b"\r\n")?)?);
        rest = &rest[end + delimiter.len()..];
    }
    Some(parts)
}

fn part(bytes: &[u8]) -> Option<Part> {
    let end = position(bytes, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    };
    let disposition = header("content-disposition")?;
    let word = |name: &str| {
        let (_, rest) = disposition.split_once(&format!("; {name}=\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let mut content = bytes[end + 4..].to_vec();
    if fault("image-with-line-break") {
        content.extend(b"\r\n");
    }
    let media_type = header("content-type").map(str::to_owned);
    Some(Part { name: word("name")?, file: word("filename"), media_type, content })
}

fn position(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
