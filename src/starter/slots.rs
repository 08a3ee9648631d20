//! Fills the slots: texts of one or many layers, put where a shared file says `{{> slot}}`.

use super::assemble::Assembly;
use super::error::Error;
use super::facts::Arity;
use super::layer::Source;
use super::render::Renderer;
use std::collections::{BTreeMap, BTreeSet};

/// Checks every use, declaration and filling of a slot against each other, and makes each
/// slot's text known to the renderer. Templates of files must have been read:
/// `used` says which slots each of them uses.
///
/// # Errors
/// The first slot that is undeclared, unknown, unused, missing, filled twice or in a circle.
pub(super) fn fill(
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
        if way.iter().any(|one| one == slot) {
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
