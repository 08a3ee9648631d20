//! XML as a value for matchers: an object of attributes (`@name`), text (`#text`), and lists of elements by name.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::{Map, Value};

/// How deep elements may be nested.
const MAX_DEPTH: usize = 100;
/// How many elements, texts and comments are read.
const MAX_NODES: u32 = 200_000;
/// How many attributes an element may have: the parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 500;

/// The document as an object with the name of its root as the only key.
///
/// # Errors
/// It is not well-formed, has a DTD, or is larger than any that a person needs; in words.
pub fn read(text: &str) -> Result<Value, String> {
    if has_many_attributes(text) {
        return Err(format!("an element with more than {MAX_ATTRIBUTES} attributes"));
    }
    let options = ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text, options).map_err(|error| error.to_string())?;
    let root = document.root_element();
    let namespace = root.tag_name().namespace();
    let mut value = element(root, namespace, 0)?;
    if let (Some(namespace), Some(keys)) = (namespace, value.as_object_mut()) {
        keys.insert("@xmlns".to_owned(), Value::from(namespace));
    }
    Ok(Value::Object(Map::from_iter([(root.tag_name().name().to_owned(), value)])))
}

fn element(
    node: Node<'_, '_>,
    default_namespace: Option<&str>,
    depth: usize,
) -> Result<Value, String> {
    if depth > MAX_DEPTH {
        return Err(format!("elements that are nested deeper than {MAX_DEPTH}"));
    }
    let mut keys = Map::new();
    for attribute in node.attributes() {
        let name = qualified(attribute.name(), attribute.namespace(), None);
        keys.insert(format!("@{name}"), Value::from(attribute.value()));
    }
    let mut text = String::new();
    for child in node.children() {
        if child.is_element() {
            let name =
                qualified(child.tag_name().name(), child.tag_name().namespace(), default_namespace);
            let list = keys.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            if let Some(list) = list.as_array_mut() {
                list.push(element(child, default_namespace, depth + 1)?);
            }
        } else if child.is_text() {
            text.push_str(child.text().unwrap_or_default());
        }
    }
    keys.insert("#text".to_owned(), Value::from(text));
    Ok(Value::Object(keys))
}

/// The name with its namespace, if that is not `default_namespace`.
fn qualified(name: &str, namespace: Option<&str>, default_namespace: Option<&str>) -> String {
    match namespace {
        Some(namespace) if Some(namespace) != default_namespace => format!("{{{namespace}}}{name}"),
        _ => name.to_owned(),
    }
}

/// Whether a tag has more attributes than are read.
fn has_many_attributes(text: &str) -> bool {
    let (mut in_tag, mut quote, mut count) = (false, None, 0);
    for byte in text.bytes() {
        match (in_tag, quote, byte) {
            (false, _, b'<') => (in_tag, count) = (true, 0),
            (true, Some(open), byte) if byte == open => quote = None,
            (true, None, b'"' | b'\'') => quote = Some(byte),
            (true, None, b'>') => in_tag = false,
            (true, None, b'=') => count += 1,
            _ => {}
        }
        if count > MAX_ATTRIBUTES {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_feed_is_an_object() {
        let text = r#"<?xml version="1.0" encoding="utf-8"?>
<a:feed xmlns:a="http://a" xmlns:m="http://m" xml:lang="en"><a:title type="text">Tom &amp; <![CDATA[<b>]]></a:title>
<a:link href="/1"/><a:link href="/2"/><m:title>M</m:title></a:feed>"#;
        let expected = json!({ "feed": {
            "@xmlns": "http://a",
            "@{http://www.w3.org/XML/1998/namespace}lang": "en",
            "#text": "\n",
            "title": [{ "@type": "text", "#text": "Tom & <b>" }],
            "link": [{ "@href": "/1", "#text": "" }, { "@href": "/2", "#text": "" }],
            "{http://m}title": [{ "#text": "M" }],
        }});
        assert_eq!(read(text), Ok(expected));
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for bad in [
            "",
            "text",
            "<a>",
            "<a>&</a>",
            "<a>\u{1}</a>",
            "<a>\u{fffe}</a>",
            "<a/><b/>",
            "<a b=1/>",
            "<a>]]></a>",
            "<a>&nbsp;</a>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        ] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn what_no_person_writes_is_refused_soon() {
        let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
        assert!(read(&deep).is_err());
        let attributes: String = (0..150_000).map(|number| format!(" a{number}='>'")).collect();
        assert!(read(&format!("<a{attributes}/>")).is_err());
        assert!(read(&format!("<r>{}</r>", "<a/>".repeat(300_000))).is_err());
    }
}
