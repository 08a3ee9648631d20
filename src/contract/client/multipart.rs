//! A body of `multipart/form-data` (RFC 7578), as a browser sends a form with files.

use crate::contract::format::FormPart;
use crate::contract::value::{Difference, Values, bytes, quoted};

/// Between the parts; no content of a contract has it.
const BOUNDARY: &str = "----RoadmapFormBoundary7MA4YWxk";

/// The `Content-Type` of these bodies.
#[must_use]
pub fn multipart_media_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// A part of such a body, with its values filled in.
#[derive(Debug, Clone, Default)]
pub struct MultipartPart {
    pub name: String,
    /// The name of the file, where it is one.
    pub file: Option<String>,
    pub media_type: Option<String>,
    pub content: Vec<u8>,
}

impl MultipartPart {
    /// The part that a contract describes.
    ///
    /// # Errors
    /// An unknown variable, bytes that are none, or a content that is longer than its size.
    pub(super) fn from_step(part: &FormPart, values: &Values) -> Result<Self, Difference> {
        let text = |text: &Option<String>| text.as_ref().map(|text| values.text(text)).transpose();
        Ok(Self {
            name: values.text(&part.name)?,
            file: text(&part.file)?,
            media_type: text(&part.media_type)?,
            content: content(part, values)?,
        })
    }
}

/// The body of these parts.
#[must_use]
pub fn encode_multipart(parts: &[MultipartPart]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let mut head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"",
            escaped(&part.name)
        );
        if let Some(file) = &part.file {
            head.push_str(&format!("; filename=\"{}\"", escaped(file)));
        }
        if let Some(media_type) = &part.media_type {
            head.push_str(&format!("\r\nContent-Type: {}", escaped(media_type)));
        }
        body.extend(head.as_bytes());
        body.extend(b"\r\n\r\n");
        body.extend(&part.content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn content(part: &FormPart, values: &Values) -> Result<Vec<u8>, Difference> {
    let digits = values.text(part.hex.as_deref().unwrap_or_default())?;
    let wrong = || Difference::new("hex", "hexadecimal digits", quoted(&digits));
    let mut content = bytes(&digits).ok_or_else(wrong)?;
    content.extend(values.text(part.text.as_deref().unwrap_or_default())?.into_bytes());
    let Some(size) = part.size else { return Ok(content) };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if content.len() > size {
        let actual = format!("{} bytes", content.len());
        return Err(Difference::new(
            "size",
            format!("at most {size} bytes before the filler"),
            actual,
        ));
    }
    content.resize(size, 0);
    Ok(content)
}

/// A name within quotes, escaped as browsers do it.
fn escaped(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_their_names_types_and_bytes() {
        let values = Values::new("http://127.0.0.1:1", 1);
        let plain =
            FormPart { name: "a\"b".into(), text: Some("x\r\ny".into()), ..FormPart::default() };
        let file = FormPart {
            name: "file".into(),
            file: Some("../c.png".into()),
            media_type: Some("image/png".into()),
            hex: Some("89 50".into()),
            text: Some("t".into()),
            size: Some(5),
        };
        let parts =
            [&plain, &file].map(|part| MultipartPart::from_step(part, &values).expect("a part"));
        let body = encode_multipart(&parts);
        let expected = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\nx\r\ny\r\n\
             --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../c.png\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        let expected =
            [expected.as_bytes(), b"\x89Pt\0\0\r\n--", BOUNDARY.as_bytes(), b"--\r\n"].concat();
        assert_eq!(body, expected);
        let short = FormPart { size: Some(2), ..file };
        assert!(MultipartPart::from_step(&short, &values).is_err());
    }
}
