//! A page as HTML: its elements, its forms, and what it names. The work on a page grows with its size alone: what is nested
//! deeper than any page of a person is not parsed, and texts are read where somebody asks.

use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, HashMap};

/// How deep elements may be nested. Browsers stop at 512.
pub const MAX_DEPTH: usize = 1_000;
/// Elements that hold nothing, or whose end may be left out: they add nothing to the depth.
const SHALLOW_ELEMENTS: [&str; 33] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
    "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr", "!doctype",
];

/// Elements of other languages in a page, in which `/>` ends an element (HTML Standard, section 13.1.2).
const FOREIGN_ELEMENTS: [&str; 2] = ["svg", "math"];

/// A page that was parsed as a browser parses it.
pub struct Page {
    html: Html,
    too_deep: bool,
}

/// An element of a page.
#[derive(Clone, Copy)]
pub struct Element<'p>(ElementRef<'p>);

/// A form as it stands on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// `GET` or `POST`.
    pub method: String,
    /// As written; empty for the page itself.
    pub action: String,
    /// The body is `multipart/form-data`.
    pub multipart: bool,
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
    /// Parses a page; whatever is wrong with it is mended as a browser mends it. One that is nested deeper than
    /// [`MAX_DEPTH`] is empty.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let too_deep = is_too_deep(text);
        Self { html: Html::parse_document(if too_deep { "" } else { text }), too_deep }
    }

    /// Whether it was not parsed, for it is nested deeper than [`MAX_DEPTH`].
    #[must_use]
    pub fn is_too_deep(&self) -> bool {
        self.too_deep
    }

    /// The elements for which `selector` holds, in the order of the page; none if it is no selector.
    #[must_use]
    pub fn select(&self, selector: &str) -> Vec<Element<'_>> {
        let Ok(selector) = Selector::parse(selector) else { return Vec::new() };
        self.html.select(&selector).map(Element).collect()
    }

    /// Where the addresses of the page begin, if it says so itself (`<base href>`).
    #[must_use]
    pub fn base(&self) -> Option<String> {
        let first = self.select("base[href]").into_iter().next()?;
        first.attribute("href").map(|address| address.trim().to_owned())
    }

    /// The first form for which `selector` holds and that has all fields of `names`.
    #[must_use]
    pub fn form(&self, selector: Option<&str>, names: &[&str]) -> Option<Form> {
        let forms = self.select(selector.unwrap_or("form")).into_iter();
        let forms: Vec<Element<'_>> = forms.filter(|element| element.name() == "form").collect();
        // Each control goes to its form once, however many forms there are.
        let mut ids = HashMap::new();
        for form in self.select("form[id]") {
            ids.entry(form.attribute("id").unwrap_or_default()).or_insert(form.0.id());
        }
        let mut controls: HashMap<_, Vec<ElementRef<'_>>> = HashMap::new();
        for Element(control) in self.select("input, select, textarea, button") {
            let enclosing_form =
                || ancestors(control).find(|ancestor| ancestor.value().name() == "form");
            let owner = match control.value().attr("form") {
                Some(id) => ids.get(id).copied(),
                None => enclosing_form().map(|ancestor| ancestor.id()),
            };
            if let Some(owner) = owner.filter(|_| !is_disabled(control)) {
                controls.entry(owner).or_default().push(control);
            }
        }
        forms
            .into_iter()
            .map(|form| read_form(form.0, &controls.remove(&form.0.id()).unwrap_or_default()))
            .find(|form| names.iter().all(|name| form.names.iter().any(|owned| owned == name)))
    }
}

impl<'p> Element<'p> {
    /// Its name, in lower case.
    #[must_use]
    pub fn name(&self) -> &'p str {
        self.0.value().name()
    }

    /// Its text with that of all elements in it, white space as one space, trimmed.
    #[must_use]
    pub fn text(&self) -> String {
        text(self.0)
    }

    /// An attribute by its name in lower case.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'p str> {
        self.0.value().attr(name)
    }

    /// All attributes.
    #[must_use]
    pub fn attributes(&self) -> BTreeMap<&'p str, &'p str> {
        self.0.value().attrs().collect()
    }
}

/// Whether more elements stand open at one place than [`MAX_DEPTH`]. Counted without parsing, for what a parser does at each
/// tag grows with the depth.
fn is_too_deep(text: &str) -> bool {
    let mut open = 0_usize;
    let mut in_foreign = false;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (closes, tag) = rest.strip_prefix('/').map_or((false, rest), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '!');
        let name = tag[..end.unwrap_or(tag.len())].to_ascii_lowercase();
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_tag || SHALLOW_ELEMENTS.contains(&name.as_str()) {
            continue;
        }
        // `<path/>`: an element of SVG or MathML that holds nothing. In HTML itself the slash says nothing.
        let is_empty = !closes && in_foreign && tag[..tag.find('>').unwrap_or(0)].ends_with('/');
        if is_empty {
            continue;
        }
        if FOREIGN_ELEMENTS.contains(&name.as_str()) {
            in_foreign = !closes;
        }
        open = if closes { open.saturating_sub(1) } else { open + 1 };
        if open > MAX_DEPTH {
            return true;
        }
    }
    false
}

fn ancestors(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap)
}

/// Whether a control is disabled, itself or by a `fieldset` around it (but for those in its first `legend`).
fn is_disabled(control: ElementRef<'_>) -> bool {
    if control.value().attr("disabled").is_some() {
        return true;
    }
    let mut inside = control;
    for outer in ancestors(control) {
        if outer.value().name() == "fieldset" && outer.value().attr("disabled").is_some() {
            let first = outer.child_elements().find(|child| child.value().name() == "legend");
            if first.is_none_or(|legend| legend.id() != inside.id()) {
                return true;
            }
        }
        inside = outer;
    }
    false
}

fn read_form(form: ElementRef<'_>, controls: &[ElementRef<'_>]) -> Form {
    let mut read = Form {
        method: "GET".to_owned(),
        action: String::new(),
        multipart: false,
        names: Vec::new(),
        fields: Vec::new(),
    };
    let mut pressed = None;
    for control in controls {
        read_control(*control, &mut read, &mut pressed);
    }
    // The button that is pressed may send the form another way.
    let attribute = |name: &str, of_button: &str| {
        let button = pressed.and_then(|button| button.value().attr(of_button));
        button.or_else(|| form.value().attr(name)).unwrap_or_default().trim()
    };
    if attribute("method", "formmethod").eq_ignore_ascii_case("post") {
        "POST".clone_into(&mut read.method);
    }
    attribute("action", "formaction").clone_into(&mut read.action);
    read.multipart =
        attribute("enctype", "formenctype").eq_ignore_ascii_case("multipart/form-data");
    read
}

/// Adds what a control would send. The first button that sends the form is taken for pressed.
fn read_control<'p>(
    control: ElementRef<'p>,
    form: &mut Form,
    pressed: &mut Option<ElementRef<'p>>,
) {
    let attribute = |name: &str| control.value().attr(name).map(str::to_owned);
    let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
    let name = attribute("name").filter(|name| !name.is_empty());
    let value = attribute("value");
    let sends = match (control.value().name(), kind.as_str()) {
        ("input", "reset" | "button" | "file" | "image") | ("button", "reset" | "button") => return,
        ("input", "submit") | ("button", _) => {
            if pressed.is_some() {
                return;
            }
            *pressed = Some(control);
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

/// The values of the options that are selected; where none is, the first that is not disabled.
fn selected(control: ElementRef<'_>) -> Vec<String> {
    let Ok(selector) = Selector::parse("option") else { return Vec::new() };
    let value = |option: ElementRef<'_>| {
        option.value().attr("value").map_or_else(|| text(option), str::to_owned)
    };
    let is_disabled_option = |option: &ElementRef<'_>| {
        let group = ancestors(*option).find(|ancestor| ancestor.value().name() == "optgroup");
        let mut both = [Some(*option), group].into_iter().flatten();
        both.any(|element| element.value().attr("disabled").is_some())
    };
    let options: Vec<ElementRef<'_>> = control.select(&selector).collect();
    let chosen: Vec<_> =
        options.iter().filter(|option| option.value().attr("selected").is_some()).collect();
    match (chosen.is_empty(), control.value().attr("multiple")) {
        (true, None) => options
            .iter()
            .find(|option| !is_disabled_option(option))
            .map(|option| value(*option))
            .into_iter()
            .collect(),
        _ => chosen
            .into_iter()
            .filter(|option| !is_disabled_option(option))
            .map(|option| value(*option))
            .collect(),
    }
}

fn text(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    for part in element.text() {
        // A word may go on in the next element.
        if !words.is_empty() && part.starts_with(char::is_whitespace) && !words.ends_with(' ') {
            words.push(' ');
        }
        let mut split = part.split_whitespace().peekable();
        while let Some(word) = split.next() {
            words.push_str(word);
            if split.peek().is_some() {
                words.push(' ');
            }
        }
        if part.ends_with(char::is_whitespace) && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
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
    fn elements_have_text_and_attributes() {
        let page = Page::read(PAGE);
        assert_eq!(page.select("h1")[0].text(), "A page");
        assert_eq!(page.select("a[rel~=next]")[0].attribute("href"), Some("/?page=2"));
        assert!(page.select("h2").is_empty());
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
    fn a_selector_finds_a_form_with_fields_outside_of_it() {
        let form = Page::read(PAGE).form(Some("#one"), &[]).expect("a form");
        assert_eq!(form.names, ["q", "outside"]);
        assert_eq!(form.method, "GET");
        assert!(Page::read(PAGE).form(Some("#one"), &["author"]).is_none());
    }

    #[test]
    fn what_is_disabled_is_not_sent_and_a_button_may_say_where() {
        let page = "<form action=/a enctype=multipart/form-data method=get>
            <fieldset disabled><legend><input name=in></legend><input name=out></fieldset>
            <select name=s><option disabled value=''>Choose<option>One</select>
            <button formaction=/b formmethod=post name=go value=1>Go</button></form>";
        let form = Page::read(page).form(None, &[]).expect("a form");
        assert_eq!((form.method.as_str(), form.action.as_str()), ("POST", "/b"));
        assert!(form.multipart);
        assert_eq!(form.names, ["in", "s", "go"]);
        assert_eq!(form.fields[1], ("s".to_owned(), "One".to_owned()));
    }

    #[test]
    fn what_is_nested_beyond_any_page_is_not_parsed() {
        for nested in ["<div>", "<b><i>", "<table><tr><td>"] {
            let page = Page::read(&nested.repeat(150_000));
            assert!(page.is_too_deep() && page.select("*").len() <= 3, "{nested}");
        }
        // Ends that may be left out nest nothing.
        let flat = format!("<ul>{}</ul>", "<li><p>x".repeat(50_000));
        let page = Page::read(&flat);
        assert!(!page.is_too_deep());
        assert_eq!(page.select("li").len(), 50_000);
        let drawing =
            format!("<svg>{}</svg>", "<g><path d='M0 0'/></g><use href='#a'/>".repeat(5_000));
        let page = Page::read(&drawing);
        assert!(!page.is_too_deep());
        assert_eq!(page.select("path").len(), 5_000);
        assert!(Page::read(&"<div/>".repeat(5_000)).is_too_deep());
    }

    #[test]
    fn many_forms_are_read_once_each() {
        let many = "<form><input name=a></form>".repeat(20_000) + "<form><input name=b></form>";
        assert!(Page::read(&many).form(None, &["b"]).is_some());
    }
}
