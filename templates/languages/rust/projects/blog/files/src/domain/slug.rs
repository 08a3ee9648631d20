//! The part of a post's address that is made from its title.

use std::collections::HashSet;

const MAX_CHARACTERS: usize = 80;

/// `Über Straße!` -> `uber-strasse`; `post` if the title has no letters and no digits.
pub fn slug(title: &str) -> String {
    let ascii = deunicode::deunicode(title).to_ascii_lowercase();
    let mut slug = ascii
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    slug.truncate(MAX_CHARACTERS);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "post" } else { slug }.to_owned()
}

/// The first of `slug`, `slug-2`, `slug-3`... that is not taken.
pub fn first_free(slug: String, taken: &HashSet<String>) -> String {
    if !taken.contains(&slug) {
        return slug;
    }
    // More candidates than taken slugs: one of them is free.
    (2..=taken.len() + 1)
        .map(|number| format!("{slug}-{number}"))
        .find(|candidate| !taken.contains(candidate))
        .unwrap_or(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_ascii_words_with_single_hyphens() {
        assert_eq!(slug("Hello, World!"), "hello-world");
        assert_eq!(slug("  Über -- Straße  "), "uber-strasse");
        assert_eq!(slug("日本"), "ri-ben");
        assert_eq!(slug("!!!"), "post");
    }

    #[test]
    fn a_slug_is_cut_without_a_hyphen_at_its_end() {
        assert_eq!(slug(&"a".repeat(200)).len(), 80);
        assert_eq!(slug(&format!("{} b", "a".repeat(79))), "a".repeat(79));
    }

    #[test]
    fn a_taken_slug_is_numbered() {
        let taken = HashSet::from(["a", "a-2", "a-4"].map(str::to_owned));
        assert_eq!(first_free("b".to_owned(), &taken), "b");
        assert_eq!(first_free("a".to_owned(), &taken), "a-3");
    }
}
