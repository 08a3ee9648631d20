//! Renders templates. The only user of `handlebars`: strict, without HTML escaping.

use super::error::Error;
use super::layer::Source;
use crate::suggest::nearest;
use handlebars::template::{Parameter, Template, TemplateElement};
use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason,
    Renderable, handlebars_helper, no_escape,
};
use serde_json::Value;

handlebars_helper!(json: |value: Json| serde_json::to_string(value).unwrap_or_default());
handlebars_helper!(shell: |words: array| shell_line(words.iter().filter_map(Value::as_str)));
handlebars_helper!(slug: |name: str| slug_of(name));

/// Templates and what they are rendered with.
pub(super) struct Renderer {
    engine: Handlebars<'static>,
    context: Context,
}

impl Renderer {
    /// A renderer for `values`, a JSON object.
    pub(super) fn new(values: Value) -> Result<Self, Error> {
        let mut engine = Handlebars::new();
        engine.set_strict_mode(true);
        engine.register_escape_fn(no_escape);
        engine.register_helper("json", Box::new(json));
        engine.register_helper("shell", Box::new(shell));
        engine.register_helper("slug", Box::new(slug));
        engine.register_helper("sort_blocks", Box::new(sort_blocks));
        engine.register_helper("sort_lines", Box::new(sort_lines));
        let context = Context::wraps(values)
            .map_err(|error| mistake("the facts", None, None, error.to_string()))?;
        Ok(Self { engine, context })
    }

    /// Takes in a template; gives the slots that it uses.
    ///
    /// # Errors
    /// A mistake of syntax, with its place.
    pub(super) fn read(&mut self, source: &Source) -> Result<Vec<String>, Error> {
        let text = std::str::from_utf8(&source.bytes)
            .map_err(|_| mistake(&source.origin, None, None, "no text in UTF-8".to_owned()))?;
        let template =
            Template::compile_with_name(text, source.origin.clone()).map_err(|error| {
                let (line, column) = error.pos().unwrap_or((1, 1));
                mistake(&source.origin, Some(line), Some(column), error.reason().to_string())
            })?;
        let mut slots = Vec::new();
        partials(&template, &mut slots);
        self.engine.register_template(&source.origin, template);
        Ok(slots)
    }

    /// Makes `text` what `{{> slot}}` stands for, as it is.
    pub(super) fn fill(&mut self, slot: &str, text: String) {
        let mut template = Template::new();
        template.elements.push(TemplateElement::RawString(text));
        self.engine.register_template(slot, template);
    }

    /// Renders a template that was taken in.
    ///
    /// # Errors
    /// An unknown variable, with its place.
    pub(super) fn render(&self, origin: &str) -> Result<String, Error> {
        self.engine.render_with_context(origin, &self.context).map_err(|error| {
            let message = match error.reason() {
                RenderErrorReason::MissingVariable(Some(name))
                | RenderErrorReason::HelperNotFound(name) => self.unknown(name),
                reason => reason.to_string(),
            };
            mistake(origin, error.line_no, error.column_no, message)
        })
    }

    fn unknown(&self, name: &str) -> String {
        let mut known = Vec::new();
        names(self.context.data(), "", &mut known);
        let meant = nearest(name, known.iter().map(String::as_str))
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        format!("unknown variable `{name}`{meant}")
    }
}

fn mistake(origin: &str, line: Option<usize>, column: Option<usize>, message: String) -> Error {
    Error::Template {
        origin: origin.to_owned(),
        line: line.unwrap_or(1),
        column: column.unwrap_or(1),
        message,
    }
}

/// The names of the partials that a template uses, those in its blocks too.
fn partials(template: &Template, found: &mut Vec<String>) {
    for element in &template.elements {
        match element {
            TemplateElement::PartialExpression(call) | TemplateElement::PartialBlock(call) => {
                if let Parameter::Name(name) = &call.name {
                    found.push(name.clone());
                }
            }
            TemplateElement::HelperBlock(block) => {
                for inner in [&block.template, &block.inverse].into_iter().flatten() {
                    partials(inner, found);
                }
            }
            _ => {}
        }
    }
}

/// Every dotted name in a value.
fn names(value: &Value, before: &str, found: &mut Vec<String>) {
    if let Value::Object(entries) = value {
        for (key, inner) in entries {
            let name = format!("{before}{key}");
            names(inner, &format!("{name}."), found);
            found.push(name);
        }
    }
}

/// Words as a line to paste into a shell, quoted where they need it.
pub(crate) fn shell_line<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,@+%".contains(c);
    let quoted: Vec<String> = words
        .map(|word| {
            if !word.is_empty() && word.chars().all(plain) {
                word.to_owned()
            } else {
                format!("'{}'", word.replace('\'', "'\\''"))
            }
        })
        .collect();
    quoted.join(" ")
}

/// A name where only lower-case letters, digits and hyphens are taken, as in Compose.
fn slug_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let kept = lower.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let words: Vec<String> = kept
        .collect::<String>()
        .split('-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() { "app".to_owned() } else { words.join("-") }
}

/// `{{#sort_lines}}`: puts lines that come from several layers in the order of the alphabet.
fn sort_lines<'reg, 'rc>(
    helper: &Helper<'rc>,
    engine: &'reg Handlebars<'reg>,
    context: &'rc Context,
    render: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> HelperResult {
    let Some(template) = helper.template() else {
        return Ok(());
    };
    let text = template.renders(engine, context, render)?;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    for line in lines {
        out.write(line)?;
        out.write("\n")?;
    }
    Ok(())
}

/// `{{#sort_blocks}}`: puts blocks of lines with blank lines between them in the order of
/// their second lines. A `Cargo.lock` lists packages by name, and where the starter's own
/// stands depends on the name that the user gave it.
fn sort_blocks<'reg, 'rc>(
    helper: &Helper<'rc>,
    engine: &'reg Handlebars<'reg>,
    context: &'rc Context,
    render: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> HelperResult {
    let Some(template) = helper.template() else {
        return Ok(());
    };
    let text = template.renders(engine, context, render)?;
    let mut blocks: Vec<&str> = text.trim_matches('\n').split("\n\n").collect();
    // Stable: blocks with equal second lines (two versions of a package) keep their order.
    blocks.sort_by_key(|block| block.lines().nth(1));
    out.write(&blocks.join("\n\n"))?;
    out.write("\n")?;
    Ok(())
}
