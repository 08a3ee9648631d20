//! "Did you mean": the known word nearest to a mistyped one.
//!
//! `build.rs` compiles this file too, so it uses nothing of the crate.

/// Longer words are not compared: what that takes grows with the product of both lengths.
const MAX_CHARACTERS: usize = 100;

/// The nearest of `known`, if one is near enough to have been meant: it begins with
/// the word, or at most about a third of its letters differ.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let is_short = |word: &str| word.chars().nth(MAX_CHARACTERS).is_none();
    if !is_short(word) {
        return None;
    }
    let word = word.to_lowercase();
    known
        .into_iter()
        .filter(|candidate| is_short(candidate))
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
            let prefix = word.chars().count() >= 3 && candidate.starts_with(&word);
            let allowed = (candidate.chars().count().max(word.chars().count()) + 1) / 3;
            (prefix || distance <= allowed.max(1)).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        let known = ["express", "fastapi", "django"];
        assert_eq!(nearest("fastpi", known), Some("fastapi"));
        assert_eq!(nearest("Expres", known), Some("express"));
        assert_eq!(nearest("dja", known), Some("django"));
    }

    #[test]
    fn a_word_like_none_finds_none() {
        assert_eq!(nearest("kubernetes", ["express", "gin"]), None);
        assert_eq!(nearest("x", ["express", "gin"]), None);
    }

    #[test]
    fn a_word_of_a_megabyte_is_compared_with_none() {
        let long = "x".repeat(1 << 20);
        assert_eq!(nearest(&long, [long.as_str(), "express"]), None);
        assert_eq!(nearest("expres", [long.as_str(), "express"]), Some("express"));
    }
}
