//! What makes a page whole: the policy header, no script within it, and every file it names.

use super::policy;
use crate::contract::client::Response;
use crate::contract::html::{Element, MAX_DEPTH, Page};
use crate::contract::value::{Difference, quoted};
use std::collections::BTreeSet;

/// A file that a page names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageFile {
    /// As written.
    pub address: String,
    pub kind: PageFileKind,
}

/// What a file must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageFileKind {
    Script,
    Style,
    Image,
}

impl PageFileKind {
    fn allows(self, media_type: &str) -> bool {
        match self {
            Self::Script => {
                ["text/javascript", "application/javascript", "application/x-javascript"]
                    .contains(&media_type)
            }
            Self::Style => media_type == "text/css",
            Self::Image => media_type.starts_with("image/"),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Script => "text/javascript",
            Self::Style => "text/css",
            Self::Image => "image/...",
        }
    }
}

/// The differences of a page itself, without its files.
#[must_use]
pub fn differences(response: &Response) -> Vec<Difference> {
    let mut differences = Vec::new();
    let media_type = response.header("content-type").unwrap_or_default();
    if response.media_type().as_deref() != Some("text/html") {
        differences.push(Difference::new("header content-type", "text/html", quoted(&media_type)));
        return differences;
    }
    let place = "header content-security-policy";
    match response.header("content-security-policy") {
        None => differences.push(Difference::new(place, policy::EXPECTED, "no such header")),
        Some(header) if !policy::restricts_scripts(&header) => {
            differences.push(Difference::new(place, policy::EXPECTED, quoted(&header)));
        }
        Some(_) => {}
    }
    let page = Page::read(&String::from_utf8_lossy(&response.body));
    if page.is_too_deep() {
        differences.push(nesting_difference());
    }
    for element in page.select("*") {
        if let Some(inline_script) = inline_script(element) {
            let place = format!("html {}", element.name());
            differences.push(Difference::new(place, "no script within the page", inline_script));
        }
    }
    differences
}

/// The difference of a page that is nested too deep to be parsed.
pub(super) fn nesting_difference() -> Difference {
    let expected = format!("elements that are nested at most {MAX_DEPTH} deep");
    Difference::new("html", expected, "they are nested deeper")
}

/// Script that stands in the page itself, described: an element, an event handler or a `javascript:` address. Data
/// (`type="application/json"`) is no script.
fn inline_script(element: Element<'_>) -> Option<String> {
    let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let script = element.name() == "script" && element.attribute("src").is_none();
    if script && !kind.contains("json") {
        let text = element.text();
        if !text.is_empty() {
            return Some(format!("a script: {}", quoted(&text)));
        }
    }
    element.attributes().into_iter().find_map(|(name, value)| {
        let compact: String =
            value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let link = ["href", "src", "action", "formaction", "xlink:href"].contains(&name);
        let runs = link && compact.to_ascii_lowercase().starts_with("javascript:");
        (name.starts_with("on") || runs).then(|| quoted(&format!("{name}=\"{value}\"")))
    })
}

/// The scripts, styles and images that a page names, each once.
#[must_use]
pub fn named_files(page: &Page) -> Vec<PageFile> {
    let mut all: Vec<PageFile> = Vec::new();
    let mut seen = BTreeSet::new();
    for (selector, attribute, kind) in [
        ("script[src]", "src", PageFileKind::Script),
        ("link[rel~=\"modulepreload\"][href]", "href", PageFileKind::Script),
        ("link[rel~=\"stylesheet\"][href]", "href", PageFileKind::Style),
        ("link[rel~=\"icon\"][href]", "href", PageFileKind::Image),
        ("img[src]", "src", PageFileKind::Image),
    ] {
        for element in page.select(selector) {
            let address = element.attribute(attribute).unwrap_or_default().trim().to_owned();
            let file = PageFile { address, kind };
            if !file.address.starts_with("data:") && seen.insert(file.clone()) {
                all.push(file);
            }
        }
    }
    all
}

/// The differences of a file that a page names.
#[must_use]
pub fn file_differences(named: &PageFile, path: &str, response: &Response) -> Vec<Difference> {
    if response.status != 200 {
        return vec![Difference::new(
            format!("status of {path}"),
            "200",
            response.status.to_string(),
        )];
    }
    let media_type = response.media_type().unwrap_or_default();
    if named.kind.allows(&media_type) {
        return Vec::new();
    }
    let place = format!("header content-type of {path}");
    vec![Difference::new(place, named.kind.words(), quoted(&media_type))]
}

/// [`resolve`] for an address on a page, which may say itself where its addresses begin (`<base href>`).
#[must_use]
pub fn resolve_on_page(address: &str, page: &Page, path: &str, url: &str) -> Option<String> {
    match page.base() {
        None => resolve(address, path, url),
        // An empty address is the page itself, wherever others begin.
        Some(_) if address.is_empty() => resolve(address, path, url),
        Some(base) => resolve(address, &resolve(&base, path, url)?, url),
    }
}

/// The path on this server to which `address` leads from the page at `path`; none if it leads
/// to another.
#[must_use]
pub fn resolve(address: &str, path: &str, url: &str) -> Option<String> {
    let address = address.split('#').next().unwrap_or_default();
    let bare = path.split(['?', '#']).next().unwrap_or_default();
    if address.is_empty() {
        return Some(path.to_owned());
    }
    let scheme = address.split("://").next().unwrap_or_default();
    if scheme.len() < address.len()
        && ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web))
    {
        let rest = crate::contract::value::path_of_own_url(address, url)?;
        return Some(if rest.is_empty() { "/".to_owned() } else { rest.to_owned() });
    }
    if let Some(own) = address.strip_prefix("//") {
        let rest =
            crate::contract::value::path_of_own_url(&format!("http://{own}"), url)?.to_owned();
        return Some(if rest.is_empty() { "/".to_owned() } else { rest });
    }
    if address.split('/').next().unwrap_or_default().contains(':') {
        return None;
    }
    if address.starts_with('?') {
        return Some(format!("{bare}{address}"));
    }
    if address.starts_with('/') {
        return Some(address.to_owned());
    }
    let (way, query) = address.split_at(address.find('?').unwrap_or(address.len()));
    let mut parts: Vec<&str> = bare.split('/').collect();
    parts.pop();
    for part in way.split('/') {
        match part {
            ".." if parts.len() > 1 => drop(parts.pop()),
            "." | ".." => {}
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    Some(format!("{}{path}{query}", if path.starts_with('/') { "" } else { "/" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(policy: &str, body: &str) -> Response {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let headers = vec![
            header("Content-Type", "text/html; charset=utf-8"),
            header("Content-Security-Policy", policy),
        ];
        Response { status: 200, headers, body: body.as_bytes().to_vec(), ..Response::default() }
    }

    #[test]
    fn a_whole_page_has_no_differences() {
        let good =
            "<script src=/a.js></script><script type=application/json>{}</script><a href=/x>";
        assert_eq!(differences(&response("default-src 'self'", good)), []);
    }

    #[test]
    fn inline_scripts_are_differences() {
        for bad in [
            "<script>x()</script>",
            "<script type=module>x()</script>",
            "<p onclick=x()>",
            "<a href=' java\nscript:x()'>",
        ] {
            assert_eq!(differences(&response("default-src 'self'", bad)).len(), 1, "{bad}");
        }
        for bad in
            ["script-src 'unsafe-inline'", "script-src 'UNSAFE-INLINE'", "img-src 'self'", ""]
        {
            assert_eq!(differences(&response(bad, "")).len(), 1, "{bad}");
        }
        assert_eq!(differences(&Response::default())[0].place, "header content-type");
    }

    #[test]
    fn the_files_of_a_page_are_named_once() {
        let body =
            "<link rel='icon stylesheet' href=a.css><img src=i.png><img src=i.png><img src=data:x>";
        let kinds: Vec<PageFileKind> =
            named_files(&Page::read(body)).iter().map(|file| file.kind).collect();
        assert_eq!(kinds, [PageFileKind::Style, PageFileKind::Image, PageFileKind::Image]);
    }

    #[test]
    fn addresses_of_a_page_begin_where_its_base_says() {
        let at = |html: &str, address| {
            resolve_on_page(address, &Page::read(html), "/posts/x", "http://127.0.0.1:9")
        };
        assert_eq!(at("<p>", "a.css").as_deref(), Some("/posts/a.css"));
        assert_eq!(at("<base href=/>", "a.css").as_deref(), Some("/a.css"));
        assert_eq!(at("<base href='/blog/'>", "a.css").as_deref(), Some("/blog/a.css"));
        assert_eq!(at("<base href=/>", "").as_deref(), Some("/posts/x"));
        assert_eq!(at("<base href='https://example.com/'>", "a.css"), None);
    }

    #[test]
    fn addresses_are_resolved_as_a_browser_does() {
        let at = |address| resolve(address, "/posts/x?page=2", "http://127.0.0.1:9");
        for (address, path) in [
            ("", "/posts/x?page=2"),
            ("/a", "/a"),
            ("b", "/posts/b"),
            ("../c?d=1", "/c?d=1"),
            ("../../../c", "/c"),
            ("?page=3", "/posts/x?page=3"),
            ("http://localhost:9/e", "/e"),
            ("http://127.0.0.1:9", "/"),
            ("HTTP://127.0.0.1:9/f", "/f"),
            ("//127.0.0.1:9/g", "/g"),
        ] {
            assert_eq!(at(address).as_deref(), Some(path), "{address}");
        }
        for other in ["https://example.com/x", "//cdn/x.js", "http://127.0.0.1:8/", "mailto:a@b"] {
            assert_eq!(at(other), None, "{other}");
        }
    }
}
