//! Fills the slots: texts of one or many layers, put where a shared file says `{{> slot}}`.

use super::assemble::Assembly;
use super::layer::Source;
use super::render::Renderer;
use crate::starter::error::Error;
use crate::starter::facts::Arity;
use std::collections::{BTreeMap, BTreeSet};

/// Checks every use, declaration and filling of a slot against each other, and makes each
/// slot's text known to the renderer. Templates of files must have been read:
/// `used` says which slots each of them uses.
///
/// # Errors
/// The first slot that is undeclared, unknown, unused, missing, filled twice or in a circle.
pub(in crate::starter) fn fill_slots(
    assembly: &Assembly,
    renderer: &mut Renderer,
    used: &[(String, Vec<String>)],
) -> Result<(), Error> {
    let mut filling = Filling {
        assembly,
        by_slot: BTreeMap::new(),
        uses: BTreeMap::new(),
        done: BTreeSet::new(),
    };
    for source in &assembly.fillings {
        if !assembly.slots.contains_key(&source.name) {
            let (slot, filler) = (source.name.clone(), source.origin.clone());
            return Err(Error::SlotUnknown { slot, filler });
        }
        filling.by_slot.entry(&source.name).or_default().push(source);
        if source.rendered {
            let slots = renderer.read(source)?;
            filling.uses.insert(&source.origin, slots);
        }
    }
    let mut all_uses: Vec<(&str, &Vec<String>)> =
        used.iter().map(|(origin, slots)| (origin.as_str(), slots)).collect();
    let in_slots: Vec<_> = filling.uses.iter().map(|(o, s)| (*o, s.clone())).collect();
    all_uses.extend(in_slots.iter().map(|(origin, slots)| (*origin, slots)));
    check_uses(assembly, &all_uses)?;
    for slot in assembly.slots.keys() {
        filling.slot(slot, renderer, &mut Vec::new())?;
    }
    Ok(())
}

fn check_uses(assembly: &Assembly, uses: &[(&str, &Vec<String>)]) -> Result<(), Error> {
    for (user, slots) in uses {
        if let Some(slot) = slots.iter().find(|slot| !assembly.slots.contains_key(*slot)) {
            let (slot, user) = (slot.clone(), (*user).to_owned());
            return Err(Error::SlotUndeclared { slot, user });
        }
    }
    for (slot, (_, layer)) in &assembly.slots {
        if !uses.iter().any(|(_, slots)| slots.contains(slot)) {
            let (slot, layer) = (slot.clone(), layer.clone());
            return Err(Error::SlotUnused { slot, layer });
        }
    }
    Ok(())
}

struct Filling<'a> {
    assembly: &'a Assembly,
    by_slot: BTreeMap<&'a str, Vec<&'a Source>>,
    /// The slots that a filling uses itself, by its origin.
    uses: BTreeMap<&'a str, Vec<String>>,
    done: BTreeSet<String>,
}

impl Filling<'_> {
    /// Renders what fills `slot`, after the slots that it uses itself.
    fn slot(
        &mut self,
        slot: &str,
        renderer: &mut Renderer,
        way: &mut Vec<String>,
    ) -> Result<(), Error> {
        if way.iter().any(|outer| outer == slot) {
            way.push(slot.to_owned());
            return Err(Error::SlotCircle(way.clone()));
        }
        if self.done.contains(slot) {
            return Ok(());
        }
        way.push(slot.to_owned());
        let pieces = self.by_slot.get(slot).cloned().unwrap_or_default();
        self.count(slot, &pieces)?;
        let mut text = String::new();
        for piece in pieces {
            for inner in self.uses.get(piece.origin.as_str()).cloned().unwrap_or_default() {
                self.slot(&inner, renderer, way)?;
            }
            if piece.rendered {
                text.push_str(&renderer.render(&piece.origin)?);
            } else {
                text.push_str(&String::from_utf8_lossy(&piece.bytes));
            }
        }
        renderer.fill(slot, text);
        self.done.insert(slot.to_owned());
        way.pop();
        Ok(())
    }

    fn count(&self, slot: &str, pieces: &[&Source]) -> Result<(), Error> {
        match (self.assembly.slots.get(slot), pieces) {
            (Some((Arity::One, layer)), []) => {
                Err(Error::SlotMissing { slot: slot.to_owned(), layer: layer.clone() })
            }
            (Some((Arity::One, _)), [first, second, ..]) => Err(Error::SlotTwice {
                slot: slot.to_owned(),
                first: first.origin.clone(),
                second: second.origin.clone(),
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starter::template::assemble::assemble;
    use crate::starter::template::layer::Layer;
    use serde_json::json;
    use std::borrow::Cow;

    /// The text of `page.hbs` after the slots are filled. `slots` are the declarations of the
    /// layer `base`; `fillings` are paths in the library with their texts.
    fn filled(page: &str, slots: &str, fillings: &[(&str, &str)]) -> Result<String, String> {
        let facts = format!("commands: {{run: [serve]}}\nslots: {{{slots}}}\n");
        let mut layers = Vec::new();
        for path in ["base", "one", "two"] {
            let start = format!("{path}/");
            let own = fillings
                .iter()
                .filter_map(|(name, text)| Some((name.strip_prefix(&start)?, *text)));
            let mut entries: Vec<(&str, &str)> = own.collect();
            if path == "base" {
                entries.extend([("layer.yaml", facts.as_str()), ("files/page.hbs", page)]);
            }
            let entries = entries.into_iter();
            let entries =
                entries.map(|(name, text)| (name.to_owned(), Cow::Owned(text.as_bytes().to_vec())));
            layers.push(Layer::read(path, entries.collect()).expect("a sound layer"));
        }
        let message = |error: Error| error.to_string();
        let assembly = assemble(layers).map_err(message)?;
        let mut renderer = Renderer::new(json!({ "name": "zebra" })).map_err(message)?;
        let mut used = Vec::new();
        for source in assembly.files.values() {
            used.push((source.origin.clone(), renderer.read(source).map_err(message)?));
        }
        fill_slots(&assembly, &mut renderer, &used).map_err(message)?;
        renderer.render("base/files/page.hbs").map_err(message)
    }

    #[test]
    fn many_texts_follow_each_other_in_the_order_of_the_layers() {
        let fillings = [("two/slots/x.md", "2"), ("one/slots/x.md", "1"), ("base/slots/x", "0")];
        assert_eq!(filled("[{{> x}}]", "x: many", &fillings).as_deref(), Ok("[012]"));
        assert_eq!(filled("[{{> x}}]", "x: many", &[]).as_deref(), Ok("[]"));
    }

    #[test]
    fn a_text_that_is_no_template_is_taken_as_it_is() {
        let verbatim = filled("{{> x}}", "x: one", &[("one/slots/x.md", "{{name}} & <b>")]);
        assert_eq!(verbatim.as_deref(), Ok("{{name}} & <b>"));
        let rendered = filled("{{> x}}", "x: one", &[("one/slots/x.md.hbs", "{{name}} & <b>")]);
        assert_eq!(rendered.as_deref(), Ok("zebra & <b>"));
        // What a rendered text holds is not rendered again.
        let twice = filled("{{> x}}", "x: one", &[("one/slots/x.md.hbs", "\\{{name}}")]);
        assert_eq!(twice.as_deref(), Ok("{{name}}"));
    }

    #[test]
    fn a_slot_in_a_slot_is_filled_first() {
        let fillings = [("one/slots/x.md.hbs", "<{{> y}}>"), ("two/slots/y.md.hbs", "{{name}}")];
        assert_eq!(filled("{{> x}}", "x: one, y: one", &fillings).as_deref(), Ok("<zebra>"));
    }

    #[test]
    fn every_mistake_names_both_sides() {
        let text = |result: Result<String, String>| result.expect_err("refused");
        let missing = text(filled("{{> x}}", "x: one", &[]));
        assert_eq!(missing, "base needs the slot `x` filled, and no layer fills it");
        let two = [("one/slots/x.md", "1"), ("two/slots/x.md", "2")];
        let twice = text(filled("{{> x}}", "x: one", &two));
        assert!(twice.ends_with("one/slots/x.md and two/slots/x.md"), "{twice}");
        let undeclared = text(filled("{{> x}}", "", &[]));
        assert!(undeclared.starts_with("base/files/page.hbs uses the slot `x`"), "{undeclared}");
        let unknown = text(filled("", "", &[("two/slots/z.md", "1")]));
        assert!(unknown.starts_with("two/slots/z.md fills the slot `z`"), "{unknown}");
        let unused = text(filled("", "x: many", &[]));
        assert!(unused.starts_with("base/layer.yaml declares the slot `x`"), "{unused}");
        let circle = [("one/slots/x.md.hbs", "{{> y}}"), ("two/slots/y.md.hbs", "{{> x}}")];
        let circle = text(filled("{{> x}}", "x: one, y: one", &circle));
        assert!(circle.contains("x -> y -> x"), "{circle}");
    }
}
