//! blog, milestone `uploads`: images by their content, under the hash of it.

use super::multipart::{Part, parts};
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::store::Store;
use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

const LIMIT: usize = 1024 * 1024;
const FOREVER: &str = "public, max-age=31536000, immutable";

type Answer = Result<Response, Response>;

/// A type of image: its media type, and the ending of its names.
type Kind = (&'static str, &'static str);

const PNG: Kind = ("image/png", "png");
const JPEG: Kind = ("image/jpeg", "jpg");
const GIF: Kind = ("image/gif", "gif");
const WEBP: Kind = ("image/webp", "webp");
const SVG: Kind = ("image/svg+xml", "svg");
const PAGE: Kind = ("text/html", "html");

/// The answer, if the address is one of this milestone.
pub fn answer(store: &mut Store, request: &Request, path: &[&str]) -> Option<Answer> {
    if !learner::has("uploads") {
        return None;
    }
    let reads = matches!(request.method.as_str(), "GET" | "HEAD");
    match path {
        ["api", "images"] if request.method == "POST" => Some(upload(store, request)),
        ["api", "images"] => Some(Ok(method_not_allowed("POST"))),
        ["images", name] if reads => Some(image(store, name)),
        _ => None,
    }
}

fn upload(store: &mut Store, request: &Request) -> Answer {
    let read = match parts(request) {
        Some(read) => read,
        None if fault("image-form-broken-500") => {
            return Err(problem(500, "There is no boundary."));
        }
        None => return Err(problem(400, "The body is no form with files.")),
    };
    let is_file = |part: &&Part| {
        (part.name == "file" || fault("image-part-of-any-name"))
            && (part.file.is_some() || fault("image-plain-field-taken"))
    };
    let files: Vec<&Part> = read.iter().filter(is_file).collect();
    if fault("image-fields-refused") && read.len() > files.len() {
        return Err(problem(422, "The form has a field that is not known."));
    }
    let part = match files.as_slice() {
        [part] => *part,
        [part, ..] if fault("image-first-of-two") => *part,
        [] if fault("image-missing-500") => return Err(problem(500, "There is no file.")),
        _ => return Err(problem(422, "Send one file, as the part `file`.")),
    };
    if part.content.len() > LIMIT && !fault("image-unlimited") {
        let status = if fault("image-too-large-422") { 422 } else { 413 };
        return Err(problem(status, "An image has 1 MiB at most."));
    }
    let name = part.file.as_deref().unwrap_or_default();
    if name.contains("..") && fault("image-name-500") {
        return Err(problem(500, "The file cannot be written."));
    }
    let Some(kind) = kind(part, name) else {
        let status = if fault("image-refused-500") { 500 } else { 415 };
        return Err(problem(status, "Send a PNG, JPEG, GIF or WebP image."));
    };
    Ok(stored(store, request, part, (name, kind)))
}

/// The type of a file: by its first bytes, and never by what the client says.
fn kind(part: &Part, name: &str) -> Option<Kind> {
    let all = [PNG, JPEG, GIF, WEBP, SVG, PAGE];
    let by_content = of_content(&part.content);
    if fault("image-type-by-name") {
        let ending = name.rsplit('.').next().unwrap_or_default();
        return all.into_iter().find(|(_, known)| *known == ending);
    }
    if fault("image-type-as-declared") {
        let declared = part.media_type.as_deref().unwrap_or_default();
        return all.into_iter().find(|(known, _)| *known == declared);
    }
    let is_page = by_content.is_some() && name.ends_with(".html");
    if is_page && fault("image-served-by-name") {
        return Some(PAGE);
    }
    by_content
}

fn of_content(content: &[u8]) -> Option<Kind> {
    let has = |text: &[u8]| content.windows(text.len()).any(|window| window == text);
    let is_riff = content.starts_with(b"RIFF");
    match () {
        () if content.starts_with(b"\x89PNG\r\n\x1a\n") => Some(PNG),
        () if content.starts_with(b"\xff\xd8\xff") => {
            Some(if fault("image-jpeg-as-png") { PNG } else { JPEG })
        }
        () if content.starts_with(b"GIF87a") && fault("image-old-gif-refused") => None,
        () if content.starts_with(b"GIF87a") || content.starts_with(b"GIF89a") => Some(GIF),
        () if is_riff && fault("image-webp-refused") => None,
        () if is_riff && fault("image-any-riff") => Some(WEBP),
        () if is_riff && content.get(8..12) == Some(b"WEBP") => Some(WEBP),
        () if has(b"GIF89a") && fault("image-signature-anywhere") => Some(GIF),
        () if has(b"<svg") && fault("image-svg-accepted") => Some(SVG),
        () if content.is_empty() && fault("image-empty-accepted") => Some(PNG),
        () => None,
    }
}

fn stored(
    store: &mut Store,
    request: &Request,
    part: &Part,
    (name, (media_type, ending)): (&str, Kind),
) -> Response {
    let source = match () {
        () if fault("image-named-by-name") => name.as_bytes().to_vec(),
        () if fault("image-named-by-size") => part.content.len().to_string().into_bytes(),
        () if fault("image-named-by-beginning") => {
            part.content[..part.content.len().min(8)].to_vec()
        }
        () if fault("image-named-anew") => clock::micros().to_string().into_bytes(),
        () => part.content.clone(),
    };
    let hash = HEXLOWER.encode(&Sha256::digest(source)[..16]);
    let hash = match () {
        () if fault("image-named-as-sent") => name.to_owned(),
        () if fault("image-named-by-number") => (store.rows("images").count() + 1).to_string(),
        () => hash,
    };
    let address = format!("{hash}.{ending}");
    let is_new = store.find("images", "name", &address).is_none();
    if !is_new && fault("image-again-409") {
        return problem(409, "This image is there already.");
    }
    if is_new {
        let id = store.next_id("images");
        let content = HEXLOWER.encode(&part.content);
        let row = json!({"id": id, "name": address, "type": media_type, "content": content});
        store.put("images", id, &row);
        store.commit();
    }
    let bytes = if fault("image-bytes-of-form") { request.body.len() } else { part.content.len() };
    let url = format!("/images/{address}");
    let shown = match fault("image-type-not-shown") {
        true => json!({"url": url, "bytes": bytes}),
        false => json!({"url": url, "type": media_type, "bytes": bytes}),
    };
    match () {
        () if fault("image-200") => Response::json(200, shown).with("Location", url),
        () if fault("image-without-location") => Response::json(201, shown),
        () => Response::created(shown, url),
    }
}

fn image(store: &Store, name: &str) -> Answer {
    if name.contains("..") && fault("image-any-file") {
        return Ok(Response::new(200, "text/plain", Body::Bytes(b"[package]".to_vec())));
    }
    let Some(row) = store.find("images", "name", name) else {
        let is_broken = fault("image-unknown-500");
        return Err(if is_broken { problem(500, "There is no such file.") } else { ids::absent() });
    };
    let text = |member: &str| row[member].as_str().unwrap_or_default();
    let mut content = HEXLOWER.decode(text("content").as_bytes()).unwrap_or_default();
    if fault("image-served-in-part") {
        content.truncate(content.len() / 2);
    }
    let kinds = [PNG, JPEG, GIF, WEBP, SVG, PAGE];
    let media_type = kinds.into_iter().find(|(known, _)| *known == text("type"));
    let media_type = media_type.map_or("application/octet-stream", |(known, _)| known);
    let media_type =
        if fault("image-served-as-bytes") { "application/octet-stream" } else { media_type };
    let answer = Response::new(200, media_type, Body::Bytes(content));
    Ok(match () {
        () if fault("image-not-cacheable") => answer.with("Cache-Control", "no-cache"),
        () if fault("image-for-an-hour") => answer.with("Cache-Control", "max-age=3600, immutable"),
        () => answer.with("Cache-Control", FOREVER),
    })
}
