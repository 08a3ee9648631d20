//! From the words of a command line to the ids of the catalog.

use crate::catalog::Catalog;
use crate::error::Error;

/// The language and framework named; a framework implies its language.
pub(in crate::commands) fn path(
    catalog: &Catalog<'_>,
    language: Option<&str>,
    framework: Option<&str>,
) -> Result<(Option<String>, Option<String>), Error> {
    let is_framework = |word: &str| catalog.framework(word).is_ok();
    let language = match language {
        Some(word) => Some(catalog.language(word).map_err(|unknown| {
            match is_framework(word) {
                true => Error::user(format!("`{word}` is a framework, not a language"))
                    .hint(format!("write --framework {word}; it implies its language")),
                false => unknown.into(),
            }
        })?),
        None => None,
    };
    let Some(word) = framework else {
        return Ok((language.map(str::to_owned), None));
    };
    let framework = catalog.framework(word).map_err(|unknown| match catalog.language(word) {
        Ok(_) => Error::user(format!("`{word}` is a language, not a framework"))
            .hint(format!("write --lang {word}; its usual framework is taken")),
        Err(_) => unknown.into(),
    })?;
    let own = catalog.language_of(framework).unwrap_or_default();
    if let Some(language) = language.filter(|language| *language != own) {
        let (framework, own) = (catalog.framework_title(framework), catalog.language_title(own));
        let language = catalog.language_title(language);
        return Err(Error::user(format!("{framework} is a framework of {own}, not of {language}"))
            .hint("leave out --lang: a framework implies its language"));
    }
    Ok((Some(own.to_owned()), Some(framework.to_owned())))
}
