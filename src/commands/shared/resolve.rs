//! From the words of a command line to the ids of the catalog.

use crate::catalog::Catalog;
use crate::error::Error;

/// The language and framework named; a framework implies its language.
pub(in crate::commands) fn path(
    catalog: &Catalog<'_>,
    language: Option<&str>,
    framework: Option<&str>,
) -> Result<(Option<String>, Option<String>), Error> {
    let language = language.map(|word| catalog.language(word)).transpose()?;
    let Some(word) = framework else {
        return Ok((language.map(str::to_owned), None));
    };
    let framework = catalog.framework(word)?;
    let own = catalog.language_of(framework).unwrap_or_default();
    if let Some(language) = language.filter(|language| *language != own) {
        let (framework, own) = (catalog.framework_title(framework), catalog.language_title(own));
        let language = catalog.language_title(language);
        return Err(Error::user(format!("{framework} is a framework of {own}, not of {language}"))
            .hint("leave out --lang: a framework implies its language"));
    }
    Ok((Some(own.to_owned()), Some(framework.to_owned())))
}
