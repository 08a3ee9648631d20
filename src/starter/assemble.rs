//! Joins the layers of a starter. Each path and each fact belongs to one layer; a second one
//! is refused by name.

use super::error::Error;
use super::facts::{Arity, Commands, Database, NameRule, Tool, Variable};
use super::layer::{Layer, Source};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The layers, joined.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    /// By path in the starter.
    pub files: BTreeMap<String, Source>,
    /// By name: how many may fill it, and the layer that declares it.
    pub slots: BTreeMap<String, (Arity, String)>,
    /// What fills slots, in the order of the layers.
    pub fillings: Vec<Source>,
    pub executable: Vec<String>,
    pub facts: Map<String, Value>,
    pub environment: Vec<Variable>,
    pub commands: Commands,
    pub database: Option<Database>,
    pub tools: Vec<Tool>,
    pub names: Option<NameRule>,
    pub already: Vec<String>,
    owners: BTreeMap<(&'static str, String), String>,
}

/// Joins `layers`, given in their order.
///
/// # Errors
/// The first clash, with both sides named.
pub(super) fn assemble(layers: Vec<Layer>) -> Result<Assembly, Error> {
    let mut whole = Assembly::default();
    for layer in layers {
        whole.add(layer)?;
    }
    whole.check_paths()?;
    if whole.commands.run.is_empty() {
        return Err(Error::NoFact("the command `run`"));
    }
    Ok(whole)
}

impl Assembly {
    fn add(&mut self, layer: Layer) -> Result<(), Error> {
        let Layer { path, facts, files, slots } = layer;
        for file in files {
            if let Some(first) = self.files.get(&file.name) {
                return Err(Error::SecondWriter {
                    path: file.name,
                    first: first.origin.clone(),
                    second: file.origin,
                });
            }
            self.files.insert(file.name.clone(), file);
        }
        self.fillings.extend(slots);
        for (slot, arity) in facts.slots {
            self.own("slot", &slot, &path)?;
            self.slots.insert(slot, (arity, path.clone()));
        }
        for (key, value) in facts.facts {
            self.own("fact", &key, &path)?;
            self.facts.insert(key, value);
        }
        for variable in facts.environment {
            self.own("variable", &variable.name, &path)?;
            self.environment.push(variable);
        }
        for tool in facts.tools {
            self.own("tool", &tool.name, &path)?;
            self.tools.push(tool);
        }
        self.add_commands(facts.commands, &path)?;
        if let Some(database) = facts.database {
            self.own("fact", "database", &path)?;
            self.database = Some(database);
        }
        if let Some(names) = facts.names {
            self.own("fact", "names", &path)?;
            self.names = Some(names);
        }
        for executable in facts.executable {
            self.own("executable", &executable, &path)?;
            self.executable.push(executable);
        }
        self.already.extend(facts.already);
        Ok(())
    }

    fn add_commands(&mut self, commands: Commands, layer: &str) -> Result<(), Error> {
        let Commands { install, build, run, test, lint } = commands;
        if !run.is_empty() {
            self.own("command", "run", layer)?;
            self.commands.run = run;
        }
        for (key, lines) in [("install", install), ("build", build), ("test", test), ("lint", lint)]
        {
            if lines.is_empty() {
                continue;
            }
            self.own("command", key, layer)?;
            match key {
                "install" => self.commands.install = lines,
                "build" => self.commands.build = lines,
                "test" => self.commands.test = lines,
                _ => self.commands.lint = lines,
            }
        }
        Ok(())
    }

    /// Notes that `layer` gives `key`, unless another one did.
    fn own(&mut self, what: &'static str, key: &str, layer: &str) -> Result<(), Error> {
        match self.owners.insert((what, key.to_owned()), layer.to_owned()) {
            None => Ok(()),
            Some(first) => Err(Error::SecondFact {
                what,
                key: key.to_owned(),
                first,
                second: layer.to_owned(),
            }),
        }
    }

    /// No path is another's folder, none differ by case alone, and executables exist.
    fn check_paths(&self) -> Result<(), Error> {
        let mut lower: BTreeMap<String, &Source> = BTreeMap::new();
        for (path, source) in &self.files {
            if let Some(first) = lower.insert(path.to_lowercase(), source) {
                return Err(Error::Clash {
                    first: first.origin.clone(),
                    second: source.origin.clone(),
                    why: "their paths differ by case alone",
                });
            }
        }
        for (path, source) in &lower {
            let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
            if let Some(file) = folders.filter_map(|folder| lower.get(folder)).next() {
                return Err(Error::Clash {
                    first: file.origin.clone(),
                    second: source.origin.clone(),
                    why: "one is a file where the other has a folder",
                });
            }
        }
        let missing = self.executable.iter().find(|path| !self.files.contains_key(*path));
        missing.map_or(Ok(()), |path| {
            let owner = self.owners.get(&("executable", path.clone()));
            Err(Error::NotThere { layer: owner.cloned().unwrap_or_default(), path: path.clone() })
        })
    }
}
