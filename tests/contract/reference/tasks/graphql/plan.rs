//! A request as it will be executed: its fields by the types of the schema, without fragments.

use super::schema::{fields, named};
use super::values::{coerced, plain};
use crate::reference::faults::fault;
use async_graphql_parser::Positioned;
use async_graphql_parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet,
};
use serde_json::{Map, Value};

/// No field stands deeper; those of the root are the first level.
const MAX_DEPTH: usize = 10;
/// So many fields of the root may an operation have.
const MAX_WIDTH: usize = 50;
/// So many fields may a request have in all, with those of its fragments each time.
const MAX_FIELDS: usize = 2_000;

pub struct Step {
    /// Its name in the response.
    pub key: String,
    pub name: String,
    pub arguments: Map<String, Value>,
    /// The type of its value.
    pub kind: &'static str,
    pub inner: Vec<Self>,
}

pub struct Planner<'a> {
    pub document: &'a ExecutableDocument,
    pub variables: &'a Map<String, Value>,
    /// Names of the fragments around the selection.
    open: Vec<String>,
    count: usize,
}

impl<'a> Planner<'a> {
    pub fn new(document: &'a ExecutableDocument, variables: &'a Map<String, Value>) -> Self {
        Self { document, variables, open: Vec::new(), count: 0 }
    }

    /// The steps of an operation, whose root is of this type.
    ///
    /// # Errors
    /// The message of the first mistake.
    pub fn root(&mut self, set: &SelectionSet, kind: &'static str) -> Result<Vec<Step>, String> {
        let mut steps = Vec::new();
        self.select(set, kind, 1, &mut steps)?;
        let max_width = if fault("graphql-narrow") { 5 } else { MAX_WIDTH };
        if steps.len() > max_width && !fault("graphql-any-width") {
            return Err(format!("An operation has at most {max_width} fields."));
        }
        Ok(steps)
    }

    fn select(
        &mut self,
        set: &SelectionSet,
        kind: &'static str,
        level: usize,
        steps: &mut Vec<Step>,
    ) -> Result<(), String> {
        let max_depth = if fault("graphql-shallow") { 5 } else { MAX_DEPTH };
        if level > max_depth && !fault("graphql-any-depth") {
            return Err(format!("Fields stand at most {max_depth} levels deep."));
        }
        for selection in &set.items {
            self.count += 1;
            if self.count > MAX_FIELDS {
                return Err(format!("A request has at most {MAX_FIELDS} fields."));
            }
            if !self.is_included(selection.node.directives())? {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => self.field(&field.node, kind, level, steps)?,
                Selection::InlineFragment(part) => {
                    if let Some(on) = &part.node.type_condition {
                        is_of(kind, on.node.on.node.as_str())?;
                    }
                    self.select(&part.node.selection_set.node, kind, level, steps)?;
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    let fragment = self.fragment(name)?;
                    is_of(kind, fragment.node.type_condition.node.on.node.as_str())?;
                    if fault("graphql-fragments-lost") {
                        continue;
                    }
                    if self.open.iter().any(|open| open == name) {
                        return Err(format!("Fragment \"{name}\" holds itself."));
                    }
                    self.open.push(name.to_owned());
                    let level = if fault("graphql-fragments-uncounted") { 1 } else { level };
                    let set = &fragment.node.selection_set.node;
                    self.select(set, kind, level, steps)?;
                    self.open.pop();
                }
            }
        }
        Ok(())
    }

    fn fragment(&self, name: &str) -> Result<&'a Positioned<FragmentDefinition>, String> {
        let mut all = self.document.fragments.iter();
        let fragment = all.find(|(key, _)| key.as_str() == name);
        fragment.map(|(_, fragment)| fragment).ok_or(format!("There is no fragment \"{name}\"."))
    }

    fn field(
        &mut self,
        field: &Field,
        kind: &'static str,
        level: usize,
        steps: &mut Vec<Step>,
    ) -> Result<(), String> {
        let name = field.name.node.as_str();
        let known = fields(kind).unwrap_or_default().iter().find(|(known, ..)| *known == name);
        let known = known.filter(|_| name != "__schema" || !fault("graphql-without-schema"));
        let (arguments, of): (&[(&str, &str)], _) = match known {
            Some((_, arguments, of)) => (arguments, *of),
            None if name == "__typename" && !fault("graphql-without-typename") => (&[], "String!"),
            None if fault("graphql-unknown-fields-ignored") => return Ok(()),
            None => return Err(format!("{} has no field \"{name}\".", named(kind))),
        };
        let arguments = self.arguments(field, arguments)?;
        let set = &field.selection_set.node;
        let has_fields = fields(of).is_some();
        if has_fields == set.items.is_empty() {
            return Err(format!("\"{name}\" needs fields, or has none."));
        }
        let key = match () {
            () if fault("graphql-aliases-ignored") => name,
            () => field.response_key().node.as_str(),
        };
        let at = steps.iter().position(|step| step.key == key);
        let at = at.unwrap_or_else(|| {
            let (key, name) = (key.to_owned(), name.to_owned());
            let arguments = arguments.clone();
            steps.push(Step { key, name, arguments, kind: of, inner: Vec::new() });
            steps.len() - 1
        });
        let step = &mut steps[at];
        if (step.name != name || step.arguments != arguments) && !fault("graphql-aliases-ignored") {
            return Err(format!("\"{key}\" is asked for in two ways."));
        }
        if has_fields { self.select(set, of, level + 1, &mut step.inner) } else { Ok(()) }
    }

    fn arguments(
        &self,
        field: &Field,
        known: &[(&str, &str)],
    ) -> Result<Map<String, Value>, String> {
        let mut all = Map::new();
        for (name, value) in &field.arguments {
            let name = name.node.as_str();
            let Some((_, kind)) = known.iter().find(|(known, _)| *known == name) else {
                return Err(format!("\"{}\" has no argument \"{name}\".", field.name.node));
            };
            if let Some(value) = plain(&value.node, self.variables) {
                all.insert(name.to_owned(), coerced(&value, kind)?);
            }
        }
        let missing =
            known.iter().find(|(name, kind)| kind.ends_with('!') && !all.contains_key(*name));
        match missing {
            Some((name, _)) if !fault("graphql-variables-unchecked") => {
                Err(format!("\"{}\" needs \"{name}\".", field.name.node))
            }
            _ => Ok(all),
        }
    }

    /// Whether `@skip` and `@include` leave it in.
    fn is_included(&self, directives: &[Positioned<Directive>]) -> Result<bool, String> {
        for directive in directives {
            let (name, condition) =
                (directive.node.name.node.as_str(), directive.node.get_argument("if"));
            let condition = condition.and_then(|value| plain(&value.node, self.variables));
            match (name, condition) {
                _ if fault("graphql-directives-ignored") => {}
                ("skip", Some(Value::Bool(false))) | ("include", Some(Value::Bool(true))) => {}
                ("skip" | "include", Some(Value::Bool(_))) => return Ok(false),
                _ => return Err(format!("@{name} is not known, or lacks its `if`.")),
            }
        }
        Ok(true)
    }
}

fn is_of(kind: &str, on: &str) -> Result<(), String> {
    if named(kind) == on { Ok(()) } else { Err(format!("{} is no {on}.", named(kind))) }
}
