//! A page as HTML: its elements, its forms, and what it names.

use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;

/// A page that was parsed as a browser parses it.
pub struct Page(Html);

/// An element of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    /// Its text, white space as one space, trimmed.
    pub text: String,
    /// Names in lower case.
    pub attributes: BTreeMap<String, String>,
}

/// A form as it stands on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// `GET` or `POST`.
    pub method: String,
    /// As written; empty for the page itself.
    pub action: String,
    /// The names of all its fields, those too that would not be sent.
    pub names: Vec<String>,
    /// What would be sent as it stands.
    pub fields: Vec<(String, String)>,
}

/// Why `text` is no CSS selector.
///
/// # Errors
/// It is none.
pub fn check_selector(text: &str) -> Result<(), String> {
    Selector::parse(text).map(drop).map_err(|error| error.to_string())
}

impl Page {
    /// Parses a page; whatever is wrong with it is mended as a browser mends it.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self(Html::parse_document(text))
    }

    /// The elements for which `selector` holds, in the order of the page.
    #[must_use]
    pub fn select(&self, selector: &str) -> Vec<Element> {
        self.found(selector).into_iter().map(element).collect()
    }

    /// The first form for which `selector` holds and that has all fields of `names`.
    #[must_use]
    pub fn form(&self, selector: Option<&str>, names: &[&str]) -> Option<Form> {
        let forms = self.found(selector.unwrap_or("form"));
        let forms = forms.into_iter().filter(|one| one.value().name() == "form");
        forms
            .map(|one| self.read_form(one))
            .find(|form| names.iter().all(|name| form.names.iter().any(|one| one == name)))
    }

    fn found(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector);
        selector.map_or_else(|_| Vec::new(), |selector| self.0.select(&selector).collect())
    }

    fn read_form(&self, form: ElementRef<'_>) -> Form {
        let attribute = |name| form.value().attr(name).unwrap_or_default();
        let post = attribute("method").eq_ignore_ascii_case("post");
        let mut read = Form {
            method: if post { "POST" } else { "GET" }.to_owned(),
            action: attribute("action").trim().to_owned(),
            names: Vec::new(),
            fields: Vec::new(),
        };
        let mut pressed = false;
        for control in self.found("input, select, textarea, button") {
            let owned = match control.value().attr("form") {
                Some(id) => form.value().attr("id") == Some(id),
                None => control.ancestors().any(|one| one.id() == form.id()),
            };
            if owned && control.value().attr("disabled").is_none() {
                read_control(control, &mut read, &mut pressed);
            }
        }
        read
    }
}

/// Adds what a control would send. The first button that sends the form is taken for pressed.
fn read_control(control: ElementRef<'_>, form: &mut Form, pressed: &mut bool) {
    let attribute = |name: &str| control.value().attr(name).map(str::to_owned);
    let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
    let name = attribute("name").filter(|name| !name.is_empty());
    let value = attribute("value");
    let sends = match (control.value().name(), kind.as_str()) {
        ("input", "reset" | "button" | "file" | "image") | ("button", "reset" | "button") => return,
        ("input", "submit") | ("button", _) => {
            if std::mem::replace(pressed, true) {
                return;
            }
            vec![value.unwrap_or_default()]
        }
        ("input", "checkbox" | "radio") => match attribute("checked") {
            Some(_) => vec![value.unwrap_or_else(|| "on".to_owned())],
            None => Vec::new(),
        },
        ("select", _) => selected(control),
        ("textarea", _) => vec![control.text().collect()],
        _ => vec![value.unwrap_or_default()],
    };
    if let Some(name) = name {
        form.fields.extend(sends.into_iter().map(|value| (name.clone(), value)));
        form.names.push(name);
    }
}

fn selected(control: ElementRef<'_>) -> Vec<String> {
    let Ok(selector) = Selector::parse("option") else { return Vec::new() };
    let value = |option: ElementRef<'_>| {
        option.value().attr("value").map_or_else(|| text(option), str::to_owned)
    };
    let options: Vec<ElementRef<'_>> = control.select(&selector).collect();
    let chosen = options.iter().filter(|one| one.value().attr("selected").is_some());
    let chosen: Vec<String> = chosen.map(|one| value(*one)).collect();
    match (chosen.is_empty(), control.value().attr("multiple")) {
        (true, None) => options.first().map(|one| value(*one)).into_iter().collect(),
        _ => chosen,
    }
}

fn element(found: ElementRef<'_>) -> Element {
    let attributes = found.value().attrs();
    Element {
        name: found.value().name().to_owned(),
        text: text(found),
        attributes: attributes.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    }
}

fn text(element: ElementRef<'_>) -> String {
    let all: String = element.text().collect();
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><title>x</title><h1>  A
        <b>page</b> </h1><a rel=next href="/?page=2">Next</a>
        <form id=one><input name=q></form>
        <form method=post action="/c"><input type=hidden name=csrf value="t&amp;1"><input name=author value=Ada>
        <textarea name=body>
two
lines</textarea><input type=checkbox name=a checked><input type=checkbox name=b value=x>
        <select name=s><option value=1>One<option selected>Two</select>
        <input name=off disabled><button name=go value=1>Send</button><button name=stop>No</button></form>
        <input name=outside form=one value=o>"#;

    #[test]
    fn elements_are_found_with_text_and_attributes() {
        let page = Page::read(PAGE);
        assert_eq!(page.select("h1")[0].text, "A page");
        assert_eq!(page.select("a[rel~=next]")[0].attributes["href"], "/?page=2");
        assert_eq!(page.select("h2"), []);
        assert!(check_selector("a[").is_err());
        assert!(check_selector("a[rel=\"next\"] > b").is_ok());
    }

    #[test]
    fn a_form_sends_what_a_browser_would() {
        let form = Page::read(PAGE).form(None, &["author", "body"]).expect("a form");
        assert_eq!((form.method.as_str(), form.action.as_str()), ("POST", "/c"));
        let fields: Vec<String> =
            form.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(fields, ["csrf=t&1", "author=Ada", "body=two\nlines", "a=on", "s=Two", "go=1"]);
        assert!(form.names.contains(&"b".to_owned()) && !form.names.contains(&"off".to_owned()));
    }

    #[test]
    fn a_form_is_found_by_selector_and_has_fields_outside() {
        let form = Page::read(PAGE).form(Some("#one"), &[]).expect("a form");
        assert_eq!(form.names, ["q", "outside"]);
        assert_eq!(form.method, "GET");
        assert!(Page::read(PAGE).form(Some("#one"), &["author"]).is_none());
    }
}
