//! Texts of the roadmap as HTML: every sign is escaped, and what stands in backticks is code.

/// A text whose signs mean nothing to HTML.
#[must_use]
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // XML knows no other control characters, and they say nothing to a reader.
            c if c.is_control() && c != '\n' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

/// As [`escaped`], with pairs of backticks as `<code>`. A backtick without a partner stays one.
#[must_use]
pub(super) fn html(text: &str) -> String {
    let parts: Vec<&str> = text.trim().split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(text.trim());
    }
    let marked = parts.iter().enumerate().map(|(index, part)| match index % 2 {
        0 => escaped(part),
        _ => format!("<code>{}</code>", escaped(part)),
    });
    marked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_marked_and_every_sign_is_text() {
        assert_eq!(html("use `a < b` & \"c\""), "use <code>a &lt; b</code> &amp; &quot;c&quot;");
        assert_eq!(html("one ` alone <b>"), "one ` alone &lt;b&gt;");
    }
}
