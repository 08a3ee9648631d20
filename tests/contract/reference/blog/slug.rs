//! The part of a post's address that is derived from its title.

use crate::reference::faults::fault;

const MAX_LENGTH: usize = 80;

/// `Über Straße!` -> `uber-strasse`; `post` if nothing is left.
pub fn slug(title: &str) -> String {
    let ascii =
        if fault("slug-not-ascii") { title.to_lowercase() } else { deunicode::deunicode(title) };
    let ascii = if fault("slug-upper") { ascii } else { ascii.to_ascii_lowercase() };
    let is_slug_character =
        |c: char| c.is_ascii_alphanumeric() || fault("slug-not-ascii") && c.is_alphanumeric();
    if fault("slug-hyphens") {
        // A hyphen for each character, not for each run of them.
        let slug: String =
            ascii.chars().map(|c| if is_slug_character(c) { c } else { '-' }).collect();
        let slug: String = slug.trim_matches('-').chars().take(MAX_LENGTH).collect();
        return if slug.is_empty() { "post".to_owned() } else { slug };
    }
    let words = ascii.split(|c: char| !is_slug_character(c)).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    if !fault("slug-long") {
        slug = slug.chars().take(MAX_LENGTH).collect();
    }
    if !fault("slug-ends") {
        slug = slug.trim_end_matches('-').to_owned();
    } else if ascii.ends_with(|c: char| !is_slug_character(c)) {
        slug.push('-');
    }
    let nothing = slug.is_empty() || slug == "-";
    if nothing { if fault("slug-nothing") { "x" } else { "post" }.to_owned() } else { slug }
}

/// The first of `slug`, `slug-2`, `slug-3`... that is not taken.
pub fn first_free(slug: String, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&slug) {
        return slug;
    }
    let first = if fault("slug-number") { 1 } else { 2 };
    let mut numbered = (first..).map(|number| format!("{slug}-{number}"));
    numbered.find(|slug| !taken(slug)).unwrap_or_default()
}
