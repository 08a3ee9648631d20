//! The steps of a contract once each fragment stands where it is used: a few short fragments that use each other come to
//! millions of steps, so their number and their depth are limited before anything walks through them.

use crate::contract::format::limits::{MAX_CHECK_STEPS, MAX_FRAGMENT_DEPTH, MAX_STEPS};
use crate::contract::format::model::RawStep;
use crate::yaml::Finding;
use std::collections::BTreeMap;

/// How much steps come to, with those of the fragments that they use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Extent {
    steps: usize,
    /// How many fragments stand within each other.
    depth: usize,
}

/// The fragments of a contract, each with its extent.
pub(super) struct Fragments<'a> {
    by_name: &'a BTreeMap<String, Vec<RawStep>>,
    extents: BTreeMap<&'a str, Extent>,
    /// The steps of the checks that were counted so far.
    counted: usize,
}

impl<'a> Fragments<'a> {
    /// Measures each fragment once.
    ///
    /// # Errors
    /// The first circle, or the first fragment that is nested too deep.
    pub(super) fn measure(by_name: &'a BTreeMap<String, Vec<RawStep>>) -> Result<Self, Finding> {
        let mut fragments = Self { by_name, extents: BTreeMap::new(), counted: 0 };
        for name in by_name.keys() {
            fragments.fragment(name, &mut Vec::new())?;
        }
        Ok(fragments)
    }

    /// Counts the steps of a check.
    ///
    /// # Errors
    /// The check, or all checks so far, have too many.
    pub(super) fn count(&mut self, steps: &'a [RawStep]) -> Result<(), String> {
        // Each fragment is measured, so no circle is met any more.
        let extent = self.steps(steps, &mut Vec::new()).unwrap_or_default();
        self.counted = self.counted.saturating_add(extent.steps);
        if extent.steps > MAX_CHECK_STEPS {
            let steps = extent.steps;
            return Err(format!(
                "a check has at most {MAX_CHECK_STEPS} steps; with those of its fragments it has {steps}"
            ));
        }
        if self.counted > MAX_STEPS {
            return Err(format!(
                "the checks of a contract have at most {MAX_STEPS} steps, those of their fragments included"
            ));
        }
        Ok(())
    }

    fn fragment(&mut self, name: &'a str, path: &mut Vec<&'a str>) -> Result<Extent, Finding> {
        if let Some(extent) = self.extents.get(name) {
            return Ok(*extent);
        }
        let at = |name: &str| format!("/fragments/{name}");
        if let Some(start) = path.iter().position(|other| *other == name) {
            path.push(name);
            let circle = path[start..].join(" -> ");
            let message = format!("fragments use each other in a circle: {circle}");
            return Err(Finding::new(at(name), message));
        }
        let too_deep = || {
            let message = format!(
                "fragments are nested {MAX_FRAGMENT_DEPTH} deep at most, and this is deeper"
            );
            Finding::new(at(name), message)
        };
        if path.len() == MAX_FRAGMENT_DEPTH {
            return Err(too_deep());
        }
        // A name that is not known is reported where it is used.
        let Some(steps) = self.by_name.get(name) else { return Ok(Extent::default()) };
        path.push(name);
        let inner = self.steps(steps, path)?;
        path.pop();
        let extent = Extent { depth: inner.depth + 1, ..inner };
        if extent.depth > MAX_FRAGMENT_DEPTH {
            return Err(too_deep());
        }
        self.extents.insert(name, extent);
        Ok(extent)
    }

    fn steps(&mut self, steps: &'a [RawStep], path: &mut Vec<&'a str>) -> Result<Extent, Finding> {
        let mut extent = Extent::default();
        for step in steps {
            let inner = match (&step.fragment, &step.steps) {
                (Some(name), _) => self.fragment(name, path)?,
                (None, Some(steps)) => self.steps(steps, path)?,
                (None, None) => Extent::default(),
            };
            extent.steps = extent.steps.saturating_add(inner.steps).saturating_add(1);
            extent.depth = extent.depth.max(inner.depth);
        }
        Ok(extent)
    }
}
