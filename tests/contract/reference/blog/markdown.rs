//! blog, milestone `markdown`: bodies as safe HTML, and what its faults do to posts.

use super::pages::{escape, text};
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::store::Store;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value, json};

/// What the fault of losing the formats makes of an earlier start's posts.
pub fn begin(store: &mut Store) {
    if !fault("format-lost-at-restart") {
        return;
    }
    for mut post in store.rows("posts").cloned().collect::<Vec<_>>() {
        post["format"] = json!("text");
        store.put("posts", post["id"].as_u64().unwrap_or_default(), &post);
    }
    store.commit();
}

/// The format of a post that names none.
pub fn default() -> Value {
    json!(if fault("format-default-markdown") { "markdown" } else { "text" })
}

/// What faults make of a post as it was read; `previous` is there for a PATCH.
pub fn distort(post: &mut Value, sent: &Map<String, Value>, previous: Option<&Value>) {
    let is_sent = sent.contains_key("format");
    match previous {
        None if fault("format-ignored") => post["format"] = json!("text"),
        Some(_) if !is_sent && fault("format-lost-by-patch") => post["format"] = json!("text"),
        Some(previous) if fault("format-not-changed") => {
            post["format"] = previous["format"].clone();
        }
        _ => {}
    }
}

/// The body of a post on its page.
pub fn body(post: &Value) -> String {
    let body = text(post, "body");
    let is_markdown = post["format"] == "markdown" && !fault("markdown-not-rendered");
    match learner::has("markdown") && (is_markdown || fault("texts-rendered")) {
        true => rendered(body),
        false => escape("body", body),
    }
}

/// Whether the fault of failing at deep nesting meets this post.
pub fn fails(post: &Value) -> bool {
    let is_deep = text(post, "body").starts_with("> > > > > > > > > > ");
    is_deep && post["format"] == "markdown" && fault("deep-markdown-500")
}

/// A text that is no body of a post: it is shown as it was typed, but for the faults of rendering it.
pub fn other(is_rendered: bool, place: &str, text: &str) -> String {
    if is_rendered { rendered(text) } else { escape(place, text) }
}

fn rendered(source: &str) -> String {
    let mut page = Html::default();
    for event in Parser::new_ext(source, Options::empty()) {
        page.take(event);
    }
    if fault("markdown-page-with-script") {
        page.html.push_str("<script>highlight()</script>");
    }
    page.html
}

#[derive(Default)]
struct Html {
    html: String,
    /// The address and the title of the image that is being read, and its text so far.
    image: Option<(String, String, String)>,
}

impl Html {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(TagEnd::Image) => self.end_image(),
            Event::End(tag) => self.html.push_str(end(tag)),
            Event::Text(text) => self.text(fault("texts-unescaped"), &text),
            Event::Code(code) => {
                self.html.push_str("<code>");
                self.text(fault("code-unescaped"), &code);
                self.html.push_str("</code>");
            }
            Event::Html(html) => self.raw(fault("html-blocks-raw"), &html),
            Event::InlineHtml(html) => self.raw(fault("inline-html-raw"), &html),
            Event::SoftBreak => self.text(false, "\n"),
            Event::HardBreak => self.html.push_str("<br>"),
            Event::Rule => self.html.push_str("<hr>"),
            _ => {}
        }
    }

    fn text(&mut self, is_raw: bool, text: &str) {
        match &mut self.image {
            Some((_, _, alt)) => alt.push_str(text),
            None if is_raw => self.html.push_str(text),
            None => self.html.push_str(&escape("", text)),
        }
    }

    /// Raw HTML, shown as text.
    fn raw(&mut self, is_raw: bool, html: &str) {
        if fault("scripts-cut-out") {
            let cut = html.replace("<script>", "").replace("</script>", "");
            return self.html.push_str(&cut);
        }
        self.text(is_raw, html);
    }

    fn begin(&mut self, tag: Tag<'_>) {
        let start = match tag {
            Tag::Heading { level, .. } => format!("<{level}>"),
            Tag::BlockQuote(_) => "<blockquote>".to_owned(),
            Tag::CodeBlock(kind) => code_block(&kind),
            Tag::List(Some(_)) => "<ol>".to_owned(),
            Tag::List(None) => "<ul>".to_owned(),
            Tag::Item => "<li>".to_owned(),
            Tag::Emphasis => "<em>".to_owned(),
            Tag::Strong => "<strong>".to_owned(),
            Tag::Paragraph => "<p>".to_owned(),
            Tag::Link { dest_url, title, .. } => {
                let address =
                    address(&dest_url, &["http", "https", "mailto"], fault("link-of-any-scheme"));
                format!("<a{}{}>", attribute("href", address), titled(&title))
            }
            Tag::Image { dest_url, title, .. } => {
                let address = address(&dest_url, &["http", "https"], fault("image-of-any-scheme"));
                let address = address.filter(|_| !fault("images-lost"));
                self.image = Some((attribute("src", address), titled(&title), String::new()));
                return;
            }
            _ => return,
        };
        let left_out = match start.as_str() {
            "<em>" => fault("no-emphasis"),
            "<strong>" => fault("no-strong"),
            "<ol>" | "<ul>" => fault("no-lists"),
            "<blockquote>" => fault("no-quotes"),
            start => start.starts_with("<h") && fault("no-headings"),
        };
        if !left_out {
            self.html.push_str(&start);
        }
    }

    fn end_image(&mut self) {
        if let Some((source, title, alt)) = self.image.take() {
            let alt = if fault("alt-unescaped") { alt } else { escape("", &alt) };
            self.html.push_str(&format!("<img{source}{title} alt=\"{alt}\">"));
        }
    }
}

fn code_block(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(language) if !language.is_empty() => {
            let raw = fault("language-unescaped");
            let language = if raw { language.to_string() } else { escape("", language) };
            format!("<pre><code class=\"language-{language}\">")
        }
        _ => "<pre><code>".to_owned(),
    }
}

fn titled(title: &CowStr<'_>) -> String {
    match title.is_empty() {
        true => String::new(),
        false if fault("title-unescaped") => format!(" title=\"{title}\""),
        false => format!(" title=\"{}\"", escape("", title)),
    }
}

fn attribute(name: &str, address: Option<&str>) -> String {
    let Some(address) = address else { return String::new() };
    let escaped = escape("", address);
    match () {
        () if fault("address-unescaped") => format!(" {name}=\"{address}\""),
        () if fault("address-escaped-twice") => format!(" {name}=\"{}\"", escape("", &escaped)),
        () => format!(" {name}=\"{escaped}\""),
    }
}

/// The address, if its scheme is allowed or it has none; looked at as browsers do, without white space and
/// control characters.
fn address<'a>(address: &'a str, allowed: &[&str], is_any: bool) -> Option<&'a str> {
    let is_ignored = |c: &char| c.is_whitespace() || c.is_control();
    let seen: String = match fault("scheme-with-white-space") {
        true => address.to_owned(),
        false => address.chars().filter(|c| !is_ignored(c)).collect(),
    };
    let scheme = seen.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    let scheme = scheme.map(|(scheme, _)| match fault("scheme-by-case") {
        true => scheme.to_owned(),
        false => scheme.to_ascii_lowercase(),
    });
    let is_sound = match scheme.as_deref() {
        None => !fault("relative-links-lost"),
        Some("mailto") if fault("mailto-lost") => false,
        // A name with another character is no scheme for the careless.
        Some(scheme) if fault("scheme-with-white-space") => {
            allowed.contains(&scheme) || !scheme.chars().all(|c| c.is_ascii_alphanumeric())
        }
        Some(scheme) if fault("schemes-forbidden") => scheme != "javascript" && scheme != "data",
        Some(scheme) if fault("scheme-by-case") => {
            allowed.contains(&scheme) || scheme.chars().any(char::is_uppercase)
        }
        Some(scheme) => allowed.contains(&scheme),
    };
    let is_sound = is_sound && !fault("links-lost");
    (is_sound || is_any).then_some(address)
}

fn end(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "</p>",
        TagEnd::Heading(level) => match level as u8 {
            1 => "</h1>",
            2 => "</h2>",
            3 => "</h3>",
            4 => "</h4>",
            5 => "</h5>",
            _ => "</h6>",
        },
        TagEnd::BlockQuote(_) => "</blockquote>",
        TagEnd::CodeBlock => "</code></pre>",
        TagEnd::List(true) => "</ol>",
        TagEnd::List(false) => "</ul>",
        TagEnd::Item => "</li>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Link => "</a>",
        _ => "",
    }
}
