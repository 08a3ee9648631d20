//! Renders the page's template. What stands in the roadmap is escaped: text stays text.

use super::prose::html;
use crate::error::{Error, ErrorKind};
use handlebars::{Context, Handlebars, Helper, HelperResult, Output, RenderContext};
use serde::Serialize;

/// The page with these values.
///
/// # Errors
/// A bug: the template asks for what the values do not have.
pub(super) fn render<T: Serialize>(values: &T) -> Result<String, Error> {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    engine.register_helper("prose", Box::new(prose));
    let read =
        engine.register_template_string("page", include_str!("assets/page.hbs")).and_then(|()| {
            engine.register_template_string(
                "resource",
                include_str!("assets/resource.hbs").trim_end(),
            )
        });
    read.map_err(|error| bug(error.to_string()))?;
    engine.render("page", values).map_err(|error| bug(error.to_string()))
}

fn bug(cause: String) -> Error {
    Error { kind: ErrorKind::Bug, ..Error::user("the map's template is broken").with_cause(cause) }
}

/// `{{prose text}}`: a text as HTML, with the code in it marked.
fn prose(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper.param(0).and_then(|value| value.value().as_str()).unwrap_or_default();
    Ok(out.write(&html(text))?)
}
