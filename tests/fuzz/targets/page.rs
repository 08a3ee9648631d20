//! HTML pages of a server.

use roadmap::contract::client::Response;
use roadmap::contract::html::{Page, check_selector};
use roadmap::contract::judge::{file_differences, named_files, resolve, resolve_on_page};
use std::hint::black_box;

const URL: &str = "http://127.0.0.1:8000";

/// A page, after its first line, which is a selector.
pub fn page(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (selector, html) = text.split_once('\n').unwrap_or(("*", text));
    let page = Page::read(html);
    let selected = page.select(selector);
    assert!(check_selector(selector).is_ok() || selected.is_empty());
    for element in selected.iter().take(50) {
        let text = element.text();
        assert_eq!(text.trim(), text);
        black_box(element.attributes());
    }
    if let Some(form) = page.form(None, &[]) {
        assert!(matches!(form.method.as_str(), "GET" | "POST"), "{}", form.method);
        assert!(form.fields.iter().all(|(name, _)| form.names.contains(name)));
    }
    black_box(page.base());
    for named in named_files(&page) {
        black_box(file_differences(&named, "/file", &Response::default()));
    }
    for address in [selector, html] {
        for path in
            [resolve_on_page(address, &page, "/posts/1", URL), resolve(address, "/posts/1", URL)]
        {
            assert!(path.is_none_or(|path| path.starts_with('/')), "a path begins with a slash");
        }
    }
}
