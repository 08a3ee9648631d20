//! Renders templates. The only user of `handlebars`: strict, without HTML escaping.

use super::budget::{BoundedText, TemplateBudget};
use super::layer::Source;
use crate::starter::error::Error;
use crate::suggest::nearest;
use handlebars::template::{Parameter, Template, TemplateElement};
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, Renderable, ScopedJson, no_escape,
};
use serde_json::Value;
use std::io::{self, Write};

/// Templates and what they are rendered with.
pub(in crate::starter) struct Renderer {
    engine: Handlebars<'static>,
    context: Context,
    budget: TemplateBudget,
    /// What each block ends with: a call of [`ITERATION_HELPER`].
    iteration_call: TemplateElement,
}

impl Renderer {
    /// A renderer for `values`, a JSON object.
    pub(in crate::starter) fn new(values: Value) -> Result<Self, Error> {
        let mut engine = Handlebars::new();
        engine.set_strict_mode(true);
        engine.register_escape_fn(no_escape);
        engine.register_helper("json", Box::new(Function(json)));
        engine.register_helper("shell", Box::new(Function(shell)));
        engine.register_helper("slug", Box::new(Function(slug)));
        engine.register_helper("code", Box::new(Function(code)));
        let budget = TemplateBudget::new();
        for (name, sort) in
            [("sort_blocks", sort_blocks as fn(&str) -> String), ("sort_lines", sort_lines)]
        {
            engine.register_helper(name, Box::new(Sorted { budget: budget.clone(), sort }));
        }
        engine.register_helper(ITERATION_HELPER, Box::new(budget.clone()));
        let failed = |message| mistake("the facts", None, None, message);
        let iteration_call = Template::compile(&format!("{{{{{ITERATION_HELPER}}}}}"))
            .map_err(|error| failed(error.to_string()))?
            .elements
            .remove(0);
        let context = Context::wraps(values).map_err(|error| failed(error.to_string()))?;
        Ok(Self { engine, context, budget, iteration_call })
    }

    /// Takes in a template; gives the slots that it uses.
    ///
    /// # Errors
    /// A mistake of syntax, with its place.
    pub(in crate::starter) fn read(&mut self, source: &Source) -> Result<Vec<String>, Error> {
        let text = std::str::from_utf8(&source.bytes)
            .map_err(|_| mistake(&source.origin, None, None, "no text in UTF-8".to_owned()))?;
        let mut template =
            Template::compile_with_name(text, source.origin.clone()).map_err(|error| {
                let (line, column) = error.pos().unwrap_or((1, 1));
                mistake(&source.origin, Some(line), Some(column), error.reason().to_string())
            })?;
        let mut slots = Vec::new();
        if !partials(&mut template, &self.iteration_call, &mut slots) {
            let message = "only `{{> slot}}` is known of partials and decorators".to_owned();
            return Err(mistake(&source.origin, None, None, message));
        }
        self.engine.register_template(&source.origin, template);
        Ok(slots)
    }

    /// Makes `text` what `{{> slot}}` stands for, as it is.
    pub(in crate::starter) fn fill(&mut self, slot: &str, text: String) {
        let mut template = Template::new();
        template.elements.push(TemplateElement::RawString(text));
        self.engine.register_template(slot, template);
    }

    /// Renders a template that was taken in.
    ///
    /// # Errors
    /// An unknown variable, with its place.
    pub(in crate::starter) fn render(&self, origin: &str) -> Result<String, Error> {
        let mut text = BoundedText::new(&self.budget);
        let done = self.engine.render_with_context_to_write(origin, &self.context, &mut text);
        done.map(|()| text.text()).map_err(|error| {
            let message = match error.reason() {
                RenderErrorReason::MissingVariable(Some(name))
                | RenderErrorReason::HelperNotFound(name) => self.unknown(name),
                _ if self.budget.is_spent() => TemplateBudget::MESSAGE.to_owned(),
                reason => reason.to_string(),
            };
            mistake(origin, error.line_no, error.column_no, message)
        })
    }

    fn unknown(&self, name: &str) -> String {
        let mut known = Vec::new();
        names(self.context.data(), "", &mut known);
        let suggestion = nearest(name, known.iter().map(String::as_str))
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        format!("unknown variable `{name}`{suggestion}")
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

/// The names of the partials that a template uses, those in its blocks too; and puts `iteration_call`
/// last into each block. Whether there was nothing by which a template could name itself.
fn partials(
    template: &mut Template,
    iteration_call: &TemplateElement,
    names: &mut Vec<String>,
) -> bool {
    template.elements.iter_mut().all(|element| match element {
        TemplateElement::PartialExpression(call) => match &call.name {
            Parameter::Name(name) => {
                names.push(name.clone());
                true
            }
            _ => false,
        },
        TemplateElement::HelperBlock(block) => {
            let block = &mut **block;
            [&mut block.template, &mut block.inverse].into_iter().flatten().all(|inner| {
                let known = partials(inner, iteration_call, names);
                inner.elements.push(iteration_call.clone());
                known
            })
        }
        TemplateElement::PartialBlock(_)
        | TemplateElement::DecoratorExpression(_)
        | TemplateElement::DecoratorBlock(_) => false,
        _ => true,
    })
}

/// Every dotted name in a value.
fn names(value: &Value, before: &str, known: &mut Vec<String>) {
    if let Value::Object(entries) = value {
        for (key, inner) in entries {
            let name = format!("{before}{key}");
            names(inner, &format!("{name}."), known);
            known.push(name);
        }
    }
}

/// A helper that makes a text of its one argument.
struct Function(fn(&Value) -> String);

impl HelperDef for Function {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        Ok(Value::from((self.0)(argument(helper)?)).into())
    }
}

/// `{{json value}}`: the value as JSON, which is good TOML and YAML too.
fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// `{{shell words}}`: a list of words as a line to paste.
fn shell(words: &Value) -> String {
    crate::shell::line(words.as_array().into_iter().flatten().filter_map(Value::as_str))
}

/// `{{code text}}`: a code span of Markdown, which has none for an empty text.
fn code(text: &Value) -> String {
    match text.as_str().unwrap_or_default() {
        "" => String::new(),
        text => format!("`{text}`"),
    }
}

/// `{{slug name}}`: a name where only lower-case letters, digits and hyphens are taken.
fn slug(name: &Value) -> String {
    slug_of(name.as_str().unwrap_or_default())
}

/// The one argument of a helper. Strict mode alone does not say which variable is unknown.
fn argument<'a>(helper: &'a Helper<'_>) -> Result<&'a Value, RenderError> {
    let missing = |name: Option<String>| RenderErrorReason::MissingVariable(name).into();
    match helper.param(0) {
        Some(argument) if !argument.is_value_missing() => Ok(argument.value()),
        Some(argument) => Err(missing(argument.relative_path().cloned())),
        None => Err(missing(None)),
    }
}

/// A name where only lower-case letters, digits and hyphens are taken, as in Compose.
fn slug_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let hyphenated = lower.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let words: Vec<String> = hyphenated
        .collect::<String>()
        .split('-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() { "app".to_owned() } else { words.join("-") }
}

/// `{{#sort_lines}}`: puts lines that come from several layers in the order of the alphabet.
fn sort_lines(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines.iter().flat_map(|line| [*line, "\n"]).collect()
}

/// `{{#sort_blocks}}`: puts blocks of lines with blank lines between them in the order of
/// their second lines. A `Cargo.lock` lists packages by name, and where the starter's own
/// stands depends on the name that the user gave it.
fn sort_blocks(text: &str) -> String {
    let mut blocks: Vec<&str> = text.trim_matches('\n').split("\n\n").collect();
    // Stable: blocks with equal second lines (two versions of a package) keep their order.
    blocks.sort_by_key(|block| block.lines().nth(1));
    blocks.join("\n\n") + "\n"
}

/// A block whose text is sorted.
struct Sorted {
    budget: TemplateBudget,
    sort: fn(&str) -> String,
}

impl HelperDef for Sorted {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let Some(template) = helper.template() else {
            return Ok(());
        };
        let mut text = BoundedText::new(&self.budget);
        template.render(engine, context, render, &mut Text(&mut text))?;
        Ok(out.write(&(self.sort)(&text.text()))?)
    }
}

/// A bounded text as Handlebars writes to it.
struct Text<'a>(&'a mut BoundedText);

impl Output for Text<'_> {
    fn write(&mut self, part: &str) -> io::Result<()> {
        self.0.write_all(part.as_bytes())
    }
}

/// What each iteration of a block calls, to pay for itself.
const ITERATION_HELPER: &str = "pay_iteration";

impl HelperDef for TemplateBudget {
    fn call<'reg: 'rc, 'rc>(
        &self,
        _: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        _: &mut dyn Output,
    ) -> HelperResult {
        Ok(self.pay_iteration()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rendered(text: &str) -> Result<String, String> {
        let values = json!({
            "name": "zebra",
            "facts": { "edition": "2024", "list": ["a", "b"] },
            "words": ["cargo", "run", "two words", "it's", ""],
        });
        let mut renderer = Renderer::new(values).map_err(|error| error.to_string())?;
        let source = Source {
            origin: "x.hbs".to_owned(),
            name: "x".to_owned(),
            bytes: text.as_bytes().to_vec().into(),
            rendered: true,
        };
        renderer.read(&source).map_err(|error| error.to_string())?;
        renderer.render("x.hbs").map_err(|error| error.to_string())
    }

    #[test]
    fn values_are_put_in_without_escaping() {
        assert_eq!(rendered("<{{name}}> & {{facts.edition}}").as_deref(), Ok("<zebra> & 2024"));
        assert_eq!(rendered("{{#each facts.list}}{{this}},{{/each}}").as_deref(), Ok("a,b,"));
    }

    #[test]
    fn json_and_shell_quote_what_they_are_given() {
        assert_eq!(rendered("{{json facts.list}}").as_deref(), Ok("[\"a\",\"b\"]"));
        assert_eq!(rendered("{{shell words}}").as_deref(), Ok("cargo run 'two words' \"it's\" ''"));
    }

    #[test]
    fn an_empty_text_is_no_code_span() {
        assert_eq!(code(&Value::from("a b")), "`a b`");
        assert_eq!(code(&Value::from("")), "");
    }

    #[test]
    fn a_slug_has_lower_case_letters_digits_and_single_hyphens() {
        for (name, expected) in [("My_Blog 2", "my-blog-2"), ("--a--b--", "a-b"), ("日本", "app")]
        {
            assert_eq!(slug_of(name), expected);
        }
    }

    #[test]
    fn blocks_are_sorted_by_their_second_lines_and_lines_by_the_alphabet() {
        let blocks = "{{#sort_blocks}}\n[[p]]\nname = b\n\n[[p]]\nname = a\nv = 2\n\n[[p]]\nname = a\nv = 1\n{{/sort_blocks}}\n";
        let sorted = "[[p]]\nname = a\nv = 2\n\n[[p]]\nname = a\nv = 1\n\n[[p]]\nname = b\n";
        assert_eq!(rendered(blocks).as_deref(), Ok(sorted));
        assert_eq!(rendered("{{#sort_lines}}\nb\na\n{{/sort_lines}}\n").as_deref(), Ok("a\nb\n"));
    }

    #[test]
    fn an_unknown_variable_is_reported_with_its_place_and_the_nearest() {
        let error = rendered("a\n b {{nmae}}").expect_err("refused");
        assert_eq!(error, "x.hbs:2:4: unknown variable `nmae`; did you mean `name`?");
        let error = rendered("{{facts.editon}}").expect_err("refused");
        assert!(error.ends_with("did you mean `facts.edition`?"), "{error}");
    }

    #[test]
    fn an_unknown_variable_given_to_a_helper_is_reported_by_its_name() {
        for text in ["{{json facts.editon}}", "{{shell wrods}}", "{{slug nmae}}"] {
            let error = rendered(text).expect_err("refused");
            let word = text.trim_end_matches("}}").rsplit(' ').next().unwrap_or_default();
            assert!(error.contains(&format!("unknown variable `{word}`")), "{text}: {error}");
        }
    }

    #[test]
    fn the_slots_of_a_template_include_those_in_its_blocks() {
        let mut renderer = Renderer::new(json!({})).expect("a renderer");
        let source = Source {
            origin: "x.hbs".to_owned(),
            name: "x".to_owned(),
            bytes: b"{{> a}}{{#each y}}{{> b}}{{else}}{{> c}}{{/each}}"[..].into(),
            rendered: true,
        };
        assert_eq!(renderer.read(&source).expect("sound"), ["a", "b", "c"]);
    }
}
